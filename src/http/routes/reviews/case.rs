//! A case as it is shown: its stages, whose turn it is, and who decided in whose name.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::CarriedView;
use crate::{
    domain::{access, workflow},
    http::wire::{CaseState, Role, Sensitivity, Verdict},
    kernel::AccountId,
};

/// A person by name.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::http) struct PersonView {
    id: Uuid,
    /// The name; null if the account is not there.
    name: Option<String>,
}

impl PersonView {
    pub(in crate::http) fn new(id: AccountId, name: Option<&String>) -> Self {
        Self { id: id.0, name: name.cloned() }
    }
}

/// A stage of a case.
#[derive(Debug, Serialize, ToSchema)]
struct StageView {
    name: String,
    /// Who decides.
    role: Role,
    /// How many have to agree.
    approvals: u32,
    /// Stages of the same group run side by side.
    group: u32,
    /// Whether it comes after the approval and holds nothing up.
    after: bool,
    /// Whether it waits for a decision now.
    waits: bool,
    /// The person that it waits for by name; null if it waits for all who hold its role.
    assigned_to: Option<PersonView>,
    /// When it is due; null if it does not wait or is never due, or comes after the approval of what is not public yet.
    due_at: Option<String>,
}

/// A check that somebody answers for letting pass.
#[derive(Debug, Serialize, ToSchema)]
struct WaiverView {
    /// The check.
    code: String,
    /// Why it may be passed.
    reason: String,
}

/// One person's decision.
#[derive(Debug, Serialize, ToSchema)]
struct DecisionView {
    id: Uuid,
    /// The stage's place, from 0.
    stage: usize,
    /// Who decided.
    account: Uuid,
    /// The name of who decided.
    name: Option<String>,
    /// For whom, where it was a delegate; null if in their own name.
    on_behalf_of: Option<PersonView>,
    verdict: Verdict,
    comment: String,
    /// The hash of the text that the person saw.
    content_hash: String,
    /// The checks that the person answers for.
    waivers: Vec<WaiverView>,
    at: String,
}

/// A run of a workflow over one revision.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::http) struct CaseView {
    id: Uuid,
    state: CaseState,
    /// The number of the revision under review.
    revision: u32,
    /// The hash that decisions have to name.
    content_hash: String,
    /// The workflow's name.
    workflow: String,
    workflow_version: u32,
    /// The article's sensitivity when it began.
    sensitivity: Sensitivity,
    /// Whether it was submitted as urgent.
    urgent: bool,
    stages: Vec<StageView>,
    /// The place of the stage that waits, the first of those side by side; null when none does.
    current_stage: Option<usize>,
    /// The places of all stages that wait.
    current_stages: Vec<usize>,
    comment: String,
    opened_by: Uuid,
    /// The name of who submitted.
    opened_by_name: Option<String>,
    opened_at: String,
    /// When it was settled; null while it is open.
    closed_at: Option<String>,
    decisions: Vec<DecisionView>,
    /// What it takes over from the case before it; null if it stands alone.
    carried: Option<CarriedView>,
}

impl From<&workflow::Case> for CaseView {
    fn from(case: &workflow::Case) -> Self {
        let name = |id: AccountId| case.names.get(&id);
        let waiting = case.waiting(access::Role::Author, false);
        let current_stages = case.current_stages();
        let stage = |(place, s): (usize, &workflow::Stage)| StageView {
            name: s.name.clone(),
            role: s.role.into(),
            approvals: s.approvals,
            group: s.group,
            after: s.after,
            waits: current_stages.contains(&place),
            assigned_to: case.assigned.get(&place).map(|id| PersonView::new(*id, name(*id))),
            due_at: waiting
                .iter()
                .find(|one| current_stages.contains(&place) && one.stage == place && one.role == s.role)
                .and_then(|one| one.due_at)
                .map(|at| at.to_string()),
        };
        let decision = |d: &workflow::Decision| DecisionView {
            id: d.id.0,
            stage: d.stage,
            account: d.by.0,
            name: name(d.by).cloned(),
            on_behalf_of: d.behalf.map(|behalf| PersonView::new(behalf.of, name(behalf.of))),
            verdict: d.verdict.into(),
            comment: d.comment.clone(),
            content_hash: d.hash.to_string(),
            waivers: d
                .waivers
                .iter()
                .map(|one| WaiverView { code: one.code.clone(), reason: one.reason.clone() })
                .collect(),
            at: d.at.to_string(),
        };
        Self {
            id: case.id.0,
            state: case.state.into(),
            revision: case.number,
            content_hash: case.hash.to_string(),
            workflow: case.workflow.code.clone(),
            workflow_version: case.workflow.version,
            sensitivity: case.sensitivity.into(),
            urgent: case.urgent,
            stages: case.workflow.stages.iter().enumerate().map(stage).collect(),
            current_stage: case.current_stage().map(|(place, _)| place),
            comment: case.comment.clone(),
            opened_by: case.opened_by.0,
            opened_by_name: name(case.opened_by).cloned(),
            opened_at: case.opened_at.to_string(),
            closed_at: case.closed_at.map(|at| at.to_string()),
            decisions: case.decisions.iter().map(decision).collect(),
            carried: case.carry.as_ref().map(|carry| CarriedView::new(carry, &case.workflow.stages, name)),
            current_stages,
        }
    }
}
