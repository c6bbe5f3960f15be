//! Segments of a text, and what differs between two texts.

use actix_web::{HttpResponse, http::StatusCode, route, web::Data};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::{
    domain::{
        body::Block,
        segment::{Segment, compare},
        words,
    },
    http::{
        kit::{InOrder, PathOf, StrictQuery},
        signed::Signed,
        wire::{PartOf, Refused, SegmentChange, bad_parameter, editing},
    },
    kernel::{ArticleId, LocaleTag},
    service::{App, Error, FieldCode, FieldError, segment},
};

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(show).service(diff);
}

/// What a segment says.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SegmentText {
    /// The element that it is the text of, such as `p` or `td`; `title` or `summary`.
    kind: &'static str,
    /// The text without its markup; a line break is a line feed.
    text: String,
    /// The text with placeholders for its markup: `{1}` opens, `{/1}` closes, `{2/}` holds nothing; a brace of the text
    /// itself is doubled.
    coded: String,
    /// The start tags that the placeholders stand for, the first of number 1.
    codes: Vec<String>,
}

impl From<&Block> for SegmentText {
    fn from(block: &Block) -> Self {
        Self { kind: block.kind, text: block.text.clone(), coded: block.coded.clone(), codes: block.codes.clone() }
    }
}

/// A piece of a text that is read for itself: the title, the summary, or a block of the body.
#[derive(Debug, Serialize, ToSchema)]
struct SegmentView {
    /// Its key, which stays with it from revision to revision.
    key: String,
    #[serde(flatten)]
    said: SegmentText,
}

impl From<&Segment> for SegmentView {
    fn from(segment: &Segment) -> Self {
        Self { key: segment.key.clone(), said: SegmentText::from(&segment.block) }
    }
}

/// A piece of two texts that are compared.
#[derive(Debug, Serialize, ToSchema)]
struct PartView {
    /// Which of the two has it.
    how: PartOf,
    /// What it says.
    text: String,
}

/// A segment that is not the same in both texts.
#[derive(Debug, Serialize, ToSchema)]
struct ChangeView {
    /// Its key.
    key: String,
    /// What became of it.
    what: SegmentChange,
    /// What stood there; null if it is new.
    before: Option<SegmentText>,
    /// What stands there; null if it is gone.
    after: Option<SegmentText>,
    /// Both, word by word.
    words: Vec<PartView>,
}

/// Something beside the segments that is not the same in both texts.
#[derive(Debug, Serialize, ToSchema)]
struct FieldChangeView {
    /// `slug`, `kind`, `agency`, `topics`, `place`, or `details/` and a detail's name.
    field: String,
    /// What it was; null if nothing.
    before: Value,
    /// What it is; null if nothing.
    after: Value,
}

/// Everything in which two texts differ.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DifferenceView {
    /// The segments that differ, in the order of the newer text.
    segments: Vec<ChangeView>,
    /// The rest of what is approved and published, by name.
    fields: Vec<FieldChangeView>,
    /// Whether lists, tables or quotations around the segments differ in a way that no segment shows.
    rearranged: bool,
}

impl From<&compare::Difference> for DifferenceView {
    fn from(difference: &compare::Difference) -> Self {
        let change = |one: &compare::Change| ChangeView {
            key: one.key.clone(),
            what: one.what.into(),
            before: one.before.as_ref().map(Into::into),
            after: one.after.as_ref().map(Into::into),
            words: one.words.iter().map(part).collect(),
        };
        let field = |one: &compare::FieldChange| FieldChangeView {
            field: one.name.clone(),
            before: one.before.clone(),
            after: one.after.clone(),
        };
        Self {
            segments: difference.segments.iter().map(change).collect(),
            fields: difference.fields.iter().map(field).collect(),
            rearranged: difference.rearranged,
        }
    }
}

fn part(part: &words::Part) -> PartView {
    PartView { how: part.how.into(), text: part.text.clone() }
}

/// A text as its segments.
#[derive(Debug, Serialize, ToSchema)]
struct SegmentsView {
    article: Uuid,
    locale: String,
    /// The number of the revision.
    revision: u32,
    /// The hash of its content.
    content_hash: String,
    /// Its segments, in the order of reading.
    segments: Vec<SegmentView>,
    /// For the newest text of a translation that is out of date, what changed in the source since it was made; else null.
    source_changes: Option<DifferenceView>,
}

/// Which text.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct SegmentsQuery {
    /// The number of the revision; the one that the caller reads if absent.
    #[param(minimum = 1)]
    revision: Option<u32>,
}

/// A parameter that is a revision's number.
fn from_one(name: &'static str, asked: Option<u32>) -> Result<Option<u32>, Error> {
    let fault = || FieldError::new(name, FieldCode::TooSmall).with("min", 1_usize);
    if asked == Some(0) { Err(bad_parameter(name, fault())) } else { Ok(asked) }
}

/// The segments of a text, with the keys that stay with them.
#[utoipa::path(get, path = "/articles/{id}/editions/{locale}/segments", operation_id = "listSegments", tag = "editions", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "The article's id"), ("locale" = String, Path, description = "The edition's locale"), SegmentsQuery), responses((status = 200, description = "The segments", body = SegmentsView), Refused))]
#[route("/articles/{id}/editions/{locale}/segments", method = "GET", method = "HEAD")]
async fn show(
    app: Data<App>,
    args: InOrder<Signed, (PathOf<(ArticleId, LocaleTag)>, StrictQuery<SegmentsQuery>)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (PathOf((id, locale)), StrictQuery(asked))) = args;
    let number = from_one("revision", asked.revision)?;
    let found = segment::show(&app, signed.0, (id, &locale), number).await?;
    Ok(editing(StatusCode::OK).json(SegmentsView {
        article: found.article.0,
        locale: found.locale.to_string(),
        revision: found.revision.number,
        content_hash: found.revision.hash.to_string(),
        segments: found.segments.iter().map(Into::into).collect(),
        source_changes: found.behind.as_ref().map(Into::into),
    }))
}

/// What differs between two revisions of an edition.
#[derive(Debug, Serialize, ToSchema)]
struct ComparedView {
    /// The number of the revision.
    revision: u32,
    /// The number of the revision that it is compared with; null where there is none before it.
    against: Option<u32>,
    /// Whether nothing differs.
    identical: bool,
    #[serde(flatten)]
    difference: DifferenceView,
}

/// Which text to compare with.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct DiffQuery {
    /// The number of another revision of the edition; the one before if absent.
    #[param(minimum = 1)]
    against: Option<u32>,
}

/// What differs between a revision and another, segment by segment and word by word.
#[utoipa::path(get, path = "/articles/{id}/editions/{locale}/revisions/{number}/diff", operation_id = "diffRevision", tag = "editions", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "The article's id"), ("locale" = String, Path, description = "The edition's locale"), ("number" = u32, Path, description = "The revision's number"), DiffQuery), responses((status = 200, description = "What differs", body = ComparedView), Refused))]
#[route("/articles/{id}/editions/{locale}/revisions/{number}/diff", method = "GET", method = "HEAD")]
async fn diff(
    app: Data<App>,
    args: InOrder<Signed, (PathOf<(ArticleId, LocaleTag, u32)>, StrictQuery<DiffQuery>)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (PathOf((id, locale, number)), StrictQuery(asked))) = args;
    let against = from_one("against", asked.against)?;
    let found = segment::difference(&app, signed.0, (id, &locale), number, against).await?;
    Ok(editing(StatusCode::OK).json(ComparedView {
        revision: found.number,
        against: (found.against > 0).then_some(found.against),
        identical: found.difference.is_none(),
        difference: DifferenceView::from(&found.difference),
    }))
}
