//! The middleware through which every answer leaves: named, safe, and told as a problem where it refuses.

use std::{
    any::Any,
    future::{Ready, poll_fn, ready},
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    rc::Rc,
    sync::Arc,
};

use actix_web::{
    HttpMessage as _, HttpResponse,
    body::{BoxBody, MessageBody},
    dev::{Service, ServiceRequest, ServiceResponse, Transform, forward_ready},
    error::InternalError,
    http::{ConnectionType, StatusCode, header},
};
use header::{HeaderMap, HeaderName, HeaderValue};

use super::{PreferredLocale, Problem, RequestId, Texts, foreign::translated, rates::Standing, safe_headers};
use crate::{
    kernel::LocaleTag,
    service::{Code, Error},
};

const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");
const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// Gives every request its id, every answer the safety headers, and every refusal its problem document.
///
/// A panic of what it wraps becomes a 500 that says nothing of the cause.
#[derive(Clone)]
pub struct Problems {
    texts: Arc<dyn Texts>,
    tls: bool,
}

impl Problems {
    /// Problems in the languages of these texts, at an address without TLS.
    pub fn new(texts: Arc<dyn Texts>) -> Self {
        Self { texts, tls: false }
    }

    /// The same at the server's own address, which may begin with `https`.
    #[must_use]
    pub fn at(self, base_url: &str) -> Self {
        Self { tls: base_url.starts_with("https://"), ..self }
    }
}

impl<S, B> Transform<S, ServiceRequest> for Problems
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = actix_web::Error> + 'static,
    B: MessageBody + 'static,
{
    type Response = ServiceResponse;
    type Error = actix_web::Error;
    type Transform = ProblemsService<S>;
    type InitError = ();
    type Future = Ready<Result<Self::Transform, ()>>;

    fn new_transform(&self, service: S) -> Self::Future {
        ready(Ok(ProblemsService { service: Rc::new(service), problems: self.clone() }))
    }
}

/// A service behind [`Problems`].
pub struct ProblemsService<S> {
    service: Rc<S>,
    problems: Problems,
}

impl<S, B> Service<ServiceRequest> for ProblemsService<S>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = actix_web::Error> + 'static,
    B: MessageBody + 'static,
{
    type Response = ServiceResponse;
    type Error = actix_web::Error;
    type Future = Pin<Box<dyn Future<Output = Result<ServiceResponse, actix_web::Error>>>>;

    forward_ready!(service);

    fn call(&self, request: ServiceRequest) -> Self::Future {
        let id = RequestId::fresh();
        request.extensions_mut().insert(id);
        // Taken before the call, for a panic takes the request with it; a clone of the whole
        // request would not do, because actix wants to be its only owner while it routes.
        let accept = request.headers().get(header::ACCEPT_LANGUAGE).cloned();
        let (service, problems) = (Rc::clone(&self.service), self.problems.clone());
        Box::pin(async move {
            let desk = Desk { texts: &*problems.texts, tls: problems.tls, accept, id };
            match guarded(async move { service.call(request).await }).await {
                Ok(Ok(answer)) => {
                    let (request, response) = answer.into_parts();
                    let preferred = request.extensions().get::<PreferredLocale>().cloned();
                    let mut response = desk.finish(response.map_into_boxed_body(), preferred.map(|p| p.0).as_ref());
                    if let Some(standing) = request.extensions().get::<Standing>() {
                        tell_rate(response.headers_mut(), *standing);
                    }
                    Ok(ServiceResponse::new(request, response))
                }
                Ok(Err(error)) => Err(desk.without_request(HttpResponse::from_error(error))),
                Err(panic) => {
                    let error = Error::internal(format!("panic: {}", message(&*panic)));
                    Err(desk.without_request(HttpResponse::from_error(error)))
                }
            }
        })
    }
}

/// What a future gives, or what it panicked with.
async fn guarded<F: Future>(future: F) -> Result<F::Output, Box<dyn Any + Send>> {
    let mut future = Box::pin(future);
    // Nothing of a request outlives its panic: what the future held is dropped with it.
    poll_fn(move |cx| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx))) {
        Ok(poll) => poll.map(Ok),
        Err(panic) => std::task::Poll::Ready(Err(panic)),
    })
    .await
}

fn message(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("without words")
}

/// Where the answer to one request is made ready to leave.
struct Desk<'a> {
    texts: &'a dyn Texts,
    tls: bool,
    accept: Option<HeaderValue>,
    id: RequestId,
}

impl Desk<'_> {
    /// The answer with its problem document, if it refuses, and with the headers that all answers have.
    fn finish(&self, response: HttpResponse, preferred: Option<&LocaleTag>) -> HttpResponse {
        let mut response = if is_untold(&response) { self.told(response, preferred) } else { response };
        if closes(response.status()) {
            response.head_mut().set_connection_type(ConnectionType::Close);
        }
        let status = response.status();
        let headers = response.headers_mut();
        headers.insert(RequestId::HEADER, self.id.header_value());
        one_vary(headers);
        safe_headers::add(status, headers, self.tls);
        response
    }

    /// The same as an error, where the request is gone and there is no other way to answer.
    fn without_request(&self, response: HttpResponse) -> actix_web::Error {
        let response = self.finish(response, None);
        InternalError::from_response("answered", response).into()
    }

    fn told(&self, response: HttpResponse, preferred: Option<&LocaleTag>) -> HttpResponse {
        let status = response.status();
        let foreign;
        let error = if let Some(ours) = response.error().and_then(|cause| cause.as_error::<Error>()) {
            ours
        } else {
            foreign = translated(status, response.error());
            &foreign
        };
        // That it is busy is no fault, and logging each refusal would make it busier.
        if error.code().status() >= 500 && error.code() != Code::Busy {
            tracing::error!(request_id = %self.id, error = %error, "request failed");
        }
        let accept = self.accept.as_ref().and_then(|value| value.to_str().ok());
        let locale = self.texts.negotiate(accept, preferred);
        let body = Problem::of(error, self.texts, &locale, self.id).to_json();
        let (code, retry_after) = (error.code(), error.retry_after_seconds());

        let mut response = response.set_body(BoxBody::new(body));
        *response.status_mut() = StatusCode::from_u16(code.status()).unwrap_or(status);
        describe(response.headers_mut(), code.status(), &locale, retry_after);
        response
    }
}

/// What is left of the quota that a request was counted in.
fn tell_rate(headers: &mut HeaderMap, standing: Standing) {
    for (name, value) in [(RATE_LIMIT_POLICY, standing.policy()), (RATE_LIMIT, standing.now())] {
        headers.insert(name, HeaderValue::from_str(&value).expect("names and numbers are visible ASCII"));
    }
}

/// What an answer varies by, in one header: some caches look at the first alone.
fn one_vary(headers: &mut HeaderMap) {
    let all: Vec<_> = headers.get_all(header::VARY).filter_map(|value| value.to_str().ok()).collect();
    if all.len() > 1
        && let Ok(one) = HeaderValue::from_str(&all.join(", "))
    {
        headers.insert(header::VARY, one);
    }
}

/// Whether an answer refuses and has neither a problem document nor a page that says so.
fn is_untold(response: &HttpResponse) -> bool {
    let status = response.status();
    let media_type = response.headers().get(header::CONTENT_TYPE).map_or(&b""[..], HeaderValue::as_bytes);
    let told = media_type.starts_with(Problem::MEDIA_TYPE.as_bytes()) || media_type.starts_with(b"text/html");
    (status.is_client_error() || status.is_server_error()) && !told
}

/// After these the rest of the body may still be on its way, and nobody waits for it.
fn closes(status: StatusCode) -> bool {
    matches!(status, StatusCode::REQUEST_TIMEOUT | StatusCode::PAYLOAD_TOO_LARGE)
}

/// The headers that go with a problem document.
fn describe(headers: &mut HeaderMap, status: u16, locale: &LocaleTag, retry_after: Option<u64>) {
    for of_another_body in [
        header::CONTENT_ENCODING,
        header::CONTENT_LENGTH,
        header::CONTENT_DISPOSITION,
        header::ETAG,
        header::LAST_MODIFIED,
    ] {
        headers.remove(of_another_body);
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(Problem::MEDIA_TYPE));
    let language = HeaderValue::from_str(locale.as_str()).expect("a locale tag is visible ASCII");
    headers.insert(header::CONTENT_LANGUAGE, language);
    headers.append(header::VARY, HeaderValue::from_static("Accept-Language"));
    let mut default = |name: HeaderName, value: HeaderValue| {
        if !headers.contains_key(&name) {
            headers.insert(name, value);
        }
    };
    default(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if status == 401 {
        default(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"lantoa\""));
    }
    // The contract promises a moment with each of these two, so one is named even where nobody set it.
    let wait = retry_after.or(match status {
        429 => Some(60),
        503 => Some(5),
        _ => None,
    });
    if let Some(seconds) = wait {
        default(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
}

#[cfg(test)]
#[path = "problems_tests.rs"]
mod tests;
