//! Orders for a later moment, one by one and together: each comes to one end, and says which.

use super::{
    act::Hash,
    office::{At, Edition, Event, Office},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Waiting,
    Done,
    Refused,
    Superseded,
    Cancelled,
}

impl Outcome {
    pub fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Done => "done",
            Self::Refused => "refused",
            Self::Superseded => "superseded",
            Self::Cancelled => "cancelled",
        }
    }
}

/// An order to publish a text, or to take an edition down when its time is over.
#[derive(Clone, Debug)]
pub struct Order {
    pub at: At,
    pub withdraws: bool,
    pub correct: bool,
    pub due: i64,
    pub until: Option<i64>,
    pub release: Option<usize>,
    pub by: usize,
    pub outcome: Outcome,
    pub why: Option<&'static str>,
}

#[derive(Clone, Debug)]
pub struct Release {
    pub due: i64,
    pub outcome: Outcome,
    pub why: Option<&'static str>,
    pub version: usize,
    /// Its orders, in the order in which they were named.
    pub members: Vec<usize>,
}

/// Which editions are to be public together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pick {
    /// All of all articles that are approved and not public.
    Ready,
    /// Those of one article.
    OfArticle,
    /// Those, and one that may not be.
    Also,
}

impl Office {
    /// What waits for an edition.
    pub fn waiting(&self, at: At) -> Vec<usize> {
        let waits = |place: &usize| self.orders[*place].at == at && self.orders[*place].outcome == Outcome::Waiting;
        (0..self.orders.len()).filter(waits).collect()
    }

    /// Whether a text waits for its moment.
    pub fn is_scheduled(&self, at: At) -> bool {
        self.waiting(at).iter().any(|place| !self.orders[*place].withdraws)
    }

    /// The editions of a release; translations are named first.
    pub fn picked(&self, pick: Pick, at: At) -> Vec<At> {
        let ready = |one: At, edition: &Edition| {
            (pick == Pick::Ready || one.0 == at.0)
                && self.is_approved_by_others(one)
                && edition.live != Some(edition.latest())
                && !edition.is_newest_down()
        };
        let mut all: Vec<At> =
            self.editions().filter(|(one, edition)| ready(*one, edition)).map(|(one, _)| one).collect();
        if pick == Pick::Also && self.edition(at).is_some() && !all.contains(&at) {
            all.push(at);
        }
        all.reverse();
        all
    }

    /// Orders the newest text in the place of an earlier order; not if that is part of a release.
    pub fn order(
        &mut self,
        by: usize,
        at: At,
        correct: bool,
        (due, until): (i64, Option<i64>),
        release: Option<usize>,
    ) -> bool {
        let waiting = self.waiting(at);
        if waiting.iter().any(|place| self.orders[*place].release.is_some()) {
            return false;
        }
        self.end_orders(at, Some(false), "ordered-again", &[]);
        let (outcome, why) = (Outcome::Waiting, None);
        self.orders.push(Order { at, withdraws: false, correct, due, until, release, by, outcome, why });
        self.touch(at);
        true
    }

    /// Orders the end of what becomes public, in the place of an earlier end.
    pub fn order_end(&mut self, by: usize, at: At, due: i64) {
        self.end_orders(at, Some(true), "ordered-again", &[]);
        let (outcome, why) = (Outcome::Waiting, None);
        let end = Order { at, withdraws: true, correct: false, due, until: None, release: None, by, outcome, why };
        self.orders.push(end);
    }

    pub fn writes(&self, of: &[At]) -> Vec<usize> {
        of.iter().map(|at| self.edition(*at).map_or(0, |edition| edition.writes)).collect()
    }

    /// What is done to several editions at once counts as one write of each, whatever ends with it.
    pub fn set_writes(&mut self, at: At, writes: usize) {
        if let Some(edition) = self.edition_mut(at) {
            edition.writes = writes;
        }
    }

    pub fn touch(&mut self, at: At) {
        if let Some(edition) = self.edition_mut(at) {
            edition.writes += 1;
        }
    }

    /// Ends what waits for an edition because something else came first, of one deed or of both; a member takes its
    /// whole release with it.
    pub fn end_orders(&mut self, at: At, withdraws: Option<bool>, why: &'static str, but: &[usize]) {
        for place in self.waiting(at) {
            let order = &mut self.orders[place];
            if but.contains(&place) || withdraws.is_some_and(|deed| deed != order.withdraws) {
                continue;
            }
            (order.outcome, order.why) = (Outcome::Superseded, Some(why));
            if let Some(release) = order.release {
                self.settle_release(release, Outcome::Superseded, why);
            }
        }
    }

    pub fn settle_release(&mut self, place: usize, outcome: Outcome, why: &'static str) {
        let whole = &mut self.releases[place];
        if whole.outcome != Outcome::Waiting {
            return;
        }
        (whole.outcome, whole.why) = (outcome, Some(why));
        whole.version += 1;
        for member in whole.members.clone() {
            let order = &mut self.orders[member];
            if order.outcome == Outcome::Waiting {
                (order.outcome, order.why) = (outcome, Some("release"));
                let at = order.at;
                self.touch(at);
            }
        }
    }

    pub fn cancel(&mut self, who: usize, at: At, current: bool) -> u16 {
        if !self.may_publish(who, at) {
            return 403;
        }
        if !current {
            return 412;
        }
        let waiting = self.waiting(at);
        if waiting.is_empty() || waiting.iter().any(|place| self.orders[*place].release.is_some()) {
            return 409;
        }
        for place in waiting {
            self.orders[place].outcome = Outcome::Cancelled;
        }
        self.touch(at);
        200
    }

    /// Publishes several editions, or orders them: all of them or none.
    pub fn release(&mut self, who: usize, members: &[At], hash: Hash, due: Option<i64>) -> u16 {
        if due.is_some_and(|seconds| seconds <= 0) {
            return 422;
        }
        for at in members {
            if !self.reads_edition(who, *at) {
                return 404;
            }
            if !self.may_publish(who, *at) {
                return 403;
            }
        }
        let mut trial = self.clone();
        let done = match due {
            None => trial.release_now(who, members, hash),
            Some(seconds) => trial.release_later(who, members, hash, self.now + seconds),
        };
        if !done {
            return 409;
        }
        *self = trial;
        if due.is_none() { 201 } else { 202 }
    }

    fn release_now(&mut self, who: usize, members: &[At], hash: Hash) -> bool {
        let told = self.events.len();
        let mut in_turn = members.to_vec();
        in_turn.sort_by_key(|at| at.1 != 0);
        let writes = self.writes(&in_turn);
        for (at, before) in in_turn.into_iter().zip(writes) {
            if self.obstacle(at, self.named(at, hash), false, true).is_some() {
                return false;
            }
            self.go_public(who, at, false, None, &[]);
            self.set_writes(at, before + 1);
        }
        self.forget_overtaken(told);
        let (outcome, why, release) = (Outcome::Done, None, Some(self.releases.len()));
        let first = self.orders.len();
        let (withdraws, correct, until, due, by) = (false, false, None, self.now, who);
        self.orders.extend(members.iter().map(|at| Order {
            at: *at,
            withdraws,
            correct,
            due,
            until,
            release,
            by,
            outcome,
            why,
        }));
        let members = (first..self.orders.len()).collect();
        self.releases.push(Release { due, outcome, why, version: 1, members });
        true
    }

    fn release_later(&mut self, who: usize, members: &[At], hash: Hash, due: i64) -> bool {
        let (release, first) = (self.releases.len(), self.orders.len());
        for at in members {
            if self.obstacle(*at, self.named(*at, hash), false, false).is_some() {
                return false;
            }
            if !self.order(who, *at, false, (due, None), Some(release)) {
                return false;
            }
        }
        let (outcome, why, members) = (Outcome::Waiting, None, (first..self.orders.len()).collect());
        self.releases.push(Release { due, outcome, why, version: 1, members });
        true
    }

    /// That a translation fell behind its source and moved on in the same breath is told to nobody.
    pub fn forget_overtaken(&mut self, from: usize) {
        let all = self.events.split_off(from);
        for (place, event) in all.iter().enumerate() {
            let same = |later: &&Event| (later.slot, later.locale) == (event.slot, event.locale);
            if event.kind != "stale" || !all[place + 1..].iter().any(|later| same(&later)) {
                self.events.push(event.clone());
            }
        }
    }

    /// The release that is to be called off: the newest that waits, or else the newest.
    pub fn release_to_cancel(&self) -> Option<usize> {
        let waiting = self.releases.iter().rposition(|whole| whole.outcome == Outcome::Waiting);
        waiting.or(self.releases.len().checked_sub(1))
    }

    pub fn cancel_release(&mut self, who: usize, current: bool) -> u16 {
        let Some(place) = self.release_to_cancel() else { return 404 };
        let about: Vec<At> = self.releases[place].members.iter().map(|member| self.orders[*member].at).collect();
        if about.iter().any(|at| !self.reads_edition(who, *at) || self.is_guest_at(who, *at)) {
            return 404;
        }
        if !about.iter().all(|at| self.may_publish(who, *at)) {
            return 403;
        }
        if !current {
            return 412;
        }
        if self.releases[place].outcome != Outcome::Waiting {
            return 409;
        }
        self.settle_release(place, Outcome::Cancelled, "cancelled");
        200
    }
}
