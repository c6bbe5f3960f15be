//! The hub's one address: who wants to be sent a feed says so here (WebSub).

use std::collections::HashMap;

use actix_web::{FromRequest, HttpMessage as _, HttpRequest, HttpResponse, dev::Payload, post, web::Data};
use utoipa::ToSchema;

use crate::{
    http::kit::{Limits, Problem, Rates, Work, read_body},
    service::{
        App, Code, Error, FieldCode, FieldError,
        hub::{self, Asked},
    },
};

/// Longest form, in bytes.
const FORM: usize = 16_384;

/// What a subscriber asks for. Parameters that are not known are ignored, as the specification wants it.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only its description is used: parameters beside these are ignored")]
struct HubForm {
    /// `subscribe` or `unsubscribe`.
    #[schema(rename = "hub.mode", example = "subscribe")]
    mode: String,
    /// Where the feed is to be sent.
    #[schema(rename = "hub.callback", example = "https://reader.example/websub/7c1d")]
    callback: String,
    /// The feed's own address, as its `rel="self"` says it.
    #[schema(rename = "hub.topic", example = "https://lantoa.lamhai.example/feeds/vi/all.atom")]
    topic: String,
    /// For how many seconds: from five minutes to thirty days, ten days if nothing is said.
    #[schema(rename = "hub.lease_seconds")]
    lease_seconds: Option<u64>,
    /// What our messages are to be signed with (`X-Hub-Signature: sha256=…`), fewer than 200 bytes.
    #[schema(rename = "hub.secret")]
    secret: Option<String>,
}

/// The parameters of a form, each as it came last.
struct Form(HashMap<String, String>);

impl Form {
    fn needed(&self, name: &'static str, faults: &mut Vec<FieldError>) -> String {
        let value = self.0.get(name).filter(|value| !value.is_empty());
        if value.is_none() {
            faults.push(FieldError::new(name, FieldCode::Required));
        }
        value.cloned().unwrap_or_default()
    }

    fn asked(mut self) -> Result<Asked, Error> {
        let mut faults = Vec::new();
        let mode = self.needed("hub.mode", &mut faults);
        let (callback, topic) = (self.needed("hub.callback", &mut faults), self.needed("hub.topic", &mut faults));
        if !mode.is_empty() && mode.parse::<crate::domain::hub::Mode>().is_err() {
            faults.push(FieldError::new("hub.mode", FieldCode::NotOneOf).with("expected", "subscribe, unsubscribe"));
        }
        let lease = self.0.get("hub.lease_seconds").filter(|raw| !raw.is_empty()).map(|raw| raw.parse());
        if lease.as_ref().is_some_and(Result::is_err) {
            faults.push(FieldError::new("hub.lease_seconds", FieldCode::WrongType).with("expected", "integer"));
        }
        let (Ok(mode), true) = (mode.parse(), faults.is_empty()) else { return Err(Error::invalid(faults)) };
        let lease = lease.and_then(Result::ok);
        Ok(Asked { mode, callback, topic, lease, secret: self.0.remove("hub.secret").map(Into::into) })
    }
}

impl FromRequest for Form {
    type Error = Error;
    type Future = std::pin::Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            Rates::count(&request, None)?;
            let is_form = request.mime_type().ok().flatten();
            if is_form.is_none_or(|kind| kind.essence_str() != "application/x-www-form-urlencoded") {
                return Err(Error::new(Code::UnsupportedMediaType));
            }
            let limits = Limits { body: FORM, ..Limits::of(&request) };
            let body = read_body(&request, payload, limits).await?;
            Work::begin(&request)?;
            Ok(Self(url::form_urlencoded::parse(&body).into_owned().collect()))
        })
    }
}

/// Subscribe to a feed, renew that, or end it (WebSub).
///
/// Whoever is called at `hub.callback` is asked first whether they meant it. Then the feed is sent there, whole, each
/// time that it changes, until the subscription ends. More under “Subscribing” in the guide to the feeds.
#[utoipa::path(post, path = "/hub", operation_id = "subscribeToFeed", tag = "feeds",
    request_body(content = HubForm, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 202, description = "Taken; whether it was meant is asked next."),
        (status = 404, description = "There is no hub here.", body = Problem, content_type = "application/problem+json"),
        (status = 408, description = "The form did not come in time.", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "The form is too long.", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "No form.", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Something needed is missing, the callback is none that can be called, or the topic is no feed of ours.", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too often.", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "As many subscribe as can be.", body = Problem, content_type = "application/problem+json"),
    ))]
#[post("/hub")]
pub(super) async fn subscribe(app: Data<App>, form: Form) -> Result<HttpResponse, Error> {
    hub::ask(&app, form.asked()?).await?;
    Ok(HttpResponse::Accepted().insert_header(("cache-control", "no-store")).finish())
}
