//! Sitemaps: every public page with all its languages, the newest for the news, and nothing that is not public.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::{Reader, events::Event};

use crate::support::{Answer, BASE_URL, Desk, english, text};

/// The text of each element of a name.
fn texts(answer: &Answer, name: &str) -> Vec<String> {
    let (mut reader, mut found, mut inside) = (Reader::from_str(answer.text()), Vec::new(), false);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => inside = start.name().as_ref() == name,
            Event::Text(text) if inside => {
                found.push(text.xml10_content().into_owned());
                inside = false;
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

/// Each page's languages and their addresses.
fn clusters(answer: &Answer) -> BTreeMap<String, BTreeMap<String, String>> {
    assert_eq!(answer.header("content-type"), Some("application/xml; charset=utf-8"));
    let attribute = |element: &str, name: &str| {
        element.split(&format!("{name}=\"")).nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned()
    };
    let pages = answer.text().split("<url>").skip(1).map(|page| {
        let loc = page.split("<loc>").nth(1).unwrap().split('<').next().unwrap().to_owned();
        let links =
            page.split("<xhtml:link ").skip(1).map(|link| (attribute(link, "hreflang"), attribute(link, "href")));
        (loc, links.collect())
    });
    pages.collect()
}

#[actix_web::test]
async fn every_page_stands_in_one_file_with_all_its_languages_which_say_the_same() {
    let mut desk = Desk::new().await;
    let first = desk.story(desk.draft()).await;
    desk.translation(&first, "en", english()).await;
    let alone = desk.story(desk.draft()).await;
    desk.app.pass(20 * 86_400);
    desk = Desk::of(&desk.app).await;
    desk.translation(&first, "fr", text("Thon", "Thon.")).await;
    let gone = desk.story(desk.draft()).await;
    desk.withdraw(&gone, "Sai.").await;

    let index = desk.app.get("/sitemap.xml").await.is(200);
    let files = texts(&index, "loc");
    assert_eq!(files, ["2026-11-1", "2026-12-1"].map(|file| format!("{BASE_URL}/sitemaps/{file}.xml")));
    assert_eq!(texts(&index, "lastmod"), ["2026-11-22T02:00:00Z", "2026-12-12T02:00:00Z"]);
    let mut pages = BTreeMap::new();
    for file in &files {
        pages.extend(clusters(&desk.app.get(file.strip_prefix(BASE_URL).unwrap()).await.is(200)));
    }

    let manifest = desk.app.stranger().all("/api/v1/content/manifest").await;
    let public: BTreeSet<String> = manifest.iter().map(|line| line["url"].as_str().unwrap().to_owned()).collect();
    assert_eq!(pages.keys().cloned().collect::<BTreeSet<_>>(), public);
    for (page, languages) in &pages {
        assert!(languages.values().any(|url| url == page), "{page} does not name itself");
        let default = languages.get("en").or_else(|| languages.get("vi"));
        assert_eq!(languages.get("x-default"), default, "{page}");
        for url in languages.values() {
            assert_eq!(pages.get(url), Some(languages), "{url} says otherwise than {page}");
        }
        let html = desk.app.get(page.strip_prefix(BASE_URL).unwrap()).await.is(200);
        for (hreflang, url) in languages {
            let link = format!("<link rel=\"alternate\" hreflang=\"{hreflang}\" href=\"{url}\">");
            assert!(html.text().contains(&link), "{page} says otherwise than its sitemap: {link}");
        }
    }
    let of =
        async |edition: &crate::support::Edition| edition.public().await.json()["url"].as_str().unwrap().to_owned();
    assert_eq!(pages[&of(&first).await].len(), 4, "vi, en, fr and the one for everybody else");
    assert_eq!(pages[&of(&alone).await].len(), 2);
    for absent in ["2026-10-1", "2026-11-2", "2026-13-1", "2026-11-01", "2026-11"] {
        desk.app.get(&format!("/sitemaps/{absent}.xml")).await.is_problem(404, "not-found");
    }
    let robots = desk.app.get("/robots.txt").await.is(200);
    for sitemap in ["/sitemap.xml", "/sitemap-news.xml"] {
        assert!(robots.text().lines().any(|line| line == format!("Sitemap: {BASE_URL}{sitemap}")));
    }
}

#[actix_web::test]
async fn the_news_are_of_two_days_with_a_bare_language() {
    let mut desk = Desk::new().await;
    let old = desk.story(desk.draft().with("title", "Cũ")).await;
    desk.app.pass(86_400);
    desk = Desk::of(&desk.app).await;
    let new = desk.story(desk.draft().with("title", "Mới & <đậm>")).await;
    desk.translation(&new, "zh-Hans", crate::support::chinese()).await;
    let news = desk.app.get("/sitemap-news.xml").await.is(200);
    let sorted = |mut list: Vec<String>| {
        list.sort();
        list
    };
    assert_eq!(sorted(texts(&news, "news:language")), ["vi", "vi", "zh-cn"]);
    assert!(texts(&news, "news:name").contains(&"Tỉnh Lam Hải".to_owned()));
    assert_eq!(texts(&news, "news:publication_date").len(), 3);
    assert!(news.text().contains("Mới &amp; &lt;đậm&gt;") && news.text().contains("Cũ"));

    desk.app.pass(86_400);
    let later = desk.app.get("/sitemap-news.xml").await.is(200);
    assert!(!later.text().contains("Cũ") && later.text().contains("Mới"), "{}", later.text());
    desk = Desk::of(&desk.app).await;
    desk.withdraw(&new, "Sai.").await;
    assert!(!desk.app.get("/sitemap-news.xml").await.text().contains("Mới"));
    desk.app.pass(86_400 * 3);
    assert_eq!(texts(&desk.app.get("/sitemap-news.xml").await.is(200), "loc").len(), 0);
    old.public().await.is(200);
}

#[actix_web::test]
async fn an_item_says_of_itself_what_its_page_says() {
    let desk = Desk::new().await;
    for edition in desk.one_of_each_kind().await {
        let item = edition.public().await.json();
        let said = item["json_ld"].clone();
        let kinds: Vec<_> =
            said["@graph"].as_array().map_or(vec![&said["@type"]], |all| all.iter().map(|one| &one["@type"]).collect());
        let beside = match item["kind"].as_str().unwrap() {
            "event" => vec!["NewsArticle", "Event"],
            "statement" => vec!["NewsArticle", "ClaimReview"],
            _ => vec!["NewsArticle"],
        };
        assert_eq!(kinds, beside);
        let page = desk.app.get(item["url"].as_str().unwrap().strip_prefix(BASE_URL).unwrap()).await.is(200);
        let embedded = page.text().split("<script type=\"application/ld+json\">").nth(1).unwrap();
        let embedded: serde_json::Value = serde_json::from_str(embedded.split("</script>").next().unwrap()).unwrap();
        assert_eq!(embedded, said);
    }
    let list = desk.app.get("/api/v1/content/vi/articles").await.is(200).json();
    assert!(list["items"][0].get("json_ld").is_none(), "a list is not made longer by it");
}

#[actix_web::test]
async fn a_topic_is_told_abroad_by_the_name_that_administrators_gave_it() {
    let desk = Desk::new().await;
    let admin = desk.app.account("admin").sign_in().await;
    desk.story(desk.draft()).await;
    let path = "/api/v1/topics/dau-tu";
    let topic = admin.get(path).await.is(200);
    let mut body = serde_json::json!({"parent": "kinh-te", "names": topic.json()["names"]});
    for bad in ["4000000", "040000000", "0400000x", "medtop:04000000"] {
        body["media_topic"] = bad.into();
        let refused = admin.put(path, &topic.etag(), &body).await.is(422).json();
        assert_eq!(refused["errors"][0]["pointer"], "/media_topic");
    }

    body["media_topic"] = "04000000".into();
    admin.put(path, &topic.etag(), &body).await.is(200);

    let uri = "http://cv.iptc.org/newscodes/mediatopic/04000000";
    let ninjs = desk.app.get("/feeds/vi/all.ninjs.json").await.json();
    assert_eq!(ninjs["associations"][0]["subjects"][0]["uri"], uri);
    let topics = desk.app.get("/api/v1/content/vi/topics").await.json();
    assert!(topics["items"].as_array().unwrap().iter().any(|one| one["code"] == "dau-tu" && one["media_topic"] == uri));
}
