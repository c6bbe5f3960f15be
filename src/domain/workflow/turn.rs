//! Whose turn it is in a case: what a queue shows, and what a deadline is about.

use std::time::Duration;

use super::{Case, CaseState, Stage, Verdict};
use crate::{
    domain::{access::Role, article::text_enum},
    kernel::{AccountId, Timestamp},
};

text_enum! {
    /// What is waited for.
    TurnKind {
        /// A decision at a stage.
        Decide = "decide",
        /// Somebody to read again what was approved in a hurry.
        AfterReview = "after_review",
        /// Another text, as changes were asked for.
        Revise = "revise",
        /// Making public what is approved.
        Publish = "publish",
    }
}

/// Something that waits for somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// What.
    pub kind: TurnKind,
    /// At which stage; of what is no stage's, 0.
    pub stage: usize,
    /// For holders of this role.
    pub role: Role,
    /// For this one of them alone.
    pub person: Option<AccountId>,
    /// Since when.
    pub since: Timestamp,
    /// When it is due.
    pub due_at: Option<Timestamp>,
}

impl Case {
    /// All that waits, as the case stands. `writer` is who writes such an edition; `is_live` says whether the case's
    /// text is public by now.
    pub fn waiting(&self, writer: Role, is_live: bool) -> Vec<Waiting> {
        let mut all: Vec<Waiting> = self.current_stages().into_iter().map(|place| self.at_stage(place)).collect();
        let since = self.closed_at.unwrap_or(self.opened_at);
        let one = |kind, role, person| Waiting { kind, stage: 0, role, person, since, due_at: None };
        match self.state {
            CaseState::Approved if !is_live => all.push(one(TurnKind::Publish, Role::Publisher, None)),
            CaseState::ChangesRequested => all.push(one(TurnKind::Revise, writer, Some(self.opened_by))),
            CaseState::Open | CaseState::Approved | CaseState::Superseded => {}
        }
        all
    }

    fn at_stage(&self, place: usize) -> Waiting {
        let stage = &self.workflow.stages[place];
        let since = self.turn_came(stage);
        // What is read again is what is public: until it is, nobody is late.
        let from = if stage.after { self.public_since } else { Some(since) };
        let hours = |hours: u32| Some(from?.plus(Duration::from_hours(hours.into())));
        Waiting {
            kind: if stage.after { TurnKind::AfterReview } else { TurnKind::Decide },
            stage: place,
            role: stage.role,
            person: self.assigned.get(&place).copied(),
            since,
            due_at: stage.deadline_hours.and_then(hours),
        }
    }

    /// When a stage's turn came: when all before it had agreed.
    fn turn_came(&self, stage: &Stage) -> Timestamp {
        let earlier = |place: usize| {
            let other = &self.workflow.stages[place];
            if stage.after { !other.after } else { !other.after && other.group < stage.group }
        };
        let before = self.decisions.iter().filter(|one| one.verdict == Verdict::Approve && earlier(one.stage));
        before.map(|one| one.at).max().unwrap_or(self.opened_at)
    }

    /// Whether a stage waits for named people alone: as many are named as are still needed.
    pub fn is_reserved(&self, place: usize) -> bool {
        let Some(stage) = self.workflow.stages.get(place) else { return false };
        let named = self.assigned.get(&place).is_some_and(|person| !self.is_decided_by(*person));
        named && stage.approvals.saturating_sub(self.agreed(place)) <= 1
    }
}
