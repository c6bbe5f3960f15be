//! The HTTP floor: extractors, problems, routes.

pub mod kit;
pub mod public;
