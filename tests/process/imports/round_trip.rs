//! What is written down, brought in elsewhere and written down again is the same, byte for byte.

use std::{fs, sync::LazyLock};

use jsonschema::Validator;
use proptest::{
    prelude::{Strategy, any},
    strategy::ValueTree as _,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use serde_json::{Value, json};

use super::office::{BY, Office, PUBLISH, vocabularies};
use crate::support::{Installation, anybody};

const LOCALES: [&str; 10] = ["vi", "en", "fr", "zh-Hans", "ja", "ko", "ru", "es", "lo", "km"];

async fn import(office: &Office, file: &str, publish: bool) -> String {
    let words = [&["import", file, "--by", BY][..], if publish { &PUBLISH } else { &[] }].concat();
    office.run(&words).await.fine()
}

async fn export(office: &Office, to: &str) -> String {
    office.run(&["export", to]).await.fine();
    fs::read_to_string(office.path(to)).unwrap()
}

/// Brings what one office wrote down into an empty one, and writes it down there.
async fn once_more(text: &str) -> (Office, String) {
    let other = Office::new().await;
    other.write("in.jsonl", text);
    import(&other, "in.jsonl", true).await;
    let again = export(&other, "out.jsonl").await;
    other.run(&["audit", "verify"]).await.fine();
    (other, again)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_demonstration_is_the_same_after_a_round_trip() {
    let demo = Installation::new().with("LANTOA_DEMO_PASSWORD", "cửa sông xanh 41 thuyền");
    let mut process = demo.start(&["demo"]);
    process.ready().await;
    process.stop().await.fine();
    let demo = Office { installation: demo };
    let first = export(&demo, "out.jsonl").await;
    let rows: Vec<Value> = first.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let editions = rows.iter().flat_map(|row| row["editions"].as_array().into_iter().flatten());
    let public = editions.filter(|edition| is_public(edition)).count();
    assert!(public > 20 && first.contains("\"stale\":true") && first.contains("\"updated_at\""), "{public}");
    assert!(
        first.contains("\"act\":\"correct\"") && first.contains("\"act\":\"withdraw\""),
        "what was public before, too"
    );

    for line in first.lines() {
        let faults: Vec<String> =
            schema().iter_errors(&serde_json::from_str(line).unwrap()).map(|e| e.to_string()).collect();
        assert!(faults.is_empty(), "{faults:?}: {line}");
    }

    let (other, second) = once_more(&first).await;

    assert!(first == second, "{}", differs(&first, &second));
    assert_eq!(other.number("SELECT count(*) FROM live_item").await, i64::try_from(public).unwrap());
    let mut process = demo.installation.start(&["demo"]);
    process.ready().await;
    let there = seen(&process.url).await;
    process.stop().await.fine();
    let server = other.installation.serve().await;
    let here = seen(&server.url).await;
    let stopped = server.stop().await;
    assert!(!stopped.err.contains("withheld"), "the sweep found everything sound: {}", stopped.err);
    assert_eq!(there.len(), public);
    for (one, two) in there.iter().zip(&here) {
        assert_eq!(one, two, "readers see the same");
    }
    demo.run(&["export", "folder"]).await.fine();
    let parts = ["1-vocabularies.jsonl", "2-articles.jsonl"];
    let whole: String = parts.map(|name| fs::read_to_string(demo.path(&format!("folder/{name}"))).unwrap()).concat();
    assert_eq!(whole, first, "a folder holds the same");
    demo.run(&["export", "vi-en.jsonl", "--published", "--locale", "en"]).await.fine();
    let some = fs::read_to_string(demo.path("vi-en.jsonl")).unwrap();
    let articles = some.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let editions: Vec<Value> =
        articles.flat_map(|one| one["editions"].as_array().cloned().unwrap_or_default()).collect();
    assert!(editions.iter().all(|one| one["published_at"].is_string()), "only what is public");
    assert!(editions.iter().all(|one| one["locale"] == "vi" || one["locale"] == "en"), "only what was asked for");
}

/// Whether an edition is public.
fn is_public(edition: &Value) -> bool {
    let last = edition["history"].as_array().and_then(|acts| acts.last());
    edition["published_at"].is_string() && last.is_none_or(|act| act["act"] != "withdraw" && act["act"] != "retract")
}

/// All items of all languages, without what is each installation's own.
async fn seen(url: &str) -> Vec<Value> {
    let mut all = Vec::new();
    for locale in LOCALES {
        let mut items = anybody(url).all(&format!("/api/v1/content/{locale}/articles")).await;
        for item in &mut items {
            let members = item.as_object_mut().unwrap();
            for own in ["id", "guid", "url", "content_hash", "signature", "alternates", "body_html"] {
                members.remove(own);
            }
        }
        items.sort_by_key(|item| item["slug"].as_str().map(str::to_owned));
        all.extend(items);
    }
    all
}

fn schema() -> &'static Validator {
    static SCHEMA: LazyLock<Validator> = LazyLock::new(|| {
        let text = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/import.schema.json")).unwrap();
        jsonschema::validator_for(&serde_json::from_str(&text).unwrap()).unwrap()
    });
    &SCHEMA
}

#[tokio::test]
async fn the_example_of_the_page_is_of_the_schema_and_can_be_brought_in() {
    let page = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/IMPORT.md")).unwrap();
    let example = page.split("```json\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    for line in example.lines() {
        assert!(schema().is_valid(&serde_json::from_str(line).unwrap()), "{line}");
    }
    let edition = page.split("```json\n").nth(2).and_then(|rest| rest.split("```").next()).unwrap();
    let edition: Value = serde_json::from_str(edition).unwrap();
    let past =
        json!({"key": "joomla-124", "kind": "news", "agency": "bao", "source_locale": "vi", "editions": [edition]});
    assert!(schema().is_valid(&past));
    let past = past.to_string().replace("tau-ve-ben", "tau-ve");
    let office = Office::new().await;
    office.write("old.jsonl", &format!("{example}{past}\n"));
    assert!(import(&office, "old.jsonl", true).await.contains("4 rows (1 draft, 2 public editions)"));
}

/// Texts as people never type them, as far as a line of text may have them.
fn odd() -> impl Strategy<Value = String> {
    let kept = |text: String| {
        let text: String = text.chars().filter(|c| !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}')).collect();
        format!("Tin {}", text.trim_end())
    };
    proptest::collection::vec(any::<char>(), 0..60).prop_map(move |chars| kept(chars.into_iter().collect()))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn odd_texts_are_the_same_after_a_round_trip() {
    let mut chance = TestRunner::new_with_rng(Config::default(), TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let mut text = || odd().new_tree(&mut chance).unwrap().current();
    let mut rows = vec![vocabularies()];
    for number in 0..300 {
        let escaped = text().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let mut row = json!({
            "key": format!("{number} {}", text().chars().take(100).collect::<String>()),
            "kind": "statement", "agency": "bao", "source_locale": "vi", "topics": ["bien"], "place": text(),
            "editions": [{
                "locale": "vi", "title": text(), "summary": format!("{}\n{}", text(), text()),
                "body": format!("<p>{escaped}</p>"), "slug": format!("tin-{number}"), "details": {"claim": text()},
                "addresses": [format!("/cu/{number}?q=%C4%91"), format!("/vi/a/cu-{number}")],
            }],
        });
        let edition = &mut row["editions"][0];
        if number % 3 > 0 {
            edition["published_at"] = json!(format!("20{:02}-02-03T04:05:06.{number:06}Z", number % 20));
            edition["updated_at"] = json!("2021-02-03T04:05:06Z");
        }
        rows.push(row.to_string());
    }
    let first = Office::new().await;
    first.write("in.jsonl", &rows.join("\n"));
    let finished = first.run(&[&["import", "in.jsonl", "--by", BY][..], &PUBLISH].concat()).await;
    let out = export(&first, "out.jsonl").await;
    let kept = out.lines().filter(|line| line.contains("\"record\":\"article\"")).count();
    assert!(kept > 250, "most of what is odd can be carried: {kept}; {}", finished.err);

    let (_, second) = once_more(&out).await;

    assert!(out == second, "{}", differs(&out, &second));
}

/// The first line that differs.
fn differs(one: &str, other: &str) -> String {
    let pair = one.lines().zip(other.lines()).find(|(one, other)| one != other);
    pair.map_or_else(|| "another number of lines".to_owned(), |(one, other)| format!("{one}\n{other}"))
}
