//! What a feed is written in.

use super::{Feed, atom, json_feed, ninjs, rss};
use crate::domain::article::text_enum;

text_enum! {
    /// What a feed is written in, named by the end of its address.
    Format {
        /// JSON Feed 1.1.
        JsonFeed = "json",
        /// RSS 2.0.
        Rss = "rss",
        /// Atom.
        Atom = "atom",
        /// ninjs 3.1.
        Ninjs = "ninjs.json",
    }
}

impl Format {
    /// The media type that it is served as.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::JsonFeed => json_feed::MEDIA_TYPE,
            Self::Rss => rss::MEDIA_TYPE,
            Self::Atom => atom::MEDIA_TYPE,
            Self::Ninjs => ninjs::MEDIA_TYPE,
        }
    }

    /// A feed written in it.
    pub fn write(self, feed: &Feed) -> Vec<u8> {
        match self {
            Self::JsonFeed => json_feed::write(feed),
            Self::Rss => rss::write(feed),
            Self::Atom => atom::write(feed),
            Self::Ninjs => ninjs::write(feed),
        }
    }

    /// The media type without parameters, as links name it.
    pub fn bare_media_type(self) -> &'static str {
        self.media_type().split(';').next().unwrap_or_default()
    }
}
