//! The archives of feeds, as Atom: what RFC 5005 has readers follow back to the first entry.

use actix_web::{HttpResponse, http::header::LINK, route};

use super::{
    FRESH,
    answers::Made,
    detour::Detour,
    reader::{Reader, header_value},
};
use crate::{
    domain::{archive::Shelf, article::Kind},
    http::kit::{PathOf, Prepared, Problem},
    kernel::{Code, LocaleTag},
    service::{
        Error,
        public::{self, FeedScope},
    },
    syndication::Format,
};

/// Some of what a feed of everything ever carried.
///
/// What was first published on a day (UTC) stands in that day's archives, 50 entries in each. No entry moves to another
/// one. What was taken down is in its place as a notice and a tombstone, for ever.
#[utoipa::path(get, path = "/{locale}/all/archive/{shelf}.atom", operation_id = "showFeedArchive", tag = "feeds",
    params(
        ("locale" = String, Path, description = "A language of the office.", example = "vi"),
        ("shelf" = String, Path, description = "A day and the archive's number on it, or a day for the last; the links `prev-archive` and `next-archive` lead from one to the next.", example = "2026-11-22-1"),
    ),
    responses(
        (status = 200, description = "The archive.", body = String, content_type = "application/atom+xml; charset=utf-8"),
        (status = 304, description = "Not changed since."),
        (status = 404, description = "No such archive, or not yet.", body = Problem, content_type = "application/problem+json"),
    ))]
#[route("/{locale}/all/archive/{shelf}.atom", method = "GET", method = "HEAD")]
pub(super) async fn all(reader: Reader, PathOf((locale, shelf)): PathOf<(LocaleTag, Shelf)>) -> HttpResponse {
    answer(&reader, &locale, &FeedScope::All, shelf).await
}

/// Some of what the feed of a topic, a kind or an agency ever carried.
#[utoipa::path(get, path = "/{locale}/{section}/{code}/archive/{shelf}.atom", operation_id = "showSectionArchive", tag = "feeds",
    params(
        ("locale" = String, Path, description = "A language of the office.", example = "vi"),
        ("section" = String, Path, description = "`topics`, `kinds` or `agencies`.", example = "topics"),
        ("code" = String, Path, description = "The topic's or agency's code, or the kind."),
        ("shelf" = String, Path, description = "A day and the archive's number on it, or a day for the last.", example = "2026-11-22-1"),
    ),
    responses(
        (status = 200, description = "The archive.", body = String, content_type = "application/atom+xml; charset=utf-8"),
        (status = 304, description = "Not changed since."),
        (status = 404, description = "No such archive, or not yet.", body = Problem, content_type = "application/problem+json"),
    ))]
#[route("/{locale}/{section}/{code}/archive/{shelf}.atom", method = "GET", method = "HEAD")]
pub(super) async fn part(
    reader: Reader,
    PathOf((locale, section, code, shelf)): PathOf<(LocaleTag, String, String, Shelf)>,
) -> HttpResponse {
    match scope(&section, &code) {
        Some(scope) => answer(&reader, &locale, &scope, shelf).await,
        None => HttpResponse::from_error(Error::not_found()),
    }
}

fn scope(section: &str, code: &str) -> Option<FeedScope> {
    Some(match section {
        "topics" => FeedScope::Topic(code.parse::<Code>().ok()?),
        "kinds" => FeedScope::Kind(code.parse::<Kind>().ok()?),
        "agencies" => FeedScope::Agency(code.parse::<Code>().ok()?),
        _ => return None,
    })
}

async fn answer(reader: &Reader, locale: &LocaleTag, scope: &FeedScope, shelf: Shelf) -> HttpResponse {
    let key = format!("archive {locale} {} {shelf}", scope.path());
    reader.answer(key, made(reader, locale, scope, shelf)).await
}

async fn made(reader: &Reader, locale: &LocaleTag, scope: &FeedScope, shelf: Shelf) -> Result<Made, Detour> {
    let format = Format::Atom;
    let feed = public::archive(&reader.app, locale, scope, shelf, format.as_str()).await?;
    // Kept no longer than the feed itself: what is taken down is taken out of archives too.
    let answer = Prepared::new(format.media_type(), FRESH, format.write(&feed))
        .with_header(LINK, header_value(&format!("<{}>; rel=\"self\"", feed.self_url))?);
    Ok(Made { answer, newest: feed.updated_at })
}
