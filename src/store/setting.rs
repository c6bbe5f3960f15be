//! Settings that freeze, and the newest event's number.

use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, QueryOrder, QuerySelect};

use super::{
    Fault, Tx, WriteTx,
    entity::{feed_event, setting},
};

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
