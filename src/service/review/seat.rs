//! Where somebody may decide, in whose name, and what the audit chain is told of it.

use std::collections::HashSet;

use serde_json::json;

use super::{
    super::{Check, Error, FieldCode, FieldError, edition::Edition},
    Decide, MAX_WAIVERS, current_case, refuse, turns,
};
use crate::{
    domain::{
        access::{Actor, Scope},
        revision::MAX_NOTE,
        text::is_blank,
        workflow::{Behalf, Case, Decision, Verdict, Waiver},
    },
    kernel::{AccountId, Digest},
    store::Tx,
};

/// What the audit chain is told of a decision; an approval is believed only for decisions that it knows.
pub(super) fn told(case: &Case, decision: &Decision) -> serde_json::Value {
    let mut data = json!({
        "case": case.id.to_string(),
        "at": decision.at.exact(),
        "decision": decision.id.to_string(),
        "stage": decision.stage,
        "stage_name": case.workflow.stages.get(decision.stage).map(|stage| stage.name.as_str()),
        "verdict": decision.verdict.as_str(),
        "content_hash": decision.hash.to_string(),
    });
    if let Some(behalf) = decision.behalf {
        data["on_behalf_of"] = json!(behalf.of.to_string());
        data["delegation"] = json!(behalf.by.to_string());
    }
    if !decision.waivers.is_empty() {
        data["waivers"] = decision.waivers.iter().map(Waiver::to_json).collect();
    }
    data
}

pub(super) fn read_waivers(check: &mut Check, order: &Decide) -> Vec<Waiver> {
    if order.waive.len() > MAX_WAIVERS {
        check.fault(FieldError::new("/waive", FieldCode::TooMany).with("max", MAX_WAIVERS));
        return Vec::new();
    }
    if order.verdict == Verdict::RequestChanges && !order.waive.is_empty() {
        check.fault(FieldError::new("/waive", FieldCode::NotOneOf).with("expected", "[]"));
    }
    let mut read: Vec<Waiver> = Vec::new();
    for (place, one) in order.waive.iter().enumerate() {
        let code = check.code(&format!("/waive/{place}/code"), &one.code);
        let pointer = format!("/waive/{place}/reason");
        let reason = check.text(&pointer, &one.reason, MAX_NOTE);
        if is_blank(&reason) {
            check.fault(FieldError::new(pointer, FieldCode::Required));
        }
        read.extend(code.map(|code| Waiver { code: code.to_string(), reason }));
    }
    read
}

/// The case that a decision on a text is about: the newest, or that of an attestation, or that of the public text where it is read again.
pub(super) async fn to_be_decided(tx: &impl Tx, edition: &Edition, hash: Digest) -> Result<Option<Case>, Error> {
    let newest = current_case(tx, edition).await?.filter(|case| !case.current_stages().is_empty());
    if newest.as_ref().is_some_and(|case| case.hash == hash) {
        return Ok(newest);
    }
    let attested = super::super::attest::open_case(tx, edition).await?;
    if attested.as_ref().is_some_and(|case| case.hash == hash) {
        return Ok(attested);
    }
    let public = turns::of_live(tx, edition).await?.filter(|case| !case.current_stages().is_empty());
    let fits = public.as_ref().is_some_and(|case| case.hash == hash);
    Ok(if fits { public } else { newest.or(attested).or(public) })
}

/// The stages that wait and that somebody may decide at, in their own name or for another.
pub(super) fn seats(
    actor: &Actor,
    case: &Case,
    order: &Decide,
    scope: Scope<'_>,
) -> Result<Vec<(usize, Option<Behalf>)>, Error> {
    let stages = &case.workflow.stages;
    let current = case.current_stages();
    let named = order.stage.as_deref();
    if let Some(name) = named
        && !stages.iter().any(|stage| stage.name == name)
    {
        return Err(Error::invalid(vec![FieldError::new("/stage", FieldCode::Unknown).with("name", name)]));
    }
    let wanted = |place: &usize| named.is_none_or(|name| stages[*place].name == name);
    let places: Vec<usize> = current.iter().copied().filter(wanted).collect();
    if places.is_empty() {
        return Err(refuse::not_its_turn(case));
    }
    let mut seats = Vec::new();
    let mut reserved = None;
    for place in places {
        let role = stages[place].role;
        let own = actor.holds(&[role], scope).then_some(None).filter(|_| order.on_behalf_of.is_none());
        let lent = actor.stands_in(role, scope).filter(|one| order.on_behalf_of.is_none_or(|who| who == one.of));
        let lent = lent.map(|one| Some(Behalf { of: one.of, by: one.by }));
        for behalf in own.into_iter().chain(lent) {
            let person = behalf.map_or(actor.id, |behalf| behalf.of);
            let for_others = case.is_reserved(place)
                && case.assigned.get(&place).is_some_and(|named| *named != person && *named != actor.id);
            if for_others {
                reserved = reserved.or(Some(place));
            } else {
                seats.push((place, behalf));
            }
        }
    }
    match (seats.is_empty(), reserved) {
        (false, _) => Ok(seats),
        (true, Some(place)) => Err(refuse::reserved(case, place)),
        (true, None) => Err(refuse::not_your_role(case)),
    }
}

/// Where somebody could decide now, and in whose name, who only suggests another wording: not what they or the person
/// that they stand in for wrote, and not a second stage.
pub(in crate::service) fn seat_of(
    actor: &Actor,
    case: &Case,
    on_behalf_of: Option<AccountId>,
    authors: &HashSet<AccountId>,
    scope: Scope<'_>,
) -> Option<(usize, Option<Behalf>)> {
    let order = Decide { on_behalf_of, ..Decide::plain(Verdict::Approve, case.hash, "") };
    let free = |(place, behalf): &(usize, Option<Behalf>)| {
        [Some(actor.id), behalf.map(|behalf| behalf.of)].into_iter().flatten().all(|person| {
            let took = |one: &Decision| one.people().any(|who| who == person) && case.is_before(one.stage, *place);
            !authors.contains(&person) && !case.all_decisions().any(took)
        })
    };
    seats(actor, case, &order, scope).ok()?.into_iter().find(free)
}
