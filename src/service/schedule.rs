//! Orders for a later moment: publish at, publish until. Each is kept with what became of it.

mod run;

use serde_json::{Value, json};

use super::{
    App, Caller, Code as Problem, Error,
    article::{Article, event},
    caller::{allow, visible},
    edition::{self, Edition},
    notification::{About, tell},
    publication::{self, Order, Publication},
};
use crate::{
    domain::{
        access::{Actor, Publish, Scope},
        notice::NoticeKind,
        schedule::{Deed, Outcome, Step, Why, step},
    },
    kernel::{AccountId, ArticleId, Digest, EditionId, LocaleTag, Page, PageRequest, ReleaseId, ScheduleId, Timestamp},
    store::{Change, Tx, WriteTx, article, audit, edition as editions, release, schedule},
};

pub use run::run_due;
pub use schedule::Schedule;

/// The audit action of every order for a later moment.
pub(super) const ORDERED: &str = "edition.scheduled";

/// The audit action of every release that is ordered.
pub(super) const RELEASE_ORDERED: &str = "release.ordered";

/// What the audit chain holds of a release; of its members it holds their orders.
pub(super) fn said_of_release(due_at: Option<Timestamp>, members: usize) -> Value {
    json!({"members": members, "due_at": due_at.map(|at| at.to_string())})
}

/// An order with the article and the language that it is about.
#[derive(Clone, Debug)]
pub struct Line {
    /// The article.
    pub article: ArticleId,
    /// The language.
    pub locale: LocaleTag,
    /// The order.
    pub schedule: Schedule,
}

/// What is ordered for an edition: of each deed the newest order, with what became of it.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The edition's row version, which calling off names.
    pub version: i64,
    /// To publish.
    pub publish: Option<Line>,
    /// To take down when its time is over.
    pub withdraw: Option<Line>,
}

/// Orders the approved text for a moment. Everything is looked at now, so that what cannot be published is refused at
/// once, and all of it again at its moment. That the source is public is asked then only: it may become so.
pub(super) async fn order(
    app: &App,
    tx: &WriteTx,
    actor: &Actor,
    (article, mut edition): (Article, Edition),
    order: &Order,
    (due_at, release): (Timestamp, Option<ReleaseId>),
    change: Change,
) -> Result<(Line, Change), Error> {
    let scope = Scope { agency: Some(&article.shared.agency), locale: Some(&edition.locale) };
    allow::<Publish>(actor, scope)?;
    let number = publication::would(app, tx, (&article, &edition), order).await?;
    let now = app.clock.now();
    for other in schedule::waiting(tx, [edition.id]).await?.iter().filter(|other| other.deed == Deed::Publish) {
        if let Some(id) = other.release {
            return Err(Error::new(Problem::InRelease).extra("release", id.to_string()));
        }
    }
    supersede(tx, edition.id, Some(Deed::Publish), (Why::OrderedAgain, actor.id), &[], now).await?;
    let ordered = Schedule {
        number,
        correct: order.correct,
        note: order.note.clone(),
        until: order.until,
        release,
        // A release's members are woken with it.
        wake_at: release.is_none().then_some(due_at),
        ..new(Deed::Publish, (&article, &edition), order.hash, due_at, actor.id, now)
    };
    schedule::insert_many(tx, &[&ordered]).await?;
    edition.version += 1;
    edition.updated_at = now;
    editions::update(tx, &edition).await?;
    let change =
        change.entry(ORDERED, "edition", edition.id, said(&ordered)).emit(event(&article, Some(&edition.locale)));
    Ok((Line { article: article.id, locale: edition.locale, schedule: ordered }, change))
}

/// Orders that what became public is taken down when its time is over, in the place of an earlier end.
pub(super) async fn end(
    tx: &WriteTx,
    actor: &Actor,
    article: &Article,
    (edition, signed): (&Edition, &Publication),
    until: Timestamp,
    change: Change,
) -> Result<Change, Error> {
    supersede(tx, edition.id, Some(Deed::Withdraw), (Why::OrderedAgain, actor.id), &[], signed.at).await?;
    let about = (article, edition);
    let ordered = Schedule {
        number: signed.number,
        wake_at: Some(until),
        ..new(Deed::Withdraw, about, signed.content_hash, until, actor.id, signed.at)
    };
    schedule::insert_many(tx, &[&ordered]).await?;
    Ok(change.entry(ORDERED, "edition", edition.id, said(&ordered)))
}

pub(super) fn new(
    deed: Deed,
    (article, edition): (&Article, &Edition),
    hash: Digest,
    due_at: Timestamp,
    by: AccountId,
    now: Timestamp,
) -> Schedule {
    Schedule {
        id: ScheduleId::new(),
        edition: edition.id,
        agency: article.shared.agency.clone(),
        is_source: edition.locale == article.source_locale,
        deed,
        number: edition.latest,
        hash,
        correct: false,
        note: String::new(),
        due_at,
        until: None,
        release: None,
        by,
        ordered_at: now,
        outcome: Outcome::Waiting,
        why: None,
        attempts: 0,
        wake_at: None,
        settled_at: None,
        publication: None,
    }
}

/// What the audit chain holds of an order: all that it would do, the note as its hash.
pub(super) fn said(one: &Schedule) -> Value {
    json!({
        "schedule": one.id.to_string(),
        "deed": one.deed.as_str(),
        "content_hash": one.hash.to_string(),
        "correct": one.correct,
        "note_hash": Digest::of(&one.note).to_string(),
        "due_at": one.due_at.to_string(),
        "until": one.until.map(|until| until.to_string()),
        "release": one.release.map(|id| id.to_string()),
    })
}

/// Whether an order is what somebody ordered, as the audit chain knows it: a row alone publishes nothing.
async fn is_ordered(tx: &impl Tx, one: &Schedule) -> Result<bool, Error> {
    let entries = audit::about(tx, &one.edition.to_string(), ORDERED).await?;
    let said = said(one);
    Ok(entries.iter().any(|entry| entry.is_whole() && entry.draft.actor == Some(one.by) && entry.draft.data == said))
}

/// Ends the orders that wait for an edition, of one deed or of both, because something else came first. A member takes
/// its whole release with it: all or none. `but` are those that are being carried out.
pub(super) async fn supersede(
    tx: &WriteTx,
    edition: EditionId,
    deed: Option<Deed>,
    (why, by): (Why, AccountId),
    but: &[ScheduleId],
    now: Timestamp,
) -> Result<(), Error> {
    for one in schedule::waiting(tx, [edition]).await? {
        if but.contains(&one.id) || deed.is_some_and(|deed| deed != one.deed) {
            continue;
        }
        let release = one.release;
        settle(tx, one, (Step::Supersede, Some(why.as_str())), Some(by), now).await?;
        if let Some(id) = release {
            // Boxed: most orders are no release's, and every write that ends one leads through here.
            Box::pin(settle_release(tx, id, (Step::Supersede, why.as_str()), Some(by), now)).await?;
        }
    }
    Ok(())
}

/// Gives an order its outcome, if it has none yet, and tells who ordered it, unless it was done by them.
async fn settle(
    tx: &WriteTx,
    one: Schedule,
    (what, why): (Step, Option<&str>),
    by: Option<AccountId>,
    now: Timestamp,
) -> Result<(), Error> {
    let Some(outcome) = step(one.outcome, what) else { return Ok(()) };
    if by != Some(one.by) {
        not_done(tx, &one, now).await?;
    }
    let why = why.map(str::to_owned);
    Ok(schedule::update(tx, &Schedule { outcome, why, wake_at: None, settled_at: Some(now), ..one }).await?)
}

/// Tells who ordered something that it was not done; of a release once, whichever member comes first.
async fn not_done(tx: &WriteTx, one: &Schedule, now: Timestamp) -> Result<(), Error> {
    let Some(edition) = editions::find_many(tx, [one.edition]).await?.pop() else { return Ok(()) };
    let Some(article) = article::find(tx, edition.article).await? else { return Ok(()) };
    let (kind, subject) = match one.release {
        Some(release) => (NoticeKind::ReleaseNotDone, release.0),
        None => (NoticeKind::OrderNotDone, one.id.0),
    };
    tell(tx, [one.by], kind, About::subject(&article, &edition.locale, subject), now).await.map(drop)
}

/// Gives a release its outcome, and those of its members that have none.
pub(super) async fn settle_release(
    tx: &WriteTx,
    id: ReleaseId,
    (what, why): (Step, &str),
    by: Option<AccountId>,
    now: Timestamp,
) -> Result<(), Error> {
    let Some(mut whole) = release::find(tx, id).await? else { return Ok(()) };
    let Some(outcome) = step(whole.outcome, what) else { return Ok(()) };
    whole.outcome = outcome;
    whole.why = Some(why.to_owned());
    whole.wake_at = None;
    whole.settled_at = Some(now);
    whole.version += 1;
    release::update(tx, &whole).await?;
    for member in schedule::members(tx, id).await?.into_iter().filter(|one| one.outcome == Outcome::Waiting) {
        let edition = member.edition;
        settle(tx, member, (what, Some(Why::Release.as_str())), by, now).await?;
        touch(tx, edition, now).await?;
    }
    Ok(())
}

/// Moves an edition's version on: how it stands has changed.
async fn touch(tx: &WriteTx, edition: EditionId, now: Timestamp) -> Result<(), Error> {
    for mut one in editions::find_many(tx, [edition]).await? {
        one.version += 1;
        one.updated_at = now;
        editions::update(tx, &one).await?;
    }
    Ok(())
}

/// What is ordered for an edition.
pub async fn show(app: &App, caller: Caller, at: (ArticleId, &LocaleTag)) -> Result<Plan, Error> {
    let (tx, actor) = app.read_as(caller).await?;
    let (article, edition) = edition::find(&tx, &actor, at.0, at.1).await?;
    plan(&tx, &actor, &article, &edition).await
}

/// The newest order of each deed; who only translates from a source reads nothing of when it is to be public.
pub(super) async fn plan(tx: &impl Tx, actor: &Actor, article: &Article, edition: &Edition) -> Result<Plan, Error> {
    if edition::is_guest_at(actor, article, edition) {
        return Ok(Plan { version: edition.version, publish: None, withdraw: None });
    }
    let line = |one: Option<Schedule>| {
        one.map(|schedule| Line { article: edition.article, locale: edition.locale.clone(), schedule })
    };
    Ok(Plan {
        version: edition.version,
        publish: line(schedule::newest(tx, edition.id, Deed::Publish).await?),
        withdraw: line(schedule::newest(tx, edition.id, Deed::Withdraw).await?),
    })
}

/// Calls off what waits for an edition, of one deed or of both.
pub async fn cancel(
    app: &App,
    caller: Caller,
    at: (ArticleId, &LocaleTag),
    deed: Option<Deed>,
    version: i64,
) -> Result<Plan, Error> {
    let (tx, actor) = app.write_as(caller).await?;
    let (article, edition) = edition::find(&tx, &actor, at.0, at.1).await?;
    allow::<Publish>(&actor, Scope { agency: Some(&article.shared.agency), locale: Some(at.1) })?;
    if edition.version != version {
        return Err(Error::new(Problem::PreconditionFailed));
    }
    let mut waiting = schedule::waiting(&tx, [edition.id]).await?;
    waiting.retain(|one| deed.is_none_or(|deed| deed == one.deed));
    if waiting.is_empty() {
        return Err(Error::new(Problem::NotScheduled));
    }
    if let Some(id) = waiting.iter().find_map(|one| one.release) {
        return Err(Error::new(Problem::InRelease).extra("release", id.to_string()));
    }
    let now = app.clock.now();
    let ids: Vec<String> = waiting.iter().map(|one| one.id.to_string()).collect();
    for one in waiting {
        settle(&tx, one, (Step::Cancel, None), Some(actor.id), now).await?;
    }
    touch(&tx, edition.id, now).await?;
    let edition = Edition { version: edition.version + 1, ..edition };
    let plan = plan(&tx, &actor, &article, &edition).await?;
    let change = Change::by(Some(actor.id), now)
        .entry("edition.schedule_cancelled", "edition", edition.id, json!({"schedules": ids}))
        .emit(event(&article, Some(at.1)));
    tx.commit(change).await?;
    Ok(plan)
}

/// A page of the orders of the agencies whose work the caller reads, the latest moment first.
pub async fn list(
    app: &App,
    caller: Caller,
    outcome: Option<Outcome>,
    wanted: PageRequest,
) -> Result<Page<Line>, Error> {
    let (tx, actor) = app.read_as(caller).await?;
    let page = schedule::page(&tx, &visible(&actor), outcome, wanted).await?;
    let editions = editions::find_many(&tx, page.items.iter().map(|one| one.edition)).await?;
    Ok(page.map(|schedule| {
        let edition = editions.iter().find(|one| one.id == schedule.edition).expect("a foreign key holds it");
        Line { article: edition.article, locale: edition.locale.clone(), schedule }
    }))
}
