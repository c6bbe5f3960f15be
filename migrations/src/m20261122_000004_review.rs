//! Review cases and the decisions in them.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::columns::{create, index, key, maybe, moment, number, points, short, table, text, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let case = table("review_case")
            .col(key(uuid("id")))
            .col(uuid("edition_id"))
            .col(uuid("revision_id"))
            .col(number("revision_number"))
            .col(short("content_hash"))
            .col(short("workflow"))
            .col(number("workflow_version"))
            .col(text("stages"))
            .col(short("state"))
            .col(text("comment"))
            .col(uuid("opened_by"))
            .col(moment("opened_at"))
            .col(maybe(moment("closed_at")))
            .foreign_key(&mut points("review_case_edition_fkey", ("review_case", "edition_id"), ("edition", "id")))
            .foreign_key(&mut points("review_case_revision_fkey", ("review_case", "revision_id"), ("revision", "id")))
            .foreign_key(&mut points("review_case_account_fkey", ("review_case", "opened_by"), ("account", "id")))
            .to_owned();
        let decision = table("decision")
            .col(key(uuid("id")))
            .col(uuid("case_id"))
            .col(number("stage"))
            .col(uuid("account_id"))
            .col(short("verdict"))
            .col(short("content_hash"))
            .col(text("comment"))
            .col(moment("decided_at"))
            .foreign_key(&mut points("decision_case_fkey", ("decision", "case_id"), ("review_case", "id")))
            .foreign_key(&mut points("decision_account_fkey", ("decision", "account_id"), ("account", "id")))
            .to_owned();
        create(manager, vec![case, decision]).await?;
        index(manager, "review_case_edition_idx", "review_case", &["edition_id", "opened_at"], false).await?;
        // One person, one decision in a case: the rule holds even if the code above it fails.
        index(manager, "decision_case_account_key", "decision", &["case_id", "account_id"], true).await
    }
}
