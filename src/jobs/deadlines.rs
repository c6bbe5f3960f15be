//! Deadlines: what became late is told.

use std::time::Duration;

use super::{Stop, every};
use crate::service::{App, escalation};

/// How often.
const LOOK: Duration = Duration::from_secs(10);

pub(super) async fn run(app: App, stop: Stop) {
    every(LOOK, stop, app.meters.job("deadlines"), move || {
        let app = app.clone();
        async move { escalation::run(&app).await.map(drop) }
    })
    .await;
}
