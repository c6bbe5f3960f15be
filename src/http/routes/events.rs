//! What changed, as Server-Sent Events.

use std::{
    sync::{Arc, LazyLock, atomic::Ordering},
    time::Duration,
};

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, http::header::CONTENT_TYPE, route, web::Data};
use bytes::Bytes;
use futures_util::stream;
use serde::{Deserialize, Serialize};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore, watch},
    time::{Instant, timeout},
};
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::{
    http::{
        kit::{InOrder, StrictQuery},
        signed::Signed,
        wire::{Refused, bad_parameter, editing},
    },
    kernel::LocaleTag,
    service::{
        App, Caller, Code, Error, FieldCode, FieldError,
        events::{self, Numbered},
    },
};

/// Longest time that a stream stays open, in seconds; the client comes back where it was.
const MAX_STREAM: u64 = 3_600;
/// Streams at the same time, of one process.
const MAX_STREAMS: usize = 512;
/// How long nothing is said before a sign of life is.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// How soon a stream notices that the server stops.
const NOTICE: Duration = Duration::from_secs(1);

static PLACES: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(MAX_STREAMS)));

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(follow_events);
}

/// How a stream is followed.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct EventQuery {
    /// How long the stream stays open, in seconds; with 0 it says what there is and ends.
    #[param(minimum = 0, maximum = 3600, default = 3600)]
    seconds: Option<u64>,
}

/// The data of an event.
#[derive(Serialize)]
struct EventData<'a> {
    seq: i64,
    kind: &'a str,
    article: Option<Uuid>,
    locale: Option<&'a str>,
    at: String,
}

fn written(one: &Numbered) -> String {
    let data = EventData {
        seq: one.seq,
        kind: one.event.kind.as_str(),
        article: one.event.article.map(|id| id.0),
        locale: one.event.locale.as_ref().map(LocaleTag::as_str),
        at: one.at.to_string(),
    };
    let data = serde_json::to_string(&data).expect("texts and numbers serialise");
    format!("id: {}\nevent: {}\ndata: {data}\n\n", one.seq, one.event.kind)
}

/// A stream on its way.
struct Follow {
    app: App,
    caller: Caller,
    /// The last event that was looked at.
    seq: i64,
    /// How much was unread when it was said last.
    unread: Option<u64>,
    committed: watch::Receiver<i64>,
    until: Instant,
    said: Instant,
    begun: bool,
    over: bool,
    _place: OwnedSemaphorePermit,
}

impl Follow {
    /// The next thing to say; nothing when the stream is over.
    async fn next(mut self) -> Option<(Result<Bytes, Error>, Self)> {
        if !self.begun {
            self.begun = true;
            return Some((Ok(Bytes::from_static(b"retry: 3000\n\n")), self));
        }
        while !self.over {
            // Marked first: what is committed while we look is looked for again.
            self.committed.mark_unchanged();
            // A sign-in that ended ends the stream; a fault is no reason to say something wrong.
            let Ok(seen) = events::after(&self.app, self.caller, self.seq).await else { return None };
            self.seq = seen.last;
            let mut text: String = seen.events.iter().map(written).collect();
            if self.unread != Some(seen.unread) {
                self.unread = Some(seen.unread);
                text.extend(["event: notifications\ndata: {\"unread\":", &seen.unread.to_string(), "}\n\n"]);
            }
            if !text.is_empty() {
                self.said = Instant::now();
                return Some((Ok(text.into()), self));
            }
            if !seen.more && self.wait().await {
                return Some((Ok(Bytes::from_static(b": .\n\n")), self));
            }
        }
        None
    }

    /// Waits until something is committed or the stream is over; whether a sign of life is due.
    async fn wait(&mut self) -> bool {
        loop {
            let now = Instant::now();
            if now >= self.until || self.app.stopping.load(Ordering::Relaxed) {
                self.over = true;
                return false;
            }
            if now.duration_since(self.said) >= HEARTBEAT {
                self.said = now;
                return true;
            }
            let span = NOTICE.min(self.until.duration_since(now));
            if matches!(timeout(span, self.committed.changed()).await, Ok(Ok(()))) {
                return false;
            }
        }
    }
}

/// What changed of what the caller may see, as it happens: `draft`, `live`, `vocabulary` and `account` events with the
/// article and the language, and `notifications` with how much is unread. Each has its number as its id; a client
/// that comes back says the last one in `Last-Event-ID` and misses nothing.
#[utoipa::path(get, path = "/events", operation_id = "followEvents", tag = "queue", security(("bearer" = [])),
    params(EventQuery, ("Last-Event-ID" = Option<String>, Header, description = "The id of the last event that was seen; from now on if absent")),
    responses((status = 200, description = "Events, one after the other", body = String, content_type = "text/event-stream"), Refused))]
#[route("/events", method = "GET", method = "HEAD")]
async fn follow_events(
    app: Data<App>,
    req: HttpRequest,
    args: InOrder<Signed, StrictQuery<EventQuery>>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, StrictQuery(EventQuery { seconds })) = args;
    let seconds = seconds.unwrap_or(MAX_STREAM);
    if seconds > MAX_STREAM {
        let fault = FieldError::new("seconds", FieldCode::NotOneOf).with("expected", format!("0–{MAX_STREAM}"));
        return Err(bad_parameter("seconds", fault));
    }
    let newest = events::newest(&app, signed.0).await?;
    let seq = match req.headers().get("last-event-id").map(|value| value.to_str()) {
        None => newest,
        // One that was never given begins anew: nothing is missed that could be known.
        Some(Ok(raw)) => raw.parse().ok().filter(|seq| (0..=newest).contains(seq)).unwrap_or(newest),
        Some(Err(_)) => return Err(Error::new(Code::BadHeader)),
    };
    let place = Arc::clone(&PLACES).try_acquire_owned();
    let place = place.map_err(|_| Error::new(Code::Busy).retry_after(5))?;
    let now = Instant::now();
    let head = *req.method() == actix_web::http::Method::HEAD;
    let follow = Follow {
        app: App::clone(&app),
        caller: signed.0,
        seq,
        unread: None,
        committed: app.db.committed(),
        until: now + Duration::from_secs(if head { 0 } else { seconds }),
        said: now,
        begun: false,
        over: false,
        _place: place,
    };
    let events = stream::unfold(follow, Follow::next);
    Ok(editing(StatusCode::OK)
        .insert_header((CONTENT_TYPE, "text/event-stream"))
        // Proxies that gather answers would hold events back.
        .insert_header(("x-accel-buffering", "no"))
        .streaming(Box::pin(events)))
}
