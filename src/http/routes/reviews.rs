//! Review: submit a text, decide on it, take it back.

use actix_web::{HttpRequest, HttpResponse, post, web::Data};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::{
    domain::workflow,
    http::{
        kit::{IdempotencyKey, IfMatch, InOrder, PathOf, StrictJson},
        signed::{Signed, once, once_of, seen},
        wire::{CaseState, Refused, Role, Verdict, answer, done},
    },
    kernel::{ArticleId, Digest, LocaleTag},
    service::{
        Answer, App, Error, FieldCode,
        review::{self, Decide},
    },
};

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(submit).service(decide).service(take_back);
}

/// A stage of a case.
#[derive(Debug, Serialize, ToSchema)]
struct StageView {
    name: String,
    /// Who decides.
    role: Role,
    /// How many have to agree.
    approvals: u32,
}

/// One person's decision.
#[derive(Debug, Serialize, ToSchema)]
struct DecisionView {
    id: Uuid,
    /// The stage's place, from 0.
    stage: usize,
    /// Who decided.
    account: Uuid,
    verdict: Verdict,
    comment: String,
    /// The hash of the text that the person saw.
    content_hash: String,
    at: String,
}

/// A run of a workflow over one revision.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CaseView {
    id: Uuid,
    state: CaseState,
    /// The number of the revision under review.
    revision: u32,
    /// The hash that decisions have to name.
    content_hash: String,
    /// The workflow's name.
    workflow: String,
    workflow_version: u32,
    stages: Vec<StageView>,
    /// The place of the stage that waits; null when none does.
    current_stage: Option<usize>,
    comment: String,
    opened_by: Uuid,
    opened_at: String,
    decisions: Vec<DecisionView>,
}

impl From<&workflow::Case> for CaseView {
    fn from(case: &workflow::Case) -> Self {
        let stage =
            |s: &workflow::Stage| StageView { name: s.name.clone(), role: s.role.into(), approvals: s.approvals };
        let decision = |d: &workflow::Decision| DecisionView {
            id: d.id.0,
            stage: d.stage,
            account: d.by.0,
            verdict: d.verdict.into(),
            comment: d.comment.clone(),
            content_hash: d.hash.to_string(),
            at: d.at.to_string(),
        };
        Self {
            id: case.id.0,
            state: case.state.into(),
            revision: case.number,
            content_hash: case.hash.to_string(),
            workflow: case.workflow.code.clone(),
            workflow_version: case.workflow.version,
            stages: case.workflow.stages.iter().map(stage).collect(),
            current_stage: case.current_stage().map(|(place, _)| place),
            comment: case.comment.clone(),
            opened_by: case.opened_by.0,
            opened_at: case.opened_at.to_string(),
            decisions: case.decisions.iter().map(decision).collect(),
        }
    }
}

/// A submission.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Submit {
    /// What reviewers should know, at most 2,000 characters.
    #[serde(default)]
    comment: String,
}

/// One person's decision on the text that they saw.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CreateDecision {
    verdict: Verdict,
    /// The hash of the text that was seen.
    content_hash: String,
    /// Why; needed when changes are asked for.
    #[serde(default)]
    comment: String,
}

/// The hash that a person saw, from a body.
pub(super) fn seen_hash(raw: &str) -> Result<Digest, Error> {
    raw.parse().map_err(|_| Error::invalid_at("/content_hash", FieldCode::BadHash))
}

fn opened(case: &workflow::Case) -> Answer {
    answer(201, &CaseView::from(case))
}

fn shown(case: &workflow::Case) -> Answer {
    answer(200, &CaseView::from(case))
}

/// Submit the newest text for review.
#[utoipa::path(operation_id = "submitEdition", tag = "review", security(("bearer" = [])), request_body = Submit,
    params(("id" = Uuid, Path, description = "The article's id"), ("locale" = String, Path, description = "The edition's locale"), ("If-Match" = String, Header, description = "The version that was seen"),
        ("Idempotency-Key" = Option<String>, Header, description = "Repeats of the same request get the same answer")),
    responses((status = 201, description = "The case as it stands now", body = CaseView), Refused))]
#[post("/articles/{id}/editions/{locale}/submit")]
async fn submit(
    app: Data<App>,
    req: HttpRequest,
    args: InOrder<Signed, (PathOf<(ArticleId, LocaleTag)>, IfMatch, IdempotencyKey, StrictJson<Submit>)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (PathOf((id, locale)), condition, key, body)) = args;
    let once = once(&req, key, &body, opened);
    let Submit { comment } = body.into_inner();
    Ok(done(review::submit(&app, signed.0, (id, &locale), seen(condition)?, &comment, once).await?, opened))
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
    let CreateDecision { verdict, content_hash, comment } = body.into_inner();
    let order = Decide { verdict: verdict.into(), hash: seen_hash(&content_hash)?, comment };
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
