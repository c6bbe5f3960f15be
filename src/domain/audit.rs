//! The audit chain, `audit_v1`: every change leaves an entry that holds the hash of the one
//! before. Entries hold ids and hashes, never names, comments or addresses, so that erasing
//! a person's data breaks nothing.

use serde_json::{Value, json};

use crate::kernel::{AccountId, Digest, Timestamp, canonical_json};

/// What a change did, before it has its place in the chain.
#[derive(Clone, Debug)]
pub struct Draft {
    /// When.
    pub at: Timestamp,
    /// Who; none for the system itself.
    pub actor: Option<AccountId>,
    /// What, such as `edition.published`.
    pub action: String,
    /// The kind of thing it was done to.
    pub subject_type: String,
    /// Its id or code.
    pub subject_id: String,
    /// Ids and hashes that prove it.
    pub data: Value,
}

/// An entry in its place.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its place, from 1.
    pub seq: u64,
    /// What happened.
    pub draft: Draft,
    /// The hash of the entry before; of nothing for the first.
    pub prev: Digest,
    /// Its own hash.
    pub hash: Digest,
}

impl Entry {
    /// Whether its own hash is that of what it says.
    pub fn is_whole(&self) -> bool {
        entry_hash(self.seq, &self.draft, self.prev) == self.hash
    }
}

/// What the first entry has in the place of a previous hash.
pub fn genesis() -> Digest {
    Digest::of("audit_v1")
}

/// The hash of an entry.
pub fn entry_hash(seq: u64, draft: &Draft, prev: Digest) -> Digest {
    Digest::of(canonical_json(&json!({
        "v": 1,
        "seq": seq,
        "at": draft.at.to_string(),
        "actor": draft.actor.map(|id| id.to_string()),
        "action": draft.action,
        "subject": {"type": draft.subject_type, "id": draft.subject_id},
        "data": draft.data,
        "prev": prev.to_string(),
    })))
}

/// The entry that follows `prev`.
pub fn chain(seq: u64, draft: Draft, prev: Digest) -> Entry {
    let hash = entry_hash(seq, &draft, prev);
    Entry { seq, draft, prev, hash }
}

/// What is wrong with a chain, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// An entry is not there.
    Missing(u64),
    /// An entry is not what it was.
    Altered(u64),
    /// The chain ends before an entry that is known to have been written.
    CutShort(u64),
}

impl Broken {
    /// The entry that is named.
    pub fn seq(self) -> u64 {
        match self {
            Self::Missing(seq) | Self::Altered(seq) | Self::CutShort(seq) => seq,
        }
    }
}

/// Walks a chain, entry by entry.
#[derive(Clone, Copy, Debug)]
pub struct Walk {
    /// The last good entry's place; 0 before the first.
    pub seq: u64,
    /// Its hash.
    pub head: Digest,
}

impl Default for Walk {
    fn default() -> Self {
        Self { seq: 0, head: genesis() }
    }
}

impl Walk {
    /// Takes the next entry.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn step(&mut self, entry: &Entry) -> Result<(), Broken> {
        let expected = self.seq + 1;
        if entry.seq != expected {
            return Err(Broken::Missing(expected));
        }
        if entry.prev != self.head || !entry.is_whole() {
            return Err(Broken::Altered(entry.seq));
        }
        *self = Self { seq: entry.seq, head: entry.hash };
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries() -> Vec<Entry> {
        let at = "2026-11-22T02:00:00Z".parse().unwrap();
        let mut walk = Walk::default();
        (1..=4_u64)
            .map(|seq| {
                let draft = Draft {
                    at,
                    actor: Some(AccountId::new()),
                    action: "edition.saved".to_owned(),
                    subject_type: "edition".to_owned(),
                    subject_id: seq.to_string(),
                    data: json!({"hash": "x"}),
                };
                let entry = chain(seq, draft, walk.head);
                walk.step(&entry).unwrap();
                entry
            })
            .collect()
    }

    fn verify(entries: &[Entry]) -> Result<Walk, Broken> {
        let mut walk = Walk::default();
        entries.iter().try_for_each(|entry| walk.step(entry))?;
        Ok(walk)
    }

    #[test]
    fn a_changed_removed_inserted_or_swapped_entry_is_named() {
        let good = entries();
        assert_eq!(verify(&good).unwrap().seq, 4);

        let mut changed = good.clone();
        changed[1].draft.action = "edition.published".to_owned();
        assert_eq!(verify(&changed).unwrap_err(), Broken::Altered(2));

        let mut rehashed = changed;
        rehashed[1].hash = entry_hash(2, &rehashed[1].draft, rehashed[1].prev);
        assert_eq!(verify(&rehashed).unwrap_err(), Broken::Altered(3));

        let mut removed = good.clone();
        removed.remove(2);
        assert_eq!(verify(&removed).unwrap_err(), Broken::Missing(3));

        let mut swapped = good.clone();
        swapped.swap(1, 2);
        assert_eq!(verify(&swapped).unwrap_err(), Broken::Missing(2));

        let mut inserted = good.clone();
        inserted.insert(2, good[1].clone());
        assert_eq!(verify(&inserted).unwrap_err(), Broken::Missing(3));
    }
}
