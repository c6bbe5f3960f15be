//! Publishing and taking down.

use actix_web::{HttpRequest, HttpResponse, post, web::Data};
use serde::{Deserialize, Serialize};
use utoipa::{
    ToSchema,
    openapi::schema::{Object, ObjectBuilder, Type},
};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::{reviews::seen_hash, schedules::ScheduleView};
use crate::{
    http::{
        kit::{IdempotencyKey, InOrder, PathOf, StrictJson},
        signed::{Signed, once},
        wire::{Act, Reason, Refused, answer, done},
    },
    kernel::{ArticleId, LocaleTag, Timestamp},
    service::{
        Answer, App, Error, FieldCode,
        publication::{self, Made, Notes, Order, Ordered, Restore, TakeAll},
    },
};

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(publish).service(withdraw).service(retract).service(restore).service(withdraw_article);
}

/// What a new version of a public text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
pub(super) enum NewVersion {
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
    /// When; at once if absent.
    #[schema(example = "2026-12-12T00:00:00Z")]
    publish_at: Option<String>,
    /// Until when; for good if absent, or until the end that was ordered before.
    #[schema(example = "2026-12-20T17:00:00Z")]
    publish_until: Option<String>,
}

/// An order to take an edition down.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WithdrawEdition {
    reason: Reason,
    /// The public note in the edition's language; the reason's own text if absent.
    note: Option<String>,
}

/// An order to take several editions of an article down at once.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WithdrawArticle {
    /// The editions; all that are public if absent.
    locales: Option<Vec<String>>,
    reason: Reason,
    /// The public note of the source edition, or of the only one that is taken down.
    note: Option<String>,
    /// Public notes by locale, each in its language; where there is none, the reason's own text.
    #[serde(default)]
    #[schema(schema_with = notes_schema)]
    notes: Notes,
}

/// How notes by locale are described.
fn notes_schema() -> Object {
    ObjectBuilder::new()
        .description(Some("Public notes by locale, each in its language; where there is none, the reason's own text."))
        .additional_properties(Some(ObjectBuilder::new().schema_type(Type::String)))
        .build()
}

/// An order to make what was taken down public again as it was.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RestoreEdition {
    /// A public note in the edition's language.
    #[serde(default)]
    note: String,
    /// The hash of the text that was seen, to be sure of it.
    content_hash: Option<String>,
}

/// One act of publication.
#[derive(Debug, Serialize, ToSchema)]
struct PublicationView {
    id: Uuid,
    kind: Act,
    /// The edition's locale.
    locale: String,
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

/// Several acts of publication, done at once.
#[derive(Debug, Serialize, ToSchema)]
struct PublicationsView {
    /// The acts, each on one edition.
    items: Vec<PublicationView>,
}

/// A retraction, and what went with it.
#[derive(Debug, Serialize, ToSchema)]
struct RetractionView {
    #[serde(flatten)]
    act: PublicationView,
    /// The acts on the editions that were made from it, by locale.
    followed_by: Vec<PublicationView>,
}

fn view(Made { locale, publication, url }: &Made) -> PublicationView {
    PublicationView {
        id: publication.id.0,
        kind: publication.act.into(),
        locale: locale.to_string(),
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
    }
}

fn shown(made: &Made) -> Answer {
    answer(200, &view(made))
}

fn ordered(ordered: &Ordered) -> Answer {
    match ordered {
        Ordered::Done(made) => shown(made),
        Ordered::Later(line) => answer(202, &ScheduleView::from(&**line)),
    }
}

#[expect(clippy::ptr_arg, reason = "what is kept of an answer is written from the very type")]
fn all_shown(acts: &Vec<Made>) -> Answer {
    answer(200, &PublicationsView { items: acts.iter().map(view).collect() })
}

#[expect(clippy::ptr_arg, reason = "what is kept of an answer is written from the very type")]
fn retracted(acts: &Vec<Made>) -> Answer {
    let mut acts = acts.iter().map(view);
    let first = acts.next().map(|act| RetractionView { act, followed_by: acts.collect() });
    answer(200, &first)
}

/// A moment of a body.
pub(super) fn moment(pointer: &str, raw: Option<&str>) -> Result<Option<Timestamp>, Error> {
    raw.map(|raw| raw.parse().map_err(|_| Error::invalid_at(pointer, FieldCode::BadTime))).transpose()
}

/// Publish the approved text, now or at a time, for good or until a time.
#[utoipa::path(operation_id = "publishEdition", tag = "publication", security(("bearer" = [])), request_body = PublishEdition,
    params(("id" = Uuid, Path, description = "The article's id"), ("locale" = String, Path, description = "The edition's locale"),
        ("Idempotency-Key" = Option<String>, Header, description = "Repeats of the same request get the same answer")),
    responses((status = 200, description = "The act of publication", body = PublicationView), (status = 202, description = "Ordered for its time", body = ScheduleView), Refused))]
#[post("/articles/{id}/editions/{locale}/publish")]
async fn publish(
    app: Data<App>,
    req: HttpRequest,
    args: InOrder<Signed, (PathOf<(ArticleId, LocaleTag)>, IdempotencyKey, StrictJson<PublishEdition>)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (PathOf((id, locale)), key, body)) = args;
    let once = once(&req, key, &body, ordered);
    let PublishEdition { content_hash, kind, note, publish_at, publish_until } = body.into_inner();
    let order = Order {
        at: moment("/publish_at", publish_at.as_deref())?,
        until: moment("/publish_until", publish_until.as_deref())?,
        ..Order::now(seen_hash(&content_hash)?, kind == Some(NewVersion::Correct), note)
    };
    Ok(done(publication::publish(&app, signed.0, (id, &locale), order, once).await?, ordered))
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

/// Take an edition down because it is wrong; with a source go the editions that were made from it.
#[utoipa::path(operation_id = "retractEdition", tag = "publication", security(("bearer" = [])), request_body = WithdrawEdition,
    params(("id" = Uuid, Path, description = "The article's id"), ("locale" = String, Path, description = "The edition's locale"),
        ("Idempotency-Key" = Option<String>, Header, description = "Repeats of the same request get the same answer")),
    responses((status = 200, description = "The act of publication, and those that followed from it", body = RetractionView), Refused))]
#[post("/articles/{id}/editions/{locale}/retract")]
async fn retract(
    app: Data<App>,
    req: HttpRequest,
    args: InOrder<Signed, (PathOf<(ArticleId, LocaleTag)>, IdempotencyKey, StrictJson<WithdrawEdition>)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (PathOf((id, locale)), key, body)) = args;
    let once = once(&req, key, &body, retracted);
    let WithdrawEdition { reason, note } = body.into_inner();
    let done_now = publication::retract(&app, signed.0, (id, &locale), reason.into(), note.as_deref(), once).await?;
    Ok(done(done_now, retracted))
}

/// Make what was taken down public again as it was, if its approval still holds.
#[utoipa::path(operation_id = "restoreEdition", tag = "publication", security(("bearer" = [])), request_body = RestoreEdition,
    params(("id" = Uuid, Path, description = "The article's id"), ("locale" = String, Path, description = "The edition's locale"),
        ("Idempotency-Key" = Option<String>, Header, description = "Repeats of the same request get the same answer")),
    responses((status = 200, description = "The act of publication", body = PublicationView), Refused))]
#[post("/articles/{id}/editions/{locale}/restore")]
async fn restore(
    app: Data<App>,
    req: HttpRequest,
    args: InOrder<Signed, (PathOf<(ArticleId, LocaleTag)>, IdempotencyKey, StrictJson<RestoreEdition>)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (PathOf((id, locale)), key, body)) = args;
    let once = once(&req, key, &body, shown);
    let RestoreEdition { note, content_hash } = body.into_inner();
    let order = Restore { hash: content_hash.as_deref().map(seen_hash).transpose()?, note };
    Ok(done(publication::restore(&app, signed.0, (id, &locale), order, once).await?, shown))
}

/// Take any or all editions of an article down, all of those or none.
#[utoipa::path(operation_id = "withdrawArticle", tag = "publication", security(("bearer" = [])), request_body = WithdrawArticle,
    params(("id" = Uuid, Path, description = "The article's id"),
        ("Idempotency-Key" = Option<String>, Header, description = "Repeats of the same request get the same answer")),
    responses((status = 200, description = "The acts of publication, by locale", body = PublicationsView), Refused))]
#[post("/articles/{id}/withdraw")]
async fn withdraw_article(
    app: Data<App>,
    req: HttpRequest,
    args: InOrder<Signed, (PathOf<(ArticleId,)>, IdempotencyKey, StrictJson<WithdrawArticle>)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (PathOf((id,)), key, body)) = args;
    let once = once(&req, key, &body, all_shown);
    let WithdrawArticle { locales, reason, note, notes } = body.into_inner();
    let order = TakeAll { locales, reason: reason.into(), note: note.unwrap_or_default(), notes };
    Ok(done(publication::withdraw_article(&app, signed.0, id, order, once).await?, all_shown))
}
