//! Why an address has no answer to prepare.

use actix_web::{
    HttpResponse,
    http::header::{CACHE_CONTROL, LOCATION},
};

use super::BRIEF;
use crate::{
    domain::item::Tombstone,
    service::{Code, Error},
};

/// What is at an address instead of an answer.
#[derive(Debug)]
pub(super) enum Detour {
    /// It is at this address now.
    Moved(String),
    /// It was taken down.
    Gone(Box<Tombstone>),
    /// It is refused.
    Refused(Error),
}

impl From<Error> for Detour {
    fn from(error: Error) -> Self {
        Self::Refused(error)
    }
}

impl Detour {
    /// Whether it says something of who asked, and nothing of what was asked for.
    pub(super) fn is_of_who_asked(&self) -> bool {
        matches!(self, Self::Refused(error) if matches!(error.code(), Code::TooManyRequests | Code::Busy))
    }

    /// What a program is answered.
    pub(super) fn respond(&self) -> HttpResponse {
        match self {
            Self::Moved(to) => moved(to),
            Self::Gone(tombstone) => HttpResponse::from_error(gone(tombstone)),
            Self::Refused(error) => HttpResponse::from_error(error.duplicate()),
        }
    }
}

/// The answer that sends to another address.
pub(super) fn moved(to: &str) -> HttpResponse {
    HttpResponse::MovedPermanently().insert_header((LOCATION, to)).insert_header((CACHE_CONTROL, BRIEF)).finish()
}

fn gone(tombstone: &Tombstone) -> Error {
    Error::new(Code::Gone)
        .extra("kind", tombstone.kind.as_str())
        .extra("note", tombstone.note.as_str())
        .extra("at", tombstone.at.to_string())
        .extra("guid", tombstone.guid.as_str())
}
