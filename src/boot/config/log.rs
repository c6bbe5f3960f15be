//! What is logged, and in which form.

use tracing_subscriber::EnvFilter;

use super::{Bad, Given, Reason};

/// The log.
#[derive(Clone, Debug)]
pub struct Log {
    /// A filter in the form `level` or `target=level`, separated by commas.
    pub filter: String,
    /// Its form.
    pub format: Format,
}

/// The form of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Lines for people.
    Text,
    /// An object a line, for programs.
    Json,
}

impl Log {
    pub(super) fn read(given: &Given) -> Result<Self, Bad> {
        let filter = given.text("log").to_owned();
        if EnvFilter::builder().parse(&filter).is_err() {
            return Err(given.bad("log", Reason::Filter));
        }
        let format = match given.text("log_format") {
            "text" => Format::Text,
            "json" => Format::Json,
            _ => return Err(given.bad("log_format", Reason::OneOf("text, json"))),
        };
        Ok(Self { filter, format })
    }
}
