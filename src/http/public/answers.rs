//! Answers that are made once for everyone, until anything public changes.

use std::{cell::Cell, sync::Arc};

use moka::{future::Cache, policy::EvictionPolicy};

use super::{delta::Bases, detour::Detour, reader::Making};
use crate::{
    http::kit::Prepared,
    kernel::{Counter, Digest, Timestamp},
    service::{App, Error, public::Generation},
};

/// Bytes that answers may take in memory if nothing else is said.
const DEFAULT_BYTES: u64 = 32 << 20;
/// Addresses of which it is remembered when their answer changed.
const REMEMBERED: u64 = 20_000;

/// An answer, and the newest change of what it was made from, where there is one.
#[derive(Debug)]
pub(super) struct Made {
    /// The answer.
    pub answer: Prepared,
    /// The newest change in it.
    pub newest: Option<Timestamp>,
}

impl From<Prepared> for Made {
    fn from(answer: Prepared) -> Self {
        Self { answer, newest: None }
    }
}

/// The answers that are kept: an answer made from an older state is never given for a newer one.
#[derive(Debug)]
pub struct PublicAnswers {
    answers: Cache<(Generation, String), Arc<Prepared>>,
    told: Cache<String, Told>,
    kept: Counter,
    made: Counter,
    /// What was in feeds that were given.
    pub(super) bases: Bases,
}

/// What was said last of when an answer changed.
#[derive(Clone, Copy, Debug)]
struct Told {
    body: Digest,
    at: Option<Timestamp>,
    /// The newest moment that was ever said of it.
    latest: Option<Timestamp>,
}

impl Default for PublicAnswers {
    fn default() -> Self {
        Self::new(DEFAULT_BYTES)
    }
}

impl PublicAnswers {
    /// No answers yet; `bytes` bounds what they may take.
    pub fn new(bytes: u64) -> Self {
        let weight = |(_, key): &(Generation, String), answer: &Arc<Prepared>| {
            u32::try_from(512 + key.len() + answer.weight()).unwrap_or(u32::MAX)
        };
        // Least recently used: by frequency, answers of past states would be kept for the fame they had.
        let answers =
            Cache::builder().weigher(weight).max_capacity(bytes).eviction_policy(EvictionPolicy::lru()).build();
        Self {
            answers,
            told: Cache::new(REMEMBERED),
            kept: Counter::default(),
            made: Counter::default(),
            bases: Bases::default(),
        }
    }

    /// The answer of a key, made if need be; all who ask meanwhile wait for the same one.
    ///
    /// Who makes it enters first, and who is not let in is told so alone: another who waited makes it then. What is
    /// no answer otherwise is told to all of them and not kept.
    pub(super) async fn get<P>(
        &self,
        app: &App,
        key: String,
        enter: impl Fn() -> Result<P, Error>,
        mut make: Making<'_>,
    ) -> Result<Arc<Prepared>, Arc<Detour>> {
        // Before anything is read: what changes meanwhile makes the answer newer than its key, never older.
        let key = (app.generation(), key);
        if let Some(ready) = self.answers.get(&key).await {
            self.kept.one();
            return Ok(ready);
        }
        let refused = Cell::new(false);
        loop {
            let made = async {
                let _place = enter().inspect_err(|_| refused.set(true))?;
                let made = make.as_mut().await?;
                self.made.one();
                Ok::<_, Detour>(Arc::new(self.dated(app, &key.1, made).await))
            };
            match self.answers.try_get_with(key.clone(), made).await {
                Err(detour) if detour.is_of_who_asked() && !refused.get() => {}
                found => return found,
            }
        }
    }

    async fn dated(&self, app: &App, key: &str, made: Made) -> Prepared {
        let before = self.told.get(key).await;
        let newest = match (before, made.newest) {
            // Of what this process never told, another may have told more: what was taken out since, or came beside
            // it, is none of its items. Who kept that must not be told that nothing has changed.
            (None, Some(newest)) => app.db.newest_change().max(Some(newest)),
            (_, newest) => newest,
        };
        let told = tell(before, Digest::of(made.answer.body()), newest, app.clock.now());
        self.told.insert(key.to_owned(), told).await;
        match told.at {
            Some(at) => made.answer.modified_at(at),
            None => made.answer,
        }
    }

    /// How often an answer was there, and how often one had to be made.
    pub fn counted(&self) -> (u64, u64) {
        (self.kept.read(), self.made.read())
    }

    /// About how many bytes the kept answers take.
    pub async fn bytes(&self) -> u64 {
        self.answers.run_pending_tasks().await;
        self.answers.weighted_size()
    }
}

/// What to say of when an answer changed.
///
/// The newest change of the items is not enough: an answer changes by what is taken out of it too, by another
/// language that comes, by a name. Who only asks by the date would then be told for ever that nothing has.
fn tell(told: Option<Told>, body: Digest, newest: Option<Timestamp>, now: Timestamp) -> Told {
    let Some(told) = told else { return Told { body, at: newest, latest: newest } };
    if told.body == body && told.at.is_some() {
        return told;
    }
    // Dates have whole seconds: a second change within one is not dated rather than hidden behind the first.
    let is_later = |at: &Timestamp| told.latest.is_none_or(|latest| at.seconds() > latest.seconds());
    let is_dated = newest.is_some() || told.latest.is_some() || told.body != body;
    let at = newest.filter(is_later).or_else(|| Some(now).filter(|now| is_dated && is_later(now)));
    Told { body, at, latest: at.or(told.latest) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_micros(second * 1_000_000).unwrap()
    }

    fn said(told: Option<Told>, body: &str, newest: Option<i64>, now: i64) -> Told {
        tell(told, Digest::of(body), newest.map(at), at(now))
    }

    #[test]
    fn an_answer_is_as_old_as_its_newest_item() {
        let first = said(None, "a", Some(10), 50);
        assert_eq!(first.at, Some(at(10)));
        assert_eq!(said(Some(first), "a", Some(10), 60).at, Some(at(10)), "made again and the same");
        assert_eq!(said(Some(first), "b", Some(20), 60).at, Some(at(20)));
    }

    #[test]
    fn a_change_that_no_item_tells_of_is_dated_by_the_clock() {
        let first = said(None, "a", Some(10), 50);
        let second = said(Some(first), "b", Some(10), 60);
        assert_eq!(second.at, Some(at(60)));
        assert_eq!(said(Some(second), "c", Some(9), 70).at, Some(at(70)), "the newest item was taken down");
        assert_eq!(said(Some(said(None, "a", None, 5)), "b", None, 60).at, Some(at(60)));
    }

    #[test]
    fn a_second_change_within_a_second_is_not_dated_until_the_next() {
        let first = said(None, "a", Some(10), 10);
        let second = said(Some(first), "b", Some(10), 10);
        assert_eq!(second.at, None);
        assert_eq!(said(Some(second), "b", Some(10), 11).at, Some(at(11)));
        assert_eq!(said(Some(second), "c", Some(10), 10).at, None);
    }

    #[test]
    fn what_never_changed_has_no_date() {
        let first = said(None, "a", None, 10);
        assert_eq!((first.at, said(Some(first), "a", None, 20).at), (None, None));
    }
}
