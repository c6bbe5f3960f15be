//! Where the database and the data folder are.

use std::path::{Path, PathBuf};

use super::{Bad, Given, Reason};
use crate::tokens::Secret;

/// The database's file in the data folder.
const FILE: &str = "lantoa.db";

/// The database and the folder beside it.
#[derive(Clone, Debug)]
pub struct Database {
    /// The folder of keys, secrets and, by default, of the database.
    pub folder: PathBuf,
    /// Where the database is, if not in the folder; it may hold a password.
    pub url: Option<Secret>,
    /// The name by which the address was given.
    pub url_name: String,
    /// The reading role's address, where there is one.
    pub live_url: Option<Secret>,
    /// Connections of each reading handle.
    pub readers: u32,
}

impl Database {
    pub(super) fn read(given: &Given) -> Result<Self, Bad> {
        let url = given.maybe("database_url").cloned();
        if url.as_ref().is_some_and(|url| !is_postgres(url) && !is_file(url)) {
            return Err(given.bad("database_url", Reason::Database));
        }
        let live_url = given.maybe("live_database_url").cloned();
        if let Some(live) = &live_url {
            if !url.as_ref().is_some_and(is_postgres) {
                return Err(given.bad("live_database_url", Reason::OnlyPostgres));
            }
            if !is_postgres(live) {
                return Err(given.bad("live_database_url", Reason::Database));
            }
        }
        let folder = given.text("data_dir");
        // The whole path, so that a log says which folder it was wherever the program was started.
        let folder = std::path::absolute(folder).map_err(|_| given.bad("data_dir", Reason::Length(4_096)))?;
        let readers = u32::try_from(given.count("readers")?).unwrap_or(u32::MAX);
        Ok(Self { folder, url, url_name: given.name("database_url"), live_url, readers })
    }

    /// Whether the database is a PostgreSQL server.
    pub fn is_postgres(&self) -> bool {
        self.url.as_ref().is_some_and(is_postgres)
    }

    /// The address to open.
    pub fn address(&self) -> Secret {
        self.url.clone().unwrap_or_else(|| sqlite(&self.file()).into())
    }

    /// The database's file in the data folder.
    pub fn file(&self) -> PathBuf {
        self.folder.join(FILE)
    }
}

fn is_postgres(url: &Secret) -> bool {
    ["postgres://", "postgresql://"].iter().any(|scheme| url.expose().starts_with(scheme))
}

/// A SQLite address that names a file: each connection to a memory database would see another one.
fn is_file(url: &Secret) -> bool {
    let Some(path) = url.expose().strip_prefix("sqlite:") else { return false };
    let path = path.strip_prefix("//").unwrap_or(path);
    !path.is_empty() && !path.contains(":memory:") && !path.contains("mode=memory")
}

/// The address of a file, whatever characters its path has.
fn sqlite(path: &Path) -> String {
    let path = path.to_string_lossy().replace('%', "%25").replace('?', "%3F").replace('#', "%23");
    format!("sqlite:{path}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_with_marks_of_an_address_stays_a_path() {
        assert_eq!(sqlite(Path::new("/a b/50%?#/x.db")), "sqlite:/a b/50%25%3F%23/x.db");
    }
}
