//! The tables of work in progress, of people, and of the ledger.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use uuid::Uuid;

type Moment = chrono::DateTime<chrono::Utc>;

entity! { account = "account" {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    email: String,
    name: String,
    locale: String,
    password_hash: String,
    disabled: bool,
    version: i64,
    created_at: Moment,
    updated_at: Moment,
} }

entity! { account_grant = "account_grant" {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    account_id: Uuid,
    role: String,
    agency_code: Option<String>,
    locale: Option<String>,
    created_at: Moment,
} }

entity! { session = "session" {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    account_id: Uuid,
    created_at: Moment,
    expires_at: Moment,
    revoked_at: Option<Moment>,
} }

entity! { refresh_token = "refresh_token" {
    #[sea_orm(primary_key, auto_increment = false)] token_hash: String,
    session_id: Uuid,
    created_at: Moment,
    used_at: Option<Moment>,
} }

entity! { agency = "agency" {
    #[sea_orm(primary_key, auto_increment = false)] code: String,
    version: i64,
} }

entity! { topic = "topic" {
    #[sea_orm(primary_key, auto_increment = false)] code: String,
    parent_code: Option<String>,
    media_topic: Option<String>,
    version: i64,
} }

entity! { locale = "locale" {
    #[sea_orm(primary_key, auto_increment = false)] tag: String,
    script: String,
    rtl: bool,
    fallback: String,
    position: i64,
    version: i64,
} }

entity! { vocabulary_name = "vocabulary_name" {
    #[sea_orm(primary_key, auto_increment = false)] vocabulary: String,
    #[sea_orm(primary_key, auto_increment = false)] code: String,
    #[sea_orm(primary_key, auto_increment = false)] locale: String,
    name: String,
} }

entity! { article = "article" {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    agency_code: String,
    kind: String,
    source_locale: String,
    place: Option<String>,
    details: Option<String>,
    version: i64,
    created_by: Uuid,
    created_at: Moment,
    updated_at: Moment,
    sensitivity: Option<String>,
} }

entity! { article_topic = "article_topic" {
    #[sea_orm(primary_key, auto_increment = false)] article_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)] topic_code: String,
} }

entity! { edition = "edition" {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    article_id: Uuid,
    locale: String,
    guid: Option<String>,
    latest_number: i64,
    source_number: Option<i64>,
    approved_number: Option<i64>,
    live_number: Option<i64>,
    case_id: Option<Uuid>,
    publication_id: Option<Uuid>,
    version: i64,
    created_at: Moment,
    updated_at: Moment,
} }

entity! { revision = "revision" {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    edition_id: Uuid,
    number: i64,
    title: String,
    summary: String,
    body: String,
    slug: String,
    details: Option<String>,
    shared: String,
    content_hash: String,
    source_number: Option<i64>,
    change_class: String,
    change_note: String,
    provenance: String,
    created_by: Uuid,
    created_at: Moment,
} }

entity! { review_case = "review_case" {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    edition_id: Uuid,
    revision_id: Uuid,
    revision_number: i64,
    content_hash: String,
    workflow: String,
    workflow_version: i64,
    stages: String,
    state: String,
    comment: String,
    opened_by: Uuid,
    opened_at: Moment,
    closed_at: Option<Moment>,
    approval_format: Option<i64>,
    sensitivity: Option<String>,
    urgent: Option<bool>,
    carry_case_id: Option<Uuid>,
    carry_stage: Option<i64>,
} }

entity! { carried_decision = "carried_decision" {
    #[sea_orm(primary_key, auto_increment = false)] case_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)] decision_id: Uuid,
} }

entity! { decision = "decision" {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    case_id: Uuid,
    stage: i64,
    account_id: Uuid,
    verdict: String,
    content_hash: String,
    comment: String,
    decided_at: Moment,
    on_behalf_of: Option<Uuid>,
    delegation_id: Option<Uuid>,
    waivers: Option<String>,
} }

entity! { workflow = "workflow" {
    #[sea_orm(primary_key, auto_increment = false)] code: String,
    #[sea_orm(primary_key, auto_increment = false)] version: i64,
    names: String,
    stages: String,
    rule: Option<String>,
    independent: bool,
    active: bool,
    current: bool,
    created_at: Moment,
} }

entity! { delegation = "delegation" {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    account_id: Uuid,
    delegate_id: Uuid,
    role: String,
    agency_code: Option<String>,
    locale: Option<String>,
    from_at: Moment,
    until_at: Moment,
    reason: String,
    created_at: Moment,
    revoked_at: Option<Moment>,
} }

entity! { notification = "notification" {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    account_id: Uuid,
    kind: String,
    article_id: Option<Uuid>,
    locale: Option<String>,
    case_id: Option<Uuid>,
    stage: Option<String>,
    about_id: Option<Uuid>,
    at: Moment,
    read_at: Option<Moment>,
    fact: Option<String>,
} }

entity! { case_assignment = "case_assignment" {
    #[sea_orm(primary_key, auto_increment = false)] case_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)] stage: i64,
    account_id: Uuid,
    assigned_by: Uuid,
    assigned_at: Moment,
} }

entity! { case_turn = "case_turn" {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    case_id: Uuid,
    edition_id: Uuid,
    article_id: Uuid,
    kind: String,
    stage: i64,
    role: String,
    agency_code: String,
    locale: String,
    account_id: Option<Uuid>,
    authors_after: i64,
    revision_number: i64,
    since: Moment,
    due_at: Option<Moment>,
    place: Moment,
    alarm_at: Option<Moment>,
    alarms: i64,
} }

entity! { publication = "publication" {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    edition_id: Uuid,
    sequence: i64,
    version: i64,
    kind: String,
    revision_id: Uuid,
    revision_number: i64,
    case_id: Option<Uuid>,
    reason: Option<String>,
    note: String,
    content_hash: String,
    envelope: String,
    signature: String,
    envelope_hash: String,
    kid: String,
    created_by: Uuid,
    created_at: Moment,
} }

entity! { slug_claim = "slug_claim" {
    #[sea_orm(primary_key, auto_increment = false)] locale: String,
    #[sea_orm(primary_key, auto_increment = false)] slug: String,
    edition_id: Uuid,
    claimed_at: Moment,
} }

entity! { counter = "counter" {
    #[sea_orm(primary_key, auto_increment = false)] name: String,
    value: i64,
} }

entity! { feed_event = "feed_event" {
    #[sea_orm(primary_key, auto_increment = false)] seq: i64,
    #[sea_orm(column_name = "type")] kind: String,
    article_id: Option<Uuid>,
    locale: Option<String>,
    at: Moment,
} }

entity! { audit_entry = "audit_entry" {
    #[sea_orm(primary_key, auto_increment = false)] seq: i64,
    at: Moment,
    actor_id: Option<Uuid>,
    action: String,
    subject_type: String,
    subject_id: String,
    data: String,
    prev: String,
    hash: String,
} }

entity! { idempotency = "idempotency" {
    #[sea_orm(primary_key, auto_increment = false)] account_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)] operation: String,
    #[sea_orm(primary_key, auto_increment = false)] key: String,
    request_hash: String,
    status: i64,
    headers: String,
    body: String,
    expires_at: Moment,
} }

entity! { setting = "setting" {
    #[sea_orm(primary_key, auto_increment = false)] name: String,
    value: String,
} }

entity! { import_run = "import_run" {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    account_id: Uuid,
    publish: bool,
    reason: String,
    source_hash: String,
    rows_hash: String,
    row_count: i64,
    decided_at: Moment,
} }

entity! { import_row = "import_row" {
    #[sea_orm(primary_key, auto_increment = false)] external_key: String,
    row_hash: String,
    article_id: Uuid,
    import_id: Uuid,
    dates: String,
} }

entity! { old_address = "old_address" {
    #[sea_orm(primary_key, auto_increment = false)] path: String,
    edition_id: Uuid,
} }

entity! { release = "release" {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    due_at: Option<Moment>,
    ordered_by: Uuid,
    ordered_at: Moment,
    outcome: String,
    why: Option<String>,
    attempts: i64,
    wake_at: Option<Moment>,
    settled_at: Option<Moment>,
    version: i64,
} }

entity! { schedule = "schedule" {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    edition_id: Uuid,
    agency_code: String,
    is_source: bool,
    deed: String,
    revision_number: i64,
    content_hash: String,
    correct: bool,
    note: String,
    due_at: Moment,
    until_at: Option<Moment>,
    release_id: Option<Uuid>,
    ordered_by: Uuid,
    ordered_at: Moment,
    outcome: String,
    why: Option<String>,
    attempts: i64,
    wake_at: Option<Moment>,
    settled_at: Option<Moment>,
    publication_id: Option<Uuid>,
} }

entity! { preview = "preview" {
    #[sea_orm(primary_key, auto_increment = false)] id: Uuid,
    edition_id: Uuid,
    revision_id: Uuid,
    revision_number: i64,
    content_hash: String,
    secret_hash: String,
    created_by: Uuid,
    created_at: Moment,
    expires_at: Moment,
    revoked_at: Option<Moment>,
    version: i64,
} }

entity! { feed_check = "feed_check" {
    #[sea_orm(primary_key, auto_increment = false)] path: String,
    checked_at: Moment,
    clean_at: Option<Moment>,
    fault: Option<String>,
} }
