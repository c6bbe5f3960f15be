//! A server with a real socket, and bytes sent to it as they are.

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

use super::TestApp;

/// The longest that a body may take here.
const DEADLINE: Duration = Duration::from_secs(1);
/// Far longer than any deadline of the server, far shorter than without end.
const PATIENCE: Duration = Duration::from_mins(1);

pub struct SocketServer {
    address: SocketAddr,
    handle: ServerHandle,
    token: String,
    /// Kept for its database.
    _app: Option<TestApp>,
}

impl SocketServer {
    pub async fn start() -> Self {
        let app = TestApp::new().await;
        let mut server = Self::of(&app).await;
        server._app = Some(app);
        server
    }

    /// A server of an application whose database the caller keeps.
    pub async fn of(app: &TestApp) -> Self {
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
            keep: DEADLINE,
            shutdown: 30,
        };
        let server = lantoa::http::listen(&app.app, &settings, listener, limits).unwrap();
        let handle = server.handle();
        actix_web::rt::spawn(server);
        Self { address, handle, token, _app: None }
    }

    /// The head of a request, without what says how its body is framed.
    pub fn head(&self, method: &str, path: &str) -> String {
        let token = &self.token;
        format!(
            "{method} {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\n"
        )
    }

    /// Sends all at once and reads until the server ends the connection.
    pub async fn ask(&self, request: impl AsRef<[u8]>) -> String {
        self.drip(request, b"").await
    }

    /// Sends a beginning and then goes on dripping, until the server ends the connection.
    pub async fn drip(&self, first: impl AsRef<[u8]>, drop: &'static [u8]) -> String {
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
    pub async fn is_alive(&self) {
        let answer = self.ask(self.head("GET", "/api/v1/me") + "Connection: close\r\n\r\n").await;
        assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    }

    pub async fn stop(self) {
        self.handle.stop(false).await;
    }
}

pub fn statuses(answer: &str) -> Vec<&str> {
    answer.split("HTTP/1.1 ").skip(1).map(|one| &one[..3]).collect()
}

pub fn problem(answer: &str) -> Value {
    let body = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    serde_json::from_str(body).unwrap_or(Value::Null)
}
