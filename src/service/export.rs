//! Writing down what there is, in the form in which it can be brought in elsewhere: one state of the database,
//! article by article.

mod past;

use std::collections::{BTreeSet, HashMap, HashSet};

use past::{Facts, Past, differs};

use super::{
    App, Error,
    article::Article,
    attest, audit,
    edition::Edition,
    import::{OldArticle, OldShared},
    integrity::check_chain,
    vocabulary::Entry,
};
use crate::{
    domain::{
        address::Address,
        publication::Envelope,
        revision::{ChangeClass, Revision, seal},
        workflow::Sensitivity,
    },
    kernel::{ArticleId, EditionId, LocaleTag},
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
    /// The last act of each edition that the audit chain knows.
    acts: HashMap<EditionId, audit::LastAct>,
}

/// Begins to read.
pub async fn begin(app: &App, wanted: Wanted) -> Result<Export, Error> {
    let tx = app.db.read().await?;
    let acts = audit::last_acts(&tx).await?;
    Ok(Export { app: app.clone(), tx, wanted, after: None, acts })
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
            let (code, media_topic) = (one.code.to_string(), one.media_topic);
            entries.push(Entry::Topic { code, parent, media_topic, names: one.names });
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
        let mut classes: HashMap<EditionId, Vec<(u32, ChangeClass)>> = HashMap::new();
        for (id, number, class) in revision::classes(tx, ids.iter().copied()).await? {
            classes.entry(id).or_default().push((number, class));
        }
        let mut chains = publication::chains(tx, &ids).await?;
        let acts = chains.iter().flat_map(|(id, chain)| chain.iter().map(|act| (*id, act.number)));
        let numbers: BTreeSet<_> = acts.chain(editions.iter().map(|one| (one.id, one.latest))).collect();
        let texts = revision::find_each(tx, &numbers.into_iter().collect::<Vec<_>>()).await?;
        let (mut acts, mut attested) = (HashMap::new(), HashMap::new());
        for one in editions {
            let chain = chains.remove(&one.id).unwrap_or_default();
            let act = self.acts.get(&one.id).copied();
            let chain = vouched(&self.app, one, act, chain, &texts).ok_or_else(|| unsigned(one))?;
            // What the newest text was attested to hold against is kept with the edition; of one before, beside it.
            if let Some((last, _)) = chain.last().filter(|(last, _)| last.number != one.latest) {
                attested.insert(one.id, attest::holding(tx, one, last.number).await?);
            }
            acts.insert(one.id, chain);
        }
        let mut addresses: HashMap<EditionId, BTreeSet<String>> = HashMap::new();
        for (id, address) in import::addresses_of(tx, &ids).await? {
            addresses.entry(id).or_default().insert(address.to_string());
        }
        for (id, locale, slug) in publication::claims_of(tx, &ids).await? {
            addresses.entry(id).or_default().insert(Address::of_slug(&locale, &slug).to_string());
        }
        let article_ids: Vec<_> = articles.iter().map(|one| one.id).collect();
        let rows = import::done_by_article(tx, &article_ids).await?.into_iter().map(|row| (row.article, row)).collect();
        Ok(Facts { texts, acts, attested, classes, addresses, rows })
    }

    fn article(&self, one: &Article, editions: &[&Edition], facts: &Facts) -> Option<OldArticle> {
        let is_wanted = |edition: &&&Edition| {
            let locales = &self.wanted.locales;
            let locale = locales.is_empty() || locales.contains(&edition.locale) || edition.locale == one.source_locale;
            locale && (edition.live.is_some() || !self.wanted.published)
        };
        let whole = !self.wanted.published;
        let wanted: Vec<&&Edition> = editions.iter().filter(is_wanted).collect();
        let all: Vec<Past<'_>> = wanted.iter().filter_map(|edition| Past::of(edition, facts, whole)).collect();
        let source = all.iter().find(|past| past.edition.locale == one.source_locale)?;
        // What all editions share, as it stands with the source's text: what is public was approved with it.
        let shared = source.own.shared.clone();
        let row = facts.rows.get(&one.id);
        let dates = |locale: &LocaleTag| row.and_then(|row| row.dates.get(locale.as_str()).copied());
        let editions = all.iter().map(|past| past.write(source, facts, dates(&past.edition.locale)));
        let editions = editions.collect();
        let draft = if whole { differs(&shared, &one.shared, true) } else { OldShared::default() };
        Some(OldArticle {
            key: row.map_or_else(|| one.id.to_string(), |row| row.key.clone()),
            kind: shared.kind,
            agency: shared.agency.to_string(),
            source_locale: one.source_locale.to_string(),
            topics: shared.topics.iter().map(ToString::to_string).collect(),
            place: shared.place,
            details: shared.details,
            sensitivity: (one.sensitivity != Sensitivity::Normal).then(|| one.sensitivity.to_string()),
            draft,
            editions,
        })
    }
}

/// An edition's acts with what was signed of each, if they are those that the audit chain knows and if their texts are
/// what was signed.
fn vouched(
    app: &App,
    one: &Edition,
    known: Option<audit::LastAct>,
    chain: Vec<Publication>,
    texts: &HashMap<(EditionId, u32), Revision>,
) -> Option<Vec<(Publication, Envelope)>> {
    check_chain(&app.keys, &chain).ok()?;
    let last = chain.last();
    let told = last.map(|last| (last.sequence, last.envelope_hash));
    let live = last.filter(|last| last.act.take_down().is_none()).map(|last| last.number);
    if told != known.map(|act| (act.sequence, act.envelope_hash))
        || last.map(|last| last.id) != one.publication
        || live != one.live
    {
        return None;
    }
    let signed = |act: Publication| {
        let text = texts.get(&(one.id, act.number)).filter(|text| text.id == act.revision)?;
        let (_, hash) = seal(one.article, &one.locale, &text.text, &text.shared);
        let envelope = Envelope::parse(&act.envelope).filter(|envelope| envelope.content_hash == hash)?;
        Some((act, envelope))
    };
    chain.into_iter().map(signed).collect()
}

/// An edition that is not written down, since nobody signed what it says.
fn unsigned(one: &Edition) -> Error {
    Error::internal(format!("what was public of edition {} ({}) is not what was signed", one.id, one.locale))
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
