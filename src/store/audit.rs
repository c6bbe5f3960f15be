//! The audit chain at rest.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

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

/// Up to `limit` entries after `seq`, oldest first; one that cannot be understood is an error in its place.
pub async fn after(tx: &impl Tx, seq: u64, limit: u64) -> Result<Vec<Result<Entry, i64>>, Fault> {
    let seq = i64::try_from(seq).unwrap_or(i64::MAX);
    let rows = Entity::find().filter(Column::Seq.gt(seq)).order_by_asc(Column::Seq).limit(limit).all(tx.conn()).await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let seq = row.seq;
            entry(row).map_err(|_| seq)
        })
        .collect())
}

/// Up to `limit` entries of an action after `seq`, oldest first, by their numbers; one that cannot be understood is
/// a number alone.
pub async fn of_action(tx: &impl Tx, action: &str, seq: i64, limit: u64) -> Result<Vec<(i64, Option<Entry>)>, Fault> {
    let query = Entity::find().filter(Column::Action.eq(action)).filter(Column::Seq.gt(seq));
    let rows = query.order_by_asc(Column::Seq).limit(limit).all(tx.conn()).await?;
    Ok(rows.into_iter().map(|row| (row.seq, entry(row).ok())).collect())
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
    let rows = query.order_by_asc(Column::Seq).all(tx.conn()).await?;
    Ok(rows.into_iter().filter_map(|row| entry(row).ok()).collect())
}
