//! Asking subscribers whether they meant it, and telling those whom we turn down.

use futures_util::{StreamExt as _, stream};

use super::{AT_ONCE, CLAIM, CLAIMED, content};
use crate::{
    domain::hub::{Mode, Said, ask_again, said, until},
    outbound::{Request as Call, Target, Undelivered},
    service::{App, Code, Error},
    store::{
        Housekeeping,
        hub::{self, Request, Subscription},
    },
    tokens::signing::{challenge, spread},
};

/// Why a subscription is turned down.
const NO_FEED: &str = "no such feed";

/// Asks those who wait for it; how many they were.
pub async fn confirm(app: &App) -> Result<usize, Error> {
    let now = app.clock.now();
    if hub::due_requests(&app.db.read().await?, now, 1).await?.is_empty() {
        return Ok(0);
    }
    let tx = app.db.write().await?;
    let due = hub::due_requests(&tx, now, CLAIMED).await?;
    let ids: Vec<_> = due.iter().map(|one| one.id).collect();
    hub::put_off_requests(&tx, &ids, now.plus(CLAIM), false).await?;
    tx.commit_housekeeping(Housekeeping::Subscriptions).await?;
    let many = due.len();
    let mut asked = std::pin::pin!(stream::iter(due).map(|one| one_of_them(app, one)).buffer_unordered(AT_ONCE));
    while let Some(done) = asked.next().await {
        done?;
    }
    Ok(many)
}

async fn one_of_them(app: &App, one: Request) -> Result<(), Error> {
    let Ok(target) = Target::parse(&one.callback, app.outbound.allowed()) else { return drop_it(app, &one).await };
    // What they have now is what they see there; they are sent what comes after it.
    let digest = match content(app, &one.topic).await {
        Ok(content) => content.digest,
        Err(error) if error.code() == Code::NotFound && one.mode == Mode::Subscribe => {
            deny(app, &target, &one.topic).await;
            return drop_it(app, &one).await;
        }
        Err(error) if error.code() == Code::NotFound => String::new(),
        Err(error) => return Err(error),
    };
    let challenge = challenge();
    let lease = one.lease.to_string();
    let mut parameters =
        vec![("hub.mode", one.mode.as_str()), ("hub.topic", &one.topic), ("hub.challenge", &challenge)];
    if one.mode == Mode::Subscribe {
        parameters.push(("hub.lease_seconds", &lease));
    }
    let call = Call { body: None, headers: Vec::new() };
    let meant = match app.outbound.send(&target.with_parameters(&parameters), &call).await {
        Ok(answer) if answer.whole => said(answer.status, &answer.body, &challenge),
        Ok(_) | Err(Undelivered::Inside) => Said::No,
        Err(_) => Said::Nothing,
    };
    match meant {
        Said::Yes => take(app, one, digest).await,
        Said::No => drop_it(app, &one).await,
        Said::Nothing => match ask_again(one.failures + 1, app.clock.now(), spread()) {
            Some(then) => {
                let tx = app.db.write().await?;
                hub::put_off_requests(&tx, &[one.id], then, true).await?;
                Ok(tx.commit_housekeeping(Housekeeping::Subscriptions).await?)
            }
            None => drop_it(app, &one).await,
        },
    }
}

/// They meant it.
async fn take(app: &App, one: Request, digest: String) -> Result<(), Error> {
    let (tx, now) = (app.db.write().await?, app.clock.now());
    // Asked anew meanwhile, it is the newer request that counts, and that is confirmed by itself.
    if hub::take_request(&tx, one.id).await? {
        match one.mode {
            Mode::Unsubscribe => hub::remove(&tx, &one.callback, &one.topic).await?,
            Mode::Subscribe => {
                let subscription = Subscription {
                    id: one.id,
                    callback: one.callback,
                    place: one.place,
                    topic: one.topic,
                    secret: one.secret,
                    expires_at: until(now, one.lease),
                    due_seq: 0,
                    digest,
                    failures: 0,
                    // Looked at once: what changed while they were asked is not missed.
                    next_at: Some(now),
                    created_at: now,
                };
                hub::put(&tx, &subscription).await?;
            }
        }
    }
    Ok(tx.commit_housekeeping(Housekeeping::Subscriptions).await?)
}

/// They did not, or cannot be asked.
async fn drop_it(app: &App, one: &Request) -> Result<(), Error> {
    let tx = app.db.write().await?;
    hub::take_request(&tx, one.id).await?;
    Ok(tx.commit_housekeeping(Housekeeping::Subscriptions).await?)
}

/// Tells a subscriber that there is no such feed. Whether they heard it changes nothing.
pub(super) async fn deny(app: &App, target: &Target, topic: &str) {
    let parameters = [("hub.mode", "denied"), ("hub.topic", topic), ("hub.reason", NO_FEED)];
    let call = Call { body: None, headers: Vec::new() };
    app.outbound.send(&target.with_parameters(&parameters), &call).await.ok();
}
