//! Behaviour through HTTP: one binary, a module for each feature.

#![expect(
    clippy::unwrap_used,
    clippy::pedantic,
    clippy::wrong_self_convention,
    unreachable_pub,
    reason = "what a test cannot go on without fails it; a test reads as a sentence, and nobody imports it"
)]

mod accounts;
mod articles;
mod audit;
mod bodies;
mod cache;
mod changes;
mod conditions;
mod content;
mod crowds;
mod examples;
mod feeds;
mod freshness;
mod headers;
mod imports;
mod input;
mod languages;
mod locales;
mod model;
mod openapi;
mod pages;
mod paging;
mod places;
mod postgres;
mod previews;
mod publication;
mod rates;
mod releases;
mod review;
mod rights;
mod rights_matrix;
mod rights_now;
mod rights_of_guests;
mod schedules;
mod secrecy;
mod sign_in;
mod slugs;
mod smuggling;
mod sockets;
mod statements;
mod support;
mod taking_down;
mod tamper;
mod tokens;
mod vocabularies;
mod withdrawal;
