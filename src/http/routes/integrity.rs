//! What the watch over integrity found last, for auditors.

use actix_web::{HttpResponse, http::StatusCode, route, web::Data};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::{
    http::{
        signed::Signed,
        wire::{Refused, editing},
    },
    service::{
        App, Error,
        integrity::{self, Examined, Named},
    },
};

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(show);
}

/// What comparing everything with the signatures and the audit chain found last.
#[derive(Debug, Serialize, ToSchema)]
struct IntegrityView {
    /// When that was; null before the first time after a start.
    #[schema(required)]
    checked_at: Option<String>,
    /// Whether nothing was found.
    sound: bool,
    /// Editions that are not what was written, approved or signed.
    editions: Vec<EditionFindingView>,
    /// Accounts whose rights are not those that they were given.
    accounts: Vec<AccountFindingView>,
}

/// An edition that is not what it should be.
#[derive(Debug, Serialize, ToSchema)]
struct EditionFindingView {
    /// The article’s id; the edition’s where its row is gone.
    article: String,
    /// The language; empty where the row is gone.
    locale: String,
    /// The newest title, as it lies there.
    title: String,
    /// What does not fit: `signature`, `chain`, `audit`, `text`, `live`, `stranger` or `approval` of what is public;
    /// `revision`, `case` or `decision` of what is at the desk.
    what: &'static str,
    /// Whether it is withheld from every output.
    withheld: bool,
}

/// An account whose rights are not those that it was given.
#[derive(Debug, Serialize, ToSchema)]
struct AccountFindingView {
    id: Uuid,
    name: String,
}

impl From<Named> for EditionFindingView {
    fn from(one: Named) -> Self {
        let (what, withheld) = (one.what.slug(), one.what.withholds());
        Self { article: one.article, locale: one.locale, title: one.title, what, withheld }
    }
}

impl From<Examined> for IntegrityView {
    fn from(found: Examined) -> Self {
        Self {
            checked_at: found.at.map(|at| at.to_string()),
            sound: found.at.is_some() && found.editions.is_empty() && found.accounts.is_empty(),
            editions: found.editions.into_iter().map(EditionFindingView::from).collect(),
            accounts: found.accounts.into_iter().map(|(id, name)| AccountFindingView { id: id.0, name }).collect(),
        }
    }
}

/// What the last look at everything found.
#[utoipa::path(get, path = "/integrity", operation_id = "showIntegrity", tag = "audit", security(("bearer" = [])),
    responses((status = 200, description = "What was found", body = IntegrityView), Refused))]
#[route("/integrity", method = "GET", method = "HEAD")]
async fn show(app: Data<App>, signed: Signed) -> Result<HttpResponse, Error> {
    let found = integrity::found_as(&app, signed.0).await?;
    Ok(editing(StatusCode::OK).json(IntegrityView::from(found)))
}
