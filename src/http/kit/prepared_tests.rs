use std::io::Read as _;

use actix_web::{App, HttpServer, test::TestRequest, web};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use super::*;
use crate::http::kit::testing::{Answer, chained, send, served};

const JSON: &str = "application/json";
const CACHE: &str = "public, max-age=30";

fn long() -> String {
    "tin tức ".repeat(200)
}

fn page() -> Prepared {
    Prepared::new(JSON, CACHE, long())
        .modified_at("2026-11-22T12:00:00.5Z".parse().unwrap())
        .with_header(header::LINK, HeaderValue::from_static("</next>; rel=\"next\""))
}

async fn ask(prepared: Prepared, method: Method, headers: &[(&str, &str)]) -> Answer {
    let prepared = std::sync::Arc::new(prepared);
    let handler = move |req: HttpRequest| {
        let answer = prepared.respond(&req);
        async move { answer }
    };
    let app = served!(App::new().default_service(web::to(handler)));
    let request = headers.iter().fold(TestRequest::default().method(method), |r, header| r.append_header(*header));
    send(&app, request.to_request()).await
}

async fn get(headers: &[(&str, &str)]) -> Answer {
    ask(page(), Method::GET, headers).await
}

fn unpacked(bytes: &[u8]) -> String {
    let mut text = String::new();
    flate2::read::GzDecoder::new(bytes).read_to_string(&mut text).unwrap();
    text
}

#[actix_web::test]
async fn a_plain_answer_is_the_bytes_with_their_headers() {
    let answer = get(&[]).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.body, long());
    assert_eq!(answer.header("content-type"), JSON);
    assert_eq!(answer.header("cache-control"), CACHE);
    assert_eq!(answer.header("vary"), "Accept-Encoding");
    assert_eq!(answer.header("last-modified"), "Sun, 22 Nov 2026 12:00:00 GMT");
    assert_eq!(answer.header("link"), "</next>; rel=\"next\"");
    assert_eq!(answer.header("content-encoding"), "");
    assert_eq!(answer.header("etag"), format!("\"{}\"", &Digest::of(long()).to_string()[..32]));
}

#[actix_web::test]
async fn a_compressed_answer_has_a_tag_of_its_own() {
    let (plain, gzip) = (get(&[]).await, get(&[("accept-encoding", "gzip, br;q=0.9")]).await);
    assert_eq!(gzip.header("content-encoding"), "gzip");
    assert_eq!(gzip.header("vary"), "Accept-Encoding");
    assert_eq!(unpacked(&gzip.body), long());
    assert!(gzip.body.len() < plain.body.len());
    assert_eq!(gzip.header("etag"), format!("{}-gz\"", plain.header("etag").trim_end_matches('"')));
}

#[actix_web::test]
async fn every_coding_holds_the_same_bytes_and_is_named_apart() {
    let mut tags = std::collections::BTreeSet::from([get(&[]).await.header("etag").to_owned()]);
    for coding in ["br", "zstd", "gzip"] {
        let answer = get(&[("accept-encoding", coding)]).await;
        assert_eq!(answer.header("content-encoding"), coding);
        let back = match coding {
            "br" => {
                let mut text = String::new();
                brotli::Decompressor::new(&answer.body[..], 4096).read_to_string(&mut text).unwrap();
                text
            }
            "zstd" => String::from_utf8(zstd::bulk::decompress(&answer.body, 1 << 20).unwrap()).unwrap(),
            _ => unpacked(&answer.body),
        };
        assert_eq!(back, long(), "{coding}");
        assert!(tags.insert(answer.header("etag").to_owned()), "{coding} has another's tag");
        assert_eq!(get(&[("accept-encoding", coding), ("if-none-match", answer.header("etag"))]).await.status, 304);
    }
}

#[actix_web::test]
async fn what_gets_no_shorter_is_not_compressed() {
    let noise: Vec<u8> = (0..40_u64).flat_map(|n| *Digest::of(n.to_be_bytes()).as_bytes()).collect();
    for body in [Bytes::from_static(b"short"), Bytes::from(vec![b'x'; 255]), Bytes::from(noise), Bytes::new()] {
        let answer = ask(Prepared::new(JSON, CACHE, body.clone()), Method::GET, &[("accept-encoding", "gzip")]).await;
        assert_eq!((answer.header("content-encoding"), &answer.body), ("", &body));
        assert!(!answer.header("etag").ends_with("-gz\""));
    }
}

#[actix_web::test]
async fn a_client_that_takes_no_coding_is_told_so() {
    let answer = get(&[("accept-encoding", "identity;q=0")]).await;
    assert_eq!(answer.problem(), (406, "not-acceptable".to_owned(), String::new()));
    let vary: Vec<_> = answer.headers.get_all("vary").map(|value| value.to_str().unwrap()).collect();
    assert_eq!(vary, ["Accept-Encoding, Accept-Language"]);
}

#[actix_web::test]
async fn a_short_answer_is_compressed_only_for_who_takes_nothing_else() {
    let short = Prepared::new(JSON, CACHE, "short");
    let answer = ask(short.clone(), Method::GET, &[("accept-encoding", "gzip, identity;q=0")]).await;
    assert_eq!(answer.header("content-encoding"), "gzip");
    assert_eq!(unpacked(&answer.body), "short");
}

#[actix_web::test]
async fn a_known_answer_is_not_sent_again() {
    let whole = get(&[]).await;
    let tag = whole.header("etag");
    let lists =
        [tag.to_owned(), format!("W/{tag}"), format!("\"x\", {tag}"), "*".to_owned(), format!("\"a,b\",W/{tag}")];
    for list in &lists {
        let answer = get(&[("if-none-match", list)]).await;
        assert_eq!((answer.status.as_u16(), answer.body.len()), (304, 0), "{list}");
        for name in ["etag", "cache-control", "vary", "last-modified"] {
            assert_eq!(answer.header(name), whole.header(name), "{name}");
        }
        for name in ["content-type", "content-encoding", "link"] {
            assert_eq!(answer.header(name), "", "{name}");
        }
    }
    let twice = get(&[("if-none-match", "\"x\""), ("if-none-match", tag)]).await;
    assert_eq!(twice.status, 304);
    assert_eq!(ask(page(), Method::HEAD, &[("if-none-match", tag)]).await.status, 304);
}

#[actix_web::test]
async fn the_tag_of_one_coding_does_not_stand_for_the_other() {
    let plain = get(&[]).await;
    let gzip = get(&[("accept-encoding", "gzip")]).await;
    let (plain, gzip) = (plain.header("etag"), gzip.header("etag"));
    let with = async |coding: &str, tag: &str| get(&[("accept-encoding", coding), ("if-none-match", tag)]).await;
    assert_eq!(with("gzip", plain).await.status, 200);
    assert_eq!(with("identity", gzip).await.status, 200);
    let same = with("gzip", gzip).await;
    assert_eq!((same.status.as_u16(), same.header("etag")), (304, gzip));
}

#[actix_web::test]
async fn a_date_counts_only_where_no_tag_is_named() {
    let since = |date: &'static str| ("if-modified-since", date);
    let (same, later, before) =
        ("Sun, 22 Nov 2026 12:00:00 GMT", "Mon, 23 Nov 2026 00:00:00 GMT", "Sun, 22 Nov 2026 11:59:59 GMT");
    assert_eq!(get(&[since(same)]).await.status, 304);
    assert_eq!(get(&[since(later)]).await.status, 304);
    assert_eq!(get(&[since(before)]).await.status, 200);
    assert_eq!(get(&[since(later), ("if-none-match", "\"other\"")]).await.status, 200);
    assert_eq!(get(&[since(later), ("if-none-match", "unreadable")]).await.status, 200);
    for bad in ["", "yesterday", "2026-11-22T12:00:00Z", "Sun, 99 Nov 2026 12:00:00 GMT"] {
        assert_eq!(get(&[since(bad)]).await.status, 200, "{bad}");
    }
    assert_eq!(ask(Prepared::new(JSON, CACHE, "x"), Method::GET, &[since(later)]).await.status, 200);
}

#[actix_web::test]
async fn a_head_over_the_wire_has_the_length_and_no_body() {
    let server = HttpServer::new(|| {
        chained!(
            App::new().default_service(web::to(async |req: HttpRequest| std::sync::Arc::new(page()).respond(&req)))
        )
    });
    let server = server.workers(1).disable_signals().bind(("127.0.0.1", 0)).unwrap();
    let address = server.addrs()[0];
    let server = server.run();
    let handle = server.handle();
    actix_web::rt::spawn(server);

    for (coding, length) in [("identity", page().body.len()), ("gzip", page().coded(Coding::Gzip).unwrap().len())] {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let request = format!("HEAD / HTTP/1.1\r\nHost: x\r\nAccept-Encoding: {coding}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();

        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
        assert!(answer.ends_with("\r\n\r\n"), "{answer}");
        assert!(answer.contains(&format!("\r\ncontent-length: {length}\r\n")), "{answer}");
    }
    handle.stop(false).await;
}
