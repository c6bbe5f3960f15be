//! Which language a refusal is told in, and that nothing else depends on it.

use serde_json::json;

use crate::support::{Answer, TestApp};

#[track_caller]
fn speaks(answer: &Answer, language: &str) {
    let titles = [("vi", "Không tìm thấy"), ("en", "Not found"), ("fr", "Introuvable")];
    if let Some((_, title)) = titles.iter().find(|(tag, _)| *tag == language) {
        assert_eq!(answer.json()["title"], *title);
    }
    assert_eq!(answer.header("content-language"), Some(language));
    assert!(answer.all("vary").iter().any(|vary| vary.ends_with("Accept-Language")));
}

#[actix_web::test]
async fn the_heaviest_language_that_is_spoken_is_answered_in() {
    let app = TestApp::new().await;

    for (accept, language) in [
        ("en", "en"),
        ("EN-gb", "en"),
        ("vi", "vi"),
        ("vi-VN, en;q=0.9", "vi"),
        ("en;q=0.9, vi;q=0.1", "en"),
        ("vi;q=0.1, en;q=0.2", "en"),
        ("de, fr;q=0.9, en;q=0.1", "fr"),
        ("zh-CN", "zh-Hans"),
        ("ja-JP, en;q=0.5", "ja"),
        ("ko", "ko"),
        ("ru", "ru"),
        ("es-MX", "es"),
        ("lo", "lo"),
        ("km-KH", "km"),
        ("vi;q=0, *", "en"),
        ("en;q=0, *;q=0.1", "vi"),
        ("*", "vi"),
        ("", "vi"),
        ("de", "vi"),
        ("tlh, x-klingon", "vi"),
        ("en;q=2", "vi"),
        ("en;q=abc", "vi"),
        (";;;,,,", "vi"),
        ("en'; DROP TABLE account--", "vi"),
    ] {
        let answer = app.stranger().get_with("/api/v1/nothing", &[("accept-language", accept)]).await;
        speaks(&answer.is_problem(404, "not-found"), language);
    }
    let long = "de,".repeat(5000) + "en";
    speaks(&app.stranger().get_with("/api/v1/nothing", &[("accept-language", &long)]).await, "vi");
    speaks(&app.get("/api/v1/nothing").await, "vi");
}

#[actix_web::test]
async fn messages_of_places_are_in_the_language_with_its_numbers() {
    let app = TestApp::new().await;
    let author = app.account("author").sign_in().await;
    let body = json!({"kind": "news", "agency": "không", "source_locale": "vi", "topics": [], "title": "",
        "summary": "a".repeat(2001), "body": "<p>a</p>", "slug": "A"});

    for (language, messages) in [
        (
            "vi",
            [
                ("/agency", "unknown", "“không”"),
                ("/title", "required", "Trường này là bắt buộc."),
                ("/summary", "too-long", "2.000"),
                ("/slug", "bad-slug", "Chỉ dùng chữ thường"),
            ],
        ),
        (
            "en",
            [
                ("/agency", "unknown", "“không” does not exist."),
                ("/title", "required", "This is required."),
                ("/summary", "too-long", "Too long: at most 2,000 characters."),
                ("/slug", "bad-slug", "Use lower-case letters"),
            ],
        ),
    ] {
        let headers = [("accept-language", language)];
        let answer = author.write(actix_web::http::Method::POST, "/api/v1/articles", &headers, &body).await;
        let answer = answer.is_problem(422, "invalid");
        for (pointer, code, part) in messages {
            let problem = answer.json();
            let place = problem["errors"].as_array().unwrap().iter().find(|one| one["pointer"] == pointer).unwrap();
            assert_eq!(place["code"], code);
            assert!(place["message"].as_str().unwrap().contains(part), "{language}: {place}");
        }
    }
}

#[actix_web::test]
async fn what_succeeds_is_the_same_in_every_language() {
    let app = TestApp::new().await;
    let all = app.account("author").and("admin").and("auditor").sign_in().await;
    let edition = all.article().begin().await;
    let article = format!("/api/v1/articles/{}", edition.article);

    for path in [
        article.as_str(),
        &edition.path(""),
        &edition.path("revisions"),
        &edition.path("revisions/1"),
        "/api/v1/articles",
        "/api/v1/me",
        "/api/v1/agencies",
        "/api/v1/topics/bien",
        "/api/v1/locales",
        "/api/v1/accounts",
        "/api/v1/audit",
        "/openapi.json",
        "/api/v1/content/vi/articles",
        "/api/v1/content/vi/topics",
        "/api/v1/content/changes",
        "/feeds/vi/all.json",
    ] {
        let plain = all.get(path).await.is(200);
        for accept in ["vi", "en", "de;q=0.5, *"] {
            let answer = all.get_with(path, &[("accept-language", accept)]).await.is(200);
            assert_eq!(answer.body, plain.body, "{path} {accept}");
            assert_eq!(answer.header("etag"), plain.header("etag"), "{path} {accept}");
            assert_eq!(answer.header("content-language"), None, "{path}");
            assert!(!answer.all("vary").join(",").to_lowercase().contains("accept-language"), "{path}");
        }
    }
}
