//! Messages to webhooks: what is told, when it is tried again, and when somebody is not told any more.

use std::time::Duration;

use super::{article::text_enum, event::LiveEventType};
use crate::kernel::{LocaleTag, Timestamp};

text_enum! {
    /// What a webhook is told.
    MessageType {
        /// An article became public, in the language that it was written in.
        Published = "article.published",
        /// An edition in another language became public.
        Translated = "article.translated",
        /// The text of an edition was replaced.
        Updated = "article.updated",
        /// The text of an edition was corrected.
        Corrected = "article.corrected",
        /// An edition was taken down.
        Withdrawn = "article.withdrawn",
        /// An edition was taken down because it was wrong.
        Retracted = "article.retracted",
        /// An edition is public again.
        Restored = "article.restored",
        /// The source of an edition moved on in substance.
        Stale = "article.stale",
        /// An edition holds against its source again.
        Fresh = "article.fresh",
    }
}

impl MessageType {
    /// What an event is told as.
    pub fn of(event: LiveEventType, is_source: bool) -> Self {
        match event {
            LiveEventType::Published if is_source => Self::Published,
            LiveEventType::Published => Self::Translated,
            LiveEventType::Updated => Self::Updated,
            LiveEventType::Corrected => Self::Corrected,
            LiveEventType::Withdrawn => Self::Withdrawn,
            LiveEventType::Retracted => Self::Retracted,
            LiveEventType::Restored => Self::Restored,
            LiveEventType::Stale => Self::Stale,
            LiveEventType::Fresh => Self::Fresh,
        }
    }
}

text_enum! {
    /// How a message stands.
    DeliveryState {
        /// It was not taken yet, and is tried again.
        Waiting = "waiting",
        /// It was taken.
        Delivered = "delivered",
        /// It was never taken, and is not tried any more.
        GivenUp = "given_up",
    }
}

text_enum! {
    /// Why a webhook is told nothing.
    Disabled {
        /// Somebody who administers wants it so.
        ByHand = "by_hand",
        /// It answered that it is gone.
        Gone = "gone",
        /// It took nothing for too long.
        Failing = "failing",
    }
}

/// Which messages somebody wants; an empty list wants all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Of these types.
    pub types: Vec<MessageType>,
    /// In these languages.
    pub locales: Vec<LocaleTag>,
}

impl Wanted {
    /// Whether a message is among them.
    pub fn has(&self, kind: MessageType, locale: &LocaleTag) -> bool {
        (self.types.is_empty() || self.types.contains(&kind))
            && (self.locales.is_empty() || self.locales.contains(locale))
    }
}

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;

/// Seconds between one attempt at a message and the next: two and a half days together.
const PAUSES: [u64; 11] =
    [5, 30, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, 14 * HOUR, 24 * HOUR];

/// Attempts at a message.
pub const MAX_ATTEMPTS: usize = 12;

/// How long somebody may take nothing before nothing is tried any more, in seconds.
pub const MAX_FAILING: u64 = 5 * 24 * 3_600;

/// A pause made up to a fifth shorter or longer, so that what failed together does not come back together; `spread`
/// goes from 0 to 999.
pub fn spread_out(pause: u64, spread: u64) -> Duration {
    Duration::from_millis(pause.saturating_mul(800 + spread.min(999) * 2 / 5))
}

/// What an attempt met with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Met {
    /// It was taken.
    Taken,
    /// Whoever was called is gone, and said so.
    Gone,
    /// Anything else.
    Refused,
}

/// What becomes of a message after so many attempts, the last of which met with this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Taken.
    Done,
    /// Tried again then.
    At(Timestamp),
    /// Not tried any more.
    Never,
}

/// What becomes of a message.
pub fn next(met: Met, attempts: u32, at: Timestamp, spread: u64) -> Next {
    if met == Met::Taken {
        return Next::Done;
    }
    let place = usize::try_from(attempts).unwrap_or(usize::MAX).saturating_sub(1);
    PAUSES.get(place).map_or(Next::Never, |pause| Next::At(at.plus(spread_out(*pause, spread))))
}

/// How somebody who is called stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Since when nothing was taken.
    pub failing_since: Option<Timestamp>,
    /// Why nothing is sent.
    pub disabled: Option<Disabled>,
}

/// How somebody stands after an attempt.
pub fn judge(before: Standing, met: Met, at: Timestamp) -> Standing {
    let since = before.failing_since.unwrap_or(at);
    // What was sent before somebody switched it off says nothing against that.
    let disabled = before.disabled.or(match met {
        Met::Taken => None,
        Met::Gone => Some(Disabled::Gone),
        Met::Refused => (since.plus(Duration::from_secs(MAX_FAILING)) <= at).then_some(Disabled::Failing),
    });
    Standing { failing_since: (met != Met::Taken).then_some(since), disabled }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_micros(seconds * 1_000_000).unwrap()
    }

    #[test]
    fn a_message_is_tried_for_days_ever_more_rarely_and_then_given_up() {
        let mut now = at(0);
        let mut last = Duration::ZERO;
        for attempt in 1..u32::try_from(MAX_ATTEMPTS).unwrap() {
            let Next::At(then) = next(Met::Refused, attempt, now, 500) else { panic!("attempt {attempt} is the last") };
            let pause = Duration::from_micros(u64::try_from(then.micros() - now.micros()).unwrap());
            assert!(pause > last, "attempt {attempt}");
            (now, last) = (then, pause);
        }
        assert!(now > at(2 * 24 * 3_600) && now.plus(Duration::ZERO) < at(5 * 24 * 3_600), "{now}");
        assert_eq!(next(Met::Refused, u32::try_from(MAX_ATTEMPTS).unwrap(), now, 500), Next::Never);
        assert_eq!(next(Met::Refused, u32::MAX, now, 500), Next::Never);
        assert_eq!(next(Met::Taken, 3, now, 500), Next::Done);
        assert!(matches!(next(Met::Gone, 1, now, 0), Next::At(_)), "it waits for who is switched on again");
    }

    #[test]
    fn pauses_are_spread_by_a_fifth_to_either_side() {
        assert_eq!(spread_out(10, 0), Duration::from_secs(8));
        assert_eq!(spread_out(10, 500), Duration::from_secs(10));
        assert!(spread_out(10, 999) < Duration::from_secs(12) && spread_out(10, 5_000) < Duration::from_secs(12));
    }

    #[test]
    fn the_whole_table_of_standings_and_attempts() {
        let days = |n: i64| at(n * 24 * 3_600);
        let ok = Standing::default();
        let failing = Standing { failing_since: Some(days(0)), disabled: None };
        let by_hand = Standing { failing_since: None, disabled: Some(Disabled::ByHand) };
        let gone = Standing { failing_since: Some(days(0)), disabled: Some(Disabled::Gone) };
        for (before, met, now, after) in [
            (ok, Met::Taken, days(9), ok),
            (ok, Met::Refused, days(0), failing),
            (ok, Met::Gone, days(0), gone),
            (failing, Met::Taken, days(9), ok),
            (failing, Met::Refused, days(4), failing),
            (failing, Met::Refused, days(5), Standing { disabled: Some(Disabled::Failing), ..failing }),
            (failing, Met::Gone, days(1), gone),
            (by_hand, Met::Taken, days(1), by_hand),
            (by_hand, Met::Gone, days(0), Standing { failing_since: Some(days(0)), ..by_hand }),
            (gone, Met::Refused, days(6), gone),
            (gone, Met::Taken, days(6), Standing { failing_since: None, ..gone }),
        ] {
            assert_eq!(judge(before, met, now), after, "{before:?} {met:?} {now}");
        }
    }

    #[test]
    fn an_empty_list_wants_everything() {
        let (vi, en): (LocaleTag, LocaleTag) = ("vi".parse().unwrap(), "en".parse().unwrap());
        assert!(Wanted::default().has(MessageType::Stale, &vi));
        let some = Wanted { types: vec![MessageType::Withdrawn], locales: vec![en.clone()] };
        assert!(some.has(MessageType::Withdrawn, &en));
        assert!(!some.has(MessageType::Withdrawn, &vi) && !some.has(MessageType::Published, &en));
    }
}
