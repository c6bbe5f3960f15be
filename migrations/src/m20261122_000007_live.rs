//! The live store: what is public, and nothing else. Public reads touch these tables alone.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::columns::{create, flag, index, keys, maybe, moment, number, short, table, text, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let item = table("live_item")
            .col(short("audience"))
            .col(uuid("edition_id"))
            .col(uuid("article_id"))
            .col(short("locale"))
            .col(short("slug"))
            .col(short("kind"))
            .col(short("agency_code"))
            .col(text("content"))
            .col(text("envelope"))
            .col(text("signature"))
            .col(text("corrections"))
            .col(number("revision_number"))
            .col(number("major_number"))
            .col(maybe(short("source_locale")))
            .col(maybe(number("source_number")))
            .col(maybe(number("source_version")))
            .col(moment("published_at"))
            .col(moment("updated_at"))
            .primary_key(&mut keys(&["audience", "edition_id"]))
            .to_owned();
        let topic = table("live_topic")
            .col(short("audience"))
            .col(uuid("edition_id"))
            .col(short("topic_code"))
            .col(short("locale"))
            .col(moment("published_at"))
            .primary_key(&mut keys(&["audience", "edition_id", "topic_code"]))
            .to_owned();
        let slug = table("live_slug")
            .col(short("audience"))
            .col(short("locale"))
            .col(short("slug"))
            .col(uuid("edition_id"))
            .primary_key(&mut keys(&["audience", "locale", "slug"]))
            .to_owned();
        let tombstone = table("live_tombstone")
            .col(short("audience"))
            .col(uuid("edition_id"))
            .col(uuid("article_id"))
            .col(short("locale"))
            .col(short("slug"))
            .col(short("kind"))
            .col(short("agency_code"))
            .col(text("topics"))
            .col(text("envelope"))
            .col(text("signature"))
            .col(moment("published_at"))
            .col(moment("at"))
            .primary_key(&mut keys(&["audience", "edition_id"]))
            .to_owned();
        let version = table("live_version")
            .col(short("audience"))
            .col(uuid("edition_id"))
            .col(number("sequence"))
            .col(uuid("article_id"))
            .col(short("locale"))
            .col(number("version"))
            .col(maybe(text("content")))
            .col(text("envelope"))
            .col(text("signature"))
            .primary_key(&mut keys(&["audience", "edition_id", "sequence"]))
            .to_owned();
        let event = table("live_event")
            .col(short("audience"))
            .col(number("seq"))
            .col(short("type"))
            .col(uuid("article_id"))
            .col(uuid("edition_id"))
            .col(short("locale"))
            .col(text("guid"))
            .col(number("version"))
            .col(moment("at"))
            .col(text("note"))
            .primary_key(&mut keys(&["audience", "seq"]))
            .to_owned();
        let word = table("live_vocabulary")
            .col(short("vocabulary"))
            .col(short("code"))
            .col(maybe(short("parent_code")))
            .col(text("names"))
            .col(maybe(short("script")))
            .col(flag("rtl"))
            .col(text("fallback"))
            .col(number("position"))
            .primary_key(&mut keys(&["vocabulary", "code"]))
            .to_owned();
        create(manager, vec![item, topic, slug, tombstone, version, event, word]).await?;
        index(manager, "live_item_list_idx", "live_item", &["audience", "locale", "published_at", "edition_id"], false)
            .await?;
        index(
            manager,
            "live_item_kind_idx",
            "live_item",
            &["audience", "locale", "kind", "published_at", "edition_id"],
            false,
        )
        .await?;
        index(
            manager,
            "live_item_agency_idx",
            "live_item",
            &["audience", "locale", "agency_code", "published_at", "edition_id"],
            false,
        )
        .await?;
        index(manager, "live_item_article_idx", "live_item", &["audience", "article_id", "locale"], true).await?;
        index(
            manager,
            "live_topic_list_idx",
            "live_topic",
            &["audience", "locale", "topic_code", "published_at", "edition_id"],
            false,
        )
        .await?;
        index(manager, "live_tombstone_feed_idx", "live_tombstone", &["audience", "locale", "at"], false).await?;
        index(manager, "live_tombstone_article_idx", "live_tombstone", &["audience", "article_id", "locale"], false)
            .await?;
        index(
            manager,
            "live_version_article_idx",
            "live_version",
            &["audience", "article_id", "locale", "version"],
            false,
        )
        .await
    }
}
