//! What search engines look for at fixed addresses: sitemaps and what robots may do.

use actix_web::{HttpResponse, route};

use super::{FRESH, answers::Made, reader::Reader};
use crate::{
    http::kit::{PathOf, Prepared, Problem},
    service::public::{self, Sheet},
    syndication::sitemap,
};

/// All sitemaps (sitemaps.org 0.9): files by the month in which their pages were first published.
#[utoipa::path(get, path = "/sitemap.xml", operation_id = "showSitemapIndex", tag = "pages",
    responses(
        (status = 200, description = "The index.", body = String, content_type = "application/xml; charset=utf-8"),
        (status = 304, description = "Not changed since."),
    ))]
#[route("/sitemap.xml", method = "GET", method = "HEAD")]
pub(super) async fn index(reader: Reader) -> HttpResponse {
    let make = async {
        let parts = public::sitemaps(&reader.app).await?;
        let newest = parts.iter().map(|part| part.changed_at).max();
        Ok(Made { answer: Prepared::new(sitemap::MEDIA_TYPE, FRESH, sitemap::index(&parts)), newest })
    };
    reader.answer("sitemap".to_owned(), make).await
}

/// Pages that were first published in a month, 1,000 of each file, each with all languages of its article.
#[utoipa::path(get, path = "/sitemaps/{month}.xml", operation_id = "showSitemap", tag = "pages",
    params(("month" = String, Path, description = "A month and the file's number in it.", example = "2026-11-1")),
    responses(
        (status = 200, description = "The pages.", body = String, content_type = "application/xml; charset=utf-8"),
        (status = 304, description = "Not changed since."),
        (status = 404, description = "No such file.", body = Problem, content_type = "application/problem+json"),
    ))]
#[route("/sitemaps/{month}.xml", method = "GET", method = "HEAD")]
pub(super) async fn month(reader: Reader, PathOf((file,)): PathOf<(Sheet,)>) -> HttpResponse {
    let make = async {
        let pages = public::sitemap(&reader.app, file).await?;
        let newest = pages.iter().map(|page| page.changed_at).max();
        Ok(Made { answer: Prepared::new(sitemap::MEDIA_TYPE, FRESH, sitemap::pages(&pages)), newest })
    };
    reader.answer(format!("sitemap {file}"), make).await
}

/// What was first published yesterday and today (UTC), as Google News reads it.
#[utoipa::path(get, path = "/sitemap-news.xml", operation_id = "showNewsSitemap", tag = "pages",
    responses(
        (status = 200, description = "The newest pages, 1,000 at most.", body = String, content_type = "application/xml; charset=utf-8"),
        (status = 304, description = "Not changed since."),
    ))]
#[route("/sitemap-news.xml", method = "GET", method = "HEAD")]
pub(super) async fn news(reader: Reader) -> HttpResponse {
    let make = async {
        let items = public::news(&reader.app).await?;
        let newest = items.iter().map(|(item, _)| item.updated_at).max();
        Ok(Made { answer: Prepared::new(sitemap::MEDIA_TYPE, FRESH, sitemap::news(&items)), newest })
    };
    reader.answer("sitemap news".to_owned(), make).await
}

/// What robots may fetch: everything; and where the sitemaps are.
#[utoipa::path(get, path = "/robots.txt", operation_id = "showRobots", tag = "pages",
    responses((status = 200, description = "The rules.", body = String, content_type = "text/plain; charset=utf-8"),
        (status = 304, description = "Not changed since.")))]
#[route("/robots.txt", method = "GET", method = "HEAD")]
pub(super) async fn robots(reader: Reader) -> HttpResponse {
    let make = async {
        let base = &reader.app.office.base_url;
        let rules =
            format!("User-agent: *\nAllow: /\n\nSitemap: {base}/sitemap.xml\nSitemap: {base}/sitemap-news.xml\n");
        Ok(Prepared::new("text/plain; charset=utf-8", FRESH, rules).into())
    };
    reader.answer("robots".to_owned(), make).await
}
