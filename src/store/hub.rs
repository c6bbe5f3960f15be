//! Subscriptions at the hub, what was asked of it and not confirmed yet, and pings of another hub.

use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, Func, OnConflict},
};

use super::{
    Fault, Tx, WriteTx,
    entity::{
        hub_ping,
        hub_request::{self, Column as Asked},
        hub_subscription::{self, Column, Entity},
    },
    fault::{count, parse},
};
use crate::{
    domain::hub::Mode,
    kernel::{SubscriptionId, Timestamp},
};

/// Somebody who is sent a feed whenever it changes.
#[derive(Clone, Debug)]
pub struct Subscription {
    /// Its id.
    pub id: SubscriptionId,
    /// Where the feed is sent.
    pub callback: String,
    /// The host of that, for counting.
    pub place: String,
    /// The feed's address.
    pub topic: String,
    /// The subscriber's secret, sealed.
    pub secret: Option<String>,
    /// When it ends.
    pub expires_at: Timestamp,
    /// The number of the newest event by which the feed may have changed.
    pub due_seq: i64,
    /// The hash of the content that was taken last.
    pub digest: String,
    /// Attempts in vain since then.
    pub failures: u32,
    /// When it is looked at next.
    pub next_at: Option<Timestamp>,
    /// When it began.
    pub created_at: Timestamp,
}

/// What somebody asked for, to be confirmed.
#[derive(Clone, Debug)]
pub struct Request {
    /// Its id; that of the subscription, if it becomes one.
    pub id: SubscriptionId,
    /// Where the subscriber is.
    pub callback: String,
    /// The host of that, for counting.
    pub place: String,
    /// The feed's address.
    pub topic: String,
    /// What was asked for.
    pub mode: Mode,
    /// For how long, in seconds.
    pub lease: u64,
    /// The subscriber's secret, sealed.
    pub secret: Option<String>,
    /// Attempts in vain to ask it.
    pub failures: u32,
    /// When it is asked next.
    pub next_at: Timestamp,
    /// When it came.
    pub created_at: Timestamp,
}

/// A feed of which another hub has to be told.
#[derive(Clone, Debug)]
pub struct Ping {
    /// The feed's address.
    pub topic: String,
    /// The number of the newest event by which it may have changed.
    pub seq: i64,
    /// Attempts in vain.
    pub failures: u32,
}

fn subscription(row: hub_subscription::Model) -> Result<Subscription, Fault> {
    Ok(Subscription {
        id: SubscriptionId(row.id),
        callback: row.callback,
        place: row.place,
        topic: row.topic,
        secret: row.secret,
        expires_at: row.expires_at.into(),
        due_seq: row.due_seq,
        digest: row.digest,
        failures: count("hub_subscription", row.failures)?,
        next_at: row.next_at.map(Into::into),
        created_at: row.created_at.into(),
    })
}

fn request(row: hub_request::Model) -> Result<Request, Fault> {
    Ok(Request {
        id: SubscriptionId(row.id),
        callback: row.callback,
        place: row.place,
        topic: row.topic,
        mode: parse("hub_request", &row.mode)?,
        lease: u64::try_from(row.lease).map_err(|error| Fault::corrupt("hub_request", error))?,
        secret: row.secret,
        failures: count("hub_request", row.failures)?,
        next_at: row.next_at.into(),
        created_at: row.created_at.into(),
    })
}

/// How many requests and subscriptions there are: all, and those of a host.
pub async fn tally(tx: &impl Tx, place: &str) -> Result<(u64, u64), Fault> {
    let all = Entity::find().count(tx.conn()).await? + hub_request::Entity::find().count(tx.conn()).await?;
    let here = Entity::find().filter(Column::Place.eq(place)).count(tx.conn()).await?;
    let asked = hub_request::Entity::find().filter(Asked::Place.eq(place)).count(tx.conn()).await?;
    Ok((all, here + asked))
}

/// Whether somebody has asked or subscribed already.
pub async fn knows(tx: &impl Tx, callback: &str, topic: &str) -> Result<bool, Fault> {
    let asked = hub_request::Entity::find().filter(Asked::Callback.eq(callback)).filter(Asked::Topic.eq(topic));
    Ok(asked.one(tx.conn()).await?.is_some() || find(tx, callback, topic).await?.is_some())
}

/// The subscription of a callback to a feed.
pub async fn find(tx: &impl Tx, callback: &str, topic: &str) -> Result<Option<Subscription>, Fault> {
    let query = Entity::find().filter(Column::Callback.eq(callback)).filter(Column::Topic.eq(topic));
    query.one(tx.conn()).await?.map(subscription).transpose()
}

/// Takes what somebody asks for, in the place of what the same asked for before.
pub async fn put_request(tx: &WriteTx, one: &Request) -> Result<(), Fault> {
    let row = hub_request::ActiveModel {
        id: Set(one.id.0),
        callback: Set(one.callback.clone()),
        place: Set(one.place.clone()),
        topic: Set(one.topic.clone()),
        mode: Set(one.mode.to_string()),
        lease: Set(i64::try_from(one.lease).unwrap_or(i64::MAX)),
        secret: Set(one.secret.clone()),
        failures: Set(one.failures.into()),
        next_at: Set(one.next_at.utc()),
        created_at: Set(one.created_at.utc()),
    };
    let columns =
        [Asked::Id, Asked::Mode, Asked::Lease, Asked::Secret, Asked::Failures, Asked::NextAt, Asked::CreatedAt];
    let known = OnConflict::columns([Asked::Callback, Asked::Topic]).update_columns(columns).to_owned();
    hub_request::Entity::insert(row).on_conflict(known).exec_without_returning(tx.conn()).await?;
    Ok(())
}

/// What is to be confirmed now.
pub async fn due_requests(tx: &impl Tx, now: Timestamp, most: u64) -> Result<Vec<Request>, Fault> {
    let query = hub_request::Entity::find().filter(Asked::NextAt.lte(now.utc())).order_by_asc(Asked::NextAt);
    query.limit(most).all(tx.conn()).await?.into_iter().map(request).collect()
}

/// Puts requests off, or those of them that were not asked anew meanwhile: an id is another then.
pub async fn put_off_requests(
    tx: &WriteTx,
    ids: &[SubscriptionId],
    until: Timestamp,
    failed: bool,
) -> Result<(), Fault> {
    hub_request::Entity::update_many()
        .col_expr(Asked::NextAt, Expr::value(until.utc()))
        .col_expr(Asked::Failures, Expr::col(Asked::Failures).add(i64::from(failed)))
        .filter(Asked::Id.is_in(ids.iter().map(|id| id.0)))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Takes a request away; false where it was asked anew meanwhile.
pub async fn take_request(tx: &WriteTx, id: SubscriptionId) -> Result<bool, Fault> {
    Ok(hub_request::Entity::delete_by_id(id.0).exec(tx.conn()).await?.rows_affected > 0)
}

/// Begins a subscription, or renews the one that the same has.
pub async fn put(tx: &WriteTx, one: &Subscription) -> Result<(), Fault> {
    let row = hub_subscription::ActiveModel {
        id: Set(one.id.0),
        callback: Set(one.callback.clone()),
        place: Set(one.place.clone()),
        topic: Set(one.topic.clone()),
        secret: Set(one.secret.clone()),
        expires_at: Set(one.expires_at.utc()),
        due_seq: Set(one.due_seq),
        digest: Set(one.digest.clone()),
        failures: Set(one.failures.into()),
        next_at: Set(one.next_at.map(Timestamp::utc)),
        created_at: Set(one.created_at.utc()),
    };
    // What waits to be sent goes on waiting: a renewal changes the secret and the end, nothing else.
    let columns = [Column::Secret, Column::ExpiresAt];
    let known = OnConflict::columns([Column::Callback, Column::Topic]).update_columns(columns).to_owned();
    Entity::insert(row).on_conflict(known).exec_without_returning(tx.conn()).await?;
    Ok(())
}

/// Ends the subscription of a callback to a feed.
pub async fn remove(tx: &WriteTx, callback: &str, topic: &str) -> Result<(), Fault> {
    let query = Entity::delete_many().filter(Column::Callback.eq(callback)).filter(Column::Topic.eq(topic));
    query.exec(tx.conn()).await?;
    Ok(())
}

/// Any feed may have changed by an event of this number: all who subscribe are looked at, who is backing off no
/// sooner than before.
pub async fn wake(tx: &WriteTx, seq: i64, now: Timestamp) -> Result<(), Fault> {
    let or_now = Func::coalesce([Expr::col(Column::NextAt), Expr::value(now.utc())]);
    Entity::update_many()
        .col_expr(Column::DueSeq, Expr::value(seq))
        .col_expr(Column::NextAt, or_now.into())
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// The subscriptions to be looked at now: those that take what they are sent before those that do not.
pub async fn due(tx: &impl Tx, now: Timestamp, most: u64) -> Result<Vec<Subscription>, Fault> {
    let query = Entity::find().filter(Column::NextAt.lte(now.utc())).filter(Column::ExpiresAt.gt(now.utc()));
    let query = query.order_by_asc(Column::Failures).order_by_asc(Column::NextAt).order_by_asc(Column::Id);
    query.limit(most).all(tx.conn()).await?.into_iter().map(subscription).collect()
}

/// Puts subscriptions off, so that nobody else takes them meanwhile.
pub async fn put_off(tx: &WriteTx, ids: &[SubscriptionId], until: Timestamp) -> Result<(), Fault> {
    Entity::update_many()
        .col_expr(Column::NextAt, Expr::value(until.utc()))
        .filter(Column::Id.is_in(ids.iter().map(|id| id.0)))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// A subscriber has the content of a feed as it was at an event; if more came meanwhile, it is looked at again.
pub async fn sent(tx: &WriteTx, id: SubscriptionId, seq: i64, digest: &str, now: Timestamp) -> Result<(), Fault> {
    Entity::update_many()
        .col_expr(Column::Digest, Expr::value(digest))
        .col_expr(Column::Failures, Expr::value(0_i64))
        .col_expr(Column::NextAt, Expr::value(now.utc()))
        .filter(Column::Id.eq(id.0))
        .exec(tx.conn())
        .await?;
    Entity::update_many()
        .col_expr(Column::NextAt, Expr::value(None::<chrono::DateTime<chrono::Utc>>))
        .filter(Column::Id.eq(id.0))
        .filter(Column::DueSeq.eq(seq))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// A subscriber did not take it.
pub async fn failed(tx: &WriteTx, id: SubscriptionId, failures: u32, again: Timestamp) -> Result<(), Fault> {
    Entity::update_many()
        .col_expr(Column::Failures, Expr::value(i64::from(failures)))
        .col_expr(Column::NextAt, Expr::value(again.utc()))
        .filter(Column::Id.eq(id.0))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Removes subscriptions that have ended.
pub async fn sweep(tx: &WriteTx, now: Timestamp) -> Result<(), Fault> {
    Entity::delete_many().filter(Column::ExpiresAt.lte(now.utc())).exec(tx.conn()).await?;
    Ok(())
}

/// How many subscriptions there are.
pub async fn how_many(tx: &impl Tx) -> Result<u64, Fault> {
    Ok(Entity::find().count(tx.conn()).await?)
}

/// Another hub has to be told of these feeds.
pub async fn put_pings(tx: &WriteTx, topics: &[String], seq: i64, now: Timestamp) -> Result<(), Fault> {
    for some in topics.chunks(200) {
        let rows = some.iter().map(|topic| hub_ping::ActiveModel {
            topic: Set(topic.clone()),
            seq: Set(seq),
            failures: Set(0),
            next_at: Set(now.utc()),
        });
        // Who is waiting for it to be tried again waits on.
        let known = OnConflict::column(hub_ping::Column::Topic).update_column(hub_ping::Column::Seq).to_owned();
        hub_ping::Entity::insert_many(rows).on_conflict(known).exec_without_returning(tx.conn()).await?;
    }
    Ok(())
}

/// The feeds that another hub is to be told of now.
pub async fn due_pings(tx: &impl Tx, now: Timestamp, most: u64) -> Result<Vec<Ping>, Fault> {
    let query = hub_ping::Entity::find().filter(hub_ping::Column::NextAt.lte(now.utc()));
    let rows = query.order_by_asc(hub_ping::Column::NextAt).limit(most).all(tx.conn()).await?;
    let one =
        |row: hub_ping::Model| Ok(Ping { topic: row.topic, seq: row.seq, failures: count("hub_ping", row.failures)? });
    rows.into_iter().map(one).collect()
}

/// Puts pings off: before they are sent, and when they were in vain.
pub async fn put_off_pings(tx: &WriteTx, pings: &[Ping], until: Timestamp, failed: bool) -> Result<(), Fault> {
    hub_ping::Entity::update_many()
        .col_expr(hub_ping::Column::NextAt, Expr::value(until.utc()))
        .col_expr(hub_ping::Column::Failures, Expr::col(hub_ping::Column::Failures).add(i64::from(failed)))
        .filter(hub_ping::Column::Topic.is_in(pings.iter().map(|one| one.topic.as_str())))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// The other hub was told; what changed again meanwhile is told again.
pub async fn pinged(tx: &WriteTx, pings: &[Ping], now: Timestamp) -> Result<(), Fault> {
    for one in pings {
        hub_ping::Entity::delete_many()
            .filter(hub_ping::Column::Topic.eq(one.topic.as_str()))
            .filter(hub_ping::Column::Seq.eq(one.seq))
            .exec(tx.conn())
            .await?;
    }
    put_off_pings(tx, pings, now, false).await
}
