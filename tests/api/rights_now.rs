//! Rights hold as they are at the moment of the act, whatever the token or an earlier decision says.

use lantoa::store::{Change, account};
use serde_json::{Value, json};

use crate::support::{Client, Edition, PASSWORD, TestApp, english};

#[actix_web::test]
async fn a_right_withdrawn_is_gone_at_the_next_request_with_the_same_token() {
    let app = TestApp::new().await;
    let admin = app.account("admin").sign_in().await;
    let author = app.account("author").sign_in().await;
    let source = author.article().begin().await;

    let account = format!("/api/v1/accounts/{}", author.id);
    let etag = admin.get(&account).await.etag();
    let grants = json!({"grants": [{"role": "reviewer"}]});
    admin.put(&format!("{account}/grants"), &etag, &grants).await.is(200);

    source.show(&author).await;
    source.save(&author, english()).await.is_problem(403, "forbidden");
    author.article().send().await.is_problem(403, "forbidden");
}

#[actix_web::test]
async fn a_right_withdrawn_while_a_request_waits_is_gone_for_it() {
    let app = TestApp::new().await;
    let author = app.account("author").sign_in().await;
    let waiting = author.article().begin().await;
    let etag = waiting.etag(&author).await;
    let service = app.app.clone();
    let text = english();

    // The transaction that takes the right is open before the request comes, which waits behind it.
    let tx = service.db.write().await.unwrap();
    let path = waiting.path("");
    let request = author.put(&path, &etag, &text);
    let withdraw = async {
        // Time for the request to come to the writer's door; a shorter one could only make this test blind.
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        account::set_grants(&tx, author.id, &[], service.clock.now()).await.unwrap();
        let event = lantoa::domain::event::Event {
            kind: lantoa::domain::event::EventType::Account,
            article: None,
            locale: None,
        };
        let change = Change::by(None, service.clock.now()).entry("account.grants_set", "account", author.id, json!({}));
        tx.commit(change.emit(event)).await.unwrap();
    };
    let (answer, ()) = futures_util::future::join(request, withdraw).await;

    answer.is_problem(404, "not-found");
    let auditor = app.account("auditor").sign_in().await;
    assert_eq!(waiting.show(&auditor).await["revision"], 1);
}

#[actix_web::test]
async fn a_disabled_account_is_out_at_the_next_request_with_the_same_token() {
    let app = TestApp::new().await;
    let admin = app.account("admin").sign_in().await;
    let author = app.account("author").sign_in().await;
    author.get("/api/v1/me").await.is(200);

    let account = format!("/api/v1/accounts/{}", author.id);
    let etag = admin.get(&account).await.etag();
    let disabled = admin.patch(&account, &etag, &json!({"disabled": true})).await.is(200);
    author.get("/api/v1/me").await.is_problem(401, "unauthenticated");
    author.article().send().await.is_problem(401, "unauthenticated");

    // Enabled again, the person signs in anew: what was ended stays ended.
    admin.patch(&account, &disabled.etag(), &json!({"disabled": false})).await.is(200);
    author.get("/api/v1/me").await.is_problem(401, "unauthenticated");
}

#[actix_web::test]
async fn a_changed_password_ends_every_other_sign_in_and_a_reset_one_ends_all() {
    let app = TestApp::new().await;
    let admin = app.account("admin").sign_in().await;
    let person = app.account("author").with_password().sign_in().await;
    let login = json!({"email": person.email(), "password": PASSWORD});
    let other = app.stranger().post("/api/v1/auth/login", &login).await.is(200).json();
    let other = person.with_token(other["access_token"].as_str().unwrap());
    other.get("/api/v1/me").await.is(200);

    let change = json!({"current": PASSWORD, "new": "sóng vỗ bờ cát trắng"});
    person.post("/api/v1/me/password", &change).await.is(204);
    other.get("/api/v1/me").await.is_problem(401, "unauthenticated");
    person.get("/api/v1/me").await.is(200);
    app.stranger().post("/api/v1/auth/login", &login).await.is_problem(401, "bad-credentials");

    let account = format!("/api/v1/accounts/{}", person.id);
    let etag = admin.get(&account).await.etag();
    admin.patch(&account, &etag, &json!({"password": "trăng lên đỉnh núi xa"})).await.is(200);
    person.get("/api/v1/me").await.is_problem(401, "unauthenticated");
}

#[actix_web::test]
async fn the_current_password_is_needed_to_change_it() {
    let app = TestApp::new().await;
    let person = app.account("author").with_password().sign_in().await;
    let before = app.digest().await;

    let change = json!({"current": "một mật khẩu khác hẳn", "new": "sóng vỗ bờ cát trắng"});
    person.post("/api/v1/me/password", &change).await.is_problem(422, "invalid").names("/current", "wrong-password");

    assert_eq!(app.digest().await, before);
}

/// An approved text, and the two who approved it.
async fn approved(app: &TestApp) -> (Edition, Client, Client) {
    let author = app.account("author").sign_in().await;
    let reviewer = app.account("reviewer").sign_in().await;
    let approver = app.account("approver").sign_in().await;
    let edition = author.article().begin().await;
    edition.submit(&author).await.is(201);
    edition.decide(&reviewer, "approve").await.is(200);
    edition.decide(&approver, "approve").await.is(200);
    (edition, reviewer, approver)
}

#[actix_web::test]
async fn an_approval_by_who_lost_the_role_does_not_carry_publication() {
    for stage in 0..2 {
        let app = TestApp::new().await;
        let admin = app.account("admin").sign_in().await;
        let publisher = app.account("publisher").sign_in().await;
        let (edition, reviewer, approver) = approved(&app).await;
        let account = format!("/api/v1/accounts/{}", [reviewer, approver][stage].id);
        let role = ["reviewer", "approver"][stage];
        let grant = async |grants: Value| {
            let etag = admin.get(&account).await.etag();
            admin.put(&format!("{account}/grants"), &etag, &json!({"grants": grants})).await.is(200);
        };

        // Gone, or held for another agency or language only.
        for grants in [json!([]), json!([{"role": role, "agency": "so"}]), json!([{"role": role, "locale": "en"}])] {
            grant(grants).await;
            let before = app.digest().await;
            edition.publish(&publisher).await.is_problem(409, "approval-lapsed");
            assert_eq!(app.digest().await, before);
        }
        grant(json!([{"role": role, "agency": "bao", "locale": "vi"}])).await;
        edition.publish(&publisher).await.is(200);
    }
}

#[actix_web::test]
async fn an_approval_by_who_was_disabled_does_not_carry_publication() {
    let app = TestApp::new().await;
    let admin = app.account("admin").sign_in().await;
    let publisher = app.account("publisher").sign_in().await;
    let (edition, _, approver) = approved(&app).await;
    let account = format!("/api/v1/accounts/{}", approver.id);
    let etag = admin.get(&account).await.etag();
    admin.patch(&account, &etag, &json!({"disabled": true})).await.is(200);
    let before = app.digest().await;

    edition.publish(&publisher).await.is_problem(409, "approval-lapsed");

    assert_eq!(app.digest().await, before);
}

#[actix_web::test]
async fn an_author_who_becomes_approver_still_does_not_approve_the_own_text() {
    let app = TestApp::new().await;
    let admin = app.account("admin").sign_in().await;
    let author = app.account("author").sign_in().await;
    let second = app.account("author").sign_in().await;
    let reviewer = app.account("reviewer").sign_in().await;
    let edition = author.article().begin().await;
    edition.save(&second, english()).await.is(200);
    edition.submit(&second).await.is(201);

    for (who, role) in [(&author, "reviewer"), (&second, "approver")] {
        let account = format!("/api/v1/accounts/{}", who.id);
        let etag = admin.get(&account).await.etag();
        admin.put(&format!("{account}/grants"), &etag, &json!({"grants": [{"role": role}]})).await.is(200);
    }
    let before = app.digest().await;
    edition.decide(&author, "approve").await.is_problem(403, "own-text");
    assert_eq!(app.digest().await, before);
    edition.decide(&reviewer, "approve").await.is(200);
    let before = app.digest().await;
    edition.decide(&second, "approve").await.is_problem(403, "own-text");
    assert_eq!(app.digest().await, before);
}

#[actix_web::test]
async fn one_person_decides_one_stage_even_with_both_roles() {
    let app = TestApp::new().await;
    let author = app.account("author").sign_in().await;
    let both = app.account("reviewer").and("approver").sign_in().await;
    let edition = author.article().begin().await;
    edition.submit(&author).await.is(201);
    edition.decide(&both, "approve").await.is(200);
    let before = app.digest().await;

    edition.decide(&both, "approve").await.is_problem(403, "second-stage");

    assert_eq!(app.digest().await, before);
}
