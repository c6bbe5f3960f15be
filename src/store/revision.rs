//! Revisions, append-only: there is no way here to change or remove one.

use std::collections::HashMap;

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use serde_json::{Value, json as object};

use super::{
    Fault, Tx, WriteTx,
    bulk::{insert_all, some},
    entity::revision::{ActiveModel, Column, Entity, Model},
    fault::{count, json, parse},
};
use crate::{
    domain::{
        details::Details,
        revision::{ChangeClass, Revision, Shared, Text},
    },
    kernel::{AccountId, Code, EditionId, RevisionId},
};

fn shared_json(shared: &Shared) -> Value {
    object!({
        "kind": shared.kind.as_str(),
        "agency": shared.agency.as_str(),
        "topics": shared.topics.iter().map(Code::as_str).collect::<Vec<_>>(),
        "place": shared.place,
        "details": shared.details,
    })
}

fn shared(raw: &str) -> Result<Shared, Fault> {
    let mut value: Value = json("revision", raw)?;
    let text = |value: &Value| value.as_str().map(str::to_owned).ok_or_else(|| Fault::corrupt("revision", "shared"));
    let topics: Vec<String> =
        serde_json::from_value(value["topics"].take()).map_err(|error| Fault::corrupt("revision", error))?;
    Ok(Shared {
        kind: parse("revision", &text(&value["kind"])?)?,
        agency: parse("revision", &text(&value["agency"])?)?,
        topics: topics.iter().map(|code| parse("revision", code)).collect::<Result<_, _>>()?,
        place: value["place"].as_str().map(str::to_owned),
        details: serde_json::from_value(value["details"].take()).map_err(|error| Fault::corrupt("revision", error))?,
    })
}

impl TryFrom<Model> for Revision {
    type Error = Fault;

    fn try_from(row: Model) -> Result<Self, Fault> {
        Ok(Self {
            id: RevisionId(row.id),
            number: count("revision", row.number)?,
            text: Text {
                title: row.title,
                summary: row.summary,
                body: row.body,
                slug: parse("revision", &row.slug)?,
                details: row.details.map_or(Ok(Details::new()), |raw| json("revision", &raw))?,
            },
            shared: shared(&row.shared)?,
            hash: parse("revision", &row.content_hash)?,
            source_number: row.source_number.map(|number| count("revision", number)).transpose()?,
            change: parse("revision", &row.change_class)?,
            change_note: row.change_note,
            provenance: parse("revision", &row.provenance)?,
            by: AccountId(row.created_by),
            at: row.created_at.into(),
        })
    }
}

/// Adds a revision to an edition.
pub async fn insert(tx: &WriteTx, edition: EditionId, revision: &Revision) -> Result<(), Fault> {
    Entity::insert(row(edition, revision)).exec_without_returning(tx.conn()).await?;
    Ok(())
}

/// Adds revisions to their editions.
pub async fn insert_many(tx: &WriteTx, revisions: &[(EditionId, &Revision)]) -> Result<(), Fault> {
    insert_all(tx, revisions.iter().map(|(edition, revision)| row(*edition, revision))).await
}

fn row(edition: EditionId, revision: &Revision) -> ActiveModel {
    let own = &revision.text.details;
    ActiveModel {
        id: Set(revision.id.0),
        edition_id: Set(edition.0),
        number: Set(revision.number.into()),
        title: Set(revision.text.title.clone()),
        summary: Set(revision.text.summary.clone()),
        body: Set(revision.text.body.clone()),
        slug: Set(revision.text.slug.to_string()),
        details: Set((!own.is_empty()).then(|| Value::Object(own.clone()).to_string())),
        shared: Set(shared_json(&revision.shared).to_string()),
        content_hash: Set(revision.hash.to_string()),
        source_number: Set(revision.source_number.map(Into::into)),
        change_class: Set(revision.change.to_string()),
        change_note: Set(revision.change_note.clone()),
        provenance: Set(revision.provenance.to_string()),
        created_by: Set(revision.by.0),
        created_at: Set(revision.at.utc()),
    }
}

/// The revision of a number.
pub async fn find(tx: &impl Tx, edition: EditionId, number: u32) -> Result<Option<Revision>, Fault> {
    let query = Entity::find().filter(Column::EditionId.eq(edition.0)).filter(Column::Number.eq(number));
    query.one(tx.conn()).await?.map(Revision::try_from).transpose()
}

/// Up to `limit` revisions before a number (or the newest ones), newest first.
pub async fn before(tx: &impl Tx, edition: EditionId, number: Option<u32>, limit: u64) -> Result<Vec<Revision>, Fault> {
    let mut query = Entity::find().filter(Column::EditionId.eq(edition.0)).order_by_desc(Column::Number).limit(limit);
    if let Some(number) = number {
        query = query.filter(Column::Number.lt(number));
    }
    query.all(tx.conn()).await?.into_iter().map(Revision::try_from).collect()
}

/// The revisions of some numbers, by edition.
pub async fn find_many(tx: &impl Tx, wanted: &[(EditionId, u32)]) -> Result<HashMap<EditionId, Revision>, Fault> {
    Ok(find_each(tx, wanted).await?.into_iter().map(|((edition, _), one)| (edition, one)).collect())
}

/// The revisions of some numbers, of an edition as many as are named.
pub async fn find_each(
    tx: &impl Tx,
    wanted: &[(EditionId, u32)],
) -> Result<HashMap<(EditionId, u32), Revision>, Fault> {
    let mut found = HashMap::new();
    for some in wanted.chunks(200) {
        let mut any = sea_orm::Condition::any();
        for (edition, number) in some {
            let one = sea_orm::Condition::all().add(Column::EditionId.eq(edition.0)).add(Column::Number.eq(*number));
            any = any.add(one);
        }
        for row in Entity::find().filter(any).all(tx.conn()).await? {
            let (edition, one) = (EditionId(row.edition_id), Revision::try_from(row)?);
            found.insert((edition, one.number), one);
        }
    }
    Ok(found)
}

/// Numbers and classes of all revisions of some editions.
pub async fn classes(
    tx: &impl Tx,
    editions: impl IntoIterator<Item = EditionId>,
) -> Result<Vec<(EditionId, u32, ChangeClass)>, Fault> {
    let Some(editions) = some(editions.into_iter().map(|id| id.0)) else { return Ok(Vec::new()) };
    let rows: Vec<(uuid::Uuid, i64, String)> = Entity::find()
        .select_only()
        .columns([Column::EditionId, Column::Number, Column::ChangeClass])
        .filter(Column::EditionId.is_in(editions))
        .into_tuple()
        .all(tx.conn())
        .await?;
    rows.into_iter()
        .map(|(id, number, class)| Ok((EditionId(id), count("revision", number)?, parse("revision", &class)?)))
        .collect()
}

/// Everybody who saved a revision after one number up to another: the authors of that text.
pub async fn authors(
    tx: &impl Tx,
    edition: EditionId,
    after: u32,
    up_to: u32,
) -> Result<std::collections::HashSet<AccountId>, Fault> {
    let rows: Vec<uuid::Uuid> = Entity::find()
        .select_only()
        .column(Column::CreatedBy)
        .filter(Column::EditionId.eq(edition.0))
        .filter(Column::Number.gt(after))
        .filter(Column::Number.lte(up_to))
        .into_tuple()
        .all(tx.conn())
        .await?;
    Ok(rows.into_iter().map(AccountId).collect())
}

/// The editions of which there are revisions and nothing else.
pub async fn strays(tx: &impl Tx) -> Result<Vec<EditionId>, Fault> {
    let editions = super::entity::edition::Entity::find().select_only().column(super::entity::edition::Column::Id);
    let query = Entity::find().select_only().column(Column::EditionId).distinct();
    let query = query.filter(Column::EditionId.not_in_subquery(editions.into_query()));
    let ids: Vec<uuid::Uuid> = query.into_tuple().all(tx.conn()).await?;
    Ok(ids.into_iter().map(EditionId).collect())
}

/// Titles of the newest revisions of some editions, for lists.
pub async fn titles(tx: &impl Tx, newest: &[(EditionId, u32)]) -> Result<HashMap<EditionId, String>, Fault> {
    let mut any = sea_orm::Condition::any();
    for (edition, number) in newest {
        any = any.add(sea_orm::Condition::all().add(Column::EditionId.eq(edition.0)).add(Column::Number.eq(*number)));
    }
    if newest.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(uuid::Uuid, String)> = Entity::find()
        .select_only()
        .columns([Column::EditionId, Column::Title])
        .filter(any)
        .into_tuple()
        .all(tx.conn())
        .await?;
    Ok(rows.into_iter().map(|(id, title)| (EditionId(id), title)).collect())
}

/// The titles of some revisions, by edition and number.
pub async fn titles_of(
    tx: &impl Tx,
    ids: impl IntoIterator<Item = RevisionId>,
) -> Result<HashMap<(EditionId, u32), String>, Fault> {
    let Some(ids) = some(ids.into_iter().map(|id| id.0)) else { return Ok(HashMap::new()) };
    let rows: Vec<(uuid::Uuid, i64, String)> = Entity::find()
        .select_only()
        .columns([Column::EditionId, Column::Number, Column::Title])
        .filter(Column::Id.is_in(ids))
        .into_tuple()
        .all(tx.conn())
        .await?;
    rows.into_iter().map(|(id, number, title)| Ok(((EditionId(id), count("revision", number)?), title))).collect()
}

/// Whether the shared fields of some revision fulfil a condition that a code decides: an article
/// may have moved on while a text that can still be published, or was, carries the code.
pub async fn snapshot_names(tx: &impl Tx, names: impl Fn(&Shared) -> bool, code: &str) -> Result<bool, Fault> {
    let candidates: Vec<String> = Entity::find()
        .select_only()
        .column(Column::Shared)
        .distinct()
        .filter(Column::Shared.contains(format!("\"{code}\"")))
        .into_tuple()
        .all(tx.conn())
        .await?;
    for raw in candidates {
        if names(&shared(&raw)?) {
            return Ok(true);
        }
    }
    Ok(false)
}
