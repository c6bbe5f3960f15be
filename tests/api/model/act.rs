//! What people do, what each should be answered, and what it makes of the office.

use super::office::{Article, Case, CaseState, Edition, Event, Office, Published, Role, Text};

/// Which hash of a text a person names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hash {
    /// The newest revision's.
    Newest,
    /// An earlier revision's.
    Old,
    /// Of no text of this edition.
    Foreign,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    Major,
    /// A mark of punctuation more.
    Minor,
    /// Another number, said to be minor.
    FalseMinor,
    /// Major, with another address.
    Moved,
}

/// What a writer says of the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    Silent,
    Newest,
    Beyond,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    Begin {
        agency: usize,
    },
    Translate {
        from: From,
    },
    Save {
        current: bool,
        change: Change,
        from: From,
    },
    Submit {
        current: bool,
    },
    Decide {
        approve: bool,
        hash: Hash,
    },
    TakeBack,
    Publish {
        correct: bool,
        hash: Hash,
    },
    Withdraw,
    /// An administrator takes a grant away, or gives it back.
    Grant {
        to: usize,
        which: usize,
    },
    /// An administrator disables an account, or enables it.
    Disable {
        whom: usize,
    },
    /// Whatever comes next for the edition.
    Next,
}

impl Act {
    /// Whether it is done to an edition, and not to people.
    pub fn is_about_text(self) -> bool {
        !matches!(self, Self::Grant { .. } | Self::Disable { .. })
    }
}

/// An act as it is asked for: by whom, on which edition, at which step.
#[derive(Clone, Copy, Debug)]
pub struct Ask {
    pub step: usize,
    pub who: usize,
    pub slot: usize,
    pub locale: usize,
    pub act: Act,
}

impl Office {
    /// What comes next for an edition on its way to the public.
    pub fn next(&self, step: usize, slot: usize, locale: usize) -> Act {
        if self.articles[slot].is_none() {
            return Act::Begin { agency: step % 2 };
        }
        let Some(edition) = self.edition(slot, locale) else { return Act::Translate { from: From::Silent } };
        if edition.live == Some(edition.latest()) || edition.is_newest_down() {
            return Act::Save { current: true, change: Change::Major, from: From::Newest };
        }
        match edition.current_case().map(|case| case.state) {
            None | Some(CaseState::SentBack | CaseState::Superseded) => Act::Submit { current: true },
            Some(CaseState::Open) => Act::Decide { approve: true, hash: Hash::Newest },
            Some(CaseState::Approved) => Act::Publish { correct: step.is_multiple_of(3), hash: Hash::Newest },
        }
    }

    /// Does what is asked and tells the status; what is refused changes nothing. None: there is nothing to ask.
    pub fn ask(&mut self, ask: Ask) -> Option<u16> {
        let Ask { step, who, slot, locale, act } = ask;
        let person = &mut self.people;
        match act {
            Act::Next => return None,
            Act::Begin { .. } if self.articles[slot].is_some() => return None,
            Act::Grant { to, which } => {
                let count = person[to].grants.len();
                person[to].grants[which % count].1 ^= true;
                return Some(200);
            }
            Act::Disable { whom } => {
                person[whom].disabled ^= true;
                person[whom].signed_out = true;
                return Some(200);
            }
            _ => {}
        }
        if self.people[who].disabled || self.people[who].signed_out {
            return Some(401);
        }
        Some(match act {
            Act::Begin { agency } => self.begin(step, who, slot, agency),
            Act::Translate { from } => self.translate(step, who, (slot, locale), from),
            Act::Save { current, change, from } => self.save(step, who, (slot, locale), current, change, from),
            _ if !self.reads_edition(who, slot, locale) => 404,
            Act::Submit { current } => self.submit(who, slot, locale, current),
            Act::Decide { approve, hash } => self.decide(who, slot, locale, approve, hash),
            Act::TakeBack => self.take_back(who, slot, locale),
            Act::Publish { correct, hash } => self.publish(who, slot, locale, correct, hash),
            Act::Withdraw => self.withdraw(who, slot, locale),
            Act::Next | Act::Grant { .. } | Act::Disable { .. } => return None,
        })
    }

    fn begin(&mut self, step: usize, who: usize, slot: usize, agency: usize) -> u16 {
        self.articles[slot] = Some(Article { agency, editions: [None, None, None] });
        if !self.may(who, Role::Author, slot, 0) {
            self.articles[slot] = None;
            return 403;
        }
        self.put(slot, 0, new(Text { substance: step, marks: 0, minor: false, slug: step, by: who, source: None }));
        201
    }

    /// The source's revision that a text would be made from, or that it cannot be.
    fn made_from(&self, who: usize, slot: usize, locale: usize, from: From) -> Result<Option<usize>, u16> {
        if locale == 0 {
            return if from == From::Silent { Ok(None) } else { Err(422) };
        }
        let before = self.edition(slot, locale).and_then(|edition| edition.texts.last()?.source);
        let told = self.told(slot, from);
        let most = self.visible_source(who, slot).max(before.unwrap_or(0));
        match told.or(before) {
            Some(number) if number > most => Err(422),
            Some(number) => Ok(Some(number)),
            None => Ok(Some(self.source_reference(slot))),
        }
    }

    /// The number that is said.
    pub fn told(&self, slot: usize, from: From) -> Option<usize> {
        let newest = self.edition(slot, 0).map_or(1, Edition::latest);
        match from {
            From::Silent => None,
            From::Newest => Some(newest),
            From::Beyond => Some(newest + 1),
        }
    }

    fn translate(&mut self, step: usize, who: usize, (slot, locale): (usize, usize), from: From) -> u16 {
        if !self.reads_article(who, slot) {
            return 404;
        }
        if !self.can_write(who, slot, locale) {
            return 403;
        }
        let made_from = self.made_from(who, slot, locale, from);
        if self.edition(slot, locale).is_some() {
            return 412;
        }
        let Ok(source) = made_from else { return 422 };
        self.put(slot, locale, new(Text { substance: step, marks: 0, minor: false, slug: step, by: who, source }));
        201
    }

    fn save(
        &mut self,
        step: usize,
        who: usize,
        (slot, locale): (usize, usize),
        current: bool,
        change: Change,
        from: From,
    ) -> u16 {
        if !self.reads_article(who, slot) {
            return 404;
        }
        if !self.can_write(who, slot, locale) {
            return 403;
        }
        let made_from = self.made_from(who, slot, locale, from);
        let Some(edition) = self.edition_mut(slot, locale) else { return 404 };
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
        edition.texts.push(after);
        supersede(edition);
        edition.writes += 1;
        200
    }

    fn submit(&mut self, who: usize, slot: usize, locale: usize, current: bool) -> u16 {
        if !self.can_write(who, slot, locale) {
            return 403;
        }
        if !current {
            return 412;
        }
        // An approval that lapsed is in nobody's way.
        let waiting = self.is_waiting(slot, locale) && !self.has_lapsed(slot, locale);
        let Some(edition) = self.edition_mut(slot, locale) else { return 404 };
        // What is down was approved once: as long as that holds it is restored, not read again.
        if waiting || edition.live == Some(edition.latest()) {
            return 409;
        }
        supersede(edition);
        edition.case = Some(Case { revision: edition.latest(), state: CaseState::Open, decided_by: Vec::new() });
        edition.writes += 1;
        201
    }

    fn decide(&mut self, who: usize, slot: usize, locale: usize, approve: bool, hash: Hash) -> u16 {
        let may = |role| self.may(who, role, slot, locale);
        let (reviews, approves) = (may(Role::Reviewer), may(Role::Approver));
        let is_author = self.is_author(who, slot, locale);
        let Some(edition) = self.edition_mut(slot, locale) else { return 404 };
        let newest = edition.latest();
        let open = |case: &&mut Case| case.revision == newest && case.state == CaseState::Open;
        let Some(case) = edition.case.as_mut().filter(open) else {
            return if reviews || approves { 409 } else { 403 };
        };
        let holds = if case.decided_by.is_empty() { reviews } else { approves };
        if is_author || !holds {
            return 403;
        }
        if hash != Hash::Newest {
            return 409;
        }
        if case.decided_by.contains(&who) {
            return 403;
        }
        case.decided_by.push(who);
        if !approve {
            case.state = CaseState::SentBack;
        } else if case.decided_by.len() == 2 {
            case.state = CaseState::Approved;
            edition.approved = Some(newest);
        }
        edition.writes += 1;
        200
    }

    fn take_back(&mut self, who: usize, slot: usize, locale: usize) -> u16 {
        if !self.can_write(who, slot, locale) {
            return 403;
        }
        let waiting = self.is_waiting(slot, locale);
        let Some(edition) = self.edition_mut(slot, locale) else { return 404 };
        // What is public stays approved; it is withdrawn, not taken back.
        if !waiting || edition.live == Some(edition.latest()) {
            return 409;
        }
        supersede(edition);
        edition.writes += 1;
        200
    }

    fn publish(&mut self, who: usize, slot: usize, locale: usize, correct: bool, hash: Hash) -> u16 {
        if !self.may(who, Role::Publisher, slot, locale) {
            return 403;
        }
        let approved = self.is_approved_by_others(slot, locale) && hash == Hash::Newest;
        let after_its_source = locale == 0 || self.source_is_live(slot);
        let stale_before: Vec<bool> = (0..3).map(|l| self.is_stale_in_public(slot, l)).collect();
        let Some(edition) = self.edition_mut(slot, locale) else { return 404 };
        let newest = edition.latest();
        let first = edition.acts.is_empty();
        let again = edition.live == Some(newest);
        if !approved || !after_its_source || edition.is_newest_down() || again || (first && correct) {
            return 409;
        }
        let (act, kind) = match (first, correct) {
            (true, _) => (Published::First, "published"),
            (false, false) => (Published::Update, "updated"),
            (false, true) => (Published::Correct, "corrected"),
        };
        edition.acts.push((act, newest));
        edition.live = Some(newest);
        edition.writes += 1;
        self.tell(kind, slot, locale);
        // Translations that follow the old text are told to be out of date, once.
        for other in (1..3).filter(|_| locale == 0) {
            if !stale_before[other] && self.is_stale_in_public(slot, other) {
                self.tell("stale", slot, other);
            }
        }
        200
    }

    fn withdraw(&mut self, who: usize, slot: usize, locale: usize) -> u16 {
        if !self.may(who, Role::Publisher, slot, locale) {
            return 403;
        }
        let Some(edition) = self.edition_mut(slot, locale) else { return 404 };
        let Some(live) = edition.live.take() else { return 409 };
        edition.acts.push((Published::Withdraw, live));
        edition.writes += 1;
        self.tell("withdrawn", slot, locale);
        200
    }

    fn tell(&mut self, kind: &'static str, slot: usize, locale: usize) {
        let version = self.edition(slot, locale).map_or(0, Edition::versions);
        self.events.push(Event { kind, slot, locale, version });
    }

    fn put(&mut self, slot: usize, locale: usize, edition: Edition) {
        if let Some(article) = &mut self.articles[slot] {
            article.editions[locale] = Some(edition);
        }
    }

    fn edition_mut(&mut self, slot: usize, locale: usize) -> Option<&mut Edition> {
        self.articles[slot].as_mut()?.editions[locale].as_mut()
    }
}

fn new(first: Text) -> Edition {
    Edition { writes: 1, texts: vec![first], case: None, approved: None, live: None, acts: Vec::new() }
}

fn supersede(edition: &mut Edition) {
    if let Some(case) = edition.case.as_mut().filter(|c| matches!(c.state, CaseState::Open | CaseState::Approved)) {
        case.state = CaseState::Superseded;
    }
    edition.approved = None;
}
