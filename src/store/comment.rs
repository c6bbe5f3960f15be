//! Comments on segments: threads, and what was answered in them.

use std::collections::BTreeSet;

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};

use super::{
    Fault, Tx, WriteTx,
    entity::comment::{ActiveModel, Column, Entity, Model},
    fault::count,
    paging::newest_first,
};
use crate::kernel::{AccountId, CommentId, Cursor, EditionId, Page, PageRequest, Timestamp};

/// A comment.
#[derive(Clone, Debug)]
pub struct Comment {
    /// Its id.
    pub id: CommentId,
    /// The edition.
    pub edition: EditionId,
    /// The number of the revision that was commented.
    pub number: u32,
    /// The key of the segment.
    pub segment: String,
    /// The comment that it answers; none for the first of a thread.
    pub thread: Option<CommentId>,
    /// What it says.
    pub words: String,
    /// Who says it.
    pub by: AccountId,
    /// When.
    pub at: Timestamp,
    /// Who settled the thread, and when.
    pub resolved: Option<(AccountId, Timestamp)>,
}

impl TryFrom<Model> for Comment {
    type Error = Fault;

    fn try_from(row: Model) -> Result<Self, Fault> {
        Ok(Self {
            id: CommentId(row.id),
            edition: EditionId(row.edition_id),
            number: count("comment", row.revision_number)?,
            segment: row.segment,
            thread: row.thread_id.map(CommentId),
            words: row.words,
            by: AccountId(row.created_by),
            at: row.created_at.into(),
            resolved: row.resolved_by.map(AccountId).zip(row.resolved_at.map(Into::into)),
        })
    }
}

/// Adds a comment.
pub async fn insert(tx: &WriteTx, one: &Comment) -> Result<(), Fault> {
    let row = ActiveModel {
        id: Set(one.id.0),
        edition_id: Set(one.edition.0),
        revision_number: Set(one.number.into()),
        segment: Set(one.segment.clone()),
        thread_id: Set(one.thread.map(|id| id.0)),
        words: Set(one.words.clone()),
        created_by: Set(one.by.0),
        created_at: Set(one.at.utc()),
        resolved_by: Set(one.resolved.map(|(by, _)| by.0)),
        resolved_at: Set(one.resolved.map(|(_, at)| at.utc())),
    };
    Entity::insert(row).exec_without_returning(tx.conn()).await?;
    Ok(())
}

/// Settles a thread.
pub async fn resolve(tx: &WriteTx, id: CommentId, by: AccountId, at: Timestamp) -> Result<(), Fault> {
    Entity::update_many()
        .col_expr(Column::ResolvedBy, Expr::value(by.0))
        .col_expr(Column::ResolvedAt, Expr::value(at.utc()))
        .filter(Column::Id.eq(id.0))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// The comment of an id, if it is on this edition.
pub async fn find(tx: &impl Tx, edition: EditionId, id: CommentId) -> Result<Option<Comment>, Fault> {
    let query = Entity::find_by_id(id.0).filter(Column::EditionId.eq(edition.0));
    query.one(tx.conn()).await?.map(Comment::try_from).transpose()
}

/// What a list of threads is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// On this segment.
    pub segment: Option<String>,
    /// Settled, or not.
    pub resolved: Option<bool>,
    /// On one of these revisions; on any where nothing is said.
    pub numbers: Option<BTreeSet<u32>>,
}

/// A page of an edition's threads, newest first.
pub async fn threads(
    tx: &impl Tx,
    edition: EditionId,
    filter: &Filter,
    wanted: PageRequest,
) -> Result<Page<Comment>, Fault> {
    let mut query = Entity::find().filter(Column::EditionId.eq(edition.0)).filter(Column::ThreadId.is_null());
    if let Some(segment) = &filter.segment {
        query = query.filter(Column::Segment.eq(segment));
    }
    if let Some(resolved) = filter.resolved {
        let at = Column::ResolvedAt;
        query = query.filter(if resolved { at.is_not_null() } else { at.is_null() });
    }
    if let Some(numbers) = &filter.numbers {
        query = query.filter(Column::RevisionNumber.is_in(numbers.iter().copied()));
    }
    query = newest_first(query, Column::CreatedAt, Column::Id, wanted);
    let rows = query.all(tx.conn()).await?.into_iter().map(Comment::try_from).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(rows, wanted.limit, |one| Cursor { at: one.at, id: one.id.0 }))
}

/// What was answered in some threads, oldest first.
pub async fn replies(tx: &impl Tx, threads: impl IntoIterator<Item = CommentId>) -> Result<Vec<Comment>, Fault> {
    let rows = Entity::find()
        .filter(Column::ThreadId.is_in(threads.into_iter().map(|id| id.0)))
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id)
        .all(tx.conn())
        .await?;
    rows.into_iter().map(Comment::try_from).collect()
}
