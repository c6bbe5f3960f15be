//! The demonstration, from the command to what a visitor sees.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::support::{Client, Installation, Process, anybody, sign_in};

const WORD: &str = "cửa sông xanh 41 thuyền";
const ADMIN: &str = "tri.vien@lamhai.example";
const LOCALES: [&str; 10] = ["vi", "en", "fr", "zh-Hans", "ja", "ko", "ru", "es", "lo", "km"];

fn installation() -> Installation {
    Installation::new().with("LANTOA_DEMO_PASSWORD", WORD)
}

async fn ready(installation: &Installation) -> Process {
    let mut demo = installation.start(&["demo"]);
    demo.ready().await;
    demo
}

/// Everything that a visitor can fetch, and the states of all editions as an auditor sees them.
async fn seen(url: &str) -> (Vec<Value>, BTreeMap<String, usize>) {
    for locale in LOCALES {
        let feed = anybody(url).get(&format!("/feeds/{locale}/all.json")).await.is(200);
        assert!(!feed.body["items"].as_array().unwrap().is_empty(), "{locale}");
        let rss = anybody(url).get(&format!("/feeds/{locale}/all.rss")).await.is(200);
        assert!(rss.text.contains("<item>"), "{locale}");
    }
    for page in ["/vi", "/feeds", "/docs/", "/openapi.json"] {
        anybody(url).get(page).await.is(200);
    }
    let mut lines = anybody(url).all("/api/v1/content/manifest").await;
    // The server's own address has another port at each start.
    for line in &mut lines {
        line["url"] = Value::Null;
    }
    let auditor = sign_in(url, "bich.thao@lamhai.example", WORD).await;
    let mut states = BTreeMap::new();
    for article in Client::of(url, &auditor).all("/api/v1/articles").await {
        for edition in article["editions"].as_array().unwrap() {
            *states.entry(edition["state"].as_str().unwrap().to_owned()).or_default() += 1;
            if edition["stale"] == true {
                *states.entry("stale".to_owned()).or_default() += 1;
            }
        }
    }
    (lines, states)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_is_made_once_shows_every_state_and_is_found_again() {
    let installation = installation();
    let demo = ready(&installation).await;
    let first = seen(&demo.url).await;
    let states = &first.1;
    assert!(states["draft"] >= 2 && states["published"] >= 20, "{states:?}");
    for state in ["in_review", "changes_requested", "withdrawn", "stale"] {
        assert!(states[state] >= 1, "{state} in {states:?}");
    }
    let said = installation.run(&["audit", "verify"]).await.fine();
    assert!(said.contains("intact"), "{said}");
    // Its clock goes on between any two readings, as a test's own does not.
    installation.run(&["doctor"]).await.fine();
    let said = demo.stop().await.out;
    assert!(said.contains(ADMIN) && said.contains("LANTOA_DEMO_PASSWORD") && !said.contains(WORD), "{said}");

    let mut again = installation.start(&["demo"]);
    again.says("Found the demonstration province").await;
    again.ready().await;
    assert_eq!(seen(&again.url).await, first);
    let said = again.stop().await;
    assert!(!said.err.contains("ERROR"), "{said:?}");

    let mut open = installation;
    open.set("LANTOA_LISTEN", "0.0.0.0:0");
    open.run(&["serve"]).await.refused(1, &["demonstration", &open.data().display().to_string()]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_while_it_is_made_it_is_whole_at_the_next_start() {
    let installation = installation();
    let mut halves = 0;
    for line in ["Preparing", "Articles published: 1 ", "Articles published: 5 "] {
        let mut demo = installation.start(&["demo"]);
        demo.says(line).await;
        halves += usize::from(!installation.data().join("demo-whole").exists());
        demo.kill();
    }
    assert_eq!(halves, 3, "it was whole before it was killed");

    let demo = ready(&installation).await;
    let (lines, states) = seen(&demo.url).await;
    assert_eq!(lines.len(), states["published"]);
    let said = installation.run(&["audit", "verify"]).await.fine();
    assert!(said.contains("intact"), "{said}");
    let password = demo.stop().await.out;
    assert!(password.contains(ADMIN), "{password}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_chosen_password_it_prints_one_that_lets_everybody_in() {
    let installation = Installation::new();
    let mut demo = ready(&installation).await;
    let password = demo.says("Accounts, all with the password ").await;
    let password = password.trim_end_matches(':').trim_matches(|c: char| !c.is_ascii_alphanumeric());
    let admin = sign_in(&demo.url, ADMIN, password).await;
    assert_eq!(Client::of(&demo.url, &admin).get("/api/v1/me").await.body["email"], ADMIN);
    let log = demo.said();
    demo.stop().await;
    assert!(!log.contains("ERROR"), "{log}");
}

#[tokio::test]
async fn it_is_shown_on_this_machine_alone_and_never_in_place_of_real_work() {
    let mut installation = installation();
    installation.set("LANTOA_LISTEN", "0.0.0.0:0");
    installation.run(&["demo"]).await.refused(78, &["LANTOA_LISTEN", "this machine only"]);
    installation.set("LANTOA_LISTEN", "127.0.0.1:0");
    installation.set("LANTOA_DEMO_PASSWORD", "short");
    installation.run(&["demo"]).await.refused(78, &["LANTOA_DEMO_PASSWORD"]);
    assert!(!installation.data().exists());

    installation.set("LANTOA_DEMO_PASSWORD", WORD);
    installation.run(&["migrate"]).await.fine();
    installation.run(&["demo"]).await.refused(1, &["holds other data", &installation.data().display().to_string()]);
    assert!(!installation.data().join("demo-begun").exists());
}
