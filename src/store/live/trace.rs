//! What an edition leaves in the live store beside its item: addresses, versions, events, a tombstone.
//! Read by the sweep, which compares it with what was signed.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::{
    domain::{address::Address, event::LiveEventType},
    kernel::{ArticleId, EditionId, Timestamp},
    store::{
        Fault, Tx,
        change::PUBLIC,
        entity::{live_address, live_event, live_item, live_slug, live_tombstone, live_topic, live_version},
        fault::{count, json, parse},
        import,
    },
};

/// One act's bytes as they are kept for anyone to check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The article.
    pub article: ArticleId,
    /// The language.
    pub locale: String,
    /// The version.
    pub version: u32,
    /// The canonical content, where the act made a version.
    pub content: Option<String>,
    /// The canonical envelope.
    pub envelope: String,
    /// The signature over it.
    pub signature: String,
}

/// An event as it was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What happened.
    pub kind: LiveEventType,
    /// The article.
    pub article: ArticleId,
    /// The language.
    pub locale: String,
    /// The guid.
    pub guid: String,
    /// The version.
    pub version: u32,
    /// When.
    pub at: Timestamp,
    /// The note.
    pub note: String,
}

/// A tombstone as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stone {
    /// The article.
    pub article: ArticleId,
    /// The language.
    pub locale: String,
    /// The slug.
    pub slug: String,
    /// The kind.
    pub kind: String,
    /// The agency.
    pub agency: String,
    /// The topics and all that they are part of.
    pub topics: Vec<String>,
    /// The canonical envelope.
    pub envelope: String,
    /// The signature over it.
    pub signature: String,
    /// First publication.
    pub published_at: Timestamp,
    /// When it was taken down.
    pub at: Timestamp,
}

/// A place in the list of a topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The language of the list.
    pub locale: String,
    /// First publication.
    pub published_at: Timestamp,
}

/// All of it.
#[derive(Clone, Debug)]
pub struct Trace {
    /// The addresses that lead to the edition.
    pub slugs: BTreeSet<String>,
    /// The signatures of the addresses of another time that lead to it.
    pub led: BTreeMap<String, String>,
    /// The addresses of another time that it was brought with.
    pub brought: Vec<Address>,
    /// Its acts by their place.
    pub kept: BTreeMap<i64, Kept>,
    /// Its events, first to last.
    pub told: Vec<Told>,
    /// Its places in the lists of topics.
    pub listed: Vec<Listed>,
    /// Its tombstone.
    pub stone: Option<Stone>,
}

/// What an edition left.
pub async fn trace(tx: &impl Tx, edition: EditionId, locale: &str) -> Result<Trace, Fault> {
    let conn = tx.conn();
    let slugs = live_slug::Entity::find()
        .filter(live_slug::Column::Audience.eq(PUBLIC))
        .filter(live_slug::Column::EditionId.eq(edition.0))
        .filter(live_slug::Column::Locale.eq(locale))
        .all(conn)
        .await?;
    let led = live_address::Entity::find()
        .filter(live_address::Column::Audience.eq(PUBLIC))
        .filter(live_address::Column::EditionId.eq(edition.0))
        .all(conn)
        .await?;
    let brought = import::addresses_of(tx, &[edition]).await?;
    let kept = live_version::Entity::find()
        .filter(live_version::Column::Audience.eq(PUBLIC))
        .filter(live_version::Column::EditionId.eq(edition.0))
        .all(conn)
        .await?;
    let told = live_event::Entity::find()
        .filter(live_event::Column::Audience.eq(PUBLIC))
        .filter(live_event::Column::EditionId.eq(edition.0))
        .order_by_asc(live_event::Column::Seq)
        .all(conn)
        .await?;
    let listed = live_topic::Entity::find()
        .filter(live_topic::Column::Audience.eq(PUBLIC))
        .filter(live_topic::Column::EditionId.eq(edition.0))
        .all(conn)
        .await?;
    let stone = live_tombstone::Entity::find_by_id((PUBLIC.to_owned(), edition.0)).one(conn).await?;
    Ok(Trace {
        slugs: slugs.into_iter().map(|row| row.slug).collect(),
        led: led.into_iter().map(|row| (row.path, row.signature)).collect(),
        brought: brought.into_iter().map(|(_, address)| address).collect(),
        kept: kept.into_iter().map(|row| Ok((row.sequence, kept_one(row)?))).collect::<Result<_, Fault>>()?,
        told: told.into_iter().map(told_one).collect::<Result<_, _>>()?,
        listed: listed
            .into_iter()
            .map(|row| Listed { locale: row.locale, published_at: row.published_at.into() })
            .collect(),
        stone: stone.map(stone_one).transpose()?,
    })
}

fn stone_one(row: live_tombstone::Model) -> Result<Stone, Fault> {
    Ok(Stone {
        article: ArticleId(row.article_id),
        locale: row.locale,
        slug: row.slug,
        kind: row.kind,
        agency: row.agency_code,
        topics: json("live_tombstone", &row.topics)?,
        envelope: row.envelope,
        signature: row.signature,
        published_at: row.published_at.into(),
        at: row.at.into(),
    })
}

fn kept_one(row: live_version::Model) -> Result<Kept, Fault> {
    Ok(Kept {
        article: ArticleId(row.article_id),
        locale: row.locale,
        version: count("live_version", row.version)?,
        content: row.content,
        envelope: row.envelope,
        signature: row.signature,
    })
}

fn told_one(row: live_event::Model) -> Result<Told, Fault> {
    Ok(Told {
        kind: parse("live_event", &row.kind)?,
        article: ArticleId(row.article_id),
        locale: row.locale,
        guid: row.guid,
        version: count("live_event", row.version)?,
        at: row.at.into(),
        note: row.note,
    })
}

/// Every edition that has left anything in the live store, whatever it is.
pub async fn traced(tx: &impl Tx) -> Result<BTreeSet<EditionId>, Fault> {
    let mut all: BTreeSet<EditionId> = BTreeSet::new();
    macro_rules! editions_in {
        ($($table:ident),+) => {$(
            let query = $table::Entity::find().select_only().column($table::Column::EditionId).distinct();
            let rows: Vec<Uuid> = query.into_tuple().all(tx.conn()).await?;
            all.extend(rows.into_iter().map(EditionId));
        )+};
    }
    editions_in!(live_item, live_topic, live_slug, live_version, live_event, live_tombstone);
    Ok(all)
}
