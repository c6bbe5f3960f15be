//! The schema's history. Each migration stands alone and means the same for ever:
//! nothing here reads the product's own code, and a merged migration is never edited.

use sea_orm_migration::prelude::{MigrationTrait, MigratorTrait, async_trait};

mod columns;
mod m20261122_000001_accounts;
mod m20261122_000002_vocabularies;
mod m20261122_000003_articles;
mod m20261122_000004_review;
mod m20261122_000005_publication;
mod m20261122_000006_ledger;
mod m20261122_000007_live;
mod m20261122_000008_sources;
mod m20261122_000009_imports;
mod m20261122_000010_lookups;
mod m20261122_000011_workflows;
mod m20261122_000012_notifications;
mod m20261122_000013_schedules;
mod m20261122_000014_previews;
mod m20261122_000015_segments;
mod m20261122_000016_attestations;
mod m20261122_000017_carried;
mod m20261122_000017_media_topics;
mod m20261122_000018_sitemaps;
mod m20261122_000018_told_once;
mod m20261123_000001_operation;
mod m20261123_000002_outbound;
mod m20261123_000003_lists;
mod m20261123_000004_feed_checks;
mod m20261123_000005_events;
mod shapes;

/// Brings a database to the newest schema.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261122_000001_accounts::Migration),
            Box::new(m20261122_000002_vocabularies::Migration),
            Box::new(m20261122_000003_articles::Migration),
            Box::new(m20261122_000004_review::Migration),
            Box::new(m20261122_000005_publication::Migration),
            Box::new(m20261122_000006_ledger::Migration),
            Box::new(m20261122_000007_live::Migration),
            Box::new(m20261122_000008_sources::Migration),
            Box::new(m20261122_000009_imports::Migration),
            Box::new(m20261122_000010_lookups::Migration),
            Box::new(m20261122_000011_workflows::Migration),
            Box::new(m20261122_000012_notifications::Migration),
            Box::new(m20261122_000013_schedules::Migration),
            Box::new(m20261122_000014_previews::Migration),
            Box::new(m20261122_000015_segments::Migration),
            Box::new(m20261122_000016_attestations::Migration),
            Box::new(m20261122_000017_carried::Migration),
            Box::new(m20261122_000017_media_topics::Migration),
            Box::new(m20261122_000018_sitemaps::Migration),
            Box::new(m20261122_000018_told_once::Migration),
            Box::new(m20261123_000001_operation::Migration),
            Box::new(m20261123_000002_outbound::Migration),
            Box::new(m20261123_000003_lists::Migration),
            Box::new(m20261123_000004_feed_checks::Migration),
            Box::new(m20261123_000005_events::Migration),
        ]
    }
}
