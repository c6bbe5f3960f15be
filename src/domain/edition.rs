//! Editions: an article in one language, and how one stands in people's words.

use super::{
    article::text_enum,
    publication::Act,
    workflow::{Case, CaseState},
};

text_enum! {
    /// How an edition stands, derived for people from its text, its case and its publications.
    State {
        /// Being written.
        Draft = "draft",
        /// Waiting for decisions.
        InReview = "in_review",
        /// Sent back.
        ChangesRequested = "changes_requested",
        /// Signed off, not public.
        Approved = "approved",
        /// Signed off, and to be public at a moment that was ordered.
        Scheduled = "scheduled",
        /// The newest text is public.
        Published = "published",
        /// Taken down.
        Withdrawn = "withdrawn",
        /// Taken down because it was wrong.
        Retracted = "retracted",
    }
}

/// What the state follows from.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The newest revision's number.
    pub latest: u32,
    /// The newest case, if there ever was one.
    pub case: Option<&'a Case>,
    /// The number of the revision that is public.
    pub live: Option<u32>,
    /// The last act of publication and the revision it was about.
    pub last_act: Option<(Act, u32)>,
    /// The revision that an order waits to publish.
    pub scheduled: Option<u32>,
}

/// The state: about the newest text first, about what is public where that is the newest text.
pub fn state(facts: Facts<'_>) -> State {
    if facts.live == Some(facts.latest) {
        return State::Published;
    }
    if let Some(case) = facts.case.filter(|case| case.number == facts.latest) {
        // A text that was public and taken down is past its approval.
        let taken_down =
            facts.last_act.filter(|(_, number)| *number == facts.latest).and_then(|(act, _)| act.take_down());
        match (case.state, taken_down) {
            (CaseState::Open, _) => return State::InReview,
            (CaseState::ChangesRequested, _) => return State::ChangesRequested,
            (CaseState::Approved, None) if facts.scheduled == Some(facts.latest) => return State::Scheduled,
            (CaseState::Approved, None) => return State::Approved,
            (CaseState::Approved | CaseState::Superseded, _) => {}
        }
    }
    match facts.last_act {
        Some((Act::Withdraw, number)) if number == facts.latest => State::Withdrawn,
        Some((Act::Retract, number)) if number == facts.latest => State::Retracted,
        _ => State::Draft,
    }
}
