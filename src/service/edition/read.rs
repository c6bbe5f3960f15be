//! Reading editions: who may see which text, and how an edition stands.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::{Edition, Shown, Standing};
use crate::{
    domain::{
        access::{Actor, Scope, Translate, WriteSource},
        edition::{Facts, state},
        freshness::{Freshness, freshness, last_major, reference},
        publication::Envelope,
        revision::Revision,
        schedule::Deed,
        workflow::CaseState,
    },
    kernel::{ArticleId, EditionId, LocaleTag},
    service::{
        App, Caller, Error,
        article::{Article, live_line, readable},
        caller::allow,
        schedule as schedules, segment,
    },
    store::{Tx, case, edition, publication, revision, schedule},
};

/// The refusal of who may read an edition but not write it.
pub(in crate::service) fn may_write(actor: &Actor, article: &Article, locale: &LocaleTag) -> Result<(), Error> {
    let scope = Scope { agency: Some(&article.shared.agency), locale: Some(locale) };
    if *locale == article.source_locale {
        allow::<WriteSource>(actor, scope).map(drop)
    } else {
        allow::<Translate>(actor, scope).map(drop)
    }
}

/// The source's reference revision.
pub(in crate::service) fn reference_of(source: &Edition) -> u32 {
    reference(source.live, source.approved, source.latest)
}

/// Whether an article's source is under review, approved or public: then translators may read that text.
pub(in crate::service) async fn has_left_the_desk(tx: &impl Tx, article: &Article) -> Result<bool, Error> {
    let Some(source) = edition::find(tx, article.id, &article.source_locale).await? else { return Ok(false) };
    if source.live.is_some() || source.approved.is_some() {
        return Ok(true);
    }
    let Some(id) = source.case else { return Ok(false) };
    Ok(case::find(tx, id).await?.is_some_and(|case| case.state == CaseState::Open))
}

/// The edition of an article in a locale with what the actor may see of it.
pub(in crate::service) async fn find(
    tx: &impl Tx,
    actor: &Actor,
    id: ArticleId,
    locale: &LocaleTag,
) -> Result<(Article, Edition), Error> {
    let article = readable(tx, actor, id).await?;
    let found = edition::find(tx, id, locale).await?.ok_or_else(Error::not_found)?;
    if may_read(actor, &article, locale) { Ok((article, found)) } else { Err(Error::not_found()) }
}

/// Whether who may read the article may read its edition in a locale: a guest sees the source
/// and the languages of their own, no other translator's drafts.
fn may_read(actor: &Actor, article: &Article, locale: &LocaleTag) -> bool {
    *locale == article.source_locale
        || actor.reads_drafts_of(&article.shared.agency)
        || may_write(actor, article, locale).is_ok()
}

/// An edition that the caller may see.
pub async fn show(app: &App, caller: Caller, id: ArticleId, locale: &LocaleTag) -> Result<Shown, Error> {
    let (tx, actor) = app.read_as(caller).await?;
    let (article, edition) = find(&tx, &actor, id, locale).await?;
    let number = visible_number(&tx, &actor, &article, &edition).await?;
    let revision = revision::find(&tx, edition.id, number).await?.ok_or_else(Error::not_found)?;
    let mut standings = standings(app, &tx, std::slice::from_ref(&article), std::slice::from_ref(&edition)).await?;
    let standing = standings.remove(&edition.id).ok_or_else(Error::not_found)?;
    let case = standing.case.clone().filter(|case| case.number == number);
    let stale = standing.freshness.is_some_and(Freshness::is_stale) && number == edition.latest;
    let behind = if stale { segment::since(&tx, &actor, &article, &edition).await? } else { None };
    let plan = schedules::plan(&tx, &actor, &article, &edition).await?;
    Ok(Shown { article, edition, revision, case, standing, behind, plan })
}

/// The number of the revision that the actor reads.
pub(in crate::service) async fn visible_number(
    tx: &impl Tx,
    actor: &Actor,
    article: &Article,
    edition: &Edition,
) -> Result<u32, Error> {
    let all = visible_numbers(tx, actor, std::slice::from_ref(article), std::slice::from_ref(edition)).await?;
    all.get(&edition.id).copied().ok_or_else(Error::not_found)
}

/// The number of the revision that the actor reads of each edition; of those that stay hidden, none.
pub(in crate::service) async fn visible_numbers(
    tx: &impl Tx,
    actor: &Actor,
    articles: &[Article],
    editions: &[Edition],
) -> Result<HashMap<EditionId, u32>, Error> {
    // Only a guest at a text that no stage has agreed to reads what its case says.
    let asked = |edition: &&Edition| {
        let article = articles.iter().find(|article| article.id == edition.article);
        edition.live.or(edition.approved).is_none()
            && article.is_some_and(|article| is_guest_at(actor, article, edition))
    };
    let cases = case::find_many(tx, editions.iter().filter(asked).filter_map(|edition| edition.case)).await?;
    let number = |edition: &Edition| {
        let article = articles.iter().find(|article| article.id == edition.article)?;
        if !may_read(actor, article, &edition.locale) {
            return None;
        }
        if !is_guest_at(actor, article, edition) {
            return Some(edition.latest);
        }
        let case = cases.iter().find(|case| Some(case.id) == edition.case && case.state == CaseState::Open);
        edition.live.or(edition.approved).or(case.map(|case| case.number))
    };
    Ok(editions.iter().filter_map(|edition| Some((edition.id, number(edition)?))).collect())
}

/// Whether the edition is the source of an agency that the actor only translates for.
pub(in crate::service) fn is_guest_at(actor: &Actor, article: &Article, edition: &Edition) -> bool {
    edition.locale == article.source_locale && !actor.reads_drafts_of(&article.shared.agency)
}

/// The numbers of the revisions that a guest reads: the one that is shown and those that were
/// public once. Nothing for who reads all of them up to the newest.
pub(in crate::service) async fn guest_numbers(
    tx: &impl Tx,
    actor: &Actor,
    article: &Article,
    edition: &Edition,
) -> Result<Option<BTreeSet<u32>>, Error> {
    if !is_guest_at(actor, article, edition) {
        return if may_read(actor, article, &edition.locale) { Ok(None) } else { Err(Error::not_found()) };
    }
    let newest = visible_number(tx, actor, article, edition).await?;
    let public = publication::chain(tx, edition.id).await?;
    Ok(Some(public.iter().map(|one| one.number).filter(|number| *number < newest).chain([newest]).collect()))
}

/// Revisions of an edition before a number, newest first.
pub async fn revisions(
    app: &App,
    caller: Caller,
    at: (ArticleId, &LocaleTag),
    before: Option<u32>,
    limit: u64,
) -> Result<Vec<Revision>, Error> {
    let (tx, actor) = app.read_as(caller).await?;
    let (article, edition) = find(&tx, &actor, at.0, at.1).await?;
    let Some(numbers) = guest_numbers(&tx, &actor, &article, &edition).await? else {
        return Ok(revision::before(&tx, edition.id, before, limit).await?);
    };
    let wanted = numbers.into_iter().rev().filter(|number| before.is_none_or(|before| *number < before));
    let mut found = Vec::new();
    for number in wanted.take(usize::try_from(limit).unwrap_or(usize::MAX)) {
        found.extend(revision::find(&tx, edition.id, number).await?);
    }
    Ok(found)
}

/// One revision of an edition.
pub async fn revision(app: &App, caller: Caller, at: (ArticleId, &LocaleTag), number: u32) -> Result<Revision, Error> {
    let (tx, actor) = app.read_as(caller).await?;
    let (article, edition) = find(&tx, &actor, at.0, at.1).await?;
    let hidden = guest_numbers(&tx, &actor, &article, &edition).await?.is_some_and(|all| !all.contains(&number));
    if hidden {
        return Err(Error::not_found());
    }
    revision::find(&tx, edition.id, number).await?.ok_or_else(Error::not_found)
}

/// How some editions stand, in a fixed number of statements.
pub(in crate::service) async fn standings(
    app: &App,
    tx: &impl Tx,
    articles: &[Article],
    editions: &[Edition],
) -> Result<HashMap<EditionId, Standing>, Error> {
    let sources = sources_of(tx, articles, editions).await?;
    let classes = revision::classes(tx, sources.iter().map(|source| source.id)).await?;
    let cases = case::find_many(tx, editions.iter().filter_map(|edition| edition.case)).await?;
    let publications = publication::find_many(tx, editions.iter().filter_map(|edition| edition.publication)).await?;
    let waiting = schedule::waiting(tx, editions.iter().map(|edition| edition.id)).await?;
    let mut all = HashMap::new();
    for one in editions {
        let case = cases.iter().find(|case| Some(case.id) == one.case);
        let last = publications.iter().find(|publication| Some(publication.id) == one.publication);
        let last_act = last.map(|publication| (publication.act, publication.number));
        let scheduled = waiting
            .iter()
            .find(|order| order.edition == one.id && order.deed == Deed::Publish)
            .map(|order| order.number);
        let state = state(Facts { latest: one.latest, case, live: one.live, last_act, scheduled });
        let live = one.live.and_then(|number| {
            let last = last?;
            let envelope = Envelope::parse(&last.envelope)?;
            Some(live_line(app, &one.locale, number, last.version, envelope.guid, &envelope.slug))
        });
        let source = sources.iter().find(|source| source.article == one.article && source.id != one.id);
        let freshness = source.zip(one.source).map(|(source, made_from)| {
            let history: Vec<_> =
                classes.iter().filter(|class| class.0 == source.id).map(|class| (class.1, class.2)).collect();
            let reference = reference_of(source);
            freshness(made_from, reference, last_major(&history, reference))
        });
        all.insert(one.id, Standing { state, live, freshness, case: case.cloned() });
    }
    Ok(all)
}

/// The source editions of those among some editions that are translations.
async fn sources_of(tx: &impl Tx, articles: &[Article], editions: &[Edition]) -> Result<Vec<Edition>, Error> {
    let languages: HashMap<_, _> = articles.iter().map(|article| (article.id, &article.source_locale)).collect();
    let is_source = |one: &Edition| languages.get(&one.article) == Some(&&one.locale);
    let translated: HashSet<_> = editions.iter().filter(|one| !is_source(one)).map(|one| one.article).collect();
    let mut sources: Vec<Edition> = editions.iter().filter(|one| is_source(one)).cloned().collect();
    sources.retain(|one| translated.contains(&one.article));
    let missing = translated.into_iter().filter(|id| !sources.iter().any(|one| one.article == *id));
    let found = edition::find_by_articles(tx, missing.collect::<Vec<_>>()).await?;
    sources.extend(found.into_iter().filter(is_source));
    Ok(sources)
}
