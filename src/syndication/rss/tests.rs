use ::rss::Channel;
use chrono::DateTime;
use proptest::prelude::*;
use quick_xml::{Reader, XmlVersion, events::Event};

use super::*;
use crate::{
    domain::publication::TakeDown,
    syndication::{
        samples::{BODY, any_text, arabic, feed, gone, hard_items, hour, item, rich},
        xml::is_xml_char,
    },
};

/// An element as a strict parser reads it back: its path, its attributes, its own text to the last character.
#[derive(Debug)]
struct Element {
    path: String,
    attributes: Vec<(String, String)>,
    text: String,
}

impl Element {
    fn attribute(&self, name: &str) -> &str {
        &self.attributes.iter().find(|(key, _)| key == name).unwrap_or_else(|| panic!("{name} of {self:?}")).1
    }
}

/// Every element in the order of its start; panics where the bytes are not well-formed.
fn elements(bytes: &[u8]) -> Vec<Element> {
    let xml = std::str::from_utf8(bytes).unwrap();
    assert!(
        xml.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"),
        "{:?}",
        xml.chars().take(40).collect::<String>()
    );
    assert!(xml.chars().all(is_xml_char));
    let mut reader = Reader::from_str(xml);
    let (mut found, mut open) = (Vec::<Element>::new(), Vec::<usize>::new());
    loop {
        let event = reader.read_event().unwrap();
        match event {
            Event::Start(ref start) | Event::Empty(ref start) => {
                let parent = open.last().map_or(String::new(), |&at| format!("{}/", found[at].path));
                let attributes = start.attributes().map(Result::unwrap).map(|a| {
                    (a.key.as_ref().to_owned(), a.normalized_value(XmlVersion::Implicit1_0).unwrap().into_owned())
                });
                let path = format!("{parent}{}", start.name().as_ref());
                found.push(Element { path, attributes: attributes.collect(), text: String::new() });
                if matches!(event, Event::Start(_)) {
                    open.push(found.len() - 1);
                }
            }
            Event::End(_) => {
                open.pop().unwrap();
            }
            Event::Text(text) => {
                if let Some(&at) = open.last() {
                    found[at].text.push_str(&text.xml10_content());
                }
            }
            Event::CData(text) => found[*open.last().unwrap()].text.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let char = reference.resolve_char_ref().unwrap().unwrap_or_else(|| match &*reference {
                    "lt" => '<',
                    "gt" => '>',
                    "amp" => '&',
                    "quot" => '"',
                    "apos" => '\'',
                    other => panic!("&{other}; means nothing in XML"),
                });
                found[*open.last().unwrap()].text.push(char);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty());
    found
}

/// The texts of all elements at a path.
fn texts<'a>(elements: &'a [Element], path: &str) -> Vec<&'a str> {
    elements.iter().filter(|e| e.path == path).map(|e| e.text.as_str()).collect()
}

fn in_item<'a>(elements: &'a [Element], name: &str) -> Vec<&'a Element> {
    elements.iter().filter(|e| e.path == format!("rss/channel/item/{name}")).collect()
}

#[test]
fn every_reader_gets_back_ids_titles_dates_and_bodies_exactly() {
    let items = hard_items();
    let bytes = write(&feed(items.iter().cloned().map(Entry::from).collect()));

    let read = elements(&bytes);
    assert_eq!(in_item(&read, "guid").len(), items.len());
    assert_eq!(texts(&read, "rss/channel/item").len(), items.len());
    for (path, of) in [
        ("title", (|i: &Item| i.title.clone()) as fn(&Item) -> String),
        ("link", |i| i.url.clone()),
        ("guid", |i| i.guid.clone()),
        ("content:encoded", |i| i.body_html.clone()),
        ("atom:updated", |i| i.updated_at.to_string()),
        ("dcterms:modified", |i| i.updated_at.to_string()),
        ("dc:creator", |i| i.agency.name.clone()),
        ("dc:language", |i| i.locale.to_string()),
        ("lt:hash", |i| i.content_hash.to_string()),
        ("lt:signature", |i| i.signature.clone()),
        ("lt:version", |i| i.version.to_string()),
    ] {
        let want: Vec<String> = items.iter().map(of).collect();
        assert_eq!(texts(&read, &format!("rss/channel/item/{path}")), want, "{path}");
    }

    let channel = Channel::read_from(&bytes[..]).unwrap();
    let entries = feed_rs::parser::parse(&bytes[..]).unwrap().entries;
    assert_eq!((channel.items.len(), entries.len()), (items.len(), items.len()));
    for ((item, one), two) in items.iter().zip(&channel.items).zip(&entries) {
        assert_eq!(one.guid().unwrap().value(), item.guid);
        assert!(!one.guid().unwrap().is_permalink());
        assert_eq!((one.title(), one.link()), (Some(&*item.title), Some(&*item.url)));
        assert_eq!(one.content(), Some(&*item.body_html));
        assert_eq!(two.id, item.guid);
        assert_eq!(two.links.iter().map(|l| &*l.href).collect::<Vec<_>>(), [&item.url]);
        assert_eq!(two.content.as_ref().unwrap().body.as_ref(), Some(&item.body_html));
        assert_eq!(two.published.unwrap(), item.published_at.utc());
        assert_eq!(two.updated.unwrap(), item.updated_at.utc());
    }
}

#[test]
fn the_channel_says_what_it_is_and_where() {
    let feed = feed(vec![gone(2, TakeDown::Withdraw), Entry::from(item(1))]);
    let bytes = write(&feed);

    let channel = Channel::read_from(&bytes[..]).unwrap();
    assert_eq!((channel.title(), channel.link()), ("Tin & sự kiện", "https://tinh.example/vi"));
    assert_eq!((channel.description(), channel.language()), ("Mọi tin của tỉnh", Some("vi")));
    assert_eq!((channel.copyright(), channel.generator()), (Some("Sở Ngoại vụ"), Some("Lan Tỏa")));
    assert_eq!(channel.last_build_date(), Some("Tue, 24 Nov 2026 02:00:00 +0000"));
    assert_eq!(channel.ttl(), Some("1"));
    let read = elements(&bytes);
    let links: Vec<_> = read.iter().filter(|e| e.path.ends_with("atom:link")).collect();
    assert_eq!(links.len(), 2, "one self and one hub, and in items none");
    assert_eq!(links[0].path, "rss/channel/atom:link");
    assert_eq!(links[0].attribute("rel"), "self");
    assert_eq!(links[0].attribute("type"), "application/rss+xml");
    assert_eq!(links[0].attribute("href"), feed.self_url);
    assert_eq!((links[1].attribute("rel"), Some(links[1].attribute("href"))), ("hub", feed.hub_url.as_deref()));
}

#[test]
fn weekdays_are_those_of_the_calendar() {
    for day in 0..7 {
        let at = hour(24 * day);
        // This parser refuses a weekday that is not the date's.
        assert_eq!(DateTime::parse_from_rfc2822(&rfc_822(at)).unwrap().to_utc(), at.utc());
    }
    assert_eq!(rfc_822(hour(5)), "Sun, 22 Nov 2026 07:00:00 +0000");
}

#[test]
fn a_corrected_item_keeps_its_date_and_tells_its_corrections() {
    let rich = rich(7);
    let bytes = write(&feed(vec![Entry::from(rich.clone())]));

    let read = elements(&bytes);
    assert_eq!(texts(&read, "rss/channel/item/pubDate"), ["Sun, 22 Nov 2026 09:00:00 +0000"]);
    assert_eq!(texts(&read, "rss/channel/item/atom:updated"), ["2026-11-23T15:00:00.250Z"]);
    let corrections = in_item(&read, "lt:correction");
    assert_eq!(corrections.len(), 2);
    for (read, want) in corrections.iter().zip(&rich.corrections) {
        assert_eq!(read.attribute("number"), want.number.to_string());
        assert_eq!(read.attribute("at"), want.at.to_string());
        assert_eq!(read.text, want.note);
    }
    assert_eq!(texts(&read, "rss/channel/item/content:encoded"), [BODY], "the body is what was approved, no more");
}

#[test]
fn translations_are_told_in_our_namespace_only() {
    let rich = rich(7);
    let read = elements(&write(&feed(vec![Entry::from(rich.clone())])));

    let translations = in_item(&read, "lt:translation");
    assert_eq!(translations.len(), 2);
    for (read, want) in translations.iter().zip(&rich.alternates) {
        assert_eq!(read.attribute("hreflang"), want.locale.as_str());
        assert_eq!(read.attribute("href"), want.url);
        assert_eq!(read.attribute("guid"), want.guid);
    }
    assert_eq!(in_item(&read, "link").len(), 1);
    assert_eq!(read[0].attribute("xmlns:lt"), NAMESPACE);
}

#[test]
fn a_summary_is_shown_as_typed_and_stands_before_the_body() {
    let read = elements(&write(&feed(vec![Entry::from(rich(7))])));
    assert_eq!(texts(&read, "rss/channel/item/description"), ["Giá &lt; 5 &amp; &gt; 3 &lt;b&gt;"]);
    let place = |name: &str| read.iter().position(|e| e.path == format!("rss/channel/item/{name}")).unwrap();
    assert!(place("description") < place("content:encoded"));

    let none = Item { summary: "\u{200B}".to_owned(), ..item(1) };
    let read = elements(&write(&feed(vec![Entry::from(none)])));
    assert_eq!(texts(&read, "rss/channel/item/description"), ["Festival biển &amp; đảo — chương trình"]);
}

#[test]
fn topics_are_categories_of_our_taxonomy() {
    let read = elements(&write(&feed(vec![Entry::from(item(1))])));
    let categories = in_item(&read, "category");
    assert_eq!(categories.len(), 1);
    assert_eq!((categories[0].attribute("domain"), &*categories[0].text), ("urn:lantoa:topic", "Biển, đảo"));
}

#[test]
fn what_is_taken_down_keeps_its_id_and_date_and_loses_its_text() {
    for (kind, status) in [(TakeDown::Withdraw, "withdrawn"), (TakeDown::Retract, "retracted")] {
        let was = item(2);
        let bytes = write(&feed(vec![gone(2, kind)]));

        let channel = Channel::read_from(&bytes[..]).unwrap();
        let [place] = channel.items() else { panic!("one place") };
        assert_eq!(place.guid().unwrap().value(), was.guid);
        assert_eq!((place.title(), place.link()), (Some("Đã gỡ"), Some(&*was.url)));
        assert_eq!(place.pub_date(), Some("Sun, 22 Nov 2026 04:00:00 +0000"));
        assert_eq!(place.description(), Some("Số liệu sai: 5 &lt; 3 &amp; \"x\""));
        assert_eq!(place.content(), Some("<p>Số liệu sai: 5 &lt; 3 &amp; \"x\"</p>"));
        let read = elements(&bytes);
        assert_eq!(texts(&read, "rss/channel/item/atom:updated"), ["2026-11-24T02:00:00Z"]);
        assert_eq!(texts(&read, "rss/channel/item/lt:status"), [status]);
        let xml = String::from_utf8(bytes).unwrap();
        assert!(!xml.contains(BODY) && !xml.contains(&was.title) && !xml.contains(&was.summary));
    }
}

#[test]
fn a_right_to_left_feed_says_so_in_every_text() {
    let read = elements(&write(&arabic()));
    assert_eq!(texts(&read, "rss/channel/item/title"), ["سُحب", "\u{200F}ASEAN: مهرجان البحر"]);
    assert_eq!(
        texts(&read, "rss/channel/item/content:encoded"),
        ["<div dir=\"rtl\" lang=\"ar\"><p>خطأ</p></div>", "<div dir=\"rtl\" lang=\"ar\"><p>نص عربي</p></div>"]
    );
    assert_eq!(texts(&read, "rss/channel/language"), ["ar"]);
}

#[test]
fn what_xml_cannot_carry_never_comes_out() {
    let bad = Item {
        title: "a\u{B}b".to_owned(),
        body_html: "<p>\u{0}\u{FFFF}</p>".to_owned(),
        url: "https://tinh.example/\u{1}".to_owned(),
        ..item(1)
    };
    let bytes = write(&feed(vec![Entry::from(bad)]));

    assert!(!bytes.contains(&0x0B));
    let read = elements(&bytes);
    assert_eq!(texts(&read, "rss/channel/item/title"), ["a\u{FFFD}b"]);
    assert!(Channel::read_from(&bytes[..]).is_ok());
}

#[test]
fn a_feed_without_entries_is_a_feed() {
    let bytes = write(&feed(Vec::new()));
    let channel = Channel::read_from(&bytes[..]).unwrap();
    assert!(channel.items().is_empty());
    assert_eq!(channel.last_build_date(), None);
    assert_eq!(feed_rs::parser::parse(&bytes[..]).unwrap().entries.len(), 0);
}

#[test]
fn the_same_feed_is_the_same_bytes() {
    let make = || write(&feed(hard_items().into_iter().map(Entry::from).chain([gone(9, TakeDown::Retract)]).collect()));
    assert_eq!(make(), make());
}

proptest! {
    #[test]
    fn no_text_breaks_the_document(title in any_text(), summary in any_text(), body in any_text(), note in any_text()) {
        let mut live = rich(1);
        live.alternates[0].url.clone_from(&note);
        live.corrections[0].note.clone_from(&note);
        let live = Item { title: title.clone(), summary, body_html: body.clone(), ..live };
        let Entry::Gone { mut tombstone, .. } = gone(2, TakeDown::Withdraw) else { unreachable!("made gone") };
        tombstone.note.clone_from(&note);
        let entries = vec![Entry::from(live), Entry::Gone { tombstone, title: title.clone() }];

        let bytes = write(&feed(entries));

        let carried = |text: &str| text.chars().map(|c| if is_xml_char(c) { c } else { '\u{FFFD}' }).collect::<String>();
        let read = elements(&bytes);
        prop_assert_eq!(texts(&read, "rss/channel/item").len(), 2);
        prop_assert_eq!(texts(&read, "rss/channel/item/title"), [carried(&title), carried(&title)]);
        prop_assert_eq!(texts(&read, "rss/channel/item/content:encoded")[0], carried(&body));
        prop_assert_eq!(texts(&read, "rss/channel/item/lt:correction")[0], carried(&note));
        prop_assert_eq!(in_item(&read, "lt:translation")[0].attribute("href"), carried(&note));
        let channel = Channel::read_from(&bytes[..]).unwrap();
        prop_assert_eq!(channel.items().len(), 2);
    }
}
