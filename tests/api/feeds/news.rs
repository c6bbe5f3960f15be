//! Who has an earlier answer may ask for what is new since then alone (RFC 3229).

use serde_json::Value;

use super::entries;
use crate::support::{Answer, Desk, FORMATS, text};

fn ids(answer: &Answer) -> Vec<String> {
    let places = answer.json()["items"].as_array().unwrap().clone();
    places.iter().map(|one: &Value| one["id"].as_str().unwrap().to_owned()).collect()
}

#[actix_web::test]
async fn who_asks_for_the_news_gets_what_is_new_changed_or_gone_and_nothing_else() {
    let desk = Desk::new().await;
    let mut stories = Vec::new();
    for _ in 0..5 {
        desk.app.pass(1);
        stories.push(desk.story(desk.draft()).await);
    }
    let (path, reader) = ("/feeds/vi/all.json", desk.app.stranger());
    let before = desk.app.get(path).await.is(200);
    let asked = async |im: &str, tag: &str| reader.get_with(path, &[("a-im", im), ("if-none-match", tag)]).await;
    asked("feed", &before.etag()).await.is(304);

    desk.app.pass(60);
    desk.update(&stories[1], text("Bản mới", "Mới.")).await;
    desk.translation(&stories[2], "fr", text("Thon", "Thon.")).await;
    desk.withdraw(&stories[3], "Sai.").await;
    let new = desk.story(desk.draft()).await;

    let news = asked("x, feed;q=0.5", &before.etag()).await.is(226);
    let whole = desk.app.get(path).await.is(200);
    let mut changed = Vec::new();
    for edition in [&stories[1], &stories[2], &new] {
        changed.push(edition.public().await.json()["guid"].as_str().unwrap().to_owned());
    }
    changed.push(stories[3].gone().await.guid);
    let (mut found, mut expected) = (ids(&news), changed);
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
    assert_eq!((news.etag(), news.header("im")), (whole.etag(), Some("feed")));
    assert_eq!(news.header("cache-control"), Some("no-store, im"));
    assert_eq!(news.all("vary"), ["Accept-Encoding, A-IM, If-None-Match"]);
    asked("feed", &whole.etag()).await.is(304);
    for (im, tag) in [("vcdiff", before.etag()), ("feed;q=0", before.etag()), ("feed", "\"unknown\"".to_owned())] {
        assert_eq!(asked(im, &tag).await.is(200).body, whole.body, "{im} {tag}");
    }
    assert_eq!(reader.get_with(path, &[("a-im", "feed")]).await.is(200).body, whole.body);
    let restarted = desk.app.again().await;
    let answer = restarted.stranger().get_with(path, &[("a-im", "feed"), ("if-none-match", &before.etag())]).await;
    assert_eq!(answer.is(200).body, whole.body, "who does not remember gives the whole");
}

#[actix_web::test]
async fn every_format_has_news_and_a_coded_answer_is_remembered_too() {
    let desk = Desk::new().await;
    let old = desk.story(desk.draft()).await.public().await.json()["guid"].as_str().unwrap().to_owned();
    let reader = desk.app.stranger();
    let mut tags = Vec::new();
    for format in FORMATS {
        let coded = reader.get_with(&format!("/feeds/vi/all.{format}"), &[("accept-encoding", "br")]).await.is(200);
        tags.push(coded.etag());
    }
    desk.app.pass(1);
    desk.story(desk.draft()).await;
    let new = entries(&desk.app, "/feeds/vi/all").await[0]["id"].as_str().unwrap().to_owned();

    for (format, tag) in FORMATS.iter().zip(&tags) {
        let path = format!("/feeds/vi/all.{format}");
        let news = reader.get_with(&path, &[("a-im", "feed"), ("if-none-match", tag)]).await.is(226);
        assert!(news.text().contains(&new) && !news.text().contains(&old), "{path}: {}", news.text());
    }
}
