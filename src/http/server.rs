//! The application that actix serves: routes, limits, problems, in their order.

use std::sync::Arc;

use actix_web::{
    body::MessageBody,
    dev::{ServiceFactory, ServiceRequest, ServiceResponse},
    middleware::from_fn,
    web::Data,
};
use utoipa_actix_web::AppExt as _;

use super::{
    document,
    kit::{Fallback, Limits, Parameters, Problems, Texts, bound_bodies, refuse_encodings},
    routes,
};
use crate::{
    i18n::I18n,
    kernel::LocaleTag,
    service::{App, Args},
};

/// What a server is set to beside the application.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Limits of request bodies.
    pub limits: Limits,
}

impl Texts for I18n {
    fn negotiate(&self, accept: Option<&str>, preferred: Option<&LocaleTag>) -> LocaleTag {
        Self::negotiate(self, accept, preferred)
    }

    fn text(&self, locale: &LocaleTag, key: &str, args: &Args) -> String {
        Self::text(self, locale, key, args)
    }
}

/// The application with all its routes.
pub fn app(
    app: App,
    settings: &Settings,
) -> actix_web::App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody + use<>>,
        Error = actix_web::Error,
        InitError = (),
    > + use<>,
> {
    let texts: Arc<dyn Texts> = Arc::new(app.i18n.clone());
    let document = document::openapi();
    let (actix, _) = actix_web::App::new().into_utoipa_app().configure(routes::configure).split_for_parts();
    actix
        .app_data(Data::new(app))
        .app_data(settings.limits)
        .app_data(Parameters::of(&document))
        .default_service(Fallback::of(&document).service())
        .configure(|config| document::serve(config, document.clone()))
        .wrap(from_fn(refuse_encodings))
        .wrap(Problems::new(texts))
        .wrap(from_fn(bound_bodies))
}
