//! The real binary as a process of its own: its commands, its start, its stop, and being killed.

#![expect(
    clippy::unwrap_used,
    clippy::pedantic,
    unreachable_pub,
    reason = "what a test cannot go on without fails it; a test binary has no outside"
)]

mod beside;
mod commands;
mod configuration;
mod crowds;
mod deliveries;
mod demo;
mod doctor;
mod imports;
mod keys;
mod kills;
#[cfg(all(target_os = "linux", target_env = "gnu"))]
mod memory;
mod metrics;
mod schedules;
mod stopping;
mod support;
