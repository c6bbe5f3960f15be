//! Conditions on writes: what the client saw has to be what is still there.

use std::future::{Ready, ready};

use actix_web::{
    FromRequest, HttpRequest,
    dev::Payload,
    http::header::{IF_MATCH, IF_NONE_MATCH},
};

use super::{
    etag::{self, Tags, version_of},
    header::{bad_header, single_header},
};
use crate::service::{Code, Error};

/// The request's `If-Match`, which every change of something that exists needs (428 without).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IfMatch(Option<i64>);

impl IfMatch {
    /// The version that the client saw; nothing if any will do (`*`).
    ///
    /// A tag that is weak or was never ours is [`NO_VERSION`](super::NO_VERSION), which no row has, so that it fails
    /// where versions are compared: after it is settled who may see the row.
    pub fn version(self) -> Option<i64> {
        self.0
    }
}

/// Whether the request says `If-None-Match: *`: only if nothing is there yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IfNoneMatchStar(pub bool);

/// What a `PUT` that creates or replaces says about what is there; one of the two it has to say (428).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PutCondition {
    /// `If-None-Match: *`: nothing is there yet.
    Create,
    /// `If-Match`: this version is.
    Replace(IfMatch),
}

macro_rules! from_head {
    ($($name:ident = $read:expr;)+) => {$(
        impl FromRequest for $name {
            type Error = Error;
            type Future = Ready<Result<Self, Error>>;

            fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
                ready($read(req))
            }
        }
    )+};
}

from_head! {
    IfMatch = |req| if_match(req)?.ok_or_else(needed);
    IfNoneMatchStar = |req| none_match(req).map(Self);
    PutCondition = put_condition;
}

fn needed() -> Error {
    Error::new(Code::PreconditionRequired)
}

fn if_match(req: &HttpRequest) -> Result<Option<IfMatch>, Error> {
    let Some(value) = single_header(req, &IF_MATCH)? else { return Ok(None) };
    match etag::parse(value) {
        Some(Tags::Any) => Ok(Some(IfMatch(None))),
        Some(Tags::These(tags)) if tags.len() == 1 => Ok(Some(IfMatch(Some(version_of(&tags[0]))))),
        // Nobody has seen two versions at once.
        _ => Err(bad_header(&IF_MATCH)),
    }
}

fn none_match(req: &HttpRequest) -> Result<bool, Error> {
    match single_header(req, &IF_NONE_MATCH)? {
        None => Ok(false),
        Some("*") => Ok(true),
        Some(_) => Err(bad_header(&IF_NONE_MATCH)),
    }
}

fn put_condition(req: &HttpRequest) -> Result<PutCondition, Error> {
    match (none_match(req)?, if_match(req)?) {
        (true, None) => Ok(PutCondition::Create),
        (false, Some(condition)) => Ok(PutCondition::Replace(condition)),
        (false, None) => Err(needed()),
        (true, Some(_)) => Err(bad_header(&IF_NONE_MATCH)),
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;
    use crate::http::kit::{NO_VERSION, etag_of_version};

    fn request(headers: &[(&str, &str)]) -> HttpRequest {
        headers.iter().fold(TestRequest::put(), |request, header| request.append_header(*header)).to_http_request()
    }

    async fn read<T: FromRequest<Error = Error>>(headers: &[(&str, &str)]) -> Result<T, Code> {
        T::extract(&request(headers)).await.map_err(|error| error.code())
    }

    #[actix_web::test]
    async fn a_change_names_the_version_that_was_seen() {
        let seen = etag_of_version(7);
        assert_eq!(read(&[("if-match", &seen)]).await, Ok(IfMatch(Some(7))));
        assert_eq!(read(&[("if-match", "*")]).await, Ok(IfMatch(None)));
    }

    #[actix_web::test]
    async fn a_weak_or_foreign_tag_matches_no_version() {
        for tag in ["W/\"v7\"", "\"7\"", "\"x\""] {
            assert_eq!(read(&[("if-match", tag)]).await, Ok(IfMatch(Some(NO_VERSION))), "{tag}");
        }
    }

    #[actix_web::test]
    async fn no_condition_is_428_and_a_malformed_one_is_400() {
        assert_eq!(read::<IfMatch>(&[]).await, Err(Code::PreconditionRequired));
        for bad in ["", "v7", "\"v7", "\"v7\", \"v8\"", "7"] {
            assert_eq!(read::<IfMatch>(&[("if-match", bad)]).await, Err(Code::BadHeader), "{bad}");
        }
        let twice = [("if-match", "\"v7\""), ("if-match", "\"v7\"")];
        assert_eq!(read::<IfMatch>(&twice).await, Err(Code::BadHeader));
    }

    #[actix_web::test]
    async fn creating_says_that_nothing_is_there() {
        assert_eq!(read(&[]).await, Ok(IfNoneMatchStar(false)));
        assert_eq!(read(&[("if-none-match", "*")]).await, Ok(IfNoneMatchStar(true)));
        assert_eq!(read::<IfNoneMatchStar>(&[("if-none-match", "\"v1\"")]).await, Err(Code::BadHeader));
    }

    #[actix_web::test]
    async fn a_put_says_one_of_the_two() {
        assert_eq!(read(&[("if-none-match", "*")]).await, Ok(PutCondition::Create));
        assert_eq!(read(&[("if-match", "\"v3\"")]).await, Ok(PutCondition::Replace(IfMatch(Some(3)))));
        assert_eq!(read::<PutCondition>(&[]).await, Err(Code::PreconditionRequired));
        let both = [("if-none-match", "*"), ("if-match", "*")];
        assert_eq!(read::<PutCondition>(&both).await, Err(Code::BadHeader));
    }
}
