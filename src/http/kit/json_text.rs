//! JSON text into a value, refusing what JSON lets pass but nobody means.

use std::{cell::RefCell, fmt};

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value, map::Entry};

use super::fault::Fault;
use crate::service::{Code, Error, FieldCode};

/// Levels of arrays and objects that a body may have.
const DEEPEST: usize = 64;

/// Members by which `serde_json` passes notes to itself; read on, one would be parsed a second time, unchecked.
const PRIVATE: &str = "$serde_json::private::";

/// The value of a JSON text in which no object has a member twice and nothing lies deeper than 64 levels.
pub(super) fn parse(body: &[u8]) -> Result<Value, Error> {
    let text = std::str::from_utf8(body).map_err(|_| Error::new(Code::BadEncoding))?;
    let fault = RefCell::new(None);
    let mut reader = serde_json::Deserializer::from_str(text);
    let read = Strict { fault: &fault, depth: 0 }.deserialize(&mut reader);
    match (fault.into_inner(), read.and_then(|value| reader.end().map(|()| value))) {
        (Some(fault), _) => Err(Fault::in_body(fault, "")),
        (None, read) => read.map_err(|error| malformed(error.line(), error.column())),
    }
}

fn malformed(line: usize, column: usize) -> Error {
    let error = Error::new(Code::MalformedJson).with("line", line).with("column", column);
    error.extra("line", line).extra("column", column)
}

/// Reads one value; a fault that has a place is left beside, because `serde_json`'s own error has none.
#[derive(Clone, Copy)]
struct Strict<'a> {
    fault: &'a RefCell<Option<Fault>>,
    depth: usize,
}

impl Strict<'_> {
    fn inside<E: serde::de::Error>(self) -> Result<Self, E> {
        let depth = self.depth + 1;
        if depth > DEEPEST { Err(self.fail(Fault::too_deep(DEEPEST))) } else { Ok(Self { depth, ..self }) }
    }

    fn fail<E: serde::de::Error>(self, fault: Fault) -> E {
        *self.fault.borrow_mut() = Some(fault);
        E::custom("not strict JSON")
    }

    /// Tells a fault that was left further in one more step of its way.
    fn passes(self, segment: impl Into<String>) {
        let mut fault = self.fault.borrow_mut();
        *fault = fault.take().map(|inner| inner.under(segment));
    }
}

impl<'de> DeserializeSeed<'de> for Strict<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Bool(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::from(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::from(number))
    }

    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<Value, E> {
        Number::from_f64(number).map(Value::Number).ok_or_else(|| E::custom("no finite number"))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::String(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::String(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let inside = self.inside()?;
        let mut items = Vec::new();
        loop {
            match seq.next_element_seed(inside) {
                Ok(Some(item)) => items.push(item),
                Ok(None) => return Ok(Value::Array(items)),
                Err(error) => {
                    self.passes(items.len().to_string());
                    return Err(error);
                }
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let inside = self.inside()?;
        let mut members = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            if key.starts_with(PRIVATE) {
                return Err(self.fail(Fault::of_member(FieldCode::UnknownField, &key)));
            }
            match members.entry(key) {
                Entry::Occupied(twice) => {
                    return Err(self.fail(Fault::of_member(FieldCode::DuplicateKey, twice.key())));
                }
                Entry::Vacant(place) => match map.next_value_seed(inside) {
                    Ok(value) => {
                        place.insert(value);
                    }
                    Err(error) => {
                        self.passes(place.key().as_str());
                        return Err(error);
                    }
                },
            }
        }
        Ok(Value::Object(members))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn refusal(body: impl AsRef<[u8]>) -> (Code, String) {
        let error = parse(body.as_ref()).unwrap_err();
        let place = error.errors().first().map(|place| place.pointer.clone());
        let at = || format!("{}:{}", error.extras()["line"], error.extras()["column"]);
        (error.code(), place.unwrap_or_else(|| if error.extras().is_empty() { String::new() } else { at() }))
    }

    #[test]
    fn json_is_read_as_it_stands() {
        let text = r#" {"a": [1, -2, 1.5, true, null, "\u0000đ\ud83d\ude00"], "b": {}, "": 18446744073709551615} "#;
        let value = json!({"a": [1, -2, 1.5, true, null, "\u{0}đ😀"], "b": {}, "": u64::MAX});
        assert_eq!(parse(text.as_bytes()).unwrap(), value);
    }

    #[test]
    fn a_member_twice_is_named_wherever_it_stands() {
        assert_eq!(refusal(r#"{"a":1,"a":1}"#), (Code::DuplicateKey, "/a".to_owned()));
        assert_eq!(
            refusal(r#"{"x":[0,{"y/z":{"a":1,"b":2,"\u0061":3}}]}"#),
            (Code::DuplicateKey, "/x/1/y~1z/a".to_owned())
        );
        assert!(parse(br#"[{"a":1},{"a":1}]"#).is_ok());
    }

    #[test]
    fn what_is_no_json_is_told_by_line_and_column() {
        for (text, place) in [
            ("", "1:0"),
            ("   ", "1:3"),
            ("{\"a\":\n 1,}", "2:4"),
            ("{} x", "1:4"),
            ("{'a':1}", "1:2"),
            ("NaN", "1:1"),
            ("\u{feff}{}", "1:1"),
            (r#"{"a":1e999999}"#, "1:13"),
            (r#"{"a":"\ud800"}"#, "1:13"),
            ("{\"a\":\"\n\"}", "2:0"),
        ] {
            assert_eq!(refusal(text), (Code::MalformedJson, place.to_owned()), "{text}");
        }
    }

    #[test]
    fn bytes_that_are_no_utf8_are_told_so() {
        for body in [&b"{\"a\":\"\xff\"}"[..], b"\xff\xfe{\0}\0", b"\"\xed\xa0\x80\""] {
            assert_eq!(refusal(body), (Code::BadEncoding, String::new()));
        }
        assert_eq!(refusal("{\0}\0").0, Code::MalformedJson);
    }

    #[test]
    fn sixty_four_levels_are_read_and_no_more() {
        let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        assert!(parse(nested(64).as_bytes()).is_ok());
        assert_eq!(refusal(nested(65)), (Code::Invalid, "/0".repeat(64)));
        assert_eq!(refusal(nested(100_000)), (Code::Invalid, "/0".repeat(64)));
        assert_eq!(refusal("{\"a\":".repeat(100_000)), (Code::Invalid, "/a".repeat(64)));
        assert_eq!(refusal(format!("{}1", "[".repeat(64))).0, Code::MalformedJson);
    }

    #[test]
    fn a_body_cannot_speak_to_the_parser() {
        let hidden = r#"{"a":{"$serde_json::private::RawValue":"{\"b\":1,\"b\":2}"}}"#;
        assert_eq!(refusal(hidden), (Code::UnknownField, "/a/$serde_json::private::RawValue".to_owned()));
    }
}
