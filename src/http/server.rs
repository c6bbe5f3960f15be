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
    public::{self, PublicAnswers},
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
    /// Prepared answers, which all workers share.
    pub answers: Data<PublicAnswers>,
}

impl Settings {
    /// Settings with a room for prepared answers of so many bytes.
    pub fn new(limits: Limits, answers: u64) -> Self {
        Self { limits, answers: Data::new(PublicAnswers::new(answers)) }
    }
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
    let fallback = Fallback::of(&document).service(public::old_address);
    let (actix, _) = actix_web::App::new()
        // Before the public pages, whose `/{locale}` would take `/docs` for a language.
        .configure(|config| document::serve(config, &document))
        .into_utoipa_app()
        .configure(document::routes)
        .split_for_parts();
    actix
        .app_data(Data::new(app))
        .app_data(settings.answers.clone())
        .app_data(settings.limits)
        .app_data(Parameters::of(&document))
        .default_service(fallback)
        .wrap(from_fn(refuse_encodings))
        .wrap(Problems::new(texts))
        .wrap(from_fn(bound_bodies))
}
