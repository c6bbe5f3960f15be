//! Reading rows: all that can be said of one by itself, before the database is asked.

use std::collections::{BTreeMap, HashMap};

use super::{
    Import, Line, MAX_ADDRESSES, MAX_EDITIONS, MAX_KEY, OldArticle, OldEdition, OldShared, Record,
    past::{Acted, Past, past, shared},
};
use crate::{
    domain::{
        address::{Address, MAX_ADDRESS},
        article::Kind,
        details::{self, Details, Part},
        revision::MAX_PLACE,
        workflow::Sensitivity,
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
    pub(super) sensitivity: Sensitivity,
    /// What all editions share, as far as it was changed at the desk.
    pub(super) draft: OldShared,
    pub(super) editions: Vec<Edition>,
    pub(super) check: Check,
}

#[derive(Debug)]
pub(super) struct Edition {
    pub(super) locale: String,
    pub(super) draft: Draft,
    pub(super) place: Option<String>,
    pub(super) shared: OldShared,
    /// Since when it is public, if it is and there is no more to it.
    pub(super) published_at: Option<Timestamp>,
    pub(super) updated_at: Option<Timestamp>,
    pub(super) stale: bool,
    pub(super) source_version: Option<u32>,
    pub(super) addresses: Vec<Address>,
    pub(super) past: Option<Past>,
}

impl Edition {
    /// What was done with it in public.
    pub(super) fn acts(&self) -> Vec<Acted> {
        match &self.past {
            Some(past) => past.acts.clone(),
            None => self.published_at.map(Acted::publish).into_iter().collect(),
        }
    }

    /// Whether it is public where it comes from.
    pub(super) fn is_public(&self) -> bool {
        self.acts().last().is_some_and(|last| last.act.take_down().is_none())
    }

    /// How many texts there are of it.
    pub(super) fn texts(&self) -> usize {
        self.past.as_ref().map_or(1, |past| past.texts.len())
    }
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
    let (now, most) = (app.clock.now(), app.policy.import_acts);
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
        let read = |part: Vec<Line>| part.into_iter().map(|line| one(line, (now, most), &before)).collect::<Vec<_>>();
        std::thread::scope(|scope| {
            let running: Vec<_> = parts.into_iter().map(|part| scope.spawn(|| read(part))).collect();
            running.into_iter().map(|thread| thread.join().map_err(|_| Error::internal("a reader panicked"))).collect()
        })
    };
    let parts: Result<Vec<Vec<Prepared>>, Error> = tokio::task::spawn_blocking(work).await.map_err(Error::internal)?;
    Ok(parts?.into_iter().flatten().collect())
}

fn one(line: Line, bounds: (Timestamp, usize), before: &impl Fn(&Line) -> bool) -> Prepared {
    let hash = line.hash;
    let row = match line {
        line if before(&line) => Row::Before,
        Line { read: Err(error), .. } => Row::Refused(error),
        Line { read: Ok(Record::Entry(entry)), .. } => Row::Entry(entry),
        Line { read: Ok(Record::Article(old)), .. } => Row::Article(Box::new(article(*old, bounds))),
    };
    Prepared { hash, row }
}

fn article(old: OldArticle, bounds: (Timestamp, usize)) -> Article {
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
    let sensitivity = match old.sensitivity.as_deref() {
        None => Sensitivity::Normal,
        Some(raw) => raw.parse().unwrap_or_else(|_| {
            let all = Sensitivity::ALL.iter().map(|one| one.as_str()).collect::<Vec<_>>().join(", ");
            check.fault(FieldError::new("/sensitivity", FieldCode::NotOneOf).with("expected", all));
            Sensitivity::Normal
        }),
    };
    let draft = shared(&mut check, "/draft", &old.draft, old.kind);
    let was_public = |one: &OldEdition| one.published_at.is_some() || !one.history.is_empty();
    let source_is_public = old.editions.iter().any(|one| one.locale == old.source_locale && was_public(one));
    let mut seen = BTreeMap::new();
    let mut editions = Vec::with_capacity(old.editions.len());
    for (place, one) in old.editions.into_iter().take(MAX_EDITIONS).enumerate() {
        let mut own = Check::new();
        if seen.insert(one.locale.clone(), place).is_some() {
            own.fault(FieldError::new("/locale", FieldCode::Duplicate).with("name", one.locale.as_str()));
        }
        if was_public(&one) && !source_is_public {
            let pointer = if one.published_at.is_some() { "/published_at" } else { "/history" };
            own.fault(FieldError::new(pointer, FieldCode::SourceNotPublic));
        }
        let is_source = one.locale == old.source_locale;
        editions.push(edition(one, old.kind, is_source, bounds, &mut own));
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
        sensitivity,
        draft,
        editions,
        check,
    }
}

fn edition(
    old: OldEdition,
    kind: Kind,
    is_source: bool,
    (now, most): (Timestamp, usize),
    check: &mut Check,
) -> Edition {
    let own = match details::read(kind, Part::Own, &old.details) {
        Ok(split) => split.own,
        Err(faults) => {
            check.details("/details", kind.as_str(), faults);
            Details::new()
        }
    };
    let past = past(&old, (kind, &own), (now, most), check);
    let draft = read_text(check, &old.text, own);
    if is_source {
        let from = old.source_version.is_some();
        let told = [
            ("/place", old.place.is_some()),
            ("/stale", old.stale),
            ("/source_version", from),
            // What all editions share is what the source's text was approved with.
            ("/shared", !old.shared.is_empty()),
        ];
        for (pointer, _) in told.iter().filter(|(_, told)| *told) {
            check.fault(FieldError::new(*pointer, FieldCode::NotOfSource));
        }
    }
    let place = old.place.as_deref().and_then(|raw| check.place("/place", raw, MAX_PLACE));
    let shared = shared(check, "/shared", &old.shared, kind);
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
    Edition {
        locale: old.locale,
        draft,
        place,
        shared,
        published_at,
        updated_at,
        stale: old.stale,
        source_version: old.source_version,
        addresses,
        past,
    }
}

/// A moment that has been.
pub(super) fn moment(check: &mut Check, pointer: &str, raw: Option<&str>, now: Timestamp) -> Option<Timestamp> {
    match raw?.parse::<Timestamp>() {
        Ok(at) if at > now => check.fault(FieldError::new(pointer, FieldCode::InFuture)),
        Ok(at) => return Some(at),
        Err(_) => check.fault(FieldError::new(pointer, FieldCode::BadTime)),
    }
    None
}
