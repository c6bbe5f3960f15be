//! What is said about a text piece by piece: the keys of its blocks, which follow from the texts and can be worked out
//! again, comments on them, and suggestions of another wording. And what a timeline is read by.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::columns::{create, index, key, maybe, moment, number, points, short, table, text, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let keys = table("segment_keys")
            .col(key(uuid("revision_id")))
            .col(uuid("edition_id"))
            .col(number("number"))
            .col(text("keys"))
            .foreign_key(&mut points("segment_keys_revision_fkey", ("segment_keys", "revision_id"), ("revision", "id")))
            .to_owned();
        let comment = table("comment")
            .col(key(uuid("id")))
            .col(uuid("edition_id"))
            .col(number("revision_number"))
            .col(short("segment"))
            .col(maybe(uuid("thread_id")))
            .col(text("words"))
            .col(uuid("created_by"))
            .col(moment("created_at"))
            .col(maybe(uuid("resolved_by")))
            .col(maybe(moment("resolved_at")))
            .foreign_key(&mut points("comment_edition_fkey", ("comment", "edition_id"), ("edition", "id")))
            .foreign_key(&mut points("comment_thread_fkey", ("comment", "thread_id"), ("comment", "id")))
            .foreign_key(&mut points("comment_account_fkey", ("comment", "created_by"), ("account", "id")))
            .foreign_key(&mut points("comment_resolver_fkey", ("comment", "resolved_by"), ("account", "id")))
            .to_owned();
        // What an accepted one was made into is the revision of that number.
        let suggestion = table("suggestion")
            .col(key(uuid("id")))
            .col(uuid("edition_id"))
            .col(number("revision_number"))
            .col(short("content_hash"))
            .col(short("segment"))
            .col(text("before"))
            .col(text("after"))
            .col(text("comment"))
            .col(uuid("created_by"))
            .col(moment("created_at"))
            .col(short("state"))
            .col(text("answer"))
            .col(maybe(uuid("answered_by")))
            .col(maybe(moment("answered_at")))
            .col(maybe(number("made_number")))
            .foreign_key(&mut points("suggestion_edition_fkey", ("suggestion", "edition_id"), ("edition", "id")))
            .foreign_key(&mut points("suggestion_account_fkey", ("suggestion", "created_by"), ("account", "id")))
            .foreign_key(&mut points("suggestion_answerer_fkey", ("suggestion", "answered_by"), ("account", "id")))
            .to_owned();
        create(manager, vec![keys, comment, suggestion]).await?;
        index(manager, "segment_keys_edition_number_key", "segment_keys", &["edition_id", "number"], true).await?;
        index(manager, "comment_edition_idx", "comment", &["edition_id", "thread_id", "created_at", "id"], false)
            .await?;
        index(manager, "comment_thread_idx", "comment", &["thread_id", "created_at", "id"], false).await?;
        index(manager, "suggestion_edition_idx", "suggestion", &["edition_id", "created_at", "id"], false).await?;
        // With the number, so that what some may not read is passed over without reading any text.
        index(manager, "revision_timeline_idx", "revision", &["edition_id", "created_at", "id", "number"], false)
            .await?;
        index(manager, "publication_timeline_idx", "publication", &["edition_id", "created_at", "id"], false).await
    }
}
