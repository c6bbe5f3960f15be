//! Behaviour through HTTP: one binary, a module for each feature.

#![expect(
    clippy::unwrap_used,
    clippy::pedantic,
    clippy::wrong_self_convention,
    unreachable_pub,
    reason = "what a test cannot go on without fails it; a test reads as a sentence, and nobody imports it"
)]

mod accounts;
mod alarms;
mod articles;
mod attest;
mod audit;
mod bodies;
mod cache;
mod calendars;
mod carried;
mod changes;
mod comments;
mod conditions;
mod content;
mod crowds;
mod deciding;
mod examples;
mod feeds;
mod freshness;
mod headers;
mod history;
mod hub;
mod imports;
mod input;
mod integrity;
mod languages;
mod locales;
mod metrics;
mod model;
mod notices;
mod openapi;
mod outbound;
mod pages;
mod paging;
mod places;
mod postgres;
mod previews;
mod publication;
mod queue;
mod rates;
mod ready;
mod refresh;
mod refusals;
mod releases;
mod review;
mod rights;
mod rights_matrix;
mod rights_now;
mod rights_of_guests;
mod schedules;
mod secrecy;
mod segments;
mod sheet;
mod sign_in;
mod sitemaps;
mod slugs;
mod smuggling;
mod sockets;
mod statements;
mod suggestions;
mod support;
mod taking_down;
mod tamper;
mod tamper_at_random;
mod tokens;
mod vocabularies;
mod webhooks;
mod withdrawal;
mod workflows;
