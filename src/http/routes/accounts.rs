//! Accounts and their grants, for administrators.

use actix_web::{HttpRequest, HttpResponse, patch, post, put, route, web::Data};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::{
    http::{
        kit::{IdempotencyKey, IfMatch, InOrder, PathOf, StrictJson, StrictQuery},
        signed::{Signed, once, seen},
        wire::{List, Paging, Refused, Role, answer, done, list, located, page_request, tagged, versioned},
    },
    kernel::AccountId,
    service::{
        Answer, App, Error,
        account::{self, AccountChange, NewAccount, NewGrant, Profile},
    },
    tokens::Secret,
};

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(index).service(create).service(show).service(update).service(set_grants);
}

/// A role, for one agency or all, for one locale or all.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Grant {
    /// The role.
    role: Role,
    /// For this agency only; null or absent for all.
    #[serde(default)]
    #[schema(example = "bao-lam-hai")]
    agency: Option<String>,
    /// For this locale only; null or absent for all.
    #[serde(default)]
    #[schema(example = "en")]
    locale: Option<String>,
}

impl From<Grant> for NewGrant {
    fn from(grant: Grant) -> Self {
        Self { role: grant.role.into(), agency: grant.agency, locale: grant.locale }
    }
}

/// A person who signs in.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AccountView {
    id: Uuid,
    /// The address to sign in with.
    email: String,
    /// The person's name.
    name: String,
    /// The language that the software speaks to the person.
    locale: String,
    /// Whether signing in is over.
    disabled: bool,
    /// What the person may be.
    grants: Vec<Grant>,
    created_at: String,
    updated_at: String,
}

impl From<Profile> for AccountView {
    fn from(profile: Profile) -> Self {
        Self::from(&profile)
    }
}

impl From<&Profile> for AccountView {
    fn from(Profile { account, grants }: &Profile) -> Self {
        let grant = |grant: &crate::domain::access::Grant| Grant {
            role: grant.role.into(),
            agency: grant.agency.as_ref().map(ToString::to_string),
            locale: grant.locale.as_ref().map(ToString::to_string),
        };
        Self {
            id: account.id.0,
            email: account.email.clone(),
            name: account.name.clone(),
            locale: account.locale.to_string(),
            disabled: account.disabled,
            grants: grants.iter().map(grant).collect(),
            created_at: account.created_at.to_string(),
            updated_at: account.updated_at.to_string(),
        }
    }
}

/// An account to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CreateAccount {
    /// The address to sign in with; one account each.
    #[schema(format = "email", example = "bien.dich@lamhai.example")]
    email: String,
    /// The person's name.
    #[schema(example = "Trần Minh Châu")]
    name: String,
    /// The language that the software speaks to the person.
    #[schema(example = "vi")]
    locale: Option<String>,
    /// The first password, 12 to 128 characters.
    #[schema(value_type = String, format = "password")]
    password: Secret,
    /// What the person may be.
    #[serde(default)]
    grants: Vec<Grant>,
}

/// Changes of an account; what is absent stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct UpdateAccount {
    /// Another name.
    name: Option<String>,
    /// Another language.
    locale: Option<String>,
    /// Whether signing in is over; takes effect at once.
    disabled: Option<bool>,
    /// Another password; ends all sign-ins.
    #[schema(value_type = Option<String>, format = "password")]
    password: Option<Secret>,
}

/// All grants of an account, in the place of those it had.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SetGrants {
    /// The grants.
    grants: Vec<Grant>,
}

/// All accounts, newest first.
#[utoipa::path(get, path = "/accounts", operation_id = "listAccounts", tag = "accounts", security(("bearer" = [])), params(Paging),
    responses((status = 200, description = "A page of accounts", body = List<AccountView>), Refused))]
#[route("/accounts", method = "GET", method = "HEAD")]
async fn index(
    app: Data<App>,
    req: HttpRequest,
    args: InOrder<Signed, StrictQuery<Paging>>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, StrictQuery(query)) = args;
    let page = account::list(&app, signed.0, page_request(query.limit, query.cursor.as_deref())?).await?;
    Ok(list::<_, AccountView>(&req, page))
}

fn created(profile: &Profile) -> Answer {
    let view = AccountView::from(profile);
    let path = format!("/api/v1/accounts/{}", view.id);
    located(tagged(answer(201, &view), profile.account.version), path)
}

/// Make an account.
#[utoipa::path(operation_id = "createAccount", tag = "accounts", security(("bearer" = [])), request_body = CreateAccount,
    params(("Idempotency-Key" = Option<String>, Header, description = "Repeats of the same request get the same answer")),
    responses((status = 201, description = "The account", body = AccountView), Refused))]
#[post("/accounts")]
async fn create(
    app: Data<App>,
    req: HttpRequest,
    args: InOrder<Signed, (IdempotencyKey, StrictJson<CreateAccount>)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (key, body)) = args;
    let once = once(&req, key, &body, created);
    let CreateAccount { email, name, locale, password, grants } = body.into_inner();
    let new = NewAccount { email, name, locale, password, grants: grants.into_iter().map(Into::into).collect() };
    Ok(done(account::create(&app, signed.0, new, once).await?, created))
}

/// One account.
#[utoipa::path(get, path = "/accounts/{id}", operation_id = "showAccount", tag = "accounts", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "The account's id")), responses((status = 200, description = "The account", body = AccountView), Refused))]
#[route("/accounts/{id}", method = "GET", method = "HEAD")]
async fn show(app: Data<App>, args: InOrder<Signed, PathOf<(AccountId,)>>) -> Result<HttpResponse, Error> {
    let InOrder(signed, PathOf((id,))) = args;
    let profile = account::show(&app, signed.0, id).await?;
    Ok(versioned(profile.account.version, &AccountView::from(profile)))
}

/// Change an account.
#[utoipa::path(operation_id = "updateAccount", tag = "accounts", security(("bearer" = [])), request_body = UpdateAccount,
    params(("id" = Uuid, Path, description = "The account's id"), ("If-Match" = String, Header, description = "The version that was seen")),
    responses((status = 200, description = "The account", body = AccountView), Refused))]
#[patch("/accounts/{id}")]
async fn update(
    app: Data<App>,
    args: InOrder<Signed, (PathOf<(AccountId,)>, IfMatch, StrictJson<UpdateAccount>)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (PathOf((id,)), condition, body)) = args;
    let UpdateAccount { name, locale, disabled, password } = body.into_inner();
    let change = AccountChange { name, locale, disabled, password };
    let profile = account::update(&app, signed.0, id, seen(condition)?, change).await?;
    Ok(versioned(profile.account.version, &AccountView::from(profile)))
}

/// Give an account these grants in the place of all it had.
#[utoipa::path(operation_id = "setGrants", tag = "accounts", security(("bearer" = [])), request_body = SetGrants,
    params(("id" = Uuid, Path, description = "The account's id"), ("If-Match" = String, Header, description = "The version that was seen")),
    responses((status = 200, description = "The account", body = AccountView), Refused))]
#[put("/accounts/{id}/grants")]
async fn set_grants(
    app: Data<App>,
    args: InOrder<Signed, (PathOf<(AccountId,)>, IfMatch, StrictJson<SetGrants>)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (PathOf((id,)), condition, body)) = args;
    let grants = body.into_inner().grants.into_iter().map(Into::into).collect();
    let profile = account::set_grants(&app, signed.0, id, seen(condition)?, grants).await?;
    Ok(versioned(profile.account.version, &AccountView::from(profile)))
}
