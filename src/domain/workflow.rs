//! Review: a case is one run of a workflow over exactly one revision and its hash.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::{access::Role, article::text_enum};
use crate::kernel::{AccountId, CaseId, DecisionId, Digest, EditionId, RevisionId, Timestamp, canonical_json};

/// One step of a workflow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// Its name for programs.
    pub name: String,
    /// Who decides.
    pub role: Role,
    /// How many of them have to agree.
    pub approvals: u32,
}

/// Ordered stages under a name and a version; a case keeps the version it began with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workflow {
    /// Its name for programs.
    pub code: String,
    /// Its version.
    pub version: u32,
    /// Its stages, first to last.
    pub stages: Vec<Stage>,
}

impl Workflow {
    /// Two people: one who reviews, one who approves.
    pub fn standard() -> Self {
        let stage = |name: &str, role| Stage { name: name.to_owned(), role, approvals: 1 };
        Self {
            code: "standard".to_owned(),
            version: 1,
            stages: vec![stage("review", Role::Reviewer), stage("approval", Role::Approver)],
        }
    }

    /// One administrator, who decides on record that what another system had public is public here. It is run by
    /// an import alone: nobody can submit a text to it.
    pub fn import() -> Self {
        let stage = Stage { name: "import".to_owned(), role: Role::Admin, approvals: 1 };
        Self { code: "import".to_owned(), version: 1, stages: vec![stage] }
    }
}

text_enum! {
    /// How a case stands.
    CaseState {
        /// Waiting for decisions.
        Open = "open",
        /// Every stage agreed.
        Approved = "approved",
        /// Someone asked for changes.
        ChangesRequested = "changes_requested",
        /// The text was edited meanwhile, or taken back.
        Superseded = "superseded",
    }
}

text_enum! {
    /// What a person decided.
    Verdict {
        /// As it stands.
        Approve = "approve",
        /// Not yet.
        RequestChanges = "request_changes",
    }
}

/// One person's decision on one text.
#[derive(Clone, Debug)]
pub struct Decision {
    /// Its id.
    pub id: DecisionId,
    /// The stage's place in the case, from 0.
    pub stage: usize,
    /// Who.
    pub by: AccountId,
    /// What.
    pub verdict: Verdict,
    /// The hash of the text that the person saw.
    pub hash: Digest,
    /// Why.
    pub comment: String,
    /// When.
    pub at: Timestamp,
}

/// A run of a workflow over one revision.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its id.
    pub id: CaseId,
    /// The edition.
    pub edition: EditionId,
    /// The revision under review.
    pub revision: RevisionId,
    /// That revision's number.
    pub number: u32,
    /// That revision's hash.
    pub hash: Digest,
    /// The workflow's name, version and stages as they were when it began.
    pub workflow: Workflow,
    /// How it stands.
    pub state: CaseState,
    /// What the submitter said.
    pub comment: String,
    /// Who submitted.
    pub opened_by: AccountId,
    /// When.
    pub opened_at: Timestamp,
    /// Decisions, oldest first.
    pub decisions: Vec<Decision>,
}

/// Why a decision does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The case is not open.
    CaseClosed,
    /// The person saw another text.
    HashMismatch,
    /// The person wrote it.
    OwnText,
    /// The person decided in this case before.
    SecondStage,
}

impl Case {
    /// The stage that waits, if the case is open.
    pub fn current_stage(&self) -> Option<(usize, &Stage)> {
        (self.state == CaseState::Open).then(|| self.first_unmet())?
    }

    fn first_unmet(&self) -> Option<(usize, &Stage)> {
        self.workflow.stages.iter().enumerate().find(|(place, stage)| {
            let agreed = self.decisions.iter().filter(|d| d.stage == *place && d.verdict == Verdict::Approve).count();
            agreed < stage.approvals as usize
        })
    }

    /// What a decision makes of the case, or why it does not count.
    ///
    /// # Errors
    /// The rule that the decision breaks.
    pub fn decide(&self, authors: &HashSet<AccountId>, decision: Proposal) -> Result<(Decision, CaseState), Refusal> {
        let (place, _) = self.current_stage().ok_or(Refusal::CaseClosed)?;
        if decision.hash != self.hash {
            return Err(Refusal::HashMismatch);
        }
        if authors.contains(&decision.by) {
            return Err(Refusal::OwnText);
        }
        if self.decisions.iter().any(|earlier| earlier.by == decision.by) {
            return Err(Refusal::SecondStage);
        }
        let Proposal { id, by, verdict, hash, comment, at } = decision;
        let decision = Decision { id, stage: place, by, verdict, hash, comment, at };
        let state = match verdict {
            Verdict::RequestChanges => CaseState::ChangesRequested,
            Verdict::Approve => {
                let mut after = self.clone();
                after.decisions.push(decision.clone());
                if after.first_unmet().is_none() { CaseState::Approved } else { CaseState::Open }
            }
        };
        Ok((decision, state))
    }

    /// Why the case's approval does not hold for a text now, if it does not: the whole of the
    /// first promise. `holds` says whether a person may still decide at a stage.
    pub fn lapse(
        &self,
        hash: Digest,
        authors: &HashSet<AccountId>,
        holds: impl Fn(AccountId, Role) -> bool,
    ) -> Option<Lapse> {
        if self.state != CaseState::Approved {
            return Some(Lapse::NotApproved);
        }
        if self.hash != hash || self.decisions.iter().any(|decision| decision.hash != hash) {
            return Some(Lapse::OtherText);
        }
        let mut people = HashSet::new();
        for decision in &self.decisions {
            let Some(stage) = self.workflow.stages.get(decision.stage) else { return Some(Lapse::NotApproved) };
            // Who brings in what others wrote is written down as who saved it, but is not its author.
            let own = authors.contains(&decision.by) && self.workflow != Workflow::import();
            if decision.verdict != Verdict::Approve || !people.insert(decision.by) || own {
                return Some(Lapse::NotIndependent);
            }
            if !holds(decision.by, stage.role) {
                return Some(Lapse::GrantGone);
            }
        }
        // Every stage is counted anew: a case is not believed because a column says so.
        if self.workflow.stages.is_empty() || self.first_unmet().is_some() { Some(Lapse::NotApproved) } else { None }
    }

    /// `approval_v1`: the hash over the case and its decisions that the publication's envelope carries.
    pub fn approval_hash(&self) -> Digest {
        let stages: Vec<Value> = self
            .workflow
            .stages
            .iter()
            .map(|s| json!({"name": s.name, "role": s.role.as_str(), "approvals": s.approvals}))
            .collect();
        let decisions: Vec<Value> = self
            .decisions
            .iter()
            .map(|d| {
                json!({
                    "id": d.id.to_string(),
                    "stage": d.stage,
                    "account": d.by.to_string(),
                    "verdict": d.verdict.as_str(),
                    "content_hash": d.hash.to_string(),
                    "at": d.at.to_string(),
                })
            })
            .collect();
        Digest::of(canonical_json(&json!({
            "v": 1,
            "case": self.id.to_string(),
            "edition": self.edition.to_string(),
            "revision": self.revision.to_string(),
            "content_hash": self.hash.to_string(),
            "workflow": self.workflow.code,
            "workflow_version": self.workflow.version,
            "stages": stages,
            "decisions": decisions,
        })))
    }
}

/// A decision before it is known to count.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// Its id.
    pub id: DecisionId,
    /// Who.
    pub by: AccountId,
    /// What.
    pub verdict: Verdict,
    /// The hash of the text that the person saw.
    pub hash: Digest,
    /// Why.
    pub comment: String,
    /// When.
    pub at: Timestamp,
}

/// Why an approval does not hold any more, or never did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lapse {
    /// A stage is not satisfied.
    NotApproved,
    /// It was given to another text.
    OtherText,
    /// It was given by an author, or twice by one person.
    NotIndependent,
    /// Someone who gave it does not hold the role any more.
    GrantGone,
}

#[cfg(test)]
#[path = "workflow_tests.rs"]
mod tests;
