//! Review: submit a text, decide on it, take it back.

use serde_json::json;

use super::{
    App, Caller, Check, Code as Problem, Done, Error, FieldCode, Once,
    article::{Article, event},
    audit,
    caller::person,
    edition::{self, Edition, may_write},
    schedule,
};
use crate::{
    domain::{
        access::{Actor, Role, Scope},
        revision::MAX_NOTE,
        schedule::{Deed, Why},
        text::is_blank,
        workflow::{Case, CaseState, Lapse, Proposal, Refusal, Verdict, Workflow},
    },
    kernel::{AccountId, ArticleId, CaseId, DecisionId, Digest, LocaleTag},
    store::{Change, Tx, case, edition as editions, publication, revision},
};

/// Submits the newest text for review.
pub async fn submit(
    app: &App,
    caller: Caller,
    (id, locale): (ArticleId, &LocaleTag),
    version: i64,
    comment: &str,
    once: Once<Case>,
) -> Result<Done<Case>, Error> {
    let (tx, actor) = app.write_as(caller).await?;
    if let Some(answer) = once.before(app, &tx, actor.id).await? {
        return Ok(Done::Before(answer));
    }
    let (article, mut edition) = edition::find(&tx, &actor, id, locale).await?;
    may_write(&actor, &article, locale)?;
    if edition.version != version {
        return Err(Error::new(Problem::PreconditionFailed));
    }
    let mut check = Check::new();
    let comment = check.text("/comment", comment, MAX_NOTE);
    check.finish()?;
    if edition.live == Some(edition.latest) {
        return Err(Error::new(Problem::AlreadyPublished));
    }
    let lapsed = match current_case(&tx, &edition).await? {
        Some(case) if case.state == CaseState::Open => return Err(Error::new(Problem::CaseOpen)),
        Some(case) if case.state == CaseState::Approved => {
            if lapse(&tx, &article, &edition, &case, case.hash).await?.is_none() {
                // What was taken down with an approval that holds is restored; nobody is asked to read it in vain.
                let down = is_down(&tx, &edition).await?;
                return Err(Error::new(if down { Problem::TakenDown } else { Problem::CaseOpen }));
            }
            Some(case.id)
        }
        _ => None,
    };
    let revision = revision::find(&tx, edition.id, edition.latest).await?.ok_or_else(Error::not_found)?;
    let now = app.clock.now();
    let opened = Case {
        id: CaseId::new(),
        edition: edition.id,
        revision: revision.id,
        number: revision.number,
        hash: revision.hash,
        workflow: Workflow::standard(),
        state: CaseState::Open,
        comment,
        opened_by: actor.id,
        opened_at: now,
        decisions: Vec::new(),
    };
    let mut change = Change::by(Some(actor.id), now);
    if let Some(lapsed) = lapsed {
        case::close(&tx, lapsed, CaseState::Superseded, now).await?;
        schedule::supersede(&tx, edition.id, Some(Deed::Publish), Why::TakenBack, &[], now).await?;
        edition.approved = None;
        change = change.entry("edition.approval_lapsed", "edition", edition.id, json!({"case": lapsed.to_string()}));
    }
    case::insert(&tx, &opened).await?;
    edition.case = Some(opened.id);
    edition.version += 1;
    edition.updated_at = now;
    editions::update(&tx, &edition).await?;
    once.keep(app, &tx, actor.id, &opened).await?;
    let data = json!({"case": opened.id.to_string(), "revision": revision.id.to_string(), "content_hash": opened.hash.to_string()});
    tx.commit(change.entry("edition.submitted", "edition", edition.id, data).emit(event(&article, Some(locale))))
        .await?;
    Ok(Done::Now(opened))
}

/// What a person decides on a text that they saw.
#[derive(Clone, Debug)]
pub struct Decide {
    /// The verdict.
    pub verdict: Verdict,
    /// The hash of the text that was seen.
    pub hash: Digest,
    /// Why; needed when changes are asked for.
    pub comment: String,
}

/// Decides at the stage that waits.
pub async fn decide(
    app: &App,
    caller: Caller,
    (id, locale): (ArticleId, &LocaleTag),
    order: Decide,
    once: Once<Case>,
) -> Result<Done<Case>, Error> {
    let (tx, actor) = app.write_as(caller).await?;
    if let Some(answer) = once.before(app, &tx, actor.id).await? {
        return Ok(Done::Before(answer));
    }
    let (article, mut edition) = edition::find(&tx, &actor, id, locale).await?;
    let mut case = current_case(&tx, &edition).await?.ok_or_else(|| no_case(&actor, &article, locale))?;
    let Some((place, stage)) = case.current_stage() else { return Err(no_case(&actor, &article, locale)) };
    let authors = authors(&tx, &edition, case.number).await?;
    if authors.contains(&actor.id) {
        return Err(Error::new(Problem::OwnText));
    }
    if !actor.holds(&[stage.role], Scope { agency: Some(&article.shared.agency), locale: Some(locale) }) {
        return Err(Error::new(Problem::Forbidden));
    }
    let stage_name = stage.name.clone();
    let mut check = Check::new();
    let comment = check.text("/comment", &order.comment, MAX_NOTE);
    check.finish()?;
    if order.verdict == Verdict::RequestChanges && is_blank(&comment) {
        return Err(Error::invalid_at("/comment", FieldCode::Required));
    }
    let now = app.clock.now();
    let proposal =
        Proposal { id: DecisionId::new(), by: actor.id, verdict: order.verdict, hash: order.hash, comment, at: now };
    let (decision, state) = case.decide(&authors, proposal).map_err(refused)?;
    case::insert_decision(&tx, case.id, &decision).await?;
    if state != CaseState::Open {
        case::close(&tx, case.id, state, now).await?;
    }
    if state == CaseState::Approved {
        edition.approved = Some(case.number);
    }
    edition.version += 1;
    edition.updated_at = now;
    editions::update(&tx, &edition).await?;
    let data = json!({
        "case": case.id.to_string(),
        "decision": decision.id.to_string(),
        "stage": place,
        "stage_name": stage_name,
        "verdict": decision.verdict.as_str(),
        "content_hash": decision.hash.to_string(),
    });
    case.decisions.push(decision);
    case.state = state;
    once.keep(app, &tx, actor.id, &case).await?;
    let change = Change::by(Some(actor.id), now)
        .entry(audit::DECIDED, "edition", edition.id, data)
        .emit(event(&article, Some(locale)));
    tx.commit(change).await?;
    Ok(Done::Now(case))
}

/// Takes a submitted text back to the desk.
pub async fn take_back(
    app: &App,
    caller: Caller,
    (id, locale): (ArticleId, &LocaleTag),
    once: Once<Case>,
) -> Result<Done<Case>, Error> {
    let (tx, actor) = app.write_as(caller).await?;
    if let Some(answer) = once.before(app, &tx, actor.id).await? {
        return Ok(Done::Before(answer));
    }
    let (article, mut edition) = edition::find(&tx, &actor, id, locale).await?;
    may_write(&actor, &article, locale)?;
    let open =
        current_case(&tx, &edition).await?.filter(|case| matches!(case.state, CaseState::Open | CaseState::Approved));
    let mut case = open.ok_or_else(|| Error::new(Problem::NoOpenCase))?;
    // What is public stands on this approval; it is withdrawn, not taken back.
    if edition.live == Some(case.number) {
        return Err(Error::new(Problem::AlreadyPublished));
    }
    let now = app.clock.now();
    case::close(&tx, case.id, CaseState::Superseded, now).await?;
    schedule::supersede(&tx, edition.id, Some(Deed::Publish), Why::TakenBack, &[], now).await?;
    case.state = CaseState::Superseded;
    edition.approved = None;
    edition.version += 1;
    edition.updated_at = now;
    editions::update(&tx, &edition).await?;
    once.keep(app, &tx, actor.id, &case).await?;
    let data = json!({"case": case.id.to_string()});
    let change = Change::by(Some(actor.id), now)
        .entry("edition.taken_back", "edition", edition.id, data)
        .emit(event(&article, Some(locale)));
    tx.commit(change).await?;
    Ok(Done::Now(case))
}

/// The newest case, if it is about the newest text.
pub(super) async fn current_case(tx: &impl Tx, edition: &Edition) -> Result<Option<Case>, Error> {
    let Some(id) = edition.case else { return Ok(None) };
    Ok(case::find(tx, id).await?.filter(|case| case.number == edition.latest))
}

/// Why an approval does not hold for a text now, as publishing would answer; none if it holds.
pub(super) async fn lapse(
    tx: &impl Tx,
    article: &Article,
    edition: &Edition,
    case: &Case,
    hash: Digest,
) -> Result<Option<Problem>, Error> {
    let authors = authors(tx, edition, case.number).await?;
    let mut holders = Vec::new();
    for decision in &case.decisions {
        holders.push((decision.by, person(tx, decision.by).await?));
    }
    let scope = Scope { agency: Some(&article.shared.agency), locale: Some(&edition.locale) };
    let holds =
        |who: AccountId, role: Role| holders.iter().any(|(id, actor)| *id == who && actor.holds(&[role], scope));
    Ok(match case.lapse(hash, &authors, holds) {
        None if !audit::knows_decisions(tx, edition.id, &case.decisions).await? => {
            tracing::error!(edition = %edition.id, case = %case.id, "decisions are not what the audit chain knows");
            Some(Problem::ApprovalLapsed)
        }
        None => None,
        Some(Lapse::NotApproved) => Some(Problem::NotApproved),
        Some(lapse) => {
            tracing::warn!(edition = %edition.id, case = %case.id, ?lapse, "an approval does not hold");
            Some(Problem::ApprovalLapsed)
        }
    })
}

/// Whether the last act on an edition took its newest text down.
async fn is_down(tx: &impl Tx, edition: &Edition) -> Result<bool, Error> {
    let last = publication::find_many(tx, edition.publication).await?;
    let is_newest = |publication: &publication::Publication| publication.number == edition.latest;
    Ok(last.first().is_some_and(|last| last.act.take_down().is_some() && is_newest(last)))
}

/// The authors of a text: all who saved the edition since its last publication, up to it.
pub(super) async fn authors(
    tx: &impl Tx,
    edition: &Edition,
    number: u32,
) -> Result<std::collections::HashSet<AccountId>, Error> {
    let published = match edition.publication {
        Some(id) => publication::find_many(tx, [id]).await?.first().map_or(0, |publication| publication.number),
        None => 0,
    };
    // The same text again, after it was taken down: its authors are those of before.
    let after = if published >= number { public_before(tx, edition, number).await? } else { published };
    Ok(revision::authors(tx, edition.id, after, number).await?)
}

/// The number of the revision that was public before another one, 0 if none was.
async fn public_before(tx: &impl Tx, edition: &Edition, number: u32) -> Result<u32, Error> {
    let acts = publication::chain(tx, edition.id).await?;
    Ok(acts.iter().map(|act| act.number).filter(|earlier| *earlier < number).max().unwrap_or(0))
}

fn no_case(actor: &Actor, article: &Article, locale: &LocaleTag) -> Error {
    // Who could never decide here is told so, and not what stands where.
    let scope = Scope { agency: Some(&article.shared.agency), locale: Some(locale) };
    let roles: Vec<_> = Workflow::standard().stages.into_iter().map(|stage| stage.role).collect();
    if actor.holds(&roles, scope) { Error::new(Problem::NoOpenCase) } else { Error::new(Problem::Forbidden) }
}

fn refused(refusal: Refusal) -> Error {
    Error::new(match refusal {
        Refusal::CaseClosed => Problem::NoOpenCase,
        Refusal::HashMismatch => Problem::HashMismatch,
        Refusal::OwnText => Problem::OwnText,
        Refusal::SecondStage => Problem::SecondStage,
    })
}
