//! Agencies, topics and locales: read by all who sign in, edited by administrators.

use serde_json::json;

use super::{App, Caller, Check, Code as Problem, Error, FieldCode, FieldError, caller::allow};
use crate::{
    domain::{
        access::{Administer, Scope},
        event::{Event, EventType},
    },
    kernel::{AccountId, Code, LocaleTag},
    store::{Change, Tx, WriteTx, vocabulary},
};

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

/// Makes an entry, or with a version writes it anew; gives the row's version.
pub async fn put(app: &App, caller: Caller, entry: Entry, version: Option<i64>) -> Result<i64, Error> {
    let (tx, actor) = app.write_as(caller).await?;
    allow::<Administer>(&actor, Scope::default())?;
    let (version, change) = put_in(app, &tx, Some(actor.id), entry, version).await?;
    tx.commit(change).await?;
    // The names that the public reads are those of now before the administrator hears that it is done.
    app.public.reload(app).await?;
    Ok(version)
}

async fn put_in(
    app: &App,
    tx: &WriteTx,
    by: Option<AccountId>,
    entry: Entry,
    version: Option<i64>,
) -> Result<(i64, Change), Error> {
    let (vocabulary, code, next) = match entry {
        Entry::Agency { code, names } => put_agency(tx, code, names, version).await?,
        Entry::Topic { code, parent, names } => put_topic(tx, code, parent, names, version).await?,
        Entry::Locale { tag, script, rtl, fallback, position, names } => {
            let asked = AskedLocale { tag, script, rtl, fallback, position, names };
            put_locale(tx, asked, version).await?
        }
    };
    let action = if version.is_some() { "updated" } else { "created" };
    let action = format!("{vocabulary}.{action}");
    let change = Change::by(by, app.clock.now())
        .entry(&action, vocabulary.as_str(), code, json!({"version": next}))
        .emit(event());
    Ok((next, change))
}

type Put = (Vocabulary, String, i64);

async fn put_agency(tx: &WriteTx, code: String, names: Names, version: Option<i64>) -> Result<Put, Error> {
    let mut check = Check::new();
    let code = check.code("/code", &code);
    let names = check_names(&mut check, names);
    check.finish()?;
    let code = code.ok_or_else(Error::not_found)?;
    let old = vocabulary::agencies(tx).await?.into_iter().find(|one| one.code == code).map(|one| one.version);
    let next = next_version(old, version)?;
    vocabulary::put_agency(tx, version.is_none(), &Agency { code: code.clone(), names, version: next }).await?;
    Ok((Vocabulary::Agency, code.to_string(), next))
}

async fn put_topic(
    tx: &WriteTx,
    code: String,
    parent: Option<String>,
    names: Names,
    version: Option<i64>,
) -> Result<Put, Error> {
    let mut check = Check::new();
    let code = check.code("/code", &code);
    let names = check_names(&mut check, names);
    let all = vocabulary::topics(tx).await?;
    let mut found = None;
    if let Some(raw) = &parent {
        found = all.iter().find(|topic| topic.code.as_str() == raw).map(|topic| topic.code.clone());
        if found.is_none() {
            check.fault(FieldError::new("/parent", FieldCode::Unknown).with("name", raw.as_str()));
        }
    }
    if let (Some(code), Some(parent)) = (&code, &found)
        && with_ancestors(&all, std::slice::from_ref(parent)).contains(code)
    {
        check.fault(FieldError::new("/parent", FieldCode::Circle));
    }
    check.finish()?;
    let code = code.ok_or_else(Error::not_found)?;
    let old = all.iter().find(|one| one.code == code);
    let next = next_version(old.map(|one| one.version), version)?;
    let moved = old.is_some_and(|one| one.parent != found);
    vocabulary::put_topic(tx, version.is_none(), &Topic { code: code.clone(), parent: found, names, version: next })
        .await?;
    if moved {
        super::live::retopic(tx, &code).await?;
    }
    Ok((Vocabulary::Topic, code.to_string(), next))
}

struct AskedLocale {
    tag: String,
    script: String,
    rtl: bool,
    fallback: Vec<String>,
    position: i64,
    names: Names,
}

async fn put_locale(tx: &WriteTx, asked: AskedLocale, version: Option<i64>) -> Result<Put, Error> {
    let mut check = Check::new();
    let tag = check.locale("/tag", &asked.tag);
    let names = check_names(&mut check, asked.names);
    let script_is_code = asked.script.len() == 4
        && asked.script.starts_with(|c: char| c.is_ascii_uppercase())
        && asked.script.chars().skip(1).all(|c| c.is_ascii_lowercase());
    if !script_is_code {
        check.fault(FieldError::new("/script", FieldCode::NotOneOf).with("expected", "ISO 15924"));
    }
    if asked.fallback.len() > 10 {
        check.fault(FieldError::new("/fallback", FieldCode::TooMany).with("max", 10_i64));
    }
    for (place, raw) in asked.fallback.iter().enumerate() {
        check.locale(&format!("/fallback/{place}"), raw);
    }
    check.finish()?;
    let tag = tag.ok_or_else(Error::not_found)?;
    let old = vocabulary::locales(tx).await?.into_iter().find(|one| one.tag == tag).map(|one| one.version);
    let next = next_version(old, version)?;
    let AskedLocale { script, rtl, fallback, position, .. } = asked;
    let locale = Locale { tag: tag.clone(), script, rtl, fallback, position, names, version: next };
    vocabulary::put_locale(tx, version.is_none(), &locale).await?;
    Ok((Vocabulary::Locale, tag.to_string(), next))
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
    let now = app.clock.now();
    tx.commit(
        Change::by(Some(actor.id), now).entry(&format!("{of}.removed"), of.as_str(), code, json!({})).emit(event()),
    )
    .await?;
    app.public.reload(app).await?;
    Ok(())
}

/// Topics and all that they are part of, sorted.
pub(super) fn with_ancestors(all: &[Topic], codes: &[Code]) -> Vec<Code> {
    let mut found = Vec::new();
    let mut open: Vec<&Code> = codes.iter().collect();
    while let Some(code) = open.pop() {
        if !found.contains(code) {
            found.push(code.clone());
            open.extend(all.iter().find(|topic| topic.code == *code).and_then(|topic| topic.parent.as_ref()));
        }
    }
    found.sort();
    found
}

/// A topic and all that are part of it.
pub(super) async fn with_descendants(tx: &impl Tx, code: &Code) -> Result<Vec<Code>, Error> {
    let all = vocabulary::topics(tx).await?;
    let under = |topic: &&Topic| with_ancestors(&all, std::slice::from_ref(&topic.code)).contains(code);
    Ok(all.iter().filter(under).map(|topic| topic.code.clone()).collect())
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

fn check_names(check: &mut Check, names: Names) -> Names {
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
