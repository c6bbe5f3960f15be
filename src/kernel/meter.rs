//! Meters: what is counted while it happens and read now and then, without a lock that anybody would wait for.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

/// How often something happened, or a number that is set now and then.
#[derive(Debug, Default)]
pub struct Counter(AtomicU64);

impl Counter {
    /// It happened once more.
    pub fn one(&self) {
        self.add(1);
    }

    /// It happened so many times more.
    pub fn add(&self, times: u64) {
        // Relaxed: a number is told alone, never together with another one.
        self.0.fetch_add(times, Ordering::Relaxed);
    }

    /// The number is this one now.
    pub fn set(&self, number: u64) {
        self.0.store(number, Ordering::Relaxed);
    }

    /// The number.
    pub fn read(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// Upper ends of the buckets of [`Spans`], in microseconds.
pub const BOUNDS: [u64; 12] =
    [100, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 100_000, 250_000, 1_000_000, 2_500_000, 10_000_000];

/// How long something took, each time that it happened, counted by buckets.
#[derive(Debug, Default)]
pub struct Spans {
    buckets: [Counter; BOUNDS.len()],
    beyond: Counter,
    micros: Counter,
}

/// What [`Spans`] say at one moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spanned {
    /// How many took at most as long as each of [`BOUNDS`].
    pub within: [u64; BOUNDS.len()],
    /// How many there were.
    pub count: u64,
    /// How long they took together, in microseconds.
    pub micros: u64,
}

impl Spans {
    /// It happened, and took so long.
    pub fn add(&self, span: Duration) {
        let micros = u64::try_from(span.as_micros()).unwrap_or(u64::MAX);
        let bucket = BOUNDS.iter().position(|bound| micros <= *bound);
        bucket.map_or(&self.beyond, |place| &self.buckets[place]).one();
        self.micros.add(micros);
    }

    /// What they say, added to what others say.
    #[must_use]
    pub fn read(&self, mut all: Spanned) -> Spanned {
        let mut count = 0;
        for (within, bucket) in all.within.iter_mut().zip(&self.buckets) {
            count += bucket.read();
            *within += count;
        }
        all.count += count + self.beyond.read();
        all.micros = all.micros.wrapping_add(self.micros.read());
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_bucket_counts_what_took_at_most_as_long() {
        let spans = Spans::default();
        for micros in [0, 100, 101, 10_000_000, 10_000_001] {
            spans.add(Duration::from_micros(micros));
        }

        let read = spans.read(Spanned::default());

        assert_eq!((read.within[0], read.within[1], read.within[11]), (2, 3, 4));
        assert_eq!((read.count, read.micros), (5, 20_000_202));
        assert_eq!(spans.read(read).count, 10, "those of several are added");
    }
}
