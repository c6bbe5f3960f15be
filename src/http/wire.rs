//! What several routes put on the wire: answers with headers, lists, names of enumerations.

use std::{collections::BTreeMap, fmt::Display, str::FromStr};

use actix_web::{
    HttpRequest, HttpResponse, HttpResponseBuilder,
    http::{
        StatusCode,
        header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, LINK, LOCATION},
    },
};
use serde::{Deserialize, Serialize};
use utoipa::{
    IntoParams, ToSchema,
    openapi::schema::{Object, ObjectBuilder, Type},
};

use super::kit::{Problem, etag_of_version};
use crate::{
    domain::{access, article, edition, publication, revision, workflow},
    kernel::{Cursor, Page, PageRequest, cursor::MAX_LIMIT},
    service::{Answer, Code, Done, Error, FieldCode, FieldError, edition::BodyFormat},
};

/// Names by locale tag.
pub(super) type Names = BTreeMap<String, String>;

/// How names by locale are described.
pub(super) fn names_schema() -> Object {
    ObjectBuilder::new()
        .description(Some("Its names by locale tag."))
        .additional_properties(Some(ObjectBuilder::new().schema_type(Type::String)))
        .build()
}

macro_rules! mirror {
    ($(#[$doc:meta])* $name:ident = $domain:ty { $($(#[$vdoc:meta])* $variant:ident = $text:tt,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
        pub(super) enum $name {
            $($(#[$vdoc])* #[serde(rename = $text)] $variant,)+
        }

        impl From<$name> for $domain {
            fn from(wire: $name) -> Self {
                match wire { $($name::$variant => Self::$variant,)+ }
            }
        }

        impl From<$domain> for $name {
            fn from(domain: $domain) -> Self {
                match domain { $(<$domain>::$variant => Self::$variant,)+ }
            }
        }
    };
}

mirror! {
    /// What kind of article it is; the kind rules which details it has.
    Kind = article::Kind {
        /// A report of something that happened.
        News = "news",
        /// A longer piece.
        Feature = "feature",
        /// A release to the press.
        PressRelease = "press_release",
        /// An answer to a claim.
        Statement = "statement",
        /// Something with a time and a venue.
        Event = "event",
        /// An opportunity for investors.
        Investment = "investment",
        /// A place to travel to.
        Destination = "destination",
    }
}

mirror! {
    /// What a person does in the office.
    Role = access::Role {
        /// Writes source texts.
        Author = "author",
        /// Makes editions in other languages.
        Translator = "translator",
        /// First to read and decide.
        Reviewer = "reviewer",
        /// Signs off.
        Approver = "approver",
        /// Makes public and takes down.
        Publisher = "publisher",
        /// Looks after journalists and embargoes.
        PressOfficer = "press_officer",
        /// Reads everything, changes nothing.
        Auditor = "auditor",
        /// Looks after accounts and vocabularies.
        Admin = "admin",
    }
}

mirror! {
    /// How an edition stands.
    State = edition::State {
        /// Being written.
        Draft = "draft",
        /// Waiting for decisions.
        InReview = "in_review",
        /// Sent back.
        ChangesRequested = "changes_requested",
        /// Signed off, not public.
        Approved = "approved",
        /// The newest text is public.
        Published = "published",
        /// Taken down.
        Withdrawn = "withdrawn",
        /// Taken down because it was wrong.
        Retracted = "retracted",
    }
}

mirror! {
    /// How a case stands.
    CaseState = workflow::CaseState {
        /// Waiting for decisions.
        Open = "open",
        /// Every stage agreed.
        Approved = "approved",
        /// Someone asked for changes.
        ChangesRequested = "changes_requested",
        /// The text moved on, or was taken back.
        Superseded = "superseded",
    }
}

mirror! {
    /// What a person decides.
    Verdict = workflow::Verdict {
        /// As it stands.
        Approve = "approve",
        /// Not yet; a comment says why.
        RequestChanges = "request_changes",
    }
}

mirror! {
    /// Where a text comes from.
    Provenance = revision::Provenance {
        /// A person wrote it.
        Human = "human",
        /// A machine proposed it.
        Machine = "machine",
        /// A person went over a machine's proposal.
        MachineEdited = "machine-edited",
        /// It was brought in from another system.
        Import = "import",
    }
}

mirror! {
    /// How much a revision changes.
    ChangeClass = revision::ChangeClass {
        /// Nothing that a translation would have to follow.
        Minor = "minor",
        /// Substance.
        Major = "major",
        /// Only the fields that all editions share.
        Shared = "shared",
    }
}

mirror! {
    /// What a publication did.
    Act = publication::Act {
        /// The edition became public.
        Publish = "publish",
        /// A new text took the place of the public one.
        Update = "update",
        /// The same because something was wrong; numbered.
        Correct = "correct",
        /// Taken down.
        Withdraw = "withdraw",
        /// Taken down because it was wrong.
        Retract = "retract",
        /// Public again.
        Restore = "restore",
    }
}

mirror! {
    /// Why an edition is taken down.
    Reason = publication::Reason {
        /// A fact is wrong.
        FactualError = "factual_error",
        /// A figure is wrong.
        WrongFigure = "wrong_figure",
        /// A name is wrong.
        WrongName = "wrong_name",
        /// The law asks for it.
        Legal = "legal",
        /// The same text is public elsewhere.
        Duplicate = "duplicate",
        /// Overtaken by events.
        Outdated = "outdated",
        /// Somebody concerned asked for it.
        Request = "request",
        /// It was not published by the office as it stood.
        Security = "security",
        /// Something else, which the note tells.
        Other = "other",
    }
}

mirror! {
    /// How a body is written when it comes in.
    Format = BodyFormat {
        /// HTML, of which the body profile is kept.
        Html = "html",
        /// Markdown, which becomes HTML.
        Markdown = "markdown",
    }
}

impl Format {
    /// What a body is written in where nothing is said.
    pub(super) fn html() -> Self {
        Self::Html
    }
}

impl ChangeClass {
    /// What a change is where nothing is said.
    pub(super) fn major() -> Self {
        Self::Major
    }
}

/// Which page of a list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(super) struct Paging {
    /// Items of the page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub(super) limit: Option<u64>,
    /// Where the page begins: the `next_cursor` of the page before.
    pub(super) cursor: Option<String>,
}

/// The page that was asked for.
pub(super) fn page_request(limit: Option<u64>, cursor: Option<&str>) -> Result<PageRequest, Error> {
    let mut wanted = PageRequest::default();
    if let Some(limit) = limit {
        wanted.limit = limit_within(limit, MAX_LIMIT)?;
    }
    if let Some(text) = cursor {
        wanted.after = Some(Cursor::decode(text).map_err(|_| bad_cursor())?);
    }
    Ok(wanted)
}

/// A limit, if a page can have so many items.
pub(super) fn limit_within(limit: u64, max: u64) -> Result<u64, Error> {
    let fault = || FieldError::new("limit", FieldCode::NotOneOf).with("expected", format!("1–{max}"));
    if (1..=max).contains(&limit) { Ok(limit) } else { Err(bad_parameter("limit", fault())) }
}

/// The number before which a page of a numbered list begins: one that it has given, in its one spelling.
pub(super) fn number_before<T: FromStr + Display + Default + PartialOrd>(
    cursor: Option<&str>,
) -> Result<Option<T>, Error> {
    let read = |raw: &str| raw.parse::<T>().ok().filter(|number| *number > T::default() && number.to_string() == raw);
    cursor.map(|raw| read(raw).ok_or_else(bad_cursor)).transpose()
}

/// The refusal of a cursor.
fn bad_cursor() -> Error {
    Error::new(Code::BadCursor)
}

/// The refusal of a parameter's value.
pub(super) fn bad_parameter(name: &'static str, fault: FieldError) -> Error {
    Error::new(Code::BadParameter).with("name", name).at(fault)
}

/// A parameter's value read into its type.
pub(super) fn parameter<T: FromStr>(
    name: &'static str,
    raw: Option<&str>,
    code: FieldCode,
) -> Result<Option<T>, Error> {
    raw.map(|raw| raw.parse().map_err(|_| bad_parameter(name, FieldError::new(name, code)))).transpose()
}

/// A list's page: its items and where the next one begins.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct List<T> {
    /// The items.
    pub(super) items: Vec<T>,
    /// The cursor of the next page; null on the last.
    pub(super) next_cursor: Option<String>,
}

/// A page as an answer with its `Link` to the next one.
pub(super) fn list<T, W: Serialize + From<T>>(req: &HttpRequest, page: Page<T>) -> HttpResponse {
    let next_cursor = page.next.map(|cursor| cursor.encode());
    let mut answer = editing(StatusCode::OK);
    if let Some(cursor) = &next_cursor {
        answer.insert_header((LINK, next_link(req, cursor)));
    }
    answer.json(List { items: page.items.into_iter().map(W::from).collect(), next_cursor })
}

/// The `Link` of the page after, with all that this one was asked with.
pub(super) fn next_link(req: &HttpRequest, cursor: &str) -> String {
    let kept = req.query_string().split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("cursor="));
    let query: Vec<&str> = kept.collect();
    let query = if query.is_empty() { String::new() } else { format!("{}&", query.join("&")) };
    format!("<{}?{query}cursor={cursor}>; rel=\"next\"", req.path())
}

/// An answer of the editing side: for its reader alone, never kept by a cache.
pub(super) fn editing(status: StatusCode) -> HttpResponseBuilder {
    let mut answer = HttpResponse::build(status);
    answer.insert_header((CACHE_CONTROL, "no-store"));
    answer
}

/// A row as an answer, with its version as a strong entity tag.
pub(super) fn versioned(version: i64, body: &impl Serialize) -> HttpResponse {
    editing(StatusCode::OK).insert_header((ETAG, etag_of_version(version))).json(body)
}

/// An answer that can be kept and given again.
pub(super) fn answer(status: u16, body: &impl Serialize) -> Answer {
    let body = serde_json::to_string(body).expect("wire types serialise");
    Answer { status, headers: Vec::new(), body }
}

/// The same with the row's version.
pub(super) fn tagged(mut answer: Answer, version: i64) -> Answer {
    answer.headers.push((ETAG.to_string(), etag_of_version(version)));
    answer
}

/// The same with the address of what was made.
pub(super) fn located(mut answer: Answer, path: String) -> Answer {
    answer.headers.push((LOCATION.to_string(), path));
    answer
}

/// What was done now, or the answer of when it was done before, byte for byte.
pub(super) fn done<T>(done: Done<T>, render: fn(&T) -> Answer) -> HttpResponse {
    let answer = match done {
        Done::Now(value) => render(&value),
        Done::Before(answer) => answer,
    };
    let mut response = editing(StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK));
    response.insert_header((CONTENT_TYPE, "application/json"));
    for (name, value) in answer.headers {
        response.insert_header((name, value));
    }
    response.body(answer.body)
}

/// The refusals that any operation of the editing side can answer with.
#[derive(utoipa::IntoResponses)]
#[expect(dead_code, reason = "only its description is used")]
pub(super) enum Refused {
    /// The request is malformed.
    #[response(status = 400, content_type = "application/problem+json")]
    Malformed(Problem),
    /// No sign-in, or one that does not hold.
    #[response(status = 401, content_type = "application/problem+json")]
    Unauthenticated(Problem),
    /// Readable, but not allowed.
    #[response(status = 403, content_type = "application/problem+json")]
    Forbidden(Problem),
    /// Absent, or not readable.
    #[response(status = 404, content_type = "application/problem+json")]
    NotFound(Problem),
    /// The body did not come in time.
    #[response(status = 408, content_type = "application/problem+json")]
    Slow(Problem),
    /// In conflict with how things stand.
    #[response(status = 409, content_type = "application/problem+json")]
    Conflict(Problem),
    /// Changed meanwhile.
    #[response(status = 412, content_type = "application/problem+json")]
    Changed(Problem),
    /// The body is too large.
    #[response(status = 413, content_type = "application/problem+json")]
    TooLarge(Problem),
    /// The body's media type or encoding is not taken.
    #[response(status = 415, content_type = "application/problem+json")]
    MediaType(Problem),
    /// Well-formed, but not valid.
    #[response(status = 422, content_type = "application/problem+json")]
    Invalid(Problem),
    /// A condition is needed.
    #[response(status = 428, content_type = "application/problem+json")]
    Unconditional(Problem),
    /// Too many attempts.
    #[response(status = 429, content_type = "application/problem+json")]
    TooMany(Problem),
    /// A fault of the server's.
    #[response(status = 500, content_type = "application/problem+json")]
    Internal(Problem),
    /// Not able to answer now.
    #[response(status = 503, content_type = "application/problem+json")]
    Unavailable(Problem),
}
