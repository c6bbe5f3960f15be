//! The live store: written with every publication, read by everybody.

mod address;
mod follow;
mod put;
pub mod read;
mod row;
mod stones;
mod trace;

pub use address::{NewAddress, put_addresses};
pub use follow::{follow, holds_against};
pub use put::{
    LiveItem, LiveSource, LiveTombstone, editions, is_reachable, items_of_article, put, put_first, retopic, take,
    under_topic,
};
pub use stones::{buried_under, rebury};
pub use trace::{Kept, Listed, Stone, Told, Trace, trace, traced};
