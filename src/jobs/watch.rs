//! Changes: those of other processes are noticed, and the vocabularies in memory follow all of them.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use super::{Stop, every};
use crate::service::App;

/// How long a change of another process may go unnoticed.
const POLL: Duration = Duration::from_millis(250);

pub(super) async fn run(app: App, stop: Stop) {
    let loaded = Arc::new(AtomicI64::new(-1));
    every(POLL, stop, app.meters.job("watch"), move || {
        let (app, loaded) = (app.clone(), Arc::clone(&loaded));
        async move {
            // Read before the vocabularies: what is committed in between is seen at the next turn.
            let (newest, _) = app.db.news().await?;
            if loaded.load(Ordering::SeqCst) != newest {
                app.public.reload(&app).await?;
                loaded.store(newest, Ordering::SeqCst);
            }
            Ok(())
        }
    })
    .await;
}
