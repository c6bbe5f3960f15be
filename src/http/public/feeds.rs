//! The feeds: one language, one scope, one format each.

use std::sync::Arc;

use actix_web::{HttpResponse, http::header::LINK, route};

use super::{
    FRESH,
    answers::Made,
    delta::{self, Base},
    detour::Detour,
    reader::{Reader, header_value},
    view::KindView,
};
use crate::{
    domain::article::Kind,
    http::kit::{PathOf, Prepared, Problem},
    kernel::{Code, LocaleTag},
    service::public::{self, FeedScope},
    syndication::Format,
};

/// Everything of a language.
///
/// JSON Feed's extension object `_lantoa` says what the format has no member for. At the top of the document it has
/// `about`, the address of this page. In an item it has `status` (`published`, `withdrawn` or `retracted`) and
/// `version`. Of what was taken down it has the public `note`. Of what is public it has `kind`; `topics` and `agency`
/// by code and name; `translations`, the same article in other languages by `locale`, `url` and `guid`; `corrections`
/// by `number`, `at` and `note`; `source`, the `locale` and `version` that a translation was made from; `stale`,
/// whether that has moved on since; `place` and `details` where there are any; `content_hash` and `signature`, with
/// which anyone can check the text. RSS says the same in elements of the namespace `urn:lantoa:feed:1`.
#[utoipa::path(get, path = "/{locale}/all.{format}", operation_id = "showFeed", tag = "feeds",
    params(
        ("locale" = String, Path, description = "A language of the office.", example = "vi"),
        ("format" = String, Path, description = "`json` (JSON Feed 1.1), `rss` (RSS 2.0), `atom` (RFC 4287) or `ninjs.json` (ninjs 3.1).", example = "rss"),
    ),
    responses(
        (status = 200, description = "The newest entries, full text.",
            content((Object = "application/feed+json"), (String = "application/rss+xml; charset=utf-8"),
                (String = "application/atom+xml; charset=utf-8"), (Object = "application/json"))),
        (status = 226, description = "What is new since the answer of `If-None-Match`, for who sends `A-IM: feed` (RFC 3229).",
            content((Object = "application/feed+json"), (String = "application/rss+xml; charset=utf-8"),
                (String = "application/atom+xml; charset=utf-8"), (Object = "application/json"))),
        (status = 304, description = "Not changed since."),
        (status = 404, description = "No such feed.", body = Problem, content_type = "application/problem+json"),
    ))]
#[route("/{locale}/all.{format}", method = "GET", method = "HEAD")]
pub(super) async fn all(reader: Reader, PathOf((locale, format)): PathOf<(LocaleTag, Format)>) -> HttpResponse {
    answer(&reader, locale, FeedScope::All, format).await
}

/// A topic and all that is part of it.
#[utoipa::path(get, path = "/{locale}/topics/{topic}.{format}", operation_id = "showTopicFeed", tag = "feeds",
    params(
        ("locale" = String, Path, description = "A language of the office.", example = "vi"),
        ("topic" = String, Path, description = "The topic's code."),
        ("format" = String, Path, description = "`json` (JSON Feed 1.1), `rss` (RSS 2.0), `atom` (RFC 4287) or `ninjs.json` (ninjs 3.1).", example = "rss"),
    ),
    responses(
        (status = 200, description = "The newest entries, full text.",
            content((Object = "application/feed+json"), (String = "application/rss+xml; charset=utf-8"),
                (String = "application/atom+xml; charset=utf-8"), (Object = "application/json"))),
        (status = 226, description = "What is new since the answer of `If-None-Match`, for who sends `A-IM: feed` (RFC 3229).",
            content((Object = "application/feed+json"), (String = "application/rss+xml; charset=utf-8"),
                (String = "application/atom+xml; charset=utf-8"), (Object = "application/json"))),
        (status = 304, description = "Not changed since."),
        (status = 404, description = "No such feed.", body = Problem, content_type = "application/problem+json"),
    ))]
#[route("/{locale}/topics/{topic:[^/.]+}.{format}", method = "GET", method = "HEAD")]
pub(super) async fn topic(
    reader: Reader,
    PathOf((locale, code, format)): PathOf<(LocaleTag, Code, Format)>,
) -> HttpResponse {
    answer(&reader, locale, FeedScope::Topic(code), format).await
}

/// A kind of article.
#[utoipa::path(get, path = "/{locale}/kinds/{kind}.{format}", operation_id = "showKindFeed", tag = "feeds",
    params(
        ("locale" = String, Path, description = "A language of the office.", example = "vi"),
        ("kind" = KindView, Path, description = "The kind."),
        ("format" = String, Path, description = "`json` (JSON Feed 1.1), `rss` (RSS 2.0), `atom` (RFC 4287) or `ninjs.json` (ninjs 3.1).", example = "rss"),
    ),
    responses(
        (status = 200, description = "The newest entries, full text.",
            content((Object = "application/feed+json"), (String = "application/rss+xml; charset=utf-8"),
                (String = "application/atom+xml; charset=utf-8"), (Object = "application/json"))),
        (status = 226, description = "What is new since the answer of `If-None-Match`, for who sends `A-IM: feed` (RFC 3229).",
            content((Object = "application/feed+json"), (String = "application/rss+xml; charset=utf-8"),
                (String = "application/atom+xml; charset=utf-8"), (Object = "application/json"))),
        (status = 304, description = "Not changed since."),
        (status = 404, description = "No such feed.", body = Problem, content_type = "application/problem+json"),
    ))]
#[route("/{locale}/kinds/{kind:[^/.]+}.{format}", method = "GET", method = "HEAD")]
pub(super) async fn kind(
    reader: Reader,
    PathOf((locale, kind, format)): PathOf<(LocaleTag, Kind, Format)>,
) -> HttpResponse {
    answer(&reader, locale, FeedScope::Kind(kind), format).await
}

/// An agency.
#[utoipa::path(get, path = "/{locale}/agencies/{agency}.{format}", operation_id = "showAgencyFeed", tag = "feeds",
    params(
        ("locale" = String, Path, description = "A language of the office.", example = "vi"),
        ("agency" = String, Path, description = "The agency's code."),
        ("format" = String, Path, description = "`json` (JSON Feed 1.1), `rss` (RSS 2.0), `atom` (RFC 4287) or `ninjs.json` (ninjs 3.1).", example = "rss"),
    ),
    responses(
        (status = 200, description = "The newest entries, full text.",
            content((Object = "application/feed+json"), (String = "application/rss+xml; charset=utf-8"),
                (String = "application/atom+xml; charset=utf-8"), (Object = "application/json"))),
        (status = 226, description = "What is new since the answer of `If-None-Match`, for who sends `A-IM: feed` (RFC 3229).",
            content((Object = "application/feed+json"), (String = "application/rss+xml; charset=utf-8"),
                (String = "application/atom+xml; charset=utf-8"), (Object = "application/json"))),
        (status = 304, description = "Not changed since."),
        (status = 404, description = "No such feed.", body = Problem, content_type = "application/problem+json"),
    ))]
#[route("/{locale}/agencies/{agency:[^/.]+}.{format}", method = "GET", method = "HEAD")]
pub(super) async fn agency(
    reader: Reader,
    PathOf((locale, code, format)): PathOf<(LocaleTag, Code, Format)>,
) -> HttpResponse {
    answer(&reader, locale, FeedScope::Agency(code), format).await
}

async fn answer(reader: &Reader, locale: LocaleTag, scope: FeedScope, format: Format) -> HttpResponse {
    // Without the query: outside /api unknown parameters are nothing, so they make no second answer.
    let key = format!("feed {locale} {} {format}", scope.path());
    match reader.prepared(key.clone(), Box::pin(made(reader, &key, &locale, &scope, format))).await {
        Ok(whole) => match delta::asked(reader, &key, &whole).await {
            Some(base) => news(reader, base, &whole, &locale, &scope, format).await,
            None => whole.respond(&reader.request),
        },
        Err(detour) => detour.respond(),
    }
}

/// What is new since an answer that the client has, for who asked for nothing else.
async fn news(
    reader: &Reader,
    base: Base,
    whole: &Arc<Prepared>,
    locale: &LocaleTag,
    scope: &FeedScope,
    format: Format,
) -> HttpResponse {
    let make = async {
        let mut feed = public::feed_in(&reader.app, locale, scope, format).await?;
        feed.entries.retain(|entry| base.is_news(entry));
        Ok(Prepared::new(format.media_type(), FRESH, format.write(&feed)).into())
    };
    match reader.prepared(base.key.clone(), Box::pin(make)).await {
        Ok(news) => news.respond_as_news(whole, reader.request.headers()),
        Err(detour) => detour.respond(),
    }
}

async fn made(
    reader: &Reader,
    key: &str,
    locale: &LocaleTag,
    scope: &FeedScope,
    format: Format,
) -> Result<Made, Detour> {
    let feed = public::feed_in(&reader.app, locale, scope, format).await?;
    let mut answer = Prepared::new(format.media_type(), FRESH, format.write(&feed));
    delta::remember(reader, key, &answer, &feed).await;
    answer = answer.with_header(LINK, header_value(&format!("<{}>; rel=\"self\"", feed.self_url))?);
    if let Some(hub) = &feed.hub_url {
        answer = answer.with_header(LINK, header_value(&format!("<{hub}>; rel=\"hub\""))?);
    }
    for other in Format::ALL.iter().filter(|other| **other != format) {
        let (url, media_type) = (scope.url(&reader.app.office.base_url, locale, *other), other.bare_media_type());
        let link = format!("<{url}>; rel=\"alternate\"; type=\"{media_type}\"");
        answer = answer.with_header(LINK, header_value(&link)?);
    }
    Ok(Made { answer, newest: feed.updated_at })
}
