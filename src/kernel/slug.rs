//! Slugs: the readable last part of a public address.

use std::{fmt, str::FromStr};

/// Longest slug, in characters.
pub const MAX_SLUG: usize = 120;

/// The last part of a public address: lower-case ASCII words joined by hyphens.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Slug(String);

/// A text that is no slug.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a slug: lower-case ASCII words joined by hyphens, at most {MAX_SLUG} characters")]
pub struct BadSlug;

impl FromStr for Slug {
    type Err = BadSlug;

    fn from_str(raw: &str) -> Result<Self, BadSlug> {
        let word = |w: &str| !w.is_empty() && w.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        if raw.len() <= MAX_SLUG && raw.split('-').all(word) { Ok(Self(raw.to_owned())) } else { Err(BadSlug) }
    }
}

impl Slug {
    /// The slug as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_words_joined_by_hyphens() {
        for good in ["a", "2026", "vinh-ha-long", "a1-b2"] {
            assert_eq!(good.parse::<Slug>().map(|slug| slug.to_string()).as_deref(), Ok(good));
        }
        for bad in
            ["", "-", "-a", "a-", "a--b", "A", "vịnh", "a b", "a_b", "a.b", "a/b", "..", "a\u{200B}b", "а", "a\n"]
        {
            assert_eq!(bad.parse::<Slug>(), Err(BadSlug), "{bad:?}");
        }
    }

    #[test]
    fn a_slug_has_a_longest_length() {
        assert!("a".repeat(MAX_SLUG).parse::<Slug>().is_ok());
        assert_eq!("a".repeat(MAX_SLUG + 1).parse::<Slug>(), Err(BadSlug));
    }
}
