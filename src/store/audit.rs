//! The audit chain at rest.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};

use super::{
    Fault, Tx, change,
    entity::audit_entry::{Column, Entity, Model},
    fault::{json, parse},
};
use crate::{
    domain::audit::{Draft, Entry},
    kernel::AccountId,
};

fn entry(row: Model) -> Result<Entry, Fault> {
    Ok(Entry {
        seq: u64::try_from(row.seq).map_err(|error| Fault::corrupt("audit_entry", error))?,
        draft: Draft {
            at: row.at.into(),
            actor: row.actor_id.map(AccountId),
            action: row.action,
            subject_type: row.subject_type,
            subject_id: row.subject_id,
            data: json("audit_entry", &row.data)?,
        },
        prev: parse("audit_entry", &row.prev)?,
        hash: parse("audit_entry", &row.hash)?,
    })
}

/// What a query finds, by number; a row that holds what is not of a column's type hides none of the others.
async fn rows(tx: &impl Tx, query: Select<Entity>) -> Result<Vec<(i64, Option<Entry>)>, Fault> {
    match query.clone().all(tx.conn()).await.map_err(Fault::from) {
        Ok(rows) => Ok(rows.into_iter().map(|row| (row.seq, entry(row).ok())).collect()),
        Err(fault) if fault.is_corrupt() => {
            let numbers: Vec<i64> = query.select_only().column(Column::Seq).into_tuple().all(tx.conn()).await?;
            let mut found = Vec::with_capacity(numbers.len());
            for seq in numbers {
                let row = match Entity::find_by_id(seq).one(tx.conn()).await.map_err(Fault::from) {
                    Err(fault) if fault.is_corrupt() => None,
                    row => row?,
                };
                found.push((seq, row.and_then(|row| entry(row).ok())));
            }
            Ok(found)
        }
        Err(fault) => Err(fault),
    }
}

async fn readable(tx: &impl Tx, query: Select<Entity>) -> Result<Vec<Entry>, Fault> {
    Ok(rows(tx, query).await?.into_iter().filter_map(|(_, entry)| entry).collect())
}

/// Up to `limit` entries after `seq`, oldest first; one that cannot be understood is an error in its place.
pub async fn after(tx: &impl Tx, seq: u64, limit: u64) -> Result<Vec<Result<Entry, i64>>, Fault> {
    let seq = i64::try_from(seq).unwrap_or(i64::MAX);
    let query = Entity::find().filter(Column::Seq.gt(seq)).order_by_asc(Column::Seq).limit(limit);
    Ok(rows(tx, query).await?.into_iter().map(|(seq, entry)| entry.ok_or(seq)).collect())
}

/// Up to `limit` entries of an action after `seq`, oldest first, by their numbers; one that cannot be understood is
/// a number alone.
pub async fn of_action(tx: &impl Tx, action: &str, seq: i64, limit: u64) -> Result<Vec<(i64, Option<Entry>)>, Fault> {
    let query = Entity::find().filter(Column::Action.eq(action)).filter(Column::Seq.gt(seq));
    rows(tx, query.order_by_asc(Column::Seq).limit(limit)).await
}

/// Up to `limit` entries before `seq` (or the newest ones), newest first.
pub async fn before(tx: &impl Tx, seq: Option<i64>, limit: u64) -> Result<Vec<Entry>, Fault> {
    let mut query = Entity::find().order_by_desc(Column::Seq).limit(limit);
    if let Some(seq) = seq {
        query = query.filter(Column::Seq.lt(seq));
    }
    query.all(tx.conn()).await?.into_iter().map(entry).collect()
}

/// How many entries were ever numbered, whatever is left of them.
pub async fn numbered(tx: &impl Tx) -> Result<u64, Fault> {
    let counters = change::counters(tx).await?;
    Ok(counters.get("audit").and_then(|value| u64::try_from(*value).ok()).unwrap_or(0))
}

/// The entries of a kind about a subject, oldest first; what cannot be understood is left out.
pub async fn about(tx: &impl Tx, subject: &str, action: &str) -> Result<Vec<Entry>, Fault> {
    let query = Entity::find().filter(Column::SubjectId.eq(subject)).filter(Column::Action.eq(action));
    readable(tx, query.order_by_asc(Column::Seq)).await
}

/// Everything that was told of some subjects, oldest first; what cannot be understood is left out.
pub async fn of_subjects(tx: &impl Tx, subjects: &[String]) -> Result<Vec<Entry>, Fault> {
    readable(tx, Entity::find().filter(Column::SubjectId.is_in(subjects)).order_by_asc(Column::Seq)).await
}
