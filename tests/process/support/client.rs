//! Requests over a real socket.

use std::sync::OnceLock;

use reqwest::{Method, RequestBuilder};
use serde_json::Value;

use super::{LIMIT, Person};

/// Somebody who sends requests to a server.
#[derive(Clone)]
pub struct Client {
    url: String,
    token: Option<String>,
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub etag: Option<String>,
    pub body: Value,
    pub text: String,
}

/// Who shows no token.
pub fn anybody(url: &str) -> Client {
    Client { url: url.to_owned(), token: None }
}

impl Client {
    pub fn of(url: &str, person: &Person) -> Self {
        Self { url: url.to_owned(), token: Some(person.access.clone()) }
    }

    /// The answer, unless the connection broke.
    pub async fn send(&self, method: Method, path: &str, headers: &[(&str, String)], body: &Value) -> Option<Answer> {
        let mut request: RequestBuilder = http().request(method.clone(), format!("{}{path}", self.url));
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        if method != Method::GET {
            request = request.json(body);
        }
        let response = request.send().await.ok()?;
        let status = response.status().as_u16();
        let etag = response.headers().get("etag").and_then(|value| value.to_str().ok()).map(str::to_owned);
        let text = response.text().await.ok()?;
        let body = serde_json::from_str(&text).unwrap_or(Value::Null);
        Some(Answer { status, etag, body, text })
    }

    pub async fn try_get(&self, path: &str) -> Option<Answer> {
        self.send(Method::GET, path, &[], &Value::Null).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.try_get(path).await.unwrap_or_else(|| panic!("GET {path}: the connection broke"))
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        let answer = self.send(Method::POST, path, &[], body).await;
        answer.unwrap_or_else(|| panic!("POST {path}: the connection broke"))
    }

    /// All items of a list, page by page.
    pub async fn all(&self, path: &str) -> Vec<Value> {
        let (mut items, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = self.get(&format!("{path}?limit=100{cursor}")).await.is(200).body;
            items.extend(page["items"].as_array().unwrap().iter().cloned());
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => return items,
            }
        }
    }
}

impl Answer {
    #[track_caller]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }

    /// A member of the body that is text.
    #[track_caller]
    pub fn text_of(&self, member: &str) -> String {
        self.body[member].as_str().unwrap_or_else(|| panic!("no {member} in {}", self.text)).to_owned()
    }
}

fn http() -> &'static reqwest::Client {
    static CLIENT: OnceLock<reqwest::Client> = OnceLock::new();
    // Without a pool: each test has a runtime of its own, and a connection belongs to the one that made it.
    CLIENT.get_or_init(|| {
        reqwest::Client::builder().no_proxy().pool_max_idle_per_host(0).timeout(LIMIT).build().expect("a client")
    })
}
