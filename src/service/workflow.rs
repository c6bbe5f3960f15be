//! Workflows: read by all who sign in, kept by administrators; each change is a new version, and old cases keep theirs.

use serde_json::json;

use super::{
    App, Caller, Check, Code as Problem, Done, Error, FieldCode, FieldError, Once,
    article::Known,
    audit::{self, WORKFLOW_KEPT},
    caller::allow,
    vocabulary::{Names, check_names},
};
use crate::{
    domain::{
        access::{Actor, Administer, Grant, Role, Scope},
        article::Kind,
        event::{Event, EventType},
        workflow::{
            DECIDING, Definition, Gap, MAX_APPROVALS, MAX_DEADLINE, MAX_PRIORITY, MAX_STAGES, Rule, Sensitivity, Side,
            Stage, Workflow, is_in_use, shipped, unsatisfied,
        },
    },
    kernel::{AccountId, Code, LocaleTag},
    store::{Change, Tx, WriteTx, account, vocabulary, workflow},
};

/// A stage to be.
#[derive(Clone, Debug)]
pub struct NewStage {
    /// Its name for programs.
    pub name: String,
    /// Who decides.
    pub role: Role,
    /// How many have to agree.
    pub approvals: u32,
    /// The group of stages that it runs beside; its own where nothing is said.
    pub group: Option<u32>,
    /// Hours until it is due.
    pub deadline_hours: Option<u32>,
    /// Whether it comes after the approval.
    pub after: bool,
}

/// A rule to be.
#[derive(Clone, Debug)]
pub struct NewRule {
    /// Of these kinds.
    pub kinds: Vec<Kind>,
    /// In these languages.
    pub locales: Vec<String>,
    /// Of these agencies.
    pub agencies: Vec<String>,
    /// Of this sensitivity.
    pub sensitivity: Option<Sensitivity>,
    /// Of this side.
    pub side: Side,
    /// Submitted as urgent, or not.
    pub urgent: Option<bool>,
    /// Before others that fit.
    pub priority: i32,
}

/// A version of a workflow to be.
#[derive(Clone, Debug)]
pub struct NewWorkflow {
    /// Its name for programs.
    pub code: String,
    /// Its names for people.
    pub names: Names,
    /// Its stages.
    pub stages: Vec<NewStage>,
    /// When it is chosen.
    pub rule: Option<NewRule>,
    /// Whether a translation may be public before its source.
    pub independent: bool,
    /// Whether it is chosen at all.
    pub active: bool,
}

/// Where the people are not enough for a workflow.
#[derive(Clone, Debug)]
pub struct Shortage {
    /// In which agency.
    pub agency: Code,
    /// For which language.
    pub locale: LocaleTag,
    /// At which stages.
    pub gaps: Vec<Gap>,
}

/// A workflow and where the people are not enough for it.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Its newest version.
    pub definition: Definition,
    /// Where the people are not enough, wherever somebody writes.
    pub unsatisfied: Vec<Shortage>,
}

/// All workflows, each in its newest version.
pub async fn list(app: &App, caller: Caller) -> Result<Vec<Kept>, Error> {
    let (tx, _) = app.read_as(caller).await?;
    let all = workflow::current(&tx).await?;
    staffed(&tx, all).await
}

/// One workflow, in its newest version or an older one.
pub async fn show(app: &App, caller: Caller, code: &Code, version: Option<u32>) -> Result<Kept, Error> {
    let (tx, _) = app.read_as(caller).await?;
    let found = match version {
        Some(version) => workflow::find(&tx, code.as_str(), version).await?,
        None => workflow::current(&tx).await?.into_iter().find(|one| one.workflow.code == code.as_str()),
    };
    let definition = found.ok_or_else(Error::not_found)?;
    staffed(&tx, vec![definition]).await?.pop().ok_or_else(Error::not_found)
}

/// Makes a workflow.
pub async fn create(app: &App, caller: Caller, new: NewWorkflow, once: Once<Kept>) -> Result<Done<Kept>, Error> {
    let (tx, actor) = app.write_as(caller).await?;
    allow::<Administer>(&actor, Scope::default())?;
    if let Some(answer) = once.before(app, &tx, actor.id).await? {
        return Ok(Done::Before(answer));
    }
    let definition = read(&tx, new, 1).await?;
    let code = definition.workflow.code.as_str();
    let built_in = [Workflow::standard(), Workflow::import()];
    if built_in.iter().any(|one| one.code == code) || workflow::find(&tx, code, 1).await?.is_some() {
        return Err(Error::new(Problem::CodeTaken));
    }
    let kept = keep(app, &tx, definition).await?;
    once.keep(app, &tx, actor.id, &kept).await?;
    tx.commit(told(Change::by(Some(actor.id), app.clock.now()), &kept.definition).emit(event())).await?;
    Ok(Done::Now(kept))
}

/// Makes the next version of a workflow, in the place of the one that was seen.
pub async fn update(app: &App, caller: Caller, new: NewWorkflow, version: i64) -> Result<Kept, Error> {
    let (tx, actor) = app.write_as(caller).await?;
    allow::<Administer>(&actor, Scope::default())?;
    let all = workflow::current(&tx).await?;
    let old = all.iter().find(|one| one.workflow.code == new.code).ok_or_else(Error::not_found)?;
    if i64::from(old.workflow.version) != version {
        return Err(Error::new(Problem::PreconditionFailed));
    }
    let definition = read(&tx, new, old.workflow.version + 1).await?;
    let kept = keep(app, &tx, definition).await?;
    tx.commit(told(Change::by(Some(actor.id), app.clock.now()), &kept.definition).emit(event())).await?;
    Ok(kept)
}

async fn keep(app: &App, tx: &WriteTx, definition: Definition) -> Result<Kept, Error> {
    workflow::insert(tx, &definition, app.clock.now()).await?;
    staffed(tx, vec![definition]).await?.pop().ok_or_else(Error::not_found)
}

/// What the audit chain is told of a version: approvals under it are believed by this alone.
fn told(change: Change, one: &Definition) -> Change {
    let data = json!({"version": one.workflow.version, "digest": one.digest().to_string()});
    change.entry(WORKFLOW_KEPT, "workflow", &one.workflow.code, data)
}

/// Gives a database the workflows that every installation begins with, those of them that it never had.
pub(super) async fn seed(app: &App) -> Result<(), Error> {
    let tx = app.db.write().await?;
    let now = app.clock.now();
    let mut change = Change::by(None, now);
    for one in shipped() {
        if workflow::find(&tx, &one.workflow.code, 1).await?.is_none() {
            workflow::insert(&tx, &one, now).await?;
            change = told(change, &one);
        }
    }
    if change.is_empty() {
        return Ok(());
    }
    super::review::find_turns(&tx).await?;
    Ok(tx.commit(change.emit(event())).await?)
}

/// The version of a workflow that a case names, if it is there and the audit chain knows it as it stands.
pub(super) async fn known(tx: &impl Tx, of: &Workflow) -> Result<Option<Definition>, Error> {
    let Some(found) = workflow::find(tx, &of.code, of.version).await? else { return Ok(None) };
    let known = audit::knows_workflow(tx, &found).await?;
    Ok(Some(found).filter(|_| known))
}

async fn staffed(tx: &impl Tx, all: Vec<Definition>) -> Result<Vec<Kept>, Error> {
    let people = people(tx).await?;
    let agencies = vocabulary::agencies(tx).await?;
    let locales = vocabulary::locales(tx).await?;
    let kept = |definition: Definition| {
        let pairs = agencies.iter().flat_map(|agency| locales.iter().map(move |locale| (&agency.code, &locale.tag)));
        let short = |(agency, locale): (&Code, &LocaleTag)| {
            let used = definition.active && is_in_use(definition.rule.as_ref(), &people, agency, locale);
            let gaps = if used { unsatisfied(&definition.workflow.stages, &people, agency, locale) } else { vec![] };
            (!gaps.is_empty()).then(|| Shortage { agency: agency.clone(), locale: locale.clone(), gaps })
        };
        let unsatisfied = pairs.filter_map(short).collect();
        Kept { definition, unsatisfied }
    };
    Ok(all.into_iter().map(kept).collect())
}

/// All who can sign in and hold anything, as they are now.
pub(super) async fn people(tx: &impl Tx) -> Result<Vec<Actor>, Error> {
    Ok(gathered(account::all_grants(tx).await?))
}

/// Those of them who hold one of some roles, with what they hold of these.
pub(super) async fn people_with(tx: &impl Tx, roles: &[Role]) -> Result<Vec<Actor>, Error> {
    Ok(gathered(account::grants_of(tx, roles).await?))
}

fn gathered(grants: Vec<(AccountId, Grant)>) -> Vec<Actor> {
    let mut people: std::collections::BTreeMap<AccountId, Actor> = std::collections::BTreeMap::new();
    for (id, grant) in grants {
        let one = people.entry(id).or_insert_with(|| Actor { id, grants: Vec::new(), delegated: Vec::new() });
        one.grants.push(grant);
    }
    people.into_values().collect()
}

async fn read(tx: &impl Tx, new: NewWorkflow, version: u32) -> Result<Definition, Error> {
    let mut check = Check::new();
    let code = check.code("/code", &new.code);
    let names = check_names(&mut check, new.names);
    let stages = read_stages(&mut check, new.stages);
    let rule = match new.rule {
        Some(rule) => Some(read_rule(&mut check, &Known::read(tx).await?, rule)),
        None => None,
    };
    check.finish()?;
    let code = code.ok_or_else(Error::not_found)?.to_string();
    let workflow = Workflow { code, version, stages };
    Ok(Definition { workflow, names, rule, independent: new.independent, active: new.active })
}

fn read_stages(check: &mut Check, new: Vec<NewStage>) -> Vec<Stage> {
    if !new.iter().any(|stage| !stage.after) {
        check.fault(FieldError::new("/stages", FieldCode::Required));
    }
    if new.len() > MAX_STAGES {
        check.fault(FieldError::new("/stages", FieldCode::TooMany).with("max", MAX_STAGES));
        return Vec::new();
    }
    let mut stages: Vec<Stage> = Vec::with_capacity(new.len());
    for (place, one) in new.into_iter().enumerate() {
        let at = |member: &str| format!("/stages/{place}/{member}");
        let mut range = |member: &str, value: u32, max: u32| {
            if !(1..=max).contains(&value) {
                let fault = FieldError::new(at(member), FieldCode::OutOfRange);
                check.fault(fault.with("min", 1_i64).with("max", i64::from(max)));
            }
        };
        range("approvals", one.approvals, MAX_APPROVALS);
        if let Some(hours) = one.deadline_hours {
            range("deadline_hours", hours, MAX_DEADLINE);
        }
        let name = check.code(&at("name"), &one.name).map(|code| code.to_string()).unwrap_or_default();
        if stages.iter().any(|earlier| earlier.name == name && !name.is_empty()) {
            check.fault(FieldError::new(at("name"), FieldCode::Duplicate).with("name", name.as_str()));
        }
        if !DECIDING.contains(&one.role) {
            let expected = DECIDING.iter().map(|role| role.as_str()).collect::<Vec<_>>().join(", ");
            check.fault(FieldError::new(at("role"), FieldCode::NotOneOf).with("expected", expected));
        }
        // Groups follow one another: side by side are only neighbours.
        let before = stages.last().map(|stage| stage.group);
        let group = one.group.unwrap_or_else(|| before.map_or(0, |group| group.saturating_add(1)));
        if before.is_some_and(|before| group < before) {
            let min = i64::from(before.unwrap_or_default());
            check.fault(FieldError::new(at("group"), FieldCode::TooSmall).with("min", min));
        }
        let NewStage { role, approvals, deadline_hours, after, .. } = one;
        stages.push(Stage { name, role, approvals, group, deadline_hours, after });
    }
    stages
}

fn read_rule(check: &mut Check, known: &Known, rule: NewRule) -> Rule {
    let NewRule { mut kinds, locales, agencies, sensitivity, side, urgent, priority } = rule;
    let read = |raw: Vec<String>, name: &str| -> Vec<(String, String)> {
        raw.into_iter().enumerate().map(|(at, raw)| (format!("/rule/{name}/{at}"), raw)).collect()
    };
    let (locales, agencies) = (read(locales, "locales"), read(agencies, "agencies"));
    let mut locales: Vec<_> = locales.iter().filter_map(|(at, raw)| known.locale(check, at, raw)).collect();
    let mut agencies: Vec<_> = agencies.iter().filter_map(|(at, raw)| known.agency(check, at, raw)).collect();
    if priority.abs() > MAX_PRIORITY {
        let fault = FieldError::new("/rule/priority", FieldCode::OutOfRange);
        check.fault(fault.with("min", i64::from(-MAX_PRIORITY)).with("max", i64::from(MAX_PRIORITY)));
    }
    // One rule has one spelling, so that it has one hash.
    kinds.sort_unstable();
    kinds.dedup();
    locales.sort_by(|a, b| a.as_str().cmp(b.as_str()));
    locales.dedup();
    agencies.sort();
    agencies.dedup();
    Rule { kinds, locales, agencies, sensitivity, side, urgent, priority }
}

fn event() -> Event {
    Event { kind: EventType::Vocabulary, article: None, locale: None }
}
