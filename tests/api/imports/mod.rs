//! Bringing in what another system had.

mod addresses;
mod decision;
mod drafts;
mod export;
mod history;
mod long;
mod office;
mod rows;
mod whole;
