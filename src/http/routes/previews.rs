//! Links to texts that are not published, for people without an account.

use actix_web::{HttpRequest, HttpResponse, delete, post, route, web::Data};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::{
    http::{
        kit::{IdempotencyKey, IfMatch, InOrder, PathOf, StrictJson, StrictQuery},
        signed::{Signed, once, seen},
        wire::{List, Paging, Refused, answer, done, list, located, page_request, tagged, versioned},
    },
    kernel::{ArticleId, LocaleTag, PreviewId},
    service::{
        Answer, App, Error,
        preview::{self, Line},
    },
};

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(share).service(list_previews).service(show).service(revoke);
}

/// A link to be made.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SharePreview {
    /// The number of the revision; the newest if absent.
    #[schema(minimum = 1)]
    revision: Option<u32>,
    /// Seconds after which the link leads nowhere, 60 to 2,592,000; a week if absent.
    #[schema(minimum = 60, maximum = 2_592_000)]
    expires_in: Option<u64>,
}

/// A link to one revision.
#[derive(Debug, Serialize, ToSchema)]
struct PreviewView {
    id: Uuid,
    article: Uuid,
    locale: String,
    /// The number of the revision that it leads to, whatever is written later.
    revision: u32,
    /// SHA-256 of that text.
    content_hash: String,
    /// The link itself, told to who makes it and never again.
    url: Option<String>,
    created_by: Uuid,
    created_at: String,
    /// From when on it leads nowhere.
    expires_at: String,
    /// When it was revoked; null if it was not.
    revoked_at: Option<String>,
}

impl From<&Line> for PreviewView {
    fn from(line: &Line) -> Self {
        let one = &line.preview;
        Self {
            id: one.id.0,
            article: line.article.0,
            locale: line.locale.to_string(),
            revision: one.number,
            content_hash: one.hash.to_string(),
            url: line.url.clone(),
            created_by: one.by.0,
            created_at: one.at.to_string(),
            expires_at: one.expires_at.to_string(),
            revoked_at: one.revoked_at.map(|at| at.to_string()),
        }
    }
}

impl From<Line> for PreviewView {
    fn from(line: Line) -> Self {
        Self::from(&line)
    }
}

fn shared(line: &Line) -> Answer {
    let path = format!("/api/v1/articles/{}/editions/{}/preview/{}", line.article, line.locale, line.preview.id);
    located(tagged(answer(201, &PreviewView::from(line)), line.preview.version), path)
}

/// Make a link by which a person without an account reads a text that is not published.
#[utoipa::path(operation_id = "sharePreview", tag = "previews", security(("bearer" = [])), request_body = SharePreview,
    params(("id" = Uuid, Path, description = "The article's id"), ("locale" = String, Path, description = "The edition's locale"),
        ("Idempotency-Key" = Option<String>, Header, description = "Repeats of the same request get the same answer")),
    responses((status = 201, description = "The link", body = PreviewView), Refused))]
#[post("/articles/{id}/editions/{locale}/preview")]
async fn share(
    app: Data<App>,
    req: HttpRequest,
    args: InOrder<Signed, (PathOf<(ArticleId, LocaleTag)>, IdempotencyKey, StrictJson<SharePreview>)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (PathOf((id, locale)), key, body)) = args;
    let once = once(&req, key, &body, shared);
    let SharePreview { revision, expires_in } = body.into_inner();
    Ok(done(preview::share(&app, signed.0, (id, &locale), (revision, expires_in), once).await?, shared))
}

/// The links to an edition's texts, newest first.
#[utoipa::path(get, path = "/articles/{id}/editions/{locale}/preview", operation_id = "listPreviews", tag = "previews", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "The article's id"), ("locale" = String, Path, description = "The edition's locale"), Paging),
    responses((status = 200, description = "A page of links", body = List<PreviewView>), Refused))]
#[route("/articles/{id}/editions/{locale}/preview", method = "GET", method = "HEAD")]
async fn list_previews(
    app: Data<App>,
    req: HttpRequest,
    args: InOrder<Signed, (PathOf<(ArticleId, LocaleTag)>, StrictQuery<Paging>)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (PathOf((id, locale)), StrictQuery(paging))) = args;
    let wanted = page_request(paging.limit, paging.cursor.as_deref())?;
    Ok(list::<Line, PreviewView>(&req, preview::list(&app, signed.0, (id, &locale), wanted).await?))
}

/// One link.
#[utoipa::path(get, path = "/articles/{id}/editions/{locale}/preview/{preview}", operation_id = "showPreview", tag = "previews", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "The article's id"), ("locale" = String, Path, description = "The edition's locale"),
        ("preview" = Uuid, Path, description = "The link's id")),
    responses((status = 200, description = "The link, without its address", body = PreviewView), Refused))]
#[route("/articles/{id}/editions/{locale}/preview/{preview}", method = "GET", method = "HEAD")]
async fn show(
    app: Data<App>,
    args: InOrder<Signed, PathOf<(ArticleId, LocaleTag, PreviewId)>>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, PathOf((id, locale, preview))) = args;
    let line = preview::show(&app, signed.0, (id, &locale), preview).await?;
    Ok(versioned(line.preview.version, &PreviewView::from(&line)))
}

/// Revoke a link: from now on it leads nowhere.
#[utoipa::path(operation_id = "revokePreview", tag = "previews", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "The article's id"), ("locale" = String, Path, description = "The edition's locale"),
        ("preview" = Uuid, Path, description = "The link's id"), ("If-Match" = String, Header, description = "The version that was seen")),
    responses((status = 200, description = "The link, which leads nowhere now", body = PreviewView), Refused))]
#[delete("/articles/{id}/editions/{locale}/preview/{preview}")]
async fn revoke(
    app: Data<App>,
    args: InOrder<Signed, (PathOf<(ArticleId, LocaleTag, PreviewId)>, IfMatch)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (PathOf((id, locale, preview)), condition)) = args;
    let line = preview::revoke(&app, signed.0, (id, &locale), preview, seen(condition)?).await?;
    Ok(versioned(line.preview.version, &PreviewView::from(&line)))
}
