//! Where addresses of another time lead: to our own items, and nowhere else.

use super::{Found, item::tombstone};
use crate::{
    domain::address::Address,
    service::{App, Error},
    store::live::read::Old,
};

/// What an address of another time leads to: the item where it is now, or what is left of it.
pub async fn by_address(app: &App, address: &Address) -> Result<Found, Error> {
    let asked = [address.clone(), address.without_query()];
    let exact = |old: &Option<Old>| old.as_ref().is_some_and(|old| old.path == asked[0].as_str());
    let mut items = app.db.live().items_by_address(&asked).await?;
    // Old systems name an article by its query; what others append to an address (`?utm_source=…`) names none.
    items.sort_by_key(|(_, old)| !exact(old));
    for (row, old) in items {
        let (Ok(stored), Some(old)) = (row, old) else { continue };
        let Some(good) = app.public.verified(app, &stored).await else { continue };
        if leads(app, &old, &good.envelope.guid) {
            return Ok(Found::Moved(stored.locale, stored.slug));
        }
    }
    let mut stones = app.db.live().tombstones_by_address(&asked).await?;
    stones.sort_by_key(|(_, old)| !exact(old));
    for (stone, old) in stones {
        let (Some(gone), Some(old)) = (tombstone(app, stone).await, old) else { continue };
        if leads(app, &old, &gone.guid) {
            return Ok(Found::Gone(Box::new(gone)));
        }
    }
    Err(Error::not_found())
}

/// Whether it was signed that an address leads to an edition.
pub(super) fn leads(app: &App, old: &Old, guid: &str) -> bool {
    let good = old.path.parse::<Address>().is_ok_and(|address| {
        address.as_str() == old.path && app.keys.verify(&old.signature, &address.canonical(guid)).is_ok()
    });
    if !good {
        tracing::error!(path = old.path, guid, "an old address leads to where nobody signed that it does");
    }
    good
}
