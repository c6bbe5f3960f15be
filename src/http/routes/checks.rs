//! Checks of an edition's text.

use actix_web::{HttpResponse, http::StatusCode, route, web::Data};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::reviews::PersonView;
use crate::{
    http::{
        kit::{InOrder, PathOf},
        signed::Signed,
        wire::{Refused, editing},
    },
    kernel::{ArticleId, LocaleTag},
    service::{
        App, Error,
        checks::{self, Checked},
    },
};

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(list_checks);
}

/// Who answers for letting a check pass.
#[derive(Debug, Serialize, ToSchema)]
struct WaivedView {
    /// Who.
    by: PersonView,
    /// Why it may be passed.
    reason: String,
}

/// One place where a check is not met.
#[derive(Debug, Serialize, ToSchema)]
struct FindingView {
    /// The check: `link-not-https`, `summary-missing`, `bidi-control`, `zero-width`, `mixed-script`, `figures-differ`.
    code: String,
    /// Whether it stops publishing unless somebody answers for it.
    blocking: bool,
    /// The part of the text: `title`, `summary` or `body`.
    part: String,
    /// What was found: an address, a word, a figure.
    found: String,
    /// Who answers for letting it pass; null if nobody does.
    waived: Option<WaivedView>,
}

impl From<Checked> for FindingView {
    fn from(Checked { finding, waived }: Checked) -> Self {
        Self {
            code: finding.check.as_str().to_owned(),
            blocking: finding.check.is_blocking(),
            part: finding.part.to_owned(),
            found: finding.found,
            waived: waived.map(|(by, name, reason)| WaivedView { by: PersonView::new(by, name.as_ref()), reason }),
        }
    }
}

/// What was found in a text.
#[derive(Debug, Serialize, ToSchema)]
struct ChecksView {
    /// The number of the revision that was looked at.
    revision: u32,
    /// Its hash.
    content_hash: String,
    /// Whether something stops publishing that nobody answers for.
    blocked: bool,
    items: Vec<FindingView>,
}

/// What the checks find in an edition's text.
#[utoipa::path(get, path = "/articles/{id}/editions/{locale}/checks", operation_id = "listChecks", tag = "review", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "The article's id"), ("locale" = String, Path, description = "The edition's locale")),
    responses((status = 200, description = "The findings", body = ChecksView), Refused))]
#[route("/articles/{id}/editions/{locale}/checks", method = "GET", method = "HEAD")]
async fn list_checks(
    app: Data<App>,
    args: InOrder<Signed, PathOf<(ArticleId, LocaleTag)>>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, PathOf((id, locale))) = args;
    let (revision, found) = checks::list(&app, signed.0, (id, &locale)).await?;
    let blocked = found.iter().any(|one| one.finding.check.is_blocking() && one.waived.is_none());
    let items = found.into_iter().map(FindingView::from).collect();
    let (revision, content_hash) = (revision.number, revision.hash.to_string());
    Ok(editing(StatusCode::OK).json(ChecksView { revision, content_hash, blocked, items }))
}
