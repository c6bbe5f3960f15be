//! A thousand readers who ask again and again cost an answer each, and the database nothing.

use futures_util::future::join_all;

use crate::support::{Desk, FORMATS, text};

const POLLERS: usize = 1_000;

#[actix_web::test]
async fn a_thousand_pollers_are_told_that_nothing_is_new_without_one_query() {
    let desk = Desk::new().await;
    let story = desk.story(desk.draft()).await;
    let paths = FORMATS.map(|format| format!("/feeds/vi/all.{format}"));
    let codings = ["identity", "gzip", "br", "zstd"];

    for turn in 0..2 {
        let mut known = Vec::new();
        for path in &paths {
            for coding in codings {
                let answer = desk.app.stranger().get_with(path, &[("accept-encoding", coding)]).await.is(200);
                known.push((path, coding, answer.etag(), answer.header("last-modified").unwrap().to_owned()));
            }
        }
        desk.app.statements.lock().unwrap().clear();

        let polled = (0..POLLERS).map(|number| {
            let (path, coding, etag, date) = &known[number % known.len()];
            let condition = if number % 3 == 0 { ("if-modified-since", date) } else { ("if-none-match", etag) };
            let reader = desk.app.stranger();
            async move { reader.get_with(path, &[("accept-encoding", coding), (condition.0, condition.1)]).await }
        });
        for answer in join_all(polled).await {
            assert!(answer.status == 304 && answer.body.is_empty(), "{}", answer.status);
        }

        assert_eq!(desk.app.statements.lock().unwrap().len(), 0, "turn {turn}");
        desk.app.pass(60);
        desk.update(&story, text(&format!("Bản {turn}"), "Mới.")).await;
    }
    desk.app.get(&paths[0]).await.is(200);
    assert!(!desk.app.statements.lock().unwrap().is_empty(), "the counter counts");
}
