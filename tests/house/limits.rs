//! The page of limits tells the limits that the code has.

use std::{fs, path::Path};

use crate::source::Source;

/// A row of the page that names a constant: what it says, in which file, under which name.
#[derive(Debug)]
struct Row {
    says: u128,
    file: String,
    name: String,
}

fn page() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/LIMITS.md")).expect("there is the page")
}

/// The rows `| what | number | unit | … `file.rs` `NAME` … |`.
fn rows(page: &str) -> Vec<Row> {
    let row = |line: &str| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let place: Vec<&str> = cells.get(3)?.split('`').collect();
        let (file, name) = (place.get(1)?, place.get(3)?);
        let says = cells[1].replace(',', "").parse().ok()?;
        Path::new(file).extension().is_some_and(|extension| extension == "rs").then(|| Row {
            says,
            file: format!("src/{file}"),
            name: (*name).to_owned(),
        })
    };
    page.lines().filter_map(row).collect()
}

/// The value of a constant, if it is a product of whole numbers.
fn value(text: &str, name: &str) -> Option<u128> {
    let (_, rest) = text.split_once(&format!("const {name}: "))?;
    let (_, value) = rest.split_once(';')?.0.split_once('=')?;
    value.split('*').map(|factor| factor.trim().replace('_', "").parse::<u128>().ok()).product()
}

/// What the page says otherwise than the code.
fn wrong(rows: &[Row], sources: &[Source]) -> Vec<String> {
    let holds = |row: &&Row| {
        let source = sources.iter().find(|source| source.path == row.file);
        source.and_then(|source| value(&source.text, &row.name)) == Some(row.says)
    };
    rows.iter().filter(|row| !holds(row)).map(|row| format!("{row:?}")).collect()
}

#[test]
fn the_page_of_limits_says_what_the_code_says() {
    let rows = rows(&page());
    assert!(rows.len() > 30, "only {} rows name a constant", rows.len());
    assert_eq!(wrong(&rows, &Source::under("src")), Vec::<String>::new());
}

#[test]
fn every_public_limit_is_on_the_page() {
    let rows = rows(&page());
    let mut missing = Vec::new();
    for source in Source::without_tests("src") {
        for at in 0..source.tokens.len() {
            if !source.says(at, &["pub", "const"]) {
                continue;
            }
            let (_, name) = source.names_at(at + 2).remove(0);
            let limit = name.starts_with("MAX_") || name.starts_with("MIN_");
            if limit && !rows.iter().any(|row| row.file == source.path && row.name == name) {
                missing.push(format!("{} {name}", source.path));
            }
        }
    }
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn a_wrong_row_is_seen() {
    let sources = [Source::parse("src/a.rs", "pub const MAX_A: usize = 512 * 1_024;")];
    let wrong = |line: &str| wrong(&rows(line), &sources).len();
    assert_eq!(wrong("| A | 524,288 | bytes | `a.rs` `MAX_A` |"), 0);
    assert_eq!(wrong("| A | 524,287 | bytes | `a.rs` `MAX_A` |"), 1);
    assert_eq!(wrong("| A | 524,288 | bytes | `a.rs` `MAX_B` |"), 1);
    assert_eq!(wrong("| A | 524,288 | bytes | `b.rs` `MAX_A` |"), 1);
    assert_eq!(wrong("| A | some | bytes | by `LANTOA_A` |"), 0);
}
