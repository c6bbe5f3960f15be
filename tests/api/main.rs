//! Behaviour through HTTP: one binary, a module for each feature.

mod accounts;
mod articles;
mod audit;
mod bodies;
mod conditions;
mod freshness;
mod input;
mod openapi;
mod postgres;
mod publication;
mod review;
mod rights;
mod rights_matrix;
mod sign_in;
mod slugs;
mod support;
mod tamper;
mod tokens;
mod vocabularies;
mod withdrawal;
