//! Reading the live store: the only door that public reads have. This file names no entity
//! but the live ones, and its handle is refused every write by the database itself.

use sea_orm::{ColumnTrait, Condition, DatabaseConnection, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

mod everywhere;
mod old;
mod shelf;
mod topic;

pub use everywhere::{Span, Tally};
pub use old::Led;
pub use shelf::{Around, Place};

pub use super::row::{Buried, MadeFrom, Old, Selection, Sibling, Stored, Version, Word};
use super::row::{buried, one, readable, stored};
use crate::{
    domain::event::{LiveEvent, LiveEventType},
    kernel::{ArticleId, Cursor, EditionId, LocaleTag, Page, PageRequest, Timestamp},
    store::{
        Fault,
        change::PUBLIC,
        entity::{live_event, live_item, live_tombstone, live_version, live_vocabulary},
        fault::{count, json, parse},
    },
};

/// What a sibling is read from.
type SiblingRow = (Uuid, Uuid, String, String, String, String);

fn sibling_columns() -> [live_item::Column; 6] {
    use live_item::Column::{ArticleId, EditionId, Envelope, Locale, Signature, Slug};
    [EditionId, ArticleId, Locale, Slug, Envelope, Signature]
}

fn sibling((edition, article, locale, slug, envelope, signature): SiblingRow) -> Result<Sibling, Fault> {
    Ok(Sibling {
        edition: EditionId(edition),
        article: ArticleId(article),
        locale: parse("live_item", &locale)?,
        slug: parse("live_item", &slug)?,
        envelope,
        signature,
    })
}

/// The handle of public reads.
#[derive(Clone, Debug)]
pub struct LiveDb(DatabaseConnection);

impl LiveDb {
    pub(in crate::store) fn new(connection: DatabaseConnection) -> Self {
        Self(connection)
    }

    pub(in crate::store) fn connection(&self) -> &DatabaseConnection {
        &self.0
    }

    pub(in crate::store) async fn close(self) -> Result<(), Fault> {
        Ok(self.0.close().await?)
    }

    /// A page of a locale's items, newest first; editions whose rows cannot be read are told apart.
    pub async fn page(
        &self,
        locale: &LocaleTag,
        selection: &Selection,
        wanted: PageRequest,
    ) -> Result<(Page<Stored>, Vec<EditionId>), Fault> {
        use live_item::Column;
        let mut query = live_item::Entity::find()
            .filter(Column::Audience.eq(PUBLIC))
            .filter(Column::Locale.eq(locale.as_str()))
            .order_by_desc(Column::PublishedAt)
            // By the id that an item shows, so that what is outside can sort as we do.
            .order_by_desc(Column::ArticleId)
            .limit(wanted.limit + 1);
        if let Some(topic) = &selection.topic {
            let is_alone = *selection == Selection { topic: Some(topic.clone()), ..Selection::default() };
            let about = topic::editions(locale, topic, wanted, is_alone);
            query = query.filter(Column::EditionId.in_subquery(about));
        }
        if let Some(kind) = selection.kind {
            query = query.filter(Column::Kind.eq(kind.as_str()));
        }
        if let Some(agency) = &selection.agency {
            query = query.filter(Column::AgencyCode.eq(agency.as_str()));
        }
        if let Some(since) = selection.since {
            query = query.filter(Column::PublishedAt.gte(since.utc()));
        }
        if let Some(until) = selection.until {
            query = query.filter(Column::PublishedAt.lt(until.utc()));
        }
        if let Some(after) = wanted.after {
            // The first bound says nothing more, but the index is entered by it.
            let earlier =
                Condition::any().add(Column::PublishedAt.lt(after.at.utc())).add(Column::ArticleId.lt(after.id));
            query = query.filter(Column::PublishedAt.lte(after.at.utc())).filter(earlier);
        }
        let page = Page::cut(query.all(&self.0).await?, wanted.limit, |row| Cursor {
            at: row.published_at.into(),
            id: row.article_id,
        });
        let mut damaged = Vec::new();
        let items = readable(page.items, |row| row.edition_id, stored, &mut damaged);
        Ok((Page { items, next: page.next }, damaged))
    }

    /// The live editions of some articles, without their texts, by locale.
    pub async fn siblings(&self, articles: impl IntoIterator<Item = ArticleId>) -> Result<Vec<Sibling>, Fault> {
        use live_item::Column;
        let rows: Vec<SiblingRow> = live_item::Entity::find()
            .select_only()
            .columns(sibling_columns())
            .filter(Column::Audience.eq(PUBLIC))
            .filter(Column::ArticleId.is_in(articles.into_iter().map(|id| id.0)))
            .order_by_asc(Column::Locale)
            .into_tuple()
            .all(&self.0)
            .await?;
        Ok(readable(rows, |row| row.0, sibling, &mut Vec::new()))
    }

    /// The item of an article in a locale.
    pub async fn item(
        &self,
        article: ArticleId,
        locale: &LocaleTag,
    ) -> Result<Option<Result<Stored, EditionId>>, Fault> {
        let row = live_item::Entity::find()
            .filter(live_item::Column::Audience.eq(PUBLIC))
            .filter(live_item::Column::ArticleId.eq(article.0))
            .filter(live_item::Column::Locale.eq(locale.as_str()))
            .one(&self.0)
            .await?;
        Ok(row.map(one))
    }

    /// What is left of an article in a locale.
    pub async fn tombstone(&self, article: ArticleId, locale: &LocaleTag) -> Result<Option<Buried>, Fault> {
        let row = live_tombstone::Entity::find()
            .filter(live_tombstone::Column::Audience.eq(PUBLIC))
            .filter(live_tombstone::Column::ArticleId.eq(article.0))
            .filter(live_tombstone::Column::Locale.eq(locale.as_str()))
            .one(&self.0)
            .await?;
        row.map(buried).transpose()
    }

    /// What was taken down since a moment of what a feed carried, newest first.
    pub async fn tombstones(
        &self,
        locale: &LocaleTag,
        of: &Selection,
        since: Timestamp,
        limit: u64,
    ) -> Result<Vec<Buried>, Fault> {
        use live_tombstone::Column;
        let query = shelf::stones(locale, of)
            .filter(Column::At.gte(since.utc()))
            .order_by_desc(Column::At)
            .order_by_desc(Column::EditionId)
            .limit(limit);
        Ok(readable(query.all(&self.0).await?, |row| row.edition_id, buried, &mut Vec::new()))
    }

    /// The acts that an edition's version went through, first to last.
    pub async fn versions(&self, article: ArticleId, locale: &LocaleTag, version: u32) -> Result<Vec<Version>, Fault> {
        use live_version::Column;
        let rows = live_version::Entity::find()
            .filter(Column::Audience.eq(PUBLIC))
            .filter(Column::ArticleId.eq(article.0))
            .filter(Column::Locale.eq(locale.as_str()))
            .filter(Column::Version.eq(version))
            .order_by_asc(Column::Sequence)
            .all(&self.0)
            .await?;
        rows.into_iter().map(super::row::version).collect()
    }

    /// The acts of some editions, as envelope and signature, for vouching for what stands beside them.
    pub async fn acts(
        &self,
        editions: impl IntoIterator<Item = EditionId>,
    ) -> Result<Vec<(EditionId, String, String)>, Fault> {
        use live_version::Column;
        let rows: Vec<(Uuid, String, String)> = live_version::Entity::find()
            .select_only()
            .columns([Column::EditionId, Column::Envelope, Column::Signature])
            .filter(Column::Audience.eq(PUBLIC))
            .filter(Column::EditionId.is_in(editions.into_iter().map(|id| id.0)))
            .into_tuple()
            .all(&self.0)
            .await?;
        Ok(rows.into_iter().map(|(id, envelope, signature)| (EditionId(id), envelope, signature)).collect())
    }

    /// The versions of some editions with their texts, first to last.
    pub async fn texts(&self, editions: impl IntoIterator<Item = EditionId>) -> Result<Vec<Version>, Fault> {
        use live_version::Column;
        let rows = live_version::Entity::find()
            .filter(Column::Audience.eq(PUBLIC))
            .filter(Column::EditionId.is_in(editions.into_iter().map(|id| id.0)))
            .filter(Column::Content.is_not_null())
            .order_by_asc(Column::Sequence)
            .all(&self.0)
            .await?;
        rows.into_iter().map(super::row::version).collect()
    }

    /// Events after a number, oldest first.
    pub async fn changes(&self, since: i64, limit: u64) -> Result<Vec<(i64, LiveEvent)>, Fault> {
        let rows = live_event::Entity::find()
            .filter(live_event::Column::Audience.eq(PUBLIC))
            .filter(live_event::Column::Seq.gt(since))
            .order_by_asc(live_event::Column::Seq)
            .limit(limit)
            .all(&self.0)
            .await?;
        rows.into_iter()
            .map(|row| {
                let event = LiveEvent {
                    kind: parse::<LiveEventType>("live_event", &row.kind)?,
                    article: ArticleId(row.article_id),
                    edition: EditionId(row.edition_id),
                    locale: parse("live_event", &row.locale)?,
                    guid: row.guid,
                    version: count("live_event", row.version)?,
                    at: row.at.into(),
                    note: row.note,
                };
                Ok((row.seq, event))
            })
            .collect()
    }

    /// Everything that is public, by edition, for the manifest and for sweeps.
    pub async fn everything(
        &self,
        after: Option<EditionId>,
        limit: u64,
    ) -> Result<(Vec<Stored>, Vec<EditionId>, Option<EditionId>), Fault> {
        let mut query = live_item::Entity::find()
            .filter(live_item::Column::Audience.eq(PUBLIC))
            .order_by_asc(live_item::Column::EditionId)
            .limit(limit + 1);
        if let Some(after) = after {
            query = query.filter(live_item::Column::EditionId.gt(after.0));
        }
        let mut rows = query.all(&self.0).await?;
        let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = rows.len() > wanted;
        rows.truncate(wanted);
        let next = if more { rows.last().map(|row| EditionId(row.edition_id)) } else { None };
        let mut damaged = Vec::new();
        let items = readable(rows, |row| row.edition_id, stored, &mut damaged);
        Ok((items, damaged, next))
    }

    /// All vocabularies.
    pub async fn vocabulary(&self) -> Result<Vec<Word>, Fault> {
        use live_vocabulary::Column;
        let query = live_vocabulary::Entity::find()
            .order_by_asc(Column::Vocabulary)
            .order_by_asc(Column::Position)
            .order_by_asc(Column::Code);
        query
            .all(&self.0)
            .await?
            .into_iter()
            .map(|row| {
                Ok(Word {
                    names: json("live_vocabulary", &row.names)?,
                    fallback: json("live_vocabulary", &row.fallback)?,
                    vocabulary: row.vocabulary,
                    code: row.code,
                    parent: row.parent_code,
                    media_topic: row.media_topic,
                    script: row.script,
                    rtl: row.rtl,
                    position: row.position,
                })
            })
            .collect()
    }
}
