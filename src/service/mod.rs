//! The use cases: one function each, one transaction each.

pub mod account;
mod app;
pub mod article;
pub mod audit;
pub mod auth;
mod caller;
mod check;
pub mod checks;
pub mod code;
pub mod delegation;
pub mod edition;
pub mod error;
pub mod escalation;
pub mod events;
pub mod export;
pub mod import;
pub mod integrity;
mod live;
pub mod notification;
mod once;
pub mod public;
pub mod publication;
pub mod queue;
pub mod review;
pub mod setup;
pub mod vocabulary;
pub mod workflow;

pub use app::{App, NOBODY, Office, Parts, Policy};
pub use caller::Caller;
pub use check::Check;
pub use error::{Arg, Args, Code, Error, FieldCode, FieldError, HouseRule};
pub use once::{Answer, Done, Once, Ticket};
