//! The real binary as a process of its own: its commands, its start, its stop, and being killed.

#![expect(clippy::unwrap_used, reason = "what a test cannot go on without fails it")]
#![expect(unreachable_pub, reason = "a test binary has no outside: `pub` says what a module offers")]

mod beside;
mod commands;
mod configuration;
mod demo;
mod keys;
mod kills;
mod stopping;
mod support;
