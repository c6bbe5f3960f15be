//! Migrations mean the same for ever: they read none of the product's code, and name things explicitly.

use std::{fs, path::Path};

use crate::{
    demand,
    source::{Source, What},
};

/// The product's code in a migration.
fn borrowed(source: &Source) -> Vec<String> {
    let words = source.tokens.iter().filter(|token| token.what == What::Ident("lantoa".to_owned()));
    words.map(|token| source.finding(token.line, "a migration reads the product's code")).collect()
}

/// Names that are not snake case, keys and indexes whose names do not say what they are of.
fn misnamed(source: &Source) -> Vec<String> {
    let mut findings = Vec::new();
    for (at, token) in source.tokens.iter().enumerate() {
        let What::Text(name) = &token.what else { continue };
        let ends = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
        let good = is_snake(name)
            && (!follows(source, at, &["points", "("]) || ends(&["_fkey"]))
            && (!follows(source, at, &["index", "(", "manager", ","]) || ends(&["_key", "_idx"]));
        if !good {
            findings.push(source.finding(token.line, &format!("`{name}` is not a name of the house")));
        }
    }
    findings
}

fn follows(source: &Source, at: usize, before: &[&str]) -> bool {
    at.checked_sub(before.len()).is_some_and(|start| source.says(start, before))
}

fn is_snake(name: &str) -> bool {
    let word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    name.starts_with(|c: char| c.is_ascii_lowercase()) && name.split('_').all(word)
}

/// The lines of a manifest that lead to the product.
fn leads_home(manifest: &str) -> bool {
    let own = |line: &str| line.split('=').next().is_some_and(|key| key.trim() == "lantoa");
    manifest.lines().any(|line| own(line) || line.replace(' ', "").contains("path=\".."))
}

#[test]
fn a_migration_reads_none_of_the_products_code() {
    demand(&Source::under("migrations"), borrowed);
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/Cargo.toml");
    assert!(!leads_home(&fs::read_to_string(manifest).unwrap()));
}

#[test]
fn names_of_the_schema_are_snake_case_and_keys_say_what_they_are() {
    demand(Source::under("migrations").iter().filter(|source| is_migration(&source.path)), misnamed);
}

#[test]
fn every_migration_runs_in_the_order_of_its_date() {
    let sources = Source::under("migrations/src");
    let files: Vec<&str> =
        sources.iter().map(|source| source.path.as_str()).filter(|path| is_migration(path)).collect();
    let files: Vec<&str> = files.iter().filter_map(|path| path.rsplit('/').next()?.strip_suffix(".rs")).collect();
    let list = sources.iter().find(|source| source.path.ends_with("/lib.rs")).unwrap();

    let run: Vec<String> = list.names_under_new();

    assert_eq!(run, files);
}

fn is_migration(path: &str) -> bool {
    path.starts_with("migrations/src/m2")
}

impl Source {
    /// The modules whose `Migration` is boxed, in order.
    fn names_under_new(&self) -> Vec<String> {
        let boxed = |at: &usize| self.says(*at, &["Box", ":", ":", "new", "("]);
        (0..self.tokens.len()).filter(boxed).flat_map(|at| self.names_at(at + 5)).map(|(_, name)| name).collect()
    }
}

#[test]
fn a_migration_that_breaks_the_rules_is_seen() {
    let source = |text: &str| Source::parse("migrations/src/m20270101_000001_a.rs", text);
    assert_eq!(borrowed(&source("use lantoa::domain::article::Kind;")).len(), 1);
    for text in [
        "fn a() { table(\"liveItem\"); }",
        "fn a() { table(\"live-item\"); }",
        "fn a() { points(\"account_reference\", a, b); }",
        "fn a() { index(manager, \"account_email\", a); }",
    ] {
        assert_eq!(misnamed(&source(text)).len(), 1, "{text}");
    }
    let good =
        "fn a() { table(\"live_item\"); index(manager, \"a_b_key\", \"a\"); points(\"a_b_fkey\", (\"a\", \"b\")); }";
    assert!(misnamed(&source(good)).is_empty());
    assert!(leads_home("lantoa = { path = \"..\" }") && leads_home("x = { path=\"../src\" }"));
    assert!(!leads_home("name = \"lantoa-migrations\""));
}
