//! Links to texts that are not published. The secret of a link is nowhere here, only its hash.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};

use super::{
    Fault, Tx, WriteTx,
    entity::preview::{ActiveModel, Column, Entity, Model},
    fault::{count, parse},
};
use crate::kernel::{AccountId, Cursor, Digest, EditionId, Page, PageRequest, PreviewId, RevisionId, Timestamp};

/// A link to one revision of an edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// Its id.
    pub id: PreviewId,
    /// The edition.
    pub edition: EditionId,
    /// The revision.
    pub revision: RevisionId,
    /// Its number.
    pub number: u32,
    /// The hash of its text.
    pub hash: Digest,
    /// The hash of the link's secret.
    pub secret: Digest,
    /// Who made it.
    pub by: AccountId,
    /// When.
    pub at: Timestamp,
    /// Until when it leads anywhere.
    pub expires_at: Timestamp,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
    /// The row's version.
    pub version: i64,
}

impl TryFrom<Model> for Preview {
    type Error = Fault;

    fn try_from(row: Model) -> Result<Self, Fault> {
        Ok(Self {
            id: PreviewId(row.id),
            edition: EditionId(row.edition_id),
            revision: RevisionId(row.revision_id),
            number: count("preview", row.revision_number)?,
            hash: parse("preview", &row.content_hash)?,
            secret: parse("preview", &row.secret_hash)?,
            by: AccountId(row.created_by),
            at: row.created_at.into(),
            expires_at: row.expires_at.into(),
            revoked_at: row.revoked_at.map(Into::into),
            version: row.version,
        })
    }
}

fn row(one: &Preview) -> ActiveModel {
    ActiveModel {
        id: Set(one.id.0),
        edition_id: Set(one.edition.0),
        revision_id: Set(one.revision.0),
        revision_number: Set(one.number.into()),
        content_hash: Set(one.hash.to_string()),
        secret_hash: Set(one.secret.to_string()),
        created_by: Set(one.by.0),
        created_at: Set(one.at.utc()),
        expires_at: Set(one.expires_at.utc()),
        revoked_at: Set(one.revoked_at.map(Timestamp::utc)),
        version: Set(one.version),
    }
}

/// Adds a link.
pub async fn insert(tx: &WriteTx, one: &Preview) -> Result<(), Fault> {
    Entity::insert(row(one)).exec_without_returning(tx.conn()).await?;
    Ok(())
}

/// Writes a link anew.
pub async fn update(tx: &WriteTx, one: &Preview) -> Result<(), Fault> {
    Entity::update(row(one)).exec(tx.conn()).await?;
    Ok(())
}

/// The link of an id.
pub async fn find(tx: &impl Tx, id: PreviewId) -> Result<Option<Preview>, Fault> {
    Entity::find_by_id(id.0).one(tx.conn()).await?.map(Preview::try_from).transpose()
}

/// A page of an edition's links, newest first.
pub async fn page(tx: &impl Tx, edition: EditionId, wanted: PageRequest) -> Result<Page<Preview>, Fault> {
    let query = Entity::find()
        .filter(Column::EditionId.eq(edition.0))
        .apply_if(wanted.after, |query, after| {
            let earlier = Condition::any()
                .add(Column::CreatedAt.lt(after.at.utc()))
                .add(Condition::all().add(Column::CreatedAt.eq(after.at.utc())).add(Column::Id.lt(after.id)));
            query.filter(Column::CreatedAt.lte(after.at.utc())).filter(earlier)
        })
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .limit(wanted.limit + 1);
    let found: Vec<Preview> =
        query.all(tx.conn()).await?.into_iter().map(Preview::try_from).collect::<Result<_, _>>()?;
    Ok(Page::cut(found, wanted.limit, |one| Cursor { at: one.at, id: one.id.0 }))
}
