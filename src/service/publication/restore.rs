//! Restoring: what was taken down is public again as it was, by the approval that it had.

use super::{
    Made, Publication, after_source, changed, check_text, claim_slug, go_live, next_envelope, refused, sign, standing,
};
use crate::{
    domain::{
        access::{Publish, Scope},
        publication::{Act, Envelope, restoring},
        revision::MAX_NOTE,
        workflow::{Case, CaseState},
    },
    kernel::{ArticleId, Digest, LocaleTag},
    service::{
        App, Caller, Check, Code as Problem, Done, Error, Once, audit,
        caller::allow,
        edition::{self, Edition},
        review,
    },
    store::{Change, WriteTx, case, publication, revision},
};

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub struct Restore {
    /// The hash of the text that was seen, where it is said.
    pub hash: Option<Digest>,
    /// A public note.
    pub note: String,
}

/// Makes what was taken down public again: the same text, with everything that its approval rests on looked at again.
pub async fn restore(
    app: &App,
    caller: Caller,
    (id, locale): (ArticleId, &LocaleTag),
    order: Restore,
    once: Once<Made>,
) -> Result<Done<Made>, Error> {
    let (tx, actor) = app.write_as(caller).await?;
    if let Some(answer) = once.before(app, &tx, actor.id).await? {
        return Ok(Done::Before(answer));
    }
    let (article, mut edition) = edition::find(&tx, &actor, id, locale).await?;
    let permit = allow::<Publish>(&actor, Scope { agency: Some(&article.shared.agency), locale: Some(locale) })?;
    let mut check = Check::new();
    let note = check.text("/note", &order.note, MAX_NOTE);
    check.finish()?;
    let chain = publication::chain(&tx, edition.id).await?;
    let before = standing(app, &tx, edition.id, &chain).await?;
    let before = restoring(before.as_ref()).map_err(refused)?;
    let last = chain.last().ok_or_else(Error::not_found)?;
    let text = revision::find(&tx, edition.id, last.number).await?.ok_or_else(Error::not_found)?;
    check_text(&article, &edition, &text)?;
    let same = text.hash == before.content_hash && text.id == last.revision;
    if !same || order.hash.is_some_and(|seen| seen != text.hash) {
        return Err(Error::new(Problem::HashMismatch));
    }
    let (case, stands) = approval_of(&tx, &edition, &chain, text.hash).await?;
    // A case that an edit closed takes no decision any more.
    let again = Some(&case).filter(|_| stands);
    if let Some(problem) = review::lapse(&tx, &article, &edition, &case, text.hash).await? {
        return Err(Error::new(problem));
    }
    after_source(&tx, &article, locale, &case).await?;
    claim_slug(app, &tx, &edition, &text).await?;
    let guid = edition.guid.clone().ok_or_else(|| Error::new(Problem::NotPublished))?;
    let approval = (Some(case.approval_hash()), before.published_at);
    let envelope = next_envelope(app, Act::Restore, Some(before), &guid, &text, approval, note);
    let signed = sign(app, permit.by(), &edition, &text, Some(&case), envelope, None);
    let change = Change::by(Some(actor.id), app.clock.now());
    let events = go_live(app, &tx, &article, &mut edition, &text, chain, (&signed, again), guid).await?;
    let change = changed(change, &article, locale, &signed).announce(events);
    let done = Made::of(app, locale, signed);
    once.keep(app, &tx, actor.id, &done).await?;
    tx.commit(change).await?;
    Ok(Done::Now(done))
}

/// The case by which the text became public, with the very decisions that were signed then, or a newer one about the
/// same text, and whether it stands as it was. That an edit closed it later does not matter: it was about this text.
async fn approval_of(
    tx: &WriteTx,
    edition: &Edition,
    chain: &[Publication],
    hash: Digest,
) -> Result<(Case, bool), Error> {
    let lapsed = || Error::new(Problem::ApprovalLapsed);
    let made = chain.iter().rev().find(|act| act.case.is_some()).ok_or_else(lapsed)?;
    let known = made.case.ok_or_else(lapsed)?;
    if let Some(newer) = review::current_case(tx, edition).await?
        && newer.id != known
        && newer.hash == hash
        && newer.state == CaseState::Approved
    {
        return Ok((newer, true));
    }
    let found = case::find(tx, known).await?.ok_or_else(lapsed)?;
    let signed = Envelope::parse(&made.envelope).and_then(|envelope| envelope.approval_hash);
    let closed = found.state == CaseState::Superseded && audit::ended(tx, edition.id, known).await?;
    if signed != Some(found.approval_hash()) || closed {
        return Err(lapsed());
    }
    let stands = found.state == CaseState::Approved;
    Ok((Case { state: CaseState::Approved, ..found }, stands))
}
