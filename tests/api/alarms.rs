//! Administrators and auditors are told of each finding once, whichever process finds it, and again when it returns.

use lantoa::service::integrity;
use serde_json::{Value, json};

use crate::support::{Client, Desk, TestApp};

async fn watch(app: &TestApp) {
    integrity::watch(&app.app).await.unwrap();
    integrity::watch_chain(&app.app).await.unwrap();
}

async fn told(by: &Client) -> Vec<Value> {
    by.get("/api/v1/notifications?limit=100").await.is(200).json()["items"].as_array().unwrap().clone()
}

async fn kinds(by: &Client) -> Vec<String> {
    told(by).await.iter().map(|one| one["kind"].as_str().unwrap().to_owned()).collect()
}

/// What an intruder does to a public text, and what undoes it.
const ALTER: &str = "UPDATE live_item SET corrections = '[7]'";
const UNDO: &str = "UPDATE live_item SET corrections = '[]'";

#[actix_web::test]
async fn each_finding_is_told_once_to_administrators_and_auditors_by_whichever_process() {
    let desk = Desk::new().await;
    let live = desk.story(desk.draft()).await;
    let (auditor, admin) = (desk.app.account("auditor").sign_in().await, desk.app.account("admin").sign_in().await);
    let other = desk.app.again().await;
    watch(&desk.app).await;
    assert_eq!(told(&auditor).await, [] as [Value; 0], "nothing is wrong yet");

    desk.app.sql(ALTER).await;
    // Both at the same moment, then one that begins later.
    let both = futures_util::future::join(integrity::watch(&desk.app.app), integrity::watch(&other.app)).await;
    assert!(both.0.is_ok() && both.1.is_ok());
    watch(&desk.app.again().await).await;
    watch(&desk.app).await;

    for person in [&auditor, &admin] {
        let told = told(person).await;
        assert_eq!(told.len(), 1, "{told:?}");
        assert_eq!((&told[0]["kind"], &told[0]["article"]), (&json!("withheld"), &json!(live.article)));
        assert_eq!(
            (&told[0]["locale"], &told[0]["account"], &told[0]["delegation"]),
            (&json!("vi"), &Value::Null, &Value::Null)
        );
        assert_eq!(person.get("/api/v1/queue").await.json()["counts"]["unread"], 1);
    }
    for person in [&desk.author, &desk.publisher, &desk.approver] {
        assert!(!kinds(person).await.contains(&"withheld".to_owned()));
    }
    live.public().await.is(404);
    desk.app.sql(UNDO).await;
    assert_eq!(desk.app.sweep().await, [], "what is told stands in the audit chain and nothing is wrong with it");
}

#[actix_web::test]
async fn what_was_repaired_and_returns_is_told_again() {
    let desk = Desk::new().await;
    desk.story(desk.draft()).await;
    let auditor = desk.app.account("auditor").sign_in().await;
    let other = desk.app.again().await;

    for times in 1..=3 {
        desk.app.sql(ALTER).await;
        watch(&desk.app).await;
        watch(&other).await;
        assert_eq!(kinds(&auditor).await.len(), times);
        desk.app.sql(UNDO).await;
        watch(&other).await;
        watch(&desk.app).await;
        assert_eq!(kinds(&auditor).await.len(), times, "that it is well again is no alarm");
    }
    assert_eq!(desk.app.sweep().await, []);
}

#[actix_web::test]
async fn a_process_that_begins_anew_knows_what_was_told_and_notices_what_was_repaired_meanwhile() {
    let desk = Desk::new().await;
    desk.story(desk.draft()).await;
    let auditor = desk.app.account("auditor").sign_in().await;
    desk.app.sql(ALTER).await;
    watch(&desk.app).await;

    desk.app.sql(UNDO).await;
    watch(&desk.app.again().await).await;
    desk.app.sql(ALTER).await;
    watch(&desk.app.again().await).await;

    assert_eq!(kinds(&auditor).await, ["withheld", "withheld"]);
}

#[actix_web::test]
async fn a_desk_a_right_and_a_broken_chain_are_told_as_what_they_are() {
    let desk = Desk::new().await;
    let draft = desk.draft().begin().await;
    let auditor = desk.app.account("auditor").sign_in().await;
    watch(&desk.app).await;

    desk.app.sql("UPDATE revision SET change_class = 'minor'").await;
    watch(&desk.app).await;
    let told_of_text = told(&auditor).await;
    desk.app.sql("UPDATE account_grant SET role = 'publisher' WHERE role = 'author'").await;
    watch(&desk.app).await;
    let told_of_rights = told(&auditor).await;
    desk.app.sql("UPDATE audit_entry SET action = 'nothing' WHERE seq = 2").await;
    watch(&desk.app).await;
    watch(&desk.app).await;
    let told_of_chain = kinds(&auditor).await;

    assert_eq!((&told_of_text[0]["kind"], &told_of_text[0]["article"]), (&json!("altered"), &json!(draft.article)));
    assert_eq!(told_of_rights.len(), 2, "{told_of_rights:?}");
    let right = &told_of_rights[0];
    assert_eq!((&right["kind"], &right["account"]), (&json!("rights_altered"), &json!(desk.author.id.to_string())));
    assert_eq!((&right["article"], &right["delegation"]), (&Value::Null, &Value::Null));
    assert_eq!(told_of_chain.iter().filter(|kind| *kind == "chain_broken").count(), 1, "{told_of_chain:?}");
}

#[actix_web::test]
async fn grants_that_cannot_be_read_keep_nobody_else_from_being_told() {
    let desk = Desk::new().await;
    let auditor = desk.app.account("auditor").sign_in().await;
    watch(&desk.app).await;

    desk.app.sql("UPDATE account_grant SET role = 'king' WHERE role = 'author'").await;
    watch(&desk.app).await;

    assert_eq!(kinds(&auditor).await, ["rights_altered"]);
}

#[actix_web::test]
async fn a_stream_of_events_says_that_there_is_an_alarm() {
    let desk = Desk::new().await;
    let live = desk.story(desk.draft()).await;
    let auditor = desk.app.account("auditor").sign_in().await;
    watch(&desk.app).await;
    let follow = auditor.get("/api/v1/events?seconds=2");
    let act = async {
        desk.app.sql(ALTER).await;
        watch(&desk.app).await;
    };

    let (stream, ()) = futures_util::future::join(follow, act).await;

    let text = stream.is(200).text().to_owned();
    assert!(text.contains("event: notifications\ndata: {\"unread\":1}"), "{text}");
    assert!(text.contains("event: live") && text.contains(&live.article), "{text}");
}

#[actix_web::test]
async fn many_findings_at_once_are_told_by_and_by_and_none_is_forgotten() {
    let desk = Desk::new().await;
    for _ in 0..60 {
        desk.draft().begin().await;
    }
    let auditor = desk.app.account("auditor").sign_in().await;

    desk.app.sql("UPDATE revision SET change_class = 'minor'").await;
    watch(&desk.app).await;
    let first = kinds(&auditor).await.len();
    watch(&desk.app).await;
    watch(&desk.app).await;

    assert_eq!((first, kinds(&auditor).await.len()), (50, 60));
}
