//! Published versions, byte for byte, for anyone to check.

use actix_web::{HttpResponse, route};

use crate::{
    http::{
        kit::{PathOf, Prepared, Problem, StrictQuery},
        public::{
            FRESH,
            answers::Made,
            detour::Detour,
            reader::{Nothing, Reader},
        },
    },
    kernel::{ArticleId, LocaleTag},
    service::public::{self, VersionBytes},
};

type Version = PathOf<(ArticleId, LocaleTag, u32)>;

/// Which of the two documents of a version.
#[derive(Clone, Copy)]
enum Part {
    Content,
    Publication,
}

/// The canonical content of a version, whose SHA-256 is its `content_hash`.
#[utoipa::path(get, path = "/articles/{id}/{locale}/versions/{number}", operation_id = "showContentVersion", tag = "verification",
    params(
        ("id" = String, Path, description = "The article.", format = Uuid),
        ("locale" = String, Path, description = "The language.", example = "vi"),
        ("number" = u32, Path, description = "The version, from 1.", minimum = 1),
    ),
    responses(
        (status = 200, description = "The exact bytes of `content_v1` (RFC 8785).", body = Object),
        (status = 304, description = "Not changed since."),
        (status = 400, description = "There are no parameters.", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such version.", body = Problem, content_type = "application/problem+json"),
        (status = 410, description = "The edition was taken down.", body = Problem, content_type = "application/problem+json"),
    ))]
#[route("/articles/{id}/{locale}/versions/{number}", method = "GET", method = "HEAD")]
pub(super) async fn content(
    reader: Reader,
    PathOf((id, locale, number)): Version,
    _: StrictQuery<Nothing>,
) -> HttpResponse {
    let make = bytes(&reader, id, &locale, number, Part::Content);
    reader.answer(format!("content {id} {locale} {number}"), make).await
}

/// The canonical publication envelope of a version, which its signature is over.
#[utoipa::path(get, path = "/articles/{id}/{locale}/versions/{number}/publication", operation_id = "showContentPublication", tag = "verification",
    params(
        ("id" = String, Path, description = "The article.", format = Uuid),
        ("locale" = String, Path, description = "The language.", example = "vi"),
        ("number" = u32, Path, description = "The version, from 1.", minimum = 1),
    ),
    responses(
        (status = 200, description = "The exact bytes of `publication_v1` (RFC 8785).", body = Object),
        (status = 304, description = "Not changed since."),
        (status = 400, description = "There are no parameters.", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such version.", body = Problem, content_type = "application/problem+json"),
        (status = 410, description = "The edition was taken down.", body = Problem, content_type = "application/problem+json"),
    ))]
#[route("/articles/{id}/{locale}/versions/{number}/publication", method = "GET", method = "HEAD")]
pub(super) async fn publication(
    reader: Reader,
    PathOf((id, locale, number)): Version,
    _: StrictQuery<Nothing>,
) -> HttpResponse {
    let make = bytes(&reader, id, &locale, number, Part::Publication);
    reader.answer(format!("publication {id} {locale} {number}"), make).await
}

async fn bytes(reader: &Reader, id: ArticleId, locale: &LocaleTag, number: u32, part: Part) -> Result<Made, Detour> {
    match public::version(&reader.app, id, locale, number).await? {
        VersionBytes::Gone(tombstone) => Err(Detour::Gone(tombstone)),
        VersionBytes::Bytes { content: text, envelope } => {
            let bytes = match part {
                Part::Content => text,
                Part::Publication => envelope,
            };
            Ok(Prepared::new("application/json", FRESH, bytes).into())
        }
    }
}
