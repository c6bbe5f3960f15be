//! What the refusals of actix and of libraries over it mean in our codes.

use actix_web::{
    error::{JsonPayloadError, PathError, PayloadError, QueryPayloadError},
    http::StatusCode,
};

use super::payload_error;
use crate::service::{Code, Error};

/// The error of ours that stands for an error answer which is not ours.
pub(super) fn translated(status: StatusCode, cause: Option<&actix_web::Error>) -> Error {
    cause.and_then(by_type).unwrap_or_else(|| match (by_status(status), cause) {
        // For the log: a foreign fault's own words; its answer says nothing of them.
        (Code::Internal, Some(cause)) => Error::internal(cause.to_string()),
        (code, _) => Error::new(code),
    })
}

fn by_type(cause: &actix_web::Error) -> Option<Error> {
    if let Some(payload) = cause.as_error::<PayloadError>() {
        return Some(payload_error(payload));
    }
    match cause.as_error::<JsonPayloadError>() {
        Some(JsonPayloadError::Payload(payload)) => return Some(payload_error(payload)),
        Some(JsonPayloadError::Deserialize(_)) => return Some(Error::new(Code::MalformedJson)),
        _ => {}
    }
    if cause.as_error::<QueryPayloadError>().is_some() {
        return Some(Error::new(Code::BadParameter));
    }
    cause.as_error::<PathError>().map(|_| Error::not_found())
}

fn by_status(status: StatusCode) -> Code {
    match status.as_u16() {
        401 => Code::Unauthenticated,
        403 => Code::Forbidden,
        404 => Code::NotFound,
        405 => Code::MethodNotAllowed,
        406 => Code::NotAcceptable,
        408 => Code::RequestTimeout,
        410 => Code::Gone,
        412 => Code::PreconditionFailed,
        413 => Code::BodyTooLarge,
        415 => Code::UnsupportedMediaType,
        422 => Code::Invalid,
        428 => Code::PreconditionRequired,
        429 => Code::TooManyRequests,
        502..=504 => Code::Unavailable,
        // What remains of the 4xx is about the head of a request: a preflight that does not
        // hold together (400), a length that is missing (411), headers that are too long (431).
        400..=499 => Code::BadHeader,
        _ => Code::Internal,
    }
}

#[cfg(test)]
mod tests {
    use actix_web::error::{ErrorBadGateway, ErrorImATeapot, ErrorNotFound, ErrorUnauthorized};

    use super::*;

    #[test]
    fn a_status_that_one_code_has_alone_keeps_it() {
        for status in [401, 403, 404, 405, 406, 408, 410, 412, 413, 415, 422, 428, 429, 500, 503] {
            assert_eq!(by_status(StatusCode::from_u16(status).unwrap()).status(), status);
        }
    }

    #[test]
    fn foreign_errors_have_a_code_of_their_class() {
        let code = |error: actix_web::Error| translated(error.as_response_error().status_code(), Some(&error)).code();
        assert_eq!(code(ErrorNotFound("x")), Code::NotFound);
        assert_eq!(code(ErrorUnauthorized("x")), Code::Unauthenticated);
        assert_eq!(code(ErrorImATeapot("x")), Code::BadHeader);
        assert_eq!(code(PayloadError::Overflow.into()), Code::BodyTooLarge);
        assert_eq!(code(std::io::Error::other("disk").into()), Code::Internal);
        assert_eq!(code(ErrorBadGateway("x")), Code::Unavailable);
    }
}
