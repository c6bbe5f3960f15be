//! Other processes on the same database are noticed.

use crate::support::{Installation, Rows, anybody, newspaper, until};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_row_altered_beside_the_server_is_withheld_within_a_sweep() {
    let installation = Installation::new().with("LANTOA_SWEEP_SECONDS", "1");
    let server = installation.serve().await;
    let staff = newspaper(&installation, &server).await;
    let altered = staff.publish(&server.url, "Lô cá ngừ đầu tiên").await;
    let untouched = staff.publish(&server.url, "Lô cá ngừ thứ hai").await;
    let item = |article: &str| format!("/api/v1/content/vi/articles/id/{article}");
    for article in [&altered, &untouched] {
        anybody(&server.url).get(&item(article)).await.is(200);
    }

    let rows = Rows::of(&installation.database()).await;
    let sql = "UPDATE live_item SET content = replace(content, '12,5', '125') \
               WHERE content LIKE '%đầu tiên%'";
    assert_eq!(rows.alter(sql).await, 1);
    rows.close().await;

    until("the altered item is withheld", async || {
        let answer = anybody(&server.url).get(&item(&altered)).await;
        assert!(!answer.text.contains("125 tấn"), "what nobody approved was public: {}", answer.text);
        (answer.status == 404).then_some(())
    })
    .await;
    let feed = anybody(&server.url).get("/feeds/vi/all.json").await.is(200);
    assert!(!feed.text.contains("đầu tiên") && feed.text.contains("thứ hai"), "{}", feed.text);
    anybody(&server.url).get(&item(&untouched)).await.is(200);
    assert!(server.said().contains("withheld"), "{}", server.said());
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_withheld_is_withheld_from_the_start_on_after_a_restart() {
    let installation = Installation::new();
    let server = installation.serve().await;
    let staff = newspaper(&installation, &server).await;
    let article = staff.publish(&server.url, "Lô cá ngừ đầu tiên").await;
    server.stop().await;
    let rows = Rows::of(&installation.database()).await;
    // Kept by its signature, and out of its place: only the sweep sees it.
    assert_eq!(rows.alter("DELETE FROM live_topic").await, 1);
    rows.close().await;

    let server = installation.serve().await;

    until("the sweep at the start is done", async || {
        let item = anybody(&server.url).get(&format!("/api/v1/content/vi/articles/id/{article}")).await;
        (item.status == 404).then_some(())
    })
    .await;
    server.stop().await;
}
