//! The use cases: one function each, one transaction each.

pub mod account;
mod app;
pub mod article;
pub mod attest;
pub mod audit;
pub mod auth;
mod caller;
mod check;
pub mod checks;
pub mod code;
pub mod comment;
pub mod delegation;
pub mod edition;
pub mod error;
pub mod export;
pub mod history;
pub mod import;
pub mod integrity;
mod live;
mod once;
pub mod public;
pub mod publication;
pub mod refresh;
pub mod review;
pub mod segment;
pub mod setup;
pub mod sheet;
pub mod suggestion;
pub mod vocabulary;
pub mod workflow;

pub use app::{App, NOBODY, Office, Parts, Policy};
pub use caller::Caller;
pub use check::Check;
pub use error::{Arg, Args, Code, Error, FieldCode, FieldError, HouseRule};
pub use once::{Answer, Done, Once, Ticket};
