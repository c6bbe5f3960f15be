//! The OpenAPI document, from the routes themselves, and its page for people.

use actix_web::{
    HttpResponse,
    http::header::ContentType,
    middleware::DefaultHeaders,
    web::{self, ServiceConfig},
};
use bytes::Bytes;
use utoipa::{
    Modify, OpenApi as _,
    openapi::{
        OpenApi,
        security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};
use utoipa_actix_web::AppExt as _;
use utoipa_swagger_ui::{Config, SwaggerUi};

use super::{kit::Problem, routes};

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

/// The document of all routes, made without a database.
pub fn openapi() -> OpenApi {
    let (_, mut document) =
        actix_web::App::new().into_utoipa_app().openapi(Base::openapi()).configure(routes::configure).split_for_parts();
    for item in document.paths.paths.values_mut() {
        let all = [&mut item.get, &mut item.post, &mut item.put, &mut item.patch, &mut item.delete];
        for operation in all.into_iter().flatten() {
            // Who names no credential is open to everybody: said, not left to be guessed.
            operation.security.get_or_insert_default();
        }
    }
    document
}

/// `/openapi.json`, and `/docs` from files inside the binary.
pub(super) fn serve(config: &mut ServiceConfig, document: OpenApi) {
    // The page is made of scripts and inline styles of its own; it can reach nothing but this server.
    let policy = "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    let page = SwaggerUi::new("/docs/{_:.*}").config(Config::from("/openapi.json"));
    let text = Bytes::from(serde_json::to_vec(&document).expect("a document of texts and numbers serialises"));
    let show = move || {
        let text = text.clone();
        async move { HttpResponse::Ok().content_type(ContentType::json()).body(text) }
    };
    config.service(web::resource("/openapi.json").route(web::get().to(show.clone())).route(web::head().to(show)));
    config.route("/docs", web::get().to(async || web::Redirect::to("/docs/").permanent()));
    config.service(web::scope("").wrap(DefaultHeaders::new().add(("content-security-policy", policy))).service(page));
}
