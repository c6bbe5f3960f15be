//! A public read costs a few statements, however many items it shows and in however many languages.

use std::collections::BTreeSet;

use actix_web::http::Method;
use lantoa::{
    domain::{
        article::Kind,
        event::{Event, EventType},
        publication::{Act, Envelope, mint_guid},
        revision::{Shared, Text, seal},
    },
    kernel::{ArticleId, Digest, EditionId, LocaleTag, PublicationId, RevisionId},
    service::App,
    store::{
        Change,
        live::{LiveItem, LiveSource, put},
        publication::Publication,
    },
};

use serde_json::json;

use crate::support::{AUTHORITY, Edition, FORMATS, TestApp, document, english, operation};

const LOCALES: [&str; 10] = ["vi", "en", "fr", "zh-Hans", "ja", "ko", "ru", "es", "lo", "km"];
/// What a public answer may cost, whatever is in it.
const MOST: usize = 3;
/// An archive asks for its places and for its neighbours too; the same, whatever is in it. An Atom feed asks for its
/// newest archive.
const MOST_OF_AN_ARCHIVE: usize = 4;

/// A public item, signed as the application signs, without the work that leads to it.
fn item(app: &App, article: ArticleId, number: usize, locale: &str) -> (LiveItem, Publication) {
    let (now, edition) = (app.clock.now(), EditionId::new());
    let locale: LocaleTag = locale.parse().unwrap();
    let text = Text {
        title: format!("Bản tin {number}"),
        summary: String::new(),
        body: format!("<p>Đoàn tàu thứ {number}.</p>"),
        slug: format!("ban-tin-{number}").parse().unwrap(),
        details: lantoa::domain::details::Details::default(),
    };
    let shared = Shared {
        kind: Kind::News,
        agency: "bao".parse().unwrap(),
        topics: vec!["dau-tu".parse().unwrap()],
        place: None,
        details: lantoa::domain::details::Details::default(),
    };
    let (content, content_hash) = seal(article, &locale, &text, &shared);
    let envelope = Envelope {
        guid: mint_guid(AUTHORITY, now, article, &locale),
        slug: text.slug.clone(),
        sequence: 1,
        version: 1,
        corrections: 0,
        act: Act::Publish,
        content_hash,
        approval_hash: Some(Digest::of("case")),
        note: String::new(),
        published_at: now,
        at: now,
        acted_at: None,
        kid: app.keys.current_kid().to_string(),
        prev: None,
    };
    let canonical = envelope.canonical();
    let signature = app.keys.sign(canonical.as_bytes()).as_str().to_owned();
    let source = (locale.as_str() != LOCALES[0]).then(|| LiveSource {
        locale: LOCALES[0].parse().unwrap(),
        number: 1,
        version: Some(1),
        major: 1,
    });
    let topics = vec!["dau-tu".parse().unwrap(), "kinh-te".parse().unwrap()];
    let publication = Publication {
        id: PublicationId::new(),
        edition,
        sequence: 1,
        version: 1,
        act: Act::Publish,
        revision: RevisionId::new(),
        number: 1,
        case: None,
        reason: None,
        note: String::new(),
        content_hash,
        envelope_hash: Digest::of(&canonical),
        envelope: canonical.clone(),
        signature: signature.clone(),
        kid: envelope.kid,
        by: lantoa::kernel::AccountId::new(),
        at: now,
    };
    let item = LiveItem {
        edition,
        article,
        locale,
        slug: text.slug,
        kind: shared.kind,
        agency: shared.agency,
        topics,
        content,
        envelope: canonical,
        signature,
        corrections: Vec::new(),
        number: 1,
        major: 1,
        source,
        published_at: now,
        updated_at: now,
    };
    (item, publication)
}

async fn fill(app: &TestApp, articles: usize) {
    let tx = app.app.db.write().await.unwrap();
    for number in 0..articles {
        let article = ArticleId::new();
        app.pass(1);
        for locale in LOCALES {
            let (item, publication) = item(&app.app, article, number, locale);
            put(&tx, &item, &publication).await.unwrap();
        }
    }
    let event = Event { kind: EventType::Live, article: None, locale: None };
    let change = Change::by(None, app.clock.now()).entry("test.filled", "test", "live", json!({}));
    tx.commit(change.emit(event)).await.unwrap();
}

/// An edition that moved to another slug, and one that was withdrawn, each with its slugs.
async fn moved_and_gone(app: &TestApp) -> (Edition, Edition) {
    let author = app.account("author").sign_in().await;
    let publisher = app.account("publisher").sign_in().await;
    let moved = author.article().with("slug", "cho-cu").begin().await;
    moved.go_public(&author).await;
    let mut text = english();
    text["slug"] = "cho-moi".into();
    moved.save(&author, text).await.is(200);
    moved.go_public(&author).await;
    let gone = author.article().with("slug", "da-go").begin().await;
    gone.go_public(&author).await;
    gone.withdraw(&publisher, "Số sai.").await.is(200);
    (moved, gone)
}

/// What an address costs with nothing in memory.
async fn cost(app: &TestApp, path: &str, status: u16) -> Vec<String> {
    app.app.public.reload(&app.app).await.unwrap();
    app.statements.lock().unwrap().clear();
    app.get(path).await.is(status);
    std::mem::take(&mut *app.statements.lock().unwrap())
}

/// The tables that a statement reads.
fn tables(statement: &str) -> Vec<&str> {
    let words: Vec<&str> = statement.split_whitespace().collect();
    let after = words.windows(2).filter(|pair| matches!(pair[0].trim_start_matches('('), "FROM" | "JOIN"));
    after.map(|pair| pair[1].trim_matches(|c: char| !c.is_alphanumeric() && c != '_')).collect()
}

#[actix_web::test]
async fn every_public_read_costs_three_statements_at_most_and_touches_live_tables_alone() {
    let app = TestApp::new().await;
    fill(&app, 101).await;
    let (moved, gone) = moved_and_gone(&app).await;
    let page = app.get("/api/v1/content/vi/articles?limit=20").await.is(200).json();
    let cursor = page["next_cursor"].as_str().unwrap();
    let (id, gone_id) = (&moved.article, &gone.article);
    let nobody = uuid::Uuid::now_v7();
    let mut addresses: Vec<(String, u16)> = Vec::new();
    for query in [
        "limit=1",
        "limit=20",
        "limit=100",
        "topic=dau-tu&limit=100",
        "kind=news",
        "agency=bao",
        "since=2026-11-22T00:00:00Z",
    ] {
        addresses.push((format!("/api/v1/content/vi/articles?{query}"), 200));
    }
    for scope in ["all", "topics/kinh-te", "kinds/news", "agencies/bao"] {
        addresses.extend(FORMATS.map(|format| (format!("/feeds/vi/{scope}.{format}"), 200)));
    }
    addresses.extend(
        ["all", "topics/kinh-te", "kinds/news", "agencies/bao"]
            .map(|scope| (format!("/feeds/km/{scope}/archive/2026-11-22-1.atom"), 200)),
    );
    let named = [
        (format!("/api/v1/content/vi/articles?cursor={cursor}"), 200),
        ("/api/v1/content/km/articles/ban-tin-100".to_owned(), 200),
        ("/api/v1/content/vi/articles/cho-cu".to_owned(), 301),
        ("/api/v1/content/vi/articles/da-go".to_owned(), 410),
        ("/api/v1/content/vi/articles/khong-co".to_owned(), 404),
        (format!("/api/v1/content/vi/articles/id/{id}"), 200),
        (format!("/api/v1/content/vi/articles/id/{gone_id}"), 410),
        (format!("/api/v1/content/vi/articles/id/{nobody}"), 404),
        (format!("/api/v1/content/articles/{id}"), 200),
        (format!("/api/v1/content/articles/{id}/vi/versions/1"), 200),
        (format!("/api/v1/content/articles/{id}/vi/versions/2/publication"), 200),
        (format!("/api/v1/content/articles/{gone_id}/vi/versions/1"), 410),
        (format!("/api/v1/content/articles/{id}/vi/versions/3"), 404),
        ("/".to_owned(), 302),
        ("/vi/a/cho-moi".to_owned(), 200),
        ("/vi/a/da-go".to_owned(), 410),
    ];
    addresses.extend(named);
    for path in [
        "/api/v1/content/changes?limit=100",
        "/api/v1/content/manifest?limit=100",
        "/api/v1/content/locales",
        "/api/v1/content/vi/topics",
        "/api/v1/content/vi/agencies",
        "/feeds",
        "/feeds.opml",
        "/.well-known/lantoa-keys.json",
        "/robots.txt",
        "/sitemap.xml",
        "/sitemaps/2026-11-1.xml",
        "/sitemap-news.xml",
        "/api/v1/content/vi/events.ics",
        "/vi",
        "/vi/t/kinh-te",
    ] {
        addresses.push((path.to_owned(), 200));
    }

    for (path, status) in &addresses {
        let statements = cost(&app, path, *status).await;

        let most = if path.contains("/archive/") { MOST_OF_AN_ARCHIVE } else { MOST };
        let most = if path.ends_with(".atom") { most + 1 } else { most };
        assert!(statements.len() <= most, "{path}: {statements:#?}");
        for statement in &statements {
            let read = tables(statement);
            assert!(!read.is_empty() && read.iter().all(|table| table.starts_with("live_")), "{path}: {statement}");
        }
    }
    assert_eq!(unasked(&addresses), BTreeSet::new(), "public reads that this test does not ask for");
}

/// Public reads of the document that no address is about; health and style sheets are no content, and a preview is
/// of what is not public.
fn unasked(addresses: &[(String, u16)]) -> BTreeSet<String> {
    let id = |operation: &serde_json::Value| operation["operationId"].as_str().unwrap().to_owned();
    let paths = document()["paths"].as_object().unwrap();
    let gets = paths.values().filter_map(|item| item.get("get"));
    let public: BTreeSet<String> = gets.filter(|get| get["security"] == json!([])).map(id).collect();
    assert!(public.contains("listContent"), "the document marks what is open to all");
    let asked: BTreeSet<String> = addresses
        .iter()
        .filter_map(|(path, _)| operation("GET", path.split('?').next().unwrap()))
        .map(id)
        .chain(
            ["checkHealth", "checkReadiness", "showStyleSheet", "showIcon", "showFavicon", "showPreviewPage"]
                .map(str::to_owned),
        )
        .collect();
    public.difference(&asked).cloned().collect()
}

#[actix_web::test]
async fn a_list_costs_the_same_for_one_item_and_for_a_hundred() {
    let app = TestApp::new().await;
    fill(&app, 100).await;

    let one = cost(&app, "/api/v1/content/vi/articles?limit=1", 200).await.len();
    let hundred = cost(&app, "/api/v1/content/vi/articles?limit=100", 200).await.len();

    assert_eq!(one, hundred);
    assert!(one > 0, "the observer sees nothing");
}

/// Where it does not, the audience, which all rows share, looks to SQLite like a way to a few of them.
#[actix_web::test]
async fn sqlite_knows_the_shape_of_every_index_of_live_items() {
    let app = TestApp::new().await;
    if !app.database.is_sqlite() {
        return;
    }
    let known = app.query("SELECT idx AS name FROM sqlite_stat1 WHERE tbl = 'live_item' ORDER BY 1").await;
    let all = "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'live_item' ORDER BY 1";
    assert_eq!(known, app.query(all).await);
}

/// What it finds by another way it reads of all editions, for each edition.
#[actix_web::test]
async fn a_look_at_everything_finds_the_rows_of_an_edition_by_index() {
    let app = TestApp::new().await;
    if !app.database.is_sqlite() {
        return;
    }
    let author = app.account("author").sign_in().await;
    author.article().begin().await.go_public(&author).await;
    app.statements.lock().unwrap().clear();
    assert_eq!(app.sweep().await, []);

    let of_one: BTreeSet<String> =
        app.statements.lock().unwrap().iter().filter(|one| one.contains(r#""edition_id" = ?"#)).cloned().collect();
    assert!(of_one.len() > 5, "{of_one:#?}");
    for statement in of_one {
        let plan = app.query(&format!("EXPLAIN QUERY PLAN {statement}")).await;
        let ways: Vec<&str> = plan.iter().map(|way| way["detail"].as_str().unwrap()).collect();
        assert!(ways.iter().all(|way| !way.starts_with("SCAN")), "{statement}: {ways:?}");
        assert!(ways.iter().any(|way| way.contains("edition_id=?")), "{statement}: {ways:?}");
    }
}

/// What each request on the way from a new article to its being public may send, in the order of the way.
const WAY: [(&str, usize); 6] =
    [("begin", 20), ("read", 11), ("submit", 22), ("review", 25), ("approve", 26), ("publish", 49)];

#[actix_web::test]
async fn the_way_from_new_to_public_costs_few_statements() {
    let app = TestApp::new().await;
    let author = app.account("author").sign_in().await;
    let [reviewer, approver, publisher] = [
        app.account("reviewer").sign_in().await,
        app.account("approver").sign_in().await,
        app.account("publisher").sign_in().await,
    ];
    let mut sent = Vec::new();
    let mut note = || sent.push(std::mem::take(&mut *app.statements.lock().unwrap()));
    note();
    let edition = author.article().begin().await;
    note();
    let read = edition.get(&author).await.is(200);
    note();
    let (hash, tag) = (read.json()["content_hash"].as_str().unwrap().to_owned(), read.etag());
    author.write(Method::POST, &edition.path("submit"), &[("if-match", &tag)], &json!({})).await.is(201);
    note();
    for by in [&reviewer, &approver] {
        edition.decide_on(by, "approve", &hash).await;
        note();
    }
    publisher.post(&edition.path("publish"), &json!({"content_hash": hash})).await.is(200);
    note();

    let found: Vec<_> = WAY.iter().zip(&sent[1..]).map(|((request, _), all)| (*request, all.len())).collect();
    // PostgreSQL lets one writer in at a time by a statement of its own.
    let more = usize::from(!app.database.is_sqlite());
    assert!(found.iter().zip(WAY).all(|(one, (_, most))| one.1 <= most + more), "{found:?}: {sent:#?}");
    for (request, statements) in WAY.iter().zip(&sent[1..]) {
        // An id that is asked for among none.
        assert!(!statements.iter().any(|one| one.contains("WHERE ? = ?")), "{request:?}: {statements:#?}");
    }
    assert_eq!(app.sweep().await, []);
}
