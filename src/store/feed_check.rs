//! What the last look at each feed found.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryOrder, QuerySelect};

use super::{
    Fault, Tx, WriteTx,
    bulk::insert_all,
    entity::feed_check::{ActiveModel, Column, Entity, Model},
};
use crate::kernel::Timestamp;

/// What a look at a feed found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedCheck {
    /// The feed's address, without the server's.
    pub path: String,
    /// When it was looked at.
    pub at: Timestamp,
    /// When nothing was wrong with it last; nothing if that never was.
    pub clean_at: Option<Timestamp>,
    /// What is wrong with it.
    pub fault: Option<String>,
}

/// The last look at each feed.
pub async fn all(tx: &impl Tx) -> Result<Vec<FeedCheck>, Fault> {
    let rows = Entity::find().order_by_asc(Column::Path).all(tx.conn()).await?;
    let check = |row: Model| FeedCheck {
        path: row.path,
        at: row.checked_at.into(),
        clean_at: row.clean_at.map(Into::into),
        fault: row.fault,
    };
    Ok(rows.into_iter().map(check).collect())
}

/// When they were looked at last, and how many had something wrong with them.
pub async fn standing(tx: &impl Tx) -> Result<Option<(Timestamp, u64)>, Fault> {
    let query = Entity::find().select_only().column_as(Column::CheckedAt.max(), "at");
    let found =
        query.column_as(Column::Fault.count(), "many").into_tuple::<(Option<chrono::DateTime<chrono::Utc>>, i64)>();
    let (at, many) = found.one(tx.conn()).await?.unwrap_or_default();
    Ok(at.map(|at| (at.into(), u64::try_from(many).unwrap_or(0))))
}

/// Keeps a look at all feeds in place of the one before.
pub async fn replace(tx: &WriteTx, all: &[FeedCheck]) -> Result<(), Fault> {
    Entity::delete_many().exec(tx.conn()).await?;
    let row = |one: &FeedCheck| ActiveModel {
        path: Set(one.path.clone()),
        checked_at: Set(one.at.utc()),
        clean_at: Set(one.clean_at.map(Timestamp::utc)),
        fault: Set(one.fault.clone()),
    };
    insert_all(tx, all.iter().map(row)).await
}
