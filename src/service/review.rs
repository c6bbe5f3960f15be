//! Review: submit a text, decide on it, take it back, give a stage to somebody.

mod assign;
mod carry;
mod hold;
mod open;
mod refuse;
mod seat;
mod tell;
mod turns;

use std::collections::HashSet;

use serde_json::json;

use super::{
    App, Caller, Check, Code as Problem, Done, Error, FieldCode, HouseRule, Once,
    article::{Article, event},
    attest, audit, checks,
    edition::{self, Edition, may_write},
    schedule,
};
use crate::{
    domain::{
        access::Scope,
        revision::MAX_NOTE,
        schedule::{Deed, Why},
        text::is_blank,
        workflow::{Case, CaseState, Proposal, Refusal, Verdict, Waiver},
    },
    kernel::{AccountId, ArticleId, DecisionId, Digest, LocaleTag},
    store::{Change, Tx, WriteTx, account, case, edition as editions, publication, revision},
};

pub use assign::{Reassign, reassign};
pub(super) use carry::is_proved;
pub(super) use hold::{authors, is_known, lapse, refusal};
pub use open::Opened;
pub(super) use open::{Under, open};
pub(super) use seat::seat_of;
pub(super) use turns::{find_turns, published, settle, taken_down};

use hold::authors_after;
use refuse::{no_case, refused};
use seat::{read_waivers, seats, to_be_decided, told};

/// Checks that one decision can let pass at most.
pub const MAX_WAIVERS: usize = 20;

/// What is said when a text is submitted.
#[derive(Clone, Debug, Default)]
pub struct Submit {
    /// What reviewers should know.
    pub comment: String,
    /// Whether it cannot wait for the usual stages.
    pub urgent: bool,
}

/// Submits the newest text for review.
pub async fn submit(
    app: &App,
    caller: Caller,
    (id, locale): (ArticleId, &LocaleTag),
    version: i64,
    order: Submit,
    once: Once<Opened>,
) -> Result<Done<Opened>, Error> {
    let (tx, actor) = app.write_as(caller).await?;
    if let Some(answer) = once.before(app, &tx, actor.id).await? {
        return Ok(Done::Before(answer));
    }
    let (article, mut edition) = edition::find(&tx, &actor, id, locale).await?;
    may_write(&actor, &article, locale).map_err(|error| error.by_rule(HouseRule::WritersSubmit))?;
    if edition.version != version {
        return Err(Error::new(Problem::PreconditionFailed));
    }
    let mut check = Check::new();
    let comment = check.text("/comment", &order.comment, MAX_NOTE);
    check.finish()?;
    if edition.live == Some(edition.latest) {
        return Err(Error::new(Problem::AlreadyPublished));
    }
    let lapsed = match current_case(&tx, &edition).await? {
        Some(case) if case.state == CaseState::Open => return Err(refuse::open_already(&case)),
        Some(case) if case.state == CaseState::Approved => {
            if lapse(&tx, &article, &edition, &case, case.hash).await?.is_none() {
                // What was taken down with an approval that holds is restored; nobody is asked to read it in vain.
                let down = is_down(&tx, &edition).await?;
                return Err(if down { Error::new(Problem::TakenDown) } else { refuse::open_already(&case) });
            }
            Some(case)
        }
        other => {
            // What was to be revised has been.
            if let Some(done) = other {
                let over = Case { state: CaseState::Superseded, ..done };
                settle(&tx, &article, &edition, &over).await?;
            }
            None
        }
    };
    let revision = revision::find(&tx, edition.id, edition.latest).await?.ok_or_else(Error::not_found)?;
    let now = app.clock.now();
    let mut change = Change::by(Some(actor.id), now);
    // An approval that can never publish again stands in nobody's way: the text is asked for anew.
    if let Some(mut lapsed) = lapsed {
        case::close(&tx, lapsed.id, CaseState::Superseded, now).await?;
        lapsed.state = CaseState::Superseded;
        settle(&tx, &article, &edition, &lapsed).await?;
        schedule::supersede(&tx, edition.id, Some(Deed::Publish), (Why::TakenBack, actor.id), &[], now).await?;
        let data = json!({"case": lapsed.id.to_string()});
        change = change.entry("edition.approval_lapsed", "edition", edition.id, data);
    }
    let under = Under::Rule { urgent: order.urgent };
    let opened = open(app, &tx, (&article, &mut edition), &revision, under, (actor.id, comment)).await?;
    edition.version += 1;
    edition.updated_at = now;
    editions::update(&tx, &edition).await?;
    once.keep(app, &tx, actor.id, &opened).await?;
    tx.commit(opened.tell(change).emit(event(&article, Some(locale)))).await?;
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
    /// The stage by its name, where several wait.
    pub stage: Option<String>,
    /// For whom, where a delegate says so.
    pub on_behalf_of: Option<AccountId>,
    /// The checks that the person answers for.
    pub waive: Vec<Waiver>,
}

impl Decide {
    /// A decision with nothing special about it.
    pub fn plain(verdict: Verdict, hash: Digest, comment: impl Into<String>) -> Self {
        Self { verdict, hash, comment: comment.into(), stage: None, on_behalf_of: None, waive: Vec::new() }
    }
}

/// Decides at a stage that waits.
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
    let mut case = to_be_decided(&tx, &edition, order.hash).await?.ok_or_else(|| no_case(&actor, &article, locale))?;
    let was_open = case.state == CaseState::Open;
    let authors = authors(&tx, &edition, case.number).await?;
    if authors.contains(&actor.id) {
        return Err(refuse::own_text(&case));
    }
    let mut check = Check::new();
    let comment = check.text("/comment", &order.comment, MAX_NOTE);
    let waivers = read_waivers(&mut check, &order);
    // Who attests that a text holds is no judge of it, whoever wrote the text.
    let asker = attest::is_one(&case).then_some(case.opened_by);
    let authors: HashSet<_> = authors.into_iter().chain(asker).collect();
    checks::may_waive(&tx, &case, &waivers, &mut check).await?;
    let scope = Scope { agency: Some(&article.shared.agency), locale: Some(locale) };
    let seats = seats(&actor, &case, &order, scope)?;
    check.finish()?;
    if order.verdict == Verdict::RequestChanges && is_blank(&comment) {
        return Err(Error::invalid_at("/comment", FieldCode::Required));
    }
    let now = app.clock.now();
    let mut first_refusal = None;
    let mut done = None;
    // A delegate of two people decides for the one who may: the first refusal is told if none does.
    for (stage, behalf) in seats {
        let proposal = Proposal {
            id: DecisionId::new(),
            stage,
            by: actor.id,
            behalf,
            verdict: order.verdict,
            hash: order.hash,
            comment: comment.clone(),
            waivers: waivers.clone(),
            at: now,
        };
        match case.decide(&authors, proposal) {
            Ok(counts) => {
                done = Some(counts);
                break;
            }
            Err(refusal) => first_refusal = first_refusal.or(Some(refusal)),
        }
    }
    let Some((decision, state)) = done else {
        return Err(refused(first_refusal.unwrap_or(Refusal::NotItsTurn), &case));
    };
    let before = case.clone();
    case::insert_decision(&tx, case.id, &decision).await?;
    if was_open && state != CaseState::Open {
        case::close(&tx, case.id, state, now).await?;
        case.closed_at = Some(now);
    }
    let data = told(&case, &decision);
    case.names.extend(account::names(&tx, decision.people()).await?);
    case.decisions.push(decision);
    case.state = state;
    let mut change = Change::by(Some(actor.id), now)
        .entry(audit::DECIDED, "edition", edition.id, data)
        .emit(event(&article, Some(locale)));
    if attest::is_one(&case) {
        change = attest::decided(app, &tx, &article, &mut edition, &case, change).await?;
    } else {
        if was_open && state == CaseState::Approved {
            edition.approved = Some(case.number);
        }
        settle(&tx, &article, &edition, &case).await?;
    }
    tell::decided(&tx, (&article, &edition), (&before, &case), &authors, now).await?;
    edition.version += 1;
    edition.updated_at = now;
    editions::update(&tx, &edition).await?;
    once.keep(app, &tx, actor.id, &case).await?;
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
    may_write(&actor, &article, locale).map_err(|error| error.by_rule(HouseRule::WritersSubmit))?;
    let open =
        current_case(&tx, &edition).await?.filter(|case| matches!(case.state, CaseState::Open | CaseState::Approved));
    let mut case = open.ok_or_else(|| Error::new(Problem::NoOpenCase).by_rule(HouseRule::OpenCase))?;
    // What is public stands on this approval; it is withdrawn, not taken back.
    if edition.live == Some(case.number) {
        return Err(Error::new(Problem::AlreadyPublished));
    }
    let now = app.clock.now();
    case::close(&tx, case.id, CaseState::Superseded, now).await?;
    schedule::supersede(&tx, edition.id, Some(Deed::Publish), (Why::TakenBack, actor.id), &[], now).await?;
    case.state = CaseState::Superseded;
    case.closed_at = Some(now);
    edition.approved = None;
    edition.version += 1;
    edition.updated_at = now;
    editions::update(&tx, &edition).await?;
    settle(&tx, &article, &edition, &case).await?;
    once.keep(app, &tx, actor.id, &case).await?;
    let data = json!({"case": case.id.to_string()});
    let change = Change::by(Some(actor.id), now)
        .entry("edition.taken_back", "edition", edition.id, data)
        .emit(event(&article, Some(locale)));
    tx.commit(change).await?;
    Ok(Done::Now(case))
}

/// Closes the case of an edition whose text moves on: its approval covered another text. The approval of what is
/// public stays: that was published by it.
pub(super) async fn supersede(
    app: &App,
    tx: &WriteTx,
    (article, edition): (&Article, &mut Edition),
    by: AccountId,
) -> Result<(), Error> {
    edition.approved = None;
    // At once, and not only at its moment: who ordered it reads that the text has moved on.
    Box::pin(schedule::supersede(tx, edition.id, Some(Deed::Publish), (Why::Edited, by), &[], app.clock.now())).await?;
    let Some(id) = edition.case else { return Ok(()) };
    let Some(mut found) = case::find(tx, id).await? else { return Ok(()) };
    let stands = found.state == CaseState::Approved && edition.live == Some(found.number);
    if stands || found.state == CaseState::Superseded {
        return Ok(());
    }
    if matches!(found.state, CaseState::Open | CaseState::Approved) {
        case::close(tx, id, CaseState::Superseded, app.clock.now()).await?;
    }
    found.state = CaseState::Superseded;
    settle(tx, article, edition, &found).await
}

/// The newest case, if it is about the newest text.
pub(super) async fn current_case(tx: &impl Tx, edition: &Edition) -> Result<Option<Case>, Error> {
    let Some(id) = edition.case else { return Ok(None) };
    Ok(case::find(tx, id).await?.filter(|case| case.number == edition.latest))
}

/// Whether the last act on an edition took its newest text down.
async fn is_down(tx: &impl Tx, edition: &Edition) -> Result<bool, Error> {
    let last = publication::find_many(tx, edition.publication).await?;
    let is_newest = |publication: &publication::Publication| publication.number == edition.latest;
    Ok(last.first().is_some_and(|last| last.act.take_down().is_some() && is_newest(last)))
}
