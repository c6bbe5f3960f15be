//! What an approval rests on, and the hash that the envelope carries of it.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::{Carried, Case, CaseState, Decision, Mended, Stage, Verdict, Waiver, Workflow};
use crate::{
    domain::access::Role,
    kernel::{AccountId, Digest, canonical_json},
};

/// How an approval is hashed: a case keeps the format that it began with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `approval_v1`.
    V1,
    /// `approval_v2`: with groups, deadlines, delegates and waivers.
    V2,
    /// `approval_v3`: with what was taken over from an earlier case.
    V3,
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

impl Case {
    /// Why the case's approval does not hold for a text now, if it does not: the whole of the
    /// first promise. `holds` says whether who decided may still decide at a stage. That what was taken over from an
    /// earlier case was given to a text which leads to this one is for the caller to prove, from the texts.
    pub fn lapse(
        &self,
        hash: Digest,
        authors: &HashSet<AccountId>,
        holds: impl Fn(&Decision, Role) -> bool,
    ) -> Option<Lapse> {
        if self.state != CaseState::Approved {
            return Some(Lapse::NotApproved);
        }
        if self.hash != hash || self.decisions.iter().any(|decision| decision.hash != hash) {
            return Some(Lapse::OtherText);
        }
        // What was given to an earlier text counts at the stages before the one at which the case goes on, and no
        // decision of an earlier case stands where it would count for nothing.
        let carried = self.carry.as_ref().map_or(0, |carry| carry.decisions.len());
        if self.carried().count() != carried {
            return Some(Lapse::OtherText);
        }
        let mut people = HashSet::new();
        for decision in self.all_decisions() {
            let Some(stage) = self.workflow.stages.get(decision.stage) else { return Some(Lapse::NotApproved) };
            // Who brings in what others wrote is written down as who saved it, but is not its author.
            let own = decision.people().any(|person| authors.contains(&person)) && self.workflow != Workflow::import();
            let twice = decision.people().any(|person| !people.insert(person));
            if decision.verdict != Verdict::Approve || twice || own {
                return Some(Lapse::NotIndependent);
            }
            if !holds(decision, stage.role) {
                return Some(Lapse::GrantGone);
            }
        }
        // Every stage is counted anew: a case is not believed because a column says so.
        let none = !self.workflow.stages.iter().any(|stage| !stage.after);
        if none || self.unmet(false).next().is_some() { Some(Lapse::NotApproved) } else { None }
    }

    /// The hash over the case and its decisions that the publication's envelope carries.
    pub fn approval_hash(&self) -> Digest {
        match self.format {
            Format::V1 => self.approval_v1(),
            Format::V2 => Digest::of(canonical_json(&self.approval_v2())),
            Format::V3 => self.approval_v3(),
        }
    }

    fn approval_v1(&self) -> Digest {
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

    fn approval_v2(&self) -> Value {
        // What is decided after the approval is no part of it: the hash is the same before and after.
        let counts = |d: &&Decision| self.workflow.stages.get(d.stage).is_none_or(|stage| !stage.after);
        let decisions: Vec<Value> = self.decisions.iter().filter(counts).map(decision_v2).collect();
        json!({
            "v": 2,
            "case": self.id.to_string(),
            "edition": self.edition.to_string(),
            "revision": self.revision.to_string(),
            "content_hash": self.hash.to_string(),
            "workflow": self.workflow.code,
            "workflow_version": self.workflow.version,
            "sensitivity": self.sensitivity.as_str(),
            "urgent": self.urgent,
            "stages": self.workflow.stages.iter().map(Stage::to_json).collect::<Vec<_>>(),
            "decisions": decisions,
        })
    }

    fn approval_v3(&self) -> Digest {
        let mut whole = self.approval_v2();
        whole["v"] = 3.into();
        whole["carried"] = self.carry.as_ref().map_or(Value::Null, |carry| {
            let decision = |one: &Carried| {
                let mut said = decision_v2(&one.decision);
                said["case"] = one.case.to_string().into();
                said["revision"] = one.number.into();
                said
            };
            json!({
                "case": carry.case.to_string(),
                "stage": carry.stage,
                "decisions": carry.decisions.iter().map(decision).collect::<Vec<_>>(),
                "changes": carry.changes.iter().map(Mended::to_json).collect::<Vec<_>>(),
            })
        });
        Digest::of(canonical_json(&whole))
    }
}

fn decision_v2(d: &Decision) -> Value {
    json!({
        "id": d.id.to_string(),
        "stage": d.stage,
        "account": d.by.to_string(),
        "on_behalf_of": d.behalf.map(|behalf| behalf.of.to_string()),
        "delegation": d.behalf.map(|behalf| behalf.by.to_string()),
        "verdict": d.verdict.as_str(),
        "content_hash": d.hash.to_string(),
        "waivers": d.waivers.iter().map(Waiver::to_json).collect::<Vec<_>>(),
        "at": d.at.to_string(),
    })
}

impl Waiver {
    /// The members that are hashed and that the audit chain holds: the reason only as a hash, as it may name people.
    pub fn to_json(&self) -> Value {
        json!({"code": self.code, "reason_hash": Digest::of(&self.reason).to_string()})
    }
}
