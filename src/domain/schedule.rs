//! Orders for a later moment: what becomes of one, and when it is tried again.

use std::time::Duration;

use super::article::text_enum;

text_enum! {
    /// What an order does at its moment.
    Deed {
        /// Makes a text public.
        Publish = "publish",
        /// Takes the edition down when its time is over.
        Withdraw = "withdraw",
    }
}

text_enum! {
    /// What became of an order. It is never silent: whoever ordered reads one of these.
    Outcome {
        /// Its moment has not come, or it is tried again.
        Waiting = "waiting",
        /// Done.
        Done = "done",
        /// At its moment something did not hold any more.
        Refused = "refused",
        /// It was tried again and again.
        Failed = "failed",
        /// Something that happened first took its place.
        Superseded = "superseded",
        /// Somebody called it off.
        Cancelled = "cancelled",
    }
}

text_enum! {
    /// Why an order came to its outcome, beside the codes of refusals.
    Why {
        /// The text was edited after it was ordered.
        Edited = "edited",
        /// The text was taken back from review, or submitted again.
        TakenBack = "taken-back",
        /// Another order took its place.
        OrderedAgain = "ordered-again",
        /// Somebody published before its moment.
        Published = "published-before",
        /// Somebody took the edition down before its moment.
        TakenDown = "taken-down-before",
        /// Another member of its release came to this.
        Release = "release",
        /// Who ordered it may not publish any more.
        NoRight = "publisher-without-right",
        /// The moment until which it was to be public has passed.
        TimeOver = "time-over",
        /// It is not what the audit chain says was ordered.
        NotOrdered = "not-ordered",
    }
}

/// How often an order is tried before it counts as failed.
pub const MAX_ATTEMPTS: u32 = 12;

/// Seconds that an order waits at most before it is tried again.
pub const MAX_WAIT: u64 = 300;

/// How long an order waits after so many failed attempts: twice as long each time.
pub fn back_off(attempts: u32) -> Duration {
    let doubled = 1_u64.checked_shl(attempts.saturating_sub(1)).unwrap_or(MAX_WAIT);
    Duration::from_secs(doubled.clamp(1, MAX_WAIT))
}

/// What happens to an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It is carried out.
    Carry,
    /// A rule says no.
    Refuse,
    /// Something stood in the way for the n-th time.
    Fail(u32),
    /// Something else came first.
    Supersede,
    /// Somebody calls it off.
    Cancel,
}

/// What an order becomes, if it is still open: what has an outcome keeps it for ever.
pub fn step(outcome: Outcome, step: Step) -> Option<Outcome> {
    if outcome != Outcome::Waiting {
        return None;
    }
    Some(match step {
        Step::Carry => Outcome::Done,
        Step::Refuse => Outcome::Refused,
        Step::Fail(attempts) if attempts < MAX_ATTEMPTS => Outcome::Waiting,
        Step::Fail(_) => Outcome::Failed,
        Step::Supersede => Outcome::Superseded,
        Step::Cancel => Outcome::Cancelled,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outcome_is_for_ever_and_only_failures_are_tried_again() {
        let steps = [Step::Carry, Step::Refuse, Step::Fail(1), Step::Fail(MAX_ATTEMPTS), Step::Supersede, Step::Cancel];
        let ends = [
            Outcome::Done,
            Outcome::Refused,
            Outcome::Waiting,
            Outcome::Failed,
            Outcome::Superseded,
            Outcome::Cancelled,
        ];
        for outcome in Outcome::ALL {
            for (one, end) in steps.into_iter().zip(ends) {
                assert_eq!(step(*outcome, one), (*outcome == Outcome::Waiting).then_some(end), "{outcome} {one:?}");
            }
        }
    }

    #[test]
    fn each_wait_is_twice_the_one_before_up_to_a_limit() {
        let waits: Vec<u64> = (1..=MAX_ATTEMPTS).map(|attempts| back_off(attempts).as_secs()).collect();
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]);
        assert_eq!(back_off(0).as_secs(), 1);
        assert_eq!(back_off(u32::MAX).as_secs(), MAX_WAIT);
    }
}
