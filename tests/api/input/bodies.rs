//! Bodies that are no JSON, too long, or of a media type or encoding that is not taken.

use serde_json::Value;

use crate::support::{Ground, Operation, operations, sample};

fn with_bodies() -> Vec<(Operation, Value)> {
    let body = |one: Operation| Some((one, sample("", one.body()?, true)));
    let all: Vec<_> = operations().into_iter().filter_map(body).collect();
    assert!(all.len() >= 18, "the document has lost its bodies");
    all
}

fn utf16(text: &str, mark: bool) -> Vec<u8> {
    let units = mark.then_some(0xFEFF).into_iter().chain(text.encode_utf16());
    units.flat_map(u16::to_le_bytes).collect()
}

/// What is no JSON of ours, and the code that it is refused with.
fn broken(body: &str) -> Vec<(&'static str, Vec<u8>, &'static str)> {
    vec![
        ("nothing", Vec::new(), "malformed-json"),
        ("white space", b" \n\t ".to_vec(), "malformed-json"),
        ("half", body.as_bytes()[..body.len() / 2].to_vec(), "malformed-json"),
        ("a comma too many", body.replacen('}', ",}", 1).into_bytes(), "malformed-json"),
        ("something after it", format!("{body}{body}").into_bytes(), "malformed-json"),
        ("a form", b"title=x&body=y".to_vec(), "malformed-json"),
        (
            "XML",
            b"<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>".to_vec(),
            "malformed-json",
        ),
        ("NaN", b"{\"a\":NaN}".to_vec(), "malformed-json"),
        ("a number beyond all", b"{\"a\":1e999999}".to_vec(), "malformed-json"),
        ("half a character", b"{\"a\":\"\\ud800\"}".to_vec(), "malformed-json"),
        ("a comment", b"{/* */}".to_vec(), "malformed-json"),
        ("a mark of byte order", format!("\u{feff}{body}").into_bytes(), "malformed-json"),
        ("no UTF-8", b"{\"a\":\"\xff\xfe\"}".to_vec(), "bad-encoding"),
        ("a surrogate in UTF-8", b"{\"a\":\"\xed\xa0\x80\"}".to_vec(), "bad-encoding"),
        ("an overlong slash", b"{\"a\":\"\xc0\xaf\"}".to_vec(), "bad-encoding"),
        ("Latin-1", b"{\"a\":\"Qu\xe1n\"}".to_vec(), "bad-encoding"),
        ("UTF-16 with its mark", utf16(body, true), "bad-encoding"),
        ("UTF-16 without", utf16("{\"a\":1}", false), "malformed-json"),
    ]
}

#[actix_web::test]
async fn what_is_no_json_is_refused_by_every_operation() {
    let ground = Ground::new().await;
    let before = ground.app.rows().await;

    for (operation, body) in with_bodies() {
        for (what, bytes, code) in broken(&body.to_string()) {
            let path = ground.path(operation.template, None);
            let answer = ground.send(operation, &path, bytes).await;
            assert_eq!(answer.status, 400, "{}: {what}: {}", operation.id(), answer.text());
            assert_eq!(answer.json()["code"], code, "{}: {what}", operation.id());
        }
    }

    assert_eq!(ground.app.rows().await, before);
}

#[actix_web::test]
async fn what_is_nested_too_deep_is_refused_by_every_operation_with_the_depth() {
    let ground = Ground::new().await;
    let before = ground.app.rows().await;
    let deep = |open: &str, close: &str, levels: usize| {
        format!("{{\"a\":{}1{}}}", open.repeat(levels), close.repeat(levels)).into_bytes()
    };

    for (operation, _) in with_bodies() {
        for bytes in [
            deep("[", "]", 64),
            deep("[", "]", 100_000),
            deep("{\"a\":", "}", 64),
            deep("{\"a\":", "}", 100_000),
            vec![b'['; 100_000],
        ] {
            let path = ground.path(operation.template, None);
            let answer = ground.send(operation, &path, bytes).await.is_problem(422, "invalid");
            let place = answer.json()["errors"][0].clone();
            assert_eq!(place["code"], "too-deep", "{}: {place}", operation.id());
            assert_eq!(place["pointer"].as_str().unwrap().matches('/').count(), 64, "{place}");
            assert!(place["message"].as_str().unwrap().contains("64"), "{place}");
        }
    }

    assert_eq!(ground.app.rows().await, before);
}

#[actix_web::test]
async fn a_body_that_is_too_long_is_refused_by_every_operation() {
    let ground = Ground::new().await;
    let before = ground.app.rows().await;

    for (operation, _) in with_bodies() {
        let path = ground.path(operation.template, None);
        let long = format!("{{\"a\":\"{}\"}}", "a".repeat(1 << 20));
        let answer = ground.send(operation, &path, long).await.is_problem(413, "body-too-large");
        assert!(answer.json()["max_bytes"].as_u64().is_some_and(|max| max <= 1 << 20), "{}", operation.id());
    }

    assert_eq!(ground.app.rows().await, before);
}

#[actix_web::test]
async fn a_media_type_or_encoding_that_is_not_taken_is_refused_by_every_operation() {
    let ground = Ground::new().await;
    let before = ground.app.rows().await;
    let media_types: &[&[(&str, &str)]] = &[
        &[],
        &[("content-type", "")],
        &[("content-type", "text/plain")],
        &[("content-type", "text/json")],
        &[("content-type", "application/x-www-form-urlencoded")],
        &[("content-type", "multipart/form-data; boundary=x")],
        &[("content-type", "application/json; charset=utf-16")],
        &[("content-type", "application/json; charset=iso-8859-1")],
        &[("content-type", "application/jsonp")],
        &[("content-type", "application/vnd.api+json")],
        &[("content-type", "application/json"), ("content-type", "text/plain")],
    ];
    let encodings = ["gzip", "deflate", "br", "zstd", "x-gzip", "gzip, gzip", "identity, gzip", "GZIP", "nothing"];

    for (operation, body) in with_bodies() {
        let path = ground.path(operation.template, None);
        for headers in media_types {
            let answer = ground.send_with(operation, &path, headers, body.to_string()).await;
            assert_eq!(answer.status, 415, "{} {headers:?}: {}", operation.id(), answer.text());
            assert_eq!(answer.json()["code"], "unsupported-media-type", "{} {headers:?}", operation.id());
        }
        for encoding in encodings {
            let headers = [("content-type", "application/json"), ("content-encoding", encoding)];
            let answer = ground.send_with(operation, &path, &headers, body.to_string()).await;
            assert_eq!(answer.status, 415, "{} {encoding}: {}", operation.id(), answer.text());
            assert_eq!(answer.json()["code"], "content-encoding", "{} {encoding}", operation.id());
        }
    }

    assert_eq!(ground.app.rows().await, before);
}

#[actix_web::test]
async fn json_of_another_spelling_is_the_same_json() {
    let app = Ground::new().await;
    let make = operations().into_iter().find(|one| one.id() == "createAgency").unwrap();

    for (number, media_type) in [
        "application/json",
        "APPLICATION/JSON",
        "application/json;charset=UTF-8",
        "application/json; charset=\"utf-8\"",
    ]
    .into_iter()
    .enumerate()
    {
        let body = format!(" {{\"code\" : \"a-{number}\",\r\n\"names\":{{\"vi\":\"\\u0110\\u1ea5t\"}}}}\n");
        let headers = [("content-type", media_type), ("content-encoding", "identity")];
        let answer = app.send_with(make, "/api/v1/agencies", &headers, body).await.is(201);
        assert_eq!(answer.json()["names"]["vi"], "Đất", "{media_type}");
    }
}
