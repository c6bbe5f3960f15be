//! What goes out over the network to addresses that others named: one request each, to a public address that was
//! looked up once and checked, within a time and with a short answer.

mod client;
mod exchange;
mod reach;
mod target;
#[cfg(test)]
mod tests;

pub use client::{Outbound, Resolve, Undelivered};
pub use exchange::{Answer, MAX_ANSWER, Request};
pub use reach::is_public;
pub use target::{BadTarget, MAX_TARGET, Target};
