//! Words that do not stay: notes to oneself, stubs, places of one machine, SQL outside its place.

use crate::{
    demand,
    source::{Source, What},
};

/// The files that may write SQL themselves: the write lock, pragmas, commands that no builder has.
const SQL: &[&str] = &["src/store/db.rs", "src/store/tx.rs", "migrations/src/shapes.rs"];

/// Notes and machine paths, in comments and everywhere.
fn notes(source: &Source) -> Vec<String> {
    // In pieces, so that this file may be read by its own rule.
    let notes = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("X", "XX")];
    let places = ["/wo rk/", "/ro ot/", "/ho me/", "/Us ers/", "C: \\\\"].map(|place| place.replace(' ', ""));
    let mut findings = Vec::new();
    for (number, line) in source.text.lines().enumerate() {
        let words: Vec<&str> = line.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
        findings.extend(
            notes
                .iter()
                .filter(|note| words.contains(note))
                .map(|note| source.finding(number + 1, &format!("`{note}`"))),
        );
        let place = |place: &&String| {
            // Part of a longer address it is no machine's path.
            line.match_indices(place.as_str())
                .any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '}'))
        };
        findings.extend(
            places.iter().filter(place).map(|place| source.finding(number + 1, &format!("`{place}` is one machine's"))),
        );
    }
    findings
}

/// Macros that mean unfinished work.
fn stubs(source: &Source) -> Vec<String> {
    let stub = |at: &usize| ["todo", "unimplemented", "dbg"].iter().any(|name| source.says(*at, &[name, "!"]));
    (0..source.tokens.len()).filter(stub).map(|at| source.finding(source.tokens[at].line, "unfinished")).collect()
}

/// SQL that is written as text.
fn sql(source: &Source) -> Vec<String> {
    const VERBS: &[&str] = &[
        "SELECT", "INSERT", "UPDATE", "DELETE", "PRAGMA", "CREATE", "ALTER", "DROP", "WITH", "VACUUM", "ATTACH",
        "TRUNCATE",
    ];
    const CALLS: &[&str] = &[
        "cust",
        "cust_with_values",
        "cust_with_exprs",
        "cust_with_expr",
        "execute_raw",
        "execute_unprepared",
        "query_one_raw",
        "query_all_raw",
        "from_sql_and_values",
        "from_raw_sql",
    ];
    let bad = |what: &What| match what {
        What::Ident(word) => CALLS.contains(&word.as_str()),
        What::Text(text) => {
            let mut words = text.split_whitespace();
            words.next().is_some_and(|word| VERBS.contains(&word)) && words.next().is_some()
        }
        _ => false,
    };
    let findings = source.tokens.iter().filter(|token| bad(&token.what));
    findings
        .map(|token| source.finding(token.line, "SQL as text has its place in store/db.rs and store/tx.rs"))
        .collect()
}

#[test]
fn nothing_is_left_for_later_and_no_machine_is_named() {
    for folder in ["src", "migrations", "tests"] {
        demand(&Source::under(folder), notes);
        demand(&Source::under(folder), stubs);
    }
}

#[test]
fn sql_as_text_stays_where_it_is_needed() {
    let is_held = |source: &&Source| !SQL.contains(&source.path.as_str());
    demand(Source::without_tests("src").iter().filter(is_held), sql);
    demand(Source::under("migrations").iter().filter(is_held), sql);
}

#[test]
fn a_note_a_stub_and_a_machine_path_are_seen() {
    let source = |text: &str| Source::parse("src/a.rs", text);
    for text in ["// TO DO", "// (FIX ME)", "//! X XX"] {
        assert_eq!(
            notes(&source(&text.replace(" M", "M").replace("TO D", "TOD").replace("X X", "XX"))).len(),
            1,
            "{text}"
        );
    }
    for text in ["// see / work/x", "const A: &str = \"/ root/.ssh\";", "// (/ home/an)"] {
        assert_eq!(notes(&source(&text.replace("/ ", "/"))).len(), 1, "{text}");
    }
    for text in ["fn a() { todo!() }", "fn a() { dbg!(1); }", "fn a() { std::unimplemented!(); }"] {
        assert_eq!(stubs(&source(text)).len(), 1, "{text}");
    }
    let none = "// mastodon, TODOS, https://a.example/ work/b and {base}/ home/".replace("/ ", "/");
    assert!(notes(&source(&none)).is_empty());
    assert!(stubs(&source("// todo!()\nfn todo() {}")).is_empty());
}

#[test]
fn sql_as_text_is_seen() {
    for text in [
        "fn a() { Expr::cust(\"1\"); }",
        "const A: &str = \"SELECT 1\";",
        "const A: &str = r#\"\n  UPDATE account SET a = 1\"#;",
        "fn a() { db.execute_unprepared(sql); }",
    ] {
        assert_eq!(sql(&Source::parse("src/store/a.rs", text)).len(), 1, "{text}");
    }
    for text in ["const A: &str = \"DELETE\";", "/// SELECT 1\nfn a() {}", "const A: &str = \"Select one\";"] {
        assert!(sql(&Source::parse("src/store/a.rs", text)).is_empty(), "{text}");
    }
}
