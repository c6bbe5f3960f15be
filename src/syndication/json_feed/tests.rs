use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::{
    domain::publication::TakeDown,
    syndication::samples::{any_text, arabic, feed, gone, hard_items, item, rich},
};

fn read(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).unwrap()
}

fn one(entry: Entry) -> Value {
    read(&write(&feed(vec![entry])))["items"][0].clone()
}

#[test]
fn every_reader_gets_back_ids_titles_dates_and_bodies_exactly() {
    let items = hard_items();
    let bytes = write(&feed(items.iter().cloned().map(Entry::from).collect()));

    let places = read(&bytes)["items"].as_array().unwrap().clone();
    let entries = feed_rs::parser::parse(&bytes[..]).unwrap().entries;
    assert_eq!((places.len(), entries.len()), (items.len(), items.len()));
    for ((item, one), two) in items.iter().zip(&places).zip(&entries) {
        assert_eq!(one["id"], item.guid);
        assert_eq!(one["url"], item.url);
        assert_eq!(one["title"], item.title);
        assert_eq!(one["content_html"], item.body_html);
        assert_eq!(one["summary"], item.summary);
        assert_eq!(one["date_published"], item.published_at.to_string());
        assert_eq!(one["date_modified"], item.updated_at.to_string());
        assert_eq!(one["authors"], json!([{"name": item.agency.name}]));
        assert_eq!(one["tags"], json!(["Biển, đảo"]));
        assert_eq!(one["language"], "vi");
        assert_eq!(two.id, item.guid);
        assert_eq!(two.title.as_ref().unwrap().content, item.title);
        assert_eq!(two.content.as_ref().unwrap().body.as_ref(), Some(&item.body_html));
        assert_eq!(two.published.unwrap(), item.published_at.utc());
        assert_eq!(two.updated.unwrap(), item.updated_at.utc());
        assert_eq!(two.authors[0].name.as_ref(), Some(&item.agency.name));
    }
}

#[test]
fn the_version_is_the_first_member_at_byte_0() {
    let bytes = write(&feed(vec![Entry::from(item(1))]));
    let start = "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"Tin & sự kiện\",";
    assert!(bytes.starts_with(start.as_bytes()));

    let document = read(&bytes);
    assert_eq!(document["home_page_url"], "https://tinh.example/vi");
    assert_eq!(document["feed_url"], "https://tinh.example/feeds/vi/all");
    assert_eq!(document["description"], "Mọi tin của tỉnh");
    assert_eq!(document["language"], "vi");
    assert_eq!(document["authors"], json!([{"name": "Sở Ngoại vụ"}]));
}

#[test]
fn our_extension_tells_all_that_the_format_cannot() {
    let rich = rich(7);
    let ours = one(Entry::from(rich.clone()))["_lantoa"].clone();

    assert_eq!(
        ours,
        json!({
            "status": "published",
            "version": 3,
            "kind": "event",
            "topics": [{
                "code": "sea",
                "name": "Biển, đảo",
                "media_topic": "http://cv.iptc.org/newscodes/mediatopic/04000000"
            }],
            "agency": {"code": "bao", "name": "Báo tỉnh"},
            "translations": rich.alternates.iter()
                .map(|a| json!({"locale": a.locale.as_str(), "url": a.url, "guid": a.guid})).collect::<Vec<_>>(),
            "corrections": [
                {"number": 1, "at": "2026-11-22T22:00:00Z", "note": "Ngày đúng là 1/12 & không phải <2/12>."},
                {"number": 2, "at": "2026-11-23T08:00:00Z", "note": "Tên đúng: Đặng."},
            ],
            "source": {"locale": "en", "version": 2},
            "stale": true,
            "place": "Hòn Đất",
            "details": {"starts_at": "2026-12-01T00:00:00Z", "venue": "Quảng trường"},
            "content_hash": rich.content_hash.to_string(),
            "signature": rich.signature,
        })
    );
}

#[test]
fn no_member_of_the_extension_has_a_name_that_the_format_forbids() {
    fn walk(value: &Value) {
        match value {
            Value::Object(members) => members.iter().for_each(|(name, value)| {
                assert!(!name.starts_with('_') && !name.contains('.'), "{name}");
                walk(value);
            }),
            Value::Array(values) => values.iter().for_each(walk),
            _ => {}
        }
    }
    walk(&one(Entry::from(rich(7)))["_lantoa"]);
    walk(&one(gone(2, TakeDown::Retract))["_lantoa"]);
}

#[test]
fn what_an_item_does_not_have_is_left_out() {
    let bare = one(Entry::from(Item { summary: String::new(), topics: Vec::new(), ..item(1) }));
    for absent in ["summary", "tags"] {
        assert_eq!(bare.get(absent), None, "{absent}");
    }
    for absent in ["source", "place", "details", "note"] {
        assert_eq!(bare["_lantoa"].get(absent), None, "{absent}");
    }
    assert_eq!(bare["_lantoa"]["corrections"], json!([]));
}

#[test]
fn what_is_taken_down_keeps_its_id_and_date_and_loses_its_text() {
    for (kind, status) in [(TakeDown::Withdraw, "withdrawn"), (TakeDown::Retract, "retracted")] {
        let was = item(2);
        let note = "Số liệu sai: 5 < 3 & \"x\"";
        assert_eq!(
            one(gone(2, kind)),
            json!({
                "id": was.guid,
                "url": was.url,
                "title": "Đã gỡ",
                "content_html": "<p>Số liệu sai: 5 &lt; 3 &amp; \"x\"</p>",
                "summary": note,
                "date_published": "2026-11-22T04:00:00Z",
                "date_modified": "2026-11-24T02:00:00Z",
                "language": "vi",
                "_lantoa": {"status": status, "version": 2, "note": note},
            })
        );
    }
}

#[test]
fn a_right_to_left_feed_says_so_in_every_text() {
    let document = read(&write(&arabic()));
    assert_eq!(document["language"], "ar");
    assert_eq!(document["items"][0]["content_html"], "<div dir=\"rtl\" lang=\"ar\"><p>خطأ</p></div>");
    assert_eq!(document["items"][1]["content_html"], "<div dir=\"rtl\" lang=\"ar\"><p>نص عربي</p></div>");
    assert_eq!(document["items"][1]["title"], "\u{200F}ASEAN: مهرجان البحر");
}

#[test]
fn a_feed_without_entries_is_a_feed() {
    let bytes = write(&feed(Vec::new()));
    assert_eq!(read(&bytes)["items"], json!([]));
    assert_eq!(feed_rs::parser::parse(&bytes[..]).unwrap().entries.len(), 0);
}

#[test]
fn the_same_feed_is_the_same_bytes() {
    let make = || write(&feed(hard_items().into_iter().map(Entry::from).chain([gone(9, TakeDown::Retract)]).collect()));
    assert_eq!(make(), make());
}

proptest! {
    #[test]
    fn any_text_comes_back_as_it_was(title in any_text(), summary in any_text(), body in any_text()) {
        let live = Item { title: title.clone(), summary: summary.clone(), body_html: body.clone(), ..rich(1) };

        let bytes = write(&feed(vec![Entry::from(live)]));

        prop_assert!(!bytes.iter().any(|b| *b < 0x20), "control characters are escaped");
        let place = read(&bytes)["items"][0].clone();
        prop_assert_eq!(&place["title"], &title);
        prop_assert_eq!(&place["content_html"], &body);
        prop_assert_eq!(place.get("summary").and_then(Value::as_str).unwrap_or(""), summary);
    }
}
