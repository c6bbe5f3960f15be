//! The parts of a request's path; a part that no such thing can have is an absent thing.

use std::{
    fmt::Display,
    future::{Ready, ready},
    str::FromStr,
};

use actix_web::{FromRequest, HttpRequest, dev::Payload};

use crate::service::Error;

/// The parts of the path in their order, each read from its one canonical spelling; else 404.
///
/// `PathOf<(ArticleId, LocaleTag)>` for `/articles/{id}/editions/{locale}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PathOf<T>(pub T);

/// What the parts of a path can be read into.
pub trait FromPath: Sized {
    /// The value of just these parts, if they have one.
    fn from_path<'a>(parts: impl Iterator<Item = &'a str>) -> Option<Self>;
}

macro_rules! tuples {
    ($(($($part:ident)+))+) => {$(
        impl<$($part: FromStr + Display),+> FromPath for ($($part,)+) {
            fn from_path<'a>(mut parts: impl Iterator<Item = &'a str>) -> Option<Self> {
                let whole = ($(canonical::<$part>(parts.next()?)?,)+);
                parts.next().is_none().then_some(whole)
            }
        }
    )+};
}

tuples! { (A) (A B) (A B C) (A B C D) }

/// The value of a text that is exactly how the value is written.
fn canonical<T: FromStr + Display>(raw: &str) -> Option<T> {
    // A second spelling would be a second address of the same thing: an id in capitals, a number with zeros before it.
    raw.parse::<T>().ok().filter(|value| value.to_string() == raw)
}

impl<T: FromPath + 'static> FromRequest for PathOf<T> {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let parts = req.match_info().iter().map(|(_, part)| part);
        ready(T::from_path(parts).map(Self).ok_or_else(Error::not_found))
    }
}

#[cfg(test)]
mod tests {
    use actix_web::{App, HttpResponse, test::TestRequest, web};

    use super::*;
    use crate::{
        http::kit::testing::{send, served},
        kernel::{ArticleId, LocaleTag, Slug},
    };

    #[actix_web::test]
    async fn parts_are_read_in_their_order_and_anything_malformed_is_not_found() {
        let edition = async |PathOf((id, locale)): PathOf<(ArticleId, LocaleTag)>| {
            HttpResponse::Ok().body(format!("{id} {locale}"))
        };
        let slug = async |PathOf((slug,)): PathOf<(Slug,)>| HttpResponse::Ok().body(slug.to_string());
        let app = App::new().route("/a/{id}/{locale}", web::get().to(edition)).route("/s/{slug}", web::get().to(slug));
        let app = served!(app);
        let get = |uri: &str| TestRequest::get().uri(uri).to_request();
        let id = "0190163d-8694-739b-aea5-966c26f8ad91";

        assert_eq!(send(&app, get(&format!("/a/{id}/zh-Hans"))).await.body, format!("{id} zh-Hans"));
        assert_eq!(send(&app, get("/s/lang-nghe-2026")).await.body, "lang-nghe-2026");

        for bad in [
            format!("/a/{}/vi", id.to_uppercase()),
            format!("/a/{}/vi", id.replace('-', "")),
            format!("/a/urn:uuid:{id}/vi"),
            format!("/a/{id}/VI"),
            format!("/a/{id}/vi%00"),
            "/a/1/vi".to_owned(),
            "/s/Lang".to_owned(),
            "/s/..%2f..%2fetc".to_owned(),
            "/s/%FF".to_owned(),
            "/s/a'b".to_owned(),
        ] {
            let answer = send(&app, get(&bad)).await;
            assert_eq!(answer.problem(), (404, "not-found".to_owned(), String::new()), "{bad}");
        }
    }
}
