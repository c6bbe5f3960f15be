//! What a message for people needs beside its key: named values, put into the text in the reader's language.

use chrono::NaiveDateTime;

/// A value that a message's text needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arg {
    /// A text, inserted as it is.
    Text(String),
    /// A number, written as the language writes numbers and ruling its plural forms.
    Number(i64),
    /// A moment by the clock and the calendar on a wall; the text says what of it is written.
    Moment(NaiveDateTime),
}

impl From<NaiveDateTime> for Arg {
    fn from(at: NaiveDateTime) -> Self {
        Self::Moment(at)
    }
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Arg {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Arg {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<usize> for Arg {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

/// Named values for a message.
pub type Args = Vec<(&'static str, Arg)>;
