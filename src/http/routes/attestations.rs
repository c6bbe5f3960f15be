//! Attesting that a translation still holds although its source changed.

use actix_web::{HttpRequest, HttpResponse, post, route, web::Data};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::reviews::CaseView;
use crate::{
    http::{
        kit::{IdempotencyKey, InOrder, PathOf, StrictJson, StrictQuery},
        signed::{Signed, once},
        wire::{List, Paging, Refused, answer, done, list, page_request},
    },
    kernel::{ArticleId, LocaleTag},
    service::{
        Answer, App, Error,
        attest::{self, Attested},
    },
};

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(index).service(create);
}

/// That the newest text of a translation still holds.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Attest {
    /// What who decides on it should know, at most 2,000 characters.
    #[serde(default)]
    comment: String,
    /// The number of the source's revision that it was compared with; refused if that is not the one to follow any more.
    #[schema(minimum = 1)]
    source_revision: Option<u32>,
}

/// An attestation. It counts once its case is approved; decisions on it are made like all others, on the hash of the text.
#[derive(Debug, Serialize, ToSchema)]
struct AttestationView {
    id: Uuid,
    /// The number of the translation's revision that holds.
    revision: u32,
    /// The number of the source's revision that it holds against.
    source_revision: u32,
    /// The case in which that is decided.
    case: CaseView,
    at: String,
}

impl From<&Attested> for AttestationView {
    fn from(attested: &Attested) -> Self {
        let one = &attested.attestation;
        Self {
            id: one.id.0,
            revision: one.target,
            source_revision: one.source,
            case: CaseView::from(&attested.case),
            at: one.at.to_string(),
        }
    }
}

impl From<Attested> for AttestationView {
    fn from(attested: Attested) -> Self {
        Self::from(&attested)
    }
}

fn made(attested: &Attested) -> Answer {
    answer(201, &AttestationView::from(attested))
}

/// Attest that a translation still holds although its source changed.
#[utoipa::path(operation_id = "attestEdition", tag = "review", security(("bearer" = [])), request_body = Attest,
    params(("id" = Uuid, Path, description = "The article's id"), ("locale" = String, Path, description = "The edition's locale"),
        ("Idempotency-Key" = Option<String>, Header, description = "Repeats of the same request get the same answer")),
    responses((status = 201, description = "The attestation, to be decided on", body = AttestationView), Refused))]
#[post("/articles/{id}/editions/{locale}/attest")]
async fn create(
    app: Data<App>,
    req: HttpRequest,
    args: InOrder<Signed, (PathOf<(ArticleId, LocaleTag)>, IdempotencyKey, StrictJson<Attest>)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (PathOf((id, locale)), key, body)) = args;
    let once = once(&req, key, &body, made);
    let Attest { comment, source_revision } = body.into_inner();
    Ok(done(attest::attest(&app, signed.0, (id, &locale), (source_revision, &comment), once).await?, made))
}

/// The attestations of an edition, newest first.
#[utoipa::path(get, path = "/articles/{id}/editions/{locale}/attestations", operation_id = "listAttestations", tag = "review", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "The article's id"), ("locale" = String, Path, description = "The edition's locale"), Paging), responses((status = 200, description = "A page of attestations", body = List<AttestationView>), Refused))]
#[route("/articles/{id}/editions/{locale}/attestations", method = "GET", method = "HEAD")]
async fn index(
    app: Data<App>,
    req: HttpRequest,
    args: InOrder<Signed, (PathOf<(ArticleId, LocaleTag)>, StrictQuery<Paging>)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (PathOf((id, locale)), StrictQuery(asked))) = args;
    let wanted = page_request(asked.limit, asked.cursor.as_deref())?;
    Ok(list::<_, AttestationView>(&req, attest::list(&app, signed.0, (id, &locale), wanted).await?))
}
