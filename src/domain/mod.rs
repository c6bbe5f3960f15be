//! The rules, pure: no async, no clock, no I/O. Time and ids arrive as arguments.

pub mod access;
pub mod address;
pub mod archive;
pub mod article;
pub mod audit;
pub mod body;
pub mod checks;
pub mod currency;
pub mod decimal;
pub mod details;
pub mod edition;
pub mod event;
pub mod freshness;
pub mod item;
pub mod locale;
pub mod notice;
pub mod publication;
pub mod revision;
pub mod schedule;
pub mod segment;
pub mod slugging;
pub mod suggestion;
pub mod text;
pub mod words;
pub mod workflow;
