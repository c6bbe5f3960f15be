//! The languages, topics and agencies that content is told by.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, route};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    domain::item::media_topic_uri,
    http::{
        kit::{PathOf, Problem, StrictQuery},
        public::{
            detour::Detour,
            reader::{Nothing, Reader, json},
        },
    },
    kernel::LocaleTag,
    service::{Error, public::Word},
};

/// A language of the office.
#[derive(Serialize, ToSchema)]
#[schema(as = ContentLocale)]
pub(super) struct LocaleView {
    /// Its tag (BCP 47).
    #[schema(example = "zh-Hans")]
    locale: String,
    /// Its name in itself.
    name: String,
    /// Its names by language.
    names: BTreeMap<String, String>,
    /// Its script (ISO 15924).
    script: Option<String>,
    /// `ltr` or `rtl`.
    dir: &'static str,
    /// The languages that stand in for it, nearest first.
    fallback: Vec<String>,
}

/// The languages, in their order.
#[derive(Serialize, ToSchema)]
#[schema(as = ContentLocales)]
pub(super) struct LocalesView {
    items: Vec<LocaleView>,
    /// Null: they are all here.
    next_cursor: Option<String>,
}

/// An agency, named in the language asked for.
#[derive(Serialize, ToSchema)]
#[schema(as = ContentWord)]
pub(super) struct WordView {
    /// The code, which never changes.
    code: String,
    /// The name for people.
    name: String,
    /// Null: no agency is part of another.
    parent: Option<String>,
}

/// Agencies, in their order.
#[derive(Serialize, ToSchema)]
#[schema(as = ContentWords)]
pub(super) struct WordsView {
    items: Vec<WordView>,
    /// Null: they are all here.
    next_cursor: Option<String>,
}

/// A topic, named in the language asked for.
#[derive(Serialize, ToSchema)]
#[schema(as = ContentTopicWord)]
pub(super) struct TopicView {
    /// The code, which never changes.
    code: String,
    /// The name for people.
    name: String,
    /// The topic that it is part of.
    parent: Option<String>,
    /// The IPTC Media Topic that means the same, where the office has said which.
    #[schema(format = "uri")]
    media_topic: Option<String>,
}

/// Topics, in their order.
#[derive(Serialize, ToSchema)]
#[schema(as = ContentTopics)]
pub(super) struct TopicsView {
    items: Vec<TopicView>,
    /// Null: they are all here.
    next_cursor: Option<String>,
}

/// The languages that content comes in.
#[utoipa::path(get, path = "/locales", operation_id = "listContentLocales", tag = "content",
    responses(
        (status = 200, description = "All of them.", body = LocalesView),
        (status = 304, description = "Not changed since."),
        (status = 400, description = "There are no parameters.", body = Problem, content_type = "application/problem+json"),
    ))]
#[route("/locales", method = "GET", method = "HEAD")]
pub(super) async fn locales(reader: Reader, _: StrictQuery<Nothing>) -> HttpResponse {
    let make = async {
        let words = reader.app.public.words();
        let items = words.of("locale").map(locale).collect();
        Ok(json(&LocalesView { items, next_cursor: None }).into())
    };
    reader.answer("locales".to_owned(), make).await
}

fn locale(word: &Word) -> LocaleView {
    LocaleView {
        locale: word.code.clone(),
        name: word.names.get(&word.code).unwrap_or(&word.code).clone(),
        names: word.names.clone(),
        script: word.script.clone(),
        dir: if word.rtl { "rtl" } else { "ltr" },
        fallback: word.fallback.clone(),
    }
}

/// The topics, each with the one that it is part of.
#[utoipa::path(get, path = "/{locale}/topics", operation_id = "listContentTopics", tag = "content",
    params(("locale" = String, Path, description = "The language of the names.", example = "vi")),
    responses(
        (status = 200, description = "All of them.", body = TopicsView),
        (status = 304, description = "Not changed since."),
        (status = 400, description = "There are no parameters.", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No language of the office.", body = Problem, content_type = "application/problem+json"),
    ))]
#[route("/{locale}/topics", method = "GET", method = "HEAD")]
pub(super) async fn topics(
    reader: Reader,
    PathOf((locale,)): PathOf<(LocaleTag,)>,
    _: StrictQuery<Nothing>,
) -> HttpResponse {
    reader
        .answer(format!("topics {locale}"), async {
            let view = |word: &Word, name| TopicView {
                code: word.code.clone(),
                name,
                parent: word.parent.clone(),
                media_topic: word.media_topic.as_deref().map(media_topic_uri),
            };
            Ok(json(&TopicsView { items: words(&reader, &locale, "topic", view)?, next_cursor: None }).into())
        })
        .await
}

/// The agencies that answer for content.
#[utoipa::path(get, path = "/{locale}/agencies", operation_id = "listContentAgencies", tag = "content",
    params(("locale" = String, Path, description = "The language of the names.", example = "vi")),
    responses(
        (status = 200, description = "All of them.", body = WordsView),
        (status = 304, description = "Not changed since."),
        (status = 400, description = "There are no parameters.", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No language of the office.", body = Problem, content_type = "application/problem+json"),
    ))]
#[route("/{locale}/agencies", method = "GET", method = "HEAD")]
pub(super) async fn agencies(
    reader: Reader,
    PathOf((locale,)): PathOf<(LocaleTag,)>,
    _: StrictQuery<Nothing>,
) -> HttpResponse {
    reader
        .answer(format!("agencies {locale}"), async {
            let view = |word: &Word, name| WordView { code: word.code.clone(), name, parent: word.parent.clone() };
            Ok(json(&WordsView { items: words(&reader, &locale, "agency", view)?, next_cursor: None }).into())
        })
        .await
}

/// The words of a vocabulary with their names in a language.
fn words<T>(
    reader: &Reader,
    locale: &LocaleTag,
    vocabulary: &str,
    view: impl Fn(&Word, String) -> T,
) -> Result<Vec<T>, Detour> {
    let words = reader.app.public.words();
    words.find("locale", locale.as_str()).ok_or_else(Error::not_found)?;
    Ok(words.of(vocabulary).map(|word| view(word, words.name(vocabulary, &word.code, locale))).collect())
}
