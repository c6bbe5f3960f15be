//! Readers of others' making: what they find is what was published.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{channel, entries, feeds_of};
use crate::support::{BASE_URL, Desk, Edition, FORMATS, TestApp, chinese, english, text};

/// Titles and bodies that break careless writers.
const HARD: [(&str, &str); 5] = [
    ("R&D &amp; “x” <b>đậm</b>", "<p>R&amp;D &amp;amp; <strong>đậm</strong></p>"),
    ("a]]>b", "<p>]]&gt; ]]]]&gt; &lt;![CDATA[x]]&gt;</p>"),
    ("</title></item><item><title>x", "<p>&lt;/item&gt;&lt;item&gt;</p>"),
    ("Phi hành gia 👩🏽‍🚀🎉", "<p>👩🏽‍🚀 🇻🇳 ok</p>"),
    (
        "Le\u{302}\u{303} ho\u{323}\u{302}i o\u{31b}\u{309} Ba\u{300} Na\u{300}",
        "<p>Le\u{302}\u{303} ho\u{323}\u{302}i</p>",
    ),
];

/// A public item of each kind and of each hard text, some translated, one long, one corrected, one withdrawn.
async fn office() -> (Desk, Vec<Edition>) {
    let desk = Desk::new().await;
    let mut editions = desk.one_of_each_kind().await;
    for (title, body) in HARD {
        desk.app.pass(60);
        let story = desk.story(desk.draft().with("title", title).with("body", body).with("agency", "so")).await;
        editions.push(story);
    }
    let long = "<p>Một đoạn văn dài về biển và đảo của tỉnh.</p>".repeat(4_000);
    editions.push(desk.story(desk.draft().with("body", long).with("topics", json!(["bien"]))).await);
    let body = json!({"title": "R&D ]]> </item>", "summary": "5 < 6 & 7", "body": "<p>]]&gt; &amp; 👩🏽‍🚀</p>"});
    let translation = desk.translation(&editions[0], "en", body).await;
    desk.translation(&editions[0], "zh-Hans", chinese()).await;
    desk.app.pass(60);
    desk.correct(&editions[0], text("Bản đúng", "Mười hai tấn rưỡi."), "Đúng là 12,5 & không phải <13>.").await;
    editions.push(translation);
    let gone = desk.story(desk.draft()).await;
    desk.withdraw(&gone, "5 < 3 & ]]> “sai”").await;
    (desk, editions)
}

/// The list that a feed is a view of, as the API gives it.
fn list_of(feed: &str) -> String {
    let (locale, scope) = feed.strip_prefix("/feeds/").unwrap().split_once('/').unwrap();
    let query = match scope.split_once('/') {
        None => String::new(),
        Some(("topics", code)) => format!("?topic={code}"),
        Some(("kinds", kind)) => format!("?kind={kind}"),
        Some((_, code)) => format!("?agency={code}"),
    };
    format!("/api/v1/content/{locale}/articles{query}")
}

/// What a feed has to say of its live items, by their ids.
fn told(items: &[Value], members: [&str; 5]) -> BTreeSet<String> {
    items.iter().map(|item| members.map(|name| item[name].to_string()).join(" ")).collect()
}

async fn agree(app: &TestApp, feed: &str) -> usize {
    let items = app.stranger().all(&list_of(feed)).await;
    let json_feed = app.get(&format!("{feed}.json")).await.is(200);
    let rss_feed = app.get(&format!("{feed}.rss")).await.is(200);
    let atom_feed = app.get(&format!("{feed}.atom")).await.is(200);
    let ninjs = app.get(&format!("{feed}.ninjs.json")).await.is(200).json();
    let (document, channel) = (json_feed.json(), channel(&rss_feed));

    assert_eq!(document["version"], "https://jsonfeed.org/version/1.1", "{feed}");
    assert!(json_feed.text().starts_with("{\"version\":"), "{feed}");
    assert_eq!(document["feed_url"], format!("{BASE_URL}{feed}.json"));
    let places = document["items"].as_array().unwrap();
    let live: Vec<Value> = places.iter().filter(|one| one["_lantoa"]["status"] == "published").cloned().collect();
    let wanted = ["guid", "url", "title", "published_at", "updated_at"];
    let given = ["id", "url", "title", "date_published", "date_modified"];
    assert_eq!(told(&live, given), told(&items, wanted), "{feed}");
    for item in &items {
        let place = live.iter().find(|place| place["id"] == item["guid"]).unwrap();
        let (shown, body) = (place["content_html"].as_str().unwrap(), item["body_html"].as_str().unwrap());
        let notices = item["corrections"].as_array().unwrap();
        // What was corrected is said before the text, which follows as it is.
        assert!(shown.ends_with(body) && (shown == body) == notices.is_empty(), "{feed}: {shown}");
    }
    assert_eq!(document["_lantoa"]["about"], format!("{BASE_URL}/docs"));

    let ids: Vec<&str> = places.iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{feed}");
    assert_eq!(channel.items().iter().map(|item| item.guid().unwrap().value()).collect::<Vec<_>>(), ids, "{feed}");
    for (item, place) in channel.items().iter().zip(places) {
        assert_eq!((item.title(), item.link()), (place["title"].as_str(), place["url"].as_str()), "{feed}");
        assert_eq!(item.content(), place["content_html"].as_str(), "{feed}");
        assert!(item.description().is_some_and(|text| !text.is_empty()), "{feed}: no description");
        assert!(!item.guid().unwrap().is_permalink());
    }
    let atom = atom_syndication::Feed::read_from(&atom_feed.body[..]).unwrap();
    assert_eq!(atom.entries().iter().map(|entry| entry.id()).collect::<Vec<_>>(), ids, "{feed}");
    for (entry, place) in atom.entries().iter().zip(places) {
        assert_eq!(Some(entry.title().as_str()), place["title"].as_str(), "{feed}");
        assert_eq!(entry.content().unwrap().value(), place["content_html"].as_str(), "{feed}");
        let updated: lantoa::kernel::Timestamp = place["date_modified"].as_str().unwrap().parse().unwrap();
        assert_eq!(entry.updated().to_utc(), updated.utc(), "{feed}");
    }
    let news = ninjs["associations"].as_array().map(Vec::as_slice).unwrap_or_default();
    assert_eq!(news.iter().map(|one| one["uri"].as_str().unwrap()).collect::<Vec<_>>(), ids, "{feed}");
    for (one, place) in news.iter().zip(places) {
        assert_eq!((&one["title"], &one["versionCreated"]), (&place["title"], &place["date_modified"]), "{feed}");
        let is_public = place["_lantoa"]["status"] == "published";
        assert_eq!((one["pubStatus"] == "usable", one.get("bodies").is_some()), (is_public, is_public), "{feed}");
    }
    for answer in [&json_feed, &rss_feed, &atom_feed] {
        let read = feed_rs::parser::parse(&answer.body[..]).unwrap_or_else(|error| panic!("{feed}: {error}"));
        assert_eq!(read.entries.iter().map(|entry| entry.id.as_str()).collect::<Vec<_>>(), ids, "{feed}");
        for (entry, place) in read.entries.iter().zip(places) {
            let published = entry.published.expect("a date").timestamp();
            let said: lantoa::kernel::Timestamp = place["date_published"].as_str().unwrap().parse().unwrap();
            assert_eq!((published, entry.links[0].href.as_str()), (said.seconds(), place["url"].as_str().unwrap()));
        }
    }
    places.len()
}

#[actix_web::test]
async fn independent_readers_find_in_every_feed_what_the_lists_say() {
    let (desk, editions) = office().await;

    let mut carried = 0;
    for locale in ["vi", "en", "zh-Hans", "lo"] {
        for feed in feeds_of(locale) {
            carried += agree(&desk.app, &feed).await;
        }
    }

    // 7 kinds, 5 hard texts, a long one and a tombstone, each in the feeds of all, its kind, its agency, its topics.
    assert_eq!(entries(&desk.app, "/feeds/vi/all").await.len(), 14);
    assert!(carried > 14 * 4, "{carried}");
    assert_eq!(editions.len(), 14);
}

#[actix_web::test]
async fn what_is_hard_to_write_is_read_as_it_was_written() {
    let desk = Desk::new().await;
    for (title, body) in HARD {
        desk.app.pass(60);
        desk.story(desk.draft().with("title", title).with("body", body)).await;
    }
    let refused = desk.draft().with("title", "dọc\u{b}ngang").send().await;

    let titles: Vec<_> =
        entries(&desk.app, "/feeds/vi/all").await.iter().map(|one| one["title"].as_str().unwrap().to_owned()).collect();
    let expected: Vec<&str> = HARD.iter().rev().map(|(title, _)| *title).collect();
    assert_eq!(titles[1..], expected[1..]);
    assert_eq!(titles[0], "Lễ hội ở Bà Nà", "NFC");
    assert_eq!(refused.status, 422);
    for item in channel(&desk.app.get("/feeds/vi/all.rss").await).items() {
        assert!(item.content().unwrap().starts_with("<p>") && item.content().unwrap().ends_with("</p>"));
    }
}

#[actix_web::test]
async fn no_feed_leads_to_another_language_or_speaks_it() {
    let (desk, _) = office().await;
    let source_words = ["Loại", "tấn", "Mười", "Một đoạn"];

    for (locale, count) in [("en", 1), ("zh-Hans", 1), ("fr", 0)] {
        let items = entries(&desk.app, &format!("/feeds/{locale}/all")).await;
        assert_eq!(items.len(), count, "{locale}");
        for feed in feeds_of(locale) {
            for format in FORMATS {
                let answer = desk.app.get(&format!("{feed}.{format}")).await.is(200);
                for word in source_words {
                    assert!(!answer.text().contains(word), "{feed}.{format} says {word}");
                }
            }
            for item in entries(&desk.app, &feed).await {
                assert!(item["url"].as_str().unwrap().starts_with(&format!("{BASE_URL}/{locale}/")), "{item}");
                assert_eq!(item["language"], locale);
            }
        }
    }
}

#[actix_web::test]
async fn a_translation_changes_what_its_siblings_say_everywhere_at_once() {
    let desk = Desk::new().await;
    let source = desk.story(desk.draft()).await;
    let french = desk.translation(&source, "fr", text("Premier thon", "Douze tonnes et demie.")).await;
    let mut outputs = Vec::new();
    for edition in [&source, &french] {
        let item = edition.public().await.json();
        let (locale, slug) = (&edition.locale, item["slug"].as_str().unwrap());
        outputs.push(format!("/api/v1/content/{locale}/articles/{slug}"));
        outputs.push(format!("/api/v1/content/{locale}/articles/id/{}", edition.article));
        outputs.push(format!("/{locale}/a/{slug}"));
        outputs.push(format!("/api/v1/content/{locale}/articles"));
        for scope in ["all", "topics/kinh-te", "kinds/news", "agencies/bao"] {
            outputs.push(format!("/feeds/{locale}/{scope}.json"));
            outputs.push(format!("/feeds/{locale}/{scope}.rss"));
            outputs.push(format!("/feeds/{locale}/{scope}.atom"));
            outputs.push(format!("/feeds/{locale}/{scope}.ninjs.json"));
        }
    }
    outputs.push(format!("/api/v1/content/articles/{}", source.article));
    outputs.push("/sitemaps/2026-11-1.xml".to_owned());
    let mut before = Vec::new();
    for output in &outputs {
        before.push(desk.app.get(output).await.is(200).etag());
    }

    let english = desk.translation(&source, "en", english()).await;

    let url = english.public().await.json()["url"].as_str().unwrap().to_owned();
    for (output, etag) in outputs.iter().zip(&before) {
        let answer = desk.app.stranger().get_with(output, &[("if-none-match", etag)]).await.is(200);
        assert!(answer.text().contains(&url), "{output}: {}", answer.text());
    }
    desk.withdraw(&english, "").await;
    for (output, etag) in outputs.iter().zip(&before) {
        desk.app.stranger().get_with(output, &[("if-none-match", etag)]).await.is(304);
    }
}
