//! The content API: what portals and partners read.

mod articles;
mod calendar;
mod follow;
mod query;
mod versions;
mod vocabularies;

use utoipa_actix_web::service_config::ServiceConfig;

/// Fixed words come before `{locale}`, which would take them for a language.
pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(follow::changes)
        .service(follow::manifest)
        .service(vocabularies::locales)
        .service(articles::editions)
        .service(versions::content)
        .service(versions::publication)
        .service(articles::list)
        .service(articles::by_id)
        .service(articles::by_slug)
        .service(calendar::events)
        .service(vocabularies::topics)
        .service(vocabularies::agencies);
}
