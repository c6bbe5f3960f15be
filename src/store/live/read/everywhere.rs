//! What is public in every language at once, for whoever walks all of it: search engines.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, UnionType},
};

use super::{LiveDb, Sibling, Stored, readable, sibling, sibling_columns, stored};
use crate::{
    kernel::{EditionId, Timestamp},
    store::{
        Fault,
        change::PUBLIC,
        entity::live_item::{self, Column},
    },
};

/// Terms that one statement is made of at most; SQLite takes 500.
const TERMS: usize = 400;

/// A span of time, its end not in it.
pub type Span = (Timestamp, Timestamp);

/// What was first published within a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    /// The span's place among those asked for.
    pub span: usize,
    /// Public editions.
    pub editions: u64,
    /// Their newest change.
    pub newest: Timestamp,
}

impl LiveDb {
    /// The first publication of the oldest item.
    pub async fn oldest(&self) -> Result<Option<Timestamp>, Fault> {
        let oldest: Option<Option<DateTime<Utc>>> =
            all().select_only().expr_as(Column::PublishedAt.min(), "oldest").into_tuple().one(&self.0).await?;
        Ok(oldest.flatten().map(Timestamp::from))
    }

    /// What there is of some spans; an empty one is left out.
    pub async fn tallies(&self, spans: &[Span]) -> Result<Vec<Tally>, Fault> {
        let mut tallies = Vec::new();
        let numbered: Vec<(usize, &Span)> = spans.iter().enumerate().collect();
        for some in numbered.chunks(TERMS) {
            let mut terms = some.iter().map(|(number, span)| {
                within(**span)
                    .select_only()
                    .expr_as(Expr::val(i64::try_from(*number).unwrap_or(i64::MAX)), "span")
                    .expr_as(Column::EditionId.count(), "editions")
                    .expr_as(Column::UpdatedAt.max(), "newest")
            });
            let Some(mut query) = terms.next() else { continue };
            for term in terms {
                QueryTrait::query(&mut query).union(UnionType::All, term.into_query());
            }
            let rows: Vec<(i64, i64, Option<DateTime<Utc>>)> = query.into_tuple().all(&self.0).await?;
            tallies.extend(rows.into_iter().filter_map(|(span, editions, newest)| {
                Some(Tally {
                    span: usize::try_from(span).ok()?,
                    editions: u64::try_from(editions).ok()?,
                    newest: newest?.into(),
                })
            }));
        }
        tallies.sort_by_key(|tally| tally.span);
        Ok(tallies)
    }

    /// Some of what was first published within a span, without texts, oldest first.
    pub async fn walk(&self, span: Span, offset: u64, limit: u64) -> Result<Vec<Sibling>, Fault> {
        let query = part(span, offset, limit).select_only().columns(sibling_columns());
        Ok(readable(query.into_tuple().all(&self.0).await?, |row: &super::SiblingRow| row.0, sibling, &mut Vec::new()))
    }

    /// The same with all languages of its articles, by language.
    pub async fn families(&self, span: Span, offset: u64, limit: u64) -> Result<Vec<Sibling>, Fault> {
        let articles = part(span, offset, limit).select_only().column(Column::ArticleId);
        let query = all()
            .filter(Column::ArticleId.in_subquery(articles.into_query()))
            .order_by_asc(Column::Locale)
            .select_only()
            .columns(sibling_columns());
        Ok(readable(query.into_tuple().all(&self.0).await?, |row: &super::SiblingRow| row.0, sibling, &mut Vec::new()))
    }

    /// The newest of every language since a moment, and the editions whose rows cannot be read.
    pub async fn newest(&self, since: Timestamp, limit: u64) -> Result<(Vec<Stored>, Vec<EditionId>), Fault> {
        let rows = all()
            .filter(Column::PublishedAt.gte(since.utc()))
            .order_by_desc(Column::PublishedAt)
            .order_by_desc(Column::EditionId)
            .limit(limit)
            .all(&self.0)
            .await?;
        let mut damaged = Vec::new();
        let items = readable(rows, |row| row.edition_id, stored, &mut damaged);
        Ok((items, damaged))
    }
}

fn all() -> Select<live_item::Entity> {
    live_item::Entity::find().filter(Column::Audience.eq(PUBLIC))
}

fn within((from, until): Span) -> Select<live_item::Entity> {
    all().filter(Column::PublishedAt.gte(from.utc())).filter(Column::PublishedAt.lt(until.utc()))
}

fn part(span: Span, offset: u64, limit: u64) -> Select<live_item::Entity> {
    within(span).order_by_asc(Column::PublishedAt).order_by_asc(Column::EditionId).offset(offset).limit(limit)
}
