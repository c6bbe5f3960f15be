//! Text as feed readers take it: plain text made HTML, and right-to-left text marked as such.

use std::borrow::Cow;

use crate::kernel::LocaleTag;

/// The invisible mark that makes what follows right-to-left for readers which go by the first strong character.
const RIGHT_TO_LEFT_MARK: char = '\u{200F}';

/// Plain text as HTML that shows exactly that text.
pub(super) fn as_html(plain: &str) -> String {
    plain.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A body that keeps its direction in formats which have no place to state one.
pub(super) fn directed_body<'a>(html: &'a str, locale: &LocaleTag, rtl: bool) -> Cow<'a, str> {
    if rtl { Cow::Owned(format!("<div dir=\"rtl\" lang=\"{locale}\">{html}</div>")) } else { Cow::Borrowed(html) }
}

/// A title that keeps its direction: marked only where its first letter would tell readers the wrong one.
pub(super) fn directed_title(title: &str, rtl: bool) -> Cow<'_, str> {
    let first = title.chars().find(|&c| c.is_alphabetic() || is_right_to_left(c));
    if rtl && !first.is_some_and(is_right_to_left) {
        Cow::Owned(format!("{RIGHT_TO_LEFT_MARK}{title}"))
    } else {
        Cow::Borrowed(title)
    }
}

/// Whether a character belongs to the blocks that Unicode sets aside for right-to-left scripts, or is a mark for them.
fn is_right_to_left(c: char) -> bool {
    matches!(c,
        '\u{0590}'..='\u{08FF}'
        | RIGHT_TO_LEFT_MARK
        | '\u{FB1D}'..='\u{FDFF}'
        | '\u{FE70}'..='\u{FEFC}'
        | '\u{10800}'..='\u{10FFF}'
        | '\u{1E800}'..='\u{1EFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_stays_text_in_html() {
        assert_eq!(as_html("R&D: 1 <b> 2 &lt;"), "R&amp;D: 1 &lt;b&gt; 2 &amp;lt;");
    }

    #[test]
    fn a_title_is_marked_only_where_its_first_letter_misleads() {
        for (title, marked) in [
            ("مهرجان ASEAN", false),
            ("«مهرجان» 2026", false),
            ("ASEAN: مهرجان", true),
            ("2026!", true),
            ("\u{200F}ASEAN", false),
        ] {
            assert_eq!(directed_title(title, true).starts_with('\u{200F}') && !title.starts_with('\u{200F}'), marked);
            assert_eq!(
                directed_title(title, true).trim_start_matches('\u{200F}'),
                title.trim_start_matches('\u{200F}')
            );
            assert_eq!(directed_title(title, false), title);
        }
    }

    #[test]
    fn only_a_right_to_left_body_is_wrapped() {
        let arabic = "ar".parse().unwrap();
        assert_eq!(directed_body("<p>نص</p>", &arabic, true), "<div dir=\"rtl\" lang=\"ar\"><p>نص</p></div>");
        assert_eq!(directed_body("<p>x</p>", &"vi".parse().unwrap(), false), "<p>x</p>");
    }
}
