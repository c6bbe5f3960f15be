//! No update is lost and nothing is done twice: `If-Match` on every write of something that exists,
//! `Idempotency-Key` on every one that may be sent again.

use std::collections::BTreeSet;

use actix_web::http::Method;
use futures_util::future::{join, join_all};
use serde_json::{Value, json};

use crate::support::{Answer, Client, Edition, TestApp, document, english, text};

/// A write of something that exists: the operation, the address of what is read and of what is written, a body.
type Write = (&'static str, Method, String, String, Value);

/// An edition that waits for its moment, a release that does, and a link to a text.
async fn orders(all: &Client) -> (Edition, String, String) {
    let (waiting, member) = (all.article().begin().await, all.article().begin().await);
    waiting.approve(all).await;
    member.approve(all).await;
    let at = "2026-12-12T00:00:00Z";
    waiting.publish_at(all, at).await.is(202);
    let named = json!({"article": member.article, "locale": "vi", "content_hash": member.hash(all).await});
    let release = all.post("/api/v1/releases", &json!({"members": [named], "publish_at": at})).await.is(202);
    let preview = all.post(&waiting.path("preview"), &json!({})).await.is(201);
    let address = |answer: Answer| answer.header("location").unwrap().to_owned();
    (waiting, address(release), address(preview))
}

async fn writes(app: &TestApp, all: &Client) -> Vec<Write> {
    let edition = all.article().begin().await;
    let article = format!("/api/v1/articles/{}", edition.article);
    let other = app.account("author").sign_in().await;
    let account = format!("/api/v1/accounts/{}", other.id);
    all.post("/api/v1/locales", &json!({"tag": "de", "script": "Latn", "names": {"vi": "Đức"}})).await.is(201);
    let (waiting, release, preview) = orders(all).await;
    let names = json!({"names": {"vi": "Tên mới"}});
    let lent = app.account("approver").sign_in().await.post("/api/v1/delegations", &lent(all)).await.is(201).json();
    let delegation = format!("/api/v1/delegations/{}", lent["id"].as_str().unwrap());
    let put = |operation, of: &str, body: &Value| (operation, Method::PUT, of.to_owned(), of.to_owned(), body.clone());
    let delete = |operation, of: &str| (operation, Method::DELETE, of.to_owned(), of.to_owned(), Value::Null);
    let patch = |operation, of: &str, body: Value| (operation, Method::PATCH, of.to_owned(), of.to_owned(), body);
    vec![
        put("saveEdition", &edition.path(""), &text("Bản hai", "Hai.")),
        ("submitEdition", Method::POST, edition.path(""), edition.path("submit"), json!({})),
        patch("updateArticle", &article, json!({"place": "Vân Sa"})),
        ("cancelSchedule", Method::DELETE, waiting.path(""), waiting.path("schedule"), Value::Null),
        delete("cancelRelease", &release),
        delete("revokePreview", &preview),
        patch("updateAccount", &account, json!({"name": "Tên mới"})),
        ("setGrants", Method::PUT, account.clone(), format!("{account}/grants"), json!({"grants": []})),
        patch("updateMe", "/api/v1/me", json!({"name": "Tên mới"})),
        put("updateAgency", "/api/v1/agencies/so", &names),
        delete("removeAgency", "/api/v1/agencies/so"),
        put("updateTopic", "/api/v1/topics/bien", &names),
        delete("removeTopic", "/api/v1/topics/bien"),
        put("updateWorkflow", "/api/v1/workflows/attestation", &workflow(&json!("Xác nhận"))),
        put("updateLocale", "/api/v1/locales/de", &json!({"script": "Latn", "names": {"vi": "Đức"}})),
        delete("removeLocale", "/api/v1/locales/de"),
        delete("revokeDelegation", &delegation),
        patch("updateWebhook", &hook(all).await, json!({"description": "Cổng"})),
        rotate(&hook(all).await),
        delete("removeWebhook", &hook(all).await),
    ]
}

/// A right to approve, lent to somebody.
fn lent(to: &Client) -> Value {
    json!({"to": to.id.to_string(), "role": "approver", "until": "2026-12-22T02:00:00Z", "reason": "Nghỉ phép."})
}

/// The address of a new webhook.
async fn hook(by: &Client) -> String {
    let made = by.post("/api/v1/webhooks", &json!({"url": "https://portal.example/"})).await.is(201);
    made.header("location").unwrap().to_owned()
}

fn rotate(hook: &str) -> Write {
    ("rotateWebhookSecret", Method::POST, hook.to_owned(), format!("{hook}/secret"), json!({}))
}

/// A workflow of one stage.
fn workflow(name: &Value) -> Value {
    json!({"names": {"vi": name}, "stages": [{"name": "approval", "role": "approver"}]})
}

#[actix_web::test]
async fn every_write_of_something_that_exists_names_the_version_that_was_seen() {
    let app = TestApp::new().await;
    let all = app.account("admin").and("author").and("translator").and("publisher").sign_in().await;

    let writes = writes(&app, &all).await;

    let tested: BTreeSet<&str> = writes.iter().map(|write| write.0).collect();
    assert_eq!(tested, conditional(), "the table is complete");
    for (operation, method, read, write, body) in writes {
        let method = method_of(operation, method);
        let send = async |headers: &[(&str, &str)]| all.write(method.clone(), &write, headers, &body).await;
        let seen = all.get(&read).await.is(200).etag();
        let before = app.digest().await;

        send(&[]).await.is_problem(428, "precondition-required");
        send(&[("if-match", "*")]).await.is_problem(428, "precondition-required");
        for old in ["\"v0\"", "\"nonsense\"", &format!("W/{seen}")] {
            send(&[("if-match", old)]).await.is_problem(412, "precondition-failed");
        }
        assert_eq!(app.digest().await, before, "{operation}: a refusal changes nothing");

        let done = send(&[("if-match", &seen)]).await;
        assert!(done.status < 300, "{operation}: {}", done.text());
        let again = send(&[("if-match", &seen)]).await;
        let gone = operation.starts_with("remove");
        assert_eq!(again.status, if gone { 404 } else { 412 }, "{operation}: {}", again.text());
    }
}

/// Every operation that the document lets carry `If-Match`.
fn conditional() -> BTreeSet<&'static str> {
    carrying("If-Match")
}

fn carrying(header: &str) -> BTreeSet<&'static str> {
    operations()
        .filter(|one| {
            one["parameters"].as_array().is_some_and(|all| all.iter().any(|parameter| parameter["name"] == header))
        })
        .map(|one| one["operationId"].as_str().unwrap())
        .collect()
}

fn operations() -> impl Iterator<Item = &'static Value> {
    document()["paths"].as_object().unwrap().values().flat_map(|item| item.as_object().unwrap().values())
}

/// The method as the document says it.
fn method_of(operation: &str, guess: Method) -> Method {
    let paths = document()["paths"].as_object().unwrap();
    let mut all = paths.values().flat_map(|item| item.as_object().unwrap());
    let found = all.find(|(_, one)| one["operationId"] == operation).map(|(method, _)| method.to_uppercase());
    found.map_or(guess, |method| method.parse().unwrap())
}

#[actix_web::test]
async fn of_two_who_write_at_once_one_is_told() {
    let app = TestApp::new().await;
    let author = app.account("author").sign_in().await;
    let edition = author.article().begin().await;
    for round in 0..5 {
        let (one, two) = (app.account("author").sign_in().await, app.account("author").sign_in().await);
        let etag = edition.etag(&author).await;

        let path = edition.path("");
        let (first, second) = (text("Một", &format!("Một {round}.")), text("Hai", &format!("Hai {round}.")));
        let (a, b) = join(one.put(&path, &etag, &first), two.put(&path, &etag, &second)).await;

        let mut statuses = [a.status, b.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 412]);
        let winner = if a.status == 200 { "Một" } else { "Hai" };
        assert_eq!(edition.show(&author).await["title"], winner);
        assert_eq!(edition.show(&author).await["revision"], round + 2);
    }
}

#[actix_web::test]
async fn of_sixty_four_who_write_at_once_one_wins_each_version() {
    let app = TestApp::new().await;
    let author = app.account("author").sign_in().await;
    let edition = author.article().begin().await;
    for round in 0..3 {
        let etag = edition.etag(&author).await;
        let path = edition.path("");
        let bodies: Vec<Value> =
            (0..64).map(|n| text(&format!("Bản {n}"), &format!("Vòng {round}, người {n}."))).collect();

        let all = join_all(bodies.iter().map(|body| author.put(&path, &etag, body))).await;

        let won: Vec<usize> = (0..64).filter(|n| all[*n].status == 200).collect();
        assert_eq!(won.len(), 1, "one winner");
        assert!(all.iter().all(|answer| [200, 412].contains(&answer.status)), "and the rest are told");
        let shown = edition.show(&author).await;
        assert_eq!((&shown["title"], &shown["revision"]), (&bodies[won[0]]["title"], &json!(round + 2)));
    }
    let revisions = author.get(&edition.path("revisions")).await.is(200).json();
    assert_eq!(revisions["items"].as_array().unwrap().len(), 4, "nothing of the others is there");
}

#[actix_web::test]
async fn an_edition_is_begun_once() {
    let app = TestApp::new().await;
    let author = app.account("author").and("translator").sign_in().await;
    let edition = author.article().begin().await.in_locale("en");

    let all = join_all((0..4).map(|_| edition.translate(&author, english()))).await;

    let mut statuses: Vec<_> = all.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 412, 412, 412]);
    author.write(Method::PUT, &edition.path(""), &[], &english()).await.is_problem(428, "precondition-required");
    let missing = edition.in_locale("fr");
    author.put(&missing.path(""), "\"v1\"", &english()).await.is_problem(404, "not-found");
}

fn new_article(title: &str) -> Value {
    json!({"kind": "news", "agency": "bao", "source_locale": "vi", "title": title, "body": "<p>Một.</p>"})
}

async fn begin(by: &Client, key: &str, body: &Value) -> Answer {
    by.write(Method::POST, "/api/v1/articles", &[("idempotency-key", key)], body).await
}

#[actix_web::test]
async fn the_same_request_sent_eight_times_at_once_is_done_once() {
    let app = TestApp::new().await;
    let author = app.account("author").sign_in().await;
    let body = new_article("Một bài");

    let all = join_all((0..8).map(|_| begin(&author, "abc", &body))).await;

    for answer in &all {
        assert_eq!(answer.status, 201);
        assert_eq!(answer.body, all[0].body, "byte for byte");
        assert_eq!(
            (answer.header("location"), answer.header("etag")),
            (all[0].header("location"), all[0].header("etag"))
        );
    }
    assert_eq!(author.all("/api/v1/articles").await.len(), 1);
}

#[actix_web::test]
async fn every_step_to_the_public_may_be_sent_again() {
    let app = TestApp::new().await;
    let author = app.account("author").sign_in().await;
    let reviewer = app.account("reviewer").sign_in().await;
    let approver = app.account("approver").sign_in().await;
    let publisher = app.account("publisher").sign_in().await;
    let edition = author.article().begin().await;
    let hash = edition.hash(&author).await;
    let etag = edition.etag(&author).await;
    let approve = json!({"verdict": "approve", "content_hash": hash});
    for (by, below, body, status) in [
        (&author, "submit", json!({}), 201),
        (&reviewer, "decisions", approve.clone(), 200),
        (&approver, "decisions", approve, 200),
        (&publisher, "publish", json!({"content_hash": hash}), 200),
        (&publisher, "withdraw", json!({"reason": "other"}), 200),
        (&publisher, "restore", json!({}), 200),
        (&publisher, "retract", json!({"reason": "wrong_name"}), 200),
    ] {
        let headers = [("idempotency-key", below), ("if-match", etag.as_str())];
        let send = async || by.write(Method::POST, &edition.path(below), &headers, &body).await;
        let first = send().await.is(status);
        let before = app.digest().await;

        let second = send().await.is(status);

        assert_eq!(first.body, second.body, "{below}");
        assert_eq!(app.digest().await, before, "{below}");
    }
    assert_eq!(app.changes().await.len(), 4);
}

/// Every operation that makes something under a key: its address, a body, the same with another name.
fn makings(other: &Client) -> Vec<(&'static str, &'static str, Value, Value)> {
    let named = |key: &str, code: &str, name: &str| json!({key: code, "names": {"vi": name}});
    let locale = |name: &str| json!({"tag": "de", "script": "Latn", "names": {"vi": name}});
    let account =
        |name: &str| json!({"email": "an@lamhai.example", "name": name, "password": "ruộng bậc thang mùa lúa chín"});
    let flow = |name: &str| {
        let mut body = workflow(&json!(name));
        body["code"] = json!("moi");
        body
    };
    vec![
        ("createArticle", "/api/v1/articles", new_article("Một"), new_article("Hai")),
        ("createDelegation", "/api/v1/delegations", lent(other), {
            let mut longer = lent(other);
            longer["until"] = json!("2026-12-23T02:00:00Z");
            longer
        }),
        ("createAccount", "/api/v1/accounts", account("Nguyễn An"), account("Trần Bình")),
        ("createAgency", "/api/v1/agencies", named("code", "dai", "Đài"), named("code", "dai", "Đài khác")),
        ("createTopic", "/api/v1/topics", named("code", "le-hoi", "Lễ hội"), named("code", "le-hoi", "Hội")),
        ("createLocale", "/api/v1/locales", locale("Đức"), locale("Tiếng Đức")),
        ("createWorkflow", "/api/v1/workflows", flow("Mới"), flow("Khác")),
        (
            "createWebhook",
            "/api/v1/webhooks",
            json!({"url": "https://a.example/"}),
            json!({"url": "https://b.example/"}),
        ),
    ]
}

/// Every operation of the document that makes something.
fn making() -> BTreeSet<&'static str> {
    operations().map(|one| one["operationId"].as_str().unwrap()).filter(|id| id.starts_with("create")).collect()
}

#[actix_web::test]
async fn everything_that_is_made_may_be_asked_for_again_for_a_day() {
    let app = TestApp::new().await;
    let all = app.account("admin").and("author").and("approver").sign_in().await;
    let deputy = app.nobody().sign_in().await;
    let makings = makings(&deputy);
    let tested: BTreeSet<&str> = makings.iter().map(|making| making.0).collect();
    assert_eq!(tested, making(), "the table is complete");
    assert!(tested.is_subset(&carrying("Idempotency-Key")), "the document says it of each");
    for (operation, path, body, other) in makings.clone() {
        let send = async |by: &Client, key: &str, body: &Value| {
            by.write(Method::POST, path, &[("idempotency-key", key)], body).await
        };
        let before = app.digest().await;
        for bad in ["a b", "é", &"k".repeat(129)] {
            send(&all, bad, &body).await.is_problem(400, "bad-header");
        }
        assert_eq!(app.digest().await, before, "{operation}");

        let first = send(&all, "abc", &body).await.is(201);
        let before = app.digest().await;
        let second = send(&all, "abc", &body).await.is(201);

        assert_eq!(first.body, second.body, "{operation}");
        for header in ["location", "etag", "content-type", "cache-control"] {
            assert!(first.header(header).is_some(), "{operation}: {header}");
            assert_eq!(first.header(header), second.header(header), "{operation}: {header}");
        }
        send(&all, "abc", &other).await.is_problem(422, "idempotency-reuse");
        assert_eq!(app.digest().await, before, "{operation}");
    }
    let stranger = app.account("author").sign_in().await;
    for (operation, path, body, _) in makings.clone().into_iter().skip(2) {
        let answer = stranger.write(Method::POST, path, &[("idempotency-key", "abc")], &body).await;
        assert_eq!(answer.status, 403, "{operation}");
    }
    let later = all.after(86_400);
    for (operation, path, body, _) in makings.into_iter().skip(2) {
        let again = later.write(Method::POST, path, &[("idempotency-key", "abc")], &body).await;
        // One may be told twice at one address: of a webhook there is nothing that is taken.
        let status = if operation == "createWebhook" { 201 } else { 409 };
        assert_eq!(again.status, status, "{operation}: forgotten, so it is asked anew: {}", again.text());
    }
}

#[actix_web::test]
async fn a_key_belongs_to_one_body_one_address_and_one_account() {
    let app = TestApp::new().await;
    let author = app.account("author").sign_in().await;
    let other = app.account("author").sign_in().await;
    let first = begin(&author, "abc", &new_article("Một")).await.is(201);
    let before = app.digest().await;

    begin(&author, "abc", &new_article("Hai")).await.is_problem(422, "idempotency-reuse");

    assert_eq!(app.digest().await, before);
    let others = begin(&other, "abc", &new_article("Một")).await.is(201);
    assert_ne!(others.json()["id"], first.json()["id"]);
    assert_eq!(others.json()["created_by"], other.id.to_string());
    let edition = author.article().begin().await;
    let headers = [("idempotency-key", "abc"), ("if-match", "\"v1\"")];
    let etag = edition.etag(&author).await;
    let headers = headers.map(|(k, v)| (k, if k == "if-match" { etag.as_str() } else { v }));
    author.write(Method::POST, &edition.path("submit"), &headers, &json!({})).await.is(201);
}

#[actix_web::test]
async fn a_key_is_forgotten_after_a_day() {
    let app = TestApp::new().await;
    let author = app.account("author").sign_in().await;
    let body = new_article("Một");
    let first = begin(&author, "abc", &body).await.is(201).json()["id"].clone();

    let author = author.after(86_399);
    assert_eq!(begin(&author, "abc", &body).await.is(201).json()["id"], first);
    let author = author.after(1);
    let second = begin(&author, "abc", &body).await.is(201).json()["id"].clone();
    assert_ne!(second, first);
    assert_eq!(begin(&author, "abc", &body).await.is(201).json()["id"], second);
    begin(&author, "abc", &new_article("Hai")).await.is_problem(422, "idempotency-reuse");
}

#[actix_web::test]
async fn a_refused_request_leaves_its_key_free() {
    let app = TestApp::new().await;
    let author = app.account("author").sign_in().await;
    let before = app.digest().await;

    begin(&author, "abc", &json!({"kind": "gossip"})).await.is(422);
    begin(&author, "abc", &new_article("")).await.is(422);

    assert_eq!(app.digest().await, before);
    begin(&author, "abc", &new_article("Một")).await.is(201);
    begin(&author, "abc", &new_article("")).await.is_problem(422, "idempotency-reuse");
}
