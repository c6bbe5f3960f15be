//! Accounts and their grants.

use std::collections::HashMap;

use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
};

use super::{
    Fault, Tx, WriteTx,
    bulk::some,
    entity::{
        account::{ActiveModel, Column, Entity, Model},
        account_grant,
    },
    fault::parse,
    paging::newest_first,
};
use crate::{
    domain::access::{Grant, Role},
    kernel::{AccountId, Cursor, GrantId, LocaleTag, Page, PageRequest, Timestamp},
};

/// A person who signs in.
#[derive(Clone, Debug)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// The address to sign in with, lower-case.
    pub email: String,
    /// The person's name.
    pub name: String,
    /// The language that the person reads.
    pub locale: LocaleTag,
    /// The hash of the password, in PHC form.
    pub password_hash: String,
    /// Whether signing in is over.
    pub disabled: bool,
    /// The row's version.
    pub version: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was changed last.
    pub updated_at: Timestamp,
}

impl TryFrom<Model> for Account {
    type Error = Fault;

    fn try_from(row: Model) -> Result<Self, Fault> {
        Ok(Self {
            id: AccountId(row.id),
            locale: parse("account", &row.locale)?,
            email: row.email,
            name: row.name,
            password_hash: row.password_hash,
            disabled: row.disabled,
            version: row.version,
            created_at: row.created_at.into(),
            updated_at: row.updated_at.into(),
        })
    }
}

fn row(account: &Account) -> ActiveModel {
    ActiveModel {
        id: Set(account.id.0),
        email: Set(account.email.clone()),
        name: Set(account.name.clone()),
        locale: Set(account.locale.to_string()),
        password_hash: Set(account.password_hash.clone()),
        disabled: Set(account.disabled),
        version: Set(account.version),
        created_at: Set(account.created_at.utc()),
        updated_at: Set(account.updated_at.utc()),
    }
}

/// The account of an id.
pub async fn find(tx: &impl Tx, id: AccountId) -> Result<Option<Account>, Fault> {
    Entity::find_by_id(id.0).one(tx.conn()).await?.map(Account::try_from).transpose()
}

/// The account of an address.
pub async fn find_by_email(tx: &impl Tx, email: &str) -> Result<Option<Account>, Fault> {
    Entity::find().filter(Column::Email.eq(email)).one(tx.conn()).await?.map(Account::try_from).transpose()
}

/// A page of accounts, newest first.
pub async fn page(tx: &impl Tx, wanted: PageRequest) -> Result<Page<Account>, Fault> {
    let query = Entity::find();
    let query = newest_first(query, Column::CreatedAt, Column::Id, wanted);
    let rows = query.all(tx.conn()).await?.into_iter().map(Account::try_from).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(rows, wanted.limit, |account| Cursor { at: account.created_at, id: account.id.0 }))
}

/// Names of accounts, for showing who did something.
pub async fn names(
    tx: &impl Tx,
    ids: impl IntoIterator<Item = AccountId>,
) -> Result<HashMap<AccountId, String>, Fault> {
    let Some(ids) = some(ids.into_iter().map(|id| id.0)) else { return Ok(HashMap::new()) };
    let query = Entity::find().select_only().columns([Column::Id, Column::Name]).filter(Column::Id.is_in(ids));
    let rows: Vec<(uuid::Uuid, String)> = query.into_tuple().all(tx.conn()).await?;
    Ok(rows.into_iter().map(|(id, name)| (AccountId(id), name)).collect())
}

/// Adds an account.
pub async fn insert(tx: &WriteTx, account: &Account) -> Result<(), Fault> {
    Entity::insert(row(account)).exec_without_returning(tx.conn()).await?;
    Ok(())
}

/// Writes an account anew.
pub async fn update(tx: &WriteTx, account: &Account) -> Result<(), Fault> {
    Entity::update(row(account)).exec(tx.conn()).await?;
    Ok(())
}

/// The grants that an account holds now.
pub async fn grants(tx: &impl Tx, id: AccountId) -> Result<Vec<Grant>, Fault> {
    let rows = account_grant::Entity::find()
        .filter(account_grant::Column::AccountId.eq(id.0))
        .order_by_asc(account_grant::Column::Id)
        .all(tx.conn())
        .await?;
    rows.into_iter().map(grant).collect()
}

/// Those of some accounts that are not disabled, with the grants that each holds now.
pub async fn active_with_grants(
    tx: &impl Tx,
    ids: impl IntoIterator<Item = AccountId>,
) -> Result<HashMap<AccountId, Vec<Grant>>, Fault> {
    let Some(ids) = some(ids.into_iter().map(|id| id.0)) else { return Ok(HashMap::new()) };
    let active = Entity::find().select_only().column(Column::Id);
    let active = active.filter(Column::Id.is_in(ids)).filter(Column::Disabled.eq(false));
    let active: Vec<uuid::Uuid> = active.into_tuple().all(tx.conn()).await?;
    let mut all: HashMap<_, _> = active.iter().map(|id| (AccountId(*id), Vec::new())).collect();
    let rows = account_grant::Entity::find()
        .filter(account_grant::Column::AccountId.is_in(active))
        .order_by_asc(account_grant::Column::Id)
        .all(tx.conn())
        .await?;
    for row in rows {
        if let Some(grants) = all.get_mut(&AccountId(row.account_id)) {
            grants.push(grant(row)?);
        }
    }
    Ok(all)
}

fn grant(row: account_grant::Model) -> Result<Grant, Fault> {
    Ok(Grant {
        role: parse("account_grant", &row.role)?,
        agency: row.agency_code.map(|code| parse("account_grant", &code)).transpose()?,
        locale: row.locale.map(|tag| parse("account_grant", &tag)).transpose()?,
    })
}

/// The grants of all accounts that can sign in.
pub async fn all_grants(tx: &impl Tx) -> Result<Vec<(AccountId, Grant)>, Fault> {
    held(tx, account_grant::Entity::find()).await
}

/// The grants of some roles of all who can sign in.
pub async fn grants_of(tx: &impl Tx, roles: &[Role]) -> Result<Vec<(AccountId, Grant)>, Fault> {
    let roles = roles.iter().map(|role| role.as_str());
    held(tx, account_grant::Entity::find().filter(account_grant::Column::Role.is_in(roles))).await
}

async fn held(tx: &impl Tx, grants: Select<account_grant::Entity>) -> Result<Vec<(AccountId, Grant)>, Fault> {
    let active = Entity::find().select_only().column(Column::Id).filter(Column::Disabled.eq(false));
    let rows = grants
        .filter(account_grant::Column::AccountId.in_subquery(active.into_query()))
        .order_by_asc(account_grant::Column::Id)
        .all(tx.conn())
        .await?;
    rows.into_iter().map(|row| Ok((AccountId(row.account_id), grant(row)?))).collect()
}

/// Every account, and whether it is disabled; nothing where its row does not say so.
pub async fn standing(tx: &impl Tx) -> Result<Vec<(AccountId, Option<bool>)>, Fault> {
    let query = Entity::find().select_only().columns([Column::Id, Column::Disabled]).order_by_asc(Column::Id);
    let rows: Result<Vec<(uuid::Uuid, bool)>, Fault> = query.into_tuple().all(tx.conn()).await.map_err(Fault::from);
    match rows {
        Err(fault) if fault.is_corrupt() => {}
        rows => return Ok(rows?.into_iter().map(|(id, disabled)| (AccountId(id), Some(disabled))).collect()),
    }
    let query = Entity::find().select_only().column(Column::Id).order_by_asc(Column::Id);
    let ids: Vec<uuid::Uuid> = query.into_tuple().all(tx.conn()).await?;
    let mut all = Vec::with_capacity(ids.len());
    for id in ids {
        let query = Entity::find_by_id(id).select_only().column(Column::Disabled);
        let disabled = match query.into_tuple().one(tx.conn()).await.map_err(Fault::from) {
            Err(fault) if fault.is_corrupt() => None,
            disabled => disabled?,
        };
        all.push((AccountId(id), disabled));
    }
    Ok(all)
}

/// Gives an account these grants in the place of all it had.
pub async fn set_grants(tx: &WriteTx, id: AccountId, grants: &[Grant], at: Timestamp) -> Result<(), Fault> {
    account_grant::Entity::delete_many().filter(account_grant::Column::AccountId.eq(id.0)).exec(tx.conn()).await?;
    let rows: Vec<_> = grants
        .iter()
        .map(|grant| account_grant::ActiveModel {
            id: Set(GrantId::new().0),
            account_id: Set(id.0),
            role: Set(grant.role.to_string()),
            agency_code: Set(grant.agency.as_ref().map(ToString::to_string)),
            locale: Set(grant.locale.as_ref().map(ToString::to_string)),
            created_at: Set(at.utc()),
        })
        .collect();
    if !rows.is_empty() {
        account_grant::Entity::insert_many(rows).exec_without_returning(tx.conn()).await?;
    }
    Ok(())
}

/// How many accounts that can sign in hold a role, whatever its limits.
pub async fn active_with_role(tx: &impl Tx, role: Role) -> Result<usize, Fault> {
    let holders: Vec<uuid::Uuid> = account_grant::Entity::find()
        .select_only()
        .column(account_grant::Column::AccountId)
        .filter(account_grant::Column::Role.eq(role.as_str()))
        .into_tuple()
        .all(tx.conn())
        .await?;
    let active =
        Entity::find().filter(Column::Id.is_in(holders)).filter(Column::Disabled.eq(false)).all(tx.conn()).await?;
    Ok(active.len())
}

/// Whether a grant names an agency or a locale.
pub async fn grants_name(tx: &impl Tx, agency: Option<&str>, locale: Option<&str>) -> Result<bool, Fault> {
    let mut names = Condition::any();
    if let Some(agency) = agency {
        names = names.add(account_grant::Column::AgencyCode.eq(agency));
    }
    if let Some(locale) = locale {
        names = names.add(account_grant::Column::Locale.eq(locale));
    }
    Ok(account_grant::Entity::find().filter(names).one(tx.conn()).await?.is_some())
}
