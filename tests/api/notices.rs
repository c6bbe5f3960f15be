//! Who is told what, and nobody twice: whose turn came, what came of a text, what was said about it.

use std::collections::BTreeSet;

use futures_util::future::join;
use lantoa::{
    domain::notice::NoticeKind,
    kernel::{CaseId, NotificationId, Timestamp},
    service::{escalation, notification},
    store::{Housekeeping, notification as rows},
};
use serde_json::{Value, json};

use crate::{
    suggestions::{accept, begun, reject, suggest},
    support::{Client, Desk, Edition, TestApp, text},
};

async fn items(by: &Client) -> Vec<Value> {
    by.get("/api/v1/notifications?limit=100").await.is(200).json()["items"].as_array().unwrap().clone()
}

/// What somebody was told, oldest first: the kind, and the stage where it is about one.
async fn told(by: &Client) -> Vec<String> {
    let one = |item: &Value| {
        let kind = item["kind"].as_str().unwrap().to_owned();
        item["stage"].as_str().map_or_else(|| kind.clone(), |stage| format!("{kind} {stage}"))
    };
    items(by).await.iter().rev().map(one).collect()
}

async fn lend(owner: &Client, to: &Client, role: &str) -> Value {
    let to = to.id.to_string();
    let order = json!({"to": to, "role": role, "until": "2026-11-29T02:00:00Z", "reason": "Nghỉ phép."});
    owner.post("/api/v1/delegations", &order).await.is(201).json()
}

async fn assign(by: &Client, edition: &Edition, stage: &str, to: Option<&Client>) {
    let to = to.map(|to| to.id.to_string());
    by.post(&edition.path("reassign"), &json!({"stage": stage, "to": to})).await.is(200);
}

#[actix_web::test]
async fn whose_turn_comes_is_told_when_it_comes_and_what_came_of_it_who_wrote() {
    let desk = Desk::new().await;
    let second = desk.app.account("reviewer").sign_in().await;
    let both = desk.app.account("author").and("reviewer").sign_in().await;
    let of_so = desk.app.account("reviewer").agency("so").sign_in().await;
    let edition = desk.draft().begin().await;
    edition.save(&both, text("Bản hai", "Hai.")).await.is(200);
    edition.submit(&desk.author).await.is(201);
    let review = vec!["turn review".to_owned()];
    assert_eq!((told(&desk.reviewer).await, told(&second).await), (review.clone(), review.clone()));
    for nobody in [&both, &of_so, &desk.author, &desk.approver, &desk.publisher] {
        assert_eq!(told(nobody).await, Vec::<String>::new());
    }

    edition.decide(&desk.reviewer, "approve").await.is(200);
    assert_eq!((told(&desk.approver).await, told(&second).await), (vec!["turn approval".to_owned()], review));
    desk.app.pass(1);
    edition.decide(&desk.approver, "request_changes").await.is(200);
    for author in [&desk.author, &both] {
        assert_eq!(told(author).await, ["changes_requested approval"]);
    }
    desk.app.pass(1);
    edition.save(&desk.author, text("Bản ba", "Ba.")).await.is(200);
    desk.approve(&edition).await;

    assert_eq!(told(&both).await, ["changes_requested approval", "approved approval"]);
    assert_eq!(told(&desk.publisher).await, ["ready_to_publish"]);
    assert_eq!(told(&desk.reviewer).await, ["turn review", "turn review"], "of another case");
    let ready = &items(&desk.publisher).await[0];
    assert_eq!((&ready["article"], &ready["locale"]), (&json!(edition.article), &json!("vi")));
    assert_eq!(desk.app.sweep().await, []);
}

#[actix_web::test]
async fn who_stands_in_is_told_of_the_turn_and_that_it_is_late() {
    let desk = Desk::new().await;
    let (deputy, other) = (desk.app.nobody().sign_in().await, desk.app.nobody().sign_in().await);
    let writer = desk.app.account("author").and("reviewer").sign_in().await;
    lend(&desk.reviewer, &deputy, "reviewer").await;
    lend(&writer, &other, "reviewer").await;
    let edition = desk.draft().begin().await;
    edition.save(&writer, text("Bản hai", "Hai.")).await.is(200);
    desk.app.pass(1);
    edition.submit(&desk.author).await.is(201);
    desk.app.pass(24 * 3600);
    escalation::run(&desk.app.app).await.unwrap();

    assert_eq!(told(&deputy.after(0)).await, ["delegated", "turn review", "overdue review"]);
    assert_eq!(told(&other.after(0)).await, ["delegated"], "for an author nobody decides");
    assert_eq!(told(&desk.reviewer.after(0)).await, ["turn review", "overdue review"]);
}

#[actix_web::test]
async fn who_a_stage_is_given_to_is_told_and_all_when_it_is_given_back_once() {
    let desk = Desk::new().await;
    let named = desk.app.account("approver").sign_in().await;
    let edition = desk.draft().begin().await;
    edition.submit(&desk.author).await.is(201);
    assign(&desk.approver, &edition, "approval", Some(&named)).await;
    desk.app.pass(1);
    edition.decide(&desk.reviewer, "approve").await.is(200);
    assert_eq!(told(&named).await, ["assigned approval", "turn approval"]);
    assert_eq!(told(&desk.approver).await, Vec::<String>::new(), "it waits for one alone");

    desk.app.pass(1);
    assign(&named, &edition, "approval", None).await;
    assert_eq!((told(&named).await.len(), told(&desk.approver).await), (2, vec!["turn approval".to_owned()]));
    desk.app.pass(1);
    assign(&desk.approver, &edition, "approval", Some(&named)).await;
    desk.app.pass(1);
    assign(&named, &edition, "approval", None).await;

    assert_eq!(told(&named).await, ["assigned approval", "turn approval", "assigned approval"]);
    assert_eq!(told(&desk.approver).await, ["turn approval"], "told before");
}

#[actix_web::test]
async fn what_is_said_about_a_text_is_told_to_who_wrote_it_and_who_takes_part_never_to_who_said_it() {
    let desk = Desk::new().await;
    let edition = begun(&desk).await;
    let say = async |by: &Client, body: Value| by.post(&edition.path("comments"), &body).await.is(201).json();
    let first = say(&desk.reviewer, json!({"segment": "1.1", "text": "Số này đúng không?"})).await;
    let id = first["id"].as_str().unwrap().to_owned();
    desk.app.pass(1);
    let answer = json!({"reply_to": id, "text": "Đúng."});
    say(&desk.author, answer.clone()).await;
    desk.app.pass(1);
    say(&desk.approver, answer.clone()).await;
    desk.app.pass(1);
    say(&desk.approver, answer).await;

    assert_eq!(told(&desk.author).await, ["commented", "replied", "replied"]);
    assert_eq!(told(&desk.reviewer).await, ["replied", "replied", "replied"]);
    assert_eq!(told(&desk.approver).await, Vec::<String>::new());
    assert_eq!(items(&desk.author).await[2]["comment"], id);
    assert_eq!(items(&desk.author).await[2]["suggestion"], Value::Null);
}

#[actix_web::test]
async fn a_suggestion_is_told_to_who_wrote_and_its_answer_to_who_made_it_and_for_whom() {
    let desk = Desk::new().await;
    let deputy = desk.app.nobody().sign_in().await;
    lend(&desk.approver, &deputy, "approver").await;
    desk.app.pass(1);
    let edition = begun(&desk).await;
    let one = suggest(&deputy, &edition, "1.2", "Bà con chờ đón.").await.is(201).json();
    desk.app.pass(1);
    let two = suggest(&desk.reviewer, &edition, "title", "Lô cá ngừ").await.is(201).json();
    desk.app.pass(1);
    accept(&desk.author, &edition, &one).await.is(200);
    desk.app.pass(1);
    reject(&desk.author, &edition, &two).await.is(200);

    assert_eq!(told(&desk.author).await, ["suggested", "suggested"]);
    assert_eq!(told(&deputy).await, ["delegated", "suggestion_taken"]);
    assert_eq!(told(&desk.approver).await, ["suggestion_taken"]);
    assert_eq!(told(&desk.reviewer).await, ["suggestion_rejected"]);
    assert_eq!(items(&desk.reviewer).await[0]["suggestion"], two["id"]);
    // Taking one's own back is no news to oneself.
    let three = suggest(&desk.reviewer, &edition, "title", "Cá ngừ").await.is(201).json();
    reject(&desk.reviewer, &edition, &three).await.is(200);
    assert_eq!(told(&desk.reviewer).await.len(), 1);
}

#[actix_web::test]
async fn an_order_that_was_not_done_is_told_to_who_ordered_it() {
    let desk = Desk::new().await;
    let second = desk.app.account("publisher").sign_in().await;
    let not_done = async |by: &Client| -> Vec<Value> {
        let all = items(by).await;
        let mine = all.into_iter().rev().filter(|one| one["kind"].as_str().unwrap().ends_with("_not_done"));
        mine.map(|one| json!([one["kind"], one["article"], one["schedule"], one["release"]])).collect()
    };
    let at = "2026-11-22T04:00:00Z";
    let ordered = async |edition: &Edition| {
        edition.publish_at(&desk.publisher, at).await.is(202);
        edition.plan(&desk.publisher).await["publish"]["id"].clone()
    };
    let cancel = async |by: &Client, edition: &Edition| {
        let etag = edition.etag(by).await;
        by.delete(&edition.path("schedule"), &etag).await.is(200);
    };
    let approved = async || {
        let edition = desk.draft().begin().await;
        desk.approve(&edition).await;
        edition
    };

    // What somebody does themselves is no news to them.
    let edition = approved().await;
    ordered(&edition).await;
    cancel(&desk.publisher, &edition).await;
    assert_eq!(not_done(&desk.publisher).await, Vec::<Value>::new());
    let id = ordered(&edition).await;
    cancel(&second, &edition).await;
    let first = json!(["order_not_done", edition.article, id, null]);
    assert_eq!(not_done(&desk.publisher).await, std::slice::from_ref(&first));
    desk.app.pass(1);
    let edited = approved().await;
    let id = ordered(&edited).await;
    edited.save(&desk.author, text("Bản hai", "Hai.")).await.is(200);
    let second_one = json!(["order_not_done", edited.article, id, null]);
    assert_eq!(not_done(&desk.publisher).await, [first.clone(), second_one.clone()]);

    // Of a release once, however many members it has.
    desk.app.pass(1);
    let (one, two) = (approved().await, approved().await);
    let mut members = Vec::new();
    for member in [&one, &two] {
        let hash = member.hash(&desk.author).await;
        members.push(json!({"article": member.article, "locale": "vi", "content_hash": hash}));
    }
    let order = json!({"members": members, "publish_at": at});
    let release = desk.publisher.post("/api/v1/releases", &order).await.is(202).json();
    two.save(&desk.author, text("Bản hai", "Hai.")).await.is(200);
    let third = not_done(&desk.publisher).await[2].clone();
    assert_eq!((not_done(&desk.publisher).await.len(), &third[0]), (3, &json!("release_not_done")));
    assert_eq!(third[3], release["id"]);

    // At its moment, by whichever process, once.
    let late = approved().await;
    ordered(&late).await;
    let admin = desk.app.account("admin").sign_in().await;
    let path = format!("/api/v1/accounts/{}", desk.reviewer.id);
    let etag = admin.get(&path).await.etag();
    admin.put(&format!("{path}/grants"), &etag, &json!({"grants": []})).await.is(200);
    let other = desk.app.again().await;
    desk.app.pass(2 * 3600);
    let (here, there) = join(desk.app.run_due(), other.run_due()).await;
    assert_eq!((here + there, not_done(&desk.publisher.after(0)).await.len()), (1, 4));
    assert_eq!(not_done(&second.after(0)).await, Vec::<Value>::new());
    assert_eq!(desk.app.sweep().await, []);
}

#[actix_web::test]
async fn however_many_are_told_it_is_one_statement() {
    let desk = Desk::new().await;
    for _ in 0..12 {
        desk.app.account("reviewer").sign_in().await;
        desk.app.account("approver").sign_in().await;
    }
    let app = &desk.app;
    // Only PostgreSQL can count statements and not rows.
    if !app.database.is_sqlite() {
        for statement in [
            "CREATE TABLE told (one int)",
            "CREATE FUNCTION count_told() RETURNS trigger LANGUAGE plpgsql AS \
             'BEGIN INSERT INTO told VALUES (1); RETURN NULL; END'",
            "CREATE TRIGGER count_told AFTER INSERT ON notification FOR EACH STATEMENT EXECUTE FUNCTION count_told()",
        ] {
            app.sql(statement).await;
        }
    }
    let edition = desk.draft().begin().await;
    let rows = async || app.query("SELECT id FROM notification").await.len();

    edition.submit(&desk.author).await.is(201);
    assert_eq!(rows().await, 13);
    edition.decide(&desk.reviewer, "approve").await.is(200);
    assert_eq!(rows().await, 26);
    if !app.database.is_sqlite() {
        assert_eq!(app.query("SELECT one FROM told").await.len(), 2);
    }
}

#[actix_web::test]
async fn notifications_are_kept_for_ninety_days_and_a_thousand_of_a_person() {
    let app = TestApp::new().await;
    let person = app.account("reviewer").sign_in().await;
    let told_at = async |at: Timestamp, many: usize| {
        let one = |_| rows::Notification {
            id: NotificationId::new(),
            to: person.id,
            kind: NoticeKind::Turn,
            article: None,
            locale: None,
            case: Some(CaseId::new()),
            stage: None,
            about: None,
            at,
            read_at: None,
        };
        let all: Vec<_> = (0..many).map(one).collect();
        let tx = app.app.db.write().await.unwrap();
        rows::insert(&tx, &all).await.unwrap();
        rows::insert(
            &tx,
            &all.iter().map(|row| rows::Notification { id: NotificationId::new(), ..row.clone() }).collect::<Vec<_>>(),
        )
        .await
        .unwrap();
        tx.commit_housekeeping(Housekeeping::Notices).await.unwrap();
    };
    let kept = async || {
        let rows = app.query("SELECT id, at FROM notification").await;
        (rows.len(), rows.iter().map(|row| row["at"].to_string()).collect::<BTreeSet<_>>().len())
    };
    let now = app.app.clock.now();
    told_at(now, 3).await;
    assert_eq!(kept().await, (3, 1), "one fact is told once");
    told_at(now.plus(std::time::Duration::from_secs(1)), 1_000).await;

    notification::sweep(&app.app).await.unwrap();
    assert_eq!(kept().await, (1_000, 1), "the oldest go");
    app.pass(90 * 24 * 3600 + 1);
    notification::sweep(&app.app).await.unwrap();
    assert_eq!(kept().await, (1_000, 1));
    app.pass(1);
    notification::sweep(&app.app).await.unwrap();
    assert_eq!(kept().await, (0, 0));
}
