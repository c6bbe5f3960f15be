//! How often one may ask: so many requests a minute for each account, so many for each address.

use std::{
    hash::{BuildHasher as _, Hash, RandomState},
    num::NonZeroU32,
    time::Duration,
};

use actix_web::{HttpMessage as _, HttpRequest, web::Data};
use governor::{
    Quota, RateLimiter, clock::Clock as _, middleware::StateInformationMiddleware, nanos::Nanos,
    state::keyed::DashMapStateStore,
};

use super::Proxies;
use crate::{
    kernel::{AccountId, Clock, Networks},
    service::{Code, Error},
    tokens::throttle::network,
};

/// The window of both quotas, in seconds.
const WINDOW: u32 = 60;
/// Places in which requests are counted, each of a few bytes: accounts and addresses share them by a hash that
/// nobody outside can compute, so that memory is bounded whoever comes.
const SLOTS: u64 = 131_072;

/// How much asking is borne.
#[derive(Clone, Debug)]
pub struct RatesConfig {
    /// Requests that an account may make in a minute; 0 sets no limit.
    pub per_account: u32,
    /// Requests that an address may make in a minute without a sign-in; 0 sets no limit.
    pub per_address: u32,
    /// Addresses of which none are counted.
    pub exempt: Networks,
}

impl Default for RatesConfig {
    fn default() -> Self {
        Self { per_account: 30_000, per_address: 12_000, exempt: Networks::default() }
    }
}

/// Counts requests, for all workers together.
///
/// A public answer that is ready costs nothing: what is limited is work.
#[derive(Debug)]
pub struct Rates {
    accounts: Option<Counter>,
    addresses: Option<Counter>,
    exempt: Networks,
}

impl Rates {
    /// Rates of which nothing is used yet.
    pub fn new(config: &RatesConfig, clock: &Clock) -> Self {
        let counter = |policy, quota| NonZeroU32::new(quota).map(|quota| Counter::new(policy, quota, clock));
        Self {
            accounts: counter("account", config.per_account),
            addresses: counter("address", config.per_address),
            exempt: config.exempt.clone(),
        }
    }

    /// Counts a request of the account that it is signed in as, else of its address; says how that one stands.
    pub fn count(req: &HttpRequest, account: Option<AccountId>) -> Result<Option<Standing>, Error> {
        let Some(rates) = req.app_data::<Data<Self>>() else { return Ok(None) };
        let counted = match (account, &rates.accounts, &rates.addresses) {
            (Some(account), Some(accounts), _) => accounts.count(account),
            (None, _, Some(addresses)) => {
                let client = Proxies::client(req);
                if rates.exempt.contain(client) {
                    return Ok(None);
                }
                addresses.count(network(client))
            }
            _ => return Ok(None),
        };
        match counted {
            Ok(standing) => Ok(Some(standing)),
            Err(standing) => {
                req.extensions_mut().insert(standing);
                Err(Error::new(Code::TooManyRequests).retry_after(standing.reset))
            }
        }
    }
}

/// What is left of a quota, for the `RateLimit` fields of draft-ietf-httpapi-ratelimit-headers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    policy: &'static str,
    quota: u32,
    remaining: u32,
    /// Seconds until the quota is whole again or, where nothing is left, until something is.
    reset: u64,
}

impl Standing {
    /// The value of `RateLimit-Policy`.
    pub(super) fn policy(&self) -> String {
        format!("\"{}\";q={};w={WINDOW}", self.policy, self.quota)
    }

    /// The value of `RateLimit`.
    pub(super) fn now(&self) -> String {
        format!("\"{}\";r={};t={}", self.policy, self.remaining, self.reset)
    }
}

/// The requests of all who come under one policy.
#[derive(Debug)]
struct Counter {
    policy: &'static str,
    quota: NonZeroU32,
    clock: Ticks,
    hash: RandomState,
    limiter: RateLimiter<u64, DashMapStateStore<u64>, Ticks, StateInformationMiddleware>,
}

impl Counter {
    fn new(policy: &'static str, quota: NonZeroU32, clock: &Clock) -> Self {
        let clock = Ticks(clock.clone());
        // One is given back every so often, and the whole quota may be used at once.
        let each = Duration::from_secs(WINDOW.into()) / quota.get();
        let refilled = Quota::with_period(each).expect("at most a million in a minute").allow_burst(quota);
        let limiter = RateLimiter::dashmap_with_clock(refilled, clock.clone()).with_middleware();
        Self { policy, quota, clock, hash: RandomState::new(), limiter }
    }

    fn count(&self, who: impl Hash) -> Result<Standing, Standing> {
        let standing = |remaining, reset| Standing { policy: self.policy, quota: self.quota.get(), remaining, reset };
        match self.limiter.check_key(&(self.hash.hash_one(who) % SLOTS)) {
            Ok(left) => {
                let remaining = left.remaining_burst_capacity();
                let used = u64::from(self.quota.get().saturating_sub(remaining));
                Ok(standing(remaining, (used * u64::from(WINDOW)).div_ceil(u64::from(self.quota.get()))))
            }
            Err(refusal) => {
                let wait = refusal.wait_time_from(self.clock.now());
                Err(standing(0, wait.as_millis().div_ceil(1_000).max(1).try_into().unwrap_or(u64::from(WINDOW))))
            }
        }
    }
}

/// Time that only goes on: a wall clock that was set back would make everybody wait until it is there again.
#[derive(Clone, Debug)]
struct Ticks(Clock);

impl governor::clock::Clock for Ticks {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        self.0.running().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Timestamp;

    fn counter(quota: u32) -> (Counter, Clock, Timestamp) {
        let noon: Timestamp = "2026-11-22T12:00:00Z".parse().unwrap();
        let clock = Clock::standing(noon);
        (Counter::new("address", NonZeroU32::new(quota).unwrap(), &clock), clock, noon)
    }

    #[test]
    fn the_quota_is_borne_at_once_and_comes_back_in_a_minute() {
        let (counter, clock, noon) = counter(6);
        let standings: Vec<String> = (0..6).map(|_| counter.count("one").unwrap().now()).collect();
        assert_eq!(standings[0], "\"address\";r=5;t=10");
        assert_eq!(standings[5], "\"address\";r=0;t=60");
        let refused = counter.count("one").unwrap_err();
        assert_eq!((refused.now(), refused.policy()), ("\"address\";r=0;t=10".into(), "\"address\";q=6;w=60".into()));
        assert!(counter.count("another").is_ok());

        clock.set(noon.plus(Duration::from_secs(9)));
        assert_eq!(counter.count("one").unwrap_err().now(), "\"address\";r=0;t=1");
        clock.set(noon.plus(Duration::from_secs(10)));
        assert!(counter.count("one").is_ok() && counter.count("one").is_err());
        clock.set(noon.plus(Duration::from_secs(70)));
        assert_eq!((0..9).filter(|_| counter.count("one").is_ok()).count(), 6);
    }

    #[test]
    fn memory_is_bounded_whoever_comes() {
        let (counter, ..) = counter(6);
        for who in 0..4 * SLOTS {
            let _ = counter.count(who);
        }
        assert!(counter.limiter.len() as u64 <= SLOTS);
    }
}
