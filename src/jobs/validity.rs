//! Each night every feed is read by readers of others' making.

use std::time::Duration;

use super::{Stop, every};
use crate::service::{App, validity};

/// How often it is asked whether it is time.
const ASK: Duration = Duration::from_mins(1);

pub(super) async fn run(app: App, stop: Stop) {
    every(ASK, stop, app.meters.job("feeds"), move || {
        let app = app.clone();
        async move { validity::nightly(&app).await.map(drop) }
    })
    .await;
}
