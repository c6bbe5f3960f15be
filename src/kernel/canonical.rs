//! Canonical JSON (RFC 8785): the one form of a value that is hashed and signed.

use serde_json::Value;

/// The RFC 8785 bytes of a value.
///
/// Everything that is hashed here is made of strings, integers, booleans,
/// arrays and objects, so no number formatting can differ between writers.
///
/// # Panics
/// Never: a value without floats always serialises.
pub fn canonical_json(value: &Value) -> Vec<u8> {
    serde_json_canonicalizer::to_vec(value).expect("a JSON value without floats always serialises")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn members_are_sorted_and_white_space_is_gone() {
        let bytes = canonical_json(&json!({"b": 1, "a": ["đ", null], "c": "\u{1}\n\u{7f}"}));
        assert_eq!(bytes, "{\"a\":[\"đ\",null],\"b\":1,\"c\":\"\\u0001\\n\u{7f}\"}".as_bytes());
    }
}
