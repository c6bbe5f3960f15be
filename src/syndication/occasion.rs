//! When an event is, as its details say: two moments and the clocks of the place.

use jiff::{Zoned, tz::TimeZone};
use serde_json::Value;

use crate::{
    domain::{article::Kind, item::Item},
    kernel::Timestamp,
};

/// When an event is.
#[derive(Clone, Debug)]
pub(super) struct Occasion {
    /// When it begins, by the clocks there.
    pub(super) starts: Zoned,
    /// When it ends, where that is known.
    pub(super) ends: Option<Zoned>,
    /// Whether it takes whole days.
    pub(super) all_day: bool,
}

impl Occasion {
    /// When the event of an item is; none where it is of another kind.
    pub(super) fn of(item: &Item) -> Option<Self> {
        Self::read(item.details.as_ref().filter(|_| item.kind == Kind::Event)?)
    }

    /// When an event with these details is.
    pub(super) fn read(details: &Value) -> Option<Self> {
        let zone = TimeZone::get(details["time_zone"].as_str()?).ok()?;
        let at = |name: &str| zoned(details[name].as_str()?.parse().ok()?, &zone);
        Some(Self { starts: at("starts_at")?, ends: at("ends_at"), all_day: details["all_day"] == true })
    }

    /// The beginning as ISO 8601 writes it: with the distance to UTC, or only the day.
    pub(super) fn start(&self) -> String {
        self.written(&self.starts)
    }

    /// The end in the same way.
    pub(super) fn end(&self) -> Option<String> {
        self.ends.as_ref().map(|end| self.written(end))
    }

    fn written(&self, at: &Zoned) -> String {
        at.strftime(if self.all_day { "%Y-%m-%d" } else { "%Y-%m-%dT%H:%M:%S%:z" }).to_string()
    }
}

fn zoned(at: Timestamp, zone: &TimeZone) -> Option<Zoned> {
    Some(jiff::Timestamp::from_microsecond(at.micros()).ok()?.to_zoned(zone.clone()))
}
