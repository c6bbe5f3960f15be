//! Checks: what a text should not have, found by rules that know no meaning. One that blocks stops publishing until
//! the text is mended or somebody answers for letting it pass.

use std::collections::BTreeSet;

use super::{
    body,
    revision::Text,
    text::{TextFlagKind, flags, is_blank},
};

/// What a check is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Check {
    /// A link leads to an address without protection on the way.
    LinkNotHttps,
    /// The summary, which lists and feeds show, is empty.
    SummaryMissing,
    /// An unseen character turns the direction of the text.
    BidiControl,
    /// An unseen character where the script has no need of it.
    ZeroWidth,
    /// A word holds letters of another script that look like its own.
    MixedScript,
    /// A figure of the source is not in the translation, or the other way round.
    FiguresDiffer,
}

impl Check {
    /// The name that programs know.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::LinkNotHttps => "link-not-https",
            Self::SummaryMissing => "summary-missing",
            Self::BidiControl => "bidi-control",
            Self::ZeroWidth => "zero-width",
            Self::MixedScript => "mixed-script",
            Self::FiguresDiffer => "figures-differ",
        }
    }

    /// Whether it stops publishing.
    pub fn is_blocking(self) -> bool {
        self == Self::LinkNotHttps
    }
}

/// One place where a check is not met.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The check.
    pub check: Check,
    /// The part of the text: `title`, `summary` or `body`.
    pub part: &'static str,
    /// What was found: an address, a word, a figure.
    pub found: String,
}

/// The findings that stop publishing, in a text by itself.
pub fn blocking(text: &Text) -> Vec<Finding> {
    check(text, None).into_iter().filter(|one| one.check.is_blocking()).collect()
}

/// All findings in a text, beside the source that it was made from where it is a translation.
pub fn check(text: &Text, source: Option<&Text>) -> Vec<Finding> {
    let mut all = BTreeSet::new();
    let mut add = |check, part, found: String| {
        all.insert(Finding { check, part, found });
    };
    for link in body::links(&text.body) {
        if link.to_ascii_lowercase().starts_with("http:") {
            add(Check::LinkNotHttps, "body", link);
        }
    }
    if is_blank(&text.summary) {
        add(Check::SummaryMissing, "summary", String::new());
    }
    let words = body::plain_text(&text.body);
    for (part, words) in [("title", &text.title), ("summary", &text.summary), ("body", &words)] {
        for flag in flags(words) {
            let check = match flag.kind {
                TextFlagKind::BidiControl => Check::BidiControl,
                TextFlagKind::ZeroWidth => Check::ZeroWidth,
                TextFlagKind::MixedScript => Check::MixedScript,
            };
            add(check, part, flag.word);
        }
    }
    if let Some(source) = source {
        let (theirs, ours) = (figures(source), figures(text));
        for figure in theirs.symmetric_difference(&ours) {
            add(Check::FiguresDiffer, "body", figure.clone());
        }
    }
    all.into_iter().collect()
}

/// The figures of a text that a translation should have too: those with three digits or more, separators left out.
/// Days, months and hours are written in words in one language and in figures in another.
fn figures(text: &Text) -> BTreeSet<String> {
    let all = [&text.title, &text.summary, &body::plain_text(&text.body)].map(String::as_str).join("\n");
    let chars: Vec<char> = all.chars().collect();
    let (mut found, mut digits) = (BTreeSet::new(), String::new());
    for (at, c) in chars.iter().enumerate() {
        let next = chars.get(at + 1).copied().and_then(digit);
        if let Some(digit) = digit(*c) {
            digits.push(digit);
        } else if !(matches!(c, '.' | ',' | '\u{a0}' | '\u{202f}') && !digits.is_empty() && next.is_some()) {
            keep(&mut found, &mut digits);
        }
    }
    keep(&mut found, &mut digits);
    found
}

fn keep(found: &mut BTreeSet<String>, digits: &mut String) {
    let figure = std::mem::take(digits);
    if figure.len() >= 3 {
        found.insert(figure);
    }
}

/// The digit that a letter of any of the languages' scripts is.
fn digit(c: char) -> Option<char> {
    let zero = match c {
        '0'..='9' => '0',
        '\u{ed0}'..='\u{ed9}' => '\u{ed0}',
        '\u{17e0}'..='\u{17e9}' => '\u{17e0}',
        '\u{ff10}'..='\u{ff19}' => '\u{ff10}',
        _ => return None,
    };
    char::from_digit(u32::from(c) - u32::from(zero), 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(summary: &str, body: &str) -> Text {
        Text {
            title: "Tin".to_owned(),
            summary: summary.to_owned(),
            body: body.to_owned(),
            slug: "tin".parse().unwrap(),
            details: serde_json::Map::new(),
        }
    }

    fn found(text: &Text, source: Option<&Text>) -> Vec<(&'static str, String)> {
        check(text, source).into_iter().map(|one| (one.check.as_str(), one.found)).collect()
    }

    #[test]
    fn links_without_protection_block_and_others_do_not() {
        let bad = text("Có.", "<p><a href=\"http://a.example/\">a</a> <a href=\"https://b.example/\">b</a></p>");
        assert_eq!(found(&bad, None), [("link-not-https", "http://a.example/".to_owned())]);
        assert_eq!(blocking(&bad).len(), 1);
        assert_eq!(blocking(&text("", "<p>Một.</p>")), []);
    }

    #[test]
    fn what_is_missing_or_unseen_is_shown_and_blocks_nothing() {
        let odd = text("", "<p>a\u{202e}b</p>");
        let codes: Vec<_> = found(&odd, None).into_iter().map(|(code, _)| code).collect();
        assert_eq!(codes, ["summary-missing", "bidi-control"]);
        assert_eq!(blocking(&odd), []);
    }

    #[test]
    fn figures_are_compared_whatever_their_separators_and_digits() {
        let source = text("Có.", "<p>Ngày 14-9, 1.250,5 tấn, 300 người, năm 2026.</p>");
        let same = text("Yes.", "<p>On 14 September 2026, 1,250.5 tonnes, 300 people.</p>");
        let khmer = text("ok", "<p>១២៥០៥ ៣០០ ២០២៦</p>");
        assert_eq!(found(&same, Some(&source)), []);
        assert_eq!(found(&khmer, Some(&source)), []);
        let wrong = text("Yes.", "<p>1,255.5 tonnes, 300 people, 2026.</p>");
        let figures = ["12505", "12555"].map(|figure| ("figures-differ", figure.to_owned()));
        assert_eq!(found(&wrong, Some(&source)), figures);
    }
}
