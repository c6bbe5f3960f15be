//! Notifications: what people were told, and whether they have read it.

use std::collections::HashMap;

use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::Expr,
};

use super::{
    Fault, Tx, WriteTx,
    bulk::insert_new,
    entity::notification::{ActiveModel, Column, Entity, Model},
    fault::parse,
    paging::newest_first,
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
    /// What else it is about: a delegation, a comment, a suggestion, an order.
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

/// The fact that a notification is about: to whom it was told, it is not told again. A finding that was mended and
/// returns is told again: the audit chain knows which were told.
fn fact(one: &Notification) -> Option<String> {
    if one.kind.is_finding() {
        return None;
    }
    let about = one.about.or(one.case.map(|case| case.0)).map(|id| id.to_string()).unwrap_or_default();
    let stage = one.stage.as_deref().unwrap_or_default();
    // Somebody may be given the same stage again, after it was another's; a webhook may fail again.
    let again = if matches!(one.kind, NoticeKind::Assigned | NoticeKind::WebhookDisabled) {
        one.at.to_string()
    } else {
        String::new()
    };
    Some(format!("{}:{about}:{stage}:{again}", one.kind))
}

/// Tells people what they were not told before.
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
        fact: Set(fact(one)),
    };
    insert_new(tx, all.iter().map(row), &[Column::AccountId, Column::Fact]).await
}

/// Removes what was told before a moment, and of what each was told all but the newest.
pub async fn sweep(tx: &WriteTx, before: Timestamp, most: u64) -> Result<(), Fault> {
    Entity::delete_many().filter(Column::At.lt(before.utc())).exec(tx.conn()).await?;
    let many: Vec<uuid::Uuid> = Entity::find()
        .select_only()
        .column(Column::AccountId)
        .group_by(Column::AccountId)
        .having(Column::Id.count().gt(most))
        .into_tuple()
        .all(tx.conn())
        .await?;
    for who in many {
        let newest = Entity::find().filter(Column::AccountId.eq(who)).order_by_desc(Column::At);
        let last = newest.order_by_desc(Column::Id).offset(most - 1).one(tx.conn()).await?;
        let Some(last) = last else { continue };
        let same = Condition::all().add(Column::At.eq(last.at)).add(Column::Id.lt(last.id));
        Entity::delete_many()
            .filter(Column::AccountId.eq(who))
            .filter(Condition::any().add(Column::At.lt(last.at)).add(same))
            .exec(tx.conn())
            .await?;
    }
    Ok(())
}

/// A page of what somebody was told, newest first; `unread` leaves out what was read.
pub async fn page(tx: &impl Tx, to: AccountId, unread: bool, wanted: PageRequest) -> Result<Page<Notification>, Fault> {
    let mut query = Entity::find().filter(Column::AccountId.eq(to.0));
    if unread {
        query = query.filter(Column::ReadAt.is_null());
    }
    query = newest_first(query, Column::At, Column::Id, wanted);
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

/// How much of some kinds nobody has read, whoever was told.
pub async fn unread_of(tx: &impl Tx, kinds: &[NoticeKind]) -> Result<HashMap<NoticeKind, u64>, Fault> {
    let query = Entity::find()
        .select_only()
        .column(Column::Kind)
        .column_as(Column::Id.count(), "many")
        .filter(Column::Kind.is_in(kinds.iter().map(|kind| kind.as_str())))
        .filter(Column::ReadAt.is_null())
        .group_by(Column::Kind);
    let found: Vec<(String, i64)> = query.into_tuple().all(tx.conn()).await?;
    found
        .into_iter()
        .map(|(kind, many)| Ok((parse("notification", &kind)?, u64::try_from(many).unwrap_or(0))))
        .collect()
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
