//! Revisions: every text that was ever saved of an edition.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, route, web::Data};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::details::DetailsBody;
use crate::{
    domain::{
        body::{Stripped, StrippedKind},
        revision::Revision,
        text::{TextFlag, flags},
    },
    http::{
        kit::{InOrder, PathOf, StrictQuery},
        signed::Signed,
        wire::{ChangeClass, List, Provenance, Refused, editing, limit_within, next_link, number_before, versioned},
    },
    kernel::{
        ArticleId, LocaleTag,
        cursor::{DEFAULT_LIMIT, MAX_LIMIT},
    },
    service::{App, Error, edition},
};

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(index).service(show);
}

/// A text as it was saved.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TextView {
    title: String,
    summary: String,
    /// HTML of the body profile.
    body: String,
    slug: String,
    /// Where it happens, in the edition's language; null if nothing is said.
    place: Option<String>,
    /// The details in the edition's language; null if none.
    #[schema(value_type = Option<DetailsBody>)]
    details: Option<Value>,
    /// SHA-256 of the canonical content: what is approved and published.
    content_hash: String,
    /// The number of the source's revision that it was made from; null for the source itself.
    source_revision: Option<u32>,
    change_class: ChangeClass,
    /// What it changes, in its author's words.
    change_note: String,
    provenance: Provenance,
    created_by: Uuid,
    created_at: String,
    /// What a reader of this text should look at twice.
    checks: Vec<CheckView>,
}

impl From<&Revision> for TextView {
    fn from(revision: &Revision) -> Self {
        let text = &revision.text;
        Self {
            title: text.title.clone(),
            summary: text.summary.clone(),
            body: text.body.clone(),
            slug: text.slug.to_string(),
            place: revision.shared.place.clone(),
            details: (!text.details.is_empty()).then(|| Value::Object(text.details.clone())),
            content_hash: revision.hash.to_string(),
            source_revision: revision.source_number,
            change_class: revision.change.into(),
            change_note: revision.change_note.clone(),
            provenance: revision.provenance.into(),
            created_by: revision.by.0,
            created_at: revision.at.to_string(),
            checks: CheckView::of(revision),
        }
    }
}

/// A revision of an edition.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RevisionView {
    id: Uuid,
    /// Its number in the edition, from 1.
    number: u32,
    #[serde(flatten)]
    text: TextView,
}

impl From<Revision> for RevisionView {
    fn from(revision: Revision) -> Self {
        Self { id: revision.id.0, number: revision.number, text: TextView::from(&revision) }
    }
}

/// A place of a text that may deceive who reads it.
#[derive(Debug, Serialize, ToSchema)]
struct CheckView {
    /// A JSON pointer into the revision.
    pointer: &'static str,
    /// `bidi-control`, `zero-width` or `mixed-script`.
    code: &'static str,
    /// Whether it has to be settled before the text can be published.
    blocking: bool,
    /// Where in the text it begins, in characters from 1, as the positions that refusals name.
    position: usize,
    /// What stands there.
    text: String,
}

impl CheckView {
    fn of(revision: &Revision) -> Vec<Self> {
        let text = &revision.text;
        let parts = [("/title", &text.title), ("/summary", &text.summary), ("/body", &text.body)];
        let of = |(pointer, text): (&'static str, &String)| {
            let view = move |flag: TextFlag| Self {
                pointer,
                code: flag.kind.as_str(),
                blocking: false,
                position: flag.position + 1,
                text: flag.word,
            };
            flags(text).into_iter().map(view).collect::<Vec<_>>()
        };
        parts.into_iter().flat_map(of).collect()
    }
}

/// Something that was stripped from a body, and how often.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct StrippedView {
    /// `element`, `attribute`, `address`, `renamed` or `comment`.
    what: &'static str,
    /// The element, if it is about one.
    element: Option<String>,
    /// The attribute's name, the address, or what the element became.
    name: Option<String>,
    count: usize,
}

impl From<&Stripped> for StrippedView {
    fn from(stripped: &Stripped) -> Self {
        let (what, element, name) = match stripped.what.clone() {
            StrippedKind::Element(element) => ("element", Some(element), None),
            StrippedKind::Attribute { element, name } => ("attribute", Some(element), Some(name)),
            StrippedKind::Address { value } => ("address", None, Some(value)),
            StrippedKind::Renamed { from, to } => ("renamed", Some(from), Some(to.to_owned())),
            StrippedKind::Comment => ("comment", None, None),
        };
        Self { what, element, name, count: stripped.count }
    }
}

/// Which page of the revisions.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct RevisionQuery {
    /// Items of the page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
    /// Where the page begins: the `next_cursor` of the page before.
    cursor: Option<String>,
}

/// The revisions of an edition, newest first.
#[utoipa::path(get, path = "/articles/{id}/editions/{locale}/revisions", operation_id = "listRevisions", tag = "editions", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "The article's id"), ("locale" = String, Path, description = "The edition's locale"), RevisionQuery), responses((status = 200, description = "A page of revisions", body = List<RevisionView>), Refused))]
#[route("/articles/{id}/editions/{locale}/revisions", method = "GET", method = "HEAD")]
async fn index(
    app: Data<App>,
    req: HttpRequest,
    args: InOrder<Signed, (PathOf<(ArticleId, LocaleTag)>, StrictQuery<RevisionQuery>)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (PathOf((id, locale)), StrictQuery(asked))) = args;
    let limit = limit_within(asked.limit.unwrap_or(DEFAULT_LIMIT), MAX_LIMIT)?;
    let before = number_before(asked.cursor.as_deref())?;
    let mut found = edition::revisions(&app, signed.0, (id, &locale), before, limit + 1).await?;
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = found.len() > wanted;
    found.truncate(wanted);
    let next_cursor = found.last().filter(|_| more).map(|last| last.number.to_string());
    let mut answer = editing(StatusCode::OK);
    if let Some(cursor) = &next_cursor {
        answer.insert_header(("link", next_link(&req, cursor)));
    }
    Ok(answer.json(List { items: found.into_iter().map(RevisionView::from).collect(), next_cursor }))
}

/// One revision of an edition.
#[utoipa::path(get, path = "/articles/{id}/editions/{locale}/revisions/{number}", operation_id = "showRevision", tag = "editions", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "The article's id"), ("locale" = String, Path, description = "The edition's locale"), ("number" = u32, Path, description = "The revision's number")), responses((status = 200, description = "The revision", body = RevisionView), Refused))]
#[route("/articles/{id}/editions/{locale}/revisions/{number}", method = "GET", method = "HEAD")]
async fn show(
    app: Data<App>,
    args: InOrder<Signed, PathOf<(ArticleId, LocaleTag, u32)>>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, PathOf((id, locale, number))) = args;
    let found = edition::revision(&app, signed.0, (id, &locale), number).await?;
    Ok(versioned(1, &RevisionView::from(found)))
}
