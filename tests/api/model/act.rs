//! What people do, and whom each is asked of.

use super::{
    office::{Article, At, CaseState, Office},
    orders::Pick,
    people::Role,
    suggesting::Which,
};

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

/// How what is due is carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Run {
    Once,
    /// Once more right after.
    Twice,
    /// By another process over the same database.
    Elsewhere,
    /// By both processes at the same time.
    Together,
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
    /// At once or in so many seconds, for good or until so many seconds later.
    Publish {
        correct: bool,
        hash: Hash,
        at: Option<i64>,
        until: Option<i64>,
    },
    /// Calls the edition's orders off.
    Cancel {
        current: bool,
    },
    Release {
        pick: Pick,
        hash: Hash,
        at: Option<i64>,
    },
    CancelRelease {
        current: bool,
    },
    Withdraw,
    Retract,
    Restore {
        hash: Hash,
    },
    /// Another wording: of a mark of punctuation, or of a figure.
    Suggest {
        figure: bool,
        hash: Hash,
    },
    Accept {
        which: Which,
        hash: Hash,
    },
    Reject {
        which: Which,
    },
    /// A translation still holds.
    Attest {
        from: From,
    },
    /// An administrator takes a grant away, or gives it back.
    Grant {
        to: usize,
        which: usize,
    },
    /// An administrator disables an account, or enables it.
    Disable {
        whom: usize,
    },
    /// Time passes, or the clock is set back, and what is due is carried out.
    Pass {
        seconds: i64,
        run: Option<Run>,
    },
    /// The program ends and begins anew over the same database.
    Restart,
    /// Whatever comes next for the edition.
    Next,
}

impl Act {
    /// Whether it is done to an edition, and not to people or to the program.
    pub fn is_about_text(self) -> bool {
        !matches!(self, Self::Grant { .. } | Self::Disable { .. } | Self::Pass { .. } | Self::Restart)
    }

    /// Whether it is asked for what has to be refused, whoever asks.
    pub fn is_wrong_on_purpose(self) -> bool {
        let past = |seconds: Option<i64>| seconds.is_some_and(|seconds| seconds < 0);
        match self {
            Self::Save { current, change, from } => !current || change == Change::FalseMinor || from == From::Beyond,
            Self::Submit { current } | Self::Cancel { current } | Self::CancelRelease { current } => !current,
            Self::Translate { from } | Self::Attest { from } => from == From::Beyond,
            Self::Decide { hash, .. } | Self::Suggest { hash, .. } | Self::Accept { hash, .. } => hash != Hash::Newest,
            Self::Publish { hash, at, until, .. } => hash != Hash::Newest || past(at) || past(until),
            Self::Release { hash, at, .. } => hash != Hash::Newest || past(at),
            Self::Restore { hash } => hash == Hash::Foreign,
            _ => false,
        }
    }
}

/// An act as it is asked for: by whom, on which edition, at which step.
#[derive(Clone, Copy, Debug)]
pub struct Ask {
    pub step: usize,
    pub who: usize,
    pub at: At,
    pub act: Act,
}

/// At once and for good.
pub fn publish_now(correct: bool) -> Act {
    Act::Publish { correct, hash: Hash::Newest, at: None, until: None }
}

impl Office {
    /// What comes next for an edition on its way to the public.
    pub fn next(&self, step: usize, at: At) -> Act {
        if self.articles[at.0].is_none() {
            return Act::Begin { agency: step % 2 };
        }
        let Some(edition) = self.edition(at) else { return Act::Translate { from: From::Silent } };
        if self.is_out_of_date(at) && step.is_multiple_of(3) && !edition.case_is(&[CaseState::Open]) {
            let asked = edition.attestations.last().is_some_and(|one| one.state == CaseState::Open);
            let decide = Act::Decide { approve: true, hash: Hash::Newest };
            return if asked { decide } else { Act::Attest { from: From::Silent } };
        }
        if edition.is_newest_down() && step.is_multiple_of(2) {
            return Act::Restore { hash: Hash::Newest };
        }
        if edition.live == Some(edition.latest()) || edition.is_newest_down() {
            let from = if at.1 == 0 { From::Silent } else { From::Newest };
            return Act::Save { current: true, change: Change::Major, from };
        }
        match edition.current_case().map(|case| case.state) {
            None | Some(CaseState::SentBack | CaseState::Superseded) => Act::Submit { current: true },
            Some(CaseState::Open) => self.through_review(step, at),
            Some(CaseState::Approved) => self.to_the_public(step, at),
        }
    }

    /// A wording that fits is taken, a small one is proposed, and a decision is made.
    fn through_review(&self, step: usize, at: At) -> Act {
        let waiting = self.suggestion(at, Which::Waiting).filter(|place| self.fits(at, *place));
        match (waiting, step % 5) {
            (Some(_), 0..3) => Act::Accept { which: Which::Waiting, hash: Hash::Newest },
            (None, 0) => Act::Suggest { figure: false, hash: Hash::Newest },
            _ => Act::Decide { approve: true, hash: Hash::Newest },
        }
    }

    /// One of the ways of an approved text.
    fn to_the_public(&self, step: usize, at: At) -> Act {
        // What waits is carried out, most of the time; or something comes first.
        if let Some(order) = self.waiting(at).first().map(|place| &self.orders[*place]) {
            match step % 8 {
                0 => return Act::TakeBack,
                1 => return Act::Save { current: true, change: Change::Minor, from: From::Silent },
                2 if order.by + 1 < self.people.len() => return Act::Disable { whom: order.by },
                3 | 4 => {}
                _ => return Act::Pass { seconds: 20, run: Some(Run::Together) },
            }
        }
        let correct = step.is_multiple_of(4);
        match step % 7 {
            0 => Act::Publish { correct, hash: Hash::Newest, at: Some(15), until: None },
            1 => Act::Publish { correct, hash: Hash::Newest, at: Some(5), until: Some(20) },
            2 => Act::Publish { correct, hash: Hash::Newest, at: None, until: Some(10) },
            3 => Act::Release { pick: Pick::Ready, hash: Hash::Newest, at: None },
            4 => Act::Release { pick: Pick::Ready, hash: Hash::Newest, at: Some(10) },
            _ => publish_now(correct),
        }
    }

    /// Does what is asked and tells the status; what is refused changes nothing. None: there is nothing to ask.
    pub fn ask(&mut self, ask: Ask) -> Option<u16> {
        let Ask { step, who, at, act } = ask;
        match act {
            Act::Next => return None,
            Act::Begin { .. } if self.articles[at.0].is_some() => return None,
            Act::CancelRelease { .. } if self.releases.is_empty() => return None,
            Act::Accept { which, .. } | Act::Reject { which } if self.suggestion(at, which).is_none() => return None,
            Act::Release { pick, .. } if self.picked(pick, at).is_empty() => return None,
            Act::Grant { to, which } => {
                let count = self.people[to].grants.len();
                self.people[to].grants[which % count].1 ^= true;
                return Some(200);
            }
            Act::Disable { whom } => {
                self.people[whom].disabled ^= true;
                self.people[whom].signed_out = true;
                return Some(200);
            }
            Act::Pass { seconds, run } => {
                self.now += seconds;
                self.ran = if run.is_some() { self.run_due() } else { 0 };
                return Some(200);
            }
            Act::Restart => return Some(200),
            _ => {}
        }
        if self.people[who].disabled || self.people[who].signed_out {
            return Some(401);
        }
        Some(match act {
            Act::Begin { agency } => self.begin(step, who, at.0, agency),
            Act::Translate { from } => self.translate(step, who, at, from),
            Act::Save { current, change, from } => self.save(step, who, at, (current, change), from),
            Act::Release { pick, hash, at: due } => self.release(who, &self.picked(pick, at), hash, due),
            Act::CancelRelease { current } => self.cancel_release(who, current),
            _ if !self.reads_edition(who, at) => 404,
            Act::Submit { current } => self.submit(who, at, current),
            Act::Decide { approve, hash } => self.decide(who, at, approve, hash),
            Act::TakeBack => self.take_back(who, at),
            Act::Publish { correct, hash, at: due, until } => self.publish(who, at, correct, hash, (due, until)),
            Act::Cancel { current } => self.cancel(who, at, current),
            Act::Withdraw => self.withdraw(who, at),
            Act::Retract => self.retract(who, at),
            Act::Restore { hash } => self.restore(who, at, hash),
            Act::Suggest { figure, hash } => self.suggest(step, who, at, figure, hash),
            Act::Accept { which, hash } => self.accept(who, at, which, hash),
            Act::Reject { which } => self.reject(who, at, which),
            Act::Attest { from } => self.attest(who, at, from),
            Act::Next | Act::Grant { .. } | Act::Disable { .. } | Act::Pass { .. } | Act::Restart => return None,
        })
    }

    /// The revision that a person names by its hash; none of this edition's if nothing.
    pub fn named(&self, at: At, hash: Hash) -> Option<usize> {
        let latest = self.edition(at)?.latest();
        match hash {
            Hash::Newest => Some(latest),
            Hash::Old => latest.checked_sub(1).filter(|number| *number > 0),
            Hash::Foreign => None,
        }
    }

    fn begin(&mut self, step: usize, who: usize, slot: usize, agency: usize) -> u16 {
        self.articles[slot] = Some(Article { agency, editions: Default::default() });
        if !self.may(who, Role::Author, (slot, 0)) {
            self.articles[slot] = None;
            return 403;
        }
        self.put_first((slot, 0), step, who, None);
        201
    }
}
