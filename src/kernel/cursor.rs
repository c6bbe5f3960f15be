//! Cursors and pages: a place in a list that holds while others insert.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use uuid::Uuid;

use super::Timestamp;

/// Items a page has when nothing is asked.
pub const DEFAULT_LIMIT: u64 = 20;
/// Most items a page can have.
pub const MAX_LIMIT: u64 = 100;

/// A place in a list sorted by (moment, id), opaque to clients.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The last item's moment.
    pub at: Timestamp,
    /// The last item's id, which settles equal moments.
    pub id: Uuid,
}

/// A text that is no cursor of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a cursor of this list")]
pub struct BadCursor;

impl Cursor {
    /// The opaque text.
    pub fn encode(&self) -> String {
        let mut bytes = [0; 24];
        bytes[..8].copy_from_slice(&self.at.micros().to_be_bytes());
        bytes[8..].copy_from_slice(self.id.as_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The cursor that a text stands for.
    pub fn decode(text: &str) -> Result<Self, BadCursor> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| BadCursor)?;
        let (micros, id) = bytes.split_first_chunk::<8>().ok_or(BadCursor)?;
        let at = Timestamp::from_micros(i64::from_be_bytes(*micros)).ok_or(BadCursor)?;
        // Moments outside four-digit years have no text that both databases order alike.
        if !(0..=9999).contains(&at.year()) {
            return Err(BadCursor);
        }
        Ok(Self { at, id: Uuid::from_slice(id).map_err(|_| BadCursor)? })
    }
}

/// Which page of a list is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageRequest {
    /// The place after which it begins; the list's beginning if absent.
    pub after: Option<Cursor>,
    /// How many items at most, 1 to [`MAX_LIMIT`].
    pub limit: u64,
}

impl Default for PageRequest {
    fn default() -> Self {
        Self { after: None, limit: DEFAULT_LIMIT }
    }
}

/// A page of a list and where the next one begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// The items.
    pub items: Vec<T>,
    /// The place after the last item, where more follow.
    pub next: Option<Cursor>,
}

impl<T> Page<T> {
    /// The page from up to `limit + 1` rows: the one too many only says that more follow.
    pub fn cut(mut items: Vec<T>, limit: u64, place: impl Fn(&T) -> Cursor) -> Self {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = items.len() > limit;
        items.truncate(limit);
        let next = if more { items.last().map(place) } else { None };
        Self { items, next }
    }

    /// The same page of other things.
    pub fn map<U>(self, each: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(each).collect(), next: self.next }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_as_it_went_and_nothing_else_does() {
        let cursor = Cursor { at: "2026-11-22T12:00:00.000001Z".parse().unwrap(), id: Uuid::now_v7() };
        assert_eq!(Cursor::decode(&cursor.encode()), Ok(cursor));
        for bad in ["", "x", "AAAA", "é", &"A".repeat(31), &"f".repeat(32)] {
            assert!(Cursor::decode(bad).is_err(), "{bad}");
        }
    }
}
