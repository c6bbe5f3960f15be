//! History: who did what when.

use actix_web::{HttpRequest, HttpResponse, route, web::Data};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::reviews::{CarriedView, PersonView};
use crate::{
    http::{
        kit::{InOrder, PathOf, StrictQuery},
        signed::Signed,
        wire::{Act, CaseState, ChangeClass, List, Paging, Provenance, Reason, Refused, Verdict, list, page_request},
    },
    kernel::{ArticleId, LocaleTag, Page},
    service::{
        App, Error,
        history::{self, Happened, Story},
    },
};

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(of_edition).service(of_article);
}

/// What was done.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum HistoryAct {
    /// A text was saved.
    Saved,
    /// A text was submitted for review.
    Submitted,
    /// Somebody decided on a text.
    Decided,
    /// A text was made public, or taken down.
    Published,
}

/// Something that was done with an edition. What does not belong to what was done is null.
#[derive(Debug, Serialize, ToSchema)]
struct EventView {
    /// The id of the revision, the case, the decision or the publication.
    id: Uuid,
    what: HistoryAct,
    locale: String,
    /// The number of the revision that it is about.
    revision: u32,
    /// Who did it.
    by: PersonView,
    at: String,
    /// What was said with it: the change note, the comment to reviewers, the reason of a decision, the public note.
    note: String,
    /// Saved: how much the text changes.
    change_class: Option<ChangeClass>,
    /// Saved: where the text comes from.
    provenance: Option<Provenance>,
    /// Saved: the number of the source's revision that a translation was made from.
    source_revision: Option<u32>,
    /// Submitted: the workflow's name.
    workflow: Option<String>,
    /// Submitted: how the case stands now.
    case_state: Option<CaseState>,
    /// Submitted: when the case was closed.
    closed_at: Option<String>,
    /// Submitted: what the case took over from the one before it; null if it stands alone.
    carried: Option<CarriedView>,
    /// Decided: the stage's name.
    stage: Option<String>,
    /// Decided: what.
    verdict: Option<Verdict>,
    /// Published: the act.
    act: Option<Act>,
    /// Published: the act's place in the edition's chain, under which its approval sheet is found.
    sequence: Option<u32>,
    /// Published: the public version.
    version: Option<u32>,
    /// Published: why it was taken down.
    reason: Option<Reason>,
}

fn views(story: Story) -> Page<EventView> {
    let Story { page, locales, names } = story;
    let view = |event: history::Event| {
        let mut view = EventView {
            id: event.id,
            what: HistoryAct::Saved,
            locale: locales.get(&event.edition).map(ToString::to_string).unwrap_or_default(),
            revision: event.number,
            by: PersonView::new(event.by, names.get(&event.by)),
            at: event.at.to_string(),
            note: String::new(),
            change_class: None,
            provenance: None,
            source_revision: None,
            workflow: None,
            case_state: None,
            closed_at: None,
            carried: None,
            stage: None,
            verdict: None,
            act: None,
            sequence: None,
            version: None,
            reason: None,
        };
        match event.what {
            Happened::Saved { change, note, provenance, source } => {
                view.note = note;
                view.change_class = Some(change.into());
                view.provenance = Some(provenance.into());
                view.source_revision = source;
            }
            Happened::Submitted { workflow, comment, state, closed_at, carried } => {
                view.what = HistoryAct::Submitted;
                view.note = comment;
                view.workflow = Some(workflow);
                view.case_state = Some(state.into());
                view.closed_at = closed_at.map(|at| at.to_string());
                view.carried = carried.map(|one| CarriedView::new(&one.0, &one.1, |id| names.get(&id)));
            }
            Happened::Decided { stage, verdict, comment } => {
                view.what = HistoryAct::Decided;
                view.note = comment;
                view.stage = Some(stage);
                view.verdict = Some(verdict.into());
            }
            Happened::Published { sequence, version, act, reason, note } => {
                view.what = HistoryAct::Published;
                view.note = note;
                view.act = Some(act.into());
                view.sequence = Some(sequence);
                view.version = Some(version);
                view.reason = reason.map(Into::into);
            }
        }
        view
    };
    Page { items: page.items.into_iter().map(view).collect(), next: page.next }
}

/// Who did what when with an edition, newest first.
#[utoipa::path(get, path = "/articles/{id}/editions/{locale}/history", operation_id = "showEditionHistory", tag = "editions", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "The article's id"), ("locale" = String, Path, description = "The edition's locale"), Paging), responses((status = 200, description = "A page of the history", body = List<EventView>), Refused))]
#[route("/articles/{id}/editions/{locale}/history", method = "GET", method = "HEAD")]
async fn of_edition(
    app: Data<App>,
    req: HttpRequest,
    args: InOrder<Signed, (PathOf<(ArticleId, LocaleTag)>, StrictQuery<Paging>)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (PathOf((id, locale)), StrictQuery(asked))) = args;
    let wanted = page_request(asked.limit, asked.cursor.as_deref())?;
    let story = history::of_edition(&app, signed.0, (id, &locale), wanted).await?;
    Ok(list::<EventView, EventView>(&req, views(story)))
}

/// Who did what when with all editions of an article that the caller may read, newest first.
#[utoipa::path(get, path = "/articles/{id}/history", operation_id = "showArticleHistory", tag = "articles", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "The article's id"), Paging), responses((status = 200, description = "A page of the history", body = List<EventView>), Refused))]
#[route("/articles/{id}/history", method = "GET", method = "HEAD")]
async fn of_article(
    app: Data<App>,
    req: HttpRequest,
    args: InOrder<Signed, (PathOf<(ArticleId,)>, StrictQuery<Paging>)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (PathOf((id,)), StrictQuery(asked))) = args;
    let wanted = page_request(asked.limit, asked.cursor.as_deref())?;
    let story = history::of_article(&app, signed.0, id, wanted).await?;
    Ok(list::<EventView, EventView>(&req, views(story)))
}
