//! One who reads: the request with what answers it.

use std::{
    future::{Ready, ready},
    pin::Pin,
    sync::Arc,
};

use actix_web::{
    FromRequest, HttpRequest, HttpResponse,
    dev::Payload,
    http::header::{HeaderName, HeaderValue},
    web::Data,
};
use serde::{Deserialize, Serialize};

use super::{FRESH, PublicAnswers, answers::Made, delta::Bases, detour::Detour};
use crate::{
    http::kit::{Prepared, Rates, Work},
    service::{App, Error},
};

/// Bytes that a document is given before it is known how long it is.
const ROOM: usize = 65_536;

/// The making of an answer; boxed, since it holds the whole way down to the database.
pub(super) type Making<'a> = Pin<Box<dyn Future<Output = Result<Made, Detour>> + 'a>>;

/// A request for something public, and what answers it.
pub(super) struct Reader {
    pub(super) request: HttpRequest,
    pub(super) app: Data<App>,
    answers: Data<PublicAnswers>,
}

impl FromRequest for Reader {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let part = || {
            let app = request.app_data::<Data<App>>()?.clone();
            let answers = request.app_data::<Data<PublicAnswers>>()?.clone();
            Some(Self { request: request.clone(), app, answers })
        };
        ready(part().ok_or_else(|| Error::internal("the application and its answers are not in the app data")))
    }
}

impl Reader {
    /// The answer of a key, made if it is not there yet.
    ///
    /// Only the making of one is counted, so that who reads what is ready is never told to wait.
    pub(super) async fn prepared(&self, key: String, make: Making<'_>) -> Result<Arc<Prepared>, Arc<Detour>> {
        let enter = || {
            Rates::count(&self.request, None)?;
            Work::begin(&self.request)
        };
        self.answers.get(&self.app, key, enter, make).await
    }

    /// What a program is answered.
    pub(super) async fn answer(&self, key: String, make: impl Future<Output = Result<Made, Detour>>) -> HttpResponse {
        match self.prepared(key, Box::pin(make)).await {
            Ok(answer) => answer.respond(&self.request),
            Err(detour) => detour.respond(),
        }
    }

    /// What was in feeds that were given.
    pub(super) fn bases(&self) -> &Bases {
        &self.answers.bases
    }

    /// A header of the request as text.
    pub(super) fn header(&self, name: &HeaderName) -> Option<&str> {
        self.request.headers().get(name)?.to_str().ok()
    }
}

/// The parameters of an address that has none.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Nothing {}

/// A document of ours as an answer.
pub(super) fn json(body: &impl Serialize) -> Prepared {
    // A page of items grew ten times from nothing, and was copied each time.
    let mut text = Vec::with_capacity(ROOM);
    serde_json::to_writer(&mut text, body).expect("structs of text, numbers and JSON values always serialise");
    text.shrink_to_fit();
    Prepared::new("application/json", FRESH, text)
}

/// A text of ours as a header's value.
pub(super) fn header_value(text: &str) -> Result<HeaderValue, Error> {
    HeaderValue::from_str(text).map_err(Error::internal)
}
