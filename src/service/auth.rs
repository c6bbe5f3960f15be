//! Signing in and out, and keeping signed in.

use std::net::IpAddr;

use super::{
    App, Caller, Code, Error,
    account::{canonical_email, looks_like_email},
};
use crate::{
    kernel::{AccountId, SessionId},
    store::{Housekeeping, account, session},
    tokens::{RefreshToken, Secret},
};

/// What a sign-in gives.
#[derive(Debug)]
pub struct Tokens {
    /// The short access token.
    pub access: String,
    /// Seconds that it lasts.
    pub expires_in: i64,
    /// The token that gets the next pair, once.
    pub refresh: RefreshToken,
}

/// Signs in with an address and a password; unknown and wrong get the same answer in the same time.
pub async fn login(app: &App, email: &str, password: Secret, peer: IpAddr) -> Result<Tokens, Error> {
    let email = canonical_email(email);
    let now = app.clock.now();
    app.throttle.admit(&email, peer, now).map_err(|wait| Error::new(Code::TooManyRequests).retry_after(wait.0))?;
    // What is no address is nobody's, and PostgreSQL cannot even be asked for some of it.
    let found =
        if looks_like_email(&email) { account::find_by_email(&app.db.read().await?, &email).await? } else { None };
    // The hash is checked whether there is an account or not, and outside any transaction.
    let stored = found.as_ref().map(|account| account.password_hash.as_str());
    let good = app.passwords.verify(password, stored).await;
    let account = found.filter(|account| good && !account.disabled).ok_or_else(|| Error::new(Code::BadCredentials))?;
    app.throttle.succeeded(&email, peer);
    begin(app, account.id, &account.password_hash).await
}

async fn begin(app: &App, id: AccountId, checked: &str) -> Result<Tokens, Error> {
    let tx = app.db.write().await?;
    let now = app.clock.now();
    // The password may have been changed, or the account disabled, while the hash was computed.
    let unchanged =
        account::find(&tx, id).await?.is_some_and(|account| !account.disabled && account.password_hash == checked);
    if !unchanged {
        return Err(Error::new(Code::BadCredentials));
    }
    let session = session::Session {
        id: SessionId::new(),
        account: id,
        expires_at: now.plus(app.policy.session),
        revoked: false,
    };
    session::insert(&tx, session, now).await?;
    let tokens = issue(app, &tx, session).await?;
    tx.commit_housekeeping(Housekeeping::Tokens).await?;
    Ok(tokens)
}

async fn issue(app: &App, tx: &crate::store::WriteTx, session: session::Session) -> Result<Tokens, Error> {
    let now = app.clock.now();
    let refresh = RefreshToken::generate();
    session::insert_refresh(tx, refresh.hash(), session.id, now).await?;
    let access = app.tokens.issue(session.account, session.id, now);
    Ok(Tokens { access, expires_in: app.tokens.lifetime(), refresh })
}

/// Gives the next pair of tokens for a refresh token. One that was used before is stolen or
/// replayed: the whole sign-in ends.
pub async fn refresh(app: &App, raw: &str) -> Result<Tokens, Error> {
    let refused = || Error::new(Code::BadRefreshToken);
    let token: RefreshToken = raw.parse().map_err(|_| refused())?;
    let tx = app.db.write().await?;
    let now = app.clock.now();
    let found = session::find_refresh(&tx, token.hash()).await?.ok_or_else(refused)?;
    let session = session::find(&tx, found.session).await?.ok_or_else(refused)?;
    if found.used {
        session::revoke(&tx, session.id, now).await?;
        tx.commit_housekeeping(Housekeeping::Tokens).await?;
        tracing::warn!(account = %session.account, session = %session.id, "a refresh token came twice: the sign-in was ended");
        return Err(refused());
    }
    let account = account::find(&tx, session.account).await?;
    if session.revoked || session.expires_at <= now || account.is_none_or(|account| account.disabled) {
        return Err(refused());
    }
    session::use_refresh(&tx, token.hash(), now).await?;
    let tokens = issue(app, &tx, session).await?;
    tx.commit_housekeeping(Housekeeping::Tokens).await?;
    Ok(tokens)
}

/// Ends the caller's sign-in.
pub async fn logout(app: &App, caller: Caller) -> Result<(), Error> {
    let (tx, _) = app.write_as(caller).await?;
    session::revoke(&tx, caller.session, app.clock.now()).await?;
    Ok(tx.commit_housekeeping(Housekeeping::Tokens).await?)
}

/// Removes sign-ins and kept answers whose time is over.
pub async fn sweep(app: &App) -> Result<(), Error> {
    let tx = app.db.write().await?;
    let now = app.clock.now();
    session::sweep(&tx, now).await?;
    crate::store::idempotency::sweep(&tx, now).await?;
    Ok(tx.commit_housekeeping(Housekeeping::Answers).await?)
}
