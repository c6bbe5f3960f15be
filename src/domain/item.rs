//! What the outside sees: an edition as it was approved, signed and published, and what is left of one taken down.

use serde_json::Value;

use crate::{
    domain::{article::Kind, publication::TakeDown},
    kernel::{ArticleId, Digest, LocaleTag, Slug, Timestamp},
};

/// A vocabulary entry with its name in the item's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The immutable code.
    pub code: String,
    /// The name for people.
    pub name: String,
}

/// A topic with its name in the item's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// The immutable code.
    pub code: String,
    /// The name for people.
    pub name: String,
    /// The URI of the IPTC Media Topic that means the same, where administrators have said which.
    pub media_topic: Option<String>,
}

/// What the URIs of the IPTC Media Topics begin with; their scheme.
pub const MEDIA_TOPICS: &str = "http://cv.iptc.org/newscodes/mediatopic/";

/// The URI of an IPTC Media Topic.
pub fn media_topic_uri(code: &str) -> String {
    format!("{MEDIA_TOPICS}{code}")
}

/// Whether a code is written as the IPTC writes those of its Media Topics. Which there are changes several times a year
/// and is not known here.
pub fn is_media_topic(code: &str) -> bool {
    code.len() == 8 && code.bytes().all(|byte| byte.is_ascii_digit())
}

/// The same article in another language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternate {
    /// The other language.
    pub locale: LocaleTag,
    /// Its slug there.
    pub slug: Slug,
    /// Its public address.
    pub url: String,
    /// The guid of that edition.
    pub guid: String,
}

/// A numbered correction and its public note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// 1 for the first correction of the edition.
    pub number: u32,
    /// When it was published.
    pub at: Timestamp,
    /// What was wrong and what is right, in the edition's language.
    pub note: String,
}

/// The source edition that a translation was made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The language the article was written in.
    pub locale: LocaleTag,
    /// The source's published version that it was made from, if that one is or was public.
    pub version: Option<u32>,
}

/// A published edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The article.
    pub id: ArticleId,
    /// The edition's `tag:` URI, minted once.
    pub guid: String,
    /// The edition's language.
    pub locale: LocaleTag,
    /// The readable part of the address.
    pub slug: Slug,
    /// The public address.
    pub url: String,
    /// What kind of article it is.
    pub kind: Kind,
    /// Plain text.
    pub title: String,
    /// Plain text; may be empty.
    pub summary: String,
    /// HTML of the body profile, ready for delivery: every address in it absolute, links with `rel`.
    pub body_html: String,
    /// Topics with names in the item's language.
    pub topics: Vec<Topic>,
    /// The agency answering for it.
    pub agency: Named,
    /// Where it happens.
    pub place: Option<String>,
    /// The kind's details, shared and translated ones together.
    pub details: Option<Value>,
    /// First publication.
    pub published_at: Timestamp,
    /// Newest version's publication.
    pub updated_at: Timestamp,
    /// 1 for the first version; publish, update and correct count.
    pub version: u32,
    /// 1 for the first act; taking down and restoring count too.
    pub sequence: u32,
    /// Corrections, oldest first.
    pub corrections: Vec<Correction>,
    /// The same article in other languages that are public, sorted by locale.
    pub alternates: Vec<Alternate>,
    /// The source edition, if this is a translation.
    pub source: Option<Source>,
    /// The source's public text has moved on in substance.
    pub stale: bool,
    /// SHA-256 of the canonical content.
    pub content_hash: Digest,
    /// Detached JWS over the canonical publication envelope.
    pub signature: String,
}

/// What stays of an edition that was taken down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tombstone {
    /// The article.
    pub id: ArticleId,
    /// The guid it had and keeps.
    pub guid: String,
    /// Its language.
    pub locale: LocaleTag,
    /// The slug it had last.
    pub slug: Slug,
    /// The public address it had.
    pub url: String,
    /// Withdrawn or retracted.
    pub kind: TakeDown,
    /// The public note in the edition's language.
    pub note: String,
    /// When it was taken down.
    pub at: Timestamp,
    /// Its first publication.
    pub published_at: Timestamp,
    /// The last version it had.
    pub version: u32,
    /// The place of the act that took it down, from 1.
    pub sequence: u32,
}

/// Of the languages of one article, the one for who reads none of them: English, else Vietnamese, else the first.
pub fn fallback_of<T>(all: &[T], locale: impl Fn(&T) -> &LocaleTag) -> Option<&T> {
    let of = |tag: &str| all.iter().find(|one| locale(one).as_str() == tag);
    of("en").or_else(|| of("vi")).or_else(|| all.first())
}
