//! A database for each test: a copy of one that was migrated once. SQLite files by default, real
//! files, never memory; PostgreSQL where `LANTOA_TEST_DATABASE_URL` names a server.

use std::{
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
};

use lantoa::store::{Db, Options};
use sqlx::{ConnectOptions as _, Connection as _, Executor as _, postgres::PgConnectOptions};
use tempfile::TempDir;
use tokio::sync::OnceCell;

pub struct Database {
    pub url: String,
    pub folder: TempDir,
    name: Option<String>,
}

fn server() -> Option<PgConnectOptions> {
    std::env::var("LANTOA_TEST_DATABASE_URL")
        .ok()
        .map(|url| url.parse().expect("LANTOA_TEST_DATABASE_URL is an address"))
}

impl Database {
    pub async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        match server() {
            None => {
                let file = folder.path().join("lantoa.db");
                std::fs::copy(sqlite_template().await, &file).unwrap();
                Self { url: format!("sqlite:{}", file.display()), folder, name: None }
            }
            Some(server) => {
                static NUMBER: AtomicU32 = AtomicU32::new(0);
                let name = format!("lantoa_test_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::SeqCst));
                let template = postgres_template(&server).await;
                admin(&server, &format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
                Self { url: address(&server, &name), folder, name: Some(name) }
            }
        }
    }

    pub fn is_sqlite(&self) -> bool {
        self.name.is_none()
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let (Some(name), Some(server)) = (self.name.take(), server()) else { return };
        let drop = move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(admin(&server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")));
        };
        std::thread::spawn(drop).join().unwrap();
    }
}

fn address(server: &PgConnectOptions, name: &str) -> String {
    server.clone().database(name).to_url_lossy().to_string()
}

async fn admin(server: &PgConnectOptions, statement: &str) {
    // CREATE DATABASE takes a lock on its template: two at once fail, so one waits for the other.
    let mut connection = sqlx::PgConnection::connect_with(server).await.unwrap();
    connection.execute("SELECT pg_advisory_lock(7319)").await.unwrap();
    connection.execute(sqlx::AssertSqlSafe(statement.to_owned())).await.unwrap();
    connection.close().await.unwrap();
}

async fn sqlite_template() -> &'static Path {
    static TEMPLATE: OnceCell<PathBuf> = OnceCell::const_new();
    TEMPLATE
        .get_or_init(|| async {
            let folder = tempfile::tempdir().unwrap().keep();
            let file = folder.join("template.db");
            migrate(&format!("sqlite:{}", file.display())).await;
            file
        })
        .await
}

async fn postgres_template(server: &PgConnectOptions) -> &'static str {
    static TEMPLATE: OnceCell<String> = OnceCell::const_new();
    TEMPLATE
        .get_or_init(|| async {
            let name = format!("lantoa_template_{}", std::process::id());
            admin(server, &format!("DROP DATABASE IF EXISTS {name}")).await;
            admin(server, &format!("CREATE DATABASE {name}")).await;
            migrate(&address(server, &name)).await;
            name
        })
        .await
}

async fn migrate(url: &str) {
    let db = Db::open(&Options { url: url.to_owned(), live_url: None, readers: 1, observer: None }).await.unwrap();
    db.migrate().await.unwrap();
    db.close().await.unwrap();
}
