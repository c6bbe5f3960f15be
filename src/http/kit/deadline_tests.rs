use std::{net::SocketAddr, time::Duration};

use actix_web::{App, HttpResponse, HttpServer, dev::ServerHandle, web};
use futures_util::StreamExt as _;
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};

use super::*;
use crate::{
    http::kit::{StrictJson, payload_error, testing::chained},
    service::Error,
};

const DEADLINE: Duration = Duration::from_millis(300);

/// Longer than the deadline and the second that actix lingers, far shorter than without end.
const PATIENCE: Duration = Duration::from_secs(10);

fn serve() -> (SocketAddr, ServerHandle) {
    let server = HttpServer::new(|| {
        let read = async |mut payload: web::Payload| {
            while let Some(chunk) = payload.next().await {
                chunk.map_err(|error| payload_error(&error))?;
            }
            Ok::<_, Error>(HttpResponse::Ok())
        };
        let app = App::new()
            .app_data(Limits { deadline: DEADLINE, ..Limits::default() })
            .route("/json", web::post().to(async |_: StrictJson<Value>| HttpResponse::Ok()))
            .route("/bytes", web::post().to(async |_: Bytes| HttpResponse::Ok()))
            .route("/read", web::post().to(read))
            .route("/unread", web::post().to(async || HttpResponse::Ok().body("done")))
            .route("/empty", web::post().to(async || HttpResponse::NoContent().finish()))
            .route("/panic", web::post().to(async |_: web::Payload| -> HttpResponse { panic!("on purpose") }));
        chained!(app)
    });
    let server =
        server.workers(1).disable_signals().client_disconnect_timeout(DEADLINE).bind(("127.0.0.1", 0)).unwrap();
    let address = server.addrs()[0];
    let server = server.run();
    let handle = server.handle();
    actix_web::rt::spawn(server);
    (address, handle)
}

/// All that comes back until the server ends the connection, while the client drips on.
async fn drip(address: SocketAddr, path: &str, framing: &str, first: &str, drop: &'static str) -> String {
    let (mut from, mut to) = TcpStream::connect(address).await.unwrap().into_split();
    let head = format!("POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n{framing}\r\n\r\n{first}");
    to.write_all(head.as_bytes()).await.unwrap();
    let dripping = actix_web::rt::spawn(async move {
        while to.write_all(drop.as_bytes()).await.is_ok() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    });
    let mut answer = Vec::new();
    let mut buffer = [0; 4096];
    let ended = timeout(PATIENCE, async {
        // A reset ends a connection as well as a goodbye does.
        while let Ok(length @ 1..) = from.read(&mut buffer).await {
            answer.extend_from_slice(&buffer[..length]);
        }
    });
    assert!(ended.await.is_ok(), "held open: {path} {framing}");
    dripping.abort();
    String::from_utf8_lossy(&answer).into_owned()
}

const SIZED: (&str, &str, &str) = ("Content-Length: 100000", "[", "1");
const CHUNKED: (&str, &str, &str) = ("Transfer-Encoding: chunked", "1\r\n[\r\n", "1\r\n1\r\n");

#[actix_web::test]
async fn a_body_that_drips_is_given_up_whoever_reads_it() {
    let (address, handle) = serve();
    for (framing, first, drop) in [SIZED, CHUNKED] {
        for path in ["/json", "/bytes", "/read"] {
            let answer = drip(address, path, framing, first, drop).await;
            assert!(answer.starts_with("HTTP/1.1 408 "), "{path} {framing}: {answer}");
            assert!(answer.contains("\r\nconnection: close\r\n"), "{path} {framing}: {answer}");
            assert!(answer.contains("\"code\":\"request-timeout\""), "{path} {framing}: {answer}");
        }
    }
    handle.stop(false).await;
}

#[actix_web::test]
async fn a_body_that_nobody_reads_does_not_hold_the_connection() {
    let (address, handle) = serve();
    for (framing, first, drop) in [SIZED, CHUNKED] {
        for (path, status) in [("/unread", 200), ("/empty", 204), ("/nowhere", 404), ("/panic", 500)] {
            let answer = drip(address, path, framing, first, drop).await;
            assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{path} {framing}: {answer}");
        }
    }
    handle.stop(false).await;
}

#[actix_web::test]
async fn a_connection_whose_bodies_come_is_kept() {
    let (address, handle) = serve();
    let mut stream = TcpStream::connect(address).await.unwrap();
    let chunked = "Transfer-Encoding: chunked\r\n\r\n1\r\n[\r\n1\r\n]\r\n0\r\n\r\n";
    for body in ["Content-Length: 2\r\n\r\n[]", chunked, "Content-Length: 2\r\n\r\n[]"] {
        let request = format!("POST /json HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n{body}");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut buffer = [0; 4096];
        let length = timeout(PATIENCE, stream.read(&mut buffer)).await.unwrap().unwrap();
        let answer = String::from_utf8_lossy(&buffer[..length]);
        assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
        assert!(!answer.contains("connection: close"), "{answer}");
    }
    handle.stop(false).await;
}
