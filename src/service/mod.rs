//! The use cases: one function each, one transaction each.

pub mod code;
pub mod error;

pub use error::{Arg, Args, Code, Error, FieldCode, FieldError};
