//! Delegations: who decides for whom meanwhile.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};

use super::{
    Fault, Tx, WriteTx,
    bulk::insert_all,
    entity::{
        account,
        delegation::{ActiveModel, Column, Entity, Model},
    },
    fault::parse,
    paging::newest_first,
};
use crate::{
    domain::access::{Grant, Role},
    kernel::{AccountId, Cursor, DelegationId, Page, PageRequest, Timestamp},
};

/// A right that somebody lends to another for a while.
#[derive(Clone, Debug)]
pub struct Delegation {
    /// Its id.
    pub id: DelegationId,
    /// Whose right it is.
    pub of: AccountId,
    /// Who stands in.
    pub to: AccountId,
    /// The right.
    pub grant: Grant,
    /// From when.
    pub from: Timestamp,
    /// Until when; not at that moment any more.
    pub until: Timestamp,
    /// Why.
    pub reason: String,
    /// When it was given.
    pub created_at: Timestamp,
    /// When it was taken back.
    pub revoked_at: Option<Timestamp>,
}

impl Delegation {
    /// Whether it holds at a moment.
    pub fn holds_at(&self, at: Timestamp) -> bool {
        self.from <= at && at < self.until && self.revoked_at.is_none()
    }

    /// Its version: it changes once, when it is taken back.
    pub fn version(&self) -> i64 {
        1 + i64::from(self.revoked_at.is_some())
    }
}

impl TryFrom<Model> for Delegation {
    type Error = Fault;

    fn try_from(row: Model) -> Result<Self, Fault> {
        Ok(Self {
            id: DelegationId(row.id),
            of: AccountId(row.account_id),
            to: AccountId(row.delegate_id),
            grant: Grant {
                role: parse("delegation", &row.role)?,
                agency: row.agency_code.map(|code| parse("delegation", &code)).transpose()?,
                locale: row.locale.map(|tag| parse("delegation", &tag)).transpose()?,
            },
            from: row.from_at.into(),
            until: row.until_at.into(),
            reason: row.reason,
            created_at: row.created_at.into(),
            revoked_at: row.revoked_at.map(Into::into),
        })
    }
}

fn row(one: &Delegation) -> ActiveModel {
    ActiveModel {
        id: Set(one.id.0),
        account_id: Set(one.of.0),
        delegate_id: Set(one.to.0),
        role: Set(one.grant.role.to_string()),
        agency_code: Set(one.grant.agency.as_ref().map(ToString::to_string)),
        locale: Set(one.grant.locale.as_ref().map(ToString::to_string)),
        from_at: Set(one.from.utc()),
        until_at: Set(one.until.utc()),
        reason: Set(one.reason.clone()),
        created_at: Set(one.created_at.utc()),
        revoked_at: Set(one.revoked_at.map(Timestamp::utc)),
    }
}

/// Those by which somebody stands in for others at a moment, in the order in which they were given.
pub async fn to(tx: &impl Tx, who: AccountId, at: Timestamp) -> Result<Vec<Delegation>, Fault> {
    let query = Entity::find()
        .filter(Column::DelegateId.eq(who.0))
        .filter(Column::UntilAt.gt(at.utc()))
        .filter(Column::FromAt.lte(at.utc()))
        .filter(Column::RevokedAt.is_null())
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id);
    query.all(tx.conn()).await?.into_iter().map(Delegation::try_from).collect()
}

/// Those of some roles that hold at a moment, whose delegates can sign in.
pub async fn lent(tx: &impl Tx, roles: &[Role], at: Timestamp) -> Result<Vec<Delegation>, Fault> {
    let active = account::Entity::find().select_only().column(account::Column::Id);
    let active = active.filter(account::Column::Disabled.eq(false));
    let query = Entity::find()
        .filter(Column::UntilAt.gt(at.utc()))
        .filter(Column::FromAt.lte(at.utc()))
        .filter(Column::RevokedAt.is_null())
        .filter(Column::Role.is_in(roles.iter().map(|role| role.as_str())))
        .filter(Column::DelegateId.in_subquery(active.into_query()));
    query.all(tx.conn()).await?.into_iter().map(Delegation::try_from).collect()
}

/// One of an id.
pub async fn find(tx: &impl Tx, id: DelegationId) -> Result<Option<Delegation>, Fault> {
    Entity::find_by_id(id.0).one(tx.conn()).await?.map(Delegation::try_from).transpose()
}

/// A page of those that somebody gave or was given, or of all, newest first.
pub async fn page(tx: &impl Tx, who: Option<AccountId>, wanted: PageRequest) -> Result<Page<Delegation>, Fault> {
    let mut query = Entity::find();
    if let Some(who) = who {
        query = query.filter(Condition::any().add(Column::AccountId.eq(who.0)).add(Column::DelegateId.eq(who.0)));
    }
    query = newest_first(query, Column::CreatedAt, Column::Id, wanted);
    let rows = query.all(tx.conn()).await?.into_iter().map(Delegation::try_from).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(rows, wanted.limit, |one| Cursor { at: one.created_at, id: one.id.0 }))
}

/// Adds one.
pub async fn insert(tx: &WriteTx, one: &Delegation) -> Result<(), Fault> {
    insert_all(tx, [row(one)]).await
}

/// Writes one anew.
pub async fn update(tx: &WriteTx, one: &Delegation) -> Result<(), Fault> {
    Entity::update(row(one)).exec(tx.conn()).await?;
    Ok(())
}
