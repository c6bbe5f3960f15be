//! Requests that two servers could cut apart at different places: what is not plain is refused, and what follows a
//! refused request on its connection is not answered.

use crate::support::{SocketServer, problem, statuses};

/// What a smuggler would have answered.
const HIDDEN: &str = "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

/// What is answered to a request with this end of its head, its body, and another request behind it.
async fn answers(server: &SocketServer, rest: &str) -> Vec<String> {
    let answer = server.ask(server.head("POST", "/api/v1/auth/refresh") + rest + HIDDEN).await;
    statuses(&answer).into_iter().map(str::to_owned).collect()
}

#[actix_web::test]
async fn a_body_whose_end_is_not_plain_is_refused_with_all_that_follows() {
    let server = SocketServer::start().await;

    for rest in [
        // Two lengths, or both kinds of length.
        "Content-Length: 2\r\nContent-Length: 4\r\n\r\n{}",
        "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
        "Content-Length: 2, 4\r\n\r\n{}",
        "Content-Length: 2,2\r\n\r\n{}",
        "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n0\r\n\r\n",
        // Lengths that are no number of bytes.
        "Content-Length: +2\r\n\r\n{}",
        "Content-Length: -2\r\n\r\n{}",
        "Content-Length: 0x2\r\n\r\n{}",
        "Content-Length: 2e0\r\n\r\n{}",
        "Content-Length: 18446744073709551618\r\n\r\n{}",
        "Content-Length:\r\n\r\n{}",
        // Codings that are not `chunked` alone, whoever may read them so.
        "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: identity\r\n\r\n",
        "Transfer-Encoding: gzip\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: ,chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked;q=1\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: \u{b}chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\0\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding:\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        // Names and lines that are no header's.
        "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        "Content-Length : 2\r\n\r\n{}",
        "Transfer-Encoding\r\n: chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n",
        "X-A: y\r\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "X-A: y\r\n\tContent-Length: 2\r\n\r\n{}",
        " Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "X-A: a\rTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Host: y\r\nContent-Length: 2\r\n\r\n{}",
    ] {
        let answers = answers(&server, rest).await;
        // Closing with bytes unread resets the connection, and the reset may overtake the refusal.
        assert!(answers.is_empty() || answers == ["400"], "{rest:?}: {answers:?}");
    }

    server.is_alive().await;
    server.stop().await;
}

#[actix_web::test]
async fn a_chunk_that_is_not_plain_ends_the_connection() {
    let server = SocketServer::start().await;

    for body in [
        "xyz\r\n{}\r\n0\r\n\r\n",
        "-2\r\n{}\r\n0\r\n\r\n",
        "+2\r\n{}\r\n0\r\n\r\n",
        "0x2\r\n{}\r\n0\r\n\r\n",
        " 2\r\n{}\r\n0\r\n\r\n",
        "\r\n",
        "2\n{}\r\n0\r\n\r\n",
        "2\r\n{}\n0\r\n\r\n",
        "2;a=b\n{}\r\n0\r\n\r\n",
        "2\r\n{}XX0\r\n\r\n",
        "2\r\n{}\r\n0\n\n",
        "fffffffffffffffff\r\n{}\r\n0\r\n\r\n",
        "10000000000000002\r\n{}\r\n0\r\n\r\n",
        "8000000000000000\r\n{}\r\n0\r\n\r\n",
    ] {
        let answer = server
            .ask(server.head("POST", "/api/v1/auth/refresh") + "Transfer-Encoding: chunked\r\n\r\n" + body + HIDDEN)
            .await;
        let one = statuses(&answer);
        // A chunk of more bytes than there are swallows what follows, and is refused as too long or too slow.
        assert!(one.is_empty() || ["400", "408", "413"].iter().any(|status| one == [*status]), "{body:?}: {answer}");
        if !one.is_empty() && !answer.contains("content-length: 0") {
            assert!(problem(&answer)["code"].is_string(), "{body:?}: {answer}");
        }
    }

    server.is_alive().await;
    server.stop().await;
}

#[actix_web::test]
async fn what_is_plain_in_another_spelling_is_read_as_everybody_reads_it() {
    let server = SocketServer::start().await;

    for rest in [
        "Content-Length: 2\r\n\r\n{}",
        "Content-Length: 2 \r\n\r\n{}",
        "CONTENT-LENGTH:\t2\r\n\r\n{}",
        "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        "Transfer-Encoding:\tchunked \r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        "transfer-encoding: CHUNKED\r\n\r\n2;a=b\r\n{}\r\n0\r\nX-A: b\r\n\r\n",
        // RFC 9112, 2.2: a line may end so; it hides nothing of what stands on the next.
        "Content-Length: 2\n\r\n{}",
        "X-A: a\nContent-Length: 2\r\n\r\n{}",
        "X-A: a\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
    ] {
        assert_eq!(answers(&server, rest).await, ["422", "200"], "{rest:?}");
    }

    server.stop().await;
}

#[actix_web::test]
async fn a_request_line_or_a_host_that_is_not_plain_is_refused() {
    let server = SocketServer::start().await;

    for head in [
        "GET /healthz HTTP/1.1\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET /healthz HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "GET  /healthz HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET\t/healthz HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /healthz HTTP/2.0\r\nHost: x\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "GET /health z HTTP/1.1\r\nHost: x\r\n\r\n",
    ] {
        let answer = server.ask(head.to_owned() + HIDDEN).await;
        assert!(answer.is_empty() || statuses(&answer) == ["400"], "{head:?}: {answer}");
    }
    for (line, status) in [
        // Whoever is asked for, it is this server that answers, as itself.
        ("GET http://evil.example/healthz HTTP/1.1", "200"),
        ("CONNECT evil.example:80 HTTP/1.1", "404"),
        ("OPTIONS * HTTP/1.1", "404"),
    ] {
        let answer = server.ask(format!("{line}\r\nHost: x\r\nConnection: close\r\n\r\n")).await;
        assert_eq!(statuses(&answer), [status], "{line}: {answer}");
    }
    for upgrade in ["h2c", "websocket", "TLS/1.0"] {
        let asked =
            format!("GET /healthz HTTP/1.1\r\nHost: x\r\nUpgrade: {upgrade}\r\nConnection: upgrade, close\r\n\r\n");
        let answer = server.ask(asked).await;
        assert_eq!(statuses(&answer), ["200"], "nothing is upgraded: {answer}");
    }

    server.is_alive().await;
    server.stop().await;
}
