//! Lists read page by page.

use serde_json::{Value, json};

use crate::{
    content::{ids, listed},
    support::{BASE_URL, Desk, TestApp, text},
};

/// Every article of a language's list, page by page.
async fn paged(app: &TestApp, limit: usize, between: impl AsyncFn(usize)) -> Vec<Value> {
    let (mut items, mut next) = (Vec::new(), format!("/api/v1/content/vi/articles?limit={limit}"));
    for number in 0.. {
        let answer = app.get(&next).await.is(200);
        let page = answer.json();
        items.extend(page["items"].as_array().unwrap().iter().cloned());
        let Some(cursor) = page["next_cursor"].as_str() else {
            assert!(answer.header("link").is_none());
            break;
        };
        next = format!("/api/v1/content/vi/articles?limit={limit}&cursor={cursor}");
        assert_eq!(answer.all("link"), [format!("<{BASE_URL}{next}>; rel=\"next\"")]);
        assert!(items.len() < 100, "the pages lead in a circle");
        between(number).await;
    }
    items
}

#[actix_web::test]
async fn pages_neither_skip_nor_repeat_while_others_come_and_go() {
    let desk = Desk::new().await;
    let mut stories = Vec::new();
    for number in 0..7 {
        // Three at one moment, so that a page ends between two of one moment.
        desk.app.pass(if number % 3 == 0 { 60 } else { 0 });
        stories.push(desk.story(desk.draft()).await);
    }
    let before = listed(&desk.app, "").await;

    let calm = paged(&desk.app, 2, async |_| {}).await;
    let read = paged(&desk.app, 2, async |number| match number {
        0 => {
            desk.story(desk.draft()).await;
            let gone = stories.iter().find(|story| story.article == before[0]).unwrap();
            desk.withdraw(gone, "").await;
        }
        1 => desk.update(&stories[0], text("Bản hai", "Hai.")).await,
        _ => {
            desk.app.pass(60);
            desk.story(desk.draft()).await;
        }
    })
    .await;

    for items in [&calm, &read] {
        assert_eq!(ids(&json!({"items": items})), before);
    }
    assert_eq!(calm[..6], read[..6], "the last one was updated, the others are the same");
    assert_eq!(read[6]["version"], 2);
}

#[actix_web::test]
async fn pages_of_a_topic_have_what_the_topic_has_in_the_order_of_the_list() {
    let desk = Desk::new().await;
    let mut about = Vec::new();
    for number in 0..12 {
        // Four at one moment, of which some are about something else.
        desk.app.pass(if number % 4 == 0 { 60 } else { 0 });
        let is_about = number % 5 != 1;
        let topic = if is_about { "dau-tu" } else { "bien" };
        let story = desk.story(desk.draft().with("topics", json!([topic]))).await;
        if is_about {
            about.push(story.article);
        }
    }
    let order: Vec<String> =
        listed(&desk.app, "").await.into_iter().filter(|article| about.contains(article)).collect();

    for limit in 1..=about.len() + 1 {
        let first = format!("/api/v1/content/vi/articles?topic=dau-tu&limit={limit}");
        let (mut found, mut next) = (Vec::new(), Some(String::new()));
        while let Some(cursor) = next {
            let page = desk.app.get(&format!("{first}{cursor}")).await.is(200).json();
            found.extend(ids(&page));
            next = page["next_cursor"].as_str().map(|cursor| format!("&cursor={cursor}"));
        }
        assert_eq!(found, order, "{limit} a page");
    }
}
