//! What a transaction did: audit entries and events, numbered and written in the same transaction.

use std::collections::BTreeMap;

use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{CaseStatement, Expr},
};
use serde_json::{Value, json};

use super::{
    Fault, Tx, WriteTx,
    bulk::insert_all,
    entity::{audit_entry, counter, feed_event, live_event},
    fault::parse,
};
use crate::{
    domain::{
        audit::{self, Draft},
        event::{Event, LiveEvent, LiveEventType, OF_SOURCE},
    },
    kernel::{AccountId, Timestamp},
};

/// The audience of what everybody may read.
pub(super) const PUBLIC: &str = "public";

/// The counter of audit entries.
const AUDIT: &str = "audit";
/// The counter of events inside.
const FEED_EVENT: &str = "feed_event";
/// The counter of what followers outside are told.
const LIVE_EVENT: &str = "live_event:public";

/// What a transaction did. It names at least one audit entry and one event, or it does not commit.
#[derive(Debug)]
pub struct Change {
    actor: Option<AccountId>,
    at: Timestamp,
    audit: Vec<Draft>,
    events: Vec<Event>,
    live: Vec<LiveEvent>,
}

impl Change {
    /// A change by a person, or by the system itself.
    pub fn by(actor: Option<AccountId>, at: Timestamp) -> Self {
        Self { actor, at, audit: Vec::new(), events: Vec::new(), live: Vec::new() }
    }

    /// With an audit entry: what was done, to what, and the ids and hashes that prove it.
    #[must_use]
    pub fn entry(mut self, action: &str, subject_type: &str, subject_id: impl std::fmt::Display, data: Value) -> Self {
        self.audit.push(Draft {
            at: self.at,
            actor: self.actor,
            action: action.to_owned(),
            subject_type: subject_type.to_owned(),
            subject_id: subject_id.to_string(),
            data,
        });
        self
    }

    /// With an event for caches and jobs.
    #[must_use]
    pub fn emit(mut self, event: Event) -> Self {
        self.events.push(event);
        self
    }

    /// With events for followers outside.
    #[must_use]
    pub fn announce(mut self, events: impl IntoIterator<Item = LiveEvent>) -> Self {
        self.live.extend(events);
        self
    }

    /// Without the news of editions that they became stale, where newer news of them follows.
    #[must_use]
    pub fn without_overtaken(mut self) -> Self {
        let all = std::mem::take(&mut self.live);
        for (place, event) in all.iter().enumerate() {
            let overtaken = all[place + 1..].iter().any(|later| later.edition == event.edition);
            if event.kind != LiveEventType::Stale || !overtaken {
                self.live.push(event.clone());
            }
        }
        self
    }

    /// With an entry for what is told of a translation because of its source: no act of its own would be missed if
    /// somebody took it from the public sequence.
    fn with_news_of_sources(mut self) -> Self {
        let news: Vec<_> = self.live.iter().filter(|event| OF_SOURCE.contains(&event.kind)).cloned().collect();
        for event in news {
            let data = json!({"version": event.version, "at": event.at.exact()});
            self = self.entry(event.kind.told_as(), "edition", event.edition, data);
        }
        self
    }

    /// Whether nothing was done.
    pub fn is_empty(&self) -> bool {
        self.audit.is_empty()
    }

    /// The moment of the newest event for followers outside, if there is one.
    pub(super) fn announced(&self) -> Option<Timestamp> {
        self.live.iter().map(|event| event.at).max()
    }
}

/// Writes it all and gives the number of the newest event.
pub(super) async fn write(tx: &WriteTx, change: Change) -> Result<i64, Fault> {
    if change.audit.is_empty() || change.events.is_empty() {
        return Err(Fault::Setup("a change without an audit entry or an event".to_owned()));
    }
    let change = change.with_news_of_sources();
    let conn = tx.conn();
    let last: Option<(i64, String)> = audit_entry::Entity::find()
        .select_only()
        .columns([audit_entry::Column::Seq, audit_entry::Column::Hash])
        .order_by_desc(audit_entry::Column::Seq)
        .into_tuple()
        .one(conn)
        .await?;
    let mut walk = audit::Walk::default();
    if let Some((seq, hash)) = last {
        let seq = u64::try_from(seq).map_err(|error| Fault::corrupt("audit_entry", error))?;
        walk = audit::Walk { seq, head: parse("audit_entry", &hash)? };
    }
    // The counter knows of entries that somebody has cut off: numbers are never given twice.
    let wanted = [(AUDIT, change.audit.len()), (FEED_EVENT, change.events.len()), (LIVE_EVENT, change.live.len())];
    let [mut seq, first_event, first_live] = next(tx, wanted).await?;
    let mut rows = Vec::with_capacity(change.audit.len());
    for draft in change.audit {
        let number = u64::try_from(seq).map_err(|error| Fault::corrupt("counter", error))?;
        let entry = audit::chain(number, draft, walk.head);
        walk = audit::Walk { seq: number, head: entry.hash };
        rows.push(audit_entry::ActiveModel {
            seq: Set(seq),
            at: Set(entry.draft.at.utc()),
            actor_id: Set(entry.draft.actor.map(|id| id.0)),
            action: Set(entry.draft.action),
            subject_type: Set(entry.draft.subject_type),
            subject_id: Set(entry.draft.subject_id),
            data: Set(entry.draft.data.to_string()),
            prev: Set(entry.prev.to_string()),
            hash: Set(entry.hash.to_string()),
        });
        seq += 1;
    }
    insert_all(tx, rows).await?;

    let mut newest = first_event;
    let rows: Vec<_> = (first_event..)
        .zip(change.events)
        .map(|(seq, event)| {
            newest = seq;
            feed_event::ActiveModel {
                seq: Set(seq),
                kind: Set(event.kind.to_string()),
                article_id: Set(event.article.map(|id| id.0)),
                locale: Set(event.locale.map(|tag| tag.to_string())),
                at: Set(change.at.utc()),
            }
        })
        .collect();
    insert_all(tx, rows).await?;

    insert_all(tx, (first_live..).zip(change.live).map(|(seq, event)| live_row(seq, event))).await?;
    Ok(newest)
}

fn live_row(seq: i64, event: LiveEvent) -> live_event::ActiveModel {
    live_event::ActiveModel {
        audience: Set(PUBLIC.to_owned()),
        seq: Set(seq),
        kind: Set(event.kind.to_string()),
        article_id: Set(event.article.0),
        edition_id: Set(event.edition.0),
        locale: Set(event.locale.to_string()),
        guid: Set(event.guid),
        version: Set(event.version.into()),
        at: Set(event.at.utc()),
        note: Set(event.note),
    }
}

/// Takes so many numbers from each counter and gives the first of each. The write lock is held, so no two
/// transactions get the same and none is left out.
async fn next<const N: usize>(tx: &WriteTx, wanted: [(&str, usize); N]) -> Result<[i64; N], Fault> {
    let mut more = CaseStatement::new();
    let mut asked = Vec::with_capacity(N);
    for (name, many) in wanted {
        let many = i64::try_from(many).map_err(|error| Fault::corrupt("counter", error))?;
        if many > 0 {
            more = more.case(counter::Column::Name.eq(name), many);
            asked.push(name);
        }
    }
    // One statement: each is a way to the database's thread and back.
    let after = counter::Entity::update_many()
        .col_expr(counter::Column::Value, Expr::col(counter::Column::Value).add(more.finally(0_i64)))
        .filter(counter::Column::Name.is_in(asked))
        .exec_with_returning(tx.conn())
        .await?;
    let mut first = [1; N];
    for (place, (name, many)) in wanted.into_iter().enumerate() {
        let many = i64::try_from(many).map_err(|error| Fault::corrupt("counter", error))?;
        if let Some(row) = after.iter().find(|row| row.name == name) {
            first[place] = row.value - many + 1;
        } else if many > 0 {
            let new = counter::ActiveModel { name: Set(name.to_owned()), value: Set(many) };
            counter::Entity::insert(new).exec_without_returning(tx.conn()).await?;
        }
    }
    Ok(first)
}

/// The counters' values, for a doctor that compares them with the tables.
pub(super) async fn counters(tx: &impl Tx) -> Result<BTreeMap<String, i64>, Fault> {
    let rows = counter::Entity::find().all(tx.conn()).await?;
    Ok(rows.into_iter().map(|row| (row.name, row.value)).collect())
}
