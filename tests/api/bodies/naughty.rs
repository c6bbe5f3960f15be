//! Strange texts go round exactly, but for composing, or are refused with their place.

use actix_web::http::Method;
use serde_json::{Value, json};
use unicode_normalization::UnicodeNormalization as _;

use super::corpus::CORPUS;
use crate::support::{Answer, TestApp};

fn corpus() -> Vec<String> {
    let listed = CORPUS.iter().flat_map(|(_, texts)| texts.iter().map(|text| (*text).to_owned()));
    let made = [
        "e\u{301}".repeat(150),
        format!("a{}", "\u{301}".repeat(250)),
        "\u{1F468}\u{200D}".repeat(60),
        "ﷺ".repeat(100),
        "𠮷".repeat(300),
        "\u{202E}".repeat(100) + "x",
        "(".repeat(200),
        "\"".repeat(200),
    ];
    listed.chain(made).collect()
}

fn is_carried(c: char) -> bool {
    (c >= ' ' || "\t\n\r".contains(c)) && u32::from(c) & 0xFFFE != 0xFFFE
}

/// The text as one line, or nothing if it is none.
fn as_line(raw: &str) -> Option<String> {
    let line = raw.trim();
    let good = |c: char| is_carried(c) && !c.is_control() && !"\u{2028}\u{2029}".contains(c);
    (!line.is_empty() && line.chars().all(good)).then(|| line.nfc().collect())
}

/// The text as several lines, or nothing if it is none.
fn as_text(raw: &str) -> Option<String> {
    raw.chars().all(is_carried).then(|| raw.replace("\r\n", "\n").replace('\r', "\n").nfc().collect())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\u{A0}', "&nbsp;")
}

#[actix_web::test]
async fn the_corpus_is_of_every_kind() {
    let mut all = corpus();
    let count = all.len();
    all.sort();
    all.dedup();

    assert!(all.len() >= 200, "{}", all.len());
    assert_eq!(all.len(), count, "a text stands twice");
    assert!(all.iter().any(|text| as_line(text).is_none()) && all.iter().any(|text| as_text(text).is_none()));
}

/// What becomes of a text in each member of an article: as it comes back, or that it is refused.
fn outcomes(raw: &str) -> [(&'static str, String, Option<String>); 4] {
    let line = as_line(raw);
    // Lines of a body are composed text by text, like all its text.
    let body = |text: &str| format!("<p>đầu {} cuối</p>", escaped(text));
    [
        ("title", raw.to_owned(), line.clone()),
        ("summary", raw.to_owned(), as_text(raw)),
        ("place", raw.to_owned(), line.filter(|line| line.chars().count() <= 200)),
        ("body", body(raw), as_text(raw).map(|text| body(&text))),
    ]
}

#[actix_web::test]
async fn strange_titles_summaries_places_and_bodies_go_round_or_are_refused() {
    let app = TestApp::new().await;
    let author = app.account("author").sign_in().await;

    for (number, raw) in corpus().into_iter().enumerate() {
        let mut draft = author.article().with("slug", format!("x-{number}"));
        for (member, sent, want) in outcomes(&raw) {
            if want.is_some() {
                draft = draft.with(member, sent);
            } else if member != "place" || !raw.trim().is_empty() {
                let answer = author.article().with("slug", "y").with(member, sent).send().await;
                let answer = answer.is_problem(422, "invalid");
                assert_eq!(answer.json()["errors"][0]["pointer"], format!("/{member}"), "{raw:?}");
            }
        }
        let answer = draft.send().await.is(201).json();
        for (member, _, want) in outcomes(&raw) {
            let got = if member == "place" { &answer[member] } else { &answer["edition"][member] };
            assert!(want.is_none() || got.as_str() == want.as_deref(), "{member} {raw:?}: {got}");
        }
    }
}

/// Says that a text went round, or was refused at its place.
#[track_caller]
fn holds(answer: &Answer, pointer: &str, got: &Value, want: Option<String>, raw: &str) {
    if let Some(want) = want {
        assert_eq!((answer.status / 100, got.as_str()), (2, Some(want.as_str())), "{raw:?}: {}", answer.text());
    } else {
        assert_eq!(answer.status, 422, "{pointer} {raw:?}: {}", answer.text());
        assert_eq!(answer.json()["errors"][0]["pointer"], pointer, "{raw:?}");
    }
}

#[actix_web::test]
async fn strange_names_go_round_or_are_refused() {
    let app = TestApp::new().await;
    let admin = app.account("admin").sign_in().await;

    for (number, raw) in corpus().into_iter().enumerate() {
        let body = json!({"code": format!("a-{number}"), "names": {"vi": raw}});
        let answer = admin.post("/api/v1/agencies", &body).await;
        let want = as_line(&raw).filter(|line| line.chars().count() <= 200);
        holds(&answer, "/names/vi", &answer.json()["names"]["vi"], want, &raw);
    }
}

#[actix_web::test]
async fn strange_comments_go_round_or_are_refused() {
    let app = TestApp::new().await;
    let author = app.account("author").sign_in().await;
    let edition = author.article().begin().await;

    for raw in corpus() {
        let headers = [("if-match", edition.etag(&author).await)];
        let headers = headers.each_ref().map(|(name, value)| (*name, value.as_str()));
        let answer = author.write(Method::POST, &edition.path("submit"), &headers, &json!({"comment": raw})).await;
        holds(&answer, "/comment", &answer.json()["comment"], as_text(&raw), &raw);
        if answer.status == 201 {
            author.write(Method::POST, &edition.path("take-back"), &[], &json!({})).await.is(200);
        }
    }
}

#[actix_web::test]
async fn strange_addresses_and_passwords_are_only_wrong() {
    let app = TestApp::new().await;

    for (number, raw) in corpus().into_iter().enumerate().filter(|(number, _)| number % 10 == 0) {
        // Not too many at once: attempts are counted.
        app.pass(3600);
        let body = json!({"email": raw, "password": "một mật khẩu thật dài"});
        let answer = app.stranger().post("/api/v1/auth/login", &body).await;
        assert_eq!(answer.status, 401, "{number} {raw:?}: {}", answer.text());
    }
    for email in ["a\0b@lamhai.example", "\0", "\u{FFFF}", "a@b\u{0}"] {
        app.pass(3600);
        let body = json!({"email": email, "password": "a\0b"});
        app.stranger().post("/api/v1/auth/login", &body).await.is_problem(401, "bad-credentials");
        let body = json!({"refresh_token": format!("ltr_{email}")});
        app.stranger().post("/api/v1/auth/refresh", &body).await.is_problem(401, "bad-refresh-token");
    }
}
