//! Calendars (RFC 5545, RFC 7986): the events of a language, each with its clocks.
//!
//! Written here because no crate that we know writes the `VTIMEZONE` which every `TZID` needs.

use jiff::{Zoned, civil::Date, tz::TimeZone};

use super::{occasion::Occasion, text::blurb};
use crate::{
    domain::item::{Item, Tombstone},
    kernel::{LocaleTag, Timestamp},
};

/// The media type that a calendar is served as.
pub const MEDIA_TYPE: &str = "text/calendar; charset=utf-8";

/// The longest line in bytes, without its end.
const LINE: usize = 75;

/// The events of a language.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// Its name for people, in its language.
    pub name: String,
    /// Its own address.
    pub self_url: String,
    /// The page for people that it belongs to.
    pub home_url: String,
    /// Its language.
    pub locale: LocaleTag,
    /// What it carries.
    pub events: Vec<Event>,
}

/// An event: public, or taken down and therefore cancelled.
#[derive(Clone, Debug)]
pub enum Event {
    /// It is public.
    Live(Box<Item>),
    /// It was taken down.
    Cancelled {
        /// What is left of it.
        tombstone: Box<Tombstone>,
        /// "Withdrawn" or "Retracted" in the calendar's language: takes the title's place.
        title: String,
        /// When it would have been, from its details.
        details: serde_json::Value,
    },
}

impl Event {
    /// The id that never changes.
    pub fn guid(&self) -> &str {
        match self {
            Self::Live(item) => &item.guid,
            Self::Cancelled { tombstone, .. } => &tombstone.guid,
        }
    }
}

/// What is written of an event.
struct Said<'a> {
    uid: &'a str,
    sequence: u32,
    published_at: Timestamp,
    changed_at: Timestamp,
    occasion: Occasion,
    summary: &'a str,
    description: String,
    location: Option<String>,
    url: &'a str,
    topics: Vec<&'a str>,
    status: &'static str,
}

/// The iCalendar document of a calendar.
pub fn write(calendar: &Calendar) -> Vec<u8> {
    let said: Vec<Said<'_>> = calendar.events.iter().filter_map(said).collect();
    let mut lines = Lines::default();
    let locale = calendar.locale.as_str();
    lines.put("BEGIN", "VCALENDAR");
    lines.put("VERSION", "2.0");
    lines.put("PRODID", "-//Lan Toa//NONSGML Lan Toa//EN");
    lines.put("CALSCALE", "GREGORIAN");
    lines.text(&format!("NAME;LANGUAGE={locale}"), &calendar.name);
    lines.text("X-WR-CALNAME", &calendar.name);
    lines.put("SOURCE;VALUE=URI", &calendar.self_url);
    lines.put("URL;VALUE=URI", &calendar.home_url);
    lines.put("REFRESH-INTERVAL;VALUE=DURATION", "PT1H");
    lines.put("X-PUBLISHED-TTL", "PT1H");
    let mut zones: Vec<&TimeZone> = Vec::new();
    for zone in said.iter().filter(|one| !one.occasion.all_day).map(|one| one.occasion.starts.time_zone()) {
        if !zones.iter().any(|known| known.iana_name() == zone.iana_name()) {
            zones.push(zone);
        }
    }
    for zone in zones {
        let of_zone = said.iter().filter(|one| one.occasion.starts.time_zone().iana_name() == zone.iana_name());
        let moments = of_zone.flat_map(|one| std::iter::once(&one.occasion.starts).chain(&one.occasion.ends));
        let moments: Vec<jiff::Timestamp> = moments.map(Zoned::timestamp).collect();
        if let Some((first, last)) = moments.iter().min().zip(moments.iter().max()) {
            write_zone(&mut lines, zone, *first, *last);
        }
    }
    for one in &said {
        write_event(&mut lines, one, locale);
    }
    lines.put("END", "VCALENDAR");
    lines.0.into_bytes()
}

fn said(event: &Event) -> Option<Said<'_>> {
    match event {
        Event::Live(item) => {
            let venue = item.details.as_ref().and_then(|details| details["venue"].as_str());
            // A venue that tells its place already needs it no second time.
            let place = item.place.as_deref().filter(|place| venue.is_none_or(|venue| !venue.contains(place)));
            let places: Vec<&str> = venue.into_iter().chain(place).collect();
            Some(Said {
                uid: &item.guid,
                sequence: item.sequence,
                published_at: item.published_at,
                changed_at: item.updated_at,
                occasion: Occasion::of(item)?,
                summary: &item.title,
                description: format!("{}\n\n{}", blurb(item), item.url),
                location: Some(places.join(", ")).filter(|place| !place.is_empty()),
                url: &item.url,
                topics: item.topics.iter().map(|topic| topic.name.as_str()).collect(),
                status: "CONFIRMED",
            })
        }
        Event::Cancelled { tombstone, title, details } => Some(Said {
            uid: &tombstone.guid,
            sequence: tombstone.sequence,
            published_at: tombstone.published_at,
            changed_at: tombstone.at,
            occasion: Occasion::read(details)?,
            summary: title,
            description: tombstone.note.clone(),
            location: None,
            url: &tombstone.url,
            topics: Vec::new(),
            status: "CANCELLED",
        }),
    }
}

fn write_event(lines: &mut Lines, event: &Said<'_>, locale: &str) {
    let changed = utc(event.changed_at);
    lines.put("BEGIN", "VEVENT");
    lines.put("UID", event.uid);
    // As of the change and not of the asking: the same calendar is the same bytes.
    lines.put("DTSTAMP", &changed);
    lines.put("CREATED", &utc(event.published_at));
    lines.put("LAST-MODIFIED", &changed);
    lines.put("SEQUENCE", &(event.sequence - 1).to_string());
    lines.put("STATUS", event.status);
    write_span(lines, &event.occasion);
    lines.text(&format!("SUMMARY;LANGUAGE={locale}"), event.summary);
    lines.text(&format!("DESCRIPTION;LANGUAGE={locale}"), &event.description);
    if let Some(place) = &event.location {
        lines.text(&format!("LOCATION;LANGUAGE={locale}"), place);
    }
    if !event.topics.is_empty() {
        let topics: Vec<String> = event.topics.iter().map(|topic| escaped(topic)).collect();
        lines.put(&format!("CATEGORIES;LANGUAGE={locale}"), &topics.join(","));
    }
    // Who follows the province's events is not busy by them.
    lines.put("TRANSP", "TRANSPARENT");
    lines.put("URL", event.url);
    lines.put("END", "VEVENT");
}

fn write_span(lines: &mut Lines, occasion: &Occasion) {
    let Occasion { starts, ends, all_day } = occasion;
    if !all_day {
        let zone = starts.time_zone().iana_name().unwrap_or("UTC");
        let local = |at: &Zoned| at.strftime("%Y%m%dT%H%M%S").to_string();
        lines.put(&format!("DTSTART;TZID={zone}"), &local(starts));
        if let Some(ends) = ends {
            lines.put(&format!("DTEND;TZID={zone}"), &local(ends));
        }
        return;
    }
    let day = |date: Date| date.strftime("%Y%m%d").to_string();
    lines.put("DTSTART;VALUE=DATE", &day(starts.date()));
    // The first day on which it is over: the day after the last one, unless it ends at midnight.
    let over = ends.as_ref().map(|end| {
        let is_midnight = end.time() == jiff::civil::Time::midnight() && end.date() > starts.date();
        if is_midnight { end.date() } else { end.date().tomorrow().unwrap_or(Date::MAX) }
    });
    if let Some(over) = over {
        lines.put("DTEND;VALUE=DATE", &day(over));
    }
}

/// A zone as far as the events need it: what its clocks were set to before the first of them, and each time they were
/// changed until the last.
fn write_zone(lines: &mut Lines, zone: &TimeZone, first: jiff::Timestamp, last: jiff::Timestamp) {
    lines.put("BEGIN", "VTIMEZONE");
    lines.put("TZID", zone.iana_name().unwrap_or("UTC"));
    let before = zone.preceding(first).next();
    // One that never changed began at some time; any before the first event will do.
    let since = before.as_ref().map_or(jiff::Timestamp::UNIX_EPOCH.min(first), jiff::tz::TimeZoneTransition::timestamp);
    let later = zone.following(first).take_while(|change| change.timestamp() <= last).map(|change| change.timestamp());
    for at in std::iter::once(since).chain(later) {
        let earlier = at.checked_sub(jiff::SignedDuration::from_secs(1)).unwrap_or(at);
        let (from, to) = (zone.to_offset(earlier), zone.to_offset_info(at));
        let kind = if to.dst().is_dst() { "DAYLIGHT" } else { "STANDARD" };
        lines.put("BEGIN", kind);
        lines.put("DTSTART", &from.to_datetime(at).strftime("%Y%m%dT%H%M%S").to_string());
        lines.put("TZOFFSETFROM", &offset(from));
        lines.put("TZOFFSETTO", &offset(to.offset()));
        lines.text("TZNAME", to.abbreviation());
        lines.put("END", kind);
    }
    lines.put("END", "VTIMEZONE");
}

fn offset(offset: jiff::tz::Offset) -> String {
    let (sign, seconds) = (if offset.seconds() < 0 { '-' } else { '+' }, offset.seconds().unsigned_abs());
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let rest = if rest == 0 { String::new() } else { format!("{rest:02}") };
    format!("{sign}{hours:02}{minutes:02}{rest}")
}

fn utc(at: Timestamp) -> String {
    at.utc().format("%Y%m%dT%H%M%SZ").to_string()
}

/// Text as a value: what would end it, escaped; what a calendar cannot carry, left out.
fn escaped(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => value.extend(['\\', c]),
            '\n' | '\r' => value.push_str("\\n"),
            c if c.is_control() && c != '\t' => {}
            c => value.push(c),
        }
    }
    value
}

/// The lines of a document.
#[derive(Default)]
struct Lines(String);

impl Lines {
    fn text(&mut self, name: &str, text: &str) {
        self.put(name, &escaped(text));
    }

    /// A line, folded where it is too long, and never within a character.
    fn put(&mut self, name: &str, value: &str) {
        let mut used = 0;
        for c in name.chars().chain([':']).chain(value.chars()) {
            if used + c.len_utf8() > LINE {
                self.0.push_str("\r\n ");
                used = 1;
            }
            self.0.push(c);
            used += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests;
