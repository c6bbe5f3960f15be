//! Whatever is changed behind the application's back, where it matters who wrote it, is found and named: each change
//! is made at random, looked for, and taken back. `LANTOA_TEST_TAMPERS` says how many, `LANTOA_TEST_SEED` which.

use std::collections::HashMap;

use lantoa::{
    kernel::{AccountId, EditionId},
    service::{audit, integrity},
};
use uuid::Uuid;

use crate::support::{Desk, TestApp, english, text};

/// A table, how its row is named, and columns in which nobody's word is compared: what may be erased, what is kept for
/// speed, and what is only told to people.
struct Table {
    name: &'static str,
    owner: &'static str,
    but: &'static [&'static str],
    /// Whether a row that nobody made is a finding; of addresses it is not, as reads ask the envelopes.
    inserts: bool,
}

const EDITION: &str = "edition_id";
const OF_CASE: &str = "(SELECT edition_id FROM review_case WHERE review_case.id = case_id)";

const TABLES: &[Table] = &[
    Table { name: "live_item", owner: EDITION, but: &[], inserts: false },
    Table { name: "live_version", owner: EDITION, but: &[], inserts: true },
    Table { name: "live_topic", owner: EDITION, but: &[], inserts: false },
    Table { name: "live_tombstone", owner: EDITION, but: &[], inserts: false },
    Table {
        name: "edition",
        owner: "id",
        but: &["id", "version", "created_at", "updated_at", "approved_number", "case_id"],
        inserts: false,
    },
    Table { name: "publication", owner: EDITION, but: &["id", "reason", "published_by"], inserts: true },
    Table { name: "revision", owner: EDITION, but: &["change_note"], inserts: true },
    Table { name: "review_case", owner: EDITION, but: &["comment", "closed_at", "approval_format"], inserts: true },
    Table { name: "decision", owner: OF_CASE, but: &["comment"], inserts: true },
    Table { name: "account_grant", owner: "account_id", but: &["id", "created_at"], inserts: true },
    Table { name: "audit_entry", owner: "seq", but: &[], inserts: false },
];

/// Numbers that look as if nobody had chosen them.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        usize::try_from((mixed ^ (mixed >> 27)) >> 16).unwrap() % most
    }
}

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// An office with work in every state, and what it was yesterday.
async fn office() -> Desk {
    let desk = Desk::new().await;
    let app = &desk.app;
    let live = desk.story(desk.draft().with("slug", "mot")).await;
    desk.translation(&live, "en", english()).await;
    let down = desk.story(desk.draft().with("slug", "hai")).await;
    for Table { name, .. } in TABLES {
        app.sql(&format!("CREATE TABLE was_{name} AS SELECT * FROM {name}")).await;
    }
    app.pass(60);
    live.mend(&desk.author, text("Lô cá ngừ", "Cá ngừ tươi."), "Cá tươi.").await;
    desk.withdraw(&down, "Sai.").await;
    desk.draft().with("slug", "ba").begin().await;
    let open = desk.draft().with("slug", "bon").begin().await;
    open.submit(&desk.author).await.is(201);
    open.decide(&desk.reviewer, "approve").await.is(200);
    let back = desk.draft().with("slug", "nam").begin().await;
    back.submit(&desk.author).await.is(201);
    back.decide(&desk.reviewer, "request_changes").await.is(200);
    let approved = desk.draft().with("slug", "sau").begin().await;
    desk.approve(&approved).await;
    let taken = desk.draft().with("slug", "bay").begin().await;
    taken.submit(&desk.author).await.is(201);
    taken.take_back(&desk.author).await.is(200);
    desk
}

/// What each table held before anything was changed.
type Kept = HashMap<&'static str, Vec<String>>;

async fn column(app: &TestApp, query: &str, name: &str) -> Vec<String> {
    let rows = app.query(query).await;
    rows.iter().map(|row| row[name].as_str().map_or_else(|| row[name].to_string(), str::to_owned)).collect()
}

/// One change: what it does in words, and the owner of the row that it touches, as hexadecimal digits or a number.
async fn tamper(app: &TestApp, kept: &Kept, dice: &mut Dice) -> Option<(&'static Table, String, String)> {
    let table = &TABLES[dice.below(TABLES.len())];
    let Table { name, owner, but, inserts } = table;
    let rows = app.query(&format!("SELECT rowid AS r FROM {name}")).await;
    if rows.is_empty() {
        return None;
    }
    let at = |dice: &mut Dice| rows[dice.below(rows.len())]["r"].to_string();
    let (row, other) = (at(dice), at(dice));
    let columns = column(app, &format!("SELECT name FROM pragma_table_info('{name}')"), "name").await;
    let columns: Vec<_> = columns.iter().filter(|column| !but.contains(&column.as_str())).collect();
    let column = columns[dice.below(columns.len())].as_str();
    let id = if *name == "audit_entry" { (*owner).to_owned() } else { format!("lower(hex({owner}))") };
    let whose = app.query(&format!("SELECT {id} AS w FROM {name} WHERE rowid = {row}")).await;
    let whose = whose[0]["w"].as_str().map_or_else(|| whose[0]["w"].to_string(), str::to_owned);
    let more = format!(
        "CASE typeof({column}) WHEN 'integer' THEN {column} + 1 WHEN 'blob' THEN randomblob(16) WHEN 'null' THEN 1 \
         ELSE {column} || '9' END"
    );
    let statement = match dice.below(6) {
        0 | 1 => format!("UPDATE {name} SET {column} = {more} WHERE rowid = {row}"),
        // What is not of the column's type at all.
        2 => format!("UPDATE {name} SET {column} = 'x' WHERE rowid = {row}"),
        3 => format!("DELETE FROM {name} WHERE rowid = {row}"),
        4 => {
            format!(
                "UPDATE {name} SET {column} = (SELECT {column} FROM {name} WHERE rowid = {other}) WHERE rowid = {row}"
            )
        }
        _ if *inserts => {
            let values: Vec<_> = columns_of_copy(app, name).await;
            format!("INSERT INTO {name} SELECT {} FROM {name} WHERE rowid = {row}", values.join(", "))
        }
        _ => format!("DELETE FROM {name}; INSERT INTO {name} SELECT * FROM was_{name}"),
    };
    let rolled_back = statement.contains("was_");
    // What a key forbids even the intruder is no change.
    app.try_sql(&format!("PRAGMA foreign_keys = OFF; {statement}")).await.ok()?;
    let changed = rows_of(app, name).await;
    (changed != kept[name]).then(|| (table, statement, if rolled_back { String::new() } else { whose }))
}

/// The rows of a table as text; the same in another order is the same.
async fn rows_of(app: &TestApp, name: &str) -> Vec<String> {
    let mut rows: Vec<String> =
        app.query(&format!("SELECT * FROM {name}")).await.iter().map(ToString::to_string).collect();
    rows.sort();
    rows
}

/// A copy of a row under another key.
async fn columns_of_copy(app: &TestApp, name: &str) -> Vec<String> {
    let info = app.query(&format!("SELECT name, pk, type FROM pragma_table_info('{name}')")).await;
    let unique = ["number", "sequence", "account_id"];
    info.iter()
        .map(|one| {
            let (column, is_key) = (one["name"].as_str().unwrap(), one["pk"].as_i64() != Some(0));
            match column {
                "id" => "randomblob(16)".to_owned(),
                // One more is not there yet.
                _ if unique.contains(&column) && name != "decision" && name != "account_grant" => {
                    format!("{column} + 77")
                }
                "account_id" if name == "decision" => "randomblob(16)".to_owned(),
                _ if is_key && column == "seq" => format!("{column} + 77"),
                _ => column.to_owned(),
            }
        })
        .collect()
}

async fn is_found(app: &TestApp, table: &Table, whose: &str) -> Result<(), String> {
    let report = integrity::look(&app.app).await.map_err(|error| format!("the look failed: {error}"))?;
    let chain = audit::verify(&app.app).await.map_err(|error| format!("verifying failed: {error}"))?;
    let found = match table.name {
        "audit_entry" => chain.broken.is_some(),
        _ if whose.is_empty() => !report.editions.is_empty() || !report.accounts.is_empty(),
        "account_grant" => report.accounts.contains(&AccountId(Uuid::parse_str(whose).unwrap())),
        _ => {
            let edition = EditionId(Uuid::parse_str(whose).unwrap());
            report.editions.iter().any(|one| one.edition == edition)
        }
    };
    if found { Ok(()) } else { Err(format!("{report:?} {:?}", chain.broken)) }
}

#[actix_web::test]
async fn whatever_is_changed_behind_the_application_is_found_and_named() {
    let desk = office().await;
    let app = &desk.app;
    if !app.database.is_sqlite() {
        return;
    }
    let mut kept = Kept::new();
    for Table { name, .. } in TABLES {
        app.sql(&format!("CREATE TABLE kept_{name} AS SELECT * FROM {name}")).await;
        kept.insert(name, rows_of(app, name).await);
    }
    let report = integrity::look(&app.app).await.unwrap();
    assert!(report.editions.is_empty() && report.accounts.is_empty(), "before anything is changed: {report:?}");
    let (seed, wanted) = (number("LANTOA_TEST_SEED", 7), number("LANTOA_TEST_TAMPERS", 40));
    let mut dice = Dice(seed);

    let (mut done, mut unseen) = (0, Vec::new());
    while done < wanted {
        if let Some((table, statement, whose)) = tamper(app, &kept, &mut dice).await {
            if let Err(report) = is_found(app, table, &whose).await {
                unseen.push(format!("{statement}: {report}"));
            }
            done += 1;
        }
        for Table { name, .. } in TABLES {
            app.sql(&format!(
                "PRAGMA foreign_keys = OFF; DELETE FROM {name}; INSERT INTO {name} SELECT * FROM kept_{name}"
            ))
            .await;
        }
    }

    assert!(unseen.is_empty(), "seed {seed}: {} of {wanted} unseen\n{}", unseen.len(), unseen.join("\n"));
    let report = integrity::look(&app.app).await.unwrap();
    assert!(report.editions.is_empty() && report.accounts.is_empty(), "after all was put back: {report:?}");
}
