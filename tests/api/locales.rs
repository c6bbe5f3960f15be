//! The office's languages: what they fall back to, which tags they can have, and who may read in them.

use serde_json::{Value, json};

use crate::support::{Answer, Client, TestApp, document};

async fn office() -> (TestApp, Client) {
    let app = TestApp::new().await;
    let admin = app.account("admin").sign_in().await;
    (app, admin)
}

fn german() -> Value {
    json!({"tag": "de", "script": "Latn", "fallback": ["en", "fr"], "position": 11, "names": {"vi": "Tiếng Đức"}})
}

async fn begin(admin: &Client, member: &str, value: Value) -> Answer {
    let mut body = german();
    body[member] = value;
    admin.post("/api/v1/locales", &body).await
}

#[actix_web::test]
async fn a_language_that_others_fall_back_to_is_kept() {
    let (app, admin) = office().await;
    let etag = admin.post("/api/v1/locales", &german()).await.is(201).etag();
    for path in ["/api/v1/locales/en", "/api/v1/locales/fr"] {
        let etag = admin.get(path).await.etag();
        let before = app.digest().await;
        admin.delete(path, &etag).await.is_problem(409, "in-use");
        assert_eq!(app.digest().await, before);
    }

    admin.delete("/api/v1/locales/de", &etag).await.is(204);
    let etag = admin.get("/api/v1/locales/fr").await.etag();
    admin.delete("/api/v1/locales/fr", &etag).await.is(204);
}

#[actix_web::test]
async fn a_fallback_is_another_language_of_the_office_named_once() {
    let (app, admin) = office().await;
    let before = app.digest().await;
    for (fallback, place, code) in [
        (json!(["en", "eo"]), "/fallback/1", "unknown"),
        (json!(["de"]), "/fallback/0", "circle"),
        (json!(["en", "fr", "en"]), "/fallback/2", "duplicate"),
        (json!(["tiếng Anh"]), "/fallback/0", "bad-locale"),
    ] {
        begin(&admin, "fallback", fallback).await.is_problem(422, "invalid").names(place, code);
    }
    assert_eq!(app.digest().await, before);

    let etag = begin(&admin, "fallback", json!(["en"])).await.is(201).etag();
    for (fallback, code) in [(["eo"], "unknown"), (["de"], "circle")] {
        let body = json!({"script": "Latn", "fallback": fallback, "position": 11, "names": {"vi": "Tiếng Đức"}});
        let answer = admin.put("/api/v1/locales/de", &etag, &body).await;
        answer.is_problem(422, "invalid").names("/fallback/0", code);
    }
}

#[actix_web::test]
async fn a_place_in_lists_is_counted_from_nothing() {
    let (_, admin) = office().await;
    begin(&admin, "position", json!(-1)).await.is_problem(422, "invalid").names("/position", "too-small");
    begin(&admin, "position", json!(0)).await.is(201);
}

#[actix_web::test]
async fn a_tag_is_a_language_of_iso_639_and_no_other_address() {
    let (app, admin) = office().await;
    let before = app.digest().await;
    let roots: Vec<&str> = document()["paths"]
        .as_object()
        .unwrap()
        .keys()
        .filter_map(|path| path.split('/').nth(1))
        .filter(|root| !root.is_empty() && !root.contains('{'))
        .collect();
    assert!(roots.contains(&"api") && roots.contains(&"feeds"), "{roots:?}");

    for taken in roots.into_iter().chain(["hub", "docs", "media", "press", "assets", "klingon", "english"]) {
        let answer = begin(&admin, "tag", taken.into()).await;
        answer.is_problem(422, "invalid").names("/tag", "bad-locale");
    }
    assert_eq!(app.digest().await, before);
    for good in ["de", "nan-Hant", "hre"] {
        begin(&admin, "tag", good.into()).await.is(201);
    }
}

#[actix_web::test]
async fn people_read_in_a_language_of_the_office() {
    let (_, admin) = office().await;
    let unknown = json!({"locale": "eo"});
    for path in ["/api/v1/me".to_owned(), format!("/api/v1/accounts/{}", admin.id)] {
        let etag = admin.get(&path).await.etag();
        admin.patch(&path, &etag, &unknown).await.is_problem(422, "invalid").names("/locale", "unknown");
        admin
            .patch(&path, &etag, &json!({"locale": "fr_FR"}))
            .await
            .is_problem(422, "invalid")
            .names("/locale", "bad-locale");
        assert_eq!(admin.get(&path).await.etag(), etag);
        admin.patch(&path, &etag, &json!({"locale": "km"})).await.is(200);
    }
    let mut account = json!({"email": "an@lamhai.example", "name": "Nguyễn An", "password": "ruộng bậc thang mùa lúa chín", "locale": "eo"});
    let refused = admin.post("/api/v1/accounts", &account).await;
    refused.is_problem(422, "invalid").names("/locale", "unknown");
    account["locale"] = "lo".into();
    admin.post("/api/v1/accounts", &account).await.is(201);
}

#[actix_web::test]
async fn an_office_without_languages_still_speaks_its_own() {
    let (_, admin) = office().await;
    let all = admin.get("/api/v1/locales").await.is(200).json()["items"].as_array().unwrap().clone();
    // Those that fall back to others first.
    for tag in all.iter().rev().map(|one| one["tag"].as_str().unwrap()) {
        let path = format!("/api/v1/locales/{tag}");
        let etag = admin.get(&path).await.etag();
        admin.delete(&path, &etag).await.is(204);
    }
    let account =
        json!({"email": "an@lamhai.example", "name": "Nguyễn An", "password": "ruộng bậc thang mùa lúa chín"});

    let made = admin.post("/api/v1/accounts", &account).await.is(201).json();

    assert_eq!(made["locale"], "vi");
    let etag = admin.get("/api/v1/me").await.etag();
    admin.patch("/api/v1/me", &etag, &json!({"locale": "vi"})).await.is(200);
}
