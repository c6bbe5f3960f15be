//! Suggestions: a reviewer's comma costs no third person, and makes nobody an author who is none.

use serde_json::{Value, json};

use crate::support::{Answer, Client, Desk, Edition, TestApp, text};

const BODY: &str = "<p>Sáng 14-9, lô cá ngừ <strong>12,5 tấn</strong> rời cảng.</p><p>Bà con vui mừng chờ đón.</p>";

pub async fn begun(desk: &Desk) -> Edition {
    desk.draft().with("body", BODY).begin().await
}

pub async fn suggest(by: &Client, edition: &Edition, segment: &str, coded: &str) -> Answer {
    let hash = edition.hash(by).await;
    by.post(
        &edition.path("suggestions"),
        &json!({"segment": segment, "text": coded, "comment": "Cho gọn.", "content_hash": hash}),
    )
    .await
}

pub async fn accept(by: &Client, edition: &Edition, suggestion: &Value) -> Answer {
    let hash = edition.hash(by).await;
    let path = edition.path(&format!("suggestions/{}/accept", suggestion["id"].as_str().unwrap()));
    by.post(&path, &json!({"content_hash": hash})).await
}

pub async fn reject(by: &Client, edition: &Edition, suggestion: &Value) -> Answer {
    let path = edition.path(&format!("suggestions/{}/reject", suggestion["id"].as_str().unwrap()));
    by.post(&path, &json!({"comment": "Giữ như cũ."})).await
}

#[actix_web::test]
async fn a_reviewers_comma_costs_no_third_person() {
    let desk = Desk::new().await;
    let edition = begun(&desk).await;
    edition.submit(&desk.author).await.is(201);

    let coded = "Sáng 14-9, lô cá ngừ {1}12,5 tấn{/1} đã rời cảng.";
    let suggested = suggest(&desk.reviewer, &edition, "1.1", coded).await.is(201).json();
    assert_eq!((&suggested["state"], &suggested["outdated"]), (&json!("open"), &json!(false)));
    assert_eq!(suggested["before"], "Sáng 14-9, lô cá ngừ {1}12,5 tấn{/1} rời cảng.");
    let taken = accept(&desk.author, &edition, &suggested).await.is(200).json();

    assert_eq!(
        (&taken["revision"], &taken["case"]["state"], &taken["case"]["revision"]),
        (&json!(2), &json!("open"), &json!(2))
    );
    assert_eq!(taken["suggestion"]["answer"]["revision"], 2);
    let shown = edition.show(&desk.author).await;
    assert_eq!(shown["body"], BODY.replace("</strong> rời", "</strong> đã rời"));
    assert_eq!((&shown["change_class"], &shown["change_note"]), (&json!("minor"), &json!("Cho gọn.")));
    assert_eq!(shown["created_by"], desk.author.id.to_string(), "who takes it answers for it");
    let diff = desk.reviewer.get(&edition.path("revisions/2/diff")).await.is(200).json();
    assert_eq!(diff["segments"].as_array().unwrap().len(), 1, "the case shows only that difference");
    // Nobody but the four of before.
    edition.decide(&desk.reviewer, "approve").await.is(200);
    edition.decide(&desk.approver, "approve").await.is(200);
    edition.publish(&desk.publisher).await.is(200);
    assert!(edition.public().await.is(200).json()["body_html"].as_str().unwrap().contains("đã rời cảng"));
    assert_eq!(desk.app.sweep().await, []);
    assert_eq!(desk.app.sweep().await, []);
}

#[actix_web::test]
async fn markup_that_a_suggestion_puts_in_another_order_stays_with_its_words() {
    let desk = Desk::new().await;
    let edition = desk.draft().with("body", "<p><strong>Cá</strong> và <em>tôm</em>.</p>").begin().await;

    let suggested = suggest(&desk.reviewer, &edition, "1.1", "{2}Tôm{/2} và {1}cá{/1}.").await.is(201).json();
    accept(&desk.author, &edition, &suggested).await.is(200);

    assert_eq!(edition.show(&desk.author).await["body"], "<p><em>Tôm</em> và <strong>cá</strong>.</p>");
    assert_eq!(desk.app.sweep().await, []);
}

#[actix_web::test]
async fn several_suggestions_are_taken_one_after_the_other_where_they_still_fit() {
    let desk = Desk::new().await;
    let edition = begun(&desk).await;
    let one = suggest(&desk.reviewer, &edition, "1.1", "Sáng 14-9, lô {1}12,5 tấn{/1} rời cảng.").await.is(201).json();
    let two = suggest(&desk.approver, &edition, "1.2", "Bà con chờ đón.").await.is(201).json();
    let late = suggest(&desk.reviewer, &edition, "1.2", "Bà con mừng.").await.is(201).json();
    let title = suggest(&desk.reviewer, &edition, "title", "Lô cá ngừ {{1}}").await.is(201).json();

    assert_eq!(
        accept(&desk.author, &edition, &one).await.is(200).json()["case"],
        Value::Null,
        "nothing was under review"
    );
    accept(&desk.author, &edition, &two).await.is(200);
    accept(&desk.author, &edition, &late).await.is_problem(409, "suggestion-outdated");
    accept(&desk.author, &edition, &one).await.is_problem(409, "suggestion-answered");
    reject(&desk.author, &edition, &one).await.is_problem(409, "suggestion-answered");
    accept(&desk.author, &edition, &title).await.is(200);

    let shown = edition.show(&desk.author).await;
    assert_eq!((&shown["revision"], &shown["title"]), (&json!(4), &json!("Lô cá ngừ {1}")));
    let open = desk.author.get(&edition.path("suggestions?state=open")).await.is(200).json();
    assert_eq!((&open["items"][0]["id"], &open["items"][0]["outdated"]), (&late["id"], &json!(true)));
    let turned_down = reject(&desk.author, &edition, &late).await.is(200).json();
    assert_eq!((&turned_down["state"], &turned_down["answer"]["comment"]), (&json!("rejected"), &json!("Giữ như cũ.")));
    let all = desk.author.get(&edition.path("suggestions?limit=3")).await.is(200).json();
    assert_eq!((all["items"].as_array().unwrap().len(), all["next_cursor"].is_string()), (3, true));
    assert_eq!(desk.app.sweep().await, []);
}

#[actix_web::test]
async fn a_suggestion_breaks_no_markup_and_says_something_else() {
    let desk = Desk::new().await;
    let edition = begun(&desk).await;
    let before = desk.app.digest().await;

    for (segment, coded, pointer, code) in [
        ("1.1", "Sáng 14-9, lô cá ngừ 12,5 tấn rời cảng.", "/text", "bad-placeholder"),
        ("1.1", "{1}{/1}Sáng 14-9.", "/text", "bad-placeholder"),
        ("1.1", "{1}Sáng{/1} {2}14-9{/2}.", "/text", "bad-placeholder"),
        ("1.1", "Sáng 14-9, lô cá ngừ {1}12,5 tấn{/1} rời cảng.", "/text", "unchanged"),
        ("1.2", "", "/text", "bad-placeholder"),
        ("title", " ", "/text", "required"),
        ("title", "x{1}", "/text", "bad-placeholder"),
        ("9.9", "x", "/segment", "unknown"),
    ] {
        suggest(&desk.reviewer, &edition, segment, coded).await.is_problem(422, "invalid").names(pointer, code);
    }
    // What looks like markup is text.
    assert_eq!(desk.app.digest().await, before);
    let script = suggest(&desk.reviewer, &edition, "1.2", "<script>x</script> & <b>").await.is(201).json();
    accept(&desk.author, &edition, &script).await.is(200);
    let body = edition.show(&desk.author).await["body"].as_str().unwrap().to_owned();
    assert!(body.ends_with("<p>&lt;script&gt;x&lt;/script&gt; &amp; &lt;b&gt;</p>"), "{body}");
    assert_eq!(desk.app.sweep().await, []);
}

#[actix_web::test]
async fn who_may_suggest_and_who_may_take_are_two() {
    let desk = Desk::new().await;
    let edition = begun(&desk).await;
    let both = desk.app.account("author").and("reviewer").sign_in().await;
    let suggested = suggest(&desk.reviewer, &edition, "1.2", "Bà con chờ đón.").await.is(201).json();
    let auditor = desk.app.account("auditor").sign_in().await;
    let seen = edition.hash(&desk.reviewer).await;
    edition.save(&both, text("Bản hai", "Một đoạn.")).await.is(200);
    let before = desk.app.digest().await;

    for by in [&desk.author, &desk.publisher, &auditor] {
        suggest(by, &edition, "title", "Khác").await.is_problem(403, "forbidden");
    }
    suggest(&both, &edition, "title", "Khác").await.is_problem(403, "own-text");
    for by in [&desk.reviewer, &desk.approver, &desk.publisher, &auditor] {
        accept(by, &edition, &suggested).await.is_problem(403, "forbidden");
    }
    for by in [&desk.approver, &desk.publisher, &auditor] {
        reject(by, &edition, &suggested).await.is_problem(403, "forbidden");
    }
    let body = json!({"segment": "title", "text": "Khác", "content_hash": seen});
    desk.reviewer.post(&edition.path("suggestions"), &body).await.is_problem(409, "hash-mismatch");
    let path = edition.path(&format!("suggestions/{}/accept", suggested["id"].as_str().unwrap()));
    desk.author.post(&path, &json!({"content_hash": seen})).await.is_problem(409, "hash-mismatch");
    accept(&desk.author, &edition, &suggested).await.is_problem(409, "suggestion-outdated");
    assert_eq!(desk.app.digest().await, before);
    reject(&desk.reviewer, &edition, &suggested).await.is(200);
    assert_eq!(desk.app.sweep().await, []);
}

#[actix_web::test]
async fn a_guest_is_shown_no_suggestions_to_a_source() {
    let app = TestApp::new().await;
    let desk = Desk::of(&app).await;
    let guest = app.account("translator").locale("en").sign_in().await;
    let edition = desk.story(desk.draft().with("body", BODY)).await;
    edition.save(&desk.author, text("Bản hai", "Một đoạn.")).await.is(200);
    let made = suggest(&desk.reviewer, &edition, "title", "CANARY").await.is(201).json();

    assert_eq!(guest.get(&edition.path("suggestions")).await.is(200).json()["items"], json!([]));
    let path = edition.path(&format!("suggestions/{}/reject", made["id"].as_str().unwrap()));
    guest.post(&path, &json!({})).await.is_problem(404, "not-found");
    assert_eq!(desk.app.sweep().await, []);
}
