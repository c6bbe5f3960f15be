//! Integrity: what is public against what was approved, and the audit chain against its own head.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use super::{Stop, every};
use crate::service::{App, Error, audit, integrity};

/// How often the audit chain is verified from its first entry.
const VERIFY: Duration = Duration::from_hours(1);
/// How far the head outside the database may lag behind.
const WITNESS: Duration = Duration::from_secs(5);

pub(super) async fn sweep(app: App, period: Duration, stop: Stop) {
    every(period, stop, "integrity", move || {
        let app = app.clone();
        // What is found is logged by the sweep itself, edition by edition.
        async move { integrity::sweep(&app).await.map(drop) }
    })
    .await;
}

/// Verifies the chain and keeps its head.
pub(super) async fn chain(app: App, stop: Stop) {
    let last: Arc<Mutex<Option<(Instant, bool)>>> = Arc::default();
    every(WITNESS, stop, "audit", move || {
        let (app, last) = (app.clone(), Arc::clone(&last));
        async move {
            let known = *last.lock().unwrap_or_else(PoisonError::into_inner);
            let whole = match known {
                Some((at, whole)) if at.elapsed() < VERIFY => whole,
                _ => {
                    let whole = verify(&app).await?;
                    *last.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), whole));
                    whole
                }
            };
            // A head is never written over a chain that does not reach the old one: it is the evidence.
            if whole { audit::witness(&app).await } else { Ok(()) }
        }
    })
    .await;
}

async fn verify(app: &App) -> Result<bool, Error> {
    let report = audit::verify(app).await?;
    match report.broken {
        None => tracing::info!(entries = report.entries, head = %report.head, "the audit chain is whole"),
        Some(broken) => tracing::error!(entry = broken.seq(), what = ?broken, "the audit chain is broken"),
    }
    Ok(report.broken.is_none())
}
