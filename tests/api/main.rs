//! Behaviour through HTTP: one binary, a module for each feature.

#![expect(
    clippy::unwrap_used,
    unreachable_pub,
    reason = "what a test cannot go on without fails it; nobody imports it"
)]

mod accounts;
mod publication;
mod rights;
mod rights_matrix;
mod rights_now;
mod rights_of_guests;
mod sign_in;
mod support;
mod tokens;
mod vocabularies;
