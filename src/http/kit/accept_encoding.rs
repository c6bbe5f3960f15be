//! Which coding of an answer a client wants.

use actix_web::http::header::{ACCEPT_ENCODING, HeaderMap};

/// A choice between the two codings that there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coding {
    /// `only`: identity is refused.
    Gzip {
        only: bool,
    },
    Identity,
    /// The client takes neither.
    Neither,
}

/// The coding that a request prefers (RFC 9110, 12.5.3).
pub(super) fn negotiate(headers: &HeaderMap) -> Coding {
    let mut wants = Wants::default();
    for list in headers.get_all(ACCEPT_ENCODING).filter_map(|value| value.to_str().ok()) {
        list.split(',').for_each(|member| wants.hear(member));
    }
    wants.choice()
}

/// Thousandths that each coding was given.
#[derive(Default)]
struct Wants {
    gzip: Option<u16>,
    identity: Option<u16>,
    rest: Option<u16>,
}

impl Wants {
    fn hear(&mut self, member: &str) {
        let mut parts = member.split(';').map(str::trim);
        let coding = parts.next().unwrap_or_default().to_ascii_lowercase();
        // A member whose weight cannot be read says nothing.
        let Some(weight) = parts.next().map_or(Some(1000), weight) else { return };
        match coding.as_str() {
            "gzip" | "x-gzip" => self.gzip = Some(weight),
            "identity" => self.identity = Some(weight),
            "*" => self.rest = Some(weight),
            _ => {}
        }
    }

    fn choice(&self) -> Coding {
        let gzip = self.gzip.or(self.rest).unwrap_or(0);
        // Identity is taken unless it is refused, but only named it competes with gzip.
        let refused = self.identity.or(self.rest) == Some(0);
        if gzip > 0 && (refused || self.identity.is_none_or(|identity| gzip >= identity)) {
            Coding::Gzip { only: refused }
        } else if refused {
            Coding::Neither
        } else {
            Coding::Identity
        }
    }
}

/// The thousandths of `q=0.5`.
fn weight(parameter: &str) -> Option<u16> {
    let (name, value) = parameter.split_once('=')?;
    let (whole, fraction) = value.trim().split_once('.').unwrap_or((value.trim(), ""));
    let digits = fraction.len() <= 3 && fraction.bytes().all(|byte| byte.is_ascii_digit());
    if !name.trim().eq_ignore_ascii_case("q") || !digits {
        return None;
    }
    let thousandths: u16 = format!("{fraction:0<3}").parse().ok()?;
    match (whole, thousandths) {
        ("0", thousandths) => Some(thousandths),
        ("1", 0) => Some(1000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;

    use super::*;

    fn choice(lists: &[&str]) -> Coding {
        let mut headers = HeaderMap::new();
        for list in lists {
            headers.append(ACCEPT_ENCODING, HeaderValue::from_str(list).unwrap());
        }
        negotiate(&headers)
    }

    #[test]
    fn gzip_is_chosen_where_it_is_wanted_at_least_as_much() {
        for list in [
            "gzip",
            "x-gzip",
            "GZIP",
            "br, gzip;q=0.001",
            "*",
            "gzip;q=0.5, identity;q=0.5",
            "identity;q=0, *",
            "identity;q=0, gzip;q=0.1",
            "deflate, gzip ; q=1.000, br",
            "*;q=0, gzip",
        ] {
            assert!(matches!(choice(&[list]), Coding::Gzip { .. }), "{list}");
        }
        assert_eq!(choice(&["br", "gzip"]), Coding::Gzip { only: false });
        assert_eq!(choice(&["gzip, identity;q=0"]), Coding::Gzip { only: true });
    }

    #[test]
    fn identity_is_chosen_where_nothing_better_is_wanted() {
        assert_eq!(choice(&[]), Coding::Identity);
        for list in [
            "",
            "identity",
            "br, deflate",
            "gzip;q=0",
            "gzip;q=0.000, *;q=0.5",
            "gzip;q=0.5, identity;q=0.501",
            "gzip;q=0.5, identity",
            "gzip;q=2",
            "gzip;q=x",
            "gzip;q=0.1234",
            "gzip;v=1",
            "*;q=0, identity",
            "*;q=0, identity;q=0.1",
        ] {
            assert_eq!(choice(&[list]), Coding::Identity, "{list}");
        }
    }

    #[test]
    fn a_client_may_take_neither() {
        for list in ["identity;q=0", "*;q=0", "br, *;q=0", "gzip;q=0, identity;q=0.0", "gzip;q=0, *;q=0"] {
            assert_eq!(choice(&[list]), Coding::Neither, "{list}");
        }
    }
}
