//! The way out against addresses that lead inside, receivers that mislead, and receivers that are slow.

mod encrypted;

use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
    task::JoinHandle,
};

use super::*;
use crate::kernel::Networks;

/// A listener that nobody should reach, or that answers what it is told to.
struct Canary {
    at: SocketAddr,
    calls: Arc<AtomicUsize>,
    heard: Arc<Mutex<String>>,
    task: JoinHandle<()>,
}

impl Drop for Canary {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Canary {
    async fn answering(answer: Vec<u8>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = listener.local_addr().unwrap();
        let (calls, heard) = (Arc::new(AtomicUsize::new(0)), Arc::new(Mutex::new(String::new())));
        let (counted, kept) = (Arc::clone(&calls), Arc::clone(&heard));
        let task = tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                counted.fetch_add(1, Ordering::SeqCst);
                let mut buffer = vec![0; 4096];
                let read = stream.read(&mut buffer).await.unwrap_or(0);
                *kept.lock().unwrap() = String::from_utf8_lossy(&buffer[..read]).into_owned();
                stream.write_all(&answer).await.ok();
                if answer.is_empty() {
                    // Says nothing and keeps the line open.
                    std::future::pending::<()>().await;
                }
            }
        });
        Self { at, calls, heard, task }
    }

    async fn new() -> Self {
        Self::answering(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok".to_vec()).await
    }

    fn calls(&self) -> usize {
        self.calls.load(Ordering::SeqCst)
    }

    fn url(&self) -> String {
        format!("http://{}/hook?a=1", self.at)
    }
}

fn here() -> Networks {
    Networks::parse("127.0.0.1/32").unwrap()
}

fn post() -> Request {
    Request { body: Some("{}".into()), headers: vec![("content-type".into(), "application/json".into())] }
}

/// Names that lead to these addresses, one list for each time that they are looked up.
fn names(answers: &'static [&'static [&'static str]]) -> (Resolve, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let resolve: Resolve = Arc::new(move |_, port| {
        let turn = count.fetch_add(1, Ordering::SeqCst).min(answers.len() - 1);
        let found = answers[turn].iter().map(|raw| SocketAddr::new(raw.parse().unwrap(), port)).collect();
        Box::pin(async move { Ok(found) })
    });
    (resolve, asked)
}

/// Shapes of an address that leads to this machine, its network, or nobody. `PORT` is where somebody listens.
const SHAPES: [&str; 52] = [
    "http://127.0.0.1:PORT/",
    "http://127.1:PORT/",
    "http://127.0.1:PORT/",
    "http://127.255.255.254:PORT/",
    "http://2130706433:PORT/",
    "http://0x7f000001:PORT/",
    "http://0x7f.0.0.1:PORT/",
    "http://0x7f.1:PORT/",
    "http://017700000001:PORT/",
    "http://0177.0.0.1:PORT/",
    "http://0177.1:PORT/",
    "http://127.0.0.1.:PORT/",
    "http://%31%32%37.0.0.1:PORT/",
    "http://１２７.０.０.１:PORT/",
    "http://①②⑦.⓪.⓪.①:PORT/",
    "http://127。0。0。1:PORT/",
    "http://0.0.0.0:PORT/",
    "http://0:PORT/",
    "http://localhost:PORT/",
    "http://LOCALHOST:PORT/",
    "http://localhost.:PORT/",
    "http://a.localhost:PORT/",
    "http://[::1]:PORT/",
    "http://[0:0:0:0:0:0:0:1]:PORT/",
    "http://[::]:PORT/",
    "http://[::ffff:127.0.0.1]:PORT/",
    "http://[::ffff:7f00:1]:PORT/",
    "http://[::127.0.0.1]:PORT/",
    "http://[::ffff:0:127.0.0.1]:PORT/",
    "http://[64:ff9b::7f00:1]:PORT/",
    "http://[64:ff9b::127.0.0.1]:PORT/",
    "http://[2002:7f00:1::]:PORT/",
    "http://[fe80::1]:PORT/",
    "http://[fc00::1]:PORT/",
    "http://[ff02::1]:PORT/",
    "http://[fd00:ec2::254]:PORT/",
    "http://10.0.0.1:PORT/",
    "http://172.16.0.1:PORT/",
    "http://192.168.0.1:PORT/",
    "http://100.64.0.1:PORT/",
    "http://169.254.169.254/latest/meta-data/",
    "http://[::ffff:169.254.169.254]/latest/meta-data/",
    "http://224.0.0.1:PORT/",
    "http://255.255.255.255:PORT/",
    "http://user@127.0.0.1:PORT/",
    "http://example.org@127.0.0.1:PORT/",
    "http://example.org:80@127.0.0.1:PORT/",
    "http://@127.0.0.1:PORT/",
    "http://example.org\\@127.0.0.1:PORT/",
    "http:127.0.0.1:PORT/",
    "http:///127.0.0.1:PORT/",
    "https://127.0.0.1:PORT/",
];

/// What is no address of the web.
const OTHERS: [&str; 16] = [
    "",
    "example.org",
    "//example.org/",
    "/hook",
    "file:///etc/passwd",
    "ftp://example.org/",
    "gopher://127.0.0.1:6379/_PING",
    "data:text/plain,x",
    "javascript:alert(1)",
    "ws://example.org/",
    "unix:/run/docker.sock",
    "http://",
    "http://example.org:25/",
    "http://example.org/#part",
    " http://example.org/",
    "http://exam\nple.org/",
];

#[tokio::test]
async fn no_shape_of_an_address_inside_is_ever_called() {
    let canary = Canary::new().await;
    let outbound = Outbound::new(Networks::default(), "test").within(Duration::from_millis(200));
    for shape in SHAPES {
        let raw = shape.replace("PORT", &canary.at.port().to_string());
        let read = Target::parse(&raw, &Networks::default());
        if let Ok(target) = &read {
            outbound.send(target, &post()).await.ok();
        }
        assert!(read.is_err(), "{shape} was read as {read:?}");
    }
    for raw in OTHERS {
        let read = Target::parse(raw, &Networks::default());
        assert!(read.is_err(), "{raw:?} was read as {read:?}");
    }
    assert_eq!(canary.calls(), 0);
}

#[tokio::test]
async fn a_name_that_leads_inside_is_not_called_even_beside_an_address_of_the_world() {
    const ANSWERS: &[&[&[&str]]] = &[
        &[&["127.0.0.1"]],
        &[&["::1"]],
        &[&["::ffff:127.0.0.1"]],
        &[&["64:ff9b::7f00:1"]],
        &[&["169.254.169.254"]],
        &[&["127.0.0.1", "8.8.8.8"]],
        &[&["8.8.8.8", "127.0.0.1"]],
    ];
    let canary = Canary::new().await;
    for answers in ANSWERS {
        let (resolve, _) = names(answers);
        let outbound = Outbound::new(Networks::default(), "test").resolving(resolve);
        let target =
            Target::parse(&format!("http://rebind.example:{}/", canary.at.port()), outbound.allowed()).unwrap();
        assert_eq!(outbound.send(&target, &post()).await.unwrap_err(), Undelivered::Inside, "{answers:?}");
    }
    assert_eq!(canary.calls(), 0);
}

#[tokio::test]
async fn a_name_is_looked_up_once_and_the_address_that_was_checked_is_the_one_that_is_called() {
    let canary = Canary::new().await;
    // The first answer is good; whoever asked a second time would be led to where nobody may go.
    let (resolve, asked) = names(&[&["127.0.0.1"], &["169.254.169.254"]]);
    let outbound = Outbound::new(here(), "test").resolving(resolve);
    let target = Target::parse(&format!("http://rebind.example:{}/", canary.at.port()), &here()).unwrap();

    assert_eq!(outbound.send(&target, &post()).await.unwrap().status, 200);
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    assert_eq!(outbound.send(&target, &post()).await.unwrap_err(), Undelivered::Inside);
    assert_eq!(canary.calls(), 1);
}

#[tokio::test]
async fn a_redirect_is_an_answer_and_not_a_way() {
    let canary = Canary::new().await;
    let to = format!("HTTP/1.1 307 See\r\nlocation: {}\r\ncontent-length: 0\r\n\r\n", canary.url());
    let redirecting = Canary::answering(to.into_bytes()).await;
    let target = Target::parse(&redirecting.url(), &here()).unwrap();

    let answer = Outbound::new(here(), "test").send(&target, &post()).await.unwrap();

    assert_eq!((answer.status, answer.is_success()), (307, false));
    assert_eq!((redirecting.calls(), canary.calls()), (1, 0));
}

#[tokio::test]
async fn no_more_is_read_of_an_answer_than_may_be() {
    let mut huge = b"HTTP/1.1 200 OK\r\n\r\n".to_vec();
    huge.extend(vec![b'x'; 4 << 20]);
    let canary = Canary::answering(huge).await;
    let target = Target::parse(&canary.url(), &here()).unwrap();

    let answer = Outbound::new(here(), "test").send(&target, &post()).await.unwrap();

    assert_eq!((answer.status, answer.body.len(), answer.whole), (200, MAX_ANSWER, false));
    let head = format!("HTTP/1.1 200 OK\r\nx: {}\r\n\r\n", "y".repeat(1 << 20));
    let canary = Canary::answering(head.into_bytes()).await;
    let target = Target::parse(&canary.url(), &here()).unwrap();
    let refused = Outbound::new(here(), "test").send(&target, &post()).await.unwrap_err();
    assert!(matches!(refused, Undelivered::Broken(_)), "{refused:?}");
}

#[tokio::test]
async fn who_says_nothing_is_left_when_the_time_is_up() {
    let silent = Canary::answering(Vec::new()).await;
    let outbound = Outbound::new(here(), "test").within(Duration::from_millis(50));
    let target = Target::parse(&silent.url(), &here()).unwrap();
    assert_eq!(outbound.send(&target, &post()).await.unwrap_err(), Undelivered::Slow);
}

#[tokio::test]
async fn what_is_sent_says_who_calls_and_what() {
    let canary = Canary::new().await;
    let target = Target::parse(&canary.url(), &here()).unwrap();
    let answer = Outbound::new(here(), "Lantoa (+https://a.example)").send(&target, &post()).await.unwrap();
    assert_eq!((&answer.body[..], answer.whole), (&b"ok"[..], true));
    let heard = canary.heard.lock().unwrap().clone();
    assert!(heard.starts_with("POST /hook?a=1 HTTP/1.1\r\n"), "{heard}");
    for line in [
        format!("host: {}", canary.at),
        "user-agent: Lantoa (+https://a.example)".into(),
        "content-type: application/json".into(),
        "content-length: 2".into(),
    ] {
        assert!(heard.contains(&format!("\r\n{line}\r\n")), "{line} in {heard}");
    }
}

#[tokio::test]
async fn without_encryption_only_named_networks_are_reached() {
    let canary = Canary::new().await;
    let target = Target::parse(&canary.url(), &here()).unwrap();
    assert_eq!(Outbound::new(here(), "test").send_encrypted(&target, &post()).await.unwrap().status, 200);
    let (resolve, _) = names(&[&["8.8.8.8"]]);
    let target = Target::parse("http://world.example/", &here()).unwrap();
    let outbound = Outbound::new(here(), "test").resolving(resolve);
    assert_eq!(outbound.send_encrypted(&target, &post()).await.unwrap_err(), Undelivered::Plain);
}

#[tokio::test]
async fn who_cannot_prove_to_be_the_host_gets_nothing() {
    let canary = Canary::new().await;
    let raw = canary.url().replace("http:", "https:");
    let refused = Outbound::new(here(), "test").send(&Target::parse(&raw, &here()).unwrap(), &post()).await;
    assert!(matches!(refused, Err(Undelivered::Tls(_))), "{refused:?}");
    let heard = canary.heard.lock().unwrap().clone();
    assert!(!heard.contains("application/json"), "{heard}");
}

#[test]
fn parameters_come_after_those_that_an_address_has() {
    let none = Networks::default();
    let with = |raw: &str| Target::parse(raw, &none).unwrap().with_parameters(&[("hub.mode", "a b&")]).to_string();
    assert_eq!(with("https://a.example/x?y=%20+z"), "https://a.example/x?y=%20+z&hub.mode=a+b%26");
    assert_eq!(with("https://a.example"), "https://a.example/?hub.mode=a+b%26");
}
