//! What an operator's Prometheus reads. It holds numbers alone: no address, no person, no title.

mod page;
mod process;
mod text;
mod traffic;

use std::{io, net::TcpListener};

use actix_web::{
    HttpResponse, HttpServer, Route,
    dev::Server,
    guard::{self, GuardContext},
    http::header::{CACHE_CONTROL, CONTENT_TYPE, FORWARDED, HeaderName, VIA},
    web::{self, Data, ServiceConfig},
};

use super::{Settings, kit::Work, public::PublicAnswers};
use crate::{kernel::Timestamp, service::App};

pub(super) use traffic::{Place, Traffic};

/// What a proxy says of whom it was asked by.
const OF_A_PROXY: [HeaderName; 5] = [
    FORWARDED,
    VIA,
    HeaderName::from_static("x-forwarded-for"),
    HeaderName::from_static("x-forwarded-host"),
    HeaderName::from_static("x-real-ip"),
];

/// What is counted, and who may read it.
#[derive(Clone, Debug)]
pub struct Metrics {
    /// Requests.
    pub(super) traffic: Traffic,
    /// When counting began.
    began: Timestamp,
    /// Whether it is told at the server's own address, to this machine alone.
    pub here: bool,
}

impl Metrics {
    pub(super) fn new(traffic: Traffic, began: Timestamp) -> Self {
        Self { traffic, began, here: true }
    }
}

/// `/metrics` at the server's own address, for this machine; for anybody else it is not there.
pub(super) fn beside(config: &mut ServiceConfig, settings: &Settings) {
    if settings.metrics.here {
        config.app_data(Data::new(Told::of(settings)));
        config.route("/metrics", reads().guard(guard::fn_guard(is_of_this_machine)).to(tell));
    }
}

fn reads() -> Route {
    web::route().guard(guard::Any(guard::Get()).or(guard::Head()))
}

/// What is told from.
struct Told {
    metrics: Metrics,
    work: Work,
    answers: Data<PublicAnswers>,
}

impl Told {
    fn of(settings: &Settings) -> Self {
        let (metrics, work) = (settings.metrics.clone(), settings.work.clone());
        Self { metrics, work, answers: settings.answers.clone() }
    }
}

/// Whether who asks sits at this machine. A proxy on it sits there too, and asks for somebody who does not.
fn is_of_this_machine(request: &GuardContext<'_>) -> bool {
    let head = request.head();
    let is_here = head.peer_addr.is_some_and(|peer| peer.ip().to_canonical().is_loopback());
    is_here && !OF_A_PROXY.iter().any(|name| head.headers.contains_key(name))
}

async fn tell(app: Data<App>, told: Data<Told>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, text::MEDIA_TYPE))
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(page::render(&app, &told).await)
}

/// A listener that tells nothing else, to everybody who reaches it.
pub fn listen_for_metrics(app: &App, settings: &Settings, listener: TcpListener) -> io::Result<Server> {
    let (app, told) = (Data::new(app.clone()), Data::new(Told::of(settings)));
    let application = move || {
        let routed = actix_web::App::new().app_data(app.clone()).app_data(told.clone());
        routed.route("/metrics", reads().to(tell))
    };
    Ok(HttpServer::new(application).workers(1).max_connections(64).disable_signals().listen(listener)?.run())
}
