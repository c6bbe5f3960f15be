//! Reading a whole request body under a limit of bytes and of time.

use std::{io::ErrorKind, time::Duration};

use actix_web::{HttpRequest, dev::Payload, error::PayloadError, http::header, web};
use bytes::{Bytes, BytesMut};
use futures_util::StreamExt as _;

use crate::service::{Code, Error};

/// How much of a body is read, and for how long.
///
/// Kept in the app data; a scope or resource can have its own `body`, but the deadline that
/// [`bound_bodies`](super::bound_bodies) sets is the application's, for it runs before routing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes that a JSON body may have.
    pub body: usize,
    /// Time within which any body has to be here whole.
    pub deadline: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { body: 1 << 20, deadline: Duration::from_secs(30) }
    }
}

impl Limits {
    /// The limits that hold for a request.
    pub fn of(req: &HttpRequest) -> Self {
        let shared = || req.app_data::<web::Data<Self>>().map(|data| ***data);
        req.app_data::<Self>().copied().or_else(shared).unwrap_or_default()
    }
}

/// The whole body of a request, or why it is not taken.
pub async fn read_body(req: &HttpRequest, payload: Payload, limits: Limits) -> Result<Bytes, Error> {
    let announced = req.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    // A body that says it is too long is refused before a byte of it is taken.
    if announced.is_some_and(|length: u64| length > limits.body as u64) {
        return Err(too_large(limits.body));
    }
    let whole = tokio::time::timeout(limits.deadline, collect(payload, limits.body));
    whole.await.unwrap_or_else(|_| Err(Error::new(Code::RequestTimeout)))
}

async fn collect(mut payload: Payload, limit: usize) -> Result<Bytes, Error> {
    let mut body = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|error| payload_error(&error))?;
        if body.len() + chunk.len() > limit {
            return Err(too_large(limit));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

fn too_large(limit: usize) -> Error {
    Error::new(Code::BodyTooLarge).with("max", limit).extra("max_bytes", limit)
}

/// What it means that a body could not be read on.
pub fn payload_error(error: &PayloadError) -> Error {
    Error::new(match error {
        PayloadError::Overflow => Code::BodyTooLarge,
        PayloadError::Io(cause) if cause.kind() == ErrorKind::TimedOut => Code::RequestTimeout,
        // Broken chunks, or a sender that hung up: no JSON, whatever it was to become.
        _ => Code::MalformedJson,
    })
}
