//! Accounts: who signs in, and what they may be.

use serde_json::json;

use super::{App, Caller, Check, Code, Done, Error, FieldCode, FieldError, Once, caller::allow};
use crate::{
    domain::{
        access::{Administer, Grant, Role, Scope},
        event::{Event, EventType},
    },
    kernel::{AccountId, Page, PageRequest},
    store::{Change, Tx, WriteTx, account, session},
    tokens::{Secret, check_password},
};

mod form;

pub use form::grants_told;
pub(super) use form::{grants_json, looks_like_email};
use form::{person_name, read_grants, read_locale, weak_password};

pub use account::Account;

/// Longest e-mail address.
pub const MAX_EMAIL: usize = 254;
/// Longest name of a person.
pub const MAX_NAME: usize = 120;
/// Most grants of one account.
pub const MAX_GRANTS: usize = 200;

/// An account with what it may be.
#[derive(Clone, Debug)]
pub struct Profile {
    /// The account.
    pub account: Account,
    /// Its grants.
    pub grants: Vec<Grant>,
}

/// An account to be made.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// The address to sign in with.
    pub email: String,
    /// The person's name.
    pub name: String,
    /// The language that the person reads.
    pub locale: Option<String>,
    /// The first password.
    pub password: Secret,
    /// What the person may be.
    pub grants: Vec<NewGrant>,
}

/// A grant as it was asked for.
#[derive(Clone, Debug)]
pub struct NewGrant {
    /// The role.
    pub role: Role,
    /// For this agency only.
    pub agency: Option<String>,
    /// For this locale only.
    pub locale: Option<String>,
}

/// Changes of an account; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct AccountChange {
    /// Another name.
    pub name: Option<String>,
    /// Another language.
    pub locale: Option<String>,
    /// Whether signing in is over.
    pub disabled: Option<bool>,
    /// Another password, set by an administrator.
    pub password: Option<Secret>,
}

/// An address as it is stored and compared.
pub fn canonical_email(raw: &str) -> String {
    raw.trim().to_lowercase()
}

/// The caller's own account.
pub async fn me(app: &App, caller: Caller) -> Result<Profile, Error> {
    let (tx, actor) = app.read_as(caller).await?;
    profile(&tx, actor.id).await
}

async fn profile(tx: &impl Tx, id: AccountId) -> Result<Profile, Error> {
    let account = account::find(tx, id).await?.ok_or_else(Error::not_found)?;
    let grants = account::grants(tx, id).await?;
    Ok(Profile { account, grants })
}

/// Changes the caller's own name or language.
pub async fn change_me(app: &App, caller: Caller, version: i64, change: AccountChange) -> Result<Profile, Error> {
    let (tx, actor) = app.write_as(caller).await?;
    let mine = AccountChange { name: change.name, locale: change.locale, disabled: None, password: None };
    write(app, tx, actor.id, (actor.id, version), mine, None).await
}

/// Changes the caller's own password and ends all other sign-ins.
pub async fn change_password(app: &App, caller: Caller, current: Secret, new: Secret) -> Result<(), Error> {
    let old = me(app, caller).await?.account;
    if !app.passwords.verify(current, Some(&old.password_hash)).await {
        return Err(Error::invalid_at("/current", FieldCode::WrongPassword));
    }
    check_password(new.expose(), &old.email, &old.name)
        .map_err(|weak| Error::invalid(vec![weak_password("/new", weak)]))?;
    let hash = app.passwords.hash(new).await.map_err(Error::internal)?;
    let (tx, actor) = app.write_as(caller).await?;
    let mut account = account::find(&tx, actor.id).await?.ok_or_else(Error::not_found)?;
    if account.password_hash != old.password_hash {
        return Err(Error::invalid_at("/current", FieldCode::WrongPassword));
    }
    let now = app.clock.now();
    account.password_hash = hash;
    account.version += 1;
    account.updated_at = now;
    account::update(&tx, &account).await?;
    session::revoke_all(&tx, account.id, Some(caller.session), now).await?;
    let done = Change::by(Some(actor.id), now)
        .entry("account.password_changed", "account", account.id, json!({}))
        .emit(event());
    Ok(tx.commit(done).await?)
}

/// A page of accounts, for administrators.
pub async fn list(app: &App, caller: Caller, wanted: PageRequest) -> Result<Page<Profile>, Error> {
    let (tx, actor) = app.read_as(caller).await?;
    allow::<Administer>(&actor, Scope::default())?;
    let page = account::page(&tx, wanted).await?;
    let mut items = Vec::with_capacity(page.items.len());
    for account in page.items {
        let grants = account::grants(&tx, account.id).await?;
        items.push(Profile { account, grants });
    }
    Ok(Page { items, next: page.next })
}

/// One account, for administrators.
pub async fn show(app: &App, caller: Caller, id: AccountId) -> Result<Profile, Error> {
    let (tx, actor) = app.read_as(caller).await?;
    allow::<Administer>(&actor, Scope::default())?;
    profile(&tx, id).await
}

/// Makes an account.
pub async fn create(app: &App, caller: Caller, new: NewAccount, once: Once<Profile>) -> Result<Done<Profile>, Error> {
    // The right is looked at before the costly hash too, which a stranger could else ask for.
    let (_, actor) = app.read_as(caller).await?;
    allow::<Administer>(&actor, Scope::default())?;
    let (email, hash) = read_new(app, &new).await?;
    let (tx, actor) = app.write_as(caller).await?;
    allow::<Administer>(&actor, Scope::default())?;
    if let Some(answer) = once.before(app, &tx, actor.id).await? {
        return Ok(Done::Before(answer));
    }
    let (profile, change) = insert(app, &tx, Some(actor.id), email, hash, &new).await?;
    once.keep(app, &tx, actor.id, &profile).await?;
    tx.commit(change).await?;
    Ok(Done::Now(profile))
}

/// Makes an account from the command line, where the operating system has checked who asks.
pub async fn create_by_operator(app: &App, new: NewAccount) -> Result<Profile, Error> {
    let (email, hash) = read_new(app, &new).await?;
    let tx = app.db.write().await?;
    let (profile, change) = insert(app, &tx, None, email, hash, &new).await?;
    tx.commit(change).await?;
    Ok(profile)
}

async fn read_new(app: &App, new: &NewAccount) -> Result<(String, String), Error> {
    let mut check = Check::new();
    let email = canonical_email(&new.email);
    if !looks_like_email(&email) {
        check.fault(FieldError::new("/email", FieldCode::BadEmail));
    }
    if let Err(weak) = check_password(new.password.expose(), &email, &new.name) {
        check.fault(weak_password("/password", weak));
    }
    person_name(&mut check, "/name", &new.name);
    check.finish()?;
    let hash = app.passwords.hash(new.password.clone()).await.map_err(Error::internal)?;
    Ok((email, hash))
}

async fn insert(
    app: &App,
    tx: &WriteTx,
    by: Option<AccountId>,
    email: String,
    password_hash: String,
    new: &NewAccount,
) -> Result<(Profile, Change), Error> {
    let mut check = Check::new();
    let name = person_name(&mut check, "/name", &new.name);
    let locale = match &new.locale {
        Some(raw) => read_locale(app, tx, &mut check, raw).await?,
        None => Some(app.i18n.default_locale().clone()),
    };
    let grants = read_grants(tx, &mut check, &new.grants).await?;
    check.finish()?;
    let locale = locale.ok_or_else(Error::not_found)?;
    if account::find_by_email(tx, &email).await?.is_some() {
        return Err(Error::new(Code::EmailTaken));
    }
    let now = app.clock.now();
    let account = Account {
        id: AccountId::new(),
        email,
        name,
        locale,
        password_hash,
        disabled: false,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    account::insert(tx, &account).await?;
    account::set_grants(tx, account.id, &grants, now).await?;
    let data = grants_told(&grants);
    let change = Change::by(by, now).entry("account.created", "account", account.id, data).emit(event());
    Ok((Profile { account, grants }, change))
}

/// Changes an account, for administrators.
pub async fn update(
    app: &App,
    caller: Caller,
    id: AccountId,
    version: i64,
    change: AccountChange,
) -> Result<Profile, Error> {
    // Hashing waits for its turn; the writer must not wait with it.
    let hash = match &change.password {
        None => None,
        Some(password) => {
            let account = show(app, caller, id).await?.account;
            let weak = |weak| Error::invalid(vec![weak_password("/password", weak)]);
            check_password(password.expose(), &account.email, &account.name).map_err(weak)?;
            Some(app.passwords.hash(password.clone()).await.map_err(Error::internal)?)
        }
    };
    let (tx, actor) = app.write_as(caller).await?;
    allow::<Administer>(&actor, Scope::default())?;
    write(app, tx, actor.id, (id, version), change, hash).await
}

async fn write(
    app: &App,
    tx: WriteTx,
    by: AccountId,
    (id, version): (AccountId, i64),
    change: AccountChange,
    hash: Option<String>,
) -> Result<Profile, Error> {
    let mut account = account::find(&tx, id).await?.ok_or_else(Error::not_found)?;
    if account.version != version {
        return Err(Error::new(Code::PreconditionFailed));
    }
    let mut check = Check::new();
    let mut changed = Vec::new();
    if let Some(name) = &change.name {
        account.name = person_name(&mut check, "/name", name);
        changed.push("name");
    }
    if let Some(raw) = &change.locale {
        account.locale = read_locale(app, &tx, &mut check, raw).await?.unwrap_or(account.locale);
        changed.push("locale");
    }
    let now = app.clock.now();
    check.finish()?;
    if let Some(hash) = hash {
        account.password_hash = hash;
        session::revoke_all(&tx, id, None, now).await?;
        changed.push("password");
    }
    if let Some(disabled) = change.disabled {
        account.disabled = disabled;
        changed.push(if disabled { "disabled" } else { "enabled" });
        if disabled {
            session::revoke_all(&tx, id, None, now).await?;
        }
    }
    account.version += 1;
    account.updated_at = now;
    account::update(&tx, &account).await?;
    keep_an_administrator(&tx).await?;
    let grants = account::grants(&tx, id).await?;
    let done = Change::by(Some(by), now)
        .entry("account.updated", "account", id, json!({"changed": changed, "disabled": account.disabled}))
        .emit(event());
    tx.commit(done).await?;
    Ok(Profile { account, grants })
}

/// Gives an account these grants in the place of all it had; they hold from the next request on.
pub async fn set_grants(
    app: &App,
    caller: Caller,
    id: AccountId,
    version: i64,
    grants: Vec<NewGrant>,
) -> Result<Profile, Error> {
    let (tx, actor) = app.write_as(caller).await?;
    allow::<Administer>(&actor, Scope::default())?;
    let mut account = account::find(&tx, id).await?.ok_or_else(Error::not_found)?;
    if account.version != version {
        return Err(Error::new(Code::PreconditionFailed));
    }
    let mut check = Check::new();
    let grants = read_grants(&tx, &mut check, &grants).await?;
    check.finish()?;
    let now = app.clock.now();
    account.version += 1;
    account.updated_at = now;
    account::update(&tx, &account).await?;
    account::set_grants(&tx, id, &grants, now).await?;
    keep_an_administrator(&tx).await?;
    let data = grants_told(&grants);
    tx.commit(Change::by(Some(actor.id), now).entry("account.grants_set", "account", id, data).emit(event())).await?;
    Ok(Profile { account, grants })
}

/// Whether anybody can administer.
pub async fn has_administrator(app: &App) -> Result<bool, Error> {
    Ok(account::active_with_role(&app.db.read().await?, Role::Admin).await? > 0)
}

async fn keep_an_administrator(tx: &WriteTx) -> Result<(), Error> {
    if account::active_with_role(tx, Role::Admin).await? == 0 {
        return Err(Error::new(Code::LastAdministrator));
    }
    Ok(())
}

fn event() -> Event {
    Event { kind: EventType::Account, article: None, locale: None }
}
