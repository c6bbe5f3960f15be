//! The hub (WebSub): whoever subscribes meant it, and is sent the feed itself whenever it changes, until they end it.

use std::collections::BTreeSet;

use actix_web::http::Method;
use lantoa::{
    kernel::Networks,
    outbound::Target,
    service::{Hub, hub, outbox},
    tokens::signing::hub_signature,
};

use crate::support::{Answer, BASE_URL, Desk, FORMATS, Given, Receiver, TestApp, english, text};

mod elsewhere;

async fn office() -> (Desk, Receiver) {
    let outbound = Networks::parse("127.0.0.1/32").unwrap();
    let app = TestApp::given(Given { outbound, ..Given::default() }).await;
    (Desk::of(&app).await, Receiver::new().await)
}

pub fn feed(path: &str) -> String {
    format!("{BASE_URL}/feeds/{path}")
}

/// What a subscriber asks for.
pub async fn ask(app: &TestApp, parameters: &[(&str, &str)]) -> Answer {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish();
    let form = ("content-type", "application/x-www-form-urlencoded");
    app.send(app.stranger().request(Method::POST, "/hub").insert_header(form).set_payload(body)).await
}

async fn subscribe(app: &TestApp, callback: &str, topic: &str) {
    ask(app, &[("hub.mode", "subscribe"), ("hub.callback", callback), ("hub.topic", topic)]).await.is(202);
    hub::confirm(&app.app).await.unwrap();
}

impl TestApp {
    /// Does all that the hub has to do now, as its jobs do.
    pub async fn run_hub(&self) {
        while outbox::follow(&self.app).await.unwrap() {}
        while hub::confirm(&self.app).await.unwrap() > 0 {}
        while hub::send(&self.app).await.unwrap() > 0 {}
        while hub::ping(&self.app).await.unwrap() > 0 {}
    }
}

#[actix_web::test]
async fn a_subscriber_who_meant_it_is_sent_the_feed_itself_whenever_it_changes() {
    let (desk, reader) = office().await;
    let secret = "một bí mật";
    for (number, format) in FORMATS.iter().enumerate() {
        let (callback, topic) = (reader.url(&format!("/c{number}?a=1&b=%20")), feed(&format!("vi/all.{format}")));
        let asked = [
            ("hub.mode", "subscribe"),
            ("hub.callback", &callback),
            ("hub.topic", &topic),
            ("hub.lease_seconds", "3600"),
            ("hub.secret", secret),
            ("something.else", "is ignored"),
        ];
        ask(&desk.app, &asked).await.is(202);
    }
    assert!(reader.take().is_empty(), "nobody is called while somebody waits for an answer");
    desk.app.run_hub().await;
    for one in reader.take() {
        assert_eq!(one.method, "GET");
        assert!(one.path.contains("?a=1&b=%20&hub.mode=subscribe&"), "{}", one.path);
        assert_eq!(one.parameter("hub.lease_seconds").as_deref(), Some("3600"));
    }

    desk.story(desk.draft()).await;
    desk.app.run_hub().await;

    let sent = reader.take();
    assert_eq!(sent.len(), FORMATS.len());
    for one in &sent {
        let number: usize = one.path["/c".len()..][..1].parse().unwrap();
        let path = format!("/feeds/vi/all.{}", FORMATS[number]);
        let served = desk.app.get(&path).await.is(200);
        assert_eq!((one.method.as_str(), &one.body), ("POST", &served.body), "{path}");
        assert_eq!(one.header("content-type"), served.header("content-type"));
        let links: BTreeSet<&str> = one.all("link").into_iter().collect();
        let (hub, own) = (format!("<{BASE_URL}/hub>; rel=\"hub\""), format!("<{BASE_URL}{path}>; rel=\"self\""));
        assert_eq!(links, BTreeSet::from([hub.as_str(), &own]));
        assert_eq!(one.header("x-hub-signature"), Some(&*hub_signature(&secret.into(), &one.body)));
    }
    desk.app.run_hub().await;
    assert!(reader.take().is_empty(), "what has not changed is not sent");
    assert!(!desk.app.all_rows().await.contains(secret), "a secret lies in no row");
    assert_eq!(desk.app.sweep().await, []);
}

#[actix_web::test]
async fn a_correction_a_withdrawal_and_a_translation_are_sent_to_those_whose_feed_changes() {
    let (desk, reader) = office().await;
    let edition = desk.story(desk.draft().with("topics", ["bien"])).await;
    let feeds = ["vi/all.rss", "vi/topics/bien.rss", "vi/topics/dau-tu.rss", "en/all.rss"];
    for (number, path) in feeds.iter().enumerate() {
        subscribe(&desk.app, &reader.url(&format!("/{number}")), &feed(path)).await;
    }
    desk.app.run_hub().await;
    reader.take();
    let told = async || {
        desk.app.run_hub().await;
        reader.take().into_iter().map(|one| one.path).collect::<BTreeSet<_>>()
    };

    desk.correct(&edition, text("Bản hai", "Tin khác hẳn."), "Sửa.").await;
    assert_eq!(told().await, BTreeSet::from(["/0".into(), "/1".into()]));
    desk.translation(&edition, "en", english()).await;
    assert_eq!(told().await, BTreeSet::from(["/0".into(), "/1".into(), "/3".into()]), "each names the other");
    desk.withdraw(&edition, "").await;
    assert!(told().await.is_superset(&BTreeSet::from(["/0".into(), "/1".into()])));
}

#[actix_web::test]
async fn whoever_did_not_mean_it_is_sent_nothing() {
    let (desk, reader) = office().await;
    let topic = feed("vi/all.atom");
    reader.answers(|_| (200, "something".into()));
    subscribe(&desk.app, &reader.url("/echo"), &topic).await;
    reader.answers(|heard| (404, heard.parameter("hub.challenge").unwrap_or_default()));
    subscribe(&desk.app, &reader.url("/refuses"), &topic).await;
    reader.answers(|heard| (302, heard.parameter("hub.challenge").unwrap_or_default()));
    subscribe(&desk.app, &reader.url("/leads-on"), &topic).await;
    reader.take();

    desk.story(desk.draft()).await;
    desk.app.pass(700);
    desk.app.run_hub().await;

    assert!(reader.take().is_empty());
}

#[actix_web::test]
async fn whoever_cannot_answer_now_is_asked_again_a_few_times() {
    let (desk, reader) = office().await;
    reader.says(503);
    subscribe(&desk.app, &reader.url("/"), &feed("vi/all.atom")).await;
    for _ in 0..6 {
        desk.app.pass(900);
        desk.app.run_hub().await;
    }
    let challenges: BTreeSet<_> = reader.take().iter().map(|one| one.parameter("hub.challenge").unwrap()).collect();
    assert_eq!(challenges.len(), 4, "each time with another challenge");
}

#[actix_web::test]
async fn a_subscription_is_renewed_and_ends() {
    let (desk, reader) = office().await;
    let (callback, topic) = (reader.url("/"), feed("vi/all.json"));
    let lease = |seconds: &'static str, secret: &'static str| {
        let (callback, topic, app) = (callback.clone(), topic.clone(), desk.app.clone());
        async move {
            let asked = [
                ("hub.mode", "subscribe"),
                ("hub.callback", &callback),
                ("hub.topic", &topic),
                ("hub.lease_seconds", seconds),
                ("hub.secret", secret),
            ];
            ask(&app, &asked).await.is(202);
        }
    };
    lease("1", "a").await;
    desk.app.run_hub().await;
    assert_eq!(reader.take()[0].parameter("hub.lease_seconds").as_deref(), Some("300"), "the shortest");
    desk.app.pass(299);
    let desk = Desk::of(&desk.app).await;
    lease("600", "b").await;
    reader.says(500);
    desk.app.run_hub().await;
    desk.story(desk.draft()).await;
    desk.app.run_hub().await;
    let sent: Vec<_> = reader.take().into_iter().filter(|one| one.method == "POST").collect();
    assert_eq!(
        sent[0].header("x-hub-signature"),
        Some(&*hub_signature(&"a".into(), &sent[0].body)),
        "until it is confirmed, it is as it was"
    );

    reader.answers(|heard| (200, heard.parameter("hub.challenge").unwrap_or_default()));
    lease("600", "b").await;
    desk.app.run_hub().await;
    reader.take();
    desk.app.pass(599);
    let desk = Desk::of(&desk.app).await;
    desk.story(desk.draft()).await;
    desk.app.run_hub().await;
    let sent = reader.take();
    assert_eq!(sent[0].header("x-hub-signature"), Some(&*hub_signature(&"b".into(), &sent[0].body)));
    desk.app.pass(1);
    desk.story(desk.draft()).await;
    desk.app.run_hub().await;
    assert!(reader.take().is_empty(), "it has ended");
    hub::sweep(&desk.app.app).await.unwrap();
    assert!(desk.app.query("SELECT topic FROM hub_subscription").await.is_empty());
}

#[actix_web::test]
async fn a_subscription_ends_when_its_owner_meant_to_end_it_or_is_gone() {
    let (desk, reader) = office().await;
    let (one, other, topic) = (reader.url("/one"), reader.url("/other"), feed("vi/all.rss"));
    subscribe(&desk.app, &one, &topic).await;
    subscribe(&desk.app, &other, &topic).await;
    let end = [("hub.mode", "unsubscribe"), ("hub.callback", one.as_str()), ("hub.topic", topic.as_str())];

    reader.answers(|_| (404, String::new()));
    ask(&desk.app, &end).await.is(202);
    desk.app.run_hub().await;
    desk.story(desk.draft()).await;
    reader.take();
    reader.says(200);
    desk.app.run_hub().await;
    assert_eq!(reader.take().len(), 2, "a stranger ends nobody's subscription");

    reader.answers(|heard| (200, heard.parameter("hub.challenge").unwrap_or_default()));
    ask(&desk.app, &end).await.is(202);
    desk.app.run_hub().await;
    assert_eq!(reader.take()[0].parameter("hub.mode").as_deref(), Some("unsubscribe"));
    reader.says(410);
    desk.story(desk.draft()).await;
    desk.app.run_hub().await;
    let sent = reader.take();
    assert_eq!((sent.len(), sent[0].path.as_str()), (1, "/other"));
    desk.story(desk.draft()).await;
    desk.app.pass(30_000);
    desk.app.run_hub().await;
    assert!(reader.take().is_empty());
}

#[actix_web::test]
async fn who_fails_is_tried_again_and_sent_what_is_there_by_then() {
    let (desk, reader) = office().await;
    subscribe(&desk.app, &reader.url("/"), &feed("vi/all.atom")).await;
    desk.app.run_hub().await;
    reader.take();
    reader.says(500);
    desk.story(desk.draft()).await;
    desk.app.run_hub().await;
    assert_eq!(reader.take().len(), 1);
    desk.story(desk.draft()).await;
    desk.app.run_hub().await;
    assert!(reader.take().is_empty(), "news make nobody try sooner");

    reader.says(204);
    desk.app.pass(20);
    desk.app.run_hub().await;

    let sent = reader.take();
    assert_eq!((sent.len(), &sent[0].body), (1, &desk.app.get("/feeds/vi/all.atom").await.body));
}

#[actix_web::test]
async fn of_a_feed_that_is_not_there_the_subscriber_is_told() {
    let (desk, reader) = office().await;
    subscribe(&desk.app, &reader.url("/"), &feed("vi/topics/khong-co.rss")).await;
    let told = reader.take();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].parameter("hub.mode").as_deref(), Some("denied"));
    assert_eq!(told[0].parameter("hub.topic"), Some(feed("vi/topics/khong-co.rss")));
    assert!(told[0].parameter("hub.reason").is_some() && told[0].parameter("hub.challenge").is_none());
}

#[actix_web::test]
async fn what_is_no_subscription_to_a_feed_of_ours_is_refused() {
    let (desk, reader) = office().await;
    let (callback, topic) = (reader.url("/"), feed("vi/all.rss"));
    let (callback, topic) = (callback.as_str(), topic.as_str());
    for (mode, callback, topic, place, code) in [
        ("", callback, topic, "hub.mode", "required"),
        ("publish", callback, topic, "hub.mode", "not-one-of"),
        ("subscribe", "", topic, "hub.callback", "required"),
        ("subscribe", "ftp://a.example/", topic, "hub.callback", "bad-url"),
        ("subscribe", "http://a:b@c.example/", topic, "hub.callback", "bad-url"),
        ("subscribe", "http://[::1]:8080/", topic, "hub.callback", "not-of-the-world"),
        ("subscribe", "http://[::ffff:7f00:2]/", topic, "hub.callback", "not-of-the-world"),
        ("subscribe", "http://169.254.169.254/", topic, "hub.callback", "not-of-the-world"),
        ("subscribe", "http://127.0.0.2:8080/", topic, "hub.callback", "not-of-the-world"),
        ("subscribe", callback, "", "hub.topic", "required"),
        ("subscribe", callback, "https://other.example/feeds/vi/all.rss", "hub.topic", "no-feed"),
        ("subscribe", callback, &feed("vi/all.rss?a=1"), "hub.topic", "no-feed"),
        ("subscribe", callback, &feed("VI/all.rss"), "hub.topic", "no-feed"),
        ("subscribe", callback, &feed("vi/all.xml"), "hub.topic", "no-feed"),
        ("subscribe", callback, &feed("vi/../vi/all.rss"), "hub.topic", "no-feed"),
    ] {
        let answer = ask(&desk.app, &[("hub.mode", mode), ("hub.callback", callback), ("hub.topic", topic)]).await;
        answer.is_problem(422, "invalid").names(place, code);
    }
    let asked = [("hub.mode", "subscribe"), ("hub.callback", callback), ("hub.topic", topic)];
    for (name, value, code) in
        [("hub.secret", "x".repeat(200), "too-large"), ("hub.lease_seconds", "soon".into(), "wrong-type")]
    {
        let all: Vec<_> = asked.iter().copied().chain([(name, value.as_str())]).collect();
        ask(&desk.app, &all).await.is_problem(422, "invalid").names(name, code);
    }
    let json = desk.app.stranger().request(Method::POST, "/hub").insert_header(("content-type", "application/json"));
    desk.app.send(json.set_payload("{}")).await.is_problem(415, "unsupported-media-type");
    desk.app.run_hub().await;
    assert!(reader.take().is_empty());
}

#[actix_web::test]
async fn every_format_says_where_its_hub_is_and_what_it_is_called() {
    let (desk, _) = office().await;
    desk.story(desk.draft()).await;
    let hub = format!("{BASE_URL}/hub");
    for format in FORMATS {
        let path = format!("/feeds/vi/all.{format}");
        let answer = desk.app.get(&path).await.is(200);
        let links = answer.all("link");
        let of = |rel: &str| links.iter().filter(|link| link.contains(&format!("rel=\"{rel}\""))).count();
        assert_eq!((of("hub"), of("self")), (1, 1), "{links:?}");
        assert!(links.contains(&format!("<{hub}>; rel=\"hub\"").as_str()));
        match format {
            "json" => assert_eq!(answer.json()["hubs"], serde_json::json!([{"type": "WebSub", "url": hub}])),
            "rss" | "atom" => {
                let named = format!("link rel=\"hub\" href=\"{hub}\"/>");
                assert_eq!(answer.text().matches(&named).count(), 1, "{path}");
            }
            _ => {}
        }
    }
}
