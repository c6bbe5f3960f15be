//! Publications, append-only and chained per edition, and the slugs they claim for ever.

use std::collections::HashMap;

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{
    Fault, Tx, WriteTx,
    bulk::{insert_all, some},
    entity::{
        publication::{ActiveModel, Column, Entity, Model},
        slug_claim,
    },
    fault::{count, parse},
};
use crate::{
    domain::publication::{Act, Reason},
    kernel::{AccountId, CaseId, Digest, EditionId, LocaleTag, PublicationId, RevisionId, Slug, Timestamp},
};

/// One act of publication, signed.
#[derive(Clone, Debug)]
pub struct Publication {
    /// Its id.
    pub id: PublicationId,
    /// The edition.
    pub edition: EditionId,
    /// Its place in the edition's chain, from 1.
    pub sequence: u32,
    /// The version that is public by it, or was last.
    pub version: u32,
    /// The act.
    pub act: Act,
    /// The revision that it is about.
    pub revision: RevisionId,
    /// That revision's number.
    pub number: u32,
    /// The case that allowed it.
    pub case: Option<CaseId>,
    /// Why, for taking down.
    pub reason: Option<Reason>,
    /// The public note.
    pub note: String,
    /// The hash of the text.
    pub content_hash: Digest,
    /// The canonical envelope.
    pub envelope: String,
    /// The detached signature over it.
    pub signature: String,
    /// The envelope's hash.
    pub envelope_hash: Digest,
    /// The key that signed.
    pub kid: String,
    /// Who did it.
    pub by: AccountId,
    /// When.
    pub at: Timestamp,
}

impl TryFrom<Model> for Publication {
    type Error = Fault;

    fn try_from(row: Model) -> Result<Self, Fault> {
        Ok(Self {
            id: PublicationId(row.id),
            edition: EditionId(row.edition_id),
            sequence: count("publication", row.sequence)?,
            version: count("publication", row.version)?,
            act: parse("publication", &row.kind)?,
            revision: RevisionId(row.revision_id),
            number: count("publication", row.revision_number)?,
            case: row.case_id.map(CaseId),
            reason: row.reason.map(|raw| parse("publication", &raw)).transpose()?,
            note: row.note,
            content_hash: parse("publication", &row.content_hash)?,
            envelope: row.envelope,
            signature: row.signature,
            envelope_hash: parse("publication", &row.envelope_hash)?,
            kid: row.kid,
            by: AccountId(row.created_by),
            at: row.created_at.into(),
        })
    }
}

/// An edition's publications, first to last.
pub async fn chain(tx: &impl Tx, edition: EditionId) -> Result<Vec<Publication>, Fault> {
    let rows =
        Entity::find().filter(Column::EditionId.eq(edition.0)).order_by_asc(Column::Sequence).all(tx.conn()).await?;
    rows.into_iter().map(Publication::try_from).collect()
}

/// The publications of some editions, those of each first to last.
pub async fn chains(tx: &impl Tx, editions: &[EditionId]) -> Result<HashMap<EditionId, Vec<Publication>>, Fault> {
    let mut found: HashMap<EditionId, Vec<Publication>> = HashMap::new();
    for some in editions.chunks(500) {
        let query =
            Entity::find().filter(Column::EditionId.is_in(some.iter().map(|id| id.0))).order_by_asc(Column::Sequence);
        for row in query.all(tx.conn()).await? {
            found.entry(EditionId(row.edition_id)).or_default().push(Publication::try_from(row)?);
        }
    }
    Ok(found)
}

/// The publications of some ids.
pub async fn find_many(tx: &impl Tx, ids: impl IntoIterator<Item = PublicationId>) -> Result<Vec<Publication>, Fault> {
    let Some(ids) = some(ids.into_iter().map(|id| id.0)) else { return Ok(Vec::new()) };
    let rows = Entity::find().filter(Column::Id.is_in(ids)).all(tx.conn()).await?;
    rows.into_iter().map(Publication::try_from).collect()
}

/// Adds a publication.
pub async fn insert(tx: &WriteTx, one: &Publication) -> Result<(), Fault> {
    insert_all(tx, [row(one)]).await
}

/// Adds publications.
pub async fn insert_many(tx: &WriteTx, all: &[&Publication]) -> Result<(), Fault> {
    insert_all(tx, all.iter().map(|one| row(one))).await
}

fn row(one: &Publication) -> ActiveModel {
    ActiveModel {
        id: Set(one.id.0),
        edition_id: Set(one.edition.0),
        sequence: Set(one.sequence.into()),
        version: Set(one.version.into()),
        kind: Set(one.act.to_string()),
        revision_id: Set(one.revision.0),
        revision_number: Set(one.number.into()),
        case_id: Set(one.case.map(|id| id.0)),
        reason: Set(one.reason.map(|reason| reason.to_string())),
        note: Set(one.note.clone()),
        content_hash: Set(one.content_hash.to_string()),
        envelope: Set(one.envelope.clone()),
        signature: Set(one.signature.clone()),
        envelope_hash: Set(one.envelope_hash.to_string()),
        kid: Set(one.kid.clone()),
        created_by: Set(one.by.0),
        created_at: Set(one.at.utc()),
    }
}

/// The keys that signed anything so far.
pub async fn kids(tx: &impl Tx) -> Result<Vec<String>, Fault> {
    Ok(Entity::find().select_only().column(Column::Kid).distinct().into_tuple().all(tx.conn()).await?)
}

/// The edition that a slug belongs to, for ever.
pub async fn claimant(tx: &impl Tx, locale: &LocaleTag, slug: &Slug) -> Result<Option<EditionId>, Fault> {
    let row = slug_claim::Entity::find_by_id((locale.to_string(), slug.to_string())).one(tx.conn()).await?;
    Ok(row.map(|row| EditionId(row.edition_id)))
}

/// Which of some slugs are claimed in a locale.
pub async fn claimed(tx: &impl Tx, locale: &LocaleTag, slugs: &[&Slug]) -> Result<Vec<Slug>, Fault> {
    let mut found = Vec::new();
    for some in slugs.chunks(500) {
        let query = slug_claim::Entity::find()
            .filter(slug_claim::Column::Locale.eq(locale.as_str()))
            .filter(slug_claim::Column::Slug.is_in(some.iter().map(|slug| slug.as_str())));
        for row in query.all(tx.conn()).await? {
            found.push(parse("slug_claim", &row.slug)?);
        }
    }
    Ok(found)
}

/// The claims of some editions.
pub async fn claims_of(tx: &impl Tx, editions: &[EditionId]) -> Result<Vec<(EditionId, LocaleTag, Slug)>, Fault> {
    let query = slug_claim::Entity::find()
        .filter(slug_claim::Column::EditionId.is_in(editions.iter().map(|id| id.0)))
        .order_by_asc(slug_claim::Column::Slug);
    let rows = query.all(tx.conn()).await?;
    rows.into_iter()
        .map(|row| Ok((EditionId(row.edition_id), parse("slug_claim", &row.locale)?, parse("slug_claim", &row.slug)?)))
        .collect()
}

/// Claims slugs that nobody has.
pub async fn claim_many(tx: &WriteTx, all: &[(&LocaleTag, &Slug, EditionId)], at: Timestamp) -> Result<(), Fault> {
    let row = |(locale, slug, edition): &(&LocaleTag, &Slug, EditionId)| slug_claim::ActiveModel {
        locale: Set(locale.to_string()),
        slug: Set(slug.to_string()),
        edition_id: Set(edition.0),
        claimed_at: Set(at.utc()),
    };
    insert_all(tx, all.iter().map(row)).await
}

/// Claims a slug that nobody has.
pub async fn claim(
    tx: &WriteTx,
    locale: &LocaleTag,
    slug: &Slug,
    edition: EditionId,
    at: Timestamp,
) -> Result<(), Fault> {
    let row = slug_claim::ActiveModel {
        locale: Set(locale.to_string()),
        slug: Set(slug.to_string()),
        edition_id: Set(edition.0),
        claimed_at: Set(at.utc()),
    };
    slug_claim::Entity::insert(row).exec_without_returning(tx.conn()).await?;
    Ok(())
}
