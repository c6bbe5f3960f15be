//! Fingerprints: all that the database holds about an article, whatever it says, as one hash. Rows that are the same
//! as when they were last verified need not be verified again, and one that was touched in any column is.

use std::{collections::HashMap, fmt::Write as _};

use sea_orm::{ColumnTrait, EntityTrait, PrimaryKeyToColumn, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::{
    Fault, Tx,
    entity::{
        article, edition, live_event, live_item, live_slug, live_tombstone, live_topic, live_version, publication,
        revision,
    },
};
use crate::kernel::{ArticleId, Digest};

/// The fingerprints of some articles.
pub async fn of_articles(tx: &impl Tx, articles: &[ArticleId]) -> Result<HashMap<ArticleId, Digest>, Fault> {
    let ids = || articles.iter().map(|id| id.0);
    let mut texts: HashMap<Uuid, String> = ids().map(|id| (id, String::new())).collect();
    // By the edition that a row names, the article that it is about; a row that names an edition of no article that
    // was asked for belongs to none of them.
    let mut article_of: HashMap<Uuid, Uuid> = HashMap::new();

    macro_rules! add {
        ($($table:ident by $column:ident),+ $(,)?) => {$(
            let query = $table::Entity::find().filter($table::Column::$column.is_in(asked!($column)));
            let query = in_order::<$table::Entity>(query);
            for row in query.all(tx.conn()).await? {
                if let Some(text) = article!($column, row).and_then(|id| texts.get_mut(&id)) {
                    write!(text, "{row:?}").expect("a string takes all that is written");
                }
            }
        )+};
    }
    macro_rules! asked {
        (EditionId) => {
            article_of.keys().copied().collect::<Vec<_>>()
        };
        ($other:ident) => {
            ids()
        };
    }
    macro_rules! article {
        (EditionId, $row:ident) => {
            article_of.get(&$row.edition_id).copied()
        };
        (Id, $row:ident) => {
            Some($row.id)
        };
        (ArticleId, $row:ident) => {
            Some($row.article_id)
        };
    }

    for row in edition::Entity::find().filter(edition::Column::ArticleId.is_in(ids())).all(tx.conn()).await? {
        article_of.insert(row.id, row.article_id);
    }
    add!(
        article by Id,
        edition by ArticleId,
        live_item by ArticleId,
        live_version by ArticleId,
        live_event by ArticleId,
        live_tombstone by ArticleId,
        revision by EditionId,
        publication by EditionId,
        live_topic by EditionId,
        live_slug by EditionId,
    );
    Ok(texts.into_iter().map(|(id, text)| (ArticleId(id), Digest::of(text))).collect())
}

/// Rows in the order of their primary keys.
fn in_order<E: EntityTrait>(mut query: sea_orm::Select<E>) -> sea_orm::Select<E> {
    use sea_orm::Iterable;
    for key in E::PrimaryKey::iter() {
        query = query.order_by_asc(key.into_column());
    }
    query
}
