//! Repeated requests: the same key and body get the same answer, and the thing is done once.

use super::{App, Code, Error};
use crate::{
    kernel::{AccountId, Digest},
    store::{Tx, WriteTx, idempotency},
};

pub use idempotency::Answer;

/// What makes a request recognisable when it comes again, and how its answer is written.
pub struct Once<T> {
    ticket: Option<Ticket>,
    render: fn(&T) -> Answer,
}

/// The key of a request.
#[derive(Clone, Debug)]
pub struct Ticket {
    /// The operation and the address.
    pub operation: String,
    /// The client's key.
    pub key: String,
    /// The hash of the body.
    pub request: Digest,
}

/// Something done now, or the answer of when it was done before.
#[derive(Debug)]
pub enum Done<T> {
    /// Done now.
    Now(T),
    /// Done before.
    Before(Answer),
}

impl<T> Done<T> {
    /// What was done now, if it was.
    pub fn now(self) -> Option<T> {
        match self {
            Self::Now(done) => Some(done),
            Self::Before(_) => None,
        }
    }
}

impl<T> std::fmt::Debug for Once<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Once").field("ticket", &self.ticket).finish_non_exhaustive()
    }
}

impl<T> Once<T> {
    /// A request with a key, or without one; `render` is pure.
    pub fn new(ticket: Option<Ticket>, render: fn(&T) -> Answer) -> Self {
        Self { ticket, render }
    }

    /// A request that never comes again.
    pub fn never() -> Self {
        Self { ticket: None, render: |_| Answer { status: 200, headers: Vec::new(), body: String::new() } }
    }

    fn key(ticket: &Ticket, account: AccountId) -> idempotency::Key {
        idempotency::Key { account, operation: ticket.operation.clone(), key: ticket.key.clone() }
    }

    /// The answer of the first time, if there was one.
    pub async fn before(&self, app: &App, tx: &impl Tx, account: AccountId) -> Result<Option<Answer>, Error> {
        let Some(ticket) = &self.ticket else { return Ok(None) };
        let Some((request, answer)) = idempotency::find(tx, &Self::key(ticket, account), app.clock.now()).await? else {
            return Ok(None);
        };
        if request == ticket.request { Ok(Some(answer)) } else { Err(Error::new(Code::IdempotencyReuse)) }
    }

    /// Keeps the answer in the transaction that did the thing.
    pub async fn keep(&self, app: &App, tx: &WriteTx, account: AccountId, done: &T) -> Result<(), Error> {
        let Some(ticket) = &self.ticket else { return Ok(()) };
        let until = app.clock.now().plus(app.policy.idempotency);
        Ok(idempotency::keep(tx, &Self::key(ticket, account), ticket.request, &(self.render)(done), until).await?)
    }
}
