//! Review cases and their decisions.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};
use serde_json::{Value, json as object};

use super::{
    Fault, Tx, WriteTx,
    bulk::insert_all,
    entity::{decision, review_case},
    fault::{count, json, parse},
};
use crate::{
    domain::workflow::{Case, CaseState, Decision, Stage, Workflow},
    kernel::{AccountId, CaseId, DecisionId, EditionId, RevisionId, Timestamp},
};

fn stages(raw: &str) -> Result<Vec<Stage>, Fault> {
    let values: Vec<Value> = json("review_case", raw)?;
    let bad = || Fault::corrupt("review_case", "stages");
    values
        .iter()
        .map(|value| {
            Ok(Stage {
                name: value["name"].as_str().ok_or_else(bad)?.to_owned(),
                role: parse("review_case", value["role"].as_str().ok_or_else(bad)?)?,
                approvals: value["approvals"]
                    .as_u64()
                    .and_then(|n| u32::try_from(n).ok())
                    .filter(|n| *n > 0)
                    .ok_or_else(bad)?,
            })
        })
        .collect()
}

fn decision(row: decision::Model) -> Result<Decision, Fault> {
    Ok(Decision {
        id: DecisionId(row.id),
        stage: usize::try_from(row.stage).map_err(|error| Fault::corrupt("decision", error))?,
        by: AccountId(row.account_id),
        verdict: parse("decision", &row.verdict)?,
        hash: parse("decision", &row.content_hash)?,
        comment: row.comment,
        at: row.decided_at.into(),
    })
}

fn case(row: review_case::Model, decisions: Vec<Decision>) -> Result<Case, Fault> {
    Ok(Case {
        id: CaseId(row.id),
        edition: EditionId(row.edition_id),
        revision: RevisionId(row.revision_id),
        number: count("review_case", row.revision_number)?,
        hash: parse("review_case", &row.content_hash)?,
        workflow: Workflow {
            code: row.workflow,
            version: count("review_case", row.workflow_version)?,
            stages: stages(&row.stages)?,
        },
        state: parse("review_case", &row.state)?,
        comment: row.comment,
        opened_by: AccountId(row.opened_by),
        opened_at: row.opened_at.into(),
        decisions,
    })
}

/// The cases of some ids, with their decisions, oldest first.
pub async fn find_many(tx: &impl Tx, ids: impl IntoIterator<Item = CaseId>) -> Result<Vec<Case>, Fault> {
    let ids: Vec<_> = ids.into_iter().map(|id| id.0).collect();
    let rows = review_case::Entity::find().filter(review_case::Column::Id.is_in(ids.clone())).all(tx.conn()).await?;
    let decisions = decision::Entity::find()
        .filter(decision::Column::CaseId.is_in(ids))
        .order_by_asc(decision::Column::DecidedAt)
        .order_by_asc(decision::Column::Id)
        .all(tx.conn())
        .await?;
    rows.into_iter()
        .map(|row| {
            let mine = decisions
                .iter()
                .filter(|one| one.case_id == row.id)
                .cloned()
                .map(decision)
                .collect::<Result<_, _>>()?;
            case(row, mine)
        })
        .collect()
}

/// The case of an id.
pub async fn find(tx: &impl Tx, id: CaseId) -> Result<Option<Case>, Fault> {
    Ok(find_many(tx, [id]).await?.pop())
}

/// Opens a case.
pub async fn insert(tx: &WriteTx, case: &Case) -> Result<(), Fault> {
    insert_all(tx, [row(case)]).await
}

/// Adds cases with the decisions in them.
pub async fn insert_whole(tx: &WriteTx, cases: &[&Case]) -> Result<(), Fault> {
    insert_all(tx, cases.iter().map(|one| row(one))).await?;
    let mut rows = Vec::with_capacity(cases.len());
    for case in cases {
        for one in &case.decisions {
            rows.push(decision_row(case.id, one)?);
        }
    }
    insert_all(tx, rows).await
}

fn row(case: &Case) -> review_case::ActiveModel {
    let stage = |s: &Stage| object!({"name": s.name, "role": s.role.as_str(), "approvals": s.approvals});
    review_case::ActiveModel {
        id: Set(case.id.0),
        edition_id: Set(case.edition.0),
        revision_id: Set(case.revision.0),
        revision_number: Set(case.number.into()),
        content_hash: Set(case.hash.to_string()),
        workflow: Set(case.workflow.code.clone()),
        workflow_version: Set(case.workflow.version.into()),
        stages: Set(Value::Array(case.workflow.stages.iter().map(stage).collect()).to_string()),
        state: Set(case.state.to_string()),
        comment: Set(case.comment.clone()),
        opened_by: Set(case.opened_by.0),
        opened_at: Set(case.opened_at.utc()),
        // A case that never was open was closed by what made it.
        closed_at: Set((case.state != CaseState::Open).then(|| case.opened_at.utc())),
    }
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
        stage: Set(i64::try_from(one.stage).map_err(|error| Fault::corrupt("decision", error))?),
        account_id: Set(one.by.0),
        verdict: Set(one.verdict.to_string()),
        content_hash: Set(one.hash.to_string()),
        comment: Set(one.comment.clone()),
        decided_at: Set(one.at.utc()),
    })
}
