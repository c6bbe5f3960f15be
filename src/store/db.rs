//! Connections: one writer, a pool of readers, and a handle of its own for what is public.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use sea_orm::{
    AccessMode, ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, SqliteTransactionMode,
    Statement, TransactionOptions, TransactionTrait,
};
use sea_orm_migration::MigratorTrait;
use sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use tokio::sync::watch;

use super::{Fault, ReadTx, WriteTx, live::read::LiveDb, noticed::Noticed};
use crate::kernel::{Spans, Timestamp};

/// Watches statements: the text of each, as it is sent.
pub type Observer = Arc<dyn Fn(&str) + Send + Sync>;

/// Where the database is and how it is reached.
#[derive(Clone)]
pub struct Options {
    /// `sqlite:PATH` or `postgres://…`.
    pub url: String,
    /// The address of the reading role, where an operator made one.
    pub live_url: Option<String>,
    /// Connections for reading, of each of the two reading handles.
    pub readers: u32,
    /// Watches what is sent, by whichever handle.
    pub observer: Option<Observer>,
}

/// The first key of the advisory lock under which PostgreSQL writes; any constant of our own does.
const WRITE_LOCK: i64 = 0x6c61_6e74_6f61;

/// SQLite's cache of each connection, in negated KiB. It is small because there are many connections, and what it
/// does not hold is in the operating system's own cache of the file.
const CACHE: &str = "-1000";

/// The handles of one database.
#[derive(Clone, Debug)]
pub struct Db {
    write: DatabaseConnection,
    read: DatabaseConnection,
    live: LiveDb,
    noticed: Arc<Noticed>,
    waited: Arc<Spans>,
}

/// The connections of a handle.
#[derive(Clone, Copy, Debug)]
pub struct Pool {
    /// What it is for: `write`, `read`, or `live`.
    pub name: &'static str,
    /// Connections that are open.
    pub open: u32,
    /// Those of them that nobody uses.
    pub idle: u32,
    /// Most that it may open.
    pub most: u32,
}

/// What a connection may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everything.
    Write,
    /// Only reading, enforced by the database.
    Read,
}

/// A database that could not be opened.
#[derive(Debug, thiserror::Error)]
#[error("{fault}")]
pub struct NotOpened {
    /// Whether it was by the address of the reading role.
    pub live: bool,
    /// Why.
    #[source]
    pub fault: Fault,
}

impl From<Fault> for NotOpened {
    fn from(fault: Fault) -> Self {
        Self { live: false, fault }
    }
}

impl Db {
    /// Opens a migrated or an empty database.
    ///
    /// # Errors
    /// When it cannot be reached, or a pragma that durability rests on is not in force.
    pub async fn open(options: &Options) -> Result<Self, NotOpened> {
        let mut write = connect(&options.url, Access::Write, 1).await?;
        let mut read = connect(&options.url, Access::Read, options.readers).await?;
        let (url, by_role) = (options.live_url.as_ref().unwrap_or(&options.url), options.live_url.is_some());
        let live = connect(url, Access::Read, options.readers).await;
        let mut live = live.map_err(|fault| NotOpened { live: by_role, fault })?;
        if let Some(observer) = &options.observer {
            for handle in [&mut write, &mut read, &mut live] {
                let observer = Arc::clone(observer);
                handle.set_metric_callback(move |info| observer(&info.statement.sql));
            }
        }
        let db = Self {
            write,
            read,
            live: LiveDb::new(live),
            noticed: Arc::new(Noticed::nothing()),
            waited: Arc::default(),
        };
        db.check_durability().await?;
        Ok(db)
    }

    /// Brings the schema up to date.
    pub async fn migrate(&self) -> Result<(), Fault> {
        Ok(lantoa_migrations::Migrator::up(&self.write, None).await?)
    }

    /// How many migrations are still to be done.
    pub async fn pending_migrations(&self) -> Result<usize, Fault> {
        Ok(lantoa_migrations::Migrator::get_pending_migrations(&self.write).await?.len())
    }

    /// The handle for what is public.
    pub fn live(&self) -> &LiveDb {
        &self.live
    }

    /// Where single statements read.
    pub(super) fn reading(&self) -> &DatabaseConnection {
        &self.read
    }

    /// Begins a transaction that sees one state of the database and changes nothing.
    pub async fn read(&self) -> Result<ReadTx, Fault> {
        let mode = (self.read.get_database_backend() == DbBackend::Postgres).then_some(AccessMode::ReadOnly);
        // Without repeatable reads, two statements of one answer could see two states.
        let isolation = mode.map(|_| sea_orm::IsolationLevel::RepeatableRead);
        let options =
            TransactionOptions { isolation_level: isolation, access_mode: mode, sqlite_transaction_mode: None };
        Ok(ReadTx::new(self.read.begin_with_options(options).await?))
    }

    /// Begins the only transaction that writes: others wait until it ends.
    pub async fn write(&self) -> Result<WriteTx, Fault> {
        // IMMEDIATE: a deferred transaction that turns writer late fails at once with SQLITE_BUSY.
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let asked = Instant::now();
        let tx = self.write.begin_with_options(options).await?;
        if tx.get_database_backend() == DbBackend::Postgres {
            // Taken first, so that numbers are given out in the order of the commits.
            let lock = Statement::from_sql_and_values(
                DbBackend::Postgres,
                "SELECT pg_advisory_xact_lock($1)",
                [WRITE_LOCK.into()],
            );
            tx.execute_raw(lock).await?;
        }
        self.waited.add(asked.elapsed());
        Ok(WriteTx::new(tx, Arc::clone(&self.noticed)))
    }

    /// How long writers waited for their turn.
    pub fn waited(&self) -> &Spans {
        &self.waited
    }

    /// The connections of the three handles.
    pub fn pools(&self) -> [Pool; 3] {
        [pool("write", &self.write), pool("read", &self.read), pool("live", self.live.connection())]
    }

    /// The sequence of the newest event that this process committed or noticed.
    pub fn committed(&self) -> watch::Receiver<i64> {
        self.noticed.committed()
    }

    /// When what is public changed last, as far as this process committed or noticed.
    pub fn newest_change(&self) -> Option<Timestamp> {
        self.noticed.changed()
    }

    /// Looks for events that other processes committed.
    pub async fn poll(&self) -> Result<(), Fault> {
        let news = self.news().await?;
        self.heed(news);
        Ok(())
    }

    /// The number of the newest event and the moment of the newest public change, not yet taken note of.
    pub async fn news(&self) -> Result<(i64, Option<Timestamp>), Fault> {
        let newest = super::setting::newest_event(&self.read).await?;
        let is_news = self.noticed.is_news(newest);
        Ok((newest, if is_news { super::setting::newest_change(&self.read).await? } else { None }))
    }

    /// Takes note of news.
    pub fn heed(&self, (newest, changed): (i64, Option<Timestamp>)) {
        if self.noticed.is_news(newest) {
            self.noticed.note(newest, changed);
        }
    }

    /// Whether the database is SQLite, where one process serves a file.
    pub fn is_embedded(&self) -> bool {
        self.write.get_database_backend() == DbBackend::Sqlite
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), Fault> {
        Ok(self.read.ping().await?)
    }

    /// Closes every connection.
    pub async fn close(self) -> Result<(), Fault> {
        self.live.close().await?;
        self.read.close().await?;
        Ok(self.write.close().await?)
    }

    /// SQLite keeps what it acknowledged only in WAL mode with synchronous=FULL; a start
    /// without them is refused rather than trusted.
    async fn check_durability(&self) -> Result<(), Fault> {
        if !self.is_embedded() {
            return Ok(());
        }
        for (pragma, wanted) in
            [("journal_mode", "wal"), ("synchronous", "2"), ("foreign_keys", "1"), ("trusted_schema", "0")]
        {
            let found = pragma_of(&self.write, pragma).await?;
            if found != wanted {
                return Err(Fault::Setup(format!("SQLite has {pragma}={found} where {wanted} is needed")));
            }
        }
        Ok(())
    }
}

fn pool(name: &'static str, db: &DatabaseConnection) -> Pool {
    let counted = |open: u32, idle: usize, most: u32| {
        let idle = u32::try_from(idle).unwrap_or(u32::MAX).min(open);
        Pool { name, open, idle, most }
    };
    if db.get_database_backend() == DbBackend::Sqlite {
        let pool = db.get_sqlite_connection_pool();
        counted(pool.size(), pool.num_idle(), pool.options().get_max_connections())
    } else {
        let pool = db.get_postgres_connection_pool();
        counted(pool.size(), pool.num_idle(), pool.options().get_max_connections())
    }
}

async fn pragma_of(db: &DatabaseConnection, pragma: &str) -> Result<String, Fault> {
    let row = db.query_one_raw(Statement::from_string(DbBackend::Sqlite, format!("PRAGMA {pragma}"))).await?;
    let row = row.ok_or_else(|| Fault::Setup(format!("SQLite knows no {pragma}")))?;
    let text = row
        .try_get_by_index::<String>(0)
        .or_else(|_| row.try_get_by_index::<i32>(0).map(|number| number.to_string()))?;
    Ok(text)
}

async fn connect(url: &str, access: Access, connections: u32) -> Result<DatabaseConnection, Fault> {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(10))
        .idle_timeout(None::<Duration>)
        .max_lifetime(None::<Duration>)
        .test_before_acquire(!url.starts_with("sqlite"))
        .sqlx_logging(false)
        .record_stmt_in_spans(false);
    // Connection options, so that every connection has them, a reconnected one too.
    options.map_sqlx_sqlite_opts(move |sqlite| {
        let sqlite = sqlite
            .create_if_missing(access == Access::Write)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(10))
            .synchronous(SqliteSynchronous::Full)
            .pragma("trusted_schema", "0")
            .pragma("cache_size", CACHE);
        match access {
            // Only the writer sets the journal's mode: the file remembers it.
            Access::Write => sqlite.journal_mode(SqliteJournalMode::Wal),
            Access::Read => sqlite.pragma("query_only", "1"),
        }
    });
    options.map_sqlx_postgres_opts(move |postgres| {
        let postgres = postgres.application_name("lantoa");
        match access {
            Access::Write => postgres,
            Access::Read => postgres.options([("default_transaction_read_only", "on")]),
        }
    });
    Ok(Database::connect(options).await?)
}
