//! Transactions: one that reads, one that writes and cannot end without its audit line.

use std::sync::Arc;

use sea_orm::DatabaseTransaction;

use super::{Change, Fault, change, noticed::Noticed};

/// A transaction in which queries run.
pub trait Tx {
    /// The transaction as the database layer knows it; only this floor can use it.
    #[doc(hidden)]
    fn conn(&self) -> &DatabaseTransaction;
}

/// A transaction that sees one state and changes nothing.
#[derive(Debug)]
pub struct ReadTx(DatabaseTransaction);

impl ReadTx {
    pub(super) fn new(tx: DatabaseTransaction) -> Self {
        Self(tx)
    }
}

impl Tx for ReadTx {
    fn conn(&self) -> &DatabaseTransaction {
        &self.0
    }
}

/// The transaction that writes. Dropped without a commit, it leaves no trace.
#[derive(Debug)]
pub struct WriteTx {
    tx: DatabaseTransaction,
    noticed: Arc<Noticed>,
}

/// The tables that are written without an audit line, because they hold no decision of anyone's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Housekeeping {
    /// Sign-ins and refresh tokens that rotate.
    Tokens,
    /// Answers kept for repeated requests, past their time.
    Answers,
    /// What a look at the feeds found.
    Checks,
    /// What people have read of what they were told.
    Notices,
    /// Messages to webhooks and how they fared, and how far each follower of events has come.
    Deliveries,
    /// Subscriptions at the hub, which strangers make and end.
    Subscriptions,
    /// The authority that guids are minted under, frozen by the first edition.
    Settings,
}

impl WriteTx {
    pub(super) fn new(tx: DatabaseTransaction, noticed: Arc<Noticed>) -> Self {
        Self { tx, noticed }
    }

    /// Ends the transaction with what it did: the audit entries and events are written in it.
    pub async fn commit(self, change: Change) -> Result<(), Fault> {
        let changed = change.announced();
        let newest = change::write(&self, change).await?;
        self.tx.commit().await?;
        self.noticed.note(newest, changed);
        Ok(())
    }

    /// Ends a transaction that touched nothing but one of the listed tables.
    pub async fn commit_housekeeping(self, _what: Housekeeping) -> Result<(), Fault> {
        Ok(self.tx.commit().await?)
    }
}

impl Tx for WriteTx {
    fn conn(&self) -> &DatabaseTransaction {
        &self.tx
    }
}
