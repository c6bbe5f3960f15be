//! The tables of what is said about a text, piece by piece.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use uuid::Uuid;

type Moment = chrono::DateTime<chrono::Utc>;

entity! { segment_keys = "segment_keys" {
    #[sea_orm(primary_key, auto_increment = false)] revision_id: Uuid,
    edition_id: Uuid,
    number: i64,
    keys: String,
} }

entity! { comment = "comment" {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    edition_id: Uuid,
    revision_number: i64,
    segment: String,
    thread_id: Option<Uuid>,
    words: String,
    created_by: Uuid,
    created_at: Moment,
    resolved_by: Option<Uuid>,
    resolved_at: Option<Moment>,
} }

entity! { suggestion = "suggestion" {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    edition_id: Uuid,
    revision_number: i64,
    content_hash: String,
    segment: String,
    before: String,
    after: String,
    comment: String,
    created_by: Uuid,
    created_at: Moment,
    state: String,
    answer: String,
    answered_by: Option<Uuid>,
    answered_at: Option<Moment>,
    made_number: Option<i64>,
    case_id: Option<Uuid>,
    stage: Option<i64>,
    on_behalf_of: Option<Uuid>,
    delegation_id: Option<Uuid>,
} }

entity! { attestation = "attestation" {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    edition_id: Uuid,
    target_number: i64,
    source_number: i64,
    case_id: Uuid,
    created_by: Uuid,
    created_at: Moment,
} }
