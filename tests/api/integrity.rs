//! What the watch found is told to who audits, by name.

use lantoa::service::integrity;
use serde_json::{Value, json};

use crate::support::{Client, Desk, text};

async fn told(desk: &Desk, auditor: &Client) -> Value {
    integrity::look(&desk.app.app).await.unwrap();
    auditor.get("/api/v1/integrity").await.is(200).json()
}

#[actix_web::test]
async fn a_decision_written_by_sql_withholds_what_rests_on_it_and_is_named() {
    let desk = Desk::new().await;
    let (live, draft) = (desk.story(desk.draft()).await, desk.draft().begin().await);
    draft.submit(&desk.author).await.is(201);
    draft.decide(&desk.reviewer, "approve").await.is(200);
    let auditor = desk.app.account("auditor").sign_in().await;
    assert_eq!(auditor.get("/api/v1/integrity").await.json()["checked_at"], Value::Null);
    assert_eq!(told(&desk, &auditor).await["sound"], true);

    desk.app.sql("UPDATE decision SET verdict = 'request_changes'").await;

    let found = told(&desk, &auditor).await;
    assert_eq!((&found["sound"], &found["accounts"]), (&json!(false), &json!([])));
    let of = |article: &str| {
        let all = found["editions"].as_array().unwrap();
        all.iter().find(|one| one["article"] == article).cloned().unwrap_or_default()
    };
    let public = of(&live.article);
    assert_eq!((&public["withheld"], &public["locale"]), (&json!(true), &json!("vi")), "{found}");
    assert_eq!((&of(&draft.article)["what"], &of(&draft.article)["withheld"]), (&json!("decision"), &json!(false)));
    live.public().await.is(404);
}

#[actix_web::test]
async fn a_right_written_by_sql_is_named_with_its_account() {
    let desk = Desk::new().await;
    let auditor = desk.app.account("auditor").sign_in().await;
    assert_eq!(told(&desk, &auditor).await["sound"], true);

    desk.app.sql("UPDATE account_grant SET role = 'publisher' WHERE role = 'author'").await;

    let found = told(&desk, &auditor).await;
    assert_eq!(found["accounts"][0]["id"], desk.author.id.to_string(), "{found}");
    assert_eq!(found["sound"], false);
}

#[actix_web::test]
async fn publishing_the_approved_text_again_repairs_what_was_altered() {
    let desk = Desk::new().await;
    let live = desk.story(desk.draft()).await;
    let auditor = desk.app.account("auditor").sign_in().await;
    desk.app.sql("UPDATE live_item SET content = replace(content, 'a', 'b')").await;
    assert_eq!(told(&desk, &auditor).await["editions"][0]["withheld"], true);
    live.public().await.is(404);

    desk.update(&live, json!({"title": "Lô cá ngừ", "summary": "Cá.", "body": "<p>Cá ngừ tươi.</p>"})).await;

    assert_eq!(told(&desk, &auditor).await["sound"], true);
    live.public().await.is(200);
}

#[actix_web::test]
async fn what_is_public_is_withheld_whatever_else_is_wrong_with_its_edition() {
    for newest_first in [false, true] {
        let desk = Desk::new().await;
        let live = desk.story(desk.draft()).await;
        for words in ["Hai.", "Ba.", "Bốn."] {
            live.save(&desk.author, text("Bản sau", words)).await.is(200);
            live.submit(&desk.author).await.is(201);
            live.decide(&desk.reviewer, "approve").await.is(200);
        }
        assert_eq!(desk.app.sweep().await, []);
        if newest_first {
            desk.app.sql("UPDATE decision SET stage = 1 - stage").await;
        } else {
            desk.app.sql("UPDATE decision SET verdict = 'request_changes'").await;
        }

        let found: Vec<_> = desk.app.sweep().await.into_iter().map(|one| one.what).collect();

        assert_eq!(found, [integrity::What::Approval]);
        live.public().await.is(404);
    }
}
