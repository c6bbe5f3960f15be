//! The profile's claims as tests.

use super::{
    judge::{check, judge},
    vectors::VECTORS,
    *,
};

fn accepted(raw: &str) -> Accepted {
    accept_html(raw).unwrap_or_else(|bad| panic!("{raw:?}: {bad}"))
}

fn html(raw: &str) -> String {
    accepted(raw).html
}

/// The report in short words.
fn stripped(raw: &str) -> Vec<String> {
    let words = |one: Stripped| {
        let what = match one.what {
            StrippedKind::Element(name) => name,
            StrippedKind::Attribute { element, name } => format!("{element}@{name}"),
            StrippedKind::Address { value } => format!("→{value}"),
            StrippedKind::Renamed { from, to } => format!("{from}={to}"),
            StrippedKind::Comment => "!".into(),
        };
        if one.count == 1 { what } else { format!("{what}×{}", one.count) }
    };
    accepted(raw).stripped.into_iter().map(words).collect()
}

#[test]
fn no_attack_survives() {
    assert!(VECTORS.len() >= 100);
    for vector in VECTORS {
        for source in [
            (*vector).to_owned(),
            format!("<p>a{vector}b</p>"),
            format!("<table><tr><td>{vector}"),
            format!("<ul><li><em>{vector}"),
        ] {
            check(&accepted(&source));
        }
        if let Ok(accepted) = accept_markdown(vector) {
            check(&accepted);
        }
    }
}

#[test]
fn every_attack_is_reported() {
    let harmless = [
        "<p>&lt;script",
        "<p>&amp;lt;",
        "<em>a</em>",
        "<a href=\"https://good.test\\",
        "<a href=\"https://a.test/?&",
        "<p>\u{2028}",
    ];
    for vector in VECTORS.iter().filter(|vector| !harmless.iter().any(|h| vector.starts_with(h))) {
        assert!(!accepted(vector).stripped.is_empty(), "{vector}");
    }
}

#[test]
fn a_body_of_the_profile_comes_back_byte_for_byte() {
    for body in [
        "",
        "<p>Vịnh Hạ Long</p>",
        "<h2>A</h2><h3>B</h3><h4>C</h4><hr><p>a<br>b</p>",
        "<p>a <strong>b <em>c</em></strong> H<sub>2</sub>O m<sup>2</sup></p>",
        "<p><a href=\"https://example.vn/?a=1&amp;b=2\">x</a> <a href=\"mailto:a@example.vn\">y</a></p>",
        "<ul><li>a<ul><li>b</li></ul></li><li><p>c</p><p>d</p></li></ul><ol><li>e</li></ol>",
        "<blockquote><p>a</p><blockquote><p>b</p></blockquote></blockquote>",
        "<figure data-image=\"0190a6c0-7a3b-7000-8000-000000000001\"><figcaption>a <em>b</em></figcaption></figure>",
        "<figure data-image=\"0190a6c0-7a3b-7000-8000-000000000001\"></figure>",
        "<table><thead><tr><th>a</th><th></th></tr></thead><tbody><tr><td>b</td><td><p>c</p></td></tr></tbody></table>",
        "<p lang=\"km\" dir=\"ltr\">ភាសា\u{200B}ខ្មែរ</p><p dir=\"rtl\"><em lang=\"ar\">م\u{200C}ی</em></p>",
        "<p>a  b\tc\nd&nbsp;&lt;&gt;&amp;\"'</p>",
        "<p>\u{202E}a\u{202C}</p>",
        "<p>a<em>&#824;b</em></p>",
    ] {
        assert_eq!(accepted(body), Accepted { html: body.into(), stripped: Vec::new() });
        judge(body);
    }
}

#[test]
fn what_was_stripped_is_reported() {
    for (raw, html_is, report) in [
        ("<p><b>a</b><i>b</i></p>", "<p><strong>a</strong><em>b</em></p>", vec!["b=strong", "i=em"]),
        ("<h1>a</h1><h6>b</h6>", "<h2>a</h2><h4>b</h4>", vec!["h1=h2", "h6=h4"]),
        ("<div>a</div>", "<p>a</p>", vec!["div=p"]),
        ("<div class=x><p>a</p></div>", "<p>a</p>", vec!["div", "div@class"]),
        ("<p>a<script>b</script><style>c</style></p>", "<p>a</p>", vec!["script", "style"]),
        ("<p style='x'>a<span style='display:none'>b</span></p>", "<p>ab</p>", vec!["span", "p@style", "span@style"]),
        ("<p>a<!-- b --></p>", "<p>a</p>", vec!["!"]),
        ("<p><a href='/x'>a</a> <a href='javascript:b'>b</a></p>", "<p>a b</p>", vec!["→/x", "→javascript:b"]),
        ("<p><a name=x>a</a></p>", "<p>a</p>", vec!["a", "a@name"]),
        ("<p>a<a href='https://b.test/'> </a>c</p>", "<p>a c</p>", vec!["a"]),
        ("<p>a</p><a href='https://b.test/'>\u{200B}</a>", "<p>a</p><p>\u{200B}</p>", vec!["a"]),
        ("<p>a<svg><text>b</text></svg><math>c</math></p>", "<p>a</p>", vec!["math", "svg"]),
        ("<p><img src=a.png alt=b>c<img></p>", "<p>c</p>", vec!["img×2", "img@alt", "img@src"]),
        ("<td>a</td><p>b</p>", "<p>a</p><p>b</p>", vec!["td"]),
        ("<p dir=up lang='a b'>a</p>", "<p>a</p>", vec!["p@dir", "p@lang"]),
        ("<li>a</li>", "<p>a</p>", vec!["li=p"]),
        ("<h2><ul><li>a</li></ul></h2>", "<ul><li>a</li></ul>", vec!["h2"]),
        ("<ol start=3><li>a</li></ol>", "<ol><li>a</li></ol>", vec!["ol@start"]),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "<p>a</p><p>b</p>", vec!["dl", "dd=p", "dt=p"]),
        ("<svg><foreignObject></foreignObject></svg>a", "<p>a</p>", vec!["svg"]),
        ("<unknown-thing>a</unknown-thing>", "<p>a</p>", vec!["unknown-thing"]),
    ] {
        assert_eq!(html(raw), html_is, "{raw}");
        assert_eq!(stripped(raw), report, "{raw}");
    }
}

#[test]
fn blocks_are_put_in_order_without_loss() {
    for (raw, want) in [
        ("a", "<p>a</p>"),
        ("a<p>b</p>c", "<p>a</p><p>b</p><p>c</p>"),
        ("<p></p><p> </p><p>&nbsp;</p><p><br></p><p>a<br></p>", "<p>a</p>"),
        ("<em>a<p>b</p>c</em>", "<p><em>a</em></p><p><em>b</em></p><p><em>c</em></p>"),
        (
            "<a href='https://b.test/'><p>a</p><ul><li>b</li></ul></a>",
            "<p><a href=\"https://b.test/\">a</a></p><ul><li><a href=\"https://b.test/\">b</a></li></ul>",
        ),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("<ul>a<li>b</li></ul><ul></ul>", "<ul><li><p>a</p></li><li>b</li></ul>"),
        ("<ul><li>a<div>b</div>c</li></ul>", "<ul><li>a<p>b</p>c</li></ul>"),
        ("<blockquote>a<br>b</blockquote>", "<blockquote><p>a<br>b</p></blockquote>"),
        ("<h2>a<div>b</div></h2>", "<h2>a</h2><h2>b</h2>"),
        ("<p>e<span>&#x301;</span></p>", "<p>é</p>"),
        ("<p>Vie&#x323;&#x302;t</p>", "<p>Việt</p>"),
        ("<table><caption>a</caption><tr><td>b</table>", "<p>a</p><table><tbody><tr><td>b</td></tr></tbody></table>"),
        ("<table>a<tr><td>b</table>", "<p>a</p><table><tbody><tr><td>b</td></tr></tbody></table>"),
        ("<table><tfoot><tr><td>a</table>", "<table><tbody><tr><td>a</td></tr></tbody></table>"),
        ("<pre>\na\n b\n</pre>", "<p>a<br> b</p>"),
        (
            "<figure>a<figcaption>b</figcaption></figure><figure></figure>",
            "<figure><p>a</p><figcaption>b</figcaption></figure>",
        ),
        ("<figure><div><figcaption>a</figcaption></div></figure>", "<figure><figcaption>a</figcaption></figure>"),
        ("<p>a\r\nb&#13;c</p>", "<p>a\nb\nc</p>"),
    ] {
        assert_eq!(html(raw), want, "{raw}");
        check(&accepted(raw));
    }
}

#[test]
fn the_title_of_a_pasted_page_is_reported_with_its_frame() {
    let page = "<!doctype html><html><head><title>t</title><meta charset=utf-8></head><body><p>a</p></body></html>";
    assert_eq!(html(page), "<p>a</p>");
    assert_eq!(stripped(page), ["body", "head", "html", "meta", "title", "meta@charset", "!"]);
}

#[test]
fn a_bad_character_is_named_with_its_place_in_the_source() {
    let bad = |character, position| Err(BadBody::Text(BadText { character, position }));
    assert_eq!(accept_html("<p>đ\u{1}</p>"), bad('\u{1}', 4));
    assert_eq!(accept_html("<p>\0</p>"), bad('\0', 3));
    assert_eq!(accept_html("<p>đ &#65; &#x1;</p>"), bad('\u{1}', 11));
    assert_eq!(accept_html("<p>&#65534;</p>"), bad('\u{FFFE}', 3));
    assert_eq!(accept_markdown("ab\u{B}"), bad('\u{B}', 2));
}

#[test]
fn nesting_has_an_end() {
    let nested = |n: usize| format!("{}<p>a</p>{}", "<blockquote>".repeat(n), "</blockquote>".repeat(n));
    assert!(accept_html(&nested(MAX_DEPTH - 1)).is_ok());
    assert_eq!(accept_html(&nested(MAX_DEPTH)), Err(BadBody::TooDeep));
    for tag in ["blockquote", "div", "em", "ul", "table", "a", "svg", "template", "p><em", "font"] {
        let source = format!("<{tag}>").repeat(50_000);
        assert!(matches!(accept_html(&source), Err(BadBody::TooDeep | BadBody::TooTangled) | Ok(_)), "{tag}");
    }
    assert!(accept_markdown(&">".repeat(50_000)).is_err());
}

#[test]
fn a_source_that_would_grow_out_of_proportion_is_refused() {
    let split = format!("{}{}", "<em>".repeat(30), "<p>a".repeat(5000));
    assert_eq!(accept_html(&split), Err(BadBody::TooTangled));
    let cells = format!("{}\n{}\n{}", "|a".repeat(500), "|-".repeat(500), "a\n".repeat(500));
    assert_eq!(accept_markdown(&cells), Err(BadBody::TooTangled));
}

#[test]
fn markdown_becomes_the_profile() {
    let markdown = "# A\n\nb **c** *d* [e](https://example.vn) <b onclick=x>f</b>\n\n## G\n\n- h\n- i\n\n| j | k |\n|---|---|\n| l | m |\n\n> n\n\n---\n<script>o</script>\n";
    let accepted = accept_markdown(markdown).unwrap();
    assert_eq!(
        accepted.html,
        "<h2>A</h2><p>b <strong>c</strong> <em>d</em> <a href=\"https://example.vn\">e</a> <strong>f</strong></p>\
         <h3>G</h3><ul><li>h</li><li>i</li></ul><table><thead><tr><th>j</th><th>k</th></tr></thead><tbody><tr><td>l</td>\
         <td>m</td></tr></tbody></table><blockquote><p>n</p></blockquote><hr>"
    );
    assert_eq!(accepted.stripped.len(), 3, "{:?}", accepted.stripped);
    assert_eq!(accept_markdown("## A\n\n##### B").unwrap().html, "<h2>A</h2><h4>B</h4>");
    assert_eq!(accept_markdown("[x](javascript:a)").unwrap().html, "<p>x</p>");
}

#[test]
fn a_stored_body_that_sanitising_would_change_is_withheld() {
    for tampered in [
        "<p>a<script>b</script></p>",
        "<p onclick=\"a\">b</p>",
        "<p><a href=\"javascript:a\">b</a></p>",
        "<p>a</p> ",
        "<P>a</P>",
        "<p>a",
        "<p>e\u{301}</p>",
        "<p>a</p><!-- b -->",
        "<p>\u{1}</p>",
        "<p><a href=\"https://b.test/\" rel=\"noopener nofollow\">b</a></p>",
        "<p>a\r\nb</p>",
    ] {
        assert_eq!(deliver(tampered), None, "{tampered}");
    }
}

#[test]
fn delivery_marks_links_that_lead_outward() {
    let stored = html(
        "<p><a href='https://a.test/'>a</a> <a href='mailto:b@c.test'>b</a></p>\
         <figure data-image='0190a6c0-7a3b-7000-8000-000000000001'><figcaption>c</figcaption></figure>\
         <figure data-image='0190a6c0-7a3b-7000-8000-000000000001'></figure>",
    );
    assert_eq!(
        deliver(&stored).as_deref(),
        Some(
            "<p><a href=\"https://a.test/\" rel=\"noopener nofollow\">a</a> <a href=\"mailto:b@c.test\">b</a></p>\
             <figure><figcaption>c</figcaption></figure>"
        )
    );
}

#[test]
fn the_plain_text_keeps_the_shape() {
    let stored = html(
        "<h2>A</h2><p>b  c<br>d</p><ul><li>e</li><li>f<ul><li>g</li></ul></li></ul>\
         <table><tr><td>h</td><td>i</td></tr><tr><td>j</td></tr></table><p>k <em>l</em></p>",
    );
    assert_eq!(plain_text(&stored), "A\n\nb c\nd\n\ne\nf\n\ng\n\nh\ti\nj\n\nk l");
}

#[test]
fn links_come_in_the_order_of_the_text() {
    let stored = html("<ul><li><a href='https://b.test/'>b</a></li></ul><p><a href='mailto:a@b.test'>a</a></p>");
    assert_eq!(links(&stored), ["https://b.test/", "mailto:a@b.test"]);
}

#[test]
fn images_come_in_the_order_of_the_text() {
    let [first, second] = ["0190a6c0-7a3b-7000-8000-000000000002", "0190a6c0-7a3b-7000-8000-000000000001"];
    let stored =
        html(&format!("<figure data-image={first}></figure><ul><li><figure data-image={second}></figure></ul>"));
    assert_eq!(images(&stored), [first, second]);
}

#[test]
fn a_body_without_anything_to_see_is_blank() {
    for blank in ["", "<p>\u{200B}</p>", "<hr>", "<table><tr><td></td></tr></table>"] {
        assert!(is_blank(&html(blank)), "{blank}");
    }
    for full in ["<p>.</p>", "<figure data-image='0190a6c0-7a3b-7000-8000-000000000001'></figure>"] {
        assert!(!is_blank(&html(full)), "{full}");
    }
}
