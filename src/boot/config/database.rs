//! Where the database and the data folder are.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use actix_web::http::Uri;

use super::{Bad, Given, Reason};
use crate::tokens::Secret;

/// The database's file in the data folder.
const FILE: &str = "lantoa.db";

/// The database and the folder beside it.
#[derive(Clone, Debug)]
pub struct Database {
    /// The folder of keys, secrets and, by default, of the database.
    pub folder: PathBuf,
    /// The name by which the folder was given.
    pub folder_name: String,
    /// Where the database is, if not in the folder; it may hold a password.
    pub url: Option<Secret>,
    /// The name by which the address was given.
    pub url_name: String,
    /// The reading role's address, where there is one.
    pub live_url: Option<Secret>,
    /// The name by which that was given.
    pub live_name: String,
    /// Connections of each reading handle.
    pub readers: u32,
    /// A file beyond this machine that keeps the audit chain's head, too.
    pub head: Option<PathBuf>,
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
        let folder_name = given.name("data_dir");
        // A path that leads through a file or away from every folder is refused before anything is opened.
        let standing = folder.ancestors().map(fs::metadata).find(|found| !is_absent(found));
        if !matches!(standing, Some(Ok(found)) if found.is_dir()) {
            return Err(Self::no_folder(&folder_name, &folder, &io::ErrorKind::NotADirectory.into()));
        }
        let readers = u32::try_from(given.count("readers")?).unwrap_or(u32::MAX);
        Ok(Self {
            folder,
            folder_name,
            url,
            url_name: given.name("database_url"),
            live_url,
            live_name: given.name("live_database_url"),
            readers,
            head: given.maybe("audit_head_file").map(|path| PathBuf::from(path.expose())),
        })
    }

    /// The refusal of the folder.
    pub fn refused(&self, error: &io::Error) -> Bad {
        Self::no_folder(&self.folder_name, &self.folder, error)
    }

    fn no_folder(name: &str, folder: &Path, error: &io::Error) -> Bad {
        Bad::new(name, Reason::Folder(format!("{}: {error}", folder.display())))
    }

    /// Whether the database is a PostgreSQL server.
    pub fn is_postgres(&self) -> bool {
        self.url.as_ref().is_some_and(is_postgres)
    }

    /// The address to open.
    pub fn address(&self) -> Secret {
        self.url.clone().unwrap_or_else(|| sqlite(&self.folder.join(FILE)).into())
    }

    /// The database's file, in the data folder if no address says otherwise; none with PostgreSQL.
    pub fn file(&self) -> Option<PathBuf> {
        match &self.url {
            None => Some(self.folder.join(FILE)),
            Some(url) => path_of(url),
        }
    }
}

fn is_postgres(url: &Secret) -> bool {
    ["postgres://", "postgresql://"].iter().any(|scheme| url.expose().starts_with(scheme))
}

/// A SQLite address that names a file: each connection to a memory database would see another one.
fn is_file(url: &Secret) -> bool {
    path_of(url).is_some() && !url.expose().contains(":memory:") && !url.expose().contains("mode=memory")
}

/// The file that a SQLite address names.
fn path_of(url: &Secret) -> Option<PathBuf> {
    let path = url.expose().strip_prefix("sqlite:")?;
    let path = path.strip_prefix("//").unwrap_or(path).split('?').next().filter(|path| !path.is_empty())?;
    Some(percent_decode(path).into())
}

fn percent_decode(path: &str) -> String {
    let mut parts = path.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let code = part.get(..2).and_then(|code| u8::from_str_radix(code, 16).ok());
        bytes.push(code.unwrap_or(b'%'));
        bytes.extend(&part.as_bytes()[if code.is_some() { 2 } else { 0 }..]);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The host and port of a PostgreSQL address, for telling which one does not answer; never a part of its password.
pub fn host(url: &Secret) -> String {
    let uri: Option<Uri> = url.expose().parse().ok();
    let authority = uri.as_ref().and_then(Uri::authority);
    // A password with marks of an address in it, unescaped, would lead the reading astray.
    let rest = authority.map_or("@", |it| url.expose().split(it.as_str()).nth(1).unwrap_or("@"));
    match authority {
        Some(found) if !rest.contains('@') && !found.host().is_empty() => {
            let port = found.port_u16().map_or_else(String::new, |port| format!(":{port}"));
            format!("{}{port}", found.host())
        }
        _ => "?".to_owned(),
    }
}

fn is_absent(found: &io::Result<fs::Metadata>) -> bool {
    found.as_ref().is_err_and(|error| matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory))
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
        let path = Path::new("/a b/50%?#/x.db");
        assert_eq!(sqlite(path), "sqlite:/a b/50%25%3F%23/x.db");
        assert_eq!(path_of(&sqlite(path).into()).as_deref(), Some(path));
        assert_eq!(path_of(&"sqlite:///x/y.db?mode=rwc".into()), Some("/x/y.db".into()));
        for none in ["sqlite:", "sqlite://?mode=rwc", "postgres://a/b"] {
            assert_eq!(path_of(&none.into()), None, "{none}");
        }
    }

    #[test]
    fn a_host_is_told_without_any_part_of_a_password() {
        let told = |url: &str| host(&url.into());
        assert_eq!(told("postgres://lantoa:secret@db.lamhai.example:5433/lantoa"), "db.lamhai.example:5433");
        assert_eq!(told("postgres://lantoa@[::1]/lantoa?sslmode=require"), "[::1]");
        for astray in
            ["postgres://a:se@cr/et@db/x", "postgres://a:se#cret@db/x", "postgres://a:se?cret@db/x", "postgres:///x"]
        {
            assert!(!told(astray).contains("cr") && !told(astray).contains("se"), "{astray}: {}", told(astray));
        }
    }
}
