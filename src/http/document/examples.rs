//! What is sent and answered, shown by example: one file for each operation, `openapi/examples/<operation>.json`, and
//! pages and feeds as files of their own, `<operation>.<status>.html`, or `any.<status>.html` where all are alike.

use std::collections::BTreeMap;

use rust_embed::RustEmbed;
use serde::Deserialize;
use serde_json::Value;
use utoipa::openapi::{Content, OpenApi, RefOr, path::Operation, response::Response};

use crate::http::kit::Problem;

#[derive(RustEmbed)]
#[folder = "openapi/examples"]
struct Files;

/// The example of an operation.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Example {
    #[serde(default)]
    request: Option<Value>,
    /// JSON, or the text of what is no JSON.
    #[serde(default)]
    answer: Option<Value>,
    /// Answers of single statuses, where they are not all alike.
    #[serde(default)]
    answers: BTreeMap<String, Value>,
}

/// The problems of each status, in `problems.json`.
pub(super) struct Problems(serde_json::Map<String, Value>);

impl Problems {
    pub(super) fn read() -> Self {
        let file = Files::get("problems.json").expect("the problems are among the files");
        Self(serde_json::from_slice(&file.data).expect("a test reads every file"))
    }

    /// Shows the problem of a status where a problem is answered.
    pub(super) fn show(&self, status: &str, response: &mut Response) {
        if let Some(RefOr::T(content)) = response.content.get_mut(Problem::MEDIA_TYPE) {
            content.example = self.0.get(status).cloned();
        }
    }
}

/// Shows each operation's examples.
pub(super) fn show(document: &mut OpenApi, problems: &Problems) {
    for item in document.paths.paths.values_mut() {
        let all = [&mut item.get, &mut item.post, &mut item.put, &mut item.patch, &mut item.delete];
        for operation in all.into_iter().flatten() {
            show_one(operation);
            show_texts(operation);
            for (status, response) in &mut operation.responses.responses {
                if let RefOr::T(response) = response {
                    problems.show(status, response);
                }
            }
        }
    }
}

fn show_one(operation: &mut Operation) {
    let file = operation.operation_id.as_ref().and_then(|id| Files::get(&format!("{id}.json")));
    let Some(file) = file else { return };
    let Example { request, answer, answers } = serde_json::from_slice(&file.data).expect("a test reads every file");
    if let (Some(RefOr::T(body)), Some(request)) = (&mut operation.request_body, request) {
        for content in body.content.values_mut() {
            if let RefOr::T(content) = content {
                content.example = Some(request.clone());
            }
        }
    }
    for (status, response) in &mut operation.responses.responses {
        let (RefOr::T(response), true) = (response, status.starts_with('2')) else { continue };
        for (media_type, content) in &mut response.content {
            if let (RefOr::T(content), Some(answer)) = (content, answers.get(status).or(answer.as_ref())) {
                show_as(media_type, content, answer);
            }
        }
    }
}

/// Shows pages and feeds where nothing is shown yet.
fn show_texts(operation: &mut Operation) {
    let id = operation.operation_id.as_deref().unwrap_or_default();
    for (status, response) in &mut operation.responses.responses {
        let RefOr::T(response) = response else { continue };
        for (media_type, content) in &mut response.content {
            let ending = match media_type.split(';').next() {
                Some("text/html") => "html",
                Some("application/rss+xml") => "rss",
                Some("application/atom+xml") => "atom",
                Some("application/xml") => "xml",
                Some("text/calendar") => "ics",
                _ => continue,
            };
            let RefOr::T(content) = content else { continue };
            let file = Files::get(&format!("{id}.{status}.{ending}"));
            let file = file.or_else(|| Files::get(&format!("any.{status}.{ending}")));
            if content.example.is_none() {
                content.example = file.map(|file| String::from_utf8_lossy(&file.data).into());
            }
        }
    }
}

/// A text is an example of what is no JSON, and everything else of what is.
fn show_as(media_type: &str, content: &mut Content, answer: &Value) {
    if media_type.contains("json") != answer.is_string() {
        content.example = Some(answer.clone());
    }
}
