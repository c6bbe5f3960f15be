//! A translation that still holds although its source changed.

use super::{
    act::From,
    office::{At, CaseState, Edition, Office},
};

#[derive(Clone, Debug)]
pub struct Attestation {
    /// The translation's text, and the source's that it is to hold against.
    pub target: usize,
    pub source: usize,
    pub by: usize,
    pub state: CaseState,
}

impl Edition {
    /// The source's revision that a text follows: the one it was made from, or a newer one that it was attested to hold
    /// against.
    pub fn made_from(&self, revision: usize) -> Option<usize> {
        let holds = |one: &&Attestation| one.target == revision && one.state == CaseState::Approved;
        let attested = self.attestations.iter().filter(holds).map(|one| one.source).max();
        self.texts[revision - 1].source.max(attested)
    }

    /// What was asked of the newest text and not decided.
    pub fn asked(&mut self) -> Option<&mut Attestation> {
        self.attestations.iter_mut().find(|one| one.state == CaseState::Open)
    }
}

impl Office {
    pub fn attest(&mut self, who: usize, at: At, from: From) -> u16 {
        if !self.can_write(who, at) {
            return 403;
        }
        let reference = self.source_reference(at.0);
        let seen = self.told(at.0, from).is_none_or(|told| told == reference);
        let stale = self.is_out_of_date(at);
        let Some(edition) = self.edition_mut(at) else { return 404 };
        if !stale || !seen || edition.case_is(&[CaseState::Open]) || edition.asked().is_some() {
            return 409;
        }
        let target = edition.latest();
        edition.attestations.push(Attestation { target, source: reference, by: who, state: CaseState::Open });
        201
    }

    /// One reviewer decides, who is neither an author nor the one who asked.
    pub fn decide_attestation(&mut self, who: usize, at: At, approve: bool) -> u16 {
        let was_stale = self.is_stale_in_public(at);
        let Some(edition) = self.edition_mut(at) else { return 404 };
        let Some(asked) = edition.asked() else { return 409 };
        if asked.by == who {
            return 403;
        }
        asked.state = if approve { CaseState::Approved } else { CaseState::SentBack };
        let source = asked.source;
        edition.writes += 1;
        if approve {
            edition.follows = edition.follows.max(Some(source));
        }
        if was_stale && !self.is_stale_in_public(at) {
            self.tell("fresh", at);
        }
        200
    }
}
