//! Whether the server is alive, and whether it can answer.

use std::sync::atomic::Ordering;

use actix_web::{HttpResponse, http::header::CACHE_CONTROL, route, web::Data};
use serde::Serialize;
use tokio::sync::OnceCell;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::{
    http::kit::Problem,
    service::{App, Error},
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.app_data(Data::new(Migrated::default())).service(alive).service(ready);
}

/// That the schema was found up to date; a running program's stays so.
#[derive(Debug, Default)]
struct Migrated(OnceCell<()>);

/// The state of the server.
#[derive(Serialize, ToSchema)]
pub(super) struct HealthView {
    /// `ok`.
    status: &'static str,
}

fn fine() -> HttpResponse {
    HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(HealthView { status: "ok" })
}

/// The process answers.
#[utoipa::path(get, path = "/healthz", operation_id = "checkHealth", tag = "operation",
    responses((status = 200, description = "It does.", body = HealthView)))]
#[route("/healthz", method = "GET", method = "HEAD")]
async fn alive() -> HttpResponse {
    fine()
}

/// The database answers, and its schema is up to date.
#[utoipa::path(get, path = "/readyz", operation_id = "checkReadiness", tag = "operation",
    responses(
        (status = 200, description = "It can serve.", body = HealthView),
        (status = 503, description = "It cannot serve now.", body = Problem, content_type = "application/problem+json"),
    ))]
#[route("/readyz", method = "GET", method = "HEAD")]
async fn ready(app: Data<App>, migrated: Data<Migrated>) -> Result<HttpResponse, Error> {
    if app.stopping.load(Ordering::Relaxed) {
        return Err(Error::unavailable("the server is stopping"));
    }
    app.db.ping().await.map_err(Error::unavailable)?;
    let pending = async || match app.db.pending_migrations().await {
        Ok(0) => Ok(()),
        Ok(more) => Err(Error::unavailable(format!("{more} migrations are pending"))),
        Err(fault) => Err(Error::unavailable(fault)),
    };
    migrated.0.get_or_try_init(pending).await?;
    Ok(fine())
}
