//! Plain pages for people, without scripts: where there is no portal, they are the portal.

mod frame;
mod icon;
mod item;
mod lists;
mod old;
mod preview;

use actix_web::{
    HttpResponse,
    http::{
        StatusCode,
        header::{
            ACCEPT, ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY, HeaderValue, LOCATION,
            VARY,
        },
    },
    route,
};
use askama::Template;
use serde::Deserialize;
use utoipa_actix_web::service_config::ServiceConfig;

pub(super) use lists::feed_index;
pub(in crate::http) use old::old_address;

use super::{
    BRIEF, FRESH,
    accept::prefers,
    answers::Made,
    detour::{Detour, moved},
    reader::Reader,
};
use crate::{
    domain::item::Tombstone,
    http::kit::{LenientQuery, PathOf, Prepared, Problem},
    kernel::{Code as TopicCode, Cursor, LocaleTag, Slug},
    service::{
        Code, Error,
        public::{self, Found},
    },
};

/// The style sheet of the pages, and how long it is kept: its address changes with it.
const STYLE: &str = include_str!("page.css");
const STYLE_KEPT: &str = "public, max-age=86400";

/// What a page may load: its style sheet and pictures, nothing that acts.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' https:; base-uri 'none'; \
                      form-action 'none'; frame-ancestors 'none'";

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(root)
        .service(style)
        .service(icon::drawn)
        .service(icon::painted)
        .service(article)
        .service(preview::preview)
        .service(topic)
        .service(newest);
}

/// Where the page begins.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct NewestQuery {
    /// What the link to older articles carries.
    cursor: Option<String>,
}

/// Leads to the newest articles in the reader's language.
#[utoipa::path(get, path = "/", operation_id = "showRoot", tag = "pages",
    params(("Accept-Language" = Option<String>, Header, description = "The languages that the reader would rather have.")),
    responses((status = 302, description = "The page of a language: see `Location`.")))]
#[route("/", method = "GET", method = "HEAD")]
async fn root(reader: Reader) -> HttpResponse {
    let locale = lists::nearest(&reader.app, reader.header(&ACCEPT_LANGUAGE));
    HttpResponse::Found()
        .insert_header((LOCATION, format!("/{locale}")))
        .insert_header((CACHE_CONTROL, BRIEF))
        .insert_header((VARY, "Accept-Language"))
        .finish()
}

/// The newest articles of a language, for people.
#[utoipa::path(get, path = "/{locale}", operation_id = "showHomePage", tag = "pages",
    params(("locale" = String, Path, description = "A language of the office.", example = "vi"), NewestQuery),
    responses(
        (status = 200, description = "The page.", body = String, content_type = "text/html; charset=utf-8"),
        (status = 304, description = "Not changed since."),
        (status = 400, description = "The cursor is none of this list; a page for who prefers one.",
            content((Problem = "application/problem+json"), (String = "text/html; charset=utf-8"))),
        (status = 404, description = "No language of the office; a page for who prefers one.",
            content((Problem = "application/problem+json"), (String = "text/html; charset=utf-8"))),
    ))]
#[route("/{locale:[a-z]{2,3}(?:-[A-Za-z0-9]{2,4}){0,2}}", method = "GET", method = "HEAD")]
async fn newest(
    reader: Reader,
    PathOf((locale,)): PathOf<(LocaleTag,)>,
    LenientQuery(query): LenientQuery<NewestQuery>,
) -> HttpResponse {
    let after = match cursor(query) {
        Ok(after) => after,
        Err(error) => return refused(&reader, &error),
    };
    let key = format!("page {locale} {}", after.map(|cursor| cursor.encode()).unwrap_or_default());
    let make = async { Ok(lists::newest(&reader.app, &locale, None, after).await?) };
    answer(&reader, key, make).await
}

/// The newest articles of a topic and of all that is part of it, for people.
#[utoipa::path(get, path = "/{locale}/t/{topic}", operation_id = "showTopicPage", tag = "pages",
    params(
        ("locale" = String, Path, description = "A language of the office.", example = "vi"),
        ("topic" = String, Path, description = "The topic's code."),
        NewestQuery,
    ),
    responses(
        (status = 200, description = "The page.", body = String, content_type = "text/html; charset=utf-8"),
        (status = 304, description = "Not changed since."),
        (status = 400, description = "The cursor is none of this list; a page for who prefers one.",
            content((Problem = "application/problem+json"), (String = "text/html; charset=utf-8"))),
        (status = 404, description = "No such topic or language; a page for who prefers one.",
            content((Problem = "application/problem+json"), (String = "text/html; charset=utf-8"))),
    ))]
#[route("/{locale}/t/{topic}", method = "GET", method = "HEAD")]
async fn topic(
    reader: Reader,
    PathOf((locale, topic)): PathOf<(LocaleTag, TopicCode)>,
    LenientQuery(query): LenientQuery<NewestQuery>,
) -> HttpResponse {
    let after = match cursor(query) {
        Ok(after) => after,
        Err(error) => return refused(&reader, &error),
    };
    let key = format!("page {locale} t {topic} {}", after.map(|cursor| cursor.encode()).unwrap_or_default());
    let make = async { Ok(lists::newest(&reader.app, &locale, Some(&topic), after).await?) };
    answer(&reader, key, make).await
}

fn cursor(query: NewestQuery) -> Result<Option<Cursor>, Error> {
    query.cursor.map(|raw| Cursor::decode(&raw).map_err(|_| Error::new(Code::BadCursor))).transpose()
}

/// An article, for people.
#[utoipa::path(get, path = "/{locale}/a/{slug}", operation_id = "showArticlePage", tag = "pages",
    params(
        ("locale" = String, Path, description = "A language of the office.", example = "vi"),
        ("slug" = String, Path, description = "The readable part of the address."),
    ),
    responses(
        (status = 200, description = "The page.", body = String, content_type = "text/html; charset=utf-8"),
        (status = 301, description = "It has another slug now: see `Location`."),
        (status = 304, description = "Not changed since."),
        (status = 404, description = "Nothing public; a page for who prefers one.",
            content((Problem = "application/problem+json"), (String = "text/html; charset=utf-8"))),
        (status = 410, description = "Taken down: the notice.", body = String, content_type = "text/html; charset=utf-8"),
    ))]
#[route("/{locale}/a/{slug}", method = "GET", method = "HEAD")]
async fn article(reader: Reader, PathOf((locale, slug)): PathOf<(LocaleTag, Slug)>) -> HttpResponse {
    let make = async {
        match public::by_slug(&reader.app, &locale, &slug).await? {
            Found::Item(item) => {
                let answer = item::page(&reader.app, &item)?;
                Ok(Made { answer, newest: Some(item.updated_at) })
            }
            Found::Moved(locale, slug) => Err(Detour::Moved(format!("/{locale}/a/{slug}"))),
            Found::Gone(tombstone) => Err(Detour::Gone(tombstone)),
        }
    };
    answer(&reader, format!("page {locale} a {slug}"), make).await
}

/// How the pages look.
#[utoipa::path(get, path = "/assets/page.css", operation_id = "showStyleSheet", tag = "pages",
    responses(
        (status = 200, description = "The style sheet.", body = String, content_type = "text/css; charset=utf-8"),
        (status = 304, description = "Not changed since."),
    ))]
#[route("/assets/page.css", method = "GET", method = "HEAD")]
async fn style(reader: Reader) -> HttpResponse {
    let make = async { Ok(Prepared::new("text/css; charset=utf-8", STYLE_KEPT, STYLE).into()) };
    reader.answer("style".to_owned(), make).await
}

/// What a person is answered.
async fn answer(reader: &Reader, key: String, make: impl Future<Output = Result<Made, Detour>>) -> HttpResponse {
    match reader.prepared(key, Box::pin(make)).await {
        Ok(answer) => answer.respond(&reader.request),
        Err(detour) => match &*detour {
            Detour::Moved(to) => moved(to),
            Detour::Gone(tombstone) => gone(reader, tombstone),
            Detour::Refused(error) => refused(reader, error),
        },
    }
}

/// The notice of what was taken down.
fn gone(reader: &Reader, tombstone: &Tombstone) -> HttpResponse {
    match item::notice(&reader.app, tombstone) {
        Ok(html) => refusal(&mut HttpResponse::Gone(), &tombstone.locale).body(html),
        Err(error) => HttpResponse::from_error(error),
    }
}

/// A refusal, on a page for who prefers one. A fault of ours is always told as a problem, which is logged, and so is
/// what has to wait, with when to come again.
fn refused(reader: &Reader, error: &Error) -> HttpResponse {
    let absent = error.code() == Code::NotFound;
    let ours = error.code().status() >= 500 || error.code() == Code::TooManyRequests;
    if ours || !prefers(reader.header(&ACCEPT), "text/html", &[Problem::MEDIA_TYPE, "application/json"]) {
        let mut problem = HttpResponse::from_error(error.duplicate());
        if absent {
            problem.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(BRIEF));
        }
        problem.headers_mut().insert(VARY, HeaderValue::from_static("Accept"));
        return problem;
    }
    let locale = reader.app.i18n.negotiate(reader.header(&ACCEPT_LANGUAGE), None);
    let status = StatusCode::from_u16(error.code().status()).unwrap_or(StatusCode::BAD_REQUEST);
    match lists::refused(&reader.app, &locale, error) {
        Ok(html) => refusal(&mut HttpResponse::build(status), &locale)
            .insert_header((VARY, "Accept, Accept-Language"))
            .body(html),
        Err(error) => HttpResponse::from_error(error),
    }
}

fn refusal<'a>(
    answer: &'a mut actix_web::HttpResponseBuilder,
    locale: &LocaleTag,
) -> &'a mut actix_web::HttpResponseBuilder {
    answer
        .content_type("text/html; charset=utf-8")
        .insert_header((CONTENT_LANGUAGE, locale.as_str()))
        .insert_header((CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((CACHE_CONTROL, BRIEF))
}

/// A template filled.
fn filled(page: &impl Template) -> Result<String, Error> {
    page.render().map_err(Error::internal)
}

/// A page as an answer.
fn prepared(page: &impl Template, locale: &LocaleTag) -> Result<Prepared, Error> {
    let language = HeaderValue::from_str(locale.as_str()).map_err(Error::internal)?;
    Ok(Prepared::new("text/html; charset=utf-8", FRESH, filled(page)?)
        .with_header(CONTENT_LANGUAGE, language)
        .with_header(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)))
}
