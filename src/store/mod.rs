//! The database: connections, transactions, and queries that return domain types.

pub mod account;
pub mod article;
pub mod attestation;
pub mod audit;
mod bulk;
pub mod case;
mod change;
pub mod comment;
mod db;
pub mod delegation;
pub mod delivery;
pub mod edition;
#[expect(unreachable_pub, reason = "the derives write public items")]
mod entity;
pub mod event;
mod fault;
pub mod feed_check;
pub mod fingerprint;
pub mod follower;
pub mod history;
pub mod hub;
pub mod idempotency;
pub mod import;
pub mod live;
mod noticed;
pub mod notification;
mod paging;
pub mod preview;
pub mod publication;
pub mod release;
pub mod revision;
pub mod schedule;
pub mod segment;
pub mod session;
pub mod setting;
pub mod suggestion;
pub mod turn;
mod tx;
pub mod vocabulary;
pub mod webhook;
pub mod workflow;

pub use change::Change;
pub use db::{Access, Db, NotOpened, Observer, Options, Pool};
pub use fault::Fault;
pub use tx::{Housekeeping, ReadTx, Tx, WriteTx};
