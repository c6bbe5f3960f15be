//! What was brought in from another system: the decisions, the rows that are done, the addresses they had there.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::columns::{create, flag, index, key, keys, moment, number, points, short, table, text, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let run = table("import_run")
            .col(key(uuid("id")))
            .col(uuid("account_id"))
            .col(flag("publish"))
            .col(text("reason"))
            .col(short("source_hash"))
            .col(short("rows_hash"))
            .col(number("row_count"))
            .col(moment("decided_at"))
            .foreign_key(&mut points("import_run_account_fkey", ("import_run", "account_id"), ("account", "id")))
            .to_owned();
        // The key is the other system's own name of the article; the dates are those that nothing else keeps.
        let row = table("import_row")
            .col(key(short("external_key")))
            .col(short("row_hash"))
            .col(uuid("article_id"))
            .col(uuid("import_id"))
            .col(text("dates"))
            .foreign_key(&mut points("import_row_article_fkey", ("import_row", "article_id"), ("article", "id")))
            .foreign_key(&mut points("import_row_import_fkey", ("import_row", "import_id"), ("import_run", "id")))
            .to_owned();
        let old = table("old_address")
            .col(key(text("path")))
            .col(uuid("edition_id"))
            .foreign_key(&mut points("old_address_edition_fkey", ("old_address", "edition_id"), ("edition", "id")))
            .to_owned();
        // What of them leads to what is public, signed.
        let address = table("live_address")
            .col(short("audience"))
            .col(text("path"))
            .col(uuid("edition_id"))
            .col(text("signature"))
            .primary_key(&mut keys(&["audience", "path"]))
            .to_owned();
        create(manager, vec![run, row, old, address]).await?;
        index(manager, "import_run_source_idx", "import_run", &["source_hash"], false).await?;
        index(manager, "import_row_article_key", "import_row", &["article_id"], true).await?;
        index(manager, "old_address_edition_idx", "old_address", &["edition_id"], false).await?;
        index(manager, "slug_claim_edition_idx", "slug_claim", &["edition_id"], false).await?;
        index(manager, "live_address_edition_idx", "live_address", &["edition_id"], false).await
    }
}
