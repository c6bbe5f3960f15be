//! The signing keys: one that signs publications, and every public key that ever did.
//!
//! They live outside the database, since who can write the database could otherwise
//! add a key of his own and sign what he likes.

mod folder;
mod key;
#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, fmt, path::Path};

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

pub use self::key::{BadKid, Kid};
use self::key::{NotAKey, PublicKey};
use super::private_file::FileError;

/// The media type that a signature's header names.
const TYP: &str = "lantoa-publication+jws";
/// Longest signature that is looked at, in bytes; ours have about 220.
const MAX_JWS: usize = 1024;

/// The key that signs, and all keys whose signatures count.
pub struct Keyring {
    signer: Ed25519KeyPair,
    current: Kid,
    trusted: BTreeMap<Kid, PublicKey>,
}

/// A detached signature: a compact JWS (RFC 7515, appendix F) without its payload, `header..signature`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Jws(String);

/// Why a signature does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadSignature {
    /// Not `header..signature` in base64url.
    #[error("not a detached compact JWS")]
    Malformed,
    /// A key that is not trusted, another algorithm, or a header that we do not write.
    #[error("the signature's header is not ours or names a key that is not trusted")]
    Header,
    /// Not over these bytes by this key.
    #[error("the signature does not verify")]
    Mismatch,
}

/// Why there are no keys to work with; a start ends here.
#[derive(Debug, thiserror::Error)]
pub enum KeyringError {
    /// A file or a folder cannot be used.
    #[error(transparent)]
    File(#[from] FileError),
    /// A key cannot be read.
    #[error("{0}: {1}")]
    NotAKey(String, NotAKey),
    /// A key file holds another key than its name says.
    #[error("{0}: holds the key {1}, not the one in its name")]
    Misnamed(String, Kid),
    /// No key at all where there has been one.
    #[error(
        "{0}: no keys, though publications are signed with {1:?}; restore the folder, as a new key is never made silently"
    )]
    Lost(String, String),
    /// Public keys only.
    #[error("{0}: no private key (signing-<kid>.pem); restore it, as a new key is never made silently")]
    NoSigner(String),
    /// The file `current` names no private key of the folder, or is missing where there are several.
    #[error("{0}: the file `current` has to name one of the folder's private keys")]
    NoCurrent(String),
    /// The private key's public half is not trusted.
    #[error("the private key {0} has no public key among the trusted ones (trusted/{0}.pem)")]
    Stranger(Kid),
    /// Something public was signed with a key that is not trusted.
    #[error("publications are signed with {0:?}, which is not among the trusted keys (trusted/<kid>.pem)")]
    Untrusted(String),
}

impl Keyring {
    /// The keys of a folder; the first pair is made where there is none and nothing is published yet.
    ///
    /// `published` are the kids of all signatures in the database: each must be trusted.
    pub fn open_or_create(dir: &Path, published: impl IntoIterator<Item: AsRef<str>>) -> Result<Self, KeyringError> {
        let published: Vec<String> = published.into_iter().map(|kid| kid.as_ref().to_owned()).collect();
        let mut found = folder::read(dir)?;
        if found.is_empty() {
            if let Some(kid) = published.first().cloned() {
                return Err(KeyringError::Lost(dir.display().to_string(), kid));
            }
            folder::create(dir)?;
            found = folder::read(dir)?;
        }
        let signer = found.signer(dir)?;
        Self::assemble(signer, found.trusted, published)
    }

    /// The keys of a configuration: a private key in PKCS#8 and earlier public ones, all PEM.
    ///
    /// The private key's public half is trusted without being listed, as the same hand configures both.
    pub fn from_pem(
        private: &str,
        trusted: &[String],
        published: impl IntoIterator<Item: AsRef<str>>,
    ) -> Result<Self, KeyringError> {
        let bad = |name: &str| {
            let name = name.to_owned();
            |error| KeyringError::NotAKey(name, error)
        };
        let signer = key::private(private).map_err(bad("the configured private key"))?;
        let mut keys = BTreeMap::new();
        for pem in trusted {
            let key = PublicKey::from_pem(pem).map_err(bad("a configured trusted key"))?;
            keys.insert(key.kid(), key);
        }
        let own = PublicKey::of(&signer).map_err(bad("the configured private key"))?;
        keys.insert(own.kid(), own);
        Self::assemble(signer, keys, published)
    }

    fn assemble(
        signer: Ed25519KeyPair,
        trusted: BTreeMap<Kid, PublicKey>,
        published: impl IntoIterator<Item: AsRef<str>>,
    ) -> Result<Self, KeyringError> {
        let current = Kid::of(signer.public_key().as_ref());
        if !trusted.contains_key(&current) {
            return Err(KeyringError::Stranger(current));
        }
        for kid in published {
            if !kid.as_ref().parse().is_ok_and(|kid: Kid| trusted.contains_key(&kid)) {
                return Err(KeyringError::Untrusted(kid.as_ref().to_owned()));
            }
        }
        Ok(Self { signer, current, trusted })
    }

    /// The signature of the current key over some bytes.
    ///
    /// The payload stays base64url in what is signed (no RFC 7797 `b64: false`): put back
    /// between the two dots it makes an ordinary JWS, which any library verifies.
    pub fn sign(&self, payload: &[u8]) -> Jws {
        let header = header(&self.current);
        let signature = self.signer.sign(&signing_input(&header, payload));
        Jws(format!("{header}..{}", URL_SAFE_NO_PAD.encode(signature)))
    }

    /// Whose signature over these bytes it is, if it is one of a trusted key.
    pub fn verify(&self, jws: &str, payload: &[u8]) -> Result<Kid, BadSignature> {
        if jws.len() > MAX_JWS {
            return Err(BadSignature::Malformed);
        }
        let (protected, signature) = jws.split_once("..").ok_or(BadSignature::Malformed)?;
        let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| BadSignature::Malformed)?;
        // Each key has one header, byte for byte: nothing in a foreign one is ever interpreted.
        let known = self.trusted.iter().find(|(kid, _)| header(kid) == protected);
        let (kid, key) = known.ok_or(BadSignature::Header)?;
        if key.verifies(&signing_input(protected, payload), &signature) {
            Ok(kid.clone())
        } else {
            Err(BadSignature::Mismatch)
        }
    }

    /// The trusted keys as a JWK set (RFC 7517, RFC 8037), sorted by kid.
    pub fn jwks(&self) -> Value {
        let jwk = |(kid, key): (&Kid, &PublicKey)| json!({"kty": "OKP", "crv": "Ed25519", "x": key.x(), "kid": kid.as_str(), "use": "sig", "alg": "EdDSA"});
        json!({"keys": self.trusted.iter().map(jwk).collect::<Vec<_>>()})
    }

    /// The key that signs.
    pub fn current_kid(&self) -> &Kid {
        &self.current
    }

    /// The trusted keys, sorted.
    pub fn kids(&self) -> impl Iterator<Item = &Kid> {
        self.trusted.keys()
    }
}

impl Jws {
    /// The signature as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<Jws> for String {
    fn from(jws: Jws) -> Self {
        jws.0
    }
}

impl fmt::Display for Jws {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keyring")
            .field("current", &self.current)
            .field("trusted", &self.trusted.keys())
            .finish_non_exhaustive()
    }
}

/// The protected header of a key's signatures.
fn header(kid: &Kid) -> String {
    URL_SAFE_NO_PAD.encode(format!(r#"{{"alg":"EdDSA","kid":"{kid}","typ":"{TYP}"}}"#))
}

fn signing_input(header: &str, payload: &[u8]) -> Vec<u8> {
    let mut input = format!("{header}.");
    URL_SAFE_NO_PAD.encode_string(payload, &mut input);
    input.into_bytes()
}
