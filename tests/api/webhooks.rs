//! Webhooks: signed, in order for each article, at least once, and only to addresses of the world.

use std::{collections::HashMap, sync::atomic::AtomicUsize, sync::atomic::Ordering};

use actix_web::http::Method;
use lantoa::{
    kernel::Networks,
    service::{outbox, webhook},
    tokens::signing::webhook_signature,
};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::support::{Client, Desk, Given, Heard, Receiver, TestApp, english, text};

mod standing;

const DAY: u64 = 86_400;

async fn reaching(networks: &str) -> TestApp {
    TestApp::given(Given { outbound: Networks::parse(networks).unwrap(), ..Given::default() }).await
}

/// An application that may call receivers of its own machine, its desk, an administrator and a receiver.
async fn office() -> (Desk, Client, Receiver) {
    let app = reaching("127.0.0.1/32").await;
    let admin = app.account("admin").sign_in().await;
    (Desk::of(&app).await, admin, Receiver::new().await)
}

async fn hook(admin: &Client, url: &str) -> Value {
    admin.post("/api/v1/webhooks", &json!({"url": url})).await.is(201).json()
}

fn path(hook: &Value) -> String {
    format!("/api/v1/webhooks/{}", hook["id"].as_str().unwrap())
}

impl TestApp {
    /// Tells and sends all that is due now, as the jobs do.
    pub async fn deliver(&self) {
        while outbox::follow(&self.app).await.unwrap() {}
        for id in webhook::due(&self.app).await.unwrap() {
            while webhook::send(&self.app, id).await.unwrap() {}
        }
    }
}

fn types(heard: &[Heard]) -> Vec<String> {
    heard.iter().map(|one| one.json()["type"].as_str().unwrap().to_owned()).collect()
}

/// Whether a message is signed with a secret at its very moment.
fn is_signed(heard: &Heard, secret: &Value) -> bool {
    let (id, at) = (heard.header("webhook-id").unwrap(), heard.header("webhook-timestamp").unwrap());
    let secret = secret.as_str().unwrap().into();
    let wanted = webhook_signature(&secret, id, at.parse().unwrap(), &heard.body).unwrap();
    heard.header("webhook-signature").unwrap().split(' ').any(|one| one == wanted)
}

#[actix_web::test]
async fn every_public_act_is_told_signed_thin_and_in_its_order() {
    let (desk, admin, receiver) = office().await;
    let before = desk.story(desk.draft()).await;
    let hook = hook(&admin, &receiver.url("/hook")).await;

    let edition = desk.story(desk.draft()).await;
    desk.translation(&edition, "en", english()).await;
    desk.update(&edition, text("Bản hai", "Tin khác hẳn.")).await;
    desk.correct(&edition, text("Bản ba", "Tin khác hẳn, 12 tấn."), "Sửa số tấn.").await;
    desk.withdraw(&edition, "Tạm gỡ.").await;
    desk.app.deliver().await;

    let heard = receiver.take();
    let vi: Vec<_> = heard.iter().filter(|one| one.json()["data"]["locale"] == "vi").cloned().collect();
    assert_eq!(types(&vi), ["article.published", "article.updated", "article.corrected", "article.withdrawn"]);
    assert!(types(&heard).contains(&"article.translated".to_owned()), "{:?}", types(&heard));
    for one in &heard {
        assert_eq!((one.method.as_str(), one.path.as_str()), ("POST", "/hook"));
        assert_eq!(one.header("content-type"), Some("application/json"));
        assert!(is_signed(one, &hook["secret"]) && one.body.len() < 20_000);
        let data = &one.json()["data"];
        assert_ne!(data["article_id"], before.article, "nothing of before is told");
        assert!(data.get("title").is_none() && data.get("body").is_none(), "{data}");
    }
    let last = vi.last().unwrap().json();
    assert_eq!(last["data"]["note"], "Tạm gỡ.");
    let url = last["data"]["url"].as_str().unwrap().strip_prefix(crate::support::BASE_URL).unwrap().to_owned();
    desk.app.get(&url).await.is_problem(410, "gone");
    desk.app.deliver().await;
    assert!(receiver.take().is_empty(), "told once");
    assert_eq!(desk.app.sweep().await, []);
}

#[actix_web::test]
async fn what_was_asked_for_alone_is_told() {
    let (desk, admin, receiver) = office().await;
    let body = json!({"url": receiver.url("/"), "types": ["article.translated"], "locales": ["en", "fr"]});
    admin.post("/api/v1/webhooks", &body).await.is(201);
    let edition = desk.story(desk.draft()).await;
    desk.translation(&edition, "en", english()).await;
    desk.translation(&edition, "zh-Hans", crate::support::chinese()).await;

    desk.app.deliver().await;

    let heard = receiver.take();
    assert_eq!((types(&heard), &heard[0].json()["data"]["locale"]), (vec!["article.translated".into()], &json!("en")));
}

#[actix_web::test]
async fn nothing_overtakes_what_was_not_taken_of_the_same_article_and_nothing_else_waits_for_it() {
    let (desk, admin, receiver) = office().await;
    let hook = hook(&admin, &receiver.url("/")).await;
    let first = desk.story(desk.draft()).await;
    desk.update(&first, text("Bản hai", "Tin khác hẳn.")).await;
    let second = desk.story(desk.draft()).await;
    let refused = first.article.clone();
    receiver
        .answers(move |heard| (if heard.json()["data"]["article_id"] == refused { 500 } else { 200 }, String::new()));

    desk.app.deliver().await;
    let heard = receiver.take();
    let of = |heard: &[Heard], article: &str| {
        let about = heard.iter().filter(|one| one.json()["data"]["article_id"] == article);
        types(&about.cloned().collect::<Vec<_>>())
    };
    assert_eq!(of(&heard, &first.article), ["article.published"], "the second waits for the first");
    assert_eq!(of(&heard, &second.article), ["article.published"]);

    receiver.says(204);
    desk.app.pass(60);
    desk.app.deliver().await;
    let again = receiver.take();
    assert_eq!(of(&again, &first.article), ["article.published", "article.updated"]);
    let name = |one: &Heard| one.header("webhook-id").unwrap().to_owned();
    let then = heard.iter().find(|one| one.json()["data"]["article_id"] == first.article).unwrap();
    assert_eq!((name(then), &then.body), (name(&again[0]), &again[0].body), "the same message under the same id");
    let log = admin.all(&format!("{}/deliveries", path(&hook))).await;
    assert!(
        log.iter().all(|one| one["state"] == "delivered" && one["status"] == 204 || one["attempts"] == 1),
        "{log:?}"
    );
}

#[actix_web::test]
async fn a_receiver_that_fails_every_other_time_gets_everything_in_order() {
    let (desk, admin, receiver) = office().await;
    hook(&admin, &receiver.url("/")).await;
    let calls = AtomicUsize::new(0);
    receiver.answers(move |_| ([500, 200][calls.fetch_add(1, Ordering::SeqCst) % 2], String::new()));
    let mut editions = Vec::new();
    for _ in 0..4 {
        editions.push(desk.story(desk.draft()).await);
    }
    for (number, edition) in editions.iter().enumerate() {
        desk.update(edition, text(&format!("Bản hai {number}"), "Tin khác hẳn.")).await;
        desk.withdraw(edition, "").await;
    }

    // What was sent is what every second answer took; all others came again.
    let mut sent: Vec<Heard> = Vec::new();
    for _ in 0..40 {
        desk.app.deliver().await;
        sent.extend(receiver.take());
        desk.app.pass(3_600);
    }

    let mut first: HashMap<String, Vec<(i64, String)>> = HashMap::new();
    for one in &sent {
        let body = one.json();
        let of = first.entry(body["data"]["article_id"].as_str().unwrap().to_owned()).or_default();
        let (seq, id) = (body["data"]["seq"].as_i64().unwrap(), one.header("webhook-id").unwrap().to_owned());
        if !of.contains(&(seq, id.clone())) {
            of.push((seq, id));
        }
    }
    assert_eq!(first.len(), editions.len());
    for of in first.values() {
        assert!(of.len() == 3 && of.is_sorted(), "{of:?}");
    }
    assert!(desk.app.query("SELECT body FROM delivery WHERE state <> 'delivered'").await.is_empty());
}

#[actix_web::test]
async fn what_was_being_sent_when_a_process_died_is_sent_by_the_next() {
    let (desk, admin, receiver) = office().await;
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let hook = hook(&admin, &format!("http://{}/", silent.local_addr().unwrap())).await;
    desk.story(desk.draft()).await;
    while outbox::follow(&desk.app.app).await.unwrap() {}
    let id = webhook::due(&desk.app.app).await.unwrap()[0];
    tokio::select! {
        _ = webhook::send(&desk.app.app, id) => panic!("nobody answers"),
        _ = silent.accept() => {}
    }

    let next = desk.app.again_given(Given { outbound: Networks::parse("127.0.0.1/32").unwrap(), ..Given::default() });
    let next = next.await;
    let etag = admin.get(&path(&hook)).await.etag();
    admin.patch(&path(&hook), &etag, &json!({"url": receiver.url("/")})).await.is(200);
    next.deliver().await;
    assert!(receiver.take().is_empty(), "it may be under way still");
    next.pass(181);
    next.deliver().await;
    assert_eq!(types(&receiver.take()), ["article.published"]);
}

#[actix_web::test]
async fn two_processes_that_follow_the_same_events_write_each_message_once() {
    let (desk, admin, receiver) = office().await;
    hook(&admin, &receiver.url("/")).await;
    let other = desk.app.again_given(Given { outbound: Networks::parse("127.0.0.1/32").unwrap(), ..Given::default() });
    let other = other.await;
    for _ in 0..3 {
        desk.story(desk.draft()).await;
    }

    let (one, two) = tokio::join!(outbox::follow(&desk.app.app), outbox::follow(&other.app));
    one.unwrap();
    two.unwrap();
    tokio::join!(desk.app.deliver(), other.deliver());

    assert_eq!(receiver.take().len(), 3);
}

#[actix_web::test]
async fn a_secret_is_told_once_and_lies_nowhere() {
    let (desk, admin, receiver) = office().await;
    let body = json!({"url": receiver.url("/")});
    let key = [("idempotency-key", "mot")];
    let made = admin.write(Method::POST, "/api/v1/webhooks", &key, &body).await.is(201);
    let hook = made.json();
    let again = admin.write(Method::POST, "/api/v1/webhooks", &key, &body).await.is(201);
    assert_eq!(again.body, made.body, "whoever lost the answer gets it again");

    let secret = hook["secret"].as_str().unwrap();
    assert!(secret.starts_with("whsec_") && secret.len() == 50, "{secret}");
    let shown = admin.get(&path(&hook)).await.is(200);
    let listed = admin.get("/api/v1/webhooks").await.is(200);
    for text in [shown.text(), listed.text(), &desk.app.all_rows().await] {
        assert!(!text.contains(&secret["whsec_".len()..]));
    }
    let other = self::hook(&admin, &receiver.url("/")).await;
    assert_ne!(other["secret"], hook["secret"]);
}

#[actix_web::test]
async fn for_a_while_the_old_secret_signs_beside_the_new_one() {
    let (desk, admin, receiver) = office().await;
    let hook = hook(&admin, &receiver.url("/")).await;
    let etag = admin.get(&path(&hook)).await.etag();
    let rotate = format!("{}/secret", path(&hook));
    admin.write(Method::POST, &rotate, &[], &json!({})).await.is_problem(428, "precondition-required");
    let too_long = json!({"overlap_seconds": 604_801});
    let answer = admin.write(Method::POST, &rotate, &[("if-match", &etag)], &too_long).await;
    answer.is_problem(422, "invalid").names("/overlap_seconds", "out-of-range");
    let body = json!({"overlap_seconds": 3_600});
    let new = admin.write(Method::POST, &rotate, &[("if-match", &etag)], &body).await.is(200).json();
    assert_ne!(new["secret"], hook["secret"]);

    desk.story(desk.draft()).await;
    desk.app.deliver().await;
    let heard = receiver.take();
    assert!(is_signed(&heard[0], &new["secret"]) && is_signed(&heard[0], &hook["secret"]));

    desk.app.pass(3_600);
    let desk = Desk::of(&desk.app).await;
    desk.story(desk.draft()).await;
    desk.app.deliver().await;
    let heard = receiver.take();
    assert!(is_signed(&heard[0], &new["secret"]) && !is_signed(&heard[0], &hook["secret"]));
}

#[actix_web::test]
async fn publishing_never_waits_for_a_receiver() {
    let (desk, admin, _) = office().await;
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    hook(&admin, &format!("http://{}/", silent.local_addr().unwrap())).await;
    desk.story(desk.draft()).await;
    while outbox::follow(&desk.app.app).await.unwrap() {}
    let id = webhook::due(&desk.app.app).await.unwrap()[0];
    tokio::select! {
        _ = webhook::send(&desk.app.app, id) => panic!("nobody answers"),
        (edition, _) = async { let held = silent.accept().await.unwrap(); (desk.story(desk.draft()).await, held) } => {
            edition.public().await.is(200);
        }
    }
}

#[actix_web::test]
async fn only_addresses_of_the_world_are_taken_and_only_encrypted() {
    let app = TestApp::new().await;
    let admin = app.account("admin").sign_in().await;
    let canary = Receiver::new().await;
    for (url, code) in [
        ("https://127.0.0.1:PORT/", "not-of-the-world"),
        ("https://2130706433:PORT/", "not-of-the-world"),
        ("https://0x7f.1:PORT/", "not-of-the-world"),
        ("https://localhost:PORT/", "not-of-the-world"),
        ("https://[::ffff:127.0.0.1]:PORT/", "not-of-the-world"),
        ("https://[64:ff9b::7f00:1]:PORT/", "not-of-the-world"),
        ("https://169.254.169.254/", "not-of-the-world"),
        ("https://user:pass@portal.example/", "bad-url"),
        ("https://portal.example:22/", "bad-url"),
        ("file:///etc/passwd", "bad-url"),
        ("portal.example", "bad-url"),
        ("", "bad-url"),
        ("http://portal.example/", "not-encrypted"),
        (&format!("https://portal.example/{}", "a".repeat(1_024)), "too-large"),
    ] {
        let url = url.replace("PORT", &canary.port().to_string());
        let answer = admin.post("/api/v1/webhooks", &json!({"url": url})).await;
        answer.is_problem(422, "invalid").names("/url", code);
    }
    admin.post("/api/v1/webhooks", &json!({"url": "https://portal.example/hook"})).await.is(201);
    assert!(canary.take().is_empty());
    let wrong = json!({"url": "https://a.example/", "types": ["article.read", "article.stale", "article.stale"], "locales": ["xx"]});
    let answer = admin.post("/api/v1/webhooks", &wrong).await.is_problem(422, "invalid");
    answer.names("/types/0", "not-one-of").names("/types/2", "duplicate").names("/locales/0", "unknown");
}

#[actix_web::test]
async fn an_address_that_an_operator_allows_no_more_is_not_called() {
    let (desk, admin, receiver) = office().await;
    let hook = hook(&admin, &receiver.url("/")).await;
    desk.story(desk.draft()).await;
    while outbox::follow(&desk.app.app).await.unwrap() {}

    desk.app.again().await.deliver().await;

    assert!(receiver.take().is_empty());
    let log = admin.all(&format!("{}/deliveries", path(&hook))).await;
    assert_eq!((&log[0]["state"], &log[0]["problem"]), (&json!("waiting"), &json!("inside")));
}

#[actix_web::test]
async fn there_is_an_end_to_webhooks() {
    let app = TestApp::new().await;
    let admin = app.account("admin").sign_in().await;
    for number in 0..50 {
        hook(&admin, &format!("https://portal.example/{number}")).await;
    }
    let answer = admin.post("/api/v1/webhooks", &json!({"url": "https://portal.example/"})).await;
    answer.is_problem(422, "invalid").names("", "too-many");
}
