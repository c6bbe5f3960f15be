//! What several routes put on the wire: answers with headers, lists, and the names of enumerations beside.

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

mod names;

pub(super) use names::*;

use super::kit::{Problem, etag_of_version};
use crate::{
    kernel::{Cursor, Page, PageRequest, cursor::MAX_LIMIT},
    service::{Answer, Code, Done, Error, FieldCode, FieldError},
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

/// A parameter's value that is one of these.
pub(super) fn choice<T: FromStr + Display>(
    name: &'static str,
    raw: Option<&str>,
    all: &[T],
) -> Result<Option<T>, Error> {
    let expected = || all.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let fault = || FieldError::new(name, FieldCode::NotOneOf).with("expected", expected());
    raw.map(|raw| raw.parse().map_err(|_| bad_parameter(name, fault()))).transpose()
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
