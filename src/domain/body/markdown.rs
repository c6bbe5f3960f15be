//! Markdown (`CommonMark` with tables), as one more way to write the HTML that the profile takes.

use comrak::{Arena, Options, format_html, nodes::NodeValue, parse_document};

/// The HTML that the Markdown stands for, raw HTML included: it goes through the same sanitizer.
///
/// The title of an article is above its body, so where a body uses headings of the first level, all its headings
/// move one level down.
pub(super) fn to_html(markdown: &str) -> String {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.cjk_friendly_emphasis = true;
    options.render.r#unsafe = true;
    let arena = Arena::new();
    let root = parse_document(&arena, markdown, &options);
    let first = root.descendants().any(|node| matches!(node.data().value, NodeValue::Heading(h) if h.level == 1));
    for node in root.descendants() {
        if let NodeValue::Heading(heading) = &mut node.data_mut().value {
            heading.level = (heading.level + u8::from(first)).min(4);
        }
    }
    let mut html = String::new();
    format_html(root, &options, &mut html).expect("writing to a string does not fail");
    html
}
