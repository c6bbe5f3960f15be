//! Sign-ins and the refresh tokens of each.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QuerySelect, RelationDef,
    sea_query::Expr,
};

use super::{
    Db, Fault, Tx, WriteTx,
    account::Account,
    entity::{account, refresh_token, session},
};
use crate::kernel::{AccountId, Digest, SessionId, Timestamp};

/// One sign-in.
#[derive(Clone, Copy, Debug)]
pub struct Session {
    /// Its id, which access tokens name.
    pub id: SessionId,
    /// Whose it is.
    pub account: AccountId,
    /// When it ends at the latest.
    pub expires_at: Timestamp,
    /// Whether it was ended.
    pub revoked: bool,
}

/// A refresh token's row: its session and whether it was used.
#[derive(Clone, Copy, Debug)]
pub struct Refresh {
    /// The sign-in.
    pub session: SessionId,
    /// Whether another took its place.
    pub used: bool,
}

impl From<session::Model> for Session {
    fn from(row: session::Model) -> Self {
        Self {
            id: SessionId(row.id),
            account: AccountId(row.account_id),
            expires_at: row.expires_at.into(),
            revoked: row.revoked_at.is_some(),
        }
    }
}

/// The sign-in of an id.
pub async fn find(tx: &impl Tx, id: SessionId) -> Result<Option<Session>, Fault> {
    Ok(session::Entity::find_by_id(id.0).one(tx.conn()).await?.map(Session::from))
}

/// The sign-in of an id, and whose it is.
pub async fn find_with_account(tx: &impl Tx, id: SessionId) -> Result<Option<(Session, Account)>, Fault> {
    with_account(tx.conn(), id).await
}

/// The same without a transaction: a single statement sees a single state.
pub async fn look_up(db: &Db, id: SessionId) -> Result<Option<(Session, Account)>, Fault> {
    with_account(db.reading(), id).await
}

async fn with_account(conn: &impl ConnectionTrait, id: SessionId) -> Result<Option<(Session, Account)>, Fault> {
    let whose: RelationDef =
        session::Entity::belongs_to(account::Entity).from(session::Column::AccountId).to(account::Column::Id).into();
    let query = session::Entity::find_by_id(id.0).join(JoinType::InnerJoin, whose).select_also(account::Entity);
    match query.one(conn).await? {
        Some((session, Some(account))) => Ok(Some((session.into(), account.try_into()?))),
        _ => Ok(None),
    }
}

/// Begins a sign-in.
pub async fn insert(tx: &WriteTx, session: Session, at: Timestamp) -> Result<(), Fault> {
    let row = session::ActiveModel {
        id: Set(session.id.0),
        account_id: Set(session.account.0),
        created_at: Set(at.utc()),
        expires_at: Set(session.expires_at.utc()),
        revoked_at: Set(None),
    };
    session::Entity::insert(row).exec_without_returning(tx.conn()).await?;
    Ok(())
}

/// Ends one sign-in.
pub async fn revoke(tx: &WriteTx, id: SessionId, at: Timestamp) -> Result<(), Fault> {
    session::Entity::update_many()
        .col_expr(session::Column::RevokedAt, Expr::value(at.utc()))
        .filter(session::Column::Id.eq(id.0))
        .filter(session::Column::RevokedAt.is_null())
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Ends all sign-ins of an account but, perhaps, one.
pub async fn revoke_all(tx: &WriteTx, account: AccountId, but: Option<SessionId>, at: Timestamp) -> Result<(), Fault> {
    let mut update = session::Entity::update_many()
        .col_expr(session::Column::RevokedAt, Expr::value(at.utc()))
        .filter(session::Column::AccountId.eq(account.0))
        .filter(session::Column::RevokedAt.is_null());
    if let Some(but) = but {
        update = update.filter(session::Column::Id.ne(but.0));
    }
    update.exec(tx.conn()).await?;
    Ok(())
}

/// The refresh token of a hash.
pub async fn find_refresh(tx: &impl Tx, hash: Digest) -> Result<Option<Refresh>, Fault> {
    let row = refresh_token::Entity::find_by_id(hash.to_string()).one(tx.conn()).await?;
    Ok(row.map(|row| Refresh { session: SessionId(row.session_id), used: row.used_at.is_some() }))
}

/// Adds a refresh token by its hash; the token itself is never stored.
pub async fn insert_refresh(tx: &WriteTx, hash: Digest, session: SessionId, at: Timestamp) -> Result<(), Fault> {
    let row = refresh_token::ActiveModel {
        token_hash: Set(hash.to_string()),
        session_id: Set(session.0),
        created_at: Set(at.utc()),
        used_at: Set(None),
    };
    refresh_token::Entity::insert(row).exec_without_returning(tx.conn()).await?;
    Ok(())
}

/// Marks a refresh token as used.
pub async fn use_refresh(tx: &WriteTx, hash: Digest, at: Timestamp) -> Result<(), Fault> {
    refresh_token::Entity::update_many()
        .col_expr(refresh_token::Column::UsedAt, Expr::value(at.utc()))
        .filter(refresh_token::Column::TokenHash.eq(hash.to_string()))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Removes sign-ins that ended before a moment, with their tokens.
pub async fn sweep(tx: &WriteTx, before: Timestamp) -> Result<(), Fault> {
    let over = session::Entity::find().filter(session::Column::ExpiresAt.lt(before.utc())).all(tx.conn()).await?;
    let ids: Vec<_> = over.into_iter().map(|row| row.id).collect();
    refresh_token::Entity::delete_many()
        .filter(refresh_token::Column::SessionId.is_in(ids.clone()))
        .exec(tx.conn())
        .await?;
    session::Entity::delete_many().filter(session::Column::Id.is_in(ids)).exec(tx.conn()).await?;
    Ok(())
}
