//! Whatever one throws at it: random markup, random Markdown.

use proptest::prelude::*;

use super::{BadBody, accept_html, accept_markdown, judge::check};

/// Pieces of markup that parsers treat specially, and text.
fn soup() -> impl Strategy<Value = String> {
    const NAMES: &str = "p h1 h2 h3 ul ol li blockquote figure figcaption table thead tbody tfoot tr th td a strong em sub \
        sup br hr b i div span pre svg math style script template form select option button textarea title noscript \
        iframe dl dt dd caption colgroup col img mtext mglyph annotation-xml foreignObject desc font nobr marquee object \
        ruby rt rp body html head frameset plaintext xmp details summary input center applet";
    let name = || prop::sample::select(NAMES.split_whitespace().collect::<Vec<_>>());
    let attr = prop::sample::select(vec![
        "",
        " href=https://a.test",
        " href=javascript:x",
        " lang=vi",
        " dir=RTL",
        " onclick=x",
        " style='display:none'",
        " data-image=0190a6c0-7a3b-7000-8000-000000000001",
        " title='</p><script>'",
        " encoding=text/html",
        "/",
        " href='mailto:a@b.test?x=%22&amp;y'",
        " a=\"",
        " color=red",
    ]);
    let text = prop::sample::select(vec![
        "a",
        " ",
        "\n",
        "Vịnh",
        "e\u{301}",
        "\u{301}",
        "\u{338}",
        "&lt;b&gt;",
        "&amp;",
        "&nbsp;",
        "&#x338;",
        "&#x301;",
        "<!--",
        "-->",
        "<!x>",
        "<![CDATA[",
        "]]>",
        "<",
        ">",
        "\"",
        "'",
        "\u{200B}",
        "ក",
        "&#13;",
        "</",
        "<?x?>",
        "\u{A0}",
        "\u{323}",
    ]);
    let piece = prop_oneof![
        4 => (name(), attr).prop_map(|(name, attr)| format!("<{name}{attr}>")),
        2 => name().prop_map(|name| format!("</{name}>")),
        3 => text.prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(2000)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_accepted_is_clean_and_final(raw in soup()) {
        match accept_html(&raw) {
            Ok(accepted) => check(&accepted),
            Err(BadBody::TooDeep | BadBody::TooTangled) => {}
            Err(bad) => prop_assert!(false, "{bad}"),
        }
    }

    #[test]
    fn whatever_markdown_is_accepted_is_clean_and_final(raw in "[#>*_`|\\-\\n a-c<>/!\\[\\]()&;:1.]{0,200}") {
        match accept_markdown(&raw) {
            Ok(accepted) => check(&accepted),
            // `&#1;`
            Err(bad) => prop_assert!(matches!(bad, BadBody::Text(_)), "{bad}"),
        }
    }
}
