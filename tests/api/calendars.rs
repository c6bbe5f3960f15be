//! The calendar of a language: one id for an event, a number that grows with each change, and no event that disappears.

use icalendar::parser::{read_calendar, unfold};
use serde_json::json;

use crate::support::{Answer, Desk, text};

/// What each event of a calendar says, by the names of its lines.
fn events(answer: &Answer) -> Vec<Vec<(String, String)>> {
    assert_eq!(answer.header("content-type"), Some("text/calendar; charset=utf-8"));
    let document = unfold(answer.text());
    let calendar = read_calendar(&document).unwrap();
    let named = |component: &icalendar::parser::Component<'_>| {
        component.properties.iter().map(|one| (one.name.to_string(), one.val.to_string())).collect()
    };
    calendar.components.iter().filter(|one| one.name == "VEVENT").map(named).collect()
}

fn said<'a>(event: &'a [(String, String)], name: &str) -> &'a str {
    event.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
}

#[actix_web::test]
async fn an_event_keeps_its_id_and_counts_its_changes_until_it_is_cancelled() {
    let desk = Desk::new().await;
    let details = json!({"starts_at": "2026-12-05T01:00:00Z", "time_zone": "Asia/Ho_Chi_Minh", "venue": "Bến CHIMSE"});
    let edition = desk.story(desk.draft().with("kind", "event").with("details", details)).await;
    desk.story(desk.draft()).await;
    let path = "/api/v1/content/vi/events.ics";
    let guid = edition.public().await.json()["guid"].as_str().unwrap().to_owned();
    let first = desk.app.get(path).await.is(200);
    assert!(first.text().contains("BEGIN:VTIMEZONE\r\nTZID:Asia/Ho_Chi_Minh\r\n") && first.text().contains("CHIMSE"));
    let [event] = &events(&first)[..] else { panic!("one event") };
    assert_eq!((said(event, "UID"), said(event, "SEQUENCE"), said(event, "STATUS")), (&*guid, "0", "CONFIRMED"));
    assert_eq!(said(event, "DTSTART"), "20261205T080000");

    desk.app.pass(60);
    let mut body = text("Lễ hội, đổi giờ", "Mới.");
    body["details"] = json!({"venue": "Bến CHIMSE"});
    desk.update(&edition, body.clone()).await;
    let [event] = &events(&desk.app.get(path).await.is(200))[..] else { panic!("one event") };
    assert_eq!((said(event, "UID"), said(event, "SEQUENCE")), (&*guid, "1"));
    assert_eq!(said(event, "LAST-MODIFIED"), "20261122T020100Z");
    body["title"] = "Festival".into();
    body["slug"] = "festival".into();
    desk.translation(&edition, "en", body).await;
    let english = events(&desk.app.get("/api/v1/content/en/events.ics").await.is(200));
    assert_ne!(said(&english[0], "UID"), guid, "each language has its own id");

    desk.app.pass(60);
    desk.withdraw(&edition, "Hoãn vì bão.").await;
    let after = desk.app.get(path).await.is(200);
    let [event] = &events(&after)[..] else { panic!("a cancelled event stays") };
    assert_eq!((said(event, "UID"), said(event, "SEQUENCE"), said(event, "STATUS")), (&*guid, "2", "CANCELLED"));
    assert_eq!((said(event, "DTSTART"), said(event, "DESCRIPTION")), ("20261205T080000", "Hoãn vì bão."));
    assert!(!after.text().contains("CHIMSE") && !after.text().contains("đổi giờ"));
    desk.app.stranger().get_with(path, &[("if-none-match", &first.etag())]).await.is(200);
    desk.app.stranger().get_with(path, &[("if-none-match", &after.etag())]).await.is(304);
    assert_eq!(desk.app.again().await.get(path).await.body, after.body);
    desk.app.get("/api/v1/content/de/events.ics").await.is_problem(404, "not-found");
    assert!(events(&desk.app.get("/api/v1/content/fr/events.ics").await.is(200)).is_empty());
}
