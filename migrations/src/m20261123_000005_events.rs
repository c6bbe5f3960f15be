//! What was told of an edition is found by the edition: the sweep asks for it of each, and read every event for each.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::{
    columns::index,
    shapes::{Shape, tell},
};

/// Every row shares the audience, which the table's own key begins with.
const SHAPE: [Shape; 1] = [("live_event", "live_event_edition_idx", &[200_000, 2, 1])];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        index(manager, "live_event_edition_idx", "live_event", &["edition_id", "seq"], false).await?;
        tell(manager, &SHAPE).await
    }
}
