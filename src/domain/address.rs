//! Addresses of another time: paths that the office's articles had on a system before this one.

use std::{fmt, fmt::Write as _, str::FromStr};

use serde_json::json;
use unicode_normalization::UnicodeNormalization;

use super::locale::can_be_an_address;
use crate::kernel::{LocaleTag, Slug, canonical_json};

/// Longest old address, in characters as it is kept.
pub const MAX_ADDRESS: usize = 1_000;

/// First parts of addresses that are this system's own, now or in time to come.
const OURS: [&str; 15] = [
    ".well-known",
    "api",
    "assets",
    "docs",
    "feeds",
    "feeds.opml",
    "healthz",
    "hub",
    "media",
    "metrics",
    "openapi.json",
    "press",
    "readyz",
    "robots.txt",
    "sitemap.xml",
];

/// A path with its query, as a browser asks for it: percent-encoded ASCII that begins with one slash.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Address(String);

/// A text that is no path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a path that begins with one slash, at most {MAX_ADDRESS} characters long")]
pub struct BadAddress;

/// What an address can be to an edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Nothing of ours: it can lead to any edition.
    Free,
    /// Where editions of a locale have their pages: it can lead to one of them, and is its for ever.
    Slug(LocaleTag, Slug),
    /// Something of ours: it leads to no edition.
    Ours,
}

impl Address {
    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The page of an edition under a slug.
    pub fn of_slug(locale: &LocaleTag, slug: &Slug) -> Self {
        Self(format!("/{locale}/a/{slug}"))
    }

    /// The same without a query.
    #[must_use]
    pub fn without_query(&self) -> Self {
        Self(self.0.split('?').next().unwrap_or_default().to_owned())
    }

    /// What it can be to an edition.
    pub fn place(&self) -> Place {
        let path = self.0.split('?').next().unwrap_or_default();
        let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
        let locale = parts[0].parse::<LocaleTag>().ok().filter(can_be_an_address);
        match (locale, &parts[1..]) {
            (Some(locale), ["a", slug]) if path == self.0 => {
                slug.parse().map_or(Place::Ours, |slug| Place::Slug(locale, slug))
            }
            (Some(_), [] | ["a" | "t", _]) => Place::Ours,
            _ if parts[0].is_empty() || OURS.contains(&parts[0]) => Place::Ours,
            _ => Place::Free,
        }
    }

    /// `address_v1`: the canonical bytes that are signed, so that nobody who writes the database alone can lead an
    /// address elsewhere.
    pub fn canonical(&self, guid: &str) -> Vec<u8> {
        canonical_json(&json!({"v": 1, "address": self.0, "guid": guid}))
    }
}

impl FromStr for Address {
    type Err = BadAddress;

    fn from_str(raw: &str) -> Result<Self, BadAddress> {
        // A browser takes a backslash for a slash, and two slashes for another host.
        let good = raw.starts_with('/') && !raw.starts_with("//") && !raw.contains(['#', '\\']);
        let dots = raw.split(['/', '?']).any(|part| part == "." || part == "..");
        if !good || dots || raw.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(BadAddress);
        }
        let (mut kept, mut run) = (String::with_capacity(raw.len()), Vec::new());
        let bytes = raw.as_bytes();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            if byte == b'%' {
                let byte = escaped(bytes.get(at + 1..at + 3)).ok_or(BadAddress)?;
                if byte.is_ascii() {
                    encode(&mut kept, &run);
                    run.clear();
                    escape(&mut kept, byte);
                } else {
                    run.push(byte);
                }
                at += 2;
            } else {
                run.push(byte);
            }
            at += 1;
        }
        encode(&mut kept, &run);
        if kept.len() <= MAX_ADDRESS { Ok(Self(kept)) } else { Err(BadAddress) }
    }
}

/// The byte of two hexadecimal digits.
fn escaped(digits: Option<&[u8]>) -> Option<u8> {
    let digits = digits.filter(|digits| digits.iter().all(u8::is_ascii_hexdigit))?;
    u8::from_str_radix(str::from_utf8(digits).ok()?, 16).ok()
}

/// Letters as one spelling of theirs, whether they came as they are or escaped; bytes that are no letters as they are.
fn encode(kept: &mut String, run: &[u8]) {
    for chunk in run.utf8_chunks() {
        for letter in chunk.valid().nfc() {
            if letter.is_ascii_graphic() && !"\"<>`{}|^".contains(letter) {
                kept.push(letter);
            } else {
                letter.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| escape(kept, byte));
            }
        }
        chunk.invalid().iter().for_each(|byte| escape(kept, *byte));
    }
}

fn escape(kept: &mut String, byte: u8) {
    write!(kept, "%{byte:02X}").expect("a string takes all that is written");
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(raw: &str) -> Option<String> {
        raw.parse::<Address>().ok().map(|address| address.to_string())
    }

    #[test]
    fn an_address_is_kept_as_a_browser_asks_for_it() {
        for (raw, expected) in [
            ("/tin-tuc/123-abc.html", "/tin-tuc/123-abc.html"),
            ("/index.php?option=com_content&id=7:a", "/index.php?option=com_content&id=7:a"),
            ("/tin/biển", "/tin/bi%E1%BB%83n"),
            ("/tin/bie\u{302}\u{309}n", "/tin/bi%E1%BB%83n"),
            ("/tin/bi%e1%bb%83n", "/tin/bi%E1%BB%83n"),
            ("/tin/bie%cc%82%cc%89n", "/tin/bi%E1%BB%83n"),
            ("/tin/bi%C3%AA\u{309}n", "/tin/bi%E1%BB%83n"),
            // An escaped letter of ASCII stays one, and its digits are no letters.
            ("/%4e\u{303}%2f%cc%83", "/%4E%CC%83%2F%CC%83"),
            // What is no UTF-8 is kept: some old systems wrote other encodings.
            ("/tin/bi%ea\u{302}n%e1", "/tin/bi%EA%CC%82n%E1"),
            ("/%cd%be%e1%bf%af", "/;%60"),
        ] {
            assert_eq!(kept(raw).as_deref(), Some(expected), "{raw}");
            assert_eq!(kept(expected).as_deref(), Some(expected), "twice is once");
        }
        assert!(kept(&format!("/{}", "a".repeat(MAX_ADDRESS))).is_none());
    }

    #[test]
    fn what_leads_out_is_no_address() {
        for raw in [
            "",
            "tin",
            "//evil.example/a",
            "/\\evil.example",
            "https://a.example/b",
            "/a#b",
            "/a b",
            "/a\n",
            "/../a",
            "/a/./b",
            "/%",
            "/%z1",
            "\\a",
        ] {
            assert_eq!(kept(raw), None, "{raw:?}");
        }
    }

    #[test]
    fn what_is_ours_is_given_to_no_edition() {
        let place = |raw: &str| raw.parse::<Address>().unwrap().place();
        for raw in [
            "/",
            "/vi",
            "/vi/t/bien",
            "/vi/a/Bien",
            "/vi/a/bien?x=1",
            "/api/v1/x",
            "/feeds",
            "/robots.txt",
            "/docs/",
            "/tin",
        ] {
            assert_eq!(place(raw), Place::Ours, "{raw}");
        }
        for raw in ["/tins", "/vi/tin-tuc/a.html", "/vi/", "/index.php?id=1", "/vi/a/b/c", "/apis", "/Vi"] {
            assert_eq!(place(raw), Place::Free, "{raw}");
        }
        assert_eq!(place("/vi/a/bien"), Place::Slug("vi".parse().unwrap(), "bien".parse().unwrap()));
    }
}
