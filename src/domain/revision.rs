//! Revisions: append-only texts of an edition, and the content that is hashed.

use serde_json::{Value, json};

use super::{article::Kind, article::text_enum, details::Details, details::merged};
use crate::kernel::{AccountId, ArticleId, Code, Digest, LocaleTag, RevisionId, Slug, Timestamp, canonical_json};

/// Longest title, in characters.
pub const MAX_TITLE: usize = 300;
/// Longest summary, in characters.
pub const MAX_SUMMARY: usize = 2_000;
/// Longest body, in bytes of UTF-8.
pub const MAX_BODY: usize = 512 * 1024;
/// Longest place, in characters.
pub const MAX_PLACE: usize = 200;
/// Longest comment or note, in characters.
pub const MAX_NOTE: usize = 2_000;
/// Most answers in a thread of comments.
pub const MAX_REPLIES: usize = 200;
/// Most topics of an article.
pub const MAX_TOPICS: usize = 10;

text_enum! {
    /// How much a revision changes, in its author's word, which the rules check.
    ChangeClass {
        /// Nothing that a translation would have to follow.
        Minor = "minor",
        /// Substance: translations made from the text before are stale.
        Major = "major",
        /// Only the fields that all editions share.
        Shared = "shared",
    }
}

text_enum! {
    /// Where a text comes from.
    Provenance {
        /// A person wrote it.
        Human = "human",
        /// A machine proposed it.
        Machine = "machine",
        /// A person went over a machine's proposal.
        MachineEdited = "machine-edited",
        /// It was brought in from another system.
        Import = "import",
    }
}

/// An article's shared fields as they were when a revision was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shared {
    /// The kind.
    pub kind: Kind,
    /// The agency that answers for it.
    pub agency: Code,
    /// Topics, sorted.
    pub topics: Vec<Code>,
    /// Where it happens.
    pub place: Option<String>,
    /// The details that are the same in every language.
    pub details: Details,
}

/// The text of one edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Plain text, one line.
    pub title: String,
    /// Plain text; may be empty.
    pub summary: String,
    /// HTML of the body profile.
    pub body: String,
    /// The readable part of its address.
    pub slug: Slug,
    /// The details in the edition's language.
    pub details: Details,
}

/// One saved text of an edition; never changed afterwards.
#[derive(Clone, Debug)]
pub struct Revision {
    /// Its id.
    pub id: RevisionId,
    /// Its number in the edition, from 1.
    pub number: u32,
    /// The text.
    pub text: Text,
    /// The shared fields it was made with.
    pub shared: Shared,
    /// The hash of the content.
    pub hash: Digest,
    /// The number of the source edition's revision that it was made from; none for the source itself.
    pub source_number: Option<u32>,
    /// How much it changes.
    pub change: ChangeClass,
    /// What it changes, in its author's words.
    pub change_note: String,
    /// Where the text comes from.
    pub provenance: Provenance,
    /// Who saved it.
    pub by: AccountId,
    /// When.
    pub at: Timestamp,
}

/// `content_v1`: the object that is hashed, approved, signed and published. Every member is
/// always there; what an edition does not have is null or an empty list.
pub fn content(article: ArticleId, locale: &LocaleTag, text: &Text, shared: &Shared) -> Value {
    let topics: Vec<&str> = shared.topics.iter().map(Code::as_str).collect();
    json!({
        "v": 1,
        "article": article.to_string(),
        "locale": locale.as_str(),
        "kind": shared.kind.as_str(),
        "title": text.title,
        "summary": text.summary,
        "body": text.body,
        "slug": text.slug.as_str(),
        "agency": shared.agency.as_str(),
        "topics": topics,
        "place": shared.place,
        "details": merged(&shared.details, &text.details),
        "cover": null,
        "images": [],
        "documents": [],
        "external_media": [],
    })
}

/// The canonical bytes of the content and their hash.
pub fn seal(article: ArticleId, locale: &LocaleTag, text: &Text, shared: &Shared) -> (String, Digest) {
    let bytes = canonical_json(&content(article, locale, text, shared));
    let hash = Digest::of(&bytes);
    (String::from_utf8(bytes).expect("canonical JSON is UTF-8"), hash)
}

/// What a sealed text says of the feeds that carry it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filed {
    /// The kind.
    pub kind: Kind,
    /// The agency.
    pub agency: Code,
    /// Its own topics, without those that they are part of.
    pub topics: Vec<Code>,
}

impl Filed {
    /// Reads it out of canonical content; nothing where it is none.
    pub fn of(content: &str) -> Option<Self> {
        let content: Value = serde_json::from_str(content).ok()?;
        let code = |value: &Value| value.as_str()?.parse().ok();
        Some(Self {
            kind: content["kind"].as_str()?.parse().ok()?,
            agency: code(&content["agency"])?,
            topics: content["topics"].as_array()?.iter().map(code).collect::<Option<_>>()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> (ArticleId, LocaleTag, Text, Shared) {
        let text = Text {
            title: "Khai mạc".to_owned(),
            summary: String::new(),
            body: "<p>Sáng 5-12.</p>".to_owned(),
            slug: "khai-mac".parse().unwrap(),
            details: Details::new(),
        };
        let shared = Shared {
            kind: Kind::News,
            agency: "bao".parse().unwrap(),
            topics: vec![],
            place: None,
            details: Details::new(),
        };
        ("018f0000-0000-7000-8000-000000000001".parse().unwrap(), "vi".parse().unwrap(), text, shared)
    }

    #[test]
    fn the_canonical_content_is_this_very_text() {
        let (article, locale, text, shared) = sample();
        let (bytes, hash) = seal(article, &locale, &text, &shared);
        assert_eq!(
            bytes,
            "{\"agency\":\"bao\",\"article\":\"018f0000-0000-7000-8000-000000000001\",\"body\":\"<p>Sáng 5-12.</p>\",\"cover\":null,\
             \"details\":null,\"documents\":[],\"external_media\":[],\"images\":[],\"kind\":\"news\",\"locale\":\"vi\",\"place\":null,\
             \"slug\":\"khai-mac\",\"summary\":\"\",\"title\":\"Khai mạc\",\"topics\":[],\"v\":1}"
        );
        assert_eq!(hash, Digest::of(bytes));
    }

    #[test]
    fn every_hashed_member_moves_the_hash() {
        let (article, locale, text, shared) = sample();
        let hash = |text: &Text, shared: &Shared| seal(article, &locale, text, shared).1;
        let first = hash(&text, &shared);
        let texts = [
            Text { title: "Bế mạc".to_owned(), ..text.clone() },
            Text { summary: "x".to_owned(), ..text.clone() },
            Text { body: "<p>Sáng 6-12.</p>".to_owned(), ..text.clone() },
            Text { slug: "be-mac".parse().unwrap(), ..text.clone() },
            Text { details: Details::from_iter([("venue".to_owned(), "x".into())]), ..text.clone() },
        ];
        assert!(texts.iter().all(|other| hash(other, &shared) != first));
        let shareds = [
            Shared { kind: Kind::Feature, ..shared.clone() },
            Shared { agency: "so".parse().unwrap(), ..shared.clone() },
            Shared { topics: vec!["bien".parse().unwrap()], ..shared.clone() },
            Shared { place: Some("Lam An".to_owned()), ..shared.clone() },
            Shared { details: Details::from_iter([("all_day".to_owned(), true.into())]), ..shared.clone() },
        ];
        assert!(shareds.iter().all(|other| hash(&text, other) != first));
        assert_ne!(seal(article, &"en".parse().unwrap(), &text, &shared).1, first);
    }
}
