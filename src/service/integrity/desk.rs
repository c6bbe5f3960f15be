//! What lies behind what is public: every text, every case and every decision is compared with what the audit chain
//! was told when it was made. Comments and notes are not, as a person's words can be erased.

use std::collections::HashSet;

use serde_json::json;

use super::{PUBLISHED, What};
use crate::{
    domain::{
        audit::Entry,
        publication::{Act, Envelope},
        revision::{ChangeClass, Provenance, Revision, seal},
        workflow::{ATTESTATION, Case, CaseState},
    },
    kernel::{CaseId, Timestamp},
    service::{
        Error, attest,
        audit::{ATTESTED, BROUGHT, DECIDED, SUBMITTED},
        publication, review,
    },
    store::{Fault, ReadTx, article::Article, audit, case, edition::Edition, publication::Publication, revision},
};

/// Revisions of an edition that are read at most; far more than a person saves.
const ALL: u64 = 100_000;
/// Seconds that a transaction takes at the most.
const TRANSACTION: u64 = 30;
/// What closes a case besides its decisions and a newer text.
const CLOSING: [&str; 2] = ["edition.taken_back", "edition.approval_lapsed"];

/// Compares what an edition's publications came from. What its public text rests on is told apart from what is only
/// at the desk.
pub(super) async fn check(
    tx: &ReadTx,
    one: &Edition,
    article: &Article,
    chain: &[Publication],
) -> Result<Result<(), What>, Error> {
    let live = chain.last().filter(|_| one.live.is_some());
    let subjects = [one.id.to_string(), article.id.to_string()];
    let told: Vec<Entry> = audit::of_subjects(tx, &subjects).await?.into_iter().filter(Entry::is_whole).collect();
    let revisions = match revision::before(tx, one.id, None, ALL).await {
        Ok(revisions) => revisions,
        Err(Fault::Corrupt { .. }) => return Ok(Err(What::Revision)),
        Err(fault) => return Err(fault.into()),
    };
    let whole = |number: u32| revisions.iter().filter(|text| text.number == number).count() == 1;
    let newest = told.iter().filter_map(saved_number).max().unwrap_or(1);
    if !(1..=one.latest).all(whole) || revisions.len() as u64 != u64::from(one.latest) || newest > one.latest {
        return Ok(Err(What::Revision));
    }
    for text in &revisions {
        let (_, hash) = seal(article.id, &one.locale, &text.text, &text.shared);
        if hash != text.hash || !told.iter().any(|entry| tells_of(entry, text, one, article)) {
            let is_live = live.is_some_and(|act| act.revision == text.id || act.number == text.number);
            return Ok(Err(if is_live { What::Text } else { What::Revision }));
        }
    }
    // A translation follows the source that its newest text was made from, or that somebody attested since.
    let newest = revisions.first();
    let attested = |entry: &Entry| entry.draft.action == ATTESTED && entry.draft.data["revision"] == one.latest;
    let attested =
        told.iter().filter(|entry| attested(entry)).filter_map(|entry| entry.draft.data["source_revision"].as_u64());
    let attested = attested.max().and_then(|number| u32::try_from(number).ok());
    let guid = chain.last().and_then(|act| Envelope::parse(&act.envelope)).map(|envelope| envelope.guid);
    if newest.is_none_or(|text| text.source_number.max(attested) != one.source) || one.guid != guid {
        return Ok(Err(What::Revision));
    }
    let mut cases = match case::of_edition(tx, one.id).await {
        Ok(cases) => cases,
        Err(Fault::Corrupt { .. }) => return Ok(Err(What::Case)),
        Err(fault) => return Err(fault.into()),
    };
    for act in chain {
        let text = revisions.iter().find(|text| text.id == act.revision);
        let said = told.iter().any(|entry| {
            let draft = &entry.draft;
            draft.action == PUBLISHED && draft.actor == Some(act.by) && draft.data == publication::told(act)
        });
        if !said || text.is_none_or(|text| text.number != act.number) {
            return Ok(Err(What::Audit));
        }
    }
    let public = live.and_then(|act| act.case);
    let rests_on = rests_on(&cases, public);
    // What is public first: whatever else is wrong, it is withheld.
    cases.sort_by_key(|case| !rests_on.contains(&case.id));
    let named = |id: CaseId, what: What| if rests_on.contains(&id) { What::Approval } else { what };
    for entry in told.iter().filter(|entry| entry.draft.action == SUBMITTED) {
        let Some(id) = entry.draft.data["case"].as_str().and_then(|id| id.parse().ok()) else { continue };
        if !cases.iter().any(|case| case.id == id) {
            return Ok(Err(named(id, What::Case)));
        }
    }
    if public.is_some_and(|id| !cases.iter().any(|case| case.id == id)) {
        return Ok(Err(What::Approval));
    }
    for case in &cases {
        let text = revisions.iter().find(|text| text.id == case.revision);
        if text.is_none_or(|text| text.number != case.number || text.hash != case.hash) {
            return Ok(Err(named(case.id, What::Case)));
        }
        if let Err(what) = check_case(tx, (one, article), case, &told).await? {
            return Ok(Err(named(case.id, what)));
        }
    }
    let approved = |number| cases.iter().any(|case| case.number == number && case.state == CaseState::Approved);
    let newest_case = one.case.is_none_or(|id| cases.iter().any(|case| case.id == id));
    Ok(if newest_case && one.approved.is_none_or(approved) { Ok(()) } else { Err(What::Case) })
}

/// The case that what is public rests on, and those from which it took decisions over.
fn rests_on(cases: &[Case], public: Option<CaseId>) -> HashSet<CaseId> {
    let mut all = HashSet::new();
    let mut next = public;
    while let Some(id) = next.filter(|id| all.insert(*id)) {
        let carry = cases.iter().find(|case| case.id == id).and_then(|case| case.carry.as_ref());
        next = carry.map(|carry| carry.case);
    }
    all
}

/// The number of a revision that was saved.
fn saved_number(entry: &Entry) -> Option<u32> {
    entry.draft.data["number"].as_u64().and_then(|number| u32::try_from(number).ok())
}

/// Whether an entry tells of a revision as it lies there.
fn tells_of(entry: &Entry, text: &Revision, one: &Edition, article: &Article) -> bool {
    let data = &entry.draft.data;
    let hash = text.hash.to_string();
    let by_and_at = entry.draft.actor == Some(text.by) && was_at(entry, text.at);
    let is_source = one.locale == article.source_locale;
    // Said since some time: what was saved before is not held to it.
    let said = |member: &str, now: serde_json::Value| data.get(member).is_none_or(|then| *then == now);
    match entry.draft.action.as_str() {
        "edition.saved" => {
            by_and_at
                && data["revision"] == text.id.to_string()
                && data["number"] == text.number
                && data["content_hash"] == hash
                && data["change"] == text.change.as_str()
                && said("source", text.source_number.into())
                && said("provenance", text.provenance.as_str().into())
        }
        "article.created" => {
            let first = text.number == 1 && is_source && text.source_number.is_none();
            let written = text.change == ChangeClass::Major && text.provenance == Provenance::Human;
            first && written && by_and_at && data["content_hash"] == hash
        }
        BROUGHT => {
            let source = match data.get("sources") {
                Some(said) => said[one.locale.as_str()] == json!(text.source_number),
                // Told since some time. Of what its source has left behind there is no revision: it is number none.
                None if is_source => text.source_number.is_none(),
                None => matches!(text.source_number, Some(0 | 1)),
            };
            let first = text.number == 1 && source;
            let brought = text.change == ChangeClass::Major && text.provenance == Provenance::Import;
            first && brought && by_and_at && data["editions"][one.locale.as_str()] == hash
        }
        _ => false,
    }
}

async fn check_case(
    tx: &ReadTx,
    (one, article): (&Edition, &Article),
    case: &Case,
    told: &[Entry],
) -> Result<Result<(), What>, Error> {
    let of_case = |entry: &&Entry| entry.draft.data["case"] == case.id.to_string();
    // Who takes a suggestion opens a case in the name of who submitted the one before.
    let by = |entry: &Entry| match entry.draft.data.get("opened_by") {
        Some(said) => *said == case.opened_by.to_string(),
        None => entry.draft.actor == Some(case.opened_by),
    };
    let opened = |entry: &&Entry| entry.draft.action == SUBMITTED && by(entry) && was_at(entry, case.opened_at);
    // What an import decided about was never submitted.
    let imported = told.iter().filter(of_case).any(|entry| !entry.draft.data["import"].is_null());
    if !review::is_known(tx, case).await? || !(imported || told.iter().filter(of_case).any(|entry| opened(&entry))) {
        return Ok(Err(What::Case));
    }
    let decided: Vec<&Entry> = told.iter().filter(of_case).filter(|entry| entry.draft.action == DECIDED).collect();
    let at = |at| decided.iter().any(|entry| was_at(entry, at));
    let known = decided.len() == case.decisions.len() && case.decisions.iter().all(|decision| at(decision.at));
    if !known || !super::audit::knows_decisions(tx, one.id, case.id, &case.decisions).await? {
        return Ok(Err(What::Decision));
    }
    if !review::is_proved(tx, article, one, case).await? {
        return Ok(Err(What::Decision));
    }
    let closed = told.iter().filter(of_case).any(|entry| CLOSING.contains(&entry.draft.action.as_str()));
    // An attestation that was agreed to stands whatever is written after it.
    let stands = attest::is_one(case) && case.is_satisfied();
    let left = closed || (!stands && is_left(case, told));
    Ok(if case.state == state_of(case, left) { Ok(()) } else { Err(What::Case) })
}

/// Whether an entry tells of a moment. One of before moments were told is of the same transaction, which reads the
/// clock more than once.
fn was_at(entry: &Entry, at: Timestamp) -> bool {
    match entry.draft.data["at"].as_str() {
        Some(told) => told == at.exact(),
        None => entry.draft.at.seconds().abs_diff(at.seconds()) <= TRANSACTION,
    }
}

/// Whether a text was saved past the case that the edition had then, and that case's text was not what was public.
fn is_left(case: &Case, told: &[Entry]) -> bool {
    let (mut is_current, mut public) = (false, None);
    // Another text ends what was asked of the one before it, whether that is public or not.
    let attests = attest::is_one(case);
    for entry in told {
        let data = &entry.draft.data;
        match entry.draft.action.as_str() {
            SUBMITTED if data["case"] == case.id.to_string() => is_current = true,
            // An attestation's case is one beside that of the text: neither leaves the other behind.
            SUBMITTED => is_current &= attests || data["workflow"] == ATTESTATION,
            // What an import decided about was never submitted.
            DECIDED if !data["import"].is_null() => is_current = data["case"] == case.id.to_string(),
            PUBLISHED => {
                let up = data["act"]
                    .as_str()
                    .and_then(|act| act.parse::<Act>().ok())
                    .is_some_and(|act| act.take_down().is_none());
                public = data["revision"].as_str().filter(|_| up);
            }
            _ => {
                let is_past = saved_number(entry).is_some_and(|number| number > case.number);
                let stands = !attests && public == Some(case.revision.to_string().as_str());
                if is_current && is_past && !stands {
                    return true;
                }
            }
        }
    }
    false
}

/// What its decisions made of a case, or what left it behind.
fn state_of(case: &Case, left: bool) -> CaseState {
    if case.is_refused() {
        CaseState::ChangesRequested
    } else if left {
        CaseState::Superseded
    } else if case.is_satisfied() {
        CaseState::Approved
    } else {
        CaseState::Open
    }
}
