//! The contract: every answer that a test gets is one that the OpenAPI document describes.

use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex},
};

use jsonschema::Validator;
use serde_json::{Value, json};

use super::Answer;

static DOCUMENT: LazyLock<Value> = LazyLock::new(|| serde_json::to_value(lantoa::http::openapi()).unwrap());

type Validators = Mutex<HashMap<String, &'static Validator>>;
static VALIDATORS: LazyLock<Validators> = LazyLock::new(Mutex::default);

/// The document itself.
pub fn document() -> &'static Value {
    &DOCUMENT
}

/// The operation of a method and a path, if the document has it.
pub fn operation(method: &str, path: &str) -> Option<&'static Value> {
    let method = if method == "HEAD" { "get".to_owned() } else { method.to_lowercase() };
    // The document and its page are not part of it, and what an operator's Prometheus reads is not.
    if ["/openapi.json", "/docs", "/metrics"].contains(&path) || path.starts_with("/docs/") {
        return None;
    }
    let paths = DOCUMENT["paths"].as_object()?;
    let fits = |template: &str| {
        let (template, path): (Vec<_>, Vec<_>) = (template.split('/').collect(), path.split('/').collect());
        template.len() == path.len() && template.iter().zip(&path).all(|(t, p)| is_of(t, p))
    };
    // The template with the fewest variables is the one that serves.
    let mut found: Vec<_> =
        paths.iter().filter(|(template, item)| fits(template) && item.get(&method).is_some()).collect();
    found.sort_by_key(|(template, _)| template.matches('{').count());
    found.first().and_then(|(_, item)| item.get(&method))
}

/// What an operation says of a status, be it there or described once for all.
pub fn response(operation: &'static Value, status: &str) -> Option<&'static Value> {
    let response = operation["responses"].get(status)?;
    match response["$ref"].as_str() {
        Some(reference) => DOCUMENT.pointer(&reference[1..]),
        None => Some(response),
    }
}

/// Whether a part of a path is of a template's part, which may be fixed before and after its variables.
fn is_of(template: &str, part: &str) -> bool {
    match (template.split_once('{'), template.rsplit_once('}')) {
        (Some((before, _)), Some((_, after))) => {
            part.len() > before.len() + after.len() && part.starts_with(before) && part.ends_with(after)
        }
        _ => template == part,
    }
}

/// Fails when the answer is not one that the document describes.
#[track_caller]
pub fn check(method: &str, path: &str, answer: &Answer) {
    let path = path.split('?').next().unwrap_or(path);
    let Some(operation) = operation(method, path) else { return };
    let Some(described) = response(operation, &answer.status.to_string()) else {
        panic!("{method} {path}: {} is not described: {}", answer.status, answer.text());
    };
    let Some(content) = described["content"].as_object().filter(|_| method != "HEAD" && !answer.body.is_empty()) else {
        return;
    };
    let media = answer.header("content-type").unwrap_or_default();
    let Some(body) = content.get(media).or_else(|| content.get(media.split(';').next().unwrap_or_default())) else {
        panic!("{method} {path}: {media} is not described");
    };
    if !media.contains("json") || body.get("schema").is_none() || answer.header("content-encoding").is_some() {
        return;
    }
    let faults = faults(&body["schema"], &answer.json());
    assert!(faults.is_empty(), "{method} {path}: {faults:?}\n{}", answer.text());
}

/// Where a value is not what a schema of the document says.
pub fn faults(schema: &Value, value: &Value) -> Vec<String> {
    validator(schema).iter_errors(value).map(|fault| format!("{} at {}", fault, fault.instance_path())).collect()
}

fn validator(schema: &Value) -> &'static Validator {
    // One test that fails here says so itself; the others go on.
    let mut known = VALIDATORS.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    known.entry(schema.to_string()).or_insert_with(|| {
        let mut root = schema.clone();
        root["components"] = DOCUMENT["components"].clone();
        let root = json!({"allOf": [root.clone()], "components": root["components"]});
        Box::leak(Box::new(jsonschema::validator_for(&root).expect("the document's schemas are JSON Schema")))
    })
}
