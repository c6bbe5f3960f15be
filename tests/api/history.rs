//! History: who did what when, page by page, and no more of it than one may read.

use serde_json::{Value, json};

use crate::support::{Client, Desk, TestApp, english, text};

/// Everything that a history tells, newest first, in pages of two.
async fn told(by: &Client, path: &str) -> Vec<Value> {
    let (mut all, mut next) = (Vec::new(), format!("{path}?limit=2"));
    loop {
        let page = by.get(&next).await.is(200).json();
        let items = page["items"].as_array().unwrap().clone();
        assert!(items.len() <= 2);
        all.extend(items);
        let Some(cursor) = page["next_cursor"].as_str() else { return all };
        next = format!("{path}?limit=2&cursor={cursor}");
    }
}

fn acts(events: &[Value]) -> Vec<String> {
    let word = |event: &Value| {
        let more = ["act", "verdict", "case_state", "change_class"].iter().find_map(|name| event[name].as_str());
        format!(
            "{} {} {} {}",
            event["locale"].as_str().unwrap(),
            event["revision"],
            event["what"].as_str().unwrap(),
            more.unwrap()
        )
    };
    events.iter().map(word).collect()
}

#[actix_web::test]
async fn an_article_tells_who_did_what_when() {
    let desk = Desk::new().await;
    let source = desk.draft().begin().await;
    for act in ["submit", "review", "approve"] {
        desk.app.pass(60);
        match act {
            "submit" => drop(source.submit(&desk.author).await.is(201)),
            "review" => drop(source.decide(&desk.reviewer, "approve").await.is(200)),
            _ => drop(source.decide(&desk.approver, "approve").await.is(200)),
        }
    }
    desk.app.pass(60);
    source.publish(&desk.publisher).await.is(200);
    desk.app.pass(60);
    let translation = source.in_locale("en");
    translation.translate(&desk.translator, english()).await.is(201);
    desk.app.pass(60);
    let mut next = text("Bản hai", "Hai.");
    next["change_note"] = "Thêm số liệu.".into();
    source.save(&desk.author, next).await.is(200);
    desk.app.pass(60);
    source.withdraw(&desk.publisher, "Số sai.").await.is(200);

    let all = told(&desk.author, &format!("/api/v1/articles/{}/history", source.article)).await;

    assert_eq!(
        acts(&all),
        [
            "vi 1 published withdraw",
            "vi 2 saved major",
            "en 1 saved major",
            "vi 1 published publish",
            "vi 1 decided approve",
            "vi 1 decided approve",
            "vi 1 submitted approved",
            "vi 1 saved major",
        ]
    );
    assert_eq!(
        (&all[1]["note"], &all[0]["note"], &all[0]["reason"]),
        (&json!("Thêm số liệu."), &json!("Số sai."), &json!("wrong_figure"))
    );
    assert_eq!(all[4]["by"], json!({"id": desk.approver.id.to_string(), "name": "Người thử"}));
    assert_eq!((&all[4]["stage"], &all[5]["stage"]), (&json!("approval"), &json!("review")));
    assert_eq!(all[6]["at"], "2026-11-22T02:01:00Z");
    assert_eq!((&all[3]["sequence"], &all[2]["source_revision"]), (&json!(1), &json!(1)));
    let english_one = told(&desk.author, &translation.path("history")).await;
    assert_eq!(acts(&english_one), ["en 1 saved major"]);
    assert_eq!(told(&desk.author, &source.path("history")).await.len(), 7);
}

#[actix_web::test]
async fn a_guest_hears_of_nothing_that_stayed_on_the_desk() {
    let app = TestApp::new().await;
    let author = app.account("author").agency("bao").sign_in().await;
    let guest = app.account("translator").locale("en").sign_in().await;
    let french = app.account("translator").locale("fr").sign_in().await;
    let source = author.article().begin().await;
    let mut draft = text("Bản hai", "Hai.");
    draft["change_note"] = "CANARY".into();
    source.save(&author, draft.clone()).await.is(200);
    source.submit(&author).await.is(201);
    source.save(&author, text("Bản ba", "Ba.")).await.is(200);
    source.go_public(&author).await;
    source.save(&author, draft).await.is(200);
    source.in_locale("fr").translate(&french, english()).await.is(201);

    for path in [format!("/api/v1/articles/{}/history", source.article), source.path("history")] {
        let all = told(&guest, &path).await;
        assert_eq!(
            acts(&all),
            [
                "vi 3 published publish",
                "vi 3 decided approve",
                "vi 3 decided approve",
                "vi 3 submitted approved",
                "vi 3 saved major"
            ],
            "{path}"
        );
        assert!(!guest.get(&path).await.text().contains("CANARY"));
    }
    guest.get(&source.in_locale("fr").path("history")).await.is_problem(404, "not-found");
    let whole = format!("/api/v1/articles/{}/history", source.article);
    assert!(acts(&told(&author, &whole).await).contains(&"fr 1 saved major".to_owned()));
}

#[actix_web::test]
async fn a_page_of_history_costs_the_same_however_long_it_is() {
    let desk = Desk::new().await;
    let source = desk.draft().begin().await;
    let path = format!("/api/v1/articles/{}/history?limit=3", source.article);
    let cost = async || {
        desk.app.statements.lock().unwrap().clear();
        desk.author.get(&path).await.is(200);
        desk.app.statements.lock().unwrap().len()
    };
    desk.publish(&source).await;
    let short = cost().await;

    for number in 0..12 {
        desk.app.pass(1);
        desk.update(&source, text(&format!("Bản {number}"), "Lại một bản.")).await;
    }

    assert_eq!(cost().await, short);
}
