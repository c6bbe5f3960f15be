//! Archives: whoever follows them back has everything that a feed ever carried, and what was taken down as that.

use std::collections::BTreeSet;

use atom_syndication::Feed;

use crate::support::{Answer, BASE_URL, Desk, TestApp, text};

const DAY: u64 = 86_400;

fn read(answer: &Answer) -> Feed {
    Feed::read_from(&answer.body[..]).unwrap()
}

fn link(feed: &Feed, rel: &str) -> Option<String> {
    let mut all = feed.links().iter().filter(|link| link.rel() == rel);
    let found = all.next().map(|link| link.href().strip_prefix(BASE_URL).unwrap().to_owned());
    assert!(all.next().is_none(), "one {rel}");
    found
}

/// Every document from the feed's own back to the first archive.
async fn followed(app: &TestApp, feed: &str) -> Vec<(String, Feed)> {
    let mut documents = Vec::new();
    let mut next = Some(format!("{feed}.atom"));
    while let Some(path) = next {
        let document = read(&app.get(&path).await.is(200));
        next = link(&document, "prev-archive");
        documents.push((path, document));
    }
    documents
}

fn ids<'a>(documents: impl IntoIterator<Item = &'a (String, Feed)>) -> BTreeSet<String> {
    documents.into_iter().flat_map(|(_, feed)| feed.entries()).map(|entry| entry.id().to_owned()).collect()
}

#[actix_web::test]
async fn the_archives_have_everything_each_in_one_place_in_order() {
    let mut desk = Desk::new().await;
    let mut guids = BTreeSet::new();
    let mut first = None;
    for count in [3, 0, 0, 62, 1] {
        for _ in 0..count {
            desk.app.pass(1);
            let story = desk.story(desk.draft()).await;
            guids.insert(story.public().await.json()["guid"].as_str().unwrap().to_owned());
            first.get_or_insert(story);
        }
        desk.app.pass(DAY - count);
        // Nobody is signed in for days.
        desk = Desk::of(&desk.app).await;
    }
    let other = desk.story(desk.draft().with("topics", serde_json::json!(["bien"])).with("agency", "so")).await;
    guids.insert(other.public().await.json()["guid"].as_str().unwrap().to_owned());

    let documents = followed(&desk.app, "/feeds/vi/all").await;

    let names: Vec<&str> = documents[1..].iter().map(|(path, _)| path.rsplit('/').next().unwrap()).collect();
    assert_eq!(names, ["2026-11-26.atom", "2026-11-25.atom", "2026-11-25-1.atom", "2026-11-22.atom"]);
    assert_eq!(ids(&documents), guids);
    let archived: Vec<_> = documents[1..].iter().flat_map(|(_, feed)| feed.entries()).collect();
    assert_eq!(archived.len(), guids.len() - 1, "each in one place, but for what is of today");
    let published: Vec<_> = archived.iter().map(|entry| *entry.published().unwrap()).collect();
    assert!(published.is_sorted_by(|a, b| a >= b));
    for (path, feed) in &documents[1..] {
        assert_eq!(link(feed, "current").as_deref(), Some("/feeds/vi/all.atom"), "{path}");
        assert_eq!(link(feed, "self").as_ref(), Some(path));
        assert!(feed.id() == documents[0].1.id() && feed.entries().len() <= 50, "{path}");
        assert!(desk.app.get(path).await.text().contains("<fh:archive/>"), "{path}");
    }
    assert!(!desk.app.get("/feeds/vi/all.atom").await.text().contains("fh:archive/"));
    let mut forward = vec![names[3].to_owned()];
    while let Some(next) =
        link(&read(&desk.app.get(&format!("/feeds/vi/all/archive/{}", forward.last().unwrap())).await), "next-archive")
    {
        forward.push(next.rsplit('/').next().unwrap().to_owned());
    }
    assert_eq!(forward, ["2026-11-22.atom", "2026-11-25-1.atom", "2026-11-25-2.atom", "2026-11-26-1.atom"]);
    for scope in ["topics/kinh-te", "kinds/news", "agencies/bao"] {
        let some = followed(&desk.app, &format!("/feeds/vi/{scope}")).await;
        assert_eq!(some.len(), 5, "{scope}");
        let missing: BTreeSet<_> = guids.difference(&ids(&some)).cloned().collect();
        assert!(missing.len() <= 1 && (scope == "kinds/news" || missing.len() == 1), "{scope}: {missing:?}");
    }

    let first = first.unwrap();
    desk.withdraw(&first, "Số liệu sai.").await;
    desk.app.pass(100 * DAY);
    let archive = desk.app.get("/feeds/vi/all/archive/2026-11-22.atom").await.is(200);
    assert_eq!(read(&archive).entries().len(), 3, "for ever");
    assert_eq!(archive.text().matches("<at:deleted-entry").count(), 1);
    assert!(archive.text().contains("Số liệu sai."));
    assert_eq!(desk.app.sweep().await, []);
}

#[actix_web::test]
async fn an_archive_changes_by_what_happens_to_its_texts_alone() {
    let mut desk = Desk::new().await;
    let story = desk.story(desk.draft().with("title", "CHIMSE")).await;
    let other = desk.story(desk.draft()).await;
    desk.app.pass(DAY);
    desk = Desk::of(&desk.app).await;
    let path = "/feeds/vi/all/archive/2026-11-22.atom";
    let before = desk.app.get(path).await.is(200);
    desk.story(desk.draft()).await;
    desk.app.stranger().get_with(path, &[("if-none-match", &before.etag())]).await.is(304);

    desk.correct(&other, text("Bản đúng", "Đúng."), "Sửa số.").await;
    desk.withdraw(&story, "Sai.").await;

    let after = desk.app.get(path).await.is(200);
    assert!(!after.text().contains("CHIMSE") && after.text().contains("Sửa số."));
    assert_eq!(after.header("cache-control"), before.header("cache-control"), "kept by nobody for longer than a feed");
    assert!(after.header("last-modified") != before.header("last-modified"));
}

#[actix_web::test]
async fn what_is_no_archive_or_none_yet_is_absent() {
    let desk = Desk::new().await;
    desk.story(desk.draft()).await;
    for absent in [
        "vi/all/archive/2026-11-22.atom",
        "vi/all/archive/2026-11-22-1.atom",
        "vi/all/archive/2026-11-21.atom",
        "vi/all/archive/2027-01-01.atom",
        "vi/all/archive/2026-11-31.atom",
        "vi/all/archive/2026-11-22-01.atom",
        "vi/kinds/none/archive/2026-11-21.atom",
        "vi/people/bao/archive/2026-11-21.atom",
        "vi/topics/none/archive/2026-11-21.atom",
        "de/all/archive/2026-11-21.atom",
    ] {
        desk.app.get(&format!("/feeds/{absent}")).await.is_problem(404, "not-found");
    }
}
