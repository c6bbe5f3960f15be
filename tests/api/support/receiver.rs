//! A receiver on this machine that answers what a test tells it to, and remembers what it heard.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// A request that a receiver heard.
#[derive(Clone, Debug)]
pub struct Heard {
    pub method: String,
    pub path: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Heard {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub fn all(&self, name: &str) -> Vec<&str> {
        self.headers.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str()).collect()
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// A parameter of the query.
    pub fn parameter(&self, name: &str) -> Option<String> {
        let (_, query) = self.path.split_once('?')?;
        url::form_urlencoded::parse(query.as_bytes()).into_owned().find(|(key, _)| key == name).map(|(_, value)| value)
    }
}

type Script = dyn Fn(&Heard) -> (u16, String) + Send + Sync;

/// A receiver; it ends with the test.
pub struct Receiver {
    at: SocketAddr,
    heard: Arc<Mutex<Vec<Heard>>>,
    script: Arc<Mutex<Arc<Script>>>,
    /// Where it says that one should go.
    location: Arc<Mutex<Option<String>>>,
    task: JoinHandle<()>,
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Receiver {
    /// One that takes everything, and says yes to whatever a hub asks it.
    pub async fn new() -> Self {
        Self::at("127.0.0.1:0").await
    }

    /// The same at an address.
    pub async fn at(address: &str) -> Self {
        let listener = TcpListener::bind(address).await.unwrap();
        let at = listener.local_addr().unwrap();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let yes: Arc<Script> = Arc::new(|heard| (200, heard.parameter("hub.challenge").unwrap_or_default()));
        let script = Arc::new(Mutex::new(yes));
        let location = Arc::<Mutex<Option<String>>>::default();
        let (kept, told, to) = (Arc::clone(&heard), Arc::clone(&script), Arc::clone(&location));
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let script = Arc::clone(&told.lock().unwrap());
                let to = to.lock().unwrap().clone();
                if let Some(one) = hear(stream, &*script, to).await {
                    kept.lock().unwrap().push(one);
                }
            }
        });
        Self { at, heard, script, location, task }
    }

    /// From now on it answers so.
    pub fn answers(&self, script: impl Fn(&Heard) -> (u16, String) + Send + Sync + 'static) {
        *self.script.lock().unwrap() = Arc::new(script);
    }

    /// From now on it answers this status.
    pub fn says(&self, status: u16) {
        self.answers(move |_| (status, String::new()));
    }

    /// From now on it says that somebody else has what is asked for.
    pub fn leads_to(&self, status: u16, url: &str) {
        *self.location.lock().unwrap() = Some(url.to_owned());
        self.says(status);
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.at)
    }

    pub fn port(&self) -> u16 {
        self.at.port()
    }

    /// What it heard since it was asked last.
    pub fn take(&self) -> Vec<Heard> {
        std::mem::take(&mut self.heard.lock().unwrap())
    }
}

async fn hear(mut stream: TcpStream, script: &Script, location: Option<String>) -> Option<Heard> {
    let mut bytes = Vec::new();
    let end = loop {
        let mut some = [0; 4096];
        let read = stream.read(&mut some).await.ok().filter(|read| *read > 0)?;
        bytes.extend_from_slice(&some[..read]);
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end;
        }
    };
    let head = String::from_utf8(bytes[..end].to_vec()).ok()?;
    let mut lines = head.lines();
    let mut first = lines.next()?.split(' ').map(str::to_owned);
    let headers: Vec<_> =
        lines.filter_map(|line| line.split_once(": ")).map(|(k, v)| (k.to_lowercase(), v.to_owned())).collect();
    let length = headers.iter().find(|(name, _)| name == "content-length").map_or(0, |(_, n)| n.parse().unwrap());
    let mut body = bytes.split_off(end + 4);
    while body.len() < length {
        let mut some = [0; 4096];
        let read = stream.read(&mut some).await.ok().filter(|read| *read > 0)?;
        body.extend_from_slice(&some[..read]);
    }
    let heard = Heard { method: first.next()?, path: first.next()?, headers, body };
    let (status, text) = script(&heard);
    let location = location.map(|url| format!("location: {url}\r\n")).unwrap_or_default();
    let answer = format!("HTTP/1.1 {status} x\r\n{location}content-length: {}\r\n\r\n{text}", text.len());
    stream.write_all(answer.as_bytes()).await.ok()?;
    Some(heard)
}
