//! What a case takes over from the one before it where a suggestion is all that lies between their texts, and at which
//! stage and in whose name a suggestion was made.

use sea_orm_migration::prelude::{
    Alias, DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, Table, async_trait,
};

use crate::columns::{create, index, keys, maybe, number, points, table, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let carried = table("carried_decision")
            .col(uuid("case_id"))
            .col(uuid("decision_id"))
            .primary_key(&mut keys(&["case_id", "decision_id"]))
            .foreign_key(&mut points(
                "carried_decision_case_fkey",
                ("carried_decision", "case_id"),
                ("review_case", "id"),
            ))
            .foreign_key(&mut points(
                "carried_decision_decision_fkey",
                ("carried_decision", "decision_id"),
                ("decision", "id"),
            ))
            .to_owned();
        create(manager, vec![carried]).await?;
        for (of, column) in [
            ("review_case", maybe(uuid("carry_case_id"))),
            ("review_case", maybe(number("carry_stage"))),
            ("suggestion", maybe(uuid("case_id"))),
            ("suggestion", maybe(number("stage"))),
            ("suggestion", maybe(uuid("on_behalf_of"))),
            ("suggestion", maybe(uuid("delegation_id"))),
        ] {
            manager.alter_table(Table::alter().table(Alias::new(of)).add_column(column).to_owned()).await?;
        }
        // By the revisions that were made of them.
        index(manager, "suggestion_made_idx", "suggestion", &["edition_id", "made_number"], false).await
    }
}
