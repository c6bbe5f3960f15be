//! Signing in, keeping signed in, signing out.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, post, web::Data};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::{
    http::{
        kit::{InOrder, KnownQuery, Proxies, StrictJson},
        signed::Signed,
        wire::{Refused, editing},
    },
    service::{
        App, Error,
        auth::{self, Tokens},
    },
    tokens::Secret,
};

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(login).service(refresh).service(logout);
}

/// An address and its password.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Login {
    /// The account's e-mail address.
    #[schema(format = "email", example = "bien.tap@lamhai.example")]
    email: String,
    /// Its password.
    #[schema(value_type = String, format = "password", example = "một mật khẩu thật dài")]
    password: Secret,
}

/// The token that gets the next pair.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Refresh {
    /// A refresh token that was not used yet.
    #[schema(value_type = String, example = "ltr_0vVfJ5yQH3h0Qp2mM1o3y8m5o2m5cXo3l0t6s2rT1aA")]
    refresh_token: Secret,
}

/// A pair of tokens.
#[derive(Debug, Serialize, ToSchema)]
struct TokenPair {
    /// For `Authorization: Bearer`.
    access_token: String,
    /// Always `Bearer`.
    token_type: &'static str,
    /// Seconds that the access token lasts.
    expires_in: i64,
    /// Gets the next pair, once; used twice it ends the sign-in.
    refresh_token: String,
}

impl From<Tokens> for TokenPair {
    fn from(tokens: Tokens) -> Self {
        Self {
            access_token: tokens.access,
            token_type: "Bearer",
            expires_in: tokens.expires_in,
            refresh_token: tokens.refresh.expose().to_owned(),
        }
    }
}

/// Sign in.
#[utoipa::path(operation_id = "login", tag = "sign-in", request_body = Login, responses((status = 200, description = "A new pair of tokens", body = TokenPair), Refused))]
#[post("/auth/login")]
async fn login(
    app: Data<App>,
    req: HttpRequest,
    args: InOrder<KnownQuery, StrictJson<Login>>,
) -> Result<HttpResponse, Error> {
    let InOrder(_, body) = args;
    // The address of the socket, or what a proxy that is trusted says of it; never what anybody claims.
    let peer = Proxies::client(&req);
    let Login { email, password } = body.into_inner();
    let tokens = auth::login(&app, &email, password, peer).await?;
    Ok(editing(StatusCode::OK).json(TokenPair::from(tokens)))
}

/// Get the next pair of tokens.
#[utoipa::path(operation_id = "refreshTokens", tag = "sign-in", request_body = Refresh, responses((status = 200, description = "A new pair of tokens", body = TokenPair), Refused))]
#[post("/auth/refresh")]
async fn refresh(app: Data<App>, args: InOrder<KnownQuery, StrictJson<Refresh>>) -> Result<HttpResponse, Error> {
    let InOrder(_, body) = args;
    let tokens = auth::refresh(&app, body.into_inner().refresh_token.expose()).await?;
    Ok(editing(StatusCode::OK).json(TokenPair::from(tokens)))
}

/// End this sign-in.
#[utoipa::path(operation_id = "logout", tag = "sign-in", security(("bearer" = [])), responses((status = 204, description = "Ended"), Refused))]
#[post("/auth/logout")]
async fn logout(app: Data<App>, signed: Signed) -> Result<HttpResponse, Error> {
    auth::logout(&app, signed.0).await?;
    Ok(editing(StatusCode::NO_CONTENT).finish())
}
