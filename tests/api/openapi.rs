//! The document: committed, whole, and what is served with its page.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::{Operation, TestApp, document, operations, resolved, response};

const COMMITTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi/openapi.json");

/// Operations of the editing side that anybody may ask for.
const OPEN: &[&str] = &["login", "refreshTokens"];

/// Whether anybody may ask for an operation.
fn is_open(operation: Operation) -> bool {
    let path = operation.template;
    !operation.is_api() || path.starts_with("/api/v1/content/") || OPEN.contains(&operation.id())
}

/// Members whose name says all there is to say.
const OBVIOUS: &[&str] = &[
    "agency",
    "article",
    "at",
    "comment",
    "count",
    "created_at",
    "created_by",
    "decisions",
    "guid",
    "id",
    "items",
    "locale",
    "name",
    "note",
    "opened_at",
    "opened_by",
    "place",
    "slug",
    "source_locale",
    "stages",
    "summary",
    "title",
    "topics",
    "updated_at",
    "workflow_version",
];

fn written() -> String {
    lantoa::http::openapi_text()
}

#[test]
fn the_committed_document_is_the_one_of_the_routes() {
    if std::env::var_os("LANTOA_WRITE_OPENAPI").is_some() {
        std::fs::write(COMMITTED, written()).unwrap();
    }
    let committed = std::fs::read_to_string(COMMITTED).unwrap_or_default();
    assert!(committed == written(), "stale: run `LANTOA_WRITE_OPENAPI=1 cargo test --test api openapi`");
}

#[test]
fn every_operation_says_what_it_is() {
    let mut ids = BTreeSet::new();
    for operation in operations() {
        let (id, about) = (operation.id(), operation.about);
        let text = |value: &Value| value.as_str().is_some_and(|text| text.len() > 2);
        assert!(id.starts_with(|c: char| c.is_ascii_lowercase()) && id.chars().all(char::is_alphanumeric), "{id}");
        assert!(ids.insert(id), "{id} stands twice");
        assert!(text(&about["summary"]), "{id} has no summary");
        assert_eq!(about["tags"].as_array().map(Vec::len), Some(1), "{id} has no tag of its own");
        let secured = about["security"].as_array().is_some_and(|all| !all.is_empty());
        assert_eq!(secured, !is_open(operation), "{id} is open to all, or is not");
        // WebSub's own specification wants a form.
        if about.get("requestBody").is_some() && id != "subscribeToFeed" {
            assert!(operation.body().is_some(), "{id} takes something that is not JSON");
        }
    }
    assert!(ids.len() >= 40);
}

#[test]
fn every_answer_is_described() {
    for operation in operations() {
        let responses = operation.about["responses"].as_object().unwrap();
        // The bare address only leads on.
        let succeeds = |status: &str| status.starts_with('2') || (operation.id() == "showRoot" && status == "302");
        assert!(responses.keys().any(|status| succeeds(status)), "{} never succeeds", operation.id());
        for status in responses.keys() {
            let id = operation.id();
            let response = response(operation.about, status).unwrap();
            assert!(response["description"].as_str().is_some_and(|text| text.len() > 2), "{id} {status}");
            let content = response["content"].as_object().into_iter().flatten();
            let refuses = status.starts_with(['4', '5']);
            // A page for people says it as a page; readiness tells what is missing.
            let is_told = |media_type: &str| media_type.starts_with("text/html") || id == "checkReadiness";
            for (media_type, content) in content.filter(|(media_type, _)| refuses && !is_told(media_type)) {
                assert_eq!(media_type, "application/problem+json", "{id} {status}");
                assert_eq!(content["schema"]["$ref"], "#/components/schemas/Problem", "{id} {status}");
            }
        }
    }
}

#[test]
fn every_parameter_is_described_and_every_part_of_a_path_is_one() {
    for operation in operations() {
        let id = operation.id();
        for place in ["path", "query", "header"] {
            for parameter in operation.parameters(place) {
                let name = parameter["name"].as_str().unwrap();
                let text = |value: &Value| value.as_str().is_some_and(|text| text.len() > 2);
                let schema = &parameter["schema"];
                assert!(text(&parameter["description"]) || text(&resolved(schema)["description"]), "{id}: {name}");
                assert!(schema.is_object(), "{id}: {name}");
            }
        }
        let parts: BTreeSet<&str> =
            operation.template.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
        let described: BTreeSet<&str> =
            operation.parameters("path").iter().filter_map(|one| one["name"].as_str()).collect();
        assert_eq!(parts, described, "{id}");
    }
}

/// Members of a schema with their names, those of its parts too.
fn members(schema: &'static Value) -> Vec<(&'static str, &'static Value)> {
    let own = schema["properties"].as_object().into_iter().flatten().map(|(name, one)| (name.as_str(), one));
    let parts = schema["allOf"].as_array().into_iter().flatten().flat_map(members);
    own.chain(parts).collect()
}

#[test]
fn every_member_is_described_or_obvious() {
    let schemas = document()["components"]["schemas"].as_object().unwrap();
    let mut obvious = BTreeSet::new();
    for (name, schema) in schemas {
        assert!(schema["description"].is_string() || name.starts_with("List_"), "{name} is not described");
        for (member, one) in members(schema) {
            let texts = [one, resolved(one)].into_iter().chain(one["oneOf"].as_array().into_iter().flatten());
            if !texts.into_iter().any(|one| one["description"].is_string()) {
                assert!(OBVIOUS.contains(&member), "{name}.{member} is not described");
                obvious.insert(member);
            }
        }
    }
    let idle: Vec<_> = OBVIOUS.iter().filter(|name| !obvious.contains(*name)).collect();
    assert!(idle.is_empty(), "{idle:?} need no exception");
}

#[test]
fn every_reference_leads_somewhere() {
    fn walk(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Array(items) => items.iter().for_each(|one| walk(one, found)),
            Value::Object(members) => {
                found.extend(members.get("$ref").and_then(Value::as_str).map(str::to_owned));
                members.values().for_each(|one| walk(one, found));
            }
            _ => {}
        }
    }
    let mut found = BTreeSet::new();
    walk(document(), &mut found);
    assert!(found.len() > 20);
    for reference in found {
        assert!(document().pointer(&reference[1..]).is_some(), "{reference} leads nowhere");
    }
}

#[actix_web::test]
async fn what_is_served_is_what_is_committed() {
    let app = TestApp::new().await;

    let answer = app.get("/openapi.json").await.is(200);

    let committed: Value = serde_json::from_slice(&std::fs::read(COMMITTED).unwrap()).unwrap();
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert!(answer.json() == committed);
}

/// Addresses that a page loads something from.
fn loaded(page: &str) -> Vec<&str> {
    let after = |mark: &'static str| page.split(mark).skip(1).filter_map(|rest| rest.split('"').next());
    after("src=\"").chain(after("href=\"")).collect()
}

#[actix_web::test]
async fn the_page_for_people_reaches_nothing_but_this_server() {
    let app = TestApp::new().await;
    assert_eq!(app.get("/docs").await.header("location"), Some("/docs/"));

    let page = app.get("/docs/").await.is(200);

    assert!(page.header("content-type").unwrap().starts_with("text/html"));
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.starts_with("default-src 'none'") && !policy.contains("http") && !policy.contains('*'), "{policy}");
    assert_eq!(page.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(page.header("x-frame-options"), Some("DENY"));
    let assets = loaded(page.text());
    assert!(assets.len() >= 3, "{}", page.text());
    for asset in assets {
        assert!(!asset.contains("//"), "{asset}");
        let answer = app.get(&format!("/docs/{}", asset.trim_start_matches("./"))).await.is(200);
        assert!(!answer.body.is_empty(), "{asset}");
        assert!(answer.header("content-security-policy").is_some(), "{asset}");
    }
    let start = app.get("/docs/swagger-initializer.js").await.is(200);
    assert!(start.text().contains("/openapi.json") && !start.text().contains("http"), "{}", start.text());
}
