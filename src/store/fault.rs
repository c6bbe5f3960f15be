//! What can go wrong between us and the database.

use sea_orm::{DbErr, RuntimeErr};

/// A query that failed, or a row that makes no sense.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The database said no.
    #[error("database: {0}")]
    Database(DbErr),
    /// A row holds what no code of ours writes.
    #[error("{table}: {what}")]
    Corrupt {
        /// The table.
        table: &'static str,
        /// What is wrong with it.
        what: String,
    },
    /// The configuration does not fit the database.
    #[error("{0}")]
    Setup(String),
}

impl From<DbErr> for Fault {
    fn from(error: DbErr) -> Self {
        match &error {
            DbErr::Query(RuntimeErr::SqlxError(cause)) if unreadable(cause) => Self::corrupt("a table", &error),
            DbErr::TryIntoErr { .. } | DbErr::Type(_) => Self::corrupt("a table", &error),
            _ => Self::Database(error),
        }
    }
}

/// Whether a column holds what is not of its type: SQLite keeps whatever is written.
fn unreadable(cause: &sqlx::Error) -> bool {
    matches!(cause, sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_))
}

impl Fault {
    /// Whether a row holds what no code of ours writes.
    pub fn is_corrupt(&self) -> bool {
        matches!(self, Self::Corrupt { .. })
    }

    /// A row of a table that cannot be understood.
    pub(super) fn corrupt(table: &'static str, what: impl std::fmt::Display) -> Self {
        Self::Corrupt { table, what: what.to_string() }
    }

    /// Whether trying again may help: no connection, no room, a file locked by another process.
    pub fn is_passing(&self) -> bool {
        let Self::Database(error) = self else { return false };
        match error {
            DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => true,
            DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error)) => passing(error),
            _ => false,
        }
    }
}

fn passing(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => true,
        // SQLite: busy, locked, full, an I/O error. PostgreSQL: class 57 (shut down), 53 (no room).
        sqlx::Error::Database(error) => error.code().is_some_and(|code| {
            let sqlite = code.parse::<u32>().is_ok_and(|code| matches!(code & 0xff, 5 | 6 | 10 | 13)) && code.len() < 5;
            sqlite || (code.len() == 5 && (code.starts_with("57") || code.starts_with("53") || code.starts_with("08")))
        }),
        _ => false,
    }
}

/// Reads a column's text as a domain type.
pub(super) fn parse<T>(table: &'static str, raw: &str) -> Result<T, Fault>
where
    T: std::str::FromStr,
    T::Err: std::fmt::Display,
{
    raw.parse().map_err(|error| Fault::corrupt(table, format!("{raw:?}: {error}")))
}

/// Reads a column's number as a count.
pub(super) fn count(table: &'static str, raw: i64) -> Result<u32, Fault> {
    u32::try_from(raw).map_err(|error| Fault::corrupt(table, error))
}

/// Reads a column's text as JSON.
pub(super) fn json<T: serde::de::DeserializeOwned>(table: &'static str, raw: &str) -> Result<T, Fault> {
    serde_json::from_str(raw).map_err(|error| Fault::corrupt(table, error))
}
