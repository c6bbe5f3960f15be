//! Workflows at rest: every version stays.

use std::collections::BTreeMap;

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};
use serde_json::Value;

use super::{
    Fault, Tx, WriteTx,
    bulk::insert_all,
    case::{stages, stages_text},
    entity::workflow::{ActiveModel, Column, Entity, Model},
    fault::{count, json, parse},
};
use crate::{
    domain::workflow::{Definition, Rule, Workflow},
    kernel::Timestamp,
};

fn definition(row: Model) -> Result<Definition, Fault> {
    Ok(Definition {
        workflow: Workflow {
            code: row.code,
            version: count("workflow", row.version)?,
            stages: stages("workflow", &row.stages)?,
        },
        names: json::<BTreeMap<String, String>>("workflow", &row.names)?,
        rule: row.rule.map(|raw| rule(&raw)).transpose()?,
        independent: row.independent,
        active: row.active,
    })
}

fn all<T>(value: &Value) -> Result<Vec<T>, Fault>
where
    T: std::str::FromStr,
    T::Err: std::fmt::Display,
{
    let values = value.as_array().ok_or_else(|| Fault::corrupt("workflow", "rule"))?;
    values.iter().map(|one| parse("workflow", one.as_str().unwrap_or_default())).collect()
}

fn rule(raw: &str) -> Result<Rule, Fault> {
    let value: Value = json("workflow", raw)?;
    let bad = || Fault::corrupt("workflow", "rule");
    Ok(Rule {
        kinds: all(&value["kinds"])?,
        locales: all(&value["locales"])?,
        agencies: all(&value["agencies"])?,
        sensitivity: value["sensitivity"].as_str().map(|raw| parse("workflow", raw)).transpose()?,
        side: parse("workflow", value["side"].as_str().ok_or_else(bad)?)?,
        urgent: value["urgent"].as_bool(),
        priority: value["priority"].as_i64().and_then(|n| i32::try_from(n).ok()).ok_or_else(bad)?,
    })
}

/// The newest version of every workflow, by code.
pub async fn current(tx: &impl Tx) -> Result<Vec<Definition>, Fault> {
    let query = Entity::find().filter(Column::Current.eq(true)).order_by_asc(Column::Code);
    query.all(tx.conn()).await?.into_iter().map(definition).collect()
}

/// One version of a workflow.
pub async fn find(tx: &impl Tx, code: &str, version: u32) -> Result<Option<Definition>, Fault> {
    let row = Entity::find_by_id((code.to_owned(), i64::from(version))).one(tx.conn()).await?;
    row.map(definition).transpose()
}

/// Adds a version, which is the newest from now on.
pub async fn insert(tx: &WriteTx, one: &Definition, at: Timestamp) -> Result<(), Fault> {
    Entity::update_many()
        .col_expr(Column::Current, Expr::value(false))
        .filter(Column::Code.eq(one.workflow.code.as_str()))
        .exec(tx.conn())
        .await?;
    let row = ActiveModel {
        code: Set(one.workflow.code.clone()),
        version: Set(one.workflow.version.into()),
        names: Set(serde_json::to_string(&one.names).map_err(|error| Fault::corrupt("workflow", error))?),
        stages: Set(stages_text(&one.workflow.stages)),
        rule: Set(one.rule.as_ref().map(|rule| rule.to_json().to_string())),
        independent: Set(one.independent),
        active: Set(one.active),
        current: Set(true),
        created_at: Set(at.utc()),
    };
    insert_all(tx, [row]).await
}
