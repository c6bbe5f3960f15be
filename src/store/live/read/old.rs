//! What an address leads to, one of today or one of another time.

use sea_orm::{
    ColumnTrait, EntityTrait, JoinType, QueryFilter, QuerySelect, QueryTrait, RelationDef,
    sea_query::{Expr, ExprTrait, IntoCondition, SelectStatement, UnionType},
};

use super::{Buried, LiveDb, Old, Stored, buried, one};
use crate::{
    domain::address::Address,
    kernel::{EditionId, LocaleTag, Slug},
    store::{
        Fault,
        change::PUBLIC,
        entity::{live_address, live_item, live_slug, live_tombstone},
    },
};

/// How one of some old addresses leads to a row of a table.
macro_rules! led_by {
    ($table:ident, $addresses:expr) => {{
        let paths: Vec<String> = $addresses.iter().map(ToString::to_string).collect();
        let relation = live_address::Entity::belongs_to($table::Entity)
            .from(live_address::Column::EditionId)
            .to($table::Column::EditionId);
        let relation: RelationDef = relation.into();
        relation.rev().on_condition(move |_, address| {
            Expr::col((address.clone(), live_address::Column::Path))
                .is_in(paths.iter().cloned())
                .and(Expr::col((address, live_address::Column::Audience)).eq(PUBLIC))
                .into_condition()
        })
    }};
}

/// An item's row, or the edition whose row cannot be read, and the old address that leads there.
pub type Led<T> = (Result<T, EditionId>, Option<Old>);

impl LiveDb {
    /// The items that a slug in a locale leads to, with the old address where one does: at most two, and the one that
    /// the table of slugs says first.
    pub async fn items_by_slug(&self, locale: &LocaleTag, slug: &Slug) -> Result<Vec<Led<Stored>>, Fault> {
        let address = Address::of_slug(locale, slug);
        let mut rows = live_item::Entity::find()
            .join(JoinType::LeftJoin, led_by!(live_item, &[address]))
            .select_also(live_address::Entity)
            .filter(live_item::Column::Audience.eq(PUBLIC))
            .filter(live_item::Column::EditionId.in_subquery(slug_owner(locale, slug)))
            .all(&self.0)
            .await?;
        rows.sort_by_key(|(_, old)| old.is_some());
        Ok(rows.into_iter().map(|(row, old)| (one(row), old.map(Old::from))).collect())
    }

    /// What is left of the editions that a slug led to, in the same order.
    pub async fn tombstones_by_slug(
        &self,
        locale: &LocaleTag,
        slug: &Slug,
    ) -> Result<Vec<(Buried, Option<Old>)>, Fault> {
        let address = Address::of_slug(locale, slug);
        let mut rows = live_tombstone::Entity::find()
            .join(JoinType::LeftJoin, led_by!(live_tombstone, &[address]))
            .select_also(live_address::Entity)
            .filter(live_tombstone::Column::Audience.eq(PUBLIC))
            .filter(live_tombstone::Column::EditionId.in_subquery(slug_owner(locale, slug)))
            .all(&self.0)
            .await?;
        rows.sort_by_key(|(_, old)| old.is_some());
        rows.into_iter().map(|(row, old)| Ok((buried(row)?, old.map(Old::from)))).collect()
    }

    /// The items that old addresses lead to.
    pub async fn items_by_address(&self, addresses: &[Address]) -> Result<Vec<Led<Stored>>, Fault> {
        let rows = live_item::Entity::find()
            .join(JoinType::InnerJoin, led_by!(live_item, addresses))
            .select_also(live_address::Entity)
            .filter(live_item::Column::Audience.eq(PUBLIC))
            .all(&self.0)
            .await?;
        Ok(rows.into_iter().map(|(row, old)| (one(row), old.map(Old::from))).collect())
    }

    /// What is left of the editions that old addresses lead to.
    pub async fn tombstones_by_address(&self, addresses: &[Address]) -> Result<Vec<(Buried, Option<Old>)>, Fault> {
        let rows = live_tombstone::Entity::find()
            .join(JoinType::InnerJoin, led_by!(live_tombstone, addresses))
            .select_also(live_address::Entity)
            .filter(live_tombstone::Column::Audience.eq(PUBLIC))
            .all(&self.0)
            .await?;
        rows.into_iter().map(|(row, old)| Ok((buried(row)?, old.map(Old::from)))).collect()
    }
}

fn slug_owner(locale: &LocaleTag, slug: &Slug) -> SelectStatement {
    let old = live_address::Entity::find()
        .select_only()
        .column(live_address::Column::EditionId)
        .filter(live_address::Column::Audience.eq(PUBLIC))
        .filter(live_address::Column::Path.eq(Address::of_slug(locale, slug).as_str()))
        .into_query();
    live_slug::Entity::find()
        .select_only()
        .column(live_slug::Column::EditionId)
        .filter(live_slug::Column::Audience.eq(PUBLIC))
        .filter(live_slug::Column::Locale.eq(locale.as_str()))
        .filter(live_slug::Column::Slug.eq(slug.as_str()))
        .into_query()
        .union(UnionType::All, old)
        .to_owned()
}
