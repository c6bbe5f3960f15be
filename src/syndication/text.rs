//! Text as feed readers take it: plain text made HTML, and right-to-left text marked as such.

use std::borrow::Cow;

use crate::{
    domain::{
        body,
        item::{Item, Tombstone},
        text::{is_blank, is_combining, is_joined},
    },
    kernel::LocaleTag,
};

/// Longest excerpt of a body, in characters without its ellipsis.
const EXCERPT: usize = 300;
/// Farthest that an excerpt goes back to the end of a word; where words are longer there are no spaces between them.
const WORD: usize = 40;

/// The invisible mark that makes what follows right-to-left for readers which go by the first strong character.
const RIGHT_TO_LEFT_MARK: char = '\u{200F}';

/// Plain text as HTML that shows exactly that text.
pub(super) fn as_html(plain: &str) -> String {
    plain.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The beginning of a body as one line of plain text, cut at a word.
pub(super) fn excerpt(html: &str) -> String {
    let plain = body::plain_text(html);
    let line = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let chars: Vec<char> = line.chars().collect();
    if chars.len() <= EXCERPT {
        return line;
    }
    let near = (EXCERPT - WORD..=EXCERPT).rev().find(|at| chars[*at] == ' ');
    // Without spaces, at least no letter is parted from its marks.
    let whole = |at: &usize| !is_combining(chars[*at]) && !is_joined(chars[*at - 1], chars[*at]);
    let end = near.or_else(|| (1..=EXCERPT).rev().find(whole)).unwrap_or(EXCERPT);
    let kept: String = chars[..end].iter().collect();
    format!("{}…", kept.trim_end())
}

/// A body as readers show it: with what was corrected before it, since few show that from another place.
///
/// `corrections` are the headings of the notes, in their order.
pub(super) fn shown_body<'a>(item: &'a Item, corrections: &[String], rtl: bool) -> Cow<'a, str> {
    if corrections.is_empty() {
        return directed_body(&item.body_html, &item.locale, rtl);
    }
    let told = item.corrections.iter().zip(corrections).map(|(correction, heading)| {
        let note = as_html(&correction.note).replace('\n', "<br>");
        format!("<p><strong>{}</strong><br>{note}</p>", as_html(heading))
    });
    let whole = format!("{}<hr>{}", told.collect::<String>(), item.body_html);
    Cow::Owned(directed_body(&whole, &item.locale, rtl).into_owned())
}

/// What stands in the place of a body that was taken down.
pub(super) fn notice_body(tombstone: &Tombstone, rtl: bool) -> String {
    let notice = format!("<p>{}</p>", as_html(&tombstone.note));
    directed_body(&notice, &tombstone.locale, rtl).into_owned()
}

/// What an item is about in a few words: its summary, else how it begins, else its title.
pub(super) fn blurb(item: &Item) -> Cow<'_, str> {
    if !is_blank(&item.summary) {
        return Cow::Borrowed(&item.summary);
    }
    let beginning = excerpt(&item.body_html);
    if beginning.is_empty() { Cow::Borrowed(&item.title) } else { Cow::Owned(beginning) }
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
    fn an_excerpt_ends_with_a_word() {
        assert_eq!(excerpt("<p>Một  hai</p><ul><li>ba &amp; <strong>bốn</strong></li></ul>"), "Một hai ba & bốn");
        let words = excerpt(&format!("<p>{}</p>", "biển đảo ".repeat(100)));
        assert!(words.ends_with(" đảo…") || words.ends_with(" biển…"), "{words}");
        assert!((260..=301).contains(&words.chars().count()), "{words}");
        let exact = "a".repeat(300);
        assert_eq!(excerpt(&format!("<p>{exact}</p>")), exact);
    }

    #[test]
    fn an_excerpt_parts_no_letter_from_its_marks() {
        let khmer = excerpt(&format!("<p>{}</p>", "ភាសាខ្មែរ".repeat(60)));
        assert!(khmer.ends_with('…') && khmer.chars().count() <= 301, "{khmer}");
        let next = "ភាសាខ្មែរ".repeat(60).chars().nth(khmer.chars().count() - 1).unwrap();
        assert!(!is_combining(next), "{khmer} before {next:?}");
        let chinese = excerpt(&format!("<p>{}</p>", "蓝海省金枪鱼".repeat(60)));
        assert_eq!(chinese.chars().count(), 301);
        let faces = excerpt(&format!("<p>{}</p>", "👩\u{200D}🚀".repeat(150)));
        assert!(faces.ends_with("🚀…"), "{faces}");
    }

    #[test]
    fn what_was_corrected_stands_before_the_text() {
        let item = crate::syndication::samples::rich(7);
        let headings = ["Lần 1 <b>".to_owned(), "Lần 2".to_owned()];
        let shown = shown_body(&item, &headings, false);
        let notices = "<p><strong>Lần 1 &lt;b&gt;</strong><br>Ngày đúng là 1/12 &amp; không phải &lt;2/12&gt;.</p>\
                       <p><strong>Lần 2</strong><br>Tên đúng: Đặng.</p><hr>";
        assert_eq!(shown, format!("{notices}{}", item.body_html));
        assert_eq!(shown_body(&item, &[], false), item.body_html);
    }

    #[test]
    fn only_a_right_to_left_body_is_wrapped() {
        let arabic = "ar".parse().unwrap();
        assert_eq!(directed_body("<p>نص</p>", &arabic, true), "<div dir=\"rtl\" lang=\"ar\"><p>نص</p></div>");
        assert_eq!(directed_body("<p>x</p>", &"vi".parse().unwrap(), false), "<p>x</p>");
    }
}
