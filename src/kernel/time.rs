//! Moments in UTC, cut to microseconds, and the clock that gives them.

use std::{
    fmt,
    str::FromStr,
    sync::{
        Arc, LazyLock,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, Instant},
};

use chrono::{DateTime, SecondsFormat, Utc};

/// A moment in UTC with microseconds, the precision that both databases keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Timestamp(DateTime<Utc>);

/// A text that is no RFC 3339 moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an RFC 3339 date and time with an offset")]
pub struct BadTimestamp;

impl Timestamp {
    /// The moment so many microseconds after 1970 began, if the calendar reaches it.
    pub fn from_micros(micros: i64) -> Option<Self> {
        DateTime::from_timestamp_micros(micros).map(Self)
    }

    /// Microseconds since 1970 began.
    pub fn micros(self) -> i64 {
        self.0.timestamp_micros()
    }

    /// Whole seconds since 1970 began.
    pub fn seconds(self) -> i64 {
        self.0.timestamp()
    }

    /// The moment so much later.
    #[must_use]
    pub fn plus(self, span: Duration) -> Self {
        let span = chrono::Duration::from_std(span).unwrap_or(chrono::Duration::MAX);
        Self(self.0.checked_add_signed(span).unwrap_or(DateTime::<Utc>::MAX_UTC))
    }

    /// The moment a span before this one.
    #[must_use]
    pub fn minus(self, span: Duration) -> Self {
        let span = chrono::Duration::from_std(span).unwrap_or(chrono::Duration::MAX);
        Self(self.0.checked_sub_signed(span).unwrap_or(DateTime::<Utc>::MIN_UTC))
    }

    /// The moment as chrono has it, for the database.
    pub fn utc(self) -> DateTime<Utc> {
        self.0
    }

    /// The year, for a `tag:` URI.
    pub fn year(self) -> i32 {
        chrono::Datelike::year(&self.0)
    }

    /// RFC 3339 with microseconds always written, so that texts sort as moments do.
    pub fn exact(self) -> String {
        self.0.to_rfc3339_opts(SecondsFormat::Micros, true)
    }

    /// An HTTP date (RFC 9110), in whole seconds.
    pub fn http_date(self) -> String {
        self.0.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
    }
}

impl From<DateTime<Utc>> for Timestamp {
    fn from(moment: DateTime<Utc>) -> Self {
        Self(DateTime::from_timestamp_micros(moment.timestamp_micros()).unwrap_or(moment))
    }
}

impl FromStr for Timestamp {
    type Err = BadTimestamp;

    fn from_str(raw: &str) -> Result<Self, BadTimestamp> {
        let moment = DateTime::parse_from_rfc3339(raw).map_err(|_| BadTimestamp)?;
        // A year of more than four digits has no RFC 3339 form to give back.
        let years = 0..=9999;
        if years.contains(&chrono::Datelike::year(&moment.to_utc())) {
            Ok(moment.to_utc().into())
        } else {
            Err(BadTimestamp)
        }
    }
}

impl fmt::Display for Timestamp {
    /// RFC 3339 in UTC with `Z`, the fraction only where there is one.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}

/// Where the time comes from: the system, or a hand that sets it.
#[derive(Clone, Debug, Default)]
pub struct Clock(Option<Arc<AtomicI64>>);

impl Clock {
    /// The system's clock.
    pub fn system() -> Self {
        Self(None)
    }

    /// A clock that stands at a moment until it is set or moved.
    pub fn standing(at: Timestamp) -> Self {
        Self(Some(Arc::new(AtomicI64::new(at.micros()))))
    }

    /// This moment.
    ///
    /// # Panics
    /// Never: a standing clock is only ever set from a moment.
    pub fn now(&self) -> Timestamp {
        match &self.0 {
            None => Utc::now().into(),
            Some(micros) => Timestamp::from_micros(micros.load(Ordering::SeqCst)).expect("set from a moment"),
        }
    }

    /// Time that has passed since some moment, which no setting of the system's clock changes.
    pub fn running(&self) -> Duration {
        static BEGAN: LazyLock<Instant> = LazyLock::new(Instant::now);
        match &self.0 {
            None => BEGAN.elapsed(),
            Some(micros) => Duration::from_micros(micros.load(Ordering::SeqCst).unsigned_abs()),
        }
    }

    /// Moves a standing clock; the system's clock is left alone.
    pub fn set(&self, at: Timestamp) {
        if let Some(micros) = &self.0 {
            micros.store(at.micros(), Ordering::SeqCst);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_sort_as_moments_do() {
        let early: Timestamp = "2026-11-22T09:00:00+07:00".parse().unwrap();
        let late = early.plus(Duration::from_micros(1));
        assert_eq!(early.to_string(), "2026-11-22T02:00:00Z");
        assert_eq!(late.to_string(), "2026-11-22T02:00:00.000001Z");
        assert!(early.exact() < late.exact());
        assert_eq!(early.http_date(), "Sun, 22 Nov 2026 02:00:00 GMT");
    }

    #[test]
    fn a_standing_clock_moves_only_when_it_is_set() {
        let noon: Timestamp = "2026-11-22T12:00:00Z".parse().unwrap();
        let clock = Clock::standing(noon);
        clock.set(noon.plus(Duration::from_mins(1)));
        assert_eq!(clock.now(), "2026-11-22T12:01:00Z".parse().unwrap());
    }
}
