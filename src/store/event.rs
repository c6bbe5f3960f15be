//! The internal sequence of events, for those who follow it.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{
    Fault, Tx,
    change::PUBLIC,
    entity::{
        feed_event::{Column, Entity},
        live_event,
    },
    fault::parse,
};
use crate::{
    domain::event::Event,
    kernel::{ArticleId, Timestamp},
};

/// An event with its number and its moment.
#[derive(Clone, Debug)]
pub struct Numbered {
    /// Its number.
    pub seq: i64,
    /// What happened.
    pub event: Event,
    /// When.
    pub at: Timestamp,
}

/// Up to so many events after a number, oldest first.
pub async fn after(tx: &impl Tx, seq: i64, limit: u64) -> Result<Vec<Numbered>, Fault> {
    let rows = Entity::find().filter(Column::Seq.gt(seq)).order_by_asc(Column::Seq).limit(limit).all(tx.conn()).await?;
    rows.into_iter()
        .map(|row| {
            let event = Event {
                kind: parse("feed_event", &row.kind)?,
                article: row.article_id.map(ArticleId),
                locale: row.locale.map(|tag| parse("feed_event", &tag)).transpose()?,
            };
            Ok(Numbered { seq: row.seq, event, at: row.at.into() })
        })
        .collect()
}

/// The newest number, 0 before the first.
pub async fn newest(tx: &impl Tx) -> Result<i64, Fault> {
    super::setting::newest_event(tx.conn()).await
}

/// The number of the newest event that followers outside were told, 0 before the first.
pub async fn newest_live(tx: &impl Tx) -> Result<i64, Fault> {
    let newest = live_event::Entity::find()
        .select_only()
        .column(live_event::Column::Seq)
        .filter(live_event::Column::Audience.eq(PUBLIC))
        .order_by_desc(live_event::Column::Seq)
        .into_tuple::<i64>()
        .one(tx.conn())
        .await?;
    Ok(newest.unwrap_or(0))
}
