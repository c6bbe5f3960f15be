//! Addresses that lead inside, against both who call others: the hub and webhooks. Whatever is named, and whoever
//! answers for a name or leads on from there, the canary is never called.

use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use lantoa::{kernel::Networks, outbound::Resolve};
use serde_json::{Value, json};

use crate::{
    hub::{ask, feed},
    support::{Client, Desk, Given, Receiver, TestApp},
};

/// Addresses of this machine, of its network, of a cloud's metadata, and of nobody, in shapes that a check of texts
/// overlooks. `PORT` is where the canary listens.
const SHAPES: [&str; 38] = [
    "127.0.0.1:PORT/",
    "127.1:PORT/",
    "127.0.1:PORT/",
    "127.255.255.254:PORT/",
    "2130706433:PORT/",
    "0x7f000001:PORT/",
    "0x7f.0.0.1:PORT/",
    "0x7f.1:PORT/",
    "017700000001:PORT/",
    "0177.0.0.1:PORT/",
    "127.0.0.1.:PORT/",
    "%31%32%37.0.0.1:PORT/",
    "１２７.０.０.１:PORT/",
    "127。0。0。1:PORT/",
    "0.0.0.0:PORT/",
    "0:PORT/",
    "localhost:PORT/",
    "LOCALHOST.:PORT/",
    "a.localhost:PORT/",
    "[::1]:PORT/",
    "[0:0:0:0:0:0:0:1]:PORT/",
    "[::]:PORT/",
    "[::ffff:127.0.0.1]:PORT/",
    "[::ffff:7f00:1]:PORT/",
    "[::127.0.0.1]:PORT/",
    "[64:ff9b::127.0.0.1]:PORT/",
    "[2002:7f00:1::]:PORT/",
    "[fe80::1]:PORT/",
    "[fc00::1]:PORT/",
    "[fd00:ec2::254]/latest/meta-data/",
    "10.0.0.1:PORT/",
    "172.16.0.1:PORT/",
    "192.168.0.1:PORT/",
    "100.64.0.1:PORT/",
    "169.254.169.254/latest/meta-data/",
    "[::ffff:169.254.169.254]/latest/meta-data/",
    "example.org@127.0.0.1:PORT/",
    "example.org\\@127.0.0.1:PORT/",
];

/// What names lead to, each in its turn; the last holds.
fn names<const N: usize>(table: [(&'static str, &'static [&'static [&'static str]]); N]) -> Resolve {
    let (table, asked) = (HashMap::from(table), Mutex::new(HashMap::<String, usize>::new()));
    Arc::new(move |name, port| {
        let turns = table[name.as_str()];
        let mut asked = asked.lock().unwrap();
        let turn = asked.entry(name).or_default();
        let found: Vec<_> =
            turns[(*turn).min(turns.len() - 1)].iter().map(|at| SocketAddr::new(at.parse().unwrap(), port)).collect();
        *turn += 1;
        Box::pin(async move { Ok(found) })
    })
}

async fn office(allowed: &str, names: Option<Resolve>) -> (Desk, Client) {
    let outbound = if allowed.is_empty() { Networks::default() } else { Networks::parse(allowed).unwrap() };
    let app = TestApp::given(Given { outbound, names, ..Given::default() }).await;
    let admin = app.account("admin").sign_in().await;
    (Desk::of(&app).await, admin)
}

impl TestApp {
    /// Does all that the hub and webhooks have to do, now and after some time.
    async fn call_everybody(&self) {
        for _ in 0..3 {
            self.run_hub().await;
            self.deliver().await;
            self.pass(700);
        }
    }
}

/// The messages to all webhooks.
async fn messages(admin: &Client) -> Vec<Value> {
    let mut all = Vec::new();
    for hook in admin.all("/api/v1/webhooks").await {
        all.extend(admin.all(&format!("/api/v1/webhooks/{}/deliveries", hook["id"].as_str().unwrap())).await);
    }
    all
}

async fn subscribe(app: &TestApp, callback: &str) {
    let topic = feed("vi/all.rss");
    ask(app, &[("hub.mode", "subscribe"), ("hub.callback", callback), ("hub.topic", &topic)]).await.is(202);
}

#[actix_web::test]
async fn no_shape_of_an_address_inside_is_taken_by_the_hub_or_for_a_webhook() {
    let (desk, admin) = office("", None).await;
    let canary = Receiver::new().await;
    let topic = feed("vi/all.rss");
    for shape in SHAPES {
        let rest = shape.replace("PORT", &canary.port().to_string());
        let hook = json!({"url": format!("https://{rest}")});
        admin.post("/api/v1/webhooks", &hook).await.is_problem(422, "invalid");
        let callback = format!("http://{rest}");
        let asked = [("hub.mode", "subscribe"), ("hub.callback", callback.as_str()), ("hub.topic", topic.as_str())];
        let answer = ask(&desk.app, &asked).await.is_problem(422, "invalid");
        let fault = &answer.json()["errors"][0];
        assert!(fault["code"] == "not-of-the-world" || fault["code"] == "bad-url", "{shape}: {fault}");
    }

    desk.story(desk.draft()).await;
    desk.app.call_everybody().await;

    assert!(canary.take().is_empty());
}

#[actix_web::test]
async fn a_name_that_leads_inside_is_called_neither_by_the_hub_nor_by_a_webhook() {
    const NAMES: [(&str, &[&[&str]]); 8] = [
        ("a.example", &[&["127.0.0.1"]]),
        ("b.example", &[&["::1"]]),
        ("c.example", &[&["::ffff:127.0.0.1"]]),
        ("d.example", &[&["64:ff9b::7f00:1"]]),
        ("e.example", &[&["169.254.169.254"]]),
        ("f.example", &[&["10.0.0.1"]]),
        ("g.example", &[&["8.8.8.8", "127.0.0.1"]]),
        ("h.example", &[&["127.0.0.1", "8.8.8.8"]]),
    ];
    let (desk, admin) = office("", Some(names(NAMES))).await;
    let canary = Receiver::new().await;
    for (name, _) in NAMES {
        let rest = format!("{name}:{}/", canary.port());
        admin.post("/api/v1/webhooks", &json!({"url": format!("https://{rest}")})).await.is(201);
        subscribe(&desk.app, &format!("http://{rest}")).await;
    }

    desk.story(desk.draft()).await;
    desk.app.call_everybody().await;

    assert!(canary.take().is_empty());
    let told = messages(&admin.after(0)).await;
    assert_eq!(told.len(), NAMES.len());
    assert!(told.iter().all(|one| one["problem"] == "inside" && one["state"] == "waiting"), "{told:#?}");
    assert!(desk.app.query("SELECT callback FROM hub_subscription").await.is_empty());
}

#[actix_web::test]
async fn a_name_that_was_good_and_leads_inside_by_the_time_of_sending_is_not_called() {
    const TURNS: &[&[&str]] = &[&["127.0.0.1"], &["127.0.0.2"]];
    let names = names([("rebound.example", TURNS), ("hook.example", TURNS)]);
    let (desk, admin) = office("127.0.0.1/32", Some(names)).await;
    let good = Receiver::new().await;
    let canary = Receiver::at(&format!("127.0.0.2:{}", good.port())).await;
    admin.post("/api/v1/webhooks", &json!({"url": format!("http://hook.example:{}/", good.port())})).await.is(201);
    subscribe(&desk.app, &format!("http://rebound.example:{}/", good.port())).await;
    desk.app.run_hub().await;
    desk.story(desk.draft()).await;
    desk.app.deliver().await;
    assert_eq!(good.take().len(), 2, "the question of the hub and the first message");

    desk.story(desk.draft()).await;
    desk.app.call_everybody().await;

    assert!(canary.take().is_empty() && good.take().is_empty());
    let told = messages(&admin.after(0)).await;
    assert_eq!(told.iter().filter(|one| one["problem"] == "inside").count(), 1, "{told:#?}");
}

#[actix_web::test]
async fn nobody_is_led_on_from_a_receiver_to_anywhere() {
    let (desk, admin) = office("127.0.0.1/32", None).await;
    let canary = Receiver::new().await;
    let (hook, asked, sent) = (Receiver::new().await, Receiver::new().await, Receiver::new().await);
    subscribe(&desk.app, &sent.url("/")).await;
    desk.app.run_hub().await;
    sent.take();
    for one in [&hook, &asked, &sent] {
        one.leads_to(307, &canary.url("/"));
    }
    admin.post("/api/v1/webhooks", &json!({"url": hook.url("/")})).await.is(201);
    subscribe(&desk.app, &asked.url("/")).await;

    desk.story(desk.draft()).await;
    desk.app.call_everybody().await;

    assert!(canary.take().is_empty());
    assert!([&hook, &asked, &sent].iter().all(|one| !one.take().is_empty()));
    let told = messages(&admin.after(0)).await;
    assert_eq!((&told[0]["status"], &told[0]["state"]), (&json!(307), &json!("waiting")));
    assert_eq!(desk.app.query("SELECT callback FROM hub_subscription").await.len(), 1, "the other was not confirmed");
}
