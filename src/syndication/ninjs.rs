//! ninjs 3.1, the IPTC's News in JSON: a feed is a composite, and its entries are what is associated with it.

use serde::Serialize;

use super::{
    Entry, Feed,
    text::{blurb, directed_body},
};
use crate::domain::item::{Alternate, Item, Tombstone, Topic};

/// The media type that a feed of this format is served as; ninjs has none of its own.
pub const MEDIA_TYPE: &str = "application/json";

const STANDARD: Standard =
    Standard { name: "ninjs", version: "3.1", schema: "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json" };

/// The ninjs document of a feed.
#[expect(clippy::missing_panics_doc, reason = "it cannot: see the proof")]
pub fn write(feed: &Feed) -> Vec<u8> {
    let document = Object {
        standard: Some(STANDARD),
        version_created: feed.updated_at.map(|at| at.to_string()),
        title: Some(&feed.title),
        headlines: vec![plain("main", &feed.title)],
        descriptions: vec![plain("summary", &feed.description)],
        copyright_holder: Some(&feed.publisher),
        renditions: vec![web(&feed.home_url)],
        associations: feed.entries.iter().map(|entry| entry_object(feed, entry)).collect(),
        ..Object::new(&feed.self_url, "composite", feed.locale.as_str())
    };
    serde_json::to_vec(&document).expect("structs of text and numbers always serialise")
}

/// What ninjs calls a news object. The schema is closed: a member that it does not know is an error.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Object<'a> {
    uri: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    standard: Option<Standard>,
    /// What it is called among the associations of another.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rel: Option<&'static str>,
    #[serde(rename = "type")]
    kind: &'static str,
    representation_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_created: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version_created: Option<String>,
    pub_status: &'static str,
    language: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    slugline: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    located: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    copyright_holder: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ed_note: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    headlines: Vec<Words>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    descriptions: Vec<Words>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    bodies: Vec<Words>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    subjects: Vec<Subject<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    info_sources: Vec<InfoSource<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    alt_ids: Vec<AltId<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    renditions: Vec<Rendition<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    associations: Vec<Object<'a>>,
}

impl<'a> Object<'a> {
    fn new(uri: &'a str, kind: &'static str, language: &'a str) -> Self {
        Self {
            uri,
            standard: None,
            name: None,
            rel: None,
            kind,
            representation_type: "full",
            version: None,
            first_created: None,
            version_created: None,
            pub_status: "usable",
            language,
            title: None,
            by: None,
            slugline: None,
            located: None,
            copyright_holder: None,
            ed_note: None,
            headlines: Vec::new(),
            descriptions: Vec::new(),
            bodies: Vec::new(),
            subjects: Vec::new(),
            info_sources: Vec::new(),
            alt_ids: Vec::new(),
            renditions: Vec::new(),
            associations: Vec::new(),
        }
    }
}

/// The standard that the document meets, by which it says that it can be validated.
#[derive(Serialize)]
struct Standard {
    name: &'static str,
    version: &'static str,
    schema: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Words {
    role: &'static str,
    content_type: &'static str,
    value: String,
}

fn plain(role: &'static str, text: &str) -> Words {
    Words { role, content_type: "text/plain", value: text.to_owned() }
}

#[derive(Serialize)]
struct Subject<'a> {
    name: &'a str,
    rel: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri: Option<&'a str>,
    literal: &'a str,
}

impl<'a> From<&'a Topic> for Subject<'a> {
    fn from(topic: &'a Topic) -> Self {
        Self { name: &topic.name, rel: "about", uri: topic.media_topic.as_deref(), literal: &topic.code }
    }
}

#[derive(Serialize)]
struct InfoSource<'a> {
    name: &'a str,
    role: &'static str,
    literal: &'a str,
}

#[derive(Serialize)]
struct AltId<'a> {
    role: &'static str,
    value: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rendition<'a> {
    name: &'static str,
    href: &'a str,
    content_type: &'static str,
}

/// The page for people: ninjs has no member for an address.
fn web(url: &str) -> Rendition<'_> {
    Rendition { name: "web", href: url, content_type: "text/html" }
}

fn entry_object<'a>(feed: &Feed, entry: &'a Entry) -> Object<'a> {
    match entry {
        Entry::Live { item, corrections } => live(feed, entry, item, corrections),
        Entry::Gone { tombstone, title } => gone(entry, tombstone, title),
    }
}

fn live<'a>(feed: &Feed, entry: &'a Entry, item: &'a Item, corrections: &[String]) -> Object<'a> {
    let body = directed_body(&item.body_html, &item.locale, feed.rtl).into_owned();
    let told = item.corrections.iter().zip(corrections).map(|(one, heading)| format!("{heading}: {}", one.note));
    let notes = told.collect::<Vec<_>>().join("\n");
    Object {
        name: Some(&item.title),
        rel: Some("entry"),
        version: Some(item.version.to_string()),
        first_created: Some(item.published_at.to_string()),
        version_created: Some(entry.changed_at().to_string()),
        title: Some(&item.title),
        by: Some(&item.agency.name),
        slugline: Some(item.slug.as_str()),
        located: item.place.as_deref(),
        ed_note: Some(notes).filter(|notes| !notes.is_empty()),
        headlines: vec![plain("main", &item.title)],
        descriptions: vec![plain("summary", &blurb(item))],
        bodies: vec![Words { role: "main", content_type: "text/html", value: body }],
        subjects: item.topics.iter().map(Subject::from).collect(),
        info_sources: vec![InfoSource { name: &item.agency.name, role: "publisher", literal: &item.agency.code }],
        alt_ids: vec![AltId { role: "signature", value: &item.signature }],
        renditions: vec![web(&item.url)],
        associations: item.alternates.iter().map(|other| translation(item, other)).collect(),
        ..Object::new(&item.guid, "text", item.locale.as_str())
    }
}

/// Another language of an item, named and not repeated. `translationOf` is what this one was made from.
fn translation<'a>(item: &Item, other: &'a Alternate) -> Object<'a> {
    let is_source = item.source.as_ref().is_some_and(|source| source.locale == other.locale);
    Object {
        name: Some(other.locale.as_str()),
        rel: Some(if is_source { "translationOf" } else { "translation" }),
        representation_type: "partial",
        renditions: vec![web(&other.url)],
        ..Object::new(&other.guid, "text", other.locale.as_str())
    }
}

/// What was taken down: the same uri, no text, and why.
fn gone<'a>(entry: &'a Entry, tombstone: &'a Tombstone, title: &'a str) -> Object<'a> {
    Object {
        name: Some(title),
        rel: Some("entry"),
        version: Some(tombstone.version.to_string()),
        first_created: Some(tombstone.published_at.to_string()),
        version_created: Some(entry.changed_at().to_string()),
        pub_status: "canceled",
        title: Some(title),
        ed_note: Some(tombstone.note.clone()),
        headlines: vec![plain("main", title)],
        renditions: vec![web(&tombstone.url)],
        ..Object::new(entry.guid(), "text", tombstone.locale.as_str())
    }
}

#[cfg(test)]
mod tests;
