//! What happened: counters, feed events, the audit chain, answers kept for repeated requests, settings that freeze.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::columns::{create, index, key, keys, maybe, moment, number, short, table, text, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let counter = table("counter").col(key(short("name"))).col(number("value")).to_owned();
        let event = table("feed_event")
            .col(key(number("seq")))
            .col(short("type"))
            .col(maybe(uuid("article_id")))
            .col(maybe(short("locale")))
            .col(moment("at"))
            .to_owned();
        let audit = table("audit_entry")
            .col(key(number("seq")))
            .col(moment("at"))
            .col(maybe(uuid("actor_id")))
            .col(short("action"))
            .col(short("subject_type"))
            .col(short("subject_id"))
            .col(text("data"))
            .col(short("prev"))
            .col(short("hash"))
            .to_owned();
        let answer = table("idempotency")
            .col(uuid("account_id"))
            .col(short("operation"))
            .col(short("key"))
            .col(short("request_hash"))
            .col(number("status"))
            .col(text("headers"))
            .col(text("body"))
            .col(moment("expires_at"))
            .primary_key(&mut keys(&["account_id", "operation", "key"]))
            .to_owned();
        let setting = table("setting").col(key(short("name"))).col(text("value")).to_owned();
        create(manager, vec![counter, event, audit, answer, setting]).await?;
        index(manager, "audit_entry_subject_idx", "audit_entry", &["subject_id", "seq"], false).await?;
        index(manager, "idempotency_expiry_idx", "idempotency", &["expires_at"], false).await
    }
}
