//! Whether readers of others' making can read every feed, and since when they could.

use std::collections::HashMap;

use super::{App, Error, public};
use crate::{
    kernel::Timestamp,
    store::{Housekeeping, feed_check},
    syndication::{
        Format,
        readers::{self, Unclean},
    },
};

pub use crate::store::feed_check::FeedCheck;

/// The hour of each night, in Viet Nam, from which all feeds are read anew.
const HOUR: i64 = 2;
const HOURS: i64 = 3_600 * 1_000_000;

/// Writes every feed and calendar as it would be served now, has each read, and tells with each when nothing was wrong
/// with it last. Nothing is kept of this.
pub async fn look(app: &App) -> Result<Vec<FeedCheck>, Error> {
    let mut looks = Vec::new();
    for (locale, scope) in public::feeds(app) {
        let path = format!("/feeds/{locale}/{}", scope.path());
        for format in Format::ALL {
            let feed = public::feed_in(app, &locale, &scope, *format).await?;
            looks.push((format!("{path}.{format}"), readers::feed(&feed, *format).err()));
            // A large office's feeds take a while, and others want to be answered meanwhile.
            tokio::task::yield_now().await;
        }
    }
    for locale in public::locales(app) {
        let (calendar, _) = public::calendar(app, &locale).await?;
        looks.push((format!("/api/v1/content/{locale}/events.ics"), readers::events(&calendar).err()));
    }
    let known = feed_check::all(&app.db.read().await?).await?;
    let clean: HashMap<String, Timestamp> =
        known.into_iter().filter_map(|one| Some((one.path, one.clean_at?))).collect();
    let now = app.clock.now();
    let check = |(path, unclean): (String, Option<Unclean>)| FeedCheck {
        at: now,
        clean_at: if unclean.is_none() { Some(now) } else { clean.get(&path).copied() },
        fault: unclean.as_ref().map(ToString::to_string),
        path,
    };
    Ok(looks.into_iter().map(check).collect())
}

/// Looks once a night and keeps what was found; nothing to do is told as `None`.
pub async fn nightly(app: &App) -> Result<Option<Vec<FeedCheck>>, Error> {
    let last = feed_check::standing(&app.db.read().await?).await?;
    if last.is_some_and(|(last, _)| last >= night(app.clock.now())) {
        return Ok(None);
    }
    let found = look(app).await?;
    keep(app, &found).await?;
    for one in found.iter().filter(|one| one.fault.is_some()) {
        tracing::error!(feed = one.path, fault = one.fault, "a feed cannot be read as it was written");
    }
    Ok(Some(found))
}

/// Keeps what a look found, in place of the one before.
pub async fn keep(app: &App, found: &[FeedCheck]) -> Result<(), Error> {
    let tx = app.db.write().await?;
    feed_check::replace(&tx, found).await?;
    Ok(tx.commit_housekeeping(Housekeeping::Checks).await?)
}

/// The newest moment of that hour which is not yet to come.
fn night(now: Timestamp) -> Timestamp {
    let (day, shift) = (24 * HOURS, (HOUR - i64::from(public::AHEAD)) * HOURS);
    let at = (now.micros() - shift).div_euclid(day) * day + shift;
    Timestamp::from_micros(at).unwrap_or(now)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_night_begins_at_two_in_viet_nam() {
        let night = |now: &str| super::night(now.parse().unwrap()).to_string();
        assert_eq!(night("2026-11-23T19:00:00Z"), "2026-11-23T19:00:00Z");
        assert_eq!(night("2026-11-24T18:59:59Z"), "2026-11-23T19:00:00Z");
        assert_eq!(night("2026-11-23T00:30:00Z"), "2026-11-22T19:00:00Z");
    }
}
