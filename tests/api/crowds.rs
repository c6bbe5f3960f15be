//! Many at once: what would only wait in line is told to come again, and what is ready is given all the same.

use actix_web::rt::{spawn, task::yield_now};
use lantoa::http::kit::Work;
use serde_json::json;

use crate::support::{Desk, Given, TestApp};

/// An application at which so many requests are worked on at once.
async fn with_places(app: &TestApp, places: usize) -> (TestApp, Work) {
    let work = Work::new(places);
    (app.again_given(Given { work: work.clone(), ..Given::default() }).await, work)
}

#[actix_web::test]
async fn who_finds_every_place_taken_is_told_to_come_again() {
    let (app, work) = with_places(&TestApp::new().await, 2).await;
    let author = app.account("author").sign_in().await;
    // Whoever writes now waits until this lets go.
    let writing = app.app.db.write().await.unwrap();
    let waiting = [1, 2].map(|number| spawn(author.article().with("title", format!("Tin số {number}")).send()));
    while work.free() > 0 {
        yield_now().await;
    }

    let refused = author.article().with("title", "Tin số 3").send().await;
    let unread = author.get_with("/api/v1/articles", &[("accept-language", "ko")]).await;
    let signing_in = app.stranger().post("/api/v1/auth/refresh", &json!({"refresh_token": "x"})).await;
    drop(writing);

    for answer in [&refused, &unread, &signing_in] {
        assert_eq!(answer.header("retry-after"), Some("2"));
        assert_eq!(answer.clone().is_problem(503, "busy").header("cache-control"), Some("no-store"));
    }
    assert_eq!(unread.json()["title"], "시스템이 혼잡합니다");
    for one in waiting {
        one.await.unwrap().is(201);
    }
    assert_eq!(work.free(), 2, "a place is given back");
    author.get("/api/v1/articles").await.is(200);
    author.article().with("title", "Tin số 3").send().await.is(201);
}

#[actix_web::test]
async fn what_is_ready_needs_no_place() {
    let desk = Desk::new().await;
    desk.story(desk.draft()).await;
    let (app, work) = with_places(&desk.app, 1).await;
    let author = app.account("author").sign_in().await;
    app.get("/feeds/vi/all.rss").await.is(200);
    let writing = app.app.db.write().await.unwrap();
    let waiting = spawn(author.article().with("title", "Tin khác").send());
    while work.free() > 0 {
        yield_now().await;
    }

    app.get("/feeds/vi/all.rss").await.is(200);
    app.get("/healthz").await.is(200);
    app.get("/feeds/vi/all.json").await.is_problem(503, "busy");

    drop(writing);
    waiting.await.unwrap().is(201);
    assert_eq!(work.free(), 1);
    app.get("/feeds/vi/all.json").await.is(200);
}
