//! Taking down: nothing is deleted, a note stays, and the text is nowhere any more.

use lantoa::{
    domain::{event::LiveEventType, publication::TakeDown},
    service::public::{FeedScope, Found, feed},
    syndication::Entry,
};
use serde_json::json;

use crate::support::{Client, Edition, TestApp, english, text};

async fn published() -> (TestApp, Client, Client, Edition) {
    let app = TestApp::new().await;
    let author = app.account("author").sign_in().await;
    let publisher = app.account("publisher").sign_in().await;
    let article = author.article().with("title", "Chim hoàng yến").with("body", "<p>Chim hoàng yến.</p>");
    let edition = article.begin().await;
    edition.go_public(&author).await;
    (app, author, publisher, edition)
}

#[actix_web::test]
async fn what_is_withdrawn_is_gone_everywhere_at_once() {
    let (app, author, publisher, edition) = published().await;
    let other = author.article().begin().await;
    other.go_public(&author).await;
    assert!(app.all_public(&[&edition]).await.contains("hoàng yến"));

    edition.withdraw(&publisher, "Đã gỡ theo yêu cầu.").await.is(200);

    let all = app.all_public(&[&edition]).await;
    assert!(!all.contains("hoàng yến"), "{all}");
    assert_eq!(app.list("vi").await.len(), 1, "the other is still there");
    assert!(matches!(app.at_slug("vi", "chim-hoang-yen").await, Some(Found::Gone(_))));
    assert!(edition.version(1).await.is_none());
    let answer = edition.public().await.is_problem(410, "gone");
    assert!(answer.text().contains("Đã gỡ theo yêu cầu."), "{}", answer.text());
}

#[actix_web::test]
async fn a_tombstone_stays_in_every_feed_that_carried_it() {
    let (app, _, publisher, edition) = published().await;
    let item = edition.item().await;
    app.pass(60);
    edition.withdraw(&publisher, "Đã gỡ theo yêu cầu.").await.is(200);

    let stone = edition.gone().await;
    assert_eq!((stone.guid.as_str(), &stone.slug, stone.version), (item.guid.as_str(), &item.slug, 1));
    assert_eq!((stone.kind, stone.note.as_str()), (TakeDown::Withdraw, "Đã gỡ theo yêu cầu."));
    assert_eq!((stone.published_at, stone.at), (item.published_at, app.clock.now()));
    let scopes = [
        FeedScope::All,
        FeedScope::Topic("dau-tu".parse().unwrap()),
        FeedScope::Topic("kinh-te".parse().unwrap()),
        FeedScope::Kind("news".parse().unwrap()),
        FeedScope::Agency("bao".parse().unwrap()),
    ];
    for scope in scopes {
        let entries = feed(&app.app, &"vi".parse().unwrap(), &scope, "rss").await.unwrap().entries;
        let found = entries.iter().any(|e| matches!(e, Entry::Gone { tombstone, .. } if tombstone.guid == item.guid));
        assert!(found, "{scope:?}");
    }
    let elsewhere = FeedScope::Topic("bien".parse().unwrap());
    assert!(feed(&app.app, &"vi".parse().unwrap(), &elsewhere, "rss").await.unwrap().entries.is_empty());
    let (_, event) = app.changes().await.pop().unwrap();
    assert_eq!((event.kind, event.note.as_str()), (LiveEventType::Withdrawn, "Đã gỡ theo yêu cầu."));
}

#[actix_web::test]
async fn without_a_note_the_reason_speaks_in_the_language_of_the_edition() {
    let (app, author, publisher, source) = published().await;
    let translator = app.account("translator").sign_in().await;
    let translation = source.in_locale("en");
    translation.translate(&translator, english()).await.is(201);
    translation.go_public(&translator).await;
    let order = json!({"reason": "wrong_figure"});
    let _ = author;

    for edition in [&translation, &source] {
        let done = publisher.post(&edition.path("withdraw"), &order).await.is(200).json();
        assert_eq!(done["reason"], "wrong_figure");
    }

    assert_eq!(source.gone().await.note, "Bài viết này đã được gỡ vì có số liệu không chính xác.");
    let note = translation.gone().await.note;
    assert_eq!(note, "This article has been taken down because it contained incorrect figures.");
}

#[actix_web::test]
async fn what_is_down_is_neither_taken_down_nor_published_again() {
    let (app, _, publisher, edition) = published().await;
    edition.withdraw(&publisher, "").await.is(200);
    let before = app.digest().await;

    edition.withdraw(&publisher, "").await.is_problem(409, "taken-down");
    edition.publish(&publisher).await.is_problem(409, "taken-down");
    edition.correct(&publisher, "Số đúng là 12.").await.is_problem(409, "taken-down");
    assert_eq!(app.digest().await, before);

    assert!(matches!(edition.found().await, Some(Found::Gone(_))));
}

#[actix_web::test]
async fn nobody_reviews_what_is_restored_as_it_was_and_another_text_takes_its_place() {
    let (app, author, publisher, edition) = published().await;
    edition.withdraw(&publisher, "").await.is(200);
    let before = app.digest().await;
    edition.submit(&author).await.is_problem(409, "taken-down");
    assert_eq!(app.digest().await, before);
    assert_eq!(edition.state(&author).await, "withdrawn");

    edition.save(&author, text("Bản hai", "Hai.")).await.is(200);
    let done = edition.go_public(&author).await.json();

    assert_eq!((done["kind"].as_str(), done["version"].as_u64()), (Some("update"), Some(2)));
    let item = edition.item().await;
    assert_eq!((item.title.as_str(), item.version), ("Bản hai", 2));
    let told: Vec<_> = app.changes().await.into_iter().map(|(_, event)| (event.kind, event.version)).collect();
    use LiveEventType::{Published, Updated, Withdrawn};
    assert_eq!(told, [(Published, 1), (Withdrawn, 1), (Updated, 2)]);
    assert!(edition.version(2).await.is_some());
    assert!(edition.version(1).await.is_none(), "the text that was taken down stays down");
    assert!(!app.all_public(&[&edition]).await.contains("hoàng yến"));
    assert_eq!(app.sweep().await, []);
}

#[actix_web::test]
async fn only_what_is_public_is_taken_down_and_by_whom_may() {
    let (app, author, publisher, edition) = published().await;
    let draft = author.article().begin().await;

    draft.withdraw(&publisher, "").await.is_problem(409, "not-published");
    edition.withdraw(&author, "").await.is_problem(403, "forbidden");
    publisher.post(&edition.path("withdraw"), &json!({"reason": "boredom"})).await.is(422);

    assert_eq!(app.list("vi").await.len(), 1);
}

#[actix_web::test]
async fn nothing_is_deleted_when_something_is_taken_down() {
    let (app, author, publisher, edition) = published().await;
    let kept = ["revision", "review_case", "decision", "publication", "slug_claim", "live_version", "live_slug"];
    let before: Vec<_> = app.rows().await.into_iter().filter(|(table, _)| kept.contains(table)).collect();

    edition.withdraw(&publisher, "").await.is(200);

    let after = app.rows().await;
    for (table, rows) in before {
        let now = &after.iter().find(|(name, _)| *name == table).unwrap().1;
        assert!(rows.lines().all(|row| now.lines().any(|still| still == row)), "{table}");
    }
    assert_eq!(author.get(&edition.path("revisions")).await.is(200).json()["items"].as_array().unwrap().len(), 1);
}
