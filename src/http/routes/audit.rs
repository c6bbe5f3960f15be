//! The audit chain, for auditors.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, route, web::Data};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::{
    domain::audit::Entry,
    http::{
        kit::{InOrder, StrictQuery},
        signed::Signed,
        wire::{List, Refused, editing, limit_within, next_link, number_before},
    },
    kernel::cursor::{DEFAULT_LIMIT, MAX_LIMIT},
    service::{App, Error, audit},
};

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(verify).service(index);
}

/// An entry of the chain.
#[derive(Debug, Serialize, ToSchema)]
struct EntryView {
    /// Its place, from 1.
    seq: u64,
    at: String,
    /// Who; null for the system itself.
    actor: Option<Uuid>,
    /// What, such as `edition.publication`.
    action: String,
    /// The kind of thing it was done to.
    subject_type: String,
    /// Its id or code.
    subject_id: String,
    /// Ids and hashes that prove it.
    #[schema(value_type = Object)]
    data: serde_json::Value,
    /// The hash of the entry before.
    prev: String,
    /// Its own hash.
    hash: String,
}

impl From<Entry> for EntryView {
    fn from(entry: Entry) -> Self {
        Self {
            seq: entry.seq,
            at: entry.draft.at.to_string(),
            actor: entry.draft.actor.map(|id| id.0),
            action: entry.draft.action,
            subject_type: entry.draft.subject_type,
            subject_id: entry.draft.subject_id,
            data: entry.draft.data,
            prev: entry.prev.to_string(),
            hash: entry.hash.to_string(),
        }
    }
}

/// What verifying the chain found.
#[derive(Debug, Serialize, ToSchema)]
struct VerificationView {
    /// Whether nothing is wrong.
    valid: bool,
    /// Entries that are good, from the first on.
    entries: u64,
    /// The hash of the last good one.
    head: String,
    /// The first thing that is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    broken: Option<BrokenView>,
}

/// What is wrong with the chain, and where.
#[derive(Debug, Serialize, ToSchema)]
struct BrokenView {
    /// The entry's place.
    seq: u64,
    /// `missing`, `altered` or `cut-short`.
    what: &'static str,
}

/// Which page of the chain.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct AuditQuery {
    /// Items of the page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
    /// Where the page begins: the `next_cursor` of the page before.
    cursor: Option<String>,
}

/// The chain's entries, newest first.
#[utoipa::path(get, path = "/audit", operation_id = "listAudit", tag = "audit", security(("bearer" = [])), params(AuditQuery),
    responses((status = 200, description = "A page of the chain's entries", body = List<EntryView>), Refused))]
#[route("/audit", method = "GET", method = "HEAD")]
async fn index(
    app: Data<App>,
    req: HttpRequest,
    args: InOrder<Signed, StrictQuery<AuditQuery>>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, StrictQuery(asked)) = args;
    let limit = limit_within(asked.limit.unwrap_or(DEFAULT_LIMIT), MAX_LIMIT)?;
    let before = number_before(asked.cursor.as_deref())?;
    let mut found = audit::page(&app, signed.0, before, limit + 1).await?;
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = found.len() > wanted;
    found.truncate(wanted);
    let next_cursor = found.last().filter(|_| more).map(|last| last.seq.to_string());
    let mut answer = editing(StatusCode::OK);
    if let Some(cursor) = &next_cursor {
        answer.insert_header(("link", next_link(&req, cursor)));
    }
    Ok(answer.json(List { items: found.into_iter().map(EntryView::from).collect(), next_cursor }))
}

/// Verify the chain from its first entry.
#[utoipa::path(get, path = "/audit/verify", operation_id = "verifyAudit", tag = "audit", security(("bearer" = [])),
    responses((status = 200, description = "What verifying found", body = VerificationView), Refused))]
#[route("/audit/verify", method = "GET", method = "HEAD")]
async fn verify(app: Data<App>, signed: Signed) -> Result<HttpResponse, Error> {
    use crate::domain::audit::Broken;
    let report = audit::verify_as(&app, signed.0).await?;
    let broken = report.broken.map(|broken| {
        let what = match broken {
            Broken::Missing(_) => "missing",
            Broken::Altered(_) => "altered",
            Broken::CutShort(_) => "cut-short",
        };
        BrokenView { seq: broken.seq(), what }
    });
    let view =
        VerificationView { valid: broken.is_none(), entries: report.entries, head: report.head.to_string(), broken };
    Ok(editing(StatusCode::OK).json(view))
}
