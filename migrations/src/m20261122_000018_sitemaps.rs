//! What was first published in a month, in all languages: sitemaps are cut by it, and their index is read from it alone.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::{
    columns::index,
    shapes::{Shape, tell},
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const SHAPES: &[Shape] = &[("live_item", "live_item_month_idx", &[100_000, 100_000, 10, 1, 1])];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = ["audience", "published_at", "edition_id", "updated_at"];
        index(manager, "live_item_month_idx", "live_item", &columns, false).await?;
        tell(manager, SHAPES).await
    }
}
