//! Members of a body that are of another type, unknown, missing or there twice.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use crate::support::{Ground, Operation, is_nullable, operations, resolved, sample, type_of};

/// A place of a body: the way to it, and its schema.
type Place = (Vec<String>, &'static Value);

/// All places of a body that a schema describes, itself first; of arrays the first item.
fn places(schema: &'static Value) -> Vec<Place> {
    let mut all = vec![(Vec::new(), schema)];
    let real = resolved(schema);
    let properties = real["properties"].as_object().into_iter().flatten().map(|(name, one)| (name.as_str(), one));
    let items = real.get("items").map(|one| ("0", one));
    for (name, below) in properties.chain(items) {
        for (way, one) in places(below) {
            all.push((std::iter::once(name.to_owned()).chain(way).collect(), one));
        }
    }
    all
}

fn pointer(way: &[String]) -> String {
    way.iter().flat_map(|part| ["/", part]).collect()
}

fn with_places() -> Vec<(Operation, Value, Vec<Place>)> {
    let of = |one: Operation| Some((one, sample("", one.body()?, true), places(one.body()?)));
    operations().into_iter().filter_map(of).collect()
}

/// Values that are none of a schema.
fn unfit(schema: &'static Value) -> Vec<Value> {
    let kind = type_of(schema);
    let one_of_each = [
        ("string", json!("không")),
        ("boolean", json!(true)),
        ("integer", json!(7)),
        ("number", json!(1.5)),
        ("array", json!([])),
        ("object", json!({})),
        ("null", Value::Null),
    ];
    let fits = |name: &str| name == kind || (name == "null" && is_nullable(schema));
    let mut all: Vec<Value> = one_of_each.into_iter().filter(|(name, _)| !fits(name)).map(|(_, value)| value).collect();
    if kind == "integer" {
        all.extend([json!(1e30), json!("7"), json!(u64::MAX)]);
        all.extend(resolved(schema)["minimum"].as_i64().map(|least| json!(least - 1)));
    }
    if resolved(schema).get("enum").is_some() {
        all.extend([json!(""), json!("NEWS"), json!({"news": null})]);
    }
    all
}

#[actix_web::test]
async fn a_value_of_another_type_is_named_wherever_it_stands() {
    let ground = Ground::new().await;
    let before = ground.app.rows().await;
    let mut tried = 0;

    for (operation, body, places) in with_places() {
        let path = ground.path(operation.template, None);
        for (way, schema) in places {
            let pointer = pointer(&way);
            for value in unfit(schema) {
                let mut body = body.clone();
                *body.pointer_mut(&pointer).unwrap() = value.clone();
                let answer = ground.send(operation, &path, body.to_string()).await;
                let what = format!("{} {pointer} = {value}: {}", operation.id(), answer.text());
                assert_eq!(answer.status, 422, "{what}");
                let errors = answer.json()["errors"].as_array().cloned().unwrap_or_default();
                assert!(errors.iter().any(|one| one["pointer"] == pointer.as_str()), "{what}");
                assert!(errors.iter().all(|one| !one["message"].as_str().unwrap_or_default().is_empty()), "{what}");
                tried += 1;
            }
        }
    }

    assert!(tried > 500, "only {tried}");
    assert_eq!(ground.app.rows().await, before);
}

#[actix_web::test]
async fn an_unknown_member_is_named_wherever_it_stands() {
    let ground = Ground::new().await;
    let before = ground.app.rows().await;

    for (operation, body, places) in with_places() {
        let path = ground.path(operation.template, None);
        let objects = places.into_iter().filter(|(_, schema)| resolved(schema).get("properties").is_some());
        for (way, _) in objects {
            for name in ["khong_co", "__proto__", "$ref", "a/b~c", "id", "state", "created_by"] {
                let mut body = body.clone();
                let object = body.pointer_mut(&pointer(&way)).unwrap().as_object_mut().unwrap();
                object.insert(name.to_owned(), json!("x"));
                let place = format!("{}/{}", pointer(&way), name.replace('~', "~0").replace('/', "~1"));
                let answer = ground.send(operation, &path, body.to_string()).await;
                answer.is_problem(400, "unknown-field").names(&place, "unknown-field");
            }
        }
    }

    assert_eq!(ground.app.rows().await, before);
}

#[actix_web::test]
async fn a_missing_member_is_named_wherever_it_is_needed() {
    let ground = Ground::new().await;
    let before = ground.app.rows().await;

    for (operation, body, places) in with_places() {
        let path = ground.path(operation.template, None);
        for (way, schema) in places {
            for needed in resolved(schema)["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
                let mut body = body.clone();
                body.pointer_mut(&pointer(&way)).unwrap().as_object_mut().unwrap().remove(needed);
                let answer = ground.send(operation, &path, body.to_string()).await;
                answer.is_problem(422, "invalid").names(&format!("{}/{needed}", pointer(&way)), "required");
            }
        }
    }

    assert_eq!(ground.app.rows().await, before);
}

/// An object's text in which its first member stands twice, the second time with its name escaped.
fn twice(object: &Map<String, Value>, name: &str) -> String {
    let mut escaped = String::new();
    for unit in name.encode_utf16() {
        write!(escaped, "\\u{unit:04x}").unwrap();
    }
    let text = Value::Object(object.clone()).to_string();
    format!("{},\"{escaped}\":{}}}", &text[..text.len() - 1], object[name])
}

#[actix_web::test]
async fn a_member_twice_is_named_wherever_it_stands() {
    let ground = Ground::new().await;
    let before = ground.app.rows().await;

    for (operation, body, places) in with_places() {
        let path = ground.path(operation.template, None);
        for (way, _) in places {
            let pointer = pointer(&way);
            let Some(object) = body.pointer(&pointer).and_then(Value::as_object) else { continue };
            let name = object.keys().next().unwrap();
            let mut marked = body.clone();
            *marked.pointer_mut(&pointer).unwrap() = json!("MARK");
            let text = marked.to_string().replace("\"MARK\"", &twice(object, name));
            let answer = ground.send(operation, &path, text).await;
            answer.is_problem(400, "duplicate-key").names(&format!("{pointer}/{name}"), "duplicate-key");
        }
        let text = "{\"a\":[0,{\"b\":{\"c\":1,\"c\":1}}]}";
        let answer = ground.send(operation, &path, text).await;
        answer.is_problem(400, "duplicate-key").names("/a/1/b/c", "duplicate-key");
    }

    assert_eq!(ground.app.rows().await, before);
}
