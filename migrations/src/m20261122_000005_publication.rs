//! Publications, signed and chained per edition, and the slugs that they claim.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::columns::{create, index, key, keys, maybe, moment, number, points, short, table, text, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let publication = table("publication")
            .col(key(uuid("id")))
            .col(uuid("edition_id"))
            .col(number("sequence"))
            .col(number("version"))
            .col(short("kind"))
            .col(uuid("revision_id"))
            .col(number("revision_number"))
            .col(maybe(uuid("case_id")))
            .col(maybe(short("reason")))
            .col(text("note"))
            .col(short("content_hash"))
            .col(text("envelope"))
            .col(text("signature"))
            .col(short("envelope_hash"))
            .col(short("kid"))
            .col(uuid("created_by"))
            .col(moment("created_at"))
            .foreign_key(&mut points("publication_edition_fkey", ("publication", "edition_id"), ("edition", "id")))
            .foreign_key(&mut points("publication_revision_fkey", ("publication", "revision_id"), ("revision", "id")))
            .foreign_key(&mut points("publication_case_fkey", ("publication", "case_id"), ("review_case", "id")))
            .foreign_key(&mut points("publication_account_fkey", ("publication", "created_by"), ("account", "id")))
            .to_owned();
        let claim = table("slug_claim")
            .col(short("locale"))
            .col(short("slug"))
            .col(uuid("edition_id"))
            .col(moment("claimed_at"))
            .primary_key(&mut keys(&["locale", "slug"]))
            .foreign_key(&mut points("slug_claim_edition_fkey", ("slug_claim", "edition_id"), ("edition", "id")))
            .to_owned();
        create(manager, vec![publication, claim]).await?;
        index(manager, "publication_edition_sequence_key", "publication", &["edition_id", "sequence"], true).await?;
        index(manager, "publication_kid_idx", "publication", &["kid"], false).await
    }
}
