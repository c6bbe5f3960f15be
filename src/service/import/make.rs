//! Making an article of a row that was read: what it names is looked up, what it asks for is given or refused.

use std::collections::{BTreeMap, HashSet};

use super::{
    Brought, Import, OldShared,
    past::{Acted, Past},
    read,
    settle::Taken,
};
use crate::{
    domain::{
        access::Actor,
        address::Address,
        revision::{ChangeClass, Provenance, Revision, Shared, Text, seal},
    },
    kernel::{ArticleId, Digest, EditionId, LocaleTag, RevisionId, Slug, Timestamp},
    service::{
        Check, Error, FieldCode, FieldError,
        article::{Article, Known},
        edition::{Draft, Edition},
    },
    store::{WriteTx, import::DoneRow},
};

/// A new article with its editions, ready to be written.
#[derive(Debug)]
pub(super) struct New {
    pub(super) article: Article,
    pub(super) editions: Vec<NewEdition>,
    pub(super) done: DoneRow,
}

#[derive(Debug)]
pub(super) struct NewEdition {
    pub(super) edition: Edition,
    pub(super) first: Revision,
    /// What followed the first text.
    pub(super) later: Vec<Revision>,
    pub(super) addresses: Vec<Address>,
    /// Slugs that it had in public elsewhere.
    pub(super) slugs: Vec<Slug>,
    /// What was done with it in public, if by the decision that is done here again.
    pub(super) acts: Vec<Acted>,
    /// Since when it is public, if by the decision it is and that is all there is to it.
    pub(super) since: Option<Timestamp>,
}

impl NewEdition {
    /// All its texts, in their order.
    pub(super) fn texts(&self) -> impl Iterator<Item = &Revision> {
        std::iter::once(&self.first).chain(&self.later)
    }
}

/// What an edition of a row is to have.
struct Settled {
    /// Its place in the row.
    place: usize,
    locale: LocaleTag,
    /// The edition's own slug, then those of its texts in their order.
    slugs: Vec<Slug>,
    addresses: Vec<Address>,
}

/// The article of a row, or why there is none.
pub(super) async fn make(
    tx: &WriteTx,
    known: &Known,
    taken: &mut Taken,
    actor: &Actor,
    import: &Import,
    (mut one, hash): (read::Article, Digest),
    now: Timestamp,
) -> Result<Result<(New, Brought), Error>, Error> {
    let check = &mut one.check;
    let agency = known.agency(check, "/agency", &one.agency);
    let source_locale = known.locale(check, "/source_locale", &one.source_locale);
    let topics = known.topics(check, &one.topics);
    let mut settled: Vec<Settled> = Vec::with_capacity(one.editions.len());
    for (place, edition) in one.editions.iter().enumerate() {
        let pointer = format!("/editions/{place}");
        let Some(locale) = known.locale(check, &format!("{pointer}/locale"), &edition.locale) else { continue };
        let slugs = taken.slugs(tx, check, &pointer, &locale, (edition, hash)).await?;
        let mine: Vec<Address> = settled.iter().flat_map(|it| it.addresses.clone()).collect();
        let addresses = taken.addresses(check, &pointer, &locale, (&slugs, &mine), edition);
        settled.push(Settled { place, locale, slugs, addresses });
    }
    let shared = agency.map(|agency| Shared { kind: one.kind, agency, topics, place: one.place, details: one.details });
    let id = ArticleId::new();
    let mut texts = Vec::with_capacity(one.editions.len());
    if let Some(shared) = &shared {
        let versions = Versions::of(one.editions.iter().find(|it| it.locale == one.source_locale));
        for it in &settled {
            let mut own = Check::new();
            let is_source = source_locale.as_ref() == Some(&it.locale);
            let maker = Maker { known, id, it, shared, is_source, versions, now, actor };
            texts.push(maker.all(&mut own, &one.editions[it.place]));
            check.under(&format!("/editions/{}", it.place), own);
        }
    }
    let mut now_shared = shared.clone();
    if let Some(shared) = &mut now_shared {
        change(known, check, "/draft", shared, &one.draft);
        shared.place = one.draft.place.clone().unwrap_or_else(|| shared.place.clone());
    }
    if let Err(error) = std::mem::take(check).finish() {
        return Ok(Err(error));
    }
    let (Some(shared), Some(source_locale)) = (now_shared, source_locale) else { return Ok(Err(Error::not_found())) };
    taken.give(settled.iter().map(|it| (&it.locale, it.slugs.as_slice(), it.addresses.as_slice())));
    let sensitivity = one.sensitivity;
    let (created_by, created_at) = (actor.id, now);
    let article =
        Article { id, source_locale, shared, sensitivity, version: 1, created_by, created_at, updated_at: now };
    let is_past = one.editions.iter().any(|edition| edition.past.is_some());
    let mut brought = Brought::default();
    let mut dates = BTreeMap::new();
    let mut editions = Vec::with_capacity(settled.len());
    for ((edition, texts), it) in one.editions.into_iter().zip(texts).zip(settled) {
        brought.count(import, &edition, &format!("/editions/{}", it.place));
        if let Some(at) = edition.updated_at {
            dates.insert(it.locale.to_string(), at);
        }
        editions.extend(begin(&article, it, &edition, texts, (import.run.publish, is_past)));
    }
    let done = DoneRow { key: one.key, hash, article: article.id, import: import.run.id, dates };
    Ok(Ok((New { article, editions, done }, brought)))
}

impl Brought {
    fn count(&mut self, import: &Import, edition: &read::Edition, pointer: &str) {
        let is_public = import.run.publish && edition.is_public();
        *(if is_public { &mut self.published } else { &mut self.drafts }) += 1;
        let own = [(String::new(), &edition.draft)];
        let past = edition.past.iter().flat_map(|past| &past.texts);
        // A text that says nothing of the body has the edition's own.
        let others = past.filter(|one| one.draft.body != edition.draft.body);
        let all = own.into_iter().chain(others.map(|one| (one.pointer.clone(), &one.draft)));
        for (place, draft) in all.filter(|(_, draft)| !draft.stripped.is_empty()) {
            self.stripped.push((format!("{pointer}{place}/body"), draft.stripped.clone()));
        }
    }
}

/// What there is of the source for translations to be made from.
#[derive(Clone, Copy)]
struct Versions {
    /// The newest that was public, or the only text.
    newest: u32,
    /// One more, where there is a draft.
    most: u32,
}

impl Versions {
    fn of(source: Option<&read::Edition>) -> Self {
        let Some(past) = source.and_then(|source| source.past.as_ref()) else { return Self { newest: 1, most: 1 } };
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Self { newest: number(past.versions()), most: number(past.texts.len()) }
    }
}

/// What the texts of an edition have in common.
struct Maker<'a> {
    known: &'a Known,
    id: ArticleId,
    it: &'a Settled,
    shared: &'a Shared,
    is_source: bool,
    versions: Versions,
    now: Timestamp,
    actor: &'a Actor,
}

impl Maker<'_> {
    /// The texts of an edition in their order; a slug that is missing was told.
    fn all(&self, check: &mut Check, edition: &read::Edition) -> Vec<Revision> {
        let mut shared = self.shared.clone();
        change(self.known, check, "/shared", &mut shared, &edition.shared);
        if !self.is_source {
            shared.place.clone_from(&edition.place);
        }
        let source = |check: &mut Check, pointer: &str, said: Option<u32>| {
            let told = said.or(edition.source_version);
            if self.is_source {
                return None;
            }
            if told.is_some_and(|told| told > self.versions.most) {
                let fault = FieldError::new(format!("{pointer}/source_version"), FieldCode::Unknown);
                check.fault(fault.with("name", told.unwrap_or_default().to_string()));
            }
            // Of what a translation was made that its source has left behind, there is no text here: it is number none.
            Some(told.unwrap_or(if edition.stale { 0 } else { self.versions.newest }))
        };
        let Some(past) = &edition.past else {
            let from = source(check, "", None);
            let made = self
                .it
                .slugs
                .first()
                .map(|slug| self.one((1, ChangeClass::Major), (&edition.draft, slug.clone()), shared, from));
            return made.into_iter().collect();
        };
        let mut all: Vec<Revision> = Vec::with_capacity(past.texts.len());
        for ((number, one), slug) in (1..).zip(&past.texts).zip(self.it.slugs.iter().skip(1)) {
            let mut own = shared.clone();
            change(self.known, check, &format!("{}/shared", one.pointer), &mut own, &one.shared);
            if let Some(place) = &one.shared.place {
                own.place.clone_from(place);
            }
            let from = source(check, &one.pointer, one.source_version);
            let made = self.one((number, one.change), (&one.draft, slug.clone()), own, from);
            let is_version = usize::try_from(number).is_ok_and(|number| number <= past.versions());
            if is_version && all.last().is_some_and(|before| before.hash == made.hash) {
                check.fault(FieldError::new(one.pointer.clone(), FieldCode::Unchanged));
            }
            all.push(made);
        }
        all
    }

    fn one(
        &self,
        (number, change): (u32, ChangeClass),
        (draft, slug): (&Draft, Slug),
        shared: Shared,
        source_number: Option<u32>,
    ) -> Revision {
        let Draft { title, summary, body, details, .. } = draft;
        let (title, summary, body, details) = (title.clone(), summary.clone(), body.clone(), details.clone());
        let text = Text { title, summary, body, slug, details };
        let (_, hash) = seal(self.id, &self.it.locale, &text, &shared);
        Revision {
            id: RevisionId::new(),
            number,
            text,
            shared,
            hash,
            source_number,
            change,
            change_note: String::new(),
            provenance: Provenance::Import,
            by: self.actor.id,
            at: self.now,
        }
    }
}

/// Changes what all editions share as it is said; the place is each text's own matter.
fn change(known: &Known, check: &mut Check, pointer: &str, shared: &mut Shared, said: &OldShared) {
    let mut own = Check::new();
    if let Some(agency) = said.agency.as_ref().and_then(|raw| known.agency(&mut own, "/agency", raw)) {
        shared.agency = agency;
    }
    if let Some(topics) = &said.topics {
        shared.topics = known.topics(&mut own, topics);
    }
    if let Some(details) = &said.details {
        shared.details.clone_from(details);
    }
    check.under(pointer, own);
}

/// An edition with its texts, as another system had it.
fn begin(
    article: &Article,
    it: Settled,
    one: &read::Edition,
    mut texts: Vec<Revision>,
    (publish, is_past): (bool, bool),
) -> Option<NewEdition> {
    let later = texts.split_off(1.min(texts.len()));
    let first = texts.pop()?;
    let newest = later.last().unwrap_or(&first);
    let edition = Edition {
        id: EditionId::new(),
        article: article.id,
        locale: it.locale,
        guid: None,
        latest: newest.number,
        source: newest.source_number,
        approved: None,
        live: None,
        case: None,
        publication: None,
        version: 1,
        created_at: first.at,
        updated_at: first.at,
    };
    let versions = one.past.as_ref().map_or(0, Past::versions);
    let slugs: HashSet<Slug> =
        std::iter::once(&first).chain(&later).take(versions).map(|text| text.text.slug.clone()).collect();
    let since = one.published_at.filter(|_| publish);
    Some(NewEdition {
        acts: if publish && is_past { one.acts() } else { Vec::new() },
        since: since.filter(|_| !is_past),
        slugs: slugs.into_iter().collect(),
        edition,
        first,
        later,
        addresses: it.addresses,
    })
}
