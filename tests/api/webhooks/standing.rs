//! How webhooks fare: tried for days, switched off with notice, on again, and sent to once more by hand.

use lantoa::kernel::Timestamp;
use serde_json::{Value, json};

use super::{DAY, hook, office, path, types};
use crate::support::{Client, Desk};

async fn log(admin: &Client, hook: &Value, query: &str) -> Vec<Value> {
    let all = admin.get(&format!("{}/deliveries?limit=100{query}", path(hook))).await.is(200).json();
    all["items"].as_array().unwrap().clone()
}

async fn told(admin: &Client) -> Vec<Value> {
    let all = admin.all("/api/v1/notifications").await;
    all.into_iter().filter(|one| one["kind"] == "webhook_disabled").collect()
}

#[actix_web::test]
async fn a_message_is_tried_for_days_and_its_log_says_how_it_fared() {
    let (desk, admin, receiver) = office().await;
    let hook = hook(&admin, &receiver.url("/")).await;
    receiver.says(503);
    desk.story(desk.draft()).await;
    for attempt in 1..12 {
        desk.app.deliver().await;
        let one = log(&admin.after(0), &hook, "&state=waiting").await.remove(0);
        assert_eq!((&one["status"], &one["attempts"]), (&json!(503), &json!(attempt)));
        assert_eq!((&one["problem"], &one["settled_at"]), (&Value::Null, &Value::Null));
        let then: Timestamp = one["next_at"].as_str().unwrap().parse().unwrap();
        desk.app.clock.set(then);
    }
    desk.app.deliver().await;
    let one = log(&admin.after(0), &hook, "").await.remove(0);
    assert_eq!((&one["state"], &one["attempts"], &one["next_at"]), (&json!("given_up"), &json!(12), &Value::Null));
    assert_eq!(receiver.take().len(), 12);
}

#[actix_web::test]
async fn whoever_says_that_it_is_gone_is_switched_off_and_administrators_are_told() {
    let (desk, admin, receiver) = office().await;
    let hook = hook(&admin, &receiver.url("/")).await;
    receiver.says(410);
    let edition = desk.story(desk.draft()).await;
    desk.app.deliver().await;

    let shown = admin.get(&path(&hook)).await.is(200);
    assert_eq!((&shown.json()["enabled"], &shown.json()["disabled"]), (&json!(false), &json!("gone")));
    let notices = told(&admin).await;
    assert_eq!((notices.len(), &notices[0]["webhook"]), (1, &hook["id"]));
    desk.app.pass(DAY);
    let (desk, admin) = (Desk::of(&desk.app).await, admin.after(0));
    desk.withdraw(&edition, "").await;
    desk.app.deliver().await;
    assert_eq!(receiver.take().len(), 1, "nobody calls it any more");

    receiver.says(200);
    admin.patch(&path(&hook), &shown.etag(), &json!({"enabled": true})).await.is(200);
    desk.app.deliver().await;
    assert_eq!(types(&receiver.take()), ["article.published", "article.withdrawn"], "nothing was lost meanwhile");
    assert_eq!(desk.app.sweep().await, []);
}

#[actix_web::test]
async fn whoever_takes_nothing_for_five_days_is_switched_off_and_told_of_once() {
    let (desk, admin, receiver) = office().await;
    let hook = hook(&admin, &receiver.url("/")).await;
    receiver.says(500);
    for day in 0..6 {
        let desk = Desk::of(&desk.app).await;
        desk.story(desk.draft()).await;
        desk.app.deliver().await;
        let shown = admin.after(0).get(&path(&hook)).await.is(200).json();
        assert_eq!(shown["enabled"], day < 5, "day {day}");
        assert!(!shown["failing_since"].is_null());
        desk.app.pass(DAY);
    }
    let admin = admin.after(0);
    assert_eq!(told(&admin).await.len(), 1);
    let audit = admin.all("/api/v1/audit").await;
    assert!(audit.iter().any(|one| one["action"] == "webhook.disabled"));
}

#[actix_web::test]
async fn one_that_is_switched_off_by_hand_is_not_called() {
    let (desk, admin, receiver) = office().await;
    let hook = hook(&admin, &receiver.url("/")).await;
    let etag = admin.get(&path(&hook)).await.etag();
    let off = admin.patch(&path(&hook), &etag, &json!({"enabled": false})).await.is(200);
    assert_eq!(off.json()["disabled"], "by_hand");
    desk.story(desk.draft()).await;
    desk.app.deliver().await;
    assert!(receiver.take().is_empty() && told(&admin).await.is_empty());
}

#[actix_web::test]
async fn a_message_is_sent_once_more_under_its_id_when_somebody_asks() {
    let (desk, admin, receiver) = office().await;
    let hook = hook(&admin, &receiver.url("/")).await;
    desk.story(desk.draft()).await;
    desk.app.deliver().await;
    let first = receiver.take().remove(0);
    let one = log(&admin, &hook, "&state=delivered").await.remove(0);
    assert_eq!(one["message_id"], first.header("webhook-id").unwrap());

    let again = format!("{}/deliveries/{}/redeliver", path(&hook), one["id"].as_str().unwrap());
    let waits = admin.post(&again, &Value::Null).await.is(202).json();
    assert_eq!((&waits["state"], &waits["attempts"]), (&json!("waiting"), &json!(0)));
    desk.app.deliver().await;

    let second = receiver.take().remove(0);
    assert_eq!((second.header("webhook-id"), &second.body), (first.header("webhook-id"), &first.body));
    let other = format!("{}/deliveries/{}/redeliver", path(&hook), hook["id"].as_str().unwrap());
    admin.post(&other, &Value::Null).await.is_problem(404, "not-found");
    admin.get(&format!("{}/deliveries?state=lost", path(&hook))).await.is_problem(400, "bad-parameter");
}

#[actix_web::test]
async fn one_that_is_removed_is_gone_with_its_messages() {
    let (desk, admin, receiver) = office().await;
    let hook = hook(&admin, &receiver.url("/")).await;
    desk.story(desk.draft()).await;
    let etag = admin.get(&path(&hook)).await.etag();
    admin.delete(&path(&hook), &etag).await.is(204);
    desk.app.deliver().await;
    admin.get(&path(&hook)).await.is_problem(404, "not-found");
    admin.get(&format!("{}/deliveries", path(&hook))).await.is_problem(404, "not-found");
    assert!(receiver.take().is_empty());
}
