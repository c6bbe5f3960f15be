//! Which database these tests run on.

use crate::support::TestApp;

/// Every test of this binary runs on PostgreSQL where the variable names a server; this one says
/// that it does, and without the variable the runner says that it was left out.
#[actix_web::test]
#[ignore = "skipped without LANTOA_TEST_DATABASE_URL: these tests on PostgreSQL"]
async fn with_the_variable_every_test_runs_on_postgresql() {
    assert!(std::env::var_os("LANTOA_TEST_DATABASE_URL").is_some(), "LANTOA_TEST_DATABASE_URL names no server");

    let app = TestApp::new().await;

    assert!(!app.database.is_sqlite());
    assert!(!app.app.db.is_embedded());
}
