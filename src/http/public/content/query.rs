//! What a list is asked for.

use std::fmt::Write as _;

use serde::Deserialize;
use utoipa::IntoParams;

use crate::{
    http::public::view::KindView,
    kernel::{
        Cursor, PageRequest,
        cursor::{DEFAULT_LIMIT, MAX_LIMIT},
    },
    service::{Code, Error, FieldCode, FieldError, public::Selection},
};

/// The parameters of a list of articles.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::http::public) struct ListQuery {
    /// Under this topic or one that is part of it.
    topic: Option<String>,
    /// Of this kind.
    #[param(inline)]
    kind: Option<KindView>,
    /// Of this agency.
    agency: Option<String>,
    /// Published then or later.
    #[param(format = DateTime)]
    since: Option<String>,
    /// Published before.
    #[param(format = DateTime)]
    until: Option<String>,
    /// Words to search for; refused until search is built.
    q: Option<String>,
    /// Items of the page, 20 if not said.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u64>,
    /// Where the page begins: the `next_cursor` of the page before.
    cursor: Option<String>,
}

/// A list that was asked for rightly.
#[derive(Debug)]
pub(super) struct Wanted {
    pub(super) selection: Selection,
    pub(super) page: PageRequest,
}

impl ListQuery {
    pub(super) fn read(self) -> Result<Wanted, Error> {
        if self.q.is_some() {
            return Err(Error::new(Code::SearchUnavailable));
        }
        let selection = Selection {
            topic: parsed("topic", self.topic, FieldCode::BadCode)?,
            kind: self.kind.map(Into::into),
            agency: parsed("agency", self.agency, FieldCode::BadCode)?,
            since: parsed("since", self.since, FieldCode::BadTime)?,
            until: parsed("until", self.until, FieldCode::BadTime)?,
        };
        let after = self.cursor.map(|raw| Cursor::decode(&raw).map_err(|_| Error::new(Code::BadCursor))).transpose()?;
        Ok(Wanted { selection, page: PageRequest { after, limit: limit(self.limit)? } })
    }
}

impl Wanted {
    /// The query in its one spelling, with a cursor if there is one.
    pub(super) fn canonical(&self, after: Option<Cursor>) -> String {
        let Selection { topic, kind, agency, since, until } = &self.selection;
        let mut query = format!("limit={}", self.page.limit);
        let mut add = |name: &str, value: Option<String>| {
            if let Some(value) = value {
                let _ = write!(query, "&{name}={value}");
            }
        };
        // None of these values has a character that an address would have to escape.
        add("topic", topic.as_ref().map(ToString::to_string));
        add("kind", kind.map(|kind| kind.to_string()));
        add("agency", agency.as_ref().map(ToString::to_string));
        add("since", since.map(|at| at.to_string()));
        add("until", until.map(|at| at.to_string()));
        add("cursor", after.map(|cursor| cursor.encode()));
        query
    }
}

/// How many items a page has.
pub(super) fn limit(asked: Option<u64>) -> Result<u64, Error> {
    match asked.unwrap_or(DEFAULT_LIMIT) {
        limit @ 1..=MAX_LIMIT => Ok(limit),
        _ => {
            Err(bad_parameter(FieldError::new("limit", FieldCode::NotOneOf).with("expected", format!("1–{MAX_LIMIT}"))))
        }
    }
}

/// The refusal of one parameter.
pub(super) fn bad_parameter(place: FieldError) -> Error {
    Error::new(Code::BadParameter).with("name", place.pointer.as_str()).at(place)
}

fn parsed<T: std::str::FromStr>(name: &str, raw: Option<String>, code: FieldCode) -> Result<Option<T>, Error> {
    raw.map(|raw| raw.parse().map_err(|_| bad_parameter(FieldError::new(name, code)))).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(query: ListQuery) -> (Code, String) {
        let error = query.read().unwrap_err();
        (error.code(), error.errors().first().map(|place| place.pointer.clone()).unwrap_or_default())
    }

    #[test]
    fn what_is_malformed_is_named() {
        let text = |raw: &str| Some(raw.to_owned());
        let bad = |name: &str| (Code::BadParameter, name.to_owned());
        assert_eq!(code(ListQuery { topic: text("Văn"), ..ListQuery::default() }), bad("topic"));
        assert_eq!(code(ListQuery { agency: text(""), ..ListQuery::default() }), bad("agency"));
        assert_eq!(code(ListQuery { since: text("2026-11-22"), ..ListQuery::default() }), bad("since"));
        assert_eq!(code(ListQuery { until: text("x"), ..ListQuery::default() }), bad("until"));
        for limit in [0, 101] {
            assert_eq!(code(ListQuery { limit: Some(limit), ..ListQuery::default() }), bad("limit"));
        }
        assert_eq!(code(ListQuery { cursor: text("x"), ..ListQuery::default() }).0, Code::BadCursor);
        assert_eq!(code(ListQuery { q: text(""), ..ListQuery::default() }).0, Code::SearchUnavailable);
    }

    #[test]
    fn a_query_has_one_spelling() {
        let query = ListQuery {
            topic: Some("van-hoa".to_owned()),
            kind: Some(KindView::PressRelease),
            since: Some("2026-11-22T07:00:00+07:00".to_owned()),
            ..ListQuery::default()
        };
        let canonical = "limit=20&topic=van-hoa&kind=press_release&since=2026-11-22T00:00:00Z";
        assert_eq!(query.read().unwrap().canonical(None), canonical);
    }
}
