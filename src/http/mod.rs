//! The HTTP floor: extractors, problems, routes. The same routes build the server and the
//! OpenAPI document.

mod connections;
mod document;
pub mod kit;
mod line;
mod listening;
mod metrics;
pub mod public;
mod ready;
mod routes;
mod server;
mod signed;
mod wire;

pub use connections::Connections;
pub use document::{openapi, openapi_text};
pub use listening::{Listening, listen};
pub use metrics::{Metrics, listen_for_metrics};
pub use server::{Settings, app};
