//! Our hub (WebSub): who subscribes to a feed is asked whether they meant it, and then sent the feed whenever it
//! changes, until the subscription ends.

mod ask;
mod ping;
mod send;

use std::time::Duration;

use super::{App, Check, Code, Error, FieldCode, FieldError, Hub, public, public::FeedScope, webhook::fault};
use crate::{
    domain::hub::{MAX_SECRET, Mode, lease},
    kernel::{Digest, SubscriptionId},
    outbound::Target,
    store::{
        Housekeeping,
        hub::{self, Request},
    },
    syndication::Format,
    tokens::Secret,
};

pub use ask::confirm;
pub use ping::ping;
pub use send::send;

/// Most subscriptions, and requests that are not confirmed yet.
pub const MAX_SUBSCRIPTIONS: u64 = 10_000;
/// Most of them that lead to one host.
pub const MAX_OF_A_HOST: u64 = 500;
/// How long what was claimed is left to who claimed it: longer than all of it can take.
const CLAIM: Duration = Duration::from_mins(3);
/// What is claimed together.
const CLAIMED: u64 = 64;
/// What is called at the same time.
const AT_ONCE: usize = 16;

/// What a subscriber asks for.
#[derive(Clone, Debug)]
pub struct Asked {
    /// What.
    pub mode: Mode,
    /// Where it is called.
    pub callback: String,
    /// The feed's address.
    pub topic: String,
    /// For how many seconds.
    pub lease: Option<u64>,
    /// What our messages are to be signed with.
    pub secret: Option<Secret>,
}

/// Takes what a subscriber asks for. Whether they meant it is asked later, by another than who waits for this answer.
pub async fn ask(app: &App, asked: Asked) -> Result<(), Error> {
    if app.office.hub != Hub::Own {
        return Err(Error::not_found());
    }
    let mut check = Check::new();
    let callback = Target::parse(&asked.callback, app.outbound.allowed());
    if let Err(bad) = &callback {
        check.fault(fault("hub.callback", *bad));
    }
    if FeedScope::of_url(&app.office.base_url, &asked.topic).is_none() {
        check.fault(FieldError::new("hub.topic", FieldCode::NoFeed));
    }
    if asked.secret.as_ref().is_some_and(|secret| secret.expose().len() > MAX_SECRET) {
        check.fault(FieldError::new("hub.secret", FieldCode::TooLarge).with("max", MAX_SECRET));
    }
    check.finish()?;
    let Ok(callback) = callback else { return Err(Error::not_found()) };
    let (tx, now) = (app.db.write().await?, app.clock.now());
    let (all, here) = hub::tally(&tx, &callback.place()).await?;
    let is_full = all >= MAX_SUBSCRIPTIONS || here >= MAX_OF_A_HOST;
    if is_full && !hub::knows(&tx, &callback.to_string(), &asked.topic).await? {
        return Err(Error::new(Code::Busy).retry_after(600));
    }
    let (callback, place) = (callback.to_string(), callback.place());
    let secret = asked.secret.filter(|secret| !secret.expose().is_empty());
    let request = Request {
        id: SubscriptionId::new(),
        secret: secret.map(|secret| app.vault.seal(&owner(&callback, &asked.topic), &secret)),
        callback,
        place,
        topic: asked.topic,
        mode: asked.mode,
        lease: lease(asked.lease),
        failures: 0,
        next_at: now,
        created_at: now,
    };
    hub::put_request(&tx, &request).await?;
    Ok(tx.commit_housekeeping(Housekeeping::Subscriptions).await?)
}

/// Removes subscriptions that have ended.
pub async fn sweep(app: &App) -> Result<(), Error> {
    let tx = app.db.write().await?;
    hub::sweep(&tx, app.clock.now()).await?;
    Ok(tx.commit_housekeeping(Housekeeping::Subscriptions).await?)
}

/// A feed as it is served: its bytes, what they are, and their hash.
struct Content {
    body: bytes::Bytes,
    media_type: &'static str,
    digest: String,
}

/// The content of a feed by its address; 404 where there is no such feed (any more).
async fn content(app: &App, topic: &str) -> Result<Content, Error> {
    let found = FeedScope::of_url(&app.office.base_url, topic).ok_or_else(Error::not_found)?;
    let (locale, scope, format): (_, _, Format) = found;
    let feed = public::feed_in(app, &locale, &scope, format).await?;
    let body = format.write(&feed);
    let digest = Digest::of(&body).to_string();
    Ok(Content { body: body.into(), media_type: format.media_type(), digest })
}

/// Whose a subscriber's secret is, for the vault.
fn owner(callback: &str, topic: &str) -> String {
    format!("hub {callback} {topic}")
}
