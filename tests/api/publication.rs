//! From text through review to the public.

use std::collections::BTreeMap;

use lantoa::{
    domain::event::LiveEventType::{Corrected, Published, Updated, Withdrawn},
    kernel::Digest,
    service::{Code, public::Found},
};
use serde_json::{Value, json};

use crate::support::{Client, Edition, TestApp, Walk, english, text};

async fn story() -> (TestApp, Client, Client, Edition) {
    let app = TestApp::new().await;
    let author = app.account("author").sign_in().await;
    let publisher = app.account("publisher").sign_in().await;
    let edition = author.article().begin().await;
    (app, author, publisher, edition)
}

#[actix_web::test]
async fn an_article_and_its_translation_go_from_text_to_the_public() {
    let app = TestApp::new().await;
    let author = app.account("author").agency("bao").sign_in().await;
    let translator = app.account("translator").locale("en").sign_in().await;

    let source = author.article().begin().await;
    source.go_public(&author).await;
    let translation = source.in_locale("en");
    translation.translate(&translator, english()).await.is(201);
    translation.go_public(&translator).await;

    for edition in [&source, &translation] {
        let item = edition.public().await.is(200).json();
        assert_eq!(item["locale"], edition.locale);
        assert_eq!(item["version"], 1);
        assert_eq!(item["alternates"].as_array().unwrap().len(), 1);
        assert_eq!(item["stale"], false);
    }
    assert_eq!(translation.public().await.json()["source"], json!({"locale": "vi", "version": 1}));
}

#[actix_web::test]
async fn publishing_names_the_text_that_was_seen() {
    let (_, author, publisher, edition) = story().await;
    edition.approve(&author).await;

    publisher.post(&edition.path("publish"), &json!({})).await.is(422);
    let other = json!({"content_hash": Digest::of("another text").to_string()});
    publisher.post(&edition.path("publish"), &other).await.is_problem(409, "hash-mismatch");

    assert!(edition.found().await.is_none());
    let done = edition.publish(&publisher).await.is(200).json();
    assert_eq!(done["kind"], "publish");
    assert_eq!((&done["sequence"], &done["version"]), (&json!(1), &json!(1)));
    assert_eq!(edition.item().await.content_hash.to_string(), done["content_hash"]);
}

#[actix_web::test]
async fn nothing_of_a_text_edited_after_its_approval_is_public() {
    let (app, author, publisher, edition) = story().await;
    edition.go_public(&author).await;
    let before = edition.item().await;
    edition.save(&author, text("Bản hai", "Hai.")).await.is(200);
    edition.approve(&author).await;
    let approved = edition.hash(&author).await;

    edition.save(&author, text("Chim hoàng yến", "Chim hoàng yến.")).await.is(200);

    edition.publish(&publisher).await.is_problem(409, "not-approved");
    publisher.post(&edition.path("publish"), &json!({"content_hash": approved})).await.is_problem(409, "not-approved");
    assert_eq!(edition.item().await, before);
    assert!(!app.all_public(&[&edition]).await.contains("hoàng yến"));
}

#[actix_web::test]
async fn what_is_not_public_is_absent_from_every_output() {
    let (app, author, _, edition) = story().await;
    edition.save(&author, text("Chim hoàng yến", "Chim hoàng yến.")).await.is(200);
    let everywhere = async || {
        let all = app.all_public(&[&edition]).await;
        all.contains("hoàng yến")
            || all.contains("chim-hoang-yen")
            || app.at_slug("vi", "chim-hoang-yen").await.is_some()
    };

    assert!(!everywhere().await, "a draft");
    edition.submit(&author).await.is(201);
    assert!(!everywhere().await, "under review");
    edition.take_back(&author).await.is(200);
    edition.approve(&author).await;

    assert!(!everywhere().await, "approved");
    assert!(app.changes().await.is_empty());
}

#[actix_web::test]
async fn a_text_is_published_once() {
    let (app, author, publisher, edition) = story().await;
    edition.go_public(&author).await;
    let before = app.digest().await;

    edition.publish(&publisher).await.is_problem(409, "already-published");

    assert_eq!(app.digest().await, before);
}

#[actix_web::test]
async fn a_translation_waits_for_its_source() {
    let (app, author, publisher, source) = story().await;
    let translator = app.account("translator").sign_in().await;
    source.submit(&author).await.is(201);
    let translation = source.in_locale("en");
    translation.translate(&translator, english()).await.is(201);
    translation.approve(&translator).await;

    translation.publish(&publisher).await.is_problem(409, "source-not-published");
    assert!(app.list("en").await.is_empty());

    source.take_back(&author).await.is(200);
    source.go_public(&author).await;
    translation.publish(&publisher).await.is(200);
}

#[actix_web::test]
async fn a_missing_translation_is_missing_and_no_other_language_stands_in() {
    let (app, author, _, source) = story().await;
    source.go_public(&author).await;

    assert!(source.in_locale("en").found().await.is_none());
    assert!(app.list("en").await.is_empty());
    let slug = source.item().await.slug;
    assert!(app.at_slug("en", slug.as_str()).await.is_none());
    assert!(source.item().await.alternates.is_empty());
}

#[actix_web::test]
async fn an_update_is_a_new_version_of_the_same_thing() {
    let (app, author, _, edition) = story().await;
    edition.go_public(&author).await;
    let first = edition.item().await;
    let author = author.after(3_600);

    let done = edition.update(&author, text("Bản hai", "Hai.")).await.json();

    let second = edition.item().await;
    assert_eq!(done["kind"], "update");
    assert_eq!((first.version, second.version), (1, 2));
    assert_eq!(second.guid, first.guid);
    assert_eq!(second.published_at, first.published_at);
    assert!(second.updated_at > first.updated_at);
    assert_eq!(second.title, "Bản hai");
    assert_eq!(second.slug, first.slug, "an address changes only when somebody asks for it");
    assert!(second.corrections.is_empty());
    assert_eq!(app.list("vi").await, [second]);
}

#[actix_web::test]
async fn a_correction_is_numbered_and_says_what_changed() {
    let (app, author, publisher, edition) = story().await;
    edition.approve(&author).await;
    edition.correct(&publisher, "Số đúng là 12.").await.is_problem(409, "not-published");
    edition.publish(&publisher).await.is(200);
    edition.save(&author, text("Bản hai", "Hai.")).await.is(200);
    edition.approve(&author).await;

    edition.correct(&publisher, "  ").await.is_problem(422, "invalid").names("/note", "required");
    app.pass(60);
    edition.correct(&publisher, "Số đúng là 12.").await.is(200);
    app.pass(60);
    edition.mend(&author, text("Bản ba", "Ba."), "Số đúng là 13.").await;
    edition.update(&author, text("Bản bốn", "Bốn.")).await;

    let item = edition.item().await;
    let told: Vec<_> = item.corrections.iter().map(|one| (one.number, one.note.as_str())).collect();
    assert_eq!(told, [(1, "Số đúng là 12."), (2, "Số đúng là 13.")]);
    assert!(item.corrections[0].at < item.corrections[1].at);
    assert_eq!(item.version, 4);
}

#[actix_web::test]
async fn public_events_are_numbered_without_a_gap() {
    let (app, author, publisher, edition) = story().await;
    edition.go_public(&author).await;
    edition.publish(&publisher).await.is(409);
    let other = author.article().begin().await;
    other.go_public(&author).await;
    edition.update(&author, text("Bản hai", "Hai.")).await;
    edition.mend(&author, text("Bản ba", "Ba."), "Số đúng là 13.").await;
    other.withdraw(&publisher, "Đã gỡ.").await.is(200);

    let events = app.changes().await;

    let numbers: Vec<i64> = events.iter().map(|(number, _)| *number).collect();
    assert_eq!(numbers, (1..=5).collect::<Vec<_>>());
    let told: Vec<_> = events.iter().map(|(_, e)| (e.kind, e.article, e.version, e.note.as_str())).collect();
    let (a, b) = (edition.article_id(), other.article_id());
    let expected = [
        (Published, a, 1, ""),
        (Published, b, 1, ""),
        (Updated, a, 2, ""),
        (Corrected, a, 3, "Số đúng là 13."),
        (Withdrawn, b, 1, "Đã gỡ."),
    ];
    assert_eq!(told, expected);
}

#[actix_web::test]
async fn anyone_can_recompute_and_verify_what_is_served() {
    let (app, author, _, edition) = story().await;
    let mut signatures = vec![edition.go_public(&author).await.json()];
    signatures.push(edition.update(&author, text("Bản hai", "Hai.")).await.json());
    signatures.push(edition.mend(&author, text("Bản ba", "Ba."), "Số đúng là 13.").await.json());

    let mut prev = Value::Null;
    for (number, published) in (1..).zip(&signatures) {
        let (content, envelope) = edition.version(number).await.unwrap();
        let said: Value = serde_json::from_str(&envelope).unwrap();
        assert_eq!(said["content_hash"], Digest::of(&content).to_string());
        assert_eq!(said["version"], number);
        assert_eq!(said["prev"], prev);
        let signature = published["signature"].as_str().unwrap();
        let kid = app.app.keys.verify(signature, envelope.as_bytes()).unwrap();
        assert_eq!(said["kid"], kid.as_str());
        assert!(app.app.keys.verify(signature, envelope.replace("vi", "en").as_bytes()).is_err());
        assert_eq!(published["envelope_hash"], Digest::of(&envelope).to_string());
        prev = Digest::of(&envelope).to_string().into();
    }
    let item = edition.item().await;
    let (content, envelope) = edition.version(3).await.unwrap();
    assert_eq!(item.content_hash, Digest::of(&content));
    app.app.keys.verify(&item.signature, envelope.as_bytes()).unwrap();
    assert!(edition.version(4).await.is_none());
}

#[actix_web::test]
async fn a_changed_slug_redirects_and_a_guid_is_minted_once() {
    let (app, author, _, edition) = story().await;
    edition.go_public(&author).await;
    let first = edition.item().await;
    let mut renamed = text("Bản hai", "Hai.");
    renamed["slug"] = "dia-chi-moi".into();
    app.pass(400 * 86_400);
    let author = app.account("author").sign_in().await;

    edition.update(&author, renamed).await;

    let now = edition.item().await;
    assert_eq!(now.guid, first.guid, "the year in it is that of the first publication");
    assert_eq!(now.slug.as_str(), "dia-chi-moi");
    match app.at_slug("vi", first.slug.as_str()).await {
        Some(Found::Moved(_, slug)) => assert_eq!(slug, now.slug),
        other => panic!("{other:?}"),
    }
    assert!(matches!(app.at_slug("vi", "dia-chi-moi").await, Some(Found::Item(_))));
}

#[actix_web::test]
async fn an_approval_falls_with_the_right_it_rested_on() {
    let (app, author, publisher, edition) = story().await;
    let admin = app.account("admin").sign_in().await;
    let reviewer = app.account("reviewer").sign_in().await;
    let approver = app.account("approver").sign_in().await;
    edition.submit(&author).await.is(201);
    edition.approve_open(&reviewer, &approver).await;
    let path = format!("/api/v1/accounts/{}", reviewer.id);
    let etag = admin.get(&path).await.is(200).etag();
    let away = admin.put(&format!("{path}/grants"), &etag, &json!({"grants": [{"role": "auditor"}]})).await.is(200);

    edition.publish(&publisher).await.is_problem(409, Code::ApprovalLapsed.slug());
    assert!(edition.found().await.is_none());

    let back = json!({"grants": [{"role": "reviewer"}]});
    let back = admin.put(&format!("{path}/grants"), &away.etag(), &back).await.is(200);
    admin.patch(&path, &back.etag(), &json!({"disabled": true})).await.is(200);
    edition.publish(&publisher).await.is_problem(409, Code::ApprovalLapsed.slug());
}

#[actix_web::test]
async fn a_write_to_one_edition_changes_no_row_of_another() {
    let (app, author, publisher, source) = story().await;
    let translator = app.account("translator").sign_in().await;
    source.go_public(&author).await;
    let english_one = source.in_locale("en");
    let french = source.in_locale("fr");
    for edition in [&english_one, &french] {
        edition.translate(&translator, english()).await.is(201);
        edition.go_public(&translator).await;
    }
    let others = rows_without(&app, &english_one).await;
    assert!(others.values().all(|rows| !rows.is_empty()));

    let unchanged = async |step: &str| {
        app.pass(1);
        assert_eq!(rows_without(&app, &english_one).await, others, "{step}");
    };
    english_one.save(&translator, english()).await.is(200);
    unchanged("saved").await;
    english_one.submit(&translator).await.is(201);
    unchanged("submitted").await;
    english_one.take_back(&translator).await.is(200);
    unchanged("taken back").await;
    english_one.approve(&translator).await;
    unchanged("approved").await;
    english_one.publish(&publisher).await.is(200);
    unchanged("updated").await;
    english_one.mend(&translator, english(), "The figure is 12.").await;
    unchanged("corrected").await;
    english_one.withdraw(&publisher, "").await.is(200);
    unchanged("withdrawn").await;
}

/// Every row that belongs to an edition other than this one.
async fn rows_without(app: &TestApp, edition: &Edition) -> BTreeMap<&'static str, Vec<String>> {
    let this = format!("(SELECT id FROM edition WHERE locale = '{}')", edition.locale);
    let mut all = BTreeMap::new();
    let tables = [
        "revision",
        "review_case",
        "publication",
        "slug_claim",
        "live_item",
        "live_topic",
        "live_slug",
        "live_version",
    ];
    for table in tables {
        let found = app.query(&format!("SELECT * FROM {table} WHERE edition_id NOT IN {this}")).await;
        all.insert(table, found);
    }
    all.insert("edition", app.query(&format!("SELECT * FROM edition WHERE locale <> '{}'", edition.locale)).await);
    all.insert("article", app.query("SELECT * FROM article").await);
    let sorted = |rows: Vec<Value>| {
        let mut rows: Vec<String> = rows.iter().map(Value::to_string).collect();
        rows.sort();
        rows
    };
    all.into_iter().map(|(table, rows)| (table, sorted(rows))).collect()
}

#[actix_web::test]
async fn a_walk_at_random_never_makes_public_what_two_others_did_not_approve() {
    for seed in [1, 2] {
        let app = TestApp::new().await;
        let mut walk = Walk::new(&app, 2, seed).await;

        for step in 0..200 {
            walk.step().await;
            if step % 20 == 0 {
                walk.what_is_public_was_approved().await;
            }
        }

        walk.what_is_public_was_approved().await;
        assert_eq!(app.sweep().await, [], "and the guard agrees");
        assert!(app.changes().await.len() > 3, "{:#?}", walk.log);
    }
}
