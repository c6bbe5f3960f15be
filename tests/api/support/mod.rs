//! What every test stands on: an application over a database of its own, people who sign in,
//! and a client that holds every answer against the OpenAPI document.

mod account;
mod answer;
mod app;
mod contract;
mod database;
mod edition;
mod lists;
mod operations;
mod outside;
mod walk;

pub use account::{Client, PASSWORD};
pub use answer::Answer;
pub use app::{AUTHORITY, BASE_URL, TOKEN_SECRET, TestApp, morning};
pub use contract::{document, operation};
pub use edition::{Draft, Edition, english, text};
pub use operations::{Ground, Operation, is_nullable, operations, resolved, sample, type_of};
pub use walk::{LOCALES, Walk};
