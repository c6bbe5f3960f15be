//! The articles that a narrowed list is made of, found the cheaper way round: a few are looked up, and many are met
//! soon enough by whoever goes through the list from its beginning.

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, ExprTrait, JoinType,
    sea_query::{Alias, Asterisk, Expr, Func, Query, SelectStatement},
};

use super::super::{
    Fault, Tx,
    entity::{
        article::{Column, Entity},
        article_topic, edition, revision,
    },
};
use crate::kernel::{AccountId, Code, LocaleTag};

/// So many rows are a few: what a page costs is bounded by them, or by how far apart more than these lie in the list.
const FEW: u64 = 1_000;

/// Rows that name an article each, an article perhaps more than once.
pub(super) struct Members {
    /// The rows; they select the article's id.
    pub(super) rows: SelectStatement,
    /// The column that has it.
    article: Expr,
}

impl Members {
    /// Those with an edition, in this locale if one is named.
    pub(super) fn editions(locale: Option<&LocaleTag>) -> Self {
        let mut rows = Query::select().from(edition::Entity).to_owned();
        if let Some(locale) = locale {
            rows.and_where(Expr::col((edition::Entity, edition::Column::Locale)).eq(locale.as_str()));
        }
        Self::of(rows, Expr::col((edition::Entity, edition::Column::ArticleId)))
    }

    /// Those about one of these topics.
    pub(super) fn about(topics: &[Code]) -> Self {
        let rows = Query::select()
            .from(article_topic::Entity)
            .and_where(
                Expr::col((article_topic::Entity, article_topic::Column::TopicCode))
                    .is_in(topics.iter().map(ToString::to_string)),
            )
            .to_owned();
        Self::of(rows, Expr::col((article_topic::Entity, article_topic::Column::ArticleId)))
    }

    /// Those with a text by this person.
    pub(super) fn written_by(me: AccountId) -> Self {
        let rows = Query::select()
            .from(revision::Entity)
            .inner_join(
                edition::Entity,
                Expr::col((edition::Entity, edition::Column::Id))
                    .equals((revision::Entity, revision::Column::EditionId)),
            )
            .and_where(Expr::col((revision::Entity, revision::Column::CreatedBy)).eq(me.0))
            .to_owned();
        Self::of(rows, Expr::col((edition::Entity, edition::Column::ArticleId)))
    }

    /// Those with a translation whose source has a revision of substance after the one it was made from, up to the
    /// source's reference revision: the rule of freshness, in the database's words.
    pub(super) fn stale(locale: Option<&LocaleTag>) -> Self {
        let (mine, source, between) = ("e", "s", "r");
        let of = |table: &'static str, column: edition::Column| Expr::col((table, column));
        let moved = |column: revision::Column| Expr::col((between, column));
        let reference = Func::coalesce([
            of(source, edition::Column::LiveNumber),
            of(source, edition::Column::ApprovedNumber),
            of(source, edition::Column::LatestNumber),
        ]);
        let mut rows = Query::select()
            .from_as(revision::Entity, between)
            .join_as(
                JoinType::InnerJoin,
                edition::Entity,
                source,
                of(source, edition::Column::Id).equals((between, revision::Column::EditionId)),
            )
            .join_as(
                JoinType::InnerJoin,
                edition::Entity,
                mine,
                of(mine, edition::Column::ArticleId).equals((source, edition::Column::ArticleId)),
            )
            .and_where(moved(revision::Column::ChangeClass).eq("major"))
            // Nothing was made from less than the first, so that the index leaves out what never changed.
            .and_where(moved(revision::Column::Number).gt(1))
            .and_where(of(source, edition::Column::SourceNumber).is_null())
            .and_where(moved(revision::Column::Number).gt(of(mine, edition::Column::SourceNumber)))
            .and_where(moved(revision::Column::Number).lte(reference))
            .to_owned();
        if let Some(locale) = locale {
            rows.and_where(of(mine, edition::Column::Locale).eq(locale.as_str()));
        }
        Self::of(rows, of(mine, edition::Column::ArticleId))
    }

    fn of(mut rows: SelectStatement, article: Expr) -> Self {
        rows.expr(article.clone());
        Self { rows, article }
    }

    /// Asked of each article on its own.
    pub(super) fn have_it(self) -> Expr {
        let mut rows = self.rows;
        rows.and_where(self.article.equals((Entity, Column::Id)));
        Expr::exists(rows)
    }

    /// The condition of being among them, asked the way that costs less.
    pub(super) async fn condition(self, tx: &impl Tx) -> Result<Condition, Fault> {
        let mut some = self.rows.clone();
        some.limit(FEW + 1);
        let count =
            Query::select().expr(Func::count(Expr::col(Asterisk))).from_subquery(some, Alias::new("some")).to_owned();
        let found = tx.conn().query_one(&count).await?.map(|row| row.try_get_by_index::<i64>(0)).transpose()?;
        let few = found.is_none_or(|found| found.unsigned_abs() <= FEW);
        Ok(Condition::all().add(if few { Column::Id.in_subquery(self.rows) } else { self.have_it() }))
    }
}
