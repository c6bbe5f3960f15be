//! Without a decision to publish, everything is a draft.

use lantoa::{
    domain::{
        article::Kind,
        details::Details,
        revision::{Shared, Text, seal},
    },
    service::import::Halt,
};
use serde_json::json;

use super::office::{Old, REASON, brought, edition, news, refusal};
use crate::support::{Edition, text};

#[actix_web::test]
async fn what_is_brought_in_without_a_decision_to_publish_is_a_draft_and_nothing_of_it_is_public() {
    let old = Old::new().await;
    let mut one = news("1", "Tàu về bến");
    one.editions.push(edition("en", "The boats are back"));
    one.editions[0].addresses.push("/tin-tuc/1.html".to_owned());

    let outcomes = old.bring(None, &[one]).await;

    assert_eq!(brought(&outcomes[0]), (2, 0));
    let article = old.admin.all("/api/v1/articles").await.remove(0);
    let states: Vec<_> = article["editions"].as_array().unwrap().iter().map(|it| it["state"].clone()).collect();
    assert_eq!(states, ["draft", "draft"]);
    assert!(old.app.list("vi").await.is_empty() && old.app.list("en").await.is_empty());
    for table in ["live_item", "live_version", "live_event", "live_slug", "live_address", "publication", "review_case"]
    {
        assert_eq!(old.app.query(&format!("SELECT * FROM {table}")).await, Vec::<serde_json::Value>::new(), "{table}");
    }
    old.app.get("/tin-tuc/1.html").await.is_problem(404, "not-found");
    old.is_sound().await;
}

#[actix_web::test]
async fn a_draft_goes_the_ordinary_way_and_its_old_address_follows_it() {
    let old = Old::new().await;
    let mut one = news("1", "Tàu về bến");
    one.editions[0].addresses.push("/tin-tuc/1.html".to_owned());
    old.bring(None, &[one]).await;
    let edition = Edition::of(&old.app, &old.article("Tàu về bến").await, "vi");
    let author = old.app.account("author").sign_in().await;

    edition.save(&author, text("Tàu về bến", "Tàu về bến an toàn.")).await.is(200);
    edition.go_public(&author).await;

    assert_eq!(edition.item().await.published_at, old.app.clock.now(), "it was made public here, today");
    let answer = old.app.get("/tin-tuc/1.html").await;
    assert_eq!((answer.status, answer.header("location")), (301, Some(edition.item().await.url.as_str())));
    old.is_sound().await;
}

#[actix_web::test]
async fn who_brought_a_draft_in_does_not_decide_on_it() {
    let old = Old::new().await;
    let admin = old.app.account("admin").and("author").and("reviewer").sign_in().await;
    let all = [news("1", "Tàu về bến")];
    let import = old.begin(&admin, None, &all).await.unwrap();
    old.carry(&import, &all).await.unwrap();
    let edition = Edition::of(&old.app, &old.article("Tàu về bến").await, "vi");
    edition.submit(&admin).await.is(201);

    let body = json!({"verdict": "approve", "content_hash": edition.hash(&admin).await});

    admin.post(&edition.path("decisions"), &body).await.is_problem(403, "own-text");
}

#[actix_web::test]
async fn drafts_that_nobody_touched_become_public_by_a_later_decision_and_others_do_not() {
    let old = Old::new().await;
    let all = [news("1", "Tàu về bến"), news("2", "Chợ sớm")];
    old.bring(None, &all).await;
    let touched = Edition::of(&old.app, &old.article("Chợ sớm").await, "vi");
    let author = old.app.account("author").sign_in().await;
    touched.save(&author, text("Chợ sớm", "Chợ họp lúc bốn giờ.")).await.is(200);

    let outcomes = old.bring(Some(REASON), &all).await;

    assert_eq!(brought(&outcomes[0]), (0, 1));
    assert_eq!(refusal(&outcomes[1]), [("/editions/0".to_owned(), "row-edited")]);
    let list = old.app.list("vi").await;
    assert_eq!(list.len(), 1);
    assert_eq!(list[0].published_at.to_string(), "2014-05-01T00:00:00Z");
    old.is_sound().await;
}

#[actix_web::test]
async fn a_draft_that_was_rewritten_in_the_database_does_not_become_public_by_a_later_decision() {
    let old = Old::new().await;
    let all = [news("1", "Tàu về bến")];
    old.bring(None, &all).await;
    let article = old.article("Tàu về bến").await;
    let body = "<p>Tàu không về nữa.</p>";
    let text = Text {
        title: "Tàu về bến".to_owned(),
        summary: String::new(),
        body: body.to_owned(),
        slug: "tau-ve-ben".parse().unwrap(),
        details: Details::new(),
    };
    let shared = Shared {
        kind: Kind::News,
        agency: "bao".parse().unwrap(),
        topics: vec!["dau-tu".parse().unwrap()],
        place: None,
        details: Details::new(),
    };
    let (_, hash) = seal(article.parse().unwrap(), &"vi".parse().unwrap(), &text, &shared);
    let column = old.app.query("SELECT * FROM revision").await.remove(0);
    let name = column.as_object().unwrap().keys().find(|name| name.contains("hash")).unwrap().clone();
    old.app.sql(&format!("UPDATE revision SET body = '{body}', {name} = '{hash}'")).await;

    let import = old.begin(&old.admin, Some(REASON), &all).await.unwrap();
    let refused = old.carry(&import, &all).await.unwrap_err();

    assert!(matches!(&refused, Halt::Error(error) if error.code().slug() == "approval-lapsed"), "{refused:?}");
    assert!(old.app.list("vi").await.is_empty());
}

#[actix_web::test]
async fn a_row_that_was_led_to_another_article_in_the_database_makes_nothing_public() {
    let old = Old::new().await;
    let all = [news("1", "Tàu về bến"), news("2", "Chợ sớm")];
    old.bring(None, &all).await;
    let two = old.article("Chợ sớm").await;
    let rows = old.app.query("SELECT external_key, row_hash FROM import_row").await;
    let of = |key: &str| rows.iter().find(|row| row["external_key"] == key).unwrap()["row_hash"].as_str().unwrap();
    old.app.sql("DELETE FROM import_row WHERE external_key = '1'").await;
    old.app
        .sql(&format!(
            "UPDATE import_row SET external_key = '1', row_hash = '{}' WHERE row_hash = '{}'",
            of("1"),
            of("2")
        ))
        .await;
    assert_ne!(two, old.article("Tàu về bến").await);

    let import = old.begin(&old.admin, Some(REASON), &all[..1]).await.unwrap();
    let refused = old.carry(&import, &all[..1]).await.unwrap_err();

    assert!(matches!(&refused, Halt::Error(error) if error.code().slug() == "approval-lapsed"), "{refused:?}");
    assert!(old.app.list("vi").await.is_empty());
}

#[actix_web::test]
async fn a_translation_does_not_become_public_by_a_later_decision_while_its_source_is_down() {
    let old = Old::new().await;
    let mut one = news("1", "Tàu về bến");
    one.editions.push(edition("en", "The boats are back"));
    let all = [one];
    old.bring(None, &all).await;
    let source = Edition::of(&old.app, &old.article("Tàu về bến").await, "vi");
    let author = old.app.account("author").sign_in().await;
    source.save(&author, text("Tàu về bến", "Tàu về bến an toàn.")).await.is(200);
    source.go_public(&author).await;
    let publisher = old.app.account("publisher").sign_in().await;
    source.withdraw(&publisher, "Đã gỡ.").await.is(200);

    let outcomes = old.bring(Some(REASON), &all).await;

    assert_eq!(refusal(&outcomes[0]), [("/editions/1/published_at".to_owned(), "source-not-public")]);
    assert!(old.app.list("en").await.is_empty());
    old.is_sound().await;
}
