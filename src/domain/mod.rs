//! The rules, pure: no async, no clock, no I/O. Time and ids arrive as arguments.

pub mod article;
pub mod body;
pub mod item;
pub mod publication;
pub mod text;
