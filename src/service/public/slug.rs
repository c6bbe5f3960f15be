//! Where slugs lead: to the item that has one, to where it went, or to what is left of it.

use super::{
    Found,
    address::leads,
    item::{known, one, tombstone},
};
use crate::{
    kernel::{ArticleId, EditionId, LocaleTag, Slug},
    service::{App, Code, Error},
    store::live::read::{Old, Stored},
};

/// The item of a slug, where it went, or what is left of it.
pub async fn by_slug(app: &App, locale: &LocaleTag, slug: &Slug) -> Result<Found, Error> {
    known(app, locale)?;
    // More than one where a row is false: each is asked for its signature, and a false one hides no good one.
    for (row, old) in app.db.live().items_by_slug(locale, slug).await? {
        if let Some(found) = led_to(app, row, old, locale, slug).await? {
            return Ok(found);
        }
    }
    for (stone, old) in app.db.live().tombstones_by_slug(locale, slug).await? {
        let (edition, article) = (stone.edition, stone.article);
        let Some(gone) = tombstone(app, stone).await else { continue };
        let led = old.is_some_and(|old| leads(app, &old, &gone.guid));
        if led || had_slug(app, edition, article, locale, slug).await? {
            return Ok(Found::Gone(Box::new(gone)));
        }
    }
    Err(Error::not_found())
}

/// What a slug is answered by a row that it leads to, if the row is good and was led to rightly.
async fn led_to(
    app: &App,
    row: Result<Stored, EditionId>,
    old: Option<Old>,
    locale: &LocaleTag,
    slug: &Slug,
) -> Result<Option<Found>, Error> {
    let stored = match row {
        Ok(stored) if stored.slug != *slug || stored.locale != *locale => stored,
        row => {
            return match one(app, row).await {
                Err(error) if error.code() == Code::NotFound => Ok(None),
                found => found.map(Some),
            };
        }
    };
    let Some(good) = app.public.verified(app, &stored).await else { return Ok(None) };
    let led = old.is_some_and(|old| leads(app, &old, &good.envelope.guid));
    let led = led || had_slug(app, stored.edition, stored.article, locale, slug).await?;
    Ok(led.then_some(Found::Moved(stored.locale, stored.slug)))
}

/// Whether an edition was ever published under a slug: the table of slugs is an index, the envelopes are signed.
async fn had_slug(
    app: &App,
    edition: EditionId,
    article: ArticleId,
    locale: &LocaleTag,
    slug: &Slug,
) -> Result<bool, Error> {
    let about = format!(":{article}:{locale}");
    let acts = app.public.signed_acts(app, [edition]).await?;
    let had = acts.iter().any(|(_, act)| act.slug == *slug && act.guid.ends_with(&about));
    if !had {
        tracing::error!(%edition, %slug, "an address leads to an edition that never had it");
    }
    Ok(had)
}
