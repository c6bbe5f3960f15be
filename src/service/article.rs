//! Articles: begin one, read one, list them, change what its editions share.

use std::collections::HashMap;

use serde_json::json;

use super::{
    App, Caller, Check, Code as Problem, Done, Error, FieldCode, FieldError, Once,
    caller::{allow, visible},
    edition::{self, NewText, Saved},
    vocabulary::with_descendants,
};
use crate::{
    domain::{
        access::{Actor, Approve, Scope, WriteArticle, WriteSource},
        article::Kind,
        details::{self, Details, Part},
        edition::State,
        event::{Event, EventType},
        freshness::Freshness,
        revision::{MAX_PLACE, MAX_TOPICS, Shared},
        workflow::Sensitivity,
    },
    kernel::{ArticleId, Code, LocaleTag, Page, PageRequest, Slug, Timestamp},
    store::{
        Change, Tx,
        article::{self, Filter},
        edition as editions, revision as revisions, turn, vocabulary,
    },
};

pub use article::Article;

/// An article to begin, with the text of its source edition.
#[derive(Clone, Debug)]
pub struct NewArticle {
    /// What kind it is.
    pub kind: Kind,
    /// Who answers for it.
    pub agency: String,
    /// The language that it is written in.
    pub source_locale: String,
    /// What it is about.
    pub topics: Vec<String>,
    /// Where it happens.
    pub place: Option<String>,
    /// All details, shared and in the source's words.
    pub details: Details,
    /// Whether more care is due with it than with others.
    pub sensitivity: Sensitivity,
    /// The text.
    pub text: NewText,
}

/// Changes of shared fields; what is absent stays, null clears.
#[derive(Clone, Debug, Default)]
pub struct ArticleChange {
    /// Another agency.
    pub agency: Option<String>,
    /// Other topics.
    pub topics: Option<Vec<String>>,
    /// Another place, or none.
    pub place: Option<Option<String>>,
    /// Other shared details.
    pub details: Option<Details>,
    /// Another sensitivity.
    pub sensitivity: Option<Sensitivity>,
}

/// An edition in an article's list.
#[derive(Clone, Debug)]
pub struct EditionLine {
    /// Its language.
    pub locale: LocaleTag,
    /// The title of the revision that the caller reads.
    pub title: String,
    /// That revision's number: the newest, or for who is a guest at the source, the one that left the desk.
    pub revision: u32,
    /// How it stands.
    pub state: State,
    /// Whether it is public.
    pub live: Option<LiveLine>,
    /// How it stands to its source; none for the source itself.
    pub freshness: Option<Freshness>,
    /// When it changed last.
    pub updated_at: Timestamp,
}

/// What is public of an edition.
#[derive(Clone, Debug)]
pub struct LiveLine {
    /// The revision that is public.
    pub revision: u32,
    /// The public version.
    pub version: u32,
    /// The guid.
    pub guid: String,
    /// The public address.
    pub url: String,
}

/// An article with its editions.
#[derive(Clone, Debug)]
pub struct Overview {
    /// The article.
    pub article: Article,
    /// Its editions, by locale.
    pub editions: Vec<EditionLine>,
}

/// Begins an article with its source edition.
pub async fn create(
    app: &App,
    caller: Caller,
    new: NewArticle,
    once: Once<(Overview, Saved)>,
) -> Result<Done<(Overview, Saved)>, Error> {
    let (tx, actor) = app.write_as(caller).await?;
    if let Some(answer) = once.before(app, &tx, actor.id).await? {
        return Ok(Done::Before(answer));
    }
    let mut check = Check::new();
    let known = Known::read(&tx).await?;
    let agency = known.agency(&mut check, "/agency", &new.agency);
    let locale = known.locale(&mut check, "/source_locale", &new.source_locale);
    if let (Some(agency), Some(locale)) = (&agency, &locale) {
        allow::<WriteArticle>(&actor, Scope { agency: Some(agency), locale: Some(locale) })?;
    }
    let topics = known.topics(&mut check, &new.topics);
    let place = new.place.as_deref().and_then(|raw| check.place("/place", raw, MAX_PLACE));
    let split = details::read(new.kind, Part::All, &new.details).unwrap_or_else(|faults| {
        check.details("/details", new.kind.as_str(), faults);
        details::Split::default()
    });
    let draft = edition::read_text(&mut check, &new.text, split.own);
    check.finish()?;
    let (Some(agency), Some(source_locale)) = (agency, locale) else { return Err(Error::not_found()) };
    let now = app.clock.now();
    let shared = Shared { kind: new.kind, agency, topics, place, details: split.shared };
    let article = Article {
        id: ArticleId::new(),
        source_locale,
        shared,
        sensitivity: new.sensitivity,
        version: 1,
        created_by: actor.id,
        created_at: now,
        updated_at: now,
    };
    article::insert(&tx, &article).await?;
    let scope = Scope { agency: Some(&article.shared.agency), locale: Some(&article.source_locale) };
    let permit = allow::<WriteSource>(&actor, scope)?;
    let whole = (&article, article.shared.clone());
    let saved = edition::begin(app, &tx, permit.by(), whole, &article.source_locale, draft, None).await?;
    let overview = overviews(app, &tx, &actor, vec![article.clone()]).await?.pop().ok_or_else(Error::not_found)?;
    let done = (overview, saved);
    once.keep(app, &tx, actor.id, &done).await?;
    let data = json!({"agency": article.shared.agency.as_str(), "locale": article.source_locale.as_str(), "content_hash": done.1.revision.hash.to_string(), "at": done.1.revision.at.exact()});
    let change = Change::by(Some(actor.id), now)
        .entry("article.created", "article", article.id, data)
        .emit(event(&article, None));
    tx.commit(change).await?;
    Ok(Done::Now(done))
}

/// One article that the caller may see.
pub async fn show(app: &App, caller: Caller, id: ArticleId) -> Result<Overview, Error> {
    let (tx, actor) = app.read_as(caller).await?;
    let article = readable(&tx, &actor, id).await?;
    overviews(app, &tx, &actor, vec![article]).await?.pop().ok_or_else(Error::not_found)
}

/// What a list of articles is asked for with.
#[derive(Clone, Debug, Default)]
pub struct ListQuery {
    /// With an edition in this state.
    pub state: Option<State>,
    /// With an edition in this locale; narrows `state` and `stale` to it.
    pub locale: Option<LocaleTag>,
    /// Without one in this locale.
    pub missing_locale: Option<LocaleTag>,
    /// Of this kind.
    pub kind: Option<Kind>,
    /// Under this topic.
    pub topic: Option<Code>,
    /// Of this agency.
    pub agency: Option<Code>,
    /// Of the caller's own making.
    pub mine: bool,
    /// With a stale translation, or without one.
    pub stale: Option<bool>,
}

/// A page of the articles that the caller may see, newest first.
pub async fn list(app: &App, caller: Caller, query: ListQuery, wanted: PageRequest) -> Result<Page<Overview>, Error> {
    let (tx, actor) = app.read_as(caller).await?;
    let topics = match &query.topic {
        Some(topic) => Some(with_descendants(&tx, topic).await?),
        None => None,
    };
    let filter = Filter {
        locale: query.locale,
        missing_locale: query.missing_locale,
        kind: query.kind,
        topics,
        agency: query.agency,
        mine: query.mine.then_some(actor.id),
        stale: query.stale,
        state: query.state,
    };
    let page = article::page(&tx, &visible(&actor), &filter, wanted).await?;
    let items = overviews(app, &tx, &actor, page.items).await?;
    Ok(Page { items, next: page.next })
}

/// Changes shared fields. No edition is touched: what is live stays what was approved.
pub async fn update(
    app: &App,
    caller: Caller,
    id: ArticleId,
    version: i64,
    change: ArticleChange,
) -> Result<Overview, Error> {
    let (tx, actor) = app.write_as(caller).await?;
    let mut article = readable(&tx, &actor, id).await?;
    allow::<WriteArticle>(
        &actor,
        Scope { agency: Some(&article.shared.agency), locale: Some(&article.source_locale) },
    )?;
    if article.version != version {
        return Err(Error::new(Problem::PreconditionFailed));
    }
    let before = article.shared.clone();
    let mut check = Check::new();
    let known = Known::read(&tx).await?;
    if let Some(raw) = &change.agency
        && let Some(agency) = known.agency(&mut check, "/agency", raw)
    {
        // Giving an article away needs the right on both sides.
        allow::<WriteArticle>(&actor, Scope { agency: Some(&agency), locale: Some(&article.source_locale) })?;
        article.shared.agency = agency;
    }
    if let Some(raw) = &change.topics {
        article.shared.topics = known.topics(&mut check, raw);
    }
    if let Some(place) = &change.place {
        article.shared.place = place.as_deref().and_then(|raw| check.place("/place", raw, MAX_PLACE));
    }
    if let Some(given) = &change.details {
        match details::read(article.shared.kind, Part::Shared, given) {
            Ok(split) => article.shared.details = split.shared,
            Err(faults) => check.details("/details", article.shared.kind.as_str(), faults),
        }
    }
    let was = article.sensitivity;
    if let Some(sensitivity) = change.sensitivity {
        // Whoever wrote it may ask for more care, not for less: that is for who signs off.
        if was == Sensitivity::Sensitive && sensitivity == Sensitivity::Normal {
            let scope = Scope { agency: Some(&article.shared.agency), locale: Some(&article.source_locale) };
            allow::<Approve>(&actor, scope)?;
        }
        article.sensitivity = sensitivity;
    }
    check.finish()?;
    // What changes nothing is no version that others would have to read again.
    if article.shared == before && article.sensitivity == was {
        return overviews(app, &tx, &actor, vec![article]).await?.pop().ok_or_else(Error::not_found);
    }
    let now = app.clock.now();
    article.version += 1;
    article.updated_at = now;
    article::update(&tx, &article).await?;
    if article.shared.agency != before.agency {
        turn::move_article(&tx, article.id, &article.shared.agency).await?;
    }
    let overview = overviews(app, &tx, &actor, vec![article.clone()]).await?.pop().ok_or_else(Error::not_found)?;
    let data = json!({"agency": article.shared.agency.as_str(), "version": article.version});
    tx.commit(
        Change::by(Some(actor.id), now).entry("article.updated", "article", id, data).emit(event(&article, None)),
    )
    .await?;
    Ok(overview)
}

/// The article, if the actor may see it; absent and hidden look alike.
pub(super) async fn readable(tx: &impl Tx, actor: &Actor, id: ArticleId) -> Result<Article, Error> {
    let article = article::find(tx, id).await?.ok_or_else(Error::not_found)?;
    if actor.reads_drafts_of(&article.shared.agency) {
        return Ok(article);
    }
    if actor.translates_for(&article.shared.agency) && edition::has_left_the_desk(tx, &article).await? {
        return Ok(article);
    }
    Err(Error::not_found())
}

/// Articles with those of their editions that the actor may read, in a fixed number of statements.
pub(super) async fn overviews(
    app: &App,
    tx: &impl Tx,
    actor: &Actor,
    articles: Vec<Article>,
) -> Result<Vec<Overview>, Error> {
    let all = editions::find_by_articles(tx, articles.iter().map(|article| article.id)).await?;
    let shown: HashMap<_, _> = edition::visible_numbers(tx, actor, &articles, &all).await?;
    let titles: HashMap<_, _> =
        revisions::titles(tx, &shown.iter().map(|(id, n)| (*id, *n)).collect::<Vec<_>>()).await?;
    let standings = edition::standings(app, tx, &articles, &all).await?;
    Ok(articles
        .into_iter()
        .map(|article| {
            let lines = all
                .iter()
                .filter(|edition| edition.article == article.id)
                .filter_map(|edition| {
                    let revision = *shown.get(&edition.id)?;
                    let standing = standings.get(&edition.id)?;
                    Some(EditionLine {
                        locale: edition.locale.clone(),
                        title: titles.get(&edition.id).cloned().unwrap_or_default(),
                        revision,
                        state: standing.state,
                        live: standing.live.clone(),
                        freshness: standing.freshness,
                        updated_at: edition.updated_at,
                    })
                })
                .collect();
            Overview { article, editions: lines }
        })
        .collect())
}

/// The vocabularies, for checking what a request names.
pub(super) struct Known {
    agencies: Vec<Code>,
    /// All topics.
    pub(super) tree: vocabulary::Tree,
    locales: Vec<LocaleTag>,
}

impl Known {
    pub(super) async fn read(tx: &impl Tx) -> Result<Self, Error> {
        Ok(Self {
            agencies: vocabulary::agency_codes(tx).await?,
            tree: vocabulary::tree(tx).await?,
            locales: vocabulary::locale_tags(tx).await?,
        })
    }

    pub(super) fn agency(&self, check: &mut Check, pointer: &str, raw: &str) -> Option<Code> {
        let found = self.agencies.iter().find(|code| code.as_str() == raw).cloned();
        known(check, pointer, raw, found)
    }

    pub(super) fn locale(&self, check: &mut Check, pointer: &str, raw: &str) -> Option<LocaleTag> {
        let found = self.locales.iter().find(|tag| tag.as_str() == raw).cloned();
        known(check, pointer, raw, found)
    }

    pub(super) fn topics(&self, check: &mut Check, raw: &[String]) -> Vec<Code> {
        if raw.len() > MAX_TOPICS {
            check.fault(FieldError::new("/topics", FieldCode::TooMany).with("max", MAX_TOPICS));
            return Vec::new();
        }
        let mut codes = Vec::with_capacity(raw.len());
        for (place, raw) in raw.iter().enumerate() {
            let found = self.tree.keys().find(|code| code.as_str() == raw).cloned();
            codes.extend(known(check, &format!("/topics/{place}"), raw, found));
        }
        codes.sort();
        codes.dedup();
        codes
    }
}

fn known<T>(check: &mut Check, pointer: &str, raw: &str, found: Option<T>) -> Option<T> {
    if found.is_none() {
        check.fault(FieldError::new(pointer, FieldCode::Unknown).with("name", raw));
    }
    found
}

pub(super) fn event(article: &Article, locale: Option<&LocaleTag>) -> Event {
    Event { kind: EventType::Draft, article: Some(article.id), locale: locale.cloned() }
}

/// The slug as it would be public, for links in lists.
pub(super) fn live_line(
    app: &App,
    locale: &LocaleTag,
    revision: u32,
    version: u32,
    guid: String,
    slug: &Slug,
) -> LiveLine {
    LiveLine { revision, version, guid, url: app.office.item_url(locale, slug) }
}
