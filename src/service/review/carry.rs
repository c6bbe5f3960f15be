//! Whether what a case takes over from earlier ones may be: nothing of it is believed from its rows.

use super::{
    super::{Error, article::Article, audit, edition, edition::Edition},
    hold,
};
use crate::{
    domain::{
        revision::{Revision, seal},
        suggestion::leads,
        workflow::{Carry, Case, Format, MAX_CHANGES, Mended, Verdict},
    },
    store::{Tx, case, segment},
};

/// Whether each decision that a case takes over was given to a text from which accepted suggestions lead to the case's
/// own, one segment at a time, none of which changes more than a minor change may. The texts are hashed and the
/// suggestions applied anew; decisions, suggestions, and the cases in between have to be what the audit chain was told.
/// The case itself is for the caller to look up there.
pub(in crate::service) async fn is_proved(
    tx: &impl Tx,
    article: &Article,
    edition: &Edition,
    case: &Case,
) -> Result<bool, Error> {
    let Some(carry) = &case.carry else { return Ok(case.format != Format::V3) };
    let Some(oldest) = carry.decisions.iter().map(|one| one.number).min() else { return Ok(false) };
    let steps = usize::try_from(case.number.saturating_sub(oldest)).unwrap_or(usize::MAX);
    if !(1..=MAX_CHANGES).contains(&steps) || carry.changes.len() != steps || case.format != Format::V3 {
        return Ok(false);
    }
    let texts = segment::between(tx, edition.id, oldest, case.number).await?;
    let whole = |(text, number): (&Revision, u32)| {
        let (_, hash) = seal(article.id, &edition.locale, &text.text, &text.shared);
        text.number == number && hash == text.hash
    };
    if texts.len() != steps + 1 || !texts.iter().zip(oldest..).all(whole) {
        return Ok(false);
    }
    let chain = chain(tx, case, steps).await?;
    // The case itself, and one for each text before it, down to the oldest that somebody decided on.
    let fits = |(case, text): (&Case, &Revision)| case.revision == text.id && case.hash == text.hash;
    if chain.len() != texts.len() || !chain.iter().zip(texts.iter().rev()).all(fits) {
        return Ok(false);
    }
    for (place, change) in carry.changes.iter().enumerate() {
        let (before, after) = (&texts[place], &texts[place + 1]);
        let made = &chain[steps - place - 1];
        if !is_step(before, after, change, edition) || !follows(made, &chain[steps - place], change) {
            return Ok(false);
        }
        let Some(from) = made.carry.as_ref().map(|carry| carry.stage) else { return Ok(false) };
        if !audit::knows_suggestion(tx, edition.id, change, after, from).await? {
            return Ok(false);
        }
    }
    for earlier in &chain[1..] {
        if !hold::is_known(tx, earlier).await? {
            return Ok(false);
        }
    }
    are_carried_on(tx, edition, carry, &chain).await
}

/// A case and those that it goes on from, newest first, up to so many.
async fn chain(tx: &impl Tx, case: &Case, steps: usize) -> Result<Vec<Case>, Error> {
    let oldest = case.number.saturating_sub(u32::try_from(steps).unwrap_or(u32::MAX));
    let mut all = case::of_texts(tx, case.edition, oldest, case.number.saturating_sub(1)).await?;
    let mut chain = vec![case.clone()];
    for _ in 0..steps {
        let Some(before) = chain.last().and_then(|one| one.carry.as_ref()).map(|carry| carry.case) else { break };
        let Some(place) = all.iter().position(|one| one.id == before) else { break };
        chain.push(all.swap_remove(place));
    }
    Ok(chain)
}

/// Whether all that differs between two texts is the suggestion's wording, and it is a minor difference.
fn is_step(before: &Revision, after: &Revision, change: &Mended, edition: &Edition) -> bool {
    change.number == after.number
        && leads(before, after, &change.segment, &change.before, &change.after)
        && edition::is_minor((&before.text, &after.text), after.shared.place.as_deref(), &edition.locale)
}

/// Whether a case is the same run as the one before it, and says by which suggestion.
fn follows(case: &Case, before: &Case, change: &Mended) -> bool {
    let said = case.carry.as_ref();
    let by = said.and_then(|carry| carry.changes.last()).map(|last| last.suggestion);
    case.edition == before.edition
        && case.workflow == before.workflow
        && case.sensitivity == before.sensitivity
        && case.urgent == before.urgent
        && said.is_some_and(|carry| carry.case == before.id)
        && by == Some(change.suggestion)
}

/// Whether each decision is one of a case of the chain, at a stage that no case since has asked anew.
async fn are_carried_on(tx: &impl Tx, edition: &Edition, carry: &Carry, chain: &[Case]) -> Result<bool, Error> {
    for one in &carry.decisions {
        let Some(place) = chain.iter().position(|case| case.id == one.case) else { return Ok(false) };
        let taken = &chain[place];
        let kept = |later: &Case| {
            later.carry.as_ref().is_some_and(|carry| {
                let named = carry.decisions.iter().any(|other| other.decision.id == one.decision.id);
                named && later.is_before(one.decision.stage, carry.stage)
            })
        };
        let own = taken.decisions.iter().any(|own| own.id == one.decision.id);
        let same = one.number == taken.number && one.decision.hash == taken.hash;
        if place == 0 || !own || !same || one.decision.verdict != Verdict::Approve || !chain[..place].iter().all(kept) {
            return Ok(false);
        }
        let decisions = std::slice::from_ref(&one.decision);
        if !audit::knows_decisions(tx, edition.id, taken.id, decisions).await? {
            return Ok(false);
        }
    }
    Ok(true)
}
