//! What every test stands on: an application over a database of its own, people who sign in,
//! and a client that holds every answer against the OpenAPI document.

mod account;
mod answer;
mod app;
mod contract;
mod crawl;
mod database;
mod desk;
mod edition;
mod lists;
mod mark;
mod operations;
mod outside;
mod proof;
mod receiver;
mod socket_server;
mod tables;
mod texts;
mod walk;

pub use account::{Client, PASSWORD};
pub use answer::Answer;
pub use app::{AUTHORITY, BASE_URL, Given, TOKEN_SECRET, TestApp};
pub use contract::{document, faults, operation, response};
pub use crawl::{FORMATS, Names};
pub use desk::{Desk, chinese};
pub use edition::{Draft, Edition, english, text};
pub use mark::{Mark, Watch};
pub use operations::{Ground, Operation, is_nullable, operations, resolved, sample, type_of};
pub use proof::{sha256, vouches};
pub use receiver::{Heard, Receiver};
pub use socket_server::{SocketServer, problem, statuses};
pub use walk::{LOCALES, Walk};
