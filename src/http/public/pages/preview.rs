//! The page of a text that is not published, for who has the link to it.

use actix_web::{
    HttpResponse,
    http::{
        StatusCode,
        header::{
            CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY, HeaderName, HeaderValue, LOCATION,
            REFERRER_POLICY,
        },
    },
    route,
};
use askama::Template;

use super::{POLICY, filled, frame::Frame, refused};
use crate::{
    domain::{
        body,
        revision::{Revision, Text},
    },
    http::{
        kit::{PathOf, Problem, Rates, Work},
        public::reader::Reader,
    },
    kernel::{LocaleTag, Timestamp},
    service::{
        App, Error,
        preview::{Opened, open},
        public::moment,
    },
};

/// Kept by nobody: the link may be revoked at any moment.
const NEVER: &str = "private, no-store";
/// Found by nobody.
const ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");
const UNSEEN: &str = "noindex, nofollow, noarchive, nosnippet";

#[derive(Template)]
#[template(path = "preview.html")]
struct Preview<'a> {
    frame: Frame,
    heading: String,
    detail: String,
    kind: String,
    text: &'a Text,
    place: Option<&'a str>,
    body: String,
}

/// A text that is not published, by the link that its desk made.
#[utoipa::path(get, path = "/preview/{token}", operation_id = "showPreviewPage", tag = "previews",
    params(("token" = String, Path, description = "The secret of the link.")),
    responses(
        (status = 200, description = "The page.", body = String, content_type = "text/html; charset=utf-8"),
        (status = 302, description = "It has been published since: see `Location`."),
        (status = 404, description = "No such link, or one that has expired or was revoked; a page for who prefers one.",
            content((Problem = "application/problem+json"), (String = "text/html; charset=utf-8"))),
        (status = 429, description = "Too many attempts.", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Not able to answer now.", body = Problem, content_type = "application/problem+json"),
    ))]
#[route("/preview/{token}", method = "GET", method = "HEAD")]
pub(super) async fn preview(reader: Reader, PathOf((token,)): PathOf<(String,)>) -> HttpResponse {
    let mut answer = match answer(&reader, &token).await {
        Ok(answer) => answer,
        Err(error) => refused(&reader, &error),
    };
    let headers = answer.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(NEVER));
    headers.insert(ROBOTS, HeaderValue::from_static(UNSEEN));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    answer
}

/// Made anew for each who asks: what can be revoked is not prepared for anybody.
async fn answer(reader: &Reader, token: &str) -> Result<HttpResponse, Error> {
    Rates::count(&reader.request, None)?;
    let _place = Work::begin(&reader.request)?;
    match open(&reader.app, token).await? {
        Opened::Public(url) => Ok(HttpResponse::Found().insert_header((LOCATION, url)).finish()),
        Opened::Text(text, locale, expires_at) => {
            let html = page(&reader.app, &text, &locale, expires_at)?;
            Ok(HttpResponse::build(StatusCode::OK)
                .content_type("text/html; charset=utf-8")
                .insert_header((CONTENT_LANGUAGE, locale.as_str()))
                .insert_header((CONTENT_SECURITY_POLICY, POLICY))
                .body(html))
        }
    }
}

fn page(app: &App, text: &Revision, locale: &LocaleTag, expires_at: Timestamp) -> Result<String, Error> {
    let until = [("moment", moment(app, locale, expires_at).into())];
    let heading = app.i18n.text(locale, "page-preview", &[]);
    let body = body::deliver(&text.text.body).ok_or_else(Error::not_found)?;
    filled(&Preview {
        frame: Frame::new(app, locale, &format!("{heading}: {}", text.text.title)),
        heading,
        detail: app.i18n.text(locale, "page-preview.detail", &until),
        kind: app.i18n.text(locale, &format!("kind-{}", text.shared.kind), &[]),
        text: &text.text,
        place: text.shared.place.as_deref(),
        body,
    })
}
