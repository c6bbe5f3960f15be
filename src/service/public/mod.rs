//! Public reads: from the live store alone, and only what verifies.

mod address;
mod archive;
mod calendar;
mod feed;
mod item;
mod moment;
mod sitemap;
mod slug;
mod verify;
mod words;

use std::{
    collections::{HashMap, HashSet},
    sync::{
        Arc, Mutex, PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
};

use super::{
    App, Error,
    integrity::{Alarmed, Report},
};
use crate::{
    domain::publication::Envelope,
    kernel::{Digest, EditionId, Timestamp},
};

pub use address::by_address;
pub use archive::archive;
pub use calendar::calendar;
pub use feed::{FeedScope, feed, feed_in, feeds, locales};
pub use item::{Found, ManifestLine, VersionBytes, by_id, changes, editions_of, list, manifest, version};
pub use moment::{AHEAD, moment};
pub use sitemap::{Sheet, news, sitemap, sitemaps};
pub use slug::by_slug;
pub use verify::Verified;
pub use words::{Word, Words};

pub use crate::store::live::read::Selection;

/// Envelopes that are kept, of less than a kilobyte each: those of what people read now, and of a few large sitemaps.
const ENVELOPES: u64 = 32_768;

/// What public reads keep in memory, bounded.
#[derive(Debug)]
pub struct Public {
    words: RwLock<Arc<Words>>,
    /// Items whose signature and content were found good, by all the bytes that were looked at.
    verified: moka::future::Cache<Digest, Arc<Verified>>,
    /// Envelopes whose signature was found good, by all the bytes that were looked at.
    signed: moka::future::Cache<Digest, Arc<Envelope>>,
    withheld: RwLock<Arc<HashSet<EditionId>>>,
    /// The rows from which the sweep found an edition good, as one hash.
    sound: Mutex<HashMap<EditionId, Digest>>,
    epoch: AtomicU64,
    /// What the last look at everything found.
    found: RwLock<Arc<Report>>,
    /// What of it people were told.
    pub(super) told: Alarmed,
}

impl Public {
    /// Nothing in memory yet; `bytes` bounds what is kept of verified texts.
    pub fn new(bytes: u64) -> Self {
        let weight = |_: &Digest, item: &Arc<Verified>| u32::try_from(item.weight()).unwrap_or(u32::MAX);
        Self {
            words: RwLock::default(),
            verified: moka::future::Cache::builder().weigher(weight).max_capacity(bytes).build(),
            signed: moka::future::Cache::builder().max_capacity(ENVELOPES).build(),
            withheld: RwLock::default(),
            sound: Mutex::default(),
            epoch: AtomicU64::new(0),
            found: RwLock::default(),
            told: Alarmed::default(),
        }
    }

    /// The names of agencies, topics and locales as they were read last.
    pub fn words(&self) -> Arc<Words> {
        Arc::clone(&self.words.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads the vocabularies anew, and notices what other processes committed.
    pub async fn reload(&self, app: &App) -> Result<(), Error> {
        let news = app.db.news().await?;
        let words = Words::new(app.db.live().vocabulary().await?);
        *self.words.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(words);
        self.epoch.fetch_add(1, Ordering::SeqCst);
        // After the names: nothing that is new is told with the names of before.
        app.db.heed(news);
        Ok(())
    }

    /// Whether the sweep found an edition good from these very rows.
    pub fn is_sound(&self, edition: EditionId, rows: Digest) -> bool {
        self.sound.lock().unwrap_or_else(PoisonError::into_inner).get(&edition) == Some(&rows)
    }

    /// Remembers that it did.
    pub fn found_sound(&self, edition: EditionId, rows: Digest) {
        self.sound.lock().unwrap_or_else(PoisonError::into_inner).insert(edition, rows);
    }

    /// Keeps what a look at everything found.
    pub(super) fn keep(&self, report: Report) {
        *self.found.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(report);
    }

    /// What the last look found.
    pub fn found(&self) -> Arc<Report> {
        Arc::clone(&self.found.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Withholds these editions, and no others, from every output.
    pub fn withhold(&self, editions: HashSet<EditionId>) {
        let mut withheld = self.withheld.write().unwrap_or_else(PoisonError::into_inner);
        if **withheld != editions {
            *withheld = Arc::new(editions);
            self.epoch.fetch_add(1, Ordering::SeqCst);
        }
    }

    /// The editions that are withheld.
    pub fn withheld(&self) -> Arc<HashSet<EditionId>> {
        Arc::clone(&self.withheld.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Withholds one more edition, found wrong while it was read.
    fn alarm(&self, edition: EditionId, what: &str) {
        let mut withheld = self.withheld.write().unwrap_or_else(PoisonError::into_inner);
        if !withheld.contains(&edition) {
            tracing::error!(%edition, what, "withheld: what is public is not what was approved");
            let mut more = (**withheld).clone();
            more.insert(edition);
            *withheld = Arc::new(more);
            self.epoch.fetch_add(1, Ordering::SeqCst);
        }
    }
}

/// A state of what is public: the newest event, what was read anew or withheld since the start, the day (UTC).
pub type Generation = (i64, u64, i64);

/// Seconds of a day, which is how exactly tombstones are counted.
const DAY: i64 = 86_400;

impl App {
    /// Moves whenever anything public may have changed: answers prepared under another
    /// generation are not given any more.
    pub fn generation(&self) -> Generation {
        // The day, because tombstones leave the feeds by time alone, when nothing is published.
        let day = self.clock.now().seconds().div_euclid(DAY);
        (*self.db.committed().borrow(), self.public.epoch.load(Ordering::SeqCst), day)
    }

    /// The moment since when tombstones stand in feeds: the same for a whole day, so that every process that makes
    /// a feed makes the same bytes.
    fn tombstones_since(&self) -> Timestamp {
        let kept = i64::try_from(self.policy.tombstones.as_secs()).unwrap_or(i64::MAX);
        let day = self.clock.now().seconds().saturating_sub(kept).div_euclid(DAY);
        Timestamp::from_micros(day.saturating_mul(DAY * 1_000_000)).unwrap_or_else(|| self.clock.now())
    }
}
