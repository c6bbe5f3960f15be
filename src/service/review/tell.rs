//! Who is told what of a case: whose turn came, what came of a text, and what can be made public.

use std::collections::HashSet;

use crate::{
    domain::{
        access::{Actor, Role, Scope},
        notice::NoticeKind,
        workflow::{Case, CaseState, TurnKind, Verdict, Waiting},
    },
    kernel::{AccountId, Timestamp},
    service::{
        Error,
        article::Article,
        attest,
        edition::Edition,
        notification::{About, Notices},
        staff::Staff,
    },
    store::{WriteTx, delegation},
};

/// Tells of a case that was opened those whose turn it is, of people who are known already.
pub(super) async fn opened(
    tx: &WriteTx,
    people: Vec<Actor>,
    (article, edition): (&Article, &Edition),
    case: &Case,
    authors: &HashSet<AccountId>,
) -> Result<(), Error> {
    let turns = case.waiting(Role::Author, false);
    let roles: Vec<Role> = turns.iter().map(|one| one.role).collect();
    let staff = Staff::of(people, delegation::lent(tx, &roles, case.opened_at).await?);
    // Who attests that a text holds is no judge of it.
    let asker = attest::is_one(case).then_some(case.opened_by);
    let authors = authors.iter().copied().chain(asker).collect();
    let mut notices = Notices::at(case.opened_at);
    turns_came(&mut notices, &staff, &turns, (article, edition, case), &authors);
    notices.send(tx).await
}

/// Tells of a decision: who wrote the text what came of it, whoever's turn came by it, and who could take it down that
/// somebody objects to what is public.
pub(super) async fn decided(
    tx: &WriteTx,
    (article, edition): (&Article, &Edition),
    (before, case): (&Case, &Case),
    authors: &HashSet<AccountId>,
    now: Timestamp,
) -> Result<(), Error> {
    let Some(last) = case.decisions.last() else { return Ok(()) };
    let scope = Scope { agency: Some(&article.shared.agency), locale: Some(&edition.locale) };
    let after = case.workflow.stages.get(last.stage).is_some_and(|stage| stage.after);
    let kind = match (case.state, last.verdict) {
        (CaseState::Approved, Verdict::RequestChanges) if after => Some(NoticeKind::Objected),
        (CaseState::Approved, Verdict::Approve) if !after => Some(NoticeKind::Approved),
        (CaseState::ChangesRequested, _) => Some(NoticeKind::ChangesRequested),
        _ => None,
    };
    // There is no text to publish by an attestation.
    let publishes = |one: &Waiting| one.kind == TurnKind::Publish && attest::is_one(case);
    let is_live = edition.live == Some(case.number);
    let earlier = before.waiting(Role::Author, is_live);
    let mut turns = case.waiting(Role::Author, is_live);
    turns.retain(|one| {
        let known = earlier.iter().any(|other| other.kind == one.kind && other.stage == one.stage);
        !known && one.kind != TurnKind::Revise && !publishes(one)
    });
    let objected = (kind == Some(NoticeKind::Objected)).then_some(Role::Publisher);
    let roles: Vec<Role> = turns.iter().map(|one| one.role).chain(objected).collect();
    let staff = if roles.is_empty() { None } else { Some(Staff::read(tx, &roles, now).await?) };
    let mut notices = Notices::at(now);
    if let Some(kind) = kind {
        let wrote = authors.iter().copied().filter(|_| !attest::is_one(case));
        let takes_down =
            staff.iter().filter(|_| objected.is_some()).flat_map(|all| all.with(&[Role::Publisher], scope));
        let to = wrote.chain([case.opened_by]).chain(takes_down);
        notices.add(to, kind, &About::case(article, edition, case, Some(last.stage)));
    }
    if let Some(staff) = &staff {
        turns_came(&mut notices, staff, &turns, (article, edition, case), authors);
    }
    notices.send(tx).await
}

/// Tells all who could decide at a stage that it waits for them, after it was one person's alone.
pub(super) async fn given_back(
    tx: &WriteTx,
    (article, edition): (&Article, &Edition),
    (case, place): (&Case, usize),
    authors: &HashSet<AccountId>,
    now: Timestamp,
) -> Result<(), Error> {
    let mut turns = case.waiting(Role::Author, false);
    turns.retain(|one| one.stage == place && matches!(one.kind, TurnKind::Decide | TurnKind::AfterReview));
    let roles: Vec<Role> = turns.iter().map(|one| one.role).collect();
    let staff = Staff::read(tx, &roles, now).await?;
    let mut notices = Notices::at(now);
    turns_came(&mut notices, &staff, &turns, (article, edition, case), authors);
    notices.send(tx).await
}

fn turns_came(
    notices: &mut Notices,
    staff: &Staff,
    turns: &[Waiting],
    (article, edition, case): (&Article, &Edition, &Case),
    authors: &HashSet<AccountId>,
) {
    let scope = Scope { agency: Some(&article.shared.agency), locale: Some(&edition.locale) };
    for one in turns {
        let (kind, stage) = match one.kind {
            TurnKind::Publish => (NoticeKind::ReadyToPublish, None),
            TurnKind::Decide | TurnKind::AfterReview | TurnKind::Revise => (NoticeKind::Turn, Some(one.stage)),
        };
        let to = staff.who_can(one, scope, case, authors);
        notices.add(to, kind, &About::case(article, edition, case, stage));
    }
}
