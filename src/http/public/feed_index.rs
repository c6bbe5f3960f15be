//! Which feeds there are: a page for people, a list for programs, an OPML file for feed readers.

use actix_web::{
    HttpResponse,
    http::header::{ACCEPT, ACCEPT_LANGUAGE, HeaderValue, VARY},
    route,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    FRESH,
    accept::prefers,
    feeds::{Format, url},
    pages,
    reader::{Reader, json},
};
use crate::{
    domain::article::Kind,
    http::kit::Prepared,
    kernel::LocaleTag,
    service::{App, public::FeedScope},
    syndication::opml::{self, Outline},
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

/// All feeds as OPML 2.0, for a feed reader to take up in one go.
#[utoipa::path(get, path = "", operation_id = "exportFeeds", tag = "feeds",
    responses(
        (status = 200, description = "The list.", body = String, content_type = "text/x-opml; charset=utf-8"),
        (status = 304, description = "Not changed since."),
    ))]
#[route("", method = "GET", method = "HEAD")]
pub(super) async fn export(reader: Reader) -> HttpResponse {
    let make = async {
        let outline = |feed: FeedView| {
            let locale = feed.locale.parse().ok()?;
            Some(Outline { title: feed.title, xml_url: feed.rss_url, html_url: feed.home_url, locale })
        };
        let outlines: Vec<Outline> = feeds(&reader.app).into_iter().filter_map(outline).collect();
        let title = reader.app.office.name(reader.app.i18n.default_locale());
        Ok(Prepared::new(OPML, FRESH, opml::write(&outlines, title)).into())
    };
    reader.answer("opml".to_owned(), make).await
}

/// Every feed of every language.
fn feeds(app: &App) -> Vec<FeedView> {
    let words = app.public.words();
    let codes = |vocabulary: &'static str| words.of(vocabulary).filter_map(|word| word.code.parse().ok());
    let scopes: Vec<FeedScope> = std::iter::once(FeedScope::All)
        .chain(codes("topic").map(FeedScope::Topic))
        .chain(Kind::ALL.iter().copied().map(FeedScope::Kind))
        .chain(codes("agency").map(FeedScope::Agency))
        .collect();
    let locales: Vec<LocaleTag> = words.of("locale").filter_map(|word| word.code.parse().ok()).collect();
    let pairs = locales.iter().flat_map(|locale| scopes.iter().map(move |scope| (locale, scope)));
    pairs.filter_map(|(locale, scope)| view(app, locale, scope)).collect()
}

fn view(app: &App, locale: &LocaleTag, scope: &FeedScope) -> Option<FeedView> {
    let (title, description) = scope.words(app, locale)?;
    let address = |format| url(&app.office.base_url, locale, scope, format);
    Some(FeedView {
        locale: locale.to_string(),
        scope: scope.path(),
        title,
        description,
        home_url: app.office.home_url(locale),
        json_url: address(Format::JsonFeed),
        rss_url: address(Format::Rss),
    })
}
