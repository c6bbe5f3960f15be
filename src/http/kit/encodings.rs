//! Bodies come as they are: one that is compressed is refused before anything looks inside.

use actix_web::{
    HttpResponse,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, HeaderMap, HeaderValue},
    middleware::Next,
};

use crate::service::{Code, Error};

/// Refuses each request whose `Content-Encoding` is anything but `identity`, for `from_fn`.
pub async fn refuse_encodings(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse, actix_web::Error> {
    if is_plain(request.headers()) {
        return next.call(request).await.map(ServiceResponse::map_into_boxed_body);
    }
    let mut refusal = HttpResponse::from_error(Error::new(Code::ContentEncoding));
    // RFC 9110, 15.5.16: which encodings would have been taken.
    refusal.headers_mut().insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
    Ok(ServiceResponse::new(request.into_parts().0, refusal))
}

fn is_plain(headers: &HeaderMap) -> bool {
    let plain = |token: &str| token.trim().eq_ignore_ascii_case("identity");
    headers.get_all(CONTENT_ENCODING).all(|value| value.to_str().is_ok_and(|list| list.split(',').all(plain)))
}

#[cfg(test)]
mod tests {
    use std::{cell::Cell, rc::Rc};

    use actix_web::{App, test::TestRequest, web};

    use super::*;
    use crate::http::kit::testing::{send, served};

    #[actix_web::test]
    async fn a_compressed_body_is_refused_before_any_handler_and_a_plain_one_is_not() {
        let calls = Rc::new(Cell::new(0));
        let handler = {
            let calls = Rc::clone(&calls);
            move |_: web::Bytes| {
                calls.set(calls.get() + 1);
                async { HttpResponse::Ok().finish() }
            }
        };
        let app = served!(App::new().default_service(web::to(handler)));
        let post = |encoding: &str| {
            TestRequest::post().uri("/x").insert_header((CONTENT_ENCODING, encoding)).set_payload("x").to_request()
        };

        for encoding in ["gzip", "br", "identity, gzip", "GZIP", "", "x-none", "identity;q=1"] {
            let answer = send(&app, post(encoding)).await;
            assert_eq!(answer.problem(), (415, "content-encoding".to_owned(), String::new()), "{encoding}");
            assert_eq!(answer.header("accept-encoding"), "identity");
        }
        assert_eq!(calls.get(), 0);

        for encoding in ["identity", "Identity", "identity, identity"] {
            assert_eq!(send(&app, post(encoding)).await.status, 200, "{encoding}");
        }
    }
}
