//! Several editions at once: all of them or none.

use lantoa::{domain::event::LiveEventType, service::public::Found};
use serde_json::{Value, json};

use crate::support::{Client, Desk, Edition, english, text};

const SEVEN: &str = "2026-11-23T00:00:00Z";

/// A desk with an approved source and its approved translation.
async fn pair() -> (Desk, Edition, Edition) {
    let desk = Desk::new().await;
    let source = desk.draft().begin().await;
    desk.approve(&source).await;
    let translation = source.in_locale("en");
    translation.translate(&desk.translator, english()).await.is(201);
    desk.approve(&translation).await;
    (desk, source, translation)
}

async fn member(edition: &Edition, by: &Client) -> Value {
    json!({"article": edition.article, "locale": edition.locale, "content_hash": edition.hash(by).await})
}

async fn order(by: &Client, editions: &[&Edition]) -> Value {
    let mut members = Vec::new();
    for edition in editions {
        members.push(member(edition, by).await);
    }
    json!({"members": members})
}

async fn order_at(by: &Client, editions: &[&Edition]) -> Value {
    let mut order = order(by, editions).await;
    order["publish_at"] = SEVEN.into();
    order
}

#[actix_web::test]
async fn a_source_and_its_translation_become_public_together() {
    let (desk, source, translation) = pair().await;
    // The translation is named first, and is still not public before its source.
    let order = order(&desk.publisher, &[&translation, &source]).await;

    let done = desk.publisher.post("/api/v1/releases", &order).await.is(201);

    let whole = done.json();
    assert_eq!((&whole["outcome"], &whole["publish_at"]), (&json!("done"), &Value::Null));
    let locales: Vec<_> = whole["members"].as_array().unwrap().iter().map(|one| one["locale"].clone()).collect();
    assert_eq!(locales, ["en", "vi"], "in the order in which they were named");
    for edition in [&source, &translation] {
        assert_eq!(edition.item().await.alternates.len(), 1);
    }
    assert_eq!(translation.public().await.json()["source"], json!({"locale": "vi", "version": 1}));
    let path = done.header("location").unwrap();
    assert_eq!(desk.reviewer.get(path).await.is(200).json(), whole);
    assert_eq!(desk.app.sweep().await, []);
}

#[actix_web::test]
async fn a_translation_that_moves_with_its_source_is_at_no_moment_told_to_be_stale() {
    let (desk, source, translation) = pair().await;
    let first = order(&desk.publisher, &[&source, &translation]).await;
    desk.publisher.post("/api/v1/releases", &first).await.is(201);
    source.save(&desk.author, text("Bản hai", "Hai.")).await.is(200);
    desk.approve(&source).await;
    let mut second = english();
    second["source_revision"] = 2.into();
    let translator = desk.app.account("translator").agency("bao").sign_in().await;
    translation.save(&translator, second).await.is(200);
    desk.approve(&translation).await;

    let order = order(&desk.publisher, &[&source, &translation]).await;
    desk.publisher.post("/api/v1/releases", &order).await.is(201);

    let told: Vec<_> = desk.app.changes().await.into_iter().map(|(_, event)| event.kind).collect();
    use LiveEventType::{Published, Updated};
    assert_eq!(told, [Published, Published, Updated, Updated]);
    assert!(!translation.item().await.stale);
    assert_eq!(desk.app.sweep().await, []);
}

#[actix_web::test]
async fn one_member_that_cannot_be_public_holds_all_of_them_back() {
    let (desk, source, translation) = pair().await;
    let draft = desk.draft().begin().await;
    let order = order(&desk.publisher, &[&source, &translation, &draft]).await;
    let before = desk.app.digest().await;

    let refused = desk.publisher.post("/api/v1/releases", &order).await.is_problem(409, "not-approved").json();

    let named = json!({"place": 2, "article": draft.article, "locale": "vi"});
    assert_eq!(refused["member"], named);
    assert_eq!(desk.app.digest().await, before, "byte for byte");
    assert!(source.found().await.is_none() && translation.found().await.is_none());
}

#[actix_web::test]
async fn a_release_waits_for_its_moment_as_a_whole() {
    let (desk, source, translation) = pair().await;
    let order = order_at(&desk.publisher, &[&translation, &source]).await;
    let ordered = desk.publisher.post("/api/v1/releases", &order).await.is(202);
    let path = ordered.header("location").unwrap().to_owned();
    for edition in [&source, &translation] {
        assert_eq!(edition.state(&desk.publisher).await, "scheduled");
        let etag = edition.etag(&desk.publisher).await;
        let refused = desk.publisher.delete(&edition.path("schedule"), &etag).await.is_problem(409, "in-release");
        assert_eq!(refused.json()["release"], ordered.json()["id"]);
        edition.publish_at(&desk.publisher, SEVEN).await.is_problem(409, "in-release");
    }

    desk.app.clock.set(SEVEN.parse().unwrap());
    assert_eq!(desk.app.run_due().await, 1);

    let by = desk.app.account("publisher").sign_in().await;
    let whole = by.get(&path).await.is(200).json();
    assert_eq!((&whole["outcome"], &whole["settled_at"]), (&json!("done"), &json!(SEVEN)));
    assert!(whole["members"].as_array().unwrap().iter().all(|one| one["outcome"] == "done"));
    assert!(matches!(source.found().await, Some(Found::Item(_))));
    assert!(matches!(translation.found().await, Some(Found::Item(_))));
    assert_eq!(desk.app.run_due().await, 0);
}

#[actix_web::test]
async fn an_edit_of_one_member_supersedes_the_whole_release_at_once() {
    let (desk, source, translation) = pair().await;
    let order = order_at(&desk.publisher, &[&source, &translation]).await;
    let ordered = desk.publisher.post("/api/v1/releases", &order).await.is(202);

    translation.save(&desk.translator, english()).await.is(200);

    let whole = desk.publisher.get(ordered.header("location").unwrap()).await.is(200).json();
    assert_eq!((&whole["outcome"], &whole["why"]), (&json!("superseded"), &json!("edited")));
    let whys: Vec<_> = whole["members"].as_array().unwrap().iter().map(|one| one["why"].clone()).collect();
    assert_eq!(whys, ["release", "edited"]);
    assert_eq!(source.state(&desk.publisher).await, "approved");
    desk.app.clock.set(SEVEN.parse().unwrap());
    assert_eq!(desk.app.run_due().await, 0);
    assert!(source.found().await.is_none());
}

#[actix_web::test]
async fn a_right_that_is_gone_at_its_moment_holds_the_whole_release_back() {
    let (desk, source, translation) = pair().await;
    let other = desk.draft().begin().await;
    other.submit(&desk.author).await.is(201);
    let reviewer = desk.app.account("reviewer").sign_in().await;
    other.approve_open(&reviewer, &desk.approver).await;
    let order = order_at(&desk.publisher, &[&source, &translation, &other]).await;
    let ordered = desk.publisher.post("/api/v1/releases", &order).await.is(202);
    let admin = desk.app.account("admin").sign_in().await;
    admin.put(&format!("/api/v1/accounts/{}/grants", reviewer.id), "\"v1\"", &json!({"grants": []})).await.is(200);

    desk.app.clock.set(SEVEN.parse().unwrap());
    desk.app.run_due().await;

    let by = desk.app.account("publisher").sign_in().await;
    let whole = by.get(ordered.header("location").unwrap()).await.is(200).json();
    assert_eq!((&whole["outcome"], &whole["why"]), (&json!("refused"), &json!("approval-lapsed")));
    assert!(source.found().await.is_none() && translation.found().await.is_none() && other.found().await.is_none());
    assert!(desk.app.query("SELECT id FROM publication").await.is_empty());
}

#[actix_web::test]
async fn a_release_is_called_off_as_a_whole() {
    let (desk, source, translation) = pair().await;
    let order = order_at(&desk.publisher, &[&source, &translation]).await;
    let ordered = desk.publisher.post("/api/v1/releases", &order).await.is(202);
    let path = ordered.header("location").unwrap();
    let before = desk.app.digest().await;
    desk.publisher.delete(path, "\"v9\"").await.is_problem(412, "precondition-failed");
    desk.author.delete(path, &ordered.etag()).await.is_problem(403, "forbidden");
    assert_eq!(desk.app.digest().await, before);

    let off = desk.publisher.delete(path, &ordered.etag()).await.is(200);

    assert_eq!(off.json()["outcome"], "cancelled");
    desk.publisher.delete(path, &off.etag()).await.is_problem(409, "not-scheduled");
    assert_eq!(source.state(&desk.publisher).await, "approved");
    desk.app.clock.set(SEVEN.parse().unwrap());
    assert_eq!(desk.app.run_due().await, 0);
}

#[actix_web::test]
async fn a_member_removed_beside_the_application_holds_the_release_back() {
    let (desk, source, translation) = pair().await;
    let order = order_at(&desk.publisher, &[&source, &translation]).await;
    desk.publisher.post("/api/v1/releases", &order).await.is(202);
    desk.app.sql("UPDATE schedule SET release_id = NULL WHERE is_source = (1 = 0)").await;

    desk.app.clock.set(SEVEN.parse().unwrap());
    desk.app.run_due().await;

    assert!(source.found().await.is_none() && translation.found().await.is_none());
    assert_eq!(desk.app.query("SELECT outcome, why FROM release").await[0]["why"], "not-ordered");
}

#[actix_web::test]
async fn what_is_no_release_is_refused_and_leaves_no_trace() {
    let (desk, source, _) = pair().await;
    let of_so = desk.app.account("publisher").agency("so").sign_in().await;
    let member = member(&source, &desk.publisher).await;
    let before = desk.app.digest().await;
    let ask = async |by: &Client, order: Value| by.post("/api/v1/releases", &order).await;

    ask(&desk.publisher, json!({"members": []})).await.is(422).names("/members", "required");
    let many: Vec<Value> = (0..51).map(|_| member.clone()).collect();
    ask(&desk.publisher, json!({"members": many})).await.is(422).names("/members", "too-many");
    let twice = ask(&desk.publisher, json!({"members": [member, member]})).await;
    twice.is(422).names("/members/1", "duplicate");
    let past = json!({"members": [member], "publish_at": "2020-01-01T00:00:00Z"});
    ask(&desk.publisher, past).await.is(422).names("/publish_at", "in-past");
    let nobody = json!({"members": [{"article": "x", "locale": "??", "content_hash": "y"}]});
    let bad = ask(&desk.publisher, nobody).await.is(422);
    bad.names("/members/0/article", "bad-id").names("/members/0/content_hash", "bad-hash");
    ask(&of_so, json!({"members": [member]})).await.is_problem(404, "not-found");
    ask(&desk.author, json!({"members": [member]})).await.is_problem(403, "forbidden");

    assert_eq!(desk.app.digest().await, before);
}
