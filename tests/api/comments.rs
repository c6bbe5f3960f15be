//! Comments on segments: said, answered, settled.

use actix_web::http::Method;
use serde_json::{Value, json};

use crate::support::{Answer, Client, Desk, Edition, TestApp, english, text};

async fn say(by: &Client, edition: &Edition, body: Value) -> Answer {
    by.post(&edition.path("comments"), &body).await
}

async fn resolve(by: &Client, edition: &Edition, thread: &Value) -> Answer {
    let path = edition.path(&format!("comments/{}/resolve", thread["id"].as_str().unwrap()));
    by.app.send(by.request(Method::POST, &path)).await
}

#[actix_web::test]
async fn a_comment_is_on_a_segment_is_answered_and_settled() {
    let desk = Desk::new().await;
    let edition = desk.draft().begin().await;
    let asked =
        say(&desk.reviewer, &edition, json!({"segment": "1.1", "text": "Số 12,5 lấy ở đâu?"})).await.is(201).json();
    assert_eq!((&asked["segment"], &asked["revision"], &asked["resolved"]), (&json!("1.1"), &json!(1), &Value::Null));
    assert_eq!(asked["segment_text"], "Sáng 14-9, lô cá ngừ 12,5 tấn rời cảng Vân Sa.");
    assert_eq!(asked["by"]["id"], desk.reviewer.id.to_string());

    let answered = say(&desk.author, &edition, json!({"reply_to": asked["id"], "text": "Theo báo cáo của cảng."}))
        .await
        .is(201)
        .json();
    assert_eq!((&answered["id"], &answered["replies"][0]["text"]), (&asked["id"], &json!("Theo báo cáo của cảng.")));
    let other = say(&desk.approver, &edition, json!({"segment": "title", "text": "Tít dài quá."})).await.is(201).json();
    edition.save(&desk.author, text("Tít ngắn", "Một đoạn khác hẳn, chẳng còn gì.")).await.is(200);

    let listed = desk.author.get(&edition.path("comments")).await.is(200).json();
    let items = listed["items"].as_array().unwrap();
    assert_eq!(items.iter().map(|one| &one["id"]).collect::<Vec<_>>(), [&other["id"], &asked["id"]], "newest first");
    assert_eq!((&items[0]["segment_text"], &items[1]["segment_text"]), (&json!("Tít ngắn"), &Value::Null));

    desk.app.pass(60);
    let settled = resolve(&desk.author, &edition, &asked).await.is(200).json();
    assert_eq!(
        settled["resolved"],
        json!({"by": {"id": desk.author.id.to_string(), "name": "Người thử"}, "at": "2026-11-22T02:01:00Z"})
    );
    desk.app.pass(60);
    assert_eq!(resolve(&desk.reviewer, &edition, &asked).await.is(200).json()["resolved"], settled["resolved"], "once");
    let ids = async |query: &str| {
        let found = desk.author.get(&edition.path(&format!("comments?{query}"))).await.is(200).json();
        found["items"].as_array().unwrap().iter().map(|one| one["id"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(ids("resolved=false").await, [other["id"].clone()]);
    assert_eq!(ids("resolved=true").await, [asked["id"].clone()]);
    assert_eq!(ids("segment=title").await, [other["id"].clone()]);
    assert_eq!(ids("limit=1").await, [other["id"].clone()]);
}

#[actix_web::test]
async fn a_comment_needs_words_a_segment_that_there_is_and_a_right() {
    let desk = Desk::new().await;
    let edition = desk.draft().begin().await;
    let thread = say(&desk.reviewer, &edition, json!({"segment": "1.1", "text": "Vì sao?"})).await.is(201).json();
    let reply = say(&desk.author, &edition, json!({"reply_to": thread["id"], "text": "Vì thế."})).await.is(201).json();
    let auditor = desk.app.account("auditor").sign_in().await;
    let before = desk.app.digest().await;

    for (body, pointer, code) in [
        (json!({"segment": "1.1", "text": " \n "}), "/text", "required"),
        (json!({"segment": "1.1", "text": "x".repeat(2001)}), "/text", "too-long"),
        (json!({"segment": "9.9", "text": "x"}), "/segment", "unknown"),
        (json!({"text": "x"}), "/segment", "required"),
        (json!({"segment": "1.1", "revision": 2, "text": "x"}), "/revision", "unknown"),
        (json!({"reply_to": "x", "text": "x"}), "/reply_to", "bad-id"),
        (json!({"reply_to": uuid::Uuid::now_v7(), "text": "x"}), "/reply_to", "unknown"),
        (json!({"reply_to": reply["replies"][0]["id"], "text": "x"}), "/reply_to", "unknown"),
        (json!({"segment": "title", "reply_to": thread["id"], "text": "x"}), "/segment", "unknown"),
    ] {
        say(&desk.reviewer, &edition, body).await.is_problem(422, "invalid").names(pointer, code);
    }
    say(&auditor, &edition, json!({"segment": "1.1", "text": "x"})).await.is_problem(403, "forbidden");
    resolve(&auditor, &edition, &thread).await.is_problem(403, "forbidden");
    resolve(&desk.approver, &edition, &thread).await.is_problem(403, "forbidden");
    resolve(&desk.author, &edition, &reply["replies"][0]).await.is_problem(404, "not-found");
    resolve(&desk.author, &edition.in_locale("en"), &thread).await.is_problem(404, "not-found");
    assert_eq!(desk.app.digest().await, before);
}

#[actix_web::test]
async fn a_comment_sent_twice_with_one_key_is_said_once() {
    let desk = Desk::new().await;
    let edition = desk.draft().begin().await;
    let send = async || {
        let body = json!({"segment": "1.1", "text": "Một lần thôi."});
        desk.reviewer.write(Method::POST, &edition.path("comments"), &[("idempotency-key", "a")], &body).await.is(201)
    };

    assert_eq!(send().await.text(), send().await.text());

    let listed = desk.author.get(&edition.path("comments")).await.is(200).json();
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
}

#[actix_web::test]
async fn a_guest_hears_and_says_only_what_is_about_texts_that_left_the_desk() {
    let app = TestApp::new().await;
    let author = app.account("author").agency("bao").sign_in().await;
    let guest = app.account("translator").locale("en").sign_in().await;
    let source = author.article().begin().await;
    let hidden = say(&author, &source, json!({"segment": "1.1", "text": "CANARY nội bộ"})).await.is(201).json();
    source.save(&author, text("Bản đăng", "Đã duyệt.")).await.is(200);
    source.go_public(&author).await;
    let open = say(&author, &source, json!({"segment": "title", "text": "Dịch tít thế nào?"})).await.is(201).json();
    source.save(&author, text("CANARY nháp", "CANARY nháp.")).await.is(200);
    say(&author, &source, json!({"reply_to": open["id"], "text": "CANARY trong bản nháp"})).await.is(201);

    let listed = guest.get(&source.path("comments")).await.is(200);
    assert!(!listed.text().contains("CANARY"), "{}", listed.text());
    assert_eq!(listed.json()["items"].as_array().unwrap().len(), 1);
    let said = say(&guest, &source, json!({"reply_to": open["id"], "text": "Xin giữ nguyên."})).await.is(201);
    assert!(!said.text().contains("CANARY"), "{}", said.text());
    for body in
        [json!({"segment": "1.1", "revision": 1, "text": "x"}), json!({"segment": "title", "revision": 3, "text": "x"})]
    {
        say(&guest, &source, body).await.is_problem(422, "invalid").names("/revision", "unknown");
    }
    say(&guest, &source, json!({"reply_to": hidden["id"], "text": "x"}))
        .await
        .is_problem(422, "invalid")
        .names("/reply_to", "unknown");
    resolve(&guest, &source, &hidden).await.is_problem(404, "not-found");
    let french = source.in_locale("fr");
    french.translate(&app.account("translator").locale("fr").sign_in().await, english()).await.is(201);
    guest.get(&french.path("comments")).await.is_problem(404, "not-found");
}
