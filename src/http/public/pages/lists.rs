//! Pages that lead on: the newest articles, the feeds, and that there is nothing.

use askama::Template;

use super::{
    super::{answers::Made, feed_index::FeedView},
    filled,
    frame::{Frame, Way},
    prepared,
};
use crate::{
    domain::item::Named,
    http::kit::Prepared,
    kernel::{Code, Cursor, LocaleTag, PageRequest, cursor::DEFAULT_LIMIT},
    service::{
        App, Error,
        public::{self, Selection, moment},
    },
};

#[derive(Template)]
#[template(path = "newest.html")]
struct Newest {
    frame: Frame,
    heading: String,
    canonical: String,
    /// The first page: a later one has no counterpart in another language.
    first: bool,
    entries: Vec<Entry>,
    empty: String,
    older_label: String,
    older: Option<String>,
    topics_label: String,
    topics: Vec<Named>,
    others_label: String,
    others: Vec<Way>,
}

struct Entry {
    title: String,
    summary: String,
    url: String,
    words: String,
    at: String,
}

/// A page of the newest articles of a language, or of one topic and what is part of it.
pub(super) async fn newest(
    app: &App,
    locale: &LocaleTag,
    topic: Option<&Code>,
    after: Option<Cursor>,
) -> Result<Made, Error> {
    let words = app.public.words();
    if topic.is_some_and(|code| words.find("topic", code.as_str()).is_none()) {
        return Err(Error::not_found());
    }
    let wanted = PageRequest { after, limit: DEFAULT_LIMIT };
    let selection = Selection { topic: topic.cloned(), ..Selection::default() };
    let page = public::list(app, locale, &selection, wanted).await?;
    let newest = page.items.iter().map(|item| item.updated_at).max();
    let own = |cursor: Option<Cursor>| cursor.map_or(String::new(), |cursor| format!("?cursor={}", cursor.encode()));
    let entry = |item: crate::domain::item::Item| Entry {
        words: moment(app, locale, item.published_at),
        at: item.published_at.to_string(),
        title: item.title,
        summary: item.summary,
        url: item.url,
    };
    let locales = words.of("locale").filter_map(|word| word.code.parse::<LocaleTag>().ok());
    let address = |locale: &LocaleTag| match topic {
        Some(code) => format!("/{locale}/t/{code}"),
        None => format!("/{locale}"),
    };
    let name = topic.map(|code| words.name("topic", code.as_str(), locale));
    let base_url = &app.office.base_url;
    let filled = Newest {
        frame: Frame::new(app, locale, name.as_deref().unwrap_or_default()),
        heading: name.unwrap_or_else(|| app.office.name(locale).to_owned()),
        canonical: format!("{base_url}{}{}", address(locale), own(after)),
        first: after.is_none(),
        entries: page.items.into_iter().map(entry).collect(),
        empty: app.i18n.text(locale, "page-empty", &[]),
        older_label: app.i18n.text(locale, "page-older", &[]),
        older: page.next.map(|next| format!("{}{}", address(locale), own(Some(next)))),
        topics_label: app.i18n.text(locale, "page-topics", &[]),
        topics: words.of("topic").map(|word| words.named("topic", &word.code, locale)).collect(),
        others_label: app.i18n.text(locale, "page-other-languages", &[]),
        others: locales
            .filter(|other| other != locale)
            .map(|other| Way::new(app, &other, format!("{base_url}{}", address(&other))))
            .collect(),
    };
    Ok(Made { answer: prepared(&filled, locale)?, newest })
}

#[derive(Template)]
#[template(path = "feeds.html")]
struct Feeds<'a> {
    frame: Frame,
    languages: Vec<Language<'a>>,
}

/// The feeds of one language.
struct Language<'a> {
    way: Way,
    feeds: Vec<&'a FeedView>,
}

/// The page of all feeds, in the reader's language.
pub(in crate::http::public) fn feed_index(
    app: &App,
    locale: &LocaleTag,
    feeds: &[FeedView],
) -> Result<Prepared, Error> {
    let words = app.public.words();
    let language = |tag: LocaleTag| Language {
        feeds: feeds.iter().filter(|feed| feed.locale == tag.as_str()).collect(),
        way: Way::new(app, &tag, format!("/{tag}")),
    };
    let languages = words.of("locale").filter_map(|word| word.code.parse().ok()).map(language);
    let mut frame = Frame::new(app, locale, "");
    frame.title = format!("{} · {}", frame.feeds_label, frame.office);
    prepared(&Feeds { frame, languages: languages.collect() }, locale)
}

#[derive(Template)]
#[template(path = "refused.html")]
struct Refused {
    frame: Frame,
    heading: String,
    detail: String,
}

/// Why an address shows nothing.
pub(super) fn refused(app: &App, locale: &LocaleTag, error: &Error) -> Result<String, Error> {
    let key = format!("problem-{}", error.code().slug());
    let heading = app.i18n.text(locale, &key, error.args());
    let detail = app.i18n.text(locale, &format!("{key}.detail"), error.args());
    filled(&Refused { frame: Frame::new(app, locale, &heading), heading, detail })
}

/// The language of the office that a reader would rather have; the first one where none is asked for that it has.
pub(super) fn nearest(app: &App, accept_language: Option<&str>) -> LocaleTag {
    let negotiated = app.i18n.negotiate(accept_language, None);
    let words = app.public.words();
    let locales: Vec<LocaleTag> = words.of("locale").filter_map(|word| word.code.parse().ok()).collect();
    let has = |locale: &LocaleTag| locales.contains(locale);
    let own = app.i18n.default_locale();
    match [&negotiated, own].into_iter().find(|locale| has(locale)) {
        Some(locale) => locale.clone(),
        None => locales.first().unwrap_or(own).clone(),
    }
}
