//! Access tokens that nobody issued: each is refused like no token at all.

use aws_lc_rs::hmac;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use crate::support::{AUTHORITY, Client, PASSWORD, TOKEN_SECRET, TestApp};

/// A token's parts, to be altered.
struct Forger {
    header: Value,
    claims: Value,
}

impl Forger {
    /// The parts of a token that is good.
    fn of(app: &TestApp, whose: &Client) -> Self {
        let claims = app.app.tokens.verify(whose.token.as_deref().unwrap(), app.clock.now()).unwrap();
        let now = app.clock.now().seconds();
        Self {
            header: json!({"alg": "HS256", "typ": "at+jwt"}),
            claims: json!({
                "iss": AUTHORITY, "aud": "lantoa-api", "sub": whose.id.to_string(), "sid": claims.session.to_string(),
                "jti": uuid::Uuid::now_v7().to_string(), "iat": now, "nbf": now, "exp": now + 600,
            }),
        }
    }

    fn signed(header: &Value, claims: &Value) -> String {
        let message = format!("{}.{}", b64(header.to_string()), b64(claims.to_string()));
        format!("{message}.{}", mac(hmac::HMAC_SHA256, TOKEN_SECRET, &message))
    }

    fn header(&self, changes: &Value) -> String {
        Self::signed(&with(&self.header, changes), &self.claims)
    }

    fn claims(&self, changes: &Value) -> String {
        Self::signed(&self.header, &with(&self.claims, changes))
    }
}

fn b64(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn mac(algorithm: hmac::Algorithm, secret: &[u8], message: &str) -> String {
    b64(hmac::sign(&hmac::Key::new(algorithm, secret), message.as_bytes()))
}

/// The value with some members changed; null takes one out.
fn with(value: &Value, changes: &Value) -> Value {
    let mut value = value.clone();
    for (name, change) in changes.as_object().unwrap() {
        match change {
            Value::Null => drop(value.as_object_mut().unwrap().remove(name)),
            change => value[name] = change.clone(),
        }
    }
    value
}

async fn status(app: &TestApp, token: &str) -> (u16, Value) {
    let answer = app.stranger().get_with("/api/v1/me", &[("authorization", &format!("Bearer {token}"))]).await;
    (answer.status, answer.json()["code"].clone())
}

#[actix_web::test]
async fn the_forger_s_tools_make_a_good_token_when_nothing_is_forged() {
    let app = TestApp::new().await;
    let person = app.account("admin").sign_in().await;

    let token = Forger::of(&app, &person).claims(&json!({}));

    assert_eq!(status(&app, &token).await.0, 200);
}

#[actix_web::test]
async fn a_forged_token_is_no_token() {
    let app = TestApp::new().await;
    let person = app.account("admin").with_password().sign_in().await;
    let other = app.account("admin").sign_in().await;
    let forger = Forger::of(&app, &person);
    let now = app.clock.now().seconds();
    let (header, claims) = (b64(forger.header.to_string()), b64(forger.claims.to_string()));
    let message = format!("{header}.{claims}");
    let good = forger.claims(&json!({}));
    let signature = good.rsplit_once('.').unwrap().1.to_owned();
    let unsigned = |alg: &str| format!("{}.{claims}.", b64(json!({"alg": alg, "typ": "at+jwt"}).to_string()));
    let public_key = app.app.keys.jwks().to_string();
    let body = json!({"email": person.email(), "password": PASSWORD});
    let pair = app.stranger().post("/api/v1/auth/login", &body).await.is(200).json();
    let others_session = Forger::of(&app, &other).claims["sid"].clone();

    let forged = [
        ("alg none", unsigned("none")),
        ("alg None", unsigned("None")),
        ("alg none with a signature", forger.header(&json!({"alg": "none"}))),
        ("no signature", format!("{message}.")),
        ("two parts", message.clone()),
        ("another secret", format!("{message}.{}", mac(hmac::HMAC_SHA256, &[7; 32], &message))),
        ("no secret", format!("{message}.{}", mac(hmac::HMAC_SHA256, b"", &message))),
        ("the public key as secret", format!("{message}.{}", mac(hmac::HMAC_SHA256, public_key.as_bytes(), &message))),
        ("HS512", {
            let message = format!("{}.{claims}", b64(json!({"alg": "HS512", "typ": "at+jwt"}).to_string()));
            format!("{message}.{}", mac(hmac::HMAC_SHA512, TOKEN_SECRET, &message))
        }),
        ("RS256", forger.header(&json!({"alg": "RS256"}))),
        ("EdDSA", forger.header(&json!({"alg": "EdDSA"}))),
        ("another type", forger.header(&json!({"typ": "JWT"}))),
        ("no type", forger.header(&json!({"typ": null}))),
        ("crit", forger.header(&json!({"crit": ["exp"]}))),
        ("jwk", forger.header(&json!({"jwk": {"kty": "oct", "k": "AA"}}))),
        ("jku", forger.header(&json!({"jku": "https://evil.example/jwks"}))),
        ("x5u", forger.header(&json!({"x5u": "https://evil.example/x"}))),
        ("zip", forger.header(&json!({"zip": "DEF"}))),
        ("other claims, old signature", {
            let claims = with(&forger.claims, &json!({"sub": other.id.to_string()}));
            format!("{header}.{}.{signature}", b64(claims.to_string()))
        }),
        ("another audience", forger.claims(&json!({"aud": "another-api"}))),
        ("two audiences", forger.claims(&json!({"aud": ["lantoa-api", "another"]}))),
        ("no audience", forger.claims(&json!({"aud": null}))),
        ("another issuer", forger.claims(&json!({"iss": "evil.example"}))),
        ("no issuer", forger.claims(&json!({"iss": null}))),
        ("expired", forger.claims(&json!({"iat": now - 600, "nbf": now - 600, "exp": now}))),
        ("no end", forger.claims(&json!({"exp": null}))),
        ("an end as text", forger.claims(&json!({"exp": (now + 600).to_string()}))),
        ("a hundred years", forger.claims(&json!({"exp": now + 3_153_600_000_i64}))),
        ("from tomorrow", forger.claims(&json!({"iat": now + 86_400, "nbf": now + 86_400, "exp": now + 87_000}))),
        ("a role of its own", forger.claims(&json!({"role": "admin"}))),
        ("an unknown account", forger.claims(&json!({"sub": uuid::Uuid::now_v7().to_string()}))),
        ("an account that is no id", forger.claims(&json!({"sub": "admin' OR 1=1 --"}))),
        ("an unknown sign-in", forger.claims(&json!({"sid": uuid::Uuid::now_v7().to_string()}))),
        ("another account's sign-in", forger.claims(&json!({"sid": others_session}))),
        ("no sign-in", forger.claims(&json!({"sid": null}))),
        ("a refresh token", pair["refresh_token"].as_str().unwrap().to_owned()),
        ("an encrypted token", format!("{header}..{claims}.{claims}.{signature}")),
        ("a padded one", format!("{good}=")),
        ("the longest", format!("{header}.{}.{signature}", "A".repeat(6_000))),
    ];

    assert_eq!(status(&app, &good).await.0, 200);
    for (what, token) in &forged {
        assert_eq!(status(&app, token).await, (401, json!("unauthenticated")), "{what}");
    }
}

#[actix_web::test]
async fn an_access_token_renews_nothing() {
    let app = TestApp::new().await;
    let person = app.account("admin").sign_in().await;

    let body = json!({"refresh_token": person.token});
    app.stranger().post("/api/v1/auth/refresh", &body).await.is_problem(401, "bad-refresh-token");
}

#[actix_web::test]
async fn a_refused_token_leaves_no_trace_of_why() {
    let app = TestApp::new().await;
    let person = app.account("admin").sign_in().await;
    let forger = Forger::of(&app, &person);
    let now = app.clock.now().seconds();
    let said = async |token: String| {
        let answer = app.stranger().get_with("/api/v1/me", &[("authorization", &format!("Bearer {token}"))]).await;
        let mut body = answer.json();
        for mark in ["instance", "request_id"] {
            body.as_object_mut().unwrap().remove(mark).unwrap();
        }
        (answer.status, answer.header("www-authenticate").unwrap().to_owned(), body)
    };

    let expired = said(forger.claims(&json!({"iat": now - 600, "nbf": now - 600, "exp": now}))).await;

    assert_eq!(expired, said(forger.header(&json!({"alg": "none"}))).await);
    assert_eq!(expired, said(forger.claims(&json!({"sub": uuid::Uuid::now_v7().to_string()}))).await);
}
