//! Addresses of nothing, other spellings of addresses, methods that an address does not have.

use actix_web::http::Method;

use crate::support::{Ground, Operation, operations, sample};

/// What no part of a path is: malformed, in another spelling, or absent.
fn strange(part: &str) -> Vec<&'static str> {
    match part {
        "id" => vec![
            "1",
            "x",
            "0190163d-8694-739b-aea5-966c26f8ad91",
            "0190163D-8694-739B-AEA5-966C26F8AD91",
            "0190163d8694739baea5966c26f8ad91",
            "urn:uuid:0190163d-8694-739b-aea5-966c26f8ad91",
            "%00",
            "%FF",
            "..%2f..",
            "%27%20OR%201=1--",
            "null",
            "*",
            "%7Bid%7D",
        ],
        "locale" | "tag" => vec!["xx", "VI", "vi_VN", "zh-hans", "ti%E1%BA%BFng", "%00", "vi%00", "und", "*", "..%2f"],
        "code" => vec!["khong-co", "SO", "so%00", "%2e%2e", "so%20", "s%E1%BB%91", "%27--", "a_b", "*"],
        "number" => {
            vec!["0", "2", "-1", "+1", "01", "1.0", "4294967295", "4294967296", "99999999999999999999", "x", "%00"]
        }
        _ => vec!["khong-co", "%00", "%FF", "..%2f"],
    }
}

#[actix_web::test]
async fn a_part_of_a_path_that_nothing_has_is_not_found() {
    let ground = Ground::new().await;
    let before = ground.app.rows().await;

    for operation in operations().into_iter().filter(Operation::is_api) {
        let body = operation.body().map(|schema| sample("", schema, false).to_string()).unwrap_or_default();
        for part in operation.parameters("path") {
            let name = part["name"].as_str().unwrap();
            for value in strange(name) {
                let path = ground.path(operation.template, Some((name, value)));
                let answer = ground.send(operation, &path, body.clone()).await;
                assert_eq!(answer.status, 404, "{} {path}: {}", operation.id(), answer.text());
                assert_eq!(answer.json()["code"], "not-found", "{} {path}", operation.id());
            }
        }
    }

    assert_eq!(ground.app.rows().await, before);
}

#[actix_web::test]
async fn another_spelling_of_an_address_is_nothing() {
    let ground = Ground::new().await;
    let before = ground.app.rows().await;

    for operation in operations().into_iter().filter(Operation::is_api) {
        let body = operation.body().map(|schema| sample("", schema, false).to_string()).unwrap_or_default();
        let path = ground.path(operation.template, None);
        let spellings = [
            format!("{path}/"),
            format!("/{path}"),
            path.replacen("/api/", "/api//", 1),
            path.replacen("/v1/", "/v1//", 1),
            path.replacen("/api/", "/API/", 1),
            path.replacen("/v1/", "/V1/", 1),
            path.to_uppercase(),
            format!("{path};x"),
            format!("{path}%20"),
            format!("{path}%00"),
            format!("{path}%2f"),
            format!("{path}.json"),
            format!("{path}/."),
            format!("{path}/.."),
            format!("/x/..{path}"),
            format!("/.{path}"),
            path.replacen("/api/", "/api%2f", 1),
            path.replacen("/v1/", "\\v1\\", 1),
        ];
        for spelling in spellings.iter().filter(|spelling| **spelling != path) {
            let answer = ground.send(operation, spelling, body.clone()).await;
            assert!([404, 405].contains(&answer.status), "{} {spelling}: {}", operation.id(), answer.text());
        }
    }

    assert_eq!(ground.app.rows().await, before);
}

const VERBS: [&str; 20] = [
    "GET",
    "HEAD",
    "POST",
    "PUT",
    "PATCH",
    "DELETE",
    "OPTIONS",
    "TRACE",
    "CONNECT",
    "PROPFIND",
    "PROPPATCH",
    "MKCOL",
    "COPY",
    "MOVE",
    "LOCK",
    "UNLOCK",
    "REPORT",
    "SEARCH",
    "QUERY",
    "BREW",
];

#[actix_web::test]
async fn a_method_that_an_address_does_not_have_is_refused_with_those_that_it_has() {
    let ground = Ground::new().await;
    let before = ground.app.rows().await;
    let all: Vec<Operation> = operations().into_iter().filter(Operation::is_api).collect();

    for template in all.iter().map(|one| one.template) {
        let of_it = all.iter().filter(|one| one.template == template);
        let mut allowed: Vec<String> = of_it.map(|one| one.method.to_uppercase()).collect();
        allowed.extend(allowed.contains(&"GET".to_owned()).then(|| "HEAD".to_owned()));
        allowed.sort();
        for verb in VERBS.into_iter().filter(|verb| !allowed.iter().any(|one| one == verb)) {
            let method = Method::from_bytes(verb.as_bytes()).unwrap();
            let path = ground.path(template, None);
            for client in [&ground.all, &ground.app.stranger()] {
                let answer = ground.app.send(client.request(method.clone(), &path)).await;
                let answer = answer.is_problem(405, "method-not-allowed");
                let mut told: Vec<&str> = answer.header("allow").unwrap().split(", ").collect();
                told.sort_unstable();
                assert_eq!(told, allowed, "{verb} {path}");
            }
        }
    }

    assert_eq!(ground.app.rows().await, before);
}

#[actix_web::test]
async fn no_header_makes_a_request_another_one() {
    let ground = Ground::new().await;
    let before = ground.app.rows().await;
    let id = ground.path("/api/v1/articles/{id}", None);

    for header in ["x-http-method-override", "x-http-method", "x-method-override"] {
        for (method, path, status) in [
            (Method::GET, "/api/v1/agencies/so", 200),
            (Method::POST, "/api/v1/agencies/so", 405),
            (Method::GET, "/api/v1/auth/logout", 405),
            (Method::POST, id.as_str(), 405),
        ] {
            for other in ["GET", "DELETE", "PATCH", "POST"] {
                let request = ground.all.request(method.clone(), path).insert_header((header, other));
                ground.app.send(request.insert_header(("if-match", "\"v1\""))).await.is(status);
            }
        }
    }
    for header in ["x-original-url", "x-rewrite-url", "x-forwarded-prefix", "x-forwarded-path", "x-override-url"] {
        let headers = [(header, "/api/v1/me")];
        ground.all.get_with("/api/v1/nothing", &headers).await.is_problem(404, "not-found");
        ground.app.stranger().get_with("/none", &headers).await.is_problem(404, "not-found");
    }

    assert_eq!(ground.app.rows().await, before);
}

#[actix_web::test]
async fn no_address_leads_to_a_file_or_to_what_other_software_has() {
    let ground = Ground::new().await;
    let files = [
        "/.env",
        "/.git/config",
        "/.git/HEAD",
        "/.well-known/security.txt",
        "/lantoa.db",
        "/lantoa.db-wal",
        "/lantoa.toml",
        "/data/lantoa.db",
        "/data/keys/signing.pem",
        "/secrets/jwt",
        "/audit-head.json",
        "/backup.sql",
        "/assets/",
        "/assets/page.css.map",
        "/assets/../lantoa.db",
        "/assets/..%2flantoa.db",
        "/assets/..%5clantoa.db",
        "/docs/../lantoa.db",
        "/docs/..%2f..%2f..%2fetc/passwd",
        "/docs/%2e%2e/%2e%2e/etc/passwd",
        "/docs//etc/passwd",
        "/docs/....//....//etc/passwd",
        "/..%252f..%252fetc/passwd",
        "/%c0%ae%c0%ae/etc/passwd",
        "/feeds/vi/..%2f..%2flantoa.db",
        "/feeds/vi/all.php",
        "/media/../lantoa.db",
        "/uploads/shell.php",
        "/wp-login.php",
        "/wp-json/wp/v2/users",
        "/admin",
        "/graphql",
        "/api/users",
        "/api/v1/users",
        "/api/v2/articles",
        "/actuator/env",
        "/server-status",
        "/debug/pprof/",
        "/metrics",
    ];

    for path in files {
        for client in [&ground.all, &ground.app.stranger()] {
            let answer = client.get(path).await;
            // A part of a path may be no text at all.
            assert!([400, 404].contains(&answer.status), "{path}: {}", answer.text());
            assert!(answer.json()["code"].is_string() && !answer.text().contains("root:"), "{path}: {}", answer.text());
        }
    }
}
