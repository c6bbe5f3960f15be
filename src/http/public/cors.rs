//! Who may read from a browser, and how long what is not there stays not there.

use actix_cors::Cors;
use actix_web::{
    Error,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::{
        StatusCode,
        header::{self, HeaderValue},
    },
    middleware::{DefaultHeaders, Next},
};

use super::BRIEF;

/// Any page of any origin may read, and see what it needs to ask again cheaply.
pub(super) fn readers() -> Cors {
    Cors::default()
        .allow_any_origin()
        .send_wildcard()
        // The answer is the same for every origin, so no cache has to tell them apart.
        .disable_vary_header()
        .allowed_methods(["GET", "HEAD"])
        .allow_any_header()
        .expose_headers([header::ETAG, header::LINK, header::LAST_MODIFIED])
        .max_age(86_400)
}

/// Says so to who names no origin, too: a cache keeps that answer and gives it to a browser later.
pub(super) fn star() -> DefaultHeaders {
    DefaultHeaders::new().add((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
}

/// Lets caches keep an absence, a withdrawal or a new address for a moment.
pub(super) async fn briefly(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let mut answer = next.call(request).await?;
    let brief = [StatusCode::MOVED_PERMANENTLY, StatusCode::NOT_FOUND, StatusCode::GONE];
    if brief.contains(&answer.status()) && !answer.headers().contains_key(header::CACHE_CONTROL) {
        answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(BRIEF));
    }
    Ok(answer)
}
