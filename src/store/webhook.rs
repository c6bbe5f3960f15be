//! Webhooks: who is told of public events, and how they stand.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, sea_query::Expr};

use super::{
    Fault, Tx, WriteTx,
    bulk::insert_all,
    entity::{
        delivery,
        webhook::{ActiveModel, Column, Entity, Model},
    },
    fault::{json, parse},
    paging::newest_first,
};
use crate::{
    domain::delivery::{Standing, Wanted},
    kernel::{AccountId, Cursor, LocaleTag, Page, PageRequest, Timestamp, WebhookId},
};

/// Somebody who is told of public events.
#[derive(Clone, Debug)]
pub struct Webhook {
    /// Its id.
    pub id: WebhookId,
    /// Where it is called.
    pub url: String,
    /// What it is for, in the words of who made it.
    pub description: String,
    /// What it wants to be told.
    pub wanted: Wanted,
    /// Its secret, sealed.
    pub secret: String,
    /// The secret before, sealed, and until when it signs too.
    pub old_secret: Option<(String, Timestamp)>,
    /// How it stands.
    pub standing: Standing,
    /// When it was switched off.
    pub disabled_at: Option<Timestamp>,
    /// The number of the public event after which it is told.
    pub since: i64,
    /// Who made it.
    pub created_by: AccountId,
    /// When.
    pub created_at: Timestamp,
    /// When somebody changed it last.
    pub updated_at: Timestamp,
    /// Changes so far.
    pub version: i64,
}

impl TryFrom<Model> for Webhook {
    type Error = Fault;

    fn try_from(row: Model) -> Result<Self, Fault> {
        let names = |raw: &str| json::<Vec<String>>("webhook", raw);
        let types = names(&row.types)?.iter().map(|raw| parse("webhook", raw)).collect::<Result<_, _>>()?;
        let locales = names(&row.locales)?.iter().map(|raw| parse("webhook", raw)).collect::<Result<_, _>>()?;
        Ok(Self {
            id: WebhookId(row.id),
            url: row.url,
            description: row.description,
            wanted: Wanted { types, locales },
            secret: row.secret,
            old_secret: row.old_secret.zip(row.old_until.map(Into::into)),
            standing: Standing {
                failing_since: row.failing_since.map(Into::into),
                disabled: row.disabled.map(|why| parse("webhook", &why)).transpose()?,
            },
            disabled_at: row.disabled_at.map(Into::into),
            since: row.since_seq,
            created_by: AccountId(row.created_by),
            created_at: row.created_at.into(),
            updated_at: row.updated_at.into(),
            version: row.version,
        })
    }
}

fn row(one: &Webhook) -> ActiveModel {
    let list = |names: Vec<&str>| serde_json::json!(names).to_string();
    ActiveModel {
        id: Set(one.id.0),
        url: Set(one.url.clone()),
        description: Set(one.description.clone()),
        types: Set(list(one.wanted.types.iter().map(|kind| kind.as_str()).collect())),
        locales: Set(list(one.wanted.locales.iter().map(LocaleTag::as_str).collect())),
        secret: Set(one.secret.clone()),
        old_secret: Set(one.old_secret.as_ref().map(|(secret, _)| secret.clone())),
        old_until: Set(one.old_secret.as_ref().map(|(_, until)| until.utc())),
        disabled: Set(one.standing.disabled.map(|why| why.to_string())),
        disabled_at: Set(one.disabled_at.map(Timestamp::utc)),
        failing_since: Set(one.standing.failing_since.map(Timestamp::utc)),
        since_seq: Set(one.since),
        created_by: Set(one.created_by.0),
        created_at: Set(one.created_at.utc()),
        updated_at: Set(one.updated_at.utc()),
        version: Set(one.version),
    }
}

/// One of an id.
pub async fn find(tx: &impl Tx, id: WebhookId) -> Result<Option<Webhook>, Fault> {
    Entity::find_by_id(id.0).one(tx.conn()).await?.map(Webhook::try_from).transpose()
}

/// All of them, in the order in which they were made.
pub async fn all(tx: &impl Tx) -> Result<Vec<Webhook>, Fault> {
    let rows = Entity::find().order_by_asc(Column::CreatedAt).order_by_asc(Column::Id).all(tx.conn()).await?;
    rows.into_iter().map(Webhook::try_from).collect()
}

/// How many there are.
pub async fn how_many(tx: &impl Tx) -> Result<u64, Fault> {
    Ok(Entity::find().count(tx.conn()).await?)
}

/// A page of them, newest first.
pub async fn page(tx: &impl Tx, wanted: PageRequest) -> Result<Page<Webhook>, Fault> {
    let query = Entity::find();
    let query = newest_first(query, Column::CreatedAt, Column::Id, wanted);
    let rows = query.all(tx.conn()).await?.into_iter().map(Webhook::try_from).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(rows, wanted.limit, |one| Cursor { at: one.created_at, id: one.id.0 }))
}

/// Adds one.
pub async fn insert(tx: &WriteTx, one: &Webhook) -> Result<(), Fault> {
    insert_all(tx, [row(one)]).await
}

/// Writes one anew.
pub async fn update(tx: &WriteTx, one: &Webhook) -> Result<(), Fault> {
    Entity::update(row(one)).exec(tx.conn()).await?;
    Ok(())
}

/// Writes down since when one takes nothing: what it is told by does not change its version.
pub async fn fails_since(tx: &WriteTx, id: WebhookId, since: Option<Timestamp>) -> Result<(), Fault> {
    Entity::update_many()
        .col_expr(Column::FailingSince, Expr::value(since.map(Timestamp::utc)))
        .filter(Column::Id.eq(id.0))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Removes one with all its messages.
pub async fn remove(tx: &WriteTx, id: WebhookId) -> Result<(), Fault> {
    delivery::Entity::delete_many().filter(delivery::Column::WebhookId.eq(id.0)).exec(tx.conn()).await?;
    Entity::delete_by_id(id.0).exec(tx.conn()).await?;
    Ok(())
}
