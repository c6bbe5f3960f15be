//! Releases: several editions of one or more articles become public together, at once or at a moment, or none of them.

use std::collections::HashSet;

use serde_json::json;

use super::{
    App, Caller, Check, Code as Problem, Done, Error, FieldCode, FieldError, Once,
    article::{Article, event},
    caller::allow,
    edition::{self, Edition},
    publication::{self, Order},
    schedule::{self, Line},
};
use crate::{
    domain::{
        access::{Actor, Publish, Scope},
        schedule::{Deed, Outcome, Step},
    },
    kernel::{ArticleId, LocaleTag, ReleaseId, Timestamp},
    store::{Change, Tx, WriteTx, edition as editions, release, schedule as schedules},
};

pub use release::Release;

/// Members of a release at most.
pub const MAX_MEMBERS: usize = 50;

/// A text that is to be public with others.
#[derive(Clone, Debug)]
pub struct Member {
    /// The article.
    pub article: ArticleId,
    /// The language.
    pub locale: LocaleTag,
    /// What is ordered of it.
    pub order: Order,
}

/// A release with its members, in the order in which they were named.
#[derive(Clone, Debug)]
pub struct Whole {
    /// The release.
    pub release: Release,
    /// Its members.
    pub members: Vec<Line>,
}

/// Publishes several texts, or orders them for a moment.
pub async fn create(
    app: &App,
    caller: Caller,
    members: Vec<Member>,
    at: Option<Timestamp>,
    once: Once<Whole>,
) -> Result<Done<Whole>, Error> {
    let (tx, actor) = app.write_as(caller).await?;
    if let Some(answer) = once.before(app, &tx, actor.id).await? {
        return Ok(Done::Before(answer));
    }
    let now = app.clock.now();
    let members = read(members, at, now)?;
    // Who may not publish one of them hears that before anything is looked at.
    for (place, member) in members.iter().enumerate() {
        let (article, _) = edition::find(&tx, &actor, member.article, &member.locale).await?;
        let scope = Scope { agency: Some(&article.shared.agency), locale: Some(&member.locale) };
        allow::<Publish>(&actor, scope).map_err(|refusal| named(refusal, place, member))?;
    }
    let whole = Release {
        id: ReleaseId::new(),
        due_at: at,
        by: actor.id,
        ordered_at: now,
        outcome: if at.is_some() { Outcome::Waiting } else { Outcome::Done },
        why: None,
        attempts: 0,
        wake_at: at,
        settled_at: at.is_none().then_some(now),
        version: 1,
    };
    release::insert(&tx, &whole).await?;
    let data = schedule::said_of_release(at, members.len());
    let change = Change::by(Some(actor.id), now).entry(schedule::RELEASE_ORDERED, "release", whole.id, data);
    let (lines, change) = match at {
        Some(at) => later(app, &tx, &actor, &members, (at, whole.id), change).await?,
        None => at_once(app, &tx, &actor, &members, whole.id, change).await?,
    };
    let done = Whole { release: whole, members: lines };
    once.keep(app, &tx, actor.id, &done).await?;
    tx.commit(change).await?;
    Ok(Done::Now(done))
}

fn read(members: Vec<Member>, at: Option<Timestamp>, now: Timestamp) -> Result<Vec<Member>, Error> {
    let mut check = Check::new();
    if members.is_empty() {
        check.fault(FieldError::new("/members", FieldCode::Required));
    }
    if members.len() > MAX_MEMBERS {
        check.fault(FieldError::new("/members", FieldCode::TooMany).with("max", MAX_MEMBERS));
    }
    let mut seen = HashSet::new();
    for (place, member) in members.iter().enumerate() {
        if !seen.insert((member.article, member.locale.clone())) {
            let fault = FieldError::new(format!("/members/{place}"), FieldCode::Duplicate);
            check.fault(fault.with("name", format!("{} {}", member.article, member.locale)));
        }
    }
    if at.is_some_and(|at| at <= now) {
        check.fault(FieldError::new("/publish_at", FieldCode::InPast));
    }
    check.finish()?;
    let read = |(place, member): (usize, Member)| {
        let order = member.order.clone().read(now, &format!("/members/{place}"))?;
        Ok(Member { order, ..member })
    };
    members.into_iter().enumerate().map(read).collect()
}

/// A refusal that names the member that stands in the way of all.
fn named(refusal: Error, place: usize, member: &Member) -> Error {
    let at = json!({"place": place, "article": member.article.to_string(), "locale": member.locale.as_str()});
    refusal.extra("member", at)
}

async fn later(
    app: &App,
    tx: &WriteTx,
    actor: &Actor,
    members: &[Member],
    (at, id): (Timestamp, ReleaseId),
    mut change: Change,
) -> Result<(Vec<Line>, Change), Error> {
    let mut lines = Vec::with_capacity(members.len());
    for (place, member) in members.iter().enumerate() {
        let found = edition::find(tx, actor, member.article, &member.locale).await?;
        let (line, next) = schedule::order(app, tx, actor, found, &member.order, (at, Some(id)), change)
            .await
            .map_err(|refusal| named(refusal, place, member))?;
        lines.push(line);
        change = next;
    }
    Ok((lines, change))
}

async fn at_once(
    app: &App,
    tx: &WriteTx,
    actor: &Actor,
    members: &[Member],
    id: ReleaseId,
    mut change: Change,
) -> Result<(Vec<Line>, Change), Error> {
    let now = app.clock.now();
    let mut found = Vec::with_capacity(members.len());
    for (place, member) in members.iter().enumerate() {
        let (article, edition) = edition::find(tx, actor, member.article, &member.locale).await?;
        let line = schedule::new(Deed::Publish, (&article, &edition), member.order.hash, now, actor.id, now);
        found.push((place, line, article, edition));
    }
    // The sources first: what was made from one is not public before it.
    found.sort_by_key(|(_, line, _, _)| !line.is_source);
    let mut lines = Vec::with_capacity(members.len());
    for (place, line, article, edition) in found {
        let member = &members[place];
        let (signed, next) = publication::carry_out(app, tx, actor, (&article, edition), &member.order, &[], change)
            .await
            .map_err(|refusal| named(refusal, place, member))?;
        change = next;
        let line = schedule::Schedule {
            number: signed.number,
            correct: member.order.correct,
            note: member.order.note.clone(),
            release: Some(id),
            outcome: Outcome::Done,
            settled_at: Some(now),
            publication: Some(signed.id),
            ..line
        };
        lines.push((place, Line { article: article.id, locale: member.locale.clone(), schedule: line }));
    }
    lines.sort_by_key(|(place, _)| *place);
    let lines: Vec<Line> = lines.into_iter().map(|(_, line)| line).collect();
    schedules::insert_many(tx, &lines.iter().map(|line| &line.schedule).collect::<Vec<_>>()).await?;
    Ok((lines, publication::released(change)))
}

/// A release, if the caller may see all that is in it.
pub async fn show(app: &App, caller: Caller, id: ReleaseId) -> Result<Whole, Error> {
    let (tx, actor) = app.read_as(caller).await?;
    Ok(find(&tx, &actor, id).await?.0)
}

async fn find(tx: &impl Tx, actor: &Actor, id: ReleaseId) -> Result<(Whole, Vec<(Article, Edition)>), Error> {
    let release = release::find(tx, id).await?.ok_or_else(Error::not_found)?;
    let (mut members, mut about) = (Vec::new(), Vec::new());
    for one in schedules::members(tx, id).await? {
        let edition = editions::find_many(tx, [one.edition]).await?.pop().ok_or_else(Error::not_found)?;
        let found = edition::find(tx, actor, edition.article, &edition.locale).await?;
        // Who only translates from a source does not learn when it is to be public.
        if edition::is_guest_at(actor, &found.0, &found.1) {
            return Err(Error::not_found());
        }
        members.push(Line { article: edition.article, locale: edition.locale, schedule: one });
        about.push(found);
    }
    Ok((Whole { release, members }, about))
}

/// Calls a release off.
pub async fn cancel(app: &App, caller: Caller, id: ReleaseId, version: i64) -> Result<Whole, Error> {
    let (tx, actor) = app.write_as(caller).await?;
    let (whole, about) = find(&tx, &actor, id).await?;
    for (article, edition) in &about {
        allow::<Publish>(&actor, Scope { agency: Some(&article.shared.agency), locale: Some(&edition.locale) })?;
    }
    if whole.release.version != version {
        return Err(Error::new(Problem::PreconditionFailed));
    }
    if whole.release.outcome != Outcome::Waiting {
        return Err(Error::new(Problem::NotScheduled));
    }
    let now = app.clock.now();
    schedule::settle_release(&tx, id, (Step::Cancel, Outcome::Cancelled.as_str()), Some(actor.id), now).await?;
    let (whole, _) = find(&tx, &actor, id).await?;
    let mut change =
        Change::by(Some(actor.id), now).entry("release.cancelled", "release", id, json!({"version": version}));
    for (article, edition) in &about {
        change = change.emit(event(article, Some(&edition.locale)));
    }
    tx.commit(change).await?;
    Ok(whole)
}
