//! What an act is told as: to the audit chain, to followers outside, and to who asks at an old address.

use serde_json::json;

use super::Publication;
use crate::{
    domain::{
        address::Address,
        event::{Event, EventType, LiveEvent, LiveEventType},
        publication::Envelope,
    },
    kernel::{EditionId, LocaleTag, Timestamp},
    service::{App, article::Article, integrity},
    store::{
        Change,
        live::{LiveItem, NewAddress},
    },
};

/// A change with an act of publication in it.
pub(in crate::service) fn changed(
    change: Change,
    article: &Article,
    locale: &LocaleTag,
    signed: &Publication,
) -> Change {
    change.entry(integrity::PUBLISHED, "edition", signed.edition, told(signed)).emit(Event {
        kind: EventType::Live,
        article: Some(article.id),
        locale: Some(locale.clone()),
    })
}

/// What the audit chain holds of an act.
pub(in crate::service) fn told(signed: &Publication) -> serde_json::Value {
    json!({
        "publication": signed.id.to_string(),
        "act": signed.act.as_str(),
        "sequence": signed.sequence,
        "version": signed.version,
        "revision": signed.revision.to_string(),
        "case": signed.case.map(|id| id.to_string()),
        "content_hash": signed.content_hash.to_string(),
        "envelope_hash": signed.envelope_hash.to_string(),
    })
}

/// Addresses of another time with the signatures that say where they lead.
pub(in crate::service) fn vouched(
    app: &App,
    guid: &str,
    old: impl IntoIterator<Item = (EditionId, Address)>,
) -> Vec<NewAddress> {
    let one = |(edition, address): (EditionId, Address)| {
        let signature = app.keys.sign(&address.canonical(guid)).as_str().to_owned();
        NewAddress { address, edition, signature }
    };
    old.into_iter().map(one).collect()
}

/// Whether a live translation followed its source until now, and does not any more.
pub(super) fn becomes_stale(translation: &LiveItem, now: u32) -> bool {
    translation.source.as_ref().is_some_and(|source| source.number >= source.major && source.number < now)
}

pub(super) fn stale_event(item: &LiveItem, at: Timestamp) -> LiveEvent {
    of_source(LiveEventType::Stale, item, at)
}

pub(in crate::service) fn fresh_event(item: &LiveItem, at: Timestamp) -> LiveEvent {
    of_source(LiveEventType::Fresh, item, at)
}

/// How a translation stands to its source by now; it is no act of its own.
fn of_source(kind: LiveEventType, item: &LiveItem, at: Timestamp) -> LiveEvent {
    let envelope = Envelope::parse(&item.envelope);
    LiveEvent {
        kind,
        article: item.article,
        edition: item.edition,
        locale: item.locale.clone(),
        guid: envelope.as_ref().map(|envelope| envelope.guid.clone()).unwrap_or_default(),
        version: envelope.map_or(0, |envelope| envelope.version),
        at,
        note: String::new(),
    }
}

pub(in crate::service) fn live_event(item: &LiveItem, signed: &Publication) -> LiveEvent {
    LiveEvent {
        kind: LiveEventType::of(signed.act),
        article: item.article,
        edition: item.edition,
        locale: item.locale.clone(),
        guid: Envelope::parse(&signed.envelope).map(|envelope| envelope.guid).unwrap_or_default(),
        version: signed.version,
        at: signed.at,
        note: signed.note.clone(),
    }
}
