//! Whatever is done with some editions, in whatever order: every feed stays valid and in order and says what the
//! changes say, and who only follows the changes has what the manifest lists.

use std::collections::BTreeMap;

use atom_syndication::Feed;
use proptest::{
    prelude::*,
    sample::select,
    test_runner::{Config, RngSeed, TestRunner},
};
use serde_json::{Value, json};

use super::{channel, entries};
use crate::support::{Answer, Desk, Edition, TestApp, text};

#[derive(Clone, Copy, Debug)]
enum Deed {
    Publish,
    Correct,
    Withdraw,
    Retract,
    Restore,
    Wait,
}

/// Deeds, each on one of the editions of three articles in two languages.
fn deeds() -> impl Strategy<Value = Vec<(usize, Deed)>> {
    use Deed::{Correct, Publish, Restore, Retract, Wait, Withdraw};
    let deed = select(vec![Publish, Publish, Publish, Correct, Withdraw, Retract, Restore, Restore, Wait]);
    prop::collection::vec((0..6_usize, deed), 8..20)
}

/// Does it where it can be done; what cannot be is refused, and changes nothing.
async fn do_one(desk: &Desk, edition: &Edition, deed: Deed, turn: usize) {
    let note = format!("Ghi chú {turn} & <b>");
    let body = text(&format!("Bản {turn} <&> ]]>"), &format!("Đoạn {turn}."));
    let post = async |below: &str, body: Value| desk.publisher.post(&edition.path(below), &body).await;
    let answer: Option<Answer> = match deed {
        Deed::Publish | Deed::Correct => {
            let saved = if edition.get(desk.writer(edition)).await.status == 404 {
                edition.translate(desk.writer(edition), body).await
            } else {
                edition.save(desk.writer(edition), body).await
            };
            assert!(saved.status < 500, "{}", saved.text());
            if saved.status < 300 {
                desk.approve(edition).await;
                Some(match deed {
                    Deed::Correct => edition.correct(&desk.publisher, &note).await,
                    _ => edition.publish(&desk.publisher).await,
                })
            } else {
                None
            }
        }
        Deed::Withdraw => Some(post("withdraw", json!({"reason": "wrong_figure", "note": note})).await),
        Deed::Retract => Some(post("retract", json!({"reason": "factual_error", "note": note})).await),
        Deed::Restore => Some(post("restore", json!({})).await),
        Deed::Wait => None,
    };
    if let Some(answer) = answer {
        assert!(answer.status < 500, "{deed:?}: {}", answer.text());
    }
}

/// What who only follows the changes has of each edition.
async fn followed(app: &TestApp) -> BTreeMap<String, (u64, bool, String)> {
    let mut copy = BTreeMap::new();
    let mut since = 0;
    loop {
        let page = app.get(&format!("/api/v1/content/changes?since={since}&limit=3")).await.is(200).json();
        for change in page["items"].as_array().unwrap() {
            assert!(change["seq"].as_i64().unwrap() > since);
            let is_public = !matches!(change["type"].as_str().unwrap(), "withdrawn" | "retracted");
            let (version, note) = (change["version"].as_u64().unwrap(), change["note"].as_str().unwrap_or_default());
            if matches!(change["type"].as_str().unwrap(), "stale" | "fresh") {
                continue;
            }
            copy.insert(change["guid"].as_str().unwrap().to_owned(), (version, is_public, note.to_owned()));
        }
        since = page["next_since"].as_i64().unwrap();
        if page["has_more"] == false {
            return copy;
        }
    }
}

/// What the manifest lists.
async fn listed(app: &TestApp) -> BTreeMap<String, u64> {
    let lines = app.stranger().all("/api/v1/content/manifest").await;
    lines.iter().map(|line| (line["guid"].as_str().unwrap().to_owned(), line["version"].as_u64().unwrap())).collect()
}

async fn holds(app: &TestApp) {
    let copy = followed(app).await;
    let public: BTreeMap<String, u64> = copy
        .iter()
        .filter(|(_, (_, is_public, _))| *is_public)
        .map(|(guid, (version, ..))| (guid.clone(), *version))
        .collect();
    assert_eq!(public, listed(app).await, "who follows the changes has what the manifest lists");
    for locale in ["vi", "en"] {
        for scope in ["all", "topics/kinh-te", "kinds/news", "agencies/bao"] {
            consistent(app, &format!("/feeds/{locale}/{scope}"), &format!(":{locale}"), &copy).await;
        }
    }
}

async fn consistent(app: &TestApp, feed: &str, suffix: &str, copy: &BTreeMap<String, (u64, bool, String)>) {
    let places = entries(app, feed).await;
    let ids: Vec<&str> = places.iter().map(|place| place["id"].as_str().unwrap()).collect();
    let dates: Vec<&str> = places.iter().map(|place| place["date_published"].as_str().unwrap()).collect();
    assert!(dates.is_sorted_by(|a, b| a >= b), "{feed}: {dates:?}");
    let wanted: Vec<&String> = copy.keys().filter(|guid| guid.ends_with(suffix)).collect();
    assert_eq!(ids.len(), wanted.len(), "{feed}: {ids:?}, not {wanted:?}");
    for place in &places {
        let (version, is_public, note) = &copy[place["id"].as_str().unwrap()];
        let ours = &place["_lantoa"];
        assert_eq!((ours["version"].as_u64(), ours["status"] == "published"), (Some(*version), *is_public), "{feed}");
        if !is_public {
            assert_eq!(ours["note"].as_str(), Some(note.as_str()), "{feed}");
        }
    }
    let rss = app.get(&format!("{feed}.rss")).await.is(200);
    let atom = app.get(&format!("{feed}.atom")).await.is(200);
    let ninjs = app.get(&format!("{feed}.ninjs.json")).await.is(200).json();
    let read = Feed::read_from(&atom.body[..]).unwrap();
    assert_eq!(channel(&rss).items().iter().map(|item| item.guid().unwrap().value()).collect::<Vec<_>>(), ids);
    assert_eq!(read.entries().iter().map(|entry| entry.id()).collect::<Vec<_>>(), ids);
    let news = ninjs["associations"].as_array().map(Vec::as_slice).unwrap_or_default();
    assert_eq!(news.iter().map(|one| one["uri"].as_str().unwrap()).collect::<Vec<_>>(), ids);
    for (one, place) in news.iter().zip(&places) {
        let is_public = place["_lantoa"]["status"] == "published";
        assert_eq!(one["pubStatus"], if is_public { "usable" } else { "canceled" });
        let stone = format!("<at:deleted-entry ref=\"{}\"", place["id"].as_str().unwrap());
        assert_eq!(atom.text().contains(&stone), !is_public, "{feed}");
    }
}

#[test]
fn any_sequence_leaves_feeds_valid_in_order_and_as_the_changes_say() {
    let number = |name: &str, usual: u64| std::env::var(name).map_or(usual, |raw| raw.parse().unwrap());
    let seed = RngSeed::Fixed(number("LANTOA_TEST_SEED", 20_261_122));
    let cases = u32::try_from(number("LANTOA_TEST_SEQUENCES", 200)).unwrap().div_ceil(25);
    let config = Config { cases, rng_seed: seed, failure_persistence: None, max_shrink_iters: 20, ..Config::default() };
    TestRunner::new(config)
        .run(&deeds(), |deeds| {
            actix_web::rt::System::new().block_on(async {
                let mut desk = Desk::new().await;
                let mut editions = Vec::new();
                for _ in 0..3 {
                    let source = desk.story(desk.draft()).await;
                    editions.extend([source.clone(), source.in_locale("en")]);
                }
                for (turn, (at, deed)) in deeds.into_iter().enumerate() {
                    desk.app.pass(1);
                    if matches!(deed, Deed::Wait) {
                        // Nobody is signed in for days.
                        desk.app.pass(86_400);
                        desk = Desk::of(&desk.app).await;
                    }
                    do_one(&desk, &editions[at], deed, turn).await;
                    if turn % 3 == 0 {
                        holds(&desk.app).await;
                    }
                }
                holds(&desk.app).await;
                assert_eq!(desk.app.sweep().await, []);
            });
            Ok(())
        })
        .unwrap();
}
