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
use brotli::CompressorWriter;
use bytes::Bytes;
use flate2::{Compression, write::GzEncoder};

use super::{
    accept_encoding::{Choice, Coding, negotiate},
    etag::{self, Tags},
};
use crate::{
    kernel::{Digest, Timestamp},
    service::{Code, Error},
};

/// Shorter bodies do not get shorter by more than compressing costs.
const WORTH_COMPRESSING: usize = 256;

/// What takes about as long as gzip does; the best of each would take a hundred times that, with a reader waiting.
const BROTLI_QUALITY: u32 = 5;
/// As a power of 2: no answer is longer by much.
const BROTLI_WINDOW: u32 = 20;
const ZSTD_LEVEL: i32 = 7;

/// An answer that is the same for everyone who asks for it.
///
/// Its strong entity tag is made of its bytes, one for each content coding.
#[derive(Clone, Debug)]
pub struct Prepared {
    body: Bytes,
    /// Each made for the first who takes it, once for all: it is most of what an answer costs, and many are never asked
    /// for again.
    coded: Arc<[OnceLock<Option<Bytes>>; 3]>,
    /// The entity tags of each coding, and of the body as it is.
    tags: [HeaderValue; 4],
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
        let tags = ["-br", "-zst", "-gz", ""].map(|coding| format!("\"{name}{coding}\""));
        let tags = tags.map(|tag| HeaderValue::try_from(tag).expect("hexadecimal digits are visible ASCII"));
        let cache_control = HeaderValue::from_static(cache_control);
        Self {
            body,
            coded: Arc::default(),
            tags,
            content_type,
            cache_control,
            last_modified: None,
            headers: Vec::new(),
        }
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
        // Text becomes a third, and half of it at the worst, in each coding.
        self.body.len() + self.body.len() / 2 * Coding::ALL.len()
    }

    /// The body in a coding, where that makes it shorter.
    fn coded(&self, coding: Coding) -> Option<&Bytes> {
        let make = || Some(compressed(&self.body, coding)).filter(|coded| coded.len() < self.body.len());
        if self.body.len() < WORTH_COMPRESSING { None } else { self.coded[coding as usize].get_or_init(make).as_ref() }
    }

    /// The entity tag of the answer that these headers get; nothing where they take no coding of it.
    pub fn tag(&self, headers: &HeaderMap) -> Option<&HeaderValue> {
        self.chosen(headers).map(|(_, coding)| self.tag_of(coding))
    }

    fn tag_of(&self, coding: Option<Coding>) -> &HeaderValue {
        &self.tags[coding.map_or(Coding::ALL.len(), |coding| coding as usize)]
    }

    /// The bytes for these headers and how they are coded.
    fn chosen(&self, headers: &HeaderMap) -> Option<(Bytes, Option<Coding>)> {
        Some(match negotiate(headers) {
            Choice::Coded { coding, only } => match self.coded(coding) {
                Some(coded) => (coded.clone(), Some(coding)),
                // Not worth it, but the client takes nothing else.
                None if only => (compressed(&self.body, coding), Some(coding)),
                None => (self.body.clone(), None),
            },
            Choice::Identity => (self.body.clone(), None),
            Choice::Nothing => return None,
        })
    }

    /// The answer to a GET or HEAD of it, from which is seen what it was made of.
    pub fn respond(self: &Arc<Self>, req: &HttpRequest) -> HttpResponse {
        let mut answer = self.answer(req.method(), req.headers());
        answer.extensions_mut().insert(Arc::clone(self));
        answer
    }

    /// The answer to a GET or HEAD of it: whole, without its body, or only that it has not changed.
    pub fn answer(&self, method: &Method, headers: &HeaderMap) -> HttpResponse {
        let Some((body, coding)) = self.chosen(headers) else { return neither() };
        let etag = self.tag_of(coding);
        if self.is_known(headers, etag) {
            return self.head(StatusCode::NOT_MODIFIED, etag).finish();
        }
        let mut answer = self.head(StatusCode::OK, etag);
        answer.insert_header((header::CONTENT_TYPE, self.content_type));
        if let Some(coding) = coding {
            answer.insert_header((header::CONTENT_ENCODING, coding.name()));
        }
        if method == Method::HEAD {
            answer
                .message_body(Unsent(body.len() as u64))
                .map_or_else(HttpResponse::from_error, HttpResponse::map_into_boxed_body)
        } else {
            answer.body(body)
        }
    }

    /// The answer to who knows an earlier whole one and asked for what is new alone (RFC 3229): this is what is new,
    /// and the tag is that of the whole.
    pub fn respond_as_news(&self, whole: &Self, headers: &HeaderMap) -> HttpResponse {
        let Some(((body, coding), tag)) = self.chosen(headers).zip(whole.tag(headers)) else { return neither() };
        let mut answer = whole.head(StatusCode::IM_USED, tag);
        answer.insert_header((header::CONTENT_TYPE, self.content_type));
        if let Some(coding) = coding {
            answer.insert_header((header::CONTENT_ENCODING, coding.name()));
        }
        answer.insert_header((HeaderName::from_static("im"), HeaderValue::from_static("feed")));
        // A cache that does not know of it would give the news for the whole.
        answer.insert_header((header::CACHE_CONTROL, HeaderValue::from_static("no-store, im")));
        answer.insert_header((header::VARY, HeaderValue::from_static("Accept-Encoding, A-IM, If-None-Match")));
        answer.body(body)
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

/// The entity tags that a client has answers of; nothing where it takes any answer for known.
pub fn known_tags(headers: &HeaderMap) -> Option<Vec<String>> {
    let mut known = Vec::new();
    for list in headers.get_all(header::IF_NONE_MATCH).filter_map(|list| etag::parse(list.to_str().ok()?)) {
        match list {
            Tags::Any => return None,
            Tags::These(tags) => known.extend(tags.iter().map(|tag| tag.opaque.to_owned())),
        }
    }
    Some(known)
}

fn compressed(body: &[u8], coding: Coding) -> Bytes {
    let room = Vec::with_capacity(body.len() / 2);
    let coded = match coding {
        Coding::Brotli => {
            let mut encoder = CompressorWriter::new(room, 4096, BROTLI_QUALITY, BROTLI_WINDOW);
            encoder.write_all(body).expect("a vector takes every byte");
            encoder.into_inner()
        }
        Coding::Zstd => zstd::bulk::compress(body, ZSTD_LEVEL).expect("a vector takes every byte"),
        Coding::Gzip => {
            let mut encoder = GzEncoder::new(room, Compression::new(6));
            encoder.write_all(body).expect("a vector takes every byte");
            encoder.finish().expect("a vector takes every byte")
        }
    };
    coded.into()
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
