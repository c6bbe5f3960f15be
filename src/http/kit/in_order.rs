//! Extraction one after the other: who asks is settled before what they sent is looked at.

use std::pin::Pin;

use actix_web::{FromRequest, HttpRequest, dev::Payload};

/// Two extractors of which the second begins when the first has succeeded.
///
/// actix polls the arguments of a handler together and answers with whichever fails first, so that
/// a request without a sign-in could hear of its body (415, 428) while the sign-in is still being
/// looked up. `InOrder<Actor, (PathOf<…>, IfMatch, StrictJson<…>)>` always answers 401 first.
#[derive(Clone, Debug)]
pub struct InOrder<A, B>(pub A, pub B);

impl<A: FromRequest + 'static, B: FromRequest + 'static> FromRequest for InOrder<A, B> {
    type Error = actix_web::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Self::Error>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (req, mut payload) = (req.clone(), payload.take());
        Box::pin(async move {
            let first = A::from_request(&req, &mut payload).await.map_err(Into::into)?;
            let second = B::from_request(&req, &mut payload).await.map_err(Into::into)?;
            Ok(Self(first, second))
        })
    }
}

#[cfg(test)]
mod tests {
    use actix_web::{App, HttpResponse, http::StatusCode, test::TestRequest, web};
    use serde::Deserialize;

    use super::*;
    use crate::{
        http::kit::{IfMatch, StrictJson, testing},
        service::{Code, Error},
    };

    /// Somebody whose sign-in takes a moment to fail.
    struct Nobody;

    impl FromRequest for Nobody {
        type Error = Error;
        type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

        fn from_request(_: &HttpRequest, _: &mut Payload) -> Self::Future {
            Box::pin(async {
                tokio::task::yield_now().await;
                Err(Error::new(Code::Unauthenticated))
            })
        }
    }

    #[derive(Deserialize)]
    struct Anything {}

    #[actix_web::test]
    async fn a_stranger_hears_401_whatever_else_is_wrong() {
        let together = async |_: Nobody, _: IfMatch, _: StrictJson<Anything>| HttpResponse::Ok();
        let in_order = async |_: InOrder<Nobody, (IfMatch, StrictJson<Anything>)>| HttpResponse::Ok();
        let app = App::new().route("/together", web::post().to(together)).route("/in-order", web::post().to(in_order));
        let app = testing::served!(app);

        let trap = testing::send(&app, TestRequest::post().uri("/together").to_request()).await;
        let right = testing::send(&app, TestRequest::post().uri("/in-order").to_request()).await;

        assert_eq!(trap.status, StatusCode::PRECONDITION_REQUIRED);
        assert_eq!(right.status, StatusCode::UNAUTHORIZED);
    }
}
