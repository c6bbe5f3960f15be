//! The live store: written with every publication, read by everybody.

mod put;
pub mod read;
mod row;
mod trace;

pub use put::{
    LiveItem, LiveSource, LiveTombstone, editions, is_reachable, items_of_article, put, retopic, take, under_topic,
};
pub use trace::{Kept, Stone, Told, Trace, trace, traced};
