//! Every feed is read each night by readers of others' making, and what they found last stays known.

use lantoa::service::validity::{self, FeedCheck};
use serde_json::json;

use crate::support::Desk;

#[actix_web::test]
async fn every_feed_that_is_served_is_read_and_none_twice_a_night() {
    let desk = Desk::new().await;
    desk.one_of_each_kind().await;
    let gone = desk.story(desk.draft().with("title", "a]]>b &amp; <c>")).await;
    desk.withdraw(&gone, "5 < 3 & ]]>").await;
    let app = &desk.app;

    let found = validity::nightly(&app.app).await.unwrap().expect("it was never done");

    let faults: Vec<_> = found.iter().filter(|one| one.fault.is_some() || one.clean_at != Some(one.at)).collect();
    assert!(faults.is_empty(), "{faults:#?}");
    let index = app.stranger().get_with("/feeds", &[("accept", "application/json")]).await.is(200).json();
    let mut missed = Vec::new();
    for feed in index["items"].as_array().unwrap() {
        for format in ["json_url", "rss_url", "atom_url", "ninjs_url"] {
            let url = feed[format].as_str().unwrap();
            missed.extend((!found.iter().any(|one| url.ends_with(&one.path))).then(|| url.to_owned()));
        }
    }
    assert_eq!(missed, Vec::<String>::new());
    let calendars = found.iter().filter(|one| one.path.ends_with("/events.ics")).count();
    assert_eq!(found.len(), index["items"].as_array().unwrap().len() * 4 + calendars);
    assert!(calendars >= 10, "{calendars}");
    assert_eq!(validity::nightly(&app.app).await.unwrap(), None, "once a night is enough");
    app.pass(24 * 3600);
    assert!(validity::nightly(&app.app).await.unwrap().is_some(), "the next night it is done again");
    assert_eq!(app.sweep().await, []);
}

#[actix_web::test]
async fn a_feed_that_is_unclean_says_when_it_was_clean_last() {
    let desk = Desk::new().await;
    desk.story(desk.draft()).await;
    let app = &desk.app;
    let clean = validity::look(&app.app).await.unwrap();
    let at = clean[0].at;
    app.pass(3600);
    let path = clean[0].path.clone();
    let spoilt = |one: &FeedCheck| FeedCheck {
        at: app.clock.now(),
        fault: (one.path == path).then(|| "feed_rs: no feed".to_owned()),
        ..one.clone()
    };

    validity::keep(&app.app, &clean.iter().map(spoilt).collect::<Vec<_>>()).await.unwrap();

    let rows = app.query("SELECT path, fault FROM feed_check WHERE fault IS NOT NULL").await;
    assert_eq!(rows, [json!({"path": path, "fault": "feed_rs: no feed"})]);
    let again = validity::look(&app.app).await.unwrap();
    assert!(again.iter().all(|one| one.clean_at == Some(one.at)), "it is clean now");
    let other = again.iter().find(|one| one.path == path).unwrap();
    assert!(other.at > at);
}
