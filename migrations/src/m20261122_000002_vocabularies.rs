//! Agencies, topics and locales, with their names in each language.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::columns::{create, flag, key, keys, maybe, number, points, short, table, text};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let agency = table("agency").col(key(short("code"))).col(number("version")).to_owned();
        let topic = table("topic")
            .col(key(short("code")))
            .col(maybe(short("parent_code")))
            .col(number("version"))
            .foreign_key(&mut points("topic_parent_fkey", ("topic", "parent_code"), ("topic", "code")))
            .to_owned();
        let locale = table("locale")
            .col(key(short("tag")))
            .col(short("script"))
            .col(flag("rtl"))
            .col(text("fallback"))
            .col(number("position"))
            .col(number("version"))
            .to_owned();
        let name = table("vocabulary_name")
            .col(short("vocabulary"))
            .col(short("code"))
            .col(short("locale"))
            .col(text("name"))
            .primary_key(&mut keys(&["vocabulary", "code", "locale"]))
            .to_owned();
        create(manager, vec![agency, topic, locale, name]).await
    }
}
