//! The start: what has to be true of a database before it serves.

use serde_json::json;

use super::{App, Error, vocabulary};
use crate::{
    domain::event::{Event, EventType},
    kernel::Timestamp,
    store::{Change, Db, Fault, Housekeeping, Tx, edition, publication, setting, vocabulary as words},
};

const AUTHORITY: &str = "authority";

/// Why a start is refused.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The database.
    #[error(transparent)]
    Database(#[from] Fault),
    /// Guids were minted under another authority, which must not change.
    #[error("guids were minted under {frozen:?}; the authority cannot become {configured:?}")]
    Authority {
        /// The authority of the first edition.
        frozen: String,
        /// The one that is configured now.
        configured: String,
    },
}

/// The keys that have signed something so far: each has to be trusted.
pub async fn published_kids(db: &Db) -> Result<Vec<String>, Fault> {
    publication::kids(&db.read().await?).await
}

/// Takes the authority of the configuration for as long as no edition exists, and refuses another one later.
pub async fn freeze_authority(db: &Db, configured: Option<&str>, fallback: &str) -> Result<String, Refused> {
    let tx = db.write().await?;
    let authority = configured.unwrap_or(fallback).to_owned();
    match setting::find(&tx, AUTHORITY).await? {
        Some(frozen) if frozen == authority => return Ok(frozen),
        Some(frozen) if edition::is_any(&tx).await? => {
            return match configured {
                Some(other) => Err(Refused::Authority { frozen, configured: other.to_owned() }),
                None => Ok(frozen),
            };
        }
        Some(_) => setting::change(&tx, AUTHORITY, &authority).await?,
        None => setting::freeze(&tx, AUTHORITY, &authority).await?,
    }
    tx.commit_housekeeping(Housekeeping::Settings).await?;
    Ok(authority)
}

/// The authority that was frozen, if one was.
pub async fn frozen_authority(app: &App) -> Result<Option<String>, Error> {
    Ok(setting::find(&app.db.read().await?, AUTHORITY).await?)
}

/// Whether the authority can still be changed.
pub async fn is_authority_open(app: &App) -> Result<bool, Error> {
    Ok(!edition::is_any(&app.db.read().await?).await?)
}

/// The authority that guids are minted under: the database's own. A process that was configured otherwise while it
/// could still be changed must not go on with its own.
pub(super) async fn authority(app: &App, tx: &impl Tx) -> Result<String, Error> {
    Ok(setting::find(tx, AUTHORITY).await?.unwrap_or_else(|| app.office.authority.clone()))
}

/// Gives an empty database the ten languages, so that work can begin.
pub async fn seed_locales(app: &App) -> Result<(), Error> {
    let tx = app.db.write().await?;
    if !words::locales(&tx).await?.is_empty() {
        return Ok(());
    }
    let now: Timestamp = app.clock.now();
    let mut change = Change::by(None, now);
    for (position, (tag, script, fallback, own, vi, en)) in (1..).zip(LOCALES.iter().copied()) {
        let names = [("vi", vi), ("en", en), (tag, own)].map(|(tag, name)| (tag.to_owned(), name.to_owned()));
        let locale = words::Locale {
            tag: tag.parse().map_err(Error::internal)?,
            script: script.to_owned(),
            rtl: false,
            fallback: fallback.iter().map(|tag| (*tag).to_owned()).collect(),
            position,
            names: vocabulary::Names::from(names),
            version: 1,
        };
        words::put_locale(&tx, true, &locale).await?;
        change = change.entry("locale.created", "locale", tag, json!({"version": 1}));
    }
    tx.commit(change.emit(Event { kind: EventType::Vocabulary, article: None, locale: None })).await?;
    app.public.reload(app).await
}

/// Gives a database the workflows that every installation begins with, those of them that it never had.
pub async fn seed_workflows(app: &App) -> Result<(), Error> {
    super::workflow::seed(app).await
}

type Seed = (&'static str, &'static str, &'static [&'static str], &'static str, &'static str, &'static str);

const LOCALES: &[Seed] = &[
    ("vi", "Latn", &[], "Tiếng Việt", "Tiếng Việt", "Vietnamese"),
    ("en", "Latn", &[], "English", "Tiếng Anh", "English"),
    ("fr", "Latn", &["en"], "Français", "Tiếng Pháp", "French"),
    ("zh-Hans", "Hans", &["en"], "简体中文", "Tiếng Trung (giản thể)", "Chinese (Simplified)"),
    ("ja", "Jpan", &["en"], "日本語", "Tiếng Nhật", "Japanese"),
    ("ko", "Kore", &["en"], "한국어", "Tiếng Hàn", "Korean"),
    ("ru", "Cyrl", &["en"], "Русский", "Tiếng Nga", "Russian"),
    ("es", "Latn", &["en"], "Español", "Tiếng Tây Ban Nha", "Spanish"),
    ("lo", "Laoo", &["en"], "ລາວ", "Tiếng Lào", "Lao"),
    ("km", "Khmr", &["en"], "ខ្មែរ", "Tiếng Khmer", "Khmer"),
];
