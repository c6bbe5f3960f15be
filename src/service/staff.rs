//! Who could do something: the people who hold some roles, and those who stand in for them.

use std::collections::HashSet;

use super::{Error, workflow::people_with};
use crate::{
    domain::{
        access::{Actor, Role, Scope},
        workflow::{Case, TurnKind, Waiting},
    },
    kernel::{AccountId, Timestamp},
    store::{Tx, delegation, delegation::Delegation},
};

/// The people who hold some roles now, and what of it they lend now.
pub(super) struct Staff {
    people: Vec<Actor>,
    lent: Vec<Delegation>,
}

impl Staff {
    /// Those who hold one of some roles.
    pub(super) async fn read(tx: &impl Tx, roles: &[Role], now: Timestamp) -> Result<Self, Error> {
        Ok(Self::of(people_with(tx, roles).await?, delegation::lent(tx, roles, now).await?))
    }

    /// Of people who are known already.
    pub(super) fn of(people: Vec<Actor>, lent: Vec<Delegation>) -> Self {
        Self { people, lent }
    }

    /// All who hold one of some roles in a scope.
    pub(super) fn with(&self, roles: &[Role], scope: Scope<'_>) -> Vec<AccountId> {
        self.people.iter().filter(|one| one.holds(roles, scope)).map(|one| one.id).collect()
    }

    /// Who could take a turn, as a queue would show it to them: who holds its role, or the one of them whom it is given
    /// to, and who stands in for such a one. Nobody decides on a text of their own or twice, under whichever name.
    pub(super) fn who_can(
        &self,
        waiting: &Waiting,
        scope: Scope<'_>,
        case: &Case,
        authors: &HashSet<AccountId>,
    ) -> Vec<AccountId> {
        if waiting.kind == TurnKind::Publish {
            return self.with(&[waiting.role], scope);
        }
        let free = |who: AccountId| !authors.contains(&who) && !case.is_decided_by(who);
        let named = |who: AccountId| waiting.person.is_none_or(|named| named == who);
        let holds = self.with(&[waiting.role], scope);
        let own = holds.iter().copied().filter(|who| free(*who) && named(*who));
        let stands_in = self.lent.iter().filter(|one| {
            one.grant.role == waiting.role
                && one.grant.covers(scope)
                && holds.contains(&one.of)
                && free(one.of)
                && free(one.to)
                && (named(one.of) || named(one.to))
        });
        own.chain(stands_in.map(|one| one.to)).collect()
    }
}
