//! Without a decision to publish, everything is a draft.

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
