//! The start: configuration, the command line, the server, the demonstration.

pub mod cli;
pub mod config;
pub mod demo;
mod doctor;
mod failure;
mod folder;
mod memory;
mod server;
pub mod start;
mod telemetry;
mod transfer;
mod voice;

pub use failure::Failure;
