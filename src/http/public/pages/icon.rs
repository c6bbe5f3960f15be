//! The mark that browsers show beside a page's title.

use actix_web::{HttpResponse, route};

use super::super::reader::Reader;
use crate::http::kit::Prepared;

const DRAWN: &str = include_str!("icon.svg");
/// The same drawing for who asks for it unbidden, in 16 and 32 points.
const PAINTED: &[u8] = include_bytes!("icon.ico");
/// It has one address for ever, so that a new one is seen within a day.
const KEPT: &str = "public, max-age=86400";

/// A picture's bytes.
#[derive(utoipa::ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "only its description is used")]
pub(super) struct Picture(Vec<u8>);

/// The mark of the pages, as a drawing.
#[utoipa::path(get, path = "/assets/icon.svg", operation_id = "showIcon", tag = "pages",
    responses(
        (status = 200, description = "The drawing.", body = String, content_type = "image/svg+xml"),
        (status = 304, description = "Not changed since."),
    ))]
#[route("/assets/icon.svg", method = "GET", method = "HEAD")]
pub(super) async fn drawn(reader: Reader) -> HttpResponse {
    let make = async { Ok(Prepared::new("image/svg+xml", KEPT, DRAWN).into()) };
    reader.answer("icon".to_owned(), make).await
}

/// The mark of the pages, where browsers look for it unbidden.
#[utoipa::path(get, path = "/favicon.ico", operation_id = "showFavicon", tag = "pages",
    responses(
        (status = 200, description = "The picture.", body = inline(Picture), content_type = "image/vnd.microsoft.icon"),
        (status = 304, description = "Not changed since."),
    ))]
#[route("/favicon.ico", method = "GET", method = "HEAD")]
pub(super) async fn painted(reader: Reader) -> HttpResponse {
    let make = async { Ok(Prepared::new("image/vnd.microsoft.icon", KEPT, PAINTED).into()) };
    reader.answer("favicon".to_owned(), make).await
}
