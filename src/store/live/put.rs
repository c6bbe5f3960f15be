//! Writing the live store, in the transaction of the publication.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use super::stones;
use crate::{
    domain::{article::Kind, publication::TakeDown},
    kernel::{ArticleId, Code, EditionId, LocaleTag, Slug, Timestamp},
    store::{
        Fault, Tx, WriteTx,
        bulk::insert_all,
        change::PUBLIC,
        entity::{live_item, live_slug, live_tombstone, live_topic, live_version},
        fault::{count, json, parse},
        publication::Publication,
    },
};

/// The source edition that a live translation was made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiveSource {
    /// Its language.
    pub locale: LocaleTag,
    /// The number of its revision.
    pub number: u32,
    /// Its published version with that text, if there is one.
    pub version: Option<u32>,
    /// The newest revision of substance that it ever had public.
    pub major: u32,
}

/// An edition as it goes public.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiveItem {
    /// The edition.
    pub edition: EditionId,
    /// The article.
    pub article: ArticleId,
    /// The language.
    pub locale: LocaleTag,
    /// The slug.
    pub slug: Slug,
    /// The kind.
    pub kind: Kind,
    /// The agency.
    pub agency: Code,
    /// The topics and all that they are part of.
    pub topics: Vec<Code>,
    /// The canonical content.
    pub content: String,
    /// The canonical envelope of the newest act.
    pub envelope: String,
    /// The signature over it.
    pub signature: String,
    /// Envelope and signature of each correction, oldest first.
    pub corrections: Vec<(String, String)>,
    /// The number of the revision that is public.
    pub number: u32,
    /// The newest revision of substance up to it.
    pub major: u32,
    /// The source, if this is a translation.
    pub source: Option<LiveSource>,
    /// First publication.
    pub published_at: Timestamp,
    /// Newest act.
    pub updated_at: Timestamp,
}

/// What stays of an edition that was taken down.
#[derive(Clone, Debug)]
pub struct LiveTombstone {
    /// What it was.
    pub was: LiveItem,
    /// How it was taken down.
    pub how: TakeDown,
    /// The canonical envelope of the act.
    pub envelope: String,
    /// The signature over it.
    pub signature: String,
    /// When.
    pub at: Timestamp,
}

/// Makes an item public, in the place of what the edition had public.
pub async fn put(tx: &WriteTx, item: &LiveItem, publication: &Publication) -> Result<(), Fault> {
    let conn = tx.conn();
    let id = (PUBLIC.to_owned(), item.edition.0);
    live_item::Entity::delete_by_id(id.clone()).exec(conn).await?;
    live_tombstone::Entity::delete_by_id(id).exec(conn).await?;
    live_item::Entity::insert(item_row(item)?).exec_without_returning(conn).await?;
    set_topics(tx, item.edition, &item.locale, item.published_at, &item.topics).await?;
    live_slug::Entity::delete_by_id((PUBLIC.to_owned(), item.locale.to_string(), item.slug.to_string()))
        .exec(conn)
        .await?;
    live_slug::Entity::insert(slug_row(item)).exec_without_returning(conn).await?;
    // What is public again is kept already, under the act that made its version.
    keep_version(tx, item, publication, publication.act.makes_version().then(|| item.content.clone())).await
}

/// Makes items public of editions that never were.
pub async fn put_first(tx: &WriteTx, all: &[(&LiveItem, &Publication)]) -> Result<(), Fault> {
    let items: Vec<_> = all.iter().map(|(item, _)| item_row(item)).collect::<Result<_, _>>()?;
    insert_all(tx, items).await?;
    let topics = all.iter().flat_map(|(item, _)| {
        item.topics.iter().map(|code| topic_row(item.edition, &item.locale, item.published_at, code))
    });
    insert_all(tx, topics).await?;
    insert_all(tx, all.iter().map(|(item, _)| slug_row(item))).await?;
    insert_all(tx, all.iter().map(|(item, made)| version_row(item, made, Some(item.content.clone())))).await
}

fn slug_row(item: &LiveItem) -> live_slug::ActiveModel {
    live_slug::ActiveModel {
        audience: Set(PUBLIC.to_owned()),
        locale: Set(item.locale.to_string()),
        slug: Set(item.slug.to_string()),
        edition_id: Set(item.edition.0),
    }
}

fn item_row(item: &LiveItem) -> Result<live_item::ActiveModel, Fault> {
    let corrections = serde_json::to_string(&item.corrections).map_err(|error| Fault::corrupt("live_item", error))?;
    Ok(live_item::ActiveModel {
        audience: Set(PUBLIC.to_owned()),
        edition_id: Set(item.edition.0),
        article_id: Set(item.article.0),
        locale: Set(item.locale.to_string()),
        slug: Set(item.slug.to_string()),
        kind: Set(item.kind.to_string()),
        agency_code: Set(item.agency.to_string()),
        content: Set(item.content.clone()),
        envelope: Set(item.envelope.clone()),
        signature: Set(item.signature.clone()),
        corrections: Set(corrections),
        revision_number: Set(item.number.into()),
        major_number: Set(item.major.into()),
        source_locale: Set(item.source.as_ref().map(|source| source.locale.to_string())),
        source_number: Set(item.source.as_ref().map(|source| source.number.into())),
        source_version: Set(item.source.as_ref().and_then(|source| source.version).map(Into::into)),
        source_major: Set(item.source.as_ref().map(|source| source.major.into())),
        published_at: Set(item.published_at.utc()),
        updated_at: Set(item.updated_at.utc()),
    })
}

/// Takes an item out of public view and leaves its tombstone.
pub async fn take(tx: &WriteTx, gone: &LiveTombstone, publication: &Publication) -> Result<(), Fault> {
    let conn = tx.conn();
    let item = &gone.was;
    live_item::Entity::delete_by_id((PUBLIC.to_owned(), item.edition.0)).exec(conn).await?;
    // What was withdrawn and is retracted now has one tombstone, the newer one.
    live_tombstone::Entity::delete_by_id((PUBLIC.to_owned(), item.edition.0)).exec(conn).await?;
    clear_topics(tx, item.edition).await?;
    let row = live_tombstone::ActiveModel {
        audience: Set(PUBLIC.to_owned()),
        edition_id: Set(item.edition.0),
        article_id: Set(item.article.0),
        locale: Set(item.locale.to_string()),
        slug: Set(item.slug.to_string()),
        kind: Set(item.kind.to_string()),
        agency_code: Set(item.agency.to_string()),
        topics: Set(stones::listed(&item.topics)?),
        envelope: Set(gone.envelope.clone()),
        signature: Set(gone.signature.clone()),
        published_at: Set(item.published_at.utc()),
        at: Set(gone.at.utc()),
    };
    live_tombstone::Entity::insert(row).exec_without_returning(conn).await?;
    keep_version(tx, item, publication, None).await
}

/// What is public of an article, topics left out, for the rules of publishing.
pub async fn items_of_article(tx: &impl Tx, article: ArticleId) -> Result<Vec<LiveItem>, Fault> {
    let rows = live_item::Entity::find()
        .filter(live_item::Column::Audience.eq(PUBLIC))
        .filter(live_item::Column::ArticleId.eq(article.0))
        .all(tx.conn())
        .await?;
    let mut items = Vec::with_capacity(rows.len());
    for row in rows {
        let topics = live_topic::Entity::find()
            .filter(live_topic::Column::Audience.eq(PUBLIC))
            .filter(live_topic::Column::EditionId.eq(row.edition_id))
            .all(tx.conn())
            .await?;
        items.push(item(row, &topics)?);
    }
    Ok(items)
}

/// Writes anew under which topics live editions are found, after a topic moved in the tree.
pub async fn retopic(
    tx: &WriteTx,
    edition: EditionId,
    locale: &LocaleTag,
    at: Timestamp,
    topics: &[Code],
) -> Result<(), Fault> {
    set_topics(tx, edition, locale, at, topics).await
}

fn item(row: live_item::Model, topics: &[live_topic::Model]) -> Result<LiveItem, Fault> {
    let source = match (row.source_locale, row.source_number) {
        (Some(locale), Some(number)) => Some(LiveSource {
            locale: parse("live_item", &locale)?,
            number: count("live_item", number)?,
            version: row.source_version.map(|version| count("live_item", version)).transpose()?,
            major: row.source_major.map_or(Ok(0), |major| count("live_item", major))?,
        }),
        (None, None) if row.source_version.is_none() && row.source_major.is_none() => None,
        _ => return Err(Fault::corrupt("live_item", "half a source")),
    };
    let mut topics: Vec<Code> =
        topics.iter().map(|topic| parse("live_topic", &topic.topic_code)).collect::<Result<_, _>>()?;
    topics.sort();
    Ok(LiveItem {
        edition: EditionId(row.edition_id),
        article: ArticleId(row.article_id),
        locale: parse("live_item", &row.locale)?,
        slug: parse("live_item", &row.slug)?,
        kind: parse("live_item", &row.kind)?,
        agency: parse("live_item", &row.agency_code)?,
        topics,
        content: row.content,
        envelope: row.envelope,
        signature: row.signature,
        corrections: json("live_item", &row.corrections)?,
        number: count("live_item", row.revision_number)?,
        major: count("live_item", row.major_number)?,
        source,
        published_at: row.published_at.into(),
        updated_at: row.updated_at.into(),
    })
}

async fn clear_topics(tx: &WriteTx, edition: EditionId) -> Result<(), Fault> {
    live_topic::Entity::delete_many()
        .filter(live_topic::Column::Audience.eq(PUBLIC))
        .filter(live_topic::Column::EditionId.eq(edition.0))
        .exec(tx.conn())
        .await?;
    Ok(())
}

async fn set_topics(
    tx: &WriteTx,
    edition: EditionId,
    locale: &LocaleTag,
    at: Timestamp,
    topics: &[Code],
) -> Result<(), Fault> {
    clear_topics(tx, edition).await?;
    let rows: Vec<_> = topics.iter().map(|code| topic_row(edition, locale, at, code)).collect();
    insert_all(tx, rows).await
}

fn topic_row(edition: EditionId, locale: &LocaleTag, at: Timestamp, code: &Code) -> live_topic::ActiveModel {
    live_topic::ActiveModel {
        audience: Set(PUBLIC.to_owned()),
        edition_id: Set(edition.0),
        topic_code: Set(code.to_string()),
        locale: Set(locale.to_string()),
        published_at: Set(at.utc()),
    }
}

async fn keep_version(
    tx: &WriteTx,
    item: &LiveItem,
    publication: &Publication,
    content: Option<String>,
) -> Result<(), Fault> {
    insert_all(tx, [version_row(item, publication, content)]).await
}

fn version_row(item: &LiveItem, publication: &Publication, content: Option<String>) -> live_version::ActiveModel {
    live_version::ActiveModel {
        audience: Set(PUBLIC.to_owned()),
        edition_id: Set(item.edition.0),
        sequence: Set(publication.sequence.into()),
        article_id: Set(item.article.0),
        locale: Set(item.locale.to_string()),
        version: Set(publication.version.into()),
        content: Set(content),
        envelope: Set(publication.envelope.clone()),
        signature: Set(publication.signature.clone()),
    }
}

/// Live editions that are found under a topic, with the topics that their content names.
pub async fn under_topic(
    tx: &impl Tx,
    topic: &Code,
) -> Result<Vec<(EditionId, LocaleTag, Timestamp, Vec<Code>)>, Fault> {
    let rows = live_topic::Entity::find()
        .filter(live_topic::Column::Audience.eq(PUBLIC))
        .filter(live_topic::Column::TopicCode.eq(topic.as_str()))
        .all(tx.conn())
        .await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(item) = live_item::Entity::find_by_id((PUBLIC.to_owned(), row.edition_id)).one(tx.conn()).await?
        else {
            continue;
        };
        let mut content: serde_json::Value = json("live_item", &item.content)?;
        let own: Vec<String> =
            serde_json::from_value(content["topics"].take()).map_err(|error| Fault::corrupt("live_item", error))?;
        let own = own.iter().map(|code| parse("live_item", code)).collect::<Result<_, _>>()?;
        found.push((EditionId(row.edition_id), parse("live_item", &item.locale)?, item.published_at.into(), own));
    }
    Ok(found)
}

/// Every edition that has a live row, whatever is in it.
pub async fn editions(tx: &impl Tx) -> Result<Vec<EditionId>, Fault> {
    let rows: Vec<uuid::Uuid> = live_item::Entity::find()
        .select_only()
        .column(live_item::Column::EditionId)
        .into_tuple()
        .all(tx.conn())
        .await?;
    Ok(rows.into_iter().map(EditionId).collect())
}

/// Whether a live edition is found under its slug, and its audience is one that we know.
pub async fn is_reachable(tx: &impl Tx, edition: EditionId) -> Result<bool, Fault> {
    let Some(item) = live_item::Entity::find_by_id((PUBLIC.to_owned(), edition.0)).one(tx.conn()).await? else {
        return Ok(false);
    };
    let slug = live_slug::Entity::find_by_id((PUBLIC.to_owned(), item.locale, item.slug)).one(tx.conn()).await?;
    Ok(slug.is_some_and(|slug| slug.edition_id == edition.0))
}
