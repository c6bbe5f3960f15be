//! What goes out: webhooks with their messages, subscriptions at the hub, and how far each follower of events has come.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::columns::{create, index, key, maybe, moment, number, points, short, table, text, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let follower = table("follower").col(key(short("name"))).col(number("seq")).to_owned();
        let webhook = table("webhook")
            .col(key(uuid("id")))
            .col(text("url"))
            .col(text("description"))
            .col(text("types"))
            .col(text("locales"))
            .col(text("secret"))
            .col(maybe(text("old_secret")))
            .col(maybe(moment("old_until")))
            .col(maybe(short("disabled")))
            .col(maybe(moment("disabled_at")))
            .col(maybe(moment("failing_since")))
            .col(number("since_seq"))
            .col(uuid("created_by"))
            .col(moment("created_at"))
            .col(moment("updated_at"))
            .col(number("version"))
            .foreign_key(&mut points("webhook_account_fkey", ("webhook", "created_by"), ("account", "id")))
            .to_owned();
        let delivery = table("delivery")
            .col(key(uuid("id")))
            .col(uuid("webhook_id"))
            .col(number("seq"))
            .col(uuid("article_id"))
            .col(short("kind"))
            .col(text("body"))
            .col(short("state"))
            .col(number("attempts"))
            .col(maybe(moment("next_at")))
            .col(maybe(moment("tried_at")))
            .col(maybe(number("status")))
            .col(maybe(short("problem")))
            .col(moment("created_at"))
            .col(maybe(moment("settled_at")))
            .foreign_key(&mut points("delivery_webhook_fkey", ("delivery", "webhook_id"), ("webhook", "id")))
            .to_owned();
        // Whoever subscribes is nobody that we know: no account stands behind it.
        let subscription = table("hub_subscription")
            .col(key(uuid("id")))
            .col(text("callback"))
            .col(short("place"))
            .col(text("topic"))
            .col(maybe(text("secret")))
            .col(moment("expires_at"))
            .col(number("due_seq"))
            .col(short("digest"))
            .col(number("failures"))
            .col(maybe(moment("next_at")))
            .col(moment("created_at"))
            .to_owned();
        let request = table("hub_request")
            .col(key(uuid("id")))
            .col(text("callback"))
            .col(short("place"))
            .col(text("topic"))
            .col(short("mode"))
            .col(number("lease"))
            .col(maybe(text("secret")))
            .col(number("failures"))
            .col(moment("next_at"))
            .col(moment("created_at"))
            .to_owned();
        let ping = table("hub_ping")
            .col(key(text("topic")))
            .col(number("seq"))
            .col(number("failures"))
            .col(moment("next_at"))
            .to_owned();
        create(manager, vec![follower, webhook, delivery, subscription, request, ping]).await?;
        index(manager, "delivery_seq_key", "delivery", &["webhook_id", "seq"], true).await?;
        index(manager, "delivery_order_idx", "delivery", &["webhook_id", "state", "article_id", "seq"], false).await?;
        index(manager, "delivery_wake_idx", "delivery", &["state", "next_at"], false).await?;
        index(manager, "delivery_list_idx", "delivery", &["webhook_id", "created_at", "id"], false).await?;
        index(manager, "delivery_settled_idx", "delivery", &["settled_at"], false).await?;
        index(manager, "hub_subscription_key", "hub_subscription", &["callback", "topic"], true).await?;
        index(manager, "hub_subscription_wake_idx", "hub_subscription", &["next_at"], false).await?;
        index(manager, "hub_subscription_place_idx", "hub_subscription", &["place"], false).await?;
        index(manager, "hub_request_key", "hub_request", &["callback", "topic"], true).await?;
        index(manager, "hub_request_wake_idx", "hub_request", &["next_at"], false).await?;
        index(manager, "hub_request_place_idx", "hub_request", &["place"], false).await
    }
}
