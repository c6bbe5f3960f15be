//! From a configuration to an application that can work: folder, database, keys, vocabularies.

use std::path::Path;

use super::{
    Failure,
    config::{Bad, Config, Reason, host},
    folder::{self, Lock},
};
use crate::{
    i18n::I18n,
    kernel::Clock,
    outbound::Outbound,
    service::{App, NOBODY, Office, Parts, Policy, meters::Meters, public::Public, setup},
    store::{Db, NotOpened, Options},
    tokens::{AccessTokens, Keyring, PasswordHasher, Throttle, Vault, access, load_or_create_secret},
};

/// Bytes of a secret that is made here.
const SECRET: usize = 48;
/// The signed head of the audit chain, beside the database.
const WITNESS: &str = "audit-head.json";

/// What the application is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To serve: with SQLite no other server has it, and the authority is settled.
    Serve,
    /// For one command, perhaps beside a server.
    Command,
    /// Only to look.
    Look,
}

/// An application with what it holds on to.
#[derive(Debug)]
pub struct Opened {
    /// The application.
    pub app: App,
    /// The data folder's lock, where it is opened to serve.
    pub lock: Option<Lock>,
}

/// Takes the lock of the data folder, where one server has it to itself.
pub fn lock(config: &Config) -> Result<Option<Lock>, Failure> {
    if config.database.is_postgres() { Ok(None) } else { folder::lock(&config.database).map(Some) }
}

/// Opens the database, and makes it where there is none.
pub async fn database(config: &Config) -> Result<Db, Failure> {
    let database = &config.database;
    folder::create(database)?;
    if let (None, Some(file)) = (&database.url, database.file()) {
        // SQLite takes an empty file for a new database, and gives its journal the same rights.
        folder::private_file(&file)?;
    }
    connect(config).await
}

/// Opens the database that there is, and makes nothing: a mistyped folder is no new one.
async fn existing(config: &Config) -> Result<Db, Failure> {
    let database = &config.database;
    if let Some(file) = database.file().filter(|file| !file.is_file()) {
        return Err(match &database.url {
            None => Failure::NoDatabase(database.folder.display().to_string()),
            Some(_) => Failure::NoFile(file.display().to_string()),
        });
    }
    if !database.is_postgres() && !database.folder.is_dir() {
        return Err(database.refused(&std::io::ErrorKind::NotFound.into()).into());
    }
    connect(config).await
}

async fn connect(config: &Config) -> Result<Db, Failure> {
    let database = &config.database;
    let options = Options {
        url: database.address().expose().to_owned(),
        live_url: database.live_url.as_ref().map(|url| url.expose().to_owned()),
        readers: database.readers,
        observer: None,
    };
    Db::open(&options).await.map_err(|NotOpened { live, fault }| match (&database.url, &database.live_url) {
        (_, Some(url)) if live => Failure::Unreachable(database.live_name.clone(), host(url), fault),
        (Some(url), _) if database.is_postgres() => Failure::Unreachable(database.url_name.clone(), host(url), fault),
        _ => fault.into(),
    })
}

/// Opens the application; `base_url` is the server's own address.
pub async fn open(config: &Config, i18n: I18n, base_url: String, purpose: Purpose) -> Result<Opened, Failure> {
    let lock = if purpose == Purpose::Serve { lock(config)? } else { None };
    let app = unlocked(config, i18n, base_url, purpose).await?;
    Ok(Opened { app, lock })
}

/// The same for who has the lock already.
pub(super) async fn unlocked(config: &Config, i18n: I18n, base_url: String, purpose: Purpose) -> Result<App, Failure> {
    let (embedded, folder) = (!config.database.is_postgres(), &config.database.folder);
    let db = if purpose == Purpose::Serve { database(config).await? } else { existing(config).await? };
    if purpose != Purpose::Look {
        db.migrate().await?;
    }
    let authority = authority(config, &db, purpose).await?;
    let keys = keys(config, &db).await?;
    let secret = match config.secrets.jwt_bytes() {
        Some(secret) => secret,
        None => load_or_create_secret(&secrets(config)?.join("jwt"), SECRET)
            .map_err(|error| Failure::Other(error.to_string()))?,
    };
    // The issuer is what never changes: tokens outlive a move to another address.
    let tokens = AccessTokens::new(&secret, authority.as_str(), access::DEFAULT_LIFETIME)
        .map_err(|error| Failure::Other(error.to_string()))?;
    let sealing = match config.secrets.sealing_bytes() {
        Some(secret) => secret,
        None => load_or_create_secret(&secrets(config)?.join("sealing"), SECRET)
            .map_err(|error| Failure::Other(error.to_string()))?,
    };
    let agent = format!("Lantoa/{} (+{base_url})", env!("CARGO_PKG_VERSION"));
    let app = App::new(Parts {
        db,
        clock: Clock::system(),
        i18n,
        keys,
        tokens,
        passwords: PasswordHasher::new(std::thread::available_parallelism().map_or(2, usize::from)),
        throttle: Throttle::new(config.limits.throttle),
        office: Office {
            names: config.office.clone(),
            authority,
            base_url,
            portal_url: config.addresses.portal_url.clone(),
            hub: config.hub.clone(),
        },
        policy: Policy {
            session: config.limits.session,
            tombstones: config.limits.tombstones,
            retracted_source: config.retracted_source,
            import_acts: config.limits.import.acts,
            ..Policy::default()
        },
        outbound: Outbound::new(config.limits.outbound.clone(), &agent),
        vault: Vault::new(&sealing),
        witness: embedded.then(|| folder.join(WITNESS)).into_iter().chain(config.database.head.clone()).collect(),
        public: Public::new(config.limits.cache),
        meters: Meters::default(),
        stopping: std::sync::atomic::AtomicBool::default(),
    });
    if purpose != Purpose::Look {
        setup::seed_locales(&app).await?;
        setup::seed_workflows(&app).await?;
    }
    app.public.reload(&app).await?;
    Ok(app)
}

/// The authority of guids. Only a server freezes it: a command may run before the configuration is complete.
async fn authority(config: &Config, db: &Db, purpose: Purpose) -> Result<String, Failure> {
    let (configured, fallback) = (config.addresses.authority.as_deref(), config.addresses.fallback_authority());
    if purpose != Purpose::Serve {
        return Ok(configured.map_or(fallback, str::to_owned));
    }
    freeze(config, db, configured, &fallback).await
}

async fn freeze(config: &Config, db: &Db, configured: Option<&str>, fallback: &str) -> Result<String, Failure> {
    match setup::freeze_authority(db, configured, fallback).await {
        Ok(authority) => Ok(authority),
        Err(setup::Refused::Authority { frozen, .. }) => {
            Err(Bad::new(&config.addresses.authority_name, Reason::Frozen(frozen)).into())
        }
        Err(refused) => Err(refused.into()),
    }
}

/// The authority that a command mints guids under: where the configuration names none, what a server has settled
/// stands. Nothing becomes public for ever under a name that is nobody's.
pub(super) async fn named_authority(config: &Config, app: &App) -> Result<String, Failure> {
    let addresses = &config.addresses;
    let settled = setup::frozen_authority(app).await?.filter(|name| name != NOBODY);
    let name = addresses.authority.clone().or(settled).unwrap_or_else(|| addresses.fallback_authority());
    if name == NOBODY { Err(Failure::NobodysAuthority(addresses.authority_name.clone())) } else { Ok(name) }
}

/// Freezes the authority for a command that mints guids.
pub(super) async fn settle_authority(config: &Config, app: &App, name: &str) -> Result<(), Failure> {
    freeze(config, &app.db, Some(name), name).await.map(drop)
}

/// The keys, configured or the data folder's own; each that ever signed something has to be among them.
async fn keys(config: &Config, db: &Db) -> Result<Keyring, Failure> {
    let published = setup::published_kids(db).await?;
    let secrets = &config.secrets;
    match &secrets.signing_key {
        Some(key) => Keyring::from_pem(key.expose(), &secrets.trusted_keys, published)
            .map_err(|error| Bad::new(&secrets.trusted_name, Reason::Keys(error.to_string())).into()),
        None => Keyring::open_or_create(&config.database.folder.join("keys"), published)
            .map_err(|error| Bad::new(&secrets.signing_name, Reason::Keys(error.to_string())).into()),
    }
}

fn secrets(config: &Config) -> Result<std::path::PathBuf, Failure> {
    let folder: &Path = &config.database.folder;
    let folder = folder.join("secrets");
    folder::create_in(&folder)?;
    Ok(folder)
}
