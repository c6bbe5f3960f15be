//! The floors: a file names only floors below its own.

use crate::{
    demand,
    source::{Source, What},
};

/// The floors that a floor stands on.
fn below(floor: &str) -> Option<&'static [&'static str]> {
    Some(match floor {
        "kernel" => &[],
        "domain" => &["kernel"],
        "i18n" | "syndication" | "imaging" | "store" | "tokens" | "media" | "outbound" => &["kernel", "domain"],
        "service" => &["kernel", "domain", "i18n", "syndication", "imaging", "store", "tokens", "media", "outbound"],
        // Not the store: a handler that queries is a rule in the wrong place.
        "http" => &["kernel", "domain", "i18n", "syndication", "imaging", "tokens", "media", "outbound", "service"],
        "jobs" => {
            &["kernel", "domain", "i18n", "syndication", "imaging", "store", "tokens", "media", "outbound", "service"]
        }
        "boot" => &[
            "kernel",
            "domain",
            "i18n",
            "syndication",
            "imaging",
            "store",
            "tokens",
            "media",
            "outbound",
            "service",
            "http",
            "jobs",
        ],
        _ => return None,
    })
}

/// The modules that a file stands in, from the crate's root.
fn module(path: &str) -> Vec<&str> {
    let path = path.trim_start_matches("src/").trim_end_matches(".rs");
    let mut parts: Vec<&str> = path.split('/').collect();
    if matches!(parts.last(), Some(&("mod" | "lib" | "main"))) {
        parts.pop();
    }
    parts
}

/// The floors that a file names, each with its line.
fn named(source: &Source) -> Vec<(usize, String)> {
    let depth = module(&source.path).len();
    let mut named = source.names_under("crate");
    let mut at = 0;
    while at < source.tokens.len() {
        let start = at;
        let mut supers = 0;
        while source.says(at, &["super", ":", ":"]) {
            supers += 1;
            at += 3;
        }
        if supers > 0 && supers == depth + source.tokens[start].nested {
            named.extend(source.names_at(at));
        }
        at += usize::from(supers == 0);
    }
    named
}

/// What climbs.
fn climbs(source: &Source) -> Vec<String> {
    let module = module(&source.path);
    let Some(floor) = module.first() else { return Vec::new() };
    let Some(below) = below(floor) else {
        return vec![source.finding(1, &format!("`{floor}` is no floor: give it a place in tests/house/floors.rs"))];
    };
    named(source)
        .into_iter()
        .filter(|(_, name)| name != floor && !below.contains(&name.as_str()))
        .map(|(line, name)| source.finding(line, &format!("{floor} must not name `{name}`")))
        .collect()
}

/// What in the domain waits, tells the time or reaches outside.
fn impure(source: &Source) -> Vec<String> {
    const WORDS: &[&str] = &["async", "await", "tokio", "Utc", "Local", "SystemTime", "Instant", "now"];
    const STD: &[&str] = &["fs", "net", "env", "process", "thread", "io"];
    let words = source.tokens.iter().filter_map(|token| match &token.what {
        What::Ident(word) if WORDS.contains(&word.as_str()) => Some((token.line, word.clone())),
        _ => None,
    });
    let std = source.names_under("std").into_iter().filter(|(_, name)| STD.contains(&name.as_str()));
    words.chain(std).map(|(line, word)| source.finding(line, &format!("`{word}` in a pure floor"))).collect()
}

#[test]
fn no_file_names_a_floor_above_its_own() {
    demand(&Source::without_tests("src"), climbs);
}

#[test]
fn the_domain_has_no_clock_and_reaches_nothing_outside() {
    demand(&Source::without_tests("src/domain"), impure);
    demand(&Source::without_tests("src/syndication"), impure);
}

#[test]
fn a_climbing_import_is_seen_however_it_is_written() {
    for (path, text) in [
        ("src/domain/a.rs", "use crate::store::Db;"),
        ("src/domain/a.rs", "use crate::{kernel::Slug, store::Db};"),
        ("src/domain/a.rs", "fn a() { crate::service::b() }"),
        ("src/domain/a.rs", "use super::super::store::Db;"),
        ("src/domain/mod.rs", "use super::{kernel, store};"),
        ("src/domain/a.rs", "mod inner { use super::super::super::store; }"),
        ("src/domain/a.rs", "macro_rules! a { () => { $crate::store::Db } }"),
        ("src/kernel/a.rs", "use crate::domain::article;"),
        ("src/store/a.rs", "use crate::i18n::Texts;"),
        ("src/store/a.rs", "use crate::tokens::Jws;"),
        ("src/http/a.rs", "use crate::store::Db;"),
        ("src/http/a.rs", "use crate::jobs::tick;"),
        ("src/jobs/a.rs", "use crate::http::routes;"),
        ("src/service/a.rs", "use crate::*;"),
        ("src/cellar/a.rs", ""),
    ] {
        assert_eq!(climbs(&Source::parse(path, text)).len(), 1, "{path}: {text}");
    }
}

#[test]
fn a_descending_import_passes() {
    for (path, text) in [
        ("src/domain/a.rs", "use crate::{domain::b, kernel::Slug};"),
        ("src/domain/a/b.rs", "use super::super::c;"),
        ("src/domain/a.rs", "use super::store::Shelf;"),
        ("src/service/a.rs", "use crate::{i18n::I18n, store::Db, tokens::Jws};"),
        ("src/domain/a.rs", "// crate::store is above\n#[cfg(test)] mod tests { use crate::service::App; }"),
        ("src/lib.rs", "pub mod boot;"),
    ] {
        assert_eq!(climbs(&Source::parse(path, text)), Vec::<String>::new(), "{path}: {text}");
    }
}

#[test]
fn an_impure_domain_is_seen() {
    for text in [
        "async fn a() {}",
        "use tokio::sync::Mutex;",
        "fn a() { chrono::Utc::now(); }",
        "use std::{collections::HashMap, fs};",
        "fn a() { std::env::var(\"A\"); }",
        "use std::time::SystemTime;",
    ] {
        assert!(!impure(&Source::parse("src/domain/a.rs", text)).is_empty(), "{text}");
    }
    assert!(impure(&Source::parse("src/domain/a.rs", "use std::time::Duration; use std::fmt;")).is_empty());
}
