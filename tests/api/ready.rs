//! An answer that is ready leaves before the application is asked, and is what the application would have said.

use crate::support::{Desk, Names, SocketServer, statuses};

/// What is asked besides an address; in each the connection ends after the answer.
const ASKED: &[(&str, &str)] = &[
    ("GET", ""),
    ("HEAD", ""),
    ("GET", "Accept-Encoding: gzip\r\n"),
    ("GET", "Accept-Encoding: identity;q=0, br\r\n"),
    ("GET", "If-None-Match: *\r\n"),
    ("GET", "If-Modified-Since: Fri, 31 Dec 2100 00:00:00 GMT\r\n"),
    ("GET", "Origin: https://portal.example\r\n"),
    ("GET", "Accept: text/html\r\nAccept-Language: en\r\n"),
    ("GET", "Content-Encoding: gzip\r\n"),
    ("GET", "Content-Length: 1\r\n"),
    ("POST", "Content-Length: 0\r\n"),
    ("OPTIONS", "Origin: https://portal.example\r\nAccess-Control-Request-Method: GET\r\n"),
];

async fn ask(server: &SocketServer, method: &str, address: &str, rest: &str) -> String {
    server.ask(format!("{method} {address} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{rest}\r\n")).await
}

/// An answer without what each has of its own, its headers in order.
fn said(answer: &str) -> (Vec<String>, String) {
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((answer, ""));
    let own = |line: &&str| !line.starts_with("x-request-id:") && !line.starts_with("date:");
    let mut head: Vec<String> = head.lines().filter(own).map(str::to_owned).collect();
    head.sort();
    let body = if body.contains("\"request_id\"") { body.split("\"request_id\"").next().unwrap() } else { body };
    let body = body.split("\"instance\"").next().unwrap_or_default();
    (head, body.to_owned())
}

#[actix_web::test]
async fn what_is_ready_is_said_as_the_application_says_it() {
    let desk = Desk::new().await;
    let live = desk.story(desk.draft().with("slug", "cong-khai")).await;
    let names = Names::of([&live], &["cong-khai"]);
    let server = SocketServer::of(&desk.app).await;

    for address in names.addresses().iter().filter(|address| !address.contains("readyz")) {
        // Made, and learnt if there is anything to learn.
        ask(&server, "GET", address, "").await;
        if statuses(&ask(&server, "GET", address, "").await) != ["200"] {
            continue;
        }
        for (method, rest) in ASKED {
            let quick = ask(&server, method, address, rest).await;
            // What is out of the ordinary the application answers itself.
            let slow = ask(&server, method, address, &format!("{rest}Upgrade: none\r\n")).await;
            assert_eq!(said(&quick), said(&slow), "{method} {address} {rest}");
        }
    }

    server.stop().await;
}

#[actix_web::test]
async fn what_was_ready_is_gone_with_what_it_told_of() {
    let desk = Desk::new().await;
    let live = desk.story(desk.draft().with("slug", "cong-khai")).await;
    let server = SocketServer::of(&desk.app).await;
    let item = format!("/api/v1/content/vi/articles/id/{}", live.article);
    for _ in 0..3 {
        assert_eq!(statuses(&ask(&server, "GET", &item, "").await), ["200"]);
    }

    desk.withdraw(&live, "Sai.").await;

    assert_eq!(statuses(&ask(&server, "GET", &item, "").await), ["410"]);
    assert_eq!(statuses(&ask(&server, "GET", &item, "If-None-Match: *\r\n").await), ["410"]);
    server.stop().await;
}
