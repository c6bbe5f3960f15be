//! Articles and editions on their way, with only what matters to a claim.

use actix_web::http::Method;
use serde_json::{Value, json};

use super::{Answer, Client, TestApp};

/// An article to be begun.
pub struct Draft {
    by: Client,
    body: Value,
}

/// An edition, by its address.
#[derive(Clone)]
pub struct Edition {
    pub app: TestApp,
    pub article: String,
    pub locale: String,
}

impl Draft {
    pub fn by(by: Client) -> Self {
        let body = json!({
            "kind": "news",
            "agency": "bao",
            "source_locale": "vi",
            "topics": ["dau-tu"],
            "title": format!("Lô cá ngừ đầu tiên số {}", uuid::Uuid::now_v7().simple()),
            "summary": "Sáng 14-9, lô hàng 12,5 tấn rời cảng.",
            "body": "<p>Sáng 14-9, lô cá ngừ 12,5 tấn rời cảng Vân Sa.</p>",
        });
        Self { by, body }
    }

    /// With a member of its own.
    pub fn with(mut self, member: &str, value: impl Into<Value>) -> Self {
        self.body[member] = value.into();
        self
    }

    /// Sends it, whatever comes back.
    pub async fn send(self) -> Answer {
        self.by.post("/api/v1/articles", &self.body).await
    }

    /// Begins it.
    pub async fn begin(self) -> Edition {
        let (app, locale) = (self.by.app.clone(), self.body["source_locale"].as_str().unwrap().to_owned());
        let answer = self.send().await.is(201);
        Edition { app, article: answer.json()["id"].as_str().unwrap().to_owned(), locale }
    }
}

impl Edition {
    /// The edition of an article that somebody else began.
    pub fn of(app: &TestApp, article: &str, locale: &str) -> Self {
        Self { app: app.clone(), article: article.to_owned(), locale: locale.to_owned() }
    }

    /// The address of the edition, or of something below it.
    pub fn path(&self, below: &str) -> String {
        let below = if below.is_empty() { String::new() } else { format!("/{below}") };
        format!("/api/v1/articles/{}/editions/{}{below}", self.article, self.locale)
    }

    /// The same article in another locale.
    pub fn in_locale(&self, locale: &str) -> Self {
        Self { locale: locale.to_owned(), ..self.clone() }
    }

    pub async fn get(&self, by: &Client) -> Answer {
        by.get(&self.path("")).await
    }

    pub async fn show(&self, by: &Client) -> Value {
        by.get(&self.path("")).await.is(200).json()
    }

    pub async fn hash(&self, by: &Client) -> String {
        self.show(by).await["content_hash"].as_str().unwrap().to_owned()
    }

    pub async fn etag(&self, by: &Client) -> String {
        by.get(&self.path("")).await.is(200).etag()
    }

    /// Begins this edition as a translation.
    pub async fn translate(&self, by: &Client, body: Value) -> Answer {
        by.write(Method::PUT, &self.path(""), &[("if-none-match", "*")], &body).await
    }

    /// Saves the next text.
    pub async fn save(&self, by: &Client, body: Value) -> Answer {
        by.put(&self.path(""), &self.etag(by).await, &body).await
    }

    pub async fn submit(&self, by: &Client) -> Answer {
        by.write(Method::POST, &self.path("submit"), &[("if-match", &self.etag(by).await)], &json!({})).await
    }

    pub async fn decide(&self, by: &Client, verdict: &str) -> Answer {
        let hash = self.hash(by).await;
        by.post(&self.path("decisions"), &json!({"verdict": verdict, "content_hash": hash, "comment": "Xem lại."}))
            .await
    }

    /// Decides on a text by its hash, whatever stands there now.
    pub async fn decide_on(&self, by: &Client, verdict: &str, hash: &str) -> Answer {
        by.post(&self.path("decisions"), &json!({"verdict": verdict, "content_hash": hash, "comment": "Xem lại."}))
            .await
    }

    pub async fn take_back(&self, by: &Client) -> Answer {
        by.write(Method::POST, &self.path("take-back"), &[], &json!({})).await
    }

    pub async fn publish(&self, by: &Client) -> Answer {
        let hash = self.hash(by).await;
        by.post(&self.path("publish"), &json!({"content_hash": hash})).await
    }

    /// Orders the approved text for a moment.
    pub async fn publish_at(&self, by: &Client, at: &str) -> Answer {
        let hash = self.hash(by).await;
        by.post(&self.path("publish"), &json!({"content_hash": hash, "publish_at": at})).await
    }

    /// What is ordered for it.
    pub async fn plan(&self, by: &Client) -> Value {
        by.get(&self.path("schedule")).await.is(200).json()
    }

    /// Publishes in the place of what is public because something in it was wrong.
    pub async fn correct(&self, by: &Client, note: &str) -> Answer {
        let hash = self.hash(by).await;
        by.post(&self.path("publish"), &json!({"content_hash": hash, "kind": "correct", "note": note})).await
    }

    pub async fn withdraw(&self, by: &Client, note: &str) -> Answer {
        by.post(&self.path("withdraw"), &json!({"reason": "wrong_figure", "note": note})).await
    }

    /// Submits it, and lets two others approve it.
    pub async fn approve(&self, author: &Client) {
        self.submit(author).await.is(201);
        let reviewer = self.app.account("reviewer").sign_in().await;
        let approver = self.app.account("approver").sign_in().await;
        self.decide(&reviewer, "approve").await.is(200);
        self.decide(&approver, "approve").await.is(200);
    }

    /// Lets two people approve what is submitted.
    pub async fn approve_open(&self, reviewer: &Client, approver: &Client) {
        self.decide(reviewer, "approve").await.is(200);
        self.decide(approver, "approve").await.is(200);
    }

    /// Lets four people bring it to the public.
    pub async fn go_public(&self, author: &Client) -> Answer {
        self.approve(author).await;
        let publisher = self.app.account("publisher").sign_in().await;
        self.publish(&publisher).await.is(200)
    }

    /// The next text, through the same four people's hands to the public.
    pub async fn update(&self, author: &Client, body: Value) -> Answer {
        self.save(author, body).await.is(200);
        self.go_public(author).await
    }

    /// The same as a correction.
    pub async fn mend(&self, author: &Client, body: Value, note: &str) -> Answer {
        self.save(author, body).await.is(200);
        self.approve(author).await;
        let publisher = self.app.account("publisher").sign_in().await;
        self.correct(&publisher, note).await.is(200)
    }

    /// How it stands, as its article's list says.
    pub async fn state(&self, by: &Client) -> String {
        self.show(by).await["state"].as_str().unwrap().to_owned()
    }

    /// The public item.
    pub async fn public(&self) -> Answer {
        self.app.get(&format!("/api/v1/content/{}/articles/id/{}", self.locale, self.article)).await
    }
}

/// A translation's text.
pub fn english() -> Value {
    json!({
        "title": format!("First tuna shipment {}", uuid::Uuid::now_v7().simple()),
        "summary": "A 12.5-tonne shipment left port on 14 September.",
        "body": "<p>A 12.5-tonne shipment of tuna left Van Sa port on 14 September.</p>",
    })
}

/// A text with this title and these words for a body.
pub fn text(title: &str, words: &str) -> Value {
    json!({"title": title, "summary": "", "body": format!("<p>{words}</p>")})
}
