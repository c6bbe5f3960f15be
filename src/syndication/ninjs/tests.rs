use jsonschema::{Registry, Resource, Validator};
use proptest::prelude::*;
use serde_json::Value;

use super::*;
use crate::{
    domain::publication::TakeDown,
    syndication::samples::{any_text, arabic, feed, gone, hard_items, item, rich},
};

/// The schema as the IPTC publishes it; what it refers to lies beside it.
fn schema() -> Validator {
    let file = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    let ninjs = file(include_str!("../../../tests/schemas/ninjs-3.1.json"));
    let geojson = file(include_str!("../../../tests/schemas/geojson.json"));
    let registry = Registry::new()
        .add("https://geojson.org/schema/GeoJSON.json", Resource::from_contents(geojson))
        .unwrap()
        .prepare()
        .unwrap();
    jsonschema::options().should_validate_formats(true).with_registry(&registry).build(&ninjs).unwrap()
}

#[track_caller]
fn valid(bytes: &[u8]) -> Value {
    let document: Value = serde_json::from_slice(bytes).unwrap();
    let faults: Vec<String> = schema().iter_errors(&document).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(faults.is_empty(), "{faults:#?}");
    document
}

#[test]
fn every_feed_is_a_composite_that_the_schema_takes() {
    let entries = hard_items().into_iter().map(Entry::from);
    let all = entries.chain([gone(9, TakeDown::Withdraw), gone(10, TakeDown::Retract)]).collect();
    let document = valid(&write(&feed(all)));
    assert_eq!((&document["type"], &document["standard"]["version"]), (&"composite".into(), &"3.1".into()));
    assert_eq!(document["associations"].as_array().unwrap().len(), 10);
    valid(&write(&feed(Vec::new())));
    valid(&write(&arabic()));
}

#[test]
fn a_misspelt_member_would_be_seen() {
    let mut document: Value = serde_json::from_slice(&write(&feed(vec![Entry::from(item(1))]))).unwrap();
    document["associations"][0]["pubstatus"] = "usable".into();
    assert!(!schema().is_valid(&document));
}

#[test]
fn an_item_says_its_version_its_subjects_its_corrections_and_its_translations() {
    let rich = rich(7);
    let entry =
        Entry::Live { corrections: vec!["Lần 1".to_owned(), "Lần 2".to_owned()], item: rich.clone().into() };
    let document = valid(&write(&feed(vec![entry])));
    let said = &document["associations"][0];
    assert_eq!((said["uri"].as_str(), said["version"].as_str()), (Some(rich.guid.as_str()), Some("3")));
    assert_eq!(said["pubStatus"], "usable");
    assert_eq!(said["firstCreated"], rich.published_at.to_string());
    assert_eq!(said["versionCreated"], rich.updated_at.to_string());
    assert_eq!(said["bodies"][0]["value"], rich.body_html);
    assert_eq!(said["subjects"][0]["uri"], "http://cv.iptc.org/newscodes/mediatopic/04000000");
    assert_eq!(said["edNote"], "Lần 1: Ngày đúng là 1/12 & không phải <2/12>.\nLần 2: Tên đúng: Đặng.");
    assert_eq!(said["renditions"][0]["href"], rich.url);
    let others: Vec<_> = said["associations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["rel"].as_str(), one["language"].as_str()))
        .collect();
    assert_eq!(others, [(Some("translationOf"), Some("en")), (Some("translation"), Some("zh-Hans"))]);
}

#[test]
fn what_is_taken_down_is_canceled_with_its_note_and_without_a_body() {
    let document = valid(&write(&feed(vec![gone(2, TakeDown::Retract)])));
    let said = &document["associations"][0];
    assert_eq!((&said["uri"], &said["pubStatus"]), (&item(2).guid.into(), &"canceled".into()));
    assert_eq!((&said["edNote"], &said["version"]), (&"Số liệu sai: 5 < 3 & \"x\"".into(), &"2".into()));
    assert_eq!(said["versionCreated"], "2026-11-24T02:00:00Z");
    for absent in ["bodies", "descriptions", "by", "associations"] {
        assert_eq!(said.get(absent), None, "{absent}");
    }
}

proptest! {
    #[test]
    fn any_text_comes_back_as_it_was(title in any_text(), body in any_text()) {
        let bytes = write(&feed(vec![Entry::from(Item { title: title.clone(), body_html: body.clone(), ..rich(1) })]));
        let document: Value = serde_json::from_slice(&bytes).unwrap();
        prop_assert_eq!(&document["associations"][0]["headlines"][0]["value"], &title);
        prop_assert_eq!(&document["associations"][0]["bodies"][0]["value"], &body);
    }
}
