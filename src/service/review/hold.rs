//! Whether an approval holds now: everything that it rests on is looked at again.

use std::collections::{HashMap, HashSet};

use serde_json::json;

use super::{
    super::{
        Code as Problem, Error, HouseRule, article::Article, audit, caller::people, checks, edition::Edition,
        workflow as workflows,
    },
    carry, refuse,
};
use crate::{
    domain::{
        access::{Role, Scope},
        checks::Finding,
        workflow::{Case, Decision, Format, Lapse, Sensitivity, Workflow},
    },
    kernel::{AccountId, DelegationId, Digest},
    store::{Tx, delegation, publication, revision},
};

/// Why an approval does not hold for a text now, as publishing would answer; none if it holds.
pub(in crate::service) async fn lapse(
    tx: &impl Tx,
    article: &Article,
    edition: &Edition,
    case: &Case,
    hash: Digest,
) -> Result<Option<Problem>, Error> {
    let authors = authors(tx, edition, case.number).await?;
    // Who stands in needs no grant of their own, but has to be there.
    let there = people(tx, case.all_decisions().flat_map(Decision::people)).await?;
    let mut lent: HashMap<DelegationId, delegation::Delegation> = HashMap::new();
    for decision in case.all_decisions().collect::<Vec<_>>() {
        if let Some(behalf) = decision.behalf
            && let Some(found) = delegation::find(tx, behalf.by).await?
            && audit::knows_delegation(tx, &found).await?
        {
            lent.insert(behalf.by, found);
        }
    }
    let scope = Scope { agency: Some(&article.shared.agency), locale: Some(&edition.locale) };
    let holds = |decision: &Decision, role: Role| match decision.behalf {
        None => there.get(&decision.by).is_some_and(|actor| actor.holds(&[role], scope)),
        Some(behalf) => {
            let owner = there.get(&behalf.of).is_some_and(|actor| actor.holds(&[role], scope));
            let lent = lent.get(&behalf.by).is_some_and(|one| {
                one.of == behalf.of
                    && one.to == decision.by
                    && one.grant.role == role
                    && one.grant.covers(scope)
                    // Lent until its end: what was decided in that time stays decided, unless it was taken back.
                    && one.holds_at(decision.at)
            });
            owner && lent && there.contains_key(&decision.by)
        }
    };
    if let Some(lapse) = case.lapse(hash, &authors, holds) {
        if lapse == Lapse::NotApproved {
            return Ok(Some(Problem::NotApproved));
        }
        tracing::warn!(edition = %edition.id, case = %case.id, ?lapse, "an approval does not hold");
        return Ok(Some(Problem::ApprovalLapsed));
    }
    // What became sensitive meanwhile was not approved as such.
    if article.sensitivity == Sensitivity::Sensitive && case.sensitivity == Sensitivity::Normal {
        return Ok(Some(Problem::ApprovalLapsed));
    }
    if !is_known(tx, case).await? || !audit::knows_decisions(tx, edition.id, case.id, &case.decisions).await? {
        tracing::error!(edition = %edition.id, case = %case.id, "a case is not what the audit chain knows of it");
        return Ok(Some(Problem::ApprovalLapsed));
    }
    if !carry::is_proved(tx, article, edition, case).await? {
        tracing::error!(edition = %edition.id, case = %case.id, "no suggestions lead from what was decided on to the text");
        return Ok(Some(Problem::ApprovalLapsed));
    }
    if case.format != Format::V1 && !checks::open(tx, case).await?.is_empty() {
        return Ok(Some(Problem::CheckOpen));
    }
    Ok(None)
}

/// The refusal to publish: which rule, whose move it is, and the checks that nobody answers for.
pub(in crate::service) async fn refusal(tx: &impl Tx, case: &Case, problem: Problem) -> Result<Error, Error> {
    let mut error = Error::new(problem).by_rule(HouseRule::ApprovalHolds);
    if let Some(waiting) = refuse::waiting_for(case) {
        error = error.extra("waiting_for", waiting);
    }
    if problem == Problem::CheckOpen {
        let open: Vec<_> = checks::open(tx, case).await?;
        let told = |one: &Finding| json!({"code": one.check.as_str(), "part": one.part, "found": one.found});
        error = error.extra("checks", open.iter().map(told).collect::<Vec<_>>());
    }
    Ok(error)
}

/// Whether a case is one that was opened as its row says, under a workflow that there is: its columns are not
/// believed.
pub(in crate::service) async fn is_known(tx: &impl Tx, case: &Case) -> Result<bool, Error> {
    if case.workflow == Workflow::import() {
        return audit::knows_import_of(tx, case).await;
    }
    let digest = match case.format {
        Format::V1 if case.workflow == Workflow::standard() => None,
        Format::V1 => return Ok(false),
        Format::V2 | Format::V3 => {
            let known = workflows::known(tx, &case.workflow).await?.filter(|one| one.workflow == case.workflow);
            let Some(known) = known else { return Ok(false) };
            Some(known.digest())
        }
    };
    audit::knows_case(tx, case, digest).await
}

/// The authors of a text: all who saved the edition since its last publication, up to it.
pub(in crate::service) async fn authors(
    tx: &impl Tx,
    edition: &Edition,
    number: u32,
) -> Result<HashSet<AccountId>, Error> {
    let after = authors_after(tx, edition, number).await?;
    Ok(revision::authors(tx, edition.id, after, number).await?)
}

/// The revision after which the authors of a text saved it.
pub(super) async fn authors_after(tx: &impl Tx, edition: &Edition, number: u32) -> Result<u32, Error> {
    let Some(id) = edition.publication else { return Ok(0) };
    let published = publication::find_many(tx, [id]).await?.first().map_or(0, |publication| publication.number);
    if published < number {
        return Ok(published);
    }
    // The same text again, after it was taken down or while it is read again: its authors are those of before.
    let chain = publication::chain(tx, edition.id).await?;
    Ok(chain.iter().map(|act| act.number).filter(|earlier| *earlier < number).max().unwrap_or(0))
}
