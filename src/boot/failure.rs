//! Why a command ends without having done its work: one line for the operator, one exit code for programs.

use super::config::Bad;
use crate::{
    kernel::{Arg, Args},
    service::{Error, setup},
    store::Fault,
};

/// Why a command ended.
#[derive(Debug)]
pub enum Failure {
    /// The configuration.
    Bad(Bad),
    /// Another server has the data folder.
    Locked(String),
    /// A folder or a file.
    File(String, std::io::Error),
    /// The database.
    Database(Fault),
    /// The database's server: the key that names it, its host.
    Unreachable(String, String, Fault),
    /// The address is taken, or not this machine's.
    Listen(String, std::io::Error),
    /// A use case refused.
    Refused(Error),
    /// The data folder holds real work.
    NotADemo(String),
    /// The data folder holds the demonstration, which is not shown to others.
    OnlyADemo(String),
    /// There is no database in the data folder.
    NoDatabase(String),
    /// There is no database where the configuration says.
    NoFile(String),
    /// The password came from a terminal, or could not be read.
    Password,
    /// The password is empty.
    EmptyPassword,
    /// The audit chain is broken; what was to be said was said.
    Told,
    /// What is public would be named after nobody; the key that names the authority.
    NobodysAuthority(String),
    /// Some rows were refused; which and why was said.
    RowsRefused,
    /// The file is not the one that was decided about any more.
    OtherRows,
    /// There is something already where something is to be written.
    Exists(String),
    /// The file holds no head of the audit chain that was signed here.
    NoHead(String),
    /// Anything else.
    Other(String),
}

/// What sysexits.h calls a configuration error.
const EX_CONFIG: u8 = 78;
/// What it calls input that is not good.
const EX_DATAERR: u8 = 65;

impl Failure {
    /// The exit code.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Bad(_) => EX_CONFIG,
            Self::RowsRefused => EX_DATAERR,
            _ => 1,
        }
    }

    /// The key of its line and what the line needs; none where it was told already.
    pub(super) fn line(&self) -> Option<(&'static str, Args)> {
        let told = |cause: &dyn ToString| ("cause", Arg::from(cause.to_string()));
        Some(match self {
            Self::Bad(_) | Self::Refused(_) | Self::Told | Self::RowsRefused => return None,
            Self::Locked(folder) => ("cli-locked", vec![("folder", folder.as_str().into())]),
            Self::File(path, error) => ("cli-file-failed", vec![("path", path.as_str().into()), told(error)]),
            Self::Database(fault) => ("cli-database-failed", vec![told(fault)]),
            Self::Unreachable(name, host, fault) => (
                "cli-database-unreachable",
                vec![("name", name.as_str().into()), ("host", host.as_str().into()), told(fault)],
            ),
            Self::Listen(address, error) => {
                ("cli-listen-failed", vec![("address", address.as_str().into()), told(error)])
            }
            Self::NotADemo(folder) => ("cli-not-a-demo", vec![("folder", folder.as_str().into())]),
            Self::OnlyADemo(folder) => ("cli-only-a-demo", vec![("folder", folder.as_str().into())]),
            Self::NoDatabase(folder) => ("cli-no-database", vec![("folder", folder.as_str().into())]),
            Self::NoFile(path) => ("cli-no-database-file", vec![("path", path.as_str().into())]),
            Self::Password => ("cli-password-stdin", Args::new()),
            Self::EmptyPassword => ("cli-password-empty", Args::new()),
            Self::NobodysAuthority(name) => ("cli-import-under-nobody", vec![("name", name.as_str().into())]),
            Self::OtherRows => ("cli-import-other-rows", Args::new()),
            Self::Exists(path) => ("cli-exists", vec![("path", path.as_str().into())]),
            Self::NoHead(path) => ("cli-head-unsigned", vec![("path", path.as_str().into())]),
            Self::Other(cause) => ("cli-failed", vec![told(cause)]),
        })
    }
}

impl From<Bad> for Failure {
    fn from(bad: Bad) -> Self {
        Self::Bad(bad)
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self::Database(fault)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Refused(error)
    }
}

impl From<setup::Refused> for Failure {
    fn from(refused: setup::Refused) -> Self {
        match refused {
            setup::Refused::Database(fault) => Self::Database(fault),
            authority @ setup::Refused::Authority { .. } => Self::Other(authority.to_string()),
        }
    }
}
