//! The routes of the editing side, each with its place in the OpenAPI document.

mod accounts;
mod articles;
mod attestations;
mod audit;
mod auth;
mod checks;
mod comments;
mod decisions;
mod delegations;
mod details;
mod editions;
mod events;
mod history;
mod integrity;
mod me;
mod previews;
mod publications;
mod queue;
mod refresh;
mod releases;
mod reviews;
mod revisions;
mod schedules;
mod segments;
mod sheets;
mod suggestions;
mod vocabularies;
mod webhooks;
mod workflows;

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
        workflows::configure(config);
        articles::configure(config);
        editions::configure(config);
        revisions::configure(config);
        segments::configure(config);
        history::configure(config);
        comments::configure(config);
        sheets::configure(config);
        suggestions::configure(config);
        attestations::configure(config);
        refresh::configure(config);
        reviews::configure(config);
        checks::configure(config);
        decisions::configure(config);
        delegations::configure(config);
        queue::configure(config);
        events::configure(config);
        publications::configure(config);
        schedules::configure(config);
        releases::configure(config);
        previews::configure(config);
        audit::configure(config);
        integrity::configure(config);
        webhooks::configure(config);
    });
    config.service(editing.wrap(from_fn(limit)));
}
