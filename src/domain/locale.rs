//! The languages that an office can publish in.

use crate::kernel::LocaleTag;

/// First parts of addresses that are, or may become, something else than a language. Each language has the
/// addresses under its own tag (`/vi/…`), so a language with one of these tags could not be reached.
const TAKEN: [&str; 7] = ["api", "assets", "docs", "feeds", "hub", "media", "press"];

/// Whether a language can have a tag's addresses. Its name is one of ISO 639, in two letters or three: longer ones
/// are registered for no language, and hide what was mistyped.
pub fn can_be_an_address(tag: &LocaleTag) -> bool {
    matches!(tag.language().len(), 2 | 3) && !TAKEN.contains(&tag.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_one_of_iso_639_and_takes_no_other_address() {
        let can = |tag: &str| tag.parse().is_ok_and(|tag| can_be_an_address(&tag));
        for good in ["vi", "hre", "zh-Hans", "nan-Hant", "pt-BR"] {
            assert!(can(good), "{good}");
        }
        for bad in TAKEN.into_iter().chain(["klingon", "english", "viets"]) {
            assert!(!can(bad), "{bad}");
        }
    }
}
