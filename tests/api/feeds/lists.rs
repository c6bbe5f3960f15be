//! Feeds over HTTP, and the lists by which they are found.

use std::collections::BTreeSet;

use actix_web::http::Method;
use quick_xml::{Reader, events::Event};

use super::feeds_of;
use crate::support::{Answer, BASE_URL, Desk, FORMATS, TestApp, english};

fn media_type(format: &str) -> &'static str {
    match format {
        "json" => "application/feed+json",
        "rss" => "application/rss+xml; charset=utf-8",
        "atom" => "application/atom+xml; charset=utf-8",
        _ => "application/json",
    }
}

/// What a feed takes for its own address.
fn own_address(format: &str, whole: &Answer) -> String {
    match format {
        "json" => whole.json()["feed_url"].as_str().unwrap().to_owned(),
        "ninjs.json" => whole.json()["uri"].as_str().unwrap().to_owned(),
        "atom" => {
            let feed = atom_syndication::Feed::read_from(&whole.body[..]).unwrap();
            let own: Vec<_> = feed.links().iter().filter(|link| link.rel() == "self").collect();
            let [link] = &own[..] else { panic!("one self, not {}", own.len()) };
            assert_eq!(link.mime_type(), Some("application/atom+xml"));
            link.href().to_owned()
        }
        _ => {
            let channel = super::channel(whole);
            let links = &channel.extensions()["atom"]["link"];
            let own: Vec<_> = links.iter().filter(|link| link.attrs()["rel"] == "self").collect();
            let [link] = &own[..] else { panic!("one self, not {}", own.len()) };
            assert_eq!(link.attrs()["type"], "application/rss+xml");
            link.attrs()["href"].clone()
        }
    }
}

#[actix_web::test]
async fn a_feed_is_the_same_bytes_whenever_and_wherever_it_is_made() {
    let desk = Desk::new().await;
    let stories = desk.one_of_each_kind().await;
    desk.translation(&stories[0], "en", english()).await;
    desk.withdraw(&stories[1], "Số liệu sai.").await;

    let restarted = desk.app.again().await;
    for locale in ["vi", "en", "ja"] {
        for feed in feeds_of(locale) {
            for format in FORMATS {
                let path = format!("{feed}.{format}");
                let first = desk.app.get(&path).await.is(200);
                desk.app.pass(1);
                for again in [desk.app.get(&path).await, restarted.get(&path).await] {
                    assert_eq!((again.status, again.etag()), (200, first.etag()), "{path}");
                    assert!(again.body == first.body, "{path}");
                }
                let etag = first.etag();
                restarted.stranger().get_with(&path, &[("if-none-match", &etag)]).await.is(304);
            }
        }
    }
}

#[actix_web::test]
async fn a_feed_names_its_type_and_itself_and_gives_its_head_alone() {
    let desk = Desk::new().await;
    desk.story(desk.draft()).await;

    for feed in feeds_of("vi") {
        for format in FORMATS {
            let path = format!("{feed}.{format}");
            let whole = desk.app.get(&path).await.is(200);
            assert_eq!(whole.all("content-type"), [media_type(format)], "{path}");
            let own: Vec<_> = whole.all("link").into_iter().filter(|link| link.contains("rel=\"self\"")).collect();
            assert_eq!(own, [format!("<{BASE_URL}{path}>; rel=\"self\"")]);
            let url = format!("{BASE_URL}{path}");
            assert_eq!(own_address(format, &whole), url);
            let others = whole.all("link").into_iter().filter(|link| link.contains("rel=\"alternate\"")).count();
            assert_eq!(others, FORMATS.len() - 1, "{path}");
            assert_eq!(whole.header("access-control-allow-origin"), Some("*"));

            let head = desk.app.send(desk.app.stranger().request(Method::HEAD, &path)).await.is(200);
            assert!(head.body.is_empty());
            for name in ["etag", "last-modified", "content-type", "cache-control", "link", "vary"] {
                assert_eq!(head.all(name), whole.all(name), "{path}: {name}");
            }
            let post = desk.app.send(desk.app.stranger().request(Method::POST, &path)).await;
            assert_eq!((post.status, post.header("allow").is_some()), (405, true), "{path}");
            let with_query = desk.app.get(&format!("{path}?utm_source=x&status=draft")).await.is(200);
            assert!(with_query.body == whole.body, "{path}");
        }
    }
    for absent in [
        "vi/topics/none.rss",
        "vi/topics/kinh-te.x.json",
        "vi/all.xml",
        "vi/kinds/none.rss",
        "vi/agencies/none.json",
        "de/all.rss",
        "vi/all.atom2",
    ] {
        desk.app.get(&format!("/feeds/{absent}")).await.is_problem(404, "not-found");
    }
}

/// The attributes of each outline of an OPML document.
fn outlines(document: &str) -> Vec<(String, String)> {
    let mut reader = Reader::from_str(document);
    let mut found = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Empty(element) if element.name().as_ref() == "outline" => {
                let value = |name: &str| {
                    let all = element.attributes().map(Result::unwrap);
                    let mut own = all.filter(|one| one.key.as_ref() == name).map(|one| one.value.into_owned());
                    own.next().unwrap_or_default()
                };
                assert_eq!((value("type").as_str(), value("text").is_empty()), ("rss", false));
                found.push((value("xmlUrl"), value("language")));
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

#[actix_web::test]
async fn every_feed_that_there_is_stands_in_every_list_of_feeds() {
    let app = TestApp::new().await;
    let list = app.stranger().get_with("/feeds", &[("accept", "application/json")]).await.is(200).json();
    let page = app.stranger().get_with("/feeds", &[("accept", "text/html")]).await.is(200);
    assert_eq!(page.all("vary"), ["Accept-Encoding, Accept, Accept-Language"]);
    let opml = app.get("/feeds.opml").await.is(200);
    assert_eq!(opml.header("content-type"), Some("text/x-opml; charset=utf-8"));
    assert_eq!(list["opml_url"], format!("{BASE_URL}/feeds.opml"));

    let mut listed = BTreeSet::new();
    for feed in list["items"].as_array().unwrap() {
        for member in ["json_url", "rss_url", "atom_url", "ninjs_url"] {
            let url = feed[member].as_str().unwrap();
            assert!(page.text().contains(&format!("href=\"{url}\"")), "{url}");
            listed.insert(url.to_owned());
        }
    }
    let mut expected = BTreeSet::new();
    for locale in ["vi", "en", "fr", "zh-Hans", "ja", "ko", "ru", "es", "lo", "km"] {
        for feed in feeds_of(locale) {
            expected.extend(FORMATS.map(|format| format!("{BASE_URL}{feed}.{format}")));
        }
    }
    assert_eq!(listed, expected);
    for url in &listed {
        app.get(url.strip_prefix(BASE_URL).unwrap()).await.is(200);
    }
    let outlines = outlines(opml.text());
    // ninjs is for programs of news agencies, and no feed reader reads it.
    assert_eq!(outlines.len(), listed.len() / 4 * 3);
    for (url, locale) in &outlines {
        assert!(url.contains(&format!("/feeds/{locale}/")) && listed.contains(url), "{url}");
    }
    for format in ["rss", "atom", "json"] {
        let some = app.get(&format!("/feeds.opml?locale=fr&format={format}&utm_source=x")).await.is(200);
        let some = super::lists::outlines(some.text());
        assert_eq!(some.len(), feeds_of("fr").len());
        assert!(some.iter().all(|(url, locale)| url.ends_with(&format!(".{format}")) && locale == "fr"), "{some:?}");
    }
    let slip = app.get("/feeds.opml?locale=xx&format=ninjs.json").await.is(200);
    assert_eq!(super::lists::outlines(slip.text()).len(), outlines.len(), "a list is never empty by a slip");
}
