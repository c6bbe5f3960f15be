//! Items to bytes: the writers of our feeds. No database, no clock, no HTTP.

pub mod json_feed;
pub mod rss;

use crate::{
    domain::item::{Item, Tombstone},
    kernel::{LocaleTag, Timestamp},
};

/// A feed before it is written in a format: one language, newest entries first.
#[derive(Clone, Debug)]
pub struct Feed {
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
    /// Who answers for it: the office's name, in the feed's language.
    pub publisher: String,
    /// The newest change of anything in it, a withdrawal too; `None` when it never had an entry.
    pub updated_at: Option<Timestamp>,
    /// What it carries, newest first.
    pub entries: Vec<Entry>,
}

/// One place of a feed.
#[derive(Clone, Debug)]
pub enum Entry {
    /// A published edition.
    Live(Item),
    /// One that was taken down: kept under the same id, so that readers which know no tombstone replace the text.
    Gone {
        /// What is left of it.
        tombstone: Tombstone,
        /// "Withdrawn" or "Retracted" in the feed's language: takes the title's place.
        title: String,
    },
}
