//! The query of a request, read strictly into a type.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use serde::{
    Deserializer,
    de::{DeserializeOwned, DeserializeSeed, Error as _, MapAccess, Visitor},
    forward_to_deserialize_any,
};

use super::{
    fault::Fault,
    query_text::{decoded, pairs_in},
    scalar::Scalar,
};
use crate::service::{Error, FieldCode};

/// A query that has only parameters of its type, each once and with a value that fits; else 400.
///
/// The parameters are the members of the struct that `T` is; flattened parts would hide their
/// names from it, so there are none.
#[derive(Clone, Debug)]
pub struct StrictQuery<T>(pub T);

/// A query of whose parameters those that its type does not have are ignored.
#[derive(Clone, Debug)]
pub struct LenientQuery<T>(pub T);

impl<T: DeserializeOwned + 'static> FromRequest for StrictQuery<T> {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(read(req.query_string(), Unknown::Refused).map(Self))
    }
}

impl<T: DeserializeOwned + 'static> FromRequest for LenientQuery<T> {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(read(req.query_string(), Unknown::Ignored).map(Self))
    }
}

fn read<T: DeserializeOwned>(query: &str, unknown: Unknown) -> Result<T, Error> {
    T::deserialize(Query { query, unknown }).map_err(Fault::in_query)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Unknown {
    Refused,
    Ignored,
}

struct Query<'q> {
    query: &'q str,
    unknown: Unknown,
}

impl Query<'_> {
    /// The parameters with their values; `known` are the type's own, where it has said them.
    fn pairs(&self, known: Option<&[&str]>) -> Result<Vec<(String, String)>, Fault> {
        let mut pairs: Vec<(String, String)> = Vec::new();
        for (name, value) in pairs_in(self.query) {
            let is_known = |name: &str| known.is_none_or(|known| known.contains(&name));
            let name = match decoded(name) {
                Some(name) if is_known(&name) => name.into_owned(),
                _ if self.unknown == Unknown::Ignored => continue,
                Some(name) => return Err(Fault::of_member(FieldCode::UnknownField, &name)),
                None => return Err(Fault::custom("string").under(name)),
            };
            if pairs.iter().any(|(other, _)| *other == name) {
                return Err(Fault::of_member(FieldCode::DuplicateKey, &name));
            }
            match decoded(value) {
                Some(value) => pairs.push((name, value.into_owned())),
                None => return Err(Fault::custom("string").under(name)),
            }
        }
        Ok(pairs)
    }
}

impl<'de> Deserializer<'de> for Query<'_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_map(Pairs { pairs: self.pairs(None)?.into_iter(), value: None })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        members: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_map(Pairs { pairs: self.pairs(Some(members))?.into_iter(), value: None })
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

struct Pairs {
    pairs: std::vec::IntoIter<(String, String)>,
    value: Option<(String, String)>,
}

impl<'de> MapAccess<'de> for Pairs {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Fault> {
        let Some((name, value)) = self.pairs.next() else { return Ok(None) };
        let read = seed.deserialize(Scalar(name.clone())).map_err(|fault| fault.of_key(&name))?;
        self.value = Some((name, value));
        Ok(Some(read))
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Fault> {
        let (name, value) = self.value.take().ok_or_else(|| Fault::custom("a value before its name"))?;
        seed.deserialize(Scalar(value)).map_err(|fault| fault.under(name))
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    enum Kind {
        News,
        PressRelease,
    }

    #[derive(Debug, Default, PartialEq, Deserialize)]
    struct Filter {
        q: Option<String>,
        limit: Option<u64>,
        kind: Option<Kind>,
        stale: Option<bool>,
        #[serde(default)]
        since: i64,
    }

    fn strict(query: &str) -> Result<Filter, String> {
        read(query, Unknown::Refused).map_err(told)
    }

    fn lenient(query: &str) -> Result<Filter, String> {
        read(query, Unknown::Ignored).map_err(told)
    }

    #[expect(clippy::needless_pass_by_value, reason = "for map_err")]
    fn told(error: Error) -> String {
        let place = &error.errors()[0];
        assert_eq!(error.code().status(), 400);
        format!("{} {} {}", error.code().slug(), place.pointer, place.code.slug())
    }

    #[test]
    fn each_parameter_becomes_what_its_type_says() {
        let filter = strict("q=l%C3%A0ng+ngh%E1%BB%81%2B&limit=5&kind=press-release&stale=true&since=-3&&").unwrap();
        let expected = Filter {
            q: Some("làng nghề+".to_owned()),
            limit: Some(5),
            kind: Some(Kind::PressRelease),
            stale: Some(true),
            since: -3,
        };
        assert_eq!(filter, expected);
        assert_eq!(strict(""), Ok(Filter::default()));
        assert_eq!(strict("q=").unwrap().q, Some(String::new()));
    }

    #[test]
    fn an_unknown_parameter_is_named_or_ignored() {
        assert_eq!(strict("limit=5&preview=true"), Err("unknown-parameter preview unknown-field".to_owned()));
        assert_eq!(strict("Q=x"), Err("unknown-parameter Q unknown-field".to_owned()));
        assert_eq!(
            strict("author.password_hash=x"),
            Err("unknown-parameter author.password_hash unknown-field".to_owned())
        );
        assert_eq!(lenient("limit=5&utm_source=%FF&%zz=1&limits=6").unwrap().limit, Some(5));
    }

    #[test]
    fn a_parameter_twice_is_refused() {
        assert_eq!(strict("limit=5&limit=5"), Err("bad-parameter limit duplicate-key".to_owned()));
        assert_eq!(strict("limit=5&%6Cimit=6"), Err("bad-parameter limit duplicate-key".to_owned()));
        assert_eq!(lenient("q=a&q=b"), Err("bad-parameter q duplicate-key".to_owned()));
    }

    #[test]
    fn a_value_that_does_not_fit_is_named() {
        for (query, told) in [
            ("limit=x", "limit wrong-type"),
            ("limit=", "limit wrong-type"),
            ("limit=-1", "limit wrong-type"),
            ("limit=%2B5", "limit wrong-type"),
            ("limit=007", "limit wrong-type"),
            ("limit=1e3", "limit wrong-type"),
            ("limit=99999999999999999999", "limit wrong-type"),
            ("stale=1", "stale wrong-type"),
            ("kind=draft", "kind not-one-of"),
            ("q=%FF", "q wrong-type"),
            ("q=%C3", "q wrong-type"),
            ("q=%", "q wrong-type"),
            ("q=%4", "q wrong-type"),
            ("q=%+1", "q wrong-type"),
            ("%FF=1", "%FF wrong-type"),
        ] {
            assert_eq!(strict(query), Err(format!("bad-parameter {told}")), "{query}");
        }
    }

    #[test]
    fn a_parameter_that_is_needed_is_asked_for() {
        #[derive(Debug, Deserialize)]
        struct Against {
            #[expect(dead_code, reason = "only read into")]
            against: u32,
        }
        assert_eq!(read::<Against>("", Unknown::Refused).map_err(told).unwrap_err(), "bad-parameter against required");
    }
}
