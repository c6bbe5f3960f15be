//! The keys that sign, at their fixed address.

use actix_web::{HttpResponse, route};
use serde::Serialize;
use utoipa::ToSchema;

use super::{FRESH, reader::Reader};
use crate::http::kit::Prepared;

/// The public keys of publications (RFC 7517).
#[derive(Serialize, ToSchema)]
#[schema(as = JwkSet)]
pub(super) struct JwkSetView {
    /// Every key whose signatures count, sorted by `kid`.
    keys: Vec<JwkView>,
}

/// A public Ed25519 key (RFC 8037).
#[derive(Serialize, ToSchema)]
#[schema(as = Jwk)]
pub(super) struct JwkView {
    /// `OKP`.
    kty: String,
    /// `Ed25519`.
    crv: String,
    /// The key, base64url.
    x: String,
    /// Its name, by which a signature names it.
    kid: String,
    /// `sig`.
    #[serde(rename = "use")]
    purpose: String,
    /// `EdDSA`.
    alg: String,
}

/// The keys with which a published item's signature is checked.
#[utoipa::path(get, path = "", operation_id = "listSigningKeys", tag = "verification",
    responses(
        (status = 200, description = "The key set.", body = JwkSetView, content_type = "application/jwk-set+json"),
        (status = 304, description = "Not changed since."),
    ))]
#[route("", method = "GET", method = "HEAD")]
pub(super) async fn keys(reader: Reader) -> HttpResponse {
    let make = async {
        let keys = reader.app.keys.jwks().to_string();
        Ok(Prepared::new("application/jwk-set+json", FRESH, keys).into())
    };
    reader.answer("keys".to_owned(), make).await
}
