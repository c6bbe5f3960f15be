//! Who is signed in, from the access token; what they may do is settled later, in the transaction.

use std::pin::Pin;

use actix_web::{
    FromRequest, HttpMessage as _, HttpRequest, HttpResponse,
    body::MessageBody,
    dev::{Payload, ServiceRequest, ServiceResponse},
    http::Method,
    middleware::Next,
    web::Data,
};

use super::kit::{IdempotencyKey, IfMatch, Parameters, PreferredLocale, Rates, StrictJson, Work, bearer};
use crate::{
    kernel::Digest,
    service::{Answer, App, Caller, Code, Error, Once, Ticket},
};

/// Counts a request of the editing side, of the account that its token names, else of its address, and gives it a
/// place to be worked on; one that changes something gets its place when its body is here.
pub(super) async fn limit(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse, actix_web::Error> {
    let caller = named(request.request()).ok().map(|(_, caller)| caller);
    if let Some(caller) = caller {
        request.extensions_mut().insert(Named(caller));
    }
    let refused = |request: ServiceRequest, refusal: Error| {
        Ok(ServiceResponse::new(request.into_parts().0, HttpResponse::from_error(refusal)))
    };
    match Rates::count(request.request(), caller.map(|caller| caller.account)) {
        Ok(Some(standing)) => drop(request.extensions_mut().insert(standing)),
        Ok(None) => {}
        Err(refusal) => return refused(request, refusal),
    }
    let reads = [Method::GET, Method::HEAD].contains(request.method());
    if reads && let Err(refusal) = Work::begin_whole(request.request()) {
        return refused(request, refusal);
    }
    next.call(request).await.map(ServiceResponse::map_into_boxed_body)
}

/// The caller that a good token names, so that it is verified once for each request.
#[derive(Clone, Copy)]
struct Named(Caller);

/// The signed-in caller of a request, whose sign-in held when the request came. It is looked at
/// again, with the rights, in the transaction: this makes 401 the answer before any other refusal.
#[derive(Clone, Copy, Debug)]
pub(super) struct Signed(pub(super) Caller);

impl FromRequest for Signed {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let named = named(req);
        let parameters = Parameters::check(req);
        let request = req.clone();
        Box::pin(async move {
            let (app, caller) = named?;
            let spoken = app.admit(caller).await?;
            request.extensions_mut().insert(PreferredLocale(spoken));
            // After and not before: a stranger hears 401 first, whatever else is wrong.
            parameters?;
            Ok(Self(caller))
        })
    }
}

/// The caller that the request's token names.
fn named(req: &HttpRequest) -> Result<(Data<App>, Caller), Error> {
    let refused = || Error::new(Code::Unauthenticated);
    let app = req.app_data::<Data<App>>().ok_or_else(|| Error::internal("no application"))?;
    if let Some(Named(caller)) = req.extensions().get() {
        return Ok((app.clone(), *caller));
    }
    let token = bearer(req)?.ok_or_else(refused)?;
    let claims = app.tokens.verify(token, app.clock.now()).map_err(|bad| {
        tracing::debug!(%bad, "an access token was refused");
        refused()
    })?;
    Ok((app.clone(), Caller { account: claims.account, session: claims.session }))
}

/// The version that the client saw. `*` names none, and a change of whatever is there could be lost.
pub(super) fn seen(condition: IfMatch) -> Result<i64, Error> {
    condition.version().ok_or_else(|| Error::new(Code::PreconditionRequired))
}

/// The ticket of a request that may come again.
pub(super) fn once<T, B>(
    req: &HttpRequest,
    key: IdempotencyKey,
    body: &StrictJson<B>,
    render: fn(&T) -> Answer,
) -> Once<T> {
    once_of(req, key, body.digest(), render)
}

/// The same for a request whose body is told by its hash alone.
pub(super) fn once_of<T>(req: &HttpRequest, key: IdempotencyKey, request: Digest, render: fn(&T) -> Answer) -> Once<T> {
    let ticket = key.0.map(|key| Ticket { operation: format!("{} {}", req.method(), req.path()), key, request });
    Once::new(ticket, render)
}
