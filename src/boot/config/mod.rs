//! The configuration: defaults, over them `lantoa.toml`, over it the environment; all of it good
//! before the first socket is opened.

mod addresses;
mod bad;
mod database;
mod given;
mod limits;
mod log;
mod office;
mod secrets;
mod setting;
#[cfg(test)]
mod tests;

use std::net::SocketAddr;

use crate::{domain::publication::Follow, service::Hub};

pub use addresses::{Addresses, local_url};
pub use bad::{Bad, Reason};
pub use database::{Database, host};
use given::Given;
pub use given::Sources;
pub use limits::{Limits, Transfer};
pub use log::{Format, Log};
pub use secrets::Secrets;

/// Everything that an operator decides.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where the server listens.
    pub listen: SocketAddr,
    /// The name by which `listen` was given, for refusing it later.
    pub listen_name: String,
    /// Where metrics are told, if not at the server's own address to this machine alone.
    pub metrics_listen: Option<SocketAddr>,
    /// The addresses that others see.
    pub addresses: Addresses,
    /// The office's names by locale.
    pub office: std::collections::BTreeMap<String, String>,
    /// Who tells readers of feeds that these have changed.
    pub hub: Hub,
    /// What becomes of the editions that were made from a source when it is retracted.
    pub retracted_source: Follow,
    /// The database and the data folder.
    pub database: Database,
    /// Secrets and keys.
    pub secrets: Secrets,
    /// Limits.
    pub limits: Limits,
    /// The log.
    pub log: Log,
}

impl Config {
    /// Reads and checks everything; the first thing that is wrong stops it.
    pub fn load(sources: &Sources) -> Result<Self, Bad> {
        let given = Given::read(sources)?;
        let listen = given.text("listen").parse().map_err(|_| given.bad("listen", Reason::Listen))?;
        let metrics_listen = given.maybe("metrics_listen").map(|raw| raw.expose().parse());
        Ok(Self {
            listen,
            metrics_listen: metrics_listen.transpose().map_err(|_| given.bad("metrics_listen", Reason::Listen))?,
            listen_name: given.name("listen"),
            addresses: Addresses::read(&given)?,
            office: office::read(&given)?,
            hub: office::hub(&given)?,
            retracted_source: office::follow(&given)?,
            database: Database::read(&given)?,
            secrets: Secrets::read(&given)?,
            limits: Limits::read(&given)?,
            log: Log::read(&given)?,
        })
    }
}
