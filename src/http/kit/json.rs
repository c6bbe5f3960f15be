//! The JSON body of a request, read strictly into a type.

use std::pin::Pin;

use actix_web::{
    FromRequest, HttpMessage as _, HttpRequest,
    dev::Payload,
    http::header::{CONTENT_ENCODING, CONTENT_TYPE},
};
use serde::{Deserialize as _, Deserializer, de::DeserializeOwned};
use serde_json::Value;

use super::{Limits, fault::Fault, json_text, node::Node, read_body, work::Work};
use crate::{
    kernel::Digest,
    service::{Code, Error},
};

/// A body of JSON that is exactly what its type describes.
///
/// It refuses another media type or a content encoding (415), more bytes than `LIMIT` or, where
/// that is 0, than [`Limits`] says (413), a body that is not here in time (408), text that is no
/// UTF-8 or no JSON, a member twice or unknown (400), and values that do not fit (422), and names
/// the place as a JSON pointer. DTOs say `deny_unknown_fields`; inside internally tagged, untagged
/// and flattened parts serde forgets the way, so the pointer ends there: read such a part as a
/// [`Value`] first and on with [`from_value`].
#[derive(Clone, Debug)]
pub struct StrictJson<T, const LIMIT: usize = 0> {
    value: T,
    digest: Digest,
}

impl<T, const LIMIT: usize> StrictJson<T, LIMIT> {
    /// The value.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// The hash of the body's bytes, by which a repeated request is known.
    pub fn digest(&self) -> Digest {
        self.digest
    }
}

impl<T: DeserializeOwned + 'static, const LIMIT: usize> FromRequest for StrictJson<T, LIMIT> {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (req, payload) = (req.clone(), payload.take());
        Box::pin(async move {
            check_head(&req)?;
            let mut limits = Limits::of(&req);
            if LIMIT > 0 {
                limits.body = LIMIT;
            }
            let body = read_body(&req, payload, limits).await?;
            Work::begin_whole(&req)?;
            Ok(Self { value: from_value(json_text::parse(&body)?, "")?, digest: Digest::of(&body) })
        })
    }
}

/// The value of a JSON text, read as strictly as a request's body.
pub fn read_json(text: &[u8]) -> Result<Value, Error> {
    json_text::parse(text)
}

/// A part of a body read into its type; `root` is the pointer to the part.
pub fn from_value<T: DeserializeOwned>(value: Value, root: &str) -> Result<T, Error> {
    T::deserialize(Node(value)).map_err(|fault: Fault| fault.in_body(root))
}

/// Tells null, which clears, from absence, which leaves.
pub fn present<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(from).map(Some)
}

fn check_head(req: &HttpRequest) -> Result<(), Error> {
    // The middleware refuses encodings for all routes; here it holds for whoever forgot the middleware.
    if req.headers().get_all(CONTENT_ENCODING).any(|value| !value.as_bytes().eq_ignore_ascii_case(b"identity")) {
        return Err(Error::new(Code::ContentEncoding));
    }
    let once = req.headers().get_all(CONTENT_TYPE).count() == 1;
    let json = req.mime_type().ok().flatten().is_some_and(|media_type| {
        let charset = media_type.get_param("charset");
        media_type.essence_str() == "application/json"
            && charset.is_none_or(|charset| charset.as_str().eq_ignore_ascii_case("utf-8"))
    });
    if once && json { Ok(()) } else { Err(Error::new(Code::UnsupportedMediaType)) }
}

#[cfg(test)]
#[path = "json_tests.rs"]
mod tests;
