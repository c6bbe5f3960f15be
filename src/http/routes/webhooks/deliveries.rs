//! The messages to a webhook: how each fared, and sending one once more.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, post, route, web::Data};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::{
    domain::delivery::DeliveryState,
    http::{
        kit::{InOrder, PathOf, StrictQuery},
        signed::Signed,
        wire::{List, Refused, choice, editing, list, page_request},
    },
    kernel::{DeliveryId, WebhookId},
    service::{
        App, Error,
        webhook::{self, Delivery},
    },
};

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(list_deliveries).service(redeliver);
}

/// A message to a webhook.
#[derive(Debug, Serialize, ToSchema)]
struct DeliveryView {
    id: Uuid,
    /// What it says in its header `webhook-id`, the same at every attempt.
    message_id: String,
    /// What it tells.
    #[serde(rename = "type")]
    kind: String,
    /// The number of the public event, as in `changes`.
    seq: i64,
    /// The article that it tells of.
    article_id: Uuid,
    /// `waiting`, `delivered` or `given_up`.
    state: String,
    /// Attempts so far.
    attempts: u32,
    /// When it is tried next.
    #[schema(required)]
    next_at: Option<String>,
    /// When it was tried last.
    #[schema(required)]
    tried_at: Option<String>,
    /// The status that was answered last.
    #[schema(required)]
    status: Option<u16>,
    /// Why there was no answer: `unresolved`, `inside`, `not_encrypted`, `no_connection`, `no_tls`, `no_answer`,
    /// `too_slow` or `no_secret`.
    #[schema(required)]
    problem: Option<String>,
    created_at: String,
    /// When it was taken or given up.
    #[schema(required)]
    settled_at: Option<String>,
}

impl From<Delivery> for DeliveryView {
    fn from(one: Delivery) -> Self {
        Self {
            id: one.id.0,
            message_id: one.message_id(),
            kind: one.kind.to_string(),
            seq: one.seq,
            article_id: one.article.0,
            state: one.state.to_string(),
            attempts: one.attempts,
            next_at: one.next_at.map(|at| at.to_string()),
            tried_at: one.tried_at.map(|at| at.to_string()),
            status: one.status,
            problem: one.problem,
            created_at: one.created_at.to_string(),
            settled_at: one.settled_at.map(|at| at.to_string()),
        }
    }
}

/// Which messages.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct DeliveryQuery {
    /// Those that are `waiting`, `delivered` or `given_up`; all if absent.
    state: Option<String>,
    /// Items of the page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
    /// Where the page begins: the `next_cursor` of the page before.
    cursor: Option<String>,
}

/// The messages to a webhook of the last thirty days, newest first.
#[utoipa::path(get, path = "/webhooks/{id}/deliveries", operation_id = "listDeliveries", tag = "webhooks", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "The webhook's id"), DeliveryQuery),
    responses((status = 200, description = "A page of messages", body = List<DeliveryView>), Refused))]
#[route("/webhooks/{id}/deliveries", method = "GET", method = "HEAD")]
async fn list_deliveries(
    app: Data<App>,
    req: HttpRequest,
    args: InOrder<Signed, (PathOf<(WebhookId,)>, StrictQuery<DeliveryQuery>)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (PathOf((id,)), StrictQuery(DeliveryQuery { state, limit, cursor }))) = args;
    let wanted = page_request(limit, cursor.as_deref())?;
    let state = choice("state", state.as_deref(), DeliveryState::ALL)?;
    Ok(list::<_, DeliveryView>(&req, webhook::deliveries(&app, signed.0, id, state, wanted).await?))
}

/// Send a message once more, under the same id. It is tried again as if it had never been.
#[utoipa::path(operation_id = "redeliverMessage", tag = "webhooks", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "The webhook's id"), ("delivery" = Uuid, Path, description = "The message's id")),
    responses((status = 202, description = "The message, which waits", body = DeliveryView), Refused))]
#[post("/webhooks/{id}/deliveries/{delivery}/redeliver")]
async fn redeliver(
    app: Data<App>,
    args: InOrder<Signed, PathOf<(WebhookId, DeliveryId)>>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, PathOf((id, message))) = args;
    let one = webhook::redeliver(&app, signed.0, id, message).await?;
    Ok(editing(StatusCode::ACCEPTED).json(DeliveryView::from(one)))
}
