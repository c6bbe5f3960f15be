//! Agencies of the province.

use actix_web::{HttpRequest, HttpResponse, delete, http::StatusCode, post, put, route, web::Data};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{made, rewritten};
use crate::{
    http::{
        kit::{IdempotencyKey, IfMatch, InOrder, PathOf, StrictJson},
        signed::{Signed, once, seen},
        wire::{List, Names, Refused, done, editing, names_schema, versioned},
    },
    kernel::Code,
    service::{
        App, Caller, Done, Error,
        vocabulary::{self, Entry, Vocabulary},
    },
};

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(list_agencies)
        .service(create_agency)
        .service(show_agency)
        .service(update_agency)
        .service(remove_agency);
}

/// An agency of the province.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AgencyView {
    /// Its immutable code.
    code: String,
    /// Its names by locale.
    #[schema(schema_with = names_schema)]
    names: Names,
}

impl From<vocabulary::Agency> for AgencyView {
    fn from(agency: vocabulary::Agency) -> Self {
        Self { code: agency.code.to_string(), names: agency.names }
    }
}

/// An agency to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CreateAgency {
    /// Lower-case ASCII words joined by hyphens; never changes.
    #[schema(example = "so-ngoai-vu")]
    code: String,
    /// Its names by locale.
    #[schema(schema_with = names_schema)]
    names: Names,
}

/// An agency's names.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct UpdateAgency {
    /// Its names by locale.
    #[schema(schema_with = names_schema)]
    names: Names,
}

async fn agency(app: &App, caller: Caller, code: &Code) -> Result<(i64, AgencyView), Error> {
    let found = vocabulary::agencies(app, caller).await?.into_iter().find(|one| one.code == *code);
    found.map(|one| (one.version, one.into())).ok_or_else(Error::not_found)
}

/// All agencies.
#[utoipa::path(get, path = "/agencies", operation_id = "listAgencies", tag = "vocabularies", security(("bearer" = [])), responses((status = 200, description = "All agencies", body = List<AgencyView>), Refused))]
#[route("/agencies", method = "GET", method = "HEAD")]
async fn list_agencies(app: Data<App>, signed: Signed) -> Result<HttpResponse, Error> {
    let items = vocabulary::agencies(&app, signed.0).await?.into_iter().map(AgencyView::from).collect();
    Ok(editing(StatusCode::OK).json(List { items, next_cursor: None }))
}

/// Make an agency.
#[utoipa::path(operation_id = "createAgency", tag = "vocabularies", security(("bearer" = [])), request_body = CreateAgency,
    params(("Idempotency-Key" = Option<String>, Header, description = "Repeats of the same request get the same answer")), responses((status = 201, description = "The agency", body = AgencyView), Refused))]
#[post("/agencies")]
async fn create_agency(
    app: Data<App>,
    req: HttpRequest,
    args: InOrder<Signed, (IdempotencyKey, StrictJson<CreateAgency>)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (key, body)) = args;
    let once = once(&req, key, &body, made);
    let CreateAgency { code, names } = body.into_inner();
    Ok(done(vocabulary::create(&app, signed.0, Entry::Agency { code, names }, once).await?, made))
}

/// One agency.
#[utoipa::path(get, path = "/agencies/{code}", operation_id = "showAgency", tag = "vocabularies", security(("bearer" = [])), params(("code" = String, Path, description = "The agency's code")), responses((status = 200, description = "The agency", body = AgencyView), Refused))]
#[route("/agencies/{code}", method = "GET", method = "HEAD")]
async fn show_agency(app: Data<App>, args: InOrder<Signed, PathOf<(Code,)>>) -> Result<HttpResponse, Error> {
    let InOrder(signed, PathOf((key,))) = args;
    let (version, view) = agency(&app, signed.0, &key).await?;
    Ok(versioned(version, &view))
}

/// Write an agency anew.
#[utoipa::path(operation_id = "updateAgency", tag = "vocabularies", security(("bearer" = [])), request_body = UpdateAgency,
    params(("code" = String, Path, description = "The agency's code"), ("If-Match" = String, Header, description = "The version that was seen")), responses((status = 200, description = "The agency", body = AgencyView), Refused))]
#[put("/agencies/{code}")]
async fn update_agency(
    app: Data<App>,
    args: InOrder<Signed, (PathOf<(Code,)>, IfMatch, StrictJson<UpdateAgency>)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (PathOf((key,)), condition, body)) = args;
    let UpdateAgency { names } = body.into_inner();
    let entry = Entry::Agency { code: key.to_string(), names };
    let put = vocabulary::update(&app, signed.0, entry, seen(condition)?).await?;
    Ok(done(Done::Now(put), rewritten))
}

/// Remove an agency that nothing points at.
#[utoipa::path(operation_id = "removeAgency", tag = "vocabularies", security(("bearer" = [])),
    params(("code" = String, Path, description = "The agency's code"), ("If-Match" = String, Header, description = "The version that was seen")), responses((status = 204, description = "Removed"), Refused))]
#[delete("/agencies/{code}")]
async fn remove_agency(
    app: Data<App>,
    args: InOrder<Signed, (PathOf<(Code,)>, IfMatch)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (PathOf((key,)), condition)) = args;
    vocabulary::remove(&app, signed.0, Vocabulary::Agency, key.as_str(), seen(condition)?).await?;
    Ok(editing(StatusCode::NO_CONTENT).finish())
}
