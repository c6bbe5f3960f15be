//! Fingerprints: all that the database holds about an article, whatever it says, as one hash. Rows that are the same
//! as when they were last verified need not be verified again, and one that was touched in any column is.

use std::{
    collections::HashMap,
    fmt::{Debug, Write as _},
};

use sea_orm::{ColumnTrait, EntityTrait, Iterable, PrimaryKeyToColumn, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::{
    Fault, Tx,
    entity::{
        article, attestation, carried_decision, decision, edition, live_address, live_event, live_item, live_slug,
        live_tombstone, live_topic, live_version, old_address, publication, review_case, revision, suggestion,
    },
};
use crate::kernel::{ArticleId, Digest};

/// The fingerprints of some articles, and how many rows they were made of.
pub async fn of_articles(tx: &impl Tx, articles: &[ArticleId]) -> Result<(HashMap<ArticleId, Digest>, u64), Fault> {
    let ids: Vec<Uuid> = articles.iter().map(|id| id.0).collect();
    let editions = rows::<edition::Entity>(tx, edition::Column::ArticleId, &ids).await?;
    let article_of: HashMap<Uuid, Uuid> = editions.iter().map(|row| (row.id, row.article_id)).collect();
    let of_editions: Vec<Uuid> = editions.iter().map(|row| row.id).collect();
    let mut texts = Texts { of: ids.iter().map(|id| (*id, String::new())).collect(), rows: 0 };
    texts.add(editions, |row| row.article_id);
    let cases = rows::<review_case::Entity>(tx, review_case::Column::EditionId, &of_editions).await?;
    let case_of: HashMap<Uuid, Uuid> = cases.iter().map(|row| (row.id, article_of[&row.edition_id])).collect();
    let of_cases: Vec<Uuid> = cases.iter().map(|row| row.id).collect();
    texts.add(cases, |row| article_of[&row.edition_id]);

    /// Adds what each table says, by the column that leads to the article.
    macro_rules! add {
        ($($table:ident by $column:ident of $ids:ident: $article:expr;)+) => {$(
            texts.add(rows::<$table::Entity>(tx, $table::Column::$column, &$ids).await?, $article);
        )+};
    }
    add! {
        article by Id of ids: |row| row.id;
        live_item by ArticleId of ids: |row| row.article_id;
        live_version by ArticleId of ids: |row| row.article_id;
        live_event by ArticleId of ids: |row| row.article_id;
        live_tombstone by ArticleId of ids: |row| row.article_id;
        revision by EditionId of of_editions: |row| article_of[&row.edition_id];
        publication by EditionId of of_editions: |row| article_of[&row.edition_id];
        decision by CaseId of of_cases: |row| case_of[&row.case_id];
        carried_decision by CaseId of of_cases: |row| case_of[&row.case_id];
        suggestion by EditionId of of_editions: |row| article_of[&row.edition_id];
        live_topic by EditionId of of_editions: |row| article_of[&row.edition_id];
        live_slug by EditionId of of_editions: |row| article_of[&row.edition_id];
        live_address by EditionId of of_editions: |row| article_of[&row.edition_id];
        attestation by EditionId of of_editions: |row| article_of[&row.edition_id];
        old_address by EditionId of of_editions: |row| article_of[&row.edition_id];
    }
    let prints = texts.of.into_iter().map(|(id, text)| (ArticleId(id), Digest::of(text))).collect();
    Ok((prints, texts.rows))
}

/// What the rows of each article say, one after another.
struct Texts {
    of: HashMap<Uuid, String>,
    rows: u64,
}

impl Texts {
    fn add<M: Debug>(&mut self, rows: Vec<M>, article: impl Fn(&M) -> Uuid) {
        for row in rows {
            self.rows += 1;
            if let Some(text) = self.of.get_mut(&article(&row)) {
                write!(text, "{row:?}").expect("a string takes all that is written");
            }
        }
    }
}

/// The rows that belong to some articles or editions, in the order of their primary keys.
async fn rows<E: EntityTrait>(tx: &impl Tx, column: E::Column, ids: &[Uuid]) -> Result<Vec<E::Model>, Fault> {
    let mut query = E::find().filter(column.is_in(ids.iter().copied()));
    for key in E::PrimaryKey::iter() {
        query = query.order_by_asc(key.into_column());
    }
    Ok(query.all(tx.conn()).await?)
}
