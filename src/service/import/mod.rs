//! Bringing in what was written in another system: as drafts, or by an administrator's recorded decision as the
//! public articles that they were there.
//!
//! The decision is about one file: it holds the hash of the file and the hash over its rows, and stands in the audit
//! chain before the first row is brought in. Each batch of rows is one transaction, in which the decision, the rights
//! of who took it, and the hashes of the rows are looked at again.

mod carry;
mod make;
mod old;
mod past;
mod publish;
mod read;
mod replay;
mod settle;

use serde_json::json;

use super::{
    App, Check, Error, FieldCode, FieldError,
    account::canonical_email,
    audit,
    caller::{allow, person},
    vocabulary::Entry,
};
use crate::{
    domain::{
        access::{self, Actor, Scope},
        body::Stripped,
        event::{Event, EventType},
        revision::MAX_NOTE,
        text::is_blank,
    },
    kernel::{Digest, ImportId},
    store::{Change, Fault, Tx, account, import},
};

pub use carry::carry;
pub use import::Run;
pub use old::{OldAct, OldArticle, OldEdition, OldShared, OldText};
pub use read::{Prepared, prepare};

/// Longest key of an article in another system, in characters.
pub const MAX_KEY: usize = 200;
/// Most editions of an article that are brought in at once.
pub const MAX_EDITIONS: usize = 100;
/// Most old addresses of an edition.
pub const MAX_ADDRESSES: usize = 100;

/// A row of a file, as far as it can be read.
#[derive(Debug)]
pub struct Line {
    /// The hash of its bytes.
    pub hash: Digest,
    /// What it says, or why it cannot be read.
    pub read: Result<Record, Error>,
}

/// What a row says.
#[derive(Clone, Debug)]
pub enum Record {
    /// An entry of a vocabulary.
    Entry(Entry),
    /// An article with its editions.
    Article(Box<OldArticle>),
}

/// A file that is to be brought in.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The hash of the whole file.
    pub source: Digest,
    /// How many rows it has.
    pub rows: u32,
    /// For each batch the hash over the hashes of its rows.
    pub batches: Vec<Digest>,
}

/// The hash over some hashes.
pub fn digest_of(hashes: impl IntoIterator<Item = Digest>) -> Digest {
    let bytes: Vec<u8> = hashes.into_iter().flat_map(|hash| *hash.as_bytes()).collect();
    Digest::of(bytes)
}

/// A decision, with the batches that it is about.
#[derive(Clone, Debug)]
pub struct Import {
    /// The decision.
    pub run: Run,
    batches: Vec<Digest>,
}

impl Import {
    /// Says that so many batches are all that the decision is about.
    ///
    /// # Errors
    /// There are fewer: the file has become shorter.
    pub fn is_done(&self, batches: usize) -> Result<(), Halt> {
        if batches < self.batches.len() { Err(Halt::OtherRows) } else { Ok(()) }
    }
}

/// What became of a row.
#[derive(Debug)]
pub enum Outcome {
    /// It was brought in now.
    Done(Brought),
    /// It was there before.
    Before,
    /// It was refused, and nothing of it was brought in.
    Refused(Error),
}

/// What was brought in with a row.
#[derive(Clone, Debug, Default)]
pub struct Brought {
    /// Editions that are drafts.
    pub drafts: usize,
    /// Editions that are public.
    pub published: usize,
    /// Where of a body something was stripped, and what.
    pub stripped: Vec<(String, Vec<Stripped>)>,
}

/// Why an import does not go on.
#[derive(Debug, thiserror::Error)]
pub enum Halt {
    /// The rows are not those that the decision is about.
    #[error("the rows are not those that were decided about")]
    OtherRows,
    /// A refusal, or a fault.
    #[error(transparent)]
    Error(#[from] Error),
}

impl From<Fault> for Halt {
    fn from(fault: Fault) -> Self {
        Self::Error(fault.into())
    }
}

/// Takes down the decision to bring a file in, or finds the one that was taken before: an import that was interrupted
/// goes on under it. With a reason, what was public elsewhere becomes public here.
pub async fn begin(app: &App, email: &str, reason: Option<&str>, plan: Plan) -> Result<Import, Error> {
    let tx = app.db.write().await?;
    let unknown = || Error::invalid(vec![FieldError::new("/by", FieldCode::Unknown).with("name", email)]);
    let account = account::find_by_email(&tx, &canonical_email(email)).await?.ok_or_else(unknown)?;
    let actor = person(&tx, account.id).await?;
    allow::<access::Import>(&actor, Scope::default())?;
    let mut check = Check::new();
    let said = reason.map(|raw| check.text("/reason", raw, MAX_NOTE));
    check.finish()?;
    if said.as_deref().is_some_and(is_blank) {
        return Err(Error::invalid_at("/reason", FieldCode::Required));
    }
    let rows = digest_of(plan.batches.iter().copied());
    let reason = said.clone().unwrap_or_default();
    let known = import::about(&tx, plan.source).await?;
    let same = |run: &Run| {
        (run.by, run.publish, &run.reason, run.rows, run.count) == (actor.id, said.is_some(), &reason, rows, plan.rows)
    };
    if let Some(run) = known.into_iter().find(same) {
        return Ok(Import { run, batches: plan.batches });
    }
    let run = Run {
        id: ImportId::new(),
        by: actor.id,
        publish: said.is_some(),
        reason,
        source: plan.source,
        rows,
        count: plan.rows,
        at: app.clock.now(),
    };
    import::insert(&tx, &run).await?;
    let change = Change::by(Some(run.by), run.at).entry(audit::IMPORTED, "import", run.id, decided(&run)).emit(Event {
        kind: EventType::Draft,
        article: None,
        locale: None,
    });
    tx.commit(change).await?;
    Ok(Import { run, batches: plan.batches })
}

/// What the audit chain holds of a decision; of the reason, as of all that people write, the hash alone.
fn decided(run: &Run) -> serde_json::Value {
    json!({
        "publish": run.publish,
        "source_hash": run.source.to_string(),
        "rows_hash": run.rows.to_string(),
        "rows": run.count,
        "reason_hash": Digest::of(&run.reason).to_string(),
    })
}

/// Who took the decision, if it stands as it was taken: in its row, in the audit chain, and by a right held now.
async fn ground(tx: &impl Tx, import: &Import) -> Result<Actor, Error> {
    let lapsed = || Error::new(super::Code::ApprovalLapsed);
    let run = import::find(tx, import.run.id).await?.ok_or_else(lapsed)?;
    let recorded = audit::knows_import(tx, run.id, run.by, &decided(&run)).await?;
    if run != import.run || !recorded {
        tracing::error!(import = %import.run.id, "a decision is not what the audit chain knows");
        return Err(lapsed());
    }
    let actor = person(tx, run.by).await?;
    allow::<access::Import>(&actor, Scope::default())?;
    Ok(actor)
}
