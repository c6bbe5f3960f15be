//! What this process knows of commits: its own at once, those of others when it looks.

use std::sync::atomic::{AtomicI64, Ordering};

use tokio::sync::watch;

use crate::kernel::Timestamp;

/// The newest event, and the moment of the newest change of what is public.
#[derive(Debug)]
pub(super) struct Noticed {
    committed: watch::Sender<i64>,
    /// In microseconds; the least number there is before the first change.
    changed: AtomicI64,
}

impl Noticed {
    pub(super) fn nothing() -> Self {
        Self { committed: watch::Sender::new(0), changed: AtomicI64::new(i64::MIN) }
    }

    /// Takes note of an event's number and of a change's moment, where they are newer.
    pub(super) fn note(&self, newest: i64, changed: Option<Timestamp>) {
        // First: who sees the number move finds the moment that belongs to it.
        if let Some(at) = changed {
            self.changed.fetch_max(at.micros(), Ordering::SeqCst);
        }
        self.committed.send_if_modified(|seen| {
            let moved = newest > *seen;
            *seen = newest.max(*seen);
            moved
        });
    }

    /// The number of the newest event, to be waited on.
    pub(super) fn committed(&self) -> watch::Receiver<i64> {
        self.committed.subscribe()
    }

    /// Whether an event of this number is news.
    pub(super) fn is_news(&self, newest: i64) -> bool {
        newest > *self.committed.borrow()
    }

    /// The moment of the newest change of what is public.
    pub(super) fn changed(&self) -> Option<Timestamp> {
        Some(self.changed.load(Ordering::SeqCst)).filter(|micros| *micros != i64::MIN).and_then(Timestamp::from_micros)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_newer_is_noted() {
        let at = |second: i64| Timestamp::from_micros(second * 1_000_000).unwrap();
        let noticed = Noticed::nothing();
        assert_eq!((*noticed.committed().borrow(), noticed.changed()), (0, None));

        noticed.note(2, Some(at(20)));
        noticed.note(1, Some(at(10)));
        noticed.note(3, None);

        assert_eq!((*noticed.committed().borrow(), noticed.changed()), (3, Some(at(20))));
        assert!(noticed.is_news(4) && !noticed.is_news(3));
    }
}
