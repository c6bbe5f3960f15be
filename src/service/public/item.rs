//! Items, lists, versions, changes: what the portal and the press read.

use std::sync::Arc;

use serde_json::Value;

use super::Verified;
use crate::{
    domain::{
        event::{LiveEvent, LiveEventType},
        freshness::freshness,
        item::{Alternate, Correction, Item, Source, Tombstone},
        publication::{Act, Envelope, TakeDown},
    },
    kernel::{ArticleId, Digest, EditionId, LocaleTag, Page, PageRequest, Slug},
    service::{App, Error},
    store::live::read::{Buried, MadeFrom, Selection, Sibling, Stored},
};

/// What an address leads to.
#[derive(Clone, Debug)]
pub enum Found {
    /// A public item.
    Item(Box<Item>),
    /// The item has this slug now.
    Moved(LocaleTag, Slug),
    /// It was taken down.
    Gone(Box<Tombstone>),
}

/// A page of a locale's items, newest first.
pub async fn list(
    app: &App,
    locale: &LocaleTag,
    selection: &Selection,
    wanted: PageRequest,
) -> Result<Page<Item>, Error> {
    known(app, locale)?;
    let (page, damaged) = app.db.live().page(locale, selection, wanted).await?;
    for edition in damaged {
        app.public.alarm(edition, "row");
    }
    let items = items(app, page.items, selection).await?;
    Ok(Page { items, next: page.next })
}

/// The item of an article in a locale, or what is left of it.
pub async fn by_id(app: &App, article: ArticleId, locale: &LocaleTag) -> Result<Found, Error> {
    known(app, locale)?;
    match app.db.live().item(article, locale).await? {
        Some(row) => one(app, row).await,
        None => buried(app, app.db.live().tombstone(article, locale).await?).await,
    }
}

pub(super) async fn one(app: &App, row: Result<Stored, EditionId>) -> Result<Found, Error> {
    let stored = row.map_err(|edition| {
        app.public.alarm(edition, "row");
        Error::not_found()
    })?;
    let mut items = items(app, vec![stored], &Selection::default()).await?;
    items.pop().map(|item| Found::Item(Box::new(item))).ok_or_else(Error::not_found)
}

async fn buried(app: &App, found: Option<Buried>) -> Result<Found, Error> {
    let buried = found.ok_or_else(Error::not_found)?;
    tombstone(app, buried).await.map(|tombstone| Found::Gone(Box::new(tombstone))).ok_or_else(Error::not_found)
}

/// The tombstone, if it was signed.
pub(super) async fn tombstone(app: &App, buried: Buried) -> Option<Tombstone> {
    let envelope = app.public.signed_tombstone(app, &buried).await?;
    let kind = envelope.act.take_down()?;
    Some(stone(app, buried.article, buried.locale, &envelope, kind))
}

fn stone(app: &App, id: ArticleId, locale: LocaleTag, act: &Envelope, kind: TakeDown) -> Tombstone {
    let at = act.done_at();
    Tombstone {
        id,
        url: app.office.item_url(&locale, &act.slug),
        locale,
        slug: act.slug.clone(),
        kind,
        guid: act.guid.clone(),
        note: act.note.clone(),
        at,
        published_at: act.published_at,
        version: act.version,
        sequence: act.sequence,
    }
}

/// The live editions of an article, by locale.
pub async fn editions_of(app: &App, article: ArticleId) -> Result<Vec<Alternate>, Error> {
    let siblings = app.db.live().siblings([article]).await?;
    let mut editions = Vec::with_capacity(siblings.len());
    for sibling in &siblings {
        editions.extend(alternate(app, sibling).await);
    }
    if editions.is_empty() { Err(Error::not_found()) } else { Ok(editions) }
}

/// A locale that is none of the office's has no address here.
pub(super) fn known(app: &App, locale: &LocaleTag) -> Result<(), Error> {
    app.public.words().find("locale", locale.as_str()).map(drop).ok_or_else(Error::not_found)
}

/// Stored rows as items, in two steps: each is verified, then all learn of their other languages.
pub(super) async fn items(app: &App, rows: Vec<Stored>, selection: &Selection) -> Result<Vec<Item>, Error> {
    let words = app.public.words();
    let mut good = Vec::with_capacity(rows.len());
    for stored in rows {
        let Some(verified) = app.public.verified(app, &stored).await else { continue };
        // A topic's list is an index beside the content; the content says what belongs there.
        let about = |topic: &str| codes(&verified.content).any(|code| words.is_under(code, topic));
        if selection.topic.as_ref().is_none_or(|topic| about(topic.as_str())) {
            good.push((stored, verified));
        }
    }
    let siblings = app.db.live().siblings(good.iter().map(|(stored, _)| stored.article)).await?;
    let mut items = Vec::with_capacity(good.len());
    for (stored, verified) in good {
        let family: Vec<&Sibling> =
            siblings.iter().filter(|one| one.article == stored.article && one.edition != stored.edition).collect();
        let mut alternates = Vec::with_capacity(family.len());
        for sibling in &family {
            alternates.extend(alternate(app, sibling).await);
        }
        items.push(item(app, &stored, &verified, alternates));
    }
    Ok(items)
}

/// The envelope by which a sibling is public, if it was signed.
pub(super) async fn signed(app: &App, sibling: &Sibling) -> Option<Arc<Envelope>> {
    app.public.signed_sibling(app, sibling).await
}

async fn alternate(app: &App, sibling: &Sibling) -> Option<Alternate> {
    let envelope = signed(app, sibling).await?;
    let url = app.office.item_url(&sibling.locale, &sibling.slug);
    Some(Alternate { locale: sibling.locale.clone(), slug: sibling.slug.clone(), url, guid: envelope.guid.clone() })
}

/// By what the source had public, whether it still is or was taken down: that makes no translation right.
fn is_stale(made: &MadeFrom) -> bool {
    freshness(made.number, made.major, made.major).is_stale()
}

fn codes(content: &Value) -> impl Iterator<Item = &str> {
    content["topics"].as_array().into_iter().flatten().filter_map(Value::as_str)
}

fn item(app: &App, stored: &Stored, verified: &Verified, alternates: Vec<Alternate>) -> Item {
    let words = app.public.words();
    let content = &verified.content;
    let text = |member: &str| content[member].as_str().unwrap_or_default().to_owned();
    let updated_at = verified.envelope.done_at();
    let Envelope { guid, slug, version, sequence, published_at, content_hash, .. } = verified.envelope.clone();
    let numbered = (1..).zip(&verified.corrections);
    Item {
        id: stored.article,
        guid,
        locale: stored.locale.clone(),
        url: app.office.item_url(&stored.locale, &slug),
        slug,
        kind: stored.kind,
        title: text("title"),
        summary: text("summary"),
        body_html: verified.body_html.clone(),
        topics: codes(content).map(|code| words.topic(code, &stored.locale)).collect(),
        agency: words.named("agency", stored.agency.as_str(), &stored.locale),
        place: content["place"].as_str().map(str::to_owned),
        details: Some(content["details"].clone()).filter(|details| !details.is_null()),
        published_at,
        updated_at,
        version,
        sequence,
        corrections: numbered
            .map(|(number, made)| Correction { number, at: made.done_at(), note: made.note.clone() })
            .collect(),
        alternates,
        source: stored.made_from.clone().map(|made| Source { locale: made.locale, version: made.version }),
        stale: stored.made_from.as_ref().is_some_and(is_stale),
        content_hash,
        signature: stored.signature.clone(),
    }
}

/// The exact bytes of a published version.
#[derive(Clone, Debug)]
pub enum VersionBytes {
    /// The canonical content and the canonical envelope with the signature over it.
    Bytes {
        /// The content.
        content: String,
        /// The envelope.
        envelope: String,
    },
    /// The edition was taken down: its texts are not given out any more.
    Gone(Box<Tombstone>),
}

/// A published version's bytes, for anyone to check.
pub async fn version(app: &App, article: ArticleId, locale: &LocaleTag, number: u32) -> Result<VersionBytes, Error> {
    let acts = app.db.live().versions(article, locale, number).await?;
    let made =
        acts.into_iter().find_map(|act| act.content.map(|content| (act.edition, content, act.envelope, act.signature)));
    let Some((edition, content, envelope, signature)) = made else { return Err(Error::not_found()) };
    let about = format!(":{article}:{locale}");
    let mut chain: Vec<_> = app.public.signed_acts(app, [edition]).await?.into_iter().map(|act| act.1).collect();
    chain.retain(|act| act.guid.ends_with(&about));
    chain.sort_by_key(|act| act.sequence);
    if let Some((taken, kind)) = taken_down_since(&chain, number) {
        return Ok(VersionBytes::Gone(Box::new(stone(app, article, locale.clone(), taken, kind))));
    }
    // What is neither public nor taken down is not public, whatever is kept of its versions.
    if app.db.live().item(article, locale).await?.is_none() {
        return Err(Error::not_found());
    }
    let signed = app.keys.verify(&signature, envelope.as_bytes()).is_ok();
    let parsed = Envelope::parse(&envelope).filter(|envelope| {
        signed
            && envelope.content_hash == Digest::of(&content)
            && envelope.version == number
            && envelope.act.makes_version()
            && envelope.guid.ends_with(&about)
    });
    if parsed.is_none() || app.public.withheld().contains(&edition) {
        app.public.alarm(edition, "version");
        return Err(Error::not_found());
    }
    Ok(VersionBytes::Bytes { content, envelope })
}

/// The act that took a version down for good, if one did: a text published afterwards does not bring back the one that
/// was taken down, only restoring does.
fn taken_down_since(chain: &[Arc<Envelope>], version: u32) -> Option<(&Envelope, TakeDown)> {
    let made = chain.iter().position(|act| act.version == version && act.act.makes_version())?;
    chain.iter().enumerate().skip(made).find_map(|(place, act)| {
        // What was withdrawn may have been retracted on top of that.
        let next = chain[place..].iter().find(|later| later.act.take_down().is_none());
        let restored = next.is_some_and(|next| next.act == Act::Restore);
        act.act.take_down().filter(|_| !restored).map(|kind| (&**act, kind))
    })
}

/// Events after a number, oldest first; whether more follow.
pub async fn changes(app: &App, since: i64, limit: u64) -> Result<(Vec<(i64, LiveEvent)>, bool), Error> {
    let mut events = app.db.live().changes(since, limit + 1).await?;
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = events.len() > wanted;
    events.truncate(wanted);
    let editions: std::collections::BTreeSet<_> = events.iter().map(|(_, event)| event.edition).collect();
    let acts = app.public.signed_acts(app, editions).await?;
    events.retain(|(number, event)| {
        let true_word = acts.iter().any(|(edition, act)| *edition == event.edition && vouches(act, event));
        if !true_word {
            tracing::error!(edition = %event.edition, number, "an event tells what was not signed");
        }
        true_word
    });
    Ok((events, more))
}

/// Whether a signed act says what an event tells. Becoming stale or fresh is no act of the edition: it says nothing of its own.
fn vouches(act: &Envelope, event: &LiveEvent) -> bool {
    let same = act.guid == event.guid && act.guid.ends_with(&format!(":{}:{}", event.article, event.locale));
    let told = match event.kind {
        LiveEventType::Stale | LiveEventType::Fresh => event.note.is_empty(),
        kind => kind == LiveEventType::of(act.act) && act.note == event.note && act.at == event.at,
    };
    same && told && act.version == event.version
}

/// One line of the manifest of everything public.
#[derive(Clone, Debug)]
pub struct ManifestLine {
    /// The article.
    pub article: ArticleId,
    /// The language.
    pub locale: LocaleTag,
    /// The guid.
    pub guid: String,
    /// The public address.
    pub url: String,
    /// The version.
    pub version: u32,
    /// The hash of the content.
    pub content_hash: Digest,
    /// The hash of the envelope.
    pub envelope_hash: Digest,
    /// The signature over the envelope.
    pub signature: String,
}

/// A page of the manifest, and after which edition the next one begins.
pub async fn manifest(
    app: &App,
    after: Option<EditionId>,
    limit: u64,
) -> Result<(Vec<ManifestLine>, Option<EditionId>), Error> {
    let (rows, damaged, next) = app.db.live().everything(after, limit).await?;
    for edition in damaged {
        app.public.alarm(edition, "row");
    }
    let mut lines = Vec::with_capacity(rows.len());
    for stored in rows {
        let Some(verified) = app.public.verified(app, &stored).await else { continue };
        lines.push(ManifestLine {
            article: stored.article,
            url: app.office.item_url(&stored.locale, &stored.slug),
            locale: stored.locale,
            guid: verified.envelope.guid.clone(),
            version: verified.envelope.version,
            content_hash: verified.envelope.content_hash,
            envelope_hash: Digest::of(&stored.envelope),
            signature: stored.signature,
        });
    }
    Ok((lines, next))
}
