//! Notifications: what somebody has to be told, once.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::columns::{create, index, key, maybe, moment, points, short, table, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let notification = table("notification")
            .col(key(uuid("id")))
            .col(uuid("account_id"))
            .col(short("kind"))
            .col(maybe(uuid("article_id")))
            .col(maybe(short("locale")))
            .col(maybe(uuid("case_id")))
            .col(maybe(short("stage")))
            .col(maybe(uuid("about_id")))
            .col(moment("at"))
            .col(maybe(moment("read_at")))
            .foreign_key(&mut points("notification_account_fkey", ("notification", "account_id"), ("account", "id")))
            .to_owned();
        create(manager, vec![notification]).await?;
        index(manager, "notification_account_idx", "notification", &["account_id", "at", "id"], false).await?;
        index(manager, "notification_read_idx", "notification", &["account_id", "read_at", "at", "id"], false).await
    }
}
