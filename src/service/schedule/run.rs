//! The moment of an order: it is carried out once, whichever process gets there first, or says why not.

use serde_json::json;

use super::{RELEASE_ORDERED, Schedule, is_ordered, not_done, said_of_release, settle_release, touch};
use crate::{
    domain::{
        access::{Actor, Publish, Scope, permit},
        publication::{Reason, TakeDown},
        schedule::{Deed, Outcome, Step, Why, back_off, step},
    },
    kernel::{ReleaseId, ScheduleId, Timestamp},
    service::{
        App, Code as Problem, Error,
        article::{Article, event},
        caller::person,
        edition::Edition,
        publication::{self, Down, Order},
    },
    store::{Change, Tx, WriteTx, article, audit, edition as editions, release, schedule},
};

/// Orders that are looked for at once.
const BATCH: u64 = 100;

/// What is due.
#[derive(Clone, Copy, Debug)]
enum Due {
    One(ScheduleId),
    Whole(ReleaseId),
}

/// What came of trying.
enum Tried {
    Done,
    /// It is not due any more: somebody else was faster.
    NotDue,
    /// Something does not hold any more.
    Refused(&'static str),
}

/// Carries out what is due, and gives the number of orders that came to something. The clock is the application's, so
/// that a moment that was slept through is made up for, and one that comes again finds everything done.
pub async fn run_due(app: &App) -> Result<u32, Error> {
    let mut count = 0;
    loop {
        let due = due(app).await?;
        if due.is_empty() {
            return Ok(count);
        }
        for one in due {
            count += u32::from(run(app, one).await?);
        }
    }
}

async fn due(app: &App) -> Result<Vec<Due>, Error> {
    let (tx, now) = (app.db.read().await?, app.clock.now());
    let wholes = release::due(&tx, now, BATCH).await?.into_iter().map(Due::Whole);
    let ones = schedule::due(&tx, now, BATCH).await?.into_iter().map(Due::One);
    Ok(wholes.chain(ones).collect())
}

async fn run(app: &App, due: Due) -> Result<bool, Error> {
    // Looked at without the lock first: where several processes are at it, most find it done.
    if !is_still_due(app, due).await? {
        return Ok(false);
    }
    let tried = match due {
        Due::One(id) => one(app, id).await,
        Due::Whole(id) => whole(app, id).await,
    };
    match tried {
        Ok(Tried::Done) => Ok(true),
        Ok(Tried::NotDue) => Ok(false),
        Ok(Tried::Refused(why)) => settle(app, due, Step::Refuse, why).await,
        Err(error) => {
            let (what, why) = judge(app, due, &error).await?;
            tracing::warn!(?due, %error, "an order was not carried out");
            settle(app, due, what, why).await
        }
    }
}

async fn is_still_due(app: &App, due: Due) -> Result<bool, Error> {
    let tx = app.db.read().await?;
    let now = app.clock.now();
    Ok(match due {
        Due::One(id) => schedule::find(&tx, id).await?.is_some_and(|one| wakes(one.outcome, one.wake_at, now)),
        Due::Whole(id) => release::find(&tx, id).await?.is_some_and(|one| wakes(one.outcome, one.wake_at, now)),
    })
}

fn wakes(outcome: Outcome, wake_at: Option<Timestamp>, now: Timestamp) -> bool {
    outcome == Outcome::Waiting && wake_at.is_some_and(|at| at <= now)
}

/// Carries out an order in one transaction. The write lock claims it: who comes second finds it done.
async fn one(app: &App, id: ScheduleId) -> Result<Tried, Error> {
    let (tx, now) = (app.db.write().await?, app.clock.now());
    let found = schedule::find(&tx, id).await?.filter(|one| wakes(one.outcome, one.wake_at, now));
    let Some(found) = found else { return Ok(Tried::NotDue) };
    if !is_ordered(&tx, &found).await? {
        tracing::error!(schedule = %id, "an order is not what the audit chain knows");
        return Ok(Tried::Refused(Why::NotOrdered.as_str()));
    }
    let change = Change::by(Some(found.by), now);
    let change = match found.deed {
        Deed::Publish => match publish(app, &tx, found, &[id], change).await? {
            Ok(change) => change,
            Err(why) => return Ok(Tried::Refused(why)),
        },
        Deed::Withdraw => withdraw(app, &tx, found, change).await?,
    };
    tx.commit(change).await?;
    Ok(Tried::Done)
}

/// Carries out a release in one transaction: all its members or none.
async fn whole(app: &App, id: ReleaseId) -> Result<Tried, Error> {
    let (tx, now) = (app.db.write().await?, app.clock.now());
    let found = release::find(&tx, id).await?.filter(|one| wakes(one.outcome, one.wake_at, now));
    let Some(mut found) = found else { return Ok(Tried::NotDue) };
    let mut members = schedule::members(&tx, id).await?;
    if !is_whole(&tx, &found, members.len()).await? {
        tracing::error!(release = %id, "a release is not what the audit chain knows");
        return Ok(Tried::Refused(Why::NotOrdered.as_str()));
    }
    // The sources first: what was made from one is not public before it.
    members.sort_by_key(|one| !one.is_source);
    let but: Vec<ScheduleId> = members.iter().map(|one| one.id).collect();
    let mut change = Change::by(Some(found.by), now);
    for member in members {
        let whole = member.outcome == Outcome::Waiting && Some(member.due_at) == found.due_at && member.by == found.by;
        if !whole || !is_ordered(&tx, &member).await? {
            tracing::error!(release = %id, schedule = %member.id, "an order is not what the audit chain knows");
            return Ok(Tried::Refused(Why::NotOrdered.as_str()));
        }
        match publish(app, &tx, member, &but, change).await? {
            Ok(next) => change = next,
            Err(why) => return Ok(Tried::Refused(why)),
        }
    }
    found.outcome = Outcome::Done;
    found.why = None;
    found.wake_at = None;
    found.settled_at = Some(now);
    found.version += 1;
    release::update(&tx, &found).await?;
    tx.commit(publication::released(change)).await?;
    Ok(Tried::Done)
}

/// Whether a release is what somebody ordered, with as many members.
async fn is_whole(tx: &impl Tx, found: &release::Release, members: usize) -> Result<bool, Error> {
    let entries = audit::about(tx, &found.id.to_string(), RELEASE_ORDERED).await?;
    let said = said_of_release(found.due_at, members);
    Ok(entries.iter().any(|entry| entry.is_whole() && entry.draft.actor == Some(found.by) && entry.draft.data == said))
}

/// Publishes as ordered, or says which of the order's own conditions does not hold any more.
async fn publish(
    app: &App,
    tx: &WriteTx,
    one: Schedule,
    but: &[ScheduleId],
    change: Change,
) -> Result<Result<Change, &'static str>, Error> {
    let (article, edition) = about(tx, &one).await?;
    let by = person(tx, one.by).await?;
    if !may_publish(&by, &article, &edition) {
        return Ok(Err(Why::NoRight.as_str()));
    }
    let now = app.clock.now();
    if one.until.is_some_and(|until| until <= now) {
        return Ok(Err(Why::TimeOver.as_str()));
    }
    let order = Order { until: one.until, ..Order::now(one.hash, one.correct, one.note.clone()) };
    let (signed, change) =
        Box::pin(publication::carry_out(app, tx, &by, (&article, edition), &order, but, change)).await?;
    Ok(Ok(done(tx, one, &signed, change).await?))
}

/// Takes down what was public for its time. It was ordered by who might then, and nobody's leaving keeps it up.
async fn withdraw(app: &App, tx: &WriteTx, one: Schedule, change: Change) -> Result<Change, Error> {
    let (article, edition) = about(tx, &one).await?;
    let down = Down { how: TakeDown::Withdraw, reason: Reason::Expired, note: String::new() };
    let (signed, change) =
        publication::take_down(app, tx, one.by, (&article, edition), &down, &[one.id], change).await?;
    done(tx, one, &signed, change).await
}

async fn done(tx: &WriteTx, one: Schedule, signed: &publication::Publication, change: Change) -> Result<Change, Error> {
    let data = json!({"schedule": one.id.to_string(), "publication": signed.id.to_string()});
    let edition = one.edition;
    let done = Schedule {
        outcome: Outcome::Done,
        why: None,
        wake_at: None,
        settled_at: Some(signed.at),
        publication: Some(signed.id),
        ..one
    };
    schedule::update(tx, &done).await?;
    Ok(change.entry("edition.schedule_done", "edition", edition, data))
}

async fn about(tx: &impl Tx, one: &Schedule) -> Result<(Article, Edition), Error> {
    let edition = editions::find_many(tx, [one.edition]).await?.pop().ok_or_else(Error::not_found)?;
    let article = article::find(tx, edition.article).await?.ok_or_else(Error::not_found)?;
    Ok((article, edition))
}

fn may_publish(by: &Actor, article: &Article, edition: &Edition) -> bool {
    let scope = Scope { agency: Some(&article.shared.agency), locale: Some(&edition.locale) };
    permit::<Publish>(by, scope).is_some()
}

/// What an error makes of an order: a rule refuses it for good, anything else is tried again.
async fn judge(app: &App, due: Due, error: &Error) -> Result<(Step, &'static str), Error> {
    let code = error.code();
    let tx = app.db.read().await?;
    let passing = code.status() >= 500 || code == Problem::SourceNotPublished && source_waits(&tx, due).await?;
    if !passing {
        return Ok((Step::Refuse, code.slug()));
    }
    let attempts = match due {
        Due::One(id) => schedule::find(&tx, id).await?.map_or(0, |one| one.attempts),
        Due::Whole(id) => release::find(&tx, id).await?.map_or(0, |one| one.attempts),
    };
    Ok((Step::Fail(attempts + 1), code.slug()))
}

/// Whether the source of a translation was to be public by now, and is being tried again.
async fn source_waits(tx: &impl Tx, due: Due) -> Result<bool, Error> {
    let Due::One(id) = due else { return Ok(false) };
    let Some(one) = schedule::find(tx, id).await? else { return Ok(false) };
    let (article, _) = about(tx, &one).await?;
    let Some(source) = editions::find(tx, article.id, &article.source_locale).await? else { return Ok(false) };
    let waiting = schedule::waiting(tx, [source.id]).await?;
    Ok(waiting.iter().any(|other| other.deed == Deed::Publish && other.due_at <= one.due_at))
}

/// Writes down what came of a trial that left no trace of its own.
async fn settle(app: &App, due: Due, what: Step, why: &str) -> Result<bool, Error> {
    let (tx, now) = (app.db.write().await?, app.clock.now());
    let change = match due {
        Due::One(id) => settle_one(&tx, id, what, why, now).await?,
        Due::Whole(id) => settle_whole(&tx, id, what, why, now).await?,
    };
    let Some(change) = change else { return Ok(false) };
    tx.commit(change).await?;
    Ok(true)
}

async fn settle_one(
    tx: &WriteTx,
    id: ScheduleId,
    what: Step,
    why: &str,
    now: Timestamp,
) -> Result<Option<Change>, Error> {
    // A commit of which nobody heard may have done it after all.
    let found = schedule::find(tx, id).await?.filter(|one| wakes(one.outcome, one.wake_at, now));
    let Some(mut one) = found else { return Ok(None) };
    let Some(outcome) = step(one.outcome, what) else { return Ok(None) };
    one.outcome = outcome;
    one.why = Some(why.to_owned());
    if let Step::Fail(attempts) = what {
        one.attempts = attempts;
    }
    one.wake_at = (outcome == Outcome::Waiting).then(|| now.plus(back_off(one.attempts)));
    one.settled_at = (outcome != Outcome::Waiting).then_some(now);
    schedule::update(tx, &one).await?;
    if outcome != Outcome::Waiting {
        not_done(tx, &one, now).await?;
    }
    let (article, edition) = about(tx, &one).await?;
    touch(tx, edition.id, now).await?;
    let data = json!({
        "schedule": id.to_string(),
        "outcome": outcome.as_str(),
        "why": why,
        "attempts": one.attempts,
    });
    let change = Change::by(None, now)
        .entry("edition.schedule_not_done", "edition", edition.id, data)
        .emit(event(&article, Some(&edition.locale)));
    Ok(Some(change))
}

async fn settle_whole(
    tx: &WriteTx,
    id: ReleaseId,
    what: Step,
    why: &str,
    now: Timestamp,
) -> Result<Option<Change>, Error> {
    let found = release::find(tx, id).await?.filter(|one| wakes(one.outcome, one.wake_at, now));
    let Some(mut whole) = found else { return Ok(None) };
    let Some(outcome) = step(whole.outcome, what) else { return Ok(None) };
    if let Step::Fail(attempts) = what {
        whole.attempts = attempts;
        whole.why = Some(why.to_owned());
        whole.wake_at = Some(now.plus(back_off(attempts)));
        whole.version += 1;
        release::update(tx, &whole).await?;
    }
    if outcome != Outcome::Waiting {
        settle_release(tx, id, (what, why), None, now).await?;
    }
    let data = json!({
        "outcome": outcome.as_str(),
        "why": why,
        "attempts": whole.attempts,
    });
    let mut change = Change::by(None, now).entry("release.not_done", "release", id, data);
    for member in schedule::members(tx, id).await? {
        let (article, edition) = about(tx, &member).await?;
        change = change.emit(event(&article, Some(&edition.locale)));
    }
    Ok(Some(change))
}
