//! Orders for a later moment, and what became of them.

use actix_web::{HttpRequest, HttpResponse, delete, route, web::Data};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::{
    domain::schedule,
    http::{
        kit::{IfMatch, InOrder, PathOf, StrictQuery},
        signed::{Signed, seen},
        wire::{Deed, List, Outcome, Refused, choice, list as page_of, page_request, versioned},
    },
    kernel::{ArticleId, LocaleTag},
    service::{
        App, Error,
        schedule::{Line, Plan, cancel, list, show},
    },
};

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(show_schedule).service(cancel_schedule).service(list_schedules);
}

/// An order for a later moment.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ScheduleView {
    id: Uuid,
    article: Uuid,
    locale: String,
    action: Deed,
    /// The number of the revision that it is about.
    revision: u32,
    /// The hash of the text that was seen when it was ordered.
    content_hash: String,
    /// Its moment.
    at: String,
    /// Until when the text is to be public; null if for good.
    until: Option<String>,
    /// Whether something in the public text was wrong.
    correct: bool,
    /// The public note.
    note: String,
    /// The release that it is a part of.
    release: Option<Uuid>,
    /// Who ordered it.
    ordered_by: Uuid,
    /// When it was ordered.
    ordered_at: String,
    outcome: Outcome,
    /// Why it came to its outcome: a problem's code, or one of `edited`, `taken-back`, `ordered-again`,
    /// `published-before`, `taken-down-before`, `release`, `publisher-without-right`, `time-over`, `not-ordered`.
    why: Option<String>,
    /// How often it was tried in vain.
    attempts: u32,
    /// When it is tried next; null if it has its outcome, or waits for its release.
    next_attempt_at: Option<String>,
    /// When it came to its outcome.
    settled_at: Option<String>,
    /// The act of publication that it became.
    publication: Option<Uuid>,
}

impl From<&Line> for ScheduleView {
    fn from(line: &Line) -> Self {
        let one = &line.schedule;
        Self {
            id: one.id.0,
            article: line.article.0,
            locale: line.locale.to_string(),
            action: one.deed.into(),
            revision: one.number,
            content_hash: one.hash.to_string(),
            at: one.due_at.to_string(),
            until: one.until.map(|at| at.to_string()),
            correct: one.correct,
            note: one.note.clone(),
            release: one.release.map(|id| id.0),
            ordered_by: one.by.0,
            ordered_at: one.ordered_at.to_string(),
            outcome: one.outcome.into(),
            why: one.why.clone(),
            attempts: one.attempts,
            next_attempt_at: one.wake_at.map(|at| at.to_string()),
            settled_at: one.settled_at.map(|at| at.to_string()),
            publication: one.publication.map(|id| id.0),
        }
    }
}

impl From<Line> for ScheduleView {
    fn from(line: Line) -> Self {
        Self::from(&line)
    }
}

/// What is ordered for an edition: of each action the newest order, with what became of it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PlanView {
    /// To publish a text; null if nothing ever was ordered.
    publish: Option<ScheduleView>,
    /// To take it down when its time is over.
    withdraw: Option<ScheduleView>,
}

impl From<&Plan> for PlanView {
    fn from(plan: &Plan) -> Self {
        Self {
            publish: plan.publish.as_ref().map(ScheduleView::from),
            withdraw: plan.withdraw.as_ref().map(ScheduleView::from),
        }
    }
}

/// Which order is meant.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct WhichOrder {
    /// `publish` or `withdraw`; all that waits if absent.
    action: Option<String>,
}

/// Which orders are listed.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct WhichOrders {
    /// Only those with this outcome.
    outcome: Option<String>,
    /// Items of the page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
    /// Where the page begins: the `next_cursor` of the page before.
    cursor: Option<String>,
}

/// What is ordered for an edition, and what became of it.
#[utoipa::path(get, path = "/articles/{id}/editions/{locale}/schedule", operation_id = "showSchedule", tag = "publication", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "The article's id"), ("locale" = String, Path, description = "The edition's locale")),
    responses((status = 200, description = "The newest order of each action", body = PlanView), Refused))]
#[route("/articles/{id}/editions/{locale}/schedule", method = "GET", method = "HEAD")]
async fn show_schedule(
    app: Data<App>,
    args: InOrder<Signed, PathOf<(ArticleId, LocaleTag)>>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, PathOf((id, locale))) = args;
    let plan = show(&app, signed.0, (id, &locale)).await?;
    Ok(versioned(plan.version, &PlanView::from(&plan)))
}

/// Call off what waits for an edition.
#[utoipa::path(operation_id = "cancelSchedule", tag = "publication", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "The article's id"), ("locale" = String, Path, description = "The edition's locale"),
        WhichOrder, ("If-Match" = String, Header, description = "The version of the edition that was seen")),
    responses((status = 200, description = "The newest order of each action", body = PlanView), Refused))]
#[delete("/articles/{id}/editions/{locale}/schedule")]
async fn cancel_schedule(
    app: Data<App>,
    args: InOrder<Signed, (PathOf<(ArticleId, LocaleTag)>, IfMatch, StrictQuery<WhichOrder>)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (PathOf((id, locale)), condition, StrictQuery(which))) = args;
    let deed = choice("action", which.action.as_deref(), schedule::Deed::ALL)?;
    let plan = cancel(&app, signed.0, (id, &locale), deed, seen(condition)?).await?;
    Ok(versioned(plan.version, &PlanView::from(&plan)))
}

/// The orders of the agencies whose work the caller reads, the latest moment first.
#[utoipa::path(get, path = "/schedules", operation_id = "listSchedules", tag = "publication", security(("bearer" = [])),
    params(WhichOrders), responses((status = 200, description = "A page of orders", body = List<ScheduleView>), Refused))]
#[route("/schedules", method = "GET", method = "HEAD")]
async fn list_schedules(
    app: Data<App>,
    req: HttpRequest,
    args: InOrder<Signed, StrictQuery<WhichOrders>>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, StrictQuery(which)) = args;
    let outcome = choice("outcome", which.outcome.as_deref(), schedule::Outcome::ALL)?;
    let wanted = page_request(which.limit, which.cursor.as_deref())?;
    Ok(page_of::<Line, ScheduleView>(&req, list(&app, signed.0, outcome, wanted).await?))
}
