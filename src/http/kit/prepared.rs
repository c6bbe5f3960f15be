//! Public answers made once and given many times: compressed for whom it is worth it, named by their bytes, and not
//! sent again unasked.

use std::{
    convert::Infallible,
    io::Write as _,
    pin::Pin,
    sync::{Arc, OnceLock},
    task::{Context, Poll},
    time::{Duration, SystemTime},
};

use actix_web::{
    HttpRequest, HttpResponse, HttpResponseBuilder,
    body::{BodySize, MessageBody},
    http::{
        Method, StatusCode,
        header::{self, HeaderMap, HeaderName, HeaderValue, HttpDate},
    },
};
use bytes::Bytes;
use flate2::{Compression, write::GzEncoder};

use super::{
    accept_encoding::{Coding, negotiate},
    etag::{self, Tags},
};
use crate::{
    kernel::{Digest, Timestamp},
    service::{Code, Error},
};

/// Shorter bodies do not get shorter by more than compressing costs.
const WORTH_COMPRESSING: usize = 256;

/// An answer that is the same for everyone who asks for it.
///
/// Its strong entity tag is made of its bytes, one for each content coding.
#[derive(Clone, Debug)]
pub struct Prepared {
    body: Bytes,
    /// Made for the first who takes it, once for all: it is most of what an answer costs, and many are never asked
    /// for again.
    gzip: Arc<OnceLock<Option<Bytes>>>,
    /// The entity tags of the body and of the compressed body.
    tags: [HeaderValue; 2],
    content_type: &'static str,
    cache_control: HeaderValue,
    last_modified: Option<(Timestamp, HeaderValue)>,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl Prepared {
    /// An answer of these bytes; `cache_control` says how long whom it may be kept by.
    pub fn new(content_type: &'static str, cache_control: &'static str, body: impl Into<Bytes>) -> Self {
        let body = body.into();
        let mut name = Digest::of(&body).to_string();
        // 128 bits: nobody finds two bodies of one tag by chance.
        name.truncate(32);
        let tags = [format!("\"{name}\""), format!("\"{name}-gz\"")];
        let tags = tags.map(|tag| HeaderValue::try_from(tag).expect("hexadecimal digits are visible ASCII"));
        let cache_control = HeaderValue::from_static(cache_control);
        Self { body, gzip: Arc::default(), tags, content_type, cache_control, last_modified: None, headers: Vec::new() }
    }

    /// The same with the moment at which its content last changed.
    #[must_use]
    pub fn modified_at(mut self, moment: Timestamp) -> Self {
        let written = HeaderValue::try_from(moment.http_date()).expect("a date is visible ASCII");
        self.last_modified = Some((moment, written));
        self
    }

    /// The same with one more header, which a 304 carries too.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    /// The bytes as they were given.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Bytes that it takes in memory once it was asked for compressed, for a cache that weighs what it keeps.
    pub fn weight(&self) -> usize {
        // Text becomes a third, and half of it at the worst.
        self.body.len() + self.body.len() / 2
    }

    /// The body compressed, where that makes it shorter.
    fn gzip(&self) -> Option<&Bytes> {
        let make = || Some(compressed(&self.body)).filter(|gzip| gzip.len() < self.body.len());
        if self.body.len() < WORTH_COMPRESSING { None } else { self.gzip.get_or_init(make).as_ref() }
    }

    /// The answer to a GET or HEAD of it, from which is seen what it was made of.
    pub fn respond(self: &Arc<Self>, req: &HttpRequest) -> HttpResponse {
        let mut answer = self.answer(req.method(), req.headers());
        answer.extensions_mut().insert(Arc::clone(self));
        answer
    }

    /// The answer to a GET or HEAD of it: whole, without its body, or only that it has not changed.
    pub fn answer(&self, method: &Method, headers: &HeaderMap) -> HttpResponse {
        let (body, gzipped) = match negotiate(headers) {
            Coding::Gzip { only } => match self.gzip() {
                Some(gzip) => (gzip.clone(), true),
                // Not worth it, but the client takes nothing else.
                None if only => (compressed(&self.body), true),
                None => (self.body.clone(), false),
            },
            Coding::Identity => (self.body.clone(), false),
            Coding::Neither => return neither(),
        };
        let etag = &self.tags[usize::from(gzipped)];
        if self.is_known(headers, etag) {
            return self.head(StatusCode::NOT_MODIFIED, etag).finish();
        }
        let mut answer = self.head(StatusCode::OK, etag);
        answer.insert_header((header::CONTENT_TYPE, self.content_type));
        if gzipped {
            answer.insert_header((header::CONTENT_ENCODING, "gzip"));
        }
        if method == Method::HEAD {
            answer
                .message_body(Unsent(body.len() as u64))
                .map_or_else(HttpResponse::from_error, HttpResponse::map_into_boxed_body)
        } else {
            answer.body(body)
        }
    }

    /// What a whole answer and a 304 have in common.
    fn head(&self, status: StatusCode, etag: &HeaderValue) -> HttpResponseBuilder {
        let mut answer = HttpResponse::build(status);
        answer.insert_header((header::ETAG, etag.clone()));
        answer.insert_header((header::CACHE_CONTROL, self.cache_control.clone()));
        answer.insert_header((header::VARY, HeaderValue::from_static("Accept-Encoding")));
        if let Some((_, written)) = &self.last_modified {
            answer.insert_header((header::LAST_MODIFIED, written.clone()));
        }
        for (name, value) in &self.headers {
            answer.append_header((name.clone(), value.clone()));
        }
        answer
    }

    /// Whether the client has this very answer already.
    fn is_known(&self, headers: &HeaderMap, etag: &HeaderValue) -> bool {
        let opaque = etag.to_str().unwrap_or_default().trim_matches('"');
        let mut lists = headers.get_all(header::IF_NONE_MATCH).peekable();
        // Where there are tags, the date is not looked at, even when none of them can be read.
        if lists.peek().is_some() {
            return lists.filter_map(|list| etag::parse(list.to_str().ok()?)).any(|list| match list {
                Tags::Any => true,
                Tags::These(tags) => tags.iter().any(|tag| tag.opaque == opaque),
            });
        }
        let since =
            headers.get(header::IF_MODIFIED_SINCE).and_then(|value| value.to_str().ok()?.parse::<HttpDate>().ok());
        match (since, &self.last_modified) {
            (Some(since), Some((modified, _))) => in_whole_seconds(*modified) <= SystemTime::from(since),
            _ => false,
        }
    }
}

fn compressed(body: &[u8]) -> Bytes {
    let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 2), Compression::new(6));
    encoder.write_all(body).expect("a vector takes every byte");
    encoder.finish().expect("a vector takes every byte").into()
}

fn in_whole_seconds(moment: Timestamp) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(u64::try_from(moment.seconds()).unwrap_or(0))
}

fn neither() -> HttpResponse {
    let mut refusal = HttpResponse::from_error(Error::new(Code::NotAcceptable));
    refusal.headers_mut().insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    refusal
}

/// A body that is announced and not sent, for HEAD.
struct Unsent(u64);

impl MessageBody for Unsent {
    type Error = Infallible;

    fn size(&self) -> BodySize {
        BodySize::Sized(self.0)
    }

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Bytes, Infallible>>> {
        Poll::Ready(None)
    }
}

#[cfg(test)]
#[path = "prepared_tests.rs"]
mod tests;
