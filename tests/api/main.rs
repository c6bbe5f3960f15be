//! Behaviour through HTTP: one binary, a module for each feature.

mod freshness;
mod publication;
mod review;
mod support;
mod tamper;
mod withdrawal;
