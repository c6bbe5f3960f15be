//! Bringing in what another system had.

mod addresses;
mod decision;
mod drafts;
mod export;
mod office;
mod rows;
