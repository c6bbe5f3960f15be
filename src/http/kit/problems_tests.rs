use actix_web::{
    App, HttpMessage as _, HttpRequest,
    error::{ErrorForbidden, ErrorInternalServerError},
    middleware::from_fn,
    test::TestRequest,
    web,
};

use super::*;
use crate::{
    http::kit::testing::{Answer, send, served, tag},
    service::{Code, FieldCode},
};

fn get(uri: &str) -> TestRequest {
    TestRequest::get().uri(uri)
}

/// The answer of a handler behind the whole chain, asked in French, or in what the header says.
macro_rules! answer_of {
    ($handler:expr) => {
        answer_of!($handler, "fr")
    };
    ($handler:expr, $language:expr) => {{
        let app = served!(App::new().default_service(web::to($handler)));
        send(&app, get("/secret-path?secret=1").insert_header(("accept-language", $language)).to_request()).await
    }};
}

fn is_safe(answer: &Answer) {
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert_eq!(answer.header("referrer-policy"), "no-referrer");
    assert_eq!(answer.header("x-frame-options"), "DENY");
    assert!(answer.header("content-security-policy").starts_with("default-src 'none'"));
    assert!(!answer.header("permissions-policy").is_empty());
    assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin");
}

#[actix_web::test]
async fn a_refusal_is_told_as_a_problem_in_the_readers_language() {
    let refuse = async || Err::<HttpResponse, _>(Error::invalid_at("/title", FieldCode::Required).extra("hint", "x"));

    let answer = answer_of!(refuse);

    assert_eq!(answer.problem(), (422, "invalid".to_owned(), "/title required".to_owned()));
    assert_eq!(answer.json()["title"], "fr problem-invalid");
    assert_eq!(answer.json()["hint"], "x");
    assert_eq!(answer.header("content-language"), "fr");
    assert_eq!(answer.header("vary"), "Accept-Language");
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.json()["request_id"], answer.header("x-request-id"));
    is_safe(&answer);
}

#[actix_web::test]
async fn nothing_of_the_address_is_in_a_problem() {
    let answer = answer_of!(async || Err::<HttpResponse, _>(Error::not_found()));
    assert!(!String::from_utf8_lossy(&answer.body).contains("secret"));
}

#[actix_web::test]
async fn the_accounts_language_is_spoken_where_the_request_asks_for_none() {
    let refuse = async |req: HttpRequest| {
        req.extensions_mut().insert(PreferredLocale(tag("ko")));
        Err::<HttpResponse, _>(Error::not_found())
    };
    assert_eq!(answer_of!(refuse, "?").header("content-language"), "ko");
    assert_eq!(answer_of!(refuse, "fr").header("content-language"), "fr");
}

#[actix_web::test]
async fn foreign_refusals_become_problems_without_their_words() {
    let foreign = answer_of!(async || Err::<HttpResponse, _>(ErrorForbidden("secret words")));
    assert_eq!(foreign.problem(), (403, "forbidden".to_owned(), String::new()));
    assert!(!String::from_utf8_lossy(&foreign.body).contains("secret words"));

    let fault = answer_of!(async || Err::<HttpResponse, _>(ErrorInternalServerError("secret words")));
    assert_eq!(fault.problem(), (500, "internal".to_owned(), String::new()));
    assert!(!String::from_utf8_lossy(&fault.body).contains("secret words"));

    let bare = answer_of!(async || HttpResponse::Gone().insert_header(("etag", "\"x\"")).body("old words"));
    assert_eq!(bare.problem(), (410, "gone".to_owned(), String::new()));
    assert_eq!(bare.header("etag"), "");

    let teapot = answer_of!(async || HttpResponse::ImATeapot());
    assert_eq!(teapot.problem(), (400, "bad-header".to_owned(), String::new()));
}

#[actix_web::test]
async fn an_unknown_address_is_a_problem() {
    let app = served!(App::new());
    let answer = send(&app, get("/nowhere").to_request()).await;
    assert_eq!(answer.problem(), (404, "not-found".to_owned(), String::new()));
    is_safe(&answer);
}

#[actix_web::test]
async fn a_panic_is_a_fault_without_a_cause_and_the_next_request_is_served() {
    async fn handler(req: HttpRequest) -> HttpResponse {
        assert!(req.path() != "/panic", "secret cause");
        HttpResponse::Ok().finish()
    }
    let app = served!(App::new().default_service(web::to(handler)));

    let answer = send(&app, get("/panic").insert_header(("accept-language", "fr")).to_request()).await;

    assert_eq!(answer.problem(), (500, "internal".to_owned(), String::new()));
    assert_eq!(answer.header("content-language"), "fr");
    assert!(!String::from_utf8_lossy(&answer.body).contains("secret cause"));
    is_safe(&answer);
    assert_eq!(send(&app, get("/").to_request()).await.status, 200);
}

#[actix_web::test]
async fn an_error_of_a_middleware_is_told_too() {
    let app = App::new().wrap(from_fn(async |_: ServiceRequest, _: actix_web::middleware::Next<BoxBody>| {
        Err::<ServiceResponse, actix_web::Error>(Error::new(Code::TooManyRequests).retry_after(7).into())
    }));
    let answer = send(&served!(app), get("/").to_request()).await;
    assert_eq!(answer.problem(), (429, "too-many-requests".to_owned(), String::new()));
    assert_eq!(answer.header("retry-after"), "7");
    is_safe(&answer);
}

#[actix_web::test]
async fn headers_that_a_status_promises_are_there() {
    let of = async |code: Code| answer_of!(move || ready(Err::<HttpResponse, _>(Error::new(code))));
    assert_eq!(of(Code::Unauthenticated).await.header("www-authenticate"), "Bearer realm=\"lantoa\"");
    assert_eq!(of(Code::BadCredentials).await.header("www-authenticate"), "Bearer realm=\"lantoa\"");
    assert_eq!(of(Code::Forbidden).await.header("www-authenticate"), "");
    assert_eq!(of(Code::Unavailable).await.header("retry-after"), "5");
    assert_eq!(of(Code::TooManyRequests).await.header("retry-after"), "60");
    assert_eq!(of(Code::NotFound).await.header("retry-after"), "");
}

#[actix_web::test]
async fn what_a_route_set_itself_is_kept() {
    let gone = answer_of!(async || {
        let mut answer = HttpResponse::from_error(Error::new(Code::Gone));
        answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=30"));
        answer.headers_mut().insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
        answer
    });
    assert_eq!(gone.header("cache-control"), "public, max-age=30");
    let vary: Vec<_> = gone.headers.get_all("vary").map(|value| value.to_str().unwrap()).collect();
    assert_eq!(vary, ["Accept-Encoding, Accept-Language"]);

    let page = answer_of!(async || {
        HttpResponse::NotFound()
            .content_type("text/html; charset=utf-8")
            .insert_header(("content-security-policy", "default-src 'self'"))
            .body("<p>not here")
    });
    assert_eq!((page.status.as_u16(), &page.body[..]), (404, &b"<p>not here"[..]));
    assert_eq!(page.header("content-security-policy"), "default-src 'self'");
}

#[actix_web::test]
async fn a_success_is_left_alone_but_for_its_id_and_its_safety() {
    let answer = answer_of!(async || HttpResponse::Ok().content_type("text/plain").body("yes"));
    assert_eq!(&answer.body[..], b"yes");
    assert_eq!(answer.header("content-type"), "text/plain");
    assert_eq!(
        (answer.header("vary"), answer.header("cache-control"), answer.header("content-language")),
        ("", "", "")
    );
    is_safe(&answer);
}

#[actix_web::test]
async fn each_request_has_an_id_that_is_ours() {
    let app = served!(App::new().default_service(web::to(async |id: RequestId| id.to_string())));
    let mut ids = Vec::new();
    for _ in 0..2 {
        let answer = send(&app, get("/").insert_header(("x-request-id", "theirs")).to_request()).await;
        let id = answer.header("x-request-id").to_owned();
        assert_eq!(answer.body, id);
        assert_eq!(uuid::Uuid::parse_str(&id).unwrap().get_version_num(), 7);
        ids.push(id);
    }
    assert_ne!(ids[0], ids[1]);
}
