//! The caller's own account.

use actix_web::{HttpResponse, http::StatusCode, patch, post, route, web::Data};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::accounts::AccountView;
use crate::{
    http::{
        kit::{IfMatch, InOrder, StrictJson},
        signed::{Signed, seen},
        wire::{Refused, editing, versioned},
    },
    service::{
        App, Error,
        account::{self, AccountChange},
    },
    tokens::Secret,
};

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(show).service(update).service(change_password);
}

/// Changes of one's own account; what is absent stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct UpdateMe {
    /// Another name.
    #[schema(example = "Nguyễn Thị Hạ")]
    name: Option<String>,
    /// The language that the software speaks to one.
    #[schema(example = "vi")]
    locale: Option<String>,
}

/// The old password and the new.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ChangePassword {
    /// The password until now.
    #[schema(value_type = String, format = "password")]
    current: Secret,
    /// The password from now on, 12 to 128 characters.
    #[schema(value_type = String, format = "password")]
    new: Secret,
}

/// One's own account.
#[utoipa::path(get, path = "/me", operation_id = "showMe", tag = "account", security(("bearer" = [])), responses((status = 200, description = "The account", body = AccountView), Refused))]
#[route("/me", method = "GET", method = "HEAD")]
async fn show(app: Data<App>, signed: Signed) -> Result<HttpResponse, Error> {
    let profile = account::me(&app, signed.0).await?;
    Ok(versioned(profile.account.version, &AccountView::from(profile)))
}

/// Change one's own name or language.
#[utoipa::path(operation_id = "updateMe", tag = "account", security(("bearer" = [])), request_body = UpdateMe,
    params(("If-Match" = String, Header, description = "The version that was seen")),
    responses((status = 200, description = "The account", body = AccountView), Refused))]
#[patch("/me")]
async fn update(app: Data<App>, args: InOrder<Signed, (IfMatch, StrictJson<UpdateMe>)>) -> Result<HttpResponse, Error> {
    let InOrder(signed, (condition, body)) = args;
    let UpdateMe { name, locale } = body.into_inner();
    let change = AccountChange { name, locale, ..AccountChange::default() };
    let profile = account::change_me(&app, signed.0, seen(condition)?, change).await?;
    Ok(versioned(profile.account.version, &AccountView::from(profile)))
}

/// Change one's own password; all other sign-ins end.
#[utoipa::path(operation_id = "changePassword", tag = "account", security(("bearer" = [])), request_body = ChangePassword,
    responses((status = 204, description = "Changed"), Refused))]
#[post("/me/password")]
async fn change_password(
    app: Data<App>,
    args: InOrder<Signed, StrictJson<ChangePassword>>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, body) = args;
    let ChangePassword { current, new } = body.into_inner();
    account::change_password(&app, signed.0, current, new).await?;
    Ok(editing(StatusCode::NO_CONTENT).finish())
}
