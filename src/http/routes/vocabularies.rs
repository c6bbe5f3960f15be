//! Agencies, topics and locales: read by all who sign in, edited by administrators.

use actix_web::{HttpResponse, delete, http::StatusCode, post, put, route, web::Data};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::{
    http::{
        kit::{IfMatch, InOrder, PathOf, StrictJson, etag_of_version},
        signed::{Signed, seen},
        wire::{List, Names, Refused, editing, names_schema},
    },
    kernel::{Code, LocaleTag},
    service::{
        App, Caller, Error,
        vocabulary::{self, Entry, Vocabulary},
    },
};

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(list_agencies)
        .service(create_agency)
        .service(show_agency)
        .service(update_agency)
        .service(remove_agency);
    config.service(list_topics).service(create_topic).service(show_topic).service(update_topic).service(remove_topic);
    config
        .service(list_locales)
        .service(create_locale)
        .service(show_locale)
        .service(update_locale)
        .service(remove_locale);
}

/// An agency of the province.
#[derive(Debug, Serialize, ToSchema)]
struct AgencyView {
    /// Its immutable code.
    code: String,
    /// Its names by locale.
    #[schema(schema_with = names_schema)]
    names: Names,
}

impl From<vocabulary::Agency> for AgencyView {
    fn from(agency: vocabulary::Agency) -> Self {
        Self { code: agency.code.to_string(), names: agency.names }
    }
}

/// A topic, perhaps part of another.
#[derive(Debug, Serialize, ToSchema)]
struct TopicView {
    /// Its immutable code.
    code: String,
    /// The topic that it is part of.
    parent: Option<String>,
    /// Its names by locale.
    #[schema(schema_with = names_schema)]
    names: Names,
}

impl From<vocabulary::Topic> for TopicView {
    fn from(topic: vocabulary::Topic) -> Self {
        Self { code: topic.code.to_string(), parent: topic.parent.map(|code| code.to_string()), names: topic.names }
    }
}

/// A language that editions can be in.
#[derive(Debug, Serialize, ToSchema)]
struct LocaleView {
    /// Its BCP 47 tag.
    tag: String,
    /// Its script, ISO 15924.
    script: String,
    /// Whether it is written from right to left.
    rtl: bool,
    /// Languages whose names stand in where it has none.
    fallback: Vec<String>,
    /// Its place in lists.
    position: i64,
    /// Its names by locale.
    #[schema(schema_with = names_schema)]
    names: Names,
}

impl From<vocabulary::Locale> for LocaleView {
    fn from(one: vocabulary::Locale) -> Self {
        let vocabulary::Locale { tag, script, rtl, fallback, position, names, .. } = one;
        Self { tag: tag.to_string(), script, rtl, fallback, position, names }
    }
}

/// An agency to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CreateAgency {
    /// Lower-case ASCII words joined by hyphens; never changes.
    #[schema(example = "so-ngoai-vu")]
    code: String,
    /// Its names by locale.
    #[schema(schema_with = names_schema)]
    names: Names,
}

/// An agency's names.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct UpdateAgency {
    /// Its names by locale.
    #[schema(schema_with = names_schema)]
    names: Names,
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
    /// Its names by locale.
    #[schema(schema_with = names_schema)]
    names: Names,
}

/// A locale to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CreateLocale {
    /// A canonical BCP 47 tag; never changes.
    #[schema(example = "de")]
    tag: String,
    /// Its script, ISO 15924.
    #[schema(example = "Latn")]
    script: String,
    /// Whether it is written from right to left.
    #[serde(default)]
    rtl: bool,
    /// Languages whose names stand in where it has none.
    #[serde(default)]
    fallback: Vec<String>,
    /// Its place in lists.
    #[serde(default)]
    position: i64,
    /// Its names by locale.
    #[schema(schema_with = names_schema)]
    names: Names,
}

/// What can change of a locale.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct UpdateLocale {
    /// Its script, ISO 15924.
    #[schema(example = "Latn")]
    script: String,
    /// Whether it is written from right to left.
    #[serde(default)]
    rtl: bool,
    /// Languages whose names stand in where it has none.
    #[serde(default)]
    fallback: Vec<String>,
    /// Its place in lists.
    #[serde(default)]
    position: i64,
    /// Its names by locale.
    #[schema(schema_with = names_schema)]
    names: Names,
}

async fn agency(app: &App, caller: Caller, code: &Code) -> Result<(i64, AgencyView), Error> {
    let found = vocabulary::agencies(app, caller).await?.into_iter().find(|one| one.code == *code);
    found.map(|one| (one.version, one.into())).ok_or_else(Error::not_found)
}

async fn topic(app: &App, caller: Caller, code: &Code) -> Result<(i64, TopicView), Error> {
    let found = vocabulary::topics(app, caller).await?.into_iter().find(|one| one.code == *code);
    found.map(|one| (one.version, one.into())).ok_or_else(Error::not_found)
}

async fn locale(app: &App, caller: Caller, tag: &LocaleTag) -> Result<(i64, LocaleView), Error> {
    let found = vocabulary::locales(app, caller).await?.into_iter().find(|one| one.tag == *tag);
    found.map(|one| (one.version, one.into())).ok_or_else(Error::not_found)
}

fn shown<T: Serialize>(status: StatusCode, path: &str, (version, view): (i64, T)) -> HttpResponse {
    let mut answer = editing(status);
    answer.insert_header(("etag", etag_of_version(version)));
    if status == StatusCode::CREATED {
        answer.insert_header(("location", path));
    }
    answer.json(view)
}

/// All agencies.
#[utoipa::path(get, path = "/agencies", operation_id = "listAgencies", tag = "vocabularies", security(("bearer" = [])), responses((status = 200, description = "All agencies", body = List<AgencyView>), Refused))]
#[route("/agencies", method = "GET", method = "HEAD")]
async fn list_agencies(app: Data<App>, signed: Signed) -> Result<HttpResponse, Error> {
    let items = vocabulary::agencies(&app, signed.0).await?.into_iter().map(AgencyView::from).collect();
    Ok(editing(StatusCode::OK).json(List { items, next_cursor: None }))
}

/// Make an agency.
#[utoipa::path(operation_id = "createAgency", tag = "vocabularies", security(("bearer" = [])), request_body = CreateAgency, responses((status = 201, description = "The agency", body = AgencyView), Refused))]
#[post("/agencies")]
async fn create_agency(app: Data<App>, args: InOrder<Signed, StrictJson<CreateAgency>>) -> Result<HttpResponse, Error> {
    let InOrder(signed, body) = args;
    let CreateAgency { code, names } = body.into_inner();
    let entry = Entry::Agency { code: code.clone(), names };
    vocabulary::put(&app, signed.0, entry, None).await?;
    let key: Code = code.parse().map_err(Error::internal)?;
    Ok(shown(StatusCode::CREATED, &format!("/api/v1/agencies/{key}"), agency(&app, signed.0, &key).await?))
}

/// One agency.
#[utoipa::path(get, path = "/agencies/{code}", operation_id = "showAgency", tag = "vocabularies", security(("bearer" = [])), params(("code" = String, Path, description = "The agency's code")), responses((status = 200, description = "The agency", body = AgencyView), Refused))]
#[route("/agencies/{code}", method = "GET", method = "HEAD")]
async fn show_agency(app: Data<App>, args: InOrder<Signed, PathOf<(Code,)>>) -> Result<HttpResponse, Error> {
    let InOrder(signed, PathOf((key,))) = args;
    Ok(shown(StatusCode::OK, "", agency(&app, signed.0, &key).await?))
}

/// Write an agency anew.
#[utoipa::path(operation_id = "updateAgency", tag = "vocabularies", security(("bearer" = [])), request_body = UpdateAgency,
    params(("code" = String, Path, description = "The agency's code"), ("If-Match" = String, Header, description = "The version that was seen")), responses((status = 200, description = "The agency", body = AgencyView), Refused))]
#[put("/agencies/{code}")]
async fn update_agency(
    app: Data<App>,
    args: InOrder<Signed, (PathOf<(Code,)>, IfMatch, StrictJson<UpdateAgency>)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (PathOf((key,)), condition, body)) = args;
    let UpdateAgency { names } = body.into_inner();
    let entry = Entry::Agency { code: key.to_string(), names };
    vocabulary::put(&app, signed.0, entry, Some(seen(condition)?)).await?;
    Ok(shown(StatusCode::OK, "", agency(&app, signed.0, &key).await?))
}

/// Remove an agency that nothing points at.
#[utoipa::path(operation_id = "removeAgency", tag = "vocabularies", security(("bearer" = [])),
    params(("code" = String, Path, description = "The agency's code"), ("If-Match" = String, Header, description = "The version that was seen")), responses((status = 204, description = "Removed"), Refused))]
#[delete("/agencies/{code}")]
async fn remove_agency(
    app: Data<App>,
    args: InOrder<Signed, (PathOf<(Code,)>, IfMatch)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (PathOf((key,)), condition)) = args;
    vocabulary::remove(&app, signed.0, Vocabulary::Agency, key.as_str(), seen(condition)?).await?;
    Ok(editing(StatusCode::NO_CONTENT).finish())
}

/// All topics.
#[utoipa::path(get, path = "/topics", operation_id = "listTopics", tag = "vocabularies", security(("bearer" = [])), responses((status = 200, description = "All topics", body = List<TopicView>), Refused))]
#[route("/topics", method = "GET", method = "HEAD")]
async fn list_topics(app: Data<App>, signed: Signed) -> Result<HttpResponse, Error> {
    let items = vocabulary::topics(&app, signed.0).await?.into_iter().map(TopicView::from).collect();
    Ok(editing(StatusCode::OK).json(List { items, next_cursor: None }))
}

/// Make a topic.
#[utoipa::path(operation_id = "createTopic", tag = "vocabularies", security(("bearer" = [])), request_body = CreateTopic, responses((status = 201, description = "The topic", body = TopicView), Refused))]
#[post("/topics")]
async fn create_topic(app: Data<App>, args: InOrder<Signed, StrictJson<CreateTopic>>) -> Result<HttpResponse, Error> {
    let InOrder(signed, body) = args;
    let CreateTopic { code, parent, names } = body.into_inner();
    let entry = Entry::Topic { code: code.clone(), parent, names };
    vocabulary::put(&app, signed.0, entry, None).await?;
    let key: Code = code.parse().map_err(Error::internal)?;
    Ok(shown(StatusCode::CREATED, &format!("/api/v1/topics/{key}"), topic(&app, signed.0, &key).await?))
}

/// One topic.
#[utoipa::path(get, path = "/topics/{code}", operation_id = "showTopic", tag = "vocabularies", security(("bearer" = [])), params(("code" = String, Path, description = "The topic's code")), responses((status = 200, description = "The topic", body = TopicView), Refused))]
#[route("/topics/{code}", method = "GET", method = "HEAD")]
async fn show_topic(app: Data<App>, args: InOrder<Signed, PathOf<(Code,)>>) -> Result<HttpResponse, Error> {
    let InOrder(signed, PathOf((key,))) = args;
    Ok(shown(StatusCode::OK, "", topic(&app, signed.0, &key).await?))
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
    let UpdateTopic { parent, names } = body.into_inner();
    let entry = Entry::Topic { code: key.to_string(), parent, names };
    vocabulary::put(&app, signed.0, entry, Some(seen(condition)?)).await?;
    Ok(shown(StatusCode::OK, "", topic(&app, signed.0, &key).await?))
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

/// All locales.
#[utoipa::path(get, path = "/locales", operation_id = "listLocales", tag = "vocabularies", security(("bearer" = [])), responses((status = 200, description = "All locales", body = List<LocaleView>), Refused))]
#[route("/locales", method = "GET", method = "HEAD")]
async fn list_locales(app: Data<App>, signed: Signed) -> Result<HttpResponse, Error> {
    let items = vocabulary::locales(&app, signed.0).await?.into_iter().map(LocaleView::from).collect();
    Ok(editing(StatusCode::OK).json(List { items, next_cursor: None }))
}

/// Make a locale.
#[utoipa::path(operation_id = "createLocale", tag = "vocabularies", security(("bearer" = [])), request_body = CreateLocale, responses((status = 201, description = "The locale", body = LocaleView), Refused))]
#[post("/locales")]
async fn create_locale(app: Data<App>, args: InOrder<Signed, StrictJson<CreateLocale>>) -> Result<HttpResponse, Error> {
    let InOrder(signed, body) = args;
    let CreateLocale { tag, script, rtl, fallback, position, names } = body.into_inner();
    let entry = Entry::Locale { tag: tag.clone(), script, rtl, fallback, position, names };
    vocabulary::put(&app, signed.0, entry, None).await?;
    let key: LocaleTag = tag.parse().map_err(Error::internal)?;
    Ok(shown(StatusCode::CREATED, &format!("/api/v1/locales/{key}"), locale(&app, signed.0, &key).await?))
}

/// One locale.
#[utoipa::path(get, path = "/locales/{tag}", operation_id = "showLocale", tag = "vocabularies", security(("bearer" = [])), params(("tag" = String, Path, description = "The locale's tag")), responses((status = 200, description = "The locale", body = LocaleView), Refused))]
#[route("/locales/{tag}", method = "GET", method = "HEAD")]
async fn show_locale(app: Data<App>, args: InOrder<Signed, PathOf<(LocaleTag,)>>) -> Result<HttpResponse, Error> {
    let InOrder(signed, PathOf((key,))) = args;
    Ok(shown(StatusCode::OK, "", locale(&app, signed.0, &key).await?))
}

/// Write a locale anew.
#[utoipa::path(operation_id = "updateLocale", tag = "vocabularies", security(("bearer" = [])), request_body = UpdateLocale,
    params(("tag" = String, Path, description = "The locale's tag"), ("If-Match" = String, Header, description = "The version that was seen")), responses((status = 200, description = "The locale", body = LocaleView), Refused))]
#[put("/locales/{tag}")]
async fn update_locale(
    app: Data<App>,
    args: InOrder<Signed, (PathOf<(LocaleTag,)>, IfMatch, StrictJson<UpdateLocale>)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (PathOf((key,)), condition, body)) = args;
    let UpdateLocale { script, rtl, fallback, position, names } = body.into_inner();
    let entry = Entry::Locale { tag: key.to_string(), script, rtl, fallback, position, names };
    vocabulary::put(&app, signed.0, entry, Some(seen(condition)?)).await?;
    Ok(shown(StatusCode::OK, "", locale(&app, signed.0, &key).await?))
}

/// Remove a locale that nothing points at.
#[utoipa::path(operation_id = "removeLocale", tag = "vocabularies", security(("bearer" = [])),
    params(("tag" = String, Path, description = "The locale's tag"), ("If-Match" = String, Header, description = "The version that was seen")), responses((status = 204, description = "Removed"), Refused))]
#[delete("/locales/{tag}")]
async fn remove_locale(
    app: Data<App>,
    args: InOrder<Signed, (PathOf<(LocaleTag,)>, IfMatch)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (PathOf((key,)), condition)) = args;
    vocabulary::remove(&app, signed.0, Vocabulary::Locale, key.as_str(), seen(condition)?).await?;
    Ok(editing(StatusCode::NO_CONTENT).finish())
}
