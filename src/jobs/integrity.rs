//! Integrity: what is public against what was approved, and the audit chain against its own head.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use super::{Stop, every};
use crate::service::{App, Error, audit, integrity};

/// The least time between two readings of the audit chain from its first entry,
const VERIFY: Duration = Duration::from_secs(50);
/// and how many times as long as a reading took: it takes no more than a fiftieth of a processor.
const REST: u32 = 50;
/// How far the head outside the database may lag behind.
const WITNESS: Duration = Duration::from_secs(5);

pub(super) async fn sweep(app: App, period: Duration, stop: Stop) {
    every(period, stop, app.meters.job("integrity"), move || {
        let app = app.clone();
        // What is found is logged by the sweep itself, edition by edition.
        async move { integrity::watch(&app).await.map(drop) }
    })
    .await;
}

/// The audit chain under watch: whether it was whole when it was verified last, and when that was.
#[derive(Clone, Debug)]
pub(super) struct Chain {
    app: App,
    /// When it was verified last, how long that took, and whether it was whole.
    last: Arc<Mutex<Option<(Instant, Duration, bool)>>>,
}

impl Chain {
    pub(super) fn of(app: &App) -> Self {
        Self { app: app.clone(), last: Arc::default() }
    }

    /// Verifies the chain and keeps its head, again and again.
    pub(super) async fn watch(self, stop: Stop) {
        every(WITNESS, stop, self.app.meters.job("audit"), move || {
            let chain = self.clone();
            async move { chain.keep().await }
        })
        .await;
    }

    /// Keeps the head, of a chain that was verified not too long ago.
    pub(super) async fn keep(&self) -> Result<(), Error> {
        let known = *self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let whole = match known {
            Some((at, took, whole)) if at.elapsed() < VERIFY.max(took * REST) => whole,
            _ => {
                let began = Instant::now();
                let whole = verify(&self.app).await?;
                let done = Some((Instant::now(), began.elapsed(), whole));
                *self.last.lock().unwrap_or_else(PoisonError::into_inner) = done;
                whole
            }
        };
        // A head is never written over a chain that does not reach the old one: it is the evidence.
        if whole { audit::witness(&self.app).await } else { Ok(()) }
    }
}

async fn verify(app: &App) -> Result<bool, Error> {
    let began = Instant::now();
    let report = integrity::watch_chain(app).await?;
    app.meters.chain.set(app.clock.now(), began.elapsed());
    app.meters.entries.set(report.entries);
    app.meters.broken.set(u64::from(report.broken.is_some()));
    match report.broken {
        None => tracing::debug!(entries = report.entries, head = %report.head, "the audit chain is whole"),
        Some(broken) => tracing::error!(entry = broken.seq(), what = ?broken, "the audit chain is broken"),
    }
    Ok(report.broken.is_none())
}
