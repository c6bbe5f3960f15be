//! What a change may touch and still be called minor.
//!
//! A minor change leaves translations fresh, so it may mend spelling and punctuation, never a fact: no digit, no
//! link, no name. In scripts with capitals a name is known by them; in scripts without, nothing but
//! punctuation and white space may change.

use crate::{
    domain::text::{is_blank, is_combining},
    kernel::LocaleTag,
};

/// What a change touched that only a major one may: what stood there, and what stands there now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Touched {
    /// Of which sort it is.
    pub what: TouchedKind,
    /// What stood there; nothing if it is new.
    pub before: Option<String>,
    /// What stands there; nothing if it is gone.
    pub after: Option<String>,
}

/// What a minor change may not touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TouchedKind {
    /// Where a link leads.
    Link,
    /// A number, of any script's digits, or the sign or currency beside it.
    Number,
    /// Capitalised words.
    Name,
    /// A word of a script without capitals.
    Word,
}

impl TouchedKind {
    /// The name that programs know.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Number => "number",
            Self::Name => "name",
            Self::Word => "word",
        }
    }
}

/// The first thing that keeps a change from being minor, if there is one.
///
/// Texts are plain; links are in the order of the text. `cased` is [`is_cased`] of the edition's locale.
pub fn minor_touches(
    old_text: &str,
    new_text: &str,
    old_links: &[String],
    new_links: &[String],
    cased: bool,
) -> Option<Touched> {
    let links = || first_difference(TouchedKind::Link, old_links, new_links);
    let numbers = || first_difference(TouchedKind::Number, &numbers(old_text), &numbers(new_text));
    let names = || first_difference(TouchedKind::Name, &names(old_text), &names(new_text));
    // Words without capitals stand in cased texts too: a name in Chinese, say.
    let words = || first_difference(TouchedKind::Word, &words(old_text, cased), &words(new_text, cased));
    links().or_else(numbers).or_else(|| if cased { names() } else { None }).or_else(words)
}

/// Whether the locale's script has capitals.
pub fn is_cased(locale: &LocaleTag) -> bool {
    const CASELESS: &[&str] = &[
        "am", "ar", "bn", "bo", "dz", "fa", "gu", "he", "hi", "ja", "kn", "ko", "km", "lo", "ml", "mr", "my", "ne",
        "or", "pa", "ps", "sd", "si", "ta", "te", "th", "ti", "ug", "ur", "yi", "zh",
    ];
    const CASED_SCRIPTS: &[&str] = &["Latn", "Cyrl", "Grek", "Armn"];
    match locale.as_str().split('-').nth(1).filter(|part| part.len() == 4) {
        Some(script) => CASED_SCRIPTS.contains(&script),
        None => !CASELESS.contains(&locale.language()),
    }
}

fn first_difference(what: TouchedKind, old: &[String], new: &[String]) -> Option<Touched> {
    let at = (0..old.len().max(new.len())).find(|at| old.get(*at) != new.get(*at))?;
    // Something inserted or removed shifts the rest; the rest is not what changed.
    let (before, after) = (old.get(at).cloned(), new.get(at).cloned());
    Some(match old.len().cmp(&new.len()) {
        std::cmp::Ordering::Less if old.get(at) == new.get(at + 1) => Touched { what, before: None, after },
        std::cmp::Ordering::Greater if old.get(at + 1) == new.get(at) => Touched { what, before, after: None },
        _ => Touched { what, before, after },
    })
}

/// Numbers with the marks within them, signs, percents and currencies: `1.000` is not `1,000`, nor `-5` `5`.
fn numbers(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut numbers: Vec<String> = Vec::new();
    let mut open = false;
    for (at, &c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| chars[at]);
        let after = chars.get(at + 1).copied();
        let digit_before = before.is_some_and(char::is_numeric);
        let digit_after = after.is_some_and(char::is_numeric);
        let within = open && digit_before && digit_after && !c.is_alphanumeric() && !c.is_whitespace();
        let sign =
            matches!(c, '-' | '+' | '±' | '−' | '–') && digit_after && !before.is_some_and(char::is_alphanumeric);
        if c.is_numeric() || within {
            match numbers.last_mut().filter(|_| open) {
                Some(number) => number.push(c),
                None => numbers.push(c.into()),
            }
            open = true;
        } else if sign {
            numbers.push(c.into());
            open = true;
        } else {
            open = false;
            if is_quantity_mark(c) {
                numbers.push(c.into());
            }
        }
    }
    numbers
}

/// Whether the mark says what a number counts.
fn is_quantity_mark(c: char) -> bool {
    matches!(c, '%' | '‰' | '$' | '¢' | '£' | '¤' | '¥' | '°' | '′' | '″' | '±' | '×' | '\u{20A0}'..='\u{20CF}')
        || matches!(c, '％' | '＄' | '￠' | '￡' | '￥' | '￦')
}

/// Sequences of capitalised words, each as it stands: `Hạ Long`, `UNESCO`, `eVisa`.
fn names(text: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut open = false;
    for (gap, word) in split(text) {
        if !word.chars().any(char::is_uppercase) {
            open = false;
            continue;
        }
        match names.last_mut() {
            Some(name) if open && gap.chars().all(|c| c.is_whitespace() || c == '-') => {
                name.push(if gap.contains('-') { '-' } else { ' ' });
                name.push_str(word);
            }
            _ => names.push(word.to_owned()),
        }
        open = true;
    }
    names
}

/// The words each with what stands before it.
fn split(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let part = |c: char| c.is_alphanumeric() || is_combining(c);
    let mut rest = text;
    std::iter::from_fn(move || {
        let start = rest.find(part)?;
        let end = rest[start..].find(|c| !part(c)).map_or(rest.len(), |len| start + len);
        let found = (&rest[..start], &rest[start..end]);
        rest = &rest[end..];
        Some(found)
    })
}

/// What is left of a text without punctuation and white space; in a cased text, only that of it which has no
/// capitals. In pieces, so that what changed can be shown.
fn words(text: &str, cased: bool) -> Vec<String> {
    let counts = |c: char| {
        if cased {
            c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase() && !is_combining(c)
        } else {
            !is_punctuation(c) && !is_blank(c.encode_utf8(&mut [0; 4])) || matches!(c, '\u{200C}' | '\u{200D}')
        }
    };
    text.chars().filter(|c| counts(*c)).map(String::from).collect()
}

fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation()
        && !matches!(c, '$' | '%' | '&' | '+' | '<' | '=' | '>' | '@' | '^' | '`' | '|' | '~' | '#')
        || matches!(c,
            '¡' | '§' | '«' | '¶' | '·' | '»' | '¿'
            // Hebrew, Arabic, Indic
            | '\u{5BE}' | '\u{5F3}' | '\u{5F4}' | '\u{60C}' | '\u{61B}' | '\u{61F}' | '\u{6D4}' | '\u{964}' | '\u{965}'
            // Thai, Tibetan, Burmese, Khmer
            | '\u{E4F}' | '\u{E5A}' | '\u{E5B}' | '\u{F0B}'..='\u{F14}' | '\u{104A}' | '\u{104B}' | '\u{17D4}'..='\u{17DA}'
            // general
            | '\u{2010}'..='\u{2027}' | '\u{2032}'..='\u{2043}' | '\u{2045}'..='\u{205E}'
            // Chinese and Japanese, full and half width
            | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301F}' | '\u{30FB}' | '\u{FE30}'..='\u{FE52}'
            | '\u{FF01}' | '\u{FF07}'..='\u{FF0A}' | '\u{FF0C}'..='\u{FF0F}' | '\u{FF1A}' | '\u{FF1B}' | '\u{FF1F}'
            | '\u{FF3B}' | '\u{FF3D}' | '\u{FF5B}' | '\u{FF5D}' | '\u{FF5F}'..='\u{FF65}' | '\u{FF02}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn touched(old: &str, new: &str, locale: &str) -> Option<Change> {
        let cased = is_cased(&locale.parse().unwrap());
        minor_touches(old, new, &[], &[], cased).map(|t| (t.what, t.before, t.after))
    }

    type Change = (TouchedKind, Option<String>, Option<String>);

    fn change(what: TouchedKind, before: &str, after: &str) -> Change {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        (what, some(before), some(after))
    }

    #[test]
    fn spelling_and_punctuation_are_minor() {
        for (old, new, locale) in [
            ("Vịnh Hạ Long rất dẹp", "Vịnh Hạ Long rất đẹp.", "vi"),
            ("Tỉnh có 5 con thuyền, và gió", "Tỉnh có 5 con thuyền và gió lớn", "vi"),
            ("The bay recieves 1,000 ships", "The bay receives 1,000 ships!", "en"),
            ("Залив красив", "Залив очень красив", "ru"),
            ("下龙湾很美。", "下龙湾,很美!", "zh-Hans"),
            ("下龙湾 很美", "下龙湾很美", "zh-Hans"),
            ("ហាឡុង\u{200B}ស្អាត។", "ហាឡុងស្អាត", "km"),
            ("하롱베이, 아름답다", "하롱베이 아름답다.", "ko"),
            ("ອ່າວ ຮ່າລອງ", "ອ່າວຮ່າລອງ!", "lo"),
        ] {
            assert_eq!(touched(old, new, locale), None, "{old} → {new}");
        }
    }

    #[test]
    fn no_digit_of_any_script_may_change() {
        use TouchedKind::Number;
        for (old, new, locale, before, after) in [
            ("Có 15 tàu", "Có 16 tàu", "vi", "15", "16"),
            ("tăng 1.000 lượt", "tăng 1,000 lượt", "vi", "1.000", "1,000"),
            ("tăng 1.5 lần", "tăng 15 lần", "vi", "1.5", "15"),
            ("ngày 12/5", "ngày 12-5", "vi", "12/5", "12-5"),
            ("5 000 người", "5000 người", "vi", "5", "5000"),
            ("giảm -5 độ", "giảm 5 độ", "vi", "-5", "5"),
            ("5% số người", "5‰ số người", "vi", "%", "‰"),
            ("giá 5 $", "giá 5 €", "vi", "$", "€"),
            ("năm 2026", "năm", "vi", "2026", ""),
            ("có tàu", "có 2 tàu", "vi", "", "2"),
            ("ឆ្នាំ ២០២៦", "ឆ្នាំ ២០២៧", "km", "២០២៦", "២០២៧"),
            ("ປີ ໒໐໒໖", "ປີ ໒໐໒໗", "lo", "໒໐໒໖", "໒໐໒໗"),
            ("共１２人", "共１３人", "zh-Hans", "１２", "１３"),
            ("5 m² đất", "5 m³ đất", "vi", "²", "³"),
        ] {
            assert_eq!(touched(old, new, locale), Some(change(Number, before, after)), "{old} → {new}");
        }
    }

    #[test]
    fn no_link_may_change() {
        let links = |of: &[&str]| of.iter().map(ToString::to_string).collect::<Vec<_>>();
        let (a, b) = ("https://a.vn/", "https://b.vn/");
        for (old, new, before, after) in [
            (links(&[a]), links(&[b]), Some(a), Some(b)),
            (links(&[]), links(&[a]), None, Some(a)),
            (links(&[a, b]), links(&[b]), Some(a), None),
            (links(&[a, b]), links(&[b, a]), Some(a), Some(b)),
        ] {
            let found = minor_touches("x", "x", &old, &new, true).map(|t| (t.what, t.before, t.after));
            assert_eq!(found, Some((TouchedKind::Link, before.map(Into::into), after.map(Into::into))));
        }
        assert_eq!(minor_touches("x", "y", &links(&[a]), &links(&[a]), true), None);
    }

    #[test]
    fn no_name_may_change_where_there_are_capitals() {
        use TouchedKind::Name;
        for (old, new, locale, before, after) in [
            ("thăm Hạ Long", "thăm Hạ Lông", "vi", "Hạ Long", "Hạ Lông"),
            ("ông Nguyễn Văn An nói", "ông Nguyễn Văn Ân nói", "vi", "Nguyễn Văn An", "Nguyễn Văn Ân"),
            ("ông Đào nói", "ông đào nói", "vi", "Đào", ""),
            ("thăm đảo", "thăm Đảo", "vi", "", "Đảo"),
            ("tới Hà Nội Huế", "tới Hà Nội, Huế", "vi", "Hà Nội Huế", "Hà Nội"),
            ("by UNESCO", "by UNICEF", "en", "UNESCO", "UNICEF"),
            ("the eVisa", "the eviSa", "en", "eVisa", "eviSa"),
            ("в Ханое", "в Хайфоне", "ru", "Ханое", "Хайфоне"),
        ] {
            assert_eq!(touched(old, new, locale), Some(change(Name, before, after)), "{old} → {new}");
        }
    }

    #[test]
    fn no_word_may_change_where_there_are_no_capitals() {
        use TouchedKind::Word;
        for (old, new, locale, before, after) in [
            ("下龙湾很美。", "下龙湾真美。", "zh-Hans", "很", "真"),
            ("ហាឡុងស្អាត", "ហាឡុងស្អាតា", "km", "", "ា"),
            ("ภาษา", "ภาษี", "th", "า", "ี"),
            ("하롱베이", "하롱베미", "ko", "이", "미"),
            ("APEC 会议", "ASEM 会议", "zh-Hans", "P", "S"),
            ("vịnh 下龙湾", "vịnh 上龙湾", "vi", "下", "上"),
        ] {
            assert_eq!(touched(old, new, locale), Some(change(Word, before, after)), "{old} → {new}");
        }
    }

    #[test]
    fn the_locale_says_whether_there_are_capitals() {
        for (tag, cased) in [
            ("vi", true),
            ("en", true),
            ("fr", true),
            ("ru", true),
            ("es", true),
            ("zh-Hans", false),
            ("ja", false),
            ("ko", false),
            ("lo", false),
            ("km", false),
            ("zh-Latn", true),
            ("sr-Cyrl", true),
            ("pt-BR", true),
            ("ar-EG", false),
        ] {
            assert_eq!(is_cased(&tag.parse().unwrap()), cased, "{tag}");
        }
    }
}
