//! Each fact is told to each person once: notifications say which fact they are about.

use sea_orm_migration::prelude::{
    Alias, DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, Table, async_trait,
};

use crate::columns::{index, maybe, short};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Those of before name none, and what is null is never twice the same.
        let fact = Table::alter().table(Alias::new("notification")).add_column(maybe(short("fact"))).to_owned();
        manager.alter_table(fact).await?;
        index(manager, "notification_fact_key", "notification", &["account_id", "fact"], true).await?;
        // By time, for removing what is old.
        index(manager, "notification_at_idx", "notification", &["at"], false).await
    }
}
