//! A row as it is written: one JSON object a line. docs/IMPORT.md tells each member.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::past::{ActRow, DeskRow, SharedRow, TextRow};
use crate::{
    domain::{article::Kind, details::Details},
    http::kit::{from_value, read_json},
    service::{
        Code, Error, FieldCode, FieldError,
        edition::{BodyFormat, NewText},
        import::{OldArticle, OldEdition, Record},
        vocabulary::Entry,
    },
};

/// What a row that does not say is.
const ARTICLE: &str = "article";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ArticleRow {
    key: String,
    kind: String,
    agency: String,
    source_locale: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    topics: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    #[serde(default, skip_serializing_if = "Details::is_empty")]
    details: Details,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sensitivity: Option<String>,
    #[serde(default, skip_serializing_if = "DeskRow::is_empty")]
    draft: DeskRow,
    editions: Vec<EditionRow>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct EditionRow {
    locale: String,
    title: String,
    #[serde(default)]
    summary: String,
    body: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    body_format: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    slug: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    #[serde(default, skip_serializing_if = "Details::is_empty")]
    details: Details,
    #[serde(default, skip_serializing_if = "SharedRow::is_empty")]
    shared: SharedRow,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    published_at: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    updated_at: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    stale: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source_version: Option<u32>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    addresses: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    history: Vec<ActRow>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    draft: Option<TextRow>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct AgencyRow {
    code: String,
    names: BTreeMap<String, String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TopicRow {
    code: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    parent: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    media_topic: Option<String>,
    names: BTreeMap<String, String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct LocaleRow {
    tag: String,
    script: String,
    #[serde(default)]
    rtl: bool,
    #[serde(default)]
    fallback: Vec<String>,
    position: i64,
    names: BTreeMap<String, String>,
}

/// A row with what it is said first.
#[derive(Serialize)]
struct Named<T> {
    record: &'static str,
    #[serde(flatten)]
    row: T,
}

/// What a line says.
pub(super) fn read(line: &[u8]) -> Result<Record, Error> {
    let mut value = read_json(line)?;
    let record = match value.as_object_mut() {
        Some(members) => members.remove("record").unwrap_or_else(|| ARTICLE.into()),
        None => return Err(wrong("", FieldCode::WrongType, "object")),
    };
    match record.as_str() {
        Some(ARTICLE) => article(from_value(value, "")?),
        Some("agency") => {
            let AgencyRow { code, names } = from_value(value, "")?;
            Ok(Record::Entry(Entry::Agency { code, names }))
        }
        Some("topic") => {
            let TopicRow { code, parent, media_topic, names } = from_value(value, "")?;
            Ok(Record::Entry(Entry::Topic { code, parent, media_topic, names }))
        }
        Some("locale") => {
            let LocaleRow { tag, script, rtl, fallback, position, names } = from_value(value, "")?;
            Ok(Record::Entry(Entry::Locale { tag, script, rtl, fallback, position, names }))
        }
        _ => Err(wrong("/record", FieldCode::NotOneOf, "article, agency, topic, locale")),
    }
}

pub(super) fn wrong(pointer: &str, code: FieldCode, expected: &str) -> Error {
    Error::new(Code::Invalid).at(FieldError::new(pointer, code).with("expected", expected))
}

/// The kind that a word names.
pub(super) fn kind(raw: &str) -> Result<Kind, Error> {
    let all = || Kind::ALL.iter().map(|kind| kind.as_str()).collect::<Vec<_>>().join(", ");
    raw.parse().map_err(|_| wrong("/kind", FieldCode::NotOneOf, &all()))
}

/// How a body is written.
pub(super) fn format(said: Option<&str>, pointer: &str) -> Result<BodyFormat, Error> {
    match said {
        None | Some("html") => Ok(BodyFormat::Html),
        Some("markdown") => Ok(BodyFormat::Markdown),
        Some(_) => Err(wrong(&format!("{pointer}/body_format"), FieldCode::NotOneOf, "html, markdown")),
    }
}

fn article(row: ArticleRow) -> Result<Record, Error> {
    let mut editions = Vec::with_capacity(row.editions.len());
    for (place, one) in row.editions.into_iter().enumerate() {
        let pointer = format!("/editions/{place}");
        let format = format(one.body_format.as_deref(), &pointer)?;
        let acts = one.history.into_iter().enumerate();
        let history = acts.map(|(place, act)| act.read(&format!("{pointer}/history/{place}")));
        let draft = one.draft.map(|text| text.read(&format!("{pointer}/draft"))).transpose()?;
        editions.push(OldEdition {
            locale: one.locale,
            text: NewText { title: one.title, summary: one.summary, body: one.body, format, slug: one.slug },
            place: one.place,
            details: one.details,
            shared: one.shared.read(),
            published_at: one.published_at,
            updated_at: one.updated_at,
            stale: one.stale,
            source_version: one.source_version,
            addresses: one.addresses,
            history: history.collect::<Result<_, _>>()?,
            draft,
        });
    }
    Ok(Record::Article(Box::new(OldArticle {
        key: row.key,
        kind: kind(&row.kind)?,
        agency: row.agency,
        source_locale: row.source_locale,
        topics: row.topics,
        place: row.place,
        details: row.details,
        sensitivity: row.sensitivity,
        draft: row.draft.read(),
        editions,
    })))
}

/// The line that says an entry of a vocabulary.
pub(super) fn write_entry(entry: Entry) -> Result<String, serde_json::Error> {
    match entry {
        Entry::Agency { code, names } => named("agency", AgencyRow { code, names }),
        Entry::Topic { code, parent, media_topic, names } => {
            named("topic", TopicRow { code, parent, media_topic, names })
        }
        Entry::Locale { tag, script, rtl, fallback, position, names } => {
            named("locale", LocaleRow { tag, script, rtl, fallback, position, names })
        }
    }
}

/// The line that says an article.
pub(super) fn write_article(article: OldArticle) -> Result<String, serde_json::Error> {
    let edition = |one: OldEdition| EditionRow {
        locale: one.locale,
        title: one.text.title,
        summary: one.text.summary,
        body: one.text.body,
        body_format: (one.text.format == BodyFormat::Markdown).then(|| one.text.format.to_string()),
        slug: one.text.slug,
        place: one.place,
        details: one.details,
        shared: SharedRow::of(one.shared),
        published_at: one.published_at,
        updated_at: one.updated_at,
        stale: one.stale,
        source_version: one.source_version,
        addresses: one.addresses,
        history: one.history.into_iter().map(ActRow::of).collect(),
        draft: one.draft.map(TextRow::of),
    };
    let row = ArticleRow {
        key: article.key,
        kind: article.kind.to_string(),
        agency: article.agency,
        source_locale: article.source_locale,
        topics: article.topics,
        place: article.place,
        details: article.details,
        sensitivity: article.sensitivity,
        draft: DeskRow::of(article.draft),
        editions: article.editions.into_iter().map(edition).collect(),
    };
    named(ARTICLE, row)
}

fn named<T: Serialize>(record: &'static str, row: T) -> Result<String, serde_json::Error> {
    serde_json::to_string(&Named { record, row })
}

/// A pointer to nothing but the row itself, for rows that are no JSON.
pub(super) fn unreadable(cause: &str) -> Error {
    Error::new(Code::Invalid).at(FieldError::new("", FieldCode::Unreadable).with("detail", cause))
}
