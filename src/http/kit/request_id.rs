//! The name of one request, which its answer, its problem and our log share.

use std::{
    cell::Cell,
    fmt,
    future::{Ready, ready},
    hash::{BuildHasher as _, RandomState},
    time::{SystemTime, UNIX_EPOCH},
};

use actix_web::{
    FromRequest, HttpMessage as _, HttpRequest,
    dev::Payload,
    http::header::{HeaderName, HeaderValue},
};
use uuid::{Builder, Uuid};

use crate::service::Error;

thread_local! {
    /// Another key in each thread of each process.
    static CHANCE: RandomState = RandomState::new();
    /// Ids that the thread gave.
    static COUNT: Cell<u64> = const { Cell::new(0) };
}

/// An id that we gave to a request; one that the client sends is never taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestId(Uuid);

impl RequestId {
    /// The header that tells it.
    pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");

    /// A new id, ordered by time.
    ///
    /// Nothing rests on its being hard to guess, so its chance part is a keyed hash of a count: asking the system for
    /// chance costs as much as the rest of an answer that is ready.
    pub fn fresh() -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let millis = u64::try_from(now.as_millis()).unwrap_or(u64::MAX);
        let count = COUNT.get();
        COUNT.set(count.wrapping_add(1));
        let [more, less] = [0_u8, 1].map(|half| CHANCE.with(|chance| chance.hash_one((count, half))).to_be_bytes());
        let mut chance = [0; 10];
        chance[..8].copy_from_slice(&more);
        chance[8..].copy_from_slice(&less[..2]);
        Self(Builder::from_unix_timestamp_millis(millis, &chance).into_uuid())
    }

    /// The id as the header's value.
    pub fn header_value(self) -> HeaderValue {
        let mut text = [0; uuid::fmt::Hyphenated::LENGTH];
        self.0.hyphenated().encode_lower(&mut text);
        HeaderValue::from_bytes(&text).expect("a UUID is visible ASCII")
    }

    /// The URI of this very occurrence, for a problem's `instance`.
    pub(super) fn urn(self) -> String {
        self.0.urn().to_string()
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromRequest for RequestId {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        // Without the middleware that gives ids the request still has one, only nobody else knows it.
        ready(Ok(req.extensions().get::<Self>().copied().unwrap_or_else(Self::fresh)))
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::HashSet, thread};

    use super::*;

    #[test]
    fn no_two_threads_give_the_same_id_and_all_tell_their_time() {
        let give = || (0..10_000).map(|_| RequestId::fresh().0).collect::<Vec<_>>();
        let before = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
        let others: Vec<_> = (0..4).map(|_| thread::spawn(give)).collect();
        let all: Vec<Uuid> = others.into_iter().flat_map(|other| other.join().unwrap()).collect();

        assert_eq!(all.iter().collect::<HashSet<_>>().len(), 40_000);
        assert!(all.iter().all(|id| id.get_version_num() == 7 && id.get_timestamp().unwrap().to_unix().0 >= before));
    }
}
