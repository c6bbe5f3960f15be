//! Delegations: somebody decides for another for a while, in both names.

use serde_json::json;

use super::{
    App, Caller, Check, Code as Problem, Done, Error, FieldCode, FieldError, HouseRule, Once,
    article::Known,
    audit::{self, DELEGATED},
};
use crate::{
    domain::{
        access::{Grant, Role, Scope},
        event::{Event, EventType},
        notice::NoticeKind,
        revision::MAX_NOTE,
        text::is_blank,
        workflow::DECIDING,
    },
    kernel::{AccountId, DelegationId, NotificationId, Page, PageRequest, Timestamp},
    store::{Change, Tx, account, delegation, notification, notification::Notification},
};

pub use delegation::Delegation;

/// A right to be lent.
#[derive(Clone, Debug)]
pub struct NewDelegation {
    /// Who stands in.
    pub to: AccountId,
    /// The role.
    pub role: Role,
    /// For this agency only.
    pub agency: Option<String>,
    /// For this locale only.
    pub locale: Option<String>,
    /// From when; from now where nothing is said.
    pub from: Option<Timestamp>,
    /// Until when.
    pub until: Timestamp,
    /// Why.
    pub reason: String,
}

/// A delegation with the names of both, and whether it holds now.
#[derive(Clone, Debug)]
pub struct Lent {
    /// The delegation.
    pub delegation: Delegation,
    /// The name of whose right it is.
    pub of: Option<String>,
    /// The name of who stands in.
    pub to: Option<String>,
    /// Whether it holds now.
    pub active: bool,
}

/// Lends a right of one's own to somebody else. What was lent is not lent on.
pub async fn create(app: &App, caller: Caller, new: NewDelegation, once: Once<Lent>) -> Result<Done<Lent>, Error> {
    let (tx, actor) = app.write_as(caller).await?;
    if let Some(answer) = once.before(app, &tx, actor.id).await? {
        return Ok(Done::Before(answer));
    }
    let now = app.clock.now();
    let from = new.from.unwrap_or(now);
    let mut check = Check::new();
    let known = Known::read(&tx).await?;
    let agency = new.agency.as_deref().and_then(|raw| known.agency(&mut check, "/agency", raw));
    let locale = new.locale.as_deref().and_then(|raw| known.locale(&mut check, "/locale", raw));
    let reason = check.text("/reason", &new.reason, MAX_NOTE);
    if is_blank(&reason) {
        check.fault(FieldError::new("/reason", FieldCode::Required));
    }
    if new.until <= from {
        check.fault(FieldError::new("/until", FieldCode::EndsBeforeStart));
    } else if new.until <= now {
        check.fault(FieldError::new("/until", FieldCode::InPast));
    }
    let grant = Grant { role: new.role, agency, locale };
    let mut of_own_right = true;
    if new.to == actor.id {
        check.fault(FieldError::new("/to", FieldCode::OwnName));
        of_own_right = false;
    } else if account::find(&tx, new.to).await?.is_none_or(|account| account.disabled) {
        check.fault(FieldError::new("/to", FieldCode::Unknown).with("name", new.to.to_string()));
    }
    // Of one's own grants, never of what was lent: that is not lent on.
    if !DECIDING.contains(&new.role) || !actor.grants.iter().any(|held| held.includes(&grant)) {
        check.fault(FieldError::new("/role", FieldCode::NotHeld));
        of_own_right = false;
    }
    check.finish().map_err(|error| if of_own_right { error } else { error.by_rule(HouseRule::OwnRight) })?;
    let made = Delegation {
        id: DelegationId::new(),
        of: actor.id,
        to: new.to,
        grant,
        from,
        until: new.until,
        reason,
        created_at: now,
        revoked_at: None,
    };
    delegation::insert(&tx, &made).await?;
    let notice = Notification {
        id: NotificationId::new(),
        to: made.to,
        kind: NoticeKind::Delegated,
        article: None,
        locale: None,
        case: None,
        stage: None,
        about: Some(made.id.0),
        at: now,
        read_at: None,
    };
    notification::insert(&tx, &[notice]).await?;
    let data = audit::lent(&made);
    let change = Change::by(Some(actor.id), now).entry(DELEGATED, "delegation", made.id, data).emit(event());
    let lent = named(&tx, vec![made], now).await?.pop().ok_or_else(Error::not_found)?;
    once.keep(app, &tx, actor.id, &lent).await?;
    tx.commit(change).await?;
    Ok(Done::Now(lent))
}

/// What the caller lent and was lent, newest first; for administrators and auditors, everybody's.
pub async fn list(app: &App, caller: Caller, wanted: PageRequest) -> Result<Page<Lent>, Error> {
    let (tx, actor) = app.read_as(caller).await?;
    let all = actor.holds(&[Role::Admin, Role::Auditor], Scope::default());
    let page = delegation::page(&tx, (!all).then_some(actor.id), wanted).await?;
    Ok(Page { items: named(&tx, page.items, app.clock.now()).await?, next: page.next })
}

/// One that the caller lent or was lent.
pub async fn show(app: &App, caller: Caller, id: DelegationId) -> Result<Lent, Error> {
    let (tx, actor) = app.read_as(caller).await?;
    let all = actor.holds(&[Role::Admin, Role::Auditor], Scope::default());
    let found = delegation::find(&tx, id).await?;
    let found = found.filter(|one| all || one.of == actor.id || one.to == actor.id).ok_or_else(Error::not_found)?;
    named(&tx, vec![found], app.clock.now()).await?.pop().ok_or_else(Error::not_found)
}

/// Ends a delegation now: by whose right it is, by who stands in, or by an administrator. Decisions that rest on it
/// and are not published yet fall with it.
pub async fn revoke(app: &App, caller: Caller, id: DelegationId, version: i64) -> Result<Lent, Error> {
    let (tx, actor) = app.write_as(caller).await?;
    let admin = actor.holds(&[Role::Admin], Scope::default());
    let reads = admin || actor.holds(&[Role::Auditor], Scope::default());
    let found = delegation::find(&tx, id).await?;
    let may = |one: &Delegation| admin || one.of == actor.id || one.to == actor.id;
    let mut found = found.filter(|one| reads || may(one)).ok_or_else(Error::not_found)?;
    if !may(&found) {
        return Err(Error::new(Problem::Forbidden).by_rule(HouseRule::OwnRight));
    }
    if found.version() != version {
        return Err(Error::new(Problem::PreconditionFailed));
    }
    let now = app.clock.now();
    found.revoked_at = Some(now);
    delegation::update(&tx, &found).await?;
    let change = Change::by(Some(actor.id), now).entry("delegation.revoked", "delegation", id, json!({})).emit(event());
    let lent = named(&tx, vec![found], now).await?.pop().ok_or_else(Error::not_found)?;
    tx.commit(change).await?;
    Ok(lent)
}

async fn named(tx: &impl Tx, all: Vec<Delegation>, now: Timestamp) -> Result<Vec<Lent>, Error> {
    let names = account::names(tx, all.iter().flat_map(|one| [one.of, one.to])).await?;
    let lent = |one: Delegation| Lent {
        of: names.get(&one.of).cloned(),
        to: names.get(&one.to).cloned(),
        active: one.holds_at(now),
        delegation: one,
    };
    Ok(all.into_iter().map(lent).collect())
}

fn event() -> Event {
    Event { kind: EventType::Account, article: None, locale: None }
}
