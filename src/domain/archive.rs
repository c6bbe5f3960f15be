//! Shelves: the archives of a feed. What was first published on a day stands on that day's shelves, so many entries on
//! each, in their order. Nothing that comes later moves an entry to another shelf.

use std::{fmt, ops::Range, str::FromStr};

use crate::kernel::Timestamp;

/// Entries of a full shelf.
pub const SHELF: usize = 50;

/// Seconds of a day.
const DAY: i64 = 86_400;

/// A shelf: of a day (UTC), the one of this number from 1, or the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shelf {
    day: i64,
    number: Option<usize>,
}

/// No shelf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadShelf;

impl Shelf {
    /// The last shelf of a moment's day.
    pub fn last_of(at: Timestamp) -> Self {
        Self { day: at.seconds().div_euclid(DAY), number: None }
    }

    /// Another shelf of the same day.
    #[must_use]
    pub fn numbered(self, number: usize) -> Self {
        Self { number: Some(number), ..self }
    }

    /// When its day begins, and when it is over.
    pub fn span(self) -> Option<(Timestamp, Timestamp)> {
        let begins = |day: i64| Timestamp::from_micros(day.checked_mul(DAY * 1_000_000)?);
        Some((begins(self.day)?, begins(self.day.checked_add(1)?)?))
    }

    /// Whether its day is over, so that nothing comes on it any more.
    pub fn is_over(self, at: Timestamp) -> bool {
        self.day < at.seconds().div_euclid(DAY)
    }

    /// Its number and which of the day's entries stand on it; none where the day has too few, or where it may still get
    /// more.
    pub fn places(self, entries: usize, at: Timestamp) -> Option<(usize, Range<usize>)> {
        let number = match self.number {
            Some(number) => number,
            None if self.is_over(at) => entries.div_ceil(SHELF),
            None => return None,
        };
        let first = number.checked_sub(1)?.checked_mul(SHELF)?;
        let end = first.checked_add(SHELF)?;
        let is_there = if self.is_over(at) { first < entries } else { end <= entries };
        is_there.then(|| (number, first..end.min(entries)))
    }
}

impl fmt::Display for Shelf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let begins = self.span().map(|(begins, _)| begins.to_string()).ok_or(fmt::Error)?;
        f.write_str(begins.split('T').next().unwrap_or_default())?;
        self.number.map_or(Ok(()), |number| write!(f, "-{number}"))
    }
}

impl FromStr for Shelf {
    type Err = BadShelf;

    fn from_str(raw: &str) -> Result<Self, BadShelf> {
        let (day, rest) = raw.split_at_checked("2026-11-22".len()).ok_or(BadShelf)?;
        let begins: Timestamp = format!("{day}T00:00:00Z").parse().map_err(|_| BadShelf)?;
        let number = match rest.strip_prefix('-') {
            Some(number) => Some(number.parse().map_err(|_| BadShelf)?),
            None if rest.is_empty() => None,
            None => return Err(BadShelf),
        };
        let shelf = Self { number, ..Self::last_of(begins) };
        // One shelf has one spelling.
        if shelf.to_string() == raw { Ok(shelf) } else { Err(BadShelf) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shelf(raw: &str) -> Shelf {
        raw.parse().unwrap()
    }

    fn at(raw: &str) -> Timestamp {
        raw.parse().unwrap()
    }

    #[test]
    fn a_shelf_has_one_spelling() {
        for good in ["2026-11-22", "2026-11-22-1", "1969-12-31-12", "2028-02-29"] {
            assert_eq!(shelf(good).to_string(), good);
        }
        for bad in
            ["", "2026-11-31", "2026-11-22-", "2026-11-22-01", "2026-11-22-+1", "2026-11-22x", "đđđđđ", "2026-1-22"]
        {
            assert_eq!(bad.parse::<Shelf>(), Err(BadShelf), "{bad}");
        }
        assert_eq!(Shelf::last_of(at("2026-11-22T23:59:59.999Z")), shelf("2026-11-22"));
    }

    #[test]
    fn a_day_that_is_over_has_all_its_entries_on_its_shelves() {
        let now = at("2026-11-23T00:00:00Z");
        for entries in [1, 49, 50, 51, 100, 149] {
            let shelves: Vec<_> = (1..)
                .map_while(|n| shelf("2026-11-22").numbered(n).places(entries, now))
                .map(|(_, range)| range)
                .collect();
            assert_eq!(shelves.iter().map(ExactSizeIterator::len).sum::<usize>(), entries);
            assert_eq!(
                shelf("2026-11-22").places(entries, now).unwrap(),
                (shelves.len(), shelves.last().unwrap().clone())
            );
        }
        assert_eq!(shelf("2026-11-22").places(0, now), None);
        assert_eq!(shelf("2026-11-22-0").places(5, now), None);
    }

    #[test]
    fn a_shelf_that_may_still_get_more_is_not_shown() {
        let now = at("2026-11-22T23:59:59Z");
        assert_eq!(shelf("2026-11-22").places(70, now), None);
        assert_eq!(shelf("2026-11-22-1").places(49, now), None);
        assert_eq!(shelf("2026-11-22-1").places(50, now), Some((1, 0..50)));
        assert_eq!(shelf("2026-11-22-2").places(99, now), None);
    }
}
