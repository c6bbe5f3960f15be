//! One request and its answer over a connection that is there.

use std::{fmt, io};

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::{
    Method,
    client::conn::http1,
    header::{HeaderName, HeaderValue},
};
use hyper_util::rt::TokioIo;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    task::JoinSet,
};

use super::{Target, Undelivered};

/// Most bytes of an answer that are read; the rest stays where it is.
pub const MAX_ANSWER: usize = 65_536;
/// Most bytes of an answer's head.
const HEAD: usize = 16_384;

/// What is sent.
#[derive(Clone)]
pub struct Request {
    /// POST with this body, or GET without one.
    pub body: Option<Bytes>,
    /// Headers beside those that every request has.
    pub headers: Vec<(String, String)>,
}

// Signatures stand among the headers, and texts that are not for logs in the body.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request").field("bytes", &self.body.as_ref().map(Bytes::len)).finish_non_exhaustive()
    }
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The beginning of the body, at most [`MAX_ANSWER`] bytes.
    pub body: Bytes,
    /// Whether that is all of it.
    pub whole: bool,
}

impl Answer {
    /// Whether what was sent was taken.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// Sends the request and reads the answer. Nothing that it says is followed.
pub(super) async fn over(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    target: &Target,
    request: &Request,
    agent: &str,
) -> Result<Answer, Undelivered> {
    let broken = |error: hyper::Error| Undelivered::Broken(error.to_string());
    let (mut sender, connection) =
        http1::Builder::new().max_buf_size(HEAD).handshake(TokioIo::new(stream)).await.map_err(broken)?;
    // Dropped with this function, and the connection with it: nothing is read that nobody waits for.
    let mut driver = JoinSet::new();
    driver.spawn(connection);
    let answer = sender.send_request(message(target, request, agent)?).await.map_err(broken)?;
    let status = answer.status().as_u16();
    let mut body = answer.into_body();
    let mut read = Vec::new();
    while let Some(frame) = body.frame().await {
        // The status is what counts; an answer that breaks off has said it.
        let Ok(frame) = frame else { return Ok(Answer { status, body: read.into(), whole: false }) };
        let Some(piece) = frame.data_ref() else { continue };
        let room = MAX_ANSWER - read.len();
        read.extend_from_slice(&piece[..piece.len().min(room)]);
        if piece.len() > room {
            return Ok(Answer { status, body: read.into(), whole: false });
        }
    }
    Ok(Answer { status, body: read.into(), whole: true })
}

fn message(target: &Target, request: &Request, agent: &str) -> Result<hyper::Request<Full<Bytes>>, Undelivered> {
    let bad = |error: hyper::http::Error| Undelivered::Broken(error.to_string());
    let method = if request.body.is_some() { Method::POST } else { Method::GET };
    let mut message = hyper::Request::builder()
        .method(method)
        .uri(target.path())
        .header("host", target.host_header())
        .header("user-agent", agent)
        .header("accept", "*/*")
        .header("connection", "close");
    for (name, value) in &request.headers {
        let name: HeaderName = name.parse().map_err(|error| bad(hyper::http::Error::from(error)))?;
        let value: HeaderValue = value.parse().map_err(|error| bad(hyper::http::Error::from(error)))?;
        message = message.header(name, value);
    }
    message.body(Full::new(request.body.clone().unwrap_or_default())).map_err(bad)
}

impl From<io::Error> for Undelivered {
    fn from(error: io::Error) -> Self {
        Self::Connection(error.kind().to_string())
    }
}
