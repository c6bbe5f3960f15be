//! Behaviour through HTTP: one binary, a module for each feature.

mod bodies;
mod input;
mod openapi;
mod accounts;
mod publication;
mod rights;
mod rights_matrix;
mod sign_in;
mod support;
mod tokens;
mod vocabularies;
