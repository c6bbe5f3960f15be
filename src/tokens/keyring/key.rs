//! Ed25519 keys in PEM, and their names.

use std::{fmt, str::FromStr};

use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair as _, ParsedPublicKey};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use pem::{EncodeConfig, LineEnding, Pem};
use zeroize::Zeroizing;

use crate::kernel::Digest;

const PUBLIC: &str = "PUBLIC KEY";
const PRIVATE: &str = "PRIVATE KEY";
/// What stands before the 32 bytes of a public key in its DER form (RFC 8410): lengths and the algorithm's number.
const SPKI: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

/// A key's name: the RFC 7638 thumbprint of its public half, so that a name fits one key only.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Kid(String);

/// A text that is no thumbprint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a key's name: the base64url of a SHA-256 thumbprint")]
pub struct BadKid;

/// A text that is no key of the kind that is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAKey {
    /// Wanted was a private one.
    #[error("not one Ed25519 private key in PKCS#8 (PEM)")]
    Private,
    /// Wanted was a public one.
    #[error("not one Ed25519 public key in SPKI (PEM)")]
    Public,
}

/// A public key whose signatures count.
pub(super) struct PublicKey {
    bytes: Vec<u8>,
    parsed: ParsedPublicKey,
}

impl Kid {
    /// The name of the key with this public half.
    pub(super) fn of(public: &[u8]) -> Self {
        let x = URL_SAFE_NO_PAD.encode(public);
        let digest = Digest::of(format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#));
        Self(URL_SAFE_NO_PAD.encode(digest.as_bytes()))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Kid {
    type Err = BadKid;

    fn from_str(raw: &str) -> Result<Self, BadKid> {
        // 43 characters are 32 bytes; the length first, so that a huge text is not decoded.
        if raw.len() == 43 && URL_SAFE_NO_PAD.decode(raw).is_ok() { Ok(Self(raw.to_owned())) } else { Err(BadKid) }
    }
}

impl fmt::Display for Kid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Kid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Kid({self})")
    }
}

impl PublicKey {
    /// The public half of a pair.
    pub(super) fn of(pair: &Ed25519KeyPair) -> Result<Self, NotAKey> {
        Self::from_bytes(pair.public_key().as_ref())
    }

    pub(super) fn from_pem(text: &str) -> Result<Self, NotAKey> {
        let der = only(text, PUBLIC).ok_or(NotAKey::Public)?;
        Self::from_bytes(der.strip_prefix(&SPKI).ok_or(NotAKey::Public)?)
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, NotAKey> {
        let parsed = ParsedPublicKey::new(&ED25519, bytes).map_err(|_| NotAKey::Public)?;
        // The library would also take a whole SPKI structure here.
        if bytes.len() == 32 { Ok(Self { bytes: bytes.to_vec(), parsed }) } else { Err(NotAKey::Public) }
    }

    pub(super) fn to_pem(&self) -> String {
        encode(PUBLIC, [&SPKI, self.bytes.as_slice()].concat()).to_string()
    }

    pub(super) fn kid(&self) -> Kid {
        Kid::of(&self.bytes)
    }

    /// The key as a JWK has it.
    pub(super) fn x(&self) -> String {
        URL_SAFE_NO_PAD.encode(&self.bytes)
    }

    pub(super) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        self.parsed.verify_sig(message, signature).is_ok()
    }
}

/// The key pair of a PKCS#8 file.
pub(super) fn private(text: &str) -> Result<Ed25519KeyPair, NotAKey> {
    let der = only(text, PRIVATE).ok_or(NotAKey::Private)?;
    Ed25519KeyPair::from_pkcs8(&der).map_err(|_| NotAKey::Private)
}

/// The PKCS#8 file of a new pair, in the version that openssl reads, and its public half.
pub(super) fn generate() -> Result<(Zeroizing<String>, PublicKey), NotAKey> {
    let pair = Ed25519KeyPair::generate().map_err(|_| NotAKey::Private)?;
    let der = pair.to_pkcs8v1().map_err(|_| NotAKey::Private)?;
    Ok((encode(PRIVATE, der.as_ref().to_vec()), PublicKey::of(&pair)?))
}

fn only(text: &str, tag: &str) -> Option<Zeroizing<Vec<u8>>> {
    let mut found = pem::parse_many(text).ok()?;
    let pem = found.pop().filter(|pem| pem.tag() == tag)?;
    found.is_empty().then(|| Zeroizing::new(pem.into_contents()))
}

fn encode(tag: &str, der: Vec<u8>) -> Zeroizing<String> {
    let config = EncodeConfig::new().set_line_ending(LineEnding::LF);
    Zeroizing::new(pem::encode_config(&Pem::new(tag, der), config))
}
