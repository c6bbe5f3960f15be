//! The page of what is defended names tests that there are.

use std::{fs, path::Path};

use crate::source::Source;

/// The names `module::of::a_test` in a page.
fn named(page: &str) -> Vec<&str> {
    let is_name = |text: &&str| {
        text.contains("::") && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"_:".contains(&b))
    };
    page.split('`').filter(is_name).collect()
}

/// Whether some source of `tests/api` has a test of that name in that module.
fn exists(name: &str, sources: &[Source]) -> bool {
    let Some((module, test)) = name.rsplit_once("::") else { return false };
    let path = format!("tests/api/{}", module.replace("::", "/"));
    let there = |source: &&Source| source.path == format!("{path}.rs") || source.path == format!("{path}/mod.rs");
    sources.iter().find(there).is_some_and(|source| source.text.contains(&format!("fn {test}(")))
}

#[test]
fn every_test_that_the_page_of_defences_names_is_there() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/SECURITY.md")).expect("the page");
    let (names, sources) = (named(&page), Source::under("tests"));
    assert!(names.len() > 40, "only {} tests are named", names.len());
    let absent: Vec<&&str> = names.iter().filter(|name| !exists(name, &sources)).collect();
    assert!(absent.is_empty(), "no such tests: {absent:#?}");
}

#[test]
fn a_name_of_no_test_is_noticed() {
    let sources = Source::under("tests");
    assert!(!exists("sign_in::nothing_of_that_name", &sources) && !exists("nowhere::office", &sources));
}
