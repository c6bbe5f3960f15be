//! The OpenAPI document, from the routes themselves, and its page for people.

mod common;
mod examples;

use std::{future::ready, sync::Arc};

use actix_web::{
    HttpResponse, guard,
    http::header::CONTENT_SECURITY_POLICY,
    web::{self, Bytes, ServiceConfig},
};
use utoipa::{
    Modify, OpenApi as _,
    openapi::{
        OpenApi,
        security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};
use utoipa_actix_web::AppExt as _;
use utoipa_swagger_ui::Config;

use super::{kit::Problem, public, routes};
use crate::service::Error;

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Lan Tỏa",
        description = "The publishing backend of a province: articles and their editions in many languages, their review and publication, and what the public reads. See openapi/README.md for conventions.",
        license(name = "Apache-2.0", identifier = "Apache-2.0"),
        contact(name = "Lan Tỏa"),
    ),
    servers((url = "/", description = "This installation")),
    // What every refusal answers with is no route's own, so no route brings it in.
    components(schemas(Problem)),
    modifiers(&Bearer),
)]
struct Base;

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, document: &mut OpenApi) {
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
        document.components.get_or_insert_default().add_security_scheme("bearer", SecurityScheme::Http(scheme));
    }
}

/// Every route, public and editing, in the order in which actix looks them up.
pub(super) fn routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config.configure(public::configure).configure(routes::configure);
}

/// The document of all routes, made without a database.
pub fn openapi() -> OpenApi {
    let (_, mut document) =
        actix_web::App::new().into_utoipa_app().openapi(Base::openapi()).configure(routes).split_for_parts();
    common::describe(&mut document);
    document
}

/// The document as it is committed and printed: members in the order of their names, so that only what changes
/// makes a difference.
#[expect(clippy::missing_panics_doc, reason = "it cannot: the document is made of texts")]
pub fn openapi_text() -> String {
    let sorted = serde_json::to_value(openapi()).expect("the document serialises");
    format!("{sorted:#}\n")
}

/// The page is made of scripts and inline styles of its own; it can reach nothing but this server.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; \
                           img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// `/openapi.json`, and `/docs/` from files inside the binary.
pub(super) fn serve(config: &mut ServiceConfig, text: Bytes) {
    let get = || web::route().guard(guard::Any(guard::Get()).or(guard::Head()));
    let answer = move || ready(HttpResponse::Ok().content_type("application/json").body(text.clone()));
    config.route("/openapi.json", get().to(answer));
    config.route("/docs", get().to(async || web::Redirect::to("/docs/").permanent()));
    let swagger = Arc::new(Config::from("/openapi.json"));
    config.route("/docs/{file:.*}", get().to(move |file: web::Path<String>| ready(asset(&file, &swagger))));
}

fn asset(file: &str, swagger: &Arc<Config<'static>>) -> Result<HttpResponse, Error> {
    let found =
        utoipa_swagger_ui::serve(file, Arc::clone(swagger)).map_err(|error| Error::internal(error.to_string()))?;
    let file = found.ok_or_else(Error::not_found)?;
    let mut answer = HttpResponse::Ok();
    answer.insert_header((CONTENT_SECURITY_POLICY, PAGE_POLICY)).content_type(file.content_type);
    Ok(answer.body(file.bytes.into_owned()))
}
