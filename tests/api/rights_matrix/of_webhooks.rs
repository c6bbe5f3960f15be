//! What is asked of a webhook and its messages.

use actix_web::http::Method;
use lantoa::service::outbox;
use serde_json::json;

use super::{Ask, Desk, Stage};

/// The operations that are about webhooks.
pub const ROWS: &[&str] = &[
    "listWebhooks",
    "createWebhook",
    "showWebhook",
    "updateWebhook",
    "rotateWebhookSecret",
    "removeWebhook",
    "listDeliveries",
    "redeliverMessage",
];

impl Desk {
    pub(super) async fn ask_of_a_webhook(&mut self, operation: &str) -> Ask {
        match operation {
            "listWebhooks" => return Ask::new(Method::GET, "/api/v1/webhooks"),
            "createWebhook" => {
                return Ask::new(Method::POST, "/api/v1/webhooks").body(json!({"url": "https://portal.example/new"}));
            }
            _ => {}
        }
        // There is an end to webhooks: those of the rows before make room.
        for one in self.head.all("/api/v1/webhooks").await {
            let path = format!("/api/v1/webhooks/{}", one["id"].as_str().unwrap());
            let etag = self.head.get(&path).await.etag();
            self.head.delete(&path, &etag).await.is(204);
        }
        let made = self.head.post("/api/v1/webhooks", &json!({"url": "https://portal.example/hook"})).await.is(201);
        let id = made.json()["id"].as_str().unwrap().to_owned();
        let path = format!("/api/v1/webhooks/{id}");
        match operation {
            "showWebhook" => Ask::new(Method::GET, path),
            "updateWebhook" => Ask::new(Method::PATCH, path).seen(made.etag()).body(json!({"enabled": false})),
            "rotateWebhookSecret" => Ask::new(Method::POST, format!("{path}/secret")).seen(made.etag()).body(json!({})),
            "removeWebhook" => Ask::new(Method::DELETE, path).seen(made.etag()),
            "listDeliveries" => Ask::new(Method::GET, format!("{path}/deliveries")),
            _ => {
                let message = self.message(&id).await;
                Ask::new(Method::POST, format!("{path}/deliveries/{message}/redeliver"))
            }
        }
    }

    /// A message to a webhook.
    async fn message(&mut self, webhook: &str) -> String {
        self.edition(Stage::Live, "bao").await.withdraw(&self.head, "").await;
        self.made.clear();
        while outbox::follow(&self.app.app).await.unwrap() {}
        let path = format!("/api/v1/webhooks/{webhook}/deliveries");
        self.head.get(&path).await.json()["items"][0]["id"].as_str().unwrap().to_owned()
    }
}
