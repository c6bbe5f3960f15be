//! The one place where a credential may stand: a single `Authorization: Bearer` header.

use actix_web::{HttpRequest, http::header::AUTHORIZATION};

use super::query_text::names_in;
use crate::service::{Code, Error};

/// Query parameters under which clients elsewhere hide tokens; here an address never holds one.
const IN_QUERY: &[&str] = &["access_token", "authorization", "bearer", "jwt", "token"];

/// The request's bearer token, nothing where it has none, and a refusal where it comes in any other way.
///
/// Cookies are not looked at. The order is refusal first: a good header does not excuse a token in the address.
pub fn bearer(req: &HttpRequest) -> Result<Option<&str>, Error> {
    let refused = || Error::new(Code::Unauthenticated);
    if names_in(req.query_string()).any(|name| IN_QUERY.iter().any(|hidden| name.eq_ignore_ascii_case(hidden))) {
        return Err(refused());
    }
    let mut values = req.headers().get_all(AUTHORIZATION);
    let Some(value) = values.next() else { return Ok(None) };
    if values.next().is_some() {
        return Err(refused());
    }
    let (scheme, token) = value.to_str().ok().and_then(|text| text.split_once(' ')).ok_or_else(refused)?;
    if scheme.eq_ignore_ascii_case("bearer") && is_token68(token) { Ok(Some(token)) } else { Err(refused()) }
}

/// Whether a text is what RFC 6750 lets stand after `Bearer`.
fn is_token68(token: &str) -> bool {
    let stem = token.trim_end_matches('=');
    !stem.is_empty() && stem.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~+/".contains(&b))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn read(uri: &str, headers: &[&str]) -> Result<Option<String>, Code> {
        let request = headers
            .iter()
            .fold(TestRequest::with_uri(uri), |request, value| request.append_header((AUTHORIZATION, *value)));
        bearer(&request.to_http_request()).map(|token| token.map(str::to_owned)).map_err(|e| e.code())
    }

    #[test]
    fn one_bearer_header_is_a_token_and_none_is_none() {
        assert_eq!(read("/", &[]), Ok(None));
        assert_eq!(read("/", &["Bearer aB1-._~+/=="]), Ok(Some("aB1-._~+/==".to_owned())));
        assert_eq!(read("/?q=token", &["bearer x"]), Ok(Some("x".to_owned())));
    }

    #[test]
    fn two_headers_another_scheme_and_broken_tokens_are_refused() {
        let bad: [&[&str]; 10] = [
            &["Bearer a", "Bearer a"],
            &["Bearer a", "Basic a"],
            &["Basic dTpw"],
            &["Bearer"],
            &["Bearer "],
            &["Bearer  a"],
            &["Bearer a b"],
            &["Bearer a,b"],
            &["Bearer =="],
            &["Token a"],
        ];
        for headers in bad {
            assert_eq!(read("/", headers), Err(Code::Unauthenticated), "{headers:?}");
        }
    }

    #[test]
    fn a_token_in_the_address_is_refused_even_beside_a_good_header() {
        for uri in ["/?access_token=a", "/?a=1&Token=b", "/?%61ccess_token=a", "/?jwt"] {
            assert_eq!(read(uri, &[]), Err(Code::Unauthenticated), "{uri}");
            assert_eq!(read(uri, &["Bearer good"]), Err(Code::Unauthenticated), "{uri}");
        }
    }
}
