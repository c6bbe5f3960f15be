//! No body is waited for without end: not one that a handler reads, not one that nobody reads.

use std::{
    cell::{Cell, RefCell},
    io::{self, ErrorKind},
    pin::Pin,
    rc::Rc,
    task::{Context, Poll, ready},
};

use actix_web::{
    HttpMessage as _, HttpResponse,
    body::{BodySize, BoxBody, MessageBody},
    dev::{Payload, ServiceRequest, ServiceResponse},
    error::PayloadError,
    middleware::Next,
};
use bytes::Bytes;
use futures_util::Stream;
use tokio::time::{Instant, Sleep, sleep_until};

use super::{Limits, pieces::in_pieces};

/// Gives every request body a deadline, and ends the connection when an answer leaves before its
/// body has come; for `from_fn`, outermost of all.
///
/// Whoever reads past the deadline gets a timed-out [`PayloadError::Io`], which is told as
/// `request-timeout`. Nothing is read that no handler asks for.
pub async fn bound_bodies(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse, actix_web::Error> {
    let payload = request.take_payload();
    if matches!(payload, Payload::None) {
        return next.call(request).await.map(|answer| answer.map_body(|_, body| in_pieces(body.boxed())));
    }
    let until = Instant::now() + Limits::of(request.request()).deadline;
    let body = Rc::new(Body { payload: RefCell::new(payload), whole: Cell::new(false) });
    let bounded = Bounded { body: Rc::clone(&body), until, alarm: None };
    request.set_payload(Payload::Stream { payload: Box::pin(bounded) });

    match next.call(request).await {
        Ok(answer) => Ok(answer.map_body(|_, answer| hold(in_pieces(answer.boxed()), body))),
        Err(mut error) => {
            error.add_response_mapper(move |response: HttpResponse| {
                response.map_body(|_, answer| hold(answer, Rc::clone(&body)))
            });
            Err(error)
        }
    }
}

/// A request's body, which the reader and the answer share.
struct Body {
    payload: RefCell<Payload>,
    whole: Cell<bool>,
}

/// A request's body as a handler reads it.
struct Bounded {
    body: Rc<Body>,
    until: Instant,
    alarm: Option<Pin<Box<Sleep>>>,
}

impl Stream for Bounded {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let chunk = Pin::new(&mut *self.body.payload.borrow_mut()).poll_next(cx);
        if let Poll::Ready(chunk) = chunk {
            self.body.whole.set(chunk.is_none());
            return Poll::Ready(chunk);
        }
        let until = self.until;
        // Most bodies are here at once and never need the alarm.
        ready!(self.alarm.get_or_insert_with(|| Box::pin(sleep_until(until))).as_mut().poll(cx));
        Poll::Ready(Some(Err(PayloadError::Io(io::Error::from(ErrorKind::TimedOut)))))
    }
}

/// The answer's body, which keeps an unfinished request body until it has been written.
///
/// actix ends a connection whose request body was not read out, but one in chunks that the handler
/// let go of it goes on discarding for as long as the sender likes. So it is not let go of.
fn hold(answer: BoxBody, body: Rc<Body>) -> BoxBody {
    if body.whole.get() { answer } else { BoxBody::new(Held { answer, _body: body }) }
}

struct Held {
    answer: BoxBody,
    _body: Rc<Body>,
}

impl MessageBody for Held {
    type Error = Box<dyn std::error::Error>;

    fn size(&self) -> BodySize {
        match self.answer.size() {
            // A body that is none at all would be dropped, and what it holds with it.
            BodySize::None => BodySize::Sized(0),
            size => size,
        }
    }

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Self::Error>>> {
        self.answer.as_pin_mut().poll_next(cx)
    }
}

#[cfg(test)]
#[path = "deadline_tests.rs"]
mod tests;
