//! The way of a text from its writer to its approval.

use super::{
    act::{Change, From, Hash},
    office::{At, Case, CaseState, Edition, Office, Text},
    people::{Role, STAGES},
};

impl Office {
    pub fn put_first(&mut self, (slot, locale): At, step: usize, by: usize, source: Option<usize>) {
        let first = Text { substance: step, marks: 0, minor: false, slug: step, by, source };
        if let Some(article) = &mut self.articles[slot] {
            article.editions[locale] = Some(Edition::begun(first));
        }
    }

    /// The source's revision that a text would be made from, or that it cannot be.
    fn made_from(&self, who: usize, at: At, from: From) -> Result<Option<usize>, u16> {
        if at.1 == 0 {
            return if from == From::Silent { Ok(None) } else { Err(422) };
        }
        let before = self.edition(at).and_then(|edition| edition.follows);
        let most = self.visible_source(who, at.0).max(before.unwrap_or(0));
        match self.told(at.0, from).or(before) {
            Some(number) if number > most => Err(422),
            Some(number) => Ok(Some(number)),
            None => Ok(Some(self.source_reference(at.0))),
        }
    }

    /// The number that is said.
    pub fn told(&self, slot: usize, from: From) -> Option<usize> {
        let newest = self.edition((slot, 0)).map_or(1, Edition::latest);
        match from {
            From::Silent => None,
            From::Newest => Some(newest),
            From::Beyond => Some(newest + 1),
        }
    }

    pub fn translate(&mut self, step: usize, who: usize, at: At, from: From) -> u16 {
        if !self.reads_article(who, at.0) {
            return 404;
        }
        if !self.can_write(who, at) {
            return 403;
        }
        let made_from = self.made_from(who, at, from);
        if self.edition(at).is_some() {
            return 412;
        }
        let Ok(source) = made_from else { return 422 };
        self.put_first(at, step, who, source);
        201
    }

    pub fn save(&mut self, step: usize, who: usize, at: At, (current, change): (bool, Change), from: From) -> u16 {
        if !self.reads_article(who, at.0) {
            return 404;
        }
        if !self.can_write(who, at) {
            return 403;
        }
        let made_from = self.made_from(who, at, from);
        let Some(edition) = self.edition(at) else { return 404 };
        if !current {
            return 412;
        }
        let (Ok(source), Some(before)) = (made_from, edition.texts.last().cloned()) else { return 422 };
        let after = match change {
            Change::FalseMinor => return 422,
            Change::Minor => Text { marks: before.marks + 1, minor: true, by: who, source, ..before },
            Change::Major => Text { substance: step, marks: 0, minor: false, by: who, source, ..before },
            Change::Moved => Text { substance: step, marks: 0, minor: false, by: who, source, slug: step },
        };
        self.append(at, after);
        200
    }

    /// Adds the next text: what was under way over the one before is over, and so is what was ordered of it.
    pub fn append(&mut self, at: At, text: Text) {
        self.end_orders(at, Some(false), "edited", &[]);
        let Some(edition) = self.edition_mut(at) else { return };
        edition.supersede();
        if let Some(asked) = edition.asked() {
            asked.state = CaseState::Superseded;
        }
        edition.follows = text.source;
        edition.texts.push(text);
        edition.writes += 1;
    }

    pub fn submit(&mut self, who: usize, at: At, current: bool) -> u16 {
        if !self.can_write(who, at) {
            return 403;
        }
        if !current {
            return 412;
        }
        // An approval that lapsed is in nobody's way.
        let lapsed = self.has_lapsed(at);
        let waiting = self.is_waiting(at) && !lapsed;
        let Some(edition) = self.edition(at) else { return 404 };
        // What is down was approved once: as long as that holds it is restored, not read again.
        if waiting || edition.live == Some(edition.latest()) {
            return 409;
        }
        if lapsed {
            self.give_up(at);
        }
        let Some(edition) = self.edition_mut(at) else { return 404 };
        edition.supersede();
        edition.cases.push(Case::open(edition.latest(), None));
        edition.writes += 1;
        201
    }

    /// An approval ends without another text in its place.
    fn give_up(&mut self, at: At) {
        self.end_orders(at, Some(false), "taken-back", &[]);
        let Some(edition) = self.edition_mut(at) else { return };
        edition.supersede();
        if let Some(case) = edition.cases.last_mut() {
            case.ended = true;
        }
    }

    pub fn decide(&mut self, who: usize, at: At, approve: bool, hash: Hash) -> u16 {
        let may = |role| self.may(who, role, at);
        let roles = STAGES.map(may);
        let is_author = self.is_author(who, at);
        let Some(edition) = self.edition_mut(at) else { return 404 };
        let newest = edition.latest();
        let open = |case: &&mut Case| case.revision == newest && case.state == CaseState::Open;
        let is_attested = edition.cases.last_mut().filter(open).is_none();
        if is_attested && edition.asked().is_none() {
            return if roles.contains(&true) { 409 } else { 403 };
        }
        let stage = edition.cases.last_mut().filter(open).map_or(0, |case| case.people().count());
        if is_author || !roles[stage] {
            return 403;
        }
        if hash != Hash::Newest {
            return 409;
        }
        let Some(case) = edition.cases.last_mut().filter(open) else {
            return self.decide_attestation(who, at, approve);
        };
        if case.people().any(|earlier| earlier == who) {
            return 403;
        }
        case.decided_by.push(who);
        if !approve {
            case.state = CaseState::SentBack;
        } else if stage + 1 == STAGES.len() {
            case.state = CaseState::Approved;
            edition.approved = Some(newest);
        }
        edition.writes += 1;
        200
    }

    pub fn take_back(&mut self, who: usize, at: At) -> u16 {
        if !self.can_write(who, at) {
            return 403;
        }
        let waiting = self.is_waiting(at);
        let Some(edition) = self.edition(at) else { return 404 };
        // What is public stays approved; it is withdrawn, not taken back.
        if !waiting || edition.live == Some(edition.latest()) {
            return 409;
        }
        self.give_up(at);
        if let Some(edition) = self.edition_mut(at) {
            edition.writes += 1;
        }
        200
    }

    pub fn may_publish(&self, who: usize, at: At) -> bool {
        self.may(who, Role::Publisher, at)
    }
}
