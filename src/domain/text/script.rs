//! Characters by what the rules need to know of them.

/// Whether the character steers the direction of text without being seen.
pub(super) fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Whether the character takes no room on the screen, direction controls and variation selectors apart.
pub(super) fn is_zero_width(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180E}'
        | '\u{200B}'..='\u{200D}' | '\u{2060}'..='\u{2065}' | '\u{206A}'..='\u{206F}' | '\u{3164}' | '\u{FEFF}'
        | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E00FF}'
        | '\u{E01F0}'..='\u{E0FFF}')
}

/// Whether the character only chooses a shape for the one before it.
pub(super) fn is_variation_selector(c: char) -> bool {
    matches!(c, '\u{180B}'..='\u{180D}' | '\u{180F}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Whether the zero-width space and the joiners belong to the ordinary spelling of the character's script.
pub(super) fn uses_joiners(c: char) -> bool {
    matches!(c,
        // Arabic, Syriac, Thaana, N'Ko and their presentation forms
        '\u{600}'..='\u{8FF}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}'
        // the scripts of India and Sri Lanka, Thai, Lao, Tibetan, Burmese
        | '\u{900}'..='\u{109F}'
        // Khmer, Mongolian
        | '\u{1780}'..='\u{18AF}'
        // Tai Le, New Tai Lue, Khmer symbols, Tai Tham
        | '\u{1950}'..='\u{19FF}' | '\u{1A20}'..='\u{1AAF}'
        // Burmese and Indic extensions, Cham
        | '\u{A8E0}'..='\u{A8FF}' | '\u{A9E0}'..='\u{A9FF}' | '\u{AA00}'..='\u{AA7F}')
}

/// Whether the character is a picture or part of one.
pub(super) fn is_pictographic(c: char) -> bool {
    matches!(c,
        '\u{2190}'..='\u{23FF}' | '\u{2600}'..='\u{27BF}' | '\u{2B00}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}'
        | '\u{FE0F}' | '\u{20E3}')
}

/// Whether the character is drawn upon the one before it.
pub(crate) fn is_combining(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// Whether a character and the one after it are drawn as one.
pub(crate) fn is_joined(before: char, after: char) -> bool {
    const ZWJ: char = '\u{200D}';
    before == ZWJ || after == ZWJ || is_variation_selector(after) || matches!(after, '\u{1F3FB}'..='\u{1F3FF}')
}

/// The scripts whose letters are taken for one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Script {
    /// Vietnamese, English, French …
    Latin,
    /// Russian …
    Cyrillic,
    /// Greek.
    Greek,
}

/// The script of a letter, if it is one of the three that look alike.
pub(super) fn script(c: char) -> Option<Script> {
    match c {
        '\u{D7}' | '\u{F7}' => None,
        'a'..='z'
        | 'A'..='Z'
        | '\u{AA}'
        | '\u{BA}'
        | '\u{C0}'..='\u{2AF}'
        | '\u{1D00}'..='\u{1D25}'
        | '\u{1E00}'..='\u{1EFF}'
        | '\u{2C60}'..='\u{2C7F}'
        | '\u{A722}'..='\u{A7FF}'
        | '\u{FB00}'..='\u{FB06}'
        | '\u{FF21}'..='\u{FF3A}'
        | '\u{FF41}'..='\u{FF5A}' => Some(Script::Latin),
        '\u{400}'..='\u{482}'
        | '\u{48A}'..='\u{52F}'
        | '\u{1C80}'..='\u{1C8F}'
        | '\u{A640}'..='\u{A66E}'
        | '\u{A680}'..='\u{A69D}' => Some(Script::Cyrillic),
        '\u{370}'..='\u{373}' | '\u{376}'..='\u{37D}' | '\u{37F}'..='\u{3FF}' | '\u{1F00}'..='\u{1FFF}' => {
            Some(Script::Greek)
        }
        _ => None,
    }
}

/// Whether a Cyrillic or Greek letter can be taken for a Latin one.
pub(super) fn looks_latin(c: char) -> bool {
    "АВЕЅІЈКМНОРСТУХҮԌԚԜаеѕіјорсухһԁԛԝցᴦ".contains(c) || "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνοργτυχϲϳ".contains(c)
}
