//! A PostgreSQL database made for one test.

use std::process;

use sqlx::{
    AssertSqlSafe, ConnectOptions as _, Connection as _, Executor as _, PgConnection, postgres::PgConnectOptions,
};

/// A database on the server that `LANTOA_TEST_DATABASE_URL` names; dropped with this.
pub struct PostgresDatabase {
    server: PgConnectOptions,
    name: String,
    pub url: String,
}

impl PostgresDatabase {
    /// A new one, if there is a server.
    pub async fn create(what: &str) -> Option<Self> {
        let server = std::env::var("LANTOA_TEST_DATABASE_URL").ok().filter(|url| !url.is_empty())?;
        let server: PgConnectOptions = server.parse().expect("LANTOA_TEST_DATABASE_URL is an address");
        let name = format!("lantoa_process_{what}_{}", process::id());
        run(&server, &format!("CREATE DATABASE {name}")).await;
        let url = server.clone().database(&name).to_url_lossy().to_string();
        Some(Self { server, name, url })
    }

    /// How many connections the application has there.
    pub async fn connections(&self) -> i64 {
        let mut connection = PgConnection::connect_with(&self.server).await.unwrap();
        let asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = $1 AND application_name = 'lantoa'";
        let found = sqlx::query_scalar(asked).bind(&self.name).fetch_one(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        found
    }
}

impl Drop for PostgresDatabase {
    fn drop(&mut self) {
        let (server, name) = (self.server.clone(), self.name.clone());
        let drop = move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(run(&server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")));
        };
        std::thread::spawn(drop).join().unwrap();
    }
}

async fn run(server: &PgConnectOptions, statement: &str) {
    // The same lock as other test binaries take: two databases made at once from one template fail.
    let mut connection = PgConnection::connect_with(server).await.unwrap();
    connection.execute("SELECT pg_advisory_lock(7319)").await.unwrap();
    connection.execute(AssertSqlSafe(statement.to_owned())).await.unwrap();
    connection.close().await.unwrap();
}
