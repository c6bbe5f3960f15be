//! What a row says of an edition beyond the text that it has: what was done with it in public, and its draft.

use serde::{Deserialize, Serialize};

use super::row::{format, wrong};
use crate::{
    domain::details::Details,
    http::kit::present,
    service::{
        Error, FieldCode,
        edition::BodyFormat,
        import::{OldAct, OldShared, OldText},
    },
};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ActRow {
    act: String,
    at: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    note: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    text: Option<TextRow>,
}

/// A text by what of it is not as in the edition's own.
#[expect(clippy::option_option, reason = "a place that is not said, and one that is not there any more")]
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TextRow {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    summary: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    body: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    body_format: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    slug: Option<String>,
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    place: Option<Option<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    details: Option<Details>,
    #[serde(default, skip_serializing_if = "SharedRow::is_empty")]
    shared: SharedRow,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source_version: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    change: Option<String>,
}

/// What all editions share, by what of it is something else.
#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SharedRow {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    agency: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    topics: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    details: Option<Details>,
}

/// The same with the place, which of an article is the source's.
#[expect(clippy::option_option, reason = "a place that is not said, and one that is not there any more")]
#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DeskRow {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    agency: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    topics: Option<Vec<String>>,
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    place: Option<Option<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    details: Option<Details>,
}

impl SharedRow {
    pub(super) fn is_empty(&self) -> bool {
        self.agency.is_none() && self.topics.is_none() && self.details.is_none()
    }

    pub(super) fn read(self) -> OldShared {
        OldShared { agency: self.agency, topics: self.topics, place: None, details: self.details }
    }

    pub(super) fn of(shared: OldShared) -> Self {
        Self { agency: shared.agency, topics: shared.topics, details: shared.details }
    }
}

impl DeskRow {
    pub(super) fn is_empty(&self) -> bool {
        self.place.is_none() && self.agency.is_none() && self.topics.is_none() && self.details.is_none()
    }

    pub(super) fn read(self) -> OldShared {
        OldShared { agency: self.agency, topics: self.topics, place: self.place, details: self.details }
    }

    pub(super) fn of(shared: OldShared) -> Self {
        Self { agency: shared.agency, topics: shared.topics, place: shared.place, details: shared.details }
    }
}

impl TextRow {
    pub(super) fn read(self, pointer: &str) -> Result<OldText, Error> {
        let body = match (self.body, self.body_format) {
            (Some(body), said) => Some((body, format(said.as_deref(), pointer)?)),
            (None, Some(_)) => return Err(wrong(&format!("{pointer}/body"), FieldCode::Required, "")),
            (None, None) => None,
        };
        Ok(OldText {
            title: self.title,
            summary: self.summary,
            body,
            slug: self.slug,
            details: self.details,
            shared: OldShared { place: self.place, ..self.shared.read() },
            source_version: self.source_version,
            change: self.change,
        })
    }

    pub(super) fn of(mut text: OldText) -> Self {
        let place = text.shared.place.take();
        let is_markdown = text.body.as_ref().is_some_and(|(_, format)| *format == BodyFormat::Markdown);
        Self {
            title: text.title,
            summary: text.summary,
            body_format: is_markdown.then(|| BodyFormat::Markdown.to_string()),
            body: text.body.map(|(body, _)| body),
            slug: text.slug,
            place,
            details: text.details,
            shared: SharedRow::of(text.shared),
            source_version: text.source_version,
            change: text.change,
        }
    }
}

impl ActRow {
    pub(super) fn read(self, pointer: &str) -> Result<OldAct, Error> {
        let text = self.text.map(|text| text.read(&format!("{pointer}/text"))).transpose()?;
        Ok(OldAct { act: self.act, at: self.at, note: self.note, reason: self.reason, text: text.unwrap_or_default() })
    }

    pub(super) fn of(one: OldAct) -> Self {
        let text = Some(one.text).filter(|text| !text.is_empty()).map(TextRow::of);
        Self { act: one.act, at: one.at, note: one.note, reason: one.reason, text }
    }
}
