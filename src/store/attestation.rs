//! Attestations: that a translation still holds although its source changed.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{
    Fault, Tx, WriteTx,
    entity::{
        attestation::{ActiveModel, Column, Entity, Model},
        review_case,
    },
    fault::count,
    paging::newest_first,
};
use crate::{
    domain::workflow::CaseState,
    kernel::{AccountId, AttestationId, CaseId, Cursor, EditionId, Page, PageRequest, Timestamp},
};

/// An attestation; how it stands is how its case stands.
#[derive(Clone, Debug)]
pub struct Attestation {
    /// Its id.
    pub id: AttestationId,
    /// The translation.
    pub edition: EditionId,
    /// The number of the translation's revision that holds.
    pub target: u32,
    /// The number of the source's revision that it holds against.
    pub source: u32,
    /// The case in which that is decided.
    pub case: CaseId,
    /// Who attests it.
    pub by: AccountId,
    /// When.
    pub at: Timestamp,
}

impl TryFrom<Model> for Attestation {
    type Error = Fault;

    fn try_from(row: Model) -> Result<Self, Fault> {
        Ok(Self {
            id: AttestationId(row.id),
            edition: EditionId(row.edition_id),
            target: count("attestation", row.target_number)?,
            source: count("attestation", row.source_number)?,
            case: CaseId(row.case_id),
            by: AccountId(row.created_by),
            at: row.created_at.into(),
        })
    }
}

/// Adds an attestation.
pub async fn insert(tx: &WriteTx, one: &Attestation) -> Result<(), Fault> {
    let row = ActiveModel {
        id: Set(one.id.0),
        edition_id: Set(one.edition.0),
        target_number: Set(one.target.into()),
        source_number: Set(one.source.into()),
        case_id: Set(one.case.0),
        created_by: Set(one.by.0),
        created_at: Set(one.at.utc()),
    };
    Entity::insert(row).exec_without_returning(tx.conn()).await?;
    Ok(())
}

/// The attestation that a case decides.
pub async fn of_case(tx: &impl Tx, case: CaseId) -> Result<Option<Attestation>, Fault> {
    Entity::find().filter(Column::CaseId.eq(case.0)).one(tx.conn()).await?.map(Attestation::try_from).transpose()
}

/// Those of an edition whose cases stand so, oldest first.
pub async fn in_state(tx: &impl Tx, edition: EditionId, state: CaseState) -> Result<Vec<Attestation>, Fault> {
    let cases = review_case::Entity::find()
        .select_only()
        .column(review_case::Column::Id)
        .filter(review_case::Column::EditionId.eq(edition.0))
        .filter(review_case::Column::State.eq(state.as_str()));
    let query = Entity::find()
        .filter(Column::EditionId.eq(edition.0))
        .filter(Column::CaseId.in_subquery(sea_orm::QueryTrait::into_query(cases)))
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id);
    query.all(tx.conn()).await?.into_iter().map(Attestation::try_from).collect()
}

/// A page of an edition's attestations, newest first.
pub async fn page(tx: &impl Tx, edition: EditionId, wanted: PageRequest) -> Result<Page<Attestation>, Fault> {
    let query = Entity::find().filter(Column::EditionId.eq(edition.0));
    let query = newest_first(query, Column::CreatedAt, Column::Id, wanted);
    let rows = query.all(tx.conn()).await?.into_iter().map(Attestation::try_from).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(rows, wanted.limit, |one| Cursor { at: one.at, id: one.id.0 }))
}
