//! The second opinion: a sanitizer written by others must have nothing to say about what is stored.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use ammonia::{Builder, UrlRelative};

use super::profile::Tag;

static GUARD: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut guard = Builder::empty();
    guard
        .tags(Tag::ALL.iter().map(|tag| tag.name()).collect())
        .clean_content_tags(HashSet::from(["script", "style"]))
        .tag_attributes(HashMap::from([("a", HashSet::from(["href"])), ("figure", HashSet::from(["data-image"]))]))
        .generic_attributes(HashSet::from(["lang", "dir"]))
        .url_schemes(HashSet::from(["https", "http", "mailto"]))
        .url_relative(UrlRelative::Deny)
        .link_rel(None)
        .strip_comments(true);
    guard
});

/// Longest text that the sanitizer writes at a fair cost.
const LONG: usize = 16 * 1024;

/// Whether the sanitizer would leave the stored HTML as it is, byte for byte.
pub(super) fn agrees(html: &str) -> bool {
    let html = broken_up(html);
    // Ours escapes an overlay after a tag, see `write`; no text has a bare `>`.
    GUARD.clean(&html).to_string().replace(">\u{338}", ">&#824;") == html
}

/// The HTML with line breaks in very long texts: for each `&` (and each byte that may begin a no-break space) the
/// sanitizer's writer looks through all the text that is left.
fn broken_up(html: &str) -> Cow<'_, str> {
    let (mut cuts, mut since, mut in_tag) = (Vec::new(), 0, false);
    for (at, byte) in html.bytes().enumerate() {
        since += 1;
        match byte {
            b'<' | b'>' => (since, in_tag) = (0, byte == b'<'),
            b'&' | 0xC2 if since > LONG && !in_tag => {
                cuts.push(at);
                since = 0;
            }
            _ => {}
        }
    }
    if cuts.is_empty() {
        return Cow::Borrowed(html);
    }
    let (mut broken, mut from) = (String::with_capacity(html.len() + 4 * cuts.len()), 0);
    for cut in cuts {
        broken.push_str(&html[from..cut]);
        broken.push_str("<br>");
        from = cut;
    }
    broken.push_str(&html[from..]);
    Cow::Owned(broken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sanitizer_has_nothing_to_say_about_the_profile_and_much_about_the_rest() {
        assert!(agrees("<p lang=\"vi\">a <a href=\"https://a.test/\">b</a>&amp;<br>&#824;</p>"));
        for bad in
            ["<p class=\"a\">b</p>", "<p>a", "<u>a</u>", "<p><a href=\"ftp://a.test/\">b</a></p>", "<p>\"&quot;</p>"]
        {
            assert!(!agrees(bad), "{bad}");
        }
    }

    #[test]
    fn a_long_text_is_broken_up_and_still_agreed_upon() {
        let html = format!("<p>{}</p>", "&amp;«\u{338}".repeat(20_000));
        assert!(broken_up(&html).contains("<br>"));
        assert!(agrees(&html));
        assert!(!agrees(&html.replace("</p>", "<u>a</u></p>")));
    }
}
