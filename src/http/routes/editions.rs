//! Editions and their revisions: write a text, read one.

use actix_web::{HttpRequest, HttpResponse, put, route, web::Data};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::{
    articles::{LiveView, StaleView},
    details::DetailsBody,
    reviews::CaseView,
    revisions::{StrippedView, TextView},
    schedules::PlanView,
    segments::DifferenceView,
};
use crate::{
    domain::revision::ChangeClass,
    http::{
        kit::{IdempotencyKey, InOrder, PathOf, PutCondition, StrictJson},
        signed::{Signed, once, seen},
        wire::{Format, Refused, State, answer, done, located, tagged, versioned},
    },
    kernel::{ArticleId, LocaleTag},
    service::{
        Answer, App, Error,
        edition::{self, Condition, NewText, Save, Saved, Shown},
    },
};

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(show).service(save);
}

/// A text to be saved as the edition's next revision.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SaveEdition {
    /// One line of plain text, at most 300 characters.
    #[schema(example = "Sixth Hre Culture Days open in Son Ha")]
    title: String,
    /// Plain text, at most 2,000 characters.
    #[serde(default)]
    summary: String,
    /// The body, at most 512 KiB.
    body: String,
    /// How the body is written.
    #[serde(default = "Format::html")]
    #[schema(default = "html")]
    body_format: Format,
    /// Another slug; the one it has stays if absent.
    slug: Option<String>,
    /// The details that are text, in this edition's language.
    details: Option<DetailsBody>,
    /// Where it happens, in the words of a translation, at most 200 characters; none if absent. The source edition has
    /// the place of the article.
    #[schema(example = "Son Ha Commune")]
    place: Option<String>,
    /// The number of the source's revision that a translation was made from; as before if absent.
    #[schema(minimum = 1)]
    source_revision: Option<u32>,
    /// `minor` or `major`; a minor change touches no digit, link or name.
    #[serde(default)]
    #[schema(default = "major")]
    change_class: SavedClass,
    /// What it changes.
    #[serde(default)]
    change_note: String,
}

/// How much a text that is saved changes, in its author's word.
#[derive(Clone, Copy, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum SavedClass {
    /// Nothing that a translation would have to follow: no digit, link or name.
    Minor,
    /// Substance: translations made from the text before are out of date.
    #[default]
    Major,
}

impl From<SavedClass> for ChangeClass {
    fn from(class: SavedClass) -> Self {
        match class {
            SavedClass::Minor => Self::Minor,
            SavedClass::Major => Self::Major,
        }
    }
}

/// An edition with the text that the caller may see.
#[derive(Debug, Serialize, ToSchema)]
struct EditionView {
    article: Uuid,
    locale: String,
    /// The number of the revision that is shown.
    revision: u32,
    /// The id of that revision.
    revision_id: Uuid,
    #[serde(flatten)]
    text: TextView,
    state: State,
    /// What is public of it; null if nothing.
    live: Option<LiveView>,
    /// The source, if this is a translation.
    source: Option<SourceView>,
    /// Whether it does not follow its source any more.
    stale: bool,
    /// How it is out of date; null if it follows its source.
    staleness: Option<StaleView>,
    /// What changed in the source since; null if nothing that the caller may read.
    source_changes: Option<DifferenceView>,
    /// The newest case about this text.
    case: Option<CaseView>,
    /// What is ordered for a later moment, and what became of it.
    schedule: PlanView,
    updated_at: String,
}

/// The source that a translation was made from.
#[derive(Debug, Serialize, ToSchema)]
struct SourceView {
    locale: String,
    /// The number of the source's revision.
    revision: Option<u32>,
}

impl From<&Shown> for EditionView {
    fn from(shown: &Shown) -> Self {
        let Shown { article, edition, revision, case, standing, behind, plan } = shown;
        let source = (edition.locale != article.source_locale)
            .then(|| SourceView { locale: article.source_locale.to_string(), revision: revision.source_number });
        let staleness = StaleView::of(standing.freshness);
        Self {
            article: article.id.0,
            locale: edition.locale.to_string(),
            revision: revision.number,
            revision_id: revision.id.0,
            text: TextView::from(revision),
            state: standing.state.into(),
            live: standing.live.clone().map(Into::into),
            source,
            stale: staleness.is_some(),
            staleness,
            source_changes: behind.as_ref().map(DifferenceView::from),
            case: case.as_ref().map(CaseView::from),
            schedule: PlanView::from(plan),
            updated_at: edition.updated_at.to_string(),
        }
    }
}

/// What saving made.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SavedView {
    article: Uuid,
    locale: String,
    /// The number of the new revision.
    revision: u32,
    /// The id of that revision.
    revision_id: Uuid,
    #[serde(flatten)]
    text: TextView,
    /// What was stripped from the body.
    stripped: Vec<StrippedView>,
}

impl From<&Saved> for SavedView {
    fn from(saved: &Saved) -> Self {
        Self {
            article: saved.edition.article.0,
            locale: saved.edition.locale.to_string(),
            revision: saved.revision.number,
            revision_id: saved.revision.id.0,
            text: TextView::from(&saved.revision),
            stripped: saved.stripped.iter().map(StrippedView::from).collect(),
        }
    }
}

fn saved(saved: &Saved) -> Answer {
    tagged(answer(200, &SavedView::from(saved)), saved.edition.version)
}

fn begun(saved: &Saved) -> Answer {
    let path = format!("/api/v1/articles/{}/editions/{}", saved.edition.article, saved.edition.locale);
    located(tagged(answer(201, &SavedView::from(saved)), saved.edition.version), path)
}

/// An edition and how it stands.
#[utoipa::path(get, path = "/articles/{id}/editions/{locale}", operation_id = "showEdition", tag = "editions", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "The article's id"), ("locale" = String, Path, description = "The edition's locale")), responses((status = 200, description = "The edition", body = EditionView), Refused))]
#[route("/articles/{id}/editions/{locale}", method = "GET", method = "HEAD")]
async fn show(app: Data<App>, args: InOrder<Signed, PathOf<(ArticleId, LocaleTag)>>) -> Result<HttpResponse, Error> {
    let InOrder(signed, PathOf((id, locale))) = args;
    let shown = edition::show(&app, signed.0, id, &locale).await?;
    Ok(versioned(shown.edition.version, &EditionView::from(&shown)))
}

/// Begin an edition (`If-None-Match: *`), or save its next revision (`If-Match`).
#[utoipa::path(operation_id = "saveEdition", tag = "editions", security(("bearer" = [])), request_body = SaveEdition,
    params(("id" = Uuid, Path, description = "The article's id"), ("locale" = String, Path, description = "The edition's locale"),
        ("If-Match" = Option<String>, Header, description = "The version that was seen"),
        ("If-None-Match" = Option<String>, Header, description = "`*`: there is no such edition yet"),
        ("Idempotency-Key" = Option<String>, Header, description = "Repeats of the same request get the same answer")),
    responses((status = 200, description = "The text as it was saved", body = SavedView), (status = 201, description = "The text as it was saved", body = SavedView), Refused))]
#[put("/articles/{id}/editions/{locale}")]
async fn save(
    app: Data<App>,
    req: HttpRequest,
    args: InOrder<Signed, (PathOf<(ArticleId, LocaleTag)>, PutCondition, IdempotencyKey, StrictJson<SaveEdition>)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (PathOf((id, locale)), condition, key, body)) = args;
    let (condition, render): (_, fn(&Saved) -> Answer) = match condition {
        PutCondition::Create => (Condition::New, begun),
        PutCondition::Replace(seen_by_client) => (Condition::Version(seen(seen_by_client)?), saved),
    };
    let once = once(&req, key, &body, render);
    let order = body.into_inner().into();
    Ok(done(edition::save(&app, signed.0, (id, &locale), condition, order, once).await?, render))
}

impl From<SaveEdition> for Save {
    fn from(asked: SaveEdition) -> Self {
        let SaveEdition {
            title,
            summary,
            body,
            body_format,
            slug,
            details,
            place,
            source_revision,
            change_class,
            change_note,
        } = asked;
        Self {
            text: NewText { title, summary, body, format: body_format.into(), slug },
            details: details.map(DetailsBody::into_details).unwrap_or_default(),
            place,
            source_revision,
            change: change_class.into(),
            change_note,
        }
    }
}
