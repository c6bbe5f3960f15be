//! Taking an article's shared fields into its editions.

use actix_web::{HttpRequest, HttpResponse, post, web::Data};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::reviews::CaseView;
use crate::{
    http::{
        kit::{IdempotencyKey, InOrder, PathOf, StrictJson},
        signed::{Signed, once},
        wire::{Refused, answer, done},
    },
    kernel::ArticleId,
    service::{
        Answer, App, Error,
        refresh::{self, Refreshed},
    },
};

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(create);
}

/// Which editions take the shared fields as they are now.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RefreshArticle {
    /// Their locales.
    #[schema(example = json!(["vi", "en"]))]
    locales: Vec<String>,
}

/// What became of one edition.
#[derive(Debug, Serialize, ToSchema)]
struct RefreshedView {
    locale: String,
    /// The number of the new revision; null if the edition had the shared fields as they are.
    revision: Option<u32>,
    /// The hash of its content; null if there is none.
    content_hash: Option<String>,
    /// The short case over it; null if the text before it was not public, so that it goes the usual way.
    case: Option<CaseView>,
    /// Whether the place is in the edition's own words and was left as it is.
    own_place: bool,
}

impl From<&Refreshed> for RefreshedView {
    fn from(one: &Refreshed) -> Self {
        Self {
            locale: one.locale.to_string(),
            revision: one.revision.as_ref().map(|made| made.number),
            content_hash: one.revision.as_ref().map(|made| made.hash.to_string()),
            case: one.case.as_ref().map(CaseView::from),
            own_place: one.own_place,
        }
    }
}

/// What became of the editions.
#[derive(Debug, Serialize, ToSchema)]
struct RefreshView {
    items: Vec<RefreshedView>,
}

#[expect(clippy::ptr_arg, reason = "what is done once is given as it was made")]
fn shown(all: &Vec<Refreshed>) -> Answer {
    answer(200, &RefreshView { items: all.iter().map(Into::into).collect() })
}

/// Take an article's shared fields into some of its editions: one revision each, with the same text.
#[utoipa::path(operation_id = "refreshArticle", tag = "articles", security(("bearer" = [])), request_body = RefreshArticle,
    params(("id" = Uuid, Path, description = "The article's id"),
        ("Idempotency-Key" = Option<String>, Header, description = "Repeats of the same request get the same answer")),
    responses((status = 200, description = "What became of the editions", body = RefreshView), Refused))]
#[post("/articles/{id}/refresh")]
async fn create(
    app: Data<App>,
    req: HttpRequest,
    args: InOrder<Signed, (PathOf<(ArticleId,)>, IdempotencyKey, StrictJson<RefreshArticle>)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (PathOf((id,)), key, body)) = args;
    let once = once(&req, key, &body, shown);
    let locales = body.into_inner().locales;
    Ok(done(refresh::refresh(&app, signed.0, id, &locales, once).await?, shown))
}
