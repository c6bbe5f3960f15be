//! What changed, for one reader: the internal sequence, as far as they may see it.

use std::collections::{HashMap, hash_map::Entry};

use super::{App, Caller, Error, article::readable, edition, notification};
use crate::{
    domain::{
        access::{Actor, Role, Scope},
        event::EventType,
    },
    kernel::ArticleId,
    store::{Tx, edition as editions, event},
};

pub use event::Numbered;

/// Events that are looked at in one go.
const SOME: u64 = 100;

/// What a reader sees of a part of the sequence.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The events that the reader may see.
    pub events: Vec<Numbered>,
    /// The number of the last one that was looked at.
    pub last: i64,
    /// Whether more follow at once.
    pub more: bool,
    /// How much the reader was told and has not read.
    pub unread: u64,
}

/// The number of the newest event.
pub async fn newest(app: &App, caller: Caller) -> Result<i64, Error> {
    let (tx, _) = app.read_as(caller).await?;
    Ok(event::newest(&tx).await?)
}

/// What the caller may see of the events after a number. The sign-in and the rights are looked at each time.
pub async fn after(app: &App, caller: Caller, seq: i64) -> Result<Seen, Error> {
    let (tx, actor) = app.read_as(caller).await?;
    let all = event::after(&tx, seq, SOME).await?;
    let last = all.last().map_or(seq, |one| one.seq);
    let more = u64::try_from(all.len()).unwrap_or(SOME) == SOME;
    let mut known = HashMap::new();
    let mut events = Vec::new();
    for one in all {
        if sees(&tx, &actor, &one, &mut known).await? {
            events.push(one);
        }
    }
    let unread = notification::count_unread(&tx, actor.id).await?;
    Ok(Seen { events, last, more, unread })
}

/// Whether the reader may see what an event is about; of an article, looked up once.
async fn sees(
    tx: &impl Tx,
    actor: &Actor,
    one: &Numbered,
    known: &mut HashMap<ArticleId, Option<Vec<crate::kernel::LocaleTag>>>,
) -> Result<bool, Error> {
    let Some(id) = one.event.article else {
        return Ok(match one.event.kind {
            EventType::Account => actor.holds(&[Role::Admin], Scope::default()),
            EventType::Vocabulary | EventType::Draft | EventType::Live => true,
        });
    };
    if let Entry::Vacant(place) = known.entry(id) {
        let visible = match readable(tx, actor, id).await {
            Ok(article) => {
                let all = editions::find_by_articles(tx, [id]).await?;
                let numbers = edition::visible_numbers(tx, actor, std::slice::from_ref(&article), &all).await?;
                Some(all.into_iter().filter(|one| numbers.contains_key(&one.id)).map(|one| one.locale).collect())
            }
            Err(error) if error.code() == super::Code::NotFound => None,
            Err(error) => return Err(error),
        };
        place.insert(visible);
    }
    let visible = known.get(&id).and_then(Option::as_ref);
    Ok(visible.is_some_and(|locales| one.event.locale.as_ref().is_none_or(|locale| locales.contains(locale))))
}
