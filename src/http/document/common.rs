//! What is common to many operations and described once: refusals that no handler makes.

use std::collections::BTreeMap;

use utoipa::openapi::{
    Content, Header, OpenApi, Ref, RefOr, Response, ResponseBuilder,
    path::Operation,
    schema::{ArrayItems, ObjectBuilder, Schema, Type},
};

use super::examples::{self, Problems};
use crate::http::kit::Problem;

/// The refusals that are described in one place, each by its status and a name. An operation that says of a status
/// what its words are here, or nothing of its own, refers to it.
const SHARED: [(&str, &str, &str); 15] = [
    ("400", "Malformed", "The request is malformed."),
    ("401", "Unauthenticated", "No sign-in, or one that does not hold."),
    ("403", "Forbidden", "Readable, but not allowed."),
    ("404", "NotFound", "Absent, or not readable."),
    ("406", "NotAcceptable", "No content coding that the request takes."),
    ("408", "Slow", "The body did not come in time."),
    ("409", "Conflict", "In conflict with how things stand."),
    ("412", "Changed", "Changed meanwhile."),
    ("413", "TooLarge", "The body is too large."),
    ("415", "MediaType", "The body's media type or encoding is not taken."),
    ("422", "Invalid", "Well-formed, but not valid."),
    ("428", "Unconditional", "A condition is needed."),
    ("429", "TooManyRequests", "Too many attempts."),
    ("500", "Internal", "A fault of the server's."),
    ("503", "Unavailable", "Not able to answer now."),
];

/// What the making of a prepared answer may end in, whatever it is about.
const OF_PREPARED: [&str; 3] = ["406", "429", "503"];

/// Describes what any operation may be answered, in one place.
pub(super) fn describe(document: &mut OpenApi) {
    for item in document.paths.paths.values_mut() {
        let all = [&mut item.get, &mut item.post, &mut item.put, &mut item.patch, &mut item.delete];
        for operation in all.into_iter().flatten() {
            // Who names no credential is open to everybody: said, not left to be guessed.
            operation.security.get_or_insert_default();
            share(operation);
        }
    }
    let problems = Problems::read();
    examples::show(document, &problems);
    let components = document.components.get_or_insert_default();
    name_items(&mut components.schemas);
    for (status, name, about) in SHARED {
        let mut response = shared(status, about);
        problems.show(status, &mut response);
        components.responses.insert(name.to_owned(), RefOr::T(response));
    }
}

/// Lets each list name the type of its items instead of spelling it out again: clients get one type of it, not two.
fn name_items(schemas: &mut BTreeMap<String, RefOr<Schema>>) {
    let names: Vec<String> = schemas.keys().cloned().collect();
    for (list, schema) in schemas {
        let item = list.strip_prefix("List_").filter(|item| names.iter().any(|name| name == item));
        let (Some(item), RefOr::T(Schema::Object(list))) = (item, schema) else { continue };
        if let Some(RefOr::T(Schema::Array(items))) = list.properties.get_mut("items") {
            items.items = ArrayItems::RefOrSchema(Box::new(Ref::from_schema_name(item).into()));
        }
    }
}

fn share(operation: &mut Operation) {
    let responses = &mut operation.responses.responses;
    // What can be known already is an answer that was prepared, in codings that a client may take none of; its
    // making is counted and may find the server busy.
    let prepared = responses.contains_key("304");
    for (status, name, about) in SHARED {
        let same = matches!(responses.get(status), Some(RefOr::T(response)) if response.description == about);
        if same || (prepared && OF_PREPARED.contains(&status)) {
            responses.insert(status.to_owned(), RefOr::Ref(Ref::from_response_name(name)));
        }
    }
}

fn shared(status: &str, about: &str) -> Response {
    let problem = Content::new(Some(Ref::from_schema_name("Problem")));
    let answer = ResponseBuilder::new().content(Problem::MEDIA_TYPE, problem);
    let wait = || header(Type::Integer, "Seconds after which to ask again.");
    match status {
        "429" => answer
            .description("Too many requests or, at a sign-in, too many attempts: see `Retry-After`.")
            .header("Retry-After", wait())
            .header("RateLimit-Policy", header(Type::String, "The quota that is used up: `\"account\";q=30000;w=60`."))
            .header("RateLimit", header(Type::String, "What is left of it: `\"account\";r=0;t=1`.")),
        "503" => {
            answer.description("Not able to answer now, or too busy: see `Retry-After`.").header("Retry-After", wait())
        }
        _ => answer.description(about),
    }
    .build()
}

fn header(kind: Type, about: &str) -> Header {
    let mut header = Header::new(ObjectBuilder::new().schema_type(kind).build());
    header.description = Some(about.to_owned());
    header
}
