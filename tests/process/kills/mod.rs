//! Killed at any moment, and started again: what was acknowledged is there, and nothing is half done.

mod facts;
mod rounds;
mod sound;
mod step;
mod writer;

use rounds::Rounds;

use crate::keys::{configured, configured_keys};
use crate::support::{Installation, PostgresDatabase};

/// How often the server is killed, unless `LANTOA_TEST_KILLS` says otherwise.
const KILLS: u32 = 20;
const KILLS_WITH_POSTGRES: u32 = 5;

fn kills(default: u32) -> u32 {
    std::env::var("LANTOA_TEST_KILLS").ok().map_or(default, |many| many.parse().expect("LANTOA_TEST_KILLS is a number"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_under_load_it_keeps_what_it_acknowledged_and_nothing_half_done() {
    let installation = Installation::new();
    let mut rounds = Rounds::begin(&installation).await;
    for _ in 0..kills(KILLS) {
        rounds.load_and_kill().await;
        rounds.restart_and_compare(&installation).await;
    }
    rounds.end(&installation).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_over_postgresql_it_keeps_what_it_acknowledged_too() {
    let Some(database) = PostgresDatabase::create("kills").await else {
        eprintln!("skipped: LANTOA_TEST_DATABASE_URL names no server");
        return;
    };
    let installation = configured(Installation::new(), &configured_keys()).with("LANTOA_DATABASE_URL", &database.url);
    let mut rounds = Rounds::begin(&installation).await;
    for _ in 0..kills(KILLS_WITH_POSTGRES) {
        rounds.load_and_kill().await;
        // A commit may be on its way in the socket of a process that is gone.
        crate::support::until("the server has let its connections go", async || {
            (database.connections().await == 0).then_some(())
        })
        .await;
        rounds.restart_and_compare(&installation).await;
    }
    rounds.end(&installation).await;
}
