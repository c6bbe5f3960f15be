//! Review: a case is one run of a workflow over exactly one revision and its hash.

mod approval;
mod carry;
mod choice;
mod definition;
mod staffing;
mod turn;

use std::collections::{BTreeMap, HashSet};

use super::article::text_enum;
use crate::kernel::{AccountId, CaseId, DecisionId, DelegationId, Digest, EditionId, RevisionId, Timestamp};

pub use approval::{Format, Lapse};
pub use carry::{Carried, Carry, MAX_CHANGES, Mended, Restart};
pub use choice::{Asked, choose};
pub use definition::{
    ATTESTATION, DECIDING, Definition, MAX_APPROVALS, MAX_DEADLINE, MAX_PRIORITY, MAX_STAGES, Rule, SHARED_FIELDS,
    Sensitivity, Side, Stage, Workflow, shipped,
};
pub use staffing::{Gap, is_in_use, unsatisfied};
pub use turn::{TurnKind, Waiting};

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

/// A check that somebody answers for letting pass, by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// The check.
    pub code: String,
    /// Why it may be passed.
    pub reason: String,
}

/// For whom a person decides who stands in for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Behalf {
    /// Whose right it is.
    pub of: AccountId,
    /// By which delegation.
    pub by: DelegationId,
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
    /// For whom, where it was a delegate.
    pub behalf: Option<Behalf>,
    /// What.
    pub verdict: Verdict,
    /// The hash of the text that the person saw.
    pub hash: Digest,
    /// Why.
    pub comment: String,
    /// The checks that the person answers for.
    pub waivers: Vec<Waiver>,
    /// When.
    pub at: Timestamp,
}

impl Decision {
    /// Everybody in whose name it was taken: one, or two for a delegate.
    pub fn people(&self) -> impl Iterator<Item = AccountId> + use<> {
        [Some(self.by), self.behalf.map(|behalf| behalf.of)].into_iter().flatten()
    }
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
    /// How its approval is hashed.
    pub format: Format,
    /// The article's sensitivity when it began.
    pub sensitivity: Sensitivity,
    /// Whether it was submitted as urgent.
    pub urgent: bool,
    /// How it stands.
    pub state: CaseState,
    /// What the submitter said.
    pub comment: String,
    /// Who submitted.
    pub opened_by: AccountId,
    /// When.
    pub opened_at: Timestamp,
    /// When it was settled.
    pub closed_at: Option<Timestamp>,
    /// Who a stage waits for by name.
    pub assigned: BTreeMap<usize, AccountId>,
    /// Decisions, oldest first.
    pub decisions: Vec<Decision>,
    /// What it takes over from the case before it.
    pub carry: Option<Carry>,
    /// Since when its text is public, where stages that come after the approval wait: these are due by that.
    pub public_since: Option<Timestamp>,
    /// The names of all these people, for showing.
    pub names: BTreeMap<AccountId, String>,
}

/// Why a decision does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The case is not open.
    CaseClosed,
    /// The stage has been decided, or its turn has not come.
    NotItsTurn,
    /// The person saw another text.
    HashMismatch,
    /// The person wrote it, or decides for somebody who did.
    OwnText,
    /// The person decided in this case before, under one name or the other.
    SecondStage,
}

impl Case {
    /// The stage that waits, if the case is open; the first of those that run side by side.
    pub fn current_stage(&self) -> Option<(usize, &Stage)> {
        let place = *self.current_stages().first().filter(|_| self.state == CaseState::Open)?;
        Some((place, &self.workflow.stages[place]))
    }

    /// The places of the stages that wait: of an open case those of one group, side by side; of an approved one
    /// those that come after.
    pub fn current_stages(&self) -> Vec<usize> {
        match self.state {
            CaseState::Open => {
                let unmet: Vec<usize> = self.unmet(false).collect();
                let group = unmet.first().map(|place| self.workflow.stages[*place].group);
                unmet.into_iter().filter(|place| Some(self.workflow.stages[*place].group) == group).collect()
            }
            CaseState::Approved => self.unmet(true).filter(|place| !self.is_objected(*place)).collect(),
            CaseState::ChangesRequested | CaseState::Superseded => Vec::new(),
        }
    }

    /// The stages that not enough people agreed to: those before the approval, or those after it.
    fn unmet(&self, after: bool) -> impl Iterator<Item = usize> {
        let stages = self.workflow.stages.iter().enumerate();
        stages.filter(move |(at, stage)| stage.after == after && self.agreed(*at) < stage.approvals).map(|(at, _)| at)
    }

    /// Whether enough people agreed at every stage before the approval.
    pub fn is_satisfied(&self) -> bool {
        self.unmet(false).next().is_none()
    }

    /// Whether somebody asked for changes before the approval.
    pub fn is_refused(&self) -> bool {
        let before = |one: &Decision| self.workflow.stages.get(one.stage).is_some_and(|stage| !stage.after);
        self.decisions.iter().any(|one| one.verdict == Verdict::RequestChanges && before(one))
    }

    /// How many agreed at a stage.
    pub fn agreed(&self, place: usize) -> u32 {
        let agreed = self.counted().filter(|one| one.stage == place && one.verdict == Verdict::Approve);
        u32::try_from(agreed.count()).unwrap_or(u32::MAX)
    }

    /// Whether somebody objected at a stage.
    fn is_objected(&self, place: usize) -> bool {
        self.decisions.iter().any(|one| one.stage == place && one.verdict == Verdict::RequestChanges)
    }

    /// Whether a person decided in the case, under whichever name, or in an earlier one whose decision it holds.
    pub fn is_decided_by(&self, person: AccountId) -> bool {
        self.all_decisions().any(|earlier| earlier.people().any(|one| one == person))
    }

    /// What a decision makes of the case, or why it does not count.
    ///
    /// # Errors
    /// The rule that the decision breaks.
    pub fn decide(&self, authors: &HashSet<AccountId>, decision: Proposal) -> Result<(Decision, CaseState), Refusal> {
        let current = self.current_stages();
        if current.is_empty() {
            return Err(Refusal::CaseClosed);
        }
        if decision.hash != self.hash {
            return Err(Refusal::HashMismatch);
        }
        let Proposal { id, stage, by, behalf, verdict, hash, comment, waivers, at } = decision;
        let decision = Decision { id, stage, by, behalf, verdict, hash, comment, waivers, at };
        if decision.people().any(|person| authors.contains(&person)) {
            return Err(Refusal::OwnText);
        }
        // One person under two names is one person.
        if decision.people().any(|person| self.is_decided_by(person)) {
            return Err(Refusal::SecondStage);
        }
        if !current.contains(&stage) {
            return Err(Refusal::NotItsTurn);
        }
        let state = match (self.state, verdict) {
            // What comes after the approval changes nothing of it: it was given.
            (CaseState::Approved, _) => CaseState::Approved,
            (_, Verdict::RequestChanges) => CaseState::ChangesRequested,
            (_, Verdict::Approve) => {
                let mut after = self.clone();
                after.decisions.push(decision.clone());
                if after.unmet(false).next().is_none() { CaseState::Approved } else { CaseState::Open }
            }
        };
        Ok((decision, state))
    }
}

/// A decision before it is known to count.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// Its id.
    pub id: DecisionId,
    /// The stage's place.
    pub stage: usize,
    /// Who.
    pub by: AccountId,
    /// For whom, where it is a delegate.
    pub behalf: Option<Behalf>,
    /// What.
    pub verdict: Verdict,
    /// The hash of the text that the person saw.
    pub hash: Digest,
    /// Why.
    pub comment: String,
    /// The checks that the person answers for.
    pub waivers: Vec<Waiver>,
    /// When.
    pub at: Timestamp,
}

#[cfg(test)]
#[path = "workflow_tests.rs"]
mod tests;
