//! What every route stands on: strict extractors, problem documents, conditional answers.
//!
//! The order in which an application wraps itself, inmost first:
//! `.wrap(from_fn(refuse_encodings)).wrap(Problems::new(texts)).wrap(from_fn(bound_bodies))`,
//! with [`Fallback::service`] as the default service and [`Limits`] in the app data.

mod body;
mod deadline;
mod encodings;
mod fault;
mod foreign;
mod json;
mod json_text;
mod node;
mod path;
mod problem;
mod problems;
mod query;
mod query_text;
mod request_id;
mod safe_headers;
mod scalar;
#[cfg(test)]
mod testing;

pub use body::{Limits, payload_error, read_body};
pub use deadline::bound_bodies;
pub use encodings::refuse_encodings;
pub use fault::refuse;
pub use json::{StrictJson, from_value};
pub use path::{FromPath, PathOf};
pub use problem::{Place, PreferredLocale, Problem, Texts};
pub use problems::Problems;
pub use query::{LenientQuery, StrictQuery};
pub use request_id::RequestId;
