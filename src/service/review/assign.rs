//! Giving a stage to a person by name, and taking the name off again.

use serde_json::json;

use super::{
    super::{
        App, Caller, Code as Problem, Done, Error, FieldCode, FieldError, HouseRule, Once,
        caller::person,
        edition,
        notification::{self, About},
    },
    current_case, hold,
    refuse::{no_case, not_its_turn},
    tell, turns,
};
use crate::{
    domain::{
        access::{Role, Scope},
        notice::NoticeKind,
        workflow::{Case, CaseState},
    },
    kernel::{AccountId, ArticleId, LocaleTag},
    service::article::event,
    store::{Change, account, case, edition as editions},
};

/// A stage that is to wait for one person.
#[derive(Clone, Debug)]
pub struct Reassign {
    /// The stage's name.
    pub stage: String,
    /// The person; nobody gives the stage back to all who hold its role.
    pub to: Option<AccountId>,
}

/// Gives a stage that is not decided yet to a person: somebody who holds its role here, wrote nothing of the text
/// and has not decided in the case. Who holds the role themselves may, and who administers.
pub async fn reassign(
    app: &App,
    caller: Caller,
    (id, locale): (ArticleId, &LocaleTag),
    order: Reassign,
    once: Once<Case>,
) -> Result<Done<Case>, Error> {
    let (tx, actor) = app.write_as(caller).await?;
    if let Some(answer) = once.before(app, &tx, actor.id).await? {
        return Ok(Done::Before(answer));
    }
    let (article, mut edition) = edition::find(&tx, &actor, id, locale).await?;
    let waits = |case: &Case| case.state == CaseState::Open || !case.current_stages().is_empty();
    let found = current_case(&tx, &edition).await?.filter(waits);
    let mut case = found.ok_or_else(|| no_case(&actor, &article, locale))?;
    let place = case.workflow.stages.iter().position(|stage| stage.name == order.stage);
    let Some(place) = place else {
        let name = order.stage.as_str();
        return Err(Error::invalid(vec![FieldError::new("/stage", FieldCode::Unknown).with("name", name)]));
    };
    let stage = case.workflow.stages[place].clone();
    let scope = Scope { agency: Some(&article.shared.agency), locale: Some(locale) };
    let may = actor.holds(&[stage.role, Role::Admin], scope) || actor.stands_in(stage.role, scope).next().is_some();
    if !may {
        return Err(Error::new(Problem::Forbidden).by_rule(HouseRule::HoldersReassign));
    }
    if case.agreed(place) >= stage.approvals {
        return Err(not_its_turn(&case));
    }
    if let Some(to) = order.to {
        let wrong = |rule: HouseRule, code: FieldCode| {
            let fault = FieldError::new("/to", code).with("name", to.to_string());
            Err(Error::invalid(vec![fault]).by_rule(rule))
        };
        if !person(&tx, to).await?.holds(&[stage.role], scope) {
            return wrong(HouseRule::RoleOfStage, FieldCode::CannotDecide);
        }
        if hold::authors(&tx, &edition, case.number).await?.contains(&to) {
            return wrong(HouseRule::OwnText, FieldCode::CannotDecide);
        }
        if case.is_decided_by(to) {
            return wrong(HouseRule::OneStageEach, FieldCode::CannotDecide);
        }
    }
    let now = app.clock.now();
    case::assign(&tx, case.id, place, order.to, actor.id, now).await?;
    case.assigned.remove(&place);
    if let Some(to) = order.to {
        case.assigned.insert(place, to);
        case.names.extend(account::names(&tx, [to]).await?);
    }
    edition.version += 1;
    edition.updated_at = now;
    editions::update(&tx, &edition).await?;
    turns::settle(&tx, &article, &edition, &case).await?;
    if let Some(to) = order.to.filter(|to| *to != actor.id) {
        let about = About::case(&article, &edition, &case, Some(place));
        notification::tell(&tx, [to], NoticeKind::Assigned, about, now).await?;
    }
    if order.to.is_none() {
        let authors = hold::authors(&tx, &edition, case.number).await?;
        tell::given_back(&tx, (&article, &edition), (&case, place), &authors, now).await?;
    }
    once.keep(app, &tx, actor.id, &case).await?;
    let data = json!({
        "case": case.id.to_string(),
        "stage": place,
        "to": order.to.map(|id| id.to_string()),
    });
    let change = Change::by(Some(actor.id), now)
        .entry("edition.reassigned", "edition", edition.id, data)
        .emit(event(&article, Some(locale)));
    tx.commit(change).await?;
    Ok(Done::Now(case))
}
