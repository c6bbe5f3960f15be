//! Articles: lists, single items, the languages of one.

use actix_web::{HttpResponse, http::header::LINK, route};
use serde::Serialize;
use utoipa::ToSchema;

use super::query::{ListQuery, Wanted};
use crate::{
    http::{
        kit::{PathOf, Problem, StrictQuery},
        public::{
            answers::Made,
            detour::Detour,
            reader::{Nothing, Reader, header_value, json},
            view::ItemView,
        },
    },
    kernel::{ArticleId, LocaleTag, Slug},
    service::{
        App, Error,
        public::{self, Found},
    },
};

/// A page of items, newest first.
#[derive(Serialize, ToSchema)]
#[schema(as = ContentList)]
pub(super) struct ListView {
    items: Vec<ItemView>,
    /// What to ask the next page with; null at the end.
    next_cursor: Option<String>,
}

/// The languages in which an article is public.
#[derive(Serialize, ToSchema)]
#[schema(as = ContentEditions)]
pub(super) struct EditionsView {
    /// The article.
    #[schema(format = Uuid)]
    id: String,
    /// Its public editions, by language.
    editions: Vec<EditionView>,
}

/// Where an edition is.
#[derive(Serialize, ToSchema)]
#[schema(as = ContentEdition)]
pub(super) struct EditionView {
    /// Its language.
    locale: String,
    /// Its slug.
    slug: String,
    /// Its public address.
    #[schema(format = "uri")]
    url: String,
    /// Its `tag:` URI.
    guid: String,
}

/// The public articles of a language, newest first.
#[utoipa::path(get, path = "/{locale}/articles", operation_id = "listContent", tag = "content",
    params(("locale" = String, Path, description = "A language of the office.", example = "vi"), ListQuery),
    responses(
        (status = 200, description = "A page; `Link: rel=\"next\"` where more follow.", body = ListView),
        (status = 304, description = "Not changed since."),
        (status = 400, description = "A parameter is unknown or malformed.", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No language of the office.", body = Problem, content_type = "application/problem+json"),
    ))]
#[route("/{locale}/articles", method = "GET", method = "HEAD")]
pub(super) async fn list(
    reader: Reader,
    PathOf((locale,)): PathOf<(LocaleTag,)>,
    StrictQuery(query): StrictQuery<ListQuery>,
) -> Result<HttpResponse, Error> {
    let wanted = query.read()?;
    let key = format!("articles {locale} {}", wanted.canonical(wanted.page.after));
    Ok(reader.answer(key, page(&reader.app, &locale, &wanted)).await)
}

async fn page(app: &App, locale: &LocaleTag, wanted: &Wanted) -> Result<Made, Detour> {
    let page = public::list(app, locale, &wanted.selection, wanted.page).await?;
    let newest = page.items.iter().map(|item| item.updated_at).max();
    let next = page.next.map(|_| wanted.canonical(page.next));
    let next_cursor = page.next.map(|cursor| cursor.encode());
    let mut answer = json(&ListView { items: page.items.into_iter().map(ItemView::from).collect(), next_cursor });
    if let Some(next) = next {
        let link = format!("<{}/api/v1/content/{locale}/articles?{next}>; rel=\"next\"", app.office.base_url);
        answer = answer.with_header(LINK, header_value(&link)?);
    }
    Ok(Made { answer, newest })
}

/// A public article by its readable address.
#[utoipa::path(get, path = "/{locale}/articles/{slug}", operation_id = "showContent", tag = "content",
    params(
        ("locale" = String, Path, description = "A language of the office.", example = "vi"),
        ("slug" = String, Path, description = "The readable part of the address."),
    ),
    responses(
        (status = 200, description = "The item.", body = ItemView),
        (status = 301, description = "It has another slug now: see `Location`."),
        (status = 304, description = "Not changed since."),
        (status = 400, description = "There are no parameters.", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Nothing public.", body = Problem, content_type = "application/problem+json"),
        (status = 410, description = "Taken down; `kind`, `note`, `at`, `guid` say how.", body = Problem, content_type = "application/problem+json"),
    ))]
#[route("/{locale}/articles/{slug}", method = "GET", method = "HEAD")]
pub(super) async fn by_slug(
    reader: Reader,
    PathOf((locale, slug)): PathOf<(LocaleTag, Slug)>,
    _: StrictQuery<Nothing>,
) -> HttpResponse {
    let make = async { item(&reader.app, public::by_slug(&reader.app, &locale, &slug).await?) };
    reader.answer(format!("item {locale} {slug}"), make).await
}

/// A public article by its id.
#[utoipa::path(get, path = "/{locale}/articles/id/{id}", operation_id = "showContentById", tag = "content",
    params(
        ("locale" = String, Path, description = "A language of the office.", example = "vi"),
        ("id" = String, Path, description = "The article.", format = Uuid),
    ),
    responses(
        (status = 200, description = "The item.", body = ItemView),
        (status = 304, description = "Not changed since."),
        (status = 400, description = "There are no parameters.", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Nothing public.", body = Problem, content_type = "application/problem+json"),
        (status = 410, description = "Taken down; `kind`, `note`, `at`, `guid` say how.", body = Problem, content_type = "application/problem+json"),
    ))]
#[route("/{locale}/articles/id/{id}", method = "GET", method = "HEAD")]
pub(super) async fn by_id(
    reader: Reader,
    PathOf((locale, id)): PathOf<(LocaleTag, ArticleId)>,
    _: StrictQuery<Nothing>,
) -> HttpResponse {
    let make = async { item(&reader.app, public::by_id(&reader.app, id, &locale).await?) };
    reader.answer(format!("article {locale} {id}"), make).await
}

fn item(app: &App, found: Found) -> Result<Made, Detour> {
    match found {
        Found::Item(item) => {
            let newest = Some(item.updated_at);
            let publisher = app.office.name(&item.locale);
            Ok(Made { answer: json(&ItemView::alone(*item, publisher)), newest })
        }
        Found::Moved(locale, slug) => Err(Detour::Moved(format!("/api/v1/content/{locale}/articles/{slug}"))),
        Found::Gone(tombstone) => Err(Detour::Gone(tombstone)),
    }
}

/// The languages in which an article is public.
#[utoipa::path(get, path = "/articles/{id}", operation_id = "listContentEditions", tag = "content",
    params(("id" = String, Path, description = "The article.", format = Uuid)),
    responses(
        (status = 200, description = "Its public editions.", body = EditionsView),
        (status = 304, description = "Not changed since."),
        (status = 400, description = "There are no parameters.", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Nothing public.", body = Problem, content_type = "application/problem+json"),
    ))]
#[route("/articles/{id}", method = "GET", method = "HEAD")]
pub(super) async fn editions(
    reader: Reader,
    PathOf((id,)): PathOf<(ArticleId,)>,
    _: StrictQuery<Nothing>,
) -> HttpResponse {
    let make = async {
        let editions = public::editions_of(&reader.app, id).await?;
        let editions = editions.into_iter().map(|it| EditionView {
            locale: it.locale.to_string(),
            slug: it.slug.to_string(),
            url: it.url,
            guid: it.guid,
        });
        Ok(json(&EditionsView { id: id.to_string(), editions: editions.collect() }).into())
    };
    reader.answer(format!("editions {id}"), make).await
}
