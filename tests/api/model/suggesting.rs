//! Other wordings: a small one asks nobody again who agreed before, any other asks everybody.

use super::{
    act::Hash,
    office::{At, Case, CaseState, Office, Text},
    people::{Role, STAGES},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answered {
    Open,
    Taken,
    TurnedDown,
}

/// Another wording of an edition's only paragraph.
#[derive(Clone, Debug)]
pub struct Suggestion {
    pub by: usize,
    /// The stage at which somebody made it who could decide there.
    stage: Option<usize>,
    /// What stood there, as substance and marks, and what is to.
    before: (usize, usize),
    after: (usize, usize),
    pub answered: Answered,
}

/// Which of an edition's suggestions is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    Newest,
    /// The first that nobody answered.
    Waiting,
}

/// Small suggestions that are carried over at most.
const MOST: usize = 20;

impl Office {
    pub fn suggestion(&self, at: At, which: Which) -> Option<usize> {
        let all = &self.edition(at)?.suggestions;
        let open = |one: &Suggestion| one.answered == Answered::Open;
        let waiting = all.iter().position(open).filter(|_| which == Which::Waiting);
        waiting.or(all.len().checked_sub(1))
    }

    /// Whether nobody answered it, and its paragraph says what it said.
    pub fn fits(&self, at: At, place: usize) -> bool {
        self.edition(at).is_some_and(|edition| {
            let (one, text) = (&edition.suggestions[place], &edition.texts[edition.latest() - 1]);
            one.answered == Answered::Open && one.before == (text.substance, text.marks)
        })
    }

    pub fn suggest(&mut self, step: usize, who: usize, at: At, figure: bool, hash: Hash) -> u16 {
        let holds = STAGES.map(|role| self.may(who, role, at));
        if !holds.contains(&true) {
            return 403;
        }
        let Some(edition) = self.edition_mut(at) else { return 404 };
        let is_author = edition.authors(edition.latest()).contains(&who);
        let open = edition.current_case().filter(|case| case.state == CaseState::Open);
        let free = |case: &&Case| holds[case.people().count()] && !is_author && case.people().all(|one| one != who);
        let stage = open.filter(free).map(|case| case.people().count());
        if stage.is_none() && is_author {
            return 403;
        }
        let Some(text) = edition.texts.last().filter(|_| hash == Hash::Newest) else { return 409 };
        let before = (text.substance, text.marks);
        let after = if figure { (step, 0) } else { (text.substance, text.marks + 1) };
        edition.suggestions.push(Suggestion { by: who, stage, before, after, answered: Answered::Open });
        201
    }

    pub fn accept(&mut self, who: usize, at: At, which: Which, hash: Hash) -> u16 {
        if !self.can_write(who, at) {
            return 403;
        }
        let Some(place) = self.suggestion(at, which) else { return 404 };
        if hash != Hash::Newest || !self.fits(at, place) {
            return 409;
        }
        let Some(edition) = self.edition_mut(at) else { return 404 };
        let (one, text) = (edition.suggestions[place].clone(), edition.texts[edition.latest() - 1].clone());
        edition.suggestions[place].answered = Answered::Taken;
        let open = edition.current_case().filter(|case| case.state == CaseState::Open).cloned();
        let minor = one.after.0 == one.before.0;
        let (substance, marks) = one.after;
        let source = edition.follows;
        self.append(at, Text { substance, marks, minor, by: who, source, ..text });
        let Some(open) = open else { return 200 };
        let Some(edition) = self.edition_mut(at) else { return 404 };
        let authors = edition.authors(edition.latest());
        let carried = carried(&open, one.stage.filter(|_| minor), &authors, edition.latest());
        edition.cases.push(Case::open(edition.latest(), carried));
        200
    }

    pub fn reject(&mut self, who: usize, at: At, which: Which) -> u16 {
        let Some(place) = self.suggestion(at, which).filter(|_| !self.is_guest_at(who, at)) else { return 404 };
        let writes = self.can_write(who, at);
        let Some(edition) = self.edition_mut(at) else { return 404 };
        let one = &mut edition.suggestions[place];
        if one.by != who && !writes {
            return 403;
        }
        if one.answered != Answered::Open {
            return 409;
        }
        one.answered = Answered::TurnedDown;
        200
    }
}

/// Whose review of an earlier text counts for the next one too, and which text that was.
fn carried(open: &Case, stage: Option<usize>, authors: &[usize], next: usize) -> Option<(usize, usize)> {
    let waits = open.people().count();
    // Only an approver's wording comes after somebody agreed.
    let after = stage.is_some_and(|stage| STAGES[stage.min(waits)] == Role::Approver);
    let own = open.decided_by.first().map(|who| (*who, open.revision));
    let reviewed = open.carried.or(own).filter(|_| after);
    reviewed.filter(|(who, since)| !authors.contains(who) && next - since <= MOST)
}
