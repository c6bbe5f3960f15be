//! Delegations: who decides for whom meanwhile.

use actix_web::{HttpRequest, HttpResponse, delete, post, route, web::Data};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::reviews::PersonView;
use crate::{
    http::{
        kit::{IdempotencyKey, IfMatch, InOrder, PathOf, StrictJson, StrictQuery},
        signed::{Signed, once, seen},
        wire::{List, Paging, Refused, Role, answer, done, list, located, page_request, tagged, versioned},
    },
    kernel::{AccountId, DelegationId, Timestamp},
    service::{
        Answer, App, Error, FieldCode,
        delegation::{self, Lent, NewDelegation},
    },
};

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(list_delegations).service(create_delegation).service(show_delegation).service(revoke_delegation);
}

/// A right that somebody lends to another for a while.
#[derive(Debug, Serialize, ToSchema)]
struct DelegationView {
    id: Uuid,
    /// Whose right it is.
    of: PersonView,
    /// Who stands in.
    to: PersonView,
    /// What may be decided.
    role: Role,
    /// For this agency only; null for all of the owner's.
    agency: Option<String>,
    /// For this language only; null for all of the owner's.
    locale: Option<String>,
    /// From when it holds.
    from: String,
    /// Until when it holds.
    until: String,
    /// Why it was lent.
    reason: String,
    created_at: String,
    /// When it was ended early; null if it was not.
    revoked_at: Option<String>,
    /// Whether it holds now.
    active: bool,
}

impl From<Lent> for DelegationView {
    fn from(lent: Lent) -> Self {
        let Lent { delegation: one, of, to, active } = lent;
        Self {
            id: one.id.0,
            of: PersonView::new(one.of, of.as_ref()),
            to: PersonView::new(one.to, to.as_ref()),
            role: one.grant.role.into(),
            agency: one.grant.agency.map(|code| code.to_string()),
            locale: one.grant.locale.map(|tag| tag.to_string()),
            from: one.from.to_string(),
            until: one.until.to_string(),
            reason: one.reason,
            created_at: one.created_at.to_string(),
            revoked_at: one.revoked_at.map(|at| at.to_string()),
            active,
        }
    }
}

/// A right to be lent: one of the caller's own, to somebody else.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CreateDelegation {
    /// Who stands in.
    #[schema(example = "01a20345-6941-76e9-bc14-089d51542d8b")]
    to: Uuid,
    /// What may be decided.
    role: Role,
    /// For this agency only.
    #[schema(example = "bao-lam-hai")]
    agency: Option<String>,
    /// For this language only.
    #[schema(example = "vi")]
    locale: Option<String>,
    /// From when; from now if absent.
    #[schema(example = "2026-11-23T00:00:00+07:00")]
    from: Option<String>,
    /// Until when.
    #[schema(example = "2026-11-28T00:00:00+07:00")]
    until: String,
    /// Why, at most 2,000 characters.
    reason: String,
}

fn made(lent: &Lent) -> Answer {
    let path = format!("/api/v1/delegations/{}", lent.delegation.id);
    located(tagged(answer(201, &DelegationView::from(lent.clone())), lent.delegation.version()), path)
}

fn moment(pointer: &str, raw: &str) -> Result<Timestamp, Error> {
    raw.parse().map_err(|_| Error::invalid_at(pointer, FieldCode::BadTime))
}

/// What the caller lent and was lent, newest first; for administrators and auditors, what everybody did.
#[utoipa::path(get, path = "/delegations", operation_id = "listDelegations", tag = "review", security(("bearer" = [])), params(Paging),
    responses((status = 200, description = "A page of delegations", body = List<DelegationView>), Refused))]
#[route("/delegations", method = "GET", method = "HEAD")]
async fn list_delegations(
    app: Data<App>,
    req: HttpRequest,
    args: InOrder<Signed, StrictQuery<Paging>>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, StrictQuery(Paging { limit, cursor })) = args;
    let wanted = page_request(limit, cursor.as_deref())?;
    Ok(list::<_, DelegationView>(&req, delegation::list(&app, signed.0, wanted).await?))
}

/// Lend a right to decide.
#[utoipa::path(operation_id = "createDelegation", tag = "review", security(("bearer" = [])), request_body = CreateDelegation,
    params(("Idempotency-Key" = Option<String>, Header, description = "Repeats of the same request get the same answer")),
    responses((status = 201, description = "The delegation", body = DelegationView), Refused))]
#[post("/delegations")]
async fn create_delegation(
    app: Data<App>,
    req: HttpRequest,
    args: InOrder<Signed, (IdempotencyKey, StrictJson<CreateDelegation>)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (key, body)) = args;
    let once = once(&req, key, &body, made);
    let CreateDelegation { to, role, agency, locale, from, until, reason } = body.into_inner();
    let from = from.map(|raw| moment("/from", &raw)).transpose()?;
    let (to, until) = (AccountId(to), moment("/until", &until)?);
    let new = NewDelegation { to, role: role.into(), agency, locale, from, until, reason };
    Ok(done(delegation::create(&app, signed.0, new, once).await?, made))
}

/// One delegation that the caller lent or was lent.
#[utoipa::path(get, path = "/delegations/{id}", operation_id = "showDelegation", tag = "review", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "The delegation's id")), responses((status = 200, description = "The delegation", body = DelegationView), Refused))]
#[route("/delegations/{id}", method = "GET", method = "HEAD")]
async fn show_delegation(
    app: Data<App>,
    args: InOrder<Signed, PathOf<(DelegationId,)>>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, PathOf((id,))) = args;
    let lent = delegation::show(&app, signed.0, id).await?;
    Ok(versioned(lent.delegation.version(), &DelegationView::from(lent)))
}

/// End a delegation now. What was decided by it and is not public yet does not count any more.
#[utoipa::path(operation_id = "revokeDelegation", tag = "review", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "The delegation's id"), ("If-Match" = String, Header, description = "The version that was seen")),
    responses((status = 200, description = "The delegation", body = DelegationView), Refused))]
#[delete("/delegations/{id}")]
async fn revoke_delegation(
    app: Data<App>,
    args: InOrder<Signed, (PathOf<(DelegationId,)>, IfMatch)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (PathOf((id,)), condition)) = args;
    let lent = delegation::revoke(&app, signed.0, id, seen(condition)?).await?;
    Ok(versioned(lent.delegation.version(), &DelegationView::from(lent)))
}
