//! Alarms: administrators and auditors are told of each finding once, whichever process finds it, and again when it
//! was repaired and returns. What was told stands in the audit chain, which nobody alters in silence.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, PoisonError},
};

use serde_json::json;

use super::{Report, What};
use crate::{
    domain::{
        access::{Actor, Audit, Scope, permit},
        audit::Entry,
        event::{Event, EventType},
        notice::NoticeKind,
    },
    kernel::{AccountId, EditionId, NotificationId, Timestamp},
    service::{App, Error, audit::Report as Chain},
    store::{Change, Tx, WriteTx, account, audit, edition, notification, notification::Notification},
};

/// The audit action of a finding that people are told of,
const FOUND: &str = "integrity.found";
/// and of one that is not there any more.
const MENDED: &str = "integrity.mended";
/// Findings of each sort that are told of in one transaction; others wait for the next look.
const SOME: usize = 50;
/// Entries that are read at once.
const PAGE: u64 = 200;

/// What people are told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Alarm {
    /// What does not fit of an edition.
    Edition(EditionId, What),
    /// An account whose rights are not those that it was given.
    Account(AccountId),
    /// The audit chain is broken.
    Chain,
}

/// What looks at everything, and readings of the chain, found and people were told of, as far as this process knows.
#[derive(Debug, Default)]
pub struct Alarmed(Mutex<Option<BTreeSet<Alarm>>>);

impl Alarm {
    fn subject(self) -> (&'static str, String) {
        match self {
            Self::Edition(id, _) => ("edition", id.to_string()),
            Self::Account(id) => ("account", id.to_string()),
            Self::Chain => ("audit", "chain".to_owned()),
        }
    }

    fn what(self) -> &'static str {
        match self {
            Self::Edition(_, what) => what.slug(),
            Self::Account(_) => "rights",
            Self::Chain => "broken",
        }
    }

    /// What an entry is about.
    fn of(entry: &Entry) -> Option<Self> {
        let draft = &entry.draft;
        match draft.subject_type.as_str() {
            "edition" => {
                let what = What::ALL.iter().find(|what| draft.data["what"] == what.slug())?;
                Some(Self::Edition(draft.subject_id.parse().ok()?, *what))
            }
            "account" => draft.subject_id.parse().ok().map(Self::Account),
            _ => Some(Self::Chain),
        }
    }

    fn notice(self) -> NoticeKind {
        match self {
            Self::Edition(_, what) if what.withholds() => NoticeKind::Withheld,
            Self::Edition(..) => NoticeKind::Altered,
            Self::Account(_) => NoticeKind::RightsAltered,
            Self::Chain => NoticeKind::ChainBroken,
        }
    }
}

/// Looks at everything, and tells of what is new.
pub async fn watch(app: &App) -> Result<Report, Error> {
    let since = numbered(app).await?;
    let report = super::look(app).await?;
    let editions = report.editions.iter().map(|one| Alarm::Edition(one.edition, one.what));
    let found = editions.chain(report.accounts.iter().copied().map(Alarm::Account)).collect();
    tell(app, &found, since, |alarm| alarm != Alarm::Chain).await?;
    Ok(report)
}

/// Verifies the audit chain, and tells if it is broken.
pub async fn watch_chain(app: &App) -> Result<Chain, Error> {
    let since = numbered(app).await?;
    let report = crate::service::audit::verify(app).await?;
    let found = report.broken.iter().map(|_| Alarm::Chain).collect();
    tell(app, &found, since, |alarm| alarm == Alarm::Chain).await?;
    Ok(report)
}

async fn numbered(app: &App) -> Result<u64, Error> {
    Ok(audit::numbered(&app.db.read().await?).await?)
}

/// Tells of what was found and nobody knows, and writes down what is not there any more. Of others' news since the
/// look began this one knows nothing: it is left for the next.
async fn tell(app: &App, found: &BTreeSet<Alarm>, since: u64, mine: impl Fn(Alarm) -> bool) -> Result<(), Error> {
    let known = app.public.told.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let mut known = match known {
        Some(known) => known,
        None => told_before(&app.db.read().await?).await?,
    };
    let fresh: Vec<Alarm> = found.difference(&known).copied().take(SOME).collect();
    let gone: Vec<Alarm> = known.difference(found).copied().filter(|alarm| mine(*alarm)).take(SOME).collect();
    if !(fresh.is_empty() && gone.is_empty()) {
        let tx = app.db.write().await?;
        let mut change = Change::by(None, app.clock.now());
        let to = auditors(&tx).await?;
        for alarm in fresh {
            let last = last(&tx, alarm).await?;
            if last.as_ref().is_none_or(|entry| entry.draft.action == MENDED && entry.seq <= since) {
                change = raise(&tx, alarm, &to, app.clock.now(), change).await?;
            }
            if last.is_none_or(|entry| entry.seq <= since || entry.draft.action == FOUND) {
                known.insert(alarm);
            }
        }
        for alarm in gone {
            let last = last(&tx, alarm).await?;
            if last.as_ref().is_some_and(|entry| entry.draft.action == FOUND && entry.seq <= since) {
                let (kind, id) = alarm.subject();
                let event = Event { kind: EventType::Draft, article: None, locale: None };
                change = change.entry(MENDED, kind, id, json!({"what": alarm.what()})).emit(event);
            }
            if last.is_none_or(|entry| entry.seq <= since || entry.draft.action == MENDED) {
                known.remove(&alarm);
            }
        }
        if !change.is_empty() {
            tx.commit(change).await?;
        }
    }
    *app.public.told.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(known);
    Ok(())
}

/// Tells of one, in the transaction that writes down that it did.
async fn raise(tx: &WriteTx, alarm: Alarm, to: &[AccountId], at: Timestamp, change: Change) -> Result<Change, Error> {
    let edition = match alarm {
        Alarm::Edition(id, _) => edition::find_many(tx, [id]).await,
        _ => Ok(Vec::new()),
    };
    // An edition that cannot be read is told of without its name.
    let edition = match edition {
        Err(fault) if fault.is_corrupt() => None,
        edition => edition?.pop(),
    };
    let account = if let Alarm::Account(id) = alarm { Some(id.0) } else { None };
    let (article, locale) = (edition.as_ref().map(|it| it.article), edition.as_ref().map(|it| it.locale.clone()));
    let one = |to: &AccountId| Notification {
        id: NotificationId::new(),
        to: *to,
        kind: alarm.notice(),
        article,
        locale: locale.clone(),
        case: None,
        stage: None,
        about: account,
        at,
        read_at: None,
    };
    notification::insert(tx, &to.iter().map(one).collect::<Vec<_>>()).await?;
    let kind = match alarm {
        Alarm::Edition(_, what) if what.withholds() => EventType::Live,
        Alarm::Edition(..) | Alarm::Chain => EventType::Draft,
        Alarm::Account(_) => EventType::Account,
    };
    let (subject, id) = alarm.subject();
    let data = json!({"what": alarm.what(), "notice": alarm.notice().as_str(), "told": to.len()});
    Ok(change.entry(FOUND, subject, id, data).emit(Event { kind, article, locale }))
}

/// Who is told: everybody who may read the audit chain. Grants that cannot be read are nobody's.
async fn auditors(tx: &impl Tx) -> Result<Vec<AccountId>, Error> {
    let mut all = Vec::new();
    for (id, disabled) in account::standing(tx).await? {
        let grants = match account::grants(tx, id).await {
            Err(fault) if fault.is_corrupt() => continue,
            grants => grants?,
        };
        let one = Actor { id, grants, delegated: Vec::new() };
        if disabled != Some(true) && permit::<Audit>(&one, Scope::default()).is_some() {
            all.push(id);
        }
    }
    Ok(all)
}

/// The last that the chain says of an alarm.
async fn last(tx: &impl Tx, alarm: Alarm) -> Result<Option<Entry>, Error> {
    let (_, id) = alarm.subject();
    let mut entries = audit::about(tx, &id, FOUND).await?;
    entries.extend(audit::about(tx, &id, MENDED).await?);
    entries.retain(|entry| entry.is_whole() && Alarm::of(entry) == Some(alarm));
    Ok(entries.into_iter().max_by_key(|entry| entry.seq))
}

/// What people were told of and is not mended, as the chain says: what a process knows when it begins.
async fn told_before(tx: &impl Tx) -> Result<BTreeSet<Alarm>, Error> {
    let mut last = BTreeMap::new();
    for action in [FOUND, MENDED] {
        let mut after = 0;
        loop {
            let page = audit::of_action(tx, action, after, PAGE).await?;
            let Some(end) = page.last() else { break };
            after = end.0;
            for entry in page.into_iter().filter_map(|(_, entry)| entry).filter(Entry::is_whole) {
                let Some(alarm) = Alarm::of(&entry) else { continue };
                let newest = last.entry(alarm).or_insert((entry.seq, action));
                *newest = (*newest).max((entry.seq, action));
            }
        }
    }
    Ok(last.into_iter().filter(|(_, (_, action))| *action == FOUND).map(|(alarm, _)| alarm).collect())
}
