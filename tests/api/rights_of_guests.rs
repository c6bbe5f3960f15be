//! A translator without the agency is a guest: sees what left the desk, and nothing that did not.

use actix_web::http::Method;
use serde_json::{Value, json};

use crate::support::{TestApp, english};

#[actix_web::test]
async fn a_guest_translator_reads_a_source_from_when_it_leaves_the_desk_and_not_before() {
    let app = TestApp::new().await;
    let author = app.account("author").agency("bao").sign_in().await;
    let guest = app.account("translator").locale("en").sign_in().await;
    let source = author.article().begin().await;
    let article = format!("/api/v1/articles/{}", source.article);
    let sees = async || (guest.get(&article).await.status, guest.get(&source.path("")).await.status);

    assert_eq!(sees().await, (404, 404), "a draft");
    source.submit(&author).await.is(201);
    assert_eq!(sees().await, (200, 200), "under review");
    app.send(author.request(Method::POST, &source.path("take-back"))).await.is(200);
    assert_eq!(sees().await, (404, 404), "taken back");
    source.approve(&author).await;
    assert_eq!(sees().await, (200, 200), "approved");
    source.save(&author, text("Nháp mới")).await.is(200);
    assert_eq!(sees().await, (404, 404), "the approval is superseded");
    source.go_public(&author).await;
    assert_eq!(sees().await, (200, 200), "public");
    source.save(&author, text("Nháp sau khi đăng")).await.is(200);
    assert_eq!(sees().await, (200, 200), "public, with a draft behind it");
}

fn text(title: &str) -> Value {
    json!({"title": title, "body": "<p>CANARY bản nháp chưa ai duyệt.</p>"})
}

#[actix_web::test]
async fn a_guest_translator_gets_the_text_that_left_the_desk_and_not_the_newer_draft() {
    let app = TestApp::new().await;
    let author = app.account("author").agency("bao").sign_in().await;
    let guest = app.account("translator").locale("en").sign_in().await;
    // Revision 1 stayed on the desk, 2 is public, 3 is the newer draft.
    let source = author.article().with("title", "CANARY bản đầu").begin().await;
    source.save(&author, json!({"title": "Bản đã duyệt", "body": "<p>Đã duyệt.</p>"})).await.is(200);
    source.go_public(&author).await;
    source.save(&author, text("CANARY bản mới")).await.is(200);

    let shown = source.show(&guest).await;
    assert_eq!((&shown["revision"], &shown["title"]), (&json!(2), &json!("Bản đã duyệt")));
    assert_eq!(source.show(&author).await["revision"], 3);

    let status = async |number: u32| guest.get(&source.path(&format!("revisions/{number}"))).await.status;
    assert_eq!((status(1).await, status(2).await, status(3).await), (404, 200, 404));
    let revisions = guest.get(&source.path("revisions")).await.is(200).json();
    assert_eq!(revisions["items"].as_array().unwrap().len(), 1);

    for path in
        ["/api/v1/articles".to_owned(), format!("/api/v1/articles/{}", source.article), source.path("revisions")]
    {
        let answer = guest.get(&path).await.is(200);
        assert!(!answer.text().contains("CANARY"), "{path}: {}", answer.text());
    }
}

#[actix_web::test]
async fn a_guest_translator_does_not_see_drafts_in_other_languages() {
    let app = TestApp::new().await;
    let author = app.account("author").agency("bao").sign_in().await;
    let french = app.account("translator").locale("fr").sign_in().await;
    let guest = app.account("translator").locale("en").sign_in().await;
    let source = author.article().begin().await;
    source.go_public(&author).await;
    let other = source.in_locale("fr");
    let mut body = english();
    body["title"] = json!("CANARY brouillon");
    other.translate(&french, body).await.is(201);

    for below in ["", "revisions", "revisions/1"] {
        guest.get(&other.path(below)).await.is_problem(404, "not-found");
        french.get(&other.path(below)).await.is(200);
    }
    for path in ["/api/v1/articles".to_owned(), format!("/api/v1/articles/{}", source.article)] {
        let answer = guest.get(&path).await.is(200);
        assert!(!answer.text().contains("CANARY"), "{path}: {}", answer.text());
        assert!(french.get(&path).await.text().contains("CANARY"));
    }
}
