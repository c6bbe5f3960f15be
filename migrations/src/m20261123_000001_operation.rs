//! What an operator is told in numbers is counted by index: what is late, and alarms that nobody has read.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::columns::index;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        index(manager, "notification_kind_idx", "notification", &["kind", "read_at"], false).await?;
        index(manager, "case_turn_due_idx", "case_turn", &["due_at", "kind"], false).await
    }
}
