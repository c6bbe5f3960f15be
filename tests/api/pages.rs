//! Pages for people: plain, in their language, with nothing in them that acts.

use std::{cell::RefCell, collections::BTreeMap};

use html5ever::tokenizer::{
    BufferQueue, CharacterTokens, EndTag, ParseError, StartTag, TagToken, Token, TokenSink, TokenSinkResult, Tokenizer,
    TokenizerOpts, states::RawKind,
};
use serde_json::Value;

use crate::support::{BASE_URL, Desk, Edition, TestApp, chinese, english, text};

/// A start tag with its attributes.
type Element = (String, BTreeMap<String, String>);

/// What a tokenizer of others' making sees in a page: its elements, each closed where it has to be, and no error.
#[derive(Default)]
struct Page {
    elements: RefCell<Vec<Element>>,
    open: RefCell<Vec<String>>,
    texts: RefCell<BTreeMap<String, String>>,
}

const VOID: [&str; 5] = ["meta", "link", "br", "hr", "img"];

impl TokenSink for Page {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        match token {
            TagToken(tag) if tag.kind == StartTag => {
                let name = tag.name.to_string();
                let attributes = tag.attrs.iter().map(|one| (one.name.local.to_string(), one.value.to_string()));
                self.elements.borrow_mut().push((name.clone(), attributes.collect()));
                if !VOID.contains(&name.as_str()) {
                    self.open.borrow_mut().push(name.clone());
                }
                if name == "script" {
                    return TokenSinkResult::RawData(RawKind::ScriptData);
                }
            }
            TagToken(tag) if tag.kind == EndTag => {
                assert_eq!(self.open.borrow_mut().pop(), Some(tag.name.to_string()), "line {line}");
            }
            CharacterTokens(text) => {
                let place = self.open.borrow().last().cloned().unwrap_or_default();
                self.texts.borrow_mut().entry(place).or_default().push_str(&text);
            }
            ParseError(error) => panic!("line {line}: {error}"),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl Page {
    fn read(html: &str) -> Self {
        assert!(html.starts_with("<!doctype html>"));
        let input = BufferQueue::default();
        input.push_back(html.into());
        let tokenizer =
            Tokenizer::new(Self::default(), TokenizerOpts { exact_errors: true, ..TokenizerOpts::default() });
        let _ = tokenizer.feed(&input);
        tokenizer.end();
        assert!(tokenizer.sink.open.borrow().is_empty(), "never closed: {:?}", tokenizer.sink.open);
        tokenizer.sink
    }

    /// The elements of a name that have an attribute with a value.
    fn with(&self, name: &str, attribute: &str, value: &str) -> Vec<BTreeMap<String, String>> {
        let all = self.elements.borrow();
        let fit = |element: &&Element| element.0 == name && element.1.get(attribute).is_some_and(|one| one == value);
        all.iter().filter(fit).map(|element| element.1.clone()).collect()
    }

    fn text(&self, place: &str) -> String {
        self.texts.borrow().get(place).cloned().unwrap_or_default()
    }

    /// The addresses of a page's other languages, its own among them, by language.
    fn languages(&self) -> BTreeMap<String, String> {
        let links = self.with("link", "rel", "alternate").into_iter().filter(|link| link.contains_key("hreflang"));
        links.map(|link| (link["hreflang"].clone(), link["href"].clone())).collect()
    }

    /// Says that nothing in it acts or loads from elsewhere.
    fn is_inert(&self) {
        for (name, attributes) in self.elements.borrow().iter() {
            // Data for search engines is in an element of that name, and nothing runs it.
            let data = name == "script" && attributes.get("type").is_some_and(|kind| kind == "application/ld+json");
            assert!(name != "script" || (data && attributes.len() == 1), "{attributes:?}");
            let acting = ["iframe", "object", "embed", "form", "base", "svg", "math", "style"];
            assert!(!acting.contains(&name.as_str()), "{name}");
            for (attribute, value) in attributes {
                assert!(!attribute.starts_with("on") && attribute != "style", "{attribute}");
                assert!(!value.trim_start().to_lowercase().starts_with("javascript:"), "{value}");
            }
        }
    }
}

const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' https:; base-uri 'none'; \
                      form-action 'none'; frame-ancestors 'none'";

/// The path of a public address of ours.
fn path(url: &str) -> &str {
    url.strip_prefix(BASE_URL).unwrap()
}

async fn url(edition: &Edition) -> String {
    edition.public().await.is(200).json()["url"].as_str().unwrap().to_owned()
}

#[actix_web::test]
async fn an_article_page_is_plain_and_says_its_language() {
    let desk = Desk::new().await;
    let hard = "R&D <script>alert(1)</script> “x”";
    let draft = desk.draft().with("title", hard).with("summary", "\"><img src=x onerror=alert(1)>");
    let edition = desk.story(draft.with("place", "<b>Sơn Hạ</b>").with("slug", "kho")).await;
    desk.app.pass(60);
    let mut next = text(hard, "Hai.");
    next["summary"] = "\"><img src=x onerror=alert(1)>".into();
    desk.correct(&edition, next, "</dd><script>x</script> & 5 < 6").await;

    let answer = desk.app.get("/vi/a/kho").await.is(200);
    let page = Page::read(answer.text());

    page.is_inert();
    assert_eq!(page.with("html", "lang", "vi")[0]["dir"], "ltr");
    assert_eq!((page.text("h1"), page.text("title")), (hard.to_owned(), format!("{hard} · Tỉnh Lam Hải")));
    assert!(page.text("dd").contains("</dd><script>x</script> & 5 < 6"));
    assert_eq!(page.with("meta", "name", "description")[0]["content"], "\"><img src=x onerror=alert(1)>");
    assert_eq!(page.with("link", "rel", "canonical")[0]["href"], format!("{BASE_URL}/vi/a/kho"));
    let graph = |property: &str| page.with("meta", "property", property)[0]["content"].clone();
    assert_eq!((graph("og:type"), graph("og:title"), graph("og:locale")), ("article".into(), hard.into(), "vi".into()));
    assert_eq!(graph("og:url"), format!("{BASE_URL}/vi/a/kho"));
    let said: Value = serde_json::from_str(&page.text("script")).unwrap();
    let item = desk.app.get("/api/v1/content/vi/articles/kho").await.is(200).json();
    assert_eq!((&said["@type"], &said["@id"], &said["headline"]), (&"NewsArticle".into(), &item["guid"], &hard.into()));
    assert_eq!(said["correction"][0]["text"], "</dd><script>x</script> & 5 < 6");
    assert_eq!((&said["dateModified"], &said["publisher"]["name"]), (&item["updated_at"], &"Tỉnh Lam Hải".into()));
    assert_eq!(answer.all("content-security-policy"), [POLICY]);
    assert_eq!(answer.header("content-language"), Some("vi"));
    assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"));
    for kind in ["application/feed+json", "application/rss+xml"] {
        desk.app.get(&page.with("link", "type", kind)[0]["href"]).await.is(200);
    }
    let style = page.with("link", "rel", "stylesheet").remove(0);
    assert_eq!(desk.app.get(&style["href"]).await.is(200).header("content-type"), Some("text/css; charset=utf-8"));
}

#[actix_web::test]
async fn the_languages_of_an_article_name_each_other_and_themselves() {
    let desk = Desk::new().await;
    let source = desk.story(desk.draft()).await;
    let other = desk.story(desk.draft()).await;
    let all = [
        source.clone(),
        desk.translation(&source, "en", english()).await,
        desk.translation(&source, "zh-Hans", chinese()).await,
    ];
    let mut expected = BTreeMap::new();
    for edition in &all {
        expected.insert(edition.locale.clone(), url(edition).await);
    }
    // For who reads none of them.
    expected.insert("x-default".to_owned(), expected["en"].clone());

    for (locale, url) in expected.iter().filter(|(locale, _)| *locale != "x-default") {
        let page = Page::read(desk.app.get(path(url)).await.is(200).text());
        assert_eq!(page.languages(), expected, "{locale}");
        assert_eq!(page.with("link", "rel", "canonical")[0]["href"], *url);
        assert_eq!(page.with("html", "lang", locale).len(), 1);
    }
    let alone = Page::read(desk.app.get(path(&url(&other).await)).await.text());
    assert_eq!(alone.languages().len(), 2, "its own and x-default");
    desk.withdraw(&all[1], "").await;
    expected.remove("en");
    expected.insert("x-default".to_owned(), expected["vi"].clone());
    for url in expected.values() {
        assert_eq!(Page::read(desk.app.get(path(url)).await.text()).languages(), expected);
    }
}

#[actix_web::test]
async fn a_page_that_was_taken_down_is_a_notice_and_an_absent_one_says_so() {
    let desk = Desk::new().await;
    let edition = desk.story(desk.draft().with("title", "Chimse").with("slug", "chimse")).await;
    let mut next = text("Chimse hai", "Hai.");
    next["slug"] = "chimse-hai".into();
    desk.update(&edition, next).await;
    let moved = desk.app.get("/vi/a/chimse").await.is(301);
    assert_eq!(moved.header("location"), Some("/vi/a/chimse-hai"));

    desk.withdraw(&edition, "Số liệu <sai> & cũ.").await;

    for slug in ["chimse", "chimse-hai"] {
        let gone = desk.app.get(&format!("/vi/a/{slug}")).await.is(410);
        let page = Page::read(gone.text());
        page.is_inert();
        assert!(page.text("p").contains("Số liệu <sai> & cũ.") && !gone.text().contains("Chimse"), "{}", gone.text());
        assert_eq!(page.with("meta", "name", "robots")[0]["content"], "noindex");
        assert_eq!(gone.all("content-security-policy"), [POLICY]);
        assert_eq!(gone.header("cache-control"), Some("public, max-age=5"));
        assert_eq!(gone.header("content-language"), Some("vi"));
    }
    let headers = [("accept", "text/html"), ("accept-language", "en")];
    let absent = desk.app.stranger().get_with("/vi/a/none", &headers).await.is(404);
    Page::read(absent.text()).is_inert();
    assert_eq!((absent.header("content-language"), absent.all("content-security-policy")), (Some("en"), vec![POLICY]));
    assert!(!Page::read(desk.app.get("/vi").await.text()).text("a").contains("Chimse"));
}

#[actix_web::test]
async fn the_bare_address_leads_to_the_first_page_of_the_readers_language() {
    let app = TestApp::new().await;

    for (asked, language) in
        [("en-GB,en;q=0.9", "en"), ("vi", "vi"), ("eo", "vi"), ("fr;q=0.1,vi;q=0.2,en", "en"), ("vi;q=0, en;q=0", "es")]
    {
        let headers = [("accept", "text/html"), ("accept-language", asked)];
        let led = app.stranger().get_with("/", &headers).await.is(302);
        assert_eq!(led.header("location"), Some(format!("/{language}").as_str()), "{asked}");
        assert_eq!((led.all("cache-control"), led.all("vary")), (vec!["public, max-age=5"], vec!["Accept-Language"]));
        app.get(led.header("location").unwrap()).await.is(200);
    }
    assert_eq!(app.get("/").await.is(302).header("location"), Some("/vi"));
    let posted = app.send(app.stranger().request(actix_web::http::Method::POST, "/")).await;
    assert_eq!((posted.status, posted.header("allow")), (405, Some("GET, HEAD")));
}

#[actix_web::test]
async fn from_a_language_s_first_page_every_article_is_reached() {
    let desk = Desk::new().await;
    let mut addresses = Vec::new();
    for number in 0..23 {
        desk.app.pass(number % 2);
        let edition = desk.story(desk.draft()).await;
        addresses.insert(0, edition);
    }
    desk.translation(&addresses[0], "en", english()).await;
    let mut expected = Vec::new();
    for edition in &addresses {
        expected.push(url(edition).await);
    }
    expected.sort();

    let (mut found, mut next, mut pages) = (Vec::new(), "/vi".to_owned(), 0);
    loop {
        let page = Page::read(desk.app.get(&next).await.is(200).text());
        page.is_inert();
        pages += 1;
        assert!(pages < 10, "the pages lead in a circle");
        assert_eq!(page.with("link", "rel", "canonical")[0]["href"], format!("{BASE_URL}{next}"));
        let links = page.elements.borrow().clone();
        let links = links.iter().filter(|(name, link)| name == "a" && link["href"].contains("/vi/a/"));
        found.extend(links.map(|(_, link)| link["href"].clone()));
        match page.with("a", "rel", "next").first() {
            Some(link) => next.clone_from(&link["href"]),
            None => break,
        }
    }
    found.sort();
    assert_eq!((pages, found), (2, expected));
    desk.app.get("/vi?cursor=x").await.is_problem(400, "bad-cursor");
    let headers = [("accept", "text/html"), ("accept-language", "en")];
    for address in ["/vi?cursor=x", "/vi/t/kinh-te?cursor=x"] {
        let refused = desk.app.stranger().get_with(address, &headers).await.is(400);
        assert_eq!(refused.all("content-type"), ["text/html; charset=utf-8"]);
        assert_eq!(refused.all("vary"), ["Accept, Accept-Language"]);
        let page = Page::read(refused.text());
        page.is_inert();
        assert_eq!(page.with("html", "lang", "en").len(), 1);
        assert!(page.text("h1").contains("cursor") && page.text("p").contains("first page"), "{}", refused.text());
    }
    desk.app.get("/vi?utm_source=x").await.is(200);
    let headers = [("accept", "text/html"), ("accept-language", "en")];
    let feeds = desk.app.stranger().get_with("/feeds", &headers).await.is(200);
    let page = Page::read(feeds.text());
    page.is_inert();
    assert_eq!(page.with("html", "lang", "en").len(), 1);
}

#[actix_web::test]
async fn a_topic_s_page_shows_what_its_parts_carry_and_leads_to_the_same_page_in_other_languages() {
    let desk = Desk::new().await;
    let part = desk.story(desk.draft().with("topics", serde_json::json!(["dau-tu"]))).await;
    let other = desk.story(desk.draft().with("topics", serde_json::json!(["bien"]))).await;

    let answer = desk.app.get("/vi/t/kinh-te").await.is(200);
    let page = Page::read(answer.text());

    page.is_inert();
    let shown = |url: &str| !page.with("a", "href", url).is_empty();
    assert!(shown(&url(&part).await) && !shown(&url(&other).await));
    assert_eq!(page.with("link", "rel", "canonical")[0]["href"], format!("{BASE_URL}/vi/t/kinh-te"));
    let languages = page.languages();
    assert_eq!(languages.len(), 10);
    for (locale, url) in &languages {
        let same = Page::read(desk.app.get(path(url)).await.is(200).text());
        assert_eq!((same.languages(), same.with("html", "lang", locale).len()), (languages.clone(), 1));
    }
    let article = Page::read(desk.app.get(path(&url(&part).await)).await.text());
    assert_eq!(article.with("a", "href", "/vi/t/dau-tu").len(), 1);
    for absent in ["/vi/t/khong-co", "/de/t/kinh-te"] {
        desk.app.get(absent).await.is_problem(404, "not-found");
    }
    desk.app.get("/vi/t/kinh-te?cursor=x").await.is_problem(400, "bad-cursor");
}

#[actix_web::test]
async fn a_page_names_its_mark_and_browsers_find_it_unbidden() {
    let desk = Desk::new().await;
    desk.story(desk.draft()).await;

    let page = desk.app.get("/vi").await.is(200);
    let drawn = desk.app.get("/assets/icon.svg").await.is(200);
    let painted = desk.app.get("/favicon.ico").await.is(200);

    assert!(page.text().contains("rel=\"icon\" href=\"/assets/icon.svg\" type=\"image/svg+xml\""));
    assert_eq!(drawn.header("content-type"), Some("image/svg+xml"));
    assert!(drawn.text().starts_with("<svg ") && !drawn.text().contains("script"), "{}", drawn.text());
    assert_eq!(painted.header("content-type"), Some("image/vnd.microsoft.icon"));
    assert_eq!(&painted.body[..6], &[0, 0, 1, 0, 2, 0], "an icon file with two pictures");
    for (path, answer) in [("/assets/icon.svg", &drawn), ("/favicon.ico", &painted)] {
        assert_eq!(answer.header("cache-control"), Some("public, max-age=86400"));
        desk.app.stranger().get_with(path, &[("if-none-match", &answer.etag())]).await.is(304);
    }
}
