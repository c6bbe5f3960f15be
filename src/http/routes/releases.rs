//! Releases: several editions that become public together.

use actix_web::{HttpRequest, HttpResponse, delete, post, route, web::Data};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::{
    publications::{NewVersion, moment},
    schedules::ScheduleView,
};
use crate::{
    http::{
        kit::{IdempotencyKey, IfMatch, InOrder, PathOf, StrictJson},
        signed::{Signed, once, seen},
        wire::{Outcome, Refused, answer, done, located, tagged, versioned},
    },
    kernel::{ArticleId, ReleaseId},
    service::{
        Answer, App, Check, Error, FieldCode, FieldError,
        publication::Order,
        release::{self, Member, Whole},
    },
};

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(publish).service(show).service(cancel);
}

/// An edition that is to be public with others.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReleaseMember {
    /// The article's id.
    article: String,
    /// The edition's locale.
    #[schema(example = "vi")]
    locale: String,
    /// The hash of the text that was seen.
    content_hash: String,
    /// For a text in the place of a public one: whether something was wrong. `update` if absent.
    kind: Option<NewVersion>,
    /// The public note in the edition's language; needed for a correction.
    #[serde(default)]
    note: String,
}

/// An order to publish several editions, all or none.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PublishRelease {
    /// The editions, 1 to 50.
    members: Vec<ReleaseMember>,
    /// When; at once if absent.
    #[schema(example = "2026-12-12T00:00:00Z")]
    publish_at: Option<String>,
}

/// A release, and what became of it.
#[derive(Debug, Serialize, ToSchema)]
struct ReleaseView {
    id: Uuid,
    /// Its moment; null if it was carried out when it was ordered.
    publish_at: Option<String>,
    /// Who ordered it.
    ordered_by: Uuid,
    /// When it was ordered.
    ordered_at: String,
    outcome: Outcome,
    /// Why it came to its outcome.
    why: Option<String>,
    /// How often it was tried in vain.
    attempts: u32,
    /// When it is tried next.
    next_attempt_at: Option<String>,
    /// When it came to its outcome.
    settled_at: Option<String>,
    /// Its members, in the order in which they were named.
    members: Vec<ScheduleView>,
}

impl From<&Whole> for ReleaseView {
    fn from(whole: &Whole) -> Self {
        let one = &whole.release;
        Self {
            id: one.id.0,
            publish_at: one.due_at.map(|at| at.to_string()),
            ordered_by: one.by.0,
            ordered_at: one.ordered_at.to_string(),
            outcome: one.outcome.into(),
            why: one.why.clone(),
            attempts: one.attempts,
            next_attempt_at: one.wake_at.map(|at| at.to_string()),
            settled_at: one.settled_at.map(|at| at.to_string()),
            members: whole.members.iter().map(ScheduleView::from).collect(),
        }
    }
}

fn ordered(whole: &Whole) -> Answer {
    let status = if whole.release.due_at.is_some() { 202 } else { 201 };
    let path = format!("/api/v1/releases/{}", whole.release.id);
    located(tagged(answer(status, &ReleaseView::from(whole)), whole.release.version), path)
}

fn read(members: Vec<ReleaseMember>) -> Result<Vec<Member>, Error> {
    let mut check = Check::new();
    let mut read = Vec::with_capacity(members.len());
    for (place, member) in members.into_iter().enumerate() {
        let at = |name: &str| format!("/members/{place}/{name}");
        let article = member.article.parse::<ArticleId>();
        if article.is_err() {
            check.fault(FieldError::new(at("article"), FieldCode::BadId));
        }
        let hash = member.content_hash.parse();
        if hash.is_err() {
            check.fault(FieldError::new(at("content_hash"), FieldCode::BadHash));
        }
        let locale = check.locale(&at("locale"), &member.locale);
        if let (Ok(article), Ok(hash), Some(locale)) = (article, hash, locale) {
            let order = Order::now(hash, member.kind == Some(NewVersion::Correct), member.note);
            read.push(Member { article, locale, order });
        }
    }
    check.finish()?;
    Ok(read)
}

/// Publish several editions, all or none, at once or at a time.
#[utoipa::path(operation_id = "publishRelease", tag = "publication", security(("bearer" = [])), request_body = PublishRelease,
    params(("Idempotency-Key" = Option<String>, Header, description = "Repeats of the same request get the same answer")),
    responses((status = 201, description = "All of them are public", body = ReleaseView), (status = 202, description = "Ordered for its time", body = ReleaseView), Refused))]
#[post("/releases")]
async fn publish(
    app: Data<App>,
    req: HttpRequest,
    args: InOrder<Signed, (IdempotencyKey, StrictJson<PublishRelease>)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (key, body)) = args;
    let once = once(&req, key, &body, ordered);
    let PublishRelease { members, publish_at } = body.into_inner();
    let at = moment("/publish_at", publish_at.as_deref())?;
    Ok(done(release::create(&app, signed.0, read(members)?, at, once).await?, ordered))
}

/// A release and what became of it.
#[utoipa::path(get, path = "/releases/{id}", operation_id = "showRelease", tag = "publication", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "The release's id")),
    responses((status = 200, description = "The release", body = ReleaseView), Refused))]
#[route("/releases/{id}", method = "GET", method = "HEAD")]
async fn show(app: Data<App>, args: InOrder<Signed, PathOf<(ReleaseId,)>>) -> Result<HttpResponse, Error> {
    let InOrder(signed, PathOf((id,))) = args;
    let whole = release::show(&app, signed.0, id).await?;
    Ok(versioned(whole.release.version, &ReleaseView::from(&whole)))
}

/// Call off a release that waits.
#[utoipa::path(operation_id = "cancelRelease", tag = "publication", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "The release's id"), ("If-Match" = String, Header, description = "The version that was seen")),
    responses((status = 200, description = "The release", body = ReleaseView), Refused))]
#[delete("/releases/{id}")]
async fn cancel(app: Data<App>, args: InOrder<Signed, (PathOf<(ReleaseId,)>, IfMatch)>) -> Result<HttpResponse, Error> {
    let InOrder(signed, (PathOf((id,)), condition)) = args;
    let whole = release::cancel(&app, signed.0, id, seen(condition)?).await?;
    Ok(versioned(whole.release.version, &ReleaseView::from(&whole)))
}
