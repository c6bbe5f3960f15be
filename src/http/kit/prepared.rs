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
    HttpRequest, HttpResponse,
    body::{BodySize, BoxBody, MessageBody},
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

/// One of the answers that are made of the same bytes: all of one sort have the same head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    /// It says only that the client has them already.
    is_known: bool,
    coding: Option<Coding>,
}

impl Sort {
    /// Its status.
    pub fn status(self) -> StatusCode {
        if self.is_known { StatusCode::NOT_MODIFIED } else { StatusCode::OK }
    }
}

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

    /// The same with one more header. A 304 leaves it out, unless it is `Vary`: whom it is for has it from the answer
    /// that is known.
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
        let Some((sort, body)) = self.sorted(method, headers) else { return neither() };
        let mut answer = HttpResponse::with_body(sort.status(), body);
        *answer.headers_mut() = self.head(sort);
        answer
    }

    /// The head of an answer.
    pub fn head(&self, sort: Sort) -> HeaderMap {
        let mut head = self.known_head(self.tag_of(sort.coding));
        if !sort.is_known {
            self.describe(&mut head, sort.coding);
        }
        head
    }

    /// What a whole answer says beyond what a 304 does.
    fn describe(&self, head: &mut HeaderMap, coding: Option<Coding>) {
        head.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.content_type));
        if let Some(coding) = coding {
            head.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding.name()));
        }
        for (name, value) in self.headers.iter().filter(|(name, _)| *name != header::VARY) {
            head.append(name.clone(), value.clone());
        }
    }

    /// Which of its answers a request gets, and the body of that; nothing where it takes none of them.
    pub fn sorted(&self, method: &Method, headers: &HeaderMap) -> Option<(Sort, BoxBody)> {
        let (body, coding) = self.chosen(headers)?;
        let is_known = self.is_known(headers, self.tag_of(coding));
        let body = match (is_known, method == Method::HEAD) {
            (true, _) => BoxBody::new(()),
            (false, true) => BoxBody::new(Unsent(body.len() as u64)),
            (false, false) => BoxBody::new(body),
        };
        Some((Sort { is_known, coding }, body))
    }

    /// The answer to who knows an earlier whole one and asked for what is new alone (RFC 3229): this is what is new,
    /// and the tag is that of the whole.
    pub fn respond_as_news(&self, whole: &Self, headers: &HeaderMap) -> HttpResponse {
        let Some(((body, coding), tag)) = self.chosen(headers).zip(whole.tag(headers)) else { return neither() };
        let mut head = whole.known_head(tag);
        whole.describe(&mut head, coding);
        head.insert(HeaderName::from_static("im"), HeaderValue::from_static("feed"));
        // A cache that does not know of it would give the news for the whole.
        head.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store, im"));
        head.insert(header::VARY, HeaderValue::from_static("Accept-Encoding, A-IM, If-None-Match"));
        let mut answer = HttpResponse::with_body(StatusCode::IM_USED, BoxBody::new(body));
        *answer.headers_mut() = head;
        answer
    }

    /// What a 304 says (RFC 9110, 15.4.5), and the whole answer too.
    fn known_head(&self, etag: &HeaderValue) -> HeaderMap {
        let mut head = HeaderMap::with_capacity(4);
        head.insert(header::ETAG, etag.clone());
        head.insert(header::CACHE_CONTROL, self.cache_control.clone());
        head.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
        for (_, more) in self.headers.iter().filter(|(name, _)| *name == header::VARY) {
            head.append(header::VARY, more.clone());
        }
        if let Some((_, written)) = &self.last_modified {
            head.insert(header::LAST_MODIFIED, written.clone());
        }
        head
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
