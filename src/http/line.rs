//! A connection to a client, which ends where the client does not take what is sent to it.

use std::{
    io::{self, ErrorKind},
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    time::{Sleep, sleep},
};

use super::connections::Open;

/// Bytes that a client has to take in time, or else all that there is.
const PIECE: usize = 65_536;

/// A connection. actix waits for a client that does not read for as long as it likes; this does not.
#[derive(Debug)]
pub(super) struct Line<S = TcpStream> {
    stream: S,
    /// Time within which a piece has to be taken.
    each: Duration,
    /// Runs from when the client was first waited for.
    alarm: Option<Pin<Box<Sleep>>>,
    /// Bytes taken since then.
    taken: usize,
    /// Its place among those of its address.
    _open: Option<Open>,
}

impl<S> Line<S> {
    pub(super) fn new(stream: S, each: Duration, open: Option<Open>) -> Self {
        Self { stream, each, alarm: None, taken: 0, _open: open }
    }

    /// Whether the client took what was offered, or was waited for long enough.
    fn heed<T>(
        &mut self,
        done: Poll<io::Result<T>>,
        taken: impl Fn(&T) -> usize,
        cx: &mut Context<'_>,
    ) -> Poll<io::Result<T>> {
        match &done {
            Poll::Ready(Ok(value)) => {
                self.taken = self.taken.saturating_add(taken(value));
                if self.taken >= PIECE {
                    self.rest();
                }
            }
            Poll::Ready(Err(_)) => {}
            Poll::Pending => {
                let each = self.each;
                let alarm = self.alarm.get_or_insert_with(|| Box::pin(sleep(each)));
                if alarm.as_mut().poll(cx).is_ready() {
                    return Poll::Ready(Err(ErrorKind::TimedOut.into()));
                }
            }
        }
        done
    }

    /// Nobody is waited for any more.
    fn rest(&mut self) {
        (self.alarm, self.taken) = (None, 0);
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Line<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Line<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.heed(written, |length| *length, cx)
    }

    /// actix flushes when it has written all that it has.
    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(cx);
        self.heed(flushed, |()| PIECE, cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, DuplexStream, duplex};

    use super::*;

    /// A line that holds so many bytes, and who is at its other end.
    fn line(room: usize, each: Duration) -> (Line<DuplexStream>, DuplexStream) {
        let (ours, theirs) = duplex(room);
        (Line::new(ours, each, None), theirs)
    }

    #[actix_web::test]
    async fn who_takes_nothing_is_waited_for_so_long_and_no_longer() {
        let (mut line, _deaf) = line(10, Duration::from_millis(1));
        assert_eq!(line.write_all(&[0; 11]).await.unwrap_err().kind(), ErrorKind::TimedOut);
    }

    #[actix_web::test]
    async fn a_byte_now_and_then_buys_no_time_and_all_of_it_does() {
        let (mut line, mut reader) = line(10, Duration::from_hours(1));
        let mut taken = [0; 10];
        line.write_all(&[0; 10]).await.unwrap();
        let mut cx = Context::from_waker(std::task::Waker::noop());
        assert!(Pin::new(&mut line).poll_write(&mut cx, &[0]).is_pending() && line.alarm.is_some());
        reader.read_exact(&mut taken).await.unwrap();
        line.write_all(&[0]).await.unwrap();
        assert!(line.alarm.is_some(), "a byte is not yet all");
        line.flush().await.unwrap();
        assert!(line.alarm.is_none());
    }
}
