//! Agencies, topics and locales: read by all who sign in, edited by administrators.

mod bring;
mod tree;

use serde_json::json;

use super::{App, Caller, Check, Code as Problem, Done, Error, FieldCode, FieldError, Once, caller::allow};
use crate::{
    domain::{
        access::{Administer, Scope},
        event::{Event, EventType},
        item::is_media_topic,
        locale,
    },
    kernel::{AccountId, LocaleTag},
    store::{Change, WriteTx, vocabulary},
};

pub(super) use bring::bring;
pub(super) use tree::{with_ancestors, with_descendants};
pub use vocabulary::{Agency, Locale, Names, Topic, Vocabulary};

/// Longest name of an entry.
pub const MAX_NAME: usize = 200;

/// An entry to be made or written anew.
#[derive(Clone, Debug)]
pub enum Entry {
    /// An agency.
    Agency {
        /// Its code.
        code: String,
        /// Its names.
        names: Names,
    },
    /// A topic.
    Topic {
        /// Its code.
        code: String,
        /// What it is part of.
        parent: Option<String>,
        /// The code of the IPTC Media Topic that means the same.
        media_topic: Option<String>,
        /// Its names.
        names: Names,
    },
    /// A locale.
    Locale {
        /// Its tag.
        tag: String,
        /// Its script.
        script: String,
        /// Whether written from right to left.
        rtl: bool,
        /// Fallback languages.
        fallback: Vec<String>,
        /// Its place in lists.
        position: i64,
        /// Its names.
        names: Names,
    },
}

/// An entry as it was written.
#[derive(Clone, Debug)]
pub enum Put {
    /// An agency.
    Agency(Agency),
    /// A topic.
    Topic(Topic),
    /// A locale.
    Locale(Locale),
}

/// All agencies.
pub async fn agencies(app: &App, caller: Caller) -> Result<Vec<Agency>, Error> {
    let (tx, _) = app.read_as(caller).await?;
    Ok(vocabulary::agencies(&tx).await?)
}

/// All topics.
pub async fn topics(app: &App, caller: Caller) -> Result<Vec<Topic>, Error> {
    let (tx, _) = app.read_as(caller).await?;
    Ok(vocabulary::topics(&tx).await?)
}

/// All locales.
pub async fn locales(app: &App, caller: Caller) -> Result<Vec<Locale>, Error> {
    let (tx, _) = app.read_as(caller).await?;
    Ok(vocabulary::locales(&tx).await?)
}

/// Makes an entry.
pub async fn create(app: &App, caller: Caller, entry: Entry, once: Once<Put>) -> Result<Done<Put>, Error> {
    let (tx, actor) = app.write_as(caller).await?;
    allow::<Administer>(&actor, Scope::default())?;
    if let Some(answer) = once.before(app, &tx, actor.id).await? {
        return Ok(Done::Before(answer));
    }
    let (put, change) = put(app, &tx, actor.id, entry, None).await?;
    once.keep(app, &tx, actor.id, &put).await?;
    tx.commit(change).await?;
    // The names that the public reads are those of now before the administrator hears that it is done.
    app.public.reload(app).await?;
    Ok(Done::Now(put))
}

impl Put {
    /// What the audit chain is told of it.
    pub(super) fn told(&self, change: Change) -> Change {
        let (vocabulary, code, version) = match self {
            Self::Agency(one) => (Vocabulary::Agency, one.code.as_str(), one.version),
            Self::Topic(one) => (Vocabulary::Topic, one.code.as_str(), one.version),
            Self::Locale(one) => (Vocabulary::Locale, one.tag.as_str(), one.version),
        };
        let action = format!("{vocabulary}.{}", if version > 1 { "updated" } else { "created" });
        change.entry(&action, vocabulary.as_str(), code, json!({"version": version}))
    }
}

/// Writes an entry anew, in the place of the version that was seen.
pub async fn update(app: &App, caller: Caller, entry: Entry, version: i64) -> Result<Put, Error> {
    let (tx, actor) = app.write_as(caller).await?;
    allow::<Administer>(&actor, Scope::default())?;
    let (put, change) = put(app, &tx, actor.id, entry, Some(version)).await?;
    tx.commit(change).await?;
    app.public.reload(app).await?;
    Ok(put)
}

async fn put(
    app: &App,
    tx: &WriteTx,
    by: AccountId,
    entry: Entry,
    version: Option<i64>,
) -> Result<(Put, Change), Error> {
    let put = match entry {
        Entry::Agency { code, names } => Put::Agency(put_agency(tx, code, names, version).await?),
        Entry::Topic { code, parent, media_topic, names } => {
            Put::Topic(put_topic(tx, AskedTopic { code, parent, media_topic, names }, version).await?)
        }
        Entry::Locale { tag, script, rtl, fallback, position, names } => {
            let asked = AskedLocale { tag, script, rtl, fallback, position, names };
            Put::Locale(put_locale(tx, asked, version).await?)
        }
    };
    let change = put.told(Change::by(Some(by), app.clock.now())).emit(event());
    Ok((put, change))
}

async fn put_agency(tx: &WriteTx, code: String, names: Names, version: Option<i64>) -> Result<Agency, Error> {
    let mut check = Check::new();
    let code = check.code("/code", &code);
    let names = check_names(&mut check, names);
    check.finish()?;
    let code = code.ok_or_else(Error::not_found)?;
    let old = vocabulary::agencies(tx).await?.into_iter().find(|one| one.code == code).map(|one| one.version);
    let next = next_version(old, version)?;
    let agency = Agency { code, names, version: next };
    vocabulary::put_agency(tx, version.is_none(), &agency).await?;
    Ok(agency)
}

struct AskedTopic {
    code: String,
    parent: Option<String>,
    media_topic: Option<String>,
    names: Names,
}

async fn put_topic(tx: &WriteTx, asked: AskedTopic, version: Option<i64>) -> Result<Topic, Error> {
    let AskedTopic { code, parent, media_topic, names } = asked;
    let mut check = Check::new();
    let code = check.code("/code", &code);
    let names = check_names(&mut check, names);
    if media_topic.as_deref().is_some_and(|code| !is_media_topic(code)) {
        check.fault(FieldError::new("/media_topic", FieldCode::NotOneOf).with("expected", "IPTC Media Topics"));
    }
    let all = vocabulary::topics(tx).await?;
    let mut found = None;
    if let Some(raw) = &parent {
        found = all.iter().find(|topic| topic.code.as_str() == raw).map(|topic| topic.code.clone());
        if found.is_none() {
            check.fault(FieldError::new("/parent", FieldCode::Unknown).with("name", raw.as_str()));
        }
    }
    if let (Some(code), Some(parent)) = (&code, &found)
        && with_ancestors(&tree::tree_of(&all), std::slice::from_ref(parent)).contains(code)
    {
        check.fault(FieldError::new("/parent", FieldCode::Circle));
    }
    check.finish()?;
    let code = code.ok_or_else(Error::not_found)?;
    let old = all.iter().find(|one| one.code == code);
    let next = next_version(old.map(|one| one.version), version)?;
    let moved = old.is_some_and(|one| one.parent != found);
    let topic = Topic { code, parent: found, media_topic, names, version: next };
    vocabulary::put_topic(tx, version.is_none(), &topic).await?;
    if moved {
        super::live::retopic(tx, &topic.code).await?;
    }
    Ok(topic)
}

struct AskedLocale {
    tag: String,
    script: String,
    rtl: bool,
    fallback: Vec<String>,
    position: i64,
    names: Names,
}

async fn put_locale(tx: &WriteTx, asked: AskedLocale, version: Option<i64>) -> Result<Locale, Error> {
    let mut check = Check::new();
    let all = vocabulary::locales(tx).await?;
    let tag = check.locale("/tag", &asked.tag);
    // One that was made under another rule can still be mended.
    if version.is_none() && tag.as_ref().is_some_and(|tag| !locale::can_be_an_address(tag)) {
        check.fault(FieldError::new("/tag", FieldCode::BadLocale));
    }
    let names = check_names(&mut check, asked.names);
    let script_is_code = asked.script.len() == 4
        && asked.script.starts_with(|c: char| c.is_ascii_uppercase())
        && asked.script.chars().skip(1).all(|c| c.is_ascii_lowercase());
    if !script_is_code {
        check.fault(FieldError::new("/script", FieldCode::NotOneOf).with("expected", "ISO 15924"));
    }
    if asked.position < 0 {
        check.fault(FieldError::new("/position", FieldCode::TooSmall).with("min", 0_i64));
    }
    check_fallback(&mut check, &all, &asked.tag, &asked.fallback);
    check.finish()?;
    let tag = tag.ok_or_else(Error::not_found)?;
    let old = all.into_iter().find(|one| one.tag == tag).map(|one| one.version);
    let next = next_version(old, version)?;
    let AskedLocale { script, rtl, fallback, position, .. } = asked;
    let locale = Locale { tag, script, rtl, fallback, position, names, version: next };
    vocabulary::put_locale(tx, version.is_none(), &locale).await?;
    Ok(locale)
}

/// Languages whose names stand in: others of the office, each once.
fn check_fallback(check: &mut Check, all: &[Locale], own: &str, fallback: &[String]) {
    if fallback.len() > 10 {
        check.fault(FieldError::new("/fallback", FieldCode::TooMany).with("max", 10_i64));
    }
    for (place, raw) in fallback.iter().enumerate() {
        let pointer = format!("/fallback/{place}");
        if check.locale(&pointer, raw).is_none() {
            continue;
        }
        let code = if raw == own {
            FieldCode::Circle
        } else if !all.iter().any(|one| one.tag.as_str() == raw) {
            FieldCode::Unknown
        } else if fallback[..place].contains(raw) {
            FieldCode::Duplicate
        } else {
            continue;
        };
        let fault = FieldError::new(pointer, code);
        check.fault(if code == FieldCode::Circle { fault } else { fault.with("name", raw.as_str()) });
    }
}

/// Removes an entry that nothing points at.
pub async fn remove(app: &App, caller: Caller, of: Vocabulary, code: &str, version: i64) -> Result<(), Error> {
    let (tx, actor) = app.write_as(caller).await?;
    allow::<Administer>(&actor, Scope::default())?;
    let found = match of {
        Vocabulary::Agency => {
            vocabulary::agencies(&tx).await?.into_iter().find(|a| a.code.as_str() == code).map(|a| a.version)
        }
        Vocabulary::Topic => {
            vocabulary::topics(&tx).await?.into_iter().find(|t| t.code.as_str() == code).map(|t| t.version)
        }
        Vocabulary::Locale => {
            vocabulary::locales(&tx).await?.into_iter().find(|l| l.tag.as_str() == code).map(|l| l.version)
        }
    };
    if found.ok_or_else(Error::not_found)? != version {
        return Err(Error::new(Problem::PreconditionFailed));
    }
    if vocabulary::in_use(&tx, of, code).await? {
        return Err(Error::new(Problem::InUse));
    }
    vocabulary::remove(&tx, of, code).await?;
    let change = Change::by(Some(actor.id), app.clock.now());
    tx.commit(change.entry(&format!("{of}.removed"), of.as_str(), code, json!({})).emit(event())).await?;
    app.public.reload(app).await?;
    Ok(())
}

fn next_version(old: Option<i64>, version: Option<i64>) -> Result<i64, Error> {
    match (old, version) {
        (None, None) => Ok(1),
        (Some(_), None) => Err(Error::new(Problem::CodeTaken)),
        (None, Some(_)) => Err(Error::not_found()),
        (Some(old), Some(version)) if old == version => Ok(old + 1),
        (Some(_), Some(_)) => Err(Error::new(Problem::PreconditionFailed)),
    }
}

pub(super) fn check_names(check: &mut Check, names: Names) -> Names {
    if names.is_empty() {
        check.fault(FieldError::new("/names", FieldCode::Required));
    }
    if names.len() > 100 {
        check.fault(FieldError::new("/names", FieldCode::TooMany).with("max", 100_i64));
        return Names::new();
    }
    names
        .into_iter()
        .map(|(tag, name)| {
            let pointer = format!("/names/{}", super::check::escape(&tag));
            if tag.parse::<LocaleTag>().is_err() {
                check.fault(FieldError::new(&pointer, FieldCode::BadLocale));
            }
            let name = check.line(&pointer, &name, MAX_NAME);
            (tag, name)
        })
        .collect()
}

fn event() -> Event {
    Event { kind: EventType::Vocabulary, article: None, locale: None }
}
