//! Which feeds there are: a page for people, a list for programs, an OPML file for feed readers.

use actix_web::{
    HttpResponse,
    http::header::{ACCEPT, ACCEPT_LANGUAGE, HeaderValue, VARY},
    route,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    FRESH,
    accept::prefers,
    pages,
    reader::{Reader, json},
};
use crate::{
    http::kit::{LenientQuery, Prepared},
    kernel::LocaleTag,
    service::{
        App,
        public::{self, FeedScope},
    },
    syndication::{
        Format,
        opml::{self, Group, Outline},
    },
};

/// The media type that feed readers know OPML by.
const OPML: &str = "text/x-opml; charset=utf-8";

/// All feeds.
#[derive(Serialize, ToSchema)]
#[schema(as = FeedIndex)]
pub(super) struct FeedIndexView {
    items: Vec<FeedView>,
    /// The same list for feed readers.
    #[schema(format = "uri")]
    opml_url: String,
}

/// A feed in its formats.
#[derive(Serialize, ToSchema)]
#[schema(as = Feed)]
pub(super) struct FeedView {
    /// Its language.
    #[schema(example = "vi")]
    pub(super) locale: String,
    /// What it carries, as its address says.
    #[schema(example = "topics/van-hoa")]
    scope: String,
    /// Its name, in its language.
    pub(super) title: String,
    /// What it carries, in its language.
    description: String,
    /// The page for people that it belongs to.
    #[schema(format = "uri")]
    home_url: String,
    /// As JSON Feed 1.1.
    #[schema(format = "uri")]
    pub(super) json_url: String,
    /// As RSS 2.0.
    #[schema(format = "uri")]
    pub(super) rss_url: String,
    /// As Atom (RFC 4287), with archives.
    #[schema(format = "uri")]
    pub(super) atom_url: String,
    /// As ninjs 3.1.
    #[schema(format = "uri")]
    pub(super) ninjs_url: String,
}

/// All feeds: a page for people, a list for programs that prefer JSON.
#[utoipa::path(get, path = "", operation_id = "listFeeds", tag = "feeds",
    responses(
        (status = 200, description = "All feeds.", content((FeedIndexView = "application/json"), (String = "text/html; charset=utf-8"))),
        (status = 304, description = "Not changed since."),
    ))]
#[route("", method = "GET", method = "HEAD")]
pub(super) async fn index(reader: Reader) -> HttpResponse {
    if prefers(reader.header(&ACCEPT), "application/json", &["text/html"]) {
        let make = async {
            let opml_url = format!("{}/feeds.opml", reader.app.office.base_url);
            let list = json(&FeedIndexView { items: feeds(&reader.app), opml_url });
            Ok(list.with_header(VARY, HeaderValue::from_static("Accept")).into())
        };
        return reader.answer("feeds json".to_owned(), make).await;
    }
    let locale = reader.app.i18n.negotiate(reader.header(&ACCEPT_LANGUAGE), None);
    let make = async {
        let page = pages::feed_index(&reader.app, &locale, &feeds(&reader.app))?;
        Ok(page.with_header(VARY, HeaderValue::from_static("Accept, Accept-Language")).into())
    };
    reader.answer(format!("feeds html {locale}"), make).await
}

/// Which feeds are asked for.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct ExportQuery {
    /// Those of one language.
    locale: Option<String>,
    /// Those in one format: `rss`, `atom` or `json`.
    format: Option<String>,
}

/// The formats that feed readers read, as OPML names them.
const READERS: [(Format, &str, &str); 3] =
    [(Format::Rss, "RSS 2.0", "RSS2"), (Format::Atom, "Atom", "ATOM1"), (Format::JsonFeed, "JSON Feed 1.1", "JSON1.1")];

/// All feeds as OPML 2.0, by format, for a feed reader to take up what it likes.
///
/// A reader that takes up whole lists is given one of a language and a format.
#[utoipa::path(get, path = "", operation_id = "exportFeeds", tag = "feeds", params(ExportQuery),
    responses(
        (status = 200, description = "The list.", body = String, content_type = "text/x-opml; charset=utf-8"),
        (status = 304, description = "Not changed since."),
    ))]
#[route("", method = "GET", method = "HEAD")]
pub(super) async fn export(reader: Reader, LenientQuery(query): LenientQuery<ExportQuery>) -> HttpResponse {
    // What names nothing that there is narrows nothing: a list is never empty by a slip.
    let words = reader.app.public.words();
    let locale = query.locale.filter(|tag| words.find("locale", tag).is_some());
    let format = query.format.and_then(|raw| READERS.iter().find(|(format, ..)| format.as_str() == raw));
    let key = format!("opml {} {}", locale.as_deref().unwrap_or_default(), format.map_or("", |(_, name, _)| name));
    let make = async {
        let mut feeds = feeds(&reader.app);
        feeds.retain(|feed| locale.as_ref().is_none_or(|locale| feed.locale == *locale));
        let formats = format.map_or(&READERS[..], std::slice::from_ref);
        let groups: Vec<Group> = formats
            .iter()
            .map(|(format, name, version)| Group {
                name,
                outlines: feeds.iter().filter_map(|feed| outline(feed, *format, version)).collect(),
            })
            .collect();
        let title = reader.app.office.name(reader.app.i18n.default_locale());
        Ok(Prepared::new(OPML, FRESH, opml::write(&groups, title)).into())
    };
    reader.answer(key, make).await
}

fn outline(feed: &FeedView, format: Format, version: &'static str) -> Option<Outline> {
    let xml_url = match format {
        Format::JsonFeed => &feed.json_url,
        Format::Rss => &feed.rss_url,
        Format::Atom => &feed.atom_url,
        Format::Ninjs => return None,
    };
    Some(Outline {
        title: feed.title.clone(),
        xml_url: xml_url.clone(),
        html_url: feed.home_url.clone(),
        locale: feed.locale.parse().ok()?,
        version,
    })
}

/// Every feed of every language.
fn feeds(app: &App) -> Vec<FeedView> {
    public::feeds(app).iter().filter_map(|(locale, scope)| view(app, locale, scope)).collect()
}

fn view(app: &App, locale: &LocaleTag, scope: &FeedScope) -> Option<FeedView> {
    let (title, description) = scope.words(app, locale)?;
    let address = |format| scope.url(&app.office.base_url, locale, format);
    Some(FeedView {
        locale: locale.to_string(),
        scope: scope.path(),
        title,
        description,
        home_url: app.office.home_url(locale),
        json_url: address(Format::JsonFeed),
        rss_url: address(Format::Rss),
        atom_url: address(Format::Atom),
        ninjs_url: address(Format::Ninjs),
    })
}
