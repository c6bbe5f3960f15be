//! The brake on guessing passwords: so many failures for an e-mail address, so many from one place.

use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    hash::Hash,
    net::{IpAddr, Ipv6Addr},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use unicode_normalization::UnicodeNormalization as _;

use crate::kernel::{Digest, Timestamp};

/// How much guessing is borne.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ThrottleConfig {
    /// The span in which failures are counted.
    pub window: Duration,
    /// Failures that an e-mail address may have in the span, whether an account has it or not.
    pub per_email: usize,
    /// Failures that may come from a peer's address in the span; an IPv6 peer is its /64.
    pub per_address: usize,
    /// Addresses of each kind that are remembered; beyond it the longest quiet is forgotten.
    pub entries: usize,
}

impl Default for ThrottleConfig {
    fn default() -> Self {
        Self { window: Duration::from_mins(15), per_email: 10, per_address: 40, entries: 50_000 }
    }
}

/// The refusal of an attempt: the seconds until one can be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too many attempts; the next one in {0} s")]
pub struct RetryAfter(pub u64);

/// Counts failed sign-ins by e-mail address and by the peer's socket address.
///
/// An attempt counts as failed from the moment it is admitted until it succeeds. Were it
/// counted only when its password has proved wrong, a hundred sent at once would all be let in.
#[derive(Debug)]
pub struct Throttle {
    config: ThrottleConfig,
    failures: Mutex<Failures>,
}

#[derive(Debug)]
struct Failures {
    by_email: Log<Digest>,
    by_address: Log<IpAddr>,
}

impl Throttle {
    /// A throttle that has seen nothing yet.
    pub fn new(config: ThrottleConfig) -> Self {
        let failures = Failures { by_email: Log::default(), by_address: Log::default() };
        Self { config, failures: Mutex::new(failures) }
    }

    /// Lets an attempt in and counts it, or says how long to wait; one that is refused is not counted.
    pub fn admit(&self, email: &str, peer: IpAddr, now: Timestamp) -> Result<(), RetryAfter> {
        let (email, peer) = (key(email), network(peer));
        let (now, config) = (now.micros(), &self.config);
        let window = i64::try_from(config.window.as_micros()).unwrap_or(i64::MAX);
        let mut failures = self.failures();
        let wait = failures.by_email.wait(&email, config.per_email, window, now).max(failures.by_address.wait(
            &peer,
            config.per_address,
            window,
            now,
        ));
        if wait > 0 {
            return Err(RetryAfter(wait.unsigned_abs().div_ceil(1_000_000)));
        }
        failures.by_email.record(email, now, window, config.entries);
        failures.by_address.record(peer, now, window, config.entries);
        Ok(())
    }

    /// Forgets an e-mail address's failures, as its owner has come, and that the attempt counted at the peer's.
    ///
    /// The peer's other failures stay: else an account of one's own would pay for guessing at others.
    pub fn succeeded(&self, email: &str, peer: IpAddr) {
        let mut failures = self.failures();
        failures.by_email.forget(&key(email));
        failures.by_address.take_back(&network(peer));
    }

    fn failures(&self) -> MutexGuard<'_, Failures> {
        // Counts are whole after every statement, so those left by a panic are good.
        self.failures.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What an e-mail address is counted under; a hash, so that a long one takes no more room.
fn key(email: &str) -> Digest {
    Digest::of(email.trim().nfkc().flat_map(char::to_lowercase).collect::<String>())
}

/// The network that one customer has: the address itself, or an IPv6 /64.
pub fn network(peer: IpAddr) -> IpAddr {
    match peer.to_canonical() {
        IpAddr::V4(v4) => v4.into(),
        IpAddr::V6(v6) => Ipv6Addr::from_bits(v6.to_bits() & (!0 << 64)).into(),
    }
}

/// Moments by key, and the keys by the order of their latest.
#[derive(Debug)]
struct Log<K> {
    entries: HashMap<K, Entry>,
    order: BTreeMap<u64, K>,
    next: u64,
}

#[derive(Debug)]
struct Entry {
    place: u64,
    moments: VecDeque<i64>,
}

impl<K> Default for Log<K> {
    fn default() -> Self {
        Self { entries: HashMap::new(), order: BTreeMap::new(), next: 0 }
    }
}

impl<K: Copy + Eq + Hash> Log<K> {
    /// Microseconds until fewer than `limit` moments lie within the window.
    fn wait(&mut self, key: &K, limit: usize, window: i64, now: i64) -> i64 {
        let Some(entry) = self.entries.get_mut(key) else { return 0 };
        let moments = &mut entry.moments;
        for moment in moments.iter_mut() {
            // A clock that was set back must not make anyone wait until it is there again.
            *moment = now.min(*moment);
        }
        moments.retain(|moment| now.saturating_sub(*moment) < window);
        match moments.len().checked_sub(limit.max(1)) {
            Some(surplus) => moments[surplus].saturating_add(window).saturating_sub(now),
            None => 0,
        }
    }

    fn record(&mut self, key: K, now: i64, window: i64, most: usize) {
        let place = self.next;
        self.next += 1;
        let entry = self.entries.entry(key).or_insert(Entry { place, moments: VecDeque::new() });
        self.order.remove(&entry.place);
        entry.place = place;
        entry.moments.push_back(now);
        self.order.insert(place, key);
        // The one just put in is the last in order, and stays.
        while let Some((_, oldest)) = self.order.first_key_value().filter(|_| self.order.len() > 1) {
            let latest = self.entries.get(oldest).and_then(|entry| entry.moments.back());
            let over = latest.is_none_or(|latest| now.saturating_sub(*latest) >= window);
            if !over && self.order.len() <= most {
                break;
            }
            let oldest = *oldest;
            self.forget(&oldest);
        }
    }

    fn take_back(&mut self, key: &K) {
        if let Some(entry) = self.entries.get_mut(key) {
            entry.moments.pop_back();
        }
    }

    fn forget(&mut self, key: &K) {
        if let Some(entry) = self.entries.remove(key) {
            self.order.remove(&entry.place);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOME: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(203, 0, 113, 7));

    fn at(second: u64) -> Timestamp {
        "2026-11-22T00:00:00Z".parse::<Timestamp>().unwrap().plus(Duration::from_secs(second))
    }

    fn peer(n: u32) -> IpAddr {
        std::net::Ipv4Addr::from(0x0a00_0000 + n).into()
    }

    fn throttle() -> Throttle {
        Throttle::new(ThrottleConfig::default())
    }

    #[test]
    fn the_eleventh_failure_for_an_address_waits_until_the_first_is_forgotten() {
        let throttle = throttle();
        for n in 0..10 {
            assert_eq!(throttle.admit("an@x.example", peer(n), at(u64::from(n))), Ok(()));
        }
        assert_eq!(throttle.admit("an@x.example", peer(99), at(10)), Err(RetryAfter(890)));
        assert_eq!(throttle.admit("binh@x.example", peer(99), at(10)), Ok(()));
        assert_eq!(throttle.admit("an@x.example", peer(99), at(899)), Err(RetryAfter(1)));
        assert_eq!(throttle.admit("an@x.example", peer(99), at(900)), Ok(()));
        assert_eq!(throttle.admit("an@x.example", peer(99), at(900)), Err(RetryAfter(1)));
    }

    #[test]
    fn spelling_an_address_otherwise_does_not_help() {
        let throttle = throttle();
        let spellings = ["an@x.example", "AN@X.example", " an@x.EXAMPLE\t", "ａn@x.example", "An@x.example"];
        for n in 0..10 {
            throttle.admit(spellings[n as usize % 5], peer(n), at(0)).unwrap();
        }
        for spelling in spellings {
            assert!(throttle.admit(spelling, HOME, at(1)).is_err(), "{spelling}");
        }
    }

    #[test]
    fn a_place_is_stopped_at_its_fortieth_failure_whatever_accounts_it_tries() {
        for (one, same, other) in [
            ("203.0.113.7", "::ffff:203.0.113.7", "203.0.113.8"),
            ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:3::1"),
        ] {
            let [one, same, other] = [one, same, other].map(|text| text.parse().unwrap());
            let throttle = throttle();
            for n in 0..40 {
                throttle.admit(&format!("{n}@x.example"), one, at(0)).unwrap();
            }
            assert_eq!(throttle.admit("an@x.example", same, at(0)), Err(RetryAfter(900)));
            assert_eq!(throttle.admit("an@x.example", other, at(0)), Ok(()));
        }
    }

    #[test]
    fn success_clears_the_account_but_not_the_place() {
        let throttle = throttle();
        for n in 0..39 {
            throttle.admit(&format!("{}@x.example", n % 5), HOME, at(0)).unwrap();
        }
        throttle.admit("own@x.example", HOME, at(1)).unwrap();
        throttle.succeeded("Own@x.example", HOME);
        throttle.admit("own@x.example", HOME, at(2)).unwrap();
        assert_eq!(throttle.admit("own@x.example", HOME, at(2)), Err(RetryAfter(898)));
        // Failures of the account are forgotten, wherever it was tried from.
        for n in 0..9 {
            throttle.admit("own@x.example", peer(n), at(3)).unwrap();
        }
        throttle.succeeded("own@x.example", peer(0));
        assert_eq!(throttle.admit("own@x.example", peer(1), at(4)), Ok(()));
    }

    #[test]
    fn attempts_sent_at_once_are_counted_before_any_has_failed() {
        let throttle = throttle();
        let admitted: usize = std::thread::scope(|scope| {
            let tries: Vec<_> = (0..8)
                .map(|n| {
                    let throttle = &throttle;
                    scope.spawn(move || {
                        (0..25).filter(|m| throttle.admit("an@x.example", peer(n * 25 + m), at(0)).is_ok()).count()
                    })
                })
                .collect();
            tries.into_iter().map(|each| each.join().unwrap()).sum()
        });
        assert_eq!(admitted, 10);
    }

    #[test]
    fn a_refused_attempt_does_not_prolong_the_wait() {
        let throttle = throttle();
        for _ in 0..10 {
            throttle.admit("an@x.example", HOME, at(0)).unwrap();
        }
        for second in 1..900 {
            assert_eq!(throttle.admit("an@x.example", HOME, at(second)), Err(RetryAfter(900 - second)));
        }
        assert_eq!(throttle.admit("an@x.example", HOME, at(900)), Ok(()));
    }

    #[test]
    fn a_clock_set_back_makes_nobody_wait_longer_than_the_window() {
        let throttle = throttle();
        for _ in 0..10 {
            throttle.admit("an@x.example", HOME, at(86_400)).unwrap();
        }
        assert_eq!(throttle.admit("an@x.example", HOME, at(0)), Err(RetryAfter(900)));
        assert_eq!(throttle.admit("an@x.example", HOME, at(900)), Ok(()));
    }

    #[test]
    fn memory_is_bounded_and_the_longest_quiet_goes_first() {
        let throttle = Throttle::new(ThrottleConfig { entries: 100, ..ThrottleConfig::default() });
        let guessed = |n: u32| throttle.admit("an@x.example", peer(n), at(1)).is_ok();
        assert_eq!((0..10).filter(|n| guessed(*n)).count(), 10);
        for n in 0..99 {
            throttle.admit(&format!("{n}@x.example"), peer(1000 + n), at(2)).unwrap();
        }
        assert!(!guessed(11), "still remembered as the hundredth");
        for n in 0..10_000 {
            throttle.admit(&format!("{}{n}@x.example", "long".repeat(n as usize % 50)), peer(2000 + n), at(3)).unwrap();
        }
        let failures = throttle.failures();
        for (entries, order) in [
            (failures.by_email.entries.len(), failures.by_email.order.len()),
            (failures.by_address.entries.len(), failures.by_address.order.len()),
        ] {
            assert_eq!((entries, order), (100, 100));
        }
    }

    #[test]
    fn what_the_window_has_left_is_forgotten() {
        let throttle = throttle();
        for n in 0..500 {
            throttle.admit(&format!("{n}@x.example"), peer(n), at(0)).unwrap();
        }
        throttle.admit("an@x.example", HOME, at(900)).unwrap();
        assert_eq!(throttle.failures().by_email.entries.len(), 1);
        assert_eq!(throttle.failures().by_address.order.len(), 1);
    }
}
