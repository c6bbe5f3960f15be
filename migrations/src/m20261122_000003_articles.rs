//! Articles, their editions and append-only revisions.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::columns::{create, index, key, keys, maybe, moment, number, points, short, table, text, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let article = table("article")
            .col(key(uuid("id")))
            .col(short("agency_code"))
            .col(short("kind"))
            .col(short("source_locale"))
            .col(maybe(text("place")))
            .col(maybe(text("details")))
            .col(number("version"))
            .col(uuid("created_by"))
            .col(moment("created_at"))
            .col(moment("updated_at"))
            .foreign_key(&mut points("article_agency_fkey", ("article", "agency_code"), ("agency", "code")))
            .foreign_key(&mut points("article_locale_fkey", ("article", "source_locale"), ("locale", "tag")))
            .foreign_key(&mut points("article_account_fkey", ("article", "created_by"), ("account", "id")))
            .to_owned();
        let topics = table("article_topic")
            .col(uuid("article_id"))
            .col(short("topic_code"))
            .primary_key(&mut keys(&["article_id", "topic_code"]))
            .foreign_key(&mut points("article_topic_article_fkey", ("article_topic", "article_id"), ("article", "id")))
            .foreign_key(&mut points("article_topic_topic_fkey", ("article_topic", "topic_code"), ("topic", "code")))
            .to_owned();
        // The numbers point at revisions, cases and publications of this edition; a person's
        // "state" is derived from them, never stored.
        let edition = table("edition")
            .col(key(uuid("id")))
            .col(uuid("article_id"))
            .col(short("locale"))
            .col(maybe(text("guid")))
            .col(number("latest_number"))
            .col(maybe(number("source_number")))
            .col(maybe(number("approved_number")))
            .col(maybe(number("live_number")))
            .col(maybe(uuid("case_id")))
            .col(maybe(uuid("publication_id")))
            .col(number("version"))
            .col(moment("created_at"))
            .col(moment("updated_at"))
            .foreign_key(&mut points("edition_article_fkey", ("edition", "article_id"), ("article", "id")))
            .foreign_key(&mut points("edition_locale_fkey", ("edition", "locale"), ("locale", "tag")))
            .to_owned();
        let revision = table("revision")
            .col(key(uuid("id")))
            .col(uuid("edition_id"))
            .col(number("number"))
            .col(text("title"))
            .col(text("summary"))
            .col(text("body"))
            .col(short("slug"))
            .col(maybe(text("details")))
            .col(text("shared"))
            .col(short("content_hash"))
            .col(maybe(number("source_number")))
            .col(short("change_class"))
            .col(text("change_note"))
            .col(short("provenance"))
            .col(uuid("created_by"))
            .col(moment("created_at"))
            .foreign_key(&mut points("revision_edition_fkey", ("revision", "edition_id"), ("edition", "id")))
            .foreign_key(&mut points("revision_account_fkey", ("revision", "created_by"), ("account", "id")))
            .to_owned();
        create(manager, vec![article, topics, edition, revision]).await?;
        index(manager, "article_created_idx", "article", &["created_at", "id"], false).await?;
        index(manager, "article_agency_idx", "article", &["agency_code", "created_at", "id"], false).await?;
        index(manager, "article_topic_topic_idx", "article_topic", &["topic_code"], false).await?;
        index(manager, "edition_article_locale_key", "edition", &["article_id", "locale"], true).await?;
        index(manager, "edition_locale_idx", "edition", &["locale"], false).await?;
        index(manager, "revision_slug_idx", "revision", &["slug"], false).await?;
        index(manager, "revision_edition_number_key", "revision", &["edition_id", "number"], true).await
    }
}
