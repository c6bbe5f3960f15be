//! Settings that freeze, the newest event's number, and when what is public changed last.

use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{
    Fault, Tx, WriteTx,
    change::PUBLIC,
    entity::{feed_event, live_event, setting},
};
use crate::kernel::Timestamp;

/// A setting's value.
pub async fn find(tx: &impl Tx, name: &str) -> Result<Option<String>, Fault> {
    Ok(setting::Entity::find_by_id(name.to_owned()).one(tx.conn()).await?.map(|row| row.value))
}

/// Freezes a setting that has no value yet.
pub async fn freeze(tx: &WriteTx, name: &str, value: &str) -> Result<(), Fault> {
    let row = setting::ActiveModel { name: Set(name.to_owned()), value: Set(value.to_owned()) };
    setting::Entity::insert(row).exec_without_returning(tx.conn()).await?;
    Ok(())
}

/// Gives a setting that is not frozen yet another value.
pub async fn change(tx: &WriteTx, name: &str, value: &str) -> Result<(), Fault> {
    let row = setting::ActiveModel { name: Set(name.to_owned()), value: Set(value.to_owned()) };
    setting::Entity::update(row).exec(tx.conn()).await?;
    Ok(())
}

/// The number of the newest event, 0 before the first.
pub(super) async fn newest_event(conn: &impl ConnectionTrait) -> Result<i64, Fault> {
    let newest = feed_event::Entity::find()
        .select_only()
        .column(feed_event::Column::Seq)
        .order_by_desc(feed_event::Column::Seq)
        .into_tuple::<i64>()
        .one(conn)
        .await?;
    Ok(newest.unwrap_or(0))
}

/// The moment of the newest event that followers outside were told.
pub(super) async fn newest_change(conn: &impl ConnectionTrait) -> Result<Option<Timestamp>, Fault> {
    let newest = live_event::Entity::find()
        .filter(live_event::Column::Audience.eq(PUBLIC))
        .order_by_desc(live_event::Column::Seq)
        .one(conn)
        .await?;
    Ok(newest.map(|event| event.at.into()))
}
