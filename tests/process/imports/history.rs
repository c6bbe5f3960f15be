//! Histories, as an operator brings them in: killed on the way, and beyond what the configuration lets pass.

use std::fs;

use serde_json::{Value, json};

use super::office::{BY, Office, PUBLISH, vocabularies};
use crate::support::Installation;

/// A row with everything that a history can have, in two languages.
fn eventful(number: u32) -> String {
    let at = |day: u32| format!("2014-05-{day:02}T00:00:00Z");
    let body = |words: &str| json!({"body": format!("<p>{words}</p>")});
    let row = json!({
        "key": format!("{number}"), "kind": "news", "agency": "bao", "source_locale": "vi", "topics": ["bien"],
        "editions": [
            {
                "locale": "vi", "title": format!("Tin {number}"), "body": "<p>Năm tàu.</p>",
                "slug": format!("tin-{number}"),
                "history": [
                    {"act": "publish", "at": at(1), "text": body("Bốn tàu.")},
                    {"act": "correct", "at": at(3), "note": "Có năm tàu."},
                    {"act": "withdraw", "at": at(5), "reason": "request", "note": "Tạm gỡ."},
                    {"act": "restore", "at": at(6)},
                ],
                "draft": body("Sáu tàu."),
            },
            {
                "locale": "en", "title": format!("News {number}"), "body": "<p>Five ships.</p>",
                "slug": format!("news-{number}"),
                "history": [
                    {"act": "publish", "at": at(2), "text": body("Four ships.")},
                    {"act": "correct", "at": at(4), "note": "There are five ships."},
                    {"act": "retract", "at": at(7), "reason": "legal", "note": "Retracted."},
                ],
            },
        ],
    });
    row.to_string()
}

async fn small() -> Office {
    Office::of(Installation::new().with("LANTOA_IMPORT_BATCH_ROWS", "10")).await
}

async fn export(office: &Office, to: &str) -> String {
    office.run(&["export", to]).await.fine();
    fs::read_to_string(office.path(to)).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_import_of_histories_that_was_killed_goes_on_and_ends_as_one_that_was_not() {
    const ROWS: u32 = 120;
    let rows: Vec<String> = std::iter::once(vocabularies()).chain((1..=ROWS).map(eventful)).collect();
    let words = [&["import", "old.jsonl", "--by", BY][..], &PUBLISH].concat();
    let (office, whole) = (small().await, small().await);
    for one in [&office, &whole] {
        one.write("old.jsonl", &rows.join("\n"));
    }
    let process = office.installation.start(&words);
    office.until_some_article_is_there().await;
    process.kill();
    let so_far = office.number("SELECT count(*) FROM article").await;
    assert!((1..i64::from(ROWS)).contains(&so_far), "killed in the middle: {so_far}");
    let acts = office.number("SELECT count(*) FROM publication").await;
    assert_eq!(acts, so_far * 7, "each article has all its acts or is not there");
    office.run(&["audit", "verify"]).await.fine();

    office.run(&words).await.fine();

    whole.run(&words).await.fine();
    assert_eq!(office.number("SELECT count(*) FROM import_run").await, 1, "it is the same decision");
    let (one, other) = (export(&office, "out.jsonl").await, export(&whole, "out.jsonl").await);
    assert!(one == other, "killed or not, it ends the same");
    let rows: Vec<Value> = one.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let article = rows.iter().find(|row| row["key"] == "7").unwrap();
    let mut given: Value = serde_json::from_str(&eventful(7)).unwrap();
    given["record"] = "article".into();
    for (edition, last) in given["editions"].as_array_mut().unwrap().iter_mut().zip(["06", "07"]) {
        edition["summary"] = "".into();
        edition["published_at"] = edition["history"][0]["at"].clone();
        edition["updated_at"] = format!("2014-05-{last}T00:00:00Z").into();
    }
    given["editions"].as_array_mut().unwrap().reverse();
    assert_eq!(*article, given, "what was brought in is what is written down");
    office.run(&["audit", "verify"]).await.fine();
    let stopped = office.installation.serve().await.stop().await;
    assert!(!stopped.err.contains("withheld"), "the sweep found everything sound: {}", stopped.err);
}

#[tokio::test]
async fn what_is_too_much_and_what_nobody_knows_is_named_by_its_line_and_place() {
    let office = Office::of(Installation::new().with("LANTOA_IMPORT_ACTS", "3")).await;
    let two = |change: fn(&mut Value)| {
        let mut row: Value = serde_json::from_str(&eventful(2)).unwrap();
        row["editions"][0]["history"].as_array_mut().unwrap().truncate(3);
        change(&mut row);
        row.to_string()
    };
    let rows = [
        vocabularies(),
        eventful(1),
        two(|row| row["editions"][1]["history"][2]["why"] = "x".into()),
        two(|row| row["editions"][0]["history"][0]["text"]["shared"]["kind"] = "news".into()),
        two(|row| row["editions"][1]["draft"]["note"] = "x".into()),
        two(|row| row["editions"][1]["history"][1]["note"] = "".into()),
        two(|row| row["editions"][0]["draft"]["body_format"] = "word".into()),
        two(|row| row["key"] = "3".into()),
    ];
    office.write("old.jsonl", &rows.join("\n"));

    let finished = office.run(&[&["import", "old.jsonl", "--by", BY][..], &PUBLISH].concat()).await;

    assert_eq!(finished.code, Some(65), "{finished:?}");
    let places: Vec<String> = finished
        .err
        .lines()
        .map(|line| line.split(": ").next().unwrap().replace(" refused", "") + " " + line.split(": ").nth(1).unwrap())
        .collect();
    let wanted = [
        "old.jsonl:3 /editions/0/history",
        "old.jsonl:4 /editions/1/history/2/why",
        "old.jsonl:5 /editions/0/history/0/text/shared/kind",
        "old.jsonl:6 /editions/1/draft/note",
        "old.jsonl:7 /editions/1/history/1/note",
        "old.jsonl:8 /editions/0/draft/body_format",
    ];
    assert_eq!(places, wanted, "{}", finished.err);
    assert_eq!(office.number("SELECT count(*) FROM article").await, 1);

    let short = Office::of(Installation::new().with("LANTOA_IMPORT_ROW_BYTES", "1024")).await;
    short.write("old.jsonl", &[vocabularies(), eventful(1) + &" ".repeat(1_024)].join("\n"));
    let finished = short.run(&["import", "old.jsonl", "--by", BY]).await;
    assert!(finished.code == Some(65) && finished.err.contains("1,024"), "{finished:?}");
}
