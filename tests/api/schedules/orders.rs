//! What is ordered: until when, instead of what, called off, refused, listed.

use lantoa::service::public::Found;
use serde_json::{Value, json};

use crate::support::{Client, Desk, Edition, TestApp, english, text};

/// An application with a desk and an approved text.
pub async fn approved() -> (Desk, Edition) {
    let desk = Desk::new().await;
    let edition = desk.draft().begin().await;
    desk.approve(&edition).await;
    (desk, edition)
}

/// Sets the clock, carries out what is due, and gives how many orders came to something.
pub async fn at(desk: &Desk, moment: &str) -> u32 {
    desk.app.clock.set(moment.parse().unwrap());
    desk.app.run_due().await
}

/// The publisher as somebody who signed in just now: a sign-in does not last over days.
pub async fn publisher(desk: &Desk) -> Client {
    desk.app.account("publisher").sign_in().await
}

pub async fn outcome(edition: &Edition, by: &Client) -> (String, Option<String>) {
    let plan = edition.plan(by).await;
    let one = &plan["publish"];
    (one["outcome"].as_str().unwrap().to_owned(), one["why"].as_str().map(str::to_owned))
}

pub fn why(outcome: &str, why: &str) -> (String, Option<String>) {
    (outcome.to_owned(), Some(why.to_owned()))
}

pub const SEVEN: &str = "2026-11-23T07:00:00+07:00";
pub const NINE: &str = "2026-11-23T09:00:00+07:00";

#[actix_web::test]
async fn what_is_published_until_a_time_goes_then_and_says_why_in_its_language() {
    let (desk, source) = approved().await;
    let translation = source.in_locale("en");
    translation.translate(&desk.translator, english()).await.is(201);
    desk.approve(&translation).await;
    for edition in [&source, &translation] {
        let hash = edition.hash(&desk.publisher).await;
        let order = json!({"content_hash": hash, "publish_until": SEVEN});
        desk.publisher.post(&edition.path("publish"), &order).await.is(200);
        let plan = edition.plan(&desk.publisher).await;
        assert_eq!((&plan["publish"], &plan["withdraw"]["outcome"]), (&Value::Null, &json!("waiting")));
    }
    // A new text keeps the end that was ordered.
    desk.update(&source, text("Bản hai", "Hai.")).await;

    assert_eq!(at(&desk, "2026-11-23T06:59:59+07:00").await, 0);
    assert_eq!(at(&desk, SEVEN).await, 2);

    let by = publisher(&desk).await;
    for (edition, note) in [
        (&source, "Bài viết này đã được gỡ vì đã hết thời hạn công bố."),
        (&translation, "This article has been taken down because the period for which it was published has ended."),
    ] {
        assert_eq!(edition.gone().await.note, note);
        assert!(edition.public().await.is_problem(410, "gone").text().contains(note));
        assert_eq!(edition.plan(&by).await["withdraw"]["outcome"], "done");
        assert_eq!(edition.state(&by).await, "withdrawn");
    }
    assert_eq!(source.gone().await.version, 2);
    let acts = desk.app.query("SELECT reason FROM publication WHERE kind = 'withdraw'").await;
    assert_eq!(acts, [json!({"reason": "expired"}), json!({"reason": "expired"})]);
    assert_eq!(desk.app.sweep().await, []);
}

#[actix_web::test]
async fn an_end_is_ordered_with_the_beginning_and_a_time_slept_through_is_not_made_up_for() {
    let (desk, edition) = approved().await;
    let other = desk.draft().begin().await;
    desk.approve(&other).await;
    for edition in [&edition, &other] {
        let hash = edition.hash(&desk.publisher).await;
        let order = json!({"content_hash": hash, "publish_at": SEVEN, "publish_until": NINE});
        let ordered = desk.publisher.post(&edition.path("publish"), &order).await.is(202).json();
        assert_eq!(ordered["until"], "2026-11-23T02:00:00Z");
    }
    assert_eq!(at(&desk, SEVEN).await, 2);
    let by = publisher(&desk).await;
    assert_eq!(edition.plan(&by).await["withdraw"]["at"], "2026-11-23T02:00:00Z");
    assert_eq!(at(&desk, NINE).await, 2);
    assert!(matches!(edition.found().await, Some(Found::Gone(_))));

    let late = desk.app.account("author").sign_in().await.article().begin().await;
    late.approve(&desk.app.account("author").sign_in().await).await;
    let by = publisher(&desk).await;
    let order = json!({"content_hash": late.hash(&by).await, "publish_at": "2026-11-24T00:00:00Z", "publish_until": "2026-11-24T01:00:00Z"});
    by.post(&late.path("publish"), &order).await.is(202);
    at(&desk, "2026-11-24T01:00:00Z").await;
    let by = publisher(&desk).await;
    assert_eq!(outcome(&late, &by).await, why("refused", "time-over"));
    assert!(late.found().await.is_none());
}

#[actix_web::test]
async fn an_order_is_called_off_and_what_is_public_for_a_time_stays() {
    let (desk, edition) = approved().await;
    let hash = edition.hash(&desk.publisher).await;
    desk.publisher.post(&edition.path("publish"), &json!({"content_hash": hash, "publish_until": SEVEN})).await.is(200);
    edition.save(&desk.author, text("Bản hai", "Hai.")).await.is(200);
    desk.approve(&edition).await;
    edition.publish_at(&desk.publisher, NINE).await.is(202);
    let path = edition.path("schedule");
    let before = desk.app.digest().await;
    desk.publisher.delete(&path, "\"v1\"").await.is_problem(412, "precondition-failed");
    desk.publisher.delete(&format!("{path}?action=dance"), "\"v1\"").await.is_problem(400, "bad-parameter");
    desk.author.delete(&path, &edition.etag(&desk.author).await).await.is_problem(403, "forbidden");
    assert_eq!(desk.app.digest().await, before);

    let etag = desk.publisher.get(&path).await.is(200).etag();
    let plan = desk.publisher.delete(&format!("{path}?action=publish"), &etag).await.is(200);
    assert_eq!(plan.json()["publish"]["outcome"], "cancelled");
    assert_eq!(plan.json()["withdraw"]["outcome"], "waiting");
    let plan = desk.publisher.delete(&path, &plan.etag()).await.is(200);
    assert_eq!(plan.json()["withdraw"]["outcome"], "cancelled");
    desk.publisher.delete(&path, &plan.etag()).await.is_problem(409, "not-scheduled");

    assert_eq!(at(&desk, NINE).await, 0);
    assert_eq!(edition.item().await.version, 1);
}

#[actix_web::test]
async fn an_order_that_cannot_be_is_refused_at_once_and_leaves_no_trace() {
    let (desk, edition) = approved().await;
    let draft = desk.draft().begin().await;
    let hash = edition.hash(&desk.publisher).await;
    let order = |more: Value| {
        let mut order = json!({"content_hash": hash, "publish_at": SEVEN});
        order.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        order
    };
    let before = desk.app.digest().await;
    let ask = async |more: Value| desk.publisher.post(&edition.path("publish"), &order(more)).await;

    ask(json!({"publish_at": "2026-11-22T02:00:00Z"})).await.is_problem(422, "invalid").names("/publish_at", "in-past");
    ask(json!({"publish_at": "morgen"})).await.is_problem(422, "invalid").names("/publish_at", "bad-time");
    let until = ask(json!({"publish_until": SEVEN})).await.is_problem(422, "invalid");
    until.names("/publish_until", "ends-before-start");
    ask(json!({"publish_until": "2020-01-01T00:00:00Z"})).await.is(422).names("/publish_until", "in-past");
    ask(json!({"kind": "correct"})).await.is(422).names("/note", "required");
    ask(json!({"kind": "correct", "note": "Số đúng là 12."})).await.is_problem(409, "not-published");
    ask(json!({"content_hash": draft.hash(&desk.author).await})).await.is_problem(409, "hash-mismatch");
    draft.publish_at(&desk.publisher, SEVEN).await.is_problem(409, "not-approved");
    edition.publish_at(&desk.author, SEVEN).await.is_problem(403, "forbidden");

    assert_eq!(desk.app.digest().await, before);
}

#[actix_web::test]
async fn a_newer_order_takes_the_place_of_an_older_one_and_publishing_by_hand_that_of_both() {
    let (desk, edition) = approved().await;
    let first = edition.publish_at(&desk.publisher, NINE).await.is(202).json();
    let second = edition.publish_at(&desk.publisher, SEVEN).await.is(202).json();
    let plan = edition.plan(&desk.publisher).await;
    assert_eq!(plan["publish"]["id"], second["id"]);
    let listed = desk.publisher.get("/api/v1/schedules?outcome=superseded").await.is(200).json();
    assert_eq!((&listed["items"][0]["id"], &listed["items"][0]["why"]), (&first["id"], &json!("ordered-again")));

    edition.publish(&desk.publisher).await.is(200);

    assert_eq!(outcome(&edition, &desk.publisher).await, why("superseded", "published-before"));
    assert_eq!(at(&desk, NINE).await, 0);
    assert_eq!(edition.item().await.version, 1);
}

#[actix_web::test]
async fn taking_down_ends_what_waits_so_that_nothing_comes_back_at_night() {
    let (desk, edition) = approved().await;
    edition.publish(&desk.publisher).await.is(200);
    edition.save(&desk.author, text("Bản hai", "Hai.")).await.is(200);
    desk.approve(&edition).await;
    edition.publish_at(&desk.publisher, SEVEN).await.is(202);

    edition.withdraw(&desk.publisher, "").await.is(200);

    assert_eq!(outcome(&edition, &desk.publisher).await, why("superseded", "taken-down-before"));
    assert_eq!(at(&desk, SEVEN).await, 0);
    assert!(matches!(edition.found().await, Some(Found::Gone(_))));
    // A person may, who sees that it is down and which text is to come.
    let by = publisher(&desk).await;
    let done = edition.publish(&by).await.is(200).json();
    assert_eq!((&done["kind"], &done["version"]), (&json!("update"), &json!(2)));
}

#[actix_web::test]
async fn an_order_sent_again_is_one_order() {
    let (desk, edition) = approved().await;
    let order = json!({"content_hash": edition.hash(&desk.publisher).await, "publish_at": SEVEN});
    let send = async || {
        let headers = [("idempotency-key", "abc")];
        desk.publisher.write(actix_web::http::Method::POST, &edition.path("publish"), &headers, &order).await
    };

    let (first, second) = (send().await.is(202), send().await.is(202));

    assert_eq!(first.body, second.body);
    assert_eq!(desk.app.query("SELECT id FROM schedule").await.len(), 1);
}

#[actix_web::test]
async fn orders_are_listed_for_those_whose_work_they_are_page_by_page() {
    let app = TestApp::new().await;
    let desk = Desk::of(&app).await;
    for hour in 0..5 {
        let edition = desk.draft().begin().await;
        desk.approve(&edition).await;
        edition.publish_at(&desk.publisher, &format!("2026-11-23T0{hour}:00:00Z")).await.is(202);
    }
    let foreign = desk.draft().with("agency", "so").begin().await;
    desk.approve(&foreign).await;
    foreign.publish_at(&desk.publisher, SEVEN).await.is(202);

    let of_bao = app.account("author").agency("bao").sign_in().await;
    let guest = app.account("translator").locale("en").sign_in().await;
    let mut seen = Vec::new();
    let mut path = "/api/v1/schedules?limit=2&outcome=waiting".to_owned();
    loop {
        let page = of_bao.get(&path).await.is(200).json();
        seen.extend(page["items"].as_array().unwrap().iter().map(|one| one["at"].as_str().unwrap().to_owned()));
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        path = format!("/api/v1/schedules?limit=2&outcome=waiting&cursor={cursor}");
    }

    let moments: Vec<String> = (0..5).rev().map(|hour| format!("2026-11-23T0{hour}:00:00Z")).collect();
    assert_eq!(seen, moments);
    assert_eq!(guest.get("/api/v1/schedules").await.is(200).json()["items"], json!([]));
    desk.publisher.get("/api/v1/schedules?outcome=maybe").await.is_problem(400, "bad-parameter");
    let found = desk.author.get("/api/v1/articles?state=scheduled").await.is(200).json();
    assert_eq!(found["items"].as_array().unwrap().len(), 6);
    assert_eq!(desk.author.get("/api/v1/articles?state=approved").await.json()["items"], json!([]));
}
