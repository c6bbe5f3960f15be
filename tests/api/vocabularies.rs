//! Agencies, topics and locales: made, written anew, and kept for as long as something points at them.

use actix_web::http::Method;
use serde_json::{Value, json};

use crate::support::{Client, TestApp};

async fn office() -> (TestApp, Client) {
    let app = TestApp::new().await;
    let admin = app.account("admin").sign_in().await;
    (app, admin)
}

/// A vocabulary: its list, the member that names an entry, a new entry, and what is written anew.
struct Kind {
    list: &'static str,
    key: &'static str,
    new: Value,
    change: Value,
}

impl Kind {
    fn all() -> [Self; 3] {
        let names = json!({"vi": "Tên", "en": "Name"});
        [
            Self {
                list: "/api/v1/agencies",
                key: "code",
                new: json!({"code": "dai", "names": names}),
                change: json!({}),
            },
            Self {
                list: "/api/v1/topics",
                key: "code",
                new: json!({"code": "le-hoi", "parent": null, "media_topic": "01000000", "names": names}),
                change: json!({"parent": "kinh-te", "media_topic": "11000000"}),
            },
            Self {
                list: "/api/v1/locales",
                key: "tag",
                new: json!({"tag": "ar", "script": "Arab", "rtl": true, "fallback": ["en"], "position": 20, "names": names}),
                change: json!({"script": "Arab", "rtl": true, "fallback": ["fr", "en"], "position": 21}),
            },
        ]
    }

    fn path(&self) -> String {
        format!("{}/{}", self.list, self.new[self.key].as_str().unwrap())
    }

    fn new_with(&self, name: &str, value: Value) -> Value {
        let mut body = self.new.clone();
        body[name] = value;
        body
    }

    fn changed(&self) -> Value {
        let mut body = self.change.clone();
        body["names"] = json!({"vi": "Tên khác"});
        body
    }
}

#[actix_web::test]
async fn an_entry_is_made_read_written_anew_and_removed() {
    let (app, admin) = office().await;
    let anyone = app.nobody().sign_in().await;
    for kind in Kind::all() {
        let path = kind.path();
        anyone.get(&path).await.is_problem(404, "not-found");

        let made = admin.post(kind.list, &kind.new).await.is(201);
        assert_eq!(made.json(), kind.new);
        assert_eq!(made.header("location"), Some(path.as_str()));
        let shown = anyone.get(&path).await.is(200);
        assert_eq!((shown.json(), shown.etag()), (kind.new.clone(), made.etag()));
        let items = anyone.get(kind.list).await.is(200).json()["items"].clone();
        assert!(items.as_array().unwrap().contains(&kind.new));

        let changed = admin.put(&path, &made.etag(), &kind.changed()).await.is(200);
        let mut want = kind.changed();
        want[kind.key] = kind.new[kind.key].clone();
        assert_eq!(changed.json(), want);
        assert_eq!(anyone.get(&path).await.json(), want);
        assert_ne!(changed.etag(), made.etag());

        admin.delete(&path, &changed.etag()).await.is(204);
        anyone.get(&path).await.is_problem(404, "not-found");
        let items = anyone.get(kind.list).await.is(200).json()["items"].clone();
        assert!(items.as_array().unwrap().iter().all(|item| item[kind.key] != kind.new[kind.key]));
    }
}

#[actix_web::test]
async fn what_is_removed_is_gone_for_the_public_at_once() {
    let (app, admin) = office().await;
    let public = async || app.get("/api/v1/content/vi/topics").await.is(200).text().to_owned();
    let etag = admin.post("/api/v1/topics", &json!({"code": "le-hoi", "names": {"vi": "Lễ hội"}})).await.is(201).etag();
    assert!(public().await.contains("Lễ hội"));

    let etag = admin.put("/api/v1/topics/le-hoi", &etag, &json!({"names": {"vi": "Hội hè"}})).await.is(200).etag();
    assert!(public().await.contains("Hội hè") && !public().await.contains("Lễ hội"));

    admin.delete("/api/v1/topics/le-hoi", &etag).await.is(204);
    assert!(!public().await.contains("Hội hè"));
}

#[actix_web::test]
async fn a_code_is_taken_once_and_never_changes() {
    let (app, admin) = office().await;
    for kind in Kind::all() {
        let etag = admin.post(kind.list, &kind.new).await.is(201).etag();
        let before = app.digest().await;

        admin.post(kind.list, &kind.new).await.is_problem(409, "code-taken");
        let mut moved = kind.changed();
        moved[kind.key] = json!("fr");
        admin.put(&kind.path(), &etag, &moved).await.is_problem(400, "unknown-field");
        assert_eq!(app.digest().await, before);
    }
}

#[actix_web::test]
async fn a_code_has_its_form() {
    let (app, admin) = office().await;
    let before = app.digest().await;
    for kind in Kind::all() {
        let fault = if kind.key == "tag" { "bad-locale" } else { "bad-code" };
        for bad in ["", "Báo", "có dấu", "-x", "x-", "a--b", "../x", "a\u{200B}b", "x'; DROP TABLE agency; --"] {
            let answer = admin.post(kind.list, &kind.new_with(kind.key, json!(bad))).await;
            answer.is_problem(422, "invalid").names(&format!("/{}", kind.key), fault);
        }
        let long = admin.post(kind.list, &kind.new_with(kind.key, json!("x".repeat(500)))).await;
        let fault = if kind.key == "tag" { "bad-locale" } else { "too-long" };
        long.is_problem(422, "invalid").names(&format!("/{}", kind.key), fault);
    }
    assert_eq!(app.digest().await, before);
}

#[actix_web::test]
async fn names_are_lines_of_text_under_locale_tags() {
    let (app, admin) = office().await;
    let before = app.digest().await;
    for kind in Kind::all() {
        for (names, pointer, code) in [
            (json!({}), "/names", "required"),
            (json!([]), "/names", "wrong-type"),
            (json!({"vi": ""}), "/names/vi", "required"),
            (json!({"vi": " "}), "/names/vi", "required"),
            (json!({"vi": 7}), "/names/vi", "wrong-type"),
            (json!({"vi": "x".repeat(201)}), "/names/vi", "too-long"),
            (json!({"vi": "hai\ndòng"}), "/names/vi", "bad-character"),
            (json!({"vi": "Tên\u{0}"}), "/names/vi", "bad-character"),
            (json!({"vi": "Tên", "tiếng Việt": "Tên"}), "/names/tiếng Việt", "bad-locale"),
            (json!({"a/b~c": "Tên"}), "/names/a~1b~0c", "bad-locale"),
        ] {
            let answer = admin.post(kind.list, &kind.new_with("names", names.clone())).await;
            assert_eq!(answer.status, 422, "{} {names}: {}", kind.list, answer.text());
            answer.is_problem(422, "invalid").names(pointer, code);
        }
        admin.post(kind.list, &kind.new_with("x", json!(1))).await.is_problem(400, "unknown-field");
    }
    assert_eq!(app.digest().await, before);
}

#[actix_web::test]
async fn a_locale_has_a_script_and_fallbacks_that_are_tags() {
    let (app, admin) = office().await;
    let [_, _, locale] = Kind::all();
    let before = app.digest().await;

    for (name, value, pointer, code) in [
        ("script", json!("arabic"), "/script", "not-one-of"),
        ("script", json!("ARAB"), "/script", "not-one-of"),
        ("fallback", json!(["en", "không"]), "/fallback/1", "bad-locale"),
        ("fallback", json!(vec!["en"; 11]), "/fallback", "too-many"),
        ("position", json!("1"), "/position", "wrong-type"),
    ] {
        let answer = admin.post(locale.list, &locale.new_with(name, value)).await;
        answer.is_problem(422, "invalid").names(pointer, code);
    }

    assert_eq!(app.digest().await, before);
}

#[actix_web::test]
async fn a_change_names_the_version_that_was_seen() {
    let (app, admin) = office().await;
    for kind in Kind::all() {
        let old = admin.post(kind.list, &kind.new).await.is(201).etag();
        let path = kind.path();
        let body = kind.changed();
        let new = admin.put(&path, &old, &body).await.is(200).etag();
        let before = app.digest().await;

        for method in [Method::PUT, Method::DELETE] {
            let send = async |headers: &[(&str, &str)]| {
                let request = admin.request(method.clone(), &path);
                let request = headers.iter().fold(request, |request, header| request.insert_header(*header));
                app.send(if method == Method::PUT { request.set_json(&body) } else { request }).await
            };
            send(&[]).await.is_problem(428, "precondition-required");
            send(&[("if-match", "*")]).await.is_problem(428, "precondition-required");
            send(&[("if-match", &old)]).await.is_problem(412, "precondition-failed");
        }
        assert_eq!(app.digest().await, before);
        admin.delete(&path, &new).await.is(204);
        admin.delete(&path, &new).await.is_problem(404, "not-found");
        admin.put(&path, &new, &body).await.is_problem(404, "not-found");
    }
}

#[actix_web::test]
async fn a_topic_is_not_part_of_itself() {
    let (app, admin) = office().await;
    let names = json!({"vi": "Tên"});
    admin.post("/api/v1/topics", &json!({"code": "cang", "parent": "dau-tu", "names": names})).await.is(201);
    let etag = admin.get("/api/v1/topics/kinh-te").await.etag();
    let before = app.digest().await;

    let put = async |parent: &str| {
        admin.put("/api/v1/topics/kinh-te", &etag, &json!({"parent": parent, "names": {"vi": "Kinh tế"}})).await
    };
    for within in ["kinh-te", "dau-tu", "cang"] {
        put(within).await.is_problem(422, "invalid").names("/parent", "circle");
    }
    put("khong-co").await.is_problem(422, "invalid").names("/parent", "unknown");
    let own = json!({"code": "moi", "parent": "moi", "names": names});
    admin.post("/api/v1/topics", &own).await.is_problem(422, "invalid").names("/parent", "unknown");
    assert_eq!(app.digest().await, before);
    put("bien").await.is(200);
}

/// Says that an entry is kept.
async fn is_kept(app: &TestApp, admin: &Client, path: &str) {
    let etag = admin.get(path).await.is(200).etag();
    let before = app.digest().await;
    admin.delete(path, &etag).await.is_problem(409, "in-use");
    assert_eq!(app.digest().await, before);
}

async fn is_free(admin: &Client, path: &str) {
    let etag = admin.get(path).await.is(200).etag();
    admin.delete(path, &etag).await.is(204);
}

#[actix_web::test]
async fn what_an_article_names_is_kept() {
    let (app, admin) = office().await;
    let author = app.account("author").sign_in().await;
    author.article().begin().await;

    for path in ["/api/v1/agencies/bao", "/api/v1/topics/dau-tu", "/api/v1/locales/vi"] {
        is_kept(&app, &admin, path).await;
    }
    for path in ["/api/v1/agencies/so", "/api/v1/topics/bien", "/api/v1/locales/lo"] {
        is_free(&admin, path).await;
    }
}

#[actix_web::test]
async fn what_a_grant_limits_is_kept() {
    let (app, admin) = office().await;
    app.account("translator").agency("so").locale("lo").sign_in().await;

    is_kept(&app, &admin, "/api/v1/agencies/so").await;
    is_kept(&app, &admin, "/api/v1/locales/lo").await;
}

#[actix_web::test]
async fn a_topic_with_others_under_it_is_kept() {
    let (app, admin) = office().await;
    is_kept(&app, &admin, "/api/v1/topics/kinh-te").await;

    is_free(&admin, "/api/v1/topics/dau-tu").await;
    is_free(&admin, "/api/v1/topics/kinh-te").await;
}

#[actix_web::test]
async fn what_a_text_was_sealed_with_is_kept_after_the_article_moved_on() {
    let (app, admin) = office().await;
    let author = app.account("author").sign_in().await;
    let publisher = app.account("publisher").sign_in().await;
    let edition = author.article().begin().await;
    edition.approve(&author).await;
    let article = format!("/api/v1/articles/{}", edition.article);
    let etag = author.get(&article).await.etag();
    author.patch(&article, &etag, &json!({"agency": "so", "topics": ["bien"]})).await.is(200);

    for path in ["/api/v1/agencies/bao", "/api/v1/agencies/so", "/api/v1/topics/dau-tu", "/api/v1/topics/bien"] {
        is_kept(&app, &admin, path).await;
    }
    edition.publish(&publisher).await.is(200);
    for path in ["/api/v1/agencies/bao", "/api/v1/topics/dau-tu"] {
        is_kept(&app, &admin, path).await;
    }
    let item = edition.public().await.is(200).json();
    assert_eq!((&item["agency"]["code"], &item["topics"][0]["code"]), (&json!("bao"), &json!("dau-tu")));
}

#[actix_web::test]
async fn a_language_of_an_edition_is_kept() {
    let (app, admin) = office().await;
    let author = app.account("author").sign_in().await;
    let translator = app.account("translator").sign_in().await;
    let source = author.article().begin().await;
    source.submit(&author).await.is(201);
    source.in_locale("km").translate(&translator, crate::support::english()).await.is(201);

    is_kept(&app, &admin, "/api/v1/locales/km").await;
}
