//! What a case takes over from the one before it, where nothing but accepted suggestions lies between their texts.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::{Behalf, Case, Decision};
use crate::{
    domain::article::text_enum,
    kernel::{AccountId, CaseId, Digest, SuggestionId, canonical_json},
};

/// Suggestions between the text that was decided on and the text at hand, at most: each is verified again whenever
/// the approval is looked at.
pub const MAX_CHANGES: usize = 20;

text_enum! {
    /// Why a case over a text with an accepted suggestion begins at the first stage, although stages had agreed.
    Restart {
        /// The suggestion changes more than a minor change may.
        Major = "major",
        /// It was not made at a stage of this workflow by somebody who could decide there.
        Elsewhere = "elsewhere",
        /// The article was marked as sensitive since.
        Sensitive = "sensitive",
        /// Somebody who had decided is an author of the text by now.
        Author = "author",
        /// Too many suggestions lie between the text that was decided on and this one.
        TooMany = "too_many",
    }
}

/// An accepted suggestion that lies between two texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mended {
    /// The suggestion.
    pub suggestion: SuggestionId,
    /// The number of the revision that it became.
    pub number: u32,
    /// The key of the segment.
    pub segment: String,
    /// What the segment said, coded.
    pub before: String,
    /// What it says since, coded.
    pub after: String,
    /// Who suggested it.
    pub by: AccountId,
    /// For whom, where it was a delegate.
    pub behalf: Option<Behalf>,
    /// Who took it.
    pub taken_by: Option<AccountId>,
}

/// A decision of an earlier case that counts in a later one.
#[derive(Clone, Debug)]
pub struct Carried {
    /// The case in which it was taken.
    pub case: CaseId,
    /// The number of the revision that it was taken on.
    pub number: u32,
    /// The decision, with the hash of the text that the person saw.
    pub decision: Decision,
}

/// What a case takes over from the one before it.
#[derive(Clone, Debug)]
pub struct Carry {
    /// The case before.
    pub case: CaseId,
    /// The first stage that is asked of this text.
    pub stage: usize,
    /// The decisions at the stages before it, oldest first.
    pub decisions: Vec<Carried>,
    /// What was changed since the first of them, in the order of the revisions.
    pub changes: Vec<Mended>,
}

impl Carry {
    /// The members that the audit chain is told when the case is opened.
    pub fn to_json(&self) -> Value {
        let ids: Vec<String> = self.decisions.iter().map(|one| one.decision.id.to_string()).collect();
        json!({
            "case": self.case.to_string(),
            "stage": self.stage,
            "suggestion": self.changes.last().map(|one| one.suggestion.to_string()),
            "decisions": ids,
        })
    }

    /// Everybody who is named in it.
    pub fn people(&self) -> impl Iterator<Item = AccountId> {
        let decided = self.decisions.iter().flat_map(|one| one.decision.people());
        let changed = self.changes.iter().flat_map(Mended::people);
        decided.chain(changed)
    }
}

impl Mended {
    /// Who suggested it, for whom, and who took it.
    fn people(&self) -> impl Iterator<Item = AccountId> + use<> {
        [Some(self.by), self.behalf.map(|behalf| behalf.of), self.taken_by].into_iter().flatten()
    }

    /// The hash of what it changes, by which the audit chain knows the wording.
    pub fn wording(segment: &str, before: &str, after: &str) -> Digest {
        Digest::of(canonical_json(&json!([segment, before, after])))
    }

    /// The members that are hashed.
    pub(super) fn to_json(&self) -> Value {
        json!({
            "suggestion": self.suggestion.to_string(),
            "revision": self.number,
            "wording_hash": Self::wording(&self.segment, &self.before, &self.after).to_string(),
        })
    }
}

impl Case {
    /// The decisions that were given to an earlier text and count for this one: those at stages before the one at
    /// which the case goes on. Where that is no stage of the approval, none does.
    pub fn carried(&self) -> impl Iterator<Item = &Carried> {
        let goes_on = self.carry.iter().filter(|carry| self.is_asked_before_approval(carry.stage));
        goes_on.flat_map(|carry| carry.decisions.iter().filter(|one| self.is_before(one.decision.stage, carry.stage)))
    }

    /// The decisions that count, wherever they were taken.
    pub fn counted(&self) -> impl Iterator<Item = &Decision> {
        self.carried().map(|one| &one.decision).chain(&self.decisions)
    }

    /// Every decision that the case holds, whether it counts or not.
    pub fn all_decisions(&self) -> impl Iterator<Item = &Decision> {
        let carried = self.carry.iter().flat_map(|carry| carry.decisions.iter().map(|one| &one.decision));
        carried.chain(&self.decisions)
    }

    fn is_asked_before_approval(&self, place: usize) -> bool {
        self.workflow.stages.get(place).is_some_and(|stage| !stage.after)
    }

    /// Whether a stage is over before another begins: stages of one group run side by side.
    pub fn is_before(&self, one: usize, other: usize) -> bool {
        let stages = &self.workflow.stages;
        let (Some(earlier), Some(later)) = (stages.get(one), stages.get(other)) else { return false };
        one < other && !earlier.after && earlier.group < later.group
    }

    /// What a case over the next text takes over from this one, which is open: an accepted suggestion is all that
    /// lies between the two texts. `made_at` is the stage at which it was made, if it was at one of this workflow;
    /// nothing is taken over where no stage had agreed before it.
    ///
    /// # Errors
    /// Why stages that had agreed are asked again.
    pub fn goes_on(
        &self,
        made_at: Option<usize>,
        is_minor: bool,
        authors: &HashSet<AccountId>,
        change: Mended,
    ) -> Result<Option<Carry>, Restart> {
        // From its first stage on: who stands beside the one that suggests reads the same text.
        let group = |place: usize| self.workflow.stages.get(place).filter(|stage| !stage.after).map(|one| one.group);
        let waiting = self.current_stages().first().copied();
        let made_at = made_at.and_then(|place| Some((place, group(place)?)));
        let at = made_at.map_or(usize::MAX, |(place, _)| place).min(waiting.unwrap_or(usize::MAX));
        let of_group = |place: &usize| group(*place) == group(at) && group(at).is_some();
        let first = (0..self.workflow.stages.len()).find(of_group);
        let own =
            self.decisions.iter().map(|one| Carried { case: self.id, number: self.number, decision: one.clone() });
        let agreed: Vec<Carried> = self.carried().cloned().chain(own).collect();
        let before = |place: usize| agreed.iter().filter(move |one| self.is_before(one.decision.stage, place));
        // What is lost, if the case begins at the first stage: all that had agreed before the stage that waits.
        let nothing = waiting.is_none_or(|waiting| before(waiting).next().is_none());
        if nothing {
            return Ok(None);
        }
        let (Some(stage), Some(_)) = (first, made_at) else { return Err(Restart::Elsewhere) };
        if !is_minor {
            return Err(Restart::Major);
        }
        let decisions: Vec<Carried> = before(stage).cloned().collect();
        if decisions.iter().any(|one| one.decision.people().any(|person| authors.contains(&person))) {
            return Err(Restart::Author);
        }
        let Some(oldest) = decisions.iter().map(|one| one.number).min() else { return Ok(None) };
        let earlier = self.carry.iter().flat_map(|carry| &carry.changes).filter(|one| one.number > oldest);
        let changes: Vec<Mended> = earlier.cloned().chain([change]).collect();
        if changes.len() > MAX_CHANGES {
            return Err(Restart::TooMany);
        }
        Ok(Some(Carry { case: self.id, stage, decisions, changes }))
    }
}
