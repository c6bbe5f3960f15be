//! Articles: begin one, read, list, change what its editions share.

use actix_web::{HttpRequest, HttpResponse, patch, post, route, web::Data};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::{details::DetailsBody, editions::SavedView};
use crate::{
    domain::freshness::Freshness,
    http::{
        kit::{IdempotencyKey, IfMatch, InOrder, PathOf, StrictJson, StrictQuery, present},
        signed::{Signed, once, seen},
        wire::{
            Format, Kind, List, Refused, Sensitivity, State, answer, bad_parameter, done, list, located, page_request,
            parameter, tagged, versioned,
        },
    },
    kernel::ArticleId,
    service::{
        Answer, App, Error, FieldCode, FieldError,
        article::{self, ArticleChange, EditionLine, ListQuery, LiveLine, NewArticle, Overview},
        edition::{NewText, Saved},
    },
};

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(index).service(create).service(show).service(update);
}

/// An article to begin, with the text of its source edition.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CreateArticle {
    kind: Kind,
    /// The code of the agency that answers for it.
    #[schema(example = "bao-lam-hai")]
    agency: String,
    /// The language that it is written in.
    #[schema(example = "vi")]
    source_locale: String,
    /// Codes of topics, at most 10.
    #[serde(default)]
    #[schema(example = json!(["dau-tu"]))]
    topics: Vec<String>,
    /// Where it happens, at most 200 characters.
    place: Option<String>,
    /// The kind's details.
    #[serde(default)]
    details: Option<DetailsBody>,
    /// Whether more care is due with it: then more people approve it. Where nothing is said, it is `normal`.
    sensitivity: Option<Sensitivity>,
    /// One line of plain text, at most 300 characters.
    #[schema(example = "Khai mạc Ngày hội văn hóa Hrê lần thứ VI")]
    title: String,
    /// Plain text, at most 2,000 characters.
    #[serde(default)]
    summary: String,
    /// The body, at most 512 KiB.
    #[schema(example = "<p>Sáng 5-12, tại xã Sơn Hạ…</p>")]
    body: String,
    /// How the body is written.
    #[serde(default = "Format::html")]
    #[schema(default = "html")]
    body_format: Format,
    /// The slug, where none is to be made from the title.
    slug: Option<String>,
}

/// Changes of what editions share; what is absent stays. No edition is touched by it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct UpdateArticle {
    /// Another agency.
    agency: Option<String>,
    /// Other topics, in the place of those it had.
    topics: Option<Vec<String>>,
    /// Another place; null takes it away.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    #[expect(clippy::option_option, reason = "null and absent mean two things")]
    place: Option<Option<String>>,
    /// Other shared details, in the place of those it had.
    details: Option<DetailsBody>,
    /// Another sensitivity. Only who signs off may say that less care is due.
    sensitivity: Option<Sensitivity>,
}

/// What is public of an edition.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct LiveView {
    /// The number of the revision that is public.
    revision: u32,
    /// The public version.
    version: u32,
    guid: String,
    /// The public address.
    url: String,
}

impl From<LiveLine> for LiveView {
    fn from(LiveLine { revision, version, guid, url }: LiveLine) -> Self {
        Self { revision, version, guid, url }
    }
}

/// A translation that does not follow its source any more.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct StaleView {
    /// The source's revision that it was made from.
    made_from: u32,
    /// The source's revision that it should follow.
    reference: u32,
}

impl StaleView {
    pub(super) fn of(freshness: Option<Freshness>) -> Option<Self> {
        match freshness {
            Some(Freshness::Stale { made_from, reference }) => Some(Self { made_from, reference }),
            Some(Freshness::Fresh) | None => None,
        }
    }
}

/// An edition in an article's list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct EditionLineView {
    locale: String,
    /// The title of the revision that the caller reads: the newest, or for a guest the one that left the desk.
    title: String,
    /// That revision's number.
    revision: u32,
    state: State,
    /// What is public of it; null if nothing.
    live: Option<LiveView>,
    /// Whether it does not follow its source any more.
    stale: bool,
    /// How it is out of date; null if it follows its source.
    staleness: Option<StaleView>,
    updated_at: String,
}

impl From<EditionLine> for EditionLineView {
    fn from(line: EditionLine) -> Self {
        Self {
            locale: line.locale.to_string(),
            title: line.title,
            revision: line.revision,
            state: line.state.into(),
            live: line.live.map(Into::into),
            stale: line.freshness.is_some_and(Freshness::is_stale),
            staleness: StaleView::of(line.freshness),
            updated_at: line.updated_at.to_string(),
        }
    }
}

/// An article with its editions.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ArticleView {
    id: Uuid,
    kind: Kind,
    agency: String,
    source_locale: String,
    topics: Vec<String>,
    place: Option<String>,
    /// The details that all editions share; null if none.
    #[schema(value_type = Option<DetailsBody>)]
    details: Option<serde_json::Value>,
    /// Whether more care is due with it than with others.
    sensitivity: Sensitivity,
    created_by: Uuid,
    created_at: String,
    updated_at: String,
    /// Its editions, by locale.
    editions: Vec<EditionLineView>,
}

impl From<Overview> for ArticleView {
    fn from(Overview { article, editions }: Overview) -> Self {
        let shared = article.shared;
        Self {
            id: article.id.0,
            kind: shared.kind.into(),
            agency: shared.agency.to_string(),
            source_locale: article.source_locale.to_string(),
            topics: shared.topics.iter().map(ToString::to_string).collect(),
            place: shared.place,
            details: (!shared.details.is_empty()).then_some(serde_json::Value::Object(shared.details)),
            sensitivity: article.sensitivity.into(),
            created_by: article.created_by.0,
            created_at: article.created_at.to_string(),
            updated_at: article.updated_at.to_string(),
            editions: editions.into_iter().map(Into::into).collect(),
        }
    }
}

/// A new article with its source edition.
#[derive(Debug, Serialize, ToSchema)]
struct CreatedArticle {
    #[serde(flatten)]
    article: ArticleView,
    /// The source edition with its first text.
    edition: SavedView,
}

/// What a list of articles is narrowed to.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct ArticleQuery {
    /// With an edition in this state.
    state: Option<State>,
    /// With an edition in this locale; `state` and `stale` then mean that edition.
    locale: Option<String>,
    kind: Option<Kind>,
    /// Under this topic.
    topic: Option<String>,
    /// Of this agency.
    agency: Option<String>,
    /// With a stale translation, or without one.
    stale: Option<bool>,
    /// Without an edition in this locale.
    missing_locale: Option<String>,
    /// Search; not built yet.
    q: Option<String>,
    /// Of the caller's own making.
    mine: Option<bool>,
    /// Items of the page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
    /// Where the page begins: the `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Articles that the caller may see, newest first.
#[utoipa::path(get, path = "/articles", operation_id = "listArticles", tag = "articles", security(("bearer" = [])), params(ArticleQuery),
    responses((status = 200, description = "A page of articles", body = List<ArticleView>), Refused))]
#[route("/articles", method = "GET", method = "HEAD")]
async fn index(
    app: Data<App>,
    req: HttpRequest,
    args: InOrder<Signed, StrictQuery<ArticleQuery>>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, StrictQuery(asked)) = args;
    let wanted = page_request(asked.limit, asked.cursor.as_deref())?;
    let page = article::list(&app, signed.0, asked.try_into()?, wanted).await?;
    Ok(list::<_, ArticleView>(&req, page))
}

impl TryFrom<ArticleQuery> for ListQuery {
    type Error = Error;

    fn try_from(asked: ArticleQuery) -> Result<Self, Error> {
        if asked.q.is_some() {
            return Err(Error::new(crate::service::Code::SearchUnavailable));
        }
        // `mine=false` would have to mean others' articles; nobody asked for that.
        if asked.mine == Some(false) {
            return Err(bad_parameter("mine", FieldError::new("mine", FieldCode::NotOneOf).with("expected", "true")));
        }
        Ok(Self {
            state: asked.state.map(Into::into),
            locale: parameter("locale", asked.locale.as_deref(), FieldCode::BadLocale)?,
            missing_locale: parameter("missing_locale", asked.missing_locale.as_deref(), FieldCode::BadLocale)?,
            kind: asked.kind.map(Into::into),
            topic: parameter("topic", asked.topic.as_deref(), FieldCode::BadCode)?,
            agency: parameter("agency", asked.agency.as_deref(), FieldCode::BadCode)?,
            mine: asked.mine.is_some(),
            stale: asked.stale,
        })
    }
}

fn created((overview, saved): &(Overview, Saved)) -> Answer {
    let path = format!("/api/v1/articles/{}", overview.article.id);
    let view = CreatedArticle { article: ArticleView::from(overview.clone()), edition: SavedView::from(saved) };
    located(tagged(answer(201, &view), overview.article.version), path)
}

/// Begin an article.
#[utoipa::path(operation_id = "createArticle", tag = "articles", security(("bearer" = [])), request_body = CreateArticle,
    params(("Idempotency-Key" = Option<String>, Header, description = "Repeats of the same request get the same answer")),
    responses((status = 201, description = "The new article with its source edition", body = CreatedArticle), Refused))]
#[post("/articles")]
async fn create(
    app: Data<App>,
    req: HttpRequest,
    args: InOrder<Signed, (IdempotencyKey, StrictJson<CreateArticle>)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (key, body)) = args;
    let once = once(&req, key, &body, created);
    let CreateArticle {
        kind,
        agency,
        source_locale,
        topics,
        place,
        details,
        sensitivity,
        title,
        summary,
        body,
        body_format,
        slug,
    } = body.into_inner();
    let text = NewText { title, summary, body, format: body_format.into(), slug };
    let details = details.map(DetailsBody::into_details).unwrap_or_default();
    let (kind, sensitivity) = (kind.into(), sensitivity.unwrap_or(Sensitivity::Normal).into());
    let new = NewArticle { kind, agency, source_locale, topics, place, details, sensitivity, text };
    Ok(done(article::create(&app, signed.0, new, once).await?, created))
}

/// One article with its editions.
#[utoipa::path(get, path = "/articles/{id}", operation_id = "showArticle", tag = "articles", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "The article's id")), responses((status = 200, description = "The article with its editions", body = ArticleView), Refused))]
#[route("/articles/{id}", method = "GET", method = "HEAD")]
async fn show(app: Data<App>, args: InOrder<Signed, PathOf<(ArticleId,)>>) -> Result<HttpResponse, Error> {
    let InOrder(signed, PathOf((id,))) = args;
    let overview = article::show(&app, signed.0, id).await?;
    Ok(versioned(overview.article.version, &ArticleView::from(overview)))
}

/// Change what an article's editions share.
#[utoipa::path(operation_id = "updateArticle", tag = "articles", security(("bearer" = [])), request_body = UpdateArticle,
    params(("id" = Uuid, Path, description = "The article's id"), ("If-Match" = String, Header, description = "The version that was seen")),
    responses((status = 200, description = "The article with its editions", body = ArticleView), Refused))]
#[patch("/articles/{id}")]
async fn update(
    app: Data<App>,
    args: InOrder<Signed, (PathOf<(ArticleId,)>, IfMatch, StrictJson<UpdateArticle>)>,
) -> Result<HttpResponse, Error> {
    let InOrder(signed, (PathOf((id,)), condition, body)) = args;
    let UpdateArticle { agency, topics, place, details, sensitivity } = body.into_inner();
    let (details, sensitivity) = (details.map(DetailsBody::into_details), sensitivity.map(Into::into));
    let change = ArticleChange { agency, topics, place, details, sensitivity };
    let overview = article::update(&app, signed.0, id, seen(condition)?, change).await?;
    Ok(versioned(overview.article.version, &ArticleView::from(overview)))
}
