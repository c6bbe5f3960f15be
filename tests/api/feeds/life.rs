//! The life of an item in the feeds: one id from its first text to its tombstone.

use serde_json::Value;

use super::{channel, entries, feeds_of, ours};
use crate::support::{Answer, Desk, Edition, FORMATS, Names, TestApp, text};

const FEEDS: [&str; 5] = ["all", "topics/kinh-te", "topics/dau-tu", "kinds/news", "agencies/bao"];
const DAY: u64 = 86_400;

/// An RSS item's id, title, first date and date of change.
fn rss_item(answer: &Answer) -> [String; 4] {
    let channel = channel(answer);
    let [item] = channel.items() else { panic!("one item, not {}", channel.items().len()) };
    let changed = item.extensions()["atom"]["updated"][0].value().unwrap();
    assert_eq!(item.extensions()["dcterms"]["modified"][0].value(), Some(changed));
    [item.guid().unwrap().value(), item.title().unwrap(), item.pub_date().unwrap(), changed].map(str::to_owned)
}

/// The answers of all feeds that carry a `news` of `bao` about `dau-tu`.
async fn answers(app: &TestApp) -> Vec<(String, Answer)> {
    let mut answers = Vec::new();
    for scope in FEEDS {
        for format in FORMATS {
            let path = format!("/feeds/vi/{scope}.{format}");
            let answer = app.get(&path).await.is(200);
            answers.push((path, answer));
        }
    }
    answers
}

/// Says that who had those answers is told that they have changed, and by the tag that these have not.
async fn all_changed(app: &TestApp, before: &[(String, Answer)]) {
    for (path, old) in before {
        let (etag, date) = (old.etag(), old.header("last-modified").unwrap());
        let reader = app.stranger();
        let new = reader.get_with(path, &[("if-none-match", &etag)]).await.is(200);
        reader.get_with(path, &[("if-modified-since", date)]).await.is(200);
        reader.get_with(path, &[("if-none-match", &new.etag())]).await.is(304);
        reader.get_with(path, &[("if-modified-since", new.header("last-modified").unwrap())]).await.is(304);
        assert!(new.header("last-modified") != Some(date), "{path}");
    }
}

#[actix_web::test]
async fn an_id_and_a_first_date_stay_while_the_text_changes() {
    let desk = Desk::new().await;
    let edition = desk.story(desk.draft().with("title", "Bản một").with("slug", "ban-mot")).await;
    let guid = edition.public().await.json()["guid"].as_str().unwrap().to_owned();
    let first = "Sun, 22 Nov 2026 02:00:00 +0000";

    for (minute, correction) in [(1, false), (2, true), (3, false)] {
        let before = answers(&desk.app).await;
        for (path, old) in &before {
            desk.app.stranger().get_with(path, &[("if-none-match", &old.etag())]).await.is(304);
        }
        desk.app.pass(60);
        let title = format!("Bản sau {minute}");
        let mut body = text(&title, "Mới.");
        body["slug"] = format!("ban-sau-{minute}").into();
        if correction {
            desk.correct(&edition, body, "Sửa số.").await;
        } else {
            desk.update(&edition, body).await;
        }

        all_changed(&desk.app, &before).await;
        for scope in FEEDS {
            let rss = rss_item(&desk.app.get(&format!("/feeds/vi/{scope}.rss")).await);
            let changed = format!("2026-11-22T02:0{minute}:00Z");
            assert_eq!(rss, [guid.clone(), title.clone(), first.to_owned(), changed.clone()], "{scope}");
            let place = entries(&desk.app, &format!("/feeds/vi/{scope}")).await.remove(0);
            assert_eq!((&place["id"], &place["title"]), (&guid.as_str().into(), &title.as_str().into()));
            assert_eq!(place["date_published"], "2026-11-22T02:00:00Z");
            assert_eq!(
                (&place["date_modified"], &place["_lantoa"]["version"]),
                (&changed.into(), &(minute + 1).into())
            );
        }
    }
    let place = entries(&desk.app, "/feeds/vi/all").await.remove(0);
    assert_eq!(place["_lantoa"]["corrections"][0]["note"], "Sửa số.");
    let said = "<p><strong>Đính chính lần 1, 09:02 ngày 22/11/2026 (GMT+7)</strong><br>Sửa số.</p><hr><p>Mới.</p>";
    assert_eq!(place["content_html"], said);
    assert_eq!(edition.public().await.json()["body_html"], "<p>Mới.</p>");
    assert!(desk.app.get("/feeds/vi/all.rss").await.text().contains(">Sửa số.</lt:correction>"));
}

/// The place of a guid in a feed, as a notice.
async fn notice(app: &TestApp, feed: &str, guid: &str) -> Option<Value> {
    let rss = app.get(&format!("{feed}.rss")).await.is(200);
    let channel = channel(&rss);
    let item = channel.items().iter().find(|item| item.guid().unwrap().value() == guid);
    let place = entries(app, feed).await.into_iter().find(|one| one["id"] == guid);
    assert_eq!(item.is_some(), place.is_some(), "{feed}");
    let (item, place) = (item?, place?);
    assert_eq!(ours(item, "status").as_deref(), place["_lantoa"]["status"].as_str());
    assert_eq!((item.title(), item.content()), (place["title"].as_str(), place["content_html"].as_str()));
    Some(place)
}

#[actix_web::test]
async fn what_is_withdrawn_leaves_a_notice_under_its_id_and_no_byte_of_its_text() {
    let desk = Desk::new().await;
    let draft = desk.draft().with("title", "CHIMSE một").with("summary", "chimse").with("body", "<p>Chimse.</p>");
    let edition = desk.story(draft.with("slug", "bai-bi-go")).await;
    desk.app.pass(60);
    desk.update(&edition, text("Chimse hai", "CHIMSE hai.")).await;
    let translation = desk.translation(&edition, "en", text("Sparrow", "Sparrow.")).await;
    let guid = edition.public().await.json()["guid"].as_str().unwrap().to_owned();
    let before = answers(&desk.app).await;
    let names = Names::of([&edition, &translation], &["bai-bi-go", "sparrow"]);
    assert!(desk.app.crawl(&names).await.iter().any(|(_, answer)| answer.text().contains("CHIMSE")));
    desk.app.pass(60);

    desk.withdraw(&edition, "Số liệu sai.").await;

    all_changed(&desk.app, &before).await;
    for scope in FEEDS {
        let place = notice(&desk.app, &format!("/feeds/vi/{scope}"), &guid).await.expect(scope);
        assert_eq!((&place["_lantoa"]["status"], &place["summary"]), (&"withdrawn".into(), &"Số liệu sai.".into()));
        assert_eq!(place["content_html"], "<p>Số liệu sai.</p>");
        assert_eq!(place["date_published"], "2026-11-22T02:00:00Z");
        assert_eq!(place["date_modified"], "2026-11-22T02:02:00Z");
    }
    assert!(notice(&desk.app, "/feeds/vi/topics/bien", &guid).await.is_none());
    for (path, answer) in desk.app.crawl(&names).await {
        assert!(!answer.text().to_lowercase().contains("chimse"), "{path}: {}", answer.text());
    }
    for feed in feeds_of("vi") {
        let date = desk.app.get(&format!("{feed}.rss")).await;
        let moved = date.header("last-modified") == Some("Sun, 22 Nov 2026 02:02:00 GMT");
        assert_eq!(moved, FEEDS.iter().any(|scope| feed == format!("/feeds/vi/{scope}")), "{feed}");
    }
}

/// Whether a feed still has something.
async fn carries(app: &TestApp) -> usize {
    entries(app, "/feeds/vi/all").await.len()
}

#[actix_web::test]
async fn a_notice_stays_for_thirty_days_and_leaves_by_itself() {
    let desk = Desk::new().await;
    let edition: Edition = desk.story(desk.draft()).await;
    desk.withdraw(&edition, "Số liệu sai.").await;

    desk.app.pass(30 * DAY - 1);
    assert_eq!(carries(&desk.app).await, 1);
    assert_eq!(carries(&desk.app.again().await).await, 1);
    let before = desk.app.get("/feeds/vi/all.rss").await;
    desk.app.pass(DAY + 1);

    let other = desk.app.again().await;
    for path in ["/feeds/vi/all.json", "/feeds/vi/all.rss", "/feeds/vi/topics/kinh-te.rss"] {
        let after = desk.app.get(path).await.is(200);
        assert_eq!(after.body, other.get(path).await.is(200).body, "{path}");
    }
    assert_eq!(carries(&desk.app).await, 0, "nothing was published since, and it left all the same");
    desk.app.stranger().get_with("/feeds/vi/all.rss", &[("if-none-match", &before.etag())]).await.is(200);
}

#[actix_web::test]
async fn who_asks_by_date_is_told_of_a_withdrawal_by_every_process() {
    let desk = Desk::new().await;
    let keeps = desk.story(desk.draft()).await;
    let goes = desk.story(desk.draft()).await;
    let item = keeps.public().await.json();
    let page = format!("/vi/a/{}", item["slug"].as_str().unwrap());
    let translation = desk.translation(&keeps, "en", text("Tuna", "Tuna.")).await;
    let outputs = ["/api/v1/content/vi/articles", "/feeds/vi/all.rss", "/vi", &page];
    desk.app.pass(60);
    let mut kept = Vec::new();
    for output in outputs {
        kept.push(desk.app.get(output).await.is(200).header("last-modified").unwrap().to_owned());
    }

    desk.withdraw(&goes, "").await;
    desk.withdraw(&translation, "").await;

    // A process that never gave the answers in which the two still stood.
    let other = desk.app.again().await;
    for (output, date) in outputs.iter().zip(&kept) {
        for app in [&desk.app, &other] {
            app.stranger().get_with(output, &[("if-modified-since", date)]).await.is(200);
        }
    }
}
