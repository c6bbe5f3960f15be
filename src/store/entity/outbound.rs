//! The tables of what goes out.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use uuid::Uuid;

type Moment = chrono::DateTime<chrono::Utc>;

entity! { follower = "follower" {
    #[sea_orm(primary_key, auto_increment = false)] name: String,
    seq: i64,
} }

entity! { webhook = "webhook" {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    url: String,
    description: String,
    types: String,
    locales: String,
    secret: String,
    old_secret: Option<String>,
    old_until: Option<Moment>,
    disabled: Option<String>,
    disabled_at: Option<Moment>,
    failing_since: Option<Moment>,
    since_seq: i64,
    created_by: Uuid,
    created_at: Moment,
    updated_at: Moment,
    version: i64,
} }

entity! { delivery = "delivery" {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    webhook_id: Uuid,
    seq: i64,
    article_id: Uuid,
    kind: String,
    body: String,
    state: String,
    attempts: i64,
    next_at: Option<Moment>,
    tried_at: Option<Moment>,
    status: Option<i64>,
    problem: Option<String>,
    created_at: Moment,
    settled_at: Option<Moment>,
} }

entity! { hub_subscription = "hub_subscription" {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    callback: String,
    place: String,
    topic: String,
    secret: Option<String>,
    expires_at: Moment,
    due_seq: i64,
    digest: String,
    failures: i64,
    next_at: Option<Moment>,
    created_at: Moment,
} }

entity! { hub_request = "hub_request" {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    callback: String,
    place: String,
    topic: String,
    mode: String,
    lease: i64,
    secret: Option<String>,
    failures: i64,
    next_at: Moment,
    created_at: Moment,
} }

entity! { hub_ping = "hub_ping" {
    #[sea_orm(primary_key, auto_increment = false)] topic: String,
    seq: i64,
    failures: i64,
    next_at: Moment,
} }
