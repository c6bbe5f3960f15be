//! The document: committed, whole, and what is served.

use crate::support::document;

const COMMITTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi/openapi.json");

fn written() -> String {
    let mut text = serde_json::to_string_pretty(document()).unwrap();
    text.push('\n');
    text
}

#[test]
fn the_committed_document_is_the_one_of_the_routes() {
    if std::env::var_os("LANTOA_WRITE_OPENAPI").is_some() {
        std::fs::write(COMMITTED, written()).unwrap();
    }
    let committed = std::fs::read_to_string(COMMITTED).unwrap_or_default();
    assert!(committed == written(), "stale: run `LANTOA_WRITE_OPENAPI=1 cargo test --test api openapi`");
}
