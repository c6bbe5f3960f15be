//! An answer and what a test says of it.

use serde_json::Value;

#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub fn all(&self, name: &str) -> Vec<&str> {
        self.headers.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str()).collect()
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap_or("(bytes)")
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }

    /// Says the status, and gives the answer on.
    #[track_caller]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text());
        self
    }

    /// Says that it is a problem of a code.
    #[track_caller]
    pub fn is_problem(self, status: u16, code: &str) -> Self {
        assert_eq!(self.status, status, "{}", self.text());
        assert_eq!(self.header("content-type"), Some("application/problem+json"), "{}", self.text());
        assert_eq!(self.json()["code"], code, "{}", self.text());
        // What a text has no value for stands there as the name of its gap.
        assert!(!self.text().contains("{$"), "{}", self.text());
        self
    }

    /// Says that the problem names a place and what is wrong there.
    #[track_caller]
    pub fn names(self, pointer: &str, code: &str) -> Self {
        let body = self.json();
        let found = body["errors"]
            .as_array()
            .is_some_and(|all| all.iter().any(|e| e["pointer"] == pointer && e["code"] == code));
        assert!(found, "{pointer} {code} is not in {}", self.text());
        self
    }

    /// The row's version as its entity tag.
    #[track_caller]
    pub fn etag(&self) -> String {
        self.header("etag").unwrap_or_else(|| panic!("no ETag: {}", self.text())).to_owned()
    }
}
