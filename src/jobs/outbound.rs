//! What goes out: the sequences of events are followed as soon as anything is committed, and whoever is to be told is
//! told beside each other, so that one who answers slowly holds up no other.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use tokio::task::{Id, JoinSet};

use super::{Stop, every};
use crate::{
    kernel::{Clock, WebhookId},
    service::{App, Error, hub, outbox, webhook},
};

/// How long news may go unnoticed.
const POLL: Duration = Duration::from_millis(250);
/// The pause after each look.
const PAUSE: Duration = Duration::from_millis(50);

/// Follows events.
pub(super) async fn follow(app: App, stop: Stop) {
    every(PAUSE, stop, app.meters.job("outbox"), move || {
        let app = app.clone();
        async move {
            let mut committed = app.db.committed();
            committed.mark_unchanged();
            while outbox::follow(&app).await? {}
            tokio::time::timeout(POLL, committed.changed()).await.ok();
            Ok(())
        }
    })
    .await;
}

/// Asks subscribers whether they meant it.
pub(super) async fn ask(app: App, stop: Stop) {
    every(POLL, stop, app.meters.job("hub_asking"), move || {
        let app = app.clone();
        async move { hub::confirm(&app).await.map(drop) }
    })
    .await;
}

/// Sends feeds to subscribers.
pub(super) async fn deliver(app: App, stop: Stop) {
    every(POLL, stop, app.meters.job("hub_sending"), move || {
        let app = app.clone();
        async move { hub::send(&app).await.map(drop) }
    })
    .await;
}

/// Tells another hub.
pub(super) async fn ping(app: App, stop: Stop) {
    every(POLL, stop, app.meters.job("hub_pinging"), move || {
        let app = app.clone();
        async move { hub::ping(&app).await.map(drop) }
    })
    .await;
}

/// Sends messages to webhooks, each in a task of its own.
pub(super) async fn webhooks(app: App, mut stop: Stop) {
    let job = app.meters.job("webhooks");
    let (mut tasks, mut busy) = (JoinSet::new(), HashMap::<Id, WebhookId>::new());
    let mut looks = tokio::time::interval(POLL);
    looks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        let began = Instant::now();
        let failed = tokio::select! {
            biased;
            () = stop.asked() => break,
            Some(done) = tasks.join_next_with_id() => match done {
                Ok((id, sent)) => {
                    busy.remove(&id);
                    Result::err(sent).map(|error: Error| error.to_string())
                }
                Err(panic) => {
                    busy.remove(&panic.id());
                    Some(panic.to_string())
                }
            },
            _ = looks.tick() => match webhook::due(&app).await {
                Ok(due) => {
                    for id in due {
                        if !busy.values().any(|one| *one == id) {
                            let app = app.clone();
                            let task = tasks.spawn(async move {
                                while webhook::send(&app, id).await? {}
                                Ok(())
                            });
                            busy.insert(task.id(), id);
                        }
                    }
                    job.runs.one();
                    job.done.set(Clock::system().now(), began.elapsed());
                    None
                }
                Err(error) => Some(error.to_string()),
            },
        };
        if let Some(failed) = failed {
            job.failures.one();
            tracing::error!(job = job.name, failed, "a job failed; it goes on");
        }
    }
    // What was claimed and not written down is sent again by whoever comes after: at least once.
    tasks.shutdown().await;
}
