//! Freshness: whether a translation follows its source, computed from what it was made from.

use lantoa::domain::event::LiveEventType;
use serde_json::{Value, json};

use crate::support::{Client, Edition, LOCALES, TestApp, Walk, english, text};

struct Pair {
    app: TestApp,
    author: Client,
    translator: Client,
    source: Edition,
    translation: Edition,
}

/// A source with a translation of its first text; neither is public.
async fn pair() -> Pair {
    let app = TestApp::new().await;
    let author = app.account("author").sign_in().await;
    let translator = app.account("translator").agency("bao").sign_in().await;
    let source = author.article().begin().await;
    let translation = source.in_locale("en");
    translation.translate(&translator, english()).await.is(201);
    Pair { app, author, translator, source, translation }
}

impl Pair {
    async fn staleness(&self) -> Value {
        let shown = self.translation.show(&self.author).await;
        assert_eq!(shown["stale"], shown["staleness"] != Value::Null);
        shown["staleness"].clone()
    }
}

/// The text that an edition has, changed by a function, as a minor change.
async fn minor(edition: &Edition, by: &Client, member: &str, change: impl Fn(&str) -> String) -> Value {
    let shown = edition.show(by).await;
    let mut text = json!({"change_class": "minor"});
    for name in ["title", "summary", "body"] {
        text[name] = shown[name].clone();
    }
    text[member] = change(shown[member].as_str().unwrap()).into();
    text
}

#[actix_web::test]
async fn a_translation_is_made_from_the_reference_revision_unless_told() {
    let Pair { author, translator, source, translation, .. } = pair().await;
    assert_eq!(translation.show(&author).await["source"], json!({"locale": "vi", "revision": 1}));
    source.save(&author, text("Bản hai", "Hai.")).await.is(200);

    translation.save(&translator, english()).await.is(200);
    assert_eq!(translation.show(&author).await["source"]["revision"], 1, "as before");
    let mut told = english();
    told["source_revision"] = 2.into();
    translation.save(&translator, told).await.is(200);
    assert_eq!(translation.show(&author).await["source"]["revision"], 2);
    let french = source.in_locale("fr");
    french.translate(&translator, english()).await.is(201);
    assert_eq!(french.show(&author).await["source"]["revision"], 2);
}

#[actix_web::test]
async fn a_source_revision_is_one_that_there_is_and_only_translations_have_one() {
    let Pair { author, translator, source, translation, .. } = pair().await;
    for (number, status) in [(0, 422), (2, 422), (u32::MAX, 422), (1, 200)] {
        let mut told = english();
        told["source_revision"] = number.into();
        let answer = translation.save(&translator, told).await.is(status);
        if status == 422 {
            answer.names("/source_revision", "unknown");
        }
    }
    let mut told = text("Bản hai", "Hai.");
    told["source_revision"] = 1.into();
    source.save(&author, told).await.is_problem(422, "invalid").names("/source_revision", "not-of-source");
}

#[actix_web::test]
async fn the_reference_is_the_newest_text_then_the_approved_then_the_live_one() {
    let pair = pair().await;
    let Pair { author, source, .. } = &pair;
    let publisher = pair.app.account("publisher").sign_in().await;
    source.save(author, text("Bản hai", "Hai.")).await.is(200);
    assert_eq!(pair.staleness().await, json!({"made_from": 1, "reference": 2}), "the newest");

    // Approved: two. Saved after it: three, and the approval falls.
    source.approve(author).await;
    assert_eq!(pair.staleness().await, json!({"made_from": 1, "reference": 2}), "the approved");
    source.publish(&publisher).await.is(200);
    source.save(author, text("Bản ba", "Ba.")).await.is(200);
    assert_eq!(pair.staleness().await, json!({"made_from": 1, "reference": 2}), "the live one");
    source.approve(author).await;
    assert_eq!(pair.staleness().await, json!({"made_from": 1, "reference": 2}), "the live one before the approved");
    source.publish(&publisher).await.is(200);
    assert_eq!(pair.staleness().await, json!({"made_from": 1, "reference": 3}));
}

#[actix_web::test]
async fn a_translation_that_follows_the_live_text_is_fresh_whatever_is_being_written() {
    let pair = pair().await;
    pair.source.go_public(&pair.author).await;

    pair.source.save(&pair.author, text("Bản hai", "Hai.")).await.is(200);

    assert_eq!(pair.staleness().await, Value::Null);
}

#[actix_web::test]
async fn a_minor_change_leaves_translations_fresh_and_a_major_one_after_it_does_not() {
    let pair = pair().await;
    let mended = minor(&pair.source, &pair.author, "body", |body| body.replace("rời cảng", "đã rời cảng")).await;
    pair.source.save(&pair.author, mended).await.is(200);
    assert_eq!(pair.staleness().await, Value::Null);

    pair.source.save(&pair.author, text("Bản ba", "Ba.")).await.is(200);
    let mended = minor(&pair.source, &pair.author, "body", |body| body.replace("Ba.", "Ba!")).await;
    pair.source.save(&pair.author, mended).await.is(200);
    assert_eq!(pair.staleness().await, json!({"made_from": 1, "reference": 4}), "a minor one hides no major one");
}

#[actix_web::test]
async fn a_minor_change_touches_no_digit_no_link_and_no_name() {
    let app = TestApp::new().await;
    let author = app.account("author").sign_in().await;
    let body = r#"<p>Sáng 14-9, lô cá 12,5 tấn rời cảng Vân Sa, <a href="https://a.example/">xem thêm</a> nhé.</p>"#;
    let edition = author.article().with("body", body).begin().await;

    for (member, old, new) in [
        ("body", "12,5", "12,6"),
        ("body", "14-9", "14/9"),
        ("body", "12,5 tấn", "tấn"),
        ("body", "https://a.example/", "https://b.example/"),
        ("body", "Vân Sa", "Vân Xa"),
        ("body", "Vân Sa", "vân sa"),
        ("title", "Lô", "Lố"),
        ("summary", "14-9", "15-9"),
        ("summary", "rời", "rời 下龍"),
    ] {
        let text = minor(&edition, &author, member, |text| text.replacen(old, new, 1)).await;
        let answer = edition.save(&author, text).await;
        answer.is_problem(422, "invalid").names("/change_class", "not-minor");
    }
    for (member, old, new) in [("body", "nhé", "nhe"), ("body", "xem thêm", "đọc thêm"), ("summary", "cảng.", "cảng!")]
    {
        let text = minor(&edition, &author, member, |text| text.replacen(old, new, 1)).await;
        edition.save(&author, text).await.is(200);
    }
}

#[actix_web::test]
async fn in_a_script_without_capitals_only_punctuation_is_minor() {
    let Pair { author, translator, source, .. } = pair().await;
    let chinese = source.in_locale("zh-Hans");
    let body = json!({"title": "下龙湾的秋天", "slug": "xia-long-wan", "body": "<p>第一批金枪鱼离港。</p>"});
    chinese.translate(&translator, body).await.is(201);

    let word = minor(&chinese, &author, "body", |body| body.replace("离港", "出港")).await;
    chinese.save(&translator, word).await.is_problem(422, "invalid").names("/change_class", "not-minor");
    let mark = minor(&chinese, &author, "body", |body| body.replace('。', "！")).await;
    chinese.save(&translator, mark).await.is(200);
}

#[actix_web::test]
async fn becoming_stale_is_told_to_the_outside_once() {
    let Pair { app, author, translator, source, translation } = pair().await;
    source.go_public(&author).await;
    translation.go_public(&translator).await;
    let french = source.in_locale("fr");
    french.translate(&translator, english()).await.is(201);
    let stale = async || {
        let events = app.changes().await.into_iter().filter(|(_, event)| event.kind == LiveEventType::Stale);
        events.map(|(_, event)| (event.locale.to_string(), event.guid)).collect::<Vec<_>>()
    };
    let mended = minor(&source, &author, "body", |body| body.replace("rời cảng", "đã rời cảng")).await;
    source.update(&author, mended).await;
    assert_eq!(stale().await, [], "nothing of substance");
    assert!(!translation.item().await.stale);

    source.save(&author, text("Bản ba", "Ba.")).await.is(200);
    source.approve(&author).await;
    assert_eq!(stale().await, [], "nothing of it is public yet");
    assert!(!translation.item().await.stale);
    let publisher = app.account("publisher").sign_in().await;
    source.publish(&publisher).await.is(200);

    let once = [("en".to_owned(), translation.item().await.guid)];
    assert_eq!(stale().await, once, "the French one is not public: nothing to tell");
    assert!(translation.item().await.stale);
    assert!(!source.item().await.stale);
    source.update(&author, text("Bản bốn", "Bốn.")).await;
    assert_eq!(stale().await, once, "it was stale before");

    let mut followed = english();
    followed["source_revision"] = 4.into();
    translation.update(&translator, followed).await;
    assert!(!translation.item().await.stale);
    source.update(&author, text("Bản năm", "Năm.")).await;
    assert_eq!(stale().await.len(), 2, "fresh in between, so stale anew");
    assert_eq!(app.sweep().await, []);
}

#[actix_web::test]
async fn taking_a_source_down_makes_no_translation_right() {
    let Pair { app, author, translator, source, translation } = pair().await;
    let publisher = app.account("publisher").sign_in().await;
    source.go_public(&author).await;
    translation.go_public(&translator).await;
    source.update(&author, text("Bản hai", "Hai.")).await;
    let follows = source.in_locale("fr");
    follows.translate(&translator, english()).await.is(201);
    follows.go_public(&translator).await;
    let stale = async || [translation.item().await.stale, follows.item().await.stale];
    assert_eq!(stale().await, [true, false]);

    source.withdraw(&publisher, "Số sai.").await.is(200);

    assert_eq!(stale().await, [true, false], "what was told of each is as true as before");
    for locale in ["en", "fr"] {
        let listed = app.get(&format!("/api/v1/content/{locale}/articles")).await.is(200).json();
        assert_eq!(listed["items"][0]["stale"], locale == "en", "{locale}");
    }
    assert_eq!(app.sweep().await, []);

    // As a database of before this was kept comes to know it.
    app.sql("ALTER TABLE live_item DROP COLUMN source_major").await;
    app.sql("DELETE FROM seaql_migrations WHERE version LIKE '%_sources'").await;
    app.app.db.migrate().await.unwrap();
    assert_eq!(stale().await, [true, false]);
    assert_eq!(app.sweep().await, []);
}

#[actix_web::test]
async fn the_filter_and_the_views_agree_wherever_a_walk_leads() {
    let app = TestApp::new().await;
    let mut walk = Walk::new(&app, 2, 11).await;
    let mut seen_stale = 0;

    for step in 0..150 {
        walk.step().await;
        if step % 10 == 0 {
            walk.reader().agrees_on_staleness(&LOCALES).await;
            seen_stale += walk.reader().articles("stale=true").await.len();
        }
    }

    assert!(seen_stale > 3, "the walk leads past stale translations");
}
