//! Answers that are ready are given before the application is asked: its routing and its layers would come to the
//! same, and cost as much again.

use std::{
    cell::RefCell,
    collections::HashMap,
    rc::Rc,
    sync::{Arc, Weak},
};

use actix_http::{
    Request, Response, StatusCode,
    body::{BoxBody, MessageBody},
    header::{self, HeaderMap, HeaderName, HeaderValue},
};
use actix_web::{HttpMessage as _, http::Method};

use super::{
    kit::{Prepared, RequestId, Sort, in_pieces},
    metrics::Place,
    public::A_IM,
};
use crate::service::{App, public::Generation};

/// Addresses that a worker knows at most. Beyond them it begins anew, as answers of past states stay otherwise.
const KNOWN: usize = 2_048;
/// The longest address that is remembered, in bytes.
const LONGEST: usize = 512;
/// How the names of headers begin that are said of a 304 too: a page of another origin may not read it without them.
const FOR_READERS: &str = "access-control-";
/// What the application reads of a request beyond its address, its conditions and its codings, where it is there.
const OUT_OF_THE_ORDINARY: [HeaderName; 7] = [
    header::ORIGIN,
    header::UPGRADE,
    // A body, which nobody would read out of the way of the next request.
    header::CONTENT_LENGTH,
    header::TRANSFER_ENCODING,
    header::CONTENT_ENCODING,
    header::EXPECT,
    // Who asks for what is new alone.
    A_IM,
];

/// What a worker knows to be ready. It is learnt from the application's own answers, and holds for the state of what
/// is public in which they were given.
#[derive(Clone)]
pub(super) struct Ready {
    app: App,
    known: Rc<RefCell<HashMap<Box<str>, Known>>>,
}

struct Known {
    generation: Generation,
    /// Not held on to: what the application has let go of is made anew there.
    answer: Weak<Prepared>,
    /// What the application's layers said beside it.
    around: Vec<(HeaderName, HeaderValue)>,
    /// The head of each sort of answer that somebody was given: put together once, as twenty headers cost more than
    /// all else here.
    heads: RefCell<Vec<(Sort, HeaderMap)>>,
    /// The route of the address.
    place: Place,
}

impl Known {
    fn head(&self, prepared: &Prepared, sort: Sort) -> HeaderMap {
        let mut heads = self.heads.borrow_mut();
        if let Some((_, head)) = heads.iter().find(|(one, _)| *one == sort) {
            return head.clone();
        }
        let mut head = prepared.head(sort);
        let told = |name: &HeaderName| sort.status() == StatusCode::OK || name.as_str().starts_with(FOR_READERS);
        for (name, value) in self.around.iter().filter(|(name, _)| told(name)) {
            head.append(name.clone(), value.clone());
        }
        heads.push((sort, head.clone()));
        head
    }
}

/// What may be learnt from the answer to a request.
pub(super) struct Lesson {
    address: Box<str>,
    generation: Generation,
}

impl Ready {
    pub(super) fn new(app: &App) -> Self {
        Self { app: app.clone(), known: Rc::default() }
    }

    /// The answer to a request, if it is ready, and its route.
    pub(super) fn answer(&self, request: &Request) -> Option<(Response<BoxBody>, Place)> {
        let address = plain_address(request)?;
        let known = self.known.borrow();
        let known = known.get(address)?;
        if known.generation != self.app.generation() {
            return None;
        }
        // A refusal is told by the application, in the reader's language.
        let prepared = known.answer.upgrade()?;
        let (sort, body) = prepared.sorted(request.method(), request.headers())?;
        let mut answer = Response::with_body(sort.status(), in_pieces(body));
        *answer.headers_mut() = known.head(&prepared, sort);
        answer.headers_mut().insert(RequestId::HEADER, RequestId::fresh().header_value());
        Some((answer, known.place))
    }

    /// What the application's answer to a request would teach.
    pub(super) fn lesson(&self, request: &Request) -> Option<Lesson> {
        let address = plain_address(request).filter(|_| request.method() == Method::GET)?;
        Some(Lesson { address: address.into(), generation: self.app.generation() })
    }

    /// Learns from the application's answer, if that was ready there and is the same for everyone.
    pub(super) fn learn<B: MessageBody>(&self, lesson: Lesson, answer: &Response<B>, place: Place) {
        let ready = answer.extensions().get::<Arc<Prepared>>().cloned();
        let Some(ready) = ready.filter(|_| answer.status() == StatusCode::OK) else { return };
        // Made while something changed, it may be of either state.
        if lesson.generation != self.app.generation() {
            return;
        }
        let own = ready.answer(&Method::GET, &HeaderMap::new());
        let Some(around) = around(own.headers(), answer.headers()) else { return };
        let mut known = self.known.borrow_mut();
        if known.len() >= KNOWN {
            known.clear();
        }
        let answer = Arc::downgrade(&ready);
        let generation = lesson.generation;
        known.insert(lesson.address, Known { generation, answer, around, heads: RefCell::default(), place });
    }
}

/// The address of a request that nothing but its address, its conditions and its codings decide about.
fn plain_address(request: &Request) -> Option<&str> {
    let head = request.head();
    let is_plain = matches!(head.method, Method::GET | Method::HEAD)
        && head.uri.authority().is_none()
        && !OUT_OF_THE_ORDINARY.iter().any(|name| head.headers.contains_key(name));
    let address = head.uri.path_and_query()?.as_str();
    (is_plain && address.len() <= LONGEST).then_some(address)
}

/// What an answer says beside what was prepared; nothing where it is not the same for every reader.
fn around(prepared: &HeaderMap, answer: &HeaderMap) -> Option<Vec<(HeaderName, HeaderValue)>> {
    let counted = answer.keys().any(|name| name.as_str().starts_with("ratelimit"));
    let varies = answer.get(header::VARY) != prepared.get(header::VARY);
    if counted || varies {
        return None;
    }
    let more = |name: &HeaderName| {
        !prepared.contains_key(name) && *name != RequestId::HEADER && *name != header::CONTENT_ENCODING
    };
    Some(answer.iter().filter(|(name, _)| more(name)).map(|(name, value)| (name.clone(), value.clone())).collect())
}
