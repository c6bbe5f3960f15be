//! People: made with the grants that matter to a claim, signed in at once.

use actix_web::{http::Method, test::TestRequest};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use lantoa::{
    domain::{
        access::Grant,
        event::{Event, EventType},
    },
    kernel::{AccountId, SessionId, Timestamp},
    service::account::grants_told,
    store::{Change, account, session},
    tokens::Secret,
};
use serde_json::Value;
use tokio::sync::OnceCell;

use super::{Answer, Draft, TestApp};

/// The hash of no password: these people never sign in by one.
const NO_PASSWORD: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// The password of who has one.
pub const PASSWORD: &str = "đèo Hải Vân mùa xuân";

/// A person to be made.
pub struct Person {
    app: TestApp,
    grants: Vec<Grant>,
    password: Option<&'static str>,
}

impl TestApp {
    /// A person with a role, for every agency and locale until said otherwise.
    pub fn account(&self, role: &str) -> Person {
        Person { grants: vec![Grant { role: role.parse().unwrap(), agency: None, locale: None }], ..self.nobody() }
    }

    /// A person who may be nothing.
    pub fn nobody(&self) -> Person {
        Person { app: self.clone(), grants: vec![], password: None }
    }
}

impl Person {
    /// For this agency only.
    pub fn agency(mut self, code: &str) -> Self {
        self.grants.last_mut().unwrap().agency = Some(code.parse().unwrap());
        self
    }

    /// For this locale only.
    pub fn locale(mut self, tag: &str) -> Self {
        self.grants.last_mut().unwrap().locale = Some(tag.parse().unwrap());
        self
    }

    /// And another role.
    pub fn and(mut self, role: &str) -> Self {
        self.grants.push(Grant { role: role.parse().unwrap(), agency: None, locale: None });
        self
    }

    /// Able to sign in by [`PASSWORD`].
    pub fn with_password(mut self) -> Self {
        self.password = Some(PASSWORD);
        self
    }

    pub async fn sign_in(self) -> Client {
        let app = self.app.app.clone();
        let now = app.clock.now();
        let id = AccountId::new();
        let password_hash = match self.password {
            None => NO_PASSWORD.to_owned(),
            // Costly on purpose, so computed once for all.
            Some(password) => {
                static HASH: OnceCell<String> = OnceCell::const_new();
                HASH.get_or_init(async || app.passwords.hash(Secret::from(password)).await.unwrap()).await.clone()
            }
        };
        let account = account::Account {
            id,
            email: format!("{id}@lamhai.example"),
            name: "Người thử".to_owned(),
            locale: "vi".parse().unwrap(),
            password_hash,
            disabled: false,
            version: 1,
            created_at: now,
            updated_at: now,
        };
        let tx = app.db.write().await.unwrap();
        account::insert(&tx, &account).await.unwrap();
        account::set_grants(&tx, id, &self.grants, now).await.unwrap();
        let session = session::Session {
            id: SessionId::new(),
            account: id,
            expires_at: now.plus(app.policy.session),
            revoked: false,
        };
        session::insert(&tx, session, now).await.unwrap();
        let event = Event { kind: EventType::Account, article: None, locale: None };
        let told = grants_told(&self.grants);
        tx.commit(Change::by(None, now).entry("account.created", "account", id, told).emit(event)).await.unwrap();
        let token = app.tokens.issue(id, session.id, now);
        Client { app: self.app, id, token: Some(token) }
    }
}

/// Somebody who sends requests.
#[derive(Clone)]
pub struct Client {
    pub app: TestApp,
    pub id: AccountId,
    pub token: Option<String>,
}

impl Client {
    pub fn stranger(app: TestApp) -> Self {
        Self { app, id: AccountId::new(), token: None }
    }

    /// The address to sign in with.
    pub fn email(&self) -> String {
        format!("{}@lamhai.example", self.id)
    }

    /// Somebody else with a token, whosever it is.
    pub fn with_token(&self, token: &str) -> Self {
        Self { token: Some(token.to_owned()), ..self.clone() }
    }

    /// A request with this person's token.
    pub fn request(&self, method: Method, path: &str) -> TestRequest {
        let request = TestRequest::with_uri(path).method(method);
        match &self.token {
            // Time may have passed since the sign-in: the token is always a new one.
            Some(_) => request.insert_header(("authorization", format!("Bearer {}", self.fresh_token()))),
            None => request,
        }
    }

    fn fresh_token(&self) -> String {
        let app = &self.app.app;
        let token = self.token.as_deref().unwrap();
        app.tokens.verify(token, app.clock.now()).map_or_else(
            |_| token.to_owned(),
            |claims| app.tokens.issue(claims.account, claims.session, app.clock.now()),
        )
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.app.send(self.request(Method::GET, path)).await
    }

    pub async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let request =
            headers.iter().fold(self.request(Method::GET, path), |request, (k, v)| request.append_header((*k, *v)));
        self.app.send(request).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.write(Method::POST, path, &[], body).await
    }

    pub async fn put(&self, path: &str, if_match: &str, body: &Value) -> Answer {
        self.write(Method::PUT, path, &[("if-match", if_match)], body).await
    }

    pub async fn patch(&self, path: &str, if_match: &str, body: &Value) -> Answer {
        self.write(Method::PATCH, path, &[("if-match", if_match)], body).await
    }

    pub async fn delete(&self, path: &str, if_match: &str) -> Answer {
        self.app.send(self.request(Method::DELETE, path).insert_header(("if-match", if_match))).await
    }

    /// A request with headers and a JSON body.
    pub async fn write(&self, method: Method, path: &str, headers: &[(&str, &str)], body: &Value) -> Answer {
        let request =
            headers.iter().fold(self.request(method, path), |request, (k, v)| request.append_header((*k, *v)));
        self.app.send(request.insert_header(("content-type", "application/json")).set_payload(body.to_string())).await
    }

    /// The same person when so many seconds have passed, still signed in.
    pub fn after(&self, seconds: u64) -> Self {
        let app = self.app.app.clone();
        let token = self.token.as_deref().unwrap();
        // Whatever time has passed since: the token was good when it was made.
        let claims = URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap();
        let claims: Value = serde_json::from_slice(&claims).unwrap();
        let made = Timestamp::from_micros(claims["iat"].as_i64().unwrap() * 1_000_000).unwrap();
        let claims = app.tokens.verify(token, made).unwrap();
        self.app.pass(seconds);
        let token = app.tokens.issue(claims.account, claims.session, app.clock.now());
        Self { token: Some(token), ..self.clone() }
    }

    /// An article to be begun by this person.
    pub fn article(&self) -> Draft {
        Draft::by(self.clone())
    }
}
