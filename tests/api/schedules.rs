//! Orders for a later moment: each once, each with what became of it, and everything looked at again.

mod orders;

use futures_util::future::join;
use lantoa::service::public::Found;
use serde_json::{Value, json};

use crate::support::{Desk, english, text};

use orders::{NINE, SEVEN, approved, at, outcome, publisher, why};

/// Demonstration (c).
#[actix_web::test]
async fn english_is_public_at_seven_and_vietnamese_at_nine_each_with_its_outcome() {
    let desk = Desk::new().await;
    let source = desk.draft().with("source_locale", "en").with("title", "Port opens").begin().await;
    let translation = source.in_locale("vi");
    source.submit(&desk.author).await.is(201);
    source.approve_open(&desk.reviewer, &desk.approver).await;
    translation.translate(&desk.translator, text("Cảng mở cửa", "Sáng nay.")).await.is(201);
    translation.submit(&desk.translator).await.is(201);
    translation.approve_open(&desk.reviewer, &desk.approver).await;
    let first = source.publish_at(&desk.publisher, SEVEN).await.is(202).json();
    let second = translation.publish_at(&desk.publisher, NINE).await.is(202).json();
    assert_eq!((&first["at"], &second["at"]), (&json!("2026-11-23T00:00:00Z"), &json!("2026-11-23T02:00:00Z")));
    assert_eq!(source.state(&desk.publisher).await, "scheduled");

    assert_eq!(at(&desk, "2026-11-23T06:59:59.999999+07:00").await, 0);
    assert!(source.found().await.is_none() && translation.found().await.is_none());
    assert_eq!(at(&desk, SEVEN).await, 1);
    assert!(matches!(source.found().await, Some(Found::Item(_))));
    assert!(translation.found().await.is_none(), "each edition at its own time");
    assert_eq!(at(&desk, "2026-11-23T08:59:59+07:00").await, 0);
    assert_eq!(at(&desk, NINE).await, 1);

    let by = publisher(&desk).await;
    for (edition, moment) in [(&source, "2026-11-23T00:00:00Z"), (&translation, "2026-11-23T02:00:00Z")] {
        assert_eq!(edition.item().await.published_at.to_string(), moment);
        let plan = edition.plan(&by).await;
        let done = &plan["publish"];
        assert_eq!((&done["outcome"], &done["settled_at"]), (&json!("done"), &json!(moment)));
        assert_eq!(
            (&done["attempts"], &done["why"], &done["next_attempt_at"]),
            (&json!(0), &Value::Null, &Value::Null)
        );
        let act = desk.app.query("SELECT kind, sequence FROM publication").await;
        assert_eq!(act.len(), 2, "{act:?}");
        assert!(done["publication"].is_string());
        assert_eq!(edition.show(&by).await["schedule"], plan, "in the edition too");
        assert_eq!(edition.state(&by).await, "published");
    }
    let listed = by.get("/api/v1/schedules").await.is(200).json();
    let moments: Vec<_> = listed["items"].as_array().unwrap().iter().map(|one| one["locale"].clone()).collect();
    assert_eq!(moments, ["vi", "en"], "the latest moment first");
    assert_eq!(desk.app.sweep().await, []);
}

#[actix_web::test]
async fn a_translation_due_before_its_source_is_refused_at_its_moment_and_says_why() {
    let (desk, source) = approved().await;
    let translation = source.in_locale("en");
    translation.translate(&desk.translator, english()).await.is(201);
    desk.approve(&translation).await;
    translation.publish_at(&desk.publisher, SEVEN).await.is(202);
    source.publish_at(&desk.publisher, NINE).await.is(202);

    at(&desk, SEVEN).await;
    let by = publisher(&desk).await;
    assert_eq!(outcome(&translation, &by).await, why("refused", "source-not-published"));
    assert_eq!(translation.state(&by).await, "approved");
    at(&desk, NINE).await;

    assert!(translation.found().await.is_none());
    assert!(matches!(source.found().await, Some(Found::Item(_))), "the source is not held up");
}

#[actix_web::test]
async fn of_one_moment_the_source_goes_first() {
    let (desk, source) = approved().await;
    let translation = source.in_locale("en");
    translation.translate(&desk.translator, english()).await.is(201);
    desk.approve(&translation).await;
    translation.publish_at(&desk.publisher, SEVEN).await.is(202);
    source.publish_at(&desk.publisher, SEVEN).await.is(202);

    assert_eq!(at(&desk, SEVEN).await, 2);

    assert!(matches!(translation.found().await, Some(Found::Item(_))));
}

/// Demonstration (a).
#[actix_web::test]
async fn a_text_edited_after_its_approval_is_refused_with_what_lies_between() {
    let (desk, edition) = approved().await;
    edition.save(&desk.author, text("Bản hai", "Hai.")).await.is(200);
    let before = desk.app.digest().await;

    let refused = edition.publish(&desk.publisher).await.is_problem(409, "not-approved").json();

    assert_eq!((&refused["approved_revision"], &refused["latest_revision"]), (&json!(1), &json!(2)));
    let diff = format!("{}/2/diff?against=1", edition.path("revisions"));
    assert_eq!(refused["diff"], diff);
    assert_eq!(desk.app.digest().await, before);
    assert!(edition.found().await.is_none());
    let never = desk.draft().begin().await;
    let refused = never.publish(&desk.publisher).await.is_problem(409, "not-approved").json();
    assert_eq!(refused["approved_revision"], Value::Null, "nothing was ever approved");
}

#[actix_web::test]
async fn an_edit_supersedes_the_order_at_once_and_the_state_shows_it() {
    let (desk, edition) = approved().await;
    edition.publish_at(&desk.publisher, SEVEN).await.is(202);

    edition.save(&desk.author, text("Bản hai", "Hai.")).await.is(200);

    assert_eq!(outcome(&edition, &desk.publisher).await, why("superseded", "edited"));
    assert_eq!(edition.state(&desk.author).await, "draft");
    assert_eq!(at(&desk, SEVEN).await, 0);
    assert!(edition.found().await.is_none());
}

#[actix_web::test]
async fn a_text_taken_back_is_not_published_at_its_moment() {
    let (desk, edition) = approved().await;
    edition.publish_at(&desk.publisher, SEVEN).await.is(202);

    edition.take_back(&desk.author).await.is(200);

    assert_eq!(outcome(&edition, &desk.publisher).await, why("superseded", "taken-back"));
    assert_eq!(at(&desk, SEVEN).await, 0);
}

#[actix_web::test]
async fn at_its_moment_everything_that_the_approval_rests_on_is_looked_at_again() {
    let (desk, edition) = approved().await;
    let admin = desk.app.account("admin").sign_in().await;
    edition.publish_at(&desk.publisher, SEVEN).await.is(202);
    let path = format!("/api/v1/accounts/{}/grants", desk.reviewer.id);
    admin.put(&path, "\"v1\"", &json!({"grants": []})).await.is(200);

    assert_eq!(at(&desk, SEVEN).await, 1);

    let by = publisher(&desk).await;
    assert_eq!(outcome(&edition, &by).await, why("refused", "approval-lapsed"));
    assert!(edition.found().await.is_none());
    assert_eq!(edition.state(&by).await, "approved");
}

#[actix_web::test]
async fn an_order_falls_with_the_right_of_who_gave_it() {
    let (desk, edition) = approved().await;
    let admin = desk.app.account("admin").sign_in().await;
    edition.publish_at(&desk.publisher, SEVEN).await.is(202);
    let path = format!("/api/v1/accounts/{}", desk.publisher.id);
    admin.patch(&path, "\"v1\"", &json!({"disabled": true})).await.is(200);

    at(&desk, SEVEN).await;

    assert_eq!(outcome(&edition, &publisher(&desk).await).await, why("refused", "publisher-without-right"));
    assert!(edition.found().await.is_none());
}

#[actix_web::test]
async fn a_row_altered_beside_the_application_publishes_nothing() {
    let alterations = [
        ("UPDATE schedule SET note = 'Chim hoàng yến'", "not-ordered"),
        ("UPDATE schedule SET due_at = wake_at, correct = (1 = 1)", "not-ordered"),
        ("UPDATE schedule SET deed = 'withdraw'", "not-ordered"),
        ("UPDATE revision SET title = 'Chim hoàng yến'", "hash-mismatch"),
        (
            "UPDATE review_case SET content_hash = substr(content_hash, 2) || substr(content_hash, 1, 1)",
            "hash-mismatch",
        ),
    ];
    for (sql, reason) in alterations {
        let (desk, edition) = approved().await;
        edition.publish_at(&desk.publisher, SEVEN).await.is(202);
        desk.app.sql(sql).await;

        at(&desk, SEVEN).await;

        let found = desk.app.query("SELECT outcome, why FROM schedule").await;
        assert_eq!((&found[0]["outcome"], &found[0]["why"]), (&json!("refused"), &json!(reason)), "{sql}");
        assert!(edition.found().await.is_none(), "{sql}");
    }
}

#[actix_web::test]
async fn a_failed_attempt_is_counted_and_tried_again() {
    let (desk, edition) = approved().await;
    edition.publish_at(&desk.publisher, SEVEN).await.is(202);
    // Publishing gets as far as the live store, and no further.
    desk.app.sql("ALTER TABLE live_topic RENAME TO elsewhere").await;

    assert_eq!(at(&desk, SEVEN).await, 1);

    let rows = desk.app.query("SELECT outcome, why, attempts FROM schedule").await;
    assert_eq!(rows, [json!({"outcome": "waiting", "why": "internal", "attempts": 1})]);
    assert!(desk.app.query("SELECT id FROM publication").await.is_empty(), "nothing is half done");
    assert!(desk.app.query("SELECT slug FROM slug_claim").await.is_empty());
    assert_eq!(desk.app.run_due().await, 0, "not before it has waited");
    desk.app.pass(1);
    assert_eq!(desk.app.run_due().await, 1);
    desk.app.pass(1);
    assert_eq!(desk.app.run_due().await, 0, "each wait is twice the one before");
    desk.app.sql("ALTER TABLE elsewhere RENAME TO live_topic").await;
    desk.app.pass(1);
    assert_eq!(desk.app.run_due().await, 1);

    let by = publisher(&desk).await;
    let done = edition.plan(&by).await["publish"].clone();
    assert_eq!((&done["outcome"], &done["attempts"], &done["why"]), (&json!("done"), &json!(2), &Value::Null));
    assert!(matches!(edition.found().await, Some(Found::Item(_))));
    assert_eq!(desk.app.sweep().await, []);
}

#[actix_web::test]
async fn what_fails_again_and_again_has_failed_and_says_so() {
    let (desk, edition) = approved().await;
    edition.publish_at(&desk.publisher, SEVEN).await.is(202);
    desk.app.sql("ALTER TABLE live_topic RENAME TO elsewhere").await;
    at(&desk, SEVEN).await;

    for _ in 0..20 {
        desk.app.pass(300);
        desk.app.run_due().await;
    }

    desk.app.sql("ALTER TABLE elsewhere RENAME TO live_topic").await;
    assert_eq!(desk.app.run_due().await, 0);
    let by = publisher(&desk).await;
    let failed = edition.plan(&by).await["publish"].clone();
    assert_eq!((&failed["outcome"], &failed["attempts"]), (&json!("failed"), &json!(12)));
    assert_eq!(failed["why"], "internal");
    edition.publish(&by).await.is(200);
}

#[actix_web::test]
async fn a_missed_moment_is_made_up_for_and_a_clock_set_back_repeats_nothing() {
    let (desk, edition) = approved().await;
    edition.publish_at(&desk.publisher, SEVEN).await.is(202);
    // Nothing runs for two days, and then another process does.
    desk.app.clock.set("2026-11-25T00:00:00Z".parse().unwrap());
    let again = desk.app.again().await;

    assert_eq!(again.run_due().await, 1);
    assert_eq!(edition.item().await.published_at.to_string(), "2026-11-25T00:00:00Z");
    desk.app.clock.set("2026-11-22T23:00:00Z".parse().unwrap());
    assert_eq!(again.run_due().await, 0);
    assert_eq!(at(&desk, SEVEN).await, 0);

    assert_eq!(desk.app.query("SELECT id FROM publication").await.len(), 1);
}

/// Demonstration (g).
#[actix_web::test]
async fn two_processes_and_one_order_make_one_publication() {
    let desk = Desk::new().await;
    let mut editions = Vec::new();
    for _ in 0..8 {
        let edition = desk.draft().begin().await;
        desk.approve(&edition).await;
        edition.publish_at(&desk.publisher, SEVEN).await.is(202);
        editions.push(edition);
    }
    let other = desk.app.again().await;
    desk.app.clock.set(SEVEN.parse().unwrap());

    let (one, two) = join(desk.app.run_due(), other.run_due()).await;

    assert_eq!(one + two, 8, "each once");
    assert_eq!(desk.app.query("SELECT id FROM publication").await.len(), 8);
    let by = publisher(&desk).await;
    for edition in &editions {
        assert_eq!(edition.plan(&by).await["publish"]["outcome"], "done");
        assert_eq!(edition.item().await.version, 1);
    }
    let events: Vec<i64> = desk.app.changes().await.into_iter().map(|(number, _)| number).collect();
    assert_eq!(events, (1..=8).collect::<Vec<_>>(), "told once, and without a gap");
}
