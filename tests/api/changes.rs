//! Following: who keeps a copy by the changes alone comes to what the manifest says.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::support::{Desk, Edition, TestApp, text};

/// What a follower knows: the version of each guid that is public, and up to where it has read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Copy {
    public: BTreeMap<String, u64>,
    since: i64,
}

impl Copy {
    fn learn(&mut self, change: &Value) {
        let seq = change["seq"].as_i64().unwrap();
        assert_eq!(seq, self.since + 1, "a gap, or the same change twice: {change}");
        self.since = seq;
        let guid = change["guid"].as_str().unwrap().to_owned();
        match change["type"].as_str().unwrap() {
            "published" | "updated" | "corrected" | "restored" => {
                self.public.insert(guid, change["version"].as_u64().unwrap());
            }
            "withdrawn" | "retracted" => {
                self.public.remove(&guid).expect("what is taken down was public");
            }
            "stale" => assert!(self.public.contains_key(&guid), "{change}"),
            other => panic!("{other}"),
        }
    }

    /// Reads on to the end, in pages of a size.
    async fn follow(mut self, app: &TestApp, limit: usize) -> Self {
        loop {
            let path = format!("/api/v1/content/changes?since={}&limit={limit}", self.since);
            let page = app.get(&path).await.is(200).json();
            let items = page["items"].as_array().unwrap();
            assert!(items.len() <= limit);
            items.iter().for_each(|change| self.learn(change));
            assert_eq!(page["next_since"], self.since);
            if page["has_more"] == false {
                return self;
            }
            assert_eq!(items.len(), limit, "more is said to follow than a page that is not full");
        }
    }
}

async fn manifest(app: &TestApp) -> BTreeMap<String, u64> {
    let lines = app.stranger().all("/api/v1/content/manifest").await;
    lines.iter().map(|line| (line["guid"].as_str().unwrap().to_owned(), line["version"].as_u64().unwrap())).collect()
}

/// A sequence that is the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, many: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % many
    }
}

/// What became of an edition so far.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Now {
    Nothing,
    Public,
    Down,
}

/// One act of publication somewhere; the source comes before its translation.
async fn act(desk: &Desk, dice: &mut Dice, editions: &mut [(Edition, Now)], number: usize) {
    desk.app.pass(dice.below(3) as u64 * 30);
    let at = dice.below(editions.len());
    let source_is_public = editions[at - at % 2].1 == Now::Public;
    let (edition, now) = &mut editions[at];
    let body = text(&format!("Ban {number}"), &format!("So {number}."));
    match now {
        Now::Nothing if edition.locale == "vi" => {
            desk.publish(edition).await;
            *now = Now::Public;
        }
        Now::Nothing if source_is_public => {
            desk.translation(edition, "en", body).await;
            *now = Now::Public;
        }
        Now::Public if dice.below(4) == 0 => {
            desk.withdraw(edition, "Số liệu sai.").await;
            *now = Now::Down;
        }
        Now::Public if dice.below(2) == 0 => desk.correct(edition, body, "Sửa số.").await,
        Now::Public => desk.update(edition, body).await,
        Now::Nothing | Now::Down => {}
    }
}

#[actix_web::test]
async fn from_any_number_on_the_changes_lead_to_what_the_manifest_says() {
    for seed in [1, 2] {
        let desk = Desk::new().await;
        let mut dice = Dice(seed);
        let mut editions = Vec::new();
        for _ in 0..4 {
            let source = desk.draft().begin().await;
            editions.push((source.clone(), Now::Nothing));
            editions.push((source.in_locale("en"), Now::Nothing));
        }
        let mut copies = vec![Copy::default()];

        for number in 0..24 {
            act(&desk, &mut dice, &mut editions, number).await;
            let last = copies.last().unwrap().clone();
            let next = last.follow(&desk.app, 1 + dice.below(3)).await;
            assert_eq!(next.public, manifest(&desk.app).await, "seed {seed}, act {number}");
            copies.push(next);
        }

        let end = copies.last().unwrap().clone();
        assert!(end.since > 10 && editions.iter().any(|(_, now)| *now == Now::Down), "seed {seed} does too little");
        let other = desk.app.again().await;
        for (number, copy) in copies.into_iter().enumerate() {
            let limit = [1, 2, 7, 100][number % 4];
            assert_eq!(copy.clone().follow(&desk.app, limit).await, end, "seed {seed} from {}", copy.since);
            assert_eq!(copy.follow(&other, 100).await, end);
        }
    }
}

#[actix_web::test]
async fn a_change_says_what_happened_to_which_edition_and_no_more() {
    let desk = Desk::new().await;
    let source = desk.story(desk.draft()).await;
    let translation = desk.translation(&source, "en", text("Tuna", "Tuna.")).await;
    desk.app.pass(60);
    desk.update(&source, text("Bản hai", "Hai.")).await;
    desk.correct(&source, text("Bản ba", "Ba."), "Sửa số.").await;
    desk.app.pass(60);
    desk.withdraw(&translation, "Wrong figure.").await;
    let (first, second) = (source.public().await.json()["guid"].clone(), &translation.article);

    let page = desk.app.get("/api/v1/content/changes").await.is(200).json();

    let line = |seq: i64, kind: &str, edition: &Edition, version: u32, minute: u32| {
        let guid = first.as_str().unwrap().replace(":vi", &format!(":{}", edition.locale));
        let at = format!("2026-11-22T02:0{minute}:00Z");
        json!({"seq": seq, "type": kind, "article_id": second, "locale": edition.locale, "guid": guid,
            "version": version, "at": at})
    };
    let mut expected = vec![
        line(1, "published", &source, 1, 0),
        line(2, "published", &translation, 1, 0),
        line(3, "updated", &source, 2, 1),
        line(4, "stale", &translation, 1, 1),
        line(5, "corrected", &source, 3, 1),
        line(6, "withdrawn", &translation, 1, 2),
    ];
    expected[4]["note"] = "Sửa số.".into();
    expected[5]["note"] = "Wrong figure.".into();
    assert_eq!(page, json!({"items": expected, "next_since": 6, "has_more": false}));
    let beyond = desk.app.get("/api/v1/content/changes?since=900").await.is(200).json();
    assert_eq!(beyond, json!({"items": [], "next_since": 900, "has_more": false}));
}
