//! An edition as it is written down: its text, what was done with it in public, and the draft that is newer.

use std::collections::{BTreeSet, HashMap};

use super::super::{
    edition::{BodyFormat, Edition, NewText},
    import::{OldAct, OldEdition, OldShared, OldText},
};
use crate::{
    domain::{
        address::Address,
        freshness::{follows, freshness, last_major},
        publication::Envelope,
        revision::{ChangeClass, Revision, Shared},
    },
    kernel::{ArticleId, EditionId, Timestamp},
    store::{import::DoneRow, publication::Publication},
};

/// All that is known of the editions of some articles.
pub(super) struct Facts {
    pub(super) texts: HashMap<(EditionId, u32), Revision>,
    pub(super) acts: HashMap<EditionId, Vec<(Publication, Envelope)>>,
    /// What a text that is not the newest was attested to hold against.
    pub(super) attested: HashMap<EditionId, Vec<u32>>,
    pub(super) classes: HashMap<EditionId, Vec<(u32, ChangeClass)>>,
    pub(super) addresses: HashMap<EditionId, BTreeSet<String>>,
    pub(super) rows: HashMap<ArticleId, DoneRow>,
}

/// An edition with its acts and texts.
pub(super) struct Past<'a> {
    pub(super) edition: &'a Edition,
    /// The text that is or was public last, or the only one.
    pub(super) own: &'a Revision,
    acts: &'a [(Publication, Envelope)],
    /// The numbers of the texts that made its versions.
    versions: Vec<u32>,
    draft: Option<&'a Revision>,
    classes: &'a [(u32, ChangeClass)],
    /// Whether its history is written down too.
    whole: bool,
}

impl<'a> Past<'a> {
    pub(super) fn of(edition: &'a Edition, facts: &'a Facts, whole: bool) -> Option<Self> {
        let acts = facts.acts.get(&edition.id).map_or(&[][..], Vec::as_slice);
        let number = acts.last().map_or(edition.latest, |(last, _)| last.number);
        let own = facts.texts.get(&(edition.id, number))?;
        let newest = facts.texts.get(&(edition.id, edition.latest))?;
        let made = acts.iter().filter(|(act, _)| act.act.makes_version());
        Some(Self {
            edition,
            own,
            acts,
            versions: made.map(|(act, _)| act.number).collect(),
            // What says nothing else is no draft.
            draft: Some(newest).filter(|newest| whole && !text(own, newest).is_empty()),
            classes: facts.classes.get(&edition.id).map_or(&[][..], Vec::as_slice),
            whole,
        })
    }

    pub(super) fn write(&self, source: &Past<'_>, facts: &Facts, changed: Option<Timestamp>) -> OldEdition {
        let (edition, own) = (self.edition, self.own);
        let is_source = edition.id == source.edition.id;
        let reference = source.own.number;
        let follows = self.follows(own, facts);
        let is_stale = |made_from| freshness(made_from, reference, last_major(source.classes, reference)).is_stale();
        let stale = !is_source && follows.is_some_and(is_stale);
        let made_from = follows.filter(|_| !is_source && self.whole).and_then(|from| source.version_for(from, stale));
        let usual = if stale { Some(0) } else { source.newest_version() };
        let last = self.acts.last().map(|(_, envelope)| envelope);
        let mut addresses = facts.addresses.get(&edition.id).cloned().unwrap_or_default();
        addresses.remove(Address::of_slug(&edition.locale, &own.text.slug).as_str());
        let history = if self.has_history() { self.history(source, facts, made_from) } else { Vec::new() };
        if !history.is_empty() {
            // Its texts say these.
            for (_, envelope) in self.acts {
                addresses.remove(Address::of_slug(&edition.locale, &envelope.slug).as_str());
            }
        }
        let draft = self.draft.map(|newest| OldText {
            change: self.change(own.number, newest.number),
            source_version: source.said(self.follows(newest, facts), made_from).filter(|_| !is_source),
            ..text(own, newest)
        });
        OldEdition {
            locale: edition.locale.to_string(),
            text: NewText {
                title: own.text.title.clone(),
                summary: own.text.summary.clone(),
                body: own.text.body.clone(),
                format: BodyFormat::Html,
                slug: Some(own.text.slug.to_string()),
            },
            place: if is_source { None } else { own.shared.place.clone() },
            details: own.text.details.clone(),
            shared: if self.whole { differs(&source.own.shared, &own.shared, false) } else { OldShared::default() },
            published_at: last.map(|act| act.published_at.to_string()),
            updated_at: match last {
                Some(act) if act.sequence > 1 => Some(act.done_at()),
                _ => changed,
            }
            .map(|at| at.to_string()),
            stale,
            source_version: made_from.filter(|version| Some(*version) != usual),
            addresses: addresses.into_iter().collect(),
            history,
            draft,
        }
    }

    /// Whether there is more to tell than since when it is public.
    fn has_history(&self) -> bool {
        self.whole && (self.acts.len() > 1 || self.acts.iter().any(|(act, _)| !act.note.is_empty()))
    }

    fn history(&self, source: &Past<'_>, facts: &Facts, made_from: Option<u32>) -> Vec<OldAct> {
        let mut before = 0;
        let one = |(act, envelope): &(Publication, Envelope)| {
            let mut words = OldText::default();
            if act.act.makes_version() {
                if let Some(said) = facts.texts.get(&(self.edition.id, act.number)).filter(|it| it.id != self.own.id) {
                    words = text(self.own, said);
                    if self.edition.id != source.edition.id {
                        words.source_version = source.said(self.follows(said, facts), made_from);
                    }
                }
                words.change = self.change(before, act.number).filter(|_| before > 0);
                before = act.number;
            }
            OldAct {
                act: act.act.to_string(),
                at: envelope.done_at().to_string(),
                note: envelope.note.clone(),
                reason: act.reason.map(|reason| reason.to_string()),
                text: words,
            }
        };
        self.acts.iter().map(one).collect()
    }

    /// The source's text that one of its texts follows.
    fn follows(&self, one: &Revision, facts: &Facts) -> Option<u32> {
        let attested = facts.attested.get(&self.edition.id).filter(|_| one.id == self.own.id);
        let newest = self.edition.source.filter(|_| one.number == self.edition.latest);
        one.source_number.max(newest).map(|from| follows(from, attested.into_iter().flatten().copied()))
    }

    /// How much one text changes another, if it is not substance.
    fn change(&self, before: u32, number: u32) -> Option<String> {
        let between = self.classes.iter().filter(|(at, _)| *at > before && *at <= number).map(|(_, class)| *class);
        let between: BTreeSet<ChangeClass> = between.collect();
        let most =
            [ChangeClass::Major, ChangeClass::Minor, ChangeClass::Shared].into_iter().find(|it| between.contains(it));
        most.filter(|class| *class != ChangeClass::Major).map(|class| class.to_string())
    }

    fn newest_version(&self) -> Option<u32> {
        u32::try_from(self.versions.len()).ok().filter(|count| *count > 0)
    }

    /// The version that is the newest up to a text; one more is the draft. Nothing where nothing was ever public.
    fn version_at(&self, number: u32) -> Option<u32> {
        let newest = self.newest_version()?;
        if self.draft.is_some_and(|draft| draft.number == number) {
            return Some(newest + 1);
        }
        let so_far = self.versions.iter().filter(|version| **version <= number).count();
        u32::try_from(so_far).ok()
    }

    /// The version that a translation was made from. Texts between versions are not written down: one that was made
    /// from such a text and is up to date is so with the newest.
    fn version_for(&self, number: u32, stale: bool) -> Option<u32> {
        let at = self.version_at(number)?;
        let substance = |(place, version): &(usize, u32)| {
            let before = place.checked_sub(1).map_or(0, |before| self.versions[before]);
            before == 0 || self.change(before, *version).is_none()
        };
        let mut versions = self.versions.iter().copied().enumerate();
        let substance = versions.rfind(substance).map_or(1, |(place, _)| place + 1);
        if !stale && (at as usize) < substance { self.newest_version() } else { Some(at) }
    }

    /// What an older or a newer text says of its source, if that is not what the edition's own says.
    fn said(&self, follows: Option<u32>, own: Option<u32>) -> Option<u32> {
        let version = follows.and_then(|number| self.version_at(number));
        version.filter(|version| Some(*version) != own)
    }
}

/// What a text says that an edition's own does not.
fn text(own: &Revision, one: &Revision) -> OldText {
    let (mine, other) = (&own.text, &one.text);
    OldText {
        title: (mine.title != other.title).then(|| other.title.clone()),
        summary: (mine.summary != other.summary).then(|| other.summary.clone()),
        body: (mine.body != other.body).then(|| (other.body.clone(), BodyFormat::Html)),
        slug: (mine.slug != other.slug).then(|| other.slug.to_string()),
        details: (mine.details != other.details).then(|| other.details.clone()),
        shared: differs(&own.shared, &one.shared, true),
        source_version: None,
        change: None,
    }
}

/// What of the shared fields is something else; the place of a translation is in its own words.
pub(super) fn differs(own: &Shared, other: &Shared, with_place: bool) -> OldShared {
    OldShared {
        agency: (own.agency != other.agency).then(|| other.agency.to_string()),
        topics: (own.topics != other.topics).then(|| other.topics.iter().map(ToString::to_string).collect()),
        place: (with_place && own.place != other.place).then(|| other.place.clone()),
        details: (own.details != other.details).then(|| other.details.clone()),
    }
}
