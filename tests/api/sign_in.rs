//! Signing in and out: one answer for every failure, a brake on guessing, refresh tokens that work once.

use actix_web::{http::Method, test::TestRequest};
use serde_json::{Value, json};

use crate::support::{Answer, Client, PASSWORD, TestApp};

const LOGIN: &str = "/api/v1/auth/login";
const REFRESH: &str = "/api/v1/auth/refresh";
const WRONG: &str = "một mật khẩu khác hẳn";

fn asking(email: &str, password: &str) -> TestRequest {
    TestRequest::with_uri(LOGIN).method(Method::POST).set_json(json!({"email": email, "password": password}))
}

async fn login(app: &TestApp, email: &str, password: &str) -> Answer {
    app.send(asking(email, password)).await
}

async fn refresh(app: &TestApp, token: &Value) -> Answer {
    app.stranger().post(REFRESH, &json!({"refresh_token": token})).await
}

/// An application with somebody who can sign in.
async fn office() -> (TestApp, Client) {
    let app = TestApp::new().await;
    let person = app.account("author").with_password().sign_in().await;
    (app, person)
}

/// An answer without the marks of this one request.
fn shape(answer: &Answer) -> (u16, Vec<String>, Value) {
    let mut body = answer.json();
    for mark in ["instance", "request_id"] {
        body.as_object_mut().unwrap().remove(mark).expect("a problem names the request");
    }
    let mut names: Vec<_> = answer.headers.iter().map(|(name, _)| name.clone()).collect();
    names.sort();
    (answer.status, names, body)
}

#[actix_web::test]
async fn a_sign_in_gives_a_short_token_and_one_to_renew_it() {
    let (app, person) = office().await;

    let answer = login(&app, &format!("  {} ", person.email().to_uppercase()), PASSWORD).await.is(200);

    let body = answer.json();
    assert_eq!((&body["token_type"], &body["expires_in"]), (&json!("Bearer"), &json!(600)));
    assert!(body["refresh_token"].as_str().unwrap().starts_with("ltr_"));
    assert_eq!(body.as_object().unwrap().len(), 4);
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert!(answer.header("set-cookie").is_none());
    let me = person.with_token(body["access_token"].as_str().unwrap()).get("/api/v1/me").await.is(200).json();
    assert_eq!(me["id"], person.id.to_string());
    assert!(!me.to_string().contains("argon2"));
}

#[actix_web::test]
async fn wrong_unknown_and_disabled_hear_the_same() {
    let (app, person) = office().await;
    let disabled = app.account("author").with_password().sign_in().await;
    let admin = app.account("admin").sign_in().await;
    let account = format!("/api/v1/accounts/{}", disabled.id);
    let etag = admin.get(&account).await.etag();
    admin.patch(&account, &etag, &json!({"disabled": true})).await.is(200);

    let wrong = login(&app, &person.email(), WRONG).await.is_problem(401, "bad-credentials");
    let unknown = login(&app, "khong.ai@lamhai.example", WRONG).await;
    let shut = login(&app, &disabled.email(), PASSWORD).await;
    let no_address = login(&app, "không phải địa chỉ", PASSWORD).await;

    for other in [unknown, shut, no_address] {
        assert_eq!(shape(&other), shape(&wrong));
    }
}

#[actix_web::test]
async fn an_unknown_address_costs_a_hash_as_a_known_one_does() {
    let (app, person) = office().await;
    let hasher = &app.app.passwords;

    for email in [person.email(), "khong.ai@lamhai.example".to_owned()] {
        let before = hasher.verified();
        login(&app, &email, WRONG).await.is(401);
        assert_eq!(hasher.verified(), before + 1, "{email}");
    }
}

#[actix_web::test]
async fn the_eleventh_wrong_password_for_an_address_has_to_wait() {
    let (app, person) = office().await;
    for _ in 0..10 {
        login(&app, &person.email(), WRONG).await.is_problem(401, "bad-credentials");
    }
    app.pass(60);

    // From elsewhere, in capitals, with the right password: it is the account that is guarded.
    let elsewhere = app.send_from("198.51.100.9", asking(&person.email().to_uppercase(), PASSWORD)).await;
    let wait = elsewhere.is_problem(429, "too-many-requests");
    assert_eq!(wait.header("retry-after"), Some("840"));
    let other = app.account("author").with_password().sign_in().await;
    login(&app, &other.email(), PASSWORD).await.is(200);

    app.pass(839);
    login(&app, &person.email(), PASSWORD).await.is(429);
    app.pass(1);
    login(&app, &person.email(), PASSWORD).await.is(200);
}

#[actix_web::test]
async fn an_unknown_address_is_slowed_down_like_a_known_one() {
    let (app, person) = office().await;
    let unknown = "khong.ai@lamhai.example";
    for _ in 0..10 {
        login(&app, unknown, WRONG).await.is(401);
        login(&app, &person.email(), WRONG).await.is(401);
    }

    let (of_unknown, of_known) = (login(&app, unknown, WRONG).await, login(&app, &person.email(), WRONG).await);

    assert_eq!(shape(&of_unknown), shape(&of_known.is(429)));
}

#[actix_web::test]
async fn forty_wrong_passwords_from_one_place_stop_it_whatever_its_headers_say() {
    let (app, person) = office().await;
    for n in 0..40 {
        login(&app, &format!("nguoi.{n}@lamhai.example"), WRONG).await.is(401);
    }

    login(&app, &person.email(), PASSWORD).await.is(429);
    for header in ["x-forwarded-for", "x-real-ip", "forwarded", "x-client-ip", "cf-connecting-ip", "true-client-ip"] {
        let value = if header == "forwarded" { "for=203.0.113.5" } else { "203.0.113.5" };
        let answer = app.send(asking(&person.email(), PASSWORD).insert_header((header, value))).await;
        assert!(answer.is_problem(429, "too-many-requests").header("retry-after").is_some(), "{header}");
    }
    app.send_from("198.51.100.9", asking(&person.email(), PASSWORD)).await.is(200);
}

#[actix_web::test]
async fn a_renewal_gives_another_pair_and_takes_the_old_token() {
    let (app, person) = office().await;
    let first = login(&app, &person.email(), PASSWORD).await.is(200).json();

    let second = refresh(&app, &first["refresh_token"]).await.is(200).json();

    assert_ne!(first["refresh_token"], second["refresh_token"]);
    let me = async |pair: &Value| {
        let headers = format!("Bearer {}", pair["access_token"].as_str().unwrap());
        app.stranger().get_with("/api/v1/me", &[("authorization", &headers)]).await.status
    };
    assert_eq!((me(&first).await, me(&second).await), (200, 200));
    let third = refresh(&app, &second["refresh_token"]).await.is(200).json();
    assert_eq!(me(&third).await, 200);
}

#[actix_web::test]
async fn a_used_refresh_token_ends_the_sign_in_it_belonged_to() {
    let (app, person) = office().await;
    let first = login(&app, &person.email(), PASSWORD).await.is(200).json();
    let other = login(&app, &person.email(), PASSWORD).await.is(200).json();
    let second = refresh(&app, &first["refresh_token"]).await.is(200).json();
    let access = format!("Bearer {}", second["access_token"].as_str().unwrap());
    app.stranger().get_with("/api/v1/me", &[("authorization", &access)]).await.is(200);

    refresh(&app, &first["refresh_token"]).await.is_problem(401, "bad-refresh-token");

    refresh(&app, &second["refresh_token"]).await.is_problem(401, "bad-refresh-token");
    let me = app.stranger().get_with("/api/v1/me", &[("authorization", &access)]).await;
    me.is_problem(401, "unauthenticated");
    // Another sign-in of the same person is another family.
    refresh(&app, &other["refresh_token"]).await.is(200);
}

#[actix_web::test]
async fn of_renewals_sent_at_once_with_one_token_one_succeeds() {
    let (app, person) = office().await;
    let first = login(&app, &person.email(), PASSWORD).await.is(200).json();

    let renewals = (0..4).map(|_| refresh(&app, &first["refresh_token"]));
    let answers = futures_util::future::join_all(renewals).await;

    assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1);
    assert_eq!(answers.iter().filter(|answer| answer.status == 401).count(), 3);
}

#[actix_web::test]
async fn tokens_end_in_their_time() {
    let (app, person) = office().await;
    let pair = login(&app, &person.email(), PASSWORD).await.is(200).json();
    let access = format!("Bearer {}", pair["access_token"].as_str().unwrap());
    let me = async || app.stranger().get_with("/api/v1/me", &[("authorization", &access)]).await.status;

    app.pass(599);
    assert_eq!(me().await, 200);
    app.pass(1);
    assert_eq!(me().await, 401);

    let month = 30 * 24 * 3600;
    app.pass(month - 601);
    let renewed = refresh(&app, &pair["refresh_token"]).await.is(200).json();
    app.pass(1);
    refresh(&app, &renewed["refresh_token"]).await.is_problem(401, "bad-refresh-token");
    let access = format!("Bearer {}", renewed["access_token"].as_str().unwrap());
    app.stranger().get_with("/api/v1/me", &[("authorization", &access)]).await.is_problem(401, "unauthenticated");
}

#[actix_web::test]
async fn signing_out_ends_this_sign_in_at_once_and_no_other() {
    let (app, person) = office().await;
    let pair = login(&app, &person.email(), PASSWORD).await.is(200).json();
    let signed = person.with_token(pair["access_token"].as_str().unwrap());

    app.send(signed.request(Method::POST, "/api/v1/auth/logout")).await.is(204);

    signed.get("/api/v1/me").await.is_problem(401, "unauthenticated");
    refresh(&app, &pair["refresh_token"]).await.is_problem(401, "bad-refresh-token");
    app.send(signed.request(Method::POST, "/api/v1/auth/logout")).await.is_problem(401, "unauthenticated");
    person.get("/api/v1/me").await.is(200);
}

#[actix_web::test]
async fn a_disabled_person_renews_nothing() {
    let (app, person) = office().await;
    let admin = app.account("admin").sign_in().await;
    let pair = login(&app, &person.email(), PASSWORD).await.is(200).json();
    let account = format!("/api/v1/accounts/{}", person.id);
    let etag = admin.get(&account).await.etag();
    let answer = admin.patch(&account, &etag, &json!({"disabled": true})).await.is(200);
    refresh(&app, &pair["refresh_token"]).await.is_problem(401, "bad-refresh-token");

    admin.patch(&account, &answer.etag(), &json!({"disabled": false})).await.is(200);
    refresh(&app, &pair["refresh_token"]).await.is_problem(401, "bad-refresh-token");
    login(&app, &person.email(), PASSWORD).await.is(200);
}

#[actix_web::test]
async fn no_token_and_no_password_lies_in_the_database_or_its_files() {
    let (app, person) = office().await;
    let pair = login(&app, &person.email(), PASSWORD).await.is(200).json();
    let renewed = refresh(&app, &pair["refresh_token"]).await.is(200).json();
    let secrets: Vec<String> = [&pair, &renewed]
        .iter()
        .flat_map(|pair| ["refresh_token", "access_token"].map(|name| pair[name].as_str().unwrap().to_owned()))
        .flat_map(|token| [token.trim_start_matches("ltr_").to_owned(), token])
        .chain([PASSWORD.to_owned()])
        .collect();

    let rows = app.all_rows().await;
    let hash = lantoa::kernel::Digest::of(renewed["refresh_token"].as_str().unwrap()).to_string();
    assert!(rows.contains(&hash), "what is looked into holds the tokens' hashes");
    assert!(secrets.iter().all(|secret| !rows.contains(secret)));

    // The rows as files, the write-ahead log among them.
    for file in std::fs::read_dir(app.database.folder.path()).unwrap().map(|file| file.unwrap().path()) {
        let Ok(bytes) = std::fs::read(&file) else { continue };
        for secret in &secrets {
            let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!found, "{} holds a secret", file.display());
        }
    }
}

#[actix_web::test]
async fn a_token_counts_in_one_authorization_header_and_nowhere_else() {
    let (app, person) = office().await;
    let token = person.token.clone().unwrap();
    let bearer = format!("Bearer {token}");
    let basic = |text: String| {
        use base64::Engine as _;
        format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(text))
    };
    let me = "/api/v1/me";
    app.stranger().get_with(me, &[("authorization", &bearer)]).await.is(200);

    let in_query: Vec<String> = ["access_token", "token", "jwt", "authorization", "bearer", "Access_Token"]
        .iter()
        .map(|name| format!("{me}?{name}={token}"))
        .collect();
    for path in &in_query {
        app.get(path).await.is_problem(401, "unauthenticated");
        app.stranger().get_with(path, &[("authorization", &bearer)]).await.is_problem(401, "unauthenticated");
    }
    for (name, value) in [
        ("cookie", format!("access_token={token}")),
        ("cookie", format!("Authorization={bearer}")),
        ("authorization", basic(format!("{}:{PASSWORD}", person.email()))),
        ("authorization", basic(format!(":{token}"))),
        ("authorization", token.clone()),
        ("authorization", format!("Token {token}")),
        ("authorization", format!("Bearer {token}, Bearer {token}")),
        ("authorization", "Bearer".to_owned()),
        ("authorization", String::new()),
        ("x-authorization", bearer.clone()),
        ("x-access-token", token.clone()),
        ("proxy-authorization", bearer.clone()),
    ] {
        app.stranger().get_with(me, &[(name, &value)]).await.is_problem(401, "unauthenticated");
    }
    for pair in [[&bearer, &bearer], [&bearer, &basic(":x".to_owned())], [&"Bearer x".to_owned(), &bearer]] {
        let twice = pair.map(|value| ("authorization", value.as_str()));
        app.stranger().get_with(me, &twice).await.is_problem(401, "unauthenticated");
    }
}

#[actix_web::test]
async fn a_login_takes_what_it_knows_and_nothing_else() {
    let (app, person) = office().await;
    let good = json!({"email": person.email(), "password": PASSWORD});
    let with = |name: &str, value: Value| {
        let mut body = good.clone();
        body[name] = value;
        body
    };
    let post = async |body: &Value| app.stranger().post(LOGIN, body).await;

    post(&with("role", json!("admin"))).await.is_problem(400, "unknown-field");
    post(&with("password", json!({"$ne": ""}))).await.is_problem(422, "invalid").names("/password", "wrong-type");
    post(&with("email", json!([person.email()]))).await.is_problem(422, "invalid").names("/email", "wrong-type");
    post(&json!({"email": person.email()})).await.is_problem(422, "invalid").names("/password", "required");
    let long = "dài".repeat(50_000);
    post(&with("password", json!(long))).await.is_problem(401, "bad-credentials");
    for token in [json!(""), json!("ltr_"), json!("x".repeat(20_000)), json!(person.token)] {
        refresh(&app, &token).await.is_problem(401, "bad-refresh-token");
    }
}
