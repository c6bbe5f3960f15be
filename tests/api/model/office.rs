//! The office as it should behave: a small model, written anew from what is promised. Nothing of the
//! product's rules is called here, so that a mistake there is not repeated here.

use super::{
    attesting::Attestation,
    orders::{Order, Release},
    people::Person,
    suggesting::Suggestion,
};

/// The languages; the first is the one that articles are written in, and the last has no capitals.
pub const LOCALES: [&str; 4] = ["vi", "en", "fr", "km"];
/// The agencies.
pub const AGENCIES: [&str; 2] = ["bao", "so"];
/// Articles of an office.
pub const SLOTS: usize = 2;

/// An edition: of which article, in which language.
pub type At = (usize, usize);

/// A revision. Texts are told apart by two numbers: substance, and marks that are minor.
#[derive(Clone, Debug)]
pub struct Text {
    pub substance: usize,
    pub marks: usize,
    pub minor: bool,
    pub slug: usize,
    pub by: usize,
    /// The source's revision that it was made from.
    pub source: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaseState {
    Open,
    Approved,
    SentBack,
    Superseded,
}

/// The review of a text: one person reviews, another approves.
#[derive(Clone, Debug)]
pub struct Case {
    pub revision: usize,
    pub state: CaseState,
    pub decided_by: Vec<usize>,
    /// Who reviewed an earlier text from which only small suggestions lead here, and which one.
    pub carried: Option<(usize, usize)>,
    /// Whether it was given up: taken back, or found lapsed.
    pub ended: bool,
}

impl Case {
    pub fn open(revision: usize, carried: Option<(usize, usize)>) -> Self {
        Self { revision, state: CaseState::Open, decided_by: Vec::new(), carried, ended: false }
    }

    /// Everybody who agreed or did not, in the order of the stages.
    pub fn people(&self) -> impl Iterator<Item = usize> {
        self.carried.iter().map(|(who, _)| *who).chain(self.decided_by.iter().copied())
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Published {
    First,
    Update,
    Correct,
    Withdraw,
    Retract,
    Restore,
}

impl Published {
    pub fn takes_down(self) -> bool {
        matches!(self, Self::Withdraw | Self::Retract)
    }

    fn makes_version(self) -> bool {
        matches!(self, Self::First | Self::Update | Self::Correct)
    }
}

/// An act of publication: on which revision, and by which of the edition's cases.
#[derive(Clone, Copy, Debug)]
pub struct Publication {
    pub act: Published,
    pub revision: usize,
    pub case: Option<usize>,
}

#[derive(Clone, Debug)]
pub struct Edition {
    /// Writes so far: the row's entity tag.
    pub writes: usize,
    /// Revision n is the n-th.
    pub texts: Vec<Text>,
    /// The source's revision that the newest text follows.
    pub follows: Option<usize>,
    /// Every case over a text, and which of them is the newest.
    pub cases: Vec<Case>,
    pub approved: Option<usize>,
    pub live: Option<usize>,
    pub acts: Vec<Publication>,
    pub suggestions: Vec<Suggestion>,
    pub attestations: Vec<Attestation>,
}

impl Edition {
    pub fn begun(first: Text) -> Self {
        Self {
            writes: 1,
            follows: first.source,
            texts: vec![first],
            cases: Vec::new(),
            approved: None,
            live: None,
            acts: Vec::new(),
            suggestions: Vec::new(),
            attestations: Vec::new(),
        }
    }

    pub fn latest(&self) -> usize {
        self.texts.len()
    }

    pub fn current_case(&self) -> Option<&Case> {
        self.cases.last().filter(|case| case.revision == self.latest())
    }

    pub fn case_is(&self, states: &[CaseState]) -> bool {
        self.current_case().is_some_and(|case| states.contains(&case.state))
    }

    pub fn is_taken_down(&self) -> bool {
        self.acts.last().is_some_and(|last| last.act.takes_down())
    }

    /// Whether the newest text is the one that was taken down.
    pub fn is_newest_down(&self) -> bool {
        self.is_taken_down() && self.acts.last().is_some_and(|last| last.revision == self.latest())
    }

    /// How many versions were taken down for good: only restoring brings what was taken down back, a text that is
    /// published afterwards does not.
    pub fn versions_taken_down(&self) -> usize {
        let mut down = 0;
        for (place, one) in self.acts.iter().enumerate() {
            let back = self.acts[place..].iter().find(|later| !later.act.takes_down());
            if one.act.takes_down() && back.is_none_or(|later| later.act != Published::Restore) {
                down = place;
            }
        }
        self.acts[..down].iter().filter(|one| one.act.makes_version()).count()
    }

    pub fn versions(&self) -> usize {
        self.acts.iter().filter(|one| one.act.makes_version()).count()
    }

    pub fn corrections(&self) -> usize {
        self.acts.iter().filter(|one| one.act == Published::Correct).count()
    }

    /// What a translation should follow: the public text, else the approved one, else the newest.
    pub fn reference(&self) -> usize {
        self.live.or(self.approved).unwrap_or(self.latest())
    }

    /// The newest revision of substance up to one.
    pub fn substance_of(&self, revision: usize) -> usize {
        (1..=revision).rev().find(|n| !self.texts[n - 1].minor).unwrap_or(1)
    }

    /// All who saved it since what was published last; a text that is published already has its own authors.
    pub fn authors(&self, revision: usize) -> Vec<usize> {
        let published = self.acts.last().map_or(0, |last| last.revision);
        let before = self.acts.iter().map(|one| one.revision).filter(|earlier| *earlier < revision).max();
        let since = if published < revision { published } else { before.unwrap_or(0) };
        self.texts[since..revision].iter().map(|text| text.by).collect()
    }

    pub fn has_left_the_desk(&self) -> bool {
        self.live.is_some() || self.approved.is_some() || self.cases.last().is_some_and(|c| c.state == CaseState::Open)
    }

    /// Ends the newest case, unless what is public stands on it.
    pub fn supersede(&mut self) {
        let live = self.live;
        self.approved = None;
        let Some(case) = self.cases.last_mut() else { return };
        let stands = case.state == CaseState::Approved && live == Some(case.revision);
        if matches!(case.state, CaseState::Open | CaseState::Approved) && !stands {
            case.state = CaseState::Superseded;
        }
    }
}

#[derive(Clone, Debug)]
pub struct Article {
    pub agency: usize,
    pub editions: [Option<Edition>; LOCALES.len()],
}

/// What happened in public, as the outside is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    pub kind: &'static str,
    pub slot: usize,
    pub locale: usize,
    pub version: usize,
}

/// What stands at an edition's public address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Public {
    Nothing,
    Gone,
    Item { revision: usize, version: usize, corrections: usize, stale: bool },
}

#[derive(Clone, Debug)]
pub struct Office {
    pub people: Vec<Person>,
    pub articles: [Option<Article>; SLOTS],
    pub events: Vec<Event>,
    pub orders: Vec<Order>,
    pub releases: Vec<Release>,
    /// Seconds since it began; clocks are set back too.
    pub now: i64,
    /// Orders that came to something when they were looked for last.
    pub ran: u32,
    /// Whether the editions made from a retracted source are retracted too, and not only withdrawn.
    pub retracts_all: bool,
}

impl Office {
    pub fn new(people: Vec<Person>, retracts_all: bool) -> Self {
        Self {
            people,
            articles: Default::default(),
            events: Vec::new(),
            orders: Vec::new(),
            releases: Vec::new(),
            now: 0,
            ran: 0,
            retracts_all,
        }
    }

    pub fn edition(&self, (slot, locale): At) -> Option<&Edition> {
        self.articles[slot].as_ref()?.editions[locale].as_ref()
    }

    pub fn edition_mut(&mut self, (slot, locale): At) -> Option<&mut Edition> {
        self.articles[slot].as_mut()?.editions[locale].as_mut()
    }

    /// Every edition that there is.
    pub fn editions(&self) -> impl Iterator<Item = (At, &Edition)> {
        let all = (0..SLOTS).flat_map(|slot| (0..LOCALES.len()).map(move |locale| (slot, locale)));
        all.filter_map(|at| Some((at, self.edition(at)?)))
    }

    /// Whether the newest text of a translation is out of date, for those who work on it.
    pub fn is_out_of_date(&self, at: At) -> bool {
        let (Some(source), Some(edition)) = (self.edition((at.0, 0)), self.edition(at)) else { return false };
        edition.follows.is_some_and(|follows| source.substance_of(source.reference()) > follows)
    }

    pub fn public(&self, at: At) -> Public {
        let Some(edition) = self.edition(at) else { return Public::Nothing };
        let Some(revision) = edition.live else {
            return if edition.is_taken_down() { Public::Gone } else { Public::Nothing };
        };
        let (version, corrections) = (edition.versions(), edition.corrections());
        Public::Item { revision, version, corrections, stale: self.is_stale_in_public(at) }
    }

    /// Only what is public is compared: nobody outside learns of drafts.
    pub fn is_stale_in_public(&self, at: At) -> bool {
        let (Some(source), Some(edition)) = (self.edition((at.0, 0)), self.edition(at)) else { return false };
        let made_from = edition.live.and_then(|revision| edition.made_from(revision));
        // What was public last counts, whether it still is or was taken down.
        let last = source.acts.last().map(|last| last.revision);
        made_from.zip(last).is_some_and(|(made_from, last)| source.substance_of(last) > made_from)
    }
}
