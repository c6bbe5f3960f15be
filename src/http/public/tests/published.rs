//! The public routes over one article that goes through its whole life.

use std::time::Duration;

use actix_web::{http::StatusCode, test::TestRequest};

use super::{application, ask, get};
use crate::{
    domain::{
        access::Role,
        article::Kind,
        details::Details,
        publication::Reason,
        revision::ChangeClass,
        workflow::{Sensitivity, Verdict},
    },
    kernel::{ArticleId, LocaleTag},
    service::{
        App, Caller, Once,
        account::{self, NewAccount, NewGrant},
        article::{self, NewArticle},
        auth,
        edition::{self, BodyFormat, Condition, NewText, Save},
        public::{self, VersionBytes},
        publication::{self, Order},
        review::{self, Decide, Submit},
        vocabulary::{self, Entry, Names},
    },
    tokens::Secret,
};

const PASSWORD: &str = "con-duong-lua-xanh-2026";

/// An account of a role, signed in.
async fn sign_in(app: &App, role: Role) -> Caller {
    let email = format!("{}@tinh.example", role.as_str().replace('_', "-"));
    let grants = vec![NewGrant { role, agency: None, locale: None }];
    let new =
        NewAccount { email: email.clone(), name: role.to_string(), locale: None, password: PASSWORD.into(), grants };
    account::create_by_operator(app, new).await.unwrap();
    let tokens = auth::login(app, &email, Secret::from(PASSWORD), [127, 0, 0, 1].into()).await.unwrap();
    let claims = app.tokens.verify(&tokens.access, app.clock.now()).unwrap();
    Caller { account: claims.account, session: claims.session }
}

fn text(title: &str, slug: &str) -> NewText {
    let body = format!("<p>{title}: <a href=\"https://tinh.example/x\">x</a></p>");
    NewText {
        title: title.to_owned(),
        summary: "Tóm <tắt>".to_owned(),
        body,
        format: BodyFormat::Html,
        slug: Some(slug.to_owned()),
    }
}

/// People of each role over an application with a topic and an agency.
struct Office {
    app: App,
    author: Caller,
    reviewer: Caller,
    approver: Caller,
    publisher: Caller,
}

impl Office {
    async fn new(app: App) -> Self {
        let admin = sign_in(&app, Role::Admin).await;
        let names = |name: &str| Names::from([("vi".to_owned(), name.to_owned())]);
        let agency = Entry::Agency { code: "so-van-hoa".to_owned(), names: names("Sở Văn hóa") };
        vocabulary::create(&app, admin, agency, Once::never()).await.unwrap();
        let topic =
            Entry::Topic { code: "van-hoa".to_owned(), parent: None, media_topic: None, names: names("Văn hóa") };
        vocabulary::create(&app, admin, topic, Once::never()).await.unwrap();
        app.public.reload(&app).await.unwrap();
        Self {
            author: sign_in(&app, Role::Author).await,
            reviewer: sign_in(&app, Role::Reviewer).await,
            approver: sign_in(&app, Role::Approver).await,
            publisher: sign_in(&app, Role::Publisher).await,
            app,
        }
    }

    fn later(&self) {
        self.app.clock.set(self.app.clock.now().plus(Duration::from_mins(1)));
    }

    async fn write(&self) -> ArticleId {
        self.write_as("Hội <xuân>", "hoi-xuan").await
    }

    async fn write_as(&self, title: &str, slug: &str) -> ArticleId {
        let new = NewArticle {
            kind: Kind::News,
            agency: "so-van-hoa".to_owned(),
            source_locale: "vi".to_owned(),
            topics: vec!["van-hoa".to_owned()],
            place: None,
            details: Details::default(),
            sensitivity: Sensitivity::Normal,
            text: text(title, slug),
        };
        let (overview, _) = article::create(&self.app, self.author, new, Once::never()).await.unwrap().now().unwrap();
        overview.article.id
    }

    async fn publish(&self, id: ArticleId, correction: Option<&str>) {
        let (app, at) = (&self.app, (id, &vi()));
        self.later();
        let shown = edition::show(app, self.author, id, at.1).await.unwrap();
        let hash = shown.revision.hash;
        let submitting = review::submit(app, self.author, at, shown.edition.version, Submit::default(), Once::never());
        let opened = Box::pin(submitting).await.unwrap();
        let mut case = opened.now().unwrap().case;
        while let Some((_, stage)) = case.current_stage() {
            let who = if stage.role == Role::Reviewer { self.reviewer } else { self.approver };
            let order = Decide::plain(Verdict::Approve, hash, "");
            case = Box::pin(review::decide(app, who, at, order, Once::never())).await.unwrap().now().unwrap();
        }
        let note = correction.unwrap_or_default().to_owned();
        let order = Order::now(hash, correction.is_some(), note);
        Box::pin(publication::publish(app, self.publisher, at, order, Once::never())).await.unwrap();
    }

    async fn rewrite(&self, id: ArticleId, title: &str, slug: &str) {
        let shown = edition::show(&self.app, self.author, id, &vi()).await.unwrap();
        let save = Save {
            text: text(title, slug),
            details: Details::default(),
            place: None,
            source_revision: None,
            change: ChangeClass::Major,
            change_note: String::new(),
        };
        let condition = Condition::Version(shown.edition.version);
        let locale = vi();
        let saving = edition::save(&self.app, self.author, (id, &locale), condition, save, Once::never());
        Box::pin(saving).await.unwrap();
    }
}

fn vi() -> LocaleTag {
    "vi".parse().unwrap()
}

#[actix_web::test]
async fn an_article_is_read_moved_corrected_and_taken_down() {
    let folder = tempfile::tempdir().unwrap();
    let office = Office::new(application(&folder).await).await;
    let app = &office.app;
    let id = office.write().await;
    assert_eq!(get(app, "/api/v1/content/vi/articles").await.json()["items"].as_array().unwrap().len(), 0);

    office.publish(id, None).await;

    let item = get(app, "/api/v1/content/vi/articles/hoi-xuan").await;
    assert_eq!(item.header("last-modified"), "Sun, 22 Nov 2026 09:01:00 GMT");
    let item = item.json();
    assert_eq!((&item["id"], &item["title"]), (&id.to_string().into(), &"Hội <xuân>".into()));
    assert_eq!(item["topics"], serde_json::json!([{"code": "van-hoa", "name": "Văn hóa"}]));
    assert_eq!(item["url"], "https://tinh.example/vi/a/hoi-xuan");
    assert_eq!(get(app, &format!("/api/v1/content/vi/articles/id/{id}")).await.json(), item);
    let mut listed = item.clone();
    assert_eq!(
        listed.as_object_mut().unwrap().remove("json_ld").unwrap()["@id"],
        item["guid"],
        "only of an item alone"
    );
    for list in ["", "?topic=van-hoa&agency=so-van-hoa&kind=news", "?since=2026-11-22T09:01:00Z"] {
        let items = get(app, &format!("/api/v1/content/vi/articles{list}")).await.json()["items"].clone();
        assert_eq!(items, serde_json::json!([listed]), "{list}");
    }
    let editions = get(app, &format!("/api/v1/content/articles/{id}")).await.json();
    assert_eq!(editions["editions"][0]["guid"], item["guid"]);
    let VersionBytes::Bytes { content, envelope } = public::version(app, id, &vi(), 1).await.unwrap() else { panic!() };
    let versions = format!("/api/v1/content/articles/{id}/vi/versions/1");
    assert_eq!(get(app, &versions).await.body, content);
    assert_eq!(get(app, &format!("{versions}/publication")).await.body, envelope);
    assert_eq!(get(app, "/api/v1/content/manifest").await.json()["items"][0]["article_id"], id.to_string());
    let page = get(app, "/vi/a/hoi-xuan").await.body;
    assert!(page.contains("<h1>Hội &#60;xuân&#62;</h1>") && page.contains("16:01 ngày 22/11/2026 (GMT+7)"), "{page}");
    assert!(page.contains("<link rel=\"canonical\" href=\"https://tinh.example/vi/a/hoi-xuan\">"));
    assert!(page.contains("hreflang=\"vi\"") && page.contains("<a href=\"https://tinh.example/x\""));
    assert!(get(app, "/vi").await.body.contains("hoi-xuan"));

    office.rewrite(id, "Hội xuân mới", "hoi-xuan-moi").await;
    office.publish(id, Some("Sửa tên hội")).await;

    let moved = get(app, "/api/v1/content/vi/articles/hoi-xuan").await;
    let to = "/api/v1/content/vi/articles/hoi-xuan-moi";
    assert_eq!((moved.status, moved.header("location").as_str()), (StatusCode::MOVED_PERMANENTLY, to));
    assert_eq!(get(app, "/vi/a/hoi-xuan").await.header("location"), "/vi/a/hoi-xuan-moi");
    assert_eq!(get(app, to).await.json()["corrections"][0]["note"], "Sửa tên hội");
    assert!(get(app, "/vi/a/hoi-xuan-moi").await.body.contains("<dd>Sửa tên hội</dd>"));
    assert!(get(app, "/feeds/vi/topics/van-hoa.rss").await.body.contains("Hội xuân mới"));

    office.later();
    let note = Some("Đã gỡ để kiểm tra");
    publication::withdraw(app, office.publisher, (id, &vi()), Reason::Other, note, Once::never()).await.unwrap();

    for uri in [to, "/api/v1/content/vi/articles/hoi-xuan", &versions] {
        let gone = get(app, uri).await;
        assert_eq!(gone.status, StatusCode::GONE, "{uri}");
        assert_eq!(
            (gone.header("cache-control").as_str(), gone.header("vary").as_str()),
            ("public, max-age=5", "Accept-Language")
        );
        let problem = gone.json();
        assert_eq!((&problem["kind"], &problem["note"]), (&"withdraw".into(), &"Đã gỡ để kiểm tra".into()));
        assert_eq!((&problem["guid"], &problem["at"]), (&item["guid"], &"2026-11-22T09:03:00Z".into()));
    }
    let page = get(app, "/vi/a/hoi-xuan-moi").await;
    assert_eq!((page.status, page.header("content-type").as_str()), (StatusCode::GONE, "text/html; charset=utf-8"));
    assert!(page.body.contains("Đã gỡ để kiểm tra") && page.body.contains("Bài viết này đã được rút"));
    let feed = get(app, "/feeds/vi/all.json").await;
    assert_eq!(feed.json()["items"][0]["_lantoa"]["status"], "withdrawn");
    assert_eq!(feed.header("last-modified"), "Sun, 22 Nov 2026 09:03:00 GMT");
    let first = get(app, "/api/v1/content/changes?limit=2").await.json();
    let kinds = |page: &serde_json::Value| -> Vec<String> {
        page["items"].as_array().unwrap().iter().map(|it| it["type"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(
        (kinds(&first), &first["has_more"]),
        (vec!["published".to_owned(), "corrected".to_owned()], &true.into())
    );
    let rest = get(app, &format!("/api/v1/content/changes?since={}", first["next_since"])).await.json();
    assert_eq!((kinds(&rest), &rest["has_more"]), (vec!["withdrawn".to_owned()], &false.into()));
}

#[actix_web::test]
async fn pages_of_a_list_lead_on_and_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let office = Office::new(application(&folder).await).await;
    let app = &office.app;
    let ids = [office.write().await, office.write_as("Hội thu", "hoi-thu").await];
    for id in ids {
        office.publish(id, None).await;
    }

    let first = get(app, "/api/v1/content/vi/articles?limit=1").await;

    assert_eq!(first.json()["items"][0]["id"], ids[1].to_string());
    let link = first.header("link");
    let next =
        link.strip_prefix("<https://tinh.example").and_then(|rest| rest.strip_suffix(">; rel=\"next\"")).unwrap();
    let second = get(app, next).await;
    assert_eq!((&second.json()["items"][0]["id"], second.header("link").as_str()), (&ids[0].to_string().into(), ""));
    assert!(second.json()["next_cursor"].is_null());
    let manifest = get(app, "/api/v1/content/manifest?limit=1").await;
    let cursor = manifest.json()["next_cursor"].as_str().unwrap().to_owned();
    let rest = get(app, &format!("/api/v1/content/manifest?limit=1&cursor={cursor}")).await.json();
    assert_ne!(rest["items"][0]["article_id"], manifest.json()["items"][0]["article_id"]);
    let known =
        ask(app, TestRequest::get().uri("/vi").insert_header(("if-modified-since", "Sun, 22 Nov 2026 09:02:00 GMT")))
            .await
            .0;
    assert_eq!(known.status, StatusCode::NOT_MODIFIED);
}
