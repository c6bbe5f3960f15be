//! The queue: what waits for somebody, soonest due first, and what they sent and where it stands.
//!
//! A page costs its own size. What waits is kept by role, agency and language beside the cases, so each grant is one
//! short walk along an index; the walks are merged.

use std::collections::HashMap;

use super::{App, Caller, Error, article::Article, edition::Edition, notification};
use crate::{
    domain::{
        access::{Actor, Grant, Role, Scope},
        workflow::{Case, DECIDING, TurnKind, Waiting},
    },
    kernel::{AccountId, Cursor, EditionId, Page, PageRequest, Timestamp},
    store::{
        ReadTx, account, article, case, edition as editions, revision, turn,
        turn::{Lane, Turn},
    },
};

/// Most that is counted: more is not worth a number.
pub const MAX_COUNT: u64 = 100;

/// Something in the queue.
#[derive(Clone, Debug)]
pub struct Item {
    /// The id of its line: the turn's, or of what was sent the case's.
    pub id: uuid::Uuid,
    /// The article.
    pub article: Article,
    /// The edition.
    pub edition: Edition,
    /// The title of the text that it is about.
    pub title: String,
    /// The case.
    pub case: Case,
    /// What waits; nothing where the case is over.
    pub waiting: Option<Waiting>,
    /// For whom the reader would decide, where it is another's right.
    pub on_behalf_of: Option<(AccountId, Option<String>)>,
    /// Whether it is late.
    pub overdue: bool,
}

/// How much there is, each counted up to [`MAX_COUNT`].
#[derive(Clone, Copy, Debug)]
pub struct Counts {
    /// What waits for the reader.
    pub waiting: u64,
    /// What of it is late.
    pub overdue: u64,
    /// What the reader was told and has not read.
    pub unread: u64,
}

/// A page of the queue.
#[derive(Clone, Debug)]
pub struct Queue {
    /// The page.
    pub page: Page<Item>,
    /// The counts.
    pub counts: Counts,
}

/// A lane with those who would take a turn in it: the reader, and whose right it is.
struct Walk {
    lane: Lane,
    people: Vec<AccountId>,
    of: Option<AccountId>,
}

/// What waits for the caller, soonest due first; only what is late, if that is asked for.
pub async fn waiting(app: &App, caller: Caller, overdue: bool, wanted: PageRequest) -> Result<Queue, Error> {
    let (tx, actor) = app.read_as(caller).await?;
    let now = app.clock.now();
    let walks = walks(&actor);
    let before = overdue.then_some(now);
    let found = merged(&tx, &walks, (wanted.after, before), wanted.limit + 1).await?;
    let page = Page::cut(found, wanted.limit, |(turn, _)| turn.cursor());
    let counts = counts(&tx, &actor, &walks, now).await?;
    Ok(Queue { page: Page { items: items(&tx, page.items, now).await?, next: page.next }, counts })
}

async fn counts(tx: &ReadTx, actor: &Actor, walks: &[Walk], now: Timestamp) -> Result<Counts, Error> {
    let many = |found: Vec<_>| u64::try_from(found.len()).unwrap_or(MAX_COUNT);
    Ok(Counts {
        waiting: many(merged(tx, walks, (None, None), MAX_COUNT).await?),
        overdue: many(merged(tx, walks, (None, Some(now)), MAX_COUNT).await?),
        unread: notification::count_unread(tx, actor.id).await?,
    })
}

/// Where what waits for somebody stands: by their name, by what they hold, and by what was lent to them.
fn walks(actor: &Actor) -> Vec<Walk> {
    let own = |lane| Walk { lane, people: vec![actor.id], of: None };
    let mut walks = vec![own(Lane::Person(actor.id))];
    let mut held: Vec<&Grant> = Vec::new();
    for grant in actor.grants.iter().filter(|grant| DECIDING.contains(&grant.role)) {
        // What a wider grant finds already is not looked for twice.
        if !held.iter().any(|wider| wider.includes(grant)) {
            held.retain(|narrower| !grant.includes(narrower));
            held.push(grant);
        }
    }
    walks.extend(held.into_iter().map(|grant| own(Lane::Grant(grant.clone()))));
    for lent in &actor.delegated {
        for lane in [Lane::Grant(lent.grant.clone()), Lane::Named(lent.of, lent.grant.clone())] {
            walks.push(Walk { lane, people: vec![actor.id, lent.of], of: Some(lent.of) });
        }
    }
    walks
}

/// The first turns of all walks together, each once; what one may take in one's own name is not taken for another.
async fn merged(
    tx: &ReadTx,
    walks: &[Walk],
    bounds: (Option<Cursor>, Option<Timestamp>),
    limit: u64,
) -> Result<Vec<(Turn, Option<AccountId>)>, Error> {
    let mut all: Vec<(Turn, Option<AccountId>)> = Vec::new();
    for walk in walks {
        for found in turn::in_lane(tx, &walk.lane, &walk.people, bounds, limit).await? {
            // Only deciding is lent.
            let lent = walk.of.is_some() && found.waiting.kind == TurnKind::Publish;
            if !lent && !all.iter().any(|(known, _)| known.id == found.id) {
                all.push((found, walk.of));
            }
        }
    }
    all.sort_by_key(|(turn, _)| (turn.place(), turn.id));
    all.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(all)
}

async fn items(tx: &ReadTx, turns: Vec<(Turn, Option<AccountId>)>, now: Timestamp) -> Result<Vec<Item>, Error> {
    let cases = case::find_many(tx, turns.iter().map(|(turn, _)| turn.case)).await?;
    let beside = Beside::read(tx, &cases).await?;
    let names = account::names(tx, turns.iter().filter_map(|(_, of)| *of)).await?;
    let item = |(turn, of): (Turn, Option<AccountId>)| {
        let case = cases.iter().find(|case| case.id == turn.case)?;
        let overdue = turn.waiting.due_at.is_some_and(|due| due <= now);
        let on_behalf_of = of.map(|of| (of, names.get(&of).cloned()));
        let item = beside.item(turn.id.0, case)?;
        Some(Item { waiting: Some(turn.waiting), on_behalf_of, overdue, ..item })
    };
    Ok(turns.into_iter().filter_map(item).collect())
}

/// What the caller sent for review, newest first, and where it stands.
pub async fn sent(app: &App, caller: Caller, wanted: PageRequest) -> Result<Queue, Error> {
    let (tx, actor) = app.read_as(caller).await?;
    let now = app.clock.now();
    let page = case::opened_by(&tx, actor.id, wanted).await?;
    let beside = Beside::read(&tx, &page.items).await?;
    let item = |case: &Case| {
        let item = beside.item(case.id.0, case)?;
        // What one sent once and may not read any more is gone from here too.
        let scope = Scope { agency: Some(&item.article.shared.agency), locale: Some(&item.edition.locale) };
        let reads = actor.reads_drafts_of(&item.article.shared.agency) || actor.holds(&[Role::Translator], scope);
        let writer = if item.edition.locale == item.article.source_locale { Role::Author } else { Role::Translator };
        let is_live = item.edition.live == Some(case.number);
        let waiting = case.waiting(writer, is_live).into_iter().next();
        let overdue = waiting.as_ref().and_then(|one| one.due_at).is_some_and(|due| due <= now);
        reads.then_some(Item { waiting, overdue, ..item })
    };
    let items = page.items.iter().filter_map(item).collect();
    let counts = counts(&tx, &actor, &walks(&actor), now).await?;
    Ok(Queue { page: Page { items, next: page.next }, counts })
}

/// What stands beside some cases, read in a fixed number of statements.
struct Beside {
    articles: Vec<Article>,
    editions: Vec<Edition>,
    titles: HashMap<(EditionId, u32), String>,
}

impl Beside {
    async fn read(tx: &ReadTx, cases: &[Case]) -> Result<Self, Error> {
        let editions = editions::find_many(tx, cases.iter().map(|case| case.edition)).await?;
        let articles = article::find_many(tx, editions.iter().map(|edition| edition.article)).await?;
        let titles = revision::titles_of(tx, cases.iter().map(|case| case.revision)).await?;
        Ok(Self { articles, editions, titles })
    }

    fn item(&self, id: uuid::Uuid, case: &Case) -> Option<Item> {
        let edition = self.editions.iter().find(|edition| edition.id == case.edition)?;
        let article = self.articles.iter().find(|article| article.id == edition.article)?;
        Some(Item {
            id,
            article: article.clone(),
            edition: edition.clone(),
            title: self.titles.get(&(edition.id, case.number)).cloned().unwrap_or_default(),
            case: case.clone(),
            waiting: None,
            on_behalf_of: None,
            overdue: false,
        })
    }
}
