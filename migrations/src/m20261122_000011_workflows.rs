//! Workflows as data, and what a case has beside its stages: whose turn it is, who stands in for whom.

use sea_orm_migration::prelude::{
    Alias, DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, Table, async_trait,
};

use crate::columns::{create, flag, index, key, keys, maybe, moment, number, points, short, table, text, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Every version stays: a case names the one that it began with.
        let workflow = table("workflow")
            .col(short("code"))
            .col(number("version"))
            .col(text("names"))
            .col(text("stages"))
            .col(maybe(text("rule")))
            .col(flag("independent"))
            .col(flag("active"))
            .col(flag("current"))
            .col(moment("created_at"))
            .primary_key(&mut keys(&["code", "version"]))
            .to_owned();
        let delegation = table("delegation")
            .col(key(uuid("id")))
            .col(uuid("account_id"))
            .col(uuid("delegate_id"))
            .col(short("role"))
            .col(maybe(short("agency_code")))
            .col(maybe(short("locale")))
            .col(moment("from_at"))
            .col(moment("until_at"))
            .col(text("reason"))
            .col(moment("created_at"))
            .col(maybe(moment("revoked_at")))
            .foreign_key(&mut points("delegation_account_fkey", ("delegation", "account_id"), ("account", "id")))
            .foreign_key(&mut points("delegation_delegate_fkey", ("delegation", "delegate_id"), ("account", "id")))
            .to_owned();
        let assignment = table("case_assignment")
            .col(uuid("case_id"))
            .col(number("stage"))
            .col(uuid("account_id"))
            .col(uuid("assigned_by"))
            .col(moment("assigned_at"))
            .primary_key(&mut keys(&["case_id", "stage"]))
            .foreign_key(&mut points(
                "case_assignment_case_fkey",
                ("case_assignment", "case_id"),
                ("review_case", "id"),
            ))
            .foreign_key(&mut points(
                "case_assignment_account_fkey",
                ("case_assignment", "account_id"),
                ("account", "id"),
            ))
            .to_owned();
        // Whose turn it is, as the cases say: made anew from them whenever one changes. The place sorts by when it
        // is due; what is never due comes last.
        let turn = table("case_turn")
            .col(key(uuid("id")))
            .col(uuid("case_id"))
            .col(uuid("edition_id"))
            .col(uuid("article_id"))
            .col(short("kind"))
            .col(number("stage"))
            .col(short("role"))
            .col(short("agency_code"))
            .col(short("locale"))
            .col(maybe(uuid("account_id")))
            .col(number("authors_after"))
            .col(number("revision_number"))
            .col(moment("since"))
            .col(maybe(moment("due_at")))
            .col(moment("place"))
            .col(maybe(moment("alarm_at")))
            .col(number("alarms"))
            .foreign_key(&mut points("case_turn_case_fkey", ("case_turn", "case_id"), ("review_case", "id")))
            .to_owned();
        create(manager, vec![workflow, delegation, assignment, turn]).await?;
        for (of, column) in [
            ("article", maybe(short("sensitivity"))),
            ("review_case", maybe(number("approval_format"))),
            ("review_case", maybe(short("sensitivity"))),
            ("review_case", maybe(flag("urgent"))),
            ("decision", maybe(uuid("on_behalf_of"))),
            ("decision", maybe(uuid("delegation_id"))),
            ("decision", maybe(text("waivers"))),
        ] {
            manager.alter_table(Table::alter().table(Alias::new(of)).add_column(column).to_owned()).await?;
        }
        index(manager, "workflow_current_idx", "workflow", &["current"], false).await?;
        index(manager, "delegation_delegate_idx", "delegation", &["delegate_id", "until_at"], false).await?;
        index(manager, "delegation_account_idx", "delegation", &["account_id", "until_at"], false).await?;
        index(manager, "case_turn_case_key", "case_turn", &["case_id", "kind", "stage"], true).await?;
        index(manager, "case_turn_edition_idx", "case_turn", &["edition_id"], false).await?;
        index(manager, "case_turn_article_idx", "case_turn", &["article_id"], false).await?;
        index(manager, "case_turn_role_idx", "case_turn", &["role", "place", "id"], false).await?;
        index(manager, "case_turn_agency_idx", "case_turn", &["role", "agency_code", "place", "id"], false).await?;
        index(manager, "case_turn_locale_idx", "case_turn", &["role", "locale", "place", "id"], false).await?;
        index(manager, "case_turn_both_idx", "case_turn", &["role", "agency_code", "locale", "place", "id"], false)
            .await?;
        index(manager, "case_turn_person_idx", "case_turn", &["account_id", "place", "id"], false).await?;
        index(manager, "case_turn_alarm_idx", "case_turn", &["alarm_at"], false).await?;
        index(manager, "review_case_opener_idx", "review_case", &["opened_by", "opened_at", "id"], false).await?;
        index(manager, "review_case_state_idx", "review_case", &["state"], false).await
    }
}
