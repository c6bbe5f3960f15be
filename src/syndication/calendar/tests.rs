use icalendar::parser::{read_calendar, unfold};
use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::{
    domain::{article::Kind, publication::TakeDown},
    syndication::{
        Entry,
        samples::{any_text, gone, hour, item, rich},
    },
};

fn event(details: serde_json::Value) -> Item {
    Item { kind: Kind::Event, details: Some(details), ..rich(7) }
}

fn fair() -> Item {
    event(json!({"starts_at": "2026-12-05T01:00:00Z", "ends_at": "2026-12-05T04:30:00Z",
        "time_zone": "Asia/Ho_Chi_Minh", "venue": "Quảng trường; \"A\", B"}))
}

fn written(events: Vec<Event>) -> String {
    let calendar = Calendar {
        name: "Sự kiện, lễ hội".to_owned(),
        self_url: "https://tinh.example/api/v1/content/vi/events.ics".to_owned(),
        home_url: "https://tinh.example/vi".to_owned(),
        locale: "vi".parse().unwrap(),
        events,
    };
    String::from_utf8(write(&calendar)).unwrap()
}

fn live(item: Item) -> String {
    written(vec![Event::Live(Box::new(item))])
}

/// The document's lines as they were before they were folded.
fn lines(document: &str) -> Vec<String> {
    assert!(document.ends_with("\r\n") && !document.replace("\r\n", "").contains(['\r', '\n']));
    assert!(document.split("\r\n").all(|line| line.len() <= 75), "{document}");
    read_calendar(&unfold(document)).unwrap();
    document.replace("\r\n ", "").lines().map(str::to_owned).collect()
}

#[track_caller]
fn says(document: &str, wanted: &[&str]) {
    let lines = lines(document);
    for line in wanted {
        assert!(lines.iter().any(|one| one == line), "{line} is not among {lines:#?}");
    }
}

#[test]
fn an_event_has_its_clocks_its_words_and_its_id() {
    let item = fair();
    let document = live(item.clone());
    says(
        &document,
        &[
            "NAME;LANGUAGE=vi:Sự kiện\\, lễ hội",
            &format!("UID:{}", item.guid),
            "SEQUENCE:2",
            "STATUS:CONFIRMED",
            "DTSTART;TZID=Asia/Ho_Chi_Minh:20261205T080000",
            "DTEND;TZID=Asia/Ho_Chi_Minh:20261205T113000",
            "DTSTAMP:20261123T150000Z",
            "LAST-MODIFIED:20261123T150000Z",
            "CREATED:20261122T090000Z",
            "SUMMARY;LANGUAGE=vi:Bài số 7",
            "LOCATION;LANGUAGE=vi:Quảng trường\\; \"A\"\\, B\\, Hòn Đất",
            "CATEGORIES;LANGUAGE=vi:Biển\\, đảo",
        ],
    );
    assert!(!document.contains("TZID=Asia/Ho_Chi_Minh:20261205T080000Z"));
}

#[test]
fn the_zone_of_vietnam_is_one_observance() {
    let document = live(fair());
    let lines = lines(&document);
    let zone: Vec<&str> = lines.iter().skip_while(|line| *line != "BEGIN:VTIMEZONE").map(String::as_str).collect();
    let end = zone.iter().position(|line| *line == "END:VTIMEZONE").unwrap();
    assert_eq!(
        zone[..=end],
        [
            "BEGIN:VTIMEZONE",
            "TZID:Asia/Ho_Chi_Minh",
            "BEGIN:STANDARD",
            "DTSTART:19750613T000000",
            "TZOFFSETFROM:+0800",
            "TZOFFSETTO:+0700",
            "TZNAME:+07",
            "END:STANDARD",
            "END:VTIMEZONE",
        ]
    );
}

#[test]
fn a_zone_with_summer_time_has_each_change_until_the_last_event() {
    let at = |from: &str, to: &str| json!({"starts_at": from, "ends_at": to, "time_zone": "Europe/Paris"});
    let document = live(event(at("2026-10-20T08:00:00Z", "2026-11-20T09:00:00Z")));
    says(&document, &["DTSTART;TZID=Europe/Paris:20261020T100000", "DTEND;TZID=Europe/Paris:20261120T100000"]);
    let zone = document.split("END:VTIMEZONE").next().unwrap();
    assert_eq!((zone.matches("BEGIN:DAYLIGHT").count(), zone.matches("BEGIN:STANDARD").count()), (1, 1), "{zone}");
    says(&document, &["DTSTART:20260329T020000", "DTSTART:20261025T030000", "TZOFFSETFROM:+0200", "TZNAME:CEST"]);
}

#[test]
fn whole_days_have_no_clocks_and_end_on_the_day_after() {
    let days = |ends: &str| json!({"starts_at": "2026-12-04T17:00:00Z", "ends_at": ends, "time_zone": "Asia/Ho_Chi_Minh", "all_day": true});
    for (ends, over) in [("2026-12-06T02:00:00Z", "20261207"), ("2026-12-06T17:00:00Z", "20261207")] {
        let document = live(event(days(ends)));
        says(&document, &["DTSTART;VALUE=DATE:20261205", &format!("DTEND;VALUE=DATE:{over}")]);
        assert!(!document.contains("VTIMEZONE") && !document.contains("TZID"));
    }
}

#[test]
fn what_was_taken_down_is_cancelled_under_its_id_and_says_nothing_else() {
    let Entry::Gone { tombstone, title } = gone(2, TakeDown::Withdraw) else { unreachable!("made gone") };
    let details = json!({"starts_at": "2026-12-05T01:00:00Z", "time_zone": "Asia/Ho_Chi_Minh", "venue": "Chimse"});
    let uid = format!("UID:{}", tombstone.guid);
    let document = written(vec![Event::Cancelled { tombstone: Box::new(tombstone), title, details }]);
    says(
        &document,
        &[
            &uid,
            "STATUS:CANCELLED",
            "SEQUENCE:2",
            "SUMMARY;LANGUAGE=vi:Đã gỡ",
            "DTSTART;TZID=Asia/Ho_Chi_Minh:20261205T080000",
            "LAST-MODIFIED:20261124T020000Z",
        ],
    );
    assert!(!document.contains("Chimse") && hour(48) > hour(0));
}

#[test]
fn what_is_no_event_is_not_in_a_calendar() {
    for other in [item(1), event(json!({"time_zone": "Asia/Ho_Chi_Minh"}))] {
        assert!(!live(other).contains("VEVENT"));
    }
}

proptest! {
    #[test]
    fn no_text_gets_out_of_its_line(title in any_text(), place in any_text()) {
        let document = live(Item { title, place: Some(place), ..fair() });
        let lines = lines(&document);
        prop_assert_eq!(lines.iter().filter(|line| line.starts_with("BEGIN:")).count(), 4);
        prop_assert_eq!(lines.iter().filter(|line| line.starts_with("SUMMARY")).count(), 1);
    }
}
