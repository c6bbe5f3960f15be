//! Reading one request header that may stand once at most.

use actix_web::{HttpRequest, http::header::HeaderName};

use crate::service::{Code, Error};

/// The value of a header that is visible ASCII and stands once, or nothing where it is absent.
pub fn single_header<'a>(req: &'a HttpRequest, name: &HeaderName) -> Result<Option<&'a str>, Error> {
    let mut values = req.headers().get_all(name);
    let Some(value) = values.next() else { return Ok(None) };
    if values.next().is_some() {
        return Err(bad_header(name));
    }
    value.to_str().map(|text| Some(text.trim())).map_err(|_| bad_header(name))
}

/// The refusal of a header that cannot be read.
pub(super) fn bad_header(name: &HeaderName) -> Error {
    Error::new(Code::BadHeader).with("header", name.as_str()).extra("header", name.as_str())
}
