//! Who hears what: strangers 401, who may not 403, who may not even know 404; and rights hold as they are now.

use actix_web::http::Method;
use lantoa::store::{Change, account};
use serde_json::{Value, json};

use crate::support::{Answer, Client, Edition, PASSWORD, TestApp, document, english};

/// Operations that need no sign-in.
const PUBLIC: &[&str] = &["/api/v1/auth/login", "/api/v1/auth/refresh"];
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
    "/readyz",
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
        [("{id}", id.as_str()), ("{locale}", "vi"), ("{tag}", "vi"), ("{code}", "bao"), ("{number}", "1")]
            .iter()
            .fold(self.template.clone(), |path, (name, value)| path.replace(name, value))
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
    let own = ["x-request-id", "date"];
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
    for path in [&article, &edition.path(""), &edition.path("revisions"), &edition.path("revisions/1")] {
        all.push(by.get(path).await);
    }
    all.push(by.patch(&article, "\"v1\"", &json!({"place": "Vân Sa"})).await);
    all.push(by.put(&edition.path(""), "\"v1\"", &english()).await);
    all.push(by.write(Method::PUT, &edition.in_locale("en").path(""), &[("if-none-match", "*")], &english()).await);
    all.push(post("submit", &[("if-match", "\"v1\"")], json!({})).await);
    all.push(post("decisions", &[], json!({"verdict": "approve", "content_hash": hash})).await);
    all.push(by.app.send(by.request(Method::POST, &edition.path("take-back"))).await);
    all.push(post("publish", &[], json!({"content_hash": hash})).await);
    all.push(post("withdraw", &[], json!({"reason": "outdated"})).await);
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
        let (of_hidden, of_absent) = (everything(&stranger, &hidden).await, everything(&stranger, &absent).await);
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

    let (reads, writes) = answers.split_at(4);
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

    assert_eq!(ids(&author).await, [own.article.clone()]);
    assert_eq!(ids(&guest).await, [submitted.article.clone()]);
    assert_eq!(ids(&nobody).await, Vec::<String>::new());
    assert_eq!(ids(&head).await, [submitted.article, draft.article, own.article]);
}

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

#[actix_web::test]
async fn a_right_withdrawn_is_gone_at_the_next_request_with_the_same_token() {
    let app = TestApp::new().await;
    let admin = app.account("admin").sign_in().await;
    let author = app.account("author").sign_in().await;
    let source = author.article().begin().await;

    let account = format!("/api/v1/accounts/{}", author.id);
    let etag = admin.get(&account).await.etag();
    let grants = json!({"grants": [{"role": "reviewer"}]});
    admin.put(&format!("{account}/grants"), &etag, &grants).await.is(200);

    source.show(&author).await;
    source.save(&author, english()).await.is_problem(403, "forbidden");
    author.article().send().await.is_problem(403, "forbidden");
}

#[actix_web::test]
async fn a_right_withdrawn_while_a_request_waits_is_gone_for_it() {
    let app = TestApp::new().await;
    let author = app.account("author").sign_in().await;
    let waiting = author.article().begin().await;
    let etag = waiting.etag(&author).await;
    let service = app.app.clone();
    let text = english();

    // The transaction that takes the right is open before the request comes, which waits behind it.
    let tx = service.db.write().await.unwrap();
    let path = waiting.path("");
    let request = author.put(&path, &etag, &text);
    let withdraw = async {
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        account::set_grants(&tx, author.id, &[], service.clock.now()).await.unwrap();
        let event = lantoa::domain::event::Event {
            kind: lantoa::domain::event::EventType::Account,
            article: None,
            locale: None,
        };
        let change = Change::by(None, service.clock.now()).entry("account.grants_set", "account", author.id, json!({}));
        tx.commit(change.emit(event)).await.unwrap();
    };
    let (answer, ()) = futures_util::future::join(request, withdraw).await;

    answer.is_problem(404, "not-found");
    let auditor = app.account("auditor").sign_in().await;
    assert_eq!(waiting.show(&auditor).await["revision"], 1);
}

#[actix_web::test]
async fn a_disabled_account_is_out_at_the_next_request_with_the_same_token() {
    let app = TestApp::new().await;
    let admin = app.account("admin").sign_in().await;
    let author = app.account("author").sign_in().await;
    author.get("/api/v1/me").await.is(200);

    let account = format!("/api/v1/accounts/{}", author.id);
    let etag = admin.get(&account).await.etag();
    let disabled = admin.patch(&account, &etag, &json!({"disabled": true})).await.is(200);
    author.get("/api/v1/me").await.is_problem(401, "unauthenticated");
    author.article().send().await.is_problem(401, "unauthenticated");

    // Enabled again, the person signs in anew: what was ended stays ended.
    admin.patch(&account, &disabled.etag(), &json!({"disabled": false})).await.is(200);
    author.get("/api/v1/me").await.is_problem(401, "unauthenticated");
}

#[actix_web::test]
async fn a_changed_password_ends_every_other_sign_in_and_a_reset_one_ends_all() {
    let app = TestApp::new().await;
    let admin = app.account("admin").sign_in().await;
    let person = app.account("author").with_password().sign_in().await;
    let login = json!({"email": person.email(), "password": PASSWORD});
    let other = app.stranger().post("/api/v1/auth/login", &login).await.is(200).json();
    let other = person.with_token(other["access_token"].as_str().unwrap());
    other.get("/api/v1/me").await.is(200);

    let change = json!({"current": PASSWORD, "new": "sóng vỗ bờ cát trắng"});
    person.post("/api/v1/me/password", &change).await.is(204);
    other.get("/api/v1/me").await.is_problem(401, "unauthenticated");
    person.get("/api/v1/me").await.is(200);
    app.stranger().post("/api/v1/auth/login", &login).await.is_problem(401, "bad-credentials");

    let account = format!("/api/v1/accounts/{}", person.id);
    let etag = admin.get(&account).await.etag();
    admin.patch(&account, &etag, &json!({"password": "trăng lên đỉnh núi xa"})).await.is(200);
    person.get("/api/v1/me").await.is_problem(401, "unauthenticated");
}

#[actix_web::test]
async fn the_current_password_is_needed_to_change_it() {
    let app = TestApp::new().await;
    let person = app.account("author").with_password().sign_in().await;
    let before = app.digest().await;

    let change = json!({"current": "một mật khẩu khác hẳn", "new": "sóng vỗ bờ cát trắng"});
    person.post("/api/v1/me/password", &change).await.is_problem(422, "invalid").names("/current", "wrong-password");

    assert_eq!(app.digest().await, before);
}

/// An approved text, and the two who approved it.
async fn approved(app: &TestApp) -> (Edition, Client, Client) {
    let author = app.account("author").sign_in().await;
    let reviewer = app.account("reviewer").sign_in().await;
    let approver = app.account("approver").sign_in().await;
    let edition = author.article().begin().await;
    edition.submit(&author).await.is(201);
    edition.decide(&reviewer, "approve").await.is(200);
    edition.decide(&approver, "approve").await.is(200);
    (edition, reviewer, approver)
}

#[actix_web::test]
async fn an_approval_by_who_lost_the_role_does_not_carry_publication() {
    for stage in 0..2 {
        let app = TestApp::new().await;
        let admin = app.account("admin").sign_in().await;
        let publisher = app.account("publisher").sign_in().await;
        let (edition, reviewer, approver) = approved(&app).await;
        let account = format!("/api/v1/accounts/{}", [reviewer, approver][stage].id);
        let role = ["reviewer", "approver"][stage];
        let grant = async |grants: Value| {
            let etag = admin.get(&account).await.etag();
            admin.put(&format!("{account}/grants"), &etag, &json!({"grants": grants})).await.is(200);
        };

        // Gone, or held for another agency or language only.
        for grants in [json!([]), json!([{"role": role, "agency": "so"}]), json!([{"role": role, "locale": "en"}])] {
            grant(grants).await;
            let before = app.digest().await;
            edition.publish(&publisher).await.is_problem(409, "approval-lapsed");
            assert_eq!(app.digest().await, before);
        }
        grant(json!([{"role": role, "agency": "bao", "locale": "vi"}])).await;
        edition.publish(&publisher).await.is(200);
    }
}

#[actix_web::test]
async fn an_approval_by_who_was_disabled_does_not_carry_publication() {
    let app = TestApp::new().await;
    let admin = app.account("admin").sign_in().await;
    let publisher = app.account("publisher").sign_in().await;
    let (edition, _, approver) = approved(&app).await;
    let account = format!("/api/v1/accounts/{}", approver.id);
    let etag = admin.get(&account).await.etag();
    admin.patch(&account, &etag, &json!({"disabled": true})).await.is(200);
    let before = app.digest().await;

    edition.publish(&publisher).await.is_problem(409, "approval-lapsed");

    assert_eq!(app.digest().await, before);
}

#[actix_web::test]
async fn an_author_who_becomes_approver_still_does_not_approve_the_own_text() {
    let app = TestApp::new().await;
    let admin = app.account("admin").sign_in().await;
    let author = app.account("author").sign_in().await;
    let second = app.account("author").sign_in().await;
    let reviewer = app.account("reviewer").sign_in().await;
    let edition = author.article().begin().await;
    edition.save(&second, english()).await.is(200);
    edition.submit(&second).await.is(201);

    for (who, role) in [(&author, "reviewer"), (&second, "approver")] {
        let account = format!("/api/v1/accounts/{}", who.id);
        let etag = admin.get(&account).await.etag();
        admin.put(&format!("{account}/grants"), &etag, &json!({"grants": [{"role": role}]})).await.is(200);
    }
    let before = app.digest().await;
    edition.decide(&author, "approve").await.is_problem(403, "own-text");
    assert_eq!(app.digest().await, before);
    edition.decide(&reviewer, "approve").await.is(200);
    let before = app.digest().await;
    edition.decide(&second, "approve").await.is_problem(403, "own-text");
    assert_eq!(app.digest().await, before);
}

#[actix_web::test]
async fn one_person_decides_one_stage_even_with_both_roles() {
    let app = TestApp::new().await;
    let author = app.account("author").sign_in().await;
    let both = app.account("reviewer").and("approver").sign_in().await;
    let edition = author.article().begin().await;
    edition.submit(&author).await.is(201);
    edition.decide(&both, "approve").await.is(200);
    let before = app.digest().await;

    edition.decide(&both, "approve").await.is_problem(403, "second-stage");

    assert_eq!(app.digest().await, before);
}
