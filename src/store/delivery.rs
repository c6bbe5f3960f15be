//! Messages to webhooks, each with how it fared.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, sea_query::Expr,
};

use super::{
    Fault, Tx, WriteTx,
    bulk::insert_new,
    entity::{
        delivery::{ActiveModel, Column, Entity, Model},
        webhook,
    },
    fault::{count, parse},
    paging::newest_first,
};
use crate::{
    domain::delivery::{DeliveryState, MessageType},
    kernel::{ArticleId, Cursor, DeliveryId, Page, PageRequest, Timestamp, WebhookId},
};

/// A message to a webhook.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// Its id, the same at every attempt.
    pub id: DeliveryId,
    /// Whom it goes to.
    pub webhook: WebhookId,
    /// The number of the public event that it tells of.
    pub seq: i64,
    /// The article: messages about one go out one after the other.
    pub article: ArticleId,
    /// What it tells.
    pub kind: MessageType,
    /// What is sent, byte for byte.
    pub body: String,
    /// How it stands.
    pub state: DeliveryState,
    /// Attempts so far.
    pub attempts: u32,
    /// When it is tried next.
    pub next_at: Option<Timestamp>,
    /// When it was tried last.
    pub tried_at: Option<Timestamp>,
    /// The status of the last answer.
    pub status: Option<u16>,
    /// Why there was no answer.
    pub problem: Option<String>,
    /// When it came about.
    pub created_at: Timestamp,
    /// When it was taken or given up.
    pub settled_at: Option<Timestamp>,
}

impl Delivery {
    /// The name of the message, the same at every attempt.
    pub fn message_id(&self) -> String {
        format!("msg_{}", self.id.0.simple())
    }
}

impl TryFrom<Model> for Delivery {
    type Error = Fault;

    fn try_from(row: Model) -> Result<Self, Fault> {
        let status = row.status.map(u16::try_from).transpose();
        Ok(Self {
            id: DeliveryId(row.id),
            webhook: WebhookId(row.webhook_id),
            seq: row.seq,
            article: ArticleId(row.article_id),
            kind: parse("delivery", &row.kind)?,
            body: row.body,
            state: parse("delivery", &row.state)?,
            attempts: count("delivery", row.attempts)?,
            next_at: row.next_at.map(Into::into),
            tried_at: row.tried_at.map(Into::into),
            status: status.map_err(|error| Fault::corrupt("delivery", error))?,
            problem: row.problem,
            created_at: row.created_at.into(),
            settled_at: row.settled_at.map(Into::into),
        })
    }
}

fn row(one: &Delivery) -> ActiveModel {
    ActiveModel {
        id: Set(one.id.0),
        webhook_id: Set(one.webhook.0),
        seq: Set(one.seq),
        article_id: Set(one.article.0),
        kind: Set(one.kind.to_string()),
        body: Set(one.body.clone()),
        state: Set(one.state.to_string()),
        attempts: Set(one.attempts.into()),
        next_at: Set(one.next_at.map(Timestamp::utc)),
        tried_at: Set(one.tried_at.map(Timestamp::utc)),
        status: Set(one.status.map(Into::into)),
        problem: Set(one.problem.clone()),
        created_at: Set(one.created_at.utc()),
        settled_at: Set(one.settled_at.map(Timestamp::utc)),
    }
}

/// Adds messages; one about an event that somebody has a message of already is left out.
pub async fn insert(tx: &WriteTx, all: &[Delivery]) -> Result<(), Fault> {
    insert_new(tx, all.iter().map(row), &[Column::WebhookId, Column::Seq]).await
}

/// Writes one anew, if it is there still.
pub async fn update(tx: &WriteTx, one: &Delivery) -> Result<(), Fault> {
    Entity::update_many().set(row(one)).filter(Column::Id.eq(one.id.0)).exec(tx.conn()).await?;
    Ok(())
}

/// One of an id.
pub async fn find(tx: &impl Tx, webhook: WebhookId, id: DeliveryId) -> Result<Option<Delivery>, Fault> {
    let row = Entity::find_by_id(id.0).filter(Column::WebhookId.eq(webhook.0)).one(tx.conn()).await?;
    row.map(Delivery::try_from).transpose()
}

/// A page of those of a webhook, newest first, of one state or of all.
pub async fn page(
    tx: &impl Tx,
    webhook: WebhookId,
    state: Option<DeliveryState>,
    wanted: PageRequest,
) -> Result<Page<Delivery>, Fault> {
    let mut query = Entity::find().filter(Column::WebhookId.eq(webhook.0));
    if let Some(state) = state {
        query = query.filter(Column::State.eq(state.as_str()));
    }
    query = newest_first(query, Column::CreatedAt, Column::Id, wanted);
    let rows = query.all(tx.conn()).await?.into_iter().map(Delivery::try_from).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(rows, wanted.limit, |one| Cursor { at: one.created_at, id: one.id.0 }))
}

/// The webhooks that are switched on and have a message whose moment has come.
pub async fn due_webhooks(tx: &impl Tx, now: Timestamp) -> Result<Vec<WebhookId>, Fault> {
    let on = webhook::Entity::find().select_only().column(webhook::Column::Id);
    let on = on.filter(webhook::Column::Disabled.is_null()).into_query();
    let ids: Vec<uuid::Uuid> = Entity::find()
        .select_only()
        .column(Column::WebhookId)
        .distinct()
        .filter(Column::State.eq(DeliveryState::Waiting.as_str()))
        .filter(Column::NextAt.lte(now.utc()))
        .filter(Column::WebhookId.in_subquery(on))
        .into_tuple()
        .all(tx.conn())
        .await?;
    Ok(ids.into_iter().map(WebhookId).collect())
}

/// The messages to a webhook whose moment has come: of each article the first that was not taken, and no other, so
/// that no later one overtakes it.
pub async fn due(tx: &impl Tx, webhook: WebhookId, now: Timestamp, most: u64) -> Result<Vec<Delivery>, Fault> {
    let waiting =
        Condition::all().add(Column::WebhookId.eq(webhook.0)).add(Column::State.eq(DeliveryState::Waiting.as_str()));
    let first = Entity::find()
        .select_only()
        .column_as(Expr::col(Column::Seq).min(), "first")
        .filter(waiting.clone())
        .group_by(Column::ArticleId)
        .into_query();
    let rows = Entity::find()
        .filter(waiting)
        .filter(Column::NextAt.lte(now.utc()))
        .filter(Column::Seq.in_subquery(first))
        .order_by_asc(Column::Seq)
        .limit(most)
        .all(tx.conn())
        .await?;
    rows.into_iter().map(Delivery::try_from).collect()
}

/// Removes what was settled before a moment.
pub async fn sweep(tx: &WriteTx, before: Timestamp) -> Result<(), Fault> {
    Entity::delete_many().filter(Column::SettledAt.lt(before.utc())).exec(tx.conn()).await?;
    Ok(())
}

/// How many messages wait, and how many were given up of those that are kept.
pub async fn open(tx: &impl Tx) -> Result<[(DeliveryState, u64); 2], Fault> {
    let mut open = [(DeliveryState::Waiting, 0), (DeliveryState::GivenUp, 0)];
    for (state, many) in &mut open {
        *many = Entity::find().filter(Column::State.eq(state.as_str())).count(tx.conn()).await?;
    }
    Ok(open)
}
