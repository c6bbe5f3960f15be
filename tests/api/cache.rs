//! Answers that are kept: named by their bytes, made once for all who wait, and never older than what is public.

use std::io::Read as _;

use actix_web::http::Method;
use futures_util::future::join_all;

use crate::support::{Answer, Desk, Edition, Given, TestApp, english, text};

/// How long what can be withdrawn is kept.
const FRESH: &str = "public, max-age=30, stale-while-revalidate=30";

/// Addresses of everything that one public edition is in.
async fn outputs(edition: &Edition) -> Vec<String> {
    let slug = edition.public().await.json()["slug"].as_str().unwrap().to_owned();
    let (locale, article) = (&edition.locale, &edition.article);
    let api = "/api/v1/content";
    vec![
        format!("{api}/{locale}/articles"),
        format!("{api}/{locale}/articles?limit=1&topic=kinh-te"),
        format!("{api}/{locale}/articles/{slug}"),
        format!("{api}/{locale}/articles/id/{article}"),
        format!("{api}/articles/{article}"),
        format!("{api}/articles/{article}/{locale}/versions/1"),
        format!("{api}/articles/{article}/{locale}/versions/1/publication"),
        format!("{api}/changes"),
        format!("{api}/manifest"),
        format!("{api}/locales"),
        format!("{api}/{locale}/topics"),
        format!("{api}/{locale}/agencies"),
        format!("/feeds/{locale}/all.json"),
        format!("/feeds/{locale}/all.rss"),
        format!("/feeds/{locale}/all.atom"),
        format!("/feeds/{locale}/all.ninjs.json"),
        format!("{api}/{locale}/events.ics"),
        "/sitemap.xml".to_owned(),
        "/sitemap-news.xml".to_owned(),
        "/feeds".to_owned(),
        "/feeds.opml".to_owned(),
        "/.well-known/lantoa-keys.json".to_owned(),
        format!("/{locale}"),
        format!("/{locale}/a/{slug}"),
    ]
}

fn inflated(answer: &Answer) -> Vec<u8> {
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(&answer.body[..]).read_to_end(&mut bytes).unwrap();
    bytes
}

#[actix_web::test]
async fn each_coding_of_an_answer_has_its_own_strong_tag_and_the_same_content() {
    let desk = Desk::new().await;
    let edition = desk.story(desk.draft()).await;
    let reader = desk.app.stranger();

    let mut compressed = 0;
    for path in outputs(&edition).await {
        let plain = reader.get(&path).await.is(200);
        let gzip = reader.get_with(&path, &[("accept-encoding", "br;q=0.8, gzip;q=0.9")]).await.is(200);
        for answer in [&plain, &gzip] {
            let (etag, vary) = (answer.etag(), answer.all("vary").join(", "));
            assert!(etag.starts_with('"') && etag.ends_with('"') && etag.len() > 30, "{path}: {etag}");
            assert!(vary.contains("Accept-Encoding"), "{path}: {vary}");
            assert!(!vary.contains("Authorization") && !vary.contains("Cookie"), "{path}: {vary}");
            assert_eq!(answer.all("cache-control"), [FRESH], "{path}");
            assert!(answer.header("set-cookie").is_none(), "{path}");
            assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        }
        if gzip.header("content-encoding") == Some("gzip") {
            compressed += 1;
            assert_eq!(inflated(&gzip), plain.body, "{path}");
            assert_ne!(gzip.etag(), plain.etag(), "{path}");
        }
        let refused = reader.get_with(&path, &[("accept-encoding", "identity;q=0, *;q=0")]).await;
        assert_eq!(refused.status, 406, "{path}");
    }
    assert!(compressed > 9, "{compressed}");
}

#[actix_web::test]
async fn a_tag_decides_before_a_date_does() {
    let desk = Desk::new().await;
    let edition = desk.story(desk.draft()).await;
    let (late, early) = ("Fri, 01 Jan 2100 00:00:00 GMT", "Thu, 01 Jan 2015 00:00:00 GMT");

    for path in outputs(&edition).await {
        let answer = desk.app.get(&path).await.is(200);
        let etag = answer.etag();
        let asked = async |headers: &[(&str, &str)]| desk.app.stranger().get_with(&path, headers).await;

        for list in [etag.clone(), format!("W/{etag}"), format!("\"x\", {etag}"), "*".to_owned()] {
            let known = asked(&[("if-none-match", &list), ("if-modified-since", early)]).await.is(304);
            assert!(known.body.is_empty(), "{path}");
            for name in ["etag", "cache-control", "vary", "last-modified", "access-control-allow-origin"] {
                assert_eq!(known.all(name), answer.all(name), "{path}: {name}");
            }
        }
        asked(&[("if-none-match", "\"x\""), ("if-modified-since", late)]).await.is(200);
        asked(&[("if-none-match", "nonsense"), ("if-modified-since", late)]).await.is(200);
        asked(&[("if-modified-since", "yesterday")]).await.is(200);
        asked(&[("if-modified-since", early)]).await.is(200);
        if let Some(date) = answer.header("last-modified") {
            asked(&[("if-modified-since", date)]).await.is(304);
        }
        let head = desk.app.stranger().request(Method::HEAD, &path).insert_header(("if-none-match", etag.as_str()));
        desk.app.send(head).await.is(304);
    }
}

#[actix_web::test]
async fn a_gzipped_answer_is_not_known_by_the_plain_ones_tag() {
    let desk = Desk::new().await;
    let edition = desk.story(desk.draft()).await;

    for path in outputs(&edition).await {
        let reader = desk.app.stranger();
        let plain = reader.get(&path).await.etag();
        let gzip = reader.get_with(&path, &[("accept-encoding", "gzip")]).await;
        let asked = reader.get_with(&path, &[("accept-encoding", "gzip"), ("if-none-match", &plain)]).await;
        assert_eq!(asked.status, if gzip.header("content-encoding").is_some() { 200 } else { 304 }, "{path}");
    }
}

#[actix_web::test]
async fn an_answer_is_made_once_for_all_who_wait_for_it() {
    let desk = Desk::new().await;
    let mut edition = desk.story(desk.draft()).await;
    for _ in 0..5 {
        edition = desk.story(desk.draft()).await;
        desk.translation(&edition, "en", english()).await;
    }
    let paths = outputs(&edition).await;

    for turn in ["first", "second"] {
        for path in &paths {
            desk.app.statements.lock().unwrap().clear();
            let answers = join_all((0..30).map(|_| desk.app.get(path))).await;
            let sent = desk.app.statements.lock().unwrap().clone();

            assert!(answers.iter().all(|answer| answer.status == 200 && answer.body == answers[0].body), "{path}");
            assert!(sent.len() <= 4, "{path}, {turn}: {sent:#?}");
            desk.app.statements.lock().unwrap().clear();
            let etag = answers[0].etag();
            join_all((0..30).map(|_| desk.app.get(path))).await;
            desk.app.stranger().get_with(path, &[("if-none-match", &etag)]).await.is(304);
            assert_eq!(desk.app.statements.lock().unwrap().len(), 0, "{path}: made again");
        }
        desk.app.pass(60);
        desk.update(&edition, text(turn, "Hai.")).await;
    }
}

/// The bytes of all outputs, as this process gives them and as one does that has just begun.
async fn compared(app: &TestApp, paths: &[String], when: &str) {
    let new = app.again().await;
    for path in paths {
        let (kept, made) = (app.get(path).await, new.get(path).await);
        assert_eq!((kept.status, kept.header("etag")), (made.status, made.header("etag")), "{path}: {when}");
        if kept.status == 200 {
            assert!(kept.body == made.body, "{path}: {when}: {}\n{}", kept.text(), made.text());
        }
    }
}

#[actix_web::test]
async fn who_published_reads_the_publication_at_once_and_everybody_with_him() {
    let desk = Desk::new().await;
    let edition = desk.story(desk.draft().with("slug", "ca-ngu")).await;
    let paths = outputs(&edition).await;
    compared(&desk.app, &paths, "published").await;

    desk.update(&edition, text("Bản hai", "Hai.")).await;
    compared(&desk.app, &paths, "updated").await;
    let other = desk.story(desk.draft()).await;
    compared(&desk.app, &paths, "another published").await;
    desk.translation(&edition, "en", english()).await;
    compared(&desk.app, &paths, "translated").await;
    desk.withdraw(&other, "").await;
    compared(&desk.app, &paths, "another withdrawn").await;
    desk.withdraw(&edition, "").await;
    compared(&desk.app, &paths, "withdrawn").await;
}

#[actix_web::test]
async fn what_another_process_published_is_read_as_soon_as_it_is_noticed() {
    let desk = Desk::new().await;
    let edition = desk.story(desk.draft()).await;
    let paths = outputs(&edition).await;
    let reader = desk.app.again().await;
    for path in &paths {
        reader.get(path).await.is(200);
    }

    desk.app.pass(60);
    desk.update(&edition, text("Bản hai", "Hai.")).await;
    desk.story(desk.draft()).await;
    reader.app.db.poll().await.unwrap();
    compared(&reader, &paths, "published by another").await;
    assert!(reader.get(&paths[0]).await.text().contains("Bản hai"));

    desk.withdraw(&edition, "").await;
    reader.app.db.poll().await.unwrap();
    compared(&reader, &paths, "withdrawn by another").await;
    assert!(!reader.get(&paths[0]).await.text().contains("Bản hai"));
    edition.in_locale("vi").public().await.is(410);
}

#[actix_web::test]
async fn kept_answers_take_no_more_room_than_they_are_given() {
    let memory = 64 << 10;
    let app = TestApp::given(Given { memory, ..Given::default() }).await;
    let desk = Desk::of(&app).await;
    desk.story(desk.draft().with("body", "<p>Một đoạn văn về biển.</p>".repeat(40))).await;
    let large = desk.story(desk.draft().with("body", "<p>Một đoạn văn dài về biển.</p>".repeat(4_000))).await;

    for second in 0..200 {
        let path = format!("/api/v1/content/vi/articles?topic=bien&since=2026-01-01T00:00:00.{second:03}Z");
        app.get(&path).await.is(200);
        app.get(&format!("/api/v1/content/changes?since={second}")).await.is(200);
        assert!(app.answers.bytes().await <= memory, "{path}");
    }
    assert!(app.answers.bytes().await > memory / 2);
    let answer = large.public().await.is(200);
    assert!(answer.body.len() as u64 > memory, "what does not fit is answered all the same");
    assert!(app.answers.bytes().await <= memory);
}
