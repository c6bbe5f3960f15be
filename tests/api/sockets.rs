//! A real socket: slow, broken and ambiguous requests end, and others are served meanwhile.

use std::{
    net::{SocketAddr, TcpListener},
    time::Duration,
};

use actix_web::dev::ServerHandle;
use lantoa::http::{
    Connections, Listening, Settings,
    kit::{Limits, Proxies, Work},
};
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};

use crate::support::TestApp;

/// The longest that a body may take here.
const DEADLINE: Duration = Duration::from_secs(1);
/// Far longer than any deadline of the server, far shorter than without end.
const PATIENCE: Duration = Duration::from_mins(1);

struct Server {
    address: SocketAddr,
    handle: ServerHandle,
    token: String,
    /// Kept for its database.
    _app: TestApp,
}

impl Server {
    async fn start() -> Self {
        let app = TestApp::new().await;
        let token = app.account("author").sign_in().await.token.unwrap();
        let mut settings = Settings::new(Limits { deadline: DEADLINE, ..Limits::default() }, 1 << 20);
        // One at a time: whoever sends slowly must not take the place of who is here already.
        settings.work = Work::new(1);
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let limits = Listening {
            workers: 1,
            connections: 4_096,
            clients: Connections::new(0, DEADLINE, Proxies::default()),
            head: DEADLINE,
            keep: Duration::from_secs(5),
            shutdown: 30,
        };
        let server = lantoa::http::listen(&app.app, &settings, listener, limits).unwrap();
        let handle = server.handle();
        actix_web::rt::spawn(server);
        Self { address, handle, token, _app: app }
    }

    /// The head of a request, without what says how its body is framed.
    fn head(&self, method: &str, path: &str) -> String {
        let token = &self.token;
        format!(
            "{method} {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\n"
        )
    }

    /// Sends all at once and reads until the server ends the connection.
    async fn ask(&self, request: impl AsRef<[u8]>) -> String {
        self.drip(request, b"").await
    }

    /// Sends a beginning and then goes on dripping, until the server ends the connection.
    async fn drip(&self, first: impl AsRef<[u8]>, drop: &'static [u8]) -> String {
        let (mut from, mut to) = TcpStream::connect(self.address).await.unwrap().into_split();
        // A server that has heard enough may hang up in the middle of it.
        let _ = to.write_all(first.as_ref()).await;
        let dripping = actix_web::rt::spawn(async move {
            while drop.is_empty() || to.write_all(drop).await.is_ok() {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        });
        let (mut answer, mut buffer) = (Vec::new(), [0; 4096]);
        let ended = timeout(PATIENCE, async {
            // A reset ends a connection as well as a goodbye does.
            while let Ok(length @ 1..) = from.read(&mut buffer).await {
                answer.extend_from_slice(&buffer[..length]);
            }
        });
        assert!(ended.await.is_ok(), "held open after {}", String::from_utf8_lossy(&answer));
        dripping.abort();
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// Says that somebody else is still served.
    async fn is_alive(&self) {
        let answer = self.ask(self.head("GET", "/api/v1/me") + "Connection: close\r\n\r\n").await;
        assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    }

    async fn stop(self) {
        self.handle.stop(false).await;
    }
}

fn statuses(answer: &str) -> Vec<&str> {
    answer.split("HTTP/1.1 ").skip(1).map(|one| &one[..3]).collect()
}

fn problem(answer: &str) -> Value {
    let body = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    serde_json::from_str(body).unwrap_or(Value::Null)
}

#[actix_web::test]
async fn a_body_that_drips_is_cut_off_and_others_are_served_meanwhile() {
    let server = Server::start().await;
    let head = server.head("POST", "/api/v1/articles");

    for (framing, first, drop) in [
        ("Content-Length: 100000\r\n\r\n", "{", &b" "[..]),
        ("Transfer-Encoding: chunked\r\n\r\n", "1\r\n{\r\n", &b"1\r\n \r\n"[..]),
    ] {
        let slow = server.drip(format!("{head}{framing}{first}"), drop);
        let (answer, ()) = tokio::join!(slow, server.is_alive());
        assert_eq!(statuses(&answer), ["408"], "{answer}");
        assert_eq!(problem(&answer)["code"], "request-timeout", "{answer}");
        assert!(answer.to_lowercase().contains("\r\nconnection: close\r\n"), "{answer}");
    }

    server.is_alive().await;
    server.stop().await;
}

#[actix_web::test]
async fn a_body_that_nobody_reads_does_not_hold_the_connection() {
    let server = Server::start().await;

    for (path, status) in [("/api/v1/nothing", "404"), ("/api/v1/auth/logout", "204"), ("/api/v1/me", "405")] {
        let head = server.head("POST", path);
        for (framing, drop) in
            [("Content-Length: 100000\r\n\r\n", &b" "[..]), ("Transfer-Encoding: chunked\r\n\r\n", &b"1\r\n \r\n"[..])]
        {
            let answer = server.drip(format!("{head}{framing}"), drop).await;
            let status = if answer.starts_with("HTTP/1.1 401") { "401" } else { status };
            assert_eq!(statuses(&answer), [status], "{path} {framing}: {answer}");
        }
    }

    server.stop().await;
}

#[actix_web::test]
async fn a_head_that_drips_is_cut_off() {
    let server = Server::start().await;

    for first in ["", "GET /api/v1/me HT", "GET /api/v1/me HTTP/1.1\r\nHost: x\r\nX-A: "] {
        let slow = server.drip(first, b"a");
        let (answer, ()) = tokio::join!(slow, server.is_alive());
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{answer}");
    }

    server.stop().await;
}

#[actix_web::test]
async fn a_head_that_is_too_long_is_refused() {
    let server = Server::start().await;
    let many = "X-A: a\r\n".repeat(20_000);

    for head in [
        format!("GET /api/v1/me HTTP/1.1\r\nHost: x\r\nX-A: {}\r\n\r\n", "a".repeat(1 << 20)),
        format!("GET /api/v1/me HTTP/1.1\r\nHost: x\r\n{many}\r\n"),
        format!("GET /{} HTTP/1.1\r\nHost: x\r\n\r\n", "a".repeat(1 << 20)),
    ] {
        let answer = server.ask(head).await;
        // Hung up on while it still talks, a client may not get to hear the answer.
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{answer}");
    }

    server.is_alive().await;
    server.stop().await;
}

#[actix_web::test]
async fn a_body_of_two_lengths_is_refused() {
    let server = Server::start().await;
    let head = server.head("POST", "/api/v1/articles");
    let smuggled = server.head("GET", "/api/v1/me") + "\r\n";

    for framing in [
        "Content-Length: 2\r\nContent-Length: 4\r\n\r\n{}",
        "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
        "Content-Length: 2, 4\r\n\r\n{}",
        "Content-Length: +2\r\n\r\n{}",
        "Content-Length: -2\r\n\r\n{}",
        "Content-Length: 0x2\r\n\r\n{}",
        "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\nxyz\r\n{}\r\n0\r\n\r\n",
    ] {
        let answer = server.ask(format!("{head}{framing}{smuggled}")).await;
        // Closing with bytes unread resets the connection, and the reset may overtake the refusal.
        if answer.is_empty() {
            continue;
        }
        assert_eq!(statuses(&answer).len(), 1, "{framing}: {answer}");
        assert!(answer.starts_with("HTTP/1.1 400 ") || answer.starts_with("HTTP/1.1 501 "), "{framing}: {answer}");
    }

    server.is_alive().await;
    server.stop().await;
}

#[actix_web::test]
async fn a_compressed_body_is_refused_unread() {
    let server = Server::start().await;
    let head = server.head("POST", "/api/v1/articles");

    for encoding in ["gzip", "deflate", "br", "gzip, gzip, gzip"] {
        let framing = format!("Content-Encoding: {encoding}\r\nContent-Length: 1000000\r\n\r\n");
        let answer = server.drip(format!("{head}{framing}"), b"\x1f\x8b\x08\0\0\0\0\0").await;
        assert_eq!(statuses(&answer), ["415"], "{encoding}: {answer}");
        assert_eq!(problem(&answer)["code"], "content-encoding");
    }

    server.is_alive().await;
    server.stop().await;
}

#[actix_web::test]
async fn a_body_that_says_or_shows_that_it_is_too_long_is_not_read_on() {
    let server = Server::start().await;
    let head = server.head("POST", "/api/v1/articles");
    let chunk = format!("10000\r\n{}\r\n", " ".repeat(0x10000));

    let said = server.drip(format!("{head}Content-Length: 26214400\r\n\r\n"), b" ").await;
    let shown =
        server.drip(format!("{head}Transfer-Encoding: chunked\r\n\r\n{}", chunk.repeat(17)), b"1\r\n \r\n").await;

    for answer in [said, shown] {
        assert_eq!(statuses(&answer), ["413"], "{answer}");
        assert_eq!(problem(&answer)["code"], "body-too-large");
    }
    server.stop().await;
}

#[actix_web::test]
async fn head_is_get_without_a_body() {
    let server = Server::start().await;

    for (path, status) in
        [("/api/v1/me", "200"), ("/api/v1/articles", "200"), ("/api/v1/nothing", "404"), ("/openapi.json", "200")]
    {
        let of = |method: &str| server.head(method, path) + "Connection: close\r\n\r\n";
        let (get, head) = (server.ask(of("GET")).await, server.ask(of("HEAD")).await);
        assert_eq!(statuses(&get), [status], "{path}: {get}");
        let (fields, body) = head.split_once("\r\n\r\n").unwrap();
        assert!(fields.starts_with(&format!("HTTP/1.1 {status} ")), "{path}: {head}");
        assert_eq!(body, "", "{path}");
        let names = |answer: &str| {
            let head = answer.split("\r\n\r\n").next().unwrap_or_default().to_lowercase();
            let mut names: Vec<String> =
                head.lines().skip(1).filter_map(|line| Some(line.split_once(':')?.0.to_owned())).collect();
            names.sort();
            names
        };
        assert_eq!(names(&head), names(&get), "{path}");
    }

    server.stop().await;
}

#[actix_web::test]
async fn pipelined_requests_are_answered_in_their_order() {
    let server = Server::start().await;
    let get = server.head("GET", "/api/v1/me") + "\r\n";
    let post = server.head("POST", "/api/v1/articles") + "Content-Length: 1\r\n\r\n{";
    let nothing = server.head("GET", "/api/v1/nothing") + "\r\n";
    let last = server.head("GET", "/api/v1/agencies") + "Connection: close\r\n\r\n";

    let answer = server.ask(format!("{get}{post}{nothing}{get}{last}")).await;

    assert_eq!(statuses(&answer), ["200", "400", "404", "200", "200"], "{answer}");
    server.stop().await;
}

#[actix_web::test]
async fn many_slow_senders_do_not_keep_others_waiting_for_ever() {
    let server = Server::start().await;
    let head = server.head("POST", "/api/v1/auth/login") + "Content-Length: 1000\r\n\r\n{";

    let slow = futures_util::future::join_all((0..100).map(|_| server.drip(head.clone(), b" ")));
    let others = async {
        for _ in 0..10 {
            server.is_alive().await;
        }
    };
    let (answers, ()) = tokio::join!(slow, others);

    for answer in answers {
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 408 "), "{answer}");
    }
    server.stop().await;
}
