//! Which attributes stay, and with which values.

use ammonia::Url;
use html5ever::{LocalName, tendril::StrTendril};
use uuid::Uuid;

use super::{
    profile::{Attrs, Tag},
    report::Report,
};
use crate::domain::text;

/// Longest address, as far as browsers of all ages follow one.
const LONGEST_ADDRESS: usize = 2000;

/// The attributes that stay on an element; the others go to the report, under the source's name of the element.
pub(super) fn kept(tag: Tag, source: &str, attrs: &[(LocalName, StrTendril)], report: &mut Report) -> Attrs {
    let mut kept = Attrs::default();
    for (name, value) in attrs {
        let good = match (&**name, tag) {
            ("href", Tag::A) => {
                kept.href = address(value);
                if kept.href.is_none() {
                    report.address(value);
                }
                continue;
            }
            ("data-image", Tag::Figure) => {
                // Only the usual spelling: the parser of ids knows others, with braces and without hyphens.
                kept.image = value.parse().ok().filter(|id: &Uuid| id.to_string().eq_ignore_ascii_case(value));
                kept.image.is_some()
            }
            ("lang", _) => {
                kept.lang = language(value);
                kept.lang.is_some()
            }
            ("dir", _) => {
                kept.dir = ["ltr", "rtl", "auto"].into_iter().find(|dir| value.eq_ignore_ascii_case(dir));
                kept.dir.is_some()
            }
            _ => false,
        };
        if !good {
            report.attribute(source, name);
        }
    }
    kept
}

/// The one spelling of an address that a link may lead to: absolute, `https`, `http` or `mailto`.
pub(super) fn address(raw: &str) -> Option<String> {
    let raw = raw.trim_matches([' ', '\n']);
    // A browser skips tabs and line breaks within an address; one that needs this has something to hide.
    if raw.chars().any(|c| !text::is_account_name_char_ok(c)) {
        return None;
    }
    let url = Url::parse(raw).ok()?;
    let spelt = |scheme: &str| raw.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    let good = match url.scheme() {
        // Readers disagree about `https:example.vn`, and `user@host` is made to be misread.
        "https" | "http" => {
            (spelt("https://") || spelt("http://"))
                && url.has_host()
                && url.username().is_empty()
                && url.password().is_none()
        }
        "mailto" => {
            let lower = url.as_str().to_ascii_lowercase();
            let folded = lower.contains("%0a") || lower.contains("%0d");
            url.path().split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty()) && !folded
        }
        _ => false,
    };
    let spelling = url.as_str();
    let stable = Url::parse(spelling).is_ok_and(|again| again.as_str() == spelling);
    if !good || !stable || spelling.len() > LONGEST_ADDRESS {
        return None;
    }
    // An author who wrote no slash after the host sees none.
    Some(if spelling.strip_suffix('/') == Some(raw) { raw } else { spelling }.to_owned())
}

/// A language tag in its rough shape; which languages there are is not the profile's business.
fn language(raw: &str) -> Option<String> {
    let mut parts = raw.split('-');
    let first = parts.next().is_some_and(|p| (2..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphabetic()));
    let rest = parts.all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()));
    (first && rest && raw.len() <= 35).then(|| raw.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_good_address_has_one_spelling() {
        for (raw, kept) in [
            ("https://example.vn", "https://example.vn"),
            ("https://example.vn/", "https://example.vn/"),
            ("http://example.vn/a?b=c&d#e", "http://example.vn/a?b=c&d#e"),
            (" HTTPS://Example.VN/A ", "https://example.vn/A"),
            ("https://example.vn/Hạ Long", "https://example.vn/H%E1%BA%A1%20Long"),
            ("https://đấtmũi.vn/", "https://xn--tmi-irab605eo8u.vn/"),
            ("https://example.vn\\@evil.test", "https://example.vn/@evil.test"),
            ("mailto:a@example.vn", "mailto:a@example.vn"),
            ("mailto:a@example.vn?subject=Hi%20there", "mailto:a@example.vn?subject=Hi%20there"),
        ] {
            let address = address(raw);
            if raw.contains("đấtmũi") {
                assert!(address.is_some_and(|a| a.starts_with("https://xn--")), "{raw}");
            } else {
                assert_eq!(address.as_deref(), Some(kept), "{raw}");
            }
        }
    }

    #[test]
    fn other_addresses_are_refused() {
        for raw in [
            "",
            "#top",
            "/a",
            "//example.vn/a",
            "a.html",
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\tscript:alert(1)",
            "java\nscript:alert(1)",
            " javascript:alert(1)",
            "\u{1}javascript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "ftp://example.vn",
            "blob:https://example.vn/x",
            "https:example.vn",
            "https:/example.vn",
            "https:\\\\example.vn",
            "https://",
            "https://u@example.vn",
            "https://u:p@example.vn",
            "https://:p@example.vn",
            "https://exam\u{200B}ple.vn",
            "https://a\u{202E}b.vn",
            "mailto:",
            "mailto:?bcc=a@example.vn",
            "mailto:a@b.vn?subject=x%0Abcc:y@z.vn",
            "tel:113",
            "about:blank",
            "view-source:https://example.vn",
            "https://a b.vn",
            "https://[::1",
            "x",
        ] {
            assert_eq!(address(raw), None, "{raw:?}");
        }
    }

    #[test]
    fn an_address_has_a_longest_length() {
        let of = |len: usize| format!("https://a.vn/{}", "a".repeat(len - 13));
        assert!(address(&of(LONGEST_ADDRESS)).is_some());
        assert!(address(&of(LONGEST_ADDRESS + 1)).is_none());
    }

    #[test]
    fn a_language_has_the_shape_of_a_tag() {
        for good in ["vi", "zh-Hans", "pt-BR", "en-x-a", "VI"] {
            assert!(language(good).is_some(), "{good}");
        }
        for bad in ["", "v", "vi_VN", "vi-", "-vi", "vi\"", "1a", "tiếng", "vi-123456789"] {
            assert!(language(bad).is_none(), "{bad}");
        }
    }
}
