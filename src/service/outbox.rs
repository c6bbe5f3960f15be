//! The outbox: what became public is told to those outside by following the sequences of events, from where each
//! follower left off. Nothing waits for them, and nothing is sent in a transaction.

use std::collections::{BTreeSet, HashMap};

use serde_json::json;

use super::{App, Error, Hub, public::FeedScope, vocabulary::with_ancestors};
use crate::{
    domain::{
        delivery::{DeliveryState, MessageType},
        event::{EventType, LiveEvent},
    },
    kernel::{ArticleId, DeliveryId, LocaleTag},
    store::{
        Housekeeping, Tx,
        article::{self, Article},
        delivery::{self, Delivery},
        edition,
        event::{self, Numbered},
        follower, hub, vocabulary,
        webhook::{self, Webhook},
    },
    syndication::Format,
};

/// The follower that writes messages to webhooks; it follows what the public is told.
const WEBHOOKS: &str = "webhooks";
/// The follower that wakes the hub; it follows everything, since names change feeds too.
const HUB: &str = "hub";
/// Events that are dealt with in one transaction.
const SOME: u64 = 100;

/// Deals with some of what is new; true if there may be more.
pub async fn follow(app: &App) -> Result<bool, Error> {
    let told = tell_webhooks(app).await?;
    Ok(wake_hub(app).await? || told)
}

/// Writes a message to each webhook that wants to hear of an event: with the event's number, so that none is written
/// twice, and in the transaction that moves the follower on, so that none is left out.
async fn tell_webhooks(app: &App) -> Result<bool, Error> {
    let tx = app.db.read().await?;
    let come = follower::find(&tx, WEBHOOKS).await?.unwrap_or(0);
    if event::newest_live(&tx).await? <= come {
        return Ok(false);
    }
    let is_heard = webhook::how_many(&tx).await? > 0;
    drop(tx);
    let events = if is_heard { app.db.live().changes(come, SOME).await? } else { Vec::new() };
    let tx = app.db.write().await?;
    if follower::find(&tx, WEBHOOKS).await?.unwrap_or(0) != come {
        return Ok(true);
    }
    let all = webhook::all(&tx).await?;
    if all.is_empty() {
        // Whoever comes later is told of nothing that was before.
        follower::put(&tx, WEBHOOKS, event::newest_live(&tx).await?).await?;
        tx.commit_housekeeping(Housekeeping::Deliveries).await?;
        return Ok(false);
    }
    let Some((last, _)) = events.last() else { return Ok(true) };
    let ids: BTreeSet<ArticleId> = events.iter().map(|(_, event)| event.article).collect();
    let articles = article::find_many(&tx, ids).await?;
    let sources: HashMap<_, _> = articles.into_iter().map(|one| (one.id, one.source_locale)).collect();
    let mut messages = Vec::new();
    for (seq, event) in &events {
        let kind = MessageType::of(event.kind, sources.get(&event.article) == Some(&event.locale));
        let wants = |one: &&Webhook| one.since < *seq && one.wanted.has(kind, &event.locale);
        messages.extend(all.iter().filter(wants).map(|one| message(app, one, *seq, event, kind)));
    }
    delivery::insert(&tx, &messages).await?;
    follower::put(&tx, WEBHOOKS, *last).await?;
    tx.commit_housekeeping(Housekeeping::Deliveries).await?;
    Ok(u64::try_from(events.len()).unwrap_or(SOME) == SOME)
}

/// A thin message: what happened to which edition, and where to read it.
fn message(app: &App, to: &Webhook, seq: i64, event: &LiveEvent, kind: MessageType) -> Delivery {
    let (base, locale, article) = (&app.office.base_url, &event.locale, event.article);
    let mut data = json!({
        "seq": seq,
        "article_id": article.to_string(),
        "locale": locale.as_str(),
        "guid": event.guid,
        "version": event.version,
        "url": format!("{base}/api/v1/content/{locale}/articles/id/{article}"),
    });
    if !event.note.is_empty() {
        data["note"] = event.note.clone().into();
    }
    let body = json!({"type": kind.as_str(), "timestamp": event.at.to_string(), "data": data});
    Delivery {
        id: DeliveryId::new(),
        webhook: to.id,
        seq,
        article,
        kind,
        body: body.to_string(),
        state: DeliveryState::Waiting,
        attempts: 0,
        next_at: Some(app.clock.now()),
        tried_at: None,
        status: None,
        problem: None,
        created_at: app.clock.now(),
        settled_at: None,
    }
}

/// Has feeds looked at again after an event that may have changed one.
async fn wake_hub(app: &App) -> Result<bool, Error> {
    let tx = app.db.read().await?;
    let come = follower::find(&tx, HUB).await?.unwrap_or(0);
    let events = event::after(&tx, come, SOME).await?;
    let Some(last) = events.last().map(|one| one.seq) else { return Ok(false) };
    let is_all = u64::try_from(events.len()).unwrap_or(SOME) < SOME;
    let public = |one: &&Numbered| matches!(one.event.kind, EventType::Live | EventType::Vocabulary);
    let news: Vec<&Numbered> = events.iter().filter(public).collect();
    if news.is_empty() && is_all {
        // The desk's own work alone: no write for each of its own.
        return Ok(false);
    }
    let pings = if let Hub::Elsewhere(_) = app.office.hub { pings(app, &tx, &news).await? } else { Vec::new() };
    drop(tx);
    if news.iter().any(|one| one.event.kind == EventType::Vocabulary) {
        // Names stand in memory: they have to be those of after the event before a feed is made with them.
        app.public.reload(app).await?;
    }
    let tx = app.db.write().await?;
    if follower::find(&tx, HUB).await?.unwrap_or(0) != come {
        return Ok(true);
    }
    if !news.is_empty() {
        match app.office.hub {
            Hub::Own => hub::wake(&tx, last, app.clock.now()).await?,
            Hub::Elsewhere(_) => hub::put_pings(&tx, &pings, last, app.clock.now()).await?,
            Hub::Nobody => {}
        }
    }
    follower::put(&tx, HUB, last).await?;
    tx.commit_housekeeping(Housekeeping::Subscriptions).await?;
    Ok(!is_all)
}

/// The feeds that carry, or carried, the articles of some events: those in each language that an article was ever
/// public in, since each names the others.
async fn pings(app: &App, tx: &impl Tx, news: &[&Numbered]) -> Result<Vec<String>, Error> {
    let ids: BTreeSet<ArticleId> = news.iter().filter_map(|one| one.event.article).collect();
    let tree = vocabulary::tree(tx).await?;
    let mut topics = BTreeSet::new();
    for one in article::find_many(tx, ids.iter().copied()).await? {
        let editions = edition::find_by_articles(tx, [one.id]).await?;
        let public = editions.into_iter().filter(|edition| edition.publication.is_some());
        for locale in public.map(|edition| edition.locale) {
            for scope in scopes(&one, |codes| with_ancestors(&tree, codes)) {
                topics.extend(addresses(app, &locale, &scope));
            }
        }
    }
    Ok(topics.into_iter().collect())
}

fn scopes(one: &Article, wider: impl Fn(&[crate::kernel::Code]) -> Vec<crate::kernel::Code>) -> Vec<FeedScope> {
    let mut scopes =
        vec![FeedScope::All, FeedScope::Kind(one.shared.kind), FeedScope::Agency(one.shared.agency.clone())];
    scopes.extend(wider(&one.shared.topics).into_iter().map(FeedScope::Topic));
    scopes
}

fn addresses<'a>(app: &'a App, locale: &'a LocaleTag, scope: &'a FeedScope) -> impl Iterator<Item = String> + 'a {
    Format::ALL.iter().map(move |format| scope.url(&app.office.base_url, locale, *format))
}
