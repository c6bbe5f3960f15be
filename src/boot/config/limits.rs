//! How much is borne: of connections, of bytes, of time.

use std::time::Duration;

use super::{Bad, Given, Reason};
use crate::{
    http::{
        self,
        kit::{Proxies, RatesConfig},
    },
    kernel::Networks,
    tokens::ThrottleConfig,
};

/// Limits.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Threads that answer requests.
    pub workers: usize,
    /// Connections at the same time.
    pub connections: usize,
    /// Connections that one address may have.
    pub per_address: usize,
    /// Requests that are worked on at the same time.
    pub requests: usize,
    /// Time within which a client has to take a piece of an answer.
    pub answer: Duration,
    /// Request bodies.
    pub body: http::kit::Limits,
    /// Bytes of prepared answers, and of verified texts, that are kept in memory.
    pub cache: u64,
    /// How long a sign-in lasts without being used.
    pub session: Duration,
    /// How long what was taken down stays in feeds as a notice.
    pub tombstones: Duration,
    /// How much guessing of passwords is borne.
    pub throttle: ThrottleConfig,
    /// How often one may ask.
    pub rates: RatesConfig,
    /// Proxies that are believed when they say who asks.
    pub proxies: Proxies,
    /// Networks that may be called though they are not of the world.
    pub outbound: Networks,
    /// What is brought in.
    pub import: Transfer,
    /// How often everything public is compared with what was approved.
    pub sweep: Duration,
    /// How long the server says that it is stopping before it takes no more connections.
    pub drain: Duration,
    /// How long requests under way have to be finished.
    pub shutdown: u64,
}

/// How much is brought in at once.
#[derive(Clone, Copy, Debug)]
pub struct Transfer {
    /// Longest row, in bytes: longer ones are refused unread.
    pub row: usize,
    /// Rows of a batch, which is one transaction.
    pub rows: usize,
    /// Bytes after which a batch ends.
    pub bytes: usize,
    /// Most acts in the history of an edition.
    pub acts: usize,
}

impl Limits {
    pub(super) fn read(given: &Given) -> Result<Self, Bad> {
        let seconds = |key| given.count(key).map(Duration::from_secs);
        let size = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        let rate = |key| given.count(key).map(|number| u32::try_from(number).unwrap_or(u32::MAX));
        let networks = |key| match given.maybe(key) {
            None => Ok(Networks::default()),
            Some(raw) => Networks::parse(raw.expose()).ok_or_else(|| given.bad(key, Reason::Networks)),
        };
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Ok(Self {
            workers: given.number("workers")?.map_or(cores, size),
            connections: size(given.count("max_connections")?),
            answer: seconds("answer_seconds")?,
            per_address: size(given.count("max_connections_per_address")?),
            requests: size(given.count("max_requests")?),
            body: http::kit::Limits { body: size(given.count("body_bytes")?), deadline: seconds("body_seconds")? },
            cache: given.count("cache_bytes")?,
            session: Duration::from_hours(24 * given.count("session_days")?),
            tombstones: Duration::from_hours(24 * given.count("tombstone_days")?),
            throttle: ThrottleConfig {
                window: seconds("login_window_seconds")?,
                per_email: size(given.count("login_per_email")?),
                per_address: size(given.count("login_per_address")?),
                ..ThrottleConfig::default()
            },
            rates: RatesConfig {
                per_account: rate("rate_per_account")?,
                per_address: rate("rate_per_address")?,
                exempt: networks("rate_exempt")?,
            },
            proxies: Proxies(networks("trusted_proxies")?),
            outbound: networks("outbound_allow")?,
            import: Transfer {
                row: size(given.count("import_row_bytes")?),
                rows: size(given.count("import_batch_rows")?),
                bytes: size(given.count("import_batch_bytes")?),
                acts: size(given.count("import_acts")?),
            },
            sweep: seconds("sweep_seconds")?,
            drain: seconds("drain_seconds")?,
            shutdown: given.count("shutdown_seconds")?,
        })
    }
}
