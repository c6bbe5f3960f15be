//! The application that actix serves: routes, limits, problems, in their order.

use std::sync::{Arc, LazyLock};

use actix_web::{
    body::MessageBody,
    dev::{ServiceFactory, ServiceRequest, ServiceResponse},
    middleware::from_fn,
    web::{Bytes, Data},
};
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    document,
    kit::{
        Fallback, Limits, Parameters, Problems, Proxies, Rates, RatesConfig, Texts, Work, bound_bodies,
        refuse_encodings,
    },
    metrics::{self, Metrics, Traffic},
    public::{self, PublicAnswers},
};
use crate::{
    i18n::I18n,
    kernel::{Clock, LocaleTag},
    service::{App, Args},
};

/// What a server is set to beside the application.
#[derive(Clone)]
pub struct Settings {
    /// Limits of request bodies.
    pub limits: Limits,
    /// Prepared answers, which all workers share.
    pub answers: Data<PublicAnswers>,
    /// How often one may ask, counted for all workers together.
    pub rates: Data<Rates>,
    /// How much is worked on at the same time.
    pub work: Work,
    /// Proxies that are believed.
    pub proxies: Proxies,
    /// What is counted, and who may read it.
    pub metrics: Metrics,
    /// What the document says.
    documented: Documented,
}

/// Made once in a process: it takes far more memory and time than its use.
static DOCUMENTED: LazyLock<Documented> = LazyLock::new(Documented::new);

#[derive(Clone)]
struct Documented {
    text: Bytes,
    traffic: Traffic,
    fallback: Fallback,
    parameters: Parameters,
}

impl Documented {
    fn new() -> Self {
        let document = document::openapi();
        let text = document.to_json().expect("the document serialises").into();
        let traffic = Traffic::of(&document);
        Self { text, traffic, fallback: Fallback::of(&document), parameters: Parameters::of(&document) }
    }
}

impl Settings {
    /// Settings with a room for prepared answers of so many bytes.
    pub fn new(limits: Limits, answers: u64) -> Self {
        let documented = DOCUMENTED.clone();
        Self {
            limits,
            metrics: Metrics::new(documented.traffic.anew(), Clock::system().now()),
            answers: Data::new(PublicAnswers::new(answers)),
            rates: Data::new(Rates::new(&RatesConfig::default(), &Clock::system())),
            work: Work::new(512),
            proxies: Proxies::default(),
            documented,
        }
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
    let problems = Problems::new(texts).at(&app.office.base_url);
    let Documented { text, fallback, parameters, .. } = settings.documented.clone();
    actix_web::App::new()
        // Before the public pages, whose `/{locale}` would take `/docs` and `/metrics` for languages.
        .configure(|config| document::serve(config, text))
        .configure(|config| metrics::beside(config, settings))
        .configure(|config| document::routes(&mut ServiceConfig::new(config)))
        .app_data(Data::new(app))
        .app_data(settings.answers.clone())
        .app_data(settings.limits)
        .app_data(settings.rates.clone())
        .app_data(settings.work.clone())
        .app_data(settings.proxies.clone())
        .app_data(parameters)
        .default_service(fallback.service(public::old_address))
        .wrap(from_fn(refuse_encodings))
        .wrap(problems)
        .wrap(from_fn(bound_bodies))
}
