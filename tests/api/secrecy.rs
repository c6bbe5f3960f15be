//! What is not public is nowhere in the open, and who asks makes no difference.

use actix_web::http::Method;

use crate::support::{Answer, Desk, Edition, Names, TestApp, english};

/// Words that stand in texts which nobody may read, and their slugs.
const CANARY: &str = "chimhoangyen";

/// An office with texts in every state but public, and one that is public beside them.
struct Scene {
    desk: Desk,
    public: Edition,
    hidden: Vec<Edition>,
    slugs: Vec<String>,
}

impl Scene {
    async fn new() -> Self {
        let desk = Desk::new().await;
        let secret = async |slug: &str| {
            let title = format!("{CANARY} {slug}");
            let draft = desk.draft().with("title", title.as_str()).with("slug", format!("{CANARY}-{slug}"));
            let body = format!("<p>{title} <a href=\"https://{CANARY}.example/\">x</a></p>");
            draft.with("summary", title).with("place", CANARY).with("body", body).begin().await
        };
        let draft = secret("nhap").await;
        let review = secret("cho-duyet").await;
        review.submit(&desk.author).await.is(201);
        let approved = secret("da-duyet").await;
        desk.approve(&approved).await;
        let sent_back = secret("tra-lai").await;
        sent_back.submit(&desk.author).await.is(201);
        sent_back.decide(&desk.reviewer, "request_changes").await.is(200);

        let public = desk.story(desk.draft().with("slug", "cong-khai")).await;
        let canary = |slug: &str| {
            serde_json::json!({"title": CANARY, "summary": CANARY, "body": format!("<p>{CANARY}</p>"),
                "slug": format!("{CANARY}-{slug}")})
        };
        public.save(&desk.author, canary("ban-hai")).await.is(200);
        desk.approve(&public).await;
        // The approved text is superseded by one that is only being written.
        public.save(&desk.author, canary("ban-ba")).await.is(200);
        let translation = public.in_locale("en");
        translation.translate(&desk.translator, canary("dich")).await.is(201);
        let slugs = ["nhap", "cho-duyet", "da-duyet", "tra-lai", "ban-hai", "ban-ba", "dich"];
        let slugs = slugs.map(|slug| format!("{CANARY}-{slug}")).to_vec();
        Self { hidden: vec![draft, review, approved, sent_back, translation], desk, public, slugs }
    }

    fn names(&self) -> Names {
        let mut slugs: Vec<&str> = self.slugs.iter().map(String::as_str).collect();
        slugs.push("cong-khai");
        Names::of(self.hidden.iter().chain([&self.public]), &slugs)
    }
}

/// The answer without the request's id.
fn said(answer: &Answer) -> (u16, Vec<(String, String)>, String) {
    let mut headers = answer.headers.clone();
    headers.retain(|(name, _)| name != "x-request-id");
    headers.sort();
    let mut text = answer.text().to_owned();
    if let Some(id) = answer.json()["request_id"].as_str() {
        text = text.replace(id, "");
    }
    (answer.status, headers, text)
}

#[actix_web::test]
async fn no_word_of_an_unpublished_text_is_at_any_public_address() {
    let scene = Scene::new().await;

    let answers = scene.desk.app.crawl(&scene.names()).await;

    assert!(answers.len() > 100 && answers.iter().filter(|(_, answer)| answer.status == 200).count() > 40);
    for (path, answer) in &answers {
        let mut text = answer.text().to_lowercase();
        for (_, value) in &answer.headers {
            text.push_str(value);
        }
        assert!(!text.contains(CANARY), "{path}: {text}");
    }
    assert_eq!(scene.public.public().await.json()["version"], 1);
}

#[actix_web::test]
async fn what_is_not_public_is_answered_as_what_never_was() {
    let scene = Scene::new().await;
    let app = &scene.desk.app;
    let unknown = "0190163d-8694-739b-aea5-966c26f8ad91";
    let alike = async |secret: &str, hidden: String, absent: String| {
        for accept in ["*/*", "text/html"] {
            let ask = async |path: &str| app.stranger().get_with(path, &[("accept", accept)]).await.is(404);
            let (one, other) = (ask(&hidden).await, ask(&absent).await);
            assert_eq!((said(&one), one.text().contains(secret)), (said(&other), false), "{hidden}");
        }
    };

    for slug in &scene.slugs {
        for locale in ["vi", "en"] {
            let at = |slug: &str| format!("/api/v1/content/{locale}/articles/{slug}");
            alike(slug, at(slug), at("khong-co")).await;
            let at = |slug: &str| format!("/{locale}/a/{slug}");
            alike(slug, at(slug), at("khong-co")).await;
        }
    }
    for Edition { article, locale, .. } in &scene.hidden {
        let at = |id: &str| format!("/api/v1/content/{locale}/articles/id/{id}");
        alike(article, at(article), at(unknown)).await;
        let at = |id: &str| format!("/api/v1/content/articles/{id}/{locale}/versions/1");
        alike(article, at(article), at(unknown)).await;
        alike(article, at(article) + "/publication", at(unknown) + "/publication").await;
        if *article != scene.public.article {
            let at = |id: &str| format!("/api/v1/content/articles/{id}");
            alike(article, at(article), at(unknown)).await;
        }
    }
    // Version 2 was approved and never published.
    let at = |number: u32| format!("/api/v1/content/articles/{}/vi/versions/{number}", scene.public.article);
    alike(CANARY, at(2), at(7)).await;
}

#[actix_web::test]
async fn no_parameter_shows_more_than_there_is() {
    let scene = Scene::new().await;
    let app = &scene.desk.app;
    let tricks = [
        "status=draft",
        "state=draft",
        "preview=true",
        "version=latest",
        "static=1&order=asc",
        "as_of=2099-01-01",
        "fields=*",
        "include=draft",
        "sort=title",
        "filter%5Bstate%5D=draft",
        "locale=en",
        "audience=press",
        "author.password_hash=x",
        "t1.password=x",
        "draft",
        "_method=PUT",
        "callback=x",
        "revision=3",
        "token=x",
    ];
    let names = Names::of([&scene.public], &["cong-khai"]);

    let mut refused = 0;
    for (path, plain) in app.crawl(&names).await.into_iter().filter(|(path, _)| !path.contains('?')) {
        for trick in tricks {
            let answer = app.get(&format!("{path}?{trick}")).await;
            if path.starts_with("/api/") {
                let expected = if plain.status == 200 { 400 } else { plain.status };
                assert!([400, expected].contains(&answer.status), "{path}?{trick}: {}", answer.status);
                refused += u32::from(answer.status == 400);
            } else if (path.as_str(), trick) != ("/feeds.opml", "locale=en") {
                // A list of feeds may be asked for in one language; nothing else listens to a parameter.
                assert_eq!(said(&answer), said(&plain), "{path}?{trick}");
            }
            assert!(!answer.text().contains(CANARY), "{path}?{trick}");
        }
    }
    assert!(refused > 100, "{refused}");
}

/// Every public answer to a request with and without some headers.
async fn is_the_same_with(app: &TestApp, names: &Names, headers: &[(&str, &str)]) {
    for path in names.addresses() {
        let (plain, other) = (app.get(&path).await, app.stranger().get_with(&path, headers).await);
        assert_eq!(said(&other), said(&plain), "{path} with {headers:?}");
    }
}

/// A public edition with an old slug, and one that was taken down.
async fn moved_and_gone() -> (Desk, Names) {
    let desk = Desk::new().await;
    let edition = desk.story(desk.draft().with("slug", "cu")).await;
    let mut next = english();
    next["slug"] = "moi".into();
    desk.update(&edition, next).await;
    let gone = desk.story(desk.draft().with("slug", "da-go")).await;
    desk.withdraw(&gone, "").await;
    let names = Names::of([&edition, &gone], &["cu", "moi", "da-go", "khong-co"]);
    (desk, names)
}

#[actix_web::test]
async fn credentials_change_no_public_answer() {
    let (desk, names) = moved_and_gone().await;
    let admin = desk.app.account("admin").sign_in().await;
    let bearer = format!("Bearer {}", admin.token.as_deref().unwrap());

    for authorization in [&bearer, "Bearer x", "Basic YTpi", "nonsense"] {
        is_the_same_with(&desk.app, &names, &[("authorization", authorization)]).await;
    }
    is_the_same_with(&desk.app, &names, &[("cookie", "session=1; token=2")]).await;
    is_the_same_with(&desk.app, &names, &[("x-api-key", "lt_1"), ("authorization", &bearer), ("authorization", "x")])
        .await;
}

#[actix_web::test]
async fn no_header_about_the_address_or_the_asker_changes_a_public_answer() {
    let (desk, names) = moved_and_gone().await;

    for headers in [
        &[("host", "evil.example"), ("x-forwarded-host", "evil.example"), ("x-forwarded-proto", "http")][..],
        &[("forwarded", "host=evil.example;proto=http"), ("x-forwarded-prefix", "/evil"), ("x-real-ip", "1.2.3.4")],
        &[("x-original-url", "/api/v1/me"), ("x-rewrite-url", "/api/v1/me"), ("x-http-method-override", "PUT")],
        &[("user-agent", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)")],
        &[("user-agent", "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X)"), ("sec-ch-ua-mobile", "?1")],
        &[("referer", "https://www.google.com/search?q=x"), ("x-requested-with", "XMLHttpRequest")],
        &[("range", "bytes=0-9"), ("if-range", "\"x\"")],
    ] {
        is_the_same_with(&desk.app, &names, headers).await;
    }
}

#[actix_web::test]
async fn an_address_has_one_spelling() {
    let (desk, names) = moved_and_gone().await;

    for path in names.addresses().into_iter().filter(|path| !path.contains('?') && path.len() > 1) {
        let raised = path
            .split('/')
            .map(|part| if part == "api" || part == "feeds" { part.to_uppercase() } else { part.to_owned() });
        let raised = raised.collect::<Vec<_>>().join("/");
        let variants = [
            format!("/{path}"),
            format!("{path}/"),
            format!("{path};x"),
            format!("{path};jsessionid=1"),
            format!("{path}//"),
            format!("{path}/."),
            format!("{path}/..%2f"),
            format!("/.{path}"),
            format!("{path}%00"),
            format!("{path}%20"),
            format!("{path}.json"),
            path.replacen('/', "//", 2),
            path.to_uppercase(),
            raised,
        ];
        for variant in variants.iter().filter(|variant| **variant != path) {
            let answer = desk.app.get(variant).await;
            assert!([400, 404, 405].contains(&answer.status), "{variant}: {}", answer.status);
        }
        for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
            let answer = desk.app.send(desk.app.stranger().request(method.clone(), &path)).await;
            assert!([401, 404, 405].contains(&answer.status), "{method} {path}: {}", answer.status);
        }
    }
}
