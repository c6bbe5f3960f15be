//! Archives of feeds (RFC 5005): everything that a feed ever carried, by the day of its first publication. What was
//! taken down keeps its place, so that whoever follows the archives learns of it.

use super::{
    feed::{FeedScope, empty, filled, gone, live},
    item::items,
};
use crate::{
    domain::archive::{SHELF, Shelf},
    kernel::LocaleTag,
    service::{App, Error},
    store::live::read::Selection,
    syndication::{Feed, History},
};

/// One shelf of a feed's archive.
pub async fn archive(
    app: &App,
    locale: &LocaleTag,
    scope: &FeedScope,
    shelf: Shelf,
    format: &str,
) -> Result<Feed, Error> {
    let feed = empty(app, locale, scope, format)?;
    let (selection, now) = (scope.selection(), app.clock.now());
    let span = shelf.span().ok_or_else(Error::not_found)?;
    let places = app.db.live().shelf(locale, &selection, span).await?;
    let (number, range) = shelf.places(places.len(), now).ok_or_else(Error::not_found)?;
    let editions: Vec<_> = places[range].iter().map(|place| place.edition).collect();
    let around = app.db.live().around(locale, &selection, span).await?;
    let (stored, damaged) = app.db.live().items_of(&editions).await?;
    for edition in damaged {
        app.public.alarm(edition, "row");
    }
    let is_public = |edition: &&uuid::Uuid| stored.iter().any(|one| one.edition.0 == **edition);
    let taken_down: Vec<_> = editions.iter().filter(|edition| !is_public(edition)).copied().collect();
    let mut entries: Vec<_> = items(app, stored, &selection).await?.into_iter().map(|item| live(app, item)).collect();
    if !taken_down.is_empty() {
        for one in app.db.live().tombstones_of(&taken_down).await? {
            entries.extend(gone(app, one).await);
        }
    }
    let url = |shelf: Shelf| url(app, locale, scope, shelf, format);
    let before = if number > 1 { Some(shelf.numbered(number - 1)) } else { around.before.map(Shelf::last_of) };
    let more = number * SHELF < places.len();
    let after = if more { Some(shelf) } else { around.after.map(Shelf::last_of) };
    let after = after.map(|after| after.numbered(if more { number + 1 } else { 1 }));
    // A shelf of today is there only when it is full, which its neighbour says.
    let is_there = |after: &Shelf| after.is_over(now) || (more && places.len() >= (number + 1) * SHELF);
    let history = History {
        current: Some(feed.self_url.clone()),
        previous: before.map(url),
        next: after.filter(is_there).map(url),
    };
    Ok(Feed { self_url: url(shelf), history, ..filled(feed, entries) })
}

/// The newest archive, which a feed's own document leads to: today's last full shelf, else the day's before.
pub(super) async fn newest(
    app: &App,
    locale: &LocaleTag,
    scope: &FeedScope,
    selection: &Selection,
    format: &str,
) -> Result<Option<String>, Error> {
    let today = Shelf::last_of(app.clock.now());
    let Some(span) = today.span() else { return Ok(None) };
    let around = app.db.live().around(locale, selection, span).await?;
    let full = usize::try_from(around.within).unwrap_or(0) / SHELF;
    let shelf = if full > 0 { Some(today.numbered(full)) } else { around.before.map(Shelf::last_of) };
    Ok(shelf.map(|shelf| url(app, locale, scope, shelf, format)))
}

fn url(app: &App, locale: &LocaleTag, scope: &FeedScope, shelf: Shelf, format: &str) -> String {
    format!("{}/feeds/{locale}/{}/archive/{shelf}.{format}", app.office.base_url, scope.path())
}
