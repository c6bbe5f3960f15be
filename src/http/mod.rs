//! The HTTP floor: extractors, problems, routes. The same routes build the server and the
//! OpenAPI document.

mod document;
pub mod kit;
pub mod public;
mod routes;
mod server;
mod signed;
mod wire;

pub use document::{openapi, openapi_text};
pub use server::{Settings, app};
