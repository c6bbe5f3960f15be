//! Connections of the real program: so many from one address, so many in all, and none to who does not read.

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};

use crate::support::{Installation, LIMIT, Process, until};

const ASK: &[u8] = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";

async fn connect(server: &Process) -> TcpStream {
    TcpStream::connect(server.url.trim_start_matches("http://")).await.unwrap()
}

/// Asks, and says what was answered: nothing, where the server has hung up.
async fn ask(stream: &mut TcpStream) -> Option<String> {
    stream.write_all(ASK).await.ok()?;
    answered(stream).await
}

async fn answered(stream: &mut TcpStream) -> Option<String> {
    let mut answer = Vec::new();
    while !answer.ends_with(b"{\"status\":\"ok\"}") {
        let read = timeout(LIMIT, stream.read_buf(&mut answer)).await.expect("an answer or an end");
        if read.unwrap_or(0) == 0 {
            return None;
        }
    }
    Some(String::from_utf8(answer).unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_has_so_many_connections_and_each_that_ends_makes_room() {
    let installation = Installation::new().with("LANTOA_MAX_CONNECTIONS_PER_ADDRESS", "2");
    let server = installation.serve().await;
    // The look at readiness may not have ended yet.
    let mut open = Vec::new();
    until("two connections are open", async || {
        let mut stream = connect(&server).await;
        if ask(&mut stream).await.is_some() {
            open.push(stream);
        }
        (open.len() == 2).then_some(())
    })
    .await;

    assert_eq!(ask(&mut connect(&server).await).await, None);
    assert!(ask(&mut open[0]).await.is_some(), "those that are open are served on");

    drop(open.pop());
    until("there is room again", async || ask(&mut connect(&server).await).await).await;
    drop(open);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connections_of_a_trusted_proxy_are_not_counted() {
    let installation = Installation::new()
        .with("LANTOA_MAX_CONNECTIONS_PER_ADDRESS", "1")
        .with("LANTOA_TRUSTED_PROXIES", "127.0.0.0/8");
    let server = installation.serve().await;

    let mut open = Vec::new();
    for _ in 0..8 {
        let mut stream = connect(&server).await;
        assert!(ask(&mut stream).await.is_some());
        open.push(stream);
    }

    drop(open);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn beyond_all_connections_the_next_one_waits_and_is_then_served() {
    let installation = Installation::new().with("LANTOA_MAX_CONNECTIONS", "2").with("LANTOA_WORKERS", "1");
    let server = installation.serve().await;
    let (mut one, mut other) = (connect(&server).await, connect(&server).await);
    assert!(ask(&mut one).await.is_some() && ask(&mut other).await.is_some());

    let mut waits = connect(&server).await;
    waits.write_all(ASK).await.unwrap();
    // Whoever is in is served again and again, and the one that waits is not.
    for _ in 0..20 {
        assert!(ask(&mut one).await.is_some() && ask(&mut other).await.is_some());
        assert!(waits.try_read(&mut [0; 1]).is_err(), "it was let in");
    }
    drop(one);

    assert!(answered(&mut waits).await.is_some());
    drop((other, waits));
    server.stop().await;
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_that_does_not_read_its_answers_is_cut_off() {
    let installation =
        Installation::new().with("LANTOA_ANSWER_SECONDS", "1").with("LANTOA_MAX_CONNECTIONS_PER_ADDRESS", "8");
    let server = installation.serve().await;
    let mut deaf = connect(&server).await;
    // Far more than the buffers of both sides hold, and none of it is read.
    let many = b"GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(200);
    deaf.write_all(&many).await.unwrap();

    // It hears of it when it says something.
    until("it is cut off", async || deaf.write_all(b" ").await.err()).await;

    assert!(ask(&mut connect(&server).await).await.is_some(), "others are served");
    server.stop().await;
}
