//! What an approver should know of a text that its letters do not show.

use super::script::{
    Script, is_bidi_control, is_combining, is_pictographic, is_zero_width, looks_latin, script, uses_joiners,
};

/// One place of a text that reads differently from what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextFlag {
    /// Why it is shown.
    pub kind: TextFlagKind,
    /// The character that gives cause.
    pub character: char,
    /// Its place, counted in characters from 0.
    pub position: usize,
    /// The word that it stands in, as far as white space.
    pub word: String,
}

/// Why a place is shown to the approver.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TextFlagKind {
    /// An unseen character turns the direction of the text.
    BidiControl,
    /// An unseen character where the script has no need of it.
    ZeroWidth,
    /// A word holds letters of another script that look like its own.
    MixedScript,
}

impl TextFlagKind {
    /// The name that programs know.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BidiControl => "bidi-control",
            Self::ZeroWidth => "zero-width",
            Self::MixedScript => "mixed-script",
        }
    }
}

/// Everything to be shown, in the order of the text.
pub fn flags(text: &str) -> Vec<TextFlag> {
    let chars: Vec<char> = text.chars().collect();
    let mut found: Vec<TextFlag> = invisible(&chars).chain(look_alikes(&chars)).collect();
    found.sort_by_key(|flag| (flag.position, flag.kind));
    found
}

fn invisible(chars: &[char]) -> impl Iterator<Item = TextFlag> {
    chars.iter().enumerate().filter_map(|(at, &c)| {
        let kind = if is_bidi_control(c) {
            TextFlagKind::BidiControl
        } else if is_zero_width(c) && !is_ordinary(chars, at) {
            TextFlagKind::ZeroWidth
        } else {
            return None;
        };
        Some(flag(kind, chars, at))
    })
}

/// Whether the unseen character at `at` belongs to the spelling of its surroundings.
fn is_ordinary(chars: &[char], at: usize) -> bool {
    let seen = |c: &&char| !is_zero_width(**c) && !is_bidi_control(**c);
    let before = chars[..at].iter().rev().find(seen).copied();
    let after = chars[at + 1..].iter().find(seen).copied();
    let beside = |test: fn(char) -> bool| [before, after].into_iter().flatten().any(test);
    match chars[at] {
        '\u{200D}' if before.is_some_and(is_pictographic) && after.is_some_and(is_pictographic) => true,
        '\u{200B}'..='\u{200D}' | '\u{17B4}' | '\u{17B5}' | '\u{180E}' => beside(uses_joiners),
        // The flags of England, Scotland and Wales are spelt with tag letters after a black flag.
        '\u{E0020}'..='\u{E007F}' => before == Some('\u{1F3F4}'),
        _ => false,
    }
}

fn look_alikes(chars: &[char]) -> impl Iterator<Item = TextFlag> {
    let latin_text = 2 * chars.iter().filter(|c| script(**c) == Some(Script::Latin)).count()
        > chars.iter().filter(|c| script(**c).is_some()).count();
    words(chars).filter_map(move |(start, word)| {
        let has = |wanted| word.iter().any(|c| script(*c) == Some(wanted));
        let foreign = |c: char| matches!(script(c), Some(Script::Cyrillic | Script::Greek));
        let first = |test: &dyn Fn(char) -> bool| word.iter().position(|c| test(*c));
        let at = if has(Script::Latin) && has(Script::Cyrillic) {
            first(&|c| script(c) == Some(Script::Cyrillic))
        } else if has(Script::Latin) && has(Script::Greek) {
            // "μm" and "ΔT" are ordinary: only a letter that could be taken for a Latin one counts.
            first(&|c| foreign(c) && looks_latin(c))
        } else if latin_text && word.len() > 1 && word.iter().all(|c| looks_latin(*c)) {
            Some(0)
        } else {
            None
        };
        at.map(|at| flag(TextFlagKind::MixedScript, chars, start + at))
    })
}

fn words(chars: &[char]) -> impl Iterator<Item = (usize, &[char])> {
    let part = |c: char| c.is_alphanumeric() || is_combining(c) || is_zero_width(c);
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + chars[at..].iter().position(|c| part(*c))?;
        let end = chars[start..].iter().position(|c| !part(*c)).map_or(chars.len(), |len| start + len);
        at = end;
        Some((start, &chars[start..end]))
    })
}

fn flag(kind: TextFlagKind, chars: &[char], at: usize) -> TextFlag {
    const LONGEST: usize = 40;
    let start = chars[..at].iter().rev().take(LONGEST).take_while(|c| !c.is_whitespace()).count();
    let word = chars[at - start..].iter().take(start + LONGEST).take_while(|c| !c.is_whitespace()).collect();
    TextFlag { kind, character: chars[at], position: at, word }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(TextFlagKind, usize)> {
        flags(text).into_iter().map(|flag| (flag.kind, flag.position)).collect()
    }

    #[test]
    fn bidi_controls_are_shown_where_they_stand() {
        for control in
            "\u{61C}\u{200E}\u{200F}\u{202A}\u{202B}\u{202C}\u{202D}\u{202E}\u{2066}\u{2067}\u{2068}\u{2069}".chars()
        {
            assert_eq!(kinds(&format!("đầu{control}tư")), [(TextFlagKind::BidiControl, 3)], "{control:?}");
        }
    }

    #[test]
    fn unseen_characters_are_ordinary_where_a_script_needs_them() {
        for text in [
            "ភាសា\u{200B}ខ្មែរ",
            "ພາສາ\u{200B}ລາວ",
            "می\u{200C}خواهم",
            "क्\u{200D}ष",
            "ไทย\u{200B}2026",
            "👩\u{200D}🚀",
            "❤\u{FE0F}\u{200D}🔥",
        ] {
            assert_eq!(kinds(text), [], "{text}");
        }
    }

    #[test]
    fn unseen_characters_are_shown_elsewhere() {
        for hidden in "\u{200B}\u{200C}\u{200D}\u{2060}\u{FEFF}\u{AD}\u{3164}\u{E0041}".chars() {
            assert_eq!(kinds(&format!("xo{hidden}so")), [(TextFlagKind::ZeroWidth, 2)], "{hidden:?}");
        }
    }

    #[test]
    fn a_word_of_two_look_alike_scripts_is_shown() {
        let found = flags("Ngân hàng Viеtcombank và Vietcombank");
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].character, found[0].position, &*found[0].word), ('е', 12, "Viеtcombank"));
        assert_eq!(kinds("Ηạ Long"), [(TextFlagKind::MixedScript, 0)]);
        assert_eq!(kinds("trang ас của tỉnh"), [(TextFlagKind::MixedScript, 6)]);
    }

    #[test]
    fn honest_texts_of_two_scripts_are_not_shown() {
        for text in [
            "Туристы едут в Ha Long",
            "Он рос у моря",
            "5 μm, ΔT",
            "Ελλάδα và Việt Nam",
            "北京 Hà Nội",
            "COVID-19 в Куангнине",
        ] {
            assert_eq!(kinds(text), [], "{text}");
        }
    }
}
