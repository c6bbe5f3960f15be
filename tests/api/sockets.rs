//! A real socket: slow and broken requests end, and others are served meanwhile.

use crate::support::{SocketServer as Server, problem, statuses};

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
async fn a_connection_that_only_waits_is_let_go() {
    let server = Server::start().await;

    let once = server.ask(server.head("GET", "/api/v1/me") + "\r\n").await;
    let refused = server.ask(server.head("GET", "/api/v1/nothing") + "\r\n").await;

    assert_eq!((statuses(&once), statuses(&refused)), (vec!["200"], vec!["404"]));
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
