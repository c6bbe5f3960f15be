//! The operations of the document, to be walked one after the other, and requests that fit them.

use actix_web::http::Method;
use serde_json::{Map, Value, json};

use super::{Answer, Client, TestApp, account::Person, document};

/// An operation of the document.
#[derive(Clone, Copy, Debug)]
pub struct Operation {
    pub method: &'static str,
    pub template: &'static str,
    pub about: &'static Value,
}

const METHODS: [&str; 7] = ["get", "post", "put", "patch", "delete", "options", "trace"];

/// All operations.
pub fn operations() -> Vec<Operation> {
    let paths = document()["paths"].as_object().unwrap();
    let of = |(template, item): (&'static String, &'static Value)| {
        METHODS.into_iter().filter_map(move |method| Some(Operation { method, template, about: item.get(method)? }))
    };
    paths.iter().flat_map(of).collect()
}

impl Operation {
    pub fn id(&self) -> &'static str {
        self.about["operationId"].as_str().unwrap_or("(no id)")
    }

    pub fn method(&self) -> Method {
        Method::from_bytes(self.method.to_uppercase().as_bytes()).unwrap()
    }

    /// Whether it is of the API, where everything is read strictly.
    pub fn is_api(&self) -> bool {
        self.template.starts_with("/api/")
    }

    /// The schema of its JSON body, if it has one.
    pub fn body(&self) -> Option<&'static Value> {
        self.about["requestBody"]["content"]["application/json"].get("schema").map(resolved)
    }

    /// Its parameters in the path, the query or the header.
    pub fn parameters(&self, place: &str) -> Vec<&'static Value> {
        let all = self.about["parameters"].as_array().map(Vec::as_slice).unwrap_or_default();
        all.iter().filter(|one| one["in"] == place).collect()
    }
}

/// The schema itself: behind references, and what a nullable one is besides null.
pub fn resolved(schema: &'static Value) -> &'static Value {
    if let Some(name) = schema["$ref"].as_str().and_then(|path| path.strip_prefix("#/components/schemas/")) {
        return resolved(&document()["components"]["schemas"][name]);
    }
    let one_of = schema["oneOf"].as_array().and_then(|all| all.iter().find(|one| one["type"] != "null"));
    one_of.map_or(schema, resolved)
}

/// Whether a schema takes null.
pub fn is_nullable(schema: &Value) -> bool {
    let has = |list: &Value, null: &dyn Fn(&Value) -> bool| list.as_array().is_some_and(|all| all.iter().any(null));
    has(&schema["type"], &|one| one == "null") || has(&schema["oneOf"], &|one| one["type"] == "null")
}

/// The type of a schema: `string`, `integer`, `boolean`, `array` or `object`.
pub fn type_of(schema: &'static Value) -> &'static str {
    let kind = &resolved(schema)["type"];
    let first = kind.as_array().and_then(|all| all.iter().find(|one| *one != "null"));
    first.unwrap_or(kind).as_str().unwrap_or("object")
}

/// A value of a schema with all its members, or only with those that it needs.
pub fn sample(name: &str, schema: &'static Value, all: bool) -> Value {
    let kind = type_of(schema);
    let schema = resolved(schema);
    if let Some(first) = schema["enum"].as_array().and_then(|values| values.first()) {
        return first.clone();
    }
    match (kind, name) {
        ("string", "content_hash") => json!("0".repeat(64)),
        ("string", _) if schema["format"] == "uuid" => json!("01a20345-6941-76e9-bc14-089d51542d8b"),
        ("string", _) => schema.get("example").cloned().unwrap_or_else(|| json!("x")),
        ("integer", _) => json!(1),
        ("boolean", _) => json!(true),
        ("array", _) if all => json!([sample("", &schema["items"], all)]),
        ("array", _) => json!([]),
        (_, "names" | "notes") => json!({"vi": "Tên", "en": "Name"}),
        _ => {
            let needed =
                |name: &str| schema["required"].as_array().is_some_and(|all| all.iter().any(|one| one == name));
            let members = schema["properties"].as_object().into_iter().flatten();
            let members = members.filter(|(name, _)| all || needed(name));
            Value::Object(
                members.map(|(name, schema)| (name.clone(), sample(name, schema, all))).collect::<Map<_, _>>(),
            )
        }
    }
}

/// An application in which every operation has something to be about, and somebody who may do everything.
pub struct Ground {
    pub app: TestApp,
    pub all: Client,
    ids: Vec<(&'static str, String)>,
}

impl Ground {
    pub async fn new() -> Self {
        let app = TestApp::new().await;
        let roles = ["author", "translator", "reviewer", "approver", "publisher", "press_officer", "auditor"];
        let all = roles.into_iter().fold(app.account("admin"), Person::and).sign_in().await;
        let account = app.nobody().sign_in().await.id.to_string();
        let edition = all.article().begin().await;
        let live = all.article().with("slug", "tin").begin().await;
        live.go_public(&all).await;
        let offered = all.post(&edition.path("preview"), &json!({})).await.is(201).json();
        let preview = offered["id"].as_str().unwrap().to_owned();
        let member = all.article().begin().await;
        member.approve(&all).await;
        let named = json!({"article": member.article, "locale": "vi", "content_hash": member.hash(&all).await});
        let order = json!({"members": [named], "publish_at": "2026-12-12T00:00:00Z"});
        let release = all.post("/api/v1/releases", &order).await.is(202).json();
        let hook = all.post("/api/v1/webhooks", &json!({"url": "https://portal.example/hook"})).await.is(201).json();
        let ids = vec![
            ("/webhooks/{id}", hook["id"].as_str().unwrap().to_owned()),
            ("/preview/{preview}", preview),
            ("/releases/{id}", release["id"].as_str().unwrap().to_owned()),
            ("/accounts/{id}", account),
            ("/content/articles/{id}", live.article.clone()),
            ("/articles/id/{id}", live.article),
            ("/articles/{id}", edition.article),
        ];
        Self { app, all, ids }
    }

    /// The address of an operation with what is there; `other` stands in for one of its parts.
    pub fn path(&self, template: &str, other: Option<(&str, &str)>) -> String {
        let mut path = template.to_owned();
        if let Some((name, value)) = other {
            path = path.replace(&format!("{{{name}}}"), value);
        }
        for (place, id) in &self.ids {
            path = path.replace(place, &place.replace("{id}", id).replace("{preview}", id));
        }
        let code = match template {
            of if of.contains("/topics/") => "bien",
            of if of.contains("/workflows/") => "source",
            _ => "so",
        };
        for (name, value) in [
            ("{code}", code),
            ("{slug}", "tin"),
            ("{tag}", "en"),
            ("{locale}", "vi"),
            ("{number}", "1"),
            ("{sequence}", "1"),
            ("{token}", "x"),
        ] {
            path = path.replace(name, value);
        }
        // What there is none of: comments, suggestions, attestations, messages.
        for name in ["{comment}", "{suggestion}", "{attestation}", "{delivery}"] {
            path = path.replace(name, "01a20346-0a11-7c55-9a10-4a7fd7c3a001");
        }
        path
    }

    /// Sends an operation's request with a JSON body, as somebody who may do everything and saw version 1.
    pub async fn send(&self, operation: Operation, path: &str, body: impl Into<Vec<u8>>) -> Answer {
        self.send_with(operation, path, &[("content-type", "application/json")], body).await
    }

    /// The same with headers of the body's own.
    pub async fn send_with(
        &self,
        operation: Operation,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Vec<u8>>,
    ) -> Answer {
        let mut request = self.all.request(operation.method(), path);
        if operation.parameters("header").iter().any(|one| one["name"] == "If-Match") {
            request = request.insert_header(("if-match", "\"v1\""));
        }
        for (name, value) in headers {
            request = request.append_header((*name, *value));
        }
        self.app.send(request.set_payload(body.into())).await
    }
}
