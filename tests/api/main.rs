//! Behaviour through HTTP: one binary, a module for each feature.

mod bodies;
mod input;
mod languages;
mod openapi;
mod publication;
mod sockets;
mod support;
