//! History: who did what when, of one edition or of an article with all that the caller may read of it.

use std::collections::{BTreeSet, HashMap};

use super::{
    App, Caller, Error,
    article::readable,
    edition::{self, Edition, find, guest_numbers},
};
use crate::{
    domain::access::Actor,
    kernel::{AccountId, ArticleId, EditionId, LocaleTag, Page, PageRequest},
    store::{ReadTx, account, article::Article, edition as editions, history},
};

pub use history::{Event, Happened};

/// A page of a history, with the languages and the people in it.
#[derive(Clone, Debug)]
pub struct Story {
    /// What was done, newest first.
    pub page: Page<Event>,
    /// The languages of the editions.
    pub locales: HashMap<EditionId, LocaleTag>,
    /// The names of who did it.
    pub names: HashMap<AccountId, String>,
}

/// What was done with an edition, newest first.
pub async fn of_edition(
    app: &App,
    caller: Caller,
    at: (ArticleId, &LocaleTag),
    wanted: PageRequest,
) -> Result<Story, Error> {
    let (tx, actor) = app.read_as(caller).await?;
    let (article, edition) = find(&tx, &actor, at.0, at.1).await?;
    story(&tx, &actor, &article, vec![edition], wanted).await
}

/// What was done with all editions of an article that the caller may read, newest first.
pub async fn of_article(app: &App, caller: Caller, id: ArticleId, wanted: PageRequest) -> Result<Story, Error> {
    let (tx, actor) = app.read_as(caller).await?;
    let article = readable(&tx, &actor, id).await?;
    let all = editions::find_by_articles(&tx, [id]).await?;
    let shown = edition::visible_numbers(&tx, &actor, std::slice::from_ref(&article), &all).await?;
    let mine = all.into_iter().filter(|edition| shown.contains_key(&edition.id)).collect();
    story(&tx, &actor, &article, mine, wanted).await
}

async fn story(
    tx: &ReadTx,
    actor: &Actor,
    article: &Article,
    editions: Vec<Edition>,
    wanted: PageRequest,
) -> Result<Story, Error> {
    let mut told = Vec::with_capacity(editions.len());
    for edition in &editions {
        // Only the source has guests, so this asks once at most.
        told.push((edition.id, guest_numbers(tx, actor, article, edition).await?));
    }
    let page = history::page(tx, &told, wanted).await?;
    let names = account::names(tx, page.items.iter().flat_map(people).collect::<BTreeSet<_>>()).await?;
    let locales = editions.into_iter().map(|edition| (edition.id, edition.locale)).collect();
    Ok(Story { page, locales, names })
}

/// Everybody who is named in what was done.
fn people(event: &Event) -> Vec<AccountId> {
    let carried = match &event.what {
        Happened::Submitted { carried: Some(carried), .. } => carried.0.people().collect(),
        _ => Vec::new(),
    };
    [event.by].into_iter().chain(carried).collect()
}
