//! Every refusal that can be brought about is told in each language, by its own text.

use actix_web::http::Method;
use lantoa::{kernel::LocaleTag, service::Code};
use serde_json::{Value, json};

use crate::support::{Answer, Client, TestApp, english, text};

/// A request that is refused however often it comes.
struct Ask {
    code: &'static str,
    by: Client,
    method: Method,
    path: String,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

impl Ask {
    fn new(code: &'static str, by: &Client, method: Method, path: impl Into<String>) -> Self {
        Self { code, by: by.clone(), method, path: path.into(), headers: Vec::new(), body: Vec::new() }
    }

    fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    fn json(self, body: impl Into<Value>) -> Self {
        self.raw(body.into().to_string())
    }

    fn raw(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self.with("content-type", "application/json")
    }

    async fn send(&self, language: Option<&str>) -> Answer {
        let mut request = self.by.request(self.method.clone(), &self.path);
        for (name, value) in &self.headers {
            request = request.append_header((*name, value.as_str()));
        }
        if let Some(language) = language {
            request = request.insert_header(("accept-language", language));
        }
        let body = self.body.clone();
        self.by.app.send(request.set_payload(body)).await
    }
}

/// Codes that need what a test of the editing side cannot bring about.
const ELSEWHERE: &[Code] = &[
    Code::NotAcceptable,
    Code::RequestTimeout,
    Code::Gone,
    Code::Internal,
    Code::Unavailable,
    Code::Busy,
    Code::CheckOpen,
];

#[actix_web::test]
async fn every_refusal_has_its_title_in_each_language() {
    let app = TestApp::new().await;
    let admin = app.account("admin").and("author").sign_in().await;
    let mut asks = malformed(&app).await;
    asks.extend(credentials(&app).await);
    asks.extend(vocabularies(&admin).await);
    asks.extend(review(&app).await);
    asks.extend(publication(&app).await);
    asks.extend(administration(&admin).await);
    asks.extend(texts(&app).await);
    asks.extend(workflows(&app, &admin).await);
    let before = app.rows().await;

    for ask in &asks {
        for (accept, language) in [(None, "vi"), (Some("vi"), "vi"), (Some("de, en;q=0.5"), "en")] {
            let answer = ask.send(accept).await;
            let problem = answer.json();
            let tag: LocaleTag = language.parse().unwrap();
            let text = |key: &str| app.app.i18n.text(&tag, key, &[]);
            assert_eq!(problem["code"], ask.code, "{} {}: {}", ask.method, ask.path, answer.text());
            assert_eq!(problem["title"], text(&format!("problem-{}", ask.code)));
            assert_eq!(problem["detail"], text(&format!("problem-{}.detail", ask.code)));
            assert_eq!(problem["type"], format!("urn:lantoa:problem:{}", ask.code));
            assert_eq!(problem["status"], answer.status);
            assert_eq!(problem["request_id"].as_str(), answer.header("x-request-id"));
            assert_eq!(answer.header("content-language"), Some(language));
            assert_eq!(answer.header("cache-control"), Some("no-store"));
            assert!(answer.all("vary").iter().any(|vary| vary.ends_with("Accept-Language")), "{}", ask.code);
            assert_eq!(answer.header("www-authenticate").is_some(), answer.status == 401, "{}", ask.code);
            assert_eq!(answer.header("retry-after").is_some(), answer.status == 429, "{}", ask.code);
        }
    }

    assert_eq!(app.rows().await, before);
    let provoked = |code: &Code| asks.iter().any(|ask| ask.code == code.slug());
    let missing: Vec<_> = Code::ALL.iter().filter(|code| !provoked(code) && !ELSEWHERE.contains(code)).collect();
    assert!(missing.is_empty(), "nobody was told {missing:?}");
}

async fn malformed(app: &TestApp) -> Vec<Ask> {
    let by = app.account("author").sign_in().await;
    let post = |code| Ask::new(code, &by, Method::POST, "/api/v1/articles");
    let get = |code, path: &str| Ask::new(code, &by, Method::GET, path);
    vec![
        post("malformed-json").raw("{"),
        post("bad-encoding").raw(b"\"\xff\"".to_vec()),
        post("duplicate-key").raw("{\"a\":1,\"a\":2}"),
        post("unknown-field").json(json!({"a": 1})),
        post("body-too-large").raw("x".repeat((1 << 20) + 1)),
        post("unsupported-media-type").with("content-type", "text/plain"),
        post("content-encoding").with("content-encoding", "gzip").json(json!({})),
        post("invalid").json(json!([])),
        post("bad-header").with("idempotency-key", "a b").json(json!({})),
        get("unknown-parameter", "/api/v1/articles?a=1"),
        get("bad-parameter", "/api/v1/articles?limit=0"),
        get("bad-cursor", "/api/v1/articles?cursor=x"),
        get("search-unavailable", "/api/v1/articles?q=x"),
        get("not-found", "/api/v1/nothing"),
        Ask::new("method-not-allowed", &by, Method::DELETE, "/api/v1/me"),
        Ask::new("precondition-required", &by, Method::PATCH, "/api/v1/me").json(json!({})),
        Ask::new("precondition-failed", &by, Method::PATCH, "/api/v1/me").with("if-match", "\"v9\"").json(json!({})),
    ]
}

async fn credentials(app: &TestApp) -> Vec<Ask> {
    let nobody = app.stranger();
    let login = |email: &str| json!({"email": email, "password": "không phải mật khẩu"});
    let path = "/api/v1/auth/login";
    while nobody.post(path, &login("nhieu@lamhai.example")).await.status != 429 {}
    vec![
        Ask::new("unauthenticated", &nobody, Method::GET, "/api/v1/me"),
        Ask::new("too-many-requests", &nobody, Method::POST, path).json(login("nhieu@lamhai.example")),
        Ask::new("bad-credentials", &nobody, Method::POST, path).json(login("ai@lamhai.example")),
        Ask::new("bad-refresh-token", &nobody, Method::POST, "/api/v1/auth/refresh")
            .json(json!({"refresh_token": "x"})),
        Ask::new("forbidden", &app.account("author").sign_in().await, Method::GET, "/api/v1/accounts"),
    ]
}

async fn vocabularies(admin: &Client) -> Vec<Ask> {
    let article = |title: &str| json!({"kind": "news", "agency": "bao", "source_locale": "vi", "title": title, "body": "<p>a</p>"});
    let key = [("idempotency-key", "mot")];
    admin.write(Method::POST, "/api/v1/articles", &key, &article("Tin một")).await.is(201);
    vec![
        Ask::new("code-taken", admin, Method::POST, "/api/v1/agencies")
            .json(json!({"code": "so", "names": {"vi": "x"}})),
        Ask::new("in-use", admin, Method::DELETE, "/api/v1/agencies/bao").with("if-match", "\"v1\""),
        Ask::new("slug-taken", admin, Method::POST, "/api/v1/articles").json({
            let mut body = article("Tin khác");
            body["slug"] = "tin-mot".into();
            body
        }),
        Ask::new("idempotency-reuse", admin, Method::POST, "/api/v1/articles")
            .with("idempotency-key", "mot")
            .json(article("Tin hai")),
    ]
}

fn decision(hash: &str) -> Value {
    json!({"verdict": "approve", "content_hash": hash})
}

async fn review(app: &TestApp) -> Vec<Ask> {
    let author = app.account("author").and("reviewer").sign_in().await;
    let reader = app.account("reviewer").and("approver").sign_in().await;
    let draft = author.article().begin().await;
    let open = author.article().begin().await;
    open.submit(&author).await.is(201);
    let hash = open.hash(&author).await;
    let half = author.article().begin().await;
    half.submit(&author).await.is(201);
    half.decide(&reader, "approve").await.is(200);
    let half_hash = half.hash(&reader).await;
    vec![
        Ask::new("no-open-case", &reader, Method::POST, draft.path("decisions")).json(decision(&hash)),
        Ask::new("case-open", &author, Method::POST, open.path("submit"))
            .with("if-match", open.etag(&author).await)
            .json(json!({})),
        Ask::new("own-text", &author, Method::POST, open.path("decisions")).json(decision(&hash)),
        Ask::new("hash-mismatch", &reader, Method::POST, open.path("decisions")).json(decision(&half_hash)),
        Ask::new("second-stage", &reader, Method::POST, half.path("decisions")).json(decision(&half_hash)),
    ]
}

async fn texts(app: &TestApp) -> Vec<Ask> {
    let author = app.account("author").and("translator").sign_in().await;
    let reviewer = app.account("reviewer").sign_in().await;
    let suggested = async || {
        let edition = author.article().begin().await;
        edition.submit(&author).await.is(201);
        let body = json!({"segment": "title", "text": "Lô cá", "comment": "Gọn.", "content_hash": edition.hash(&reviewer).await});
        let made = reviewer.post(&edition.path("suggestions"), &body).await.is(201).json();
        let id = made["id"].as_str().unwrap().to_owned();
        (edition, id)
    };
    let (settled, settled_id) = suggested().await;
    let reject = settled.path(&format!("suggestions/{settled_id}/reject"));
    author.post(&reject, &json!({"comment": "Giữ."})).await.is(200);
    let (moved, moved_id) = suggested().await;
    moved.save(&author, text("Tên khác hẳn", "Cá ngừ.")).await.is(200);
    let translation = settled.in_locale("en");
    translation.translate(&author, english()).await.is(201);
    vec![
        Ask::new("suggestion-answered", &author, Method::POST, reject).json(json!({"comment": "Giữ."})),
        Ask::new("suggestion-outdated", &author, Method::POST, moved.path(&format!("suggestions/{moved_id}/accept")))
            .json(json!({"content_hash": moved.hash(&author).await})),
        Ask::new("not-stale", &author, Method::POST, translation.path("attest")).json(json!({})),
    ]
}

async fn workflows(app: &TestApp, admin: &Client) -> Vec<Ask> {
    let author = app.account("author").and("translator").sign_in().await;
    let approver = app.account("approver").sign_in().await;
    let open = author.article().begin().await;
    open.submit(&author).await.is(201);
    let mut late = decision(&open.hash(&author).await);
    late["stage"] = json!("approval");
    let translation = open.in_locale("en");
    translation.translate(&author, english()).await.is(201);
    let path = "/api/v1/workflows/translation";
    let asleep =
        json!({"names": {"vi": "Bản dịch"}, "stages": [{"name": "approval", "role": "approver"}], "active": false});
    admin.put(path, &admin.get(path).await.etag(), &asleep).await.is(200);
    vec![
        Ask::new("not-its-turn", &approver, Method::POST, open.path("decisions")).json(late),
        Ask::new("no-workflow", &author, Method::POST, translation.path("submit"))
            .with("if-match", translation.etag(&author).await)
            .json(json!({})),
    ]
}

async fn publication(app: &TestApp) -> Vec<Ask> {
    let author = app.account("author").and("translator").sign_in().await;
    let publisher = app.account("publisher").sign_in().await;
    let admin = app.account("admin").sign_in().await;
    let publish = |code, path: String, hash: &str| {
        Ask::new(code, &publisher, Method::POST, path).json(json!({"content_hash": hash}))
    };
    let draft = author.article().begin().await;
    let live = author.article().begin().await;
    live.go_public(&author).await;
    let down = author.article().begin().await;
    down.go_public(&author).await;
    down.withdraw(&publisher, "Nhầm số liệu.").await.is(200);
    let unsafe_one = author.article().with("body", "<p><a href=\"http://a.example/\">a</a></p>").begin().await;
    unsafe_one.approve(&author).await;
    let source = author.article().begin().await;
    source.approve(&author).await;
    let translation = source.in_locale("en");
    translation.translate(&author, english()).await.is(201);
    translation.approve(&author).await;
    let member = author.article().begin().await;
    member.approve(&author).await;
    let named = json!({"article": member.article, "locale": "vi", "content_hash": member.hash(&author).await});
    let release = json!({"members": [named], "publish_at": "2026-12-12T00:00:00Z"});
    publisher.post("/api/v1/releases", &release).await.is(202);
    let lapsed = author.article().begin().await;
    lapsed.submit(&author).await.is(201);
    let reviewer = app.account("reviewer").sign_in().await;
    lapsed.decide(&reviewer, "approve").await.is(200);
    lapsed.decide(&app.account("approver").sign_in().await, "approve").await.is(200);
    let path = format!("/api/v1/accounts/{}/grants", reviewer.id);
    admin.put(&path, "\"v1\"", &json!({"grants": []})).await.is(200);
    vec![
        publish("not-approved", draft.path("publish"), &draft.hash(&author).await),
        Ask::new("not-published", &publisher, Method::POST, draft.path("withdraw")).json(json!({"reason": "legal"})),
        Ask::new("already-published", &author, Method::POST, live.path("submit"))
            .with("if-match", live.etag(&author).await)
            .json(json!({})),
        Ask::new("taken-down", &publisher, Method::POST, down.path("withdraw")).json(json!({"reason": "legal"})),
        Ask::new("not-taken-down", &publisher, Method::POST, live.path("restore")).json(json!({})),
        Ask::new("not-scheduled", &publisher, Method::DELETE, live.path("schedule"))
            .with("if-match", &live.etag(&author).await),
        Ask::new("in-release", &publisher, Method::DELETE, member.path("schedule"))
            .with("if-match", &member.etag(&author).await),
        publish("source-not-published", translation.path("publish"), &translation.hash(&author).await),
        publish("approval-lapsed", lapsed.path("publish"), &lapsed.hash(&author).await),
    ]
}

/// Last of all: it leaves one administrator.
async fn administration(admin: &Client) -> Vec<Ask> {
    let all = admin.get("/api/v1/accounts?limit=100").await.is(200).json();
    let is_other = |one: &&Value| one["grants"].to_string().contains("admin") && one["id"] != admin.id.to_string();
    for other in all["items"].as_array().unwrap().iter().filter(is_other) {
        let path = format!("/api/v1/accounts/{}/grants", other["id"].as_str().unwrap());
        admin.put(&path, "\"v1\"", &json!({"grants": []})).await.is(200);
    }
    let me = admin.get("/api/v1/me").await.is(200).json();
    let taken = json!({"email": me["email"], "name": "Người khác", "password": "một mật khẩu thật dài 2026"});
    vec![
        Ask::new("last-administrator", admin, Method::PUT, format!("/api/v1/accounts/{}/grants", admin.id))
            .with("if-match", "\"v1\"")
            .json(json!({"grants": []})),
        Ask::new("email-taken", admin, Method::POST, "/api/v1/accounts").json(taken),
    ]
}
