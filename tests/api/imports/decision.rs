//! By an administrator's recorded decision, what was public elsewhere is public here.

use lantoa::{
    kernel::Digest,
    service::import::{Halt, Outcome},
};

use super::office::{Old, REASON, brought, edition, news};
use crate::support::{Edition, text};

#[actix_web::test]
async fn what_was_public_is_public_with_its_old_dates_signed_today() {
    let old = Old::new().await;
    let mut one = news("1", "Tàu về bến");
    one.editions.push(edition("en", "The boats are back"));
    one.editions[1].stale = true;
    one.editions.push(edition("fr", "Les bateaux sont rentrés"));
    one.editions[2].published_at = None;

    let outcomes = old.bring(Some(REASON), &[one]).await;

    assert_eq!(brought(&outcomes[0]), (1, 2));
    let id = old.article("Tàu về bến").await;
    let item = Edition::of(&old.app, &id, "vi").item().await;
    assert_eq!(item.published_at.to_string(), "2014-05-01T00:00:00Z");
    assert_eq!(item.updated_at, item.published_at, "that it moved here did not change it");
    assert!(item.guid.starts_with("tag:lamhai.example,2026:"), "minted by who had the name then: {}", item.guid);
    let english = Edition::of(&old.app, &id, "en").item().await;
    assert!(english.stale && english.source.unwrap().version.is_none());
    assert!(old.app.list("fr").await.is_empty());
    let envelope =
        old.app.get(&format!("/api/v1/content/articles/{id}/vi/versions/1/publication")).await.is(200).json();
    assert_eq!(envelope["published_at"], "2014-05-01T00:00:00Z");
    assert_eq!(envelope["at"], old.app.clock.now().to_string(), "nothing is signed as if it had been then");
    old.is_sound().await;
}

#[actix_web::test]
async fn an_import_shows_in_the_feed_of_changes_and_not_at_the_head_of_any_feed() {
    let old = Old::new().await;
    let author = old.app.account("author").sign_in().await;
    let today = author.article().with("title", "Hôm nay").begin().await;
    today.go_public(&author).await;

    old.bring(Some(REASON), &[news("1", "Tàu về bến"), news("2", "Chợ sớm")]).await;

    let changes = old.app.get("/api/v1/content/changes").await.is(200).json();
    assert_eq!(changes["items"].as_array().unwrap().len(), 3, "who keeps a copy hears of each");
    let feed = old.app.get("/feeds/vi/all.json").await.is(200).json();
    assert_eq!(feed["items"][0]["title"], "Hôm nay");
    assert_eq!(feed["items"][1]["date_published"], "2014-05-01T00:00:00Z");
    let moved = feed["items"][1]["date_modified"].as_str();
    assert!(moved.is_none_or(|at| at == "2014-05-01T00:00:00Z"), "{moved:?}");
}

#[actix_web::test]
async fn the_decision_stands_in_the_audit_chain_with_who_how_many_and_which_file_and_the_reason_beside_it() {
    let old = Old::new().await;
    let all = [news("1", "Tàu về bến"), news("2", "Chợ sớm")];

    let import = old.begin(&old.admin, Some(REASON), &all).await.unwrap();
    assert!(old.app.list("vi").await.is_empty(), "the decision comes before anything is public");
    old.carry(&import, &all).await.unwrap();

    let entries = old.admin.all("/api/v1/audit").await;
    let decided = entries.iter().find(|entry| entry["action"] == "import.decided").unwrap();
    assert_eq!(decided["actor"], old.admin.id.to_string());
    assert_eq!((&decided["data"]["rows"], &decided["data"]["publish"]), (&2.into(), &true.into()));
    assert_eq!(decided["data"]["source_hash"], import.run.source.to_string());
    assert_eq!(decided["data"]["reason_hash"], Digest::of(REASON).to_string());
    assert!(!old.app.query("SELECT data FROM audit_entry").await.iter().any(|row| row.to_string().contains("cổng")));
    assert_eq!(old.app.query("SELECT reason FROM import_run").await[0]["reason"], REASON);
    let grounds = entries.iter().filter(|entry| entry["action"] == "edition.decided").collect::<Vec<_>>();
    assert_eq!(grounds.len(), 2);
    assert!(grounds.iter().all(|entry| entry["data"]["import"] == import.run.id.to_string()));
}

#[actix_web::test]
async fn only_an_administrator_decides_and_only_while_being_one() {
    let old = Old::new().await;
    let all = [news("1", "Tàu về bến")];
    for role in ["author", "publisher", "approver", "auditor"] {
        let other = old.app.account(role).sign_in().await;
        let before = old.app.digest().await;
        for reason in [None, Some(REASON)] {
            let refused = old.begin(&other, reason, &all).await.unwrap_err();
            assert_eq!(refused.code().slug(), "forbidden", "{role}");
        }
        assert_eq!(old.app.digest().await, before);
    }
    let second = old.app.account("admin").sign_in().await;
    let import = old.begin(&second, Some(REASON), &all).await.unwrap();
    let path = format!("/api/v1/accounts/{}", second.id);
    let etag = old.admin.get(&path).await.etag();
    old.admin.put(&format!("{path}/grants"), &etag, &serde_json::json!({"grants": []})).await.is(200);

    let refused = old.carry(&import, &all).await.unwrap_err();

    assert!(matches!(refused, Halt::Error(error) if error.code().slug() == "forbidden"));
    assert!(old.app.list("vi").await.is_empty());
}

#[actix_web::test]
async fn other_rows_than_those_decided_about_are_not_brought_in() {
    let old = Old::new().await;
    let all = [news("1", "Tàu về bến")];
    let import = old.begin(&old.admin, Some(REASON), &all).await.unwrap();
    let before = old.app.digest().await;

    for other in [&[news("1", "Tàu chưa về")][..], &[], &[all[0].clone(), news("2", "Chợ")]] {
        assert!(matches!(old.carry(&import, other).await, Err(Halt::OtherRows)));
    }
    assert_eq!(old.app.digest().await, before);
    assert!(matches!(import.is_done(0), Err(Halt::OtherRows)), "fewer are not all");
    assert!(import.is_done(1).is_ok());
}

#[actix_web::test]
async fn a_decision_that_the_audit_chain_does_not_know_as_it_stands_makes_nothing_public() {
    let old = Old::new().await;
    let all = [news("1", "Tàu về bến")];
    // Drafts were decided; somebody who writes the database would have it otherwise.
    let mut import = old.begin(&old.admin, None, &all).await.unwrap();
    let flag = if old.app.database.is_sqlite() { "1" } else { "TRUE" };
    old.app.sql(&format!("UPDATE import_run SET publish = {flag}, reason = '{REASON}'")).await;
    import.run.publish = true;
    import.run.reason = REASON.to_owned();

    let refused = old.carry(&import, &all).await.unwrap_err();

    assert!(matches!(refused, Halt::Error(error) if error.code().slug() == "approval-lapsed"));
    assert!(old.app.list("vi").await.is_empty());
}

#[actix_web::test]
async fn what_was_brought_in_lives_on_like_everything_else() {
    let old = Old::new().await;
    old.bring(Some(REASON), &[news("1", "Tàu về bến")]).await;
    let edition = Edition::of(&old.app, &old.article("Tàu về bến").await, "vi");
    let author = old.app.account("author").sign_in().await;
    old.app.pass(60);

    edition.save(&author, text("Tàu về bến", "Tàu về bến cả.")).await.is(200);
    edition.go_public(&author).await;
    let item = edition.item().await;
    assert_eq!((item.version, item.published_at.to_string().as_str()), (2, "2014-05-01T00:00:00Z"));
    assert_eq!(item.updated_at, old.app.clock.now());
    old.is_sound().await;
    let publisher = old.app.account("publisher").sign_in().await;
    edition.withdraw(&publisher, "Đã gỡ.").await.is(200);
    assert_eq!(edition.gone().await.published_at.to_string(), "2014-05-01T00:00:00Z");
    old.is_sound().await;
    let again = old.bring(Some("Lần nữa."), &[news("1", "Tàu về bến")]).await;
    assert!(matches!(again[0], Outcome::Before), "what was taken down does not come back with its file");
    assert!(old.app.list("vi").await.is_empty());
}
