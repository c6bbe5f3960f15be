//! Feeds: the newest items of a scope, and what was taken down of it lately.

use std::sync::Arc;

use super::{
    archive,
    item::{items, known, tombstone},
    moment,
};
use crate::{
    domain::{
        article::Kind,
        item::{Correction, Item},
        publication::TakeDown,
    },
    kernel::{Code, Digest, LocaleTag, PageRequest, Timestamp},
    service::{App, Error},
    store::live::read::{Buried, Selection},
    syndication::{Entry, Feed, Format, History, newest_change},
};

/// What was taken down lately that a feed tells of.
const MAX_TOMBSTONES: u64 = 500;

/// What a feed carries.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum FeedScope {
    /// Everything of the language.
    All,
    /// A topic and all that are part of it.
    Topic(Code),
    /// A kind.
    Kind(Kind),
    /// An agency.
    Agency(Code),
}

impl FeedScope {
    /// The part of a feed's address that names it.
    pub fn path(&self) -> String {
        match self {
            Self::All => "all".to_owned(),
            Self::Topic(code) => format!("topics/{code}"),
            Self::Kind(kind) => format!("kinds/{kind}"),
            Self::Agency(code) => format!("agencies/{code}"),
        }
    }

    /// The address of one of its feeds.
    pub fn url(&self, base: &str, locale: &LocaleTag, format: Format) -> String {
        format!("{base}/feeds/{locale}/{}.{format}", self.path())
    }

    /// What an address of a feed names, if it is one that we give, byte for byte. Whether there is such a topic or
    /// agency is another question.
    pub fn of_url(base: &str, url: &str) -> Option<(LocaleTag, Self, Format)> {
        let rest = url.strip_prefix(base)?.strip_prefix("/feeds/")?;
        let (locale, rest) = rest.split_once('/')?;
        let (path, format) = rest.split_once('.')?;
        let scope = match path.split_once('/') {
            None if path == "all" => Self::All,
            Some(("topics", code)) => Self::Topic(code.parse().ok()?),
            Some(("kinds", kind)) => Self::Kind(kind.parse().ok()?),
            Some(("agencies", code)) => Self::Agency(code.parse().ok()?),
            _ => return None,
        };
        let (locale, format) = (locale.parse().ok()?, format.parse().ok()?);
        (scope.url(base, &locale, format) == url).then_some((locale, scope, format))
    }

    pub(super) fn selection(&self) -> Selection {
        let mut selection = Selection::default();
        match self {
            Self::All => {}
            Self::Topic(code) => selection.topic = Some(code.clone()),
            Self::Kind(kind) => selection.kind = Some(*kind),
            Self::Agency(code) => selection.agency = Some(code.clone()),
        }
        selection
    }

    /// Its name and description for people; nothing if it names what is not there.
    pub fn words(&self, app: &App, locale: &LocaleTag) -> Option<(String, String)> {
        let words = app.public.words();
        let (key, description, name) = match self {
            Self::All => ("feed-all", "feed-all.description", String::new()),
            Self::Topic(code) => {
                words.find("topic", code.as_str())?;
                ("feed-topic", "feed-topic.description", words.name("topic", code.as_str(), locale))
            }
            Self::Kind(kind) => {
                ("feed-kind", "feed-kind.description", app.i18n.text(locale, &format!("kind-{kind}"), &[]))
            }
            Self::Agency(code) => {
                words.find("agency", code.as_str())?;
                ("feed-agency", "feed-agency.description", words.name("agency", code.as_str(), locale))
            }
        };
        let args = [("office", app.office.name(locale).into()), ("name", name.into())];
        Some((app.i18n.text(locale, key, &args), app.i18n.text(locale, description, &args)))
    }
}

/// Every feed that there is: each scope in each language.
pub fn feeds(app: &App) -> Vec<(LocaleTag, FeedScope)> {
    let words = app.public.words();
    let codes = |vocabulary: &'static str| words.of(vocabulary).filter_map(|word| word.code.parse().ok());
    let scopes: Vec<FeedScope> = std::iter::once(FeedScope::All)
        .chain(codes("topic").map(FeedScope::Topic))
        .chain(Kind::ALL.iter().copied().map(FeedScope::Kind))
        .chain(codes("agency").map(FeedScope::Agency))
        .collect();
    let pairs = |locale: LocaleTag| scopes.iter().map(move |scope| (locale.clone(), scope.clone()));
    locales(app).into_iter().flat_map(pairs).collect()
}

/// The languages of the office.
pub fn locales(app: &App) -> Vec<LocaleTag> {
    app.public.words().of("locale").filter_map(|word| word.code.parse().ok()).collect()
}

/// A feed of a language, newest entries first, before it is written in a format.
pub async fn feed(app: &App, locale: &LocaleTag, scope: &FeedScope, format: &str) -> Result<Feed, Error> {
    let feed = Feed { hub_url: app.office.hub_url(), ..empty(app, locale, scope, format)? };
    let selection = scope.selection();
    let wanted = PageRequest { after: None, limit: app.policy.feed_entries };
    let (page, damaged) = app.db.live().page(locale, &selection, wanted).await?;
    for edition in damaged {
        app.public.alarm(edition, "row");
    }
    let since = app.tombstones_since();
    let buried = app.db.live().tombstones(locale, &selection, since, MAX_TOMBSTONES).await?;
    let mut entries: Vec<Entry> =
        items(app, page.items, &selection).await?.into_iter().map(|item| live(app, item)).collect();
    for one in buried {
        entries.extend(gone(app, one).await);
    }
    Ok(filled(feed, entries))
}

/// The feed as it is written in a format: in Atom with the way to its archives.
pub async fn feed_in(app: &App, locale: &LocaleTag, scope: &FeedScope, format: Format) -> Result<Feed, Error> {
    let feed = feed(app, locale, scope, format.as_str()).await?;
    if format != Format::Atom {
        return Ok(feed);
    }
    let previous = archive::newest(app, locale, scope, &scope.selection(), format.as_str()).await?;
    Ok(Feed { history: History { previous, ..History::default() }, ..feed })
}

/// A feed that carries nothing yet.
pub(super) fn empty(app: &App, locale: &LocaleTag, scope: &FeedScope, format: &str) -> Result<Feed, Error> {
    known(app, locale)?;
    let (title, description) = scope.words(app, locale).ok_or_else(Error::not_found)?;
    let words = app.public.words();
    Ok(Feed {
        id: id(&app.office.authority, locale, scope),
        title,
        description,
        locale: locale.clone(),
        rtl: words.find("locale", locale.as_str()).is_some_and(|word| word.rtl),
        home_url: app.office.home_url(locale),
        self_url: format!("{}/feeds/{locale}/{}.{format}", app.office.base_url, scope.path()),
        hub_url: None,
        about_url: format!("{}/docs", app.office.base_url),
        publisher: app.office.name(locale).to_owned(),
        updated_at: None,
        entries: Vec::new(),
        history: History::default(),
    })
}

/// The feed with these entries, in their order.
pub(super) fn filled(feed: Feed, mut entries: Vec<Entry>) -> Feed {
    entries.sort_by_key(|entry| std::cmp::Reverse(published_at(entry)));
    Feed { updated_at: newest_change(&entries), entries, ..feed }
}

/// The id of a feed: of what never changes, so that it stays when the server gets another address.
fn id(authority: &str, locale: &LocaleTag, scope: &FeedScope) -> String {
    let digest = Digest::of(format!("feed {authority} {locale} {}", scope.path()));
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest.as_bytes()[..16]);
    format!("urn:uuid:{}", uuid::Builder::from_custom_bytes(bytes).into_uuid())
}

/// The notice of what was taken down, if that was signed.
pub(super) async fn gone(app: &App, buried: Buried) -> Option<Entry> {
    let tombstone = tombstone(app, buried).await?;
    let title = match tombstone.kind {
        TakeDown::Withdraw => "feed-notice-withdraw",
        TakeDown::Retract => "feed-notice-retract",
    };
    let title = app.i18n.text(&tombstone.locale, title, &[]);
    Some(Entry::Gone { tombstone, title })
}

/// An item with the headings of its corrections.
pub(super) fn live(app: &App, item: Item) -> Entry {
    let heading = |it: &Correction| {
        let args = [("number", it.number.into()), ("moment", moment(app, &item.locale, it.at).into())];
        app.i18n.text(&item.locale, "page-correction", &args)
    };
    let corrections = item.corrections.iter().map(heading).collect();
    Entry::Live { corrections, item: Arc::new(item) }
}

fn published_at(entry: &Entry) -> (Timestamp, Arc<str>) {
    match entry {
        Entry::Live { item, .. } => (item.published_at, item.guid.as_str().into()),
        Entry::Gone { tombstone, .. } => (tombstone.published_at, tombstone.guid.as_str().into()),
    }
}
