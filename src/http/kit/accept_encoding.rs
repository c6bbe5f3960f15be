//! Which coding of an answer a client wants.

use actix_web::http::header::{ACCEPT_ENCODING, HeaderMap};

/// A coding that there is, best first: of those that a client wants as much, the shortest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coding {
    Brotli,
    Zstd,
    Gzip,
}

impl Coding {
    pub(super) const ALL: [Self; 3] = [Self::Brotli, Self::Zstd, Self::Gzip];

    /// What it is called in headers.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Zstd => "zstd",
            Self::Gzip => "gzip",
        }
    }
}

/// What is to be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    /// `only`: identity is refused.
    Coded {
        coding: Coding,
        only: bool,
    },
    Identity,
    /// The client takes none of them.
    Nothing,
}

/// The coding that a request prefers (RFC 9110, 12.5.3).
pub(super) fn negotiate(headers: &HeaderMap) -> Choice {
    let mut wants = Wants::default();
    for list in headers.get_all(ACCEPT_ENCODING).filter_map(|value| value.to_str().ok()) {
        list.split(',').for_each(|member| wants.hear(member));
    }
    wants.choice()
}

/// Thousandths that each coding was given.
#[derive(Default)]
struct Wants {
    coded: [Option<u16>; 3],
    identity: Option<u16>,
    rest: Option<u16>,
}

impl Wants {
    fn hear(&mut self, member: &str) {
        let mut parts = member.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default().to_ascii_lowercase();
        // A member whose weight cannot be read says nothing.
        let Some(weight) = parts.next().map_or(Some(1000), weight) else { return };
        match name.as_str() {
            "identity" => self.identity = Some(weight),
            "*" => self.rest = Some(weight),
            "x-gzip" => self.coded[Coding::Gzip as usize] = Some(weight),
            name => {
                if let Some(coding) = Coding::ALL.into_iter().find(|coding| coding.name() == name) {
                    self.coded[coding as usize] = Some(weight);
                }
            }
        }
    }

    fn choice(&self) -> Choice {
        // Identity is taken unless it is refused, but only named it competes with the others.
        let refused = self.identity.or(self.rest) == Some(0);
        let least = if refused { 1 } else { self.identity.unwrap_or(0).max(1) };
        let wanted = |coding: &Coding| self.coded[*coding as usize].or(self.rest).unwrap_or(0);
        // Backwards, since of equals the last one is taken.
        let best = Coding::ALL.into_iter().rev().filter(|coding| wanted(coding) >= least).max_by_key(wanted);
        match best {
            Some(coding) => Choice::Coded { coding, only: refused },
            None if refused => Choice::Nothing,
            None => Choice::Identity,
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

    fn choice(lists: &[&str]) -> Choice {
        let mut headers = HeaderMap::new();
        for list in lists {
            headers.append(ACCEPT_ENCODING, HeaderValue::from_str(list).unwrap());
        }
        negotiate(&headers)
    }

    #[test]
    fn the_coding_that_is_wanted_most_is_chosen_and_of_equals_the_shortest() {
        use Coding::{Brotli, Gzip, Zstd};
        for (list, coding) in [
            ("gzip", Gzip),
            ("x-gzip", Gzip),
            ("GZIP", Gzip),
            ("br, gzip;q=0.001", Brotli),
            ("gzip, deflate, br, zstd", Brotli),
            ("gzip, deflate, zstd", Zstd),
            ("*", Brotli),
            ("br;q=0, *", Zstd),
            ("gzip;q=0.5, identity;q=0.5", Gzip),
            ("identity;q=0, *", Brotli),
            ("identity;q=0, gzip;q=0.1", Gzip),
            ("br;q=0.5, gzip;q=0.6", Gzip),
            ("deflate, gzip ; q=1.000, br;q=0.9", Gzip),
            ("*;q=0, gzip", Gzip),
        ] {
            assert!(matches!(choice(&[list]), Choice::Coded { coding: found, .. } if found == coding), "{list}");
        }
        assert_eq!(choice(&["br;q=0.5", "gzip"]), Choice::Coded { coding: Gzip, only: false });
        assert_eq!(choice(&["gzip, identity;q=0"]), Choice::Coded { coding: Gzip, only: true });
    }

    #[test]
    fn identity_is_chosen_where_nothing_better_is_wanted() {
        assert_eq!(choice(&[]), Choice::Identity);
        for list in [
            "",
            "identity",
            "deflate, compress",
            "gzip;q=0",
            "br;q=0, zstd;q=0, gzip;q=0.000, *;q=0",
            "gzip;q=0.5, identity;q=0.501",
            "gzip;q=0.5, identity",
            "gzip;q=2",
            "gzip;q=x",
            "gzip;q=0.1234",
            "gzip;v=1",
            "*;q=0, identity",
            "*;q=0, identity;q=0.1",
        ] {
            let refuses_all = list.ends_with("*;q=0");
            assert_eq!(choice(&[list]), if refuses_all { Choice::Nothing } else { Choice::Identity }, "{list}");
        }
    }

    #[test]
    fn a_client_may_take_nothing() {
        for list in ["identity;q=0", "*;q=0", "br;q=0, *;q=0", "gzip;q=0, identity;q=0.0", "deflate, *;q=0"] {
            assert_eq!(choice(&[list]), Choice::Nothing, "{list}");
        }
    }
}
