//! The office as it should behave: a small model, written anew from what is promised. Nothing of the
//! product's rules is called here, so that a mistake there is not repeated here.

/// The languages; the first is the one that articles are written in.
pub const LOCALES: [&str; 3] = ["vi", "en", "ko"];
/// The agencies.
pub const AGENCIES: [&str; 2] = ["bao", "so"];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Author,
    Translator,
    Reviewer,
    Approver,
    Publisher,
}

impl Role {
    pub fn name(self) -> &'static str {
        match self {
            Self::Author => "author",
            Self::Translator => "translator",
            Self::Reviewer => "reviewer",
            Self::Approver => "approver",
            Self::Publisher => "publisher",
        }
    }
}

/// A role, perhaps for one agency or one language only.
#[derive(Clone, Copy, Debug)]
pub struct Grant {
    pub role: Role,
    pub agency: Option<usize>,
    pub locale: Option<usize>,
}

#[derive(Clone, Debug)]
pub struct Person {
    /// Each grant and whether it is held at the moment.
    pub grants: Vec<(Grant, bool)>,
    pub disabled: bool,
    /// Disabling ends the sign-in for good; enabling does not bring it back.
    pub signed_out: bool,
}

impl Person {
    fn held(&self) -> impl Iterator<Item = &Grant> {
        self.grants.iter().filter(|(_, held)| *held).map(|(grant, _)| grant)
    }

    fn may(&self, role: Role, agency: usize, locale: usize) -> bool {
        let here = |limit: Option<usize>, place: usize| limit.is_none() || limit == Some(place);
        self.held().any(|g| g.role == role && here(g.agency, agency) && here(g.locale, locale))
    }

    /// Everyone of an agency reads its drafts; a translator is of an agency only by name.
    fn reads_drafts(&self, agency: usize) -> bool {
        self.held().any(|g| g.agency == Some(agency) || (g.agency.is_none() && g.role != Role::Translator))
    }

    fn translates_for(&self, agency: usize) -> bool {
        self.held().any(|g| g.role == Role::Translator && (g.agency.is_none() || g.agency == Some(agency)))
    }
}

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

#[derive(Clone, Debug)]
pub struct Case {
    pub revision: usize,
    pub state: CaseState,
    pub decided_by: Vec<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Published {
    First,
    Update,
    Correct,
    Withdraw,
}

#[derive(Clone, Debug)]
pub struct Edition {
    /// Writes so far: the row's entity tag.
    pub writes: usize,
    /// Revision n is the n-th.
    pub texts: Vec<Text>,
    pub case: Option<Case>,
    pub approved: Option<usize>,
    pub live: Option<usize>,
    /// Acts of publication with the revision of each.
    pub acts: Vec<(Published, usize)>,
}

impl Edition {
    pub fn latest(&self) -> usize {
        self.texts.len()
    }

    pub fn current_case(&self) -> Option<&Case> {
        self.case.as_ref().filter(|case| case.revision == self.latest())
    }

    fn case_is(&self, states: &[CaseState]) -> bool {
        self.current_case().is_some_and(|case| states.contains(&case.state))
    }

    pub fn is_taken_down(&self) -> bool {
        self.acts.last().is_some_and(|(act, _)| *act == Published::Withdraw)
    }

    /// Whether the newest text is the one that was taken down.
    pub fn is_newest_down(&self) -> bool {
        self.is_taken_down() && self.acts.last().is_some_and(|(_, revision)| *revision == self.latest())
    }

    /// How many versions were taken down: a text published afterwards brings none of them back.
    pub fn versions_taken_down(&self) -> usize {
        let down = self.acts.iter().rposition(|(act, _)| *act == Published::Withdraw).unwrap_or(0);
        self.acts[..down].iter().filter(|(act, _)| *act != Published::Withdraw).count()
    }

    pub fn versions(&self) -> usize {
        self.acts.iter().filter(|(act, _)| *act != Published::Withdraw).count()
    }

    pub fn corrections(&self) -> usize {
        self.acts.iter().filter(|(act, _)| *act == Published::Correct).count()
    }

    /// What a translation should follow: the public text, else the approved one, else the newest.
    fn reference(&self) -> usize {
        self.live.or(self.approved).unwrap_or(self.latest())
    }

    /// The newest revision of substance up to one.
    fn substance_of(&self, revision: usize) -> usize {
        (1..=revision).rev().find(|n| !self.texts[n - 1].minor).unwrap_or(1)
    }

    /// All who saved it since what was published last; a text that is published already has its own authors.
    fn authors(&self, revision: usize) -> Vec<usize> {
        let published = self.acts.last().map_or(0, |(_, revision)| *revision);
        let before = self.acts.iter().map(|(_, revision)| *revision).filter(|earlier| *earlier < revision).max();
        let since = if published < revision { published } else { before.unwrap_or(0) };
        self.texts[since..revision].iter().map(|text| text.by).collect()
    }

    fn has_left_the_desk(&self) -> bool {
        self.live.is_some() || self.approved.is_some() || self.case.as_ref().is_some_and(|c| c.state == CaseState::Open)
    }
}

#[derive(Clone, Debug)]
pub struct Article {
    pub agency: usize,
    pub editions: [Option<Edition>; 3],
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
    pub articles: [Option<Article>; 3],
    pub events: Vec<Event>,
}

impl Office {
    pub fn new(people: Vec<Person>) -> Self {
        Self { people, articles: [None, None, None], events: Vec::new() }
    }

    pub fn edition(&self, slot: usize, locale: usize) -> Option<&Edition> {
        self.articles[slot].as_ref()?.editions[locale].as_ref()
    }

    /// Every edition that there is.
    pub fn editions(&self) -> impl Iterator<Item = (usize, usize, &Edition)> {
        (0..3).flat_map(move |slot| (0..3).filter_map(move |l| Some((slot, l, self.edition(slot, l)?))))
    }

    /// Whether the newest text of a translation is out of date, for those who work on it.
    pub fn is_out_of_date(&self, slot: usize, locale: usize) -> bool {
        let (Some(source), Some(edition)) = (self.edition(slot, 0), self.edition(slot, locale)) else { return false };
        let made_from = edition.texts.last().and_then(|text| text.source);
        made_from.is_some_and(|made_from| source.substance_of(source.reference()) > made_from)
    }

    pub fn public(&self, slot: usize, locale: usize) -> Public {
        let Some(edition) = self.edition(slot, locale) else { return Public::Nothing };
        let Some(revision) = edition.live else {
            return if edition.is_taken_down() { Public::Gone } else { Public::Nothing };
        };
        let (version, corrections) = (edition.versions(), edition.corrections());
        Public::Item { revision, version, corrections, stale: self.is_stale_in_public(slot, locale) }
    }

    /// Only what is public is compared: nobody outside learns of drafts.
    pub fn is_stale_in_public(&self, slot: usize, locale: usize) -> bool {
        let (Some(source), Some(edition)) = (self.edition(slot, 0), self.edition(slot, locale)) else { return false };
        let made_from = edition.live.and_then(|revision| edition.texts[revision - 1].source);
        // What was public last counts, whether it still is or was taken down.
        let last = source.acts.last().map(|(_, revision)| *revision);
        made_from.zip(last).is_some_and(|(made_from, last)| source.substance_of(last) > made_from)
    }

    pub fn can_write(&self, who: usize, slot: usize, locale: usize) -> bool {
        let role = if locale == 0 { Role::Author } else { Role::Translator };
        self.may(who, role, slot, locale)
    }

    pub fn may(&self, who: usize, role: Role, slot: usize, locale: usize) -> bool {
        self.articles[slot].as_ref().is_some_and(|article| self.people[who].may(role, article.agency, locale))
    }

    /// Whether a person whose account is active may do something, sign-in or not.
    fn stands_by(&self, who: usize, role: Role, slot: usize, locale: usize) -> bool {
        !self.people[who].disabled && self.may(who, role, slot, locale)
    }

    pub fn reads_drafts(&self, who: usize, slot: usize) -> bool {
        self.articles[slot].as_ref().is_some_and(|article| self.people[who].reads_drafts(article.agency))
    }

    pub fn reads_article(&self, who: usize, slot: usize) -> bool {
        let Some(article) = &self.articles[slot] else { return false };
        let left = || article.editions[0].as_ref().is_some_and(Edition::has_left_the_desk);
        self.reads_drafts(who, slot) || (self.people[who].translates_for(article.agency) && left())
    }

    pub fn reads_edition(&self, who: usize, slot: usize, locale: usize) -> bool {
        self.reads_article(who, slot)
            && self.edition(slot, locale).is_some()
            && (locale == 0 || self.reads_drafts(who, slot) || self.can_write(who, slot, locale))
    }

    /// Why the approval of the newest text does not hold, if it does not.
    pub fn is_approved_by_others(&self, slot: usize, locale: usize) -> bool {
        let Some(edition) = self.edition(slot, locale) else { return false };
        let Some(case) = edition.current_case().filter(|case| case.state == CaseState::Approved) else { return false };
        let authors = edition.authors(case.revision);
        let [first, second] = case.decided_by[..] else { return false };
        first != second
            && !authors.contains(&first)
            && !authors.contains(&second)
            && self.stands_by(first, Role::Reviewer, slot, locale)
            && self.stands_by(second, Role::Approver, slot, locale)
    }

    /// Whether the newest text was approved, and that holds no longer.
    pub fn has_lapsed(&self, slot: usize, locale: usize) -> bool {
        let approved = |edition: &Edition| edition.case_is(&[CaseState::Approved]);
        self.edition(slot, locale).is_some_and(approved) && !self.is_approved_by_others(slot, locale)
    }

    pub fn is_author(&self, who: usize, slot: usize, locale: usize) -> bool {
        self.edition(slot, locale).is_some_and(|edition| edition.authors(edition.latest()).contains(&who))
    }

    /// The source's revision that a writer can see.
    pub fn visible_source(&self, who: usize, slot: usize) -> usize {
        let Some(source) = self.edition(slot, 0) else { return 0 };
        if self.reads_drafts(who, slot) { source.latest() } else { source.reference() }
    }

    pub fn source_reference(&self, slot: usize) -> usize {
        self.edition(slot, 0).map_or(0, Edition::reference)
    }

    pub fn source_is_live(&self, slot: usize) -> bool {
        self.edition(slot, 0).is_some_and(|source| source.live.is_some())
    }

    pub fn is_waiting(&self, slot: usize, locale: usize) -> bool {
        self.edition(slot, locale).is_some_and(|e| e.case_is(&[CaseState::Open, CaseState::Approved]))
    }
}
