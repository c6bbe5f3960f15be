//! Attesting: the source changed, and the translation is still right.

use lantoa::domain::event::LiveEventType;
use serde_json::{Value, json};

use crate::support::{Answer, Client, Desk, Edition, english, text};

/// A public source with a public translation that its source has left behind.
async fn behind() -> (Desk, Edition, Edition) {
    let desk = Desk::new().await;
    let source = desk.story(desk.draft()).await;
    let translation = desk.translation(&source, "en", english()).await;
    desk.update(&source, text("Bản hai", "Sáng 14-9, lô cá ngừ 12,5 tấn đã rời cảng Vân Sa an toàn.")).await;
    (desk, source, translation)
}

async fn attest(by: &Client, edition: &Edition) -> Answer {
    by.post(&edition.path("attest"), &json!({"comment": "Chỉ đổi cách nói."})).await
}

async fn stale(desk: &Desk, edition: &Edition) -> (bool, bool) {
    let shown = edition.show(&desk.translator).await["stale"] == true;
    let filtered = desk.author.get("/api/v1/articles?stale=true").await.is(200).json();
    let found = filtered["items"].as_array().unwrap().iter().any(|one| one["id"] == edition.article.as_str());
    assert_eq!(shown, found, "the filter and the view agree");
    (shown, edition.public().await.is(200).json()["stale"] == true)
}

#[actix_web::test]
async fn an_attested_translation_is_fresh_once_another_agreed_and_no_text_was_made() {
    let (desk, source, translation) = behind().await;
    assert_eq!(stale(&desk, &translation).await, (true, true));
    let before = translation.public().await.is(200).json();

    let asked = attest(&desk.translator, &translation).await.is(201).json();
    assert_eq!((&asked["revision"], &asked["source_revision"]), (&json!(1), &json!(2)));
    assert_eq!((&asked["case"]["workflow"], &asked["case"]["state"]), (&json!("attestation"), &json!("open")));
    assert_eq!(stale(&desk, &translation).await, (true, true), "nobody agreed yet");
    assert_eq!(translation.state(&desk.translator).await, "published");

    let agreed = translation.decide(&desk.reviewer, "approve").await.is(200).json();
    assert_eq!((&agreed["workflow"], &agreed["state"]), (&json!("attestation"), &json!("approved")));
    assert_eq!(stale(&desk, &translation).await, (false, false));
    let shown = translation.show(&desk.translator).await;
    assert_eq!(
        (&shown["revision"], &shown["staleness"], &shown["source_changes"]),
        (&json!(1), &Value::Null, &Value::Null)
    );
    let after = translation.public().await.is(200).json();
    for member in ["version", "content_hash", "signature", "updated_at", "source"] {
        assert_eq!(after[member], before[member], "{member}");
    }
    let told: Vec<_> =
        desk.app.changes().await.into_iter().map(|(_, event)| (event.kind, event.locale.to_string())).collect();
    assert_eq!(told.last(), Some(&(LiveEventType::Fresh, "en".to_owned())));
    assert_eq!(desk.app.sweep().await, []);

    // The source moves on again: what was attested says nothing of that.
    desk.update(&source, text("Bản ba", "Tin khác hẳn.")).await;
    assert_eq!(stale(&desk, &translation).await, (true, true));
    assert_eq!(translation.show(&desk.translator).await["staleness"], json!({"made_from": 2, "reference": 3}));
    assert_eq!(desk.app.sweep().await, []);
    let listed = desk.author.get(&translation.path("attestations")).await.is(200).json();
    assert_eq!((&listed["items"][0]["id"], &listed["items"][0]["case"]["state"]), (&asked["id"], &json!("approved")));
}

#[actix_web::test]
async fn the_next_text_follows_what_the_one_before_was_attested_to_hold_against() {
    let (desk, _, translation) = behind().await;
    attest(&desk.translator, &translation).await.is(201);
    translation.decide(&desk.reviewer, "approve").await.is(200);

    translation.save(&desk.translator, english()).await.is(200);

    let shown = translation.show(&desk.translator).await;
    assert_eq!((&shown["source"]["revision"], &shown["stale"]), (&json!(2), &json!(false)));
    desk.publish(&translation).await;
    assert_eq!(stale(&desk, &translation).await, (false, false));
    assert_eq!(desk.app.sweep().await, []);
}

#[actix_web::test]
async fn an_attestation_publishes_nothing_and_counts_for_no_other_text() {
    let (desk, _, translation) = behind().await;
    attest(&desk.translator, &translation).await.is(201);
    translation.save(&desk.translator, english()).await.is(200);
    let listed = desk.author.get(&translation.path("attestations")).await.is(200).json();
    assert_eq!(listed["items"][0]["case"]["state"], "superseded", "another text");
    let decided = translation.decide(&desk.reviewer, "approve").await;
    decided.is_problem(409, "no-open-case");

    // Attested and approved, a text that never was under review is not published by it, even if a row says so.
    attest(&desk.translator, &translation).await.is(201);
    translation.decide(&desk.reviewer, "approve").await.is(200);
    translation.publish(&desk.publisher).await.is_problem(409, "not-approved");
    desk.app
        .sql("UPDATE edition SET approved_number = 2, case_id = (SELECT case_id FROM attestation WHERE target_number = 2) WHERE locale = 'en'")
        .await;
    translation.publish(&desk.publisher).await.is_problem(409, "not-approved");
}

#[actix_web::test]
async fn an_attestation_that_another_text_ended_is_no_finding() {
    let (desk, _, translation) = behind().await;
    attest(&desk.translator, &translation).await.is(201);

    translation.save(&desk.translator, english()).await.is(200);
    assert_eq!(desk.app.sweep().await, [], "asked of a public text");

    attest(&desk.translator, &translation).await.is(201);
    translation.submit(&desk.translator).await.is(201);
    translation.save(&desk.translator, english()).await.is(200);
    assert_eq!(desk.app.sweep().await, [], "asked of a text that was submitted after it");
}

#[actix_web::test]
async fn who_attests_is_no_judge_of_it_and_what_is_fresh_needs_none() {
    let (desk, source, translation) = behind().await;
    let both = desk.app.account("translator").and("reviewer").sign_in().await;
    let french = desk.translation(&source, "fr", english()).await;
    let before = desk.app.digest().await;
    attest(&desk.translator, &french).await.is_problem(409, "not-stale");
    attest(&desk.author, &source).await.is_problem(409, "not-stale");
    for by in [&desk.author, &desk.reviewer, &desk.publisher] {
        attest(by, &translation).await.is_problem(403, "forbidden");
    }
    let seen = json!({"source_revision": 1});
    desk.translator.post(&translation.path("attest"), &seen).await.is_problem(409, "hash-mismatch");
    assert_eq!(desk.app.digest().await, before);

    attest(&both, &translation).await.is(201);
    attest(&desk.translator, &translation).await.is_problem(409, "case-open");
    translation.decide(&both, "approve").await.is_problem(403, "own-text");
    translation.decide(&desk.translator, "approve").await.is_problem(403, "own-text");
    translation.decide(&desk.reviewer, "request_changes").await.is(200);
    assert_eq!(stale(&desk, &translation).await, (true, true), "turned down");
    attest(&desk.translator, &translation).await.is(201);
}

#[actix_web::test]
async fn an_attestation_that_the_audit_chain_does_not_know_makes_nothing_fresh() {
    let (desk, _, translation) = behind().await;
    attest(&desk.translator, &translation).await.is(201);
    assert_eq!(desk.app.sweep().await, []);

    desk.app.sql("UPDATE review_case SET state = 'approved' WHERE workflow = 'attestation'").await;
    desk.app.sql("UPDATE live_item SET source_number = 2 WHERE locale = 'en'").await;

    assert!(!desk.app.sweep().await.is_empty(), "the sweep finds it");
}
