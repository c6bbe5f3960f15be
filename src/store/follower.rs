//! How far each follower of events has come: it begins where it left off, and never before.

use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};

use super::{
    Fault, Tx, WriteTx,
    entity::follower::{ActiveModel, Column, Entity},
};

/// The number of the last event that a follower has dealt with; nothing where it never followed.
pub async fn find(tx: &impl Tx, name: &str) -> Result<Option<i64>, Fault> {
    Ok(Entity::find_by_id(name.to_owned()).one(tx.conn()).await?.map(|row| row.seq))
}

/// It has come so far.
pub async fn put(tx: &WriteTx, name: &str, seq: i64) -> Result<(), Fault> {
    let row = ActiveModel { name: Set(name.to_owned()), seq: Set(seq) };
    let known = OnConflict::column(Column::Name).update_column(Column::Seq).to_owned();
    Entity::insert(row).on_conflict(known).exec_without_returning(tx.conn()).await?;
    Ok(())
}
