//! The log, on standard error: standard output is for what commands say.

use std::io;

use tracing_subscriber::EnvFilter;

use super::config::{Format, Log};

/// What others say of their ordinary work is not worth a line, unless it is asked for by name. What `actix_http` calls
/// an error is a request that it could not read, and anybody could fill the log with those.
const QUIET: &str = "actix_server=warn,actix_http=off,sea_orm_migration=warn";

/// Starts the log; a second start in one process changes nothing.
pub(super) fn start(log: &Log) {
    let filter = EnvFilter::new(format!("{QUIET},{}", log.filter));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr);
    match log.format {
        Format::Text => builder.with_ansi(io::IsTerminal::is_terminal(&io::stderr())).try_init().ok(),
        Format::Json => builder.json().flatten_event(true).try_init().ok(),
    };
}
