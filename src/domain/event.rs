//! Events: what changed, for caches and jobs inside and for followers outside.

use super::{article::text_enum, publication::Act};
use crate::kernel::{ArticleId, EditionId, LocaleTag, Timestamp};

text_enum! {
    /// What happened inside; every commit leaves at least one.
    EventType {
        /// An article or edition changed that is not public.
        Draft = "draft",
        /// What is public changed.
        Live = "live",
        /// A vocabulary changed.
        Vocabulary = "vocabulary",
        /// An account or its rights changed.
        Account = "account",
    }
}

/// One entry of the internal sequence.
#[derive(Clone, Debug)]
pub struct Event {
    /// What happened.
    pub kind: EventType,
    /// To which article.
    pub article: Option<ArticleId>,
    /// In which language.
    pub locale: Option<LocaleTag>,
}

text_enum! {
    /// What followers outside are told.
    LiveEventType {
        /// An edition became public.
        Published = "published",
        /// Its text was replaced.
        Updated = "updated",
        /// Its text was corrected.
        Corrected = "corrected",
        /// It was taken down.
        Withdrawn = "withdrawn",
        /// It was taken down because it was wrong.
        Retracted = "retracted",
        /// It is public again.
        Restored = "restored",
        /// Its source's public text moved on in substance.
        Stale = "stale",
        /// It was attested to hold against its source's public text.
        Fresh = "fresh",
    }
}

/// What is told of a translation because of its source, and not by an act of its own.
pub const OF_SOURCE: [LiveEventType; 2] = [LiveEventType::Stale, LiveEventType::Fresh];

impl LiveEventType {
    /// The audit action of what is told because of the source.
    pub fn told_as(self) -> &'static str {
        if self == Self::Fresh { "edition.fresh" } else { "edition.stale" }
    }

    /// What an act of publication is told as.
    pub fn of(act: Act) -> Self {
        match act {
            Act::Publish => Self::Published,
            Act::Update => Self::Updated,
            Act::Correct => Self::Corrected,
            Act::Withdraw => Self::Withdrawn,
            Act::Retract => Self::Retracted,
            Act::Restore => Self::Restored,
        }
    }
}

/// One public event, before it has its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiveEvent {
    /// What happened.
    pub kind: LiveEventType,
    /// The article.
    pub article: ArticleId,
    /// The edition.
    pub edition: EditionId,
    /// Its language.
    pub locale: LocaleTag,
    /// Its guid.
    pub guid: String,
    /// The version that is public, or was last.
    pub version: u32,
    /// When.
    pub at: Timestamp,
    /// The public note.
    pub note: String,
}
