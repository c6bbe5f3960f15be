//! The live store's tables: what is public.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use uuid::Uuid;

type Moment = chrono::DateTime<chrono::Utc>;

entity! { live_item = "live_item" {
    #[sea_orm(primary_key, auto_increment = false)] audience: String,
    #[sea_orm(primary_key, auto_increment = false)] edition_id: Uuid,
    article_id: Uuid,
    locale: String,
    slug: String,
    kind: String,
    agency_code: String,
    content: String,
    envelope: String,
    signature: String,
    corrections: String,
    revision_number: i64,
    major_number: i64,
    source_locale: Option<String>,
    source_number: Option<i64>,
    source_version: Option<i64>,
    source_major: Option<i64>,
    published_at: Moment,
    updated_at: Moment,
} }

entity! { live_topic = "live_topic" {
    #[sea_orm(primary_key, auto_increment = false)] audience: String,
    #[sea_orm(primary_key, auto_increment = false)] edition_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)] topic_code: String,
    locale: String,
    published_at: Moment,
} }

entity! { live_slug = "live_slug" {
    #[sea_orm(primary_key, auto_increment = false)] audience: String,
    #[sea_orm(primary_key, auto_increment = false)] locale: String,
    #[sea_orm(primary_key, auto_increment = false)] slug: String,
    edition_id: Uuid,
} }

entity! { live_tombstone = "live_tombstone" {
    #[sea_orm(primary_key, auto_increment = false)] audience: String,
    #[sea_orm(primary_key, auto_increment = false)] edition_id: Uuid,
    article_id: Uuid,
    locale: String,
    slug: String,
    kind: String,
    agency_code: String,
    topics: String,
    envelope: String,
    signature: String,
    published_at: Moment,
    at: Moment,
} }

entity! { live_version = "live_version" {
    #[sea_orm(primary_key, auto_increment = false)] audience: String,
    #[sea_orm(primary_key, auto_increment = false)] edition_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)] sequence: i64,
    article_id: Uuid,
    locale: String,
    version: i64,
    content: Option<String>,
    envelope: String,
    signature: String,
} }

entity! { live_event = "live_event" {
    #[sea_orm(primary_key, auto_increment = false)] audience: String,
    #[sea_orm(primary_key, auto_increment = false)] seq: i64,
    #[sea_orm(column_name = "type")] kind: String,
    article_id: Uuid,
    edition_id: Uuid,
    locale: String,
    guid: String,
    version: i64,
    at: Moment,
    note: String,
} }

entity! { live_address = "live_address" {
    #[sea_orm(primary_key, auto_increment = false)] audience: String,
    #[sea_orm(primary_key, auto_increment = false)] path: String,
    edition_id: Uuid,
    signature: String,
} }

entity! { live_vocabulary = "live_vocabulary" {
    #[sea_orm(primary_key, auto_increment = false)] vocabulary: String,
    #[sea_orm(primary_key, auto_increment = false)] code: String,
    parent_code: Option<String>,
    media_topic: Option<String>,
    names: String,
    script: Option<String>,
    rtl: bool,
    fallback: String,
    position: i64,
} }
