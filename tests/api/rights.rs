//! Who hears what: strangers 401, who may not 403, who may not even know 404.

use actix_web::http::Method;
use serde_json::{Value, json};

use crate::support::{Answer, Client, Edition, TestApp, document, english};

/// Operations that need no sign-in.
const PUBLIC: &[&str] = &["/", "/hub", "/api/v1/auth/login", "/api/v1/auth/refresh"];
/// Addresses under which everything is public.
const PUBLIC_BELOW: &[&str] = &[
    "/api/v1/content/",
    "/feeds",
    "/media/",
    "/.well-known/",
    "/sitemap",
    "/robots.txt",
    "/assets/",
    "/healthz",
    "/preview/",
    "/readyz",
    "/favicon.ico",
    "/{locale}",
];

/// An operation of the OpenAPI document.
pub struct Operation {
    pub method: Method,
    pub template: String,
    pub id: String,
    security: Value,
}

impl Operation {
    pub fn is_public(&self) -> bool {
        PUBLIC.contains(&self.template.as_str()) || PUBLIC_BELOW.iter().any(|below| self.template.starts_with(below))
    }

    /// An address that the template makes.
    fn path(&self) -> String {
        let id = uuid::Uuid::now_v7().to_string();
        let parts = [("{locale}", "vi"), ("{tag}", "vi"), ("{code}", "bao"), ("{number}", "1"), ("{sequence}", "1")];
        let ids = ["{id}", "{comment}", "{suggestion}", "{attestation}", "{preview}", "{delivery}"]
            .map(|name| (name, id.as_str()));
        ids.iter().chain(&parts).fold(self.template.clone(), |path, (name, value)| path.replace(name, value))
    }
}

/// All operations of the document.
pub fn operations() -> Vec<Operation> {
    let mut all = Vec::new();
    for (template, item) in document()["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let Ok(method) = method.to_uppercase().parse::<Method>() else { continue };
            if operation["operationId"].is_string() {
                let id = operation["operationId"].as_str().unwrap().to_owned();
                all.push(Operation { method, template: template.clone(), id, security: operation["security"].clone() });
            }
        }
    }
    assert!(all.len() > 40, "the document has its operations");
    all
}

#[test]
fn every_operation_that_is_not_public_declares_that_it_needs_a_sign_in() {
    for operation in operations() {
        let declared = operation.security == json!([{"bearer": []}]);
        assert_eq!(declared, !operation.is_public(), "{} {}", operation.method, operation.template);
    }
}

#[actix_web::test]
async fn every_operation_that_is_not_public_answers_401_to_who_is_not_signed_in() {
    let app = TestApp::new().await;
    let admin = app.account("admin").and("author").sign_in().await;
    let ended = admin.clone();
    admin.post("/api/v1/auth/logout", &Value::Null).await.is(204);
    let revoked = ended.token.clone().unwrap();
    let before = app.digest().await;

    for operation in operations().into_iter().filter(|operation| !operation.is_public()) {
        let path = operation.path();
        assert!(!path.contains('{'), "{path} has a variable that this test does not know");
        let credentials = [None, Some("Bearer garbage".to_owned()), Some(format!("Bearer {revoked}"))];
        for credential in credentials {
            let headers: Vec<_> = credential.iter().map(|value| ("authorization", value.as_str())).collect();
            let bare = actix_web::test::TestRequest::with_uri(&path).method(operation.method.clone());
            let bare = headers.iter().fold(bare, |request, header| request.insert_header(*header));
            let full = app.stranger().write(operation.method.clone(), &path, &headers, &json!({"x": 1})).await;
            for answer in [app.send(bare).await, full] {
                let at = format!("{} {path} with {credential:?}", operation.method);
                assert_eq!((answer.status, &answer.json()["code"]), (401, &json!("unauthenticated")), "{at}");
                assert!(answer.header("www-authenticate").is_some_and(|value| value.starts_with("Bearer")), "{at}");
            }
        }
        if operation.method == Method::GET {
            let head = actix_web::test::TestRequest::with_uri(&path).method(Method::HEAD);
            assert_eq!(app.send(head).await.status, 401, "HEAD {path}");
        }
    }
    assert_eq!(app.digest().await, before);
}

/// What an answer says, without the marks of this one request.
fn said(answer: &Answer) -> (u16, Vec<(String, String)>, Value) {
    // What is left of a quota counts requests, whatever they have found.
    let own = ["x-request-id", "date", "ratelimit"];
    let mut headers: Vec<_> =
        answer.headers.iter().filter(|(name, _)| !own.contains(&name.as_str())).cloned().collect();
    headers.sort();
    let text = answer.text().to_owned();
    let mut body = answer.json();
    for mark in ["instance", "request_id"] {
        let value = body.as_object_mut().and_then(|body| body.remove(mark));
        assert!(value.is_some_and(|value| text.contains(value.as_str().unwrap())), "{text}");
    }
    // The order of members is a matter of bytes too.
    let order: Vec<String> = text.split('"').step_by(2).map(str::to_owned).collect();
    (answer.status, headers, json!([body, order]))
}

/// Every operation on an edition and its article, with bodies that are valid.
async fn everything(by: &Client, edition: &Edition) -> Vec<Answer> {
    let article = format!("/api/v1/articles/{}", edition.article);
    let hash = lantoa::kernel::Digest::of("x").to_string();
    let post = async |below: &str, headers: &[(&str, &str)], body: Value| {
        by.write(Method::POST, &edition.path(below), headers, &body).await
    };
    let mut all = Vec::new();
    all.push(by.get(&article).await);
    all.push(by.get(&format!("{article}/history")).await);
    for below in [
        "",
        "revisions",
        "revisions/1",
        "revisions/1/diff",
        "segments",
        "history",
        "comments",
        "suggestions",
        "attestations",
    ] {
        all.push(by.get(&edition.path(below)).await);
    }
    all.push(by.patch(&article, "\"v1\"", &json!({"place": "Vân Sa"})).await);
    all.push(by.put(&edition.path(""), "\"v1\"", &english()).await);
    all.push(by.write(Method::PUT, &edition.in_locale("en").path(""), &[("if-none-match", "*")], &english()).await);
    all.push(post("submit", &[("if-match", "\"v1\"")], json!({})).await);
    all.push(post("decisions", &[], json!({"verdict": "approve", "content_hash": hash})).await);
    all.push(by.app.send(by.request(Method::POST, &edition.path("take-back"))).await);
    all.push(post("publish", &[], json!({"content_hash": hash})).await);
    all.push(post("withdraw", &[], json!({"reason": "outdated"})).await);
    all.push(post("retract", &[], json!({"reason": "outdated"})).await);
    all.push(post("restore", &[], json!({})).await);
    all.push(by.post(&format!("{article}/withdraw"), &json!({"reason": "outdated"})).await);
    all.push(by.delete(&edition.path("schedule"), "\"v1\"").await);
    all
}

#[actix_web::test]
async fn what_one_may_not_read_looks_like_what_does_not_exist() {
    let app = TestApp::new().await;
    let other = app.account("author").agency("so").sign_in().await;
    let hidden = other.article().with("agency", "so").begin().await;
    let absent = Edition { article: uuid::Uuid::now_v7().to_string(), ..hidden.clone() };
    let before = app.digest().await;

    for role in ["author", "translator", "reviewer", "approver", "publisher", "press_officer"] {
        let stranger = app.account(role).agency("bao").sign_in().await;
        let before = app.digest().await;
        let (mut of_hidden, mut of_absent) =
            (everything(&stranger, &hidden).await, everything(&stranger, &absent).await);
        for (edition, all) in [(&hidden, &mut of_hidden), (&absent, &mut of_absent)] {
            all.push(stranger.post(&edition.path("comments"), &json!({"segment": "title", "text": "x"})).await);
            all.push(stranger.get(&edition.path("publications/1/sheet")).await);
            let hash = lantoa::kernel::Digest::of("x").to_string();
            let body = json!({"segment": "title", "text": "x", "content_hash": hash});
            all.push(stranger.post(&edition.path("suggestions"), &body).await);
            all.push(stranger.post(&edition.path("attest"), &json!({})).await);
            let path = format!("/api/v1/articles/{}/refresh", edition.article);
            all.push(stranger.post(&path, &json!({"locales": ["vi"]})).await);
        }
        for (hidden, absent) in of_hidden.iter().zip(&of_absent) {
            assert_eq!(hidden.status, 404, "{role}: {}", hidden.text());
            assert_eq!(said(hidden), said(absent), "{role}");
        }
        assert_eq!(app.digest().await, before);
    }
    assert_ne!(app.digest().await, before, "the digest sees what is written");
}

#[actix_web::test]
async fn what_one_may_read_but_not_do_is_forbidden() {
    let app = TestApp::new().await;
    let author = app.account("author").agency("bao").sign_in().await;
    let reviewer = app.account("reviewer").agency("bao").sign_in().await;
    let edition = author.article().begin().await;
    let before = app.digest().await;

    let answers = everything(&reviewer, &edition).await;

    let (reads, writes) = answers.split_at(11);
    assert!(reads.iter().all(|answer| answer.status == 200));
    for answer in writes.iter().filter(|answer| answer.json()["code"] != "no-open-case") {
        answer.clone().is_problem(403, "forbidden");
    }
    assert_eq!(app.digest().await, before);
}

#[actix_web::test]
async fn a_list_holds_what_its_reader_may_read_and_nothing_else() {
    let app = TestApp::new().await;
    let head = app.account("author").sign_in().await;
    let own = head.article().begin().await;
    let draft = head.article().with("agency", "so").begin().await;
    let submitted = head.article().with("agency", "so").begin().await;
    submitted.submit(&head).await.is(201);
    let ids = async |by: &Client| {
        let items = by.get("/api/v1/articles").await.is(200).json()["items"].as_array().unwrap().clone();
        items.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };

    let author = app.account("author").agency("bao").sign_in().await;
    let guest = app.account("translator").locale("en").sign_in().await;
    let nobody = app.nobody().sign_in().await;

    assert_eq!(ids(&author).await, std::slice::from_ref(&own.article));
    assert_eq!(ids(&guest).await, std::slice::from_ref(&submitted.article));
    assert_eq!(ids(&nobody).await, Vec::<String>::new());
    assert_eq!(ids(&head).await, [submitted.article, draft.article, own.article]);
}
