//! Bringing articles in from a file, and writing them to one.

mod export;
mod folder;
mod import;
mod output;
mod past;
mod progress;
mod row;
mod source;

pub(super) use export::{ExportOrder, export};
pub(super) use import::{ImportOrder, import};
