//! What a transaction did: audit entries and events, numbered and written in the same transaction.

use std::collections::BTreeMap;

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, sea_query::Expr};
use serde_json::Value;

use super::{
    Fault, Tx, WriteTx,
    bulk::insert_all,
    entity::{audit_entry, counter, feed_event, live_event},
    fault::parse,
};
use crate::{
    domain::{
        audit::{self, Draft},
        event::{Event, LiveEvent, LiveEventType},
    },
    kernel::{AccountId, Timestamp},
};

/// The audience of what everybody may read.
pub(super) const PUBLIC: &str = "public";

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
    let conn = tx.conn();
    let last = audit_entry::Entity::find().order_by_desc(audit_entry::Column::Seq).one(conn).await?;
    let mut walk = audit::Walk::default();
    if let Some(last) = last {
        let seq = u64::try_from(last.seq).map_err(|error| Fault::corrupt("audit_entry", error))?;
        walk = audit::Walk { seq, head: parse("audit_entry", &last.hash)? };
    }
    // The counter knows of entries that somebody has cut off: numbers are never given twice.
    let mut seq = next(tx, "audit", change.audit.len()).await?;
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

    let first = next(tx, "feed_event", change.events.len()).await?;
    let mut newest = first;
    let rows: Vec<_> = (first..)
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

    if !change.live.is_empty() {
        let first = next(tx, "live_event:public", change.live.len()).await?;
        let rows: Vec<_> = (first..).zip(change.live).map(|(seq, event)| live_row(seq, event)).collect();
        insert_all(tx, rows).await?;
    }
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

/// Takes so many numbers from a counter and gives the first. The write lock is held, so no two
/// transactions get the same and none is left out.
async fn next(tx: &WriteTx, name: &str, many: usize) -> Result<i64, Fault> {
    let many = i64::try_from(many).map_err(|error| Fault::corrupt("counter", error))?;
    // One statement: each is a way to the database's thread and back.
    let after = counter::Entity::update_many()
        .col_expr(counter::Column::Value, Expr::col(counter::Column::Value).add(many))
        .filter(counter::Column::Name.eq(name))
        .exec_with_returning(tx.conn())
        .await?;
    if let Some(row) = after.first() {
        return Ok(row.value - many + 1);
    }
    let first = counter::ActiveModel { name: Set(name.to_owned()), value: Set(many) };
    counter::Entity::insert(first).exec_without_returning(tx.conn()).await?;
    Ok(1)
}

/// The counters' values, for a doctor that compares them with the tables.
pub(super) async fn counters(tx: &impl Tx) -> Result<BTreeMap<String, i64>, Fault> {
    let rows = counter::Entity::find().all(tx.conn()).await?;
    Ok(rows.into_iter().map(|row| (row.name, row.value)).collect())
}
