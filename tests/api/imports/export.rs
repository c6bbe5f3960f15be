//! What is written down as public is what was signed.

use lantoa::service::export::{Wanted, begin};

use super::office::{Old, REASON, news};

#[actix_web::test]
async fn an_edition_that_was_changed_in_the_database_is_named_and_not_written_down() {
    let changes = [
        "UPDATE revision SET body = '<p>Khác.</p>'",
        "UPDATE publication SET signature = (SELECT signature FROM publication WHERE sequence = 1 LIMIT 1) || 'x'",
        "UPDATE publication SET envelope = REPLACE(envelope, '2014', '2013')",
        "UPDATE edition SET publication_id = NULL",
    ];
    for change in changes {
        let old = Old::new().await;
        old.bring(Some(REASON), &[news("1", "Tàu về bến")]).await;
        let whole = begin(&old.app.app, Wanted::default()).await.unwrap().next().await.unwrap().unwrap();
        assert_eq!(whole.len(), 1);
        let edition = old.app.query("SELECT edition_id FROM live_item").await.len();
        assert_eq!(edition, 1);
        old.app.sql(change).await;

        let written = begin(&old.app.app, Wanted::default()).await.unwrap().next().await;

        let refused = written.expect_err(change).to_string();
        assert!(refused.contains("edition"), "{refused}");
    }
}
