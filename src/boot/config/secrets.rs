//! Secrets and keys that an operator gives instead of the data folder's own.

use std::{io, path::Path};

use zeroize::Zeroizing;

use super::{Bad, Given, Reason};
use crate::tokens::{FileError, Keyring, Secret, WeakSecret, check_secret, read_private, read_public};

/// Configured secrets and keys.
#[derive(Clone, Debug)]
pub struct Secrets {
    /// The secret behind access tokens.
    pub jwt: Option<Secret>,
    /// The secret by which other secrets are sealed.
    pub sealing: Option<Secret>,
    /// The private key that signs publications, in PEM.
    pub signing_key: Option<Secret>,
    /// Public keys whose signatures count beside its own, in PEM.
    pub trusted_keys: Vec<String>,
    /// The name by which the private key was given.
    pub signing_name: String,
    /// The name by which the public keys were given.
    pub trusted_name: String,
}

impl Secrets {
    pub(super) fn read(given: &Given) -> Result<Self, Bad> {
        let postgres = given.maybe("database_url").is_some_and(|url| url.expose().starts_with("postgres"));
        for key in ["jwt_secret", "signing_key"] {
            // Several nodes share a database: keys made on one of them would be strangers to the others.
            if postgres && given.maybe(key).is_none() {
                return Err(given.bad(key, Reason::NeededWithPostgres));
            }
        }
        let jwt = given.maybe("jwt_secret").cloned();
        if let Some(secret) = &jwt {
            check_secret(secret.expose()).map_err(|weak| given.bad("jwt_secret", Reason::Secret(weak.to_string())))?;
        }
        let sealing = given.maybe("sealing_secret").cloned();
        if let Some(secret) = &sealing {
            let weak = |weak: WeakSecret| given.bad("sealing_secret", Reason::Secret(weak.to_string()));
            check_secret(secret.expose()).map_err(weak)?;
        }
        let signing_key = pem(given, "signing_key")?;
        let trusted_keys = match pem(given, "trusted_keys")? {
            None => Vec::new(),
            Some(text) => blocks(given, &text)?,
        };
        if let Some(key) = &signing_key {
            let own = Keyring::from_pem(key.expose(), &[], [""; 0]);
            own.map_err(|error| given.bad("signing_key", Reason::Keys(error.to_string())))?;
            let all = Keyring::from_pem(key.expose(), &trusted_keys, [""; 0]);
            all.map_err(|error| given.bad("trusted_keys", Reason::Keys(error.to_string())))?;
        } else if !trusted_keys.is_empty() {
            return Err(given.bad("trusted_keys", Reason::Keys("without a signing_key".to_owned())));
        }
        let (signing_name, trusted_name) = (given.name("signing_key"), given.name("trusted_keys"));
        Ok(Self { jwt, sealing, signing_key, trusted_keys, signing_name, trusted_name })
    }

    /// The bytes of the secret by which others are sealed. Nodes that share a database have to share it: where it is
    /// not configured, and the one behind access tokens is, it is that.
    pub fn sealing_bytes(&self) -> Option<Zeroizing<Vec<u8>>> {
        let given = self.sealing.as_ref().and_then(|secret| check_secret(secret.expose()).ok());
        given.or_else(|| self.jwt_bytes())
    }

    /// The bytes of the configured secret.
    pub fn jwt_bytes(&self) -> Option<Zeroizing<Vec<u8>>> {
        self.jwt.as_ref().and_then(|secret| check_secret(secret.expose()).ok())
    }
}

/// A PEM text, or the one in the file that is named.
fn pem(given: &Given, key: &'static str) -> Result<Option<Secret>, Bad> {
    let Some(value) = given.maybe(key) else { return Ok(None) };
    if value.expose().trim_start().starts_with("-----BEGIN") {
        return Ok(Some(value.clone()));
    }
    let path = Path::new(value.expose().trim());
    let read = if key == "signing_key" { read_private(path) } else { read_public(path) };
    match read {
        Ok(Some(text)) => Ok(Some(text)),
        Ok(None) => Err(given.bad(key, Reason::Unreadable(io::Error::from(io::ErrorKind::NotFound).to_string()))),
        Err(error @ FileError::Exposed { .. }) => Err(given.bad(key, Reason::Keys(error.to_string()))),
        Err(error) => Err(given.bad(key, Reason::Unreadable(error.to_string()))),
    }
}

fn blocks(given: &Given, text: &Secret) -> Result<Vec<String>, Bad> {
    let bad = |detail: String| given.bad("trusted_keys", Reason::Keys(detail));
    let blocks = pem::parse_many(text.expose()).map_err(|error| bad(error.to_string()))?;
    if blocks.is_empty() { Err(bad("no PEM block".to_owned())) } else { Ok(blocks.iter().map(pem::encode).collect()) }
}
