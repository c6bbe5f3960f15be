//! Sizes: what fits exactly is taken, one more is refused with the limit.

use serde_json::{Value, json};

use crate::support::{Answer, Client, TestApp};

#[track_caller]
fn too_long(answer: Answer, pointer: &str, code: &str, limit: &str) {
    let answer = answer.is_problem(422, "invalid").names(pointer, code);
    let message = answer.json()["errors"][0]["message"].as_str().unwrap().replace(['.', ',', '\u{A0}'], "");
    assert!(message.contains(limit), "{message}");
}

/// Characters, not bytes: each of these is three bytes, and two characters before it is composed.
fn letters(count: usize) -> String {
    "e\u{323}".repeat(count)
}

#[actix_web::test]
async fn titles_summaries_and_places_have_a_longest_length_in_characters() {
    let app = TestApp::new().await;
    let author = app.account("author").sign_in().await;

    for (member, max) in [("title", 300), ("summary", 2000), ("place", 200)] {
        let fits = author.article().with("slug", member).with(member, letters(max)).send().await.is(201).json();
        let kept = if member == "place" { &fits[member] } else { &fits["edition"][member] };
        assert_eq!(kept.as_str().unwrap().chars().count(), max, "{member}");
        let over = author.article().with("slug", format!("{member}-1")).with(member, letters(max + 1)).send().await;
        too_long(over, &format!("/{member}"), "too-long", &max.to_string());
    }
    author.article().with("slug", "trim").with("title", format!("  {}  ", letters(300))).send().await.is(201);
    author.article().with("title", "").send().await.is_problem(422, "invalid").names("/title", "required");
    author.article().with("title", " \u{3000} ").send().await.is_problem(422, "invalid").names("/title", "required");
}

#[actix_web::test]
async fn a_body_has_at_most_512_kib() {
    let app = TestApp::new().await;
    let author = app.account("author").sign_in().await;
    let of = |bytes: usize| format!("<p>{}</p>", "a".repeat(bytes - 7));

    let fits = author.article().with("body", of(512 * 1024)).send().await.is(201).json();
    assert_eq!(fits["edition"]["body"].as_str().unwrap().len(), 512 * 1024);
    too_long(author.article().with("body", of(512 * 1024 + 1)).send().await, "/body", "too-large", "524288");
    // What is stored counts too: an ampersand is written as five characters.
    let grows = format!("<p>{}</p>", "& ".repeat(200 * 1024));
    too_long(author.article().with("body", grows).send().await, "/body", "too-large", "524288");
}

#[actix_web::test]
async fn an_article_has_at_most_ten_topics() {
    let app = TestApp::new().await;
    let admin = app.account("admin").and("author").sign_in().await;
    let codes: Vec<String> = (0..11).map(|number| format!("t-{number:02}")).collect();
    for code in &codes {
        admin.post("/api/v1/topics", &json!({"code": code, "names": {"vi": code}})).await.is(201);
    }

    let fits = admin.article().with("topics", codes[..10].to_vec()).send().await.is(201).json();
    assert_eq!(fits["topics"].as_array().unwrap().len(), 10);
    too_long(admin.article().with("topics", codes.clone()).send().await, "/topics", "too-many", "10");
    let twice = admin.article().with("topics", vec!["bien", "bien"]).send().await.is(201).json();
    assert_eq!(twice["topics"], json!(["bien"]));
}

async fn submitted(author: &Client, comment: &str) -> Answer {
    let edition = author.article().begin().await;
    let headers = [("if-match", "\"v1\"")];
    author.write(actix_web::http::Method::POST, &edition.path("submit"), &headers, &json!({"comment": comment})).await
}

#[actix_web::test]
async fn comments_and_notes_have_at_most_2000_characters() {
    let app = TestApp::new().await;
    let author = app.account("author").sign_in().await;
    let publisher = app.account("publisher").sign_in().await;
    let reviewer = app.account("reviewer").sign_in().await;

    let fits = submitted(&author, &letters(2000)).await.is(201).json();
    assert_eq!(fits["comment"].as_str().unwrap().chars().count(), 2000);
    too_long(submitted(&author, &letters(2001)).await, "/comment", "too-long", "2000");

    let edition = author.article().begin().await;
    edition.submit(&author).await.is(201);
    let hash = edition.hash(&reviewer).await;
    let decision = |comment: String| json!({"verdict": "request_changes", "content_hash": hash, "comment": comment});
    let over = reviewer.post(&edition.path("decisions"), &decision(letters(2001))).await;
    too_long(over, "/comment", "too-long", "2000");
    let none = reviewer.post(&edition.path("decisions"), &decision(" \n".to_owned())).await;
    none.is_problem(422, "invalid").names("/comment", "required");
    reviewer.post(&edition.path("decisions"), &decision(letters(2000))).await.is(200);

    let live = author.article().begin().await;
    live.go_public(&author).await;
    too_long(live.withdraw(&publisher, &letters(2001)).await, "/note", "too-long", "2000");
    live.withdraw(&publisher, &letters(2000)).await.is(200);
}

#[actix_web::test]
async fn names_and_codes_have_a_longest_length() {
    let app = TestApp::new().await;
    let admin = app.account("admin").sign_in().await;
    let agency = |code: &str, name: &str| json!({"code": code, "names": {"vi": name}});
    let post = async |body: &Value| admin.post("/api/v1/agencies", body).await;

    post(&agency(&"a".repeat(64), &letters(200))).await.is(201);
    too_long(post(&agency(&"b".repeat(65), "x")).await, "/code", "too-long", "64");
    too_long(post(&agency("c", &letters(201))).await, "/names/vi", "too-long", "200");
    post(&json!({"code": "d", "names": {}})).await.is_problem(422, "invalid").names("/names", "required");
    post(&json!({"code": "d", "names": {"VI": "x"}})).await.is_problem(422, "invalid").names("/names/VI", "bad-locale");
    let many: serde_json::Map<_, _> = (0..101).map(|n| (format!("a-{n}"), json!("x"))).collect();
    too_long(post(&json!({"code": "e", "names": many})).await, "/names", "too-many", "100");
    let me = admin.get("/api/v1/me").await;
    too_long(admin.patch("/api/v1/me", &me.etag(), &json!({"name": letters(121)})).await, "/name", "too-long", "120");
    admin.patch("/api/v1/me", &me.etag(), &json!({"name": letters(120)})).await.is(200);
}

#[actix_web::test]
async fn a_place_in_lists_is_any_number_from_nought_on() {
    let app = TestApp::new().await;
    let admin = app.account("admin").sign_in().await;

    for (tag, position) in [("de", i64::MAX), ("nl", 1), ("sv", 0)] {
        let body = json!({"tag": tag, "script": "Latn", "position": position, "names": {"vi": tag}});
        assert_eq!(admin.post("/api/v1/locales", &body).await.is(201).json()["position"], position);
    }
    let below = json!({"tag": "da", "script": "Latn", "position": -1, "names": {"vi": "da"}});
    admin.post("/api/v1/locales", &below).await.is_problem(422, "invalid").names("/position", "too-small");
}
