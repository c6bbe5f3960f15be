//! Markup: what is stripped is reported, and nothing that a text brings ever comes out active.

use serde_json::{Value, json};

use crate::support::{Answer, TestApp};

fn stripped(answer: &Answer) -> Vec<(String, String, String, u64)> {
    let word = |one: &Value, name: &str| one[name].as_str().unwrap_or_default().to_owned();
    let all = answer.json()["edition"]["stripped"].as_array().cloned().unwrap_or_default();
    all.iter()
        .map(|one| (word(one, "what"), word(one, "element"), word(one, "name"), one["count"].as_u64().unwrap()))
        .collect()
}

#[actix_web::test]
async fn what_was_stripped_is_reported_with_how_often() {
    let app = TestApp::new().await;
    let author = app.account("author").sign_in().await;
    let body = "<h1>Tin</h1><p onclick=\"a()\" style='left:-9999px'>một<script>x()</script><script>y()</script></p>\
                <!-- ghi chú --><p><a href=\"javascript:alert(1)\">hai</a> <a href=\"https://lamhai.example/\">ba</a></p>\
                <marquee>bốn</marquee>";

    let answer = author.article().with("body", body).send().await.is(201);

    let want = "<h2>Tin</h2><p>một</p><p>hai <a href=\"https://lamhai.example/\">ba</a></p><p>bốn</p>";
    assert_eq!(answer.json()["edition"]["body"], want);
    let report = stripped(&answer);
    for (what, element, name, count) in [
        ("renamed", "h1", "h2", 1),
        ("attribute", "p", "onclick", 1),
        ("attribute", "p", "style", 1),
        ("element", "script", "", 2),
        ("comment", "", "", 1),
        ("address", "", "javascript:alert(1)", 1),
        ("element", "marquee", "", 1),
    ] {
        let line = (what.to_owned(), element.to_owned(), name.to_owned(), count);
        assert!(report.contains(&line), "{line:?} is not in {report:?}");
    }
}

#[actix_web::test]
async fn a_clean_body_comes_back_as_it_went_with_nothing_to_report() {
    let app = TestApp::new().await;
    let author = app.account("author").sign_in().await;
    let body = "<h2>Đầu tư</h2><p>Một <strong>hai</strong> <em lang=\"en\">three</em> H<sub>2</sub>O.</p>\
                <ul><li>a</li><li>b</li></ul><table><tbody><tr><td>1</td></tr></tbody></table>";

    let answer = author.article().with("body", body).send().await.is(201);

    assert_eq!(answer.json()["edition"]["body"], body);
    assert_eq!(answer.json()["edition"]["stripped"], json!([]));
}

#[actix_web::test]
async fn hidden_text_is_shown_to_who_decides() {
    let app = TestApp::new().await;
    let author = app.account("author").sign_in().await;

    for hidden in [
        "<p>tin<span style=\"display:none\"> cá cược</span></p>",
        "<p>tin<font style=\"font-size:0\"> cá cược</font></p>",
        "<p>tin<span hidden> cá cược</span></p>",
        "<p>tin<b style='position:absolute;left:-9999px'> cá cược</b></p>",
    ] {
        let answer = author.article().with("body", hidden).send().await.is(201);
        let body = answer.json()["edition"]["body"].as_str().unwrap().to_owned();
        assert!(body.contains("cá cược") && !body.contains("style") && !body.contains("hidden"), "{body}");
        assert!(stripped(&answer).iter().any(|one| one.0 == "attribute"), "{hidden}");
    }
}

#[actix_web::test]
async fn markdown_becomes_a_body_under_the_same_rules() {
    let app = TestApp::new().await;
    let author = app.account("author").sign_in().await;
    let markdown = "# Tin\n\n**Một** và *hai* [ba](https://lamhai.example/) [bốn](javascript:alert(1))\n\n\
                    - a\n- b\n\n> năm\n\n<script>x()</script><img src=x onerror=alert(1)>\n\n| a | b |\n|---|---|\n| 1 | 2 |\n";

    let answer = author.article().with("body", markdown).with("body_format", "markdown").send().await.is(201);

    let body = answer.json()["edition"]["body"].as_str().unwrap().to_owned();
    inactive(&body);
    for part in [
        "<h2>Tin</h2>",
        "<strong>Một</strong>",
        "<em>hai</em>",
        "<a href=\"https://lamhai.example/\">ba</a>",
        "<li>a</li>",
        "<blockquote><p>năm</p></blockquote>",
        "<td>1</td>",
    ] {
        assert!(body.contains(part), "{part} is not in {body}");
    }
}

#[actix_web::test]
async fn a_body_of_which_nothing_is_left_is_refused() {
    let app = TestApp::new().await;
    let author = app.account("author").sign_in().await;

    for body in [
        "",
        " \n ",
        "<p></p>",
        "<script>x()</script>",
        "<!-- a -->",
        "<p>&nbsp;<br></p>",
        "<style>p{}</style>",
        "\u{200B}",
    ] {
        let answer = author.article().with("body", body).send().await;
        answer.is_problem(422, "invalid").names("/body", "empty-body");
    }
    let deep = format!("{}a{}", "<blockquote>".repeat(40), "</blockquote>".repeat(40));
    author.article().with("body", deep).send().await.is_problem(422, "invalid").names("/body", "too-deep");
}

/// Texts that would run, call out or take over the page if they ever came out as markup.
const CANARIES: &[&str] = &[
    "<script>alert('chim')</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<math><mi//xlink:href=\"data:x,<script>alert(1)</script>\">",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<a href=\" java\nscript:alert(1)\">x</a>",
    "<a href=\"&#106;avascript:alert(1)\">x</a>",
    "<a href=\"vbscript:msgbox(1)\">x</a>",
    "<a href=\"data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==\">x</a>",
    "<a href=\"//evil.example\" target=_blank ping=//evil.example>x</a>",
    "<iframe src=\"javascript:alert(1)\"></iframe>",
    "<iframe srcdoc=\"&lt;script&gt;alert(1)&lt;/script&gt;\"></iframe>",
    "<object data=\"javascript:alert(1)\"></object>",
    "<embed src=\"//evil.example/x.swf\">",
    "<form action=//evil.example><input name=p><button formaction=javascript:alert(1)>x</button></form>",
    "<base href=\"//evil.example/\">",
    "<meta http-equiv=refresh content=\"0;url=//evil.example\">",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>@import '//evil.example/x.css';</style>",
    "<p style=\"background:url(javascript:alert(1))\">x</p>",
    "<div style=\"width:expression(alert(1))\">x</div>",
    "<body onload=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<template><script>alert(1)</script></template>",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "\"><script>alert(1)</script>",
    "'-alert(1)-'",
    "</title></textarea></style><script>alert(1)</script>",
    "]]></title><item><title>x</title></item>",
    "<xmp><p title=\"</xmp><script>alert(1)</script>\">",
    "<p id=\"__proto__\" name=cookie>x</p>",
];

const ELEMENTS: &[&str] = &[
    "p",
    "h2",
    "h3",
    "h4",
    "ul",
    "ol",
    "li",
    "blockquote",
    "figure",
    "figcaption",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "a",
    "strong",
    "em",
    "sub",
    "sup",
    "br",
    "hr",
];

/// Says that a body holds nothing but quiet elements, with quiet attributes.
#[track_caller]
fn inactive(body: &str) {
    for tag in body.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or_default()) {
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        assert!(ELEMENTS.contains(&name.trim_start_matches('/')), "<{tag}> in {body}");
        for attribute in attributes.split("\" ").filter(|one| !one.is_empty()) {
            let (name, value) = attribute.split_once("=\"").unwrap_or((attribute, ""));
            assert!(["href", "lang", "dir", "data-image"].contains(&name), "{attribute} in {body}");
            let good = ["https://", "http://", "mailto:"].iter().any(|scheme| value.starts_with(scheme));
            assert!(name != "href" || good, "{attribute} in {body}");
        }
    }
}

#[actix_web::test]
async fn nothing_that_a_text_brings_comes_out_active() {
    let app = TestApp::new().await;
    let author = app.account("author").sign_in().await;
    assert!(CANARIES.len() >= 30);

    for (number, canary) in CANARIES.iter().enumerate() {
        let title = canary.replace('\n', " ");
        let draft = author
            .article()
            .with("title", title.as_str())
            .with("summary", *canary)
            .with("slug", format!("chim-{number}"));
        let answer = draft.with("body", format!("<p>trước {canary} sau</p><p>cuối</p>")).send().await.is(201);

        // Titles and summaries are plain text: kept to the letter, for whoever shows them to escape.
        let edition = &answer.json()["edition"];
        assert_eq!(edition["title"], canary.replace('\n', " "), "{canary}");
        assert_eq!(edition["summary"], *canary);
        inactive(edition["body"].as_str().unwrap());
        // No browser takes the answer for a page.
        assert_eq!(answer.header("content-type"), Some("application/json"));
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert!(answer.header("content-security-policy").unwrap().starts_with("default-src 'none'"));
    }
}
