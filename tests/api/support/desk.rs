//! One person of each role at one desk: editions come to the public and go from it in one call each.

use serde_json::{Value, json};

use super::{Client, Draft, Edition, TestApp};

/// The people who bring editions to the public.
#[derive(Clone)]
pub struct Desk {
    pub app: TestApp,
    pub author: Client,
    pub translator: Client,
    pub reviewer: Client,
    pub approver: Client,
    pub publisher: Client,
}

impl Desk {
    /// A desk of a new application.
    pub async fn new() -> Self {
        Self::of(&TestApp::new().await).await
    }

    /// A desk of this application.
    pub async fn of(app: &TestApp) -> Self {
        let person = async |role: &str| app.account(role).sign_in().await;
        Self {
            author: person("author").await,
            translator: person("translator").await,
            reviewer: person("reviewer").await,
            approver: person("approver").await,
            publisher: person("publisher").await,
            app: app.clone(),
        }
    }

    /// An article to be begun.
    pub fn draft(&self) -> Draft {
        self.author.article()
    }

    /// The one who writes an edition.
    pub fn writer(&self, edition: &Edition) -> &Client {
        if edition.locale == "vi" { &self.author } else { &self.translator }
    }

    /// Begins an article and makes it public.
    pub async fn story(&self, draft: Draft) -> Edition {
        let edition = draft.begin().await;
        self.publish(&edition).await;
        edition
    }

    /// Begins a translation and makes it public.
    pub async fn translation(&self, of: &Edition, locale: &str, body: Value) -> Edition {
        let edition = of.in_locale(locale);
        edition.translate(&self.translator, body).await.is(201);
        self.publish(&edition).await;
        edition
    }

    /// Submits what was saved last, and lets two others approve it.
    pub async fn approve(&self, edition: &Edition) {
        edition.submit(self.writer(edition)).await.is(201);
        edition.approve_open(&self.reviewer, &self.approver).await;
    }

    /// Makes what was saved last public.
    pub async fn publish(&self, edition: &Edition) {
        self.approve(edition).await;
        edition.publish(&self.publisher).await.is(200);
    }

    /// Puts another text in the place of the public one.
    pub async fn update(&self, edition: &Edition, body: Value) {
        edition.save(self.writer(edition), body).await.is(200);
        self.publish(edition).await;
    }

    /// The same because something was wrong.
    pub async fn correct(&self, edition: &Edition, body: Value, note: &str) {
        edition.save(self.writer(edition), body).await.is(200);
        self.approve(edition).await;
        edition.correct(&self.publisher, note).await.is(200);
    }

    /// Takes an edition down.
    pub async fn withdraw(&self, edition: &Edition, note: &str) {
        edition.withdraw(&self.publisher, note).await.is(200);
    }

    /// An article of each kind with an own title, begun and public, and their editions.
    pub async fn one_of_each_kind(&self) -> Vec<Edition> {
        let mut editions = Vec::new();
        for (kind, details) in [
            ("news", json!({})),
            ("feature", json!({})),
            ("press_release", json!({})),
            ("statement", json!({"claim": "Cảng đã đóng cửa", "claimed_at_place": "Một trang mạng"})),
            ("event", json!({"starts_at": "2026-12-05T01:00:00Z", "time_zone": "Asia/Ho_Chi_Minh", "venue": "Sơn Hạ"})),
            ("investment", json!({"sector": "Cảng", "stage": "calling", "amount": "120000000", "currency": "USD"})),
            ("destination", json!({"latitude": "15.12", "longitude": "108.80", "season": "Tháng 3"})),
        ] {
            let draft = self.draft().with("kind", kind).with("details", details).with("title", format!("Loại {kind}"));
            editions.push(self.story(draft).await);
        }
        editions
    }
}
