//! Review: a case is bound to one text; two others decide, one stage each.

use actix_web::http::Method;
use serde_json::json;

use crate::support::{Client, Edition, LOCALES, TestApp, Walk, text};

struct Desk {
    author: Client,
    reviewer: Client,
    approver: Client,
    publisher: Client,
    edition: Edition,
}

async fn desk() -> Desk {
    let app = TestApp::new().await;
    let author = app.account("author").sign_in().await;
    Desk {
        edition: author.article().begin().await,
        author,
        reviewer: app.account("reviewer").sign_in().await,
        approver: app.account("approver").sign_in().await,
        publisher: app.account("publisher").sign_in().await,
    }
}

#[actix_web::test]
async fn submitting_names_the_version_that_was_seen() {
    let Desk { author, edition, .. } = desk().await;
    let old = edition.etag(&author).await;
    edition.save(&author, text("Bản hai", "Hai.")).await.is(200);

    let without = author.write(Method::POST, &edition.path("submit"), &[], &json!({})).await;
    let stale = author.write(Method::POST, &edition.path("submit"), &[("if-match", &old)], &json!({})).await;

    without.is_problem(428, "precondition-required");
    stale.is_problem(412, "precondition-failed");
    assert_eq!(edition.state(&author).await, "draft");
}

#[actix_web::test]
async fn a_case_is_bound_to_a_revision_and_its_hash() {
    let Desk { author, edition, .. } = desk().await;
    let seen = edition.show(&author).await;

    let case = edition.submit(&author).await.is(201).json();

    assert_eq!(case["revision"], seen["revision"]);
    assert_eq!(case["content_hash"], seen["content_hash"]);
    assert_eq!(case["state"], "open");
    assert_eq!(case["current_stage"], 0);
    assert_eq!(edition.show(&author).await["case"]["id"], case["id"]);
}

#[actix_web::test]
async fn a_text_is_submitted_once() {
    let Desk { author, reviewer, approver, edition, .. } = desk().await;
    edition.submit(&author).await.is(201);
    edition.submit(&author).await.is_problem(409, "case-open");

    edition.decide(&reviewer, "approve").await.is(200);
    edition.decide(&approver, "approve").await.is(200);

    edition.submit(&author).await.is_problem(409, "case-open");
}

#[actix_web::test]
async fn a_text_whose_approval_lapsed_is_submitted_anew() {
    let Desk { author, reviewer, approver, publisher, edition } = desk().await;
    let admin = edition.app.account("admin").and("auditor").sign_in().await;
    let second = edition.app.account("reviewer").sign_in().await;
    edition.submit(&author).await.is(201);
    edition.approve_open(&reviewer, &approver).await;
    let first = edition.show(&author).await["case"]["id"].clone();
    edition.submit(&author).await.is_problem(409, "case-open");
    admin.put(&format!("/api/v1/accounts/{}/grants", reviewer.id), "\"v1\"", &json!({"grants": []})).await.is(200);
    edition.publish(&publisher).await.is_problem(409, "approval-lapsed");

    let case = edition.submit(&author).await.is(201).json();

    assert_ne!(case["id"], first);
    assert_eq!((&case["state"], &case["decisions"]), (&json!("open"), &json!([])));
    let states = edition.app.query("SELECT state FROM review_case ORDER BY opened_at, id").await;
    assert_eq!(states, [json!({"state": "superseded"}), json!({"state": "open"})]);
    let entries = admin.get("/api/v1/audit?limit=2").await.is(200).json()["items"].clone();
    assert_eq!((&entries[0]["action"], &entries[0]["data"]["case"]), (&json!("edition.submitted"), &case["id"]));
    assert_eq!((&entries[1]["action"], &entries[1]["data"]["case"]), (&json!("edition.approval_lapsed"), &first));
    edition.publish(&publisher).await.is_problem(409, "not-approved");
    edition.approve_open(&second, &approver).await;
    edition.publish(&publisher).await.is(200);
}

#[actix_web::test]
async fn two_people_decide_one_stage_each_in_their_order() {
    let Desk { author, reviewer, approver, edition, .. } = desk().await;
    edition.submit(&author).await.is(201);

    edition.decide(&approver, "approve").await.is_problem(403, "forbidden");
    let first = edition.decide(&reviewer, "approve").await.is(200).json();
    edition.decide(&reviewer, "approve").await.is(403);
    let second = edition.decide(&approver, "approve").await.is(200).json();

    assert_eq!(first["state"], "open");
    assert_eq!(first["current_stage"], 1);
    assert_eq!(second["state"], "approved");
    assert_eq!(second["current_stage"], json!(null));
    assert_eq!(second["decisions"].as_array().unwrap().len(), 2);
}

#[actix_web::test]
async fn one_person_takes_one_stage_whatever_roles_they_hold() {
    let Desk { author, approver, edition, .. } = desk().await;
    let both = edition.app.account("reviewer").and("approver").sign_in().await;
    edition.submit(&author).await.is(201);
    edition.decide(&both, "approve").await.is(200);

    edition.decide(&both, "approve").await.is_problem(403, "second-stage");
    edition.decide(&both, "request_changes").await.is_problem(403, "second-stage");

    assert_eq!(edition.state(&author).await, "in_review");
    edition.decide(&approver, "approve").await.is(200);
}

#[actix_web::test]
async fn everyone_who_saved_since_the_last_publication_is_an_author() {
    let Desk { author, edition, approver, publisher, reviewer } = desk().await;
    let first = edition.app.account("author").and("reviewer").and("approver").sign_in().await;
    let last = edition.app.account("author").and("reviewer").and("approver").sign_in().await;
    edition.save(&first, text("Bản hai", "Hai.")).await.is(200);
    edition.save(&last, text("Bản ba", "Ba.")).await.is(200);
    edition.submit(&author).await.is(201);
    let before = edition.app.digest().await;

    for own in [&first, &last] {
        edition.decide(own, "approve").await.is_problem(403, "own-text");
        edition.decide(own, "request_changes").await.is_problem(403, "own-text");
    }

    assert_eq!(edition.app.digest().await, before, "a refusal changes nothing");
    edition.decide(&reviewer, "approve").await.is(200);
    edition.decide(&first, "approve").await.is_problem(403, "own-text");
    edition.decide(&approver, "approve").await.is(200);
    edition.publish(&publisher).await.is(200);
    // What is public is nobody's work in hand: the next text has its own authors.
    edition.save(&author, text("Bản bốn", "Bốn.")).await.is(200);
    edition.submit(&author).await.is(201);
    edition.decide(&first, "approve").await.is(200);
    edition.decide(&last, "approve").await.is(200);
}

#[actix_web::test]
async fn an_author_who_was_given_another_role_is_an_author_still() {
    let Desk { author, edition, .. } = desk().await;
    let admin = edition.app.account("admin").sign_in().await;
    edition.submit(&author).await.is(201);
    let path = format!("/api/v1/accounts/{}", author.id);
    let etag = admin.get(&path).await.is(200).etag();
    let grants = json!({"grants": [{"role": "reviewer"}, {"role": "approver"}]});
    admin.put(&format!("{path}/grants"), &etag, &grants).await.is(200);

    edition.decide(&author, "approve").await.is_problem(403, "own-text");
}

#[actix_web::test]
async fn a_decision_names_the_text_that_was_seen() {
    let Desk { author, reviewer, edition, .. } = desk().await;
    let old = edition.hash(&author).await;
    edition.save(&author, text("Bản hai", "Hai.")).await.is(200);
    edition.submit(&author).await.is(201);

    edition.decide_on(&reviewer, "approve", &old).await.is_problem(409, "hash-mismatch");
    edition
        .decide_on(&reviewer, "approve", "nothing")
        .await
        .is_problem(422, "invalid")
        .names("/content_hash", "bad-hash");

    assert_eq!(edition.show(&author).await["case"]["decisions"], json!([]));
}

#[actix_web::test]
async fn asking_for_changes_says_why_and_closes_the_case() {
    let Desk { author, reviewer, approver, edition, publisher } = desk().await;
    edition.submit(&author).await.is(201);
    edition.decide(&reviewer, "approve").await.is(200);
    let hash = edition.hash(&author).await;

    let order = json!({"verdict": "request_changes", "content_hash": hash, "comment": "  "});
    let silent = approver.post(&edition.path("decisions"), &order).await;
    silent.is_problem(422, "invalid").names("/comment", "required");
    let case = edition.decide(&approver, "request_changes").await.is(200).json();

    assert_eq!(case["state"], "changes_requested");
    assert_eq!(edition.state(&author).await, "changes_requested");
    assert_eq!(case["decisions"][1]["comment"], "Xem lại.");
    edition.decide(&approver, "approve").await.is_problem(409, "no-open-case");
    edition.publish(&publisher).await.is_problem(409, "not-approved");
    edition.submit(&author).await.is(201);
}

#[actix_web::test]
async fn an_edit_supersedes_an_open_case() {
    let Desk { author, reviewer, edition, publisher, .. } = desk().await;
    edition.submit(&author).await.is(201);
    edition.decide(&reviewer, "approve").await.is(200);
    let old = edition.hash(&author).await;

    edition.save(&author, text("Bản hai", "Hai.")).await.is(200);

    assert_eq!(edition.state(&author).await, "draft");
    edition.decide_on(&reviewer, "approve", &old).await.is(409);
    edition.publish(&publisher).await.is_problem(409, "not-approved");
    // The approval of the old text does not follow the new one into its case.
    let case = edition.submit(&author).await.is(201).json();
    assert_eq!(case["decisions"], json!([]));
    edition.decide_on(&reviewer, "approve", &old).await.is_problem(409, "hash-mismatch");
}

#[actix_web::test]
async fn an_edit_supersedes_an_approval() {
    let Desk { author, approver, edition, publisher, .. } = desk().await;
    edition.approve(&author).await;
    assert_eq!(edition.state(&author).await, "approved");
    let old = edition.hash(&author).await;

    edition.save(&author, text("Bản hai", "Hai.")).await.is(200);

    assert_eq!(edition.state(&author).await, "draft");
    edition.publish(&publisher).await.is_problem(409, "not-approved");
    publisher.post(&edition.path("publish"), &json!({"content_hash": old})).await.is(409);
    edition.decide_on(&approver, "approve", &old).await.is(409);
    assert!(edition.found().await.is_none());
}

#[actix_web::test]
async fn a_submitted_or_approved_text_can_be_taken_back() {
    let Desk { author, reviewer, edition, publisher, .. } = desk().await;
    edition.take_back(&author).await.is_problem(409, "no-open-case");
    edition.submit(&author).await.is(201);
    edition.take_back(&reviewer).await.is_problem(403, "forbidden");

    let case = edition.take_back(&author).await.is(200).json();
    assert_eq!(case["state"], "superseded");
    assert_eq!(edition.state(&author).await, "draft");
    edition.decide(&reviewer, "approve").await.is_problem(409, "no-open-case");

    edition.approve(&author).await;
    edition.take_back(&author).await.is(200);
    edition.publish(&publisher).await.is_problem(409, "not-approved");
    edition.take_back(&author).await.is_problem(409, "no-open-case");
}

#[actix_web::test]
async fn each_step_has_its_state_and_the_filter_finds_it() {
    let Desk { author, reviewer, approver, publisher, edition } = desk().await;
    let stands = async |state: &str| {
        assert_eq!(edition.state(&author).await, state);
        author.agrees_on_states(&["vi", "en"]).await;
    };
    stands("draft").await;
    edition.submit(&author).await.is(201);
    stands("in_review").await;
    edition.decide(&reviewer, "request_changes").await.is(200);
    stands("changes_requested").await;
    edition.submit(&author).await.is(201);
    stands("in_review").await;
    edition.decide(&reviewer, "approve").await.is(200);
    stands("in_review").await;
    edition.decide(&approver, "approve").await.is(200);
    stands("approved").await;
    edition.publish(&publisher).await.is(200);
    stands("published").await;
    edition.submit(&author).await.is_problem(409, "already-published");
    edition.save(&author, text("Bản hai", "Hai.")).await.is(200);
    stands("draft").await;
    edition.submit(&author).await.is(201);
    stands("in_review").await;
    edition.approve_open(&reviewer, &approver).await;
    stands("approved").await;
    edition.publish(&publisher).await.is(200);
    edition.withdraw(&publisher, "").await.is(200);
    stands("withdrawn").await;
    edition.save(&author, text("Bản ba", "Ba.")).await.is(200);
    stands("draft").await;
}

#[actix_web::test]
async fn filters_and_views_agree_wherever_a_walk_leads() {
    let app = TestApp::new().await;
    let mut walk = Walk::new(&app, 3, 7).await;

    for step in 0..120 {
        walk.step().await;
        if step % 12 == 0 {
            walk.reader().agrees_on_states(&LOCALES).await;
        }
    }

    walk.reader().agrees_on_states(&LOCALES).await;
}
