//! Orders for a later moment, and releases of several editions, each with what became of it.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::columns::{create, flag, index, key, maybe, moment, number, points, short, table, text, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let release = table("release")
            .col(key(uuid("id")))
            .col(maybe(moment("due_at")))
            .col(uuid("ordered_by"))
            .col(moment("ordered_at"))
            .col(short("outcome"))
            .col(maybe(short("why")))
            .col(number("attempts"))
            .col(maybe(moment("wake_at")))
            .col(maybe(moment("settled_at")))
            .col(number("version"))
            .foreign_key(&mut points("release_account_fkey", ("release", "ordered_by"), ("account", "id")))
            .to_owned();
        // What is waited for is woken at `wake_at`: its moment, or when it is tried again. A member of a release is
        // woken with it and not by itself.
        let schedule = table("schedule")
            .col(key(uuid("id")))
            .col(uuid("edition_id"))
            .col(short("agency_code"))
            .col(flag("is_source"))
            .col(short("deed"))
            .col(number("revision_number"))
            .col(short("content_hash"))
            .col(flag("correct"))
            .col(text("note"))
            .col(moment("due_at"))
            .col(maybe(moment("until_at")))
            .col(maybe(uuid("release_id")))
            .col(uuid("ordered_by"))
            .col(moment("ordered_at"))
            .col(short("outcome"))
            .col(maybe(short("why")))
            .col(number("attempts"))
            .col(maybe(moment("wake_at")))
            .col(maybe(moment("settled_at")))
            .col(maybe(uuid("publication_id")))
            .foreign_key(&mut points("schedule_edition_fkey", ("schedule", "edition_id"), ("edition", "id")))
            .foreign_key(&mut points("schedule_release_fkey", ("schedule", "release_id"), ("release", "id")))
            .foreign_key(&mut points("schedule_account_fkey", ("schedule", "ordered_by"), ("account", "id")))
            .foreign_key(&mut points(
                "schedule_publication_fkey",
                ("schedule", "publication_id"),
                ("publication", "id"),
            ))
            .to_owned();
        create(manager, vec![release, schedule]).await?;
        index(manager, "release_wake_idx", "release", &["outcome", "wake_at"], false).await?;
        index(manager, "schedule_wake_idx", "schedule", &["outcome", "wake_at"], false).await?;
        index(manager, "schedule_edition_idx", "schedule", &["edition_id", "deed", "id"], false).await?;
        index(manager, "schedule_release_idx", "schedule", &["release_id"], false).await?;
        index(manager, "schedule_list_idx", "schedule", &["due_at", "id"], false).await?;
        index(manager, "schedule_outcome_idx", "schedule", &["outcome", "due_at", "id"], false).await?;
        index(manager, "schedule_agency_idx", "schedule", &["agency_code", "due_at", "id"], false).await
    }
}
