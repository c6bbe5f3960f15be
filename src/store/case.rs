//! Review cases and their decisions.

mod carry;
mod public;

use std::collections::{BTreeMap, HashMap};

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};
use serde_json::{Value, json as object};

use super::{
    Fault, Tx, WriteTx, account,
    bulk::{insert_all, some},
    entity::{case_assignment, decision, review_case},
    fault::{count, json, parse},
    paging::newest_first,
};
use crate::{
    domain::workflow::{Behalf, Carry, Case, CaseState, Decision, Format, Sensitivity, Stage, Waiver, Workflow},
    kernel::{
        AccountId, CaseId, Cursor, DecisionId, DelegationId, EditionId, Page, PageRequest, RevisionId, Timestamp,
    },
};

pub(super) use carry::of_rows as carried_by;

/// Stages as they are kept; what cases of before say nothing of is as it was then.
pub(super) fn stages(table: &'static str, raw: &str) -> Result<Vec<Stage>, Fault> {
    let values: Vec<Value> = json(table, raw)?;
    let bad = || Fault::corrupt(table, "stages");
    let small = |value: &Value| value.as_u64().and_then(|n| u32::try_from(n).ok());
    (0..)
        .zip(&values)
        .map(|(place, value)| {
            Ok(Stage {
                name: value["name"].as_str().ok_or_else(bad)?.to_owned(),
                role: parse(table, value["role"].as_str().ok_or_else(bad)?)?,
                approvals: small(&value["approvals"]).filter(|n| *n > 0).ok_or_else(bad)?,
                group: if value["group"].is_null() { place } else { small(&value["group"]).ok_or_else(bad)? },
                deadline_hours: small(&value["deadline_hours"]),
                after: value["after"] == true,
            })
        })
        .collect()
}

pub(super) fn stages_text(stages: &[Stage]) -> String {
    Value::Array(stages.iter().map(Stage::to_json).collect()).to_string()
}

fn waivers(raw: Option<String>) -> Result<Vec<Waiver>, Fault> {
    let Some(raw) = raw else { return Ok(Vec::new()) };
    let values: Vec<Value> = json("decision", &raw)?;
    let text = |value: &Value| value.as_str().map(str::to_owned).ok_or_else(|| Fault::corrupt("decision", "waivers"));
    values.iter().map(|one| Ok(Waiver { code: text(&one["code"])?, reason: text(&one["reason"])? })).collect()
}

/// For whom a delegate did something.
pub(super) fn behalf(
    table: &'static str,
    of: Option<uuid::Uuid>,
    by: Option<uuid::Uuid>,
) -> Result<Option<Behalf>, Fault> {
    match (of, by) {
        (Some(of), Some(by)) => Ok(Some(Behalf { of: AccountId(of), by: DelegationId(by) })),
        (None, None) => Ok(None),
        _ => Err(Fault::corrupt(table, "half a delegation")),
    }
}

fn decision(row: decision::Model) -> Result<Decision, Fault> {
    Ok(Decision {
        id: DecisionId(row.id),
        stage: place_of(row.stage)?,
        by: AccountId(row.account_id),
        behalf: behalf("decision", row.on_behalf_of, row.delegation_id)?,
        verdict: parse("decision", &row.verdict)?,
        hash: parse("decision", &row.content_hash)?,
        comment: row.comment,
        waivers: waivers(row.waivers)?,
        at: row.decided_at.into(),
    })
}

fn case(
    row: review_case::Model,
    (decisions, carry): (Vec<Decision>, Option<Carry>),
    assigned: BTreeMap<usize, AccountId>,
    names: &HashMap<AccountId, String>,
) -> Result<Case, Fault> {
    let people = decisions.iter().flat_map(Decision::people).chain(assigned.values().copied());
    let people = people.chain(carry.iter().flat_map(Carry::people));
    let people = people.chain([AccountId(row.opened_by)]);
    let names = people.filter_map(|id| Some((id, names.get(&id)?.clone()))).collect();
    if carry.is_none() && (row.carry_case_id.is_some() || row.carry_stage.is_some()) {
        return Err(Fault::corrupt("review_case", "what is taken over without a format for it"));
    }
    Ok(Case {
        id: CaseId(row.id),
        edition: EditionId(row.edition_id),
        revision: RevisionId(row.revision_id),
        number: count("review_case", row.revision_number)?,
        hash: parse("review_case", &row.content_hash)?,
        workflow: Workflow {
            code: row.workflow,
            version: count("review_case", row.workflow_version)?,
            stages: stages("review_case", &row.stages)?,
        },
        format: match row.approval_format {
            None | Some(1) => Format::V1,
            Some(2) => Format::V2,
            Some(carry::FORMAT) => Format::V3,
            Some(other) => return Err(Fault::corrupt("review_case", format!("approval format {other}"))),
        },
        sensitivity: row.sensitivity.map_or(Ok(Sensitivity::Normal), |raw| parse("review_case", &raw))?,
        urgent: row.urgent == Some(true),
        state: parse("review_case", &row.state)?,
        comment: row.comment,
        opened_by: AccountId(row.opened_by),
        opened_at: row.opened_at.into(),
        closed_at: row.closed_at.map(Into::into),
        assigned,
        decisions,
        carry,
        public_since: None,
        names,
    })
}

pub(super) fn place_of(stage: i64) -> Result<usize, Fault> {
    usize::try_from(stage).map_err(|error| Fault::corrupt("decision", error))
}

pub(super) fn place_number(stage: usize) -> Result<i64, Fault> {
    i64::try_from(stage).map_err(|error| Fault::corrupt("decision", error))
}

/// The cases of some ids, with their decisions, oldest first.
pub async fn find_many(tx: &impl Tx, ids: impl IntoIterator<Item = CaseId>) -> Result<Vec<Case>, Fault> {
    let Some(ids) = some(ids.into_iter().map(|id| id.0)) else { return Ok(Vec::new()) };
    let rows = review_case::Entity::find().filter(review_case::Column::Id.is_in(ids.clone())).all(tx.conn()).await?;
    let decisions = decision::Entity::find()
        .filter(decision::Column::CaseId.is_in(ids.clone()))
        .order_by_asc(decision::Column::DecidedAt)
        .order_by_asc(decision::Column::Id)
        .all(tx.conn())
        .await?;
    let assignments =
        case_assignment::Entity::find().filter(case_assignment::Column::CaseId.is_in(ids)).all(tx.conn()).await?;
    let mut carried = carry::of_rows(tx, &rows).await?;
    let decided = decisions.iter().flat_map(|one| [Some(one.account_id), one.on_behalf_of]).flatten();
    let named = assignments.iter().map(|one| one.account_id).chain(rows.iter().map(|row| row.opened_by));
    let mut people: Vec<AccountId> = decided.chain(named).map(AccountId).collect();
    people.extend(carried.values().flat_map(Carry::people));
    people.sort();
    people.dedup();
    let names = account::names(tx, people).await?;
    let mut cases = rows
        .into_iter()
        .map(|row| {
            let mine = decisions
                .iter()
                .filter(|one| one.case_id == row.id)
                .cloned()
                .map(decision)
                .collect::<Result<_, _>>()?;
            let named = assignments.iter().filter(|one| one.case_id == row.id);
            let named = named.map(|one| Ok((place_of(one.stage)?, AccountId(one.account_id))));
            let named = named.collect::<Result<_, Fault>>()?;
            let carry = carried.remove(&row.id);
            case(row, (mine, carry), named, &names)
        })
        .collect::<Result<Vec<_>, Fault>>()?;
    public::since(tx, &mut cases).await?;
    Ok(cases)
}

/// The case of an id.
pub async fn find(tx: &impl Tx, id: CaseId) -> Result<Option<Case>, Fault> {
    Ok(find_many(tx, [id]).await?.pop())
}

/// Every case of an edition, in no order.
pub async fn of_edition(tx: &impl Tx, edition: EditionId) -> Result<Vec<Case>, Fault> {
    use sea_orm::QuerySelect;
    let query = review_case::Entity::find().select_only().column(review_case::Column::Id);
    let query = query.filter(review_case::Column::EditionId.eq(edition.0));
    let ids: Vec<uuid::Uuid> = query.into_tuple().all(tx.conn()).await?;
    find_many(tx, ids.into_iter().map(CaseId)).await
}

/// The cases over the texts of an edition from one number to another, in no order.
pub async fn of_texts(tx: &impl Tx, edition: EditionId, from: u32, to: u32) -> Result<Vec<Case>, Fault> {
    use sea_orm::QuerySelect;
    let query = review_case::Entity::find()
        .select_only()
        .column(review_case::Column::Id)
        .filter(review_case::Column::EditionId.eq(edition.0))
        .filter(review_case::Column::RevisionNumber.gte(from))
        .filter(review_case::Column::RevisionNumber.lte(to));
    let ids: Vec<uuid::Uuid> = query.into_tuple().all(tx.conn()).await?;
    find_many(tx, ids.into_iter().map(CaseId)).await
}

/// Opens a case, with what it takes over and whom its stages wait for by name.
pub async fn insert(tx: &WriteTx, case: &Case) -> Result<(), Fault> {
    insert_all(tx, [row(case)?]).await?;
    for (stage, to) in &case.assigned {
        assign(tx, case.id, *stage, Some(*to), case.opened_by, case.opened_at).await?;
    }
    match &case.carry {
        Some(carry) => insert_all(tx, carry::links(case.id, carry)).await,
        None => Ok(()),
    }
}

/// Adds cases with the decisions in them.
pub async fn insert_whole(tx: &WriteTx, cases: &[&Case]) -> Result<(), Fault> {
    insert_all(tx, cases.iter().map(|one| row(one)).collect::<Result<Vec<_>, _>>()?).await?;
    let mut rows = Vec::with_capacity(cases.len());
    for case in cases {
        for one in &case.decisions {
            rows.push(decision_row(case.id, one)?);
        }
    }
    insert_all(tx, rows).await
}

fn row(case: &Case) -> Result<review_case::ActiveModel, Fault> {
    Ok(review_case::ActiveModel {
        id: Set(case.id.0),
        edition_id: Set(case.edition.0),
        revision_id: Set(case.revision.0),
        revision_number: Set(case.number.into()),
        content_hash: Set(case.hash.to_string()),
        workflow: Set(case.workflow.code.clone()),
        workflow_version: Set(case.workflow.version.into()),
        stages: Set(stages_text(&case.workflow.stages)),
        state: Set(case.state.to_string()),
        comment: Set(case.comment.clone()),
        opened_by: Set(case.opened_by.0),
        opened_at: Set(case.opened_at.utc()),
        // A case that never was open was closed by what made it.
        closed_at: Set((case.state != CaseState::Open).then(|| case.opened_at.utc())),
        approval_format: Set(Some(match case.format {
            Format::V1 => 1,
            Format::V2 => 2,
            Format::V3 => carry::FORMAT,
        })),
        sensitivity: Set(Some(case.sensitivity.to_string())),
        urgent: Set(Some(case.urgent)),
        carry_case_id: Set(case.carry.as_ref().map(|carry| carry.case.0)),
        carry_stage: Set(case.carry.as_ref().map(|carry| place_number(carry.stage)).transpose()?),
    })
}

/// Closes a case.
pub async fn close(tx: &WriteTx, id: CaseId, state: CaseState, at: Timestamp) -> Result<(), Fault> {
    review_case::Entity::update_many()
        .col_expr(review_case::Column::State, Expr::value(state.as_str()))
        .col_expr(review_case::Column::ClosedAt, Expr::value(at.utc()))
        .filter(review_case::Column::Id.eq(id.0))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Adds a decision.
pub async fn insert_decision(tx: &WriteTx, case: CaseId, one: &Decision) -> Result<(), Fault> {
    insert_all(tx, [decision_row(case, one)?]).await
}

fn decision_row(case: CaseId, one: &Decision) -> Result<decision::ActiveModel, Fault> {
    Ok(decision::ActiveModel {
        id: Set(one.id.0),
        case_id: Set(case.0),
        stage: Set(place_number(one.stage)?),
        account_id: Set(one.by.0),
        verdict: Set(one.verdict.to_string()),
        content_hash: Set(one.hash.to_string()),
        comment: Set(one.comment.clone()),
        decided_at: Set(one.at.utc()),
        on_behalf_of: Set(one.behalf.map(|behalf| behalf.of.0)),
        delegation_id: Set(one.behalf.map(|behalf| behalf.by.0)),
        waivers: Set((!one.waivers.is_empty()).then(|| {
            let waiver = |one: &Waiver| object!({"code": one.code, "reason": one.reason});
            Value::Array(one.waivers.iter().map(waiver).collect()).to_string()
        })),
    })
}

/// Lets a stage wait for one person, or for all who hold its role again.
pub async fn assign(
    tx: &WriteTx,
    case: CaseId,
    stage: usize,
    to: Option<AccountId>,
    by: AccountId,
    at: Timestamp,
) -> Result<(), Fault> {
    let place = place_number(stage)?;
    case_assignment::Entity::delete_by_id((case.0, place)).exec(tx.conn()).await?;
    let Some(to) = to else { return Ok(()) };
    let row = case_assignment::ActiveModel {
        case_id: Set(case.0),
        stage: Set(place),
        account_id: Set(to.0),
        assigned_by: Set(by.0),
        assigned_at: Set(at.utc()),
    };
    insert_all(tx, [row]).await
}

/// The cases that a person opened, newest first.
pub async fn opened_by(tx: &impl Tx, who: AccountId, wanted: PageRequest) -> Result<Page<Case>, Fault> {
    use review_case::Column::{Id, OpenedAt, OpenedBy};
    use sea_orm::QuerySelect;
    let query = review_case::Entity::find().select_only().column(Id).filter(OpenedBy.eq(who.0));
    let query = newest_first(query, OpenedAt, Id, wanted);
    let ids: Vec<uuid::Uuid> = query.into_tuple().all(tx.conn()).await?;
    let mut cases = find_many(tx, ids.into_iter().map(CaseId)).await?;
    cases.sort_by_key(|case| std::cmp::Reverse((case.opened_at, case.id)));
    Ok(Page::cut(cases, wanted.limit, |case| Cursor { at: case.opened_at, id: case.id.0 }))
}

/// The cases in a state, a few after an id.
pub async fn in_state(tx: &impl Tx, state: CaseState, after: Option<CaseId>, limit: u64) -> Result<Vec<Case>, Fault> {
    use sea_orm::QuerySelect;
    let mut query = review_case::Entity::find()
        .select_only()
        .column(review_case::Column::Id)
        .filter(review_case::Column::State.eq(state.as_str()))
        .order_by_asc(review_case::Column::Id)
        .limit(limit);
    if let Some(after) = after {
        query = query.filter(review_case::Column::Id.gt(after.0));
    }
    let ids: Vec<uuid::Uuid> = query.into_tuple().all(tx.conn()).await?;
    let mut cases = find_many(tx, ids.into_iter().map(CaseId)).await?;
    cases.sort_by_key(|case| case.id);
    Ok(cases)
}
