//! Behaviour through HTTP: one binary, a module for each feature.

mod articles;
mod audit;
mod conditions;
mod freshness;
mod publication;
mod review;
mod slugs;
mod support;
mod tamper;
mod withdrawal;
