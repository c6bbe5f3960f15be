//! What is common to many operations and described once: refusals that no handler makes.

use utoipa::openapi::{
    Content, Header, OpenApi, Ref, RefOr, Response, ResponseBuilder,
    path::Operation,
    schema::{ObjectBuilder, Type},
};

use crate::http::kit::Problem;

/// The statuses whose answers are described in one place, under these names.
const SHARED: [(&str, &str); 3] = [("406", "NotAcceptable"), ("429", "TooManyRequests"), ("503", "Unavailable")];

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
    let components = document.components.get_or_insert_default();
    for (status, name) in SHARED {
        components.responses.insert(name.to_owned(), RefOr::T(shared(status)));
    }
}

fn share(operation: &mut Operation) {
    let responses = &mut operation.responses.responses;
    // What can be known already is an answer that was prepared, in codings that a client may take none of; its
    // making is counted and may find the server busy.
    let prepared = responses.contains_key("304");
    for (status, name) in SHARED {
        // Readiness says 503 in its own words.
        let own = status == "503" && operation.operation_id.as_deref() == Some("checkReadiness");
        if !own && (prepared || responses.contains_key(status)) {
            responses.insert(status.to_owned(), RefOr::Ref(Ref::from_response_name(name)));
        }
    }
}

fn shared(status: &str) -> Response {
    let problem = Content::new(Some(Ref::from_schema_name("Problem")));
    let answer = ResponseBuilder::new().content(Problem::MEDIA_TYPE, problem);
    let wait = || header(Type::Integer, "Seconds after which to ask again.");
    match status {
        "406" => answer.description("No content coding that the request takes."),
        "429" => answer
            .description("Too many requests or, at a sign-in, too many attempts: see `Retry-After`.")
            .header("Retry-After", wait())
            .header("RateLimit-Policy", header(Type::String, "The quota that is used up: `\"account\";q=30000;w=60`."))
            .header("RateLimit", header(Type::String, "What is left of it: `\"account\";r=0;t=1`.")),
        _ => {
            answer.description("Not able to answer now, or too busy: see `Retry-After`.").header("Retry-After", wait())
        }
    }
    .build()
}

fn header(kind: Type, about: &str) -> Header {
    let mut header = Header::new(ObjectBuilder::new().schema_type(kind).build());
    header.description = Some(about.to_owned());
    header
}
