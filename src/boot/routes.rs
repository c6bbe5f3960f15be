//! The routes that the server answers with.

use actix_web::{
    App as Site, HttpResponse,
    body::MessageBody,
    dev::{ServiceFactory, ServiceRequest, ServiceResponse},
    web,
};

use crate::{http::kit::Limits, service::App};

/// What the routes need beside the application.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    /// Limits of request bodies.
    pub(super) limits: Limits,
}

/// The site of an application.
pub(super) fn site(
    app: App,
    settings: &Settings,
) -> Site<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = actix_web::Error,
        InitError = (),
    >,
> {
    Site::new()
        .app_data(web::Data::new(app))
        .app_data(settings.limits)
        .route("/healthz", web::get().to(HttpResponse::NoContent))
}

/// The OpenAPI document as text.
pub(super) fn openapi() -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(&utoipa::openapi::OpenApi::default())
}
