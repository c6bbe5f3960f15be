//! Codes of vocabularies: short, immutable, readable.

use std::{fmt, str::FromStr};

/// Longest code that is accepted, in characters.
pub const MAX_CODE: usize = 64;

/// The immutable code of an agency or a topic: lower-case ASCII words joined by hyphens.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code(String);

/// A text that is no code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a code: lower-case ASCII words joined by hyphens, at most {MAX_CODE} characters")]
pub struct BadCode;

impl FromStr for Code {
    type Err = BadCode;

    fn from_str(raw: &str) -> Result<Self, BadCode> {
        let word = |w: &str| !w.is_empty() && w.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        if raw.len() <= MAX_CODE && raw.split('-').all(word) { Ok(Self(raw.to_owned())) } else { Err(BadCode) }
    }
}

impl Code {
    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_words_joined_by_hyphens() {
        assert!("dau-tu-2026".parse::<Code>().is_ok());
        for bad in ["", "-a", "a-", "a--b", "A", "đầu-tư", "a b", "a_b"] {
            assert_eq!(bad.parse::<Code>(), Err(BadCode), "{bad}");
        }
    }
}
