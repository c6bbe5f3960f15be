//! Housekeeping: what has had its time is removed.

use std::time::Duration;

use super::{Stop, every};
use crate::service::{App, auth, hub, notification, webhook};

/// How often.
const SWEEP: Duration = Duration::from_hours(1);

pub(super) async fn run(app: App, stop: Stop) {
    every(SWEEP, stop, app.meters.job("housekeeping"), move || {
        let app = app.clone();
        async move {
            auth::sweep(&app).await?;
            notification::sweep(&app).await?;
            webhook::sweep(&app).await?;
            hub::sweep(&app).await
        }
    })
    .await;
}
