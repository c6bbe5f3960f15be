//! The public routes over an empty database: what is there before anything is published.

mod published;

use std::{
    cell::Cell,
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use actix_web::{
    App as Server, HttpResponse,
    body::to_bytes,
    dev::ServiceResponse,
    http::{StatusCode, header::HeaderMap},
    middleware::from_fn,
    test::TestRequest,
    web::Data,
};
use futures_util::FutureExt;
use serde_json::Value;
use tempfile::TempDir;
use utoipa::openapi::OpenApi;
use utoipa_actix_web::AppExt as _;

use super::{PublicAnswers, configure};
use crate::{
    http::kit::{Prepared, Problems, Texts, bound_bodies, refuse_encodings},
    i18n::I18n,
    kernel::{Args, Clock, LocaleTag},
    service::{App, Code, Error, Hub, Office, Parts, Policy, meters::Meters, public::Public, setup},
    store::{Db, Options},
    tokens::{AccessTokens, Keyring, PasswordHasher, Throttle, ThrottleConfig},
};

struct Spoken(I18n);

impl Texts for Spoken {
    fn negotiate(&self, accept: Option<&str>, preferred: Option<&LocaleTag>) -> LocaleTag {
        self.0.negotiate(accept, preferred)
    }

    fn text(&self, locale: &LocaleTag, key: &str, args: &Args) -> String {
        self.0.text(locale, key, args)
    }
}

/// An application over an empty database of its own.
async fn application(folder: &TempDir) -> App {
    let url = format!("sqlite:{}", folder.path().join("lantoa.db").display());
    let db = Db::open(&Options { url, live_url: None, readers: 2, observer: None }).await.unwrap();
    db.migrate().await.unwrap();
    let app = App::new(Parts {
        db,
        clock: Clock::standing("2026-11-22T09:00:00Z".parse().unwrap()),
        i18n: I18n::embedded(&"vi".parse().unwrap()).unwrap(),
        keys: Keyring::open_or_create(&folder.path().join("keys"), Vec::<String>::new()).unwrap(),
        tokens: AccessTokens::new(&[7; 32], "https://tinh.example", Duration::from_mins(10)).unwrap(),
        passwords: PasswordHasher::new(1),
        throttle: Throttle::new(ThrottleConfig::default()),
        office: Office {
            names: BTreeMap::from([("vi".to_owned(), "Tỉnh & bạn".to_owned())]),
            authority: "tinh.example".to_owned(),
            base_url: "https://tinh.example".to_owned(),
            portal_url: None,
            hub: Hub::Own,
        },
        policy: Policy::default(),
        outbound: crate::outbound::Outbound::new(crate::kernel::Networks::default(), "test"),
        vault: crate::tokens::Vault::new(&[7; 32]),
        witness: Vec::new(),
        public: Public::new(1 << 20),
        meters: Meters::default(),
        stopping: std::sync::atomic::AtomicBool::default(),
    });
    setup::seed_locales(&app).await.unwrap();
    setup::seed_workflows(&app).await.unwrap();
    app
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> String {
        self.headers.get_all(name).map(|value| value.to_str().unwrap()).collect::<Vec<_>>().join(", ")
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

/// The answer to one request, and the document of the routes.
async fn ask(app: &App, request: TestRequest) -> (Answer, OpenApi) {
    let (server, document) = Server::new()
        .app_data(Data::new(app.clone()))
        .app_data(Data::new(PublicAnswers::default()))
        .into_utoipa_app()
        .configure(configure)
        .split_for_parts();
    let server = server
        .wrap(from_fn(refuse_encodings))
        .wrap(Problems::new(Arc::new(Spoken(app.i18n.clone()))))
        .wrap(from_fn(bound_bodies));
    let server = actix_web::test::init_service(server).await;
    let response: HttpResponse = match actix_web::test::try_call_service(&server, request.to_request()).await {
        Ok(answer) => ServiceResponse::into_parts(answer).1.map_into_boxed_body(),
        Err(error) => HttpResponse::from_error(error),
    };
    let (head, body) = response.into_parts();
    let body = to_bytes(body).await.map_err(|_| ()).unwrap();
    let body = String::from_utf8(body.to_vec()).unwrap();
    (Answer { status: head.status(), headers: head.headers().clone(), body }, document)
}

async fn get(app: &App, uri: &str) -> Answer {
    ask(app, TestRequest::get().uri(uri)).await.0
}

#[actix_web::test]
async fn an_empty_feed_is_a_feed() {
    let folder = tempfile::tempdir().unwrap();
    let app = application(&folder).await;

    let rss = get(&app, "/feeds/vi/all.rss?utm_source=x").await;

    assert_eq!(
        (rss.status, rss.header("content-type").as_str()),
        (StatusCode::OK, "application/rss+xml; charset=utf-8")
    );
    assert!(rss.body.contains("<title>Tỉnh &amp; bạn – Tất cả tin, bài</title>"), "{}", rss.body);
    assert_eq!(rss.header("vary"), "Accept-Encoding");
    assert_eq!(rss.header("cache-control"), "public, max-age=30, stale-while-revalidate=30");
    assert_eq!(rss.header("access-control-allow-origin"), "*");
    assert_eq!(
        rss.header("link"),
        "<https://tinh.example/feeds/vi/all.rss>; rel=\"self\", \
         <https://tinh.example/hub>; rel=\"hub\", \
         <https://tinh.example/feeds/vi/all.json>; rel=\"alternate\"; type=\"application/feed+json\", \
         <https://tinh.example/feeds/vi/all.atom>; rel=\"alternate\"; type=\"application/atom+xml\", \
         <https://tinh.example/feeds/vi/all.ninjs.json>; rel=\"alternate\"; type=\"application/json\""
    );
    let etag = rss.header("etag");
    let again = ask(&app, TestRequest::get().uri("/feeds/vi/all.rss").insert_header(("if-none-match", etag))).await.0;
    assert_eq!((again.status, again.body.as_str()), (StatusCode::NOT_MODIFIED, ""));
    assert_eq!(get(&app, "/feeds/vi/kinds/press_release.json").await.status, StatusCode::OK);
    for absent in ["/feeds/de/all.rss", "/feeds/vi/all.xml", "/feeds/vi/topics/none.rss", "/feeds/vi/kinds/x.rss"] {
        let answer = get(&app, absent).await;
        assert_eq!((answer.status, answer.json()["code"].as_str()), (StatusCode::NOT_FOUND, Some("not-found")));
        assert_eq!(answer.header("cache-control"), "public, max-age=5", "{absent}");
    }
}

#[actix_web::test]
async fn programs_find_languages_articles_and_changes() {
    let folder = tempfile::tempdir().unwrap();
    let app = application(&folder).await;

    let locales = get(&app, "/api/v1/content/locales").await.json();
    assert_eq!((&locales["items"][0]["locale"], &locales["items"][0]["name"]), (&"vi".into(), &"Tiếng Việt".into()));
    assert_eq!(locales["items"].as_array().unwrap().len(), 10);
    let empty = serde_json::json!({"items": [], "next_cursor": null});
    for uri in
        ["vi/articles?topic=none&limit=100", "vi/articles?kind=press_release", "vi/topics", "vi/agencies", "manifest"]
    {
        assert_eq!(get(&app, &format!("/api/v1/content/{uri}")).await.json(), empty, "{uri}");
    }
    let changes = get(&app, "/api/v1/content/changes").await.json();
    assert_eq!(changes, serde_json::json!({"items": [], "next_since": 0, "has_more": false}));

    let id = "0190163d-8694-739b-aea5-966c26f8ad91";
    for (uri, status, code) in [
        ("vi/articles?preview=true".to_owned(), 400, "unknown-parameter"),
        ("vi/articles?kind=draft".to_owned(), 400, "bad-parameter"),
        ("vi/articles?cursor=x".to_owned(), 400, "bad-cursor"),
        ("vi/articles?q=x".to_owned(), 400, "search-unavailable"),
        ("locales?x=1".to_owned(), 400, "unknown-parameter"),
        ("changes?since=-1".to_owned(), 400, "bad-parameter"),
        ("de/articles".to_owned(), 404, "not-found"),
        ("vi/articles/none".to_owned(), 404, "not-found"),
        (format!("vi/articles/id/{id}"), 404, "not-found"),
        (format!("articles/{id}"), 404, "not-found"),
        (format!("articles/{id}/vi/versions/1"), 404, "not-found"),
        (format!("articles/{id}/vi/versions/1/publication"), 404, "not-found"),
    ] {
        let answer = get(&app, &format!("/api/v1/content/{uri}")).await;
        assert_eq!((answer.status.as_u16(), answer.json()["code"].as_str()), (status, Some(code)), "{uri}");
        assert_eq!(answer.header("access-control-allow-origin"), "*", "{uri}");
    }
}

#[actix_web::test]
async fn a_page_of_another_origin_may_ask() {
    let folder = tempfile::tempdir().unwrap();
    let app = application(&folder).await;
    let preflight = TestRequest::default()
        .method(actix_web::http::Method::OPTIONS)
        .uri("/feeds/vi/all.json")
        .insert_header(("origin", "https://reader.example"))
        .insert_header(("access-control-request-method", "GET"))
        .insert_header(("access-control-request-headers", "if-none-match"));

    let answer = ask(&app, preflight).await.0;

    assert_eq!((answer.status, answer.header("access-control-allow-origin").as_str()), (StatusCode::OK, "*"));
    assert_eq!(answer.header("access-control-allow-headers"), "if-none-match");
    let exposed = get(&app, "/feeds/vi/all.json").await.header("access-control-expose-headers").to_lowercase();
    assert!(["etag", "link", "last-modified"].iter().all(|name| exposed.contains(name)), "{exposed}");
}

#[actix_web::test]
async fn people_find_pages_in_their_language() {
    let folder = tempfile::tempdir().unwrap();
    let app = application(&folder).await;

    let home = get(&app, "/vi").await;
    assert!(home.body.contains("<html lang=\"vi\" dir=\"ltr\">") && home.body.contains("Chưa có tin, bài nào"));
    assert_eq!(home.header("content-language"), "vi");
    assert!(home.header("content-security-policy").starts_with("default-src 'none'; style-src 'self'"));
    assert_eq!(get(&app, "/assets/page.css").await.header("content-type"), "text/css; charset=utf-8");

    let feeds = |accept: &'static str| {
        TestRequest::get().uri("/feeds").insert_header(("accept", accept)).insert_header(("accept-language", "en"))
    };
    let page = ask(&app, feeds("text/html")).await.0;
    assert!(page.body.contains("<h1>Feeds</h1>") && page.body.contains("/feeds/zh-Hans/all.json"));
    assert_eq!(page.header("vary"), "Accept-Encoding, Accept, Accept-Language");
    let list = ask(&app, feeds("application/json")).await.0;
    assert_eq!(list.json()["items"].as_array().unwrap().len(), 10 * 8);
    assert_eq!(list.header("vary"), "Accept-Encoding, Accept");
    assert!(get(&app, "/feeds.opml").await.body.contains("xmlUrl=\"https://tinh.example/feeds/vi/kinds/news.rss\""));

    let absent = TestRequest::get().uri("/vi/a/none").insert_header(("accept", "text/html,*/*;q=0.8"));
    let absent = ask(&app, absent).await.0;
    assert_eq!(
        (absent.status, absent.header("content-type").as_str()),
        (StatusCode::NOT_FOUND, "text/html; charset=utf-8")
    );
    assert_eq!(get(&app, "/vi/a/none").await.header("content-type"), "application/problem+json");
}

#[actix_web::test]
async fn machines_find_health_keys_and_rules() {
    let folder = tempfile::tempdir().unwrap();
    let app = application(&folder).await;

    assert_eq!(get(&app, "/healthz").await.json()["status"], "ok");
    assert_eq!(get(&app, "/readyz").await.status, StatusCode::OK);
    let keys = get(&app, "/.well-known/lantoa-keys.json").await;
    assert_eq!(keys.header("content-type"), "application/jwk-set+json");
    assert_eq!(keys.json()["keys"][0]["kid"], app.keys.current_kid().as_str());
    assert!(get(&app, "/robots.txt").await.body.contains("Allow: /"));
    let head = ask(&app, TestRequest::default().method(actix_web::http::Method::HEAD).uri("/robots.txt")).await.0;
    assert_eq!((head.status, head.body.as_str()), (StatusCode::OK, ""));
}

#[actix_web::test]
async fn every_route_is_in_the_document_under_its_own_name() {
    let folder = tempfile::tempdir().unwrap();
    let app = application(&folder).await;

    let document = ask(&app, TestRequest::get().uri("/healthz")).await.1;

    let operations = document.paths.paths.iter().map(|(path, item)| {
        // Readers read; who subscribes to a feed asks the hub, and nothing else takes anything from a stranger.
        assert!(item.head.is_none() && item.post.is_some() == (path == "/hub"), "{path}");
        item.get.as_ref().or(item.post.as_ref()).and_then(|one| one.operation_id.clone()).unwrap()
    });
    let mut names: Vec<String> = operations.collect();
    names.sort();
    let count = names.len();
    names.dedup();
    assert_eq!((names.len(), count), (36, 36), "{names:?}");
    let text = document.to_json().unwrap();
    let schemas = &document.components.as_ref().unwrap().schemas;
    for reference in text.split("#/components/schemas/").skip(1) {
        let name = reference.split('"').next().unwrap();
        assert!(schemas.contains_key(name), "{name}");
    }
    assert!(text.contains("/api/v1/content/{locale}/articles/{slug}") && text.contains("\"/feeds.opml\""));
}

#[actix_web::test]
async fn an_answer_is_made_once_for_all_who_wait_and_anew_when_something_changed() {
    let folder = tempfile::tempdir().unwrap();
    let app = application(&folder).await;
    let answers = PublicAnswers::default();
    let counter = AtomicUsize::new(0);
    let made = &counter;
    let make = |refused: bool| async move {
        actix_web::rt::task::yield_now().await;
        made.fetch_add(1, Ordering::SeqCst);
        if refused { Err(Error::not_found().into()) } else { Ok(Prepared::new("text/plain", "no-store", "x").into()) }
    };
    let get = |refused: bool| answers.get(&app, "key".to_owned(), || Ok(()), Box::pin(make(refused)));

    let (first, second) = futures_util::future::join(get(true), get(true)).await;
    assert!(first.is_err() && second.is_err());
    let before = made.swap(0, Ordering::SeqCst);
    assert!(before >= 1);
    let (first, second) = futures_util::future::join(get(false), get(false)).await;
    assert!(Arc::ptr_eq(&first.unwrap(), &second.unwrap()));
    get(true).await.unwrap();
    assert_eq!(made.load(Ordering::SeqCst), 1, "a refusal is not kept, an answer is");

    app.public.reload(&app).await.unwrap();

    get(false).await.unwrap();
    assert_eq!(made.load(Ordering::SeqCst), 2);
}

#[actix_web::test]
async fn who_is_not_let_in_is_told_so_alone() {
    let folder = tempfile::tempdir().unwrap();
    let app = application(&folder).await;
    let answers = PublicAnswers::default();
    let make = || Box::pin(async { Ok(Prepared::new("text/plain", "no-store", "x").into()) });
    let let_in = || Ok(());
    let mut innocent = Box::pin(answers.get(&app, "key".to_owned(), let_in, make()));

    // The other comes to wait for what this one is about to be refused.
    let waits = Cell::new(Some(innocent.as_mut()));
    let refuse = || {
        assert!(waits.take().and_then(FutureExt::now_or_never).is_none());
        Err::<(), _>(Error::new(Code::TooManyRequests))
    };
    let refused = answers.get(&app, "key".to_owned(), refuse, make()).await;

    assert!(refused.unwrap_err().is_of_who_asked());
    assert_eq!(innocent.await.unwrap().body().as_ref(), b"x");
}
