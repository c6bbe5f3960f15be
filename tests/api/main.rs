//! Behaviour through HTTP: one binary, a module for each feature.

mod publication;
mod support;
