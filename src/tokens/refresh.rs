//! Refresh tokens: opaque, random, known to the database only by their hash.

use std::{fmt, str::FromStr};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use zeroize::Zeroizing;

use super::secret;
use crate::kernel::Digest;

/// What every refresh token begins with, so that a leaked one is recognised by scanners.
const PREFIX: &str = "ltr_";
const BYTES: usize = 32;

/// A refresh token: 256 random bits that a client keeps and we do not.
#[derive(Clone)]
pub struct RefreshToken(Zeroizing<String>);

/// A text that is no refresh token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a refresh token")]
pub struct BadRefreshToken;

impl RefreshToken {
    /// A new token.
    pub fn generate() -> Self {
        let mut text = Zeroizing::new(String::with_capacity(PREFIX.len() + BYTES.div_ceil(3) * 4));
        text.push_str(PREFIX);
        URL_SAFE_NO_PAD.encode_string(secret::random(BYTES), &mut text);
        Self(text)
    }

    /// The text for the client.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The form that is stored; the token has too many bits for it to need a salt.
    pub fn hash(&self) -> Digest {
        Digest::of(self.0.as_bytes())
    }
}

impl FromStr for RefreshToken {
    type Err = BadRefreshToken;

    fn from_str(raw: &str) -> Result<Self, BadRefreshToken> {
        let encoded = raw.strip_prefix(PREFIX).ok_or(BadRefreshToken)?;
        // Length first, so that a huge text is not decoded.
        if encoded.len() != (BYTES * 4).div_ceil(3) {
            return Err(BadRefreshToken);
        }
        URL_SAFE_NO_PAD.decode(encoded).map(Zeroizing::new).map_err(|_| BadRefreshToken)?;
        Ok(Self(Zeroizing::new(raw.to_owned())))
    }
}

impl fmt::Debug for RefreshToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RefreshToken(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_comes_back_with_the_same_hash_and_no_two_are_alike() {
        let token = RefreshToken::generate();
        assert_eq!(token.expose().len(), 47);
        assert_eq!(token.expose().parse::<RefreshToken>().unwrap().hash(), token.hash());
        assert_ne!(RefreshToken::generate().hash(), token.hash());
        assert_eq!(format!("{token:?}"), "RefreshToken(…)");
    }

    #[test]
    fn anything_else_is_no_token() {
        let zeros = "A".repeat(43);
        let bad = [
            String::new(),
            "ltr_".into(),
            zeros.clone(),
            format!("lt_{zeros}"),
            format!("LTR_{zeros}"),
            format!(" ltr_{zeros}"),
            format!("ltr_{zeros}="),
            format!("ltr_{zeros}A"),
            format!("ltr_{}B", &zeros[1..]),
            format!("ltr_{}+", &zeros[1..]),
            format!("ltr_{}é", &zeros[2..]),
            "ltr_".repeat(100_000),
        ];
        for text in bad {
            assert!(text.parse::<RefreshToken>().is_err(), "{text:.80}");
        }
        assert!(format!("ltr_{zeros}").parse::<RefreshToken>().is_ok());
    }
}
