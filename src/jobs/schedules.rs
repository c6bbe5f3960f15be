//! Orders for a later moment: looked for again and again, and as soon as anything is committed.

use std::time::Duration;

use super::{Stop, every};
use crate::service::{App, schedule};

/// How long a moment that has come may go unnoticed.
const POLL: Duration = Duration::from_millis(250);
/// The pause after each look, so that a busy desk does not keep this at it.
const PAUSE: Duration = Duration::from_millis(50);

pub(super) async fn run(app: App, stop: Stop) {
    every(PAUSE, stop, app.meters.job("schedules"), move || {
        let app = app.clone();
        async move {
            let mut committed = app.db.committed();
            committed.mark_unchanged();
            schedule::run_due(&app).await?;
            // Whatever ordered something, or stood in its way, is committed: then it is looked for anew.
            tokio::time::timeout(POLL, committed.changed()).await.ok();
            Ok(())
        }
    })
    .await;
}
