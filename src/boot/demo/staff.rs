//! The people of the demonstration, signed in, and who of them does what.

use std::net::{IpAddr, Ipv4Addr};

use crate::{
    domain::access::{Actor, Grant, Role, Scope},
    kernel::{AccountId, Code, LocaleTag},
    service::{App, Caller, Error, auth},
    tokens::Secret,
};

/// Where the people sign in from.
pub(super) const PEER: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// Somebody who works there.
#[derive(Clone, Debug)]
pub(super) struct Member {
    pub(super) email: String,
    pub(super) caller: Caller,
    pub(super) grants: Vec<Grant>,
}

/// Everybody who works there.
#[derive(Debug, Default)]
pub(super) struct Staff(Vec<Member>);

impl Staff {
    pub(super) fn join(&mut self, member: Member) {
        self.0.push(member);
    }

    /// Who has an address.
    pub(super) fn by_email(&self, email: &str) -> Result<&Member, Error> {
        self.0.iter().find(|member| member.email == email).ok_or_else(|| nobody(email))
    }

    /// Somebody with a role over an edition who is none of these; of several each in their turn.
    pub(super) fn with(
        &self,
        role: Role,
        (agency, locale): (&Code, &LocaleTag),
        not: &[AccountId],
        turn: usize,
    ) -> Result<&Member, Error> {
        let scope = Scope { agency: Some(agency), locale: Some(locale) };
        let able: Vec<&Member> = self
            .0
            .iter()
            .filter(|member| !not.contains(&member.caller.account))
            .filter(|member| {
                Actor { id: member.caller.account, grants: member.grants.clone(), delegated: vec![] }
                    .holds(&[role], scope)
            })
            .collect();
        able.get(turn % able.len().max(1)).copied().ok_or_else(|| nobody(role.as_str()))
    }
}

fn nobody(what: &str) -> Error {
    Error::internal(format!("nobody in the demonstration is {what}"))
}

/// Signs somebody in, as they would do it themselves.
pub(super) async fn sign_in(app: &App, email: &str, password: &Secret) -> Result<Caller, Error> {
    let tokens = auth::login(app, email, password.clone(), PEER).await?;
    let claims = app.tokens.verify(&tokens.access, app.clock.now()).map_err(Error::internal)?;
    Ok(Caller { account: claims.account, session: claims.session })
}
