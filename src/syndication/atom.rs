//! Atom (RFC 4287) with the full text, the archives of RFC 5005 and the tombstones of RFC 6721.

use super::{
    Entry, Feed,
    rss::{NAMESPACE, TOPICS},
    text::{blurb, directed_title, notice_body, shown_body},
    xml::Document,
};
use crate::{
    domain::item::{Item, MEDIA_TOPICS, Tombstone},
    kernel::Timestamp,
};

/// The media type that a feed of this format is served as.
pub const MEDIA_TYPE: &str = "application/atom+xml; charset=utf-8";

/// The relation of a link to the same article in another language. Never `alternate`, by which some readers would open
/// the translation instead of the item.
pub const TRANSLATION: &str = "urn:lantoa:rel:translation";

/// When a feed changed that never had an entry.
const NEVER: &str = "1970-01-01T00:00:00Z";

/// The Atom document of a feed.
pub fn write(feed: &Feed) -> Vec<u8> {
    let attributes = [
        ("xmlns", "http://www.w3.org/2005/Atom"),
        ("xmlns:at", "http://purl.org/atompub/tombstones/1.0"),
        ("xmlns:fh", "http://purl.org/syndication/history/1.0"),
        ("xmlns:lt", NAMESPACE),
        ("xml:lang", feed.locale.as_str()),
    ];
    let mut document = Document::new();
    document.element("feed", &attributes, |root| write_feed(root, feed));
    document.into_bytes()
}

fn write_feed(root: &mut Document, feed: &Feed) {
    root.text("id", &[], &feed.id);
    root.text("title", &[], &directed_title(&feed.title, feed.rtl));
    root.text("subtitle", &[], &feed.description);
    // An empty feed has no moment of its own, and must say one that stays.
    root.text("updated", &[], &feed.updated_at.map_or_else(|| NEVER.to_owned(), |at| at.to_string()));
    person(root, "author", &feed.publisher);
    root.text("rights", &[], &feed.publisher);
    root.text("generator", &[], "Lan Tỏa");
    link(root, "self", "application/atom+xml", &feed.self_url);
    if let Some(hub) = &feed.hub_url {
        root.empty("link", &[("rel", "hub"), ("href", hub)]);
    }
    link(root, "alternate", "text/html", &feed.home_url);
    if let Some(current) = &feed.history.current {
        root.empty("fh:archive", &[]);
        link(root, "current", "application/atom+xml", current);
    }
    for (rel, archive) in [("prev-archive", &feed.history.previous), ("next-archive", &feed.history.next)] {
        if let Some(url) = archive {
            link(root, rel, "application/atom+xml", url);
        }
    }
    for entry in &feed.entries {
        root.element("entry", &[], |place| match entry {
            Entry::Live { item, corrections } => write_live(place, feed, entry, (item, corrections)),
            Entry::Gone { tombstone, title } => write_gone(place, feed, entry, tombstone, title),
        });
        if let Entry::Gone { tombstone, .. } = entry {
            write_tombstone(root, feed, tombstone);
        }
    }
}

fn link(root: &mut Document, rel: &str, media_type: &str, url: &str) {
    root.empty("link", &[("rel", rel), ("type", media_type), ("href", url)]);
}

fn person(place: &mut Document, role: &str, name: &str) {
    place.element(role, &[], |person| person.text("name", &[], name));
}

/// What every entry begins with.
fn write_head(place: &mut Document, feed: &Feed, entry: &Entry, (title, url): (&str, &str), published_at: Timestamp) {
    let locale = feed.locale.as_str();
    // Before the id: a reader that has no address yet takes the id for one.
    place.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("hreflang", locale), ("href", url)]);
    place.text("id", &[], entry.guid());
    place.text("title", &[("xml:lang", locale)], &directed_title(title, feed.rtl));
    place.text("published", &[], &published_at.to_string());
    place.text("updated", &[], &entry.changed_at().to_string());
}

fn write_live(place: &mut Document, feed: &Feed, entry: &Entry, (item, corrections): (&Item, &[String])) {
    write_head(place, feed, entry, (&item.title, &item.url), item.published_at);
    person(place, "author", &item.agency.name);
    for topic in &item.topics {
        place.empty("category", &[("scheme", TOPICS), ("term", &topic.code), ("label", &topic.name)]);
        if let Some(code) = topic.media_topic.as_deref().and_then(|uri| uri.strip_prefix(MEDIA_TOPICS)) {
            place.empty("category", &[("scheme", MEDIA_TOPICS), ("term", code), ("label", &topic.name)]);
        }
    }
    let locale = item.locale.as_str();
    place.text("summary", &[("xml:lang", locale)], &blurb(item));
    place.cdata("content", &[("type", "html"), ("xml:lang", locale)], &shown_body(item, corrections, feed.rtl));
    for other in &item.alternates {
        place.empty(
            "link",
            &[("rel", TRANSLATION), ("type", "text/html"), ("hreflang", other.locale.as_str()), ("href", &other.url)],
        );
    }
    super::rss::write_ours(place, entry, item);
}

/// The notice in the place of the text, for readers that know no tombstone.
fn write_gone(place: &mut Document, feed: &Feed, entry: &Entry, tombstone: &Tombstone, title: &str) {
    write_head(place, feed, entry, (title, &tombstone.url), tombstone.published_at);
    let locale = tombstone.locale.as_str();
    place.text("summary", &[("xml:lang", locale)], &tombstone.note);
    place.cdata("content", &[("type", "html"), ("xml:lang", locale)], &notice_body(tombstone, feed.rtl));
    place.text("lt:status", &[], entry.status());
    place.text("lt:version", &[], &tombstone.version.to_string());
}

/// The tombstone: as late as the notice, so that for who knows it the entry is gone.
fn write_tombstone(root: &mut Document, feed: &Feed, tombstone: &Tombstone) {
    let attributes = [("ref", tombstone.guid.as_str()), ("when", &*tombstone.at.to_string())];
    root.element("at:deleted-entry", &attributes, |stone| {
        person(stone, "at:by", &feed.publisher);
        stone.text("at:comment", &[("xml:lang", tombstone.locale.as_str())], &tombstone.note);
    });
}

#[cfg(test)]
mod tests;
