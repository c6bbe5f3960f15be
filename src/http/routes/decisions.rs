//! Many decisions in one call: each in a transaction of its own, each with a result of its own.

use actix_web::{
    HttpMessage as _, HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{ACCEPT_LANGUAGE, CONTENT_LANGUAGE, VARY},
    },
    post,
    web::Data,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::reviews::{CaseView, CreateWaiver, seen_hash, shown};
use crate::{
    domain::workflow::Case,
    http::{
        kit::{IdempotencyKey, InOrder, PreferredLocale, Problem, RequestId, StrictJson, Texts},
        signed::Signed,
        wire::{Refused, Verdict, editing},
    },
    kernel::{AccountId, ArticleId, Digest, LocaleTag},
    service::{
        App, Caller, Done, Error, FieldCode, FieldError, Once, Ticket,
        review::{self, Decide},
    },
};

/// Decisions of one call at most.
const MAX_DECISIONS: usize = 100;

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(decide_many);
}

/// One of many decisions.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DecideOne {
    /// The article's id.
    #[schema(example = "01a20345-68f1-7d3c-9a2c-5b8f2a0c4e11")]
    article: Uuid,
    /// The edition's locale.
    #[schema(example = "en")]
    locale: String,
    verdict: Verdict,
    /// The hash of the text that was seen.
    content_hash: String,
    /// Why; needed when changes are asked for.
    #[serde(default)]
    comment: String,
    /// The name of the stage, where several run side by side.
    #[serde(default)]
    stage: Option<String>,
    /// For whom a delegate decides.
    #[serde(default)]
    #[schema(example = "01a20345-6941-76e9-bc14-089d51542d8b")]
    on_behalf_of: Option<Uuid>,
    /// Blocking checks that the caller answers for letting pass.
    #[serde(default)]
    waive: Vec<CreateWaiver>,
}

/// Many decisions.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DecideMany {
    /// The decisions, at most 100, taken one after the other.
    items: Vec<DecideOne>,
}

/// What came of one decision.
#[derive(Debug, Serialize, ToSchema)]
struct DecidedView {
    article: Uuid,
    locale: String,
    /// The status that this decision alone would have been answered with.
    status: u16,
    /// The case as it stands now; null if the decision was refused.
    #[schema(value_type = Option<CaseView>)]
    case: Option<Value>,
    /// Why the decision was refused; null if it counts.
    problem: Option<Problem>,
}

/// What came of each decision, in their order.
#[derive(Debug, Serialize, ToSchema)]
struct DecidedManyView {
    items: Vec<DecidedView>,
}

fn order(one: DecideOne, at: &str) -> Result<(LocaleTag, Decide), Error> {
    let under = |error: FieldError| Error::invalid(vec![error]);
    let locale = one.locale.parse();
    let locale = locale.map_err(|_| under(FieldError::new(format!("{at}/locale"), FieldCode::BadLocale)))?;
    let hash = seen_hash(&one.content_hash);
    let hash = hash.map_err(|_| under(FieldError::new(format!("{at}/content_hash"), FieldCode::BadHash)))?;
    let order = Decide {
        verdict: one.verdict.into(),
        hash,
        comment: one.comment,
        stage: one.stage,
        on_behalf_of: one.on_behalf_of.map(AccountId),
        waive: one.waive.into_iter().map(Into::into).collect(),
    };
    Ok((locale, order))
}

/// Decide on many texts at once: each decision counts or is refused by itself.
#[utoipa::path(operation_id = "decideMany", tag = "review", security(("bearer" = [])), request_body = DecideMany,
    params(("Idempotency-Key" = Option<String>, Header, description = "Repeats of the same request give each decision that counted the same result, and try again those that were refused")),
    responses((status = 200, description = "What came of each decision", body = DecidedManyView), Refused))]
#[post("/decisions")]
async fn decide_many(
    app: Data<App>,
    req: HttpRequest,
    args: InOrder<Signed, (IdempotencyKey, StrictJson<DecideMany>)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (key, body)) = args;
    let digest = body.digest();
    let items = body.into_inner().items;
    if items.len() > MAX_DECISIONS {
        let fault = FieldError::new("/items", FieldCode::TooMany).with("max", MAX_DECISIONS);
        return Err(Error::invalid(vec![fault]));
    }
    // A request that is malformed anywhere is refused whole, before anything is decided.
    let read = |(place, one): (usize, DecideOne)| {
        let article = ArticleId(one.article);
        order(one, &format!("/items/{place}")).map(|(locale, order)| (article, locale, order))
    };
    let orders = items.into_iter().enumerate().map(read).collect::<Result<Vec<_>, _>>()?;
    let reader = Reader::of(&app, &req);
    let mut items = Vec::with_capacity(orders.len());
    for (place, (article, locale, order)) in orders.into_iter().enumerate() {
        let ticket = key.0.clone().map(|key| ticket(place, key, digest));
        let done = one(&app, signed.0, (article, &locale), order, Once::new(ticket, shown)).await;
        let (status, case, problem) = match done {
            Ok(case) => (200, Some(case), None),
            Err(error) => (error.code().status(), None, Some(reader.told(&app, &error))),
        };
        items.push(DecidedView { article: article.0, locale: locale.to_string(), status, case, problem });
    }
    let mut answer = editing(StatusCode::OK);
    // The refusals in it are told in the reader's language.
    answer.insert_header((CONTENT_LANGUAGE, reader.locale.as_str())).insert_header((VARY, "Accept-Language"));
    Ok(answer.json(DecidedManyView { items }))
}

fn ticket(place: usize, key: String, request: Digest) -> Ticket {
    Ticket { operation: format!("POST /api/v1/decisions {place}"), key, request }
}

async fn one(
    app: &App,
    caller: Caller,
    at: (ArticleId, &LocaleTag),
    order: Decide,
    once: Once<Case>,
) -> Result<Value, Error> {
    let body = match review::decide(app, caller, at, order, once).await? {
        Done::Now(case) => shown(&case).body,
        Done::Before(answer) => answer.body,
    };
    serde_json::from_str(&body).map_err(Error::internal)
}

/// Who reads the refusals.
struct Reader {
    locale: LocaleTag,
    request: RequestId,
}

impl Reader {
    fn of(app: &App, req: &HttpRequest) -> Self {
        let preferred = req.extensions().get::<PreferredLocale>().cloned();
        let accept = req.headers().get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        let locale = Texts::negotiate(&app.i18n, accept, preferred.as_ref().map(|one| &one.0));
        let request = req.extensions().get::<RequestId>().copied().unwrap_or_else(RequestId::fresh);
        Self { locale, request }
    }

    fn told(&self, app: &App, error: &Error) -> Problem {
        if error.code().status() >= 500 {
            tracing::error!(request_id = %self.request, error = %error, "one of many decisions failed");
        }
        Problem::of(error, &app.i18n, &self.locale, self.request)
    }
}
