//! The queue, and what people were told.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, http::header::LINK, post, route, web::Data};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::reviews::PersonView;
use crate::{
    http::{
        kit::{InOrder, StrictJson, StrictQuery},
        signed::Signed,
        wire::{CaseState, Notice, Refused, Role, Turn, editing, next_link, page_request},
    },
    kernel::NotificationId,
    service::{
        App, Error, FieldCode, FieldError,
        notification::{self, Notification},
        queue::{self, Counts, Item},
    },
};

/// Notifications that are marked as read at once at most.
const MAX_READ: usize = 100;

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(show_queue).service(list_notifications).service(read_notifications);
}

/// Which part of the queue.
#[derive(Clone, Copy, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum View {
    /// What waits for the caller.
    #[default]
    Waiting,
    /// What the caller sent for review.
    Sent,
}

/// What of the queue is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct QueueQuery {
    /// What waits for the caller (`waiting`, soonest due first), or what the caller sent (`sent`, newest first).
    #[serde(default)]
    #[param(inline, default = "waiting")]
    view: View,
    /// Of what waits, only what is late.
    #[serde(default)]
    #[param(default = false)]
    overdue: bool,
    /// Items of the page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
    /// Where the page begins: the `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Something in the queue.
#[derive(Debug, Serialize, ToSchema)]
struct QueueItemView {
    id: Uuid,
    article: Uuid,
    locale: String,
    /// The agency that answers for the article.
    agency: String,
    /// The title of the text that it is about.
    title: String,
    /// The number of the revision under review.
    revision: u32,
    /// The hash that a decision or a publication has to name.
    content_hash: String,
    /// The case.
    case: Uuid,
    /// How the case stands.
    state: CaseState,
    /// The workflow's name.
    workflow: String,
    /// Whether it was submitted as urgent.
    urgent: bool,
    /// Who sent it.
    sent_by: PersonView,
    /// What is waited for; null if nothing is.
    waits_for: Option<Turn>,
    /// The stage that waits; null if it is no stage's turn.
    stage: Option<String>,
    /// Whose turn it is, by role.
    role: Option<Role>,
    /// Whose turn it is, if it is one person's alone.
    person: Option<Uuid>,
    /// Since when it waits.
    since: Option<String>,
    /// When it is due; null if it never is.
    due_at: Option<String>,
    /// Whether it is late.
    overdue: bool,
    /// For whom the caller would decide; null if in their own name.
    on_behalf_of: Option<PersonView>,
}

impl From<Item> for QueueItemView {
    fn from(item: Item) -> Self {
        let Item { id, article, edition, title, case, waiting, on_behalf_of, overdue } = item;
        let stage = waiting.as_ref().and_then(|one| {
            let is_stage = matches!(Turn::from(one.kind), Turn::Decide | Turn::AfterReview);
            case.workflow.stages.get(one.stage).filter(|_| is_stage).map(|stage| stage.name.clone())
        });
        Self {
            id,
            article: article.id.0,
            locale: edition.locale.to_string(),
            agency: article.shared.agency.to_string(),
            title,
            revision: case.number,
            content_hash: case.hash.to_string(),
            case: case.id.0,
            state: case.state.into(),
            workflow: case.workflow.code.clone(),
            urgent: case.urgent,
            sent_by: PersonView::new(case.opened_by, case.names.get(&case.opened_by)),
            waits_for: waiting.as_ref().map(|one| one.kind.into()),
            stage,
            role: waiting.as_ref().map(|one| one.role.into()),
            person: waiting.as_ref().and_then(|one| one.person).map(|id| id.0),
            since: waiting.as_ref().map(|one| one.since.to_string()),
            due_at: waiting.as_ref().and_then(|one| one.due_at).map(|at| at.to_string()),
            overdue,
            on_behalf_of: on_behalf_of.map(|(id, name)| PersonView::new(id, name.as_ref())),
        }
    }
}

/// How much there is. At most 100 of each are counted.
#[derive(Debug, Serialize, ToSchema)]
struct CountsView {
    /// What waits for the caller.
    waiting: u64,
    /// What of it is late.
    overdue: u64,
    /// Notifications that the caller has not read.
    unread: u64,
}

impl From<Counts> for CountsView {
    fn from(Counts { waiting, overdue, unread }: Counts) -> Self {
        Self { waiting, overdue, unread }
    }
}

/// A page of the queue.
#[derive(Debug, Serialize, ToSchema)]
struct QueueView {
    items: Vec<QueueItemView>,
    /// The cursor of the next page; null on the last.
    next_cursor: Option<String>,
    counts: CountsView,
}

/// What waits for the caller, or what the caller sent and where it stands.
#[utoipa::path(get, path = "/queue", operation_id = "showQueue", tag = "queue", security(("bearer" = [])), params(QueueQuery),
    responses((status = 200, description = "A page of the queue", body = QueueView), Refused))]
#[route("/queue", method = "GET", method = "HEAD")]
async fn show_queue(
    app: Data<App>,
    req: HttpRequest,
    args: InOrder<Signed, StrictQuery<QueueQuery>>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, StrictQuery(QueueQuery { view, overdue, limit, cursor })) = args;
    let wanted = page_request(limit, cursor.as_deref())?;
    let queue = match view {
        View::Waiting => queue::waiting(&app, signed.0, overdue, wanted).await?,
        View::Sent => queue::sent(&app, signed.0, wanted).await?,
    };
    let next_cursor = queue.page.next.map(|cursor| cursor.encode());
    let mut answer = editing(StatusCode::OK);
    if let Some(cursor) = &next_cursor {
        answer.insert_header((LINK, next_link(&req, cursor)));
    }
    let items = queue.page.items.into_iter().map(Into::into).collect();
    Ok(answer.json(QueueView { items, next_cursor, counts: queue.counts.into() }))
}

/// What of the notifications is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct NotificationQuery {
    /// Only what was not read.
    #[serde(default)]
    #[param(default = false)]
    unread: bool,
    /// Items of the page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
    /// Where the page begins: the `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Something that the caller was told.
#[derive(Debug, Serialize, ToSchema)]
struct NotificationView {
    id: Uuid,
    kind: Notice,
    /// The article; null if it is about none.
    article: Option<Uuid>,
    /// The edition's locale.
    locale: Option<String>,
    /// The case.
    case: Option<Uuid>,
    /// The stage's name.
    stage: Option<String>,
    /// The delegation, if it is about one.
    delegation: Option<Uuid>,
    /// The account, if it is about one.
    account: Option<Uuid>,
    /// The comment, if it is about one.
    comment: Option<Uuid>,
    /// The suggestion, if it is about one.
    suggestion: Option<Uuid>,
    /// The order for a later moment, if it is about one.
    schedule: Option<Uuid>,
    /// The release, if it is about one.
    release: Option<Uuid>,
    /// The webhook, if it is about one.
    webhook: Option<Uuid>,
    at: String,
    /// When it was read; null if it was not.
    read_at: Option<String>,
}

impl From<Notification> for NotificationView {
    fn from(one: Notification) -> Self {
        use Notice::{
            Commented, Delegated, OrderNotDone, ReleaseNotDone, Replied, RightsAltered, Suggested, SuggestionRejected,
            SuggestionTaken, WebhookDisabled,
        };
        let kind = Notice::from(one.kind);
        let of = |kinds: &[Notice]| one.about.filter(|_| kinds.contains(&kind));
        Self {
            id: one.id.0,
            kind,
            article: one.article.map(|id| id.0),
            locale: one.locale.map(|tag| tag.to_string()),
            case: one.case.map(|id| id.0),
            stage: one.stage,
            delegation: of(&[Delegated]),
            account: of(&[RightsAltered]),
            comment: of(&[Commented, Replied]),
            suggestion: of(&[Suggested, SuggestionTaken, SuggestionRejected]),
            schedule: of(&[OrderNotDone]),
            release: of(&[ReleaseNotDone]),
            webhook: of(&[WebhookDisabled]),
            at: one.at.to_string(),
            read_at: one.read_at.map(|at| at.to_string()),
        }
    }
}

/// A page of what the caller was told.
#[derive(Debug, Serialize, ToSchema)]
struct NotificationsView {
    items: Vec<NotificationView>,
    /// The cursor of the next page; null on the last.
    next_cursor: Option<String>,
    /// How much was not read; at most 100 are counted.
    unread: u64,
}

/// What the caller was told, newest first.
#[utoipa::path(get, path = "/notifications", operation_id = "listNotifications", tag = "queue", security(("bearer" = [])), params(NotificationQuery),
    responses((status = 200, description = "A page of notifications", body = NotificationsView), Refused))]
#[route("/notifications", method = "GET", method = "HEAD")]
async fn list_notifications(
    app: Data<App>,
    req: HttpRequest,
    args: InOrder<Signed, StrictQuery<NotificationQuery>>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, StrictQuery(NotificationQuery { unread, limit, cursor })) = args;
    let wanted = page_request(limit, cursor.as_deref())?;
    let (page, unread) = notification::list(&app, signed.0, unread, wanted).await?;
    let next_cursor = page.next.map(|cursor| cursor.encode());
    let mut answer = editing(StatusCode::OK);
    if let Some(cursor) = &next_cursor {
        answer.insert_header((LINK, next_link(&req, cursor)));
    }
    let items = page.items.into_iter().map(Into::into).collect();
    Ok(answer.json(NotificationsView { items, next_cursor, unread }))
}

/// What was read.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReadNotifications {
    /// The notifications, at most 100; all of the caller's if null or absent.
    #[serde(default)]
    ids: Option<Vec<Uuid>>,
}

/// How much is left.
#[derive(Debug, Serialize, ToSchema)]
struct UnreadView {
    /// How much was not read; at most 100 are counted.
    unread: u64,
}

/// Mark what the caller was told as read.
#[utoipa::path(operation_id = "readNotifications", tag = "queue", security(("bearer" = [])), request_body = ReadNotifications,
    responses((status = 200, description = "How much is left", body = UnreadView), Refused))]
#[post("/notifications/read")]
async fn read_notifications(
    app: Data<App>,
    args: InOrder<Signed, StrictJson<ReadNotifications>>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, body) = args;
    let ids = body.into_inner().ids;
    if ids.as_ref().is_some_and(|ids| ids.len() > MAX_READ) {
        return Err(Error::invalid(vec![FieldError::new("/ids", FieldCode::TooMany).with("max", MAX_READ)]));
    }
    let ids = ids.map(|ids| ids.into_iter().map(NotificationId).collect());
    let unread = notification::read(&app, signed.0, ids).await?;
    Ok(editing(StatusCode::OK).json(UnreadView { unread }))
}
