//! The database: connections, transactions, and queries that return domain types.

pub mod account;
pub mod article;
pub mod audit;
mod bulk;
pub mod case;
mod change;
mod db;
pub mod edition;
#[expect(unreachable_pub, reason = "the derives write public items")]
mod entity;
mod fault;
pub mod fingerprint;
pub mod idempotency;
pub mod import;
pub mod live;
mod noticed;
pub mod preview;
pub mod publication;
pub mod release;
pub mod revision;
pub mod schedule;
pub mod session;
pub mod setting;
mod tx;
pub mod vocabulary;

pub use change::Change;
pub use db::{Access, Db, NotOpened, Observer, Options};
pub use fault::Fault;
pub use tx::{Housekeeping, ReadTx, Tx, WriteTx};
