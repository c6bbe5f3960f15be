//! Refusals of the review: which rule, and whose move it is.

use serde_json::{Value, json};

use super::super::{Code as Problem, Error, HouseRule, article::Article};
use crate::{
    domain::{
        access::{Actor, Role, Scope},
        workflow::{Case, Refusal},
    },
    kernel::LocaleTag,
};

/// Whose move it is: the stage, who decides there, and the person it waits for by name.
pub(super) fn waiting_for(case: &Case) -> Option<Value> {
    case.current_stages().first().map(|place| at_stage(case, *place))
}

fn at_stage(case: &Case, place: usize) -> Value {
    let stage = &case.workflow.stages[place];
    let named = case.assigned.get(&place).filter(|_| case.is_reserved(place));
    let people: Vec<Value> = named.iter().map(|id| json!({"id": id.to_string(), "name": case.names.get(id)})).collect();
    json!({"stage": stage.name, "role": stage.role.as_str(), "people": people})
}

fn of(code: Problem, rule: HouseRule, case: &Case) -> Error {
    let error = Error::new(code).by_rule(rule);
    match waiting_for(case) {
        Some(waiting) => error.extra("waiting_for", waiting),
        None => error,
    }
}

pub(super) fn own_text(case: &Case) -> Error {
    of(Problem::OwnText, HouseRule::OwnText, case)
}

pub(super) fn not_your_role(case: &Case) -> Error {
    of(Problem::Forbidden, HouseRule::RoleOfStage, case)
}

pub(super) fn not_its_turn(case: &Case) -> Error {
    of(Problem::NotItsTurn, HouseRule::StageOrder, case)
}

pub(super) fn open_already(case: &Case) -> Error {
    of(Problem::CaseOpen, HouseRule::OneCase, case)
}

pub(super) fn reserved(case: &Case, place: usize) -> Error {
    Error::new(Problem::Forbidden).by_rule(HouseRule::NamedPerson).extra("waiting_for", at_stage(case, place))
}

/// Nothing waits for a decision. Who could never decide here is told so, and not what stands where.
pub(super) fn no_case(actor: &Actor, article: &Article, locale: &LocaleTag) -> Error {
    let scope = Scope { agency: Some(&article.shared.agency), locale: Some(locale) };
    let decides = |roles: &[Role]| {
        actor.holds(roles, scope) || roles.iter().any(|role| actor.stands_in(*role, scope).next().is_some())
    };
    if decides(&[Role::Reviewer, Role::Approver]) {
        Error::new(Problem::NoOpenCase).by_rule(HouseRule::OpenCase)
    } else {
        Error::new(Problem::Forbidden).by_rule(HouseRule::RoleOfStage)
    }
}

pub(super) fn refused(refusal: Refusal, case: &Case) -> Error {
    let (code, rule) = match refusal {
        Refusal::CaseClosed => (Problem::NoOpenCase, HouseRule::OpenCase),
        Refusal::NotItsTurn => (Problem::NotItsTurn, HouseRule::StageOrder),
        Refusal::HashMismatch => (Problem::HashMismatch, HouseRule::SeenText),
        Refusal::OwnText => (Problem::OwnText, HouseRule::OwnText),
        Refusal::SecondStage => (Problem::SecondStage, HouseRule::OneStageEach),
    };
    of(code, rule, case)
}
