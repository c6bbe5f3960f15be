//! Webhooks: programs that are told of what becomes public.

use actix_web::{HttpRequest, HttpResponse, delete, patch, post, route, web::Data};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::{
    http::{
        kit::{IdempotencyKey, IfMatch, InOrder, PathOf, StrictJson, StrictQuery},
        signed::{Signed, once, seen},
        wire::{List, Paging, Refused, answer, done, list, located, page_request, tagged, versioned},
    },
    kernel::WebhookId,
    service::{
        Answer, App, Error,
        webhook::{self, Changes, Line, NewWebhook},
    },
};

mod deliveries;

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(list_webhooks)
        .service(create_webhook)
        .service(show_webhook)
        .service(update_webhook)
        .service(remove_webhook)
        .service(rotate_secret);
    deliveries::configure(config);
}

/// A program that is told of what becomes public, by Standard Webhooks 1.0.
#[derive(Debug, Serialize, ToSchema)]
struct WebhookView {
    id: Uuid,
    /// Where it is called.
    url: String,
    /// What it is for.
    description: String,
    /// The types of messages that it is sent; empty for all.
    types: Vec<String>,
    /// The languages whose editions it is told of; empty for all.
    locales: Vec<String>,
    /// Whether it is sent anything.
    enabled: bool,
    /// Why not: `by_hand`, `gone` (it answered 410) or `failing` (it took nothing for five days).
    #[schema(required)]
    disabled: Option<String>,
    /// Since when.
    #[schema(required)]
    disabled_at: Option<String>,
    /// Since when it takes nothing; null where the last message was taken.
    #[schema(required)]
    failing_since: Option<String>,
    /// Until when the secret before signs beside the new one; null where there is none.
    #[schema(required)]
    old_secret_until: Option<String>,
    created_at: String,
    updated_at: String,
    /// The secret that signs: told when the webhook is made and when it gets another, and never again.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=")]
    secret: Option<String>,
}

impl From<Line> for WebhookView {
    fn from(line: Line) -> Self {
        let Line { webhook: one, secret } = line;
        Self {
            id: one.id.0,
            url: one.url,
            description: one.description,
            types: one.wanted.types.iter().map(ToString::to_string).collect(),
            locales: one.wanted.locales.iter().map(ToString::to_string).collect(),
            enabled: one.standing.disabled.is_none(),
            disabled: one.standing.disabled.map(|why| why.to_string()),
            disabled_at: one.disabled_at.map(|at| at.to_string()),
            failing_since: one.standing.failing_since.map(|at| at.to_string()),
            old_secret_until: one.old_secret.map(|(_, until)| until.to_string()),
            created_at: one.created_at.to_string(),
            updated_at: one.updated_at.to_string(),
            secret: secret.map(|secret| secret.expose().to_owned()),
        }
    }
}

/// A webhook to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CreateWebhook {
    /// Where it is called: https, at an address of the world.
    #[schema(example = "https://portal.lamhai.example/hooks/lantoa")]
    url: String,
    /// What it is for, at most 200 characters.
    #[serde(default)]
    description: String,
    /// The types of messages that it wants; all if absent or empty.
    #[serde(default)]
    #[schema(example = json!(["article.published", "article.withdrawn"]))]
    types: Vec<String>,
    /// The languages whose editions it wants to be told of; all if absent or empty.
    #[serde(default)]
    #[schema(example = json!(["vi", "en"]))]
    locales: Vec<String>,
}

/// What is changed of a webhook; what is absent stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct UpdateWebhook {
    /// Where it is called.
    #[schema(example = "https://portal.lamhai.example/hooks/lantoa")]
    url: Option<String>,
    /// What it is for.
    description: Option<String>,
    /// The types of messages that it wants.
    #[schema(example = json!(["article.published"]))]
    types: Option<Vec<String>>,
    /// The languages whose editions it wants to be told of.
    #[schema(example = json!(["vi"]))]
    locales: Option<Vec<String>>,
    /// Whether it is sent anything. Switched on again, it is sent what waits for it.
    enabled: Option<bool>,
}

/// How a webhook changes its secret.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RotateSecret {
    /// For how many seconds the secret before signs beside the new one: at most seven days, one day if absent.
    overlap_seconds: Option<u64>,
}

fn made(line: &Line) -> Answer {
    let path = format!("/api/v1/webhooks/{}", line.webhook.id);
    located(tagged(answer(201, &WebhookView::from(line.clone())), line.webhook.version), path)
}

fn shown(line: Line) -> HttpResponse {
    versioned(line.webhook.version, &WebhookView::from(line))
}

/// All webhooks, newest first.
#[utoipa::path(get, path = "/webhooks", operation_id = "listWebhooks", tag = "webhooks", security(("bearer" = [])), params(Paging),
    responses((status = 200, description = "A page of webhooks", body = List<WebhookView>), Refused))]
#[route("/webhooks", method = "GET", method = "HEAD")]
async fn list_webhooks(
    app: Data<App>,
    req: HttpRequest,
    args: InOrder<Signed, StrictQuery<Paging>>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, StrictQuery(Paging { limit, cursor })) = args;
    let wanted = page_request(limit, cursor.as_deref())?;
    Ok(list::<_, WebhookView>(&req, webhook::list(&app, signed.0, wanted).await?))
}

/// Make a webhook. It is told of what becomes public from now on; its secret is told in this answer alone.
#[utoipa::path(operation_id = "createWebhook", tag = "webhooks", security(("bearer" = [])), request_body = CreateWebhook,
    params(("Idempotency-Key" = Option<String>, Header, description = "Repeats of the same request get the same answer")),
    responses((status = 201, description = "The webhook with its secret", body = WebhookView), Refused))]
#[post("/webhooks")]
async fn create_webhook(
    app: Data<App>,
    req: HttpRequest,
    args: InOrder<Signed, (IdempotencyKey, StrictJson<CreateWebhook>)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (key, body)) = args;
    let once = once(&req, key, &body, made);
    let CreateWebhook { url, description, types, locales } = body.into_inner();
    let new = NewWebhook { url, description, types, locales };
    Ok(done(webhook::create(&app, signed.0, new, once).await?, made))
}

/// One webhook.
#[utoipa::path(get, path = "/webhooks/{id}", operation_id = "showWebhook", tag = "webhooks", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "The webhook's id")), responses((status = 200, description = "The webhook", body = WebhookView), Refused))]
#[route("/webhooks/{id}", method = "GET", method = "HEAD")]
async fn show_webhook(app: Data<App>, args: InOrder<Signed, PathOf<(WebhookId,)>>) -> Result<HttpResponse, Error> {
    let InOrder(signed, PathOf((id,))) = args;
    Ok(shown(webhook::show(&app, signed.0, id).await?))
}

/// Change a webhook, switch it off, or on again.
#[utoipa::path(operation_id = "updateWebhook", tag = "webhooks", security(("bearer" = [])), request_body = UpdateWebhook,
    params(("id" = Uuid, Path, description = "The webhook's id"), ("If-Match" = String, Header, description = "The version that was seen")),
    responses((status = 200, description = "The webhook", body = WebhookView), Refused))]
#[patch("/webhooks/{id}")]
async fn update_webhook(
    app: Data<App>,
    args: InOrder<Signed, (PathOf<(WebhookId,)>, IfMatch, StrictJson<UpdateWebhook>)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (PathOf((id,)), condition, body)) = args;
    let UpdateWebhook { url, description, types, locales, enabled } = body.into_inner();
    let new = Changes { url, description, types, locales, enabled };
    Ok(shown(webhook::update(&app, signed.0, id, seen(condition)?, new).await?))
}

/// Remove a webhook with all messages to it.
#[utoipa::path(operation_id = "removeWebhook", tag = "webhooks", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "The webhook's id"), ("If-Match" = String, Header, description = "The version that was seen")),
    responses((status = 204, description = "It is gone"), Refused))]
#[delete("/webhooks/{id}")]
async fn remove_webhook(
    app: Data<App>,
    args: InOrder<Signed, (PathOf<(WebhookId,)>, IfMatch)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (PathOf((id,)), condition)) = args;
    webhook::remove(&app, signed.0, id, seen(condition)?).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Give a webhook another secret. The one before signs beside it for a while, so that no message is lost meanwhile.
#[utoipa::path(operation_id = "rotateWebhookSecret", tag = "webhooks", security(("bearer" = [])), request_body = RotateSecret,
    params(("id" = Uuid, Path, description = "The webhook's id"), ("If-Match" = String, Header, description = "The version that was seen")),
    responses((status = 200, description = "The webhook with its new secret", body = WebhookView), Refused))]
#[post("/webhooks/{id}/secret")]
async fn rotate_secret(
    app: Data<App>,
    args: InOrder<Signed, (PathOf<(WebhookId,)>, IfMatch, StrictJson<RotateSecret>)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (PathOf((id,)), condition, body)) = args;
    let overlap = body.into_inner().overlap_seconds;
    Ok(shown(webhook::rotate(&app, signed.0, id, seen(condition)?, overlap).await?))
}
