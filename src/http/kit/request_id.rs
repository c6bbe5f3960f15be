//! The name of one request, which its answer, its problem and our log share.

use std::{
    fmt,
    future::{Ready, ready},
};

use actix_web::{FromRequest, HttpMessage as _, HttpRequest, dev::Payload, http::header::HeaderValue};
use uuid::Uuid;

use crate::service::Error;

/// An id that we gave to a request; one that the client sends is never taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestId(Uuid);

impl RequestId {
    /// A new id, ordered by time.
    pub(in crate::http) fn fresh() -> Self {
        Self(Uuid::now_v7())
    }

    /// The id as a header's value.
    pub(super) fn header_value(self) -> HeaderValue {
        HeaderValue::from_str(&self.to_string()).expect("a UUID is visible ASCII")
    }

    /// The URI of this very occurrence, for a problem's `instance`.
    pub(super) fn urn(self) -> String {
        self.0.urn().to_string()
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromRequest for RequestId {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        // Without the middleware that gives ids the request still has one, only nobody else knows it.
        ready(Ok(req.extensions().get::<Self>().copied().unwrap_or_else(Self::fresh)))
    }
}
