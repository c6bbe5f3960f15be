//! The document's examples: there for everything that is JSON, of its schema, and taken by the API.

use std::{collections::BTreeSet, fs};

use serde_json::{Value, json};

use crate::support::{Ground, document, faults, operations, response};

/// The JSON of a request or an answer, as it is described.
fn json_of(described: &'static Value) -> Option<&'static Value> {
    let content = described["content"].as_object()?;
    content.iter().find(|(media_type, _)| media_type.contains("json")).map(|(_, one)| one)
}

#[track_caller]
fn is_shown(what: &str, content: &Value) {
    let Some(example) = content.get("example") else { panic!("{what} has no example") };
    let faults = faults(&content["schema"], example);
    assert!(faults.is_empty(), "{what}: {faults:?}");
}

#[test]
fn everything_that_is_json_has_an_example_of_its_schema() {
    let (mut requests, mut answers) = (0, 0);
    for operation in operations() {
        let id = operation.id();
        if let Some(content) = json_of(&operation.about["requestBody"]) {
            is_shown(&format!("the request of {id}"), content);
            requests += 1;
        }
        for status in operation.about["responses"].as_object().unwrap().keys() {
            let described = response(operation.about, status).unwrap();
            if let Some(content) = json_of(described) {
                is_shown(&format!("{status} of {id}"), content);
                assert!(
                    status.starts_with('2') || content["example"]["status"].as_u64() == status.parse().ok(),
                    "{id} {status}"
                );
                answers += 1;
            }
        }
    }
    assert!(requests >= 20 && answers > 500, "{requests} requests, {answers} answers");
}

#[test]
fn every_file_of_examples_is_an_operations() {
    let known: BTreeSet<&str> = operations().iter().map(|one| one.id()).collect();
    for file in fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/openapi/examples")).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        let (id, ending) = name.split_once('.').unwrap();
        let of_all = if ending == "json" { id == "problems" } else { id == "any" };
        assert!(of_all || known.contains(id), "{name} is of no operation");
    }
}

/// Everything that is no JSON and no picture: pages, feeds, lists of feeds, style sheets.
#[test]
fn every_page_and_every_feed_is_shown_whole() {
    let mut seen = BTreeSet::new();
    for operation in operations() {
        for status in operation.about["responses"].as_object().unwrap().keys() {
            let described = response(operation.about, status).unwrap();
            let Some(content) = described["content"].as_object() else { continue };
            let texts = content.iter().filter(|(kind, _)| !kind.contains("json") && !kind.starts_with("image/vnd"));
            for (kind, one) in texts {
                let what = format!("{status} of {} as {kind}", operation.id());
                let example = one["example"].as_str().unwrap_or_else(|| panic!("{what} is not shown"));
                match kind.split(';').next().unwrap() {
                    "text/html" => assert!(
                        example.starts_with("<!doctype html>\n<html lang=\"") && example.ends_with("</html>\n"),
                        "{what}"
                    ),
                    "application/rss+xml" => {
                        let feed = rss::Channel::read_from(example.as_bytes()).unwrap();
                        assert_eq!(feed.items().len(), 1, "{what}");
                    }
                    "application/atom+xml" => {
                        let feed = atom_syndication::Feed::read_from(example.as_bytes()).unwrap();
                        assert_eq!(feed.entries().len(), 1, "{what}");
                    }
                    "text/calendar" => {
                        let calendar: icalendar::Calendar = example.parse().unwrap();
                        assert_eq!(calendar.events().count(), 1, "{what}");
                    }
                    _ => assert!(!example.trim().is_empty(), "{what}"),
                }
                seen.insert(kind.as_str());
            }
        }
    }
    assert!(seen.len() >= 6, "{seen:?}");
}

/// Words that tell another place and other people than the demonstration's.
#[test]
fn examples_name_nobody() {
    let all = document().to_string();
    for address in ["127.0.0.1", "localhost", ".gov.vn", "@gmail"] {
        assert!(!all.contains(address), "{address}");
    }
}

#[actix_web::test]
async fn the_requests_of_the_examples_are_taken() {
    let ground = Ground::new().await;
    let agency = json!({"code": "bao-lam-hai", "names": {"vi": "Báo Lam Hải"}});
    ground.all.post("/api/v1/agencies", &agency).await.is(201);
    ground.all.post("/api/v1/topics", &json!({"code": "van-hoa-le-hoi", "names": {"vi": "Lễ hội"}})).await.is(201);

    let mut taken = BTreeSet::new();
    for operation in operations() {
        let Some(content) = json_of(&operation.about["requestBody"]) else { continue };
        let path = ground.path(operation.template, None);
        let answer = ground.send(operation, &path, content["example"].to_string()).await;
        // Some are late (412), about another text (409) or somebody else's (401), and none is malformed or not valid.
        let form = [400, 413, 415].contains(&answer.status) || (answer.status == 422 && !stands_in(operation.id()));
        assert!(!form, "{}: {}", operation.id(), answer.text());
        if answer.status < 300 {
            taken.insert(operation.id());
        }
    }

    for id in ["createArticle", "createAgency", "createTopic", "createLocale", "createAccount", "updateMe"] {
        assert!(taken.contains(id), "{id} was not taken: {taken:?}");
    }
}

/// What is about something else than there is in a test: another password, another person, an event and not news, German and not English.
fn stands_in(id: &str) -> bool {
    ["changePassword", "createDelegation", "saveEdition", "updateLocale"].contains(&id)
}
