//! What the world reads: content, feeds, pages, keys. Credentials are not looked at here, so that no cache mixes readers.

mod accept;
mod answers;
mod archives;
mod content;
mod cors;
mod delta;
mod detour;
mod feed_index;
mod feeds;
mod health;
mod hub;
mod keys;
mod pages;
mod reader;
mod sitemaps;
#[cfg(test)]
mod tests;
pub mod view;

use utoipa_actix_web::{scope, service_config::ServiceConfig};

pub use answers::PublicAnswers;
pub(super) use delta::A_IM;
pub(super) use pages::old_address;

use cors::{briefly, readers, star};

/// How long what can be withdrawn is kept by caches.
const FRESH: &str = "public, max-age=30, stale-while-revalidate=30";
/// How long an absence, a withdrawal and a new address are kept: what is not there may be published at any moment.
const BRIEF: &str = "public, max-age=5";

/// Registers everything public; the application's data holds `web::Data<App>` and `web::Data<PublicAnswers>`.
///
/// It comes before a scope that `/api/v1/content` lies in, and after every route whose address is one short word
/// (`/hub`), because `/{locale}` would take that for a language.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(
            scope("/api/v1/content")
                .configure(content::configure)
                .wrap(actix_web::middleware::from_fn(briefly))
                .wrap(readers())
                .wrap(star()),
        )
        .service(
            scope("/feeds")
                .service(feed_index::index)
                .service(feeds::all)
                .service(feeds::topic)
                .service(feeds::kind)
                .service(feeds::agency)
                .service(archives::all)
                .service(archives::part)
                .wrap(actix_web::middleware::from_fn(briefly))
                .wrap(readers())
                .wrap(star()),
        )
        .service(hub::subscribe)
        .service(scope("/feeds.opml").service(feed_index::export).wrap(readers()).wrap(star()))
        .service(scope("/.well-known/lantoa-keys.json").service(keys::keys).wrap(readers()).wrap(star()))
        .service(sitemaps::index)
        .service(sitemaps::month)
        .service(sitemaps::news)
        .service(sitemaps::robots)
        .configure(health::configure)
        .configure(pages::configure);
}
