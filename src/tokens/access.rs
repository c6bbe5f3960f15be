//! Access tokens: short-lived JWTs (RFC 9068) that say who asks, and never what they may do.

use std::{fmt, time::Duration};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, errors::ErrorKind};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::secret_file::{MIN_SECRET, WeakSecret};
use crate::kernel::{AccountId, SessionId, Timestamp};

#[cfg(test)]
mod tests;

/// Who an access token is for.
pub const AUDIENCE: &str = "lantoa-api";
/// How long an access token is good unless configured otherwise.
pub const DEFAULT_LIFETIME: Duration = Duration::from_mins(10);

const TYP: &str = "at+jwt";
const ALG: Algorithm = Algorithm::HS256;
/// Longest token that is looked at, in bytes.
const MAX_TOKEN: usize = 4096;
/// Seconds by which another node's clock may be ahead of ours; nothing extends `exp`.
const LEEWAY: i64 = 5;
/// Longest lifetime that can be configured, in seconds.
const MAX_LIFETIME: i64 = 86_400;

/// Issues access tokens and verifies them.
pub struct AccessTokens {
    encoding: EncodingKey,
    decoding: DecodingKey,
    issuer: String,
    lifetime: i64,
}

/// What a verified access token says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccessClaims {
    /// Whose token it is.
    pub account: AccountId,
    /// The sign-in that it belongs to.
    pub session: SessionId,
    /// The token's own id.
    pub id: Uuid,
    /// The second in which it was issued.
    pub issued_at: Timestamp,
    /// The second from which it is refused.
    pub expires_at: Timestamp,
}

/// Why a token is refused; for logs, as the client hears the same of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadToken {
    /// Not three non-empty parts of base64url, or too long.
    #[error("not a compact JWT of at most {MAX_TOKEN} bytes")]
    Malformed,
    /// Another header than ours: algorithm, type, or members that we do not write.
    #[error("the token's header is not one of ours")]
    Header,
    /// Signed with another secret, or altered.
    #[error("the token's signature does not verify")]
    Signature,
    /// Claims that we do not write, or for another audience or from another issuer.
    #[error("the token's claims are not ones of ours")]
    Claims,
    /// Its time is over.
    #[error("the token has expired")]
    Expired,
    /// Its time has not come.
    #[error("the token is not valid yet")]
    NotYet,
}

/// The header's members: any other (`crit`, `jwk`, `jku`, `x5u`, `zip`, …) is refused.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StrictHeader {
    alg: String,
    typ: String,
    #[serde(default, rename = "kid")]
    _kid: Option<String>,
}

/// The claims as they are written: all of them, and no others.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Claims {
    iss: String,
    aud: String,
    sub: String,
    sid: String,
    jti: String,
    iat: i64,
    nbf: i64,
    exp: i64,
}

impl AccessTokens {
    /// Tokens of an issuer under a secret of at least 32 bytes, good for so long (a second to a day).
    pub fn new(secret: &[u8], issuer: impl Into<String>, lifetime: Duration) -> Result<Self, WeakSecret> {
        if secret.len() < MIN_SECRET {
            return Err(WeakSecret::Short);
        }
        Ok(Self {
            encoding: EncodingKey::from_secret(secret),
            decoding: DecodingKey::from_secret(secret),
            issuer: issuer.into(),
            lifetime: i64::try_from(lifetime.as_secs()).unwrap_or(i64::MAX).clamp(1, MAX_LIFETIME),
        })
    }

    /// Seconds for which a new token is good, as a login's answer tells the client.
    pub fn lifetime(&self) -> i64 {
        self.lifetime
    }

    /// A token for an account's session, good from now on.
    pub fn issue(&self, account: AccountId, session: SessionId, now: Timestamp) -> String {
        self.sign(&Claims {
            iss: self.issuer.clone(),
            aud: AUDIENCE.into(),
            sub: account.to_string(),
            sid: session.to_string(),
            jti: Uuid::now_v7().to_string(),
            iat: now.seconds(),
            nbf: now.seconds(),
            exp: now.seconds() + self.lifetime,
        })
    }

    /// What a token says, if it is one of ours and good at this moment.
    pub fn verify(&self, token: &str, now: Timestamp) -> Result<AccessClaims, BadToken> {
        check_header(token)?;
        // The library checks the signature. Times are ours to check, against the caller's clock, and so are
        // issuer and audience: it would take an array that contains the right one.
        let mut validation = Validation::new(ALG);
        validation.required_spec_claims.clear();
        validation.validate_exp = false;
        validation.validate_aud = false;
        let claims = jsonwebtoken::decode::<Claims>(token, &self.decoding, &validation)
            .map_err(|error| match error.kind() {
                ErrorKind::Base64(_) => BadToken::Malformed,
                ErrorKind::InvalidSignature => BadToken::Signature,
                _ => BadToken::Claims,
            })?
            .claims;
        if claims.iss != self.issuer || claims.aud != AUDIENCE {
            return Err(BadToken::Claims);
        }
        self.check_times(&claims, now.seconds())?;
        Ok(AccessClaims {
            account: AccountId(uuid(&claims.sub)?),
            session: SessionId(uuid(&claims.sid)?),
            id: uuid(&claims.jti)?,
            issued_at: moment(claims.iat)?,
            expires_at: moment(claims.exp)?,
        })
    }

    fn sign(&self, claims: &Claims) -> String {
        let mut header = Header::new(ALG);
        header.typ = Some(TYP.into());
        jsonwebtoken::encode(&header, claims, &self.encoding)
            .expect("texts and integers serialise, the key is an HMAC's")
    }

    fn check_times(&self, claims: &Claims, now: i64) -> Result<(), BadToken> {
        let span = claims.exp.checked_sub(claims.iat).ok_or(BadToken::Claims)?;
        // Even whoever has the secret gets no token that outlives the configured time.
        if !(1..=self.lifetime).contains(&span) || claims.nbf < claims.iat || claims.nbf >= claims.exp {
            return Err(BadToken::Claims);
        }
        if claims.exp <= now {
            return Err(BadToken::Expired);
        }
        if claims.nbf > now + LEEWAY || claims.iat > now + LEEWAY { Err(BadToken::NotYet) } else { Ok(()) }
    }
}

impl fmt::Debug for AccessTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessTokens").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

fn check_header(token: &str) -> Result<(), BadToken> {
    if token.len() > MAX_TOKEN {
        return Err(BadToken::Malformed);
    }
    let mut parts = token.split('.');
    let (Some(header), Some(_), Some(_), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
        return Err(BadToken::Malformed);
    };
    let json = URL_SAFE_NO_PAD.decode(header).map_err(|_| BadToken::Malformed)?;
    let header: StrictHeader = serde_json::from_slice(&json).map_err(|_| BadToken::Header)?;
    if header.alg == "HS256" && header.typ == TYP { Ok(()) } else { Err(BadToken::Header) }
}

/// A UUID in the one spelling that we write.
fn uuid(text: &str) -> Result<Uuid, BadToken> {
    let uuid = Uuid::parse_str(text).map_err(|_| BadToken::Claims)?;
    if uuid.to_string() == text { Ok(uuid) } else { Err(BadToken::Claims) }
}

fn moment(seconds: i64) -> Result<Timestamp, BadToken> {
    seconds.checked_mul(1_000_000).and_then(Timestamp::from_micros).ok_or(BadToken::Claims)
}
