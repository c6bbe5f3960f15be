//! Suggestions of another wording.

use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};

use super::{
    Fault, Tx, WriteTx,
    case::{behalf, place_number, place_of},
    entity::suggestion::{ActiveModel, Column, Entity, Model},
    fault::{count, parse},
    paging::newest_first,
};
use crate::{
    domain::{suggestion::State, workflow::Behalf},
    kernel::{AccountId, CaseId, Cursor, Digest, EditionId, Page, PageRequest, SuggestionId, Timestamp},
};

/// A suggestion.
#[derive(Clone, Debug)]
pub struct Suggestion {
    /// Its id.
    pub id: SuggestionId,
    /// The edition.
    pub edition: EditionId,
    /// The number of the revision that it was made on.
    pub number: u32,
    /// That revision's hash.
    pub hash: Digest,
    /// The key of the segment.
    pub segment: String,
    /// What the segment said, coded.
    pub before: String,
    /// What it is to say, coded.
    pub after: String,
    /// Why.
    pub comment: String,
    /// Who suggests it.
    pub by: AccountId,
    /// For whom, where it is a delegate.
    pub behalf: Option<Behalf>,
    /// The case in which it was made, and the stage at which its maker could decide there.
    pub made_at: Option<(CaseId, usize)>,
    /// When.
    pub at: Timestamp,
    /// How it stands.
    pub state: State,
    /// What was answered.
    pub answer: String,
    /// Who answered, and when.
    pub answered: Option<(AccountId, Timestamp)>,
    /// The number of the revision that took it.
    pub made: Option<u32>,
}

impl TryFrom<Model> for Suggestion {
    type Error = Fault;

    fn try_from(row: Model) -> Result<Self, Fault> {
        Ok(Self {
            id: SuggestionId(row.id),
            edition: EditionId(row.edition_id),
            number: count("suggestion", row.revision_number)?,
            hash: parse("suggestion", &row.content_hash)?,
            segment: row.segment,
            before: row.before,
            after: row.after,
            comment: row.comment,
            by: AccountId(row.created_by),
            behalf: behalf("suggestion", row.on_behalf_of, row.delegation_id)?,
            made_at: match (row.case_id, row.stage) {
                (Some(case), Some(stage)) => Some((CaseId(case), place_of(stage)?)),
                (None, None) => None,
                _ => return Err(Fault::corrupt("suggestion", "a stage of no case")),
            },
            at: row.created_at.into(),
            state: parse("suggestion", &row.state)?,
            answer: row.answer,
            answered: row.answered_by.map(AccountId).zip(row.answered_at.map(Into::into)),
            made: row.made_number.map(|number| count("suggestion", number)).transpose()?,
        })
    }
}

/// Adds a suggestion.
pub async fn insert(tx: &WriteTx, one: &Suggestion) -> Result<(), Fault> {
    let row = ActiveModel {
        id: Set(one.id.0),
        edition_id: Set(one.edition.0),
        revision_number: Set(one.number.into()),
        content_hash: Set(one.hash.to_string()),
        segment: Set(one.segment.clone()),
        before: Set(one.before.clone()),
        after: Set(one.after.clone()),
        comment: Set(one.comment.clone()),
        created_by: Set(one.by.0),
        created_at: Set(one.at.utc()),
        state: Set(one.state.to_string()),
        answer: Set(one.answer.clone()),
        answered_by: Set(one.answered.map(|(by, _)| by.0)),
        answered_at: Set(one.answered.map(|(_, at)| at.utc())),
        made_number: Set(one.made.map(Into::into)),
        case_id: Set(one.made_at.map(|(case, _)| case.0)),
        stage: Set(one.made_at.map(|(_, stage)| place_number(stage)).transpose()?),
        on_behalf_of: Set(one.behalf.map(|behalf| behalf.of.0)),
        delegation_id: Set(one.behalf.map(|behalf| behalf.by.0)),
    };
    Entity::insert(row).exec_without_returning(tx.conn()).await?;
    Ok(())
}

/// Writes the answer to a suggestion.
pub async fn answer(tx: &WriteTx, one: &Suggestion) -> Result<(), Fault> {
    Entity::update_many()
        .col_expr(Column::State, Expr::value(one.state.as_str()))
        .col_expr(Column::Answer, Expr::value(one.answer.as_str()))
        .col_expr(Column::AnsweredBy, Expr::value(one.answered.map(|(by, _)| by.0)))
        .col_expr(Column::AnsweredAt, Expr::value(one.answered.map(|(_, at)| at.utc())))
        .col_expr(Column::MadeNumber, Expr::value(one.made.map(i64::from)))
        .filter(Column::Id.eq(one.id.0))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// The suggestion of an id, if it is about this edition.
pub async fn find(tx: &impl Tx, edition: EditionId, id: SuggestionId) -> Result<Option<Suggestion>, Fault> {
    let query = Entity::find_by_id(id.0).filter(Column::EditionId.eq(edition.0));
    query.one(tx.conn()).await?.map(Suggestion::try_from).transpose()
}

/// A page of an edition's suggestions, newest first.
pub async fn page(
    tx: &impl Tx,
    edition: EditionId,
    state: Option<State>,
    wanted: PageRequest,
) -> Result<Page<Suggestion>, Fault> {
    let mut query = Entity::find().filter(Column::EditionId.eq(edition.0));
    if let Some(state) = state {
        query = query.filter(Column::State.eq(state.as_str()));
    }
    query = newest_first(query, Column::CreatedAt, Column::Id, wanted);
    let rows = query.all(tx.conn()).await?.into_iter().map(Suggestion::try_from).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(rows, wanted.limit, |one| Cursor { at: one.at, id: one.id.0 }))
}

/// The accepted suggestions that became revisions of some editions, of each after one number up to another, in their
/// order.
pub async fn taken(tx: &impl Tx, of: &[(EditionId, u32, u32)]) -> Result<Vec<Suggestion>, Fault> {
    let one = |(edition, after, up_to): &(EditionId, u32, u32)| {
        Condition::all()
            .add(Column::EditionId.eq(edition.0))
            .add(Column::MadeNumber.gt(*after))
            .add(Column::MadeNumber.lte(*up_to))
    };
    let any = of.iter().map(one).fold(Condition::any(), Condition::add);
    let query = Entity::find()
        .filter(any)
        .filter(Column::State.eq(State::Accepted.as_str()))
        .order_by_asc(Column::MadeNumber)
        .order_by_asc(Column::Id);
    query.all(tx.conn()).await?.into_iter().map(Suggestion::try_from).collect()
}
