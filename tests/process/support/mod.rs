//! What the tests of the process share: a data folder, processes over it, people, and a way into the database.

mod client;
mod installation;
mod process;
mod rows;
mod server;
mod staff;

use std::time::{Duration, Instant};

pub use client::{Answer, Client, anybody};
pub use installation::Installation;
pub use process::{Finished, Process};
pub use rows::Rows;
pub use server::PostgresDatabase;
pub use staff::{PASSWORD, Person, Staff, begin, newspaper, sign_in};

/// How long anything may take; far more than it needs, since machines are slow at times.
pub const LIMIT: Duration = Duration::from_secs(60);

/// Looks again and again until there is what is waited for.
pub async fn until<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(begun.elapsed() < LIMIT, "waited in vain until {what}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
