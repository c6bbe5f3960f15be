//! The keys of texts' blocks, kept so that they need not be worked out from the first revision on each time.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{
    Fault, Tx, WriteTx,
    entity::{
        revision,
        segment_keys::{ActiveModel, Column, Entity},
    },
    fault::count,
};
use crate::{
    domain::revision::Revision,
    kernel::{EditionId, RevisionId},
};

/// Keeps the keys of a revision's blocks.
pub async fn keep(
    tx: &WriteTx,
    edition: EditionId,
    (id, number): (RevisionId, u32),
    keys: &[String],
) -> Result<(), Fault> {
    let row = ActiveModel {
        revision_id: Set(id.0),
        edition_id: Set(edition.0),
        number: Set(number.into()),
        keys: Set(keys.join(" ")),
    };
    Entity::insert(row).exec_without_returning(tx.conn()).await?;
    Ok(())
}

/// The newest revision up to a number whose keys are kept, with them.
pub async fn kept(tx: &impl Tx, edition: EditionId, up_to: u32) -> Result<Option<(u32, Vec<String>)>, Fault> {
    let query = Entity::find().filter(Column::EditionId.eq(edition.0)).filter(Column::Number.lte(up_to));
    let row = query.order_by_desc(Column::Number).one(tx.conn()).await?;
    row.map(|row| Ok((count("segment_keys", row.number)?, row.keys.split_whitespace().map(str::to_owned).collect())))
        .transpose()
}

/// The revisions of an edition from one number to another, oldest first.
pub async fn between(tx: &impl Tx, edition: EditionId, from: u32, to: u32) -> Result<Vec<Revision>, Fault> {
    let query = revision::Entity::find()
        .filter(revision::Column::EditionId.eq(edition.0))
        .filter(revision::Column::Number.gte(from))
        .filter(revision::Column::Number.lte(to))
        .order_by_asc(revision::Column::Number);
    query.all(tx.conn()).await?.into_iter().map(Revision::try_from).collect()
}
