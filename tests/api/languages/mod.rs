//! The language of refusals: the reader's, and only theirs.

mod choice;
mod refusals;
