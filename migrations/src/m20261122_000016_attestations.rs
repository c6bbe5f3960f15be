//! That a translation still holds although its source changed: which text of it, as against which text of the source,
//! and the case in which that is decided.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::columns::{create, index, key, moment, number, points, table, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let attestation = table("attestation")
            .col(key(uuid("id")))
            .col(uuid("edition_id"))
            .col(number("target_number"))
            .col(number("source_number"))
            .col(uuid("case_id"))
            .col(uuid("created_by"))
            .col(moment("created_at"))
            .foreign_key(&mut points("attestation_edition_fkey", ("attestation", "edition_id"), ("edition", "id")))
            .foreign_key(&mut points("attestation_case_fkey", ("attestation", "case_id"), ("review_case", "id")))
            .foreign_key(&mut points("attestation_account_fkey", ("attestation", "created_by"), ("account", "id")))
            .to_owned();
        create(manager, vec![attestation]).await?;
        index(manager, "attestation_edition_idx", "attestation", &["edition_id", "created_at", "id"], false).await?;
        index(manager, "attestation_case_key", "attestation", &["case_id"], true).await
    }
}
