//! Notifications: what people were told, and whether they have read it.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};

use super::{
    Fault, Tx, WriteTx,
    bulk::insert_all,
    entity::notification::{ActiveModel, Column, Entity, Model},
    fault::parse,
};
use crate::{
    domain::notice::NoticeKind,
    kernel::{AccountId, ArticleId, CaseId, Cursor, LocaleTag, NotificationId, Page, PageRequest, Timestamp},
};

/// Something that somebody was told.
#[derive(Clone, Debug)]
pub struct Notification {
    /// Its id.
    pub id: NotificationId,
    /// Who was told.
    pub to: AccountId,
    /// What it is about.
    pub kind: NoticeKind,
    /// The article.
    pub article: Option<ArticleId>,
    /// The edition's language.
    pub locale: Option<LocaleTag>,
    /// The case.
    pub case: Option<CaseId>,
    /// The stage's name.
    pub stage: Option<String>,
    /// What else it is about: a delegation.
    pub about: Option<uuid::Uuid>,
    /// When.
    pub at: Timestamp,
    /// When it was read.
    pub read_at: Option<Timestamp>,
}

impl TryFrom<Model> for Notification {
    type Error = Fault;

    fn try_from(row: Model) -> Result<Self, Fault> {
        Ok(Self {
            id: NotificationId(row.id),
            to: AccountId(row.account_id),
            kind: parse("notification", &row.kind)?,
            article: row.article_id.map(ArticleId),
            locale: row.locale.map(|tag| parse("notification", &tag)).transpose()?,
            case: row.case_id.map(CaseId),
            stage: row.stage,
            about: row.about_id,
            at: row.at.into(),
            read_at: row.read_at.map(Into::into),
        })
    }
}

/// Tells people.
pub async fn insert(tx: &WriteTx, all: &[Notification]) -> Result<(), Fault> {
    let row = |one: &Notification| ActiveModel {
        id: Set(one.id.0),
        account_id: Set(one.to.0),
        kind: Set(one.kind.to_string()),
        article_id: Set(one.article.map(|id| id.0)),
        locale: Set(one.locale.as_ref().map(ToString::to_string)),
        case_id: Set(one.case.map(|id| id.0)),
        stage: Set(one.stage.clone()),
        about_id: Set(one.about),
        at: Set(one.at.utc()),
        read_at: Set(one.read_at.map(Timestamp::utc)),
    };
    insert_all(tx, all.iter().map(row)).await
}

/// A page of what somebody was told, newest first; `unread` leaves out what was read.
pub async fn page(tx: &impl Tx, to: AccountId, unread: bool, wanted: PageRequest) -> Result<Page<Notification>, Fault> {
    let mut query = Entity::find()
        .filter(Column::AccountId.eq(to.0))
        .order_by_desc(Column::At)
        .order_by_desc(Column::Id)
        .limit(wanted.limit + 1);
    if unread {
        query = query.filter(Column::ReadAt.is_null());
    }
    if let Some(after) = wanted.after {
        let same = Condition::all().add(Column::At.eq(after.at.utc())).add(Column::Id.lt(after.id));
        query = query.filter(Condition::any().add(Column::At.lt(after.at.utc())).add(same));
    }
    let rows = query.all(tx.conn()).await?.into_iter().map(Notification::try_from).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(rows, wanted.limit, |one| Cursor { at: one.at, id: one.id.0 }))
}

/// How much somebody has not read, counted up to a limit.
pub async fn unread(tx: &impl Tx, to: AccountId, most: u64) -> Result<u64, Fault> {
    let ids: Vec<uuid::Uuid> = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::AccountId.eq(to.0))
        .filter(Column::ReadAt.is_null())
        .limit(most)
        .into_tuple()
        .all(tx.conn())
        .await?;
    Ok(u64::try_from(ids.len()).unwrap_or(most))
}

/// Marks what somebody was told as read: these, or all.
pub async fn read(tx: &WriteTx, to: AccountId, ids: Option<&[NotificationId]>, at: Timestamp) -> Result<(), Fault> {
    let mut query = Entity::update_many()
        .col_expr(Column::ReadAt, Expr::value(at.utc()))
        .filter(Column::AccountId.eq(to.0))
        .filter(Column::ReadAt.is_null());
    if let Some(ids) = ids {
        query = query.filter(Column::Id.is_in(ids.iter().map(|id| id.0)));
    }
    query.exec(tx.conn()).await?;
    Ok(())
}
