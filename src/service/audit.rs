//! The audit chain: read it, verify it, and keep its head where the database cannot reach.

use std::{collections::HashMap, path::Path};

use serde_json::{Value, json};

use super::{App, Caller, Error, caller::allow, integrity::PUBLISHED};
use crate::{
    domain::{
        access::{Audit, Scope},
        audit::{Broken, Entry, Walk},
        workflow::Decision,
    },
    kernel::{AccountId, ArticleId, CaseId, Digest, EditionId, ImportId, canonical_json},
    store::{ReadTx, Tx, audit},
};

/// What verifying the chain found.
#[derive(Clone, Debug)]
pub struct Report {
    /// Entries that are good, from the first on.
    pub entries: u64,
    /// The hash of the last good one.
    pub head: Digest,
    /// The first thing that is wrong.
    pub broken: Option<Broken>,
}

/// The last act of publication that the audit chain knows of an edition.
#[derive(Clone, Copy, Debug)]
pub(super) struct LastAct {
    pub(super) sequence: u32,
    pub(super) envelope_hash: Digest,
    pub(super) live: bool,
}

/// The audit action of a decision to bring articles in.
pub(super) const IMPORTED: &str = "import.decided";

/// The audit action of every row that became an article.
pub(super) const BROUGHT: &str = "article.imported";

/// The audit action of every decision.
pub(super) const DECIDED: &str = "edition.decided";

const PAGE: u64 = 200;

/// A page of entries, newest first, for auditors.
pub async fn page(app: &App, caller: Caller, before: Option<i64>, limit: u64) -> Result<Vec<Entry>, Error> {
    let (tx, actor) = app.read_as(caller).await?;
    allow::<Audit>(&actor, Scope::default())?;
    Ok(audit::before(&tx, before, limit).await?)
}

/// Verifies the chain, for auditors.
pub async fn verify_as(app: &App, caller: Caller) -> Result<Report, Error> {
    let (tx, actor) = app.read_as(caller).await?;
    allow::<Audit>(&actor, Scope::default())?;
    verify_in(app, &tx).await
}

/// Verifies the chain from its first entry.
pub async fn verify(app: &App) -> Result<Report, Error> {
    verify_in(app, &app.db.read().await?).await
}

async fn verify_in(app: &App, tx: &ReadTx) -> Result<Report, Error> {
    let witnessed = app.witness.as_deref().and_then(|path| read_head(app, path));
    let mut walk = Walk::default();
    let broken = 'chain: loop {
        let page = audit::after(tx, walk.seq, PAGE).await?;
        if page.is_empty() {
            break None;
        }
        for entry in page {
            let step = match entry {
                Ok(entry) => walk.step(&entry),
                Err(seq) => Err(Broken::Altered(u64::try_from(seq).unwrap_or(0))),
            };
            if let Err(broken) = step {
                break 'chain Some(broken);
            }
            if let Some((seq, head)) = witnessed
                && walk.seq == seq
                && walk.head != head
            {
                break 'chain Some(Broken::Altered(seq));
            }
        }
    };
    let numbered = audit::numbered(tx).await?;
    let least = witnessed.map_or(0, |(seq, _)| seq).max(numbered);
    let broken = broken.or((walk.seq < least).then_some(Broken::CutShort(walk.seq + 1)));
    Ok(Report { entries: walk.seq, head: walk.head, broken })
}

/// The last act of each edition that the chain knows.
pub(super) async fn last_acts(tx: &impl Tx) -> Result<HashMap<EditionId, LastAct>, Error> {
    let mut acts = HashMap::new();
    let mut after = 0;
    loop {
        let page = audit::of_action(tx, PUBLISHED, after, PAGE).await?;
        let Some(last) = page.last() else { return Ok(acts) };
        after = last.0;
        acts.extend(page.iter().filter_map(|(_, entry)| act(entry.as_ref()?)));
    }
}

/// The last act of one edition that the chain knows.
pub(super) async fn last_act(tx: &impl Tx, edition: EditionId) -> Result<Option<LastAct>, Error> {
    let entries = audit::about(tx, &edition.to_string(), PUBLISHED).await?;
    Ok(entries.iter().filter_map(act).next_back().map(|(_, act)| act))
}

/// Whether the chain knows each decision as it stands: who, at which stage, what, on which text.
pub(super) async fn knows_decisions(tx: &impl Tx, edition: EditionId, decisions: &[Decision]) -> Result<bool, Error> {
    let entries = audit::about(tx, &edition.to_string(), DECIDED).await?;
    let knows = |one: &Decision| {
        entries.iter().any(|entry| {
            let data = &entry.draft.data;
            entry.is_whole()
                && entry.draft.actor == Some(one.by)
                && data["decision"] == one.id.to_string()
                && data["stage"] == one.stage
                && data["verdict"] == one.verdict.as_str()
                && data["content_hash"] == one.hash.to_string()
        })
    };
    Ok(decisions.iter().all(knows))
}

/// Whether the chain knows that an approval was given up: taken back by its writer, or found lapsed.
pub(super) async fn ended(tx: &impl Tx, edition: EditionId, case: CaseId) -> Result<bool, Error> {
    let mut entries = audit::about(tx, &edition.to_string(), "edition.taken_back").await?;
    entries.extend(audit::about(tx, &edition.to_string(), "edition.approval_lapsed").await?);
    Ok(entries.iter().any(|entry| entry.draft.data["case"] == case.to_string()))
}

/// Whether the chain knows a decision to bring articles in, and who took it, as it stands.
pub(super) async fn knows_import(tx: &impl Tx, id: ImportId, by: AccountId, said: &Value) -> Result<bool, Error> {
    let entries = audit::about(tx, &id.to_string(), IMPORTED).await?;
    Ok(entries.iter().any(|entry| entry.is_whole() && entry.draft.actor == Some(by) && entry.draft.data == *said))
}

/// What the chain knows of an article's row: its hash, and by locale the hashes of the texts that it became.
pub(super) async fn brought(tx: &impl Tx, article: ArticleId) -> Result<Vec<Value>, Error> {
    let entries = audit::about(tx, &article.to_string(), BROUGHT).await?;
    Ok(entries.into_iter().filter(Entry::is_whole).map(|entry| entry.draft.data).collect())
}

fn act(entry: &Entry) -> Option<(EditionId, LastAct)> {
    if entry.draft.action != PUBLISHED || !entry.is_whole() {
        return None;
    }
    let data = &entry.draft.data;
    let act: crate::domain::publication::Act = data["act"].as_str()?.parse().ok()?;
    let sequence = u32::try_from(data["sequence"].as_u64()?).ok()?;
    let envelope_hash = data["envelope_hash"].as_str()?.parse().ok()?;
    Some((entry.draft.subject_id.parse().ok()?, LastAct { sequence, envelope_hash, live: act.take_down().is_none() }))
}

/// Writes the chain's signed head into the data folder: a database rolled back to an earlier
/// day does not know it.
pub async fn witness(app: &App) -> Result<(), Error> {
    let Some(path) = app.witness.clone() else { return Ok(()) };
    let newest = audit::before(&app.db.read().await?, None, 1).await?.pop();
    let Some(newest) = newest else { return Ok(()) };
    if read_head(app, &path).is_some_and(|(seq, _)| seq >= newest.seq) {
        return Ok(());
    }
    let head = json!({"v": 1, "seq": newest.seq, "hash": newest.hash.to_string(), "at": app.clock.now().to_string()});
    let signature = app.keys.sign(&canonical_json(&head)).as_str().to_owned();
    let text = json!({"head": head, "signature": signature}).to_string();
    tokio::task::spawn_blocking(move || write_whole(&path, &text))
        .await
        .map_err(Error::internal)?
        .map_err(Error::internal)
}

/// A file is either the old one or the new one, never half of it, whenever the power goes.
fn write_whole(path: &Path, text: &str) -> std::io::Result<()> {
    // Each process writes a file of its own: a server and an import may both be at it.
    let next = path.with_extension(format!("{}.next", std::process::id()));
    let mut file = std::fs::File::create(&next)?;
    std::io::Write::write_all(&mut file, text.as_bytes())?;
    file.sync_all()?;
    std::fs::rename(&next, path)?;
    path.parent().map_or(Ok(()), |folder| std::fs::File::open(folder)?.sync_all())
}

fn read_head(app: &App, path: &Path) -> Option<(u64, Digest)> {
    let text = std::fs::read_to_string(path).ok()?;
    let value: Value = serde_json::from_str(&text).ok()?;
    app.keys.verify(value["signature"].as_str()?, &canonical_json(&value["head"])).ok()?;
    Some((value["head"]["seq"].as_u64()?, value["head"]["hash"].as_str()?.parse().ok()?))
}
