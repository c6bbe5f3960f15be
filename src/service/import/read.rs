//! Reading rows: all that can be said of one by itself, before the database is asked.

use std::collections::{BTreeMap, HashMap};

use super::{Import, Line, MAX_ADDRESSES, MAX_EDITIONS, MAX_KEY, OldArticle, OldEdition, Record};
use crate::{
    domain::{
        address::{Address, MAX_ADDRESS},
        article::Kind,
        details::{self, Details, Part},
        revision::MAX_PLACE,
    },
    kernel::{Digest, Timestamp},
    service::{
        App, Check, Error, FieldCode, FieldError,
        edition::{Draft, read_text},
        vocabulary::Entry,
    },
    store::import as done,
};

/// A row that was read.
#[derive(Debug)]
pub struct Prepared {
    pub(super) hash: Digest,
    pub(super) row: Row,
}

#[derive(Debug)]
pub(super) enum Row {
    Refused(Error),
    Entry(Entry),
    Article(Box<Article>),
    /// A row that was done before and has nothing left to be done.
    Before,
}

/// An article whose own faults are known; what it names is still to be looked up.
#[derive(Debug)]
pub(super) struct Article {
    pub(super) key: String,
    pub(super) kind: Kind,
    pub(super) agency: String,
    pub(super) source_locale: String,
    pub(super) topics: Vec<String>,
    pub(super) place: Option<String>,
    pub(super) details: Details,
    pub(super) editions: Vec<Edition>,
    pub(super) check: Check,
}

#[derive(Debug)]
pub(super) struct Edition {
    pub(super) locale: String,
    pub(super) draft: Draft,
    pub(super) place: Option<String>,
    pub(super) published_at: Option<Timestamp>,
    pub(super) updated_at: Option<Timestamp>,
    pub(super) stale: bool,
    pub(super) addresses: Vec<Address>,
}

/// Reads rows, on as many threads as there are processors.
pub async fn prepare(app: &App, import: &Import, lines: Vec<Line>) -> Result<Vec<Prepared>, Error> {
    let key = |line: &Line| match &line.read {
        Ok(Record::Article(article)) => Some(article.key.clone()),
        _ => None,
    };
    let keys: Vec<String> = lines.iter().filter_map(key).collect();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    let tx = app.db.read().await?;
    let done = done::done_by_key(&tx, &keys).await?;
    drop(tx);
    // Of another decision, a draft may still have to be made public.
    let done = done.into_iter().filter(|row| !import.run.publish || row.import == import.run.id);
    let done: HashMap<String, Digest> = done.map(|row| (row.key, row.hash)).collect();
    let now = app.clock.now();
    let before = move |line: &Line| key(line).and_then(|key| done.get(&key).copied()) == Some(line.hash);
    let work = move || {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let each = lines.len().div_ceil(threads).max(1);
        let mut lines: Vec<Line> = lines;
        let mut parts = Vec::new();
        while !lines.is_empty() {
            let rest = lines.split_off(each.min(lines.len()));
            parts.push(std::mem::replace(&mut lines, rest));
        }
        let read = |part: Vec<Line>| part.into_iter().map(|line| one(line, now, &before)).collect::<Vec<_>>();
        std::thread::scope(|scope| {
            let running: Vec<_> = parts.into_iter().map(|part| scope.spawn(|| read(part))).collect();
            running.into_iter().map(|thread| thread.join().map_err(|_| Error::internal("a reader panicked"))).collect()
        })
    };
    let parts: Result<Vec<Vec<Prepared>>, Error> = tokio::task::spawn_blocking(work).await.map_err(Error::internal)?;
    Ok(parts?.into_iter().flatten().collect())
}

fn one(line: Line, now: Timestamp, before: &impl Fn(&Line) -> bool) -> Prepared {
    let hash = line.hash;
    let row = match line {
        line if before(&line) => Row::Before,
        Line { read: Err(error), .. } => Row::Refused(error),
        Line { read: Ok(Record::Entry(entry)), .. } => Row::Entry(entry),
        Line { read: Ok(Record::Article(old)), .. } => Row::Article(Box::new(article(*old, now))),
    };
    Prepared { hash, row }
}

fn article(old: OldArticle, now: Timestamp) -> Article {
    let mut check = Check::new();
    let key = check.line("/key", &old.key, MAX_KEY);
    let place = old.place.as_deref().and_then(|raw| check.place("/place", raw, MAX_PLACE));
    let details = match details::read(old.kind, Part::Shared, &old.details) {
        Ok(split) => split.shared,
        Err(faults) => {
            check.details("/details", old.kind.as_str(), faults);
            Details::new()
        }
    };
    if old.editions.len() > MAX_EDITIONS {
        check.fault(FieldError::new("/editions", FieldCode::TooMany).with("max", MAX_EDITIONS));
    }
    if !old.editions.iter().any(|one| one.locale == old.source_locale) {
        check.fault(FieldError::new("/editions", FieldCode::Required));
    }
    let source_is_public = old.editions.iter().any(|one| one.locale == old.source_locale && one.published_at.is_some());
    let mut seen = BTreeMap::new();
    let mut editions = Vec::with_capacity(old.editions.len());
    for (place, one) in old.editions.into_iter().take(MAX_EDITIONS).enumerate() {
        let mut own = Check::new();
        if seen.insert(one.locale.clone(), place).is_some() {
            own.fault(FieldError::new("/locale", FieldCode::Duplicate).with("name", one.locale.as_str()));
        }
        if one.published_at.is_some() && !source_is_public {
            own.fault(FieldError::new("/published_at", FieldCode::SourceNotPublic));
        }
        let is_source = one.locale == old.source_locale;
        editions.push(edition(one, old.kind, is_source, now, &mut own));
        check.under(&format!("/editions/{place}"), own);
    }
    Article {
        key,
        kind: old.kind,
        agency: old.agency,
        source_locale: old.source_locale,
        topics: old.topics,
        place,
        details,
        editions,
        check,
    }
}

fn edition(old: OldEdition, kind: Kind, is_source: bool, now: Timestamp, check: &mut Check) -> Edition {
    let own = match details::read(kind, Part::Own, &old.details) {
        Ok(split) => split.own,
        Err(faults) => {
            check.details("/details", kind.as_str(), faults);
            Details::new()
        }
    };
    let draft = read_text(check, &old.text, own);
    if is_source {
        let told = [("/place", old.place.is_some()), ("/stale", old.stale)];
        for (pointer, _) in told.iter().filter(|(_, told)| *told) {
            check.fault(FieldError::new(*pointer, FieldCode::NotOfSource));
        }
    }
    let place = old.place.as_deref().and_then(|raw| check.place("/place", raw, MAX_PLACE));
    let published_at = moment(check, "/published_at", old.published_at.as_deref(), now);
    let updated_at = moment(check, "/updated_at", old.updated_at.as_deref(), now);
    if old.addresses.len() > MAX_ADDRESSES {
        check.fault(FieldError::new("/addresses", FieldCode::TooMany).with("max", MAX_ADDRESSES));
    }
    let mut addresses: Vec<Address> = Vec::with_capacity(old.addresses.len());
    for (place, raw) in old.addresses.iter().take(MAX_ADDRESSES).enumerate() {
        let pointer = format!("/addresses/{place}");
        match raw.parse() {
            Ok(address) if addresses.contains(&address) => {
                check.fault(FieldError::new(pointer, FieldCode::Duplicate).with("name", raw.as_str()));
            }
            Ok(address) => addresses.push(address),
            Err(_) => check.fault(FieldError::new(pointer, FieldCode::BadAddress).with("max", MAX_ADDRESS)),
        }
    }
    Edition { locale: old.locale, draft, place, published_at, updated_at, stale: old.stale, addresses }
}

/// A moment that has been.
fn moment(check: &mut Check, pointer: &str, raw: Option<&str>, now: Timestamp) -> Option<Timestamp> {
    match raw?.parse::<Timestamp>() {
        Ok(at) if at > now => check.fault(FieldError::new(pointer, FieldCode::InFuture)),
        Ok(at) => return Some(at),
        Err(_) => check.fault(FieldError::new(pointer, FieldCode::BadTime)),
    }
    None
}
