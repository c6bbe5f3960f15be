//! Links to texts that are not published, for people without an account. Of each secret there is only a hash.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::columns::{create, index, key, maybe, moment, number, points, short, table, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let preview = table("preview")
            .col(key(uuid("id")))
            .col(uuid("edition_id"))
            .col(uuid("revision_id"))
            .col(number("revision_number"))
            .col(short("content_hash"))
            .col(short("secret_hash"))
            .col(uuid("created_by"))
            .col(moment("created_at"))
            .col(moment("expires_at"))
            .col(maybe(moment("revoked_at")))
            .col(number("version"))
            .foreign_key(&mut points("preview_edition_fkey", ("preview", "edition_id"), ("edition", "id")))
            .foreign_key(&mut points("preview_revision_fkey", ("preview", "revision_id"), ("revision", "id")))
            .foreign_key(&mut points("preview_account_fkey", ("preview", "created_by"), ("account", "id")))
            .to_owned();
        create(manager, vec![preview]).await?;
        index(manager, "preview_edition_idx", "preview", &["edition_id", "created_at", "id"], false).await
    }
}
