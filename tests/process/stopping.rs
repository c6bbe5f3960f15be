//! Stopping: what is under way is finished, and nothing more is taken.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use serde_json::json;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use crate::support::{Installation, anybody, begin, newspaper, until};

async fn connect(url: &str) -> TcpStream {
    TcpStream::connect(url.trim_start_matches("http://")).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_under_way_is_finished_and_the_exit_is_clean() {
    let installation = Installation::new();
    let server = installation.serve().await;
    let staff = newspaper(&installation, &server).await;
    let body = begin("Lô cá ngừ đầu tiên").to_string();
    let head = format!(
        "POST /api/v1/articles HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\
         Expect: 100-continue\r\n\r\n",
        staff.author.access,
        body.len()
    );
    let mut under_way = connect(&server.url).await;
    under_way.write_all(head.as_bytes()).await.unwrap();
    let mut go_on = [0; 25];
    under_way.read_exact(&mut go_on).await.unwrap();
    assert_eq!(&go_on, b"HTTP/1.1 100 Continue\r\n\r\n");

    let mut server = server;
    server.signal("TERM");
    server.says("Stopping").await;
    under_way.write_all(body.as_bytes()).await.unwrap();

    let mut answer = String::new();
    under_way.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 201 "), "{answer}");
    assert_eq!(server.ended().await.code, Some(0));
    let server = installation.serve().await;
    let mine = crate::support::Client::of(&server.url, &staff.author).get("/api/v1/articles").await.is(200);
    assert_eq!(mine.body["items"].as_array().unwrap().len(), 1);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_it_drains_it_says_that_it_is_not_ready_and_answers_on() {
    let installation = Installation::new().with("LANTOA_DRAIN_SECONDS", "3");
    let server = installation.serve().await;
    let public = anybody(&server.url);

    server.signal("TERM");

    let refused =
        until("readiness says no", async || Some(public.get("/readyz").await).filter(|answer| answer.status != 200))
            .await;
    assert_eq!((refused.status, &refused.body["status"]), (503, &json!(503)), "{}", refused.text);
    public.get("/healthz").await.is(200);
    public.get("/api/v1/content/locales").await.is(200);
    let finished = server.ended().await;
    assert_eq!(finished.code, Some(0), "{finished:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_that_only_waits_does_not_hold_the_end_up() {
    let installation = Installation::new();
    let server = installation.serve().await;
    let mut idle = connect(&server.url).await;
    idle.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n").await.unwrap();
    let mut byte = [0; 12];
    idle.read_exact(&mut byte).await.unwrap();
    assert_eq!(&byte, b"HTTP/1.1 200");
    let silent = connect(&server.url).await;

    let asked = Instant::now();
    server.stop().await;

    // Keeping it would take 30 seconds; some service managers wait ten and then kill.
    assert!(asked.elapsed() < Duration::from_secs(10), "{:?}", asked.elapsed());
    drop((idle, silent));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_put_back_to_before_a_stop_is_found_out() {
    let installation = Installation::new();
    let server = installation.serve().await;
    let staff = newspaper(&installation, &server).await;
    server.stop().await;
    let (database, backup) = (installation.data().join("lantoa.db"), installation.home().join("lantoa.db"));
    std::fs::copy(&database, &backup).unwrap();
    let server = installation.serve().await;
    let head = || std::fs::read_to_string(installation.data().join("audit-head.json")).unwrap_or_default();
    until("the head of the start is written", async || head().contains("hash").then_some(())).await;
    // At once: what is written every few seconds knows nothing of it.
    let author = crate::support::Client::of(&server.url, &staff.author);
    author.post("/api/v1/articles", &begin("Lô cá ngừ đầu tiên")).await.is(201);
    server.stop().await;
    installation.run(&["audit", "verify"]).await.fine();

    std::fs::copy(&backup, &database).unwrap();

    let verified = installation.run(&["audit", "verify"]).await;
    assert_eq!(verified.code, Some(1), "{verified:?}");
    assert!(verified.out.contains("cut off"), "{verified:?}");
    let server = installation.serve().await;
    until("the server says it too", async || server.said().contains("audit chain is broken").then_some(())).await;
    let before = head();
    server.stop().await;
    assert_eq!(head(), before, "the head is the evidence");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_asks_twice_does_not_wait() {
    let installation = Installation::new().with("LANTOA_DRAIN_SECONDS", "300");
    let mut server = installation.serve().await;
    server.signal("INT");
    server.says("Stopping").await;
    server.signal("INT");
    assert_eq!(server.ended().await.code, Some(0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_request_fails_where_those_who_send_them_heed_readiness() {
    let installation = Installation::new().with("LANTOA_DRAIN_SECONDS", "5");
    let server = installation.serve().await;
    let served = Arc::new(AtomicU64::new(0));
    let visitors: Vec<_> = (0..4)
        .map(|_| {
            let (public, served) = (anybody(&server.url), Arc::clone(&served));
            tokio::spawn(async move {
                while public.get("/readyz").await.status == 200 {
                    public.get("/api/v1/content/locales").await.is(200);
                    served.fetch_add(1, Ordering::SeqCst);
                }
            })
        })
        .collect();
    until("there are visitors", async || (served.load(Ordering::SeqCst) > 20).then_some(())).await;

    let asked = Instant::now();
    server.signal("TERM");

    for visitor in visitors {
        visitor.await.expect("no request failed");
    }
    assert!(asked.elapsed() < Duration::from_secs(5), "they heard of it too late to say anything");
    assert_eq!(server.ended().await.code, Some(0));
}
