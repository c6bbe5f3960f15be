//! What cases take over from those before them: rows that point at the decisions themselves, which stay where they
//! were taken.

use std::collections::HashMap;

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{decision, place_of};
use crate::{
    domain::workflow::{Carried, Carry, Mended},
    kernel::{CaseId, EditionId},
    store::{
        Fault, Tx,
        entity::{carried_decision, decision as decisions, review_case},
        fault::count,
        suggestion,
    },
};

pub(super) const FORMAT: i64 = 3;

/// What those of some cases take over that take anything over; of all others nothing is read.
pub(in crate::store) async fn of_rows(
    tx: &impl Tx,
    rows: &[review_case::Model],
) -> Result<HashMap<Uuid, Carry>, Fault> {
    let ids: Vec<Uuid> = rows.iter().filter(|row| row.approval_format == Some(FORMAT)).map(|row| row.id).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let query = carried_decision::Entity::find().filter(carried_decision::Column::CaseId.is_in(ids));
    let links = query.all(tx.conn()).await?;
    let ids: Vec<Uuid> = links.iter().map(|link| link.decision_id).collect();
    let query = decisions::Entity::find().filter(decisions::Column::Id.is_in(ids));
    let taken: HashMap<Uuid, decisions::Model> =
        query.all(tx.conn()).await?.into_iter().map(|row| (row.id, row)).collect();
    let ids: Vec<Uuid> = taken.values().map(|row| row.case_id).collect();
    let query = review_case::Entity::find().filter(review_case::Column::Id.is_in(ids));
    let numbers: HashMap<Uuid, i64> =
        query.all(tx.conn()).await?.into_iter().map(|row| (row.id, row.revision_number)).collect();
    let mut found = HashMap::with_capacity(rows.len());
    let mut between = Vec::with_capacity(rows.len());
    for row in rows.iter().filter(|row| row.approval_format == Some(FORMAT)) {
        let mine = links.iter().filter(|link| link.case_id == row.id);
        let mut carried = mine.map(|link| carried(link, &taken, &numbers)).collect::<Result<Vec<_>, _>>()?;
        carried.sort_by_key(|one| (one.decision.at, one.decision.id));
        let number = count("review_case", row.revision_number)?;
        let oldest = carried.iter().map(|one| one.number).min().unwrap_or(number);
        between.push((EditionId(row.edition_id), oldest, number));
        let (Some(case), Some(stage)) = (row.carry_case_id, row.carry_stage) else {
            return Err(lost("the case before is not named"));
        };
        let carry = Carry { case: CaseId(case), stage: place_of(stage)?, decisions: carried, changes: Vec::new() };
        found.insert(row.id, (carry, EditionId(row.edition_id), oldest..=number));
    }
    let changes = suggestion::taken(tx, &between).await?;
    let whole = |(id, (carry, edition, numbers)): (Uuid, (Carry, EditionId, std::ops::RangeInclusive<u32>))| {
        let mine = changes.iter().filter(|one| one.edition == edition);
        let mine = mine.filter(|one| one.made.is_some_and(|made| made > *numbers.start() && made <= *numbers.end()));
        (id, Carry { changes: mine.cloned().filter_map(mended).collect(), ..carry })
    };
    Ok(found.into_iter().map(whole).collect())
}

fn carried(
    link: &carried_decision::Model,
    taken: &HashMap<Uuid, decisions::Model>,
    numbers: &HashMap<Uuid, i64>,
) -> Result<Carried, Fault> {
    let one = taken.get(&link.decision_id).ok_or_else(|| lost("a decision that is taken over is gone"))?;
    let number = numbers.get(&one.case_id).ok_or_else(|| lost("the case of a decision is gone"))?;
    Ok(Carried { case: CaseId(one.case_id), number: count("review_case", *number)?, decision: decision(one.clone())? })
}

fn lost(what: &str) -> Fault {
    Fault::corrupt("review_case", what)
}

fn mended(one: suggestion::Suggestion) -> Option<Mended> {
    Some(Mended {
        suggestion: one.id,
        number: one.made?,
        segment: one.segment,
        before: one.before,
        after: one.after,
        by: one.by,
        behalf: one.behalf,
        taken_by: one.answered.map(|(by, _)| by),
    })
}

/// The rows that a case's carrying is kept in.
pub(super) fn links(case: CaseId, carry: &Carry) -> Vec<carried_decision::ActiveModel> {
    let link =
        |one: &Carried| carried_decision::ActiveModel { case_id: Set(case.0), decision_id: Set(one.decision.id.0) };
    carry.decisions.iter().map(link).collect()
}
