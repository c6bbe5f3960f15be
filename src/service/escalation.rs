//! Deadlines that passed: those who could decide are told once, and administrators once when it goes on.

use std::time::Duration;

use serde_json::json;

use super::{
    App, Error,
    article::event,
    notification::{About, tell},
    staff::Staff,
};
use crate::{
    domain::{
        access::{Role, Scope},
        notice::NoticeKind,
        workflow::TurnKind,
    },
    kernel::Timestamp,
    store::{Change, WriteTx, article, case, edition as editions, revision, turn, turn::Turn},
};

/// How long after the deadline administrators are told.
pub const GRACE: Duration = Duration::from_hours(24);

/// Turns that are told of in one transaction.
const SOME: u64 = 20;

/// Tells of everything that became late; how much it was.
pub async fn run(app: &App) -> Result<usize, Error> {
    let mut told = 0;
    loop {
        // Looked at without the lock first: mostly there is nothing, and nobody has to wait for it.
        if turn::alarming(&app.db.read().await?, app.clock.now(), 1).await?.is_empty() {
            return Ok(told);
        }
        told += some(app).await?;
    }
}

/// Tells of some, in the transaction that writes down that it did: so each is told once, whichever process it is.
async fn some(app: &App) -> Result<usize, Error> {
    let tx = app.db.write().await?;
    let now = app.clock.now();
    let late = turn::alarming(&tx, now, SOME).await?;
    let staff = Staff::read(&tx, Role::ALL, now).await?;
    let mut change = Change::by(None, now);
    let many = late.len();
    for one in late {
        change = tell_of(&tx, one, &staff, now, change).await?;
    }
    if !change.is_empty() {
        tx.commit(change).await?;
    }
    Ok(many)
}

async fn tell_of(tx: &WriteTx, mut one: Turn, staff: &Staff, now: Timestamp, change: Change) -> Result<Change, Error> {
    let found = case::find(tx, one.case).await?;
    let article = article::find(tx, one.article).await?;
    let edition = editions::find_many(tx, [one.edition]).await?.pop();
    let (Some(case), Some(article), Some(edition)) = (found, article, edition) else {
        turn::remove(tx, one.id).await?;
        return Ok(change);
    };
    let missed = one.waiting.kind == TurnKind::AfterReview;
    let scope = Scope { agency: Some(&one.agency), locale: Some(&one.locale) };
    let holders = if one.alarms == 0 {
        let authors = revision::authors(tx, one.edition, one.authors_after, one.number).await?;
        staff.who_can(&one.waiting, scope, &case, &authors)
    } else {
        Vec::new()
    };
    let with = |roles: &[Role]| staff.with(roles, scope);
    // What is public without having been read again is everybody's concern at once. Where nobody is left to decide,
    // only who gives rights can help.
    let (kind, to, last) = match (missed, one.alarms, holders.is_empty()) {
        (true, _, _) => {
            let all = holders.into_iter().chain(with(&[Role::Publisher, Role::Admin])).collect();
            (NoticeKind::AfterReviewMissed, all, true)
        }
        (false, 0, false) => (NoticeKind::Overdue, holders, false),
        (false, _, _) => (NoticeKind::Escalated, with(&[Role::Admin]), true),
    };
    if missed {
        tracing::error!(edition = %edition.id, case = %case.id, "an urgent text was not read again in time");
    }
    let stage = one.waiting.stage;
    let about = About::case(&article, &edition, &case, Some(stage));
    let told = tell(tx, to, kind, about, now).await?;
    one.alarms += 1;
    one.alarm_at = if last { None } else { one.waiting.due_at.map(|due| due.plus(GRACE).max(now)) };
    turn::update(tx, &one).await?;
    let data = json!({"case": case.id.to_string(), "stage": stage, "notice": kind.as_str(), "told": told});
    Ok(change.entry("edition.overdue", "edition", edition.id, data).emit(event(&article, Some(&edition.locale))))
}
