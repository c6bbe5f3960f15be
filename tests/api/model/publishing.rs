//! Becoming public, and ceasing to be.

use super::{
    act::Hash,
    office::{At, Case, CaseState, Edition, Event, LOCALES, Office, Publication, Published},
};

/// Why something cannot be done.
pub type Obstacle = &'static str;

impl Office {
    /// What stands in the way of publishing a text that somebody names, apart from its moment; `is_now` asks for its
    /// source too.
    pub fn obstacle(&self, at: At, named: Option<usize>, correct: bool, is_now: bool) -> Option<Obstacle> {
        let edition = self.edition(at)?;
        match edition.acts.last() {
            None if correct => return Some("not-published"),
            Some(last) if Some(last.revision) == named && last.act.takes_down() => return Some("taken-down"),
            Some(last) if Some(last.revision) == named => return Some("already-published"),
            _ => {}
        }
        let Some(case) = edition.current_case() else { return Some("not-approved") };
        if named != Some(edition.latest()) {
            return Some("hash-mismatch");
        }
        match case.state {
            CaseState::Approved if !self.stands(at, case) => Some("approval-lapsed"),
            CaseState::Approved if is_now && at.1 != 0 && !self.source_is_live(at.0) => Some("source-not-published"),
            CaseState::Approved => None,
            _ => Some("not-approved"),
        }
    }

    pub fn publish(
        &mut self,
        who: usize,
        at: At,
        correct: bool,
        hash: Hash,
        (due, until): (Option<i64>, Option<i64>),
    ) -> u16 {
        if !self.may_publish(who, at) {
            return 403;
        }
        let (due, until) = self.moments(due, until);
        if due.is_some_and(|due| due <= self.now) || until.is_some_and(|until| until <= due.unwrap_or(self.now)) {
            return 422;
        }
        let named = self.named(at, hash);
        if self.obstacle(at, named, correct, due.is_none()).is_some() {
            return 409;
        }
        let Some(due) = due else {
            self.go_public(who, at, correct, until, &[]);
            return 200;
        };
        if self.order(who, at, correct, (due, until), None) { 202 } else { 409 }
    }

    /// When something is to begin, and when it is to end.
    pub fn moments(&self, due: Option<i64>, until: Option<i64>) -> (Option<i64>, Option<i64>) {
        let due = due.map(|seconds| self.now + seconds);
        (due, until.map(|seconds| due.unwrap_or(self.now) + seconds))
    }

    /// Makes the newest text public; `but` are the orders that it is done for.
    pub fn go_public(&mut self, who: usize, at: At, correct: bool, until: Option<i64>, but: &[usize]) {
        self.end_orders(at, Some(false), "published-before", but);
        if let Some(until) = until {
            self.order_end(who, at, until);
        }
        let Some(edition) = self.edition(at) else { return };
        let act = match (edition.acts.is_empty(), correct) {
            (true, _) => Published::First,
            (false, false) => Published::Update,
            (false, true) => Published::Correct,
        };
        let kind = match act {
            Published::First => "published",
            Published::Update => "updated",
            _ => "corrected",
        };
        let (revision, case) = (edition.latest(), edition.cases.len().checked_sub(1));
        self.go_live(at, Publication { act, revision, case }, kind);
    }

    fn go_live(&mut self, at: At, publication: Publication, kind: &'static str) {
        let stale_before = std::array::from_fn::<_, { LOCALES.len() }, _>(|l| self.is_stale_in_public((at.0, l)));
        self.act(at, publication, Some(publication.revision), kind);
        // Translations that follow the old text are told to be out of date, once.
        for other in (1..LOCALES.len()).filter(|_| at.1 == 0) {
            if !stale_before[other] && self.is_stale_in_public((at.0, other)) {
                self.tell("stale", (at.0, other));
            }
        }
    }

    fn act(&mut self, at: At, publication: Publication, live: Option<usize>, kind: &'static str) {
        if let Some(edition) = self.edition_mut(at) {
            edition.acts.push(publication);
            edition.live = live;
            edition.writes += 1;
        }
        self.tell(kind, at);
    }

    pub fn withdraw(&mut self, who: usize, at: At) -> u16 {
        if !self.may_publish(who, at) {
            return 403;
        }
        if self.edition(at).is_none_or(|edition| edition.live.is_none()) {
            return 409;
        }
        self.take_down(at, Published::Withdraw, &[]);
        200
    }

    /// With a source go the editions that were made from it, as the office has settled.
    pub fn retract(&mut self, who: usize, at: At) -> u16 {
        if !self.may_publish(who, at) {
            return 403;
        }
        let last = self.edition(at).and_then(|edition| edition.acts.last());
        if last.is_none_or(|last| last.act == Published::Retract) {
            return 409;
        }
        self.take_down(at, Published::Retract, &[]);
        let follow = if self.retracts_all { Published::Retract } else { Published::Withdraw };
        let live = |other: &At| self.edition(*other).is_some_and(|edition| edition.live.is_some());
        let made_from: Vec<At> = (1..LOCALES.len()).map(|locale| (at.0, locale)).filter(live).collect();
        let writes = self.writes(&made_from);
        for (other, before) in made_from.into_iter().filter(|_| at.1 == 0).zip(writes) {
            self.take_down(other, follow, &[]);
            self.set_writes(other, before + 1);
        }
        200
    }

    /// Nothing that was ordered earlier brings back what is taken down.
    pub fn take_down(&mut self, at: At, act: Published, but: &[usize]) {
        self.end_orders(at, None, "taken-down-before", but);
        let Some(last) = self.edition(at).and_then(|edition| edition.acts.last()) else { return };
        let kind = if act == Published::Retract { "retracted" } else { "withdrawn" };
        self.act(at, Publication { act, revision: last.revision, case: None }, None, kind);
    }

    /// The same text by the approval that it had, or a newer one.
    pub fn restore(&mut self, who: usize, at: At, hash: Hash) -> u16 {
        if !self.may_publish(who, at) {
            return 403;
        }
        let Some(edition) = self.edition(at) else { return 404 };
        let Some(last) = edition.acts.last().filter(|last| last.act.takes_down()) else { return 409 };
        let revision = last.revision;
        let stands = self.approval_of(edition, revision).filter(|(_, case)| self.stands(at, case));
        let Some(case) = stands.map(|(place, _)| place) else { return 409 };
        if hash == Hash::Foreign || (at.1 != 0 && !self.source_is_live(at.0)) {
            return 409;
        }
        self.go_live(at, Publication { act: Published::Restore, revision, case: Some(case) }, "restored");
        200
    }

    /// The case by which a text became public, unless it was given up, or a newer one that approved the same text.
    fn approval_of<'e>(&self, edition: &'e Edition, revision: usize) -> Option<(usize, &'e Case)> {
        let known = edition.acts.iter().rev().find_map(|one| one.case)?;
        let newest = edition.cases.len() - 1;
        let is_newer = edition
            .current_case()
            .is_some_and(|case| newest != known && case.revision == revision && case.state == CaseState::Approved);
        let place = if is_newer { newest } else { known };
        let case = &edition.cases[place];
        (!case.ended).then_some((place, case))
    }

    pub fn tell(&mut self, kind: &'static str, (slot, locale): At) {
        let version = self.edition((slot, locale)).map_or(0, Edition::versions);
        self.events.push(Event { kind, slot, locale, version });
    }
}
