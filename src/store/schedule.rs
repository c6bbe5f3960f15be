//! Orders for a later moment, each with what became of it; no row is ever removed.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
};

use super::{
    Fault, Tx, WriteTx,
    article::Visible,
    bulk::{insert_all, some},
    entity::schedule::{ActiveModel, Column, Entity, Model},
    fault::{count, parse},
};
use crate::{
    domain::schedule::{Deed, Outcome},
    kernel::{
        AccountId, Code, Cursor, Digest, EditionId, Page, PageRequest, PublicationId, ReleaseId, ScheduleId, Timestamp,
    },
};

/// An order for a later moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// Its id.
    pub id: ScheduleId,
    /// The edition.
    pub edition: EditionId,
    /// Who answers for the article.
    pub agency: Code,
    /// Whether it is the article's source: it goes before what was made from it.
    pub is_source: bool,
    /// What it does.
    pub deed: Deed,
    /// The number of the revision that it is about.
    pub number: u32,
    /// The hash of the text that was seen.
    pub hash: Digest,
    /// Whether something in the public text was wrong.
    pub correct: bool,
    /// The public note.
    pub note: String,
    /// Its moment.
    pub due_at: Timestamp,
    /// Until when the text is to be public.
    pub until: Option<Timestamp>,
    /// The release that it is a part of.
    pub release: Option<ReleaseId>,
    /// Who ordered it.
    pub by: AccountId,
    /// When.
    pub ordered_at: Timestamp,
    /// What became of it.
    pub outcome: Outcome,
    /// Why.
    pub why: Option<String>,
    /// How often it was tried in vain.
    pub attempts: u32,
    /// When it is tried next; of a release's member the release says it.
    pub wake_at: Option<Timestamp>,
    /// When it came to its outcome.
    pub settled_at: Option<Timestamp>,
    /// The act that it became.
    pub publication: Option<PublicationId>,
}

impl TryFrom<Model> for Schedule {
    type Error = Fault;

    fn try_from(row: Model) -> Result<Self, Fault> {
        Ok(Self {
            id: ScheduleId(row.id),
            edition: EditionId(row.edition_id),
            agency: parse("schedule", &row.agency_code)?,
            is_source: row.is_source,
            deed: parse("schedule", &row.deed)?,
            number: count("schedule", row.revision_number)?,
            hash: parse("schedule", &row.content_hash)?,
            correct: row.correct,
            note: row.note,
            due_at: row.due_at.into(),
            until: row.until_at.map(Into::into),
            release: row.release_id.map(ReleaseId),
            by: AccountId(row.ordered_by),
            ordered_at: row.ordered_at.into(),
            outcome: parse("schedule", &row.outcome)?,
            why: row.why,
            attempts: count("schedule", row.attempts)?,
            wake_at: row.wake_at.map(Into::into),
            settled_at: row.settled_at.map(Into::into),
            publication: row.publication_id.map(PublicationId),
        })
    }
}

fn row(one: &Schedule) -> ActiveModel {
    ActiveModel {
        id: Set(one.id.0),
        edition_id: Set(one.edition.0),
        agency_code: Set(one.agency.to_string()),
        is_source: Set(one.is_source),
        deed: Set(one.deed.to_string()),
        revision_number: Set(one.number.into()),
        content_hash: Set(one.hash.to_string()),
        correct: Set(one.correct),
        note: Set(one.note.clone()),
        due_at: Set(one.due_at.utc()),
        until_at: Set(one.until.map(Timestamp::utc)),
        release_id: Set(one.release.map(|id| id.0)),
        ordered_by: Set(one.by.0),
        ordered_at: Set(one.ordered_at.utc()),
        outcome: Set(one.outcome.to_string()),
        why: Set(one.why.clone()),
        attempts: Set(one.attempts.into()),
        wake_at: Set(one.wake_at.map(Timestamp::utc)),
        settled_at: Set(one.settled_at.map(Timestamp::utc)),
        publication_id: Set(one.publication.map(|id| id.0)),
    }
}

fn all(rows: Vec<Model>) -> Result<Vec<Schedule>, Fault> {
    rows.into_iter().map(Schedule::try_from).collect()
}

/// Adds orders.
pub async fn insert_many(tx: &WriteTx, orders: &[&Schedule]) -> Result<(), Fault> {
    let rows: Vec<_> = orders.iter().map(|one| row(one)).collect();
    insert_all(tx, rows).await
}

/// Writes an order anew.
pub async fn update(tx: &WriteTx, one: &Schedule) -> Result<(), Fault> {
    Entity::update(row(one)).exec(tx.conn()).await?;
    Ok(())
}

/// The order of an id.
pub async fn find(tx: &impl Tx, id: ScheduleId) -> Result<Option<Schedule>, Fault> {
    Entity::find_by_id(id.0).one(tx.conn()).await?.map(Schedule::try_from).transpose()
}

/// The newest order of a deed for an edition.
pub async fn newest(tx: &impl Tx, edition: EditionId, deed: Deed) -> Result<Option<Schedule>, Fault> {
    let query = Entity::find()
        .filter(Column::EditionId.eq(edition.0))
        .filter(Column::Deed.eq(deed.as_str()))
        .order_by_desc(Column::Id);
    query.one(tx.conn()).await?.map(Schedule::try_from).transpose()
}

/// The orders that wait for some editions.
pub async fn waiting(tx: &impl Tx, editions: impl IntoIterator<Item = EditionId>) -> Result<Vec<Schedule>, Fault> {
    let Some(editions) = some(editions.into_iter().map(|id| id.0)) else { return Ok(Vec::new()) };
    let query = Entity::find()
        .filter(Column::EditionId.is_in(editions))
        .filter(Column::Outcome.eq(Outcome::Waiting.as_str()))
        .order_by_asc(Column::Id);
    all(query.all(tx.conn()).await?)
}

/// The members of a release, in the order in which they were named.
pub async fn members(tx: &impl Tx, release: ReleaseId) -> Result<Vec<Schedule>, Fault> {
    all(Entity::find().filter(Column::ReleaseId.eq(release.0)).order_by_asc(Column::Id).all(tx.conn()).await?)
}

/// Orders to be carried out by a moment, the earliest first, and of one moment the sources first.
pub async fn due(tx: &impl Tx, now: Timestamp, limit: u64) -> Result<Vec<ScheduleId>, Fault> {
    let query = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::Outcome.eq(Outcome::Waiting.as_str()))
        .filter(Column::WakeAt.lte(now.utc()))
        .order_by_asc(Column::WakeAt)
        .order_by_desc(Column::IsSource)
        .order_by_asc(Column::Id)
        .limit(limit);
    let ids: Vec<uuid::Uuid> = query.into_tuple().all(tx.conn()).await?;
    Ok(ids.into_iter().map(ScheduleId).collect())
}

/// How many orders came to an outcome, all or those whose moment was not before another.
pub async fn how_many(tx: &impl Tx, outcome: Outcome, from: Option<Timestamp>) -> Result<u64, Fault> {
    let query = Entity::find()
        .filter(Column::Outcome.eq(outcome.as_str()))
        .apply_if(from, |query, from| query.filter(Column::DueAt.gte(from.utc())));
    Ok(query.count(tx.conn()).await?)
}

/// The moment of the order that should have been carried out first, where one is due and waits.
pub async fn due_since(tx: &impl Tx, now: Timestamp) -> Result<Option<Timestamp>, Fault> {
    let query = Entity::find()
        .filter(Column::Outcome.eq(Outcome::Waiting.as_str()))
        .filter(Column::DueAt.lte(now.utc()))
        .order_by_asc(Column::DueAt);
    Ok(query.one(tx.conn()).await?.map(|row| row.due_at.into()))
}

/// A page of the orders of what a person may see, the latest moment first.
pub async fn page(
    tx: &impl Tx,
    visible: &Visible,
    outcome: Option<Outcome>,
    wanted: PageRequest,
) -> Result<Page<Schedule>, Fault> {
    let query = Entity::find()
        .apply_if((!visible.all).then_some(&visible.agencies), |query, agencies| {
            query.filter(Column::AgencyCode.is_in(agencies.iter().map(ToString::to_string)))
        })
        .apply_if(outcome, |query, outcome| query.filter(Column::Outcome.eq(outcome.as_str())))
        .apply_if(wanted.after, |query, after| {
            let earlier = Condition::any()
                .add(Column::DueAt.lt(after.at.utc()))
                .add(Condition::all().add(Column::DueAt.eq(after.at.utc())).add(Column::Id.lt(after.id)));
            // The first bound says nothing more, but the index is entered by it.
            query.filter(Column::DueAt.lte(after.at.utc())).filter(earlier)
        })
        .order_by_desc(Column::DueAt)
        .order_by_desc(Column::Id)
        .limit(wanted.limit + 1);
    let found = all(query.all(tx.conn()).await?)?;
    Ok(Page::cut(found, wanted.limit, |one| Cursor { at: one.due_at, id: one.id.0 }))
}
