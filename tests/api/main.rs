//! Behaviour through HTTP: one binary, a module for each feature.

mod accounts;
mod bodies;
mod cache;
mod changes;
mod content;
mod feeds;
mod freshness;
mod input;
mod openapi;
mod pages;
mod publication;
mod review;
mod rights;
mod rights_matrix;
mod secrecy;
mod sign_in;
mod support;
mod tamper;
mod tokens;
mod vocabularies;
mod withdrawal;
