//! Under which topics tombstones are found: those of the text that was public last, and all that these are part of.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::{
    domain::revision::Filed,
    kernel::{Code, EditionId},
    store::{
        Fault, Tx, WriteTx,
        change::PUBLIC,
        entity::{live_tombstone, live_version},
    },
};

/// Topics as a tombstone holds them.
pub(super) fn listed(topics: &[Code]) -> Result<String, Fault> {
    let codes: Vec<&str> = topics.iter().map(Code::as_str).collect();
    serde_json::to_string(&codes).map_err(|error| Fault::corrupt("live_tombstone", error))
}

/// What was taken down and is found under a topic, with the topics that its text named.
pub async fn buried_under(tx: &impl Tx, topic: &Code) -> Result<Vec<(EditionId, Vec<Code>)>, Fault> {
    let stones = live_tombstone::Entity::find()
        .filter(live_tombstone::Column::Audience.eq(PUBLIC))
        // A list of codes as JSON; a code has no character that means something to LIKE.
        .filter(live_tombstone::Column::Topics.contains(format!("\"{topic}\"")))
        .all(tx.conn())
        .await?;
    let mut found = Vec::with_capacity(stones.len());
    for stone in stones {
        let last = live_version::Entity::find()
            .filter(live_version::Column::Audience.eq(PUBLIC))
            .filter(live_version::Column::EditionId.eq(stone.edition_id))
            .filter(live_version::Column::Content.is_not_null())
            .order_by_desc(live_version::Column::Sequence)
            .one(tx.conn())
            .await?;
        let Some(content) = last.and_then(|version| version.content) else { continue };
        let filed = Filed::of(&content).ok_or_else(|| Fault::corrupt("live_version", "no content"))?;
        found.push((EditionId(stone.edition_id), filed.topics));
    }
    Ok(found)
}

/// Writes anew under which topics a tombstone is found.
pub async fn rebury(tx: &WriteTx, edition: EditionId, topics: &[Code]) -> Result<(), Fault> {
    let row = live_tombstone::ActiveModel {
        audience: Set(PUBLIC.to_owned()),
        edition_id: Set(edition.0),
        topics: Set(listed(topics)?),
        ..Default::default()
    };
    live_tombstone::Entity::update(row).exec(tx.conn()).await?;
    Ok(())
}
