//! Review: submit a text, decide on it, take it back.

mod carried;
mod case;

use actix_web::{HttpRequest, HttpResponse, post, web::Data};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

pub(in crate::http) use carried::CarriedView;
pub(in crate::http) use case::{CaseView, PersonView};

use super::workflows::GapView;
use crate::{
    domain::workflow,
    http::{
        kit::{IdempotencyKey, IfMatch, InOrder, PathOf, StrictJson},
        signed::{Signed, once, once_of, seen},
        wire::{Refused, Verdict, answer, done},
    },
    kernel::{AccountId, ArticleId, Digest, LocaleTag},
    service::{
        Answer, App, Error, FieldCode,
        review::{self, Decide, Opened, Reassign},
    },
};

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(submit).service(decide).service(take_back).service(reassign);
}

/// A submission.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Submit {
    /// What reviewers should know, at most 2,000 characters.
    #[serde(default)]
    comment: String,
    /// Whether it cannot wait for the usual stages: then a workflow for what is urgent is chosen, where one fits.
    #[serde(default)]
    urgent: bool,
}

/// A case that was opened.
#[derive(Debug, Serialize, ToSchema)]
struct OpenedView {
    #[serde(flatten)]
    case: CaseView,
    /// The stages for which there are not enough people who did not write the text. It waits until there are: an
    /// administrator gives somebody the role.
    unsatisfied: Vec<GapView>,
}

/// A check to be let pass by somebody who answers for it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CreateWaiver {
    /// The check's code.
    #[schema(example = "link-not-https")]
    code: String,
    /// Why it may be passed, at most 2,000 characters.
    reason: String,
}

impl From<CreateWaiver> for workflow::Waiver {
    fn from(CreateWaiver { code, reason }: CreateWaiver) -> Self {
        Self { code, reason }
    }
}

/// One person's decision on the text that they saw.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CreateDecision {
    verdict: Verdict,
    /// The hash of the text that was seen.
    content_hash: String,
    /// Why; needed when changes are asked for.
    #[serde(default)]
    comment: String,
    /// The name of the stage, where several run side by side; the first that the caller may decide at if absent.
    #[serde(default)]
    stage: Option<String>,
    /// For whom a delegate decides; in the caller's own name where that is possible, if absent.
    #[serde(default)]
    #[schema(example = "01a20345-6941-76e9-bc14-089d51542d8b")]
    on_behalf_of: Option<Uuid>,
    /// Blocking checks that the caller answers for letting pass.
    #[serde(default)]
    waive: Vec<CreateWaiver>,
}

impl TryFrom<CreateDecision> for Decide {
    type Error = Error;

    fn try_from(asked: CreateDecision) -> Result<Self, Error> {
        let CreateDecision { verdict, content_hash, comment, stage, on_behalf_of, waive } = asked;
        Ok(Self {
            verdict: verdict.into(),
            hash: seen_hash(&content_hash)?,
            comment,
            stage,
            on_behalf_of: on_behalf_of.map(AccountId),
            waive: waive.into_iter().map(Into::into).collect(),
        })
    }
}

/// A stage that is to wait for one person.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReassignStage {
    /// The stage's name.
    #[schema(example = "review")]
    stage: String,
    /// The person; null gives the stage back to all who hold its role.
    #[schema(example = "01a20345-6941-76e9-bc14-089d51542d8b")]
    to: Option<Uuid>,
}

/// The hash that a person saw, from a body.
pub(super) fn seen_hash(raw: &str) -> Result<Digest, Error> {
    raw.parse().map_err(|_| Error::invalid_at("/content_hash", FieldCode::BadHash))
}

fn opened(opened: &Opened) -> Answer {
    let unsatisfied = opened.unsatisfied.iter().map(GapView::from).collect();
    answer(201, &OpenedView { case: CaseView::from(&opened.case), unsatisfied })
}

pub(super) fn shown(case: &workflow::Case) -> Answer {
    answer(200, &CaseView::from(case))
}

/// Submit the newest text for review.
#[utoipa::path(operation_id = "submitEdition", tag = "review", security(("bearer" = [])), request_body = Submit,
    params(("id" = Uuid, Path, description = "The article's id"), ("locale" = String, Path, description = "The edition's locale"), ("If-Match" = String, Header, description = "The version that was seen"),
        ("Idempotency-Key" = Option<String>, Header, description = "Repeats of the same request get the same answer")),
    responses((status = 201, description = "The case as it stands now", body = OpenedView), Refused))]
#[post("/articles/{id}/editions/{locale}/submit")]
async fn submit(
    app: Data<App>,
    req: HttpRequest,
    args: InOrder<Signed, (PathOf<(ArticleId, LocaleTag)>, IfMatch, IdempotencyKey, StrictJson<Submit>)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (PathOf((id, locale)), condition, key, body)) = args;
    let once = once(&req, key, &body, opened);
    let Submit { comment, urgent } = body.into_inner();
    let order = review::Submit { comment, urgent };
    Ok(done(review::submit(&app, signed.0, (id, &locale), seen(condition)?, order, once).await?, opened))
}

/// Decide at the stage that waits.
#[utoipa::path(operation_id = "decideEdition", tag = "review", security(("bearer" = [])), request_body = CreateDecision,
    params(("id" = Uuid, Path, description = "The article's id"), ("locale" = String, Path, description = "The edition's locale"),
        ("Idempotency-Key" = Option<String>, Header, description = "Repeats of the same request get the same answer")),
    responses((status = 200, description = "The case as it stands now", body = CaseView), Refused))]
#[post("/articles/{id}/editions/{locale}/decisions")]
async fn decide(
    app: Data<App>,
    req: HttpRequest,
    args: InOrder<Signed, (PathOf<(ArticleId, LocaleTag)>, IdempotencyKey, StrictJson<CreateDecision>)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (PathOf((id, locale)), key, body)) = args;
    let once = once(&req, key, &body, shown);
    let order = body.into_inner().try_into()?;
    Ok(done(review::decide(&app, signed.0, (id, &locale), order, once).await?, shown))
}

/// Take a submitted text back to the desk.
#[utoipa::path(operation_id = "takeBackEdition", tag = "review", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "The article's id"), ("locale" = String, Path, description = "The edition's locale"),
        ("Idempotency-Key" = Option<String>, Header, description = "Repeats of the same request get the same answer")),
    responses((status = 200, description = "The case as it stands now", body = CaseView), Refused))]
#[post("/articles/{id}/editions/{locale}/take-back")]
async fn take_back(
    app: Data<App>,
    req: HttpRequest,
    args: InOrder<Signed, (PathOf<(ArticleId, LocaleTag)>, IdempotencyKey)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (PathOf((id, locale)), key)) = args;
    let once = once_of(&req, key, Digest::of(""), shown);
    Ok(done(review::take_back(&app, signed.0, (id, &locale), once).await?, shown))
}

/// Give a stage that waits, or will wait, to one person, or back to all who hold its role.
#[utoipa::path(operation_id = "reassignEdition", tag = "review", security(("bearer" = [])), request_body = ReassignStage,
    params(("id" = Uuid, Path, description = "The article's id"), ("locale" = String, Path, description = "The edition's locale"),
        ("Idempotency-Key" = Option<String>, Header, description = "Repeats of the same request get the same answer")),
    responses((status = 200, description = "The case as it stands now", body = CaseView), Refused))]
#[post("/articles/{id}/editions/{locale}/reassign")]
async fn reassign(
    app: Data<App>,
    req: HttpRequest,
    args: InOrder<Signed, (PathOf<(ArticleId, LocaleTag)>, IdempotencyKey, StrictJson<ReassignStage>)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (PathOf((id, locale)), key, body)) = args;
    let once = once(&req, key, &body, shown);
    let ReassignStage { stage, to } = body.into_inner();
    let order = Reassign { stage, to: to.map(AccountId) };
    Ok(done(review::reassign(&app, signed.0, (id, &locale), order, once).await?, shown))
}
