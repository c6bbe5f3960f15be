//! Which language a reader is answered in.

use std::cmp::Reverse;

use fluent_langneg::{LanguageIdentifier, NegotiationStrategy, negotiate::filter_matches};

use super::FALLBACK;
use crate::kernel::LocaleTag;

/// Ranges of a header beyond this many are not looked at: no reader has more languages.
const MAX_RANGES: usize = 32;

/// A language that there are texts in.
pub(super) struct Spoken {
    tag: LocaleTag,
    id: LanguageIdentifier,
}

impl Spoken {
    pub(super) fn new(tag: &LocaleTag) -> Option<Self> {
        Some(Self { tag: tag.clone(), id: tag.as_str().parse().ok()? })
    }
}

impl AsRef<LanguageIdentifier> for Spoken {
    fn as_ref(&self) -> &LanguageIdentifier {
        &self.id
    }
}

/// A member of `Accept-Language`, weighed in thousandths.
struct Range<'a> {
    text: &'a str,
    weight: u16,
}

impl<'a> Range<'a> {
    fn parse(raw: &'a str) -> Option<Self> {
        let mut parts = raw.split(';').map(str::trim);
        let text = parts.next().filter(|text| !text.is_empty())?;
        let weight = match parts.next() {
            None => 1000,
            Some(parameter) => match parameter.split_once('=')? {
                (name, value) if name.trim_end().eq_ignore_ascii_case("q") => weight(value.trim_start())?,
                _ => return None,
            },
        };
        Some(Self { text, weight })
    }

    /// Whether refusing this range refuses the language.
    fn covers(&self, tag: &LocaleTag) -> bool {
        let (tag, range) = (tag.as_str().to_ascii_lowercase(), self.text.to_ascii_lowercase());
        tag.strip_prefix(&range).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    }
}

/// `0`, `1`, or `0.` or `1.` and up to three digits, at most 1.
fn weight(raw: &str) -> Option<u16> {
    let (whole, fraction) = raw.split_once('.').unwrap_or((raw, ""));
    if fraction.len() > 3 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match whole {
        "0" => format!("{fraction:0<3}").parse().ok(),
        "1" if fraction.bytes().all(|byte| byte == b'0') => Some(1000),
        _ => None,
    }
}

/// The spoken language nearest to one that is asked for, if one is near.
pub(super) fn closest<'a>(spoken: &[&'a Spoken], wanted: &str) -> Option<&'a LocaleTag> {
    let wanted: LanguageIdentifier = wanted.parse().ok()?;
    filter_matches(&[wanted], spoken, NegotiationStrategy::Lookup).first().map(|one| &one.tag)
}

/// The spoken language that a header asks for most, if it asks for any.
pub(super) fn accepted<'a>(spoken: &[&'a Spoken], default: &LocaleTag, header: &str) -> Option<&'a LocaleTag> {
    let mut ranges: Vec<Range<'_>> = header.split(',').take(MAX_RANGES).filter_map(Range::parse).collect();
    ranges.sort_by_key(|range| Reverse(range.weight));
    let (wanted, refused): (Vec<_>, Vec<_>) = ranges.iter().partition(|range| range.weight > 0);
    let welcome: Vec<&Spoken> =
        spoken.iter().copied().filter(|one| !refused.iter().any(|range| range.covers(&one.tag))).collect();
    let any = || {
        let named = |name: &str| welcome.iter().find(|one| one.tag.as_str() == name);
        named(default.as_str()).or_else(|| named(FALLBACK)).or_else(|| welcome.first()).map(|one| &one.tag)
    };
    wanted.iter().find_map(|range| if range.text == "*" { any() } else { closest(&welcome, range.text) }).or_else(any)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(header: &str) -> String {
        let tag = |raw: &str| raw.parse::<LocaleTag>().expect("a locale tag");
        let spoken: Vec<Spoken> =
            ["en", "fr", "vi", "zh-Hans"].iter().map(|raw| Spoken::new(&tag(raw)).expect("a locale tag")).collect();
        let all: Vec<&Spoken> = spoken.iter().collect();
        accepted(&all, &tag("vi"), header).expect("a language").to_string()
    }

    #[test]
    fn the_heaviest_range_that_is_spoken_wins() {
        assert_eq!(answer("fr"), "fr");
        assert_eq!(answer("en;q=0.5, fr;q=0.9"), "fr");
        assert_eq!(answer("fr ; q = 0.001,en;Q=0.01"), "en");
        assert_eq!(answer("de, nl;q=0.9, en;q=0.1"), "en");
        assert_eq!(answer("en;q=0.8, fr;q=0.8"), "en", "of equals the first");
        assert_eq!(answer("fr;q=0.8, en;q=0.8"), "fr", "of equals the first");
    }

    #[test]
    fn a_region_is_served_by_its_language() {
        assert_eq!(answer("en-GB"), "en");
        assert_eq!(answer("FR-ca, en;q=0.9"), "fr");
        for chinese in ["zh", "zh-CN", "zh-SG", "zh-Hans-CN", "zh_CN"] {
            assert_eq!(answer(chinese), "zh-Hans", "{chinese}");
        }
        assert_eq!(answer("zh-Hant"), "vi", "another script is not read by everybody");
    }

    #[test]
    fn who_asks_for_nothing_that_is_spoken_gets_the_default() {
        for header in
            ["", "*", "de", ";;;", ",,", "\u{0}", "đ", "en-", "*-CH", "fr;q=2", "fr;q=0.1234", "fr;q=x", "en;x=1"]
        {
            assert_eq!(answer(header), "vi", "{header:?}");
        }
        assert_eq!(answer("de, *;q=0.5, en;q=0.3"), "vi", "anything is more welcome than English");
        assert_eq!(answer("de, *;q=0.5, en;q=0.7"), "en");
    }

    #[test]
    fn a_refused_language_is_not_given_while_another_is_there() {
        assert_eq!(answer("vi;q=0, *"), "en");
        assert_eq!(answer("vi;q=0"), "en");
        assert_eq!(answer("vi;q=0.0, en;q=0.000"), "fr");
        assert_eq!(answer("fr, *;q=0"), "fr");
        assert_eq!(answer("zh;q=0, zh-CN, fr;q=0.1"), "fr");
    }

    #[test]
    fn a_header_of_any_length_is_answered() {
        assert_eq!(answer(&"de,".repeat(10_000)), "vi");
    }
}
