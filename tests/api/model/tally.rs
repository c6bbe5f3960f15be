//! What a run did: sequences by chance say nothing of what chance left out.

use std::collections::BTreeMap;

use super::{
    act::Ask,
    office::{CaseState, Office},
    orders::Outcome,
};

/// How often each thing happened.
#[derive(Debug, Default)]
pub struct Tally(BTreeMap<String, usize>);

/// What a run of some length has to have done, as [`Tally`] names it.
const NEEDED: &[&str] = &[
    "Begin 201",
    "Translate 201",
    "Save 200",
    "Save 412",
    "Save 422",
    "Submit 201",
    "Decide 200",
    "Decide 403",
    "TakeBack 200",
    "Publish 200",
    "Publish 202",
    "Publish 409",
    "Cancel 200",
    "Release 201",
    "Release 202",
    "Release 409",
    "CancelRelease 200",
    "Withdraw 200",
    "Retract 200",
    "Restore 200",
    "Restore 409",
    "Suggest 201",
    "Accept 200",
    "Accept 409",
    "Reject 200",
    "Attest 201",
    "Pass 200",
    "Restart 200",
    "Grant 200",
    "Disable 200",
    "carried and public",
    "fresh",
    "stale",
    "order done",
    "order cancelled",
    "order superseded: edited",
    "order superseded: ordered-again",
    "order superseded: published-before",
    "order superseded: release",
    "order superseded: taken-back",
    "order superseded: taken-down-before",
    "order refused: approval-lapsed",
    "order refused: publisher-without-right",
    "order refused: source-not-published",
    "order refused: time-over",
    "release done",
    "release superseded: edited",
    "release refused: source-not-published",
];

impl Tally {
    fn add(&mut self, what: String) {
        *self.0.entry(what).or_default() += 1;
    }

    /// What was done in a sequence, and what the office came to.
    pub fn of(done: &[(Ask, u16)], office: &Office) -> Self {
        let mut tally = Self::default();
        for (ask, status) in done {
            tally.act(*ask, *status);
        }
        tally.office(office);
        tally
    }

    fn act(&mut self, ask: Ask, status: u16) {
        let act = format!("{:?}", ask.act);
        let name = act.split([' ', '{']).next().unwrap_or_default();
        self.add(format!("{name} {status}"));
    }

    fn office(&mut self, office: &Office) {
        let told = |what: &str, outcome: Outcome, why: Option<&str>| match why {
            Some(why) => format!("{what} {}: {why}", outcome.name()),
            None => format!("{what} {}", outcome.name()),
        };
        for one in &office.orders {
            self.add(told("order", one.outcome, one.why));
        }
        for one in &office.releases {
            self.add(told("release", one.outcome, one.why));
        }
        for event in &office.events {
            self.add(event.kind.to_owned());
        }
        for (_, edition) in office.editions() {
            for case in edition.acts.iter().filter_map(|act| act.case).filter_map(|place| edition.cases.get(place)) {
                if case.carried.is_some() && case.state == CaseState::Approved {
                    self.add("carried and public".to_owned());
                }
            }
        }
    }

    pub fn join(mut self, other: Self) -> Self {
        for (what, count) in other.0 {
            *self.0.entry(what).or_default() += count;
        }
        self
    }

    /// What is needed and was not done.
    pub fn missing(&self) -> Vec<&'static str> {
        NEEDED.iter().copied().filter(|what| !self.0.contains_key(*what)).collect()
    }
}
