//! A text that is not published, for somebody without an account: for a while, and as long as nobody minds.

use actix_web::http::Method;
use serde_json::{Value, json};

use crate::support::{Answer, Client, Desk, Edition, TestApp, english, text};

async fn draft() -> (Desk, Edition) {
    let desk = Desk::new().await;
    let draft = desk.draft().with("title", "Chim hoàng yến").with("body", "<p>Mười hai tấn &amp; một.</p>");
    let edition = draft.begin().await;
    (desk, edition)
}

async fn share(edition: &Edition, by: &Client, body: Value) -> Answer {
    by.post(&edition.path("preview"), &body).await
}

/// The path of a link.
fn path(made: &Answer) -> String {
    let url = made.json()["url"].as_str().unwrap().to_owned();
    url.strip_prefix("https://lantoa.lamhai.example").unwrap().to_owned()
}

#[track_caller]
fn is_kept_by_nobody(answer: &Answer) {
    assert_eq!(answer.header("cache-control"), Some("private, no-store"));
    assert_eq!(answer.header("referrer-policy"), Some("no-referrer"));
    assert!(answer.header("x-robots-tag").unwrap().contains("noindex"));
    assert!(answer.header("etag").is_none());
}

#[actix_web::test]
async fn who_has_the_link_reads_the_text_and_sees_that_it_is_not_published() {
    let (desk, edition) = draft().await;
    let made = share(&edition, &desk.author, json!({"expires_in": 3_600})).await.is(201);

    let page = desk.app.get(&path(&made)).await.is(200);

    is_kept_by_nobody(&page);
    assert_eq!(page.header("content-language"), Some("vi"));
    let html = page.text();
    for words in ["Chim hoàng yến", "<p>Mười hai tấn &amp; một.</p>", "Bản xem trước, chưa được xuất bản", "10:00"]
    {
        assert!(html.contains(words), "{words} is not in {html}");
    }
    assert!(html.contains(r#"<html lang="vi""#) && html.contains(r#"<meta name="robots" content="noindex"#));
    assert!(html.contains(r#"<meta name="referrer" content="no-referrer">"#));
    let all = desk.app.all_public(&[&edition]).await;
    assert!(!all.contains("hoàng yến"), "and it is nowhere else");
    let translation = edition.in_locale("en");
    edition.submit(&desk.author).await.is(201);
    translation.translate(&desk.translator, english()).await.is(201);
    let made = share(&translation, &desk.translator, json!({})).await.is(201);
    let page = desk.app.get(&path(&made)).await.is(200);
    assert!(page.text().contains("Preview, not published") && page.header("content-language") == Some("en"));
}

#[actix_web::test]
async fn a_link_leads_to_one_revision_whatever_is_written_later() {
    let (desk, edition) = draft().await;
    let first = share(&edition, &desk.author, json!({})).await.is(201);
    edition.save(&desk.author, text("Bản hai", "Hai.")).await.is(200);
    let second = share(&edition, &desk.author, json!({"revision": 2})).await.is(201);
    let unknown = share(&edition, &desk.author, json!({"revision": 3})).await;
    unknown.is_problem(422, "invalid").names("/revision", "unknown");

    assert!(desk.app.get(&path(&first)).await.is(200).text().contains("Chim hoàng yến"));
    assert!(desk.app.get(&path(&second)).await.is(200).text().contains("Bản hai"));

    desk.app.sql("UPDATE revision SET title = 'Chim sẻ' WHERE number = 1").await;
    let altered = desk.app.get(&path(&first)).await.is(404);
    assert!(!altered.text().contains("Chim sẻ"));
}

#[actix_web::test]
async fn a_link_expires_and_is_revoked() {
    let (desk, edition) = draft().await;
    let (short, long) = (json!({"expires_in": 60}), json!({}));
    let short = share(&edition, &desk.author, short).await.is(201);
    let long = share(&edition, &desk.author, long).await.is(201);
    assert_eq!(long.json()["expires_at"], "2026-11-29T02:00:00Z", "a week");
    desk.app.pass(59);
    desk.app.get(&path(&short)).await.is(200);
    desk.app.pass(1);
    let over = desk.app.get(&path(&short)).await.is(404);
    is_kept_by_nobody(&over);

    let address = long.header("location").unwrap();
    let stranger = desk.app.account("author").agency("so").sign_in().await;
    stranger.delete(address, &long.etag()).await.is_problem(404, "not-found");
    desk.reviewer.delete(address, &long.etag()).await.is_problem(403, "forbidden");
    let revoked = desk.publisher.delete(address, &long.etag()).await.is(200);

    assert!(revoked.json()["revoked_at"].is_string());
    let page = desk.app.stranger().get_with(&path(&long), &[("accept", "text/html")]).await.is(404);
    is_kept_by_nobody(&page);
    assert!(!page.text().contains("hoàng yến"));
    desk.publisher.delete(address, &revoked.etag()).await.is_problem(412, "precondition-failed");
}

#[actix_web::test]
async fn a_link_is_its_makers_word_and_falls_with_their_right() {
    let (desk, edition) = draft().await;
    let made = share(&edition, &desk.author, json!({})).await.is(201);
    let admin = desk.app.account("admin").sign_in().await;
    let account = format!("/api/v1/accounts/{}", desk.author.id);

    admin.patch(&account, "\"v1\"", &json!({"disabled": true})).await.is(200);

    desk.app.get(&path(&made)).await.is(404);
}

#[actix_web::test]
async fn the_secret_is_told_once_and_kept_nowhere() {
    let (desk, edition) = draft().await;
    let send = async || {
        let headers = [("idempotency-key", "abc")];
        desk.author.write(Method::POST, &edition.path("preview"), &headers, &json!({})).await
    };
    let made = send().await.is(201);
    let secret = path(&made).strip_prefix("/preview/").unwrap().to_owned();

    let again = send().await.is(201);

    assert_eq!(made.body, again.body, "the same request gets the same answer");
    assert_eq!(desk.app.query("SELECT id FROM preview").await.len(), 1);
    let rows = desk.app.all_rows().await;
    let (_, signature) = secret.rsplit_once("..").unwrap();
    assert!(!rows.contains(&secret) && !rows.contains(signature));
    let shown = desk.author.get(made.header("location").unwrap()).await.is(200).json();
    let listed = desk.author.get(&edition.path("preview")).await.is(200).json();
    assert_eq!((&shown["url"], &listed["items"][0]["url"]), (&Value::Null, &Value::Null));
    assert_eq!(listed["items"][0]["id"], shown["id"]);
}

#[actix_web::test]
async fn a_link_that_nobody_made_leads_nowhere() {
    let (desk, edition) = draft().await;
    let made = share(&edition, &desk.author, json!({})).await.is(201);
    let good = path(&made);
    let (head, signature) = good.rsplit_once("..").unwrap();
    let other = uuid::Uuid::now_v7();
    let id = made.json()["id"].as_str().unwrap().to_owned();
    let forged = [
        "/preview/x".to_owned(),
        format!("{good}x"),
        format!("{head}..{}", "A".repeat(signature.len())),
        good.replace(&id, &other.to_string()),
        format!("/preview/{id}"),
        format!("/preview/{id}."),
    ];

    for path in forged {
        let answer = desk.app.get(&path).await.is(404);
        is_kept_by_nobody(&answer);
    }
    // A row whose hash fits a secret of the intruder's own choice is not signed.
    let own = format!("{id}.x..y");
    let hash = lantoa::kernel::Digest::of(&own);
    desk.app.sql(&format!("UPDATE preview SET secret_hash = '{hash}'")).await;
    desk.app.get(&format!("/preview/{own}")).await.is(404);
}

#[actix_web::test]
async fn what_is_published_since_is_read_where_everybody_does_and_what_is_down_nowhere() {
    let (desk, edition) = draft().await;
    let made = share(&edition, &desk.author, json!({})).await.is(201);
    desk.publish(&edition).await;

    let answer = desk.app.get(&path(&made)).await.is(302);

    is_kept_by_nobody(&answer);
    assert!(answer.header("location").unwrap().ends_with("/vi/a/chim-hoang-yen"));
    share(&edition, &desk.author, json!({})).await.is_problem(409, "already-published");
    edition.withdraw(&desk.publisher, "").await.is(200);
    desk.app.get(&path(&made)).await.is(404);
    share(&edition, &desk.author, json!({})).await.is_problem(409, "taken-down");
}

#[actix_web::test]
async fn who_may_share_a_text_and_for_how_long() {
    let app = TestApp::new().await;
    let desk = Desk::of(&app).await;
    let edition = desk.draft().begin().await;
    edition.submit(&desk.author).await.is(201);
    let auditor = app.account("auditor").sign_in().await;
    let guest = app.account("translator").sign_in().await;
    let before = app.digest().await;

    share(&edition, &auditor, json!({})).await.is_problem(403, "forbidden");
    share(&edition, &guest, json!({})).await.is_problem(403, "forbidden");
    guest.get(&edition.path("preview")).await.is_problem(404, "not-found");
    for seconds in [0, 59, 2_592_001] {
        let refused = share(&edition, &desk.author, json!({"expires_in": seconds})).await;
        refused.is_problem(422, "invalid").names("/expires_in", "out-of-range");
    }

    assert_eq!(app.digest().await, before);
    share(&edition, &desk.approver, json!({"expires_in": 2_592_000})).await.is(201);
}
