use std::collections::BTreeMap;

use actix_web::{App, HttpResponse, test::TestRequest, web};
use serde::Deserialize;
use serde_json::json;

use super::*;
use crate::http::kit::testing::{Answer, send, served};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Format {
    Html,
    Markdown,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Place {
    At {
        #[serde(rename = "lat")]
        _lat: f64,
        #[serde(rename = "lon")]
        _lon: f64,
    },
    Named(#[expect(dead_code, reason = "only read into")] String),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    #[serde(rename = "alt")]
    _alt: String,
}

#[derive(Debug, Deserialize)]
#[serde(transparent)]
struct Short(#[serde(deserialize_with = "short")] String);

fn short<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    if text.len() <= 5 { Ok(text) } else { Err(crate::http::kit::refuse(crate::service::FieldCode::TooLong)) }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Save {
    title: String,
    #[serde(default)]
    _body_format: Option<Format>,
    #[serde(default, rename = "images")]
    _images: Vec<BTreeMap<Short, Text>>,
    #[serde(default)]
    count: Option<i32>,
    #[serde(default, rename = "place")]
    _place: Option<Place>,
    #[serde(default)]
    details: Value,
    #[serde(default, rename = "flag")]
    _flag: Option<bool>,
    #[serde(default, rename = "id")]
    _id: Option<uuid::Uuid>,
}

impl PartialEq for Short {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl Eq for Short {}
impl PartialOrd for Short {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Short {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}

macro_rules! app {
    () => {
        served!(
            App::new()
                .app_data(Limits { body: 1000, ..Limits::default() })
                .route(
                    "/save",
                    web::post().to(async |body: StrictJson<Save>| {
                        let digest = body.digest();
                        let save = body.into_inner();
                        HttpResponse::Ok().body(format!("{} {:?} {} {digest}", save.title, save.count, save.details))
                    })
                )
                .route("/large", web::post().to(async |_: StrictJson<Value, 5000>| HttpResponse::Ok()))
        )
    };
}

async fn post(uri: &str, content_type: &[&str], body: impl Into<Vec<u8>>) -> Answer {
    let app = app!();
    let request = content_type
        .iter()
        .fold(TestRequest::post().uri(uri), |request, value| request.append_header((CONTENT_TYPE, *value)));
    send(&app, request.set_payload(body.into()).to_request()).await
}

/// Status, code, place and first message of what a body is refused with.
async fn refusal(body: impl Into<Vec<u8>>) -> String {
    let answer = post("/save", &["application/json"], body).await;
    let (status, code, place) = answer.problem();
    let json = answer.json();
    let message = json["errors"][0]["message"].as_str().and_then(|message| message.split_once("field-"));
    let args = message.and_then(|(_, rest)| rest.split_once(' ')).map_or(String::new(), |(_, args)| format!(" {args}"));
    format!("{status} {code} {place}{args}").trim().to_owned()
}

#[actix_web::test]
async fn a_body_that_fits_is_read_and_hashed() {
    let body =
        r#"{"title":"Làng nghề","count":-5,"details":{"a":[1.5]},"place":{"at":{"lat":1,"lon":2.5}},"flag":null}"#;
    let answer = post("/save", &["application/json"], body).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.body, format!("Làng nghề Some(-5) {{\"a\":[1.5]}} {}", Digest::of(body)));
}

#[actix_web::test]
async fn the_media_type_is_json_in_utf8() {
    for good in [
        "application/json",
        "Application/JSON",
        "application/json; charset=utf-8",
        "application/json;charset=\"UTF-8\"",
    ] {
        assert_eq!(post("/save", &[good], r#"{"title":"x"}"#).await.status, 200, "{good}");
    }
    let bad: [&[&str]; 8] = [
        &[],
        &["text/plain"],
        &["text/json"],
        &["application/json; charset=utf-16"],
        &["application/json; charset=iso-8859-1"],
        &["application/merge-patch+json"],
        &["application/json", "application/json"],
        &["json"],
    ];
    for bad in bad {
        let answer = post("/save", bad, r#"{"title":"x"}"#).await;
        assert_eq!(answer.problem(), (415, "unsupported-media-type".to_owned(), String::new()), "{bad:?}");
    }
}

#[actix_web::test]
async fn a_body_is_no_longer_than_its_limit() {
    let of_length = |length: usize| format!("\"{}\"", "x".repeat(length - 2));
    let app = app!();
    for (uri, length, status) in [("/large", 5000, 200), ("/large", 5001, 413), ("/save", 1001, 413)] {
        let request = TestRequest::post().uri(uri).insert_header((CONTENT_TYPE, "application/json"));
        let answer = send(&app, request.set_payload(of_length(length)).to_request()).await;
        assert_eq!(answer.status, status, "{uri} {length}");
    }
    let announced = TestRequest::post().uri("/save").insert_header((CONTENT_TYPE, "application/json"));
    let announced = announced.insert_header(("content-length", "18446744073709551615")).to_request();
    let answer = send(&app, announced).await;
    assert_eq!(answer.problem().1, "body-too-large");
    assert_eq!(answer.json()["max_bytes"], 1000);
}

#[actix_web::test]
async fn text_that_is_no_strict_json_is_refused() {
    assert_eq!(refusal("").await, "400 malformed-json");
    assert_eq!(refusal("{\"title\":\"x\"").await, "400 malformed-json");
    assert_eq!(refusal("{\"count\":1e999999}").await, "400 malformed-json");
    assert_eq!(refusal("[".repeat(900)).await, format!("422 invalid {} too-deep max=64", "/0".repeat(64)));
    assert_eq!(refusal(&b"{\"title\":\"\xff\"}"[..]).await, "400 bad-encoding");
    assert_eq!(refusal(r#"{"title":"x","title":"y"}"#).await, "400 duplicate-key /title duplicate-key name=title");
    let answer = post("/save", &["application/json"], "{\n \"title\" 1}").await;
    assert_eq!((&answer.json()["line"], &answer.json()["column"]), (&json!(2), &json!(10)));
}

#[actix_web::test]
async fn a_member_that_is_not_known_is_named() {
    assert_eq!(
        refusal(r#"{"title":"x","status":"live"}"#).await,
        "400 unknown-field /status unknown-field name=status"
    );
    let deep = r#"{"title":"x","images":[{},{"vi":{"alt":"a","role":1}}]}"#;
    assert_eq!(refusal(deep).await, "400 unknown-field /images/1/vi/role unknown-field name=role");
    let variant = r#"{"title":"x","place":{"at":{"lat":1,"lon":1,"z":1}}}"#;
    assert_eq!(refusal(variant).await, "400 unknown-field /place/at/z unknown-field name=z");
}

#[actix_web::test]
async fn a_member_that_is_missing_is_named() {
    assert_eq!(refusal("{}").await, "422 invalid /title required");
    assert_eq!(refusal(r#"{"title":"x","images":[{"vi":{}}]}"#).await, "422 invalid /images/0/vi/alt required");
    assert_eq!(refusal(r#"{"title":"x","place":{"at":{"lat":1}}}"#).await, "422 invalid /place/at/lon required");
}

#[actix_web::test]
async fn a_value_of_another_type_says_what_is_expected() {
    for (body, told) in [
        (r#"{"title":1}"#, "/title wrong-type expected=string"),
        (r#"{"title":null}"#, "/title wrong-type expected=string"),
        (r#"{"title":["x"]}"#, "/title wrong-type expected=string"),
        (r#"{"title":"x","count":"1"}"#, "/count wrong-type expected=integer"),
        (r#"{"title":"x","count":1.5}"#, "/count wrong-type expected=integer"),
        (r#"{"title":"x","count":3000000000}"#, "/count wrong-type expected=integer"),
        (r#"{"title":"x","count":99999999999999999999999}"#, "/count wrong-type expected=integer"),
        (r#"{"title":"x","flag":"true"}"#, "/flag wrong-type expected=boolean"),
        (r#"{"title":"x","images":{}}"#, "/images wrong-type expected=array"),
        (r#"{"title":"x","images":[[]]}"#, "/images/0 wrong-type expected=object"),
        (r#"{"title":"x","images":[{"vi":["a"]}]}"#, "/images/0/vi wrong-type expected=object"),
        (r#"{"title":"x","_body_format":1}"#, "/_body_format wrong-type expected=string"),
        (r#"{"title":"x","_body_format":{"html":null}}"#, "/_body_format wrong-type expected=string"),
        (r#"{"title":"x","place":{"at":{"lat":"1","lon":1}}}"#, "/place/at/lat wrong-type expected=number"),
        (r#"{"title":"x","place":{"named":1}}"#, "/place/named wrong-type expected=string"),
        (r#"["x"]"#, "wrong-type expected=object"),
        ("null", "wrong-type expected=object"),
        ("\"x\"", "wrong-type expected=object"),
    ] {
        assert_eq!(refusal(body).await, format!("422 invalid {told}"), "{body}");
    }
}

#[actix_web::test]
async fn a_value_that_is_none_of_those_it_can_be_says_which() {
    let told = "422 invalid /_body_format not-one-of expected=html, markdown";
    assert_eq!(refusal(r#"{"title":"x","_body_format":"docx"}"#).await, told);
    let told = "422 invalid /place not-one-of expected=at, named";
    assert_eq!(refusal(r#"{"title":"x","place":{"in":1}}"#).await, told);
}

#[actix_web::test]
async fn a_reason_of_our_own_stands_at_its_place() {
    assert_eq!(refusal(r#"{"title":"x","id":"1"}"#).await, "422 invalid /id bad-id");
    let key = r#"{"title":"x","images":[{"far-too-long":{"alt":"a"}}]}"#;
    assert_eq!(refusal(key).await, "422 invalid /images/0/far-too-long too-long");
}

#[test]
fn a_part_read_later_keeps_its_way() {
    let error = from_value::<Text>(json!({"alt": "a", "x": 1}), "/details").unwrap_err();
    assert_eq!(error.errors()[0].pointer, "/details/x");
}

#[test]
fn no_word_of_serde_reaches_the_client() {
    #[derive(Debug, Deserialize)]
    #[serde(untagged)]
    enum Either {
        #[expect(dead_code, reason = "only read into")]
        Number(u8),
        #[expect(dead_code, reason = "only read into")]
        Flag(bool),
    }
    let error = from_value::<Either>(json!("x"), "").unwrap_err();
    assert_eq!(error.errors()[0].args, vec![("expected", "value".into())]);
}
