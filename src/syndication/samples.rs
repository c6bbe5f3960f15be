//! Items and feeds that the writers' tests are about.

use std::time::Duration;

use proptest::{collection, prelude::*, sample};
use serde_json::json;
use uuid::Uuid;

use super::{Entry, Feed, History, newest_change};
use crate::{
    domain::{
        article::Kind,
        item::{Alternate, Correction, Item, Named, Source, Tombstone, Topic, media_topic_uri},
        publication::TakeDown,
    },
    kernel::{ArticleId, Digest, LocaleTag, Timestamp},
};

/// The body of an item is this, unless a test says otherwise.
pub(super) const BODY: &str = "<p>Festival <strong>biển</strong> &amp; đảo — <a href=\"https://tinh.example/x?a=1&amp;b=2\" rel=\"noopener\">chương trình</a></p>";

fn tag(raw: &str) -> LocaleTag {
    raw.parse().unwrap()
}

/// 22 November 2026, a Sunday, 02:00 UTC, and so many hours later.
pub(super) fn hour(hours: u8) -> Timestamp {
    let first: Timestamp = "2026-11-22T02:00:00Z".parse().unwrap();
    first.plus(Duration::from_secs(3600 * u64::from(hours)))
}

/// A plain item in Vietnamese, published at that hour.
pub(super) fn item(number: u8) -> Item {
    let id = ArticleId(Uuid::from_bytes([number; 16]));
    Item {
        id,
        guid: format!("tag:tinh.example,2026:{id}:vi"),
        locale: tag("vi"),
        slug: format!("bai-{number}").parse().unwrap(),
        url: format!("https://tinh.example/vi/bai-{number}"),
        kind: Kind::News,
        title: format!("Bài số {number}"),
        summary: "Tóm tắt".to_owned(),
        body_html: BODY.to_owned(),
        topics: vec![Topic { code: "sea".to_owned(), name: "Biển, đảo".to_owned(), media_topic: None }],
        agency: Named { code: "bao".to_owned(), name: "Báo tỉnh".to_owned() },
        place: None,
        details: None,
        published_at: hour(number),
        updated_at: hour(number),
        version: 1,
        sequence: 1,
        corrections: Vec::new(),
        alternates: Vec::new(),
        source: None,
        stale: false,
        content_hash: Digest::of([number]),
        signature: "eyJhbGciOiJFZERTQSJ9..c2ln".to_owned(),
    }
}

/// An item with everything that an item can have.
pub(super) fn rich(number: u8) -> Item {
    let plain = item(number);
    let other = |locale: &str| Alternate {
        locale: tag(locale),
        slug: plain.slug.clone(),
        url: format!("https://tinh.example/{locale}/bai?n={number}&x=1"),
        guid: plain.guid.replace(":vi", &format!(":{locale}")),
    };
    let correction = |number: u32, hours: u8, note: &str| Correction { number, at: hour(hours), note: note.to_owned() };
    Item {
        kind: Kind::Event,
        summary: "Giá < 5 & > 3 <b>".to_owned(),
        place: Some("Hòn Đất".to_owned()),
        details: Some(json!({"starts_at": "2026-12-01T00:00:00Z", "venue": "Quảng trường"})),
        updated_at: hour(number + 30).plus(Duration::from_millis(250)),
        version: 3,
        sequence: 3,
        topics: vec![Topic { media_topic: Some(media_topic_uri("04000000")), ..plain.topics[0].clone() }],
        corrections: vec![
            correction(1, 20, "Ngày đúng là 1/12 & không phải <2/12>."),
            correction(2, 30, "Tên đúng: Đặng."),
        ],
        alternates: vec![other("en"), other("zh-Hans")],
        source: Some(Source { locale: tag("en"), version: Some(2) }),
        stale: true,
        ..plain
    }
}

/// A place whose item was taken down two days after hour 0.
pub(super) fn gone(number: u8, kind: TakeDown) -> Entry {
    let was = item(number);
    let tombstone = Tombstone {
        id: was.id,
        guid: was.guid,
        locale: was.locale,
        slug: was.slug,
        url: was.url,
        kind,
        note: "Số liệu sai: 5 < 3 & \"x\"".to_owned(),
        at: hour(48),
        published_at: was.published_at,
        version: 2,
        sequence: 3,
    };
    Entry::Gone { tombstone, title: "Đã gỡ".to_owned() }
}

/// A feed of some entries.
pub(super) fn feed(entries: Vec<Entry>) -> Feed {
    Feed {
        id: "urn:uuid:01234567-89ab-8def-8123-456789abcdef".to_owned(),
        history: History::default(),
        title: "Tin & sự kiện".to_owned(),
        description: "Mọi tin của tỉnh".to_owned(),
        locale: tag("vi"),
        rtl: false,
        home_url: "https://tinh.example/vi".to_owned(),
        self_url: "https://tinh.example/feeds/vi/all".to_owned(),
        hub_url: Some("https://tinh.example/hub".to_owned()),
        about_url: "https://tinh.example/docs".to_owned(),
        publisher: "Sở Ngoại vụ".to_owned(),
        updated_at: newest_change(&entries),
        entries,
    }
}

/// Items that break careless writers, beside a plain one, each with another guid.
pub(super) fn hard_items() -> Vec<Item> {
    let with = |number: u8, title: &str, body: &str| Item {
        title: title.to_owned(),
        body_html: body.to_owned(),
        ..item(number)
    };
    vec![
        item(1),
        with(2, "Dài", &"<p>Một đoạn văn dài về biển.</p>".repeat(4000)),
        with(3, "👩🏽‍🚀 e\u{301} ខ្មែរ\u{200B}ល", "<p>🎉🎉 &#128512;</p>"),
        with(4, "a]]>b", "<p>]]&gt; ]]> ]]]]>> <![CDATA[x]]></p>"),
        with(5, "R&D &amp; &lt;b&gt; \"'", "<p>&amp;amp; &nbsp; R&D</p>"),
        with(6, "</title></item><item><title>x", "</item><item><guid>tag:evil</guid></item>"),
        rich(7),
        with(8, "Cỡ <b>đậm</b>", "<p>dòng\r\nhai\rba</p>"),
    ]
}

/// A feed in Arabic with one title that begins with Latin letters.
pub(super) fn arabic() -> Feed {
    let arabic = Item {
        locale: tag("ar"),
        title: "ASEAN: مهرجان البحر".to_owned(),
        body_html: "<p>نص عربي</p>".to_owned(),
        ..item(1)
    };
    let Entry::Gone { mut tombstone, .. } = gone(2, TakeDown::Retract) else { unreachable!("made gone") };
    tombstone.locale = tag("ar");
    tombstone.note = "خطأ".to_owned();
    let gone = Entry::Gone { tombstone, title: "سُحب".to_owned() };
    Feed { locale: tag("ar"), rtl: true, title: "أخبار".to_owned(), ..feed(vec![gone, Entry::from(arabic)]) }
}

/// Texts made of any characters at all and of what XML, HTML and JSON are touchy about.
pub(super) fn any_text() -> impl Strategy<Value = String> {
    const TOUCHY: [&str; 11] =
        ["]]>", "<![CDATA[", "</item>", "&amp;", "&#0;", "\r\n", "\u{B}", "\u{FFFE}", "\u{202E}", "--", "\\\""];
    let piece = prop_oneof![any::<char>().prop_map(String::from), sample::select(&TOUCHY[..]).prop_map(str::to_owned)];
    collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}
