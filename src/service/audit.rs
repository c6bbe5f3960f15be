//! The audit chain: read it, verify it, and keep its head where the database cannot reach.

mod head;

use std::collections::HashMap;

use serde_json::{Value, json};

use super::{App, Caller, Error, caller::allow, integrity::PUBLISHED};
use crate::{
    domain::{
        access::{Audit, Scope},
        audit::{Broken, Entry, Walk},
        revision::Revision,
        workflow::{Carry, Case, Decision, Definition, Mended, Waiver},
    },
    kernel::{AccountId, ArticleId, CaseId, Digest, EditionId, ImportId},
    store::{Fault, ReadTx, Tx, audit, delegation::Delegation, suggestion::Suggestion},
};

pub use head::{Head, parse_head, signed_head, witness};

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

/// The audit action of every attestation that was approved.
pub(super) const ATTESTED: &str = "edition.attested";

/// The audit action of every decision.
pub(super) const DECIDED: &str = "edition.decided";

/// The audit action of every case that is opened.
pub(super) const SUBMITTED: &str = "edition.submitted";

/// The audit action of every suggestion.
pub(super) const SUGGESTED: &str = "suggestion.made";

/// The audit action of every suggestion that is taken.
pub(super) const SUGGESTION_TAKEN: &str = "suggestion.accepted";

/// The audit action of every version of a workflow.
pub(super) const WORKFLOW_KEPT: &str = "workflow.kept";

/// The audit action of every right that is lent.
pub(super) const DELEGATED: &str = "delegation.created";

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
    verify_in(app, &tx, None).await
}

/// Verifies the chain from its first entry.
pub async fn verify(app: &App) -> Result<Report, Error> {
    verify_in(app, &app.db.read().await?, None).await
}

/// The same against a head that was kept elsewhere, too.
pub async fn verify_against(app: &App, head: Head) -> Result<Report, Error> {
    verify_in(app, &app.db.read().await?, Some(head)).await
}

async fn verify_in(app: &App, tx: &ReadTx, told: Option<Head>) -> Result<Report, Error> {
    let witnessed: Vec<Head> = head::kept(app).into_iter().chain(told).collect();
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
            if witnessed.iter().any(|head| walk.seq == head.seq && walk.head != head.hash) {
                break 'chain Some(Broken::Altered(walk.seq));
            }
        }
    };
    let numbered = audit::numbered(tx).await?;
    let least = witnessed.iter().map(|head| head.seq).fold(numbered, u64::max);
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

/// Whether the chain knows each decision in a case as it stands: who, at which stage, what, on which text.
pub(super) async fn knows_decisions(
    tx: &impl Tx,
    edition: EditionId,
    case: CaseId,
    decisions: &[Decision],
) -> Result<bool, Error> {
    let entries = audit::about(tx, &edition.to_string(), DECIDED).await?;
    let knows = |one: &Decision| {
        entries.iter().any(|entry| {
            let data = &entry.draft.data;
            entry.is_whole()
                && data["case"] == case.to_string()
                && entry.draft.actor == Some(one.by)
                && data["decision"] == one.id.to_string()
                && data["stage"] == one.stage
                && data["verdict"] == one.verdict.as_str()
                && data["content_hash"] == one.hash.to_string()
                && data["on_behalf_of"] == text_or_null(one.behalf.map(|behalf| behalf.of))
                && data["delegation"] == text_or_null(one.behalf.map(|behalf| behalf.by))
                && waived(&data["waivers"], one)
        })
    };
    Ok(decisions.iter().all(knows))
}

fn text_or_null(id: Option<impl ToString>) -> Value {
    id.map_or(Value::Null, |id| id.to_string().into())
}

fn waived(told: &Value, one: &Decision) -> bool {
    let none = told.is_null() && one.waivers.is_empty();
    none || *told == one.waivers.iter().map(Waiver::to_json).collect::<Value>()
}

/// What the chain holds of a suggestion that is made: at which stage of which case, for whom, and which wording.
pub(super) fn suggested(one: &Suggestion) -> Value {
    json!({
        "suggestion": one.id.to_string(),
        "content_hash": one.hash.to_string(),
        "case": text_or_null(one.made_at.map(|(case, _)| case)),
        "stage": one.made_at.map(|(_, stage)| stage),
        "on_behalf_of": text_or_null(one.behalf.map(|behalf| behalf.of)),
        "delegation": text_or_null(one.behalf.map(|behalf| behalf.by)),
        "wording_hash": Mended::wording(&one.segment, &one.before, &one.after).to_string(),
    })
}

/// Whether the chain knows a suggestion as it stands, as made at no earlier stage than one, and as what a text was made of.
pub(super) async fn knows_suggestion(
    tx: &impl Tx,
    edition: EditionId,
    one: &Mended,
    text: &Revision,
    from: usize,
) -> Result<bool, Error> {
    let (subject, id) = (edition.to_string(), one.suggestion.to_string());
    let wording = Mended::wording(&one.segment, &one.before, &one.after).to_string();
    let whole = |entry: &&Entry| entry.is_whole() && entry.draft.data["suggestion"] == id;
    let made = audit::about(tx, &subject, SUGGESTED).await?;
    let made = made.iter().filter(whole).any(|entry| {
        let data = &entry.draft.data;
        let stage = data["stage"].as_u64().and_then(|stage| usize::try_from(stage).ok());
        entry.draft.actor == Some(one.by)
            && data["on_behalf_of"] == text_or_null(one.behalf.map(|behalf| behalf.of))
            && data["delegation"] == text_or_null(one.behalf.map(|behalf| behalf.by))
            && data["wording_hash"] == wording
            && stage.is_some_and(|stage| stage >= from)
    });
    let taken = audit::about(tx, &subject, SUGGESTION_TAKEN).await?;
    let taken = taken.iter().filter(whole).any(|entry| {
        entry.draft.actor == one.taken_by
            && entry.draft.data["revision"] == text.id.to_string()
            && entry.draft.data["content_hash"] == text.hash.to_string()
    });
    Ok(made && taken)
}

/// Whether the chain knows a case as it stands: over which text, under which workflow, how sensitive, and what it took
/// over from an earlier one. One of before there was more than one workflow names none.
pub(super) async fn knows_case(tx: &impl Tx, case: &Case, digest: Option<Digest>) -> Result<bool, Error> {
    let entries = audit::about(tx, &case.edition.to_string(), SUBMITTED).await?;
    Ok(entries.iter().any(|entry| {
        let data = &entry.draft.data;
        let workflow = match digest {
            None => data["workflow"].is_null(),
            Some(digest) => {
                data["workflow"] == case.workflow.code
                    && data["workflow_version"] == case.workflow.version
                    && data["workflow_digest"] == digest.to_string()
                    && data["sensitivity"] == case.sensitivity.as_str()
                    && data["urgent"] == case.urgent
            }
        };
        entry.is_whole()
            && data["case"] == case.id.to_string()
            && data["revision"] == case.revision.to_string()
            && data["content_hash"] == case.hash.to_string()
            && data["carried"] == case.carry.as_ref().map_or(Value::Null, Carry::to_json)
            && workflow
    }))
}

/// Whether the chain knows a case as one of a decision to bring articles in.
pub(super) async fn knows_import_of(tx: &impl Tx, case: &Case) -> Result<bool, Error> {
    let entries = audit::about(tx, &case.edition.to_string(), DECIDED).await?;
    let of_import =
        |entry: &Entry| entry.draft.data["case"] == case.id.to_string() && !entry.draft.data["import"].is_null();
    Ok(entries.iter().any(|entry| entry.is_whole() && of_import(entry)))
}

/// Whether the chain knows a version of a workflow as it stands.
pub(super) async fn knows_workflow(tx: &impl Tx, one: &Definition) -> Result<bool, Error> {
    let entries = audit::about(tx, &one.workflow.code, WORKFLOW_KEPT).await?;
    let digest = one.digest().to_string();
    Ok(entries.iter().any(|entry| {
        let data = &entry.draft.data;
        entry.is_whole()
            && entry.draft.subject_type == "workflow"
            && data["version"] == one.workflow.version
            && data["digest"] == digest
    }))
}

/// What the chain holds of a right that was lent.
pub(super) fn lent(one: &Delegation) -> Value {
    json!({
        "of": one.of.to_string(),
        "to": one.to.to_string(),
        "role": one.grant.role.as_str(),
        "agency": one.grant.agency.as_ref().map(ToString::to_string),
        "locale": one.grant.locale.as_ref().map(ToString::to_string),
        "from": one.from.to_string(),
        "until": one.until.to_string(),
    })
}

/// Whether the chain knows that a right was lent, by whose it is, as it stands.
pub(super) async fn knows_delegation(tx: &impl Tx, one: &Delegation) -> Result<bool, Error> {
    let entries = audit::about(tx, &one.id.to_string(), DELEGATED).await?;
    let data = lent(one);
    Ok(entries.iter().any(|entry| entry.is_whole() && entry.draft.actor == Some(one.of) && entry.draft.data == data))
}

/// What the chain knows of the approved attestations of an edition.
pub(super) async fn attested(tx: &impl Tx, edition: EditionId) -> Result<Vec<Value>, Fault> {
    let entries = audit::about(tx, &edition.to_string(), ATTESTED).await?;
    Ok(entries.into_iter().filter(Entry::is_whole).map(|entry| entry.draft.data).collect())
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

/// What the chain knows of the texts of an edition that were saved.
pub(super) async fn saved(tx: &impl Tx, edition: EditionId) -> Result<Vec<Value>, Error> {
    let entries = audit::about(tx, &edition.to_string(), "edition.saved").await?;
    Ok(entries.into_iter().filter(Entry::is_whole).map(|entry| entry.draft.data).collect())
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
