//! Freshness: whether a translation still follows its source. Computed, never stored,
//! and never from timestamps.

use super::revision::ChangeClass;

/// How a translation stands to its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness {
    /// It follows the source's reference revision.
    Fresh,
    /// The source has changed in substance since.
    Stale {
        /// The source's revision that it was made from.
        made_from: u32,
        /// The source's revision that it should follow.
        reference: u32,
    },
}

impl Freshness {
    /// Whether it is stale.
    pub fn is_stale(self) -> bool {
        matches!(self, Self::Stale { .. })
    }
}

/// The source's reference revision: its live one, else the approved one, else the newest.
pub fn reference(live: Option<u32>, approved: Option<u32>, newest: u32) -> u32 {
    live.or(approved).unwrap_or(newest)
}

/// The newest revision of substance among those up to `reference`; the first always is one.
pub fn last_major(history: &[(u32, ChangeClass)], reference: u32) -> u32 {
    let major = |(number, change): &&(u32, ChangeClass)| *change == ChangeClass::Major && *number <= reference;
    history.iter().filter(major).map(|(number, _)| *number).max().unwrap_or(1)
}

/// The source's revision that a text follows: the one that it was made from, or a newer one that it was attested to hold
/// against.
pub fn follows(made_from: u32, attested: impl IntoIterator<Item = u32>) -> u32 {
    attested.into_iter().fold(made_from, u32::max)
}

/// Fresh when only minor or shared revisions lie between; `last_major` is that of the reference.
pub fn freshness(made_from: u32, reference: u32, last_major: u32) -> Freshness {
    if made_from >= last_major { Freshness::Fresh } else { Freshness::Stale { made_from, reference } }
}

#[cfg(test)]
mod tests {
    use ChangeClass::{Major, Minor, Shared};

    use super::*;

    #[test]
    fn the_reference_is_the_live_one_then_the_approved_then_the_newest() {
        assert_eq!(reference(Some(1), Some(2), 3), 1);
        assert_eq!(reference(None, Some(2), 3), 2);
        assert_eq!(reference(None, None, 3), 3);
    }

    #[test]
    fn an_attested_text_follows_what_it_was_attested_to_hold_against() {
        assert_eq!(follows(1, []), 1);
        assert_eq!(follows(1, [3, 2]), 3);
        assert_eq!(follows(4, [3]), 4, "an older attestation takes nothing back");
        let history = [(1, Major), (2, Major), (3, Minor), (4, Major)];
        let stale = |reference| freshness(follows(1, [2]), reference, last_major(&history, reference)).is_stale();
        assert!(!stale(2) && !stale(3) && stale(4));
    }

    #[test]
    fn only_substance_makes_a_translation_stale() {
        let history = [(1, Major), (2, Minor), (3, Shared), (4, Major), (5, Minor)];
        let stale = |made_from, reference| freshness(made_from, reference, last_major(&history, reference)).is_stale();
        assert!(!stale(1, 3));
        assert!(stale(1, 4));
        assert!(stale(3, 5));
        assert!(!stale(4, 5));
        assert!(!stale(5, 3), "made from a newer text than the live one");
    }
}
