//! What was done with an article in public is done here again, with its own dates and under its own notes.

use lantoa::{
    kernel::Timestamp,
    service::import::{OldAct, OldArticle, OldText, Outcome},
};

use super::{
    office::{Old, REASON, brought, edition, news, refusal},
    whole::{busy, seen, written},
};
use crate::support::{Edition, TestApp, text};

/// Another office, some days later.
async fn elsewhere() -> Old {
    of(TestApp::new().await).await
}

async fn of(app: TestApp) -> Old {
    app.pass(3_600 * 24 * 20);
    Old { admin: app.account("admin").sign_in().await, app }
}

fn lines(all: &[OldArticle]) -> Vec<String> {
    all.iter().map(|one| format!("{one:#?}")).collect()
}

/// Brings all of it in and says what came of it.
async fn bring(old: &Old, all: &[OldArticle]) {
    let outcomes = old.bring(Some(REASON), all).await;
    assert!(outcomes.iter().all(|one| matches!(one, Outcome::Done(_))), "{outcomes:?}");
}

#[actix_web::test]
async fn everything_that_was_done_in_public_comes_back_as_it_was_and_is_written_down_the_same() {
    let first = busy().await;
    assert_eq!(first.sweep().await, []);
    let before = written(&first).await;
    let acts: Vec<String> = acts(&before).into_iter().map(|act| act.act).collect();
    for act in ["publish", "update", "correct", "withdraw", "retract", "restore"] {
        assert!(acts.iter().any(|one| one == act), "{act}");
    }
    let other = elsewhere().await;

    bring(&other, &before).await;

    let (before, after) = (lines(&before), lines(&written(&other.app).await));
    for (one, two) in before.iter().zip(&after) {
        assert_eq!(one, two);
    }
    assert_eq!(before.len(), after.len());
    let (there, here) = (seen(&first).await, seen(&other.app).await);
    assert!(there.len() > 10 && there.iter().any(|one| one["status"] == 410));
    for (one, two) in there.iter().zip(&here) {
        assert_eq!(serde_json::to_string_pretty(one).unwrap(), serde_json::to_string_pretty(two).unwrap());
    }
    assert_eq!(there.len(), here.len());
    other.is_sound().await;
    // What was brought in lives on as what was made here.
    let author = other.app.account("author").sign_in().await;
    for one in other.app.query("SELECT article_id FROM live_item WHERE locale = 'vi'").await {
        let published = Edition::of(&other.app, one["article_id"].as_str().unwrap(), "vi");
        published.save(&author, text("Mới", "Viết ở đây.")).await.is(200);
        published.go_public(&author).await;
    }
    other.is_sound().await;
}

fn acts(all: &[OldArticle]) -> Vec<OldAct> {
    all.iter().flat_map(|one| &one.editions).flat_map(|one| one.history.clone()).collect()
}

pub fn act(act: &str, at: &str) -> OldAct {
    OldAct { act: act.into(), at: at.into(), note: String::new(), reason: None, text: OldText::default() }
}

fn body(words: &str) -> OldText {
    let body = (format!("<p>{words}</p>"), lantoa::service::edition::BodyFormat::Html);
    OldText { body: Some(body), ..OldText::default() }
}

/// News that was public, mended, taken down and public again.
fn eventful() -> OldArticle {
    let mut one = news("1", "Tàu về bến");
    one.editions[0].published_at = None;
    one.editions[0].history = vec![
        OldAct { text: body("Bốn tàu."), ..act("publish", "2014-05-01T00:00:00Z") },
        OldAct { note: "Năm tàu.".into(), ..act("correct", "2014-05-02T00:00:00Z") },
        OldAct {
            reason: Some("request".into()), note: "Tạm gỡ.".into(), ..act("withdraw", "2014-05-03T00:00:00Z")
        },
        act("restore", "2014-05-04T00:00:00Z"),
    ];
    one
}

#[actix_web::test]
async fn each_act_is_signed_today_and_says_when_it_was_done_and_readers_are_told_that() {
    let old = elsewhere().await;
    bring(&old, &[eventful()]).await;
    let now = old.app.clock.now().to_string();
    let id = old.article("Tàu về bến").await;

    let item = Edition::of(&old.app, &id, "vi").item().await;
    assert_eq!(item.published_at.to_string(), "2014-05-01T00:00:00Z");
    assert_eq!(item.updated_at.to_string(), "2014-05-04T00:00:00Z");
    let corrections: Vec<_> = item.corrections.iter().map(|it| (it.at.to_string(), it.note.as_str())).collect();
    assert_eq!(corrections, [("2014-05-02T00:00:00Z".to_owned(), "Năm tàu.")]);
    let envelopes: Vec<serde_json::Value> = old
        .app
        .query("SELECT envelope FROM publication ORDER BY sequence")
        .await
        .iter()
        .map(|row| serde_json::from_str(row["envelope"].as_str().unwrap()).unwrap())
        .collect();
    let days: Vec<_> = envelopes.iter().map(|one| one["acted_at"].as_str().unwrap()[..10].to_owned()).collect();
    assert_eq!(days, ["2014-05-01", "2014-05-02", "2014-05-03", "2014-05-04"]);
    assert!(envelopes.iter().all(|one| one["at"] == now), "nothing is signed as if it had been then");
    let changes = old.app.get("/api/v1/content/changes").await.is(200).json();
    let told: Vec<_> = changes["items"].as_array().unwrap().iter().map(|one| (&one["type"], &one["at"])).collect();
    let now = serde_json::json!(now);
    let kinds = ["published", "corrected", "withdrawn", "restored"].map(serde_json::Value::from);
    assert_eq!(told, kinds.iter().map(|kind| (kind, &now)).collect::<Vec<_>>(), "in the order in which it was done");
    let path = format!("/api/v1/content/vi/articles/id/{id}");
    let modified = old.app.get(&path).await.is(200).header("last-modified").unwrap().to_owned();
    let today: Timestamp = old.app.clock.now();
    assert!(modified.contains("2026"), "who keeps a copy is told that it is new here: {modified}, {today}");
    old.is_sound().await;
}

#[actix_web::test]
async fn what_was_taken_down_is_a_tombstone_of_that_day() {
    let old = elsewhere().await;
    let mut one = eventful();
    one.editions[0].history.pop();
    let outcomes = old.bring(Some(REASON), &[one]).await;

    assert_eq!(brought(&outcomes[0]), (1, 0), "it is not public");
    let stone = Edition::of(&old.app, &old.article("Tàu về bến").await, "vi").gone().await;
    assert_eq!((stone.at.to_string().as_str(), stone.note.as_str()), ("2014-05-03T00:00:00Z", "Tạm gỡ."));
    let feed = old.app.get("/feeds/vi/all.json").await.is(200).json();
    assert_eq!(feed["items"][0]["_lantoa"]["status"], "withdrawn", "whoever follows hears of it");
    old.is_sound().await;
    // And comes back by the hand of a publisher, under the approval that it had.
    let publisher = old.app.account("publisher").sign_in().await;
    let edition = Edition::of(&old.app, &old.article("Tàu về bến").await, "vi");
    publisher.post(&edition.path("restore"), &serde_json::json!({})).await.is(200);
    assert_eq!(edition.item().await.updated_at, old.app.clock.now(), "that was done here");
    old.is_sound().await;
}

#[actix_web::test]
async fn without_a_decision_to_publish_history_is_texts_at_the_desk_and_by_a_later_one_it_is_public() {
    let old = elsewhere().await;
    let mut one = eventful();
    one.editions[0].draft = Some(body("Sáu tàu."));
    one.editions.push(edition("en", "The boats are back"));
    let all = [one];
    let outcomes = old.bring(None, &all).await;
    assert_eq!(brought(&outcomes[0]), (2, 0));
    assert!(seen(&old.app).await.is_empty());
    let id = old.article("Tàu về bến").await;
    let shown = old.admin.get(&format!("/api/v1/articles/{id}/editions/vi")).await.is(200).json();
    assert_eq!((&shown["revision"], &shown["state"]), (&3.into(), &"draft".into()), "{shown}");
    assert_eq!(shown["body"], "<p>Sáu tàu.</p>", "the newest text is the draft");
    old.is_sound().await;

    let outcomes = old.bring(Some(REASON), &all).await;

    assert_eq!(brought(&outcomes[0]), (0, 2));
    let item = Edition::of(&old.app, &id, "vi").item().await;
    assert_eq!((item.version, item.corrections.len()), (2, 1));
    assert!(matches!(old.bring(Some(REASON), &all).await[0], Outcome::Before));
    old.is_sound().await;
    let fresh = elsewhere().await;
    bring(&fresh, &all).await;
    assert_eq!(seen(&fresh.app).await, seen(&old.app).await, "the same as at once");
    assert_eq!(lines(&written(&fresh.app).await), lines(&written(&old.app).await));
}

#[actix_web::test]
async fn texts_that_were_rewritten_in_the_database_meanwhile_do_not_become_public() {
    for number in [1, 2, 3] {
        let old = elsewhere().await;
        let mut one = eventful();
        one.editions[0].draft = Some(body("Sáu tàu."));
        old.bring(None, std::slice::from_ref(&one)).await;
        let other = "(SELECT content_hash FROM revision WHERE number = ";
        let from = if number == 1 { 2 } else { 1 };
        let hash = format!("{other}{from})");
        let body = format!("(SELECT body FROM revision WHERE number = {from})");
        old.app.sql(&format!("UPDATE revision SET body = {body}, content_hash = {hash} WHERE number = {number}")).await;

        let all = [one];
        let import = old.begin(&old.admin, Some(REASON), &all).await.unwrap();
        let refused = old.carry(&import, &all).await.unwrap_err();

        assert!(refused.to_string().contains("approval-lapsed"), "{refused:?}");
        assert!(seen(&old.app).await.is_empty());
    }
}

#[actix_web::test]
async fn each_fault_of_a_history_is_named_by_its_place() {
    type Change = fn(&mut OldArticle);
    let table: Vec<(Change, &str, &str)> = vec![
        (|it| it.editions[0].history[0].act = "praise".into(), "/editions/0/history/0/act", "not-one-of"),
        (|it| it.editions[0].history[0].act = "update".into(), "/editions/0/history/0/act", "not-one-of"),
        (|it| it.editions[0].history[1].act = "restore".into(), "/editions/0/history/1/act", "not-one-of"),
        (|it| it.editions[0].history[0].at = "2014".into(), "/editions/0/history/0/at", "bad-time"),
        (|it| it.editions[0].history[3].at = "2034-01-01T00:00:00Z".into(), "/editions/0/history/3/at", "in-future"),
        (|it| it.editions[0].history[2].at = "2014-04-03T00:00:00Z".into(), "/editions/0/history/2/at", "out-of-order"),
        (|it| it.editions[0].history[1].note = " ".into(), "/editions/0/history/1/note", "required"),
        (|it| it.editions[0].history[2].note = "\u{1}".into(), "/editions/0/history/2/note", "bad-character"),
        (|it| it.editions[0].history[2].note = "x".repeat(2_001), "/editions/0/history/2/note", "too-long"),
        (|it| it.editions[0].history[2].reason = None, "/editions/0/history/2/reason", "required"),
        (|it| it.editions[0].history[2].reason = Some("x".into()), "/editions/0/history/2/reason", "not-one-of"),
        (|it| it.editions[0].history[3].reason = Some("legal".into()), "/editions/0/history/3/reason", "unknown-field"),
        (|it| it.editions[0].history[2].text = body("x"), "/editions/0/history/2/text", "unknown-field"),
        (|it| it.editions[0].history[1].text = body("x"), "/editions/0/history/1/text", "unknown-field"),
        (|it| it.editions[0].history[0].text = OldText::default(), "/editions/0/history/1/text", "unchanged"),
        (|it| it.editions[0].history[0].text.title = Some(" ".into()), "/editions/0/history/0/text/title", "required"),
        (|it| it.editions[0].history[0].text = body(" "), "/editions/0/history/0/text/body", "empty-body"),
        (|it| it.editions[0].history[0].text.slug = Some("Tàu".into()), "/editions/0/history/0/text/slug", "bad-slug"),
        (
            |it| it.editions[0].history[0].text.slug = Some("cho-som".into()),
            "/editions/0/history/0/text/slug",
            "slug-taken",
        ),
        (
            |it| it.editions[0].history[0].text.shared.agency = Some("khong".into()),
            "/editions/0/history/0/text/shared/agency",
            "unknown",
        ),
        (
            |it| it.editions[0].history[0].text.shared.topics = Some(vec!["khong".into()]),
            "/editions/0/history/0/text/shared/topics/0",
            "unknown",
        ),
        (
            |it| it.editions[0].history[0].text.change = Some("minor".into()),
            "/editions/0/history/0/text/change",
            "not-one-of",
        ),
        (
            |it| it.editions[0].history[1].text.change = Some("huge".into()),
            "/editions/0/history/1/text/change",
            "not-one-of",
        ),
        (|it| it.editions[0].history = vec![it.editions[0].history[0].clone(); 9], "/editions/0/history", "too-many"),
        (
            |it| it.editions[0].published_at = Some("2015-01-01T00:00:00Z".into()),
            "/editions/0/published_at",
            "not-one-of",
        ),
        (
            |it| {
                it.editions[0].history.clear();
                it.editions[0].draft = Some(body("x"));
            },
            "/editions/0/published_at",
            "required",
        ),
        (
            |it| it.editions[0].draft = Some(OldText { title: Some(String::new()), ..OldText::default() }),
            "/editions/0/draft/title",
            "required",
        ),
        (|it| it.draft.topics = Some(vec!["khong".into()]), "/draft/topics/0", "unknown"),
        (|it| it.draft.agency = Some("khong".into()), "/draft/agency", "unknown"),
        (|it| it.sensitivity = Some("very".into()), "/sensitivity", "not-one-of"),
        (|it| it.editions[0].source_version = Some(1), "/editions/0/source_version", "not-of-source"),
        (|it| it.editions[0].shared.agency = Some("bao".into()), "/editions/0/shared", "not-of-source"),
        (
            |it| {
                it.editions.push(edition("en", "The boats"));
                it.editions[1].source_version = Some(3);
            },
            "/editions/1/source_version",
            "unknown",
        ),
        (
            |it| {
                it.editions.push(edition("en", "The boats"));
                it.editions[1].published_at = None;
                it.editions[1].history = vec![act("publish", "2014-05-01T00:00:00Z")];
                it.editions[0].history.clear();
            },
            "/editions/1/history",
            "source-not-public",
        ),
    ];
    let old = of(TestApp::with(|policy| policy.import_acts = 8).await).await;
    old.bring(Some(REASON), &[news("first", "Chợ sớm")]).await;
    for (number, (change, pointer, code)) in table.into_iter().enumerate() {
        let mut one = eventful();
        change(&mut one);
        let before = old.app.query("SELECT * FROM article").await.len();
        let good = news(&format!("good {number}"), "Vịnh");

        let outcomes = old.bring(Some(REASON), &[one, good]).await;

        let named = refusal(&outcomes[0]);
        assert!(named.contains(&(pointer.to_owned(), code)), "{pointer} {code}: {named:?}");
        assert_eq!(brought(&outcomes[1]), (0, 1), "the good one beside it is kept");
        assert_eq!(old.app.query("SELECT * FROM article").await.len(), before + 1);
    }
    old.is_sound().await;
}

#[actix_web::test]
async fn a_history_of_which_anything_was_changed_in_the_database_is_not_written_down() {
    let changes = [
        "UPDATE revision SET body = '<p>Khác.</p>' WHERE number = 1",
        "UPDATE publication SET note = 'Khác.' WHERE sequence = 2",
        "UPDATE publication SET envelope = REPLACE(envelope, '2014-05-02', '2014-05-01') WHERE sequence = 2",
        "UPDATE publication SET signature = (SELECT signature FROM publication WHERE sequence = 1) WHERE sequence = 3",
        "UPDATE edition SET live_number = NULL",
    ];
    for change in changes {
        let old = elsewhere().await;
        bring(&old, &[eventful()]).await;
        assert_eq!(written(&old.app).await.len(), 1);
        if old.app.try_sql(change).await.is_err() {
            panic!("{change}");
        }

        let mut source = lantoa::service::export::begin(&old.app.app, Default::default()).await.unwrap();
        let refused = source.next().await.expect_err(change).to_string();

        assert!(refused.contains("edition"), "{refused}");
    }
}
