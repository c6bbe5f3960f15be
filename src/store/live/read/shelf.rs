//! What a feed ever carried, by the day of its first publication: public still, or taken down.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, UnionType},
};
use uuid::Uuid;

use super::{Buried, LiveDb, Selection, Stored, buried, readable, stored};
use crate::{
    kernel::{EditionId, LocaleTag, Timestamp},
    store::{
        Fault,
        change::PUBLIC,
        entity::{live_item, live_tombstone, live_topic},
    },
};

/// One edition's place in the order of first publications.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// First publication.
    pub published_at: Timestamp,
    /// The article, by which editions of one moment are ordered.
    pub article: Uuid,
    /// The edition.
    pub edition: Uuid,
}

/// What a feed carried within a span, and around it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Around {
    /// Entries within.
    pub within: u64,
    /// The newest first publication before.
    pub before: Option<Timestamp>,
    /// The oldest one after.
    pub after: Option<Timestamp>,
}

impl LiveDb {
    /// The places of a span, oldest first.
    pub async fn shelf(
        &self,
        locale: &LocaleTag,
        of: &Selection,
        (from, until): (Timestamp, Timestamp),
    ) -> Result<Vec<Place>, Fault> {
        let stones = stones(locale, of)
            .select_only()
            .columns([
                live_tombstone::Column::PublishedAt,
                live_tombstone::Column::ArticleId,
                live_tombstone::Column::EditionId,
            ])
            .filter(live_tombstone::Column::PublishedAt.gte(from.utc()))
            .filter(live_tombstone::Column::PublishedAt.lt(until.utc()));
        let mut all = items(locale, of)
            .select_only()
            .columns([live_item::Column::PublishedAt, live_item::Column::ArticleId, live_item::Column::EditionId])
            .filter(live_item::Column::PublishedAt.gte(from.utc()))
            .filter(live_item::Column::PublishedAt.lt(until.utc()));
        QueryTrait::query(&mut all).union(UnionType::All, stones.into_query());
        let rows: Vec<(DateTime<Utc>, Uuid, Uuid)> = all.into_tuple().all(&self.0).await?;
        let place =
            |(at, article, edition): (DateTime<Utc>, Uuid, Uuid)| Place { published_at: at.into(), article, edition };
        let mut places: Vec<Place> = rows.into_iter().map(place).collect();
        places.sort();
        Ok(places)
    }

    /// How many entries a span has, and the moments next to it.
    pub async fn around(
        &self,
        locale: &LocaleTag,
        of: &Selection,
        (from, until): (Timestamp, Timestamp),
    ) -> Result<Around, Fault> {
        /// What a table says of the span, of what is before it and of what is after it.
        macro_rules! sides {
            ($table:ident, $select:expr) => {{
                let at = $table::Column::PublishedAt;
                let side = |number: i64, count: Expr, moment: Expr| {
                    $select
                        .select_only()
                        .expr_as(Expr::val(number), "side")
                        .expr_as(count, "entries")
                        .expr_as(moment, "at")
                };
                let nought = || Expr::val(0_i64);
                [
                    side(0, $table::Column::EditionId.count(), at.max())
                        .filter(at.gte(from.utc()))
                        .filter(at.lt(until.utc()))
                        .into_query(),
                    side(1, nought(), at.max()).filter(at.lt(from.utc())).into_query(),
                    side(2, nought(), at.min()).filter(at.gte(until.utc())).into_query(),
                ]
            }};
        }
        let mut all = items(locale, of).select_only();
        let [first, second, third] = sides!(live_item, items(locale, of));
        *QueryTrait::query(&mut all) = first;
        for more in [second, third].into_iter().chain(sides!(live_tombstone, stones(locale, of))) {
            QueryTrait::query(&mut all).union(UnionType::All, more);
        }
        let rows: Vec<(i64, i64, Option<DateTime<Utc>>)> = all.into_tuple().all(&self.0).await?;
        let mut around = Around::default();
        for (side, entries, at) in rows {
            let at = at.map(Timestamp::from);
            match side {
                0 => around.within += u64::try_from(entries).unwrap_or(0),
                1 => around.before = around.before.max(at),
                _ => around.after = [around.after, at].into_iter().flatten().min(),
            }
        }
        Ok(around)
    }

    /// The items of some editions, and those whose rows cannot be read.
    pub async fn items_of(&self, editions: &[Uuid]) -> Result<(Vec<Stored>, Vec<EditionId>), Fault> {
        let rows = live_item::Entity::find()
            .filter(live_item::Column::Audience.eq(PUBLIC))
            .filter(live_item::Column::EditionId.is_in(editions.iter().copied()))
            .all(&self.0)
            .await?;
        let mut damaged = Vec::new();
        let items = readable(rows, |row| row.edition_id, stored, &mut damaged);
        Ok((items, damaged))
    }

    /// What is left of some editions.
    pub async fn tombstones_of(&self, editions: &[Uuid]) -> Result<Vec<Buried>, Fault> {
        let rows = live_tombstone::Entity::find()
            .filter(live_tombstone::Column::Audience.eq(PUBLIC))
            .filter(live_tombstone::Column::EditionId.is_in(editions.iter().copied()))
            .all(&self.0)
            .await?;
        Ok(readable(rows, |row| row.edition_id, buried, &mut Vec::new()))
    }
}

fn items(locale: &LocaleTag, of: &Selection) -> Select<live_item::Entity> {
    use live_item::Column;
    let mut query =
        live_item::Entity::find().filter(Column::Audience.eq(PUBLIC)).filter(Column::Locale.eq(locale.as_str()));
    if let Some(topic) = &of.topic {
        let about = live_topic::Entity::find()
            .select_only()
            .column(live_topic::Column::EditionId)
            .filter(live_topic::Column::Audience.eq(PUBLIC))
            .filter(live_topic::Column::Locale.eq(locale.as_str()))
            .filter(live_topic::Column::TopicCode.eq(topic.as_str()));
        query = query.filter(Column::EditionId.in_subquery(about.into_query()));
    }
    if let Some(kind) = of.kind {
        query = query.filter(Column::Kind.eq(kind.as_str()));
    }
    if let Some(agency) = &of.agency {
        query = query.filter(Column::AgencyCode.eq(agency.as_str()));
    }
    query
}

/// What was taken down of what a feed carried.
pub(super) fn stones(locale: &LocaleTag, of: &Selection) -> Select<live_tombstone::Entity> {
    use live_tombstone::Column;
    let mut query =
        live_tombstone::Entity::find().filter(Column::Audience.eq(PUBLIC)).filter(Column::Locale.eq(locale.as_str()));
    if let Some(topic) = &of.topic {
        // A list of codes as JSON; a code has no character that means something to LIKE.
        query = query.filter(Column::Topics.contains(format!("\"{topic}\"")));
    }
    if let Some(kind) = of.kind {
        query = query.filter(Column::Kind.eq(kind.as_str()));
    }
    if let Some(agency) = &of.agency {
        query = query.filter(Column::AgencyCode.eq(agency.as_str()));
    }
    query
}
