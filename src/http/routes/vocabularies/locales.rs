//! Languages that editions can be in.

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
    kernel::LocaleTag,
    service::{
        App, Caller, Done, Error,
        vocabulary::{self, Entry, Vocabulary},
    },
};

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(list_locales)
        .service(create_locale)
        .service(show_locale)
        .service(update_locale)
        .service(remove_locale);
}

/// A language that editions can be in.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct LocaleView {
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

async fn locale(app: &App, caller: Caller, tag: &LocaleTag) -> Result<(i64, LocaleView), Error> {
    let found = vocabulary::locales(app, caller).await?.into_iter().find(|one| one.tag == *tag);
    found.map(|one| (one.version, one.into())).ok_or_else(Error::not_found)
}

/// All locales.
#[utoipa::path(get, path = "/locales", operation_id = "listLocales", tag = "vocabularies", security(("bearer" = [])), responses((status = 200, description = "All locales", body = List<LocaleView>), Refused))]
#[route("/locales", method = "GET", method = "HEAD")]
async fn list_locales(app: Data<App>, signed: Signed) -> Result<HttpResponse, Error> {
    let items = vocabulary::locales(&app, signed.0).await?.into_iter().map(LocaleView::from).collect();
    Ok(editing(StatusCode::OK).json(List { items, next_cursor: None }))
}

/// Make a locale.
#[utoipa::path(operation_id = "createLocale", tag = "vocabularies", security(("bearer" = [])), request_body = CreateLocale,
    params(("Idempotency-Key" = Option<String>, Header, description = "Repeats of the same request get the same answer")), responses((status = 201, description = "The locale", body = LocaleView), Refused))]
#[post("/locales")]
async fn create_locale(
    app: Data<App>,
    req: HttpRequest,
    args: InOrder<Signed, (IdempotencyKey, StrictJson<CreateLocale>)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (key, body)) = args;
    let once = once(&req, key, &body, made);
    let CreateLocale { tag, script, rtl, fallback, position, names } = body.into_inner();
    Ok(done(
        vocabulary::create(&app, signed.0, Entry::Locale { tag, script, rtl, fallback, position, names }, once).await?,
        made,
    ))
}

/// One locale.
#[utoipa::path(get, path = "/locales/{tag}", operation_id = "showLocale", tag = "vocabularies", security(("bearer" = [])), params(("tag" = String, Path, description = "The locale's tag")), responses((status = 200, description = "The locale", body = LocaleView), Refused))]
#[route("/locales/{tag}", method = "GET", method = "HEAD")]
async fn show_locale(app: Data<App>, args: InOrder<Signed, PathOf<(LocaleTag,)>>) -> Result<HttpResponse, Error> {
    let InOrder(signed, PathOf((key,))) = args;
    let (version, view) = locale(&app, signed.0, &key).await?;
    Ok(versioned(version, &view))
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
    let put = vocabulary::update(&app, signed.0, entry, seen(condition)?).await?;
    Ok(done(Done::Now(put), rewritten))
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
