//! What belongs to an article or an edition is found by its id alone, and SQLite knows which index is worth it.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::{
    columns::index,
    shapes::{Shape, tell},
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// Nearly all rows have one audience. Without being told, SQLite takes the audience for a good way to a few rows and
/// reads them all. These figures are the shape of the data and not a day's, so that a plan is the same in a small
/// province and a large one, and on every day.
const SHAPES: &[Shape] = &[
    ("live_item", "sqlite_autoindex_live_item_1", &[100_000, 100_000, 1]),
    ("live_item", "live_item_list_idx", &[100_000, 100_000, 10_000, 1, 1]),
    ("live_item", "live_item_kind_idx", &[100_000, 100_000, 10_000, 1_000, 1, 1]),
    ("live_item", "live_item_agency_idx", &[100_000, 100_000, 10_000, 1_000, 1, 1]),
    ("live_item", "live_item_article_idx", &[100_000, 100_000, 10, 1]),
    ("live_item", "live_item_family_idx", &[100_000, 10]),
    ("live_topic", "sqlite_autoindex_live_topic_1", &[200_000, 200_000, 2, 1]),
    ("live_topic", "live_topic_list_idx", &[200_000, 200_000, 20_000, 400, 1, 1]),
    ("live_slug", "sqlite_autoindex_live_slug_1", &[100_000, 100_000, 10_000, 1]),
    ("live_version", "sqlite_autoindex_live_version_1", &[150_000, 150_000, 2, 1]),
    ("live_version", "live_version_article_idx", &[150_000, 150_000, 15, 2, 1]),
    ("live_version", "live_version_family_idx", &[150_000, 15]),
    ("live_event", "sqlite_autoindex_live_event_1", &[200_000, 200_000, 1]),
    ("live_event", "live_event_family_idx", &[200_000, 20]),
    ("live_tombstone", "sqlite_autoindex_live_tombstone_1", &[1_000, 1_000, 1]),
    ("live_tombstone", "live_tombstone_feed_idx", &[1_000, 1_000, 100, 1]),
    ("live_tombstone", "live_tombstone_article_idx", &[1_000, 1_000, 2, 1]),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        index(manager, "live_item_family_idx", "live_item", &["article_id"], false).await?;
        index(manager, "live_version_family_idx", "live_version", &["article_id"], false).await?;
        index(manager, "live_event_family_idx", "live_event", &["article_id"], false).await?;
        index(manager, "live_tombstone_family_idx", "live_tombstone", &["article_id"], false).await?;
        index(manager, "live_topic_edition_idx", "live_topic", &["edition_id"], false).await?;
        index(manager, "live_slug_edition_idx", "live_slug", &["edition_id"], false).await?;
        tell(manager, SHAPES).await
    }
}
