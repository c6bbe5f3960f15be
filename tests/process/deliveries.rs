//! Messages to webhooks while their server is killed: each is sent, and again until it was taken.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};

use crate::support::{Client, Installation, PASSWORD, Rows, newspaper, sign_in, until};

/// How often the server is killed, unless `LANTOA_TEST_KILLS` says otherwise.
const KILLS: u64 = 8;

/// A message that came.
#[derive(Clone, Debug)]
struct Heard {
    name: String,
    article: String,
    /// Whether it was told that it was taken.
    taken: bool,
}

/// A receiver that takes everything, or says nothing while it is told to be silent.
#[derive(Clone)]
struct Receiver {
    heard: Arc<Mutex<Vec<Heard>>>,
    silent: Arc<AtomicBool>,
    url: String,
}

impl Receiver {
    async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let receiver = Self { heard: Arc::default(), silent: Arc::default(), url };
        let own = receiver.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let own = own.clone();
                tokio::spawn(async move { own.hear(stream).await });
            }
        });
        receiver
    }

    /// Hears a message; nothing where whoever sent it died over it.
    async fn hear(&self, mut stream: TcpStream) -> Option<()> {
        let mut text = String::new();
        let body: Value = loop {
            let mut some = [0; 4096];
            let read = stream.read(&mut some).await.ok().filter(|read| *read > 0)?;
            text.push_str(str::from_utf8(&some[..read]).ok()?);
            let body = text.split_once("\r\n\r\n").and_then(|(_, body)| serde_json::from_str(body).ok());
            if let Some(body) = body {
                break body;
            }
        };
        let name = text.lines().find_map(|line| line.strip_prefix("webhook-id: ")).unwrap().to_owned();
        let article = body["data"]["article_id"].as_str().unwrap().to_owned();
        let taken = !self.silent.load(Ordering::SeqCst);
        self.heard.lock().unwrap().push(Heard { name, article, taken });
        if taken {
            stream.write_all(b"HTTP/1.1 204 x\r\n\r\n").await.ok()?;
        } else {
            stream.read_u8().await.ok();
        }
        Some(())
    }

    fn of(&self, article: &str) -> Vec<Heard> {
        self.heard.lock().unwrap().iter().filter(|one| one.article == article).cloned().collect()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_is_sent_at_whatever_moment_after_the_publication_its_server_is_killed() {
    let receiver = Receiver::new().await;
    let installation = Installation::new().with("LANTOA_OUTBOUND_ALLOW", "127.0.0.1/32");
    let mut server = installation.serve().await;
    let staff = newspaper(&installation, &server).await;
    let admin = sign_in(&server.url, "quan.tri@lamhai.example", PASSWORD).await;
    Client::of(&server.url, &admin).post("/api/v1/webhooks", &json!({"url": receiver.url})).await.is(201);
    let rounds = std::env::var("LANTOA_TEST_KILLS").map_or(KILLS, |text| text.parse().expect("a number"));
    let mut articles = Vec::new();
    for round in 0..rounds {
        // Each fourth while the message is being sent, the others at another moment each, before and after that.
        let silent = round % 4 == 3;
        receiver.silent.store(silent, Ordering::SeqCst);
        let article = staff.publish(&server.url, &format!("Lô số {round}")).await;
        if silent {
            until("it is being sent", async || (!receiver.of(&article).is_empty()).then_some(())).await;
        } else {
            tokio::time::sleep(Duration::from_millis(round * 67 % 400)).await;
        }
        server.kill();
        articles.push((article, silent));
        receiver.silent.store(false, Ordering::SeqCst);
        // What the dead server had claimed is another's three minutes later: those have passed.
        let rows = Rows::of(&installation.database()).await;
        rows.alter("UPDATE delivery SET next_at = created_at WHERE state = 'waiting'").await;
        rows.close().await;
        server = installation.serve().await;
    }

    let mut again = 0;
    for (article, silent) in &articles {
        until("it was taken", async || receiver.of(article).iter().any(|one| one.taken).then_some(())).await;
        let heard = receiver.of(article);
        assert!(heard.iter().all(|one| one.name == heard[0].name), "another name at another attempt: {heard:?}");
        assert!(heard.len() > usize::from(*silent), "{heard:?}");
        again += usize::from(heard.len() > 1);
    }
    let rows = Rows::of(&installation.database()).await;
    until("all is written down", async || {
        (rows.number("SELECT count(*) FROM delivery WHERE state <> 'delivered'").await == 0).then_some(())
    })
    .await;
    assert_eq!(rows.number("SELECT count(*) FROM delivery").await, articles.len() as i64);
    rows.close().await;
    eprintln!("killed {rounds} times: {again} messages came more than once");
    server.stop().await;
}
