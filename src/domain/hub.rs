//! WebSub: how long somebody subscribes for, and when what was not taken is tried again.

use std::time::Duration;

use super::{article::text_enum, delivery::spread_out};
use crate::kernel::Timestamp;

text_enum! {
    /// What a subscriber asks for.
    Mode {
        /// To be sent the content whenever it changes, for a time.
        Subscribe = "subscribe",
        /// Not to be sent it any more.
        Unsubscribe = "unsubscribe",
    }
}

/// Longest secret of a subscriber, in bytes: the specification wants fewer than 200.
pub const MAX_SECRET: usize = 199;
/// Shortest subscription, in seconds.
pub const MIN_LEASE: u64 = 300;
/// Longest subscription, in seconds.
pub const MAX_LEASE: u64 = 2_592_000;
/// A subscription of which nothing is said, in seconds.
const LEASE: u64 = 864_000;
/// Attempts at asking a subscriber whether it meant it.
pub const MAX_ASKED: usize = 4;

/// Seconds between attempts at asking a subscriber.
const ASKING: [u64; MAX_ASKED - 1] = [10, 60, 600];
/// Seconds between attempts at delivering a content; the last holds until the subscription ends.
const DELIVERING: [u64; 6] = [10, 60, 600, 3_600, 10_800, 21_600];

/// How long a subscription is for, of what was asked for.
pub fn lease(asked: Option<u64>) -> u64 {
    asked.unwrap_or(LEASE).clamp(MIN_LEASE, MAX_LEASE)
}

/// When a subscriber is asked again; nothing where that was often enough.
pub fn ask_again(failures: u32, at: Timestamp, spread: u64) -> Option<Timestamp> {
    let place = usize::try_from(failures).unwrap_or(usize::MAX).saturating_sub(1);
    ASKING.get(place).map(|pause| at.plus(spread_out(*pause, spread)))
}

/// When a content is tried again: a subscription is kept through failures until it ends.
pub fn deliver_again(failures: u32, at: Timestamp, spread: u64) -> Timestamp {
    let place = usize::try_from(failures).unwrap_or(usize::MAX).clamp(1, DELIVERING.len()) - 1;
    at.plus(spread_out(DELIVERING[place], spread))
}

/// What a subscriber's answer to the question means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// It meant it.
    Yes,
    /// It did not.
    No,
    /// It could not say.
    Nothing,
}

/// What an answer to the question means: only the challenge itself, whole, is a yes.
pub fn said(status: u16, body: &[u8], challenge: &str) -> Said {
    match status {
        200..300 if body == challenge.as_bytes() => Said::Yes,
        408 | 425 | 429 | 500.. => Said::Nothing,
        _ => Said::No,
    }
}

/// The end of a subscription that begins at a moment.
pub fn until(at: Timestamp, lease: u64) -> Timestamp {
    at.plus(Duration::from_secs(lease))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_micros(seconds * 1_000_000).unwrap()
    }

    #[test]
    fn every_subscription_ends() {
        let cases = [(None, LEASE), (Some(0), MIN_LEASE), (Some(3_600), 3_600), (Some(u64::MAX), MAX_LEASE)];
        for (asked, given) in cases {
            assert_eq!(lease(asked), given);
        }
    }

    #[test]
    fn only_the_challenge_whole_is_a_yes() {
        for (status, body, means) in [
            (200, "abc", Said::Yes),
            (204, "abc", Said::Yes),
            (200, "abc\n", Said::No),
            (200, "ab", Said::No),
            (200, "", Said::No),
            (302, "abc", Said::No),
            (404, "abc", Said::No),
            (410, "", Said::No),
            (429, "abc", Said::Nothing),
            (500, "abc", Said::Nothing),
            (503, "", Said::Nothing),
        ] {
            assert_eq!(said(status, body.as_bytes(), "abc"), means, "{status} {body:?}");
        }
    }

    #[test]
    fn a_subscriber_is_asked_a_few_times_and_sent_to_until_the_end() {
        let now = at(0);
        let asked: Vec<_> = (1..=5).map(|failures| ask_again(failures, now, 500)).collect();
        assert_eq!(asked, [Some(at(10)), Some(at(60)), Some(at(600)), None, None]);
        let sent: Vec<_> = [0, 1, 2, 6, 7, u32::MAX].map(|failures| deliver_again(failures, now, 500)).into();
        assert_eq!(sent, [at(10), at(10), at(60), at(21_600), at(21_600), at(21_600)]);
    }
}
