//! Publishing and taking down.

use actix_web::{HttpRequest, HttpResponse, post, web::Data};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::reviews::seen_hash;
use crate::{
    http::{
        kit::{IdempotencyKey, InOrder, PathOf, StrictJson},
        signed::{Signed, once},
        wire::{Act, Reason, Refused, answer, done},
    },
    kernel::{ArticleId, LocaleTag},
    service::{
        Answer, App, Error,
        publication::{self, Order, Publication},
    },
};

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(publish).service(withdraw);
}

/// What a new version of a public text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
enum NewVersion {
    /// Newer; nothing was wrong.
    #[serde(rename = "update")]
    Update,
    /// Something was wrong; numbered, with a note.
    #[serde(rename = "correct")]
    Correct,
}

/// An order to publish the approved text.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PublishEdition {
    /// The hash of the text that was seen.
    content_hash: String,
    /// For a text in the place of a public one: whether something was wrong. `update` if absent.
    kind: Option<NewVersion>,
    /// The public note in the edition's language; needed for a correction.
    #[serde(default)]
    note: String,
}

/// An order to take an edition down.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WithdrawEdition {
    reason: Reason,
    /// The public note in the edition's language; the reason's own text if absent.
    note: Option<String>,
}

/// One act of publication.
#[derive(Debug, Serialize, ToSchema)]
struct PublicationView {
    id: Uuid,
    kind: Act,
    /// Its place in the edition's chain, from 1.
    sequence: u32,
    /// The version that is public by it, or was last.
    version: u32,
    /// The number of the revision.
    revision: u32,
    reason: Option<Reason>,
    note: String,
    /// SHA-256 of the canonical content.
    content_hash: String,
    /// SHA-256 of the canonical envelope.
    envelope_hash: String,
    /// Detached JWS over the canonical envelope.
    signature: String,
    /// The public address.
    url: String,
    at: String,
}

fn shown((publication, url): &(Publication, String)) -> Answer {
    let view = PublicationView {
        id: publication.id.0,
        kind: publication.act.into(),
        sequence: publication.sequence,
        version: publication.version,
        revision: publication.number,
        reason: publication.reason.map(Into::into),
        note: publication.note.clone(),
        content_hash: publication.content_hash.to_string(),
        envelope_hash: publication.envelope_hash.to_string(),
        signature: publication.signature.clone(),
        url: url.clone(),
        at: publication.at.to_string(),
    };
    answer(200, &view)
}

/// Publish the approved text now.
#[utoipa::path(operation_id = "publishEdition", tag = "publication", security(("bearer" = [])), request_body = PublishEdition,
    params(("id" = Uuid, Path, description = "The article's id"), ("locale" = String, Path, description = "The edition's locale"),
        ("Idempotency-Key" = Option<String>, Header, description = "Repeats of the same request get the same answer")),
    responses((status = 200, description = "The act of publication", body = PublicationView), Refused))]
#[post("/articles/{id}/editions/{locale}/publish")]
async fn publish(
    app: Data<App>,
    req: HttpRequest,
    args: InOrder<Signed, (PathOf<(ArticleId, LocaleTag)>, IdempotencyKey, StrictJson<PublishEdition>)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (PathOf((id, locale)), key, body)) = args;
    let once = once(&req, key, &body, shown);
    let PublishEdition { content_hash, kind, note } = body.into_inner();
    let order = Order { hash: seen_hash(&content_hash)?, correct: kind == Some(NewVersion::Correct), note };
    Ok(done(publication::publish(&app, signed.0, (id, &locale), order, once).await?, shown))
}

/// Take an edition down, with a public note.
#[utoipa::path(operation_id = "withdrawEdition", tag = "publication", security(("bearer" = [])), request_body = WithdrawEdition,
    params(("id" = Uuid, Path, description = "The article's id"), ("locale" = String, Path, description = "The edition's locale"),
        ("Idempotency-Key" = Option<String>, Header, description = "Repeats of the same request get the same answer")),
    responses((status = 200, description = "The act of publication", body = PublicationView), Refused))]
#[post("/articles/{id}/editions/{locale}/withdraw")]
async fn withdraw(
    app: Data<App>,
    req: HttpRequest,
    args: InOrder<Signed, (PathOf<(ArticleId, LocaleTag)>, IdempotencyKey, StrictJson<WithdrawEdition>)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (PathOf((id, locale)), key, body)) = args;
    let once = once(&req, key, &body, shown);
    let WithdrawEdition { reason, note } = body.into_inner();
    Ok(done(publication::withdraw(&app, signed.0, (id, &locale), reason.into(), note.as_deref(), once).await?, shown))
}
