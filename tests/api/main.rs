//! Behaviour through HTTP: one binary, a module for each feature.

mod bodies;
mod input;
mod openapi;
mod publication;
mod support;
