//! The calendar of a language: its events, and those that were taken down as cancelled.

use std::collections::HashMap;

use serde_json::Value;

use super::{
    FeedScope,
    feed::gone,
    item::{items, known},
};
use crate::{
    domain::{article::Kind, publication::Envelope},
    kernel::{Digest, EditionId, LocaleTag, PageRequest, Timestamp},
    service::{App, Error},
    store::live::read::Version,
    syndication::{
        Entry,
        calendar::{Calendar, Event},
    },
};

/// Events of a calendar, and as many that were taken down; the newest by their publication.
const MAX_EVENTS: u64 = 500;

/// The calendar of a language, and its newest change.
pub async fn calendar(app: &App, locale: &LocaleTag) -> Result<(Calendar, Option<Timestamp>), Error> {
    known(app, locale)?;
    let scope = FeedScope::Kind(Kind::Event);
    let (name, _) = scope.words(app, locale).ok_or_else(Error::not_found)?;
    let selection = scope.selection();
    let wanted = PageRequest { after: None, limit: MAX_EVENTS };
    let (page, damaged) = app.db.live().page(locale, &selection, wanted).await?;
    for edition in damaged {
        app.public.alarm(edition, "row");
    }
    let ever = Timestamp::from_micros(0).ok_or_else(Error::not_found)?;
    let buried = app.db.live().tombstones(locale, &selection, ever, MAX_EVENTS).await?;
    let mut details = if buried.is_empty() {
        HashMap::new()
    } else {
        let versions = app.db.live().texts(buried.iter().map(|one| one.edition)).await?;
        versions.into_iter().filter_map(|version| times(app, &version)).collect()
    };
    let live = items(app, page.items, &selection).await?.into_iter().map(|item| Event::Live(Box::new(item)));
    let mut events: Vec<Event> = live.collect();
    for one in buried {
        let edition = one.edition;
        if let (Some(Entry::Gone { tombstone, title }), Some(details)) =
            (gone(app, one).await, details.remove(&edition))
        {
            events.push(Event::Cancelled { tombstone: Box::new(tombstone), title, details });
        }
    }
    let newest = events.iter().map(changed_at).max();
    let base_url = &app.office.base_url;
    let self_url = format!("{base_url}/api/v1/content/{locale}/events.ics");
    Ok((Calendar { name, self_url, home_url: app.office.home_url(locale), locale: locale.clone(), events }, newest))
}

fn changed_at(event: &Event) -> Timestamp {
    match event {
        Event::Live(item) => item.updated_at,
        Event::Cancelled { tombstone, .. } => tombstone.at,
    }
}

/// When an event would have been, of a text that was signed: that much has to be told for it to be struck out, and no
/// word of the text.
fn times(app: &App, version: &Version) -> Option<(EditionId, Value)> {
    let content = version.content.as_ref()?;
    app.keys.verify(&version.signature, version.envelope.as_bytes()).ok()?;
    Envelope::parse(&version.envelope).filter(|envelope| envelope.content_hash == Digest::of(content))?;
    let content: Value = serde_json::from_str(content).ok()?;
    let details = content["details"].as_object()?;
    let kept = ["starts_at", "ends_at", "time_zone", "all_day"];
    let times = kept.iter().filter_map(|name| Some(((*name).to_owned(), details.get(*name)?.clone())));
    Some((version.edition, Value::Object(times.collect())))
}
