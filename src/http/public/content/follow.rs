//! Following what is public: changes in their order, and the manifest of everything.

use actix_web::{HttpResponse, http::header::LINK, route};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::query::{bad_parameter, limit};
use crate::{
    domain::event::{LiveEvent, LiveEventType},
    http::{
        kit::{Problem, StrictQuery},
        public::{
            answers::Made,
            reader::{Reader, header_value, json},
            view::mirrored,
        },
    },
    kernel::EditionId,
    service::{
        Code, Error, FieldCode, FieldError,
        public::{self, ManifestLine},
    },
};

/// What happened to an edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ContentChangeType)]
pub(super) enum ChangeTypeView {
    /// It became public.
    Published,
    /// Its text was replaced.
    Updated,
    /// Its text was corrected.
    Corrected,
    /// It was taken down.
    Withdrawn,
    /// It was taken down because it was wrong.
    Retracted,
    /// It is public again.
    Restored,
    /// Its source's public text moved on in substance.
    Stale,
    /// It was out of date, and was found to hold against its source's public text all the same.
    Fresh,
}

mirrored! { ChangeTypeView = LiveEventType { Published Updated Corrected Withdrawn Retracted Restored Stale Fresh } }

/// One change of what is public.
#[derive(Serialize, ToSchema)]
#[schema(as = ContentChange)]
pub(super) struct ChangeView {
    /// Its number; numbers grow and may leave gaps.
    seq: i64,
    /// What happened.
    #[serde(rename = "type")]
    kind: ChangeTypeView,
    /// To which article.
    #[schema(format = Uuid)]
    article_id: String,
    /// In which language.
    locale: String,
    /// The edition's `tag:` URI.
    guid: String,
    /// The version that is public, or was last.
    version: u32,
    /// When.
    #[schema(format = DateTime)]
    at: String,
    /// The public note, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

impl From<(i64, LiveEvent)> for ChangeView {
    fn from((seq, event): (i64, LiveEvent)) -> Self {
        Self {
            seq,
            kind: event.kind.into(),
            article_id: event.article.to_string(),
            locale: event.locale.to_string(),
            guid: event.guid,
            version: event.version,
            at: event.at.to_string(),
            note: Some(event.note).filter(|note| !note.is_empty()),
        }
    }
}

/// Changes, oldest first.
#[derive(Serialize, ToSchema)]
#[schema(as = ContentChanges)]
pub(super) struct ChangesView {
    items: Vec<ChangeView>,
    /// What to ask with the next time.
    next_since: i64,
    /// Whether there is more to ask for at once.
    has_more: bool,
}

/// The parameters of the changes.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(super) struct ChangesQuery {
    /// The number of the last change that is known; 0, and nothing said, is from the beginning.
    #[param(minimum = 0)]
    since: Option<i64>,
    /// Changes of the answer, 20 if not said.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u64>,
}

/// What changed since a number: from 0 a full copy, from `next_since` the rest.
#[utoipa::path(get, path = "/changes", operation_id = "listContentChanges", tag = "content",
    params(ChangesQuery),
    responses(
        (status = 200, description = "Changes, oldest first.", body = ChangesView),
        (status = 304, description = "Not changed since."),
        (status = 400, description = "A parameter is unknown or malformed.", body = Problem, content_type = "application/problem+json"),
    ))]
#[route("/changes", method = "GET", method = "HEAD")]
pub(super) async fn changes(
    reader: Reader,
    StrictQuery(query): StrictQuery<ChangesQuery>,
) -> Result<HttpResponse, Error> {
    let since = query.since.unwrap_or(0);
    if since < 0 {
        return Err(bad_parameter(FieldError::new("since", FieldCode::NotOneOf).with("expected", "0, 1, 2 …")));
    }
    let limit = limit(query.limit)?;
    let make = async {
        let (events, has_more) = public::changes(&reader.app, since, limit).await?;
        let next_since = events.last().map_or(since, |(seq, _)| *seq);
        let newest = events.iter().map(|(_, event)| event.at).max();
        let items = events.into_iter().map(ChangeView::from).collect();
        Ok(Made { answer: json(&ChangesView { items, next_since, has_more }), newest })
    };
    Ok(reader.answer(format!("changes {since} {limit}"), make).await)
}

/// One public edition and what it can be checked with.
#[derive(Serialize, ToSchema)]
#[schema(as = ContentManifestLine)]
pub(super) struct ManifestLineView {
    /// The article.
    #[schema(format = Uuid)]
    article_id: String,
    /// Its language.
    locale: String,
    /// Its `tag:` URI.
    guid: String,
    /// Its public address.
    #[schema(format = "uri")]
    url: String,
    /// The version that is public.
    version: u32,
    /// SHA-256 of the canonical content.
    content_hash: String,
    /// SHA-256 of the canonical publication envelope.
    envelope_hash: String,
    /// A detached JWS over that envelope.
    signature: String,
}

impl From<ManifestLine> for ManifestLineView {
    fn from(line: ManifestLine) -> Self {
        Self {
            article_id: line.article.to_string(),
            locale: line.locale.to_string(),
            guid: line.guid,
            url: line.url,
            version: line.version,
            content_hash: line.content_hash.to_string(),
            envelope_hash: line.envelope_hash.to_string(),
            signature: line.signature,
        }
    }
}

/// A page of everything that is public.
#[derive(Serialize, ToSchema)]
#[schema(as = ContentManifest)]
pub(super) struct ManifestView {
    items: Vec<ManifestLineView>,
    /// What to ask the next page with; null at the end.
    next_cursor: Option<String>,
}

/// The parameters of the manifest.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(super) struct ManifestQuery {
    /// Lines of the page, 20 if not said.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u64>,
    /// Where the page begins: the `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Everything that is public, with hashes and signatures, for who keeps a copy or watches over it.
#[utoipa::path(get, path = "/manifest", operation_id = "showContentManifest", tag = "verification",
    params(ManifestQuery),
    responses(
        (status = 200, description = "A page; `Link: rel=\"next\"` where more follow.", body = ManifestView),
        (status = 304, description = "Not changed since."),
        (status = 400, description = "A parameter is unknown or malformed.", body = Problem, content_type = "application/problem+json"),
    ))]
#[route("/manifest", method = "GET", method = "HEAD")]
pub(super) async fn manifest(
    reader: Reader,
    StrictQuery(query): StrictQuery<ManifestQuery>,
) -> Result<HttpResponse, Error> {
    let limit = limit(query.limit)?;
    let after = query.cursor.map(|raw| decode(&raw).ok_or(Error::new(Code::BadCursor))).transpose()?;
    let key = format!("manifest {limit} {}", after.map(encode).unwrap_or_default());
    let make = async {
        let (lines, next) = public::manifest(&reader.app, after, limit).await?;
        let next = next.map(encode);
        let items = lines.into_iter().map(ManifestLineView::from).collect();
        let mut answer = json(&ManifestView { items, next_cursor: next.clone() });
        if let Some(next) = next {
            let base = &reader.app.office.base_url;
            let link = format!("<{base}/api/v1/content/manifest?limit={limit}&cursor={next}>; rel=\"next\"");
            answer = answer.with_header(LINK, header_value(&link)?);
        }
        Ok(answer.into())
    };
    Ok(reader.answer(key, make).await)
}

fn encode(place: EditionId) -> String {
    URL_SAFE_NO_PAD.encode(place.0.as_bytes())
}

fn decode(cursor: &str) -> Option<EditionId> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
    Uuid::from_slice(&bytes).ok().map(EditionId)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_written_as_the_domain_names_it() {
        for kind in LiveEventType::ALL {
            assert_eq!(serde_json::to_value(ChangeTypeView::from(*kind)).unwrap(), kind.as_str());
        }
    }

    #[test]
    fn a_cursor_comes_back_as_it_went_and_nothing_else_does() {
        let place = EditionId::new();
        assert_eq!(decode(&encode(place)), Some(place));
        for bad in ["", "x", "AAAA", "é", &"A".repeat(32)] {
            assert_eq!(decode(bad), None, "{bad}");
        }
    }
}
