//! What belongs to an article or an edition is found by its id alone, and SQLite knows which index is worth it.

use sea_orm_migration::{
    prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait},
    sea_orm::{ConnectionTrait, DbBackend},
};

use crate::columns::index;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// Of each index: its table, and of a large province the rows, then how many of them share the first column, the
/// first two, and so on.
///
/// Nearly all rows have one audience. Without being told, SQLite takes the audience for a good way to a few rows and
/// reads them all. These figures are the shape of the data and not a day's, so that a plan is the same in a small
/// province and a large one, and on every day; they are what `ANALYZE` would write.
const SHAPES: [(&str, &str, &str); 17] = [
    ("live_item", "sqlite_autoindex_live_item_1", "100000 100000 1"),
    ("live_item", "live_item_list_idx", "100000 100000 10000 1 1"),
    ("live_item", "live_item_kind_idx", "100000 100000 10000 1000 1 1"),
    ("live_item", "live_item_agency_idx", "100000 100000 10000 1000 1 1"),
    ("live_item", "live_item_article_idx", "100000 100000 10 1"),
    ("live_item", "live_item_family_idx", "100000 10"),
    ("live_topic", "sqlite_autoindex_live_topic_1", "200000 200000 2 1"),
    ("live_topic", "live_topic_list_idx", "200000 200000 20000 400 1 1"),
    ("live_slug", "sqlite_autoindex_live_slug_1", "100000 100000 10000 1"),
    ("live_version", "sqlite_autoindex_live_version_1", "150000 150000 2 1"),
    ("live_version", "live_version_article_idx", "150000 150000 15 2 1"),
    ("live_version", "live_version_family_idx", "150000 15"),
    ("live_event", "sqlite_autoindex_live_event_1", "200000 200000 1"),
    ("live_event", "live_event_family_idx", "200000 20"),
    ("live_tombstone", "sqlite_autoindex_live_tombstone_1", "1000 1000 1"),
    ("live_tombstone", "live_tombstone_feed_idx", "1000 1000 100 1"),
    ("live_tombstone", "live_tombstone_article_idx", "1000 1000 2 1"),
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
        let db = manager.get_connection();
        if db.get_database_backend() != DbBackend::Sqlite {
            return Ok(());
        }
        // It makes the table of shapes, and looks at no rows.
        db.execute_unprepared("ANALYZE sqlite_schema").await?;
        for (table, index, shape) in SHAPES {
            let row = format!("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('{table}', '{index}', '{shape}')");
            db.execute_unprepared(&row).await?;
        }
        db.execute_unprepared("ANALYZE sqlite_schema").await?;
        Ok(())
    }
}
