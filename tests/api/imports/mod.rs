//! Bringing in what another system had.

mod addresses;
mod decision;
mod drafts;
mod office;
mod rows;
