//! Whose turn it is, kept beside the case whenever it changes.

use super::super::{Error, article::Article, edition::Edition};
use crate::{
    domain::{
        access::Role,
        workflow::{Case, CaseState, TurnKind},
    },
    kernel::{CaseId, Timestamp, TurnId},
    store::{Tx, WriteTx, article, case, edition as editions, turn, turn::Turn},
};

/// Makes the turns of a case those that it says: what is over goes, what waits still keeps its alarms.
pub(in crate::service) async fn settle(
    tx: &WriteTx,
    article: &Article,
    edition: &Edition,
    case: &Case,
) -> Result<(), Error> {
    let is_live = edition.live == Some(case.number);
    let writer = if edition.locale == article.source_locale { Role::Author } else { Role::Translator };
    let mut old = turn::of_case(tx, case.id).await?;
    let authors_after = super::authors_after(tx, edition, case.number).await?;
    for waiting in case.waiting(writer, is_live) {
        let same = |one: &Turn| one.waiting.kind == waiting.kind && one.waiting.stage == waiting.stage;
        if let Some(at) = old.iter().position(same) {
            let mut found = old.swap_remove(at);
            if found.waiting != waiting {
                // Of what is not late yet nobody was told: the alarm moves with the deadline.
                if found.alarms == 0 {
                    found.alarm_at = waiting.due_at;
                }
                found.waiting = waiting;
                turn::update(tx, &found).await?;
            }
            continue;
        }
        let new = Turn {
            id: TurnId::new(),
            case: case.id,
            edition: edition.id,
            article: article.id,
            agency: article.shared.agency.clone(),
            locale: edition.locale.clone(),
            alarm_at: waiting.due_at,
            waiting,
            authors_after,
            number: case.number,
            alarms: 0,
        };
        turn::insert(tx, &new).await?;
    }
    for over in old {
        turn::remove(tx, over.id).await?;
    }
    Ok(())
}

/// What waits of an edition whose text is public now: nothing to publish any more, nothing to read again of an earlier
/// version, and from now on what has to be read again of this one.
pub(in crate::service) async fn published(
    tx: &WriteTx,
    (article, edition): (&Article, &Edition),
    case: Option<&Case>,
    at: Timestamp,
) -> Result<(), Error> {
    turn::remove_overtaken(tx, edition.id, case.map(|case| case.id)).await?;
    let Some(case) = case.filter(|case| !case.current_stages().is_empty()) else { return Ok(()) };
    settle(tx, article, edition, &Case { public_since: Some(at), ..case.clone() }).await
}

/// What waits of an edition that was taken down: nobody has to read again what is not public any more.
pub(in crate::service) async fn taken_down(tx: &WriteTx, edition: &Edition) -> Result<(), Error> {
    Ok(turn::remove_of(tx, edition.id, &[TurnKind::Publish, TurnKind::AfterReview]).await?)
}

/// Cases that are read at once when turns are looked for.
const SOME: u64 = 200;

/// Finds the turns of cases that were open before there were any.
pub(in crate::service) async fn find_turns(tx: &WriteTx) -> Result<(), Error> {
    let mut after: Option<CaseId> = None;
    loop {
        let some = case::in_state(tx, CaseState::Open, after, SOME).await?;
        let Some(last) = some.last() else { return Ok(()) };
        after = Some(last.id);
        let all = editions::find_many(tx, some.iter().map(|case| case.edition)).await?;
        for one in &some {
            let Some(edition) = all.iter().find(|edition| edition.case == Some(one.id)) else { continue };
            if let Some(article) = article::find(tx, edition.article).await? {
                settle(tx, &article, edition, one).await?;
            }
        }
    }
}

/// The case that an edition's public text was approved by, if its text is read again after.
pub(super) async fn of_live(tx: &impl Tx, edition: &Edition) -> Result<Option<Case>, Error> {
    let Some(id) = edition.publication else { return Ok(None) };
    let publication = crate::store::publication::find_many(tx, [id]).await?.pop();
    let Some(id) = publication.and_then(|one| one.case) else { return Ok(None) };
    Ok(case::find(tx, id).await?.filter(|case| edition.live == Some(case.number)))
}
