//! The judge of the tests: reads bodies as a browser does, and knows nothing of how they were made.

use std::fmt::Write as _;

use super::{
    Accepted, accept_html, deliver,
    dom::{Data, Id},
    parse::{self, Parsed},
};

/// Parses like a browser, thrice, and knows nothing of how the body was made.
pub(super) fn judge(html: &str) {
    let mut html = html.to_owned();
    for _ in 0..3 {
        let parsed = parse::parse(&html).unwrap();
        let mut again = String::new();
        for child in &parsed.nodes[parsed.body].children {
            judge_node(&parsed, *child, &mut again);
        }
        assert_eq!(parsed.comments, 0, "{html}");
        html = again;
    }
}

fn judge_node(parsed: &Parsed, id: Id, out: &mut String) {
    const ELEMENTS: &str =
        "p h2 h3 h4 ul ol li blockquote figure figcaption table thead tbody tr th td a strong em sub sup br hr";
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    match &parsed.nodes[id].data {
        Data::Root | Data::Comment => panic!("a comment"),
        Data::Text(text) => out.push_str(&escape(text)),
        Data::Element { name, foreign, attrs } => {
            assert!(!foreign && ELEMENTS.split(' ').any(|known| known == &**name), "<{name}>");
            write!(out, "<{name}").unwrap();
            for (attr, value) in attrs {
                let good = match (&**name, &**attr) {
                    ("a", "href") => {
                        ["https://", "http://", "mailto:"].iter().any(|s| value.starts_with(s)) && value.is_ascii()
                    }
                    ("a", "rel") => &**value == "noopener nofollow",
                    ("figure", "data-image") => value.len() == 36,
                    (_, "lang") => value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'),
                    (_, "dir") => ["ltr", "rtl", "auto"].contains(&&**value),
                    _ => false,
                };
                assert!(good, "<{name} {attr}={value:?}>");
                write!(out, " {attr}=\"{}\"", escape(value)).unwrap();
            }
            out.push('>');
            for child in &parsed.nodes[id].children {
                judge_node(parsed, *child, out);
            }
            if !["br", "hr"].contains(&&**name) {
                write!(out, "</{name}>").unwrap();
            }
        }
    }
}

/// All that must hold of whatever was accepted.
pub(super) fn check(accepted: &Accepted) {
    let again = accept_html(&accepted.html).unwrap();
    assert_eq!(again, Accepted { html: accepted.html.clone(), stripped: Vec::new() });
    judge(&accepted.html);
    judge(&deliver(&accepted.html).unwrap());
    assert!(unicode_normalization::is_nfc(&accepted.html), "{:?}", accepted.html);
}
