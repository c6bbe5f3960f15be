//! Articles: rows, and lists of what a person may see.

mod filter;
mod members;

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{
    Fault, Tx, WriteTx,
    bulk::{insert_all, some},
    entity::{
        article::{ActiveModel, Column, Entity, Model},
        article_topic,
    },
    fault::{json, parse},
    paging::newest_first,
};
use crate::{
    domain::{details::Details, revision::Shared, workflow::Sensitivity},
    kernel::{AccountId, ArticleId, Code, Cursor, LocaleTag, Page, PageRequest, Timestamp},
};

pub use filter::{Filter, Visible};
use filter::{narrow, visible_condition};

/// An article: what is the same in every language.
#[derive(Clone, Debug)]
pub struct Article {
    /// Its id.
    pub id: ArticleId,
    /// The language that it is written in first.
    pub source_locale: LocaleTag,
    /// What all editions share, as it is now.
    pub shared: Shared,
    /// Whether more care is due with it than with others.
    pub sensitivity: Sensitivity,
    /// The row's version.
    pub version: i64,
    /// Who began it.
    pub created_by: AccountId,
    /// When.
    pub created_at: Timestamp,
    /// When a shared field changed last.
    pub updated_at: Timestamp,
}

fn article(row: Model, topics: &[&str]) -> Result<Article, Fault> {
    let details = row.details.map_or(Ok(Details::new()), |raw| json("article", &raw))?;
    Ok(Article {
        id: ArticleId(row.id),
        source_locale: parse("article", &row.source_locale)?,
        shared: Shared {
            kind: parse("article", &row.kind)?,
            agency: parse("article", &row.agency_code)?,
            topics: topics.iter().map(|code| parse("article_topic", code)).collect::<Result<_, _>>()?,
            place: row.place,
            details,
        },
        sensitivity: row.sensitivity.map_or(Ok(Sensitivity::Normal), |raw| parse("article", &raw))?,
        version: row.version,
        created_by: AccountId(row.created_by),
        created_at: row.created_at.into(),
        updated_at: row.updated_at.into(),
    })
}

fn row(article: &Article) -> ActiveModel {
    let details = (!article.shared.details.is_empty())
        .then(|| serde_json::Value::Object(article.shared.details.clone()).to_string());
    ActiveModel {
        id: Set(article.id.0),
        agency_code: Set(article.shared.agency.to_string()),
        kind: Set(article.shared.kind.to_string()),
        source_locale: Set(article.source_locale.to_string()),
        place: Set(article.shared.place.clone()),
        details: Set(details),
        version: Set(article.version),
        created_by: Set(article.created_by.0),
        created_at: Set(article.created_at.utc()),
        updated_at: Set(article.updated_at.utc()),
        sensitivity: Set(Some(article.sensitivity.to_string())),
    }
}

/// The article of an id.
pub async fn find(tx: &impl Tx, id: ArticleId) -> Result<Option<Article>, Fault> {
    let Some(row) = Entity::find_by_id(id.0).one(tx.conn()).await? else { return Ok(None) };
    Ok(with_topics(tx, vec![row]).await?.pop())
}

/// The articles of some ids.
pub async fn find_many(tx: &impl Tx, ids: impl IntoIterator<Item = ArticleId>) -> Result<Vec<Article>, Fault> {
    let Some(ids) = some(ids.into_iter().map(|id| id.0)) else { return Ok(Vec::new()) };
    let rows = Entity::find().filter(Column::Id.is_in(ids)).all(tx.conn()).await?;
    with_topics(tx, rows).await
}

/// Up to `limit` articles after an id, in the order of their ids.
pub async fn after(tx: &impl Tx, after: Option<ArticleId>, limit: u64) -> Result<Vec<Article>, Fault> {
    let mut query = Entity::find().order_by_asc(Column::Id).limit(limit);
    if let Some(after) = after {
        query = query.filter(Column::Id.gt(after.0));
    }
    with_topics(tx, query.all(tx.conn()).await?).await
}

async fn with_topics(tx: &impl Tx, rows: Vec<Model>) -> Result<Vec<Article>, Fault> {
    let Some(ids) = some(rows.iter().map(|row| row.id)) else { return Ok(Vec::new()) };
    let topics = article_topic::Entity::find()
        .filter(article_topic::Column::ArticleId.is_in(ids))
        .order_by_asc(article_topic::Column::TopicCode)
        .all(tx.conn())
        .await?;
    rows.into_iter()
        .map(|row| {
            let mine: Vec<&str> = topics
                .iter()
                .filter(|topic| topic.article_id == row.id)
                .map(|topic| topic.topic_code.as_str())
                .collect();
            article(row, &mine)
        })
        .collect()
}

/// Adds an article.
pub async fn insert(tx: &WriteTx, article: &Article) -> Result<(), Fault> {
    Entity::insert(row(article)).exec_without_returning(tx.conn()).await?;
    set_topics(tx, article).await
}

/// Adds articles.
pub async fn insert_many(tx: &WriteTx, articles: &[&Article]) -> Result<(), Fault> {
    insert_all(tx, articles.iter().map(|one| row(one))).await?;
    insert_all(tx, articles.iter().flat_map(|one| topic_rows(one))).await
}

/// Writes an article anew.
pub async fn update(tx: &WriteTx, article: &Article) -> Result<(), Fault> {
    Entity::update(row(article)).exec(tx.conn()).await?;
    article_topic::Entity::delete_many()
        .filter(article_topic::Column::ArticleId.eq(article.id.0))
        .exec(tx.conn())
        .await?;
    set_topics(tx, article).await
}

async fn set_topics(tx: &WriteTx, article: &Article) -> Result<(), Fault> {
    insert_all(tx, topic_rows(article)).await
}

fn topic_rows(article: &Article) -> impl Iterator<Item = article_topic::ActiveModel> {
    let topic =
        |code: &Code| article_topic::ActiveModel { article_id: Set(article.id.0), topic_code: Set(code.to_string()) };
    article.shared.topics.iter().map(topic)
}

/// A page of articles, newest first.
pub async fn page(
    tx: &impl Tx,
    visible: &Visible,
    filter: &Filter,
    wanted: PageRequest,
) -> Result<Page<Article>, Fault> {
    let mut query = Entity::find().filter(visible_condition(visible));
    for condition in narrow(tx, filter).await? {
        query = query.filter(condition);
    }
    query = newest_first(query, Column::CreatedAt, Column::Id, wanted);
    let rows = with_topics(tx, query.all(tx.conn()).await?).await?;
    Ok(Page::cut(rows, wanted.limit, |article| Cursor { at: article.created_at, id: article.id.0 }))
}
