//! Editions: an article in one language.

use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, Query},
};

use super::{
    Fault, Tx, WriteTx,
    bulk::{insert_all, some},
    entity::{
        edition::{ActiveModel, Column, Entity, Model},
        revision,
    },
    fault::{count, parse},
};
use crate::kernel::{ArticleId, CaseId, EditionId, LocaleTag, PublicationId, Slug, Timestamp};

/// An edition and what it points at.
#[derive(Clone, Debug)]
pub struct Edition {
    /// Its id.
    pub id: EditionId,
    /// Its article.
    pub article: ArticleId,
    /// Its language.
    pub locale: LocaleTag,
    /// Its guid, once it was published.
    pub guid: Option<String>,
    /// The newest revision's number.
    pub latest: u32,
    /// The source revision that the newest one was made from; none for the source edition.
    pub source: Option<u32>,
    /// The revision that the newest approval covers.
    pub approved: Option<u32>,
    /// The revision that is public.
    pub live: Option<u32>,
    /// The newest case.
    pub case: Option<CaseId>,
    /// The newest publication.
    pub publication: Option<PublicationId>,
    /// The row's version.
    pub version: i64,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When it changed last.
    pub updated_at: Timestamp,
}

impl TryFrom<Model> for Edition {
    type Error = Fault;

    fn try_from(row: Model) -> Result<Self, Fault> {
        let number = |raw: Option<i64>| raw.map(|raw| count("edition", raw)).transpose();
        Ok(Self {
            id: EditionId(row.id),
            article: ArticleId(row.article_id),
            locale: parse("edition", &row.locale)?,
            guid: row.guid,
            latest: count("edition", row.latest_number)?,
            source: number(row.source_number)?,
            approved: number(row.approved_number)?,
            live: number(row.live_number)?,
            case: row.case_id.map(CaseId),
            publication: row.publication_id.map(PublicationId),
            version: row.version,
            created_at: row.created_at.into(),
            updated_at: row.updated_at.into(),
        })
    }
}

fn row(edition: &Edition) -> ActiveModel {
    ActiveModel {
        id: Set(edition.id.0),
        article_id: Set(edition.article.0),
        locale: Set(edition.locale.to_string()),
        guid: Set(edition.guid.clone()),
        latest_number: Set(edition.latest.into()),
        source_number: Set(edition.source.map(Into::into)),
        approved_number: Set(edition.approved.map(Into::into)),
        live_number: Set(edition.live.map(Into::into)),
        case_id: Set(edition.case.map(|id| id.0)),
        publication_id: Set(edition.publication.map(|id| id.0)),
        version: Set(edition.version),
        created_at: Set(edition.created_at.utc()),
        updated_at: Set(edition.updated_at.utc()),
    }
}

/// Whether any was ever begun.
pub async fn is_any(tx: &impl Tx) -> Result<bool, Fault> {
    Ok(Entity::find().one(tx.conn()).await?.is_some())
}

/// The edition of an article in a locale.
pub async fn find(tx: &impl Tx, article: ArticleId, locale: &LocaleTag) -> Result<Option<Edition>, Fault> {
    let query = Entity::find().filter(Column::ArticleId.eq(article.0)).filter(Column::Locale.eq(locale.as_str()));
    query.one(tx.conn()).await?.map(Edition::try_from).transpose()
}

/// The editions of some articles, by locale.
pub async fn find_by_articles(
    tx: &impl Tx,
    articles: impl IntoIterator<Item = ArticleId>,
) -> Result<Vec<Edition>, Fault> {
    let Some(ids) = some(articles.into_iter().map(|id| id.0)) else { return Ok(Vec::new()) };
    let rows = Entity::find().filter(Column::ArticleId.is_in(ids)).order_by_asc(Column::Locale).all(tx.conn()).await?;
    rows.into_iter().map(Edition::try_from).collect()
}

/// The editions of some ids.
pub async fn find_many(tx: &impl Tx, ids: impl IntoIterator<Item = EditionId>) -> Result<Vec<Edition>, Fault> {
    let Some(ids) = some(ids.into_iter().map(|id| id.0)) else { return Ok(Vec::new()) };
    let rows = Entity::find().filter(Column::Id.is_in(ids)).all(tx.conn()).await?;
    rows.into_iter().map(Edition::try_from).collect()
}

/// Up to `limit` editions after an id, for sweeps; one that cannot be understood is an id alone.
pub async fn after(
    tx: &impl Tx,
    after: Option<EditionId>,
    limit: u64,
) -> Result<Vec<(EditionId, Option<Edition>)>, Fault> {
    use sea_orm::QuerySelect;
    let mut query = Entity::find().order_by_asc(Column::Id).limit(limit);
    if let Some(after) = after {
        query = query.filter(Column::Id.gt(after.0));
    }
    match query.clone().all(tx.conn()).await.map_err(Fault::from) {
        Ok(rows) => Ok(rows.into_iter().map(|row| (EditionId(row.id), Edition::try_from(row).ok())).collect()),
        Err(fault) if fault.is_corrupt() => {
            let ids: Vec<uuid::Uuid> = query.select_only().column(Column::Id).into_tuple().all(tx.conn()).await?;
            let mut found = Vec::with_capacity(ids.len());
            for id in ids {
                let row = match Entity::find_by_id(id).one(tx.conn()).await.map_err(Fault::from) {
                    Err(fault) if fault.is_corrupt() => None,
                    row => row?,
                };
                found.push((EditionId(id), row.and_then(|row| Edition::try_from(row).ok())));
            }
            Ok(found)
        }
        Err(fault) => Err(fault),
    }
}

/// How many there are.
pub async fn how_many(tx: &impl Tx) -> Result<u64, Fault> {
    use sea_orm::PaginatorTrait as _;
    Ok(Entity::find().count(tx.conn()).await?)
}

/// Adds an edition.
pub async fn insert(tx: &WriteTx, edition: &Edition) -> Result<(), Fault> {
    Entity::insert(row(edition)).exec_without_returning(tx.conn()).await?;
    Ok(())
}

/// Adds editions.
pub async fn insert_many(tx: &WriteTx, editions: &[&Edition]) -> Result<(), Fault> {
    insert_all(tx, editions.iter().map(|one| row(one))).await
}

/// Writes an edition anew.
pub async fn update(tx: &WriteTx, edition: &Edition) -> Result<(), Fault> {
    Entity::update(row(edition)).exec(tx.conn()).await?;
    Ok(())
}

/// Which of some slugs the newest texts of editions have, in which locales.
pub async fn slugs_in_use(tx: &impl Tx, slugs: &[&Slug]) -> Result<Vec<(LocaleTag, Slug)>, Fault> {
    let mut found = Vec::new();
    for some in slugs.chunks(500) {
        let query = Query::select()
            .column((Entity, Column::Locale))
            .column((revision::Entity, revision::Column::Slug))
            .from(revision::Entity)
            .inner_join(Entity, Expr::col((revision::Entity, revision::Column::EditionId)).equals((Entity, Column::Id)))
            .and_where(Expr::col((revision::Entity, revision::Column::Number)).equals((Entity, Column::LatestNumber)))
            .and_where(
                Expr::col((revision::Entity, revision::Column::Slug)).is_in(some.iter().map(|slug| slug.as_str())),
            )
            .to_owned();
        for row in tx.conn().query_all(&query).await? {
            let (locale, slug): (String, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
            found.push((parse("edition", &locale)?, parse("revision", &slug)?));
        }
    }
    Ok(found)
}

/// Whether another edition's newest text has a slug in a locale.
pub async fn slug_in_use(tx: &impl Tx, locale: &LocaleTag, slug: &Slug, but: EditionId) -> Result<bool, Fault> {
    let other = Query::select()
        .column((Entity, Column::Id))
        .from(Entity)
        .inner_join(
            revision::Entity,
            Expr::col((revision::Entity, revision::Column::EditionId)).equals((Entity, Column::Id)),
        )
        .and_where(Expr::col((revision::Entity, revision::Column::Number)).equals((Entity, Column::LatestNumber)))
        .and_where(Expr::col((revision::Entity, revision::Column::Slug)).eq(slug.as_str()))
        .and_where(Expr::col((Entity, Column::Locale)).eq(locale.as_str()))
        .and_where(Expr::col((Entity, Column::Id)).ne(but.0))
        .limit(1)
        .to_owned();
    Ok(tx.conn().query_one(&other).await?.is_some())
}
