//! Locale tags (BCP 47): a language, with a script or a region where they matter.

use std::{fmt, str::FromStr};

use unic_langid::LanguageIdentifier;

/// A canonical BCP 47 tag of language, script? and region?, such as `vi` or `zh-Hans`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LocaleTag(String);

/// A text that is no locale tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a BCP 47 tag of language, script? and region?")]
pub struct BadLocale;

impl LocaleTag {
    /// The tag as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The language alone, as a Google News sitemap and ISO 639 readers want it.
    pub fn language(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }
}

impl FromStr for LocaleTag {
    type Err = BadLocale;

    /// Accepts only the canonical spelling, so that one locale has one address.
    fn from_str(raw: &str) -> Result<Self, BadLocale> {
        let tag: LanguageIdentifier = raw.parse().map_err(|_| BadLocale)?;
        let canonical = tag.to_string();
        if tag.variants().len() == 0 && canonical == raw && raw != "und" { Ok(Self(canonical)) } else { Err(BadLocale) }
    }
}

impl fmt::Display for LocaleTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_canonical_spelling_is_a_tag() {
        for good in ["vi", "zh-Hans", "pt-BR", "zh-Hant-TW"] {
            assert_eq!(good.parse::<LocaleTag>().map(|t| t.to_string()).as_deref(), Ok(good));
        }
        for bad in ["", "VI", "zh-hans", "vi_VN", "../x", "vietnamese-language", "und", "en-US-x-a"] {
            assert_eq!(bad.parse::<LocaleTag>(), Err(BadLocale), "{bad}");
        }
    }
}
