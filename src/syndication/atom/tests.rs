use ::atom_syndication::Feed as Read;
use proptest::prelude::*;

use super::*;
use crate::{
    domain::publication::TakeDown,
    syndication::{
        History,
        samples::{any_text, arabic, feed, gone, hard_items, item, rich},
        xml::is_xml_char,
    },
};

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn every_reader_gets_back_ids_titles_dates_and_bodies_exactly() {
    let items = hard_items();
    let bytes = write(&feed(items.iter().cloned().map(Entry::from).collect()));

    let strict = Read::read_from(&bytes[..]).unwrap();
    let entries = feed_rs::parser::parse(&bytes[..]).unwrap().entries;
    assert_eq!((strict.entries().len(), entries.len()), (items.len(), items.len()));
    for ((item, one), two) in items.iter().zip(strict.entries()).zip(&entries) {
        assert_eq!((one.id(), one.title().as_str()), (item.guid.as_str(), item.title.as_str()));
        assert_eq!(one.summary().unwrap().as_str(), item.summary);
        assert_eq!(one.content().unwrap().value(), Some(item.body_html.as_str()));
        assert_eq!(one.content().unwrap().content_type(), Some("html"));
        assert_eq!(one.published().unwrap().to_utc(), item.published_at.utc());
        assert_eq!(one.updated().to_utc(), item.updated_at.utc());
        assert_eq!(one.authors()[0].name(), item.agency.name);
        assert_eq!((two.id.as_str(), two.links[0].href.as_str()), (item.guid.as_str(), item.url.as_str()));
        assert_eq!(two.content.as_ref().unwrap().body.as_ref(), Some(&item.body_html));
    }
}

#[test]
fn a_feed_says_all_that_the_format_demands_once() {
    let bytes = write(&feed(vec![Entry::from(item(1))]));
    let whole = text(&bytes);
    assert!(
        whole.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\"")
    );
    assert!(whole.contains(" xml:lang=\"vi\">"));
    let head = whole.split("<entry>").next().unwrap();
    for once in [
        "<id>urn:uuid:01234567-89ab-8def-8123-456789abcdef</id>",
        "<title>Tin &amp; sự kiện</title>",
        "<updated>2026-11-22T03:00:00Z</updated>",
        "<name>Sở Ngoại vụ</name>",
        "rel=\"self\" type=\"application/atom+xml\" href=\"https://tinh.example/feeds/vi/all\"",
        "rel=\"alternate\" type=\"text/html\" href=\"https://tinh.example/vi\"",
    ] {
        assert_eq!(head.matches(once).count(), 1, "{once}: {head}");
    }
    let empty = write(&feed(Vec::new()));
    assert!(text(&empty).contains("<updated>1970-01-01T00:00:00Z</updated>"));
    assert_eq!(feed_rs::parser::parse(&empty[..]).unwrap().entries.len(), 0);
}

#[test]
fn a_translation_is_no_alternate_and_comes_after_the_items_own_address() {
    let rich = rich(7);
    let bytes = write(&feed(vec![Entry::from(rich.clone())]));
    let strict = Read::read_from(&bytes[..]).unwrap();
    let links = strict.entries()[0].links();
    let alternates: Vec<_> = links.iter().filter(|link| link.rel() == "alternate").collect();
    assert_eq!((alternates.len(), alternates[0].href(), links[0].rel()), (1, rich.url.as_str(), "alternate"));
    let others: Vec<_> = links[1..].iter().map(|link| (link.rel(), link.hreflang().unwrap(), link.href())).collect();
    let expected: Vec<_> =
        rich.alternates.iter().map(|other| (TRANSLATION, other.locale.as_str(), other.url.as_str())).collect();
    assert_eq!(others, expected);
    let categories: Vec<_> =
        strict.entries()[0].categories().iter().map(|one| (one.scheme().unwrap(), one.term())).collect();
    assert_eq!(categories, [(TOPICS, "sea"), (MEDIA_TOPICS, "04000000")]);
}

#[test]
fn what_is_taken_down_is_a_notice_and_a_tombstone_as_late_as_it() {
    for (kind, status) in [(TakeDown::Withdraw, "withdrawn"), (TakeDown::Retract, "retracted")] {
        let bytes = write(&feed(vec![gone(2, kind), Entry::from(item(1))]));
        let whole = text(&bytes);
        let was = item(2);
        let strict = Read::read_from(&bytes[..]).unwrap();
        let notice = &strict.entries()[0];
        assert_eq!((notice.id(), notice.title().as_str()), (was.guid.as_str(), "Đã gỡ"));
        assert_eq!(notice.published().unwrap().to_utc(), was.published_at.utc());
        assert_eq!(notice.content().unwrap().value(), Some("<p>Số liệu sai: 5 &lt; 3 &amp; \"x\"</p>"));
        let stone = format!("<at:deleted-entry ref=\"{}\" when=\"2026-11-24T02:00:00Z\">", was.guid);
        assert_eq!((whole.matches(&stone).count(), whole.matches("<at:deleted-entry").count()), (1, 1), "{whole}");
        assert_eq!(notice.updated().to_rfc3339(), "2026-11-24T02:00:00+00:00", "not later than the tombstone");
        assert!(
            whole.contains("<at:comment xml:lang=\"vi\">Số liệu sai: 5 &lt; 3 &amp; \"x\"</at:comment>"),
            "{whole}"
        );
        assert!(whole.contains(&format!("<lt:status>{status}</lt:status>")));
        assert!(
            whole.contains("<updated>2026-11-24T02:00:00Z</updated>\n <author>")
                || strict.updated().to_rfc3339() == "2026-11-24T02:00:00+00:00"
        );
    }
}

#[test]
fn an_archive_says_that_it_is_one_and_who_is_next_to_it() {
    let address = |name: &str| Some(format!("https://tinh.example/feeds/vi/all{name}.atom"));
    let history = History {
        current: address(""),
        previous: address("/archive/2026-11-20"),
        next: address("/archive/2026-11-22-1"),
    };
    let archive = Feed { history, hub_url: None, ..feed(vec![Entry::from(item(1))]) };
    let bytes = write(&archive);
    assert!(text(&bytes).contains("<fh:archive/>"));
    let strict = Read::read_from(&bytes[..]).unwrap();
    let links: Vec<_> = strict.links().iter().map(atom_syndication::Link::rel).collect();
    assert_eq!(links, ["self", "alternate", "current", "prev-archive", "next-archive"]);
    let current =
        Feed { history: History { previous: address("/archive/x"), ..History::default() }, ..feed(Vec::new()) };
    let bytes = write(&current);
    assert!(!text(&bytes).contains("fh:archive/") && text(&bytes).contains("prev-archive"));
}

#[test]
fn a_right_to_left_feed_says_so_in_every_text() {
    let bytes = write(&arabic());
    let strict = Read::read_from(&bytes[..]).unwrap();
    assert_eq!(strict.entries()[0].content().unwrap().value(), Some("<div dir=\"rtl\" lang=\"ar\"><p>خطأ</p></div>"));
    assert_eq!(strict.entries()[1].title().as_str(), "\u{200F}ASEAN: مهرجان البحر");
}

proptest! {
    #[test]
    fn any_text_is_well_formed_and_comes_back(title in any_text(), body in any_text()) {
        let live = Item { title: title.clone(), body_html: body.clone(), ..rich(1) };
        let bytes = write(&feed(vec![Entry::from(live)]));
        prop_assert!(text(&bytes).chars().all(is_xml_char));
        let read = Read::read_from(&bytes[..]).unwrap();
        let carried = |text: &str| text.chars().map(|c| if is_xml_char(c) { c } else { '\u{FFFD}' }).collect::<String>();
        let shown = read.entries()[0].content().unwrap().value().unwrap_or_default().to_owned();
        let body = carried(&body);
        prop_assert_eq!(shown.trim(), body.trim());
    }
}
