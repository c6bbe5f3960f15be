//! The key with which a client names one attempt, so that sending it again does nothing new.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header::HeaderName};

use super::header::{bad_header, single_header};
use crate::service::Error;

const NAME: HeaderName = HeaderName::from_static("idempotency-key");
const MAX: usize = 128;

/// The request's `Idempotency-Key`, 1 to 128 visible ASCII characters, if it has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotencyKey(pub Option<String>);

impl FromRequest for IdempotencyKey {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(read(req).map(Self))
    }
}

fn read(req: &HttpRequest) -> Result<Option<String>, Error> {
    let Some(key) = single_header(req, &NAME)? else { return Ok(None) };
    let visible = key.bytes().all(|byte| byte.is_ascii_graphic());
    if (1..=MAX).contains(&key.len()) && visible { Ok(Some(key.to_owned())) } else { Err(bad_header(&NAME)) }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;
    use crate::service::Code;

    fn key(value: &str) -> Result<Option<String>, Code> {
        read(&TestRequest::default().insert_header((NAME, value)).to_http_request()).map_err(|e| e.code())
    }

    #[test]
    fn a_key_is_one_to_128_visible_characters() {
        assert_eq!(key("a-1\"{}"), Ok(Some("a-1\"{}".to_owned())));
        assert_eq!(key(&"k".repeat(128)), Ok(Some("k".repeat(128))));
        for bad in ["", " ", "a b", "é", &"k".repeat(129)] {
            assert_eq!(key(bad), Err(Code::BadHeader), "{bad}");
        }
    }

    #[test]
    fn no_key_is_fine_and_two_are_not() {
        assert!(matches!(read(&TestRequest::default().to_http_request()), Ok(None)));
        let two = TestRequest::default().append_header((NAME, "a")).append_header((NAME, "a")).to_http_request();
        assert_eq!(read(&two).map_err(|e| e.code()), Err(Code::BadHeader));
    }
}
