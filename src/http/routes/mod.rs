//! The routes of the editing side, each with its place in the OpenAPI document.

mod accounts;
mod articles;
mod audit;
mod auth;
mod details;
mod editions;
mod me;
mod previews;
mod publications;
mod releases;
mod reviews;
mod revisions;
mod schedules;
mod vocabularies;

use actix_web::middleware::from_fn;
use utoipa_actix_web::{scope, service_config::ServiceConfig};

use super::signed::limit;

/// Registers all routes.
pub(super) fn configure(config: &mut ServiceConfig) {
    let editing = scope("/api/v1").configure(|config| {
        auth::configure(config);
        me::configure(config);
        accounts::configure(config);
        vocabularies::configure(config);
        articles::configure(config);
        editions::configure(config);
        revisions::configure(config);
        reviews::configure(config);
        publications::configure(config);
        schedules::configure(config);
        releases::configure(config);
        previews::configure(config);
        audit::configure(config);
    });
    config.service(editing.wrap(from_fn(limit)));
}
