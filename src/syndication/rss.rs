//! RSS 2.0 with the full text, bylines and dates of change from the Content, Dublin Core and Atom namespaces.

use super::{
    Entry, Feed,
    text::{as_html, blurb, directed_title, notice_body, shown_body},
    xml::Document,
};
use crate::{
    domain::item::{Item, Tombstone},
    kernel::Timestamp,
};

/// The media type that a feed of this format is served as.
pub const MEDIA_TYPE: &str = "application/rss+xml; charset=utf-8";

/// The namespace of what RSS has no element for: status, version, corrections, translations, proof.
pub const NAMESPACE: &str = "urn:lantoa:feed:1";

/// The taxonomy that the categories of an item are from.
pub(super) const TOPICS: &str = "urn:lantoa:topic";

/// Minutes that a reader may keep the feed: the fewest that RSS can say, since a withdrawal must not wait.
const TTL: &str = "1";

/// The RSS document of a feed.
pub fn write(feed: &Feed) -> Vec<u8> {
    let namespaces = [
        ("version", "2.0"),
        ("xmlns:atom", "http://www.w3.org/2005/Atom"),
        ("xmlns:content", "http://purl.org/rss/1.0/modules/content/"),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
        ("xmlns:dcterms", "http://purl.org/dc/terms/"),
        ("xmlns:lt", NAMESPACE),
    ];
    let mut document = Document::new();
    document.element("rss", &namespaces, |rss| rss.element("channel", &[], |channel| write_channel(channel, feed)));
    document.into_bytes()
}

fn write_channel(channel: &mut Document, feed: &Feed) {
    channel.text("title", &[], &directed_title(&feed.title, feed.rtl));
    channel.text("link", &[], &feed.home_url);
    channel.text("description", &[], &feed.description);
    channel.text("language", &[], feed.locale.as_str());
    channel.text("copyright", &[], &feed.publisher);
    if let Some(at) = feed.updated_at {
        channel.text("lastBuildDate", &[], &rfc_822(at));
    }
    channel.text("generator", &[], "Lan Tỏa");
    channel.text("docs", &[], "https://www.rssboard.org/rss-specification");
    channel.text("ttl", &[], TTL);
    channel.empty("atom:link", &[("rel", "self"), ("type", "application/rss+xml"), ("href", &feed.self_url)]);
    if let Some(hub) = &feed.hub_url {
        channel.empty("atom:link", &[("rel", "hub"), ("href", hub)]);
    }
    for entry in &feed.entries {
        channel.element("item", &[], |place| match entry {
            Entry::Live { item, corrections } => write_live(place, feed, entry, (item, corrections)),
            Entry::Gone { tombstone, title } => write_gone(place, feed, entry, tombstone, title),
        });
    }
}

fn write_live(place: &mut Document, feed: &Feed, entry: &Entry, (item, corrections): (&Item, &[String])) {
    write_head(place, feed, entry, &Head { title: &item.title, url: &item.url, published_at: item.published_at });
    place.text("dc:creator", &[], &item.agency.name);
    place.text("dc:language", &[], item.locale.as_str());
    for topic in &item.topics {
        place.text("category", &[("domain", TOPICS)], &topic.name);
    }
    // Some readers show the description alone. They take it for HTML, whoever wrote it.
    place.text("description", &[], &as_html(&blurb(item)));
    place.cdata("content:encoded", &[], &shown_body(item, corrections, feed.rtl));
    write_ours(place, entry, item);
    for other in &item.alternates {
        // Never atom:link rel="alternate": some readers would then open the translation instead of the item.
        place.empty(
            "lt:translation",
            &[("hreflang", other.locale.as_str()), ("href", &other.url), ("guid", &other.guid)],
        );
    }
}

/// What RSS and Atom have no element for.
pub(super) fn write_ours(place: &mut Document, entry: &Entry, item: &Item) {
    place.text("lt:status", &[], entry.status());
    place.text("lt:version", &[], &item.version.to_string());
    for correction in &item.corrections {
        let attributes = [("number", &*correction.number.to_string()), ("at", &correction.at.to_string())];
        place.text("lt:correction", &attributes, &correction.note);
    }
    place.text("lt:hash", &[], &item.content_hash.to_string());
    place.text("lt:signature", &[], &item.signature);
}

fn write_gone(place: &mut Document, feed: &Feed, entry: &Entry, tombstone: &Tombstone, title: &str) {
    write_head(place, feed, entry, &Head { title, url: &tombstone.url, published_at: tombstone.published_at });
    place.text("dc:language", &[], tombstone.locale.as_str());
    // Each field that held the text is given anew: a reader keeps the old value of one that is missing.
    place.text("description", &[], &as_html(&tombstone.note));
    place.cdata("content:encoded", &[], &notice_body(tombstone, feed.rtl));
    place.text("lt:status", &[], entry.status());
    place.text("lt:version", &[], &tombstone.version.to_string());
}

/// What every item begins with, apart from what its entry tells.
struct Head<'a> {
    title: &'a str,
    url: &'a str,
    published_at: Timestamp,
}

fn write_head(place: &mut Document, feed: &Feed, entry: &Entry, head: &Head<'_>) {
    let changed = entry.changed_at().to_string();
    place.text("title", &[], &directed_title(head.title, feed.rtl));
    place.text("link", &[], head.url);
    place.text("guid", &[("isPermaLink", "false")], entry.guid());
    // Stays the first publication: readers order by it, and a corrected comma must not bring an item back to the top.
    place.text("pubDate", &[], &rfc_822(head.published_at));
    place.text("atom:updated", &[], &changed);
    place.text("dcterms:modified", &[], &changed);
}

/// A moment as RSS writes it; the zone is numeric because some readers lose dates with a named one.
fn rfc_822(at: Timestamp) -> String {
    at.utc().format("%a, %d %b %Y %H:%M:%S +0000").to_string()
}

#[cfg(test)]
mod tests;
