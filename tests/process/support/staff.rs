//! People who are signed in, and what they begin.

use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};

use super::{Answer, Client, Installation, Process, anybody};

/// Everybody's password.
pub const PASSWORD: &str = "bến cá sương sớm 38 thúng";

/// Somebody, signed in.
#[derive(Clone, Debug)]
pub struct Person {
    pub access: String,
    pub refresh: String,
}

/// One person for each part of an article's way.
#[derive(Clone, Debug)]
pub struct Staff {
    pub author: Person,
    pub translator: Person,
    pub reviewer: Person,
    pub approver: Person,
    pub publisher: Person,
    pub auditor: Person,
}

/// Signs somebody in.
pub async fn sign_in(url: &str, email: &str, password: &str) -> Person {
    let tokens = anybody(url).post("/api/v1/auth/login", &json!({"email": email, "password": password})).await.is(200);
    Person { access: tokens.text_of("access_token"), refresh: tokens.text_of("refresh_token") }
}

/// An agency, a topic and the people of a newspaper, the first of them made at the command line.
pub async fn newspaper(installation: &Installation, server: &Process) -> Staff {
    let email = "quan.tri@lamhai.example";
    let words = ["account", "create", "--email", email, "--name", "Quản trị", "--role", "admin", "--password-stdin"];
    installation.run_with(&words, &format!("{PASSWORD}\n")).await.fine();
    let admin = sign_in(&server.url, email, PASSWORD).await;
    let by_admin = Client::of(&server.url, &admin);
    let names = json!({"vi": "Báo Lam Hải", "en": "Lam Hai News"});
    by_admin.post("/api/v1/agencies", &json!({"code": "bao", "names": names})).await.is(201);
    let names = json!({"vi": "Đầu tư", "en": "Investment"});
    by_admin.post("/api/v1/topics", &json!({"code": "dau-tu", "names": names})).await.is(201);
    let roles = ["author", "translator", "reviewer", "approver", "publisher", "auditor"];
    // Side by side: it is the hashing of passwords that takes the time.
    let people = join_all(roles.map(async |role| {
        let email = format!("{role}@lamhai.example");
        let grants = json!([{"role": role}]);
        let account = json!({"email": email, "name": "Người thử", "password": PASSWORD, "grants": grants});
        by_admin.post("/api/v1/accounts", &account).await.is(201);
        sign_in(&server.url, &email, PASSWORD).await
    }))
    .await;
    let [author, translator, reviewer, approver, publisher, auditor] = people.try_into().expect("one for each role");
    Staff { author, translator, reviewer, approver, publisher, auditor }
}

/// An article's first text.
pub fn begin(title: &str) -> Value {
    json!({
        "kind": "news",
        "agency": "bao",
        "source_locale": "vi",
        "topics": ["dau-tu"],
        "title": title,
        "summary": "Sáng 14-9, lô hàng 12,5 tấn rời cảng.",
        "body": "<p>Sáng 14-9, lô cá ngừ 12,5 tấn rời cảng Vân Sa.</p>",
    })
}

impl Staff {
    /// Brings a new article to the public, and gives its address below the articles'.
    pub async fn publish(&self, url: &str, title: &str) -> String {
        let (article, hash) = self.approve(url, title).await;
        let path = format!("/api/v1/articles/{article}/editions/vi");
        let order = json!({"content_hash": hash});
        Client::of(url, &self.publisher).post(&format!("{path}/publish"), &order).await.is(200);
        article
    }

    /// Brings a new article as far as its approval, and gives its address and the hash of its text.
    pub async fn approve(&self, url: &str, title: &str) -> (String, String) {
        let author = Client::of(url, &self.author);
        let begun = author.post("/api/v1/articles", &begin(title)).await.is(201);
        let article = begun.text_of("id");
        let path = format!("/api/v1/articles/{article}/editions/vi");
        let shown = author.get(&path).await.is(200);
        let seen = [("if-match", shown.etag.clone().unwrap())];
        let submitted: Option<Answer> = author.send(Method::POST, &format!("{path}/submit"), &seen, &json!({})).await;
        submitted.unwrap().is(201);
        let hash = shown.text_of("content_hash");
        for person in [&self.reviewer, &self.approver] {
            let decision = json!({"verdict": "approve", "content_hash": hash});
            Client::of(url, person).post(&format!("{path}/decisions"), &decision).await.is(200);
        }
        (article, hash)
    }
}
