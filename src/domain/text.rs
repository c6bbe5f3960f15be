//! The character rules for everything that people type.
//!
//! Text is kept as it was typed, in NFC. What XML cannot carry is refused with its place; what a
//! reader cannot see is kept (Khmer and Lao need it) and flagged to the approver.

mod flags;
mod script;

use unicode_normalization::UnicodeNormalization;

pub use flags::{TextFlag, TextFlagKind, flags};
pub(crate) use script::{is_combining, is_joined};

/// A character that has no place in such a text, and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("U+{:04X} at character {position} has no place here", u32::from(*.character))]
pub struct BadText {
    /// The character.
    pub character: char,
    /// Its place in the text as it was sent, counted in characters from 0.
    pub position: usize,
}

/// One line of plain text (a title, a place, a name): trimmed, in NFC, without line breaks and controls.
pub fn clean_line(raw: &str) -> Result<String, BadText> {
    let line = raw.trim_start();
    let skipped = raw[..raw.len() - line.len()].chars().count();
    let line = line.trim_end();
    refuse(line, skipped, |c| is_carried(c) && !c.is_control() && !is_line_break(c))?;
    Ok(line.nfc().collect())
}

/// Plain text of any number of lines (a summary, a note): in NFC, with `\n` as its only line break.
pub fn clean_text(raw: &str) -> Result<String, BadText> {
    refuse(raw, 0, is_carried)?;
    Ok(with_line_feeds(raw).nfc().collect())
}

/// The source of a body, HTML or Markdown, with `\n` as its only line break.
///
/// It is not in NFC yet: composing `>` with a following overlay would eat the end of a tag,
/// so a body is composed text by text, after it was parsed.
pub fn clean_body_source(raw: &str) -> Result<String, BadText> {
    refuse(raw, 0, is_carried)?;
    Ok(with_line_feeds(raw))
}

/// The name of an account: one line in which nothing is invisible and no word mixes look-alike scripts.
pub fn clean_account_name(raw: &str) -> Result<String, BadText> {
    let name = clean_line(raw)?;
    refuse_invisible(&name)?;
    match flags(&name).into_iter().find(|flag| flag.kind == TextFlagKind::MixedScript) {
        Some(flag) => Err(BadText { character: flag.character, position: flag.position }),
        None => Ok(name),
    }
}

/// Refuses controls, bidi controls, and whatever takes no room on the screen.
pub fn refuse_invisible(text: &str) -> Result<(), BadText> {
    refuse(text, 0, is_account_name_char_ok)
}

/// Whether the character may stand in the name of an account: one sees that it is there.
pub fn is_account_name_char_ok(c: char) -> bool {
    is_carried(c)
        && !c.is_control()
        && !is_line_break(c)
        && !script::is_bidi_control(c)
        && !script::is_zero_width(c)
        && !script::is_variation_selector(c)
}

/// Whether nothing of the text can be seen.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || c == '\u{2800}' || !is_account_name_char_ok(c))
}

/// Whether every consumer, XML 1.0 among them, can carry the character.
pub(crate) fn is_carried(c: char) -> bool {
    let control = c < ' ' && !matches!(c, '\t' | '\n' | '\r');
    let noncharacter = u32::from(c) & 0xFFFE == 0xFFFE;
    !control && !noncharacter
}

fn is_line_break(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}')
}

fn with_line_feeds(raw: &str) -> String {
    raw.replace("\r\n", "\n").replace('\r', "\n")
}

fn refuse(text: &str, skipped: usize, good: impl Fn(char) -> bool) -> Result<(), BadText> {
    match text.chars().enumerate().find(|(_, c)| !good(*c)) {
        Some((at, character)) => Err(BadText { character, position: skipped + at }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_trimmed_and_composed() {
        assert_eq!(clean_line("  Vi\u{0323}nh Ha\u{0323} Long\u{3000}"), Ok("Vịnh Hạ Long".into()));
        assert_eq!(clean_line("Tie\u{0302}\u{0301}ng Vie\u{0323}\u{0302}t"), Ok("Tiếng Việt".into()));
        assert_eq!(clean_line(" \n "), Ok(String::new()));
    }

    #[test]
    fn a_line_refuses_breaks_and_controls_and_says_where() {
        for (raw, character, position) in [
            ("a\nb", '\n', 1),
            ("đầu\ttư", '\t', 3),
            ("  a\u{7}", '\u{7}', 3),
            ("a\u{85}b", '\u{85}', 1),
            ("a\u{2028}b", '\u{2028}', 1),
            ("a\u{FFFE}", '\u{FFFE}', 1),
        ] {
            assert_eq!(clean_line(raw), Err(BadText { character, position }), "{raw:?}");
        }
    }

    #[test]
    fn lines_end_with_a_line_feed() {
        assert_eq!(clean_text("a\r\nb\rc\n"), Ok("a\nb\nc\n".into()));
        assert_eq!(clean_body_source("a\r\nb\rc"), Ok("a\nb\nc".into()));
    }

    #[test]
    fn what_xml_cannot_carry_is_refused() {
        for bad in ['\0', '\u{8}', '\u{B}', '\u{C}', '\u{1F}', '\u{FFFE}', '\u{FFFF}', '\u{1FFFE}', '\u{10FFFF}'] {
            let text = format!("ab{bad}");
            let want = Err(BadText { character: bad, position: 2 });
            assert_eq!(clean_text(&text), want);
            assert_eq!(clean_body_source(&text), want);
        }
    }

    #[test]
    fn everything_else_comes_back_as_it_was() {
        for text in [
            "ភាសា\u{200B}ខ្មែរ",
            "\u{202E}abc\u{202C}",
            "\u{FDD0}\u{FDEF}",
            "\u{80}\u{9F}\u{7F}",
            "a\tb",
            "👩\u{200D}🚀 🇻🇳",
            "م\u{200C}ی",
            "\u{FEFF}x",
            "\u{E000}\u{10FFFD}",
        ] {
            assert_eq!(clean_text(text).as_deref(), Ok(text));
        }
    }

    #[test]
    fn five_thousand_marks_come_back() {
        let text = format!("a{}", "\u{0300}".repeat(5000));
        let clean = clean_text(&text).unwrap();
        assert_eq!(clean_text(&clean), Ok(clean.clone()));
        assert_eq!(clean.chars().count(), 5000);
    }

    #[test]
    fn a_body_source_keeps_its_tags_whole() {
        assert_eq!(clean_body_source("<p>\u{338}</p>").as_deref(), Ok("<p>\u{338}</p>"));
    }

    #[test]
    fn an_account_name_hides_nothing() {
        assert_eq!(clean_account_name(" Trần Thị Đào "), Ok("Trần Thị Đào".into()));
        assert_eq!(clean_account_name("Мария Иванова"), Ok("Мария Иванова".into()));
        assert_eq!(clean_account_name("សុខា"), Ok("សុខា".into()));
        for bad in
            ["a\u{200B}b", "a\u{202E}b", "a\u{2066}b", "\u{FEFF}a", "a\u{AD}b", "a\u{E0041}", "a\u{FE0F}", "a\u{3164}b"]
        {
            assert!(clean_account_name(bad).is_err(), "{bad:?}");
        }
        assert_eq!(clean_account_name("Pаul"), Err(BadText { character: 'а', position: 1 }));
    }

    #[test]
    fn a_text_of_invisible_characters_is_blank() {
        assert!(is_blank(" \u{A0}\u{200B}\u{202E}\u{3164}\n"));
        assert!(!is_blank(" .\u{200B}"));
    }
}
