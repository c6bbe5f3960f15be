//! Workflows: which people decide on a text, one stage after the other.

mod gap;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, post, put, route, web::Data};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

pub(super) use gap::GapView;
use gap::ShortageView;

use crate::{
    domain::workflow as domain,
    http::{
        kit::{IdempotencyKey, IfMatch, InOrder, PathOf, StrictJson, StrictQuery},
        signed::{Signed, once, seen},
        wire::{
            Kind, List, Names, Refused, Role, Sensitivity, Side, answer, bad_parameter, done, editing, located,
            names_schema, tagged, versioned,
        },
    },
    kernel::Code,
    service::{
        Answer, App, Error, FieldCode, FieldError,
        workflow::{self, Kept, NewRule, NewStage, NewWorkflow},
    },
};

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(list_workflows).service(create_workflow).service(show_workflow).service(update_workflow);
}

/// A stage of a workflow.
#[derive(Debug, Serialize, ToSchema)]
struct WorkflowStageView {
    /// Its name for programs.
    name: String,
    /// Who decides.
    role: Role,
    /// How many have to agree.
    approvals: u32,
    /// Stages of the same group run side by side.
    group: u32,
    /// Hours after its turn came until it is due; null if it never is.
    deadline_hours: Option<u32>,
    /// Whether it comes after the approval and holds nothing up.
    after: bool,
}

/// When a workflow is chosen: all that it names has to fit; an empty list fits all.
#[derive(Debug, Serialize, ToSchema)]
struct WorkflowRuleView {
    /// Kinds of articles.
    kinds: Vec<Kind>,
    /// Languages of editions.
    locales: Vec<String>,
    /// Codes of agencies.
    agencies: Vec<String>,
    /// The article's sensitivity; null fits all.
    sensitivity: Option<Sensitivity>,
    side: Side,
    /// Submitted as urgent, or not; null fits both.
    urgent: Option<bool>,
    /// The highest goes first among those that fit; among equals the one whose rule says more.
    priority: i32,
}

/// A workflow in one version.
#[derive(Debug, Serialize, ToSchema)]
struct WorkflowView {
    /// Its immutable code.
    code: String,
    /// Its version; cases keep the one that they began with.
    version: u32,
    /// Its names by locale.
    #[schema(schema_with = names_schema)]
    names: Names,
    stages: Vec<WorkflowStageView>,
    /// When it is chosen; null if it is run by its name alone.
    rule: Option<WorkflowRuleView>,
    /// Whether a translation that it approved may be public before its source.
    independent: bool,
    /// Whether it is chosen at all.
    active: bool,
    /// The hash of this version that the audit chain holds.
    digest: String,
    /// Where somebody writes and the people are not enough to decide.
    unsatisfied: Vec<ShortageView>,
}

impl From<&Kept> for WorkflowView {
    fn from(kept: &Kept) -> Self {
        let domain::Definition { workflow, names, rule, independent, active } = &kept.definition;
        let stage = |s: &domain::Stage| WorkflowStageView {
            name: s.name.clone(),
            role: s.role.into(),
            approvals: s.approvals,
            group: s.group,
            deadline_hours: s.deadline_hours,
            after: s.after,
        };
        let rule = rule.as_ref().map(|r| WorkflowRuleView {
            kinds: r.kinds.iter().map(|kind| (*kind).into()).collect(),
            locales: r.locales.iter().map(ToString::to_string).collect(),
            agencies: r.agencies.iter().map(ToString::to_string).collect(),
            sensitivity: r.sensitivity.map(Into::into),
            side: r.side.into(),
            urgent: r.urgent,
            priority: r.priority,
        });
        Self {
            code: workflow.code.clone(),
            version: workflow.version,
            names: names.clone(),
            stages: workflow.stages.iter().map(stage).collect(),
            rule,
            independent: *independent,
            active: *active,
            digest: kept.definition.digest().to_string(),
            unsatisfied: kept.unsatisfied.iter().map(ShortageView::from).collect(),
        }
    }
}

/// A stage of a workflow to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SaveStage {
    /// Lower-case ASCII words joined by hyphens, once in a workflow.
    #[schema(example = "legal")]
    name: String,
    /// Who decides: a reviewer, an approver, a publisher or a press officer.
    role: Role,
    /// How many have to agree, at most 9.
    #[serde(default = "one")]
    #[schema(default = 1, minimum = 1, maximum = 9)]
    approvals: u32,
    /// The group of stages that it runs beside, not below that of the stage before; a group of its own if absent.
    group: Option<u32>,
    /// Hours after its turn came until it is due, at most 1,344; never if absent.
    deadline_hours: Option<u32>,
    /// Whether it comes after the approval and holds nothing up.
    #[serde(default)]
    after: bool,
}

fn one() -> u32 {
    1
}

fn yes() -> bool {
    true
}

impl From<SaveStage> for NewStage {
    fn from(SaveStage { name, role, approvals, group, deadline_hours, after }: SaveStage) -> Self {
        Self { name, role: role.into(), approvals, group, deadline_hours, after }
    }
}

/// A rule to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SaveRule {
    /// Kinds of articles; all if empty.
    #[serde(default)]
    kinds: Vec<Kind>,
    /// Languages of editions; all if empty.
    #[serde(default)]
    locales: Vec<String>,
    /// Codes of agencies; all if empty.
    #[serde(default)]
    agencies: Vec<String>,
    /// The article's sensitivity; all if absent.
    sensitivity: Option<Sensitivity>,
    #[serde(default = "Side::any")]
    #[schema(default = "any")]
    side: Side,
    /// Submitted as urgent, or not; both if absent.
    urgent: Option<bool>,
    /// From -1,000 to 1,000.
    #[serde(default)]
    #[schema(default = 0)]
    priority: i32,
}

impl From<SaveRule> for NewRule {
    fn from(rule: SaveRule) -> Self {
        let SaveRule { kinds, locales, agencies, sensitivity, side, urgent, priority } = rule;
        Self {
            kinds: kinds.into_iter().map(Into::into).collect(),
            locales,
            agencies,
            sensitivity: sensitivity.map(Into::into),
            side: side.into(),
            urgent,
            priority,
        }
    }
}

/// A workflow to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CreateWorkflow {
    /// Lower-case ASCII words joined by hyphens; never changes.
    #[schema(example = "doi-ngoai")]
    code: String,
    /// Its names by locale.
    #[schema(schema_with = names_schema)]
    names: Names,
    /// Its stages in their order, at most 10.
    stages: Vec<SaveStage>,
    /// When it is chosen; by its name alone if absent.
    rule: Option<SaveRule>,
    /// Whether a translation that it approves may be public before its source.
    #[serde(default)]
    independent: bool,
    /// Whether it is chosen at all.
    #[serde(default = "yes")]
    #[schema(default = true)]
    active: bool,
}

/// The next version of a workflow.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct UpdateWorkflow {
    /// Its names by locale.
    #[schema(schema_with = names_schema)]
    names: Names,
    /// Its stages in their order, at most 10.
    stages: Vec<SaveStage>,
    /// When it is chosen; by its name alone if absent.
    rule: Option<SaveRule>,
    /// Whether a translation that it approves may be public before its source.
    #[serde(default)]
    independent: bool,
    /// Whether it is chosen at all.
    #[serde(default = "yes")]
    #[schema(default = true)]
    active: bool,
}

fn made(kept: &Kept) -> Answer {
    let workflow = &kept.definition.workflow;
    let path = format!("/api/v1/workflows/{}", workflow.code);
    located(tagged(answer(201, &WorkflowView::from(kept)), workflow.version.into()), path)
}

/// All workflows, each in its newest version.
#[utoipa::path(get, path = "/workflows", operation_id = "listWorkflows", tag = "workflows", security(("bearer" = [])),
    responses((status = 200, description = "All workflows", body = List<WorkflowView>), Refused))]
#[route("/workflows", method = "GET", method = "HEAD")]
async fn list_workflows(app: Data<App>, signed: Signed) -> Result<HttpResponse, Error> {
    let items = workflow::list(&app, signed.0).await?.iter().map(WorkflowView::from).collect();
    Ok(editing(StatusCode::OK).json(List { items, next_cursor: None }))
}

/// Make a workflow.
#[utoipa::path(operation_id = "createWorkflow", tag = "workflows", security(("bearer" = [])), request_body = CreateWorkflow,
    params(("Idempotency-Key" = Option<String>, Header, description = "Repeats of the same request get the same answer")),
    responses((status = 201, description = "The workflow", body = WorkflowView), Refused))]
#[post("/workflows")]
async fn create_workflow(
    app: Data<App>,
    req: HttpRequest,
    args: InOrder<Signed, (IdempotencyKey, StrictJson<CreateWorkflow>)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (key, body)) = args;
    let once = once(&req, key, &body, made);
    let CreateWorkflow { code, names, stages, rule, independent, active } = body.into_inner();
    let stages = stages.into_iter().map(Into::into).collect();
    let new = NewWorkflow { code, names, stages, rule: rule.map(Into::into), independent, active };
    Ok(done(workflow::create(&app, signed.0, new, once).await?, made))
}

/// Which version of a workflow.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct VersionQuery {
    /// An older version, as a case names it; the newest if absent.
    #[param(minimum = 1)]
    version: Option<u32>,
}

/// One workflow.
#[utoipa::path(get, path = "/workflows/{code}", operation_id = "showWorkflow", tag = "workflows", security(("bearer" = [])),
    params(("code" = String, Path, description = "The workflow's code"), VersionQuery), responses((status = 200, description = "The workflow", body = WorkflowView), Refused))]
#[route("/workflows/{code}", method = "GET", method = "HEAD")]
async fn show_workflow(
    app: Data<App>,
    args: InOrder<Signed, (PathOf<(Code,)>, StrictQuery<VersionQuery>)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (PathOf((code,)), StrictQuery(VersionQuery { version }))) = args;
    if version == Some(0) {
        return Err(bad_parameter("version", FieldError::new("version", FieldCode::TooSmall).with("min", 1_i64)));
    }
    let kept = workflow::show(&app, signed.0, &code, version).await?;
    Ok(versioned(kept.definition.workflow.version.into(), &WorkflowView::from(&kept)))
}

/// Make the next version of a workflow. Cases that are open go on with the version that they began with.
#[utoipa::path(operation_id = "updateWorkflow", tag = "workflows", security(("bearer" = [])), request_body = UpdateWorkflow,
    params(("code" = String, Path, description = "The workflow's code"), ("If-Match" = String, Header, description = "The version that was seen")),
    responses((status = 200, description = "The workflow", body = WorkflowView), Refused))]
#[put("/workflows/{code}")]
async fn update_workflow(
    app: Data<App>,
    args: InOrder<Signed, (PathOf<(Code,)>, IfMatch, StrictJson<UpdateWorkflow>)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (PathOf((code,)), condition, body)) = args;
    let UpdateWorkflow { names, stages, rule, independent, active } = body.into_inner();
    let stages = stages.into_iter().map(Into::into).collect();
    let (code, rule) = (code.to_string(), rule.map(Into::into));
    let new = NewWorkflow { code, names, stages, rule, independent, active };
    let kept = workflow::update(&app, signed.0, new, seen(condition)?).await?;
    Ok(versioned(kept.definition.workflow.version.into(), &WorkflowView::from(&kept)))
}
