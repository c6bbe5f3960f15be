//! The use cases: one function each, one transaction each.

pub mod account;
mod app;
pub mod article;
pub mod audit;
pub mod auth;
mod caller;
mod check;
pub mod code;
pub mod edition;
pub mod error;
pub mod export;
pub mod import;
pub mod integrity;
mod live;
mod once;
pub mod preview;
pub mod public;
pub mod publication;
pub mod release;
pub mod review;
pub mod schedule;
pub mod setup;
pub mod vocabulary;

pub use app::{App, NOBODY, Office, Parts, Policy};
pub use caller::Caller;
pub use check::Check;
pub use error::{Arg, Args, Code, Error, FieldCode, FieldError};
pub use once::{Answer, Done, Once, Ticket};
