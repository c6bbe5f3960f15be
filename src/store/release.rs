//! Releases: several editions that become public together or not at all.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{
    Fault, Tx, WriteTx,
    entity::release::{ActiveModel, Column, Entity, Model},
    fault::{count, parse},
};
use crate::{
    domain::schedule::Outcome,
    kernel::{AccountId, ReleaseId, Timestamp},
};

/// A release; its members are the schedules that name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    /// Its id.
    pub id: ReleaseId,
    /// Its moment; none if it was carried out when it was ordered.
    pub due_at: Option<Timestamp>,
    /// Who ordered it.
    pub by: AccountId,
    /// When.
    pub ordered_at: Timestamp,
    /// What became of it.
    pub outcome: Outcome,
    /// Why.
    pub why: Option<String>,
    /// How often it was tried in vain.
    pub attempts: u32,
    /// When it is tried next.
    pub wake_at: Option<Timestamp>,
    /// When it came to its outcome.
    pub settled_at: Option<Timestamp>,
    /// The row's version.
    pub version: i64,
}

impl TryFrom<Model> for Release {
    type Error = Fault;

    fn try_from(row: Model) -> Result<Self, Fault> {
        Ok(Self {
            id: ReleaseId(row.id),
            due_at: row.due_at.map(Into::into),
            by: AccountId(row.ordered_by),
            ordered_at: row.ordered_at.into(),
            outcome: parse("release", &row.outcome)?,
            why: row.why,
            attempts: count("release", row.attempts)?,
            wake_at: row.wake_at.map(Into::into),
            settled_at: row.settled_at.map(Into::into),
            version: row.version,
        })
    }
}

fn row(one: &Release) -> ActiveModel {
    ActiveModel {
        id: Set(one.id.0),
        due_at: Set(one.due_at.map(Timestamp::utc)),
        ordered_by: Set(one.by.0),
        ordered_at: Set(one.ordered_at.utc()),
        outcome: Set(one.outcome.to_string()),
        why: Set(one.why.clone()),
        attempts: Set(one.attempts.into()),
        wake_at: Set(one.wake_at.map(Timestamp::utc)),
        settled_at: Set(one.settled_at.map(Timestamp::utc)),
        version: Set(one.version),
    }
}

/// Adds a release.
pub async fn insert(tx: &WriteTx, one: &Release) -> Result<(), Fault> {
    Entity::insert(row(one)).exec_without_returning(tx.conn()).await?;
    Ok(())
}

/// Writes a release anew.
pub async fn update(tx: &WriteTx, one: &Release) -> Result<(), Fault> {
    Entity::update(row(one)).exec(tx.conn()).await?;
    Ok(())
}

/// The release of an id.
pub async fn find(tx: &impl Tx, id: ReleaseId) -> Result<Option<Release>, Fault> {
    Entity::find_by_id(id.0).one(tx.conn()).await?.map(Release::try_from).transpose()
}

/// Releases to be carried out by a moment, the earliest first.
pub async fn due(tx: &impl Tx, now: Timestamp, limit: u64) -> Result<Vec<ReleaseId>, Fault> {
    let query = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::Outcome.eq(Outcome::Waiting.as_str()))
        .filter(Column::WakeAt.lte(now.utc()))
        .order_by_asc(Column::WakeAt)
        .order_by_asc(Column::Id)
        .limit(limit);
    let ids: Vec<uuid::Uuid> = query.into_tuple().all(tx.conn()).await?;
    Ok(ids.into_iter().map(ReleaseId).collect())
}
