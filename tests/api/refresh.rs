//! Refreshing: the shared fields of an article in its editions, as short cases over texts that are public already.

use serde_json::{Value, json};

use crate::support::{Answer, Client, Desk, Edition, english, text};

async fn move_to(desk: &Desk, edition: &Edition, place: &str) {
    let path = format!("/api/v1/articles/{}", edition.article);
    let etag = desk.author.get(&path).await.etag();
    desk.author.patch(&path, &etag, &json!({"place": place, "topics": ["bien"]})).await.is(200);
}

async fn refresh(by: &Client, edition: &Edition, locales: &[&str]) -> Answer {
    by.post(&format!("/api/v1/articles/{}/refresh", edition.article), &json!({"locales": locales})).await
}

#[actix_web::test]
async fn a_moved_festival_is_short_cases_and_no_rewritten_text() {
    let desk = Desk::new().await;
    let source = desk.story(desk.draft().with("place", "Vân Sa")).await;
    let mut words = english();
    words["place"] = "Van Sa".into();
    let translation = desk.translation(&source, "en", words).await;
    let french = desk.translation(&source, "fr", english()).await;
    move_to(&desk, &source, "Sơn Hạ").await;

    let made = refresh(&desk.author, &source, &["vi", "en", "fr"]).await.is(200).json();

    for (item, edition) in made["items"].as_array().unwrap().iter().zip([&source, &translation, &french]) {
        assert_eq!((&item["locale"], &item["revision"]), (&json!(edition.locale), &json!(2)));
        assert_eq!((&item["case"]["workflow"], &item["case"]["state"]), (&json!("shared-fields"), &json!("open")));
        assert_eq!(item["own_place"], edition.locale == "en");
        let shown = edition.show(&desk.author).await;
        assert_eq!((&shown["change_class"], &shown["state"]), (&json!("shared"), &json!("in_review")));
        let diff = desk.author.get(&edition.path("revisions/2/diff")).await.is(200).json();
        assert_eq!((&diff["segments"], &diff["rearranged"]), (&json!([]), &json!(false)), "no word of the text");
        assert_eq!(edition.public().await.is(200).json()["topics"][0]["code"], "dau-tu", "what is live stays");
    }
    // Decided in one call, each with its own result.
    let item = |one: &Value| {
        let (locale, hash) = (&one["locale"], &one["content_hash"]);
        json!({"article": source.article, "locale": locale, "verdict": "approve", "content_hash": hash})
    };
    let items: Vec<Value> = made["items"].as_array().unwrap().iter().map(item).collect();
    desk.approver.post("/api/v1/decisions", &json!({"items": items})).await.is(200);
    for edition in [&source, &translation, &french] {
        edition.publish(&desk.publisher).await.is(200);
        let public = edition.public().await.is(200).json();
        assert_eq!((&public["topics"][0]["code"], &public["stale"]), (&json!("bien"), &json!(false)));
    }
    assert_eq!(source.public().await.json()["place"], "Sơn Hạ");
    assert_eq!(translation.public().await.json()["place"], "Van Sa", "each language has its own words for a place");
    assert_eq!(desk.app.sweep().await, []);
    let again = refresh(&desk.author, &source, &["vi", "en"]).await.is(200).json();
    assert!(again["items"].as_array().unwrap().iter().all(|one| one["revision"] == Value::Null), "{again}");
}

#[actix_web::test]
async fn a_text_that_was_never_approved_goes_the_usual_way() {
    let desk = Desk::new().await;
    let source = desk.story(desk.draft()).await;
    source.save(&desk.author, text("Bản nháp", "CANARY chưa ai duyệt.")).await.is(200);
    move_to(&desk, &source, "Sơn Hạ").await;

    let made = refresh(&desk.author, &source, &["vi"]).await.is(200).json();

    assert_eq!((&made["items"][0]["revision"], &made["items"][0]["case"]), (&json!(3), &Value::Null));
    source.decide(&desk.approver, "approve").await.is_problem(409, "no-open-case");
    desk.publish(&source).await;
}

#[actix_web::test]
async fn a_short_case_covers_no_word_that_is_not_public_even_if_the_rows_say_so() {
    let desk = Desk::new().await;
    let source = desk.story(desk.draft()).await;
    move_to(&desk, &source, "Sơn Hạ").await;
    refresh(&desk.author, &source, &["vi"]).await.is(200);
    source.decide(&desk.approver, "approve").await.is(200);
    // Another text under the approval of the shared fields: as if the one that is public had always said that.
    desk.app.sql("UPDATE revision SET title = 'CANARY' WHERE number = 1").await;

    source.publish(&desk.publisher).await.is_problem(409, "not-approved");
}

#[actix_web::test]
async fn who_looks_after_the_article_refreshes_and_others_their_own_editions_alone() {
    let desk = Desk::new().await;
    let source = desk.story(desk.draft()).await;
    let translation = desk.translation(&source, "en", english()).await;
    let english_one = desk.app.account("translator").locale("en").sign_in().await;
    move_to(&desk, &source, "Sơn Hạ").await;
    let before = desk.app.digest().await;
    for by in [&desk.reviewer, &desk.publisher, &english_one] {
        refresh(by, &source, &["vi"]).await.is_problem(403, "forbidden");
    }
    for (locales, pointer, code) in [
        (vec![], "/locales", "required"),
        (vec!["xx"], "/locales/0", "unknown"),
        (vec!["en", "en"], "/locales/1", "duplicate"),
        (vec!["fr"], "/locales/0", "unknown"),
    ] {
        refresh(&desk.author, &source, &locales).await.is_problem(422, "invalid").names(pointer, code);
    }
    assert_eq!(desk.app.digest().await, before);

    refresh(&english_one, &source, &["en"]).await.is(200);

    // Who refreshed wrote it, as far as the review is concerned.
    assert_eq!(translation.show(&desk.author).await["created_by"], english_one.id.to_string());
    assert_eq!(source.show(&desk.author).await["revision"], 1, "a write to one edition changes no other");
}
