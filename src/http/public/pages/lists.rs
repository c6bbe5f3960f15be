//! Pages that lead on: the newest articles, the feeds, and that there is nothing.

use askama::Template;

use super::{
    super::{answers::Made, feed_index::FeedView},
    filled,
    frame::{Frame, Way},
    moment::moment,
    prepared,
};
use crate::{
    http::kit::Prepared,
    kernel::{Cursor, LocaleTag, PageRequest, cursor::DEFAULT_LIMIT},
    service::{
        App, Error,
        public::{self, Selection},
    },
};

#[derive(Template)]
#[template(path = "newest.html")]
struct Newest {
    frame: Frame,
    canonical: String,
    entries: Vec<Entry>,
    empty: String,
    older_label: String,
    older: Option<String>,
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

/// A page of the newest articles of a language.
pub(super) async fn newest(app: &App, locale: &LocaleTag, after: Option<Cursor>) -> Result<Made, Error> {
    let wanted = PageRequest { after, limit: DEFAULT_LIMIT };
    let page = public::list(app, locale, &Selection::default(), wanted).await?;
    let newest = page.items.iter().map(|item| item.updated_at).max();
    let own = |cursor: Option<Cursor>| cursor.map_or(String::new(), |cursor| format!("?cursor={}", cursor.encode()));
    let entry = |item: crate::domain::item::Item| Entry {
        words: moment(app, locale, item.published_at),
        at: item.published_at.to_string(),
        title: item.title,
        summary: item.summary,
        url: item.url,
    };
    let words = app.public.words();
    let locales = words.of("locale").filter_map(|word| word.code.parse::<LocaleTag>().ok());
    let filled = Newest {
        frame: Frame::new(app, locale, ""),
        canonical: format!("{}/{locale}{}", app.office.base_url, own(after)),
        entries: page.items.into_iter().map(entry).collect(),
        empty: app.i18n.text(locale, "page-empty", &[]),
        older_label: app.i18n.text(locale, "page-older", &[]),
        older: page.next.map(|next| format!("/{locale}{}", own(Some(next)))),
        others_label: app.i18n.text(locale, "page-other-languages", &[]),
        others: locales
            .filter(|other| other != locale)
            .map(|other| Way::new(app, &other, format!("/{other}")))
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
#[template(path = "absent.html")]
struct Absent {
    frame: Frame,
    heading: String,
    detail: String,
}

/// That there is nothing at an address.
pub(super) fn absent(app: &App, locale: &LocaleTag) -> Result<String, Error> {
    let heading = app.i18n.text(locale, "problem-not-found", &[]);
    let detail = app.i18n.text(locale, "problem-not-found.detail", &[]);
    filled(&Absent { frame: Frame::new(app, locale, &heading), heading, detail })
}
