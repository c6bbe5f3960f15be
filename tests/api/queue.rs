//! The queue, deadlines, notifications and events: who is told what, and nobody else.

use std::collections::BTreeSet;

use actix_web::http::Method;
use futures_util::future::join;
use lantoa::service::escalation;
use serde_json::{Value, json};

use crate::support::{Client, Desk, Edition, TestApp, english, text};

async fn queue(by: &Client, query: &str) -> Value {
    by.get(&format!("/api/v1/queue?{query}")).await.is(200).json()
}

/// What waits for somebody: what for, and of which article.
async fn waits(by: &Client) -> Vec<(String, String)> {
    let items = queue(by, "limit=100").await["items"].as_array().unwrap().clone();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    items.iter().map(|item| (text(&item["waits_for"]), text(&item["article"]))).collect()
}

fn one(kind: &str, edition: &Edition) -> Vec<(String, String)> {
    vec![(kind.to_owned(), edition.article.clone())]
}

async fn notices(by: &Client) -> Vec<String> {
    let items = by.get("/api/v1/notifications?limit=100").await.is(200).json()["items"].as_array().unwrap().clone();
    items.iter().map(|item| item["kind"].as_str().unwrap().to_owned()).collect()
}

async fn submit_urgent(edition: &Edition, by: &Client) {
    let etag = edition.etag(by).await;
    by.write(Method::POST, &edition.path("submit"), &[("if-match", &etag)], &json!({"urgent": true})).await.is(201);
}

#[actix_web::test]
async fn a_text_waits_for_one_after_the_other_until_it_is_public() {
    let desk = Desk::new().await;
    let edition = desk.draft().begin().await;
    assert_eq!(waits(&desk.reviewer).await, []);
    edition.submit(&desk.author).await.is(201);
    assert_eq!(waits(&desk.reviewer).await, one("decide", &edition));
    assert_eq!(waits(&desk.approver).await, []);

    edition.decide(&desk.reviewer, "request_changes").await.is(200);
    assert_eq!(waits(&desk.reviewer).await, []);
    assert_eq!(waits(&desk.author).await, one("revise", &edition));
    edition.save(&desk.author, text("Bản hai", "Hai.")).await.is(200);
    assert_eq!(waits(&desk.author).await, []);
    edition.submit(&desk.author).await.is(201);
    edition.decide(&desk.reviewer, "approve").await.is(200);
    assert_eq!(waits(&desk.approver).await, one("decide", &edition));
    edition.decide(&desk.approver, "approve").await.is(200);
    assert_eq!(waits(&desk.approver).await, []);
    assert_eq!(waits(&desk.publisher).await, one("publish", &edition));
    edition.publish(&desk.publisher).await.is(200);
    assert_eq!(waits(&desk.publisher).await, []);

    assert_eq!(desk.app.query("SELECT id FROM case_turn").await, Vec::<Value>::new());
}

#[actix_web::test]
async fn a_line_says_why_since_when_and_until_when() {
    let desk = Desk::new().await;
    let edition = desk.draft().with("title", "Lô cá ngừ").begin().await;
    edition.submit(&desk.author).await.is(201);
    desk.app.pass(60);

    let found = queue(&desk.reviewer, "").await;

    let item = &found["items"][0];
    for (member, value) in [
        ("title", json!("Lô cá ngừ")),
        ("waits_for", json!("decide")),
        ("stage", json!("review")),
        ("role", json!("reviewer")),
        ("since", json!("2026-11-22T02:00:00Z")),
        ("due_at", json!("2026-11-23T02:00:00Z")),
        ("overdue", json!(false)),
        ("agency", json!("bao")),
        ("workflow", json!("source")),
        ("content_hash", json!(edition.hash(&desk.author).await)),
        ("on_behalf_of", Value::Null),
    ] {
        assert_eq!(item[member], value, "{member}");
    }
    assert_eq!(item["sent_by"]["id"], desk.author.id.to_string());
    assert_eq!(found["counts"], json!({"waiting": 1, "overdue": 0, "unread": 1}));
}

#[actix_web::test]
async fn nothing_is_in_a_queue_that_its_reader_may_not_take() {
    let desk = Desk::new().await;
    let edition = desk.draft().begin().await;
    let other = desk.draft().with("agency", "so").begin().await;
    let writer = desk.app.account("author").and("reviewer").and("approver").sign_in().await;
    let both = desk.app.account("reviewer").and("approver").sign_in().await;
    let of_so = desk.app.account("reviewer").agency("so").sign_in().await;
    let of_english = desk.app.account("reviewer").locale("en").sign_in().await;
    edition.save(&writer, text("Bản hai", "Hai.")).await.is(200);
    edition.submit(&desk.author).await.is(201);
    other.submit(&desk.author).await.is(201);

    assert_eq!(waits(&writer).await, one("decide", &other), "not a text of one's own");
    assert_eq!(waits(&of_so).await, one("decide", &other));
    assert_eq!(waits(&of_english).await, []);
    edition.decide(&both, "approve").await.is(200);
    assert_eq!(waits(&both).await, one("decide", &other), "not a second stage");

    // Another agency takes the article over, and its people what waits.
    let path = format!("/api/v1/articles/{}", edition.article);
    let etag = desk.author.get(&path).await.etag();
    desk.author.patch(&path, &etag, &json!({"agency": "so"})).await.is(200);
    let approver = desk.app.account("approver").agency("so").sign_in().await;
    assert_eq!(waits(&approver).await, one("decide", &edition));
}

#[actix_web::test]
async fn what_was_lent_is_in_the_delegates_queue_in_the_owners_name() {
    let desk = Desk::new().await;
    let deputy = desk.app.nobody().sign_in().await;
    let edition = desk.draft().begin().await;
    let own = desk.draft().begin().await;
    let writer = desk.app.account("author").and("reviewer").sign_in().await;
    own.save(&writer, text("Bản hai", "Hai.")).await.is(200);
    edition.submit(&desk.author).await.is(201);
    own.submit(&desk.author).await.is(201);
    let lend =
        json!({"to": deputy.id.to_string(), "role": "reviewer", "until": "2026-11-29T02:00:00Z", "reason": "Nghỉ."});
    writer.post("/api/v1/delegations", &lend).await.is(201);
    let to = json!({"stage": "review", "to": writer.id.to_string()});
    desk.reviewer.post(&edition.path("reassign"), &to).await.is(200);

    let found = queue(&deputy, "").await;

    assert_eq!(waits(&deputy).await, one("decide", &edition), "not what the owner wrote");
    assert_eq!(found["items"][0]["on_behalf_of"]["id"], writer.id.to_string());
    assert_eq!(waits(&desk.reviewer).await, one("decide", &own), "what is given to one waits for nobody else");
    assert_eq!(
        (notices(&deputy).await, notices(&writer).await),
        (vec!["delegated".to_owned()], vec!["assigned".to_owned(), "turn".to_owned()])
    );
}

#[actix_web::test]
async fn what_is_late_comes_first_and_pages_neither_skip_nor_repeat() {
    let desk = Desk::new().await;
    let reviewer = desk.app.account("reviewer").and("approver").sign_in().await;
    let mut articles = Vec::new();
    for hours in 0..5 {
        let edition = desk.draft().begin().await;
        edition.submit(&desk.author).await.is(201);
        if hours % 2 == 1 {
            edition.decide(&desk.reviewer, "approve").await.is(200);
        }
        articles.push(edition.article);
        desk.app.pass(60);
    }

    let (mut found, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = queue(&reviewer, &format!("limit=2{cursor}")).await;
        found.extend(page["items"].as_array().unwrap().iter().map(|item| item["article"].as_str().unwrap().to_owned()));
        let Some(next) = page["next_cursor"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }

    assert_eq!(found, articles);
    let reviewer = reviewer.after(24 * 3600 - 5 * 60 + 90);
    let late = queue(&reviewer, "overdue=true").await;
    let late: Vec<_> = late["items"].as_array().unwrap().iter().map(|item| item["article"].clone()).collect();
    assert_eq!(late, articles[..2]);
    assert_eq!(queue(&reviewer, "").await["counts"]["overdue"], 2);
    assert_eq!(queue(&reviewer, "").await["items"][0]["overdue"], true);
}

#[actix_web::test]
async fn who_sent_a_text_sees_where_it_stands() {
    let desk = Desk::new().await;
    let (first, second) = (desk.draft().begin().await, desk.draft().begin().await);
    first.submit(&desk.author).await.is(201);
    desk.app.pass(1);
    second.submit(&desk.author).await.is(201);
    second.decide(&desk.reviewer, "approve").await.is(200);

    let sent = queue(&desk.author, "view=sent").await;

    let stands = |place: usize| {
        let item = &sent["items"][place];
        (item["article"].clone(), item["state"].clone(), item["stage"].clone(), item["role"].clone())
    };
    assert_eq!(stands(0), (json!(second.article), json!("open"), json!("approval"), json!("approver")));
    assert_eq!(stands(1), (json!(first.article), json!("open"), json!("review"), json!("reviewer")));
    assert_eq!(queue(&desk.reviewer, "view=sent").await["items"], json!([]));
}

#[actix_web::test]
async fn a_deadline_is_told_to_who_could_decide_and_later_to_administrators_once_each() {
    let app = TestApp::new().await;
    let other = app.again().await;
    let desk = Desk::of(&app).await;
    let edition = desk.draft().begin().await;
    edition.submit(&desk.author).await.is(201);
    let second = app.account("reviewer").sign_in().await;
    let admin = app.account("admin").sign_in().await;
    let given: Vec<_> = [&desk.reviewer, &second].iter().map(|one| one.id.to_string()).collect();
    let told = async |kind: &str| -> BTreeSet<String> {
        let rows = app.query(&format!("SELECT account_id FROM notification WHERE kind = '{kind}'")).await;
        assert_eq!(rows.len(), rows.iter().map(Value::to_string).collect::<BTreeSet<_>>().len(), "once each");
        rows.iter().map(|row| row["account_id"].to_string()).collect()
    };

    app.pass(24 * 3600 - 1);
    assert_eq!(escalation::run(&app.app).await.unwrap(), 0);
    app.pass(1);
    let (one, two) = join(escalation::run(&app.app), escalation::run(&other.app)).await;
    assert_eq!(one.unwrap() + two.unwrap(), 1);
    assert_eq!(told("overdue").await.len(), given.len());
    assert_eq!(escalation::run(&app.app).await.unwrap(), 0);
    app.pass(24 * 3600);
    let (one, two) = join(escalation::run(&other.app), escalation::run(&app.app)).await;
    assert_eq!(one.unwrap() + two.unwrap(), 1);
    app.pass(240 * 3600);
    assert_eq!(escalation::run(&app.app).await.unwrap(), 0);

    let admins = app.query("SELECT DISTINCT account_id FROM account_grant WHERE role = 'admin'").await;
    assert_eq!(told("escalated").await.len(), admins.len());
    let again = app.account("admin").sign_in().await;
    assert_eq!(notices(&again).await, Vec::<String>::new());
    drop(admin);
}

#[actix_web::test]
async fn a_stage_that_nobody_can_decide_is_told_to_administrators_at_once() {
    let app = TestApp::new().await;
    let author = app.account("author").and("reviewer").sign_in().await;
    let edition = author.article().begin().await;
    edition.submit(&author).await.is(201);
    app.pass(24 * 3600);

    escalation::run(&app.app).await.unwrap();

    let kinds = app.query("SELECT DISTINCT kind FROM notification").await;
    assert_eq!(kinds, [json!({"kind": "escalated"})]);
}

#[actix_web::test]
async fn what_was_urgent_and_not_read_again_in_time_raises_an_alarm() {
    for read in [false, true] {
        let desk = Desk::new().await;
        let edition = desk.draft().begin().await;
        submit_urgent(&edition, &desk.author).await;
        edition.decide(&desk.approver, "approve").await.is(200);
        edition.publish(&desk.publisher).await.is(200);
        assert_eq!(waits(&desk.reviewer).await, one("after_review", &edition));
        if read {
            edition.decide(&desk.reviewer, "approve").await.is(200);
            assert_eq!(waits(&desk.reviewer).await, []);
        }
        desk.app.pass(12 * 3600);

        escalation::run(&desk.app.app).await.unwrap();
        escalation::run(&desk.app.app).await.unwrap();

        let rows = desk.app.query("SELECT account_id FROM notification WHERE kind = 'after_review_missed'").await;
        // A reviewer, a publisher, and the administrator who made the vocabularies.
        assert_eq!(rows.len(), if read { 0 } else { 3 });
    }
}

#[actix_web::test]
async fn what_was_urgent_is_to_be_read_again_twelve_hours_after_it_became_public() {
    let desk = Desk::new().await;
    let edition = desk.draft().begin().await;
    submit_urgent(&edition, &desk.author).await;
    edition.decide(&desk.approver, "approve").await.is(200);
    let line = async |by: &Client| queue(by, "").await["items"][0].clone();
    let missed = async || {
        escalation::run(&desk.app.app).await.unwrap();
        desk.app.query("SELECT id FROM notification WHERE kind = 'after_review_missed'").await.len()
    };
    assert_eq!(line(&desk.reviewer).await["due_at"], Value::Null, "nothing is public yet");
    desk.app.pass(20 * 3600);
    assert_eq!(missed().await, 0, "it was approved long ago, and is not public");
    let (reviewer, publisher) = (desk.reviewer.after(0), desk.publisher.after(0));
    edition.publish(&publisher).await.is(200);

    assert_eq!(line(&reviewer).await["due_at"], "2026-11-23T10:00:00Z");
    let case = edition.show(&reviewer).await["case"].clone();
    assert_eq!(case["stages"][1]["due_at"], "2026-11-23T10:00:00Z", "{case}");
    desk.app.pass(12 * 3600 - 1);
    assert_eq!(missed().await, 0);
    desk.app.pass(1);
    assert_eq!(missed().await, 3);
    assert_eq!(missed().await, 3);

    // Taken down and public again, it is read again anew.
    let publisher = desk.publisher.after(0);
    edition.withdraw(&publisher, "Tạm gỡ.").await.is(200);
    assert_eq!(queue(&desk.reviewer.after(0), "").await["items"], json!([]));
    publisher.post(&edition.path("restore"), &json!({})).await.is(200);
    assert_eq!(line(&desk.reviewer.after(0)).await["due_at"], "2026-11-23T22:00:00Z");
    assert_eq!(desk.app.sweep().await, []);
}

#[actix_web::test]
async fn an_objection_to_what_is_public_is_told_to_who_can_take_it_down() {
    let desk = Desk::new().await;
    let edition = desk.draft().begin().await;
    submit_urgent(&edition, &desk.author).await;
    edition.decide(&desk.approver, "approve").await.is(200);
    edition.publish(&desk.publisher).await.is(200);

    let case = edition.decide(&desk.reviewer, "request_changes").await.is(200).json();

    assert_eq!((&case["state"], &case["current_stages"]), (&json!("approved"), &json!([])));
    assert_eq!(notices(&desk.publisher).await, ["objected", "ready_to_publish"]);
    assert_eq!(notices(&desk.author).await, ["objected", "approved"]);
    edition.public().await.is(200);
}

#[actix_web::test]
async fn notifications_are_read_by_who_was_told() {
    let desk = Desk::new().await;
    for verdict in ["request_changes", "approve"] {
        let edition = desk.draft().begin().await;
        edition.submit(&desk.author).await.is(201);
        edition.decide(&desk.reviewer, verdict).await.is(200);
        if verdict == "approve" {
            edition.decide(&desk.approver, "approve").await.is(200);
        }
        desk.app.pass(1);
    }
    let told = desk.author.get("/api/v1/notifications").await.is(200).json();
    let kinds: Vec<_> = told["items"].as_array().unwrap().iter().map(|one| one["kind"].clone()).collect();
    assert_eq!((kinds, &told["unread"]), (vec![json!("approved"), json!("changes_requested")], &json!(2)));
    let read = async |by: &Client, body: Value| {
        by.post("/api/v1/notifications/read", &body).await.is(200).json()["unread"].clone()
    };

    // Nobody reads what another was told.
    read(&desk.reviewer, json!({"ids": [told["items"][0]["id"]]})).await;
    assert_eq!(queue(&desk.author, "").await["counts"]["unread"], 2);
    assert_eq!(read(&desk.author, json!({"ids": [told["items"][0]["id"]]})).await, 1);
    let left = desk.author.get("/api/v1/notifications?unread=true").await.is(200).json();
    assert_eq!(left["items"].as_array().unwrap().len(), 1);
    assert_eq!(read(&desk.author, json!({})).await, 0);
}

/// The events of an answer: their ids and kinds, and the articles that they are about.
fn told(text: &str) -> Vec<(i64, String, Value)> {
    let events = text.split("\n\n").filter(|event| event.starts_with("id: "));
    events
        .map(|event| {
            let data: Value = serde_json::from_str(event.split_once("data: ").unwrap().1).unwrap();
            (data["seq"].as_i64().unwrap(), data["kind"].as_str().unwrap().to_owned(), data["article"].clone())
        })
        .collect()
}

async fn events(by: &Client, after: &str) -> String {
    by.get_with("/api/v1/events?seconds=0", &[("last-event-id", after)]).await.is(200).text().to_owned()
}

#[actix_web::test]
async fn events_tell_each_reader_what_they_may_see_and_nothing_else() {
    let desk = Desk::new().await;
    let of_so = desk.app.account("author").agency("so").sign_in().await;
    let guest = desk.app.account("translator").locale("en").sign_in().await;
    let admin = desk.app.account("admin").sign_in().await;
    let own = of_so.article().with("agency", "so").begin().await;
    let other = desk.draft().begin().await;
    let public = desk.story(desk.draft()).await;
    public.in_locale("en").translate(&desk.translator, english()).await.is(201);
    let articles = |text: &str| -> BTreeSet<String> {
        told(text).into_iter().filter_map(|(_, _, article)| article.as_str().map(str::to_owned)).collect()
    };

    let seen = articles(&events(&of_so, "0").await);
    assert_eq!(seen, [own.article.clone()].into());
    assert_eq!(articles(&events(&guest, "0").await), [public.article.clone()].into());
    assert!(
        articles(&events(&desk.author, "0").await).is_superset(&[own.article, other.article, public.article].into())
    );
    let kinds = |text: &str| told(text).into_iter().map(|(_, kind, _)| kind).collect::<BTreeSet<_>>();
    assert!(!kinds(&events(&of_so, "0").await).contains("account"));
    assert!(kinds(&events(&admin, "0").await).contains("account"));
    desk.app.stranger().get("/api/v1/events").await.is_problem(401, "unauthenticated");
}

#[actix_web::test]
async fn a_stream_says_what_happens_and_goes_on_where_it_was() {
    let desk = Desk::new().await;
    let edition = desk.draft().begin().await;
    let first = events(&desk.author, "0").await;
    let last = told(&first).last().unwrap().0;
    assert!(first.starts_with("retry: 3000\n\n") && first.contains("event: notifications\ndata: {\"unread\":0}\n\n"));

    let follow = desk.author.get("/api/v1/events?seconds=2");
    let act = async {
        edition.submit(&desk.author).await.is(201);
        edition.decide(&desk.reviewer, "request_changes").await.is(200);
    };
    let (live, ()) = join(follow, act).await;

    let live = live.is(200);
    assert_eq!(live.header("content-type"), Some("text/event-stream"));
    let seen = told(live.text());
    assert!(!seen.is_empty(), "{}", live.text());
    // Whoever was away, or comes back after the stream has ended, is told the rest and nothing twice.
    let rest = events(&desk.author, &seen.last().unwrap().0.to_string()).await;
    let all = told(&events(&desk.author, &last.to_string()).await);
    assert_eq!(seen.into_iter().chain(told(&rest)).collect::<Vec<_>>(), all);
    assert_eq!(all.iter().map(|one| one.1.as_str()).collect::<Vec<_>>(), ["draft", "draft"]);
    assert!(rest.contains("event: notifications\ndata: {\"unread\":1}\n\n"));
    desk.author.get("/api/v1/events?seconds=3601").await.is_problem(400, "bad-parameter");
}
