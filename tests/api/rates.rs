//! Who asks too often waits, and nobody else does: each account and each address has a quota of its own.

use actix_web::{http::Method, test::TestRequest};
use lantoa::{
    http::kit::{Proxies, RatesConfig, Work},
    kernel::Networks,
};
use serde_json::json;

use crate::support::{Answer, Client, Desk, Given, TestApp};

/// An application in which so many requests a minute are borne.
async fn strict(per_account: u32, per_address: u32) -> TestApp {
    // Made with nothing counted, for that is not what is looked at.
    TestApp::new().await.again_given(given(per_account, per_address)).await
}

fn given(per_account: u32, per_address: u32) -> Given {
    let rates = RatesConfig { per_account, per_address, ..RatesConfig::default() };
    Given { rates: Some(rates), ..Given::default() }
}

/// A sign-in that fails before any password is looked at, from an address.
async fn knock(app: &TestApp, peer: &str, forwarded: Option<&str>) -> Answer {
    let mut request = TestRequest::post().uri("/api/v1/auth/refresh").insert_header(("accept-language", "en"));
    if let Some(forwarded) = forwarded {
        request = request.insert_header(("x-forwarded-for", forwarded));
    }
    app.send_from(peer, request.set_json(json!({"refresh_token": "x"}))).await
}

#[actix_web::test]
async fn an_account_that_asks_too_often_waits_and_hears_for_how_long() {
    let app = strict(3, 0).await;
    let (busy, calm) = (app.account("author").sign_in().await, app.account("author").sign_in().await);

    for left in ["\"account\";r=2;t=20", "\"account\";r=1;t=40", "\"account\";r=0;t=60"] {
        let answer = busy.get("/api/v1/me").await.is(200);
        assert_eq!(answer.header("ratelimit"), Some(left));
        assert_eq!(answer.header("ratelimit-policy"), Some("\"account\";q=3;w=60"));
    }
    let refused = busy.get_with("/api/v1/me", &[("accept-language", "fr")]).await;

    assert_eq!(refused.header("retry-after"), Some("20"));
    assert_eq!(refused.header("ratelimit"), Some("\"account\";r=0;t=20"));
    assert_eq!(refused.header("content-language"), Some("fr"));
    assert_eq!(refused.is_problem(429, "too-many-requests").json()["title"], "Trop de requêtes");
    calm.get("/api/v1/me").await.is(200);
    app.pass(19);
    busy.get("/api/v1/me").await.is(429);
    app.pass(1);
    busy.get("/api/v1/me").await.is(200);
}

#[actix_web::test]
async fn whatever_an_account_asks_counts_and_what_is_refused_changes_nothing() {
    let app = strict(4, 0).await;
    let author = app.account("author").sign_in().await;
    author.get("/api/v1/nothing").await.is(404);
    author.write(Method::DELETE, "/api/v1/me", &[], &json!({})).await.is(405);
    author.post("/api/v1/articles", &json!({})).await.is(422);
    author.with_token(author.token.as_deref().unwrap()).get("/api/v1/articles").await.is(200);
    let before = app.digest().await;

    let refused = author.article().send().await;

    refused.is_problem(429, "too-many-requests");
    assert_eq!(app.digest().await, before);
}

#[actix_web::test]
async fn strangers_are_counted_by_the_network_they_come_from_whatever_they_claim() {
    let app = strict(0, 2).await;

    knock(&app, "192.0.2.1", None).await.is(401);
    knock(&app, "::ffff:192.0.2.1", Some("198.51.100.1")).await.is(401);
    for claim in [None, Some("198.51.100.2"), Some("127.0.0.1"), Some("::1")] {
        let refused = knock(&app, "192.0.2.1", claim).await.is_problem(429, "too-many-requests");
        assert_eq!(refused.header("ratelimit-policy"), Some("\"address\";q=2;w=60"));
        assert_eq!(refused.header("retry-after"), Some("30"));
    }
    // A token that is none is a stranger's.
    let forged = TestRequest::get().uri("/api/v1/me").insert_header(("authorization", "Bearer a.b.c"));
    app.send_from("192.0.2.1", forged).await.is(429);

    knock(&app, "192.0.2.2", None).await.is(401);
    knock(&app, "2001:db8::1", None).await.is(401);
    knock(&app, "2001:db8::ffff:0:0:1", None).await.is(401);
    knock(&app, "2001:db8::2", None).await.is(429);
    knock(&app, "2001:db8:0:1::1", None).await.is(401);
}

#[actix_web::test]
async fn behind_a_trusted_proxy_readers_are_told_apart() {
    let proxies = Proxies(Networks::parse("127.0.0.1").unwrap());
    let app = TestApp::new().await.again_given(Given { proxies, ..given(0, 1) }).await;

    knock(&app, "127.0.0.1", Some("198.51.100.1")).await.is(401);
    knock(&app, "127.0.0.1", Some("198.51.100.2")).await.is(401);
    for claims in ["198.51.100.1", "203.0.113.9, 198.51.100.1"] {
        knock(&app, "127.0.0.1", Some(claims)).await.is(429);
    }
}

#[actix_web::test]
async fn a_proxy_does_not_make_the_readers_behind_it_pay_for_each_others_wrong_passwords() {
    let proxies = Proxies(Networks::parse("127.0.0.1").unwrap());
    let app = TestApp::new().await.again_given(Given { proxies, ..Given::default() }).await;
    let guess = async |number: usize, client: &str| {
        let body = json!({"email": format!("{number}@lamhai.example"), "password": "một mật khẩu sai"});
        let request = TestRequest::post().uri("/api/v1/auth/login").insert_header(("x-forwarded-for", client));
        app.send_from("127.0.0.1", request.set_json(body)).await
    };

    for number in 0..40 {
        guess(number, &format!("10.0.0.{number}, 198.51.100.1")).await.is(401);
    }

    guess(41, "198.51.100.1").await.is(429);
    guess(42, "198.51.100.2").await.is(401);
}

#[actix_web::test]
async fn what_is_ready_is_given_to_whoever_has_used_up_everything() {
    let desk = Desk::new().await;
    let edition = desk.story(desk.draft()).await;
    let app = desk.app.again_given(given(0, 3)).await;
    let item = format!("/api/v1/content/vi/articles/id/{}", edition.article);
    let ready = ["/feeds/vi/all.rss", "/vi", item.as_str()];
    for path in ready {
        app.get(path).await.is(200);
    }

    for path in ready.into_iter().cycle().take(30) {
        let answer = app.get(path).await.is(200);
        // Caches keep it: what it said of one reader's quota, others would hear.
        assert_eq!((answer.header("ratelimit"), answer.header("ratelimit-policy")), (None, None), "{path}");
    }
    for path in ["/healthz", "/readyz", "/openapi.json", "/docs/", "/"] {
        assert!(app.get(path).await.status < 400, "{path}");
    }
    let page = app.stranger().get_with("/en", &[("accept", "text/html")]).await.is_problem(429, "too-many-requests");
    assert_eq!((page.header("retry-after"), page.header("cache-control")), (Some("20"), Some("no-store")));
    let feed = app.get("/feeds/vi/all.json").await.is_problem(429, "too-many-requests");
    assert_eq!(feed.header("ratelimit"), Some("\"address\";r=0;t=20"));

    app.pass(20);
    app.get("/feeds/vi/all.json").await.is(200);
    app.get("/feeds/vi/all.json").await.is(200);
    app.get("/en").await.is(429);
}

#[actix_web::test]
async fn addresses_that_no_route_takes_are_looked_up_so_often_and_no_more() {
    let app = strict(0, 2).await;
    for path in ["/tin-tuc/1.html", "/tin-tuc/2.html?a=1"] {
        app.get(path).await.is_problem(404, "not-found");
    }

    let refused = app.get("/tin-tuc/3.html").await.is_problem(429, "too-many-requests");

    assert_eq!(refused.header("retry-after"), Some("30"));
    // What can be no old address is not looked up, and costs nothing.
    app.get("/media/1.jpg").await.is(404);
    app.pass(30);
    app.get("/tin-tuc/3.html").await.is(404);
}

#[actix_web::test]
async fn an_address_that_no_route_takes_waits_for_its_place_like_any_other() {
    let app = TestApp::new().await;
    let full = app.again_given(Given { work: Work::new(0), ..Given::default() }).await;

    full.get("/tin-tuc/1.html").await.is_problem(503, "busy");
}

#[actix_web::test]
async fn exempt_addresses_and_quotas_of_nothing_are_not_counted() {
    let exempt = Networks::parse("192.0.2.0/24").unwrap();
    let rates = RatesConfig { per_account: 0, per_address: 1, exempt };
    let app = TestApp::new().await.again_given(Given { rates: Some(rates), ..Given::default() }).await;
    let author: Client = app.account("author").sign_in().await;

    for _ in 0..5 {
        let answer = knock(&app, "192.0.2.1", None).await.is(401);
        assert_eq!(answer.header("ratelimit"), None);
        assert_eq!(author.get("/api/v1/me").await.is(200).header("ratelimit"), None);
    }
    knock(&app, "203.0.113.1", None).await.is(401);
    knock(&app, "203.0.113.1", None).await.is(429);
}
