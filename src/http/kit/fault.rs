//! What reading a body or a query into a type finds wrong, and where.

use std::fmt::Display;

use serde::de::{self, Expected, Unexpected};

use crate::service::{Code, Error, FieldCode, FieldError};

/// Marks a message of [`refuse`] among messages in people's words.
const MARK: &str = "\u{1}field-code:";

/// Longest name of the client's that an answer repeats, in characters.
const LONGEST_ECHO: usize = 100;

/// The error of a `Deserialize` implementation that refuses a value for a reason of ours.
///
/// Read through the extractors here it becomes that field code at that value's place.
pub fn refuse<E: de::Error>(code: FieldCode) -> E {
    E::custom(format_args!("{MARK}{}", code.slug()))
}

/// One thing that is wrong, and the way to it.
#[derive(Debug)]
pub(super) struct Fault {
    /// Names and indices, the inmost first.
    way: Vec<String>,
    place: FieldError,
}

impl Fault {
    pub(super) fn new(code: FieldCode) -> Self {
        Self { way: Vec::new(), place: FieldError::new("", code) }
    }

    /// A member that must not be there, or not again.
    pub(super) fn of_member(code: FieldCode, name: &str) -> Self {
        let echo: String = name.chars().take(LONGEST_ECHO).collect();
        let mut fault = Self::new(code).under(name);
        fault.place = fault.place.with("name", echo);
        fault
    }

    /// A value that lies deeper than so many levels.
    pub(super) fn too_deep(max: usize) -> Self {
        let mut fault = Self::new(FieldCode::TooDeep);
        fault.place = fault.place.with("max", max);
        fault
    }

    fn expecting(code: FieldCode, expected: impl Into<String>) -> Self {
        let mut fault = Self::new(code);
        fault.place = fault.place.with("expected", expected.into());
        fault
    }

    /// The same fault seen from one level further out.
    pub(super) fn under(mut self, segment: impl Into<String>) -> Self {
        self.way.push(segment.into());
        self
    }

    /// The same fault, of a key if it says no other place.
    pub(super) fn of_key(self, key: &str) -> Self {
        if self.way.is_empty() { self.under(key) } else { self }
    }

    /// The problem of a body with this fault; `root` points at what was read.
    pub(super) fn in_body(mut self, root: &str) -> Error {
        let code = match self.place.code {
            FieldCode::UnknownField => Code::UnknownField,
            FieldCode::DuplicateKey => Code::DuplicateKey,
            _ => Code::Invalid,
        };
        let way = self.way.iter().rev().map(|segment| format!("/{}", segment.replace('~', "~0").replace('/', "~1")));
        self.place.pointer = format!("{root}{}", way.collect::<String>());
        Error::new(code).at(self.place)
    }

    /// The problem of a query with this fault.
    pub(super) fn in_query(mut self) -> Error {
        let code = match self.place.code {
            FieldCode::UnknownField => Code::UnknownParameter,
            _ => Code::BadParameter,
        };
        self.place.pointer = self.way.pop().unwrap_or_default();
        Error::new(code).with("name", self.place.pointer.as_str()).at(self.place)
    }
}

impl Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.place.code.slug())
    }
}

impl std::error::Error for Fault {}

/// serde names most faults through these, so that hardly any message has to be read.
impl de::Error for Fault {
    fn custom<T: Display>(message: T) -> Self {
        from_message(&message.to_string())
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::expecting(FieldCode::WrongType, json_type(&expected.to_string()))
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::expecting(FieldCode::WrongType, json_type(&expected.to_string()))
    }

    fn invalid_length(_: usize, _: &dyn Expected) -> Self {
        Self::expecting(FieldCode::WrongType, "array")
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        Self::expecting(FieldCode::NotOneOf, expected.join(", "))
    }

    fn unknown_field(field: &str, _: &'static [&'static str]) -> Self {
        Self::of_member(FieldCode::UnknownField, field)
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(FieldCode::Required).under(field)
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::of_member(FieldCode::DuplicateKey, field)
    }
}

/// The fault behind a message that has no name in serde's interface.
fn from_message(message: &str) -> Fault {
    if let Some(slug) = message.strip_prefix(MARK)
        && let Some(code) = FieldCode::ALL.iter().find(|code| code.slug() == slug)
    {
        return Fault::new(*code);
    }
    // A struct with flattened parts says this in words only.
    if let Some(rest) = message.strip_prefix("unknown field `") {
        return Fault::of_member(FieldCode::UnknownField, rest.split('`').next().unwrap_or_default());
    }
    if message.starts_with("UUID parsing failed") {
        return Fault::new(FieldCode::BadId);
    }
    Fault::expecting(FieldCode::WrongType, json_type(message))
}

/// The JSON type that a type's own description of what it takes amounts to.
fn json_type(expected: &str) -> &'static str {
    let first = expected.strip_prefix("a nonzero ").unwrap_or(expected);
    let first = first.trim_start_matches("an ").trim_start_matches("a ");
    match first.split([' ', ',']).next().unwrap_or_default() {
        "boolean" | "bool" => "boolean",
        "i8" | "i16" | "i32" | "i64" | "i128" | "isize" | "u8" | "u16" | "u32" | "u64" | "u128" | "usize"
        | "integer" => "integer",
        "f32" | "f64" | "number" | "float" => "number",
        "sequence" | "array" | "tuple" | "list" | "set" => "array",
        "struct" | "map" | "object" | "internally" | "adjacently" => "object",
        "unit" | "null" => "null",
        "string" | "character" | "enum" | "variant" | "identifier" | "formatted" | "RFC" | "borrowed" => "string",
        _ => "value",
    }
}

#[cfg(test)]
mod tests {
    use serde::de::Error as _;

    use super::*;
    use crate::service::Arg;

    fn told(fault: &Fault) -> (FieldCode, String) {
        let arg = fault.place.args.first().map(|(name, value)| match value {
            Arg::Text(text) => format!("{name}={text}"),
            Arg::Number(number) => format!("{name}={number}"),
            Arg::Moment(at) => format!("{name}={at}"),
        });
        (fault.place.code, arg.unwrap_or_default())
    }

    #[test]
    fn descriptions_of_rust_become_types_of_json() {
        for (description, expected) in [
            ("a string", "string"),
            ("a boolean", "boolean"),
            ("i32", "integer"),
            ("a nonzero u64", "integer"),
            ("f64", "number"),
            ("a sequence", "array"),
            ("an array of length 3", "array"),
            ("a tuple of size 2", "array"),
            ("struct CreateArticle", "object"),
            ("a map", "object"),
            ("internally tagged enum Details", "object"),
            ("enum Kind", "string"),
            ("variant identifier", "string"),
            ("an RFC 3339 formatted date and time string", "string"),
            ("a formatted UUID string", "string"),
            ("something else", "value"),
        ] {
            assert_eq!(json_type(description), expected, "{description}");
        }
    }

    #[test]
    fn messages_without_a_name_in_serde_are_understood() {
        assert_eq!(told(&refuse(FieldCode::BadSlug)), (FieldCode::BadSlug, String::new()));
        assert_eq!(told(&Fault::custom("unknown field `rôle`")), (FieldCode::UnknownField, "name=rôle".to_owned()));
        assert_eq!(told(&Fault::custom("UUID parsing failed: x")), (FieldCode::BadId, String::new()));
        let untagged = "data did not match any variant of untagged enum Place";
        assert_eq!(told(&Fault::custom(untagged)), (FieldCode::WrongType, "expected=value".to_owned()));
    }

    #[test]
    fn a_pointer_escapes_what_json_pointers_are_made_of() {
        let error = Fault::of_member(FieldCode::UnknownField, "a/b~c").under("2").in_body("/details");
        assert_eq!(error.errors()[0].pointer, "/details/2/a~1b~0c");
    }

    #[test]
    fn a_name_of_the_client_is_repeated_only_so_far() {
        let (_, arg) = told(&Fault::of_member(FieldCode::UnknownField, &"é".repeat(5000)));
        assert_eq!(arg.chars().count(), "name=".len() + LONGEST_ECHO);
    }
}
