//! What programs read: items, lists, versions, the manifest, the words.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::support::{AUTHORITY, BASE_URL, Desk, Edition, Given, TestApp, chinese, english, sha256, text, vouches};

fn members(of: &Value) -> BTreeSet<&str> {
    of.as_object().unwrap().keys().map(String::as_str).collect()
}

fn set<const N: usize>(names: [&'static str; N]) -> BTreeSet<&'static str> {
    names.into()
}

/// The ids of a page's items, in their order.
pub fn ids(page: &Value) -> Vec<String> {
    page["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

/// The ids of a language's list, narrowed by a query.
pub async fn listed(app: &TestApp, query: &str) -> Vec<String> {
    ids(&app.get(&format!("/api/v1/content/vi/articles?limit=100{query}")).await.is(200).json())
}

#[actix_web::test]
async fn an_item_has_the_members_of_the_contract_and_no_others() {
    let desk = Desk::new().await;
    let details = json!({"starts_at": "2026-12-05T01:00:00Z", "time_zone": "Asia/Ho_Chi_Minh"});
    let draft = desk.draft().with("kind", "event").with("details", details).with("place", "Sơn Hạ");
    let source = desk.story(draft).await;
    let mut words = english();
    words["place"] = "Son Ha".into();
    let translation = desk.translation(&source, "en", words).await;
    desk.app.pass(60);
    desk.correct(&source, text("Ngày hội lùi lại", "Ngày 6-12."), "Ngày đúng là 6-12.").await;

    for (edition, other) in [(&source, &translation), (&translation, &source)] {
        let item = edition.public().await.is(200).json();

        let names = "id guid locale slug url kind title summary body_html topics agency place details cover images \
                     published_at updated_at version corrections alternates source stale content_hash signature \
                     json_ld";
        assert_eq!(members(&item), names.split(' ').collect());
        assert_eq!((&item["id"], &item["locale"]), (&edition.article.as_str().into(), &edition.locale.as_str().into()));
        assert_eq!(item["guid"], format!("tag:{AUTHORITY},2026:{}:{}", edition.article, edition.locale));
        assert_eq!(item["url"], format!("{BASE_URL}/{}/a/{}", edition.locale, item["slug"].as_str().unwrap()));
        let place = if edition.locale == "vi" { "Sơn Hạ" } else { "Son Ha" };
        assert_eq!((&item["kind"], &item["place"]), (&"event".into(), &place.into()));
        assert_eq!(item["details"]["time_zone"], "Asia/Ho_Chi_Minh");
        assert_eq!((members(&item["agency"]), &item["agency"]["code"]), (set(["code", "name"]), &"bao".into()));
        assert_eq!(item["topics"].as_array().unwrap().len(), 1);
        assert_eq!(members(&item["topics"][0]), set(["code", "name"]));
        assert_eq!((&item["cover"], &item["images"]), (&Value::Null, &json!([])));
        let there = other.public().await.json();
        let way = json!({"locale": other.locale, "slug": there["slug"], "url": there["url"]});
        assert_eq!(item["alternates"], json!([way]));
    }

    let (first, second) = (source.public().await.json(), translation.public().await.json());
    assert_eq!(first["corrections"], json!([{"number": 1, "at": first["updated_at"], "note": "Ngày đúng là 6-12."}]));
    assert_eq!((&first["version"], &first["source"], &first["stale"]), (&2.into(), &Value::Null, &false.into()));
    assert_eq!(first["published_at"], "2026-11-22T02:00:00Z");
    assert_eq!(first["updated_at"], "2026-11-22T02:01:00Z");
    assert_eq!((&second["corrections"], &second["stale"]), (&json!([]), &true.into()));
    assert_eq!(second["source"], json!({"locale": "vi", "version": 1}));
    assert_eq!((&first["topics"][0]["name"], &second["topics"][0]["name"]), (&"Đầu tư".into(), &"dau-tu".into()));
}

#[actix_web::test]
async fn a_list_is_sorted_by_first_publication_and_then_by_id() {
    let desk = Desk::new().await;
    let editions = [desk.draft().begin().await, desk.draft().begin().await, desk.draft().begin().await];
    // In the order of their editions the translations would come the other way round.
    for edition in &editions {
        desk.approve(edition).await;
    }
    for edition in editions.iter().rev() {
        edition.in_locale("en").translate(&desk.translator, english()).await.is(201);
    }
    for edition in &editions {
        edition.publish(&desk.publisher).await.is(200);
        desk.publish(&edition.in_locale("en")).await;
    }
    desk.app.pass(60);
    let newest = desk.story(desk.draft()).await;
    desk.app.pass(60);
    desk.update(&editions[0], text("Bản hai", "Hai.")).await;

    let mut same: Vec<String> = editions.iter().map(|edition| edition.article.clone()).collect();
    same.sort_by(|a, b| b.cmp(a));
    let english = ids(&desk.app.get("/api/v1/content/en/articles").await.is(200).json());
    assert_eq!(english, same);
    assert_eq!(listed(&desk.app, "").await, [vec![newest.article], same].concat());
}

#[actix_web::test]
async fn a_list_is_narrowed_by_what_the_contract_names() {
    let desk = Desk::new().await;
    let mut editions = Vec::new();
    for (topics, kind, agency) in
        [(json!(["dau-tu"]), "news", "bao"), (json!(["kinh-te", "bien"]), "feature", "so"), (json!([]), "news", "so")]
    {
        desk.app.pass(60);
        let draft = desk.draft().with("topics", topics).with("kind", kind).with("agency", agency);
        editions.insert(0, desk.story(draft).await.article);
    }
    let (newest, middle, first) = (&editions[0], &editions[1], &editions[2]);

    for (query, found) in [
        ("", vec![newest, middle, first]),
        ("&topic=kinh-te", vec![middle, first]),
        ("&topic=dau-tu", vec![first]),
        ("&topic=bien", vec![middle]),
        ("&topic=unknown", vec![]),
        ("&kind=news", vec![newest, first]),
        ("&kind=statement", vec![]),
        ("&agency=so", vec![newest, middle]),
        ("&agency=so&kind=news&topic=kinh-te", vec![]),
        ("&since=2026-11-22T02:02:00Z", vec![newest, middle]),
        ("&since=2026-11-22T02:02:00.000001Z", vec![newest]),
        ("&until=2026-11-22T02:02:00Z", vec![first]),
        ("&until=2026-11-22T09:02:00.000001%2B07:00", vec![middle, first]),
        ("&since=2026-11-22T02:02:00Z&until=2026-11-22T02:03:00Z", vec![middle]),
    ] {
        let found: Vec<String> = found.into_iter().cloned().collect();
        assert_eq!(listed(&desk.app, query).await, found, "{query}");
    }
    let refused = desk.app.get("/api/v1/content/vi/articles?q=c%C3%A1").await;
    refused.is_problem(400, "search-unavailable");
}

#[actix_web::test]
async fn an_address_stays_moves_or_tells_what_became_of_it() {
    let desk = Desk::new().await;
    let edition = desk.story(desk.draft().with("slug", "ca-ngu")).await;
    let guid = edition.public().await.json()["guid"].clone();
    let mut next = text("Bản hai", "Hai.");
    next["slug"] = "ca-ngu-dai-duong".into();
    desk.update(&edition, next).await;

    for (old, new) in [
        ("/api/v1/content/vi/articles/ca-ngu", "/api/v1/content/vi/articles/ca-ngu-dai-duong"),
        ("/vi/a/ca-ngu", "/vi/a/ca-ngu-dai-duong"),
    ] {
        let moved = desk.app.get(old).await.is(301);
        assert_eq!((moved.all("location"), moved.body.len()), (vec![new], 0));
        assert_eq!(moved.header("cache-control"), Some("public, max-age=5"));
        desk.app.get(new).await.is(200);
    }
    desk.app.pass(60);
    desk.withdraw(&edition, "Số liệu sai.").await;

    for path in ["ca-ngu", "ca-ngu-dai-duong", &format!("id/{}", edition.article)] {
        let gone = desk.app.get(&format!("/api/v1/content/vi/articles/{path}")).await.is_problem(410, "gone").json();
        let said = json!([gone["kind"], gone["note"], gone["at"], gone["guid"]]);
        assert_eq!(said, json!(["withdraw", "Số liệu sai.", "2026-11-22T02:01:00Z", guid]), "{path}");
    }
    for path in ["vi/articles/ca", "en/articles/ca-ngu", "de/articles/ca-ngu", "vi/articles/id/x"] {
        desk.app.get(&format!("/api/v1/content/{path}")).await.is_problem(404, "not-found");
    }
}

#[actix_web::test]
async fn an_article_tells_its_live_editions() {
    let desk = Desk::new().await;
    let source = desk.story(desk.draft()).await;
    let translation = desk.translation(&source, "en", english()).await;
    source.in_locale("fr").translate(&desk.translator, english()).await.is(201);
    let path = format!("/api/v1/content/articles/{}", source.article);

    let said = desk.app.get(&path).await.is(200).json();

    let line = async |edition: &Edition| {
        let item = edition.public().await.json();
        json!({"locale": item["locale"], "slug": item["slug"], "url": item["url"], "guid": item["guid"]})
    };
    let editions = json!([line(&translation).await, line(&source).await]);
    assert_eq!(said, json!({"id": source.article, "editions": editions}));
    desk.withdraw(&translation, "").await;
    assert_eq!(desk.app.get(&path).await.json()["editions"], json!([line(&source).await]));
    desk.withdraw(&source, "").await;
    desk.app.get(&path).await.is_problem(404, "not-found");
}

#[actix_web::test]
async fn anyone_can_check_what_is_public_with_tools_of_his_own() {
    let desk = Desk::new().await;
    let source = desk.story(desk.draft().with("body", "<p>R&amp;D “đặc biệt” 👩🏽‍🚀</p>")).await;
    let first = source.public().await.json();
    desk.app.pass(60);
    desk.correct(&source, text("Bản hai", "Hai."), "Sửa số.").await;
    desk.translation(&source, "en", english()).await;

    let item = source.public().await.json();
    let versions = format!("/api/v1/content/articles/{}/vi/versions", source.article);
    let mut before = Value::Null;
    for (number, item) in [(1, &first), (2, &item)] {
        let content = desk.app.get(&format!("{versions}/{number}")).await.is(200);
        let envelope = desk.app.get(&format!("{versions}/{number}/publication")).await.is(200);
        assert_eq!(sha256(&content.body), item["content_hash"].as_str().unwrap());
        assert!(vouches(&desk.app, item["signature"].as_str().unwrap(), &envelope.body).await);
        assert!(!vouches(&desk.app, item["signature"].as_str().unwrap(), &content.body).await);
        let (content, signed) = (content.json(), envelope.json());
        assert_eq!((&content["title"], &content["slug"]), (&item["title"], &item["slug"]));
        assert_eq!((&signed["content_hash"], &signed["guid"]), (&item["content_hash"], &item["guid"]));
        assert_eq!((&signed["version"], &signed["prev"]), (&number.into(), &before));
        before = sha256(&envelope.body).into();
    }
    desk.app.get(&format!("{versions}/3")).await.is_problem(404, "not-found");
    for line in desk.app.stranger().all("/api/v1/content/manifest").await {
        let (article, locale) = (line["article_id"].as_str().unwrap(), line["locale"].as_str().unwrap());
        let path = format!("/api/v1/content/articles/{article}/{locale}/versions/{}", line["version"]);
        let envelope = desk.app.get(&format!("{path}/publication")).await.is(200);
        assert_eq!(sha256(&envelope.body), line["envelope_hash"].as_str().unwrap());
        assert_eq!(sha256(&desk.app.get(&path).await.body), line["content_hash"].as_str().unwrap());
        assert!(vouches(&desk.app, line["signature"].as_str().unwrap(), &envelope.body).await);
    }
}

#[actix_web::test]
async fn the_manifest_names_everything_that_is_public_and_nothing_else() {
    let desk = Desk::new().await;
    let stories = [desk.story(desk.draft()).await, desk.story(desk.draft()).await, desk.story(desk.draft()).await];
    desk.translation(&stories[0], "en", english()).await;
    desk.translation(&stories[1], "zh-Hans", chinese()).await;
    desk.withdraw(&stories[2], "").await;
    desk.draft().begin().await;

    let mut lines = Vec::new();
    let mut next = Some(String::new());
    while let Some(cursor) = next {
        let page = desk.app.get(&format!("/api/v1/content/manifest?limit=1{cursor}")).await.is(200).json();
        lines.extend(page["items"].as_array().unwrap().iter().map(|line| line["url"].clone()));
        next = page["next_cursor"].as_str().map(|cursor| format!("&cursor={cursor}"));
        assert!(lines.len() < 10, "the pages lead in a circle");
    }

    let mut public = Vec::new();
    for locale in desk.app.get("/api/v1/content/locales").await.is(200).json()["items"].as_array().unwrap() {
        let path = format!("/api/v1/content/{}/articles", locale["locale"].as_str().unwrap());
        public.extend(desk.app.stranger().all(&path).await.into_iter().map(|item| item["url"].clone()));
    }
    let sorted = |list: Vec<Value>| {
        let mut list: Vec<String> = list.iter().map(ToString::to_string).collect();
        list.sort();
        list
    };
    assert_eq!((lines.len(), sorted(lines)), (4, sorted(public)));
}

#[actix_web::test]
async fn words_come_in_the_language_that_is_asked_for() {
    let app = TestApp::new().await;

    let locales = app.get("/api/v1/content/locales").await.is(200).json();
    let tags: Vec<_> = locales["items"].as_array().unwrap().iter().map(|one| one["locale"].as_str().unwrap()).collect();
    assert_eq!(BTreeSet::from_iter(tags), set(["vi", "en", "fr", "zh-Hans", "ja", "ko", "ru", "es", "lo", "km"]));
    let topics = app.get("/api/v1/content/vi/topics").await.is(200).json();
    assert!(topics["items"].as_array().unwrap().contains(&json!({
        "code": "dau-tu", "name": "Đầu tư", "parent": "kinh-te", "media_topic": null
    })));
    let agencies = app.get("/api/v1/content/en/agencies").await.is(200).json();
    assert_eq!(agencies["items"][0], json!({"code": "bao", "name": "bao", "parent": null}));
    app.get("/api/v1/content/xx/topics").await.is_problem(404, "not-found");
}

#[actix_web::test]
async fn where_there_is_a_portal_every_link_to_an_item_leads_there() {
    let desk = Desk::new().await;
    let source = desk.story(desk.draft().with("slug", "ca-ngu")).await;
    let mut body = english();
    body["slug"] = "tuna".into();
    desk.translation(&source, "en", body).await;
    let portal_url = Some("https://portal.lamhai.example/{locale}/news/{slug}.html".to_owned());
    let portal = desk.app.again_given(Given { portal_url, ..Given::default() }).await;
    let (here, there) =
        ("https://portal.lamhai.example/vi/news/ca-ngu.html", "https://portal.lamhai.example/en/news/tuna.html");

    let item = portal.get("/api/v1/content/vi/articles/ca-ngu").await.is(200).json();

    assert_eq!((&item["url"], &item["alternates"][0]["url"]), (&here.into(), &there.into()));
    let manifest = portal.get("/api/v1/content/manifest").await.json();
    assert_eq!([&manifest["items"][0]["url"], &manifest["items"][1]["url"]], [here, there]);
    let feed = portal.get("/feeds/vi/all.json").await.json();
    let entry = &feed["items"][0];
    assert_eq!((&entry["url"], &entry["_lantoa"]["translations"][0]["url"]), (&here.into(), &there.into()));
    for path in ["/feeds/vi/all.rss", "/feeds/vi/all.json", "/vi", "/vi/a/ca-ngu", "/api/v1/content/vi/articles"] {
        let body = portal.get(path).await.is(200);
        assert!(body.text().contains(here), "{path}");
        assert!(!body.text().contains("/vi/a/") && !body.text().contains("/en/a/"), "{path}: {}", body.text());
    }
}
