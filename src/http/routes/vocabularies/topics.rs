//! Topics, a tree.

use actix_web::{HttpRequest, HttpResponse, delete, http::StatusCode, post, put, route, web::Data};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{made, rewritten};
use crate::{
    http::{
        kit::{IdempotencyKey, IfMatch, InOrder, PathOf, StrictJson},
        signed::{Signed, once, seen},
        wire::{List, Names, Refused, done, editing, names_schema, versioned},
    },
    kernel::Code,
    service::{
        App, Caller, Done, Error,
        vocabulary::{self, Entry, Vocabulary},
    },
};

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(list_topics).service(create_topic).service(show_topic).service(update_topic).service(remove_topic);
}

/// A topic, perhaps part of another.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TopicView {
    /// Its immutable code.
    code: String,
    /// The topic that it is part of.
    parent: Option<String>,
    /// The IPTC Media Topic that means the same, by its eight digits; agencies abroad file by it.
    #[schema(example = "04000000", pattern = "^[0-9]{8}$")]
    media_topic: Option<String>,
    /// Its names by locale.
    #[schema(schema_with = names_schema)]
    names: Names,
}

impl From<vocabulary::Topic> for TopicView {
    fn from(topic: vocabulary::Topic) -> Self {
        let vocabulary::Topic { code, parent, media_topic, names, .. } = topic;
        Self { code: code.to_string(), parent: parent.map(|code| code.to_string()), media_topic, names }
    }
}

/// A topic to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CreateTopic {
    /// Lower-case ASCII words joined by hyphens; never changes.
    #[schema(example = "dau-tu")]
    code: String,
    /// The topic that it is part of.
    parent: Option<String>,
    /// The IPTC Media Topic that means the same, by its eight digits; agencies abroad file by it.
    #[schema(example = "04000000", pattern = "^[0-9]{8}$")]
    media_topic: Option<String>,
    /// Its names by locale.
    #[schema(schema_with = names_schema)]
    names: Names,
}

/// A topic's place and names.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct UpdateTopic {
    /// The topic that it is part of.
    parent: Option<String>,
    /// The IPTC Media Topic that means the same, by its eight digits; agencies abroad file by it.
    #[schema(example = "04000000", pattern = "^[0-9]{8}$")]
    media_topic: Option<String>,
    /// Its names by locale.
    #[schema(schema_with = names_schema)]
    names: Names,
}

async fn topic(app: &App, caller: Caller, code: &Code) -> Result<(i64, TopicView), Error> {
    let found = vocabulary::topics(app, caller).await?.into_iter().find(|one| one.code == *code);
    found.map(|one| (one.version, one.into())).ok_or_else(Error::not_found)
}

/// All topics.
#[utoipa::path(get, path = "/topics", operation_id = "listTopics", tag = "vocabularies", security(("bearer" = [])), responses((status = 200, description = "All topics", body = List<TopicView>), Refused))]
#[route("/topics", method = "GET", method = "HEAD")]
async fn list_topics(app: Data<App>, signed: Signed) -> Result<HttpResponse, Error> {
    let items = vocabulary::topics(&app, signed.0).await?.into_iter().map(TopicView::from).collect();
    Ok(editing(StatusCode::OK).json(List { items, next_cursor: None }))
}

/// Make a topic.
#[utoipa::path(operation_id = "createTopic", tag = "vocabularies", security(("bearer" = [])), request_body = CreateTopic,
    params(("Idempotency-Key" = Option<String>, Header, description = "Repeats of the same request get the same answer")), responses((status = 201, description = "The topic", body = TopicView), Refused))]
#[post("/topics")]
async fn create_topic(
    app: Data<App>,
    req: HttpRequest,
    args: InOrder<Signed, (IdempotencyKey, StrictJson<CreateTopic>)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (key, body)) = args;
    let once = once(&req, key, &body, made);
    let CreateTopic { code, parent, media_topic, names } = body.into_inner();
    let entry = Entry::Topic { code, parent, media_topic, names };
    Ok(done(vocabulary::create(&app, signed.0, entry, once).await?, made))
}

/// One topic.
#[utoipa::path(get, path = "/topics/{code}", operation_id = "showTopic", tag = "vocabularies", security(("bearer" = [])), params(("code" = String, Path, description = "The topic's code")), responses((status = 200, description = "The topic", body = TopicView), Refused))]
#[route("/topics/{code}", method = "GET", method = "HEAD")]
async fn show_topic(app: Data<App>, args: InOrder<Signed, PathOf<(Code,)>>) -> Result<HttpResponse, Error> {
    let InOrder(signed, PathOf((key,))) = args;
    let (version, view) = topic(&app, signed.0, &key).await?;
    Ok(versioned(version, &view))
}

/// Write a topic anew.
#[utoipa::path(operation_id = "updateTopic", tag = "vocabularies", security(("bearer" = [])), request_body = UpdateTopic,
    params(("code" = String, Path, description = "The topic's code"), ("If-Match" = String, Header, description = "The version that was seen")), responses((status = 200, description = "The topic", body = TopicView), Refused))]
#[put("/topics/{code}")]
async fn update_topic(
    app: Data<App>,
    args: InOrder<Signed, (PathOf<(Code,)>, IfMatch, StrictJson<UpdateTopic>)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (PathOf((key,)), condition, body)) = args;
    let UpdateTopic { parent, media_topic, names } = body.into_inner();
    let entry = Entry::Topic { code: key.to_string(), parent, media_topic, names };
    let put = vocabulary::update(&app, signed.0, entry, seen(condition)?).await?;
    Ok(done(Done::Now(put), rewritten))
}

/// Remove a topic that nothing points at.
#[utoipa::path(operation_id = "removeTopic", tag = "vocabularies", security(("bearer" = [])),
    params(("code" = String, Path, description = "The topic's code"), ("If-Match" = String, Header, description = "The version that was seen")), responses((status = 204, description = "Removed"), Refused))]
#[delete("/topics/{code}")]
async fn remove_topic(
    app: Data<App>,
    args: InOrder<Signed, (PathOf<(Code,)>, IfMatch)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (PathOf((key,)), condition)) = args;
    vocabulary::remove(&app, signed.0, Vocabulary::Topic, key.as_str(), seen(condition)?).await?;
    Ok(editing(StatusCode::NO_CONTENT).finish())
}
