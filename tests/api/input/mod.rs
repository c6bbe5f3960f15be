//! Malformed input, for every operation of the document: refused with its place, and nothing is changed.

mod addresses;
mod bodies;
mod members;
mod queries;
