//! Answers kept for repeated requests, written in the transaction that they are about.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

use super::{
    Fault, Tx, WriteTx,
    entity::idempotency::{ActiveModel, Column, Entity},
    fault::{json, parse},
};
use crate::kernel::{AccountId, Digest, Timestamp};

/// Which request an answer belongs to.
#[derive(Clone, Debug)]
pub struct Key {
    /// Who asked.
    pub account: AccountId,
    /// What was asked for: the operation and the address.
    pub operation: String,
    /// The client's key.
    pub key: String,
}

/// An answer as it was given the first time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Headers that belong to it, such as `Location` and `ETag`.
    pub headers: Vec<(String, String)>,
    /// The JSON body.
    pub body: String,
}

/// The kept answer and the hash of the request that it answered, if its time is not over.
pub async fn find(tx: &impl Tx, key: &Key, now: Timestamp) -> Result<Option<(Digest, Answer)>, Fault> {
    let id = (key.account.0, key.operation.clone(), key.key.clone());
    let Some(row) = Entity::find_by_id(id).filter(Column::ExpiresAt.gt(now.utc())).one(tx.conn()).await? else {
        return Ok(None);
    };
    let status = u16::try_from(row.status).map_err(|error| Fault::corrupt("idempotency", error))?;
    let answer = Answer { status, headers: json("idempotency", &row.headers)?, body: row.body };
    Ok(Some((parse("idempotency", &row.request_hash)?, answer)))
}

/// Keeps an answer.
pub async fn keep(
    tx: &WriteTx,
    key: &Key,
    request: Digest,
    answer: &Answer,
    expires_at: Timestamp,
) -> Result<(), Fault> {
    // An answer past its time makes room for the new one.
    Entity::delete_by_id((key.account.0, key.operation.clone(), key.key.clone())).exec(tx.conn()).await?;
    let headers = serde_json::to_string(&answer.headers).map_err(|error| Fault::corrupt("idempotency", error))?;
    let row = ActiveModel {
        account_id: Set(key.account.0),
        operation: Set(key.operation.clone()),
        key: Set(key.key.clone()),
        request_hash: Set(request.to_string()),
        status: Set(answer.status.into()),
        headers: Set(headers),
        body: Set(answer.body.clone()),
        expires_at: Set(expires_at.utc()),
    };
    Entity::insert(row).exec_without_returning(tx.conn()).await?;
    Ok(())
}

/// Removes answers past their time.
pub async fn sweep(tx: &WriteTx, now: Timestamp) -> Result<u64, Fault> {
    Ok(Entity::delete_many().filter(Column::ExpiresAt.lte(now.utc())).exec(tx.conn()).await?.rows_affected)
}
