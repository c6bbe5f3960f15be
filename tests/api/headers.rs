//! Every answer that a browser shows, of whatever kind, tells it to do as little as it can.

use actix_web::http::Method;
use serde_json::json;

use crate::support::{Answer, Desk, Given, TestApp, chinese};

/// What every answer says, and how it begins.
const ALWAYS: &[(&str, &str)] = &[
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("content-security-policy", "default-src 'none'; "),
    ("x-frame-options", "DENY"),
    ("permissions-policy", "camera=(), "),
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("strict-transport-security", "max-age=63072000"),
    ("x-request-id", ""),
];

/// What a 304 may say (RFC 9110, 15.4.5; who may read it; its name): it shows nothing, and what it vouches for keeps
/// the headers that it came with.
const OF_A_304: &[&str] = &[
    "etag",
    "cache-control",
    "vary",
    "last-modified",
    "access-control-allow-origin",
    "access-control-expose-headers",
    "x-request-id",
];

/// What no answer says.
const NEVER: &[&str] = &["server", "x-powered-by", "via", "set-cookie", "x-xss-protection", "public-key-pins"];

#[track_caller]
fn is_careful(what: &str, answer: &Answer) {
    for (name, beginning) in ALWAYS {
        let all = answer.all(name);
        assert!(all.len() == 1 && all[0].starts_with(beginning), "{what}: {name}: {all:?}");
    }
    let policy = answer.header("content-security-policy").unwrap();
    for part in ["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"] {
        assert!(policy.contains(part), "{what}: {policy}");
    }
    // Scripts run on the page of the API document alone, and only this server's.
    let page_of_scripts = what.contains(" /docs/") && answer.status == 200;
    assert_eq!(policy.contains("script-src"), page_of_scripts, "{what}: {policy}");
    assert!(!policy.contains('*') && !policy.contains("unsafe-eval"), "{what}: {policy}");
    for name in NEVER {
        assert_eq!(answer.header(name), None, "{what}");
    }
}

#[actix_web::test]
async fn every_kind_of_answer_has_the_headers_that_protect_its_reader() {
    let desk = Desk::new().await;
    let (live, gone) = (desk.story(desk.draft()).await, desk.story(desk.draft().with("title", "Tin rút")).await);
    let moved = desk.story(desk.draft().with("title", "Tin cũ")).await;
    let mut renamed = chinese();
    renamed["slug"] = json!("tin-moi");
    desk.update(&moved, renamed).await;
    desk.withdraw(&gone, "Sai.").await;
    let app = &desk.app;
    let item = format!("/api/v1/content/vi/articles/id/{}", live.article);
    let tag = app.get(&item).await.is(200).etag();
    let slug = app.get(&item).await.json()["slug"].as_str().unwrap().to_owned();
    let preflight = [("origin", "https://a.example"), ("access-control-request-method", "GET")];

    let no_headers: &[(&str, &str)] = &[];
    let page: &[(&str, &str)] = &[("accept", "text/html")];
    let asked: Vec<(&str, &str, &[(&str, &str)], u16)> = vec![
        ("GET", &item, no_headers, 200),
        ("HEAD", &item, no_headers, 200),
        ("GET", &item, &[("accept-encoding", "gzip")], 200),
        ("GET", &item, &[("accept-encoding", "identity;q=0, *;q=0")], 406),
        ("OPTIONS", &item, &preflight, 200),
        ("OPTIONS", "/api/v1/me", no_headers, 405),
        ("GET", "/feeds/vi/all.rss", no_headers, 200),
        ("GET", "/feeds/vi/all.json", no_headers, 200),
        ("GET", "/feeds.opml", no_headers, 200),
        ("GET", "/feeds", page, 200),
        ("GET", "/.well-known/lantoa-keys.json", no_headers, 200),
        ("GET", "/robots.txt", no_headers, 200),
        ("GET", "/healthz", no_headers, 200),
        ("GET", "/readyz", no_headers, 200),
        ("GET", "/openapi.json", no_headers, 200),
        ("HEAD", "/openapi.json", no_headers, 200),
        ("GET", "/docs", no_headers, 308),
        ("GET", "/docs/", no_headers, 200),
        ("GET", "/docs/swagger-ui.css", no_headers, 200),
        ("GET", "/docs/nothing", no_headers, 404),
        ("GET", "/", no_headers, 302),
        ("GET", "/vi", no_headers, 200),
        ("GET", "/assets/page.css", no_headers, 200),
        ("GET", "/assets/icon.svg", no_headers, 200),
        ("GET", "/favicon.ico", no_headers, 200),
        ("GET", "/vi/a/tin-cu", no_headers, 301),
        ("GET", "/vi/a/tin-rut", no_headers, 410),
        ("GET", "/vi/a/khong-co", page, 404),
        ("GET", "/vi/a/khong-co", no_headers, 404),
        ("GET", "/.env", no_headers, 404),
        ("TRACE", "/vi", no_headers, 405),
        ("GET", "/api/v1/content/vi/articles?x=1", no_headers, 400),
        ("GET", "/api/v1/me", no_headers, 401),
        ("POST", "/api/v1/auth/login", &[("content-encoding", "gzip")], 415),
        ("POST", "/api/v1/auth/login", &[("content-type", "text/plain")], 415),
    ];
    for (method, path, headers, status) in asked {
        let method: Method = method.parse().unwrap();
        let request = headers.iter().fold(app.stranger().request(method.clone(), path), |r, one| r.append_header(*one));
        is_careful(&format!("{method} {path}"), &app.send(request).await.is(status));
    }
    for (condition, path) in [(tag.as_str(), item.as_str()), ("*", &format!("/vi/a/{slug}"))] {
        let known = app.stranger().get_with(path, &[("if-none-match", condition)]).await.is(304);
        for (name, _) in &known.headers {
            assert!(OF_A_304.contains(&name.as_str()), "304 of {path}: {name}");
        }
    }
    let draft = desk.draft().with("title", "Nháp").begin().await;
    for (what, answer, status) in [
        ("editing read", draft.get(&desk.author).await, 200),
        ("forbidden", desk.author.get("/api/v1/accounts").await, 403),
        ("conflict", draft.publish(&desk.publisher).await, 409),
        ("unconditional", desk.author.write(Method::PUT, &draft.path(""), &[], &json!({})).await, 428),
        ("changed", desk.author.put(&draft.path(""), "\"v9\"", &crate::support::text("Tin", "Chữ.")).await, 412),
        ("invalid", desk.author.article().with("title", "").send().await, 422),
        ("signing out", desk.author.post("/api/v1/auth/logout", &json!({})).await, 204),
    ] {
        is_careful(what, &answer.is(status));
    }
    app.app.stopping.store(true, std::sync::atomic::Ordering::Relaxed);
    is_careful("not ready", &app.get("/readyz").await.is(503));
}

#[actix_web::test]
async fn a_server_without_tls_does_not_demand_it() {
    let app = TestApp::new().await;
    let plain = app.again_given(Given { base_url: "http://localhost:8080".to_owned(), ..Given::default() }).await;

    assert_eq!(plain.get("/healthz").await.is(200).header("strict-transport-security"), None);
    assert!(app.get("/healthz").await.is(200).header("strict-transport-security").is_some());
}
