//! Behaviour through HTTP: one binary, a module for each feature.

mod model;
mod publication;
mod statements;
mod support;
