//! What the tests of the kit share: texts that say what they were asked for, and answers read whole.

use actix_web::{
    HttpResponse,
    body::{MessageBody, to_bytes},
    dev::{Service, ServiceResponse},
    http::{StatusCode, header::HeaderMap},
};
use bytes::Bytes;
use serde_json::Value;

use super::Texts;
use crate::{
    kernel::LocaleTag,
    service::{Arg, Args},
};

/// Texts that are their own key, language and values.
pub(super) struct FakeTexts;

impl Texts for FakeTexts {
    fn negotiate(&self, accept: Option<&str>, preferred: Option<&LocaleTag>) -> LocaleTag {
        accept.and_then(|header| header.parse().ok()).or_else(|| preferred.cloned()).unwrap_or_else(|| tag("vi"))
    }

    fn text(&self, locale: &LocaleTag, key: &str, args: &Args) -> String {
        let value = |arg: &Arg| match arg {
            Arg::Text(text) => text.clone(),
            Arg::Number(number) => number.to_string(),
            Arg::Moment(at) => at.to_string(),
        };
        let args = args.iter().map(|(name, arg)| format!("{name}={}", value(arg)));
        let words = [locale.to_string(), key.to_owned()];
        words.into_iter().chain(args).collect::<Vec<_>>().join(" ")
    }
}

pub(super) fn tag(raw: &str) -> LocaleTag {
    raw.parse().unwrap()
}

/// An answer, read whole.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

impl Answer {
    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(super) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// The code of the problem, and the pointer and code of its first place.
    pub(super) fn problem(&self) -> (u16, String, String) {
        let json = self.json();
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!(json["status"], self.status.as_u16());
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let place = &json["errors"][0];
        let place = format!("{} {}", text(&place["pointer"]), text(&place["code"]));
        (self.status.as_u16(), text(&json["code"]), place.trim().to_owned())
    }
}

/// An application in the whole chain that the product wraps it in.
macro_rules! served {
    ($app:expr) => {
        actix_web::test::init_service($crate::http::kit::testing::chained!($app)).await
    };
}
pub(super) use served;

/// The chain alone, for a server with a socket.
macro_rules! chained {
    ($app:expr) => {
        $app.wrap(actix_web::middleware::from_fn($crate::http::kit::refuse_encodings))
            .wrap($crate::http::kit::Problems::new(std::sync::Arc::new($crate::http::kit::testing::FakeTexts)))
            .wrap(actix_web::middleware::from_fn($crate::http::kit::bound_bodies))
    };
}
pub(super) use chained;

/// The answer to a request, errors that reach the top included.
pub(super) async fn send<S, R, B>(app: &S, request: R) -> Answer
where
    S: Service<R, Response = ServiceResponse<B>, Error = actix_web::Error>,
    B: MessageBody + 'static,
{
    let response: HttpResponse = match app.call(request).await {
        Ok(answer) => answer.into_parts().1.map_into_boxed_body(),
        Err(error) => HttpResponse::from_error(error),
    };
    let (head, body) = response.into_parts();
    let body = to_bytes(body).await.map_err(|_| ()).unwrap();
    Answer { status: head.status(), headers: head.headers().clone(), body }
}
