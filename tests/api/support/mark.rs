//! Whether anything was committed, for who asks it often.

use lantoa::kernel::Digest;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, Statement};

use super::TestApp;

/// A state of the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// SQLite counts for each connection what others committed.
    Version(i64),
    /// Every row there is.
    Rows(Digest),
}

/// A connection of its own: nobody writes through it.
#[derive(Clone)]
pub struct Watch(DatabaseConnection);

impl Watch {
    pub async fn over(app: &TestApp) -> Self {
        let mut options = ConnectOptions::new(app.database.url.clone());
        options.min_connections(1).max_connections(1).sqlx_logging(false);
        Self(Database::connect(options).await.unwrap())
    }

    /// What the database holds now.
    pub async fn mark(&self, app: &TestApp) -> Mark {
        if !app.database.is_sqlite() {
            return Mark::Rows(app.digest().await);
        }
        let statement = Statement::from_string(self.0.get_database_backend(), "PRAGMA data_version");
        let row = self.0.query_one_raw(statement).await.unwrap().unwrap();
        Mark::Version(row.try_get_by_index(0).unwrap())
    }
}
