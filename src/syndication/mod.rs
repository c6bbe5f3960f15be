//! Items to bytes: the writers of our feeds. No database, no clock, no HTTP.

pub mod atom;
pub mod calendar;
mod format;
pub mod json_feed;
pub mod json_ld;
pub mod ninjs;
mod occasion;
pub mod opml;
pub mod readers;
pub mod rss;
pub mod sitemap;
mod text;
mod xml;

#[cfg(test)]
mod samples;

use std::sync::Arc;

pub use format::Format;

use crate::{
    domain::{
        item::{Item, Tombstone},
        publication::TakeDown,
    },
    kernel::{Digest, LocaleTag, Timestamp},
};

/// A feed before it is written in a format: one language, newest entries first.
#[derive(Clone, Debug)]
pub struct Feed {
    /// Its id, the same in every format and for ever.
    pub id: String,
    /// The feed's name for people, in its language.
    pub title: String,
    /// What it carries, in its language.
    pub description: String,
    /// Its language.
    pub locale: LocaleTag,
    /// Whether the language is written from right to left.
    pub rtl: bool,
    /// The page for people that it belongs to.
    pub home_url: String,
    /// Its own address, byte for byte the one that is served.
    pub self_url: String,
    /// The hub that tells of every change of it (WebSub), where there is one; an archive never changes and has none.
    pub hub_url: Option<String>,
    /// The page for people that says what our extension of the format means.
    pub about_url: String,
    /// Who answers for it: the office's name, in the feed's language.
    pub publisher: String,
    /// The newest change of anything it carries or ever carried, a withdrawal too; `None` when it never had an entry.
    pub updated_at: Option<Timestamp>,
    /// What it carries, newest first.
    pub entries: Vec<Entry>,
    /// Its place among the documents that together have everything that it ever carried.
    pub history: History,
}

/// A document's place in the history of its feed: the addresses of its neighbours, none at either end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// The document with the newest entries; `None` for that one itself.
    pub current: Option<String>,
    /// The archive before it.
    pub previous: Option<String>,
    /// The archive after it.
    pub next: Option<String>,
}

/// One place of a feed.
#[derive(Clone, Debug)]
pub enum Entry {
    /// A published edition.
    Live {
        /// The edition; shared, because one item stands in many feeds.
        item: Arc<Item>,
        /// What stands above the note of each of its corrections where it is shown: number and date in its language.
        corrections: Vec<String>,
    },
    /// One that was taken down: kept under the same id, so that readers which know no tombstone replace the text.
    Gone {
        /// What is left of it.
        tombstone: Tombstone,
        /// "Withdrawn" or "Retracted" in the feed's language: takes the title's place.
        title: String,
    },
}

impl From<Item> for Entry {
    fn from(item: Item) -> Self {
        Self::Live { item: Arc::new(item), corrections: Vec::new() }
    }
}

impl Entry {
    /// The id that never changes.
    pub fn guid(&self) -> &str {
        match self {
            Self::Live { item, .. } => &item.guid,
            Self::Gone { tombstone, .. } => &tombstone.guid,
        }
    }

    /// When it was last published anew or taken down.
    pub fn changed_at(&self) -> Timestamp {
        match self {
            Self::Live { item, .. } => item.updated_at,
            Self::Gone { tombstone, .. } => tombstone.at,
        }
    }

    /// What changes whenever anything changes that a format says of it.
    ///
    /// The signature covers the text and the acts; names, other languages and what they make of it lie beside.
    pub fn fingerprint(&self) -> Digest {
        Digest::of(match self {
            Self::Live { item, .. } => {
                let Item { url, topics, agency, alternates, source, stale, signature, .. } = &**item;
                format!("{signature} {url} {topics:?} {agency:?} {alternates:?} {source:?} {stale}")
            }
            Self::Gone { tombstone, title } => format!("{tombstone:?} {title}"),
        })
    }

    /// The word by which every format tells what became of it: `published`, `withdrawn` or `retracted`.
    pub fn status(&self) -> &'static str {
        match self {
            Self::Live { .. } => "published",
            Self::Gone { tombstone, .. } => match tombstone.kind {
                TakeDown::Withdraw => "withdrawn",
                TakeDown::Retract => "retracted",
            },
        }
    }
}

/// The newest change among some entries, from which `Feed::updated_at` starts.
pub fn newest_change(entries: &[Entry]) -> Option<Timestamp> {
    entries.iter().map(Entry::changed_at).max()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_withdrawal_counts_as_the_newest_change() {
        let live = samples::item(1);
        let gone = samples::gone(2, TakeDown::Withdraw);
        let at = gone.changed_at();
        assert!(at > live.updated_at);

        assert_eq!(newest_change(&[gone, Entry::from(live)]), Some(at));
        assert_eq!(newest_change(&[]), None);
    }
}
