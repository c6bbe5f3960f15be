//! Who calls: the sign-in is looked up, and the rights are read, in the transaction of the call.

use std::collections::HashMap;

use super::{App, Code, Error};
use crate::{
    domain::access::{Actor, Delegated, Permission, Permit, Role, Scope, permit},
    kernel::{AccountId, LocaleTag, SessionId, Timestamp},
    store::{
        ReadTx, Tx, WriteTx,
        account::{self, Account},
        article::Visible,
        delegation,
        session::{self, Session},
    },
};

/// A sign-in whose token was good. What it may do is not in the token.
#[derive(Clone, Copy, Debug)]
pub struct Caller {
    /// The account that the token names.
    pub account: AccountId,
    /// The sign-in that the token names.
    pub session: SessionId,
}

impl App {
    /// Whether the sign-in holds at all, and which language the account speaks.
    pub async fn admit(&self, caller: Caller) -> Result<LocaleTag, Error> {
        let found = session::look_up(&self.db, caller.session).await?;
        self.holds(caller, found).map(|account| account.locale)
    }

    /// A reading transaction and the caller as they are in it.
    pub async fn read_as(&self, caller: Caller) -> Result<(ReadTx, Actor), Error> {
        let tx = self.db.read().await?;
        let actor = self.actor(&tx, caller).await?;
        Ok((tx, actor))
    }

    /// The writing transaction and the caller as they are in it: a right withdrawn a moment ago is gone.
    pub async fn write_as(&self, caller: Caller) -> Result<(WriteTx, Actor), Error> {
        let tx = self.db.write().await?;
        let actor = self.actor(&tx, caller).await?;
        Ok((tx, actor))
    }

    async fn actor(&self, tx: &impl Tx, caller: Caller) -> Result<Actor, Error> {
        let account = self.holds(caller, session::find_with_account(tx, caller.session).await?)?;
        let delegated = delegated(tx, account.id, self.clock.now()).await?;
        Ok(Actor { id: account.id, grants: account::grants(tx, account.id).await?, delegated })
    }

    /// The account of a sign-in that holds.
    fn holds(&self, caller: Caller, found: Option<(Session, Account)>) -> Result<Account, Error> {
        let now = self.clock.now();
        let holds = |(session, account): &(Session, Account)| {
            !session.revoked && session.account == caller.account && session.expires_at > now && !account.disabled
        };
        found.filter(holds).map(|(_, account)| account).ok_or_else(|| Error::new(Code::Unauthenticated))
    }
}

/// Those of some people who are there now, each as the rights are.
pub(super) async fn people(
    tx: &impl Tx,
    ids: impl IntoIterator<Item = AccountId>,
) -> Result<HashMap<AccountId, Actor>, Error> {
    let all = account::active_with_grants(tx, ids).await?;
    Ok(all.into_iter().map(|(id, grants)| (id, Actor { id, grants, delegated: Vec::new() })).collect())
}

/// A person as the rights are now; a disabled account holds none.
pub(super) async fn person(tx: &impl Tx, id: AccountId) -> Result<Actor, Error> {
    let active = account::find(tx, id).await?.is_some_and(|account| !account.disabled);
    let grants = if active { account::grants(tx, id).await? } else { Vec::new() };
    Ok(Actor { id, grants, delegated: Vec::new() })
}

/// What somebody may decide for others now: what these hold themselves, by grants of their own. A right that was
/// lent is not lent on.
async fn delegated(tx: &impl Tx, to: AccountId, now: Timestamp) -> Result<Vec<Delegated>, Error> {
    let mut all = Vec::new();
    for one in delegation::to(tx, to, now).await? {
        let owner = person(tx, one.of).await?;
        if one.of != to && owner.grants.iter().any(|grant| grant.includes(&one.grant)) {
            all.push(Delegated { by: one.id, of: one.of, grant: one.grant });
        }
    }
    Ok(all)
}

/// The permit, or the refusal that is right for something the actor can read.
pub(super) fn allow<P: Permission>(actor: &Actor, scope: Scope<'_>) -> Result<Permit<P>, Error> {
    permit(actor, scope).ok_or_else(|| Error::new(Code::Forbidden))
}

/// What of the articles an actor may see.
pub(super) fn visible(actor: &Actor) -> Visible {
    let mut visible = Visible::default();
    for grant in actor.grants.iter().chain(actor.delegated.iter().map(|one| &one.grant)) {
        match (grant.role, &grant.agency) {
            (Role::Translator, None) => visible.submitted = true,
            (Role::Translator, Some(agency)) => {
                visible.agencies.push(agency.clone());
                visible.submitted_of.push(agency.clone());
            }
            (_, None) => visible.all = true,
            (_, Some(agency)) => visible.agencies.push(agency.clone()),
        }
    }
    visible
}
