//! Writing down what there is, in the form in which it can be brought in elsewhere: one state of the database,
//! article by article.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::{
    App, Error,
    article::Article,
    edition::{BodyFormat, Edition, NewText},
    import::{OldArticle, OldEdition},
    vocabulary::Entry,
};
use crate::{
    domain::{
        address::Address,
        freshness::{freshness, last_major},
        publication::Envelope,
        revision::{ChangeClass, Revision, seal},
    },
    kernel::{ArticleId, EditionId, LocaleTag, PublicationId, Timestamp},
    store::{
        ReadTx, article, edition, import,
        publication::{self, Publication},
        revision,
        vocabulary::{self, Locale, Topic},
    },
};

/// Articles that are read at once.
const AT_ONCE: u64 = 100;

/// What is to be written down.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Only what is public.
    pub published: bool,
    /// Only editions in these languages, and the source of each article; all, if there are none.
    pub locales: Vec<LocaleTag>,
}

/// One state of the database, as it is read.
#[derive(Debug)]
pub struct Export {
    app: App,
    tx: ReadTx,
    wanted: Wanted,
    after: Option<ArticleId>,
}

/// Begins to read.
pub async fn begin(app: &App, wanted: Wanted) -> Result<Export, Error> {
    Ok(Export { app: app.clone(), tx: app.db.read().await?, wanted, after: None })
}

/// All that is known of the editions of some articles.
struct Facts {
    texts: HashMap<EditionId, Revision>,
    acts: HashMap<PublicationId, Envelope>,
    classes: HashMap<EditionId, Vec<(u32, ChangeClass)>>,
    addresses: HashMap<EditionId, BTreeSet<String>>,
    rows: HashMap<ArticleId, import::DoneRow>,
}

impl Export {
    /// The vocabularies, each entry after those that it names.
    pub async fn entries(&self) -> Result<Vec<Entry>, Error> {
        let tx = &self.tx;
        let mut entries = Vec::new();
        for Locale { tag, script, rtl, fallback, position, names, .. } in
            ordered(vocabulary::locales(tx).await?, |one| one.tag.to_string(), |one| one.fallback.clone())
        {
            entries.push(Entry::Locale { tag: tag.to_string(), script, rtl, fallback, position, names });
        }
        let mut agencies = vocabulary::agencies(tx).await?;
        agencies.sort_by(|one, other| one.code.cmp(&other.code));
        for one in agencies {
            entries.push(Entry::Agency { code: one.code.to_string(), names: one.names });
        }
        let parent = |one: &Topic| one.parent.iter().map(ToString::to_string).collect();
        let mut topics = vocabulary::topics(tx).await?;
        topics.sort_by(|one, other| one.code.cmp(&other.code));
        for one in ordered(topics, |one| one.code.to_string(), parent) {
            let parent = one.parent.map(|parent| parent.to_string());
            entries.push(Entry::Topic { code: one.code.to_string(), parent, names: one.names });
        }
        Ok(entries)
    }

    /// The next articles, in the order in which they were begun; none at the end.
    pub async fn next(&mut self) -> Result<Option<Vec<OldArticle>>, Error> {
        let articles = article::after(&self.tx, self.after, AT_ONCE).await?;
        let Some(last) = articles.last() else { return Ok(None) };
        self.after = Some(last.id);
        let mut editions = edition::find_by_articles(&self.tx, articles.iter().map(|one| one.id)).await?;
        // In an order of our own: databases sort texts in different ways.
        editions.sort_by(|one, other| one.locale.as_str().cmp(other.locale.as_str()));
        let facts = self.facts(&articles, &editions).await?;
        let mut found = Vec::with_capacity(articles.len());
        for one in &articles {
            let mine: Vec<&Edition> = editions.iter().filter(|edition| edition.article == one.id).collect();
            found.extend(self.article(one, &mine, &facts));
        }
        Ok(Some(found))
    }

    async fn facts(&self, articles: &[Article], editions: &[Edition]) -> Result<Facts, Error> {
        let tx = &self.tx;
        let ids: Vec<EditionId> = editions.iter().map(|one| one.id).collect();
        let numbers: Vec<_> = editions.iter().map(|one| (one.id, number(one))).collect();
        let mut classes: HashMap<EditionId, Vec<(u32, ChangeClass)>> = HashMap::new();
        for (id, number, class) in revision::classes(tx, ids.iter().copied()).await? {
            classes.entry(id).or_default().push((number, class));
        }
        let signed = publication::find_many(tx, editions.iter().filter_map(|one| one.publication)).await?;
        let texts = revision::find_many(tx, &numbers).await?;
        let mut acts = HashMap::new();
        for one in editions.iter().filter(|one| one.live.is_some()) {
            let act = signed.iter().find(|act| Some(act.id) == one.publication && act.edition == one.id);
            let envelope = act.and_then(|act| vouched(&self.app, act, one, texts.get(&one.id)?));
            let envelope = envelope.ok_or_else(|| unsigned(one))?;
            acts.extend(one.publication.map(|id| (id, envelope)));
        }
        let mut addresses: HashMap<EditionId, BTreeSet<String>> = HashMap::new();
        for (id, address) in import::addresses_of(tx, &ids).await? {
            addresses.entry(id).or_default().insert(address.to_string());
        }
        for (id, locale, slug) in publication::claims_of(tx, &ids).await? {
            addresses.entry(id).or_default().insert(Address::of_slug(&locale, &slug).to_string());
        }
        let article_ids: Vec<_> = articles.iter().map(|one| one.id).collect();
        Ok(Facts {
            texts,
            acts,
            classes,
            addresses,
            rows: import::done_by_article(tx, &article_ids).await?.into_iter().map(|row| (row.article, row)).collect(),
        })
    }

    fn article(&self, one: &Article, editions: &[&Edition], facts: &Facts) -> Option<OldArticle> {
        let is_wanted = |edition: &&&Edition| {
            let locales = &self.wanted.locales;
            let locale = locales.is_empty() || locales.contains(&edition.locale) || edition.locale == one.source_locale;
            locale && (edition.live.is_some() || !self.wanted.published)
        };
        let wanted: Vec<&&Edition> = editions.iter().filter(is_wanted).collect();
        let source = wanted.iter().find(|edition| edition.locale == one.source_locale)?;
        // What all editions share, as it stands with the source's text: what is public was approved with it.
        let shared = match source.live {
            Some(_) => facts.texts.get(&source.id)?.shared.clone(),
            None => one.shared.clone(),
        };
        let row = facts.rows.get(&one.id);
        let dates = |locale: &LocaleTag| row.and_then(|row| row.dates.get(locale.as_str()).copied());
        let editions =
            wanted.iter().filter_map(|edition| self::edition(edition, source, facts, dates(&edition.locale)));
        Some(OldArticle {
            key: row.map_or_else(|| one.id.to_string(), |row| row.key.clone()),
            kind: shared.kind,
            agency: shared.agency.to_string(),
            source_locale: one.source_locale.to_string(),
            topics: shared.topics.iter().map(ToString::to_string).collect(),
            place: shared.place,
            details: shared.details,
            editions: editions.collect(),
        })
    }
}

/// What was signed of a public text, if it was this very text.
fn vouched(app: &App, act: &Publication, one: &Edition, text: &Revision) -> Option<Envelope> {
    app.keys.verify(&act.signature, act.envelope.as_bytes()).ok()?;
    let envelope = Envelope::parse(&act.envelope)?;
    let (_, hash) = seal(one.article, &one.locale, &text.text, &text.shared);
    (envelope.content_hash == hash).then_some(envelope)
}

/// An edition that is not written down as public, since nobody signed what it says.
fn unsigned(one: &Edition) -> Error {
    Error::internal(format!("the public text of edition {} ({}) is not what was signed", one.id, one.locale))
}

/// The text that is written down: the public one, where there is one.
fn number(edition: &Edition) -> u32 {
    edition.live.unwrap_or(edition.latest)
}

fn edition(one: &Edition, source: &Edition, facts: &Facts, changed: Option<Timestamp>) -> Option<OldEdition> {
    let text = facts.texts.get(&one.id)?;
    let act = one.live.and(one.publication).and_then(|id| facts.acts.get(&id));
    let updated_at = match act {
        Some(act) if act.sequence > 1 => Some(act.at),
        _ => changed,
    };
    let history = facts.classes.get(&source.id).map_or(&[][..], Vec::as_slice);
    let reference = number(source);
    // What the newest text was attested to hold against is kept with the edition.
    let follows = if text.number == one.latest { one.source.max(text.source_number) } else { text.source_number };
    let stale =
        follows.is_some_and(|made_from| freshness(made_from, reference, last_major(history, reference)).is_stale());
    let is_source = one.id == source.id;
    let mut addresses = facts.addresses.get(&one.id).cloned().unwrap_or_default();
    addresses.remove(Address::of_slug(&one.locale, &text.text.slug).as_str());
    Some(OldEdition {
        locale: one.locale.to_string(),
        text: NewText {
            title: text.text.title.clone(),
            summary: text.text.summary.clone(),
            body: text.text.body.clone(),
            format: BodyFormat::Html,
            slug: Some(text.text.slug.to_string()),
        },
        place: if is_source { None } else { text.shared.place.clone() },
        details: text.text.details.clone(),
        published_at: act.map(|act| act.published_at.to_string()),
        updated_at: updated_at.map(|at| at.to_string()),
        stale: stale && !is_source,
        addresses: addresses.into_iter().collect(),
    })
}

/// Entries, each after those that it names, in their own order otherwise.
fn ordered<T>(all: Vec<T>, name: impl Fn(&T) -> String, names: impl Fn(&T) -> Vec<String>) -> Vec<T> {
    let (mut waiting, mut done, mut told) = (all, Vec::new(), HashSet::new());
    loop {
        let before = waiting.len();
        let (ready, rest): (Vec<T>, Vec<T>) =
            waiting.into_iter().partition(|one| names(one).iter().all(|other| told.contains(other)));
        told.extend(ready.iter().map(&name));
        done.extend(ready);
        waiting = rest;
        if waiting.is_empty() || waiting.len() == before {
            done.extend(waiting);
            return done;
        }
    }
}
