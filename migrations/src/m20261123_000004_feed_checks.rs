//! When each feed was read by others' readers last, and when they last found nothing wrong.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::columns::{create, key, maybe, moment, short, table, text};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let check = table("feed_check")
            .col(key(short("path")))
            .col(moment("checked_at"))
            .col(maybe(moment("clean_at")))
            .col(maybe(text("fault")))
            .to_owned();
        create(manager, vec![check]).await
    }
}
