//! The application: what every use case works with.

use std::{
    collections::BTreeMap,
    sync::{Arc, atomic::AtomicBool},
    time::Duration,
};

use super::{error::Error, meters::Meters, public::Public};
use crate::{
    domain::publication::Follow,
    i18n::I18n,
    kernel::{Clock, LocaleTag, Slug},
    outbound::{Outbound, Target},
    store::{Db, Fault},
    tokens::{AccessTokens, Keyring, PasswordHasher, Throttle, Vault},
};

/// The office that publishes: its name, its addresses, the authority of its guids.
#[derive(Clone, Debug)]
pub struct Office {
    /// Names by locale; the product's own where there is none.
    pub names: BTreeMap<String, String>,
    /// The authority that guids are minted under, frozen by the first edition.
    pub authority: String,
    /// This server's own address, without a slash at its end.
    pub base_url: String,
    /// The portal's address of an item with `{locale}` and `{slug}`, where there is a portal.
    pub portal_url: Option<String>,
    /// Who tells readers of feeds that these have changed.
    pub hub: Hub,
}

/// Who tells readers of feeds that these have changed (WebSub).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Hub {
    /// We ourselves, at `/hub`.
    #[default]
    Own,
    /// Another hub, which we tell.
    Elsewhere(Target),
    /// Nobody.
    Nobody,
}

/// The authority of guids where nothing better is known; `.invalid` belongs to nobody (RFC 2606).
pub const NOBODY: &str = "lantoa.invalid";

impl Office {
    /// Whether guids are minted under a name that is nobody's.
    pub fn is_nobodys(&self) -> bool {
        self.authority == NOBODY
    }

    /// The public address of an item.
    pub fn item_url(&self, locale: &LocaleTag, slug: &Slug) -> String {
        match &self.portal_url {
            Some(template) => template.replace("{locale}", locale.as_str()).replace("{slug}", slug.as_str()),
            None => format!("{}/{locale}/a/{slug}", self.base_url),
        }
    }

    /// The address of the hub.
    pub fn hub_url(&self) -> Option<String> {
        match &self.hub {
            Hub::Own => Some(format!("{}/hub", self.base_url)),
            Hub::Elsewhere(target) => Some(target.to_string()),
            Hub::Nobody => None,
        }
    }

    /// The page for people that a locale's feeds belong to.
    pub fn home_url(&self, locale: &LocaleTag) -> String {
        match &self.portal_url {
            Some(template) => {
                let home = template.split("{slug}").next().unwrap_or(template);
                home.replace("{locale}", locale.as_str())
            }
            None => format!("{}/{locale}", self.base_url),
        }
    }

    /// The office's name in a language.
    pub fn name(&self, locale: &LocaleTag) -> &str {
        let names = [locale.as_str(), locale.language(), "en", "vi"];
        names.iter().find_map(|tag| self.names.get(*tag)).map_or("Lan Tỏa", String::as_str)
    }
}

/// Limits of what is accepted and kept.
#[derive(Clone, Debug)]
pub struct Policy {
    /// How long a sign-in lasts without being used.
    pub session: Duration,
    /// How long answers to repeated requests are kept.
    pub idempotency: Duration,
    /// How long a tombstone stays in feeds.
    pub tombstones: Duration,
    /// Entries of a feed.
    pub feed_entries: u64,
    /// What becomes of the editions that were made from a source when it is retracted.
    pub retracted_source: Follow,
    /// Most acts in the history of an edition that is brought in.
    pub import_acts: usize,
}

impl Default for Policy {
    fn default() -> Self {
        let day = Duration::from_hours(24);
        Self {
            session: 30 * day,
            idempotency: day,
            tombstones: 30 * day,
            feed_entries: 50,
            retracted_source: Follow::Freeze,
            import_acts: 1_000,
        }
    }
}

/// What every use case works with.
#[derive(Debug)]
pub struct Parts {
    /// The database.
    pub db: Db,
    /// Where the time comes from.
    pub clock: Clock,
    /// What the software says.
    pub i18n: I18n,
    /// The keys that sign what is published, and those trusted.
    pub keys: Keyring,
    /// Access tokens.
    pub tokens: AccessTokens,
    /// Passwords.
    pub passwords: PasswordHasher,
    /// What slows down the guessing of passwords.
    pub throttle: Throttle,
    /// The office.
    pub office: Office,
    /// Limits.
    pub policy: Policy,
    /// The one way out to addresses that others name.
    pub outbound: Outbound,
    /// Secrets that have to be read again.
    pub vault: Vault,
    /// Where the signed head of the audit chain is kept, outside the database.
    pub witness: Vec<std::path::PathBuf>,
    /// What public reads keep in memory.
    pub public: Public,
    /// What this process counts of its own work.
    pub meters: Meters,
    /// Whether the server is stopping: it answers what comes, and asks proxies to send no more.
    pub stopping: AtomicBool,
}

/// A handle of the application; clones share everything.
#[derive(Clone, Debug)]
pub struct App(Arc<Parts>);

impl App {
    /// The application of some parts.
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }
}

impl std::ops::Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        if fault.is_passing() { Self::unavailable(fault) } else { Self::internal(fault) }
    }
}
