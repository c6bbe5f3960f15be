//! Behaviour through HTTP: one binary, a module for each feature.

mod accounts;
mod bodies;
mod freshness;
mod input;
mod languages;
mod openapi;
mod publication;
mod review;
mod rights;
mod rights_matrix;
mod sign_in;
mod sockets;
mod support;
mod tamper;
mod tokens;
mod vocabularies;
mod withdrawal;
