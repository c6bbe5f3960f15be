//! From the profile's tree to HTML, in one spelling.

use super::profile::{Attrs, Element, Node, Tag};

/// Whom the HTML is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum For {
    /// Ourselves: what is stored, hashed and edited.
    Storage,
    /// The public: links that lead outward say so, and what delivery has not filled is left out.
    Delivery,
}

/// The tree as HTML.
pub(super) fn write(nodes: &[Node], whom: For) -> String {
    let mut html = String::new();
    write_all(&mut html, nodes, whom);
    html
}

fn write_all(html: &mut String, nodes: &[Node], whom: For) {
    for node in nodes {
        match node {
            Node::Text(text) => write_text(html, text),
            // A figure without its image and without a caption would be an empty frame.
            Node::Element(e) if whom == For::Delivery && e.tag == Tag::Figure && e.children.is_empty() => {}
            Node::Element(element) => write_element(html, element, whom),
        }
    }
}

/// The start tag of an element as it is stored.
pub(super) fn start_tag(element: &Element) -> String {
    let mut html = String::new();
    write_start(&mut html, element, For::Storage);
    html
}

fn write_start(html: &mut String, element: &Element, whom: For) {
    html.push('<');
    html.push_str(element.tag.name());
    write_attrs(html, &element.attrs, whom);
    html.push('>');
}

fn write_element(html: &mut String, element: &Element, whom: For) {
    let name = element.tag.name();
    write_start(html, element, whom);
    if !element.tag.is_void() {
        write_all(html, &element.children, whom);
        html.push_str("</");
        html.push_str(name);
        html.push('>');
    }
}

fn write_attrs(html: &mut String, attrs: &Attrs, whom: For) {
    if let Some(href) = &attrs.href {
        write_attr(html, "href", href);
        if whom == For::Delivery && href.starts_with("http") {
            write_attr(html, "rel", "noopener nofollow");
        }
    }
    if let Some(image) = attrs.image.filter(|_| whom == For::Storage) {
        write_attr(html, "data-image", &image.to_string());
    }
    if let Some(lang) = &attrs.lang {
        write_attr(html, "lang", lang);
    }
    if let Some(dir) = attrs.dir {
        write_attr(html, "dir", dir);
    }
}

fn write_attr(html: &mut String, name: &str, value: &str) {
    html.push(' ');
    html.push_str(name);
    html.push_str("=\"");
    value.chars().for_each(|c| write_char(html, c, true));
    html.push('"');
}

fn write_text(html: &mut String, text: &str) {
    let mut chars = text.chars().peekable();
    // `>` and the overlay compose to `≯`: whoever normalised the HTML would lose the tag before it.
    if chars.next_if_eq(&'\u{338}').is_some() {
        html.push_str("&#824;");
    }
    chars.for_each(|c| write_char(html, c, false));
}

fn write_char(html: &mut String, c: char, in_attribute: bool) {
    match c {
        '&' => html.push_str("&amp;"),
        '<' => html.push_str("&lt;"),
        '>' => html.push_str("&gt;"),
        '\u{A0}' => html.push_str("&nbsp;"),
        '"' if in_attribute => html.push_str("&quot;"),
        c => html.push(c),
    }
}
