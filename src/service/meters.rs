//! What this process counts of its own work, for who looks after it.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use crate::kernel::{Counter, Timestamp};

/// The meters of one process.
#[derive(Debug, Default)]
pub struct Meters {
    jobs: Mutex<BTreeMap<&'static str, Arc<Job>>>,
    /// Looks at everything.
    pub sweep: Last,
    /// Rows that those looks read.
    pub rows: Counter,
    /// Readings of the audit chain from its first entry.
    pub chain: Last,
    /// Good entries that the last of them found.
    pub entries: Counter,
    /// Whether the last of them found something wrong: 1 or 0.
    pub broken: Counter,
}

/// A job that is done again and again.
#[derive(Debug, Default)]
pub struct Job {
    /// Its name.
    pub name: &'static str,
    /// Times that it was done, well or not.
    pub runs: Counter,
    /// Times that it failed.
    pub failures: Counter,
    /// When it was done well last.
    pub done: Last,
}

/// When something was done last, and how long that took.
#[derive(Debug, Default)]
pub struct Last {
    micros: Counter,
    took: Counter,
}

impl Meters {
    /// The meter of a job, by its name.
    pub fn job(&self, name: &'static str) -> Arc<Job> {
        let mut jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(jobs.entry(name).or_insert_with(|| Arc::new(Job { name, ..Job::default() })))
    }

    /// All jobs, by their names.
    pub fn jobs(&self) -> Vec<Arc<Job>> {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner).values().cloned().collect()
    }
}

impl Last {
    /// It was done at this moment.
    pub fn set(&self, at: Timestamp, took: Duration) {
        self.took.set(u64::try_from(took.as_micros()).unwrap_or(u64::MAX));
        self.micros.set(u64::try_from(at.micros()).unwrap_or(0));
    }

    /// The moment, in microseconds since 1970 began, and how long it took; nothing if it never was.
    pub fn read(&self) -> Option<(u64, Duration)> {
        let micros = Some(self.micros.read()).filter(|micros| *micros > 0)?;
        Some((micros, Duration::from_micros(self.took.read())))
    }
}
