//! What the watch found, in people's terms.

use std::collections::HashSet;

use super::{Report, What, look};
use crate::{
    domain::access::{Audit, Scope},
    kernel::{AccountId, EditionId, Timestamp},
    service::{App, Caller, Error, caller::allow},
    store::{Tx, account, edition, revision},
};

/// A finding in people's terms.
#[derive(Clone, Debug)]
pub struct Named {
    /// The article; of an edition that is gone, its id in the place of the article's.
    pub article: String,
    /// The language; empty where the edition is gone.
    pub locale: String,
    /// The newest title, as it lies there.
    pub title: String,
    /// What does not fit.
    pub what: What,
}

/// What was found, with names.
#[derive(Clone, Debug)]
pub struct Examined {
    /// When; nothing before the first look.
    pub at: Option<Timestamp>,
    /// Editions, by what is wrong with them.
    pub editions: Vec<Named>,
    /// Accounts whose rights are not those that they were given, with their names.
    pub accounts: Vec<(AccountId, String)>,
    /// How many editions there are.
    pub looked_at: u64,
}

/// Looks at everything now, and names what is wrong.
pub async fn examine(app: &App) -> Result<Examined, Error> {
    let report = look(app).await?;
    named(&app.db.read().await?, &report).await
}

/// What the last look found, for auditors.
pub async fn found_as(app: &App, caller: Caller) -> Result<Examined, Error> {
    let (tx, actor) = app.read_as(caller).await?;
    allow::<Audit>(&actor, Scope::default())?;
    named(&tx, &app.public.found()).await
}

async fn named(tx: &impl Tx, report: &Report) -> Result<Examined, Error> {
    let ids: HashSet<EditionId> = report.editions.iter().map(|one| one.edition).collect();
    let editions = edition::find_many(tx, ids).await?;
    let mut all = Vec::new();
    for one in &report.editions {
        let there = editions.iter().find(|edition| edition.id == one.edition);
        let title = match there {
            Some(it) => revision::titles(tx, &[(it.id, it.latest)]).await?.remove(&it.id).unwrap_or_default(),
            None => String::new(),
        };
        all.push(Named {
            article: there.map_or_else(|| one.edition.to_string(), |it| it.article.to_string()),
            locale: there.map(|it| it.locale.to_string()).unwrap_or_default(),
            title,
            what: one.what,
        });
    }
    let mut names = account::names(tx, report.accounts.iter().copied()).await?;
    let accounts = report.accounts.iter().map(|id| (*id, names.remove(id).unwrap_or_default())).collect();
    Ok(Examined { at: report.at, editions: all, accounts, looked_at: edition::how_many(tx).await? })
}
