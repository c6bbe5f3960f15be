//! People and what they may do, as the office promises it.

use super::office::{At, Case, CaseState, Edition, Office};

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

/// Who decides at a stage.
pub const STAGES: [Role; 2] = [Role::Reviewer, Role::Approver];

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

/// Those who work in an office. Nobody touches the grants of the last, who publishes everything.
pub fn people() -> Vec<Person> {
    use Role::{Approver, Author, Publisher, Reviewer, Translator};
    let all = |role| Grant { role, agency: None, locale: None };
    let of = |role, agency| Grant { role, agency: Some(agency), locale: None };
    let within = |role, locale| Grant { role, agency: None, locale: Some(locale) };
    let person = |grants: &[Grant]| Person {
        grants: grants.iter().map(|grant| (*grant, true)).collect(),
        disabled: false,
        signed_out: false,
    };
    vec![
        person(&[of(Author, 0)]),
        person(&[all(Author), all(Reviewer)]),
        person(&[of(Author, 1), all(Approver)]),
        person(&[within(Translator, 1)]),
        person(&[of(Translator, 0), within(Reviewer, 1)]),
        person(&[all(Translator)]),
        person(&[all(Reviewer)]),
        person(&[all(Reviewer), all(Approver)]),
        person(&[of(Approver, 0)]),
        person(&[Grant { role: Publisher, agency: Some(0), locale: Some(0) }, all(Approver)]),
        person(&[all(Publisher)]),
        person(&[all(Publisher)]),
    ]
}

impl Office {
    pub fn can_write(&self, who: usize, at: At) -> bool {
        let role = if at.1 == 0 { Role::Author } else { Role::Translator };
        self.may(who, role, at)
    }

    pub fn may(&self, who: usize, role: Role, (slot, locale): At) -> bool {
        self.articles[slot].as_ref().is_some_and(|article| self.people[who].may(role, article.agency, locale))
    }

    /// Whether a person whose account is active may do something, sign-in or not.
    pub fn stands_by(&self, who: usize, role: Role, at: At) -> bool {
        !self.people[who].disabled && self.may(who, role, at)
    }

    pub fn reads_drafts(&self, who: usize, slot: usize) -> bool {
        self.articles[slot].as_ref().is_some_and(|article| self.people[who].reads_drafts(article.agency))
    }

    pub fn reads_article(&self, who: usize, slot: usize) -> bool {
        let Some(article) = &self.articles[slot] else { return false };
        let left = || article.editions[0].as_ref().is_some_and(Edition::has_left_the_desk);
        self.reads_drafts(who, slot) || (self.people[who].translates_for(article.agency) && left())
    }

    pub fn reads_edition(&self, who: usize, at: At) -> bool {
        self.reads_article(who, at.0)
            && self.edition(at).is_some()
            && (at.1 == 0 || self.reads_drafts(who, at.0) || self.can_write(who, at))
    }

    /// Whether somebody reads of a source only what left its desk.
    pub fn is_guest_at(&self, who: usize, at: At) -> bool {
        at.1 == 0 && !self.reads_drafts(who, at.0)
    }

    /// Whether two people who did not write the text stand by it, each at a stage of their own.
    pub fn stands(&self, at: At, case: &Case) -> bool {
        let authors = self.edition(at).map_or(Vec::new(), |edition| edition.authors(case.revision));
        let people: Vec<usize> = case.people().collect();
        let [first, second] = people[..] else { return false };
        let stands = |(who, role): (&usize, Role)| !authors.contains(who) && self.stands_by(*who, role, at);
        first != second && people.iter().zip(STAGES).all(stands)
    }

    /// Whether the newest text is approved, and that holds.
    pub fn is_approved_by_others(&self, at: At) -> bool {
        let case = self.edition(at).and_then(Edition::current_case);
        case.is_some_and(|case| case.state == CaseState::Approved && self.stands(at, case))
    }

    /// Whether the newest text was approved, and that holds no longer.
    pub fn has_lapsed(&self, at: At) -> bool {
        let approved = |edition: &Edition| edition.case_is(&[CaseState::Approved]);
        self.edition(at).is_some_and(approved) && !self.is_approved_by_others(at)
    }

    pub fn is_author(&self, who: usize, at: At) -> bool {
        self.edition(at).is_some_and(|edition| edition.authors(edition.latest()).contains(&who))
    }

    /// The source's revision that a writer can see.
    pub fn visible_source(&self, who: usize, slot: usize) -> usize {
        let Some(source) = self.edition((slot, 0)) else { return 0 };
        if self.reads_drafts(who, slot) { source.latest() } else { source.reference() }
    }

    pub fn source_reference(&self, slot: usize) -> usize {
        self.edition((slot, 0)).map_or(0, Edition::reference)
    }

    pub fn source_is_live(&self, slot: usize) -> bool {
        self.edition((slot, 0)).is_some_and(|source| source.live.is_some())
    }

    pub fn is_waiting(&self, at: At) -> bool {
        self.edition(at).is_some_and(|e| e.case_is(&[CaseState::Open, CaseState::Approved]))
    }
}
