//! Secrets that have to be read again: sealed with a key that is not in the database.

use std::fmt;

use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, RandomizedNonceKey},
    hkdf::{HKDF_SHA256, Salt},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use zeroize::Zeroizing;

use super::Secret;

/// What the key is made for; another use of the same secret makes another key.
const PURPOSE: &[u8] = b"lantoa sealed secrets v1";
/// Bytes of AES-256's key.
const KEY: usize = 32;
/// Bytes of a nonce, which lies before what it sealed.
const NONCE: usize = 12;

/// Seals secrets and opens them: AES-256-GCM under a key that HKDF makes of the installation's own secret.
pub struct Vault(RandomizedNonceKey);

/// What is no sealed secret of this vault, or is another's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a secret that was sealed here for this")]
pub struct NotSealed;

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vault")
    }
}

struct Bytes;

impl aws_lc_rs::hkdf::KeyType for Bytes {
    fn len(&self) -> usize {
        KEY
    }
}

impl Vault {
    /// The vault of an installation's secret.
    pub fn new(secret: &[u8]) -> Self {
        let mut key = Zeroizing::new([0; KEY]);
        let made = Salt::new(HKDF_SHA256, &[]).extract(secret);
        let made = made.expand(&[PURPOSE], Bytes).expect("32 bytes are less than HKDF gives");
        made.fill(&mut *key).expect("as many bytes as were asked for");
        Self(RandomizedNonceKey::new(&AES_256_GCM, &*key).expect("a key of AES-256 has 32 bytes"))
    }

    /// A secret as it is stored; it opens only for the same `owner`, so that no row's secret serves another's.
    pub fn seal(&self, owner: &str, secret: &Secret) -> String {
        let mut bytes = secret.expose().as_bytes().to_vec();
        let nonce = self.0.seal_in_place_append_tag(Aad::from(owner), &mut bytes);
        let nonce = nonce.expect("no secret of ours is as long as GCM's limit");
        URL_SAFE_NO_PAD.encode([nonce.as_ref().as_slice(), &bytes].concat())
    }

    /// The secret that was sealed for an owner.
    pub fn open(&self, owner: &str, sealed: &str) -> Result<Secret, NotSealed> {
        let bytes = URL_SAFE_NO_PAD.decode(sealed).map_err(|_| NotSealed)?;
        let (nonce, rest) = bytes.split_at_checked(NONCE).ok_or(NotSealed)?;
        let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| NotSealed)?;
        let mut rest = Zeroizing::new(rest.to_vec());
        let plain = self.0.open_in_place((&nonce).into(), Aad::from(owner), &mut rest).map_err(|_| NotSealed)?;
        str::from_utf8(plain).map(Secret::from).map_err(|_| NotSealed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_opens_for_its_owner_under_its_key_and_in_its_bytes_alone() {
        let (vault, other) = (Vault::new(b"one secret"), Vault::new(b"another"));
        let sealed = vault.seal("webhook 1", &"whsec_abc".into());
        assert_eq!(vault.open("webhook 1", &sealed).unwrap().expose(), "whsec_abc");
        assert_ne!(sealed, vault.seal("webhook 1", &"whsec_abc".into()), "the same is never sealed alike twice");
        assert!(vault.open("webhook 2", &sealed).is_err());
        assert!(other.open("webhook 1", &sealed).is_err());
        let mut bytes = URL_SAFE_NO_PAD.decode(&sealed).unwrap();
        for place in 0..bytes.len() {
            bytes[place] ^= 1;
            assert!(vault.open("webhook 1", &URL_SAFE_NO_PAD.encode(&bytes)).is_err(), "byte {place}");
            bytes[place] ^= 1;
        }
        for bad in ["", "abc", "???", &sealed[..sealed.len() - 4]] {
            assert!(vault.open("webhook 1", bad).is_err(), "{bad}");
        }
        assert!(!sealed.contains("whsec"));
    }
}
