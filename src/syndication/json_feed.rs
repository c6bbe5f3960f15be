//! JSON Feed 1.1, with what it has no member for in the extension object `_lantoa`.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::Value;

use super::{
    Entry, Feed,
    text::{directed_title, notice_body, shown_body},
};
use crate::domain::item::{self, Item, Tombstone};

/// The media type that a feed of this format is served as.
pub const MEDIA_TYPE: &str = "application/feed+json";

/// The JSON Feed document of a feed.
#[expect(clippy::missing_panics_doc, reason = "it cannot: see the proof")]
pub fn write(feed: &Feed) -> Vec<u8> {
    let document = Document {
        version: "https://jsonfeed.org/version/1.1",
        title: directed_title(&feed.title, feed.rtl),
        home_page_url: &feed.home_url,
        feed_url: &feed.self_url,
        description: &feed.description,
        language: feed.locale.as_str(),
        authors: [Author { name: &feed.publisher }],
        hubs: feed.hub_url.iter().map(|url| Hub { kind: "WebSub", url }).collect(),
        about: About { about: &feed.about_url },
        items: feed
            .entries
            .iter()
            .map(|entry| match entry {
                Entry::Live { item, corrections } => live(feed, entry, item, corrections),
                Entry::Gone { tombstone, title } => gone(feed, entry, tombstone, title),
            })
            .collect(),
    };
    serde_json::to_vec(&document).expect("structs of text, numbers and JSON values always serialise")
}

#[derive(Serialize)]
struct Document<'a> {
    // First, so that a reader tells the format from the first bytes.
    version: &'static str,
    title: Cow<'a, str>,
    home_page_url: &'a str,
    feed_url: &'a str,
    description: &'a str,
    language: &'a str,
    authors: [Author<'a>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hubs: Vec<Hub<'a>>,
    #[serde(rename = "_lantoa")]
    about: About<'a>,
    items: Vec<Place<'a>>,
}

/// Where our extension is explained; the format asks for it once in a document.
#[derive(Serialize)]
struct About<'a> {
    about: &'a str,
}

/// Who tells of changes.
#[derive(Serialize)]
struct Hub<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    url: &'a str,
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
}

/// An item of the format.
#[derive(Serialize)]
struct Place<'a> {
    id: &'a str,
    url: &'a str,
    title: Cow<'a, str>,
    content_html: Cow<'a, str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    summary: &'a str,
    date_published: String,
    date_modified: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    authors: Option<[Author<'a>; 1]>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<&'a str>,
    language: &'a str,
    #[serde(rename = "_lantoa")]
    ours: Ours<'a>,
}

/// The extension object: no member's name begins with `_` or has a `.` in it, as the format demands.
#[derive(Serialize)]
struct Ours<'a> {
    status: &'static str,
    version: u32,
    #[serde(flatten)]
    rest: Rest<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Rest<'a> {
    Live(Box<Edition<'a>>),
    Gone { note: &'a str },
}

#[derive(Serialize)]
struct Edition<'a> {
    kind: &'static str,
    topics: Vec<Subject<'a>>,
    agency: Named<'a>,
    translations: Vec<Translation<'a>>,
    corrections: Vec<Correction<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<Source<'a>>,
    stale: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    details: Option<&'a Value>,
    content_hash: String,
    signature: &'a str,
}

#[derive(Serialize)]
struct Named<'a> {
    code: &'a str,
    name: &'a str,
}

impl<'a> From<&'a item::Named> for Named<'a> {
    fn from(named: &'a item::Named) -> Self {
        Self { code: &named.code, name: &named.name }
    }
}

#[derive(Serialize)]
struct Subject<'a> {
    code: &'a str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    media_topic: Option<&'a str>,
}

impl<'a> From<&'a item::Topic> for Subject<'a> {
    fn from(topic: &'a item::Topic) -> Self {
        Self { code: &topic.code, name: &topic.name, media_topic: topic.media_topic.as_deref() }
    }
}

#[derive(Serialize)]
struct Translation<'a> {
    locale: &'a str,
    url: &'a str,
    guid: &'a str,
}

#[derive(Serialize)]
struct Correction<'a> {
    number: u32,
    at: String,
    note: &'a str,
}

#[derive(Serialize)]
struct Source<'a> {
    locale: &'a str,
    version: Option<u32>,
}

fn live<'a>(feed: &Feed, entry: &Entry, item: &'a Item, corrections: &[String]) -> Place<'a> {
    Place {
        id: &item.guid,
        url: &item.url,
        title: directed_title(&item.title, feed.rtl),
        content_html: shown_body(item, corrections, feed.rtl),
        summary: &item.summary,
        date_published: item.published_at.to_string(),
        date_modified: entry.changed_at().to_string(),
        authors: Some([Author { name: &item.agency.name }]),
        tags: item.topics.iter().map(|topic| topic.name.as_str()).collect(),
        language: item.locale.as_str(),
        ours: Ours { status: entry.status(), version: item.version, rest: Rest::Live(Box::new(edition(item))) },
    }
}

fn edition(item: &Item) -> Edition<'_> {
    Edition {
        kind: item.kind.as_str(),
        topics: item.topics.iter().map(Subject::from).collect(),
        agency: Named::from(&item.agency),
        translations: item
            .alternates
            .iter()
            .map(|other| Translation { locale: other.locale.as_str(), url: &other.url, guid: &other.guid })
            .collect(),
        corrections: item
            .corrections
            .iter()
            .map(|one| Correction { number: one.number, at: one.at.to_string(), note: &one.note })
            .collect(),
        source: item.source.as_ref().map(|from| Source { locale: from.locale.as_str(), version: from.version }),
        stale: item.stale,
        place: item.place.as_deref(),
        details: item.details.as_ref(),
        content_hash: item.content_hash.to_string(),
        signature: &item.signature,
    }
}

fn gone<'a>(feed: &Feed, entry: &Entry, tombstone: &'a Tombstone, title: &'a str) -> Place<'a> {
    Place {
        id: &tombstone.guid,
        url: &tombstone.url,
        title: directed_title(title, feed.rtl),
        // Each field that held the text is given anew, under the same name: a reader keeps what is not replaced.
        content_html: Cow::Owned(notice_body(tombstone, feed.rtl)),
        summary: &tombstone.note,
        date_published: tombstone.published_at.to_string(),
        date_modified: entry.changed_at().to_string(),
        authors: None,
        tags: Vec::new(),
        language: tombstone.locale.as_str(),
        ours: Ours { status: entry.status(), version: tombstone.version, rest: Rest::Gone { note: &tombstone.note } },
    }
}

#[cfg(test)]
mod tests;
