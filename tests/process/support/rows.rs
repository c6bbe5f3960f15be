//! The database, read and altered behind the application's back.

use sea_orm::{ConnectionTrait as _, Database, DatabaseConnection, QueryResult, Statement};

/// A connection beside the server's.
pub struct Rows(DatabaseConnection);

impl Rows {
    pub async fn of(url: &str) -> Self {
        Self(Database::connect(url).await.unwrap())
    }

    fn statement(&self, sql: &str) -> Statement {
        Statement::from_string(self.0.get_database_backend(), sql)
    }

    /// What a query finds, row by row.
    pub async fn all<T>(&self, sql: &str, row: impl FnMut(&QueryResult) -> T) -> Vec<T> {
        let found = self.0.query_all_raw(self.statement(sql)).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
        found.iter().map(row).collect()
    }

    /// One number.
    pub async fn number(&self, sql: &str) -> i64 {
        self.all(sql, |row| row.try_get_by_index(0).unwrap()).await[0]
    }

    /// Texts.
    pub async fn texts(&self, sql: &str) -> Vec<String> {
        self.all(sql, |row| row.try_get_by_index(0).unwrap()).await
    }

    /// Changes rows, and says how many.
    pub async fn alter(&self, sql: &str) -> u64 {
        self.0.execute_raw(self.statement(sql)).await.unwrap_or_else(|error| panic!("{sql}: {error}")).rows_affected()
    }

    pub fn is_sqlite(&self) -> bool {
        self.0.get_database_backend() == sea_orm::DbBackend::Sqlite
    }

    pub async fn close(self) {
        self.0.close().await.unwrap();
    }
}
