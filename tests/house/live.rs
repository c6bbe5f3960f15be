//! The door of public reads: it names no entity but the live ones.

use crate::{demand, source::Source};

const DOOR: &str = "src/store/live/read.rs";
/// What stands behind it.
const ROOM: &str = "src/store/live/read/";
/// What else of the store the door may name: nothing that could run a query of another module.
const NEIGHBOURS: &[&str] = &["Fault", "change", "entity", "fault", "live"];

fn strangers(source: &Source) -> Vec<String> {
    let entities = source.names_under("entity").into_iter().filter(|(_, name)| !name.starts_with("live_"));
    let neighbours = source.names_under("store").into_iter().filter(|(_, name)| !NEIGHBOURS.contains(&name.as_str()));
    entities
        .filter(|(_, name)| name != "prelude")
        .chain(neighbours)
        .map(|(line, name)| source.finding(line, &format!("public reads must not name `{name}`")))
        .collect()
}

#[test]
fn public_reads_name_no_entity_but_the_live_ones() {
    demand(
        Source::without_tests("src/store").iter().filter(|source| source.path == DOOR || source.path.starts_with(ROOM)),
        strangers,
    );
}

#[test]
fn another_entity_in_public_reads_is_seen() {
    for text in [
        "use crate::store::entity::account;",
        "use crate::store::{Fault, entity::{live_item, revision}};",
        "use crate::store::entity::*;",
        "fn a() { super::super::entity::edition::Entity::find(); }",
        "use crate::store::article;",
    ] {
        assert_eq!(strangers(&Source::parse(DOOR, text)).len(), 1, "{text}");
    }
    assert!(strangers(&Source::parse(DOOR, "use crate::store::{Fault, entity::{live_item, live_slug}};")).is_empty());
}
