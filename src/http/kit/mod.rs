//! What every route stands on: strict extractors, problem documents, conditional answers.
//!
//! The order in which an application wraps itself, inmost first:
//! `.wrap(from_fn(refuse_encodings)).wrap(Problems::new(texts)).wrap(from_fn(bound_bodies))`,
//! with [`Fallback::service`] as the default service and [`Limits`] in the app data.

mod accept_encoding;
mod bearer;
mod body;
mod conditional;
mod deadline;
mod encodings;
mod etag;
mod fallback;
mod fault;
mod foreign;
mod header;
mod idempotency_key;
mod in_order;
mod json;
mod json_text;
mod node;
mod parameters;
mod path;
mod pieces;
mod prepared;
mod problem;
mod problems;
mod proxies;
mod query;
mod query_text;
mod rates;
mod request_id;
mod safe_headers;
mod scalar;
#[cfg(test)]
mod testing;
mod work;

pub use bearer::bearer;
pub use body::{Limits, payload_error, read_body};
pub use conditional::{IfMatch, IfNoneMatchStar, PutCondition};
pub use deadline::bound_bodies;
pub use encodings::refuse_encodings;
pub use etag::{NO_VERSION, etag_of_version};
pub use fallback::Fallback;
pub use fault::refuse;
pub use header::single_header;
pub use idempotency_key::IdempotencyKey;
pub use in_order::InOrder;
pub use json::{StrictJson, from_value, present, read_json};
pub use parameters::{KnownQuery, Parameters};
pub use path::{FromPath, PathOf};
pub(in crate::http) use pieces::in_pieces;
pub use prepared::{Prepared, Sort, known_tags};
pub use problem::{Place, PreferredLocale, Problem, Texts};
pub use problems::Problems;
pub use proxies::Proxies;
pub use query::{LenientQuery, StrictQuery};
pub use rates::{Rates, RatesConfig};
pub use request_id::RequestId;
pub use work::Work;
