//! Whatever is changed behind the application's back, where it matters who wrote it, is found and named: each change
//! is made at random, looked for, and taken back. `LANTOA_TEST_TAMPERS` says how many, `LANTOA_TEST_SEED` which.

use std::collections::HashMap;

use lantoa::{
    kernel::{AccountId, EditionId},
    service::{audit, integrity},
};
use serde_json::{Value, json};
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
    Table { name: "live_event", owner: EDITION, but: &["seq"], inserts: false },
    Table { name: "live_tombstone", owner: EDITION, but: &[], inserts: false },
    Table {
        name: "edition",
        owner: "id",
        but: &["id", "version", "created_at", "updated_at", "approved_number", "case_id"],
        inserts: false,
    },
    Table { name: "publication", owner: EDITION, but: &["id", "reason"], inserts: true },
    Table { name: "revision", owner: EDITION, but: &["change_note"], inserts: true },
    Table { name: "review_case", owner: EDITION, but: &["comment", "closed_at", "approval_format"], inserts: true },
    Table { name: "decision", owner: OF_CASE, but: &["comment"], inserts: true },
    Table { name: "carried_decision", owner: OF_CASE, but: &[], inserts: false },
    Table { name: "account_grant", owner: "account_id", but: &["id", "created_at"], inserts: true },
    Table {
        name: "account",
        owner: "id",
        but: &["id", "email", "name", "locale", "password_hash", "version", "created_at", "updated_at"],
        inserts: false,
    },
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
    let mended = desk.draft().with("slug", "tam").begin().await;
    mended.submit(&desk.author).await.is(201);
    mended.decide(&desk.reviewer, "approve").await.is(200);
    let order = json!({"segment": "summary", "text": "Sáng 14-9, lô hàng 12,5 tấn đã rời cảng.",
        "content_hash": mended.hash(&desk.author).await});
    let suggested = desk.approver.post(&mended.path("suggestions"), &order).await.is(201).json();
    let accept = mended.path(&format!("suggestions/{}/accept", suggested["id"].as_str().unwrap()));
    let seen = json!({"content_hash": mended.hash(&desk.author).await});
    desk.author.post(&accept, &seen).await.is(200);
    let taken = desk.draft().with("slug", "bay").begin().await;
    taken.submit(&desk.author).await.is(201);
    taken.take_back(&desk.author).await.is(200);
    desk
}

/// What each table held before anything was changed.
type Kept = HashMap<&'static str, Vec<String>>;

/// A column, and the family of its type.
struct Column {
    name: String,
    family: String,
}

impl Column {
    /// The same value, only another one.
    fn more(&self, sqlite: bool) -> String {
        let name = &self.name;
        if sqlite {
            return format!(
                "CASE typeof({name}) WHEN 'integer' THEN {name} + 1 WHEN 'blob' THEN randomblob(16) \
                 WHEN 'null' THEN 1 ELSE {name} || '9' END"
            );
        }
        match self.family.as_str() {
            "bigint" | "integer" => format!("coalesce({name} + 1, 1)"),
            "uuid" => "gen_random_uuid()".to_owned(),
            "boolean" => format!("NOT coalesce({name}, false)"),
            family if family.starts_with("timestamp") => format!("coalesce({name}, now()) + interval '1 second'"),
            _ => format!("coalesce({name}, '') || '9'"),
        }
    }
}

async fn columns(app: &TestApp, table: &str) -> Vec<Column> {
    let query = if app.database.is_sqlite() {
        format!("SELECT name, type AS family FROM pragma_table_info('{table}')")
    } else {
        format!(
            "SELECT column_name AS name, data_type AS family FROM information_schema.columns \
             WHERE table_name = '{table}' ORDER BY ordinal_position"
        )
    };
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    app.query(&query)
        .await
        .iter()
        .map(|row| Column { name: text(&row["name"]), family: text(&row["family"]) })
        .collect()
}

/// An intruder who owns the database is bound by no key to other rows.
async fn unbind(app: &TestApp) {
    if app.database.is_sqlite() {
        return;
    }
    let keys = app.query("SELECT conname AS k, conrelid::regclass::text AS t FROM pg_constraint WHERE contype = 'f'");
    for key in keys.await {
        app.sql(&format!("ALTER TABLE {} DROP CONSTRAINT {}", key["t"].as_str().unwrap(), key["k"])).await;
    }
}

/// The same of SQLite, where it is said each time.
fn unbound(app: &TestApp, statement: &str) -> String {
    if app.database.is_sqlite() { format!("PRAGMA foreign_keys = OFF; {statement}") } else { statement.to_owned() }
}

/// One change: what it does in words, and the owner of the row that it touches.
async fn tamper(app: &TestApp, kept: &Kept, dice: &mut Dice) -> Option<(&'static Table, String, String)> {
    let table = &TABLES[dice.below(TABLES.len())];
    let Table { name, owner, but, inserts } = table;
    let sqlite = app.database.is_sqlite();
    // Where a row lies, as its database says.
    let place = if sqlite { "rowid" } else { "ctid" };
    let shown = if sqlite { "rowid" } else { "ctid::text" };
    let rows = app.query(&format!("SELECT {shown} AS r FROM {name} ORDER BY {place}")).await;
    if rows.is_empty() {
        return None;
    }
    let at = |dice: &mut Dice| match &rows[dice.below(rows.len())]["r"] {
        Value::String(place) => format!("'{place}'"),
        number => number.to_string(),
    };
    let (row, other) = (at(dice), at(dice));
    let all = columns(app, name).await;
    let open: Vec<_> = all.iter().filter(|column| !but.contains(&column.name.as_str())).collect();
    let chosen = open[dice.below(open.len())];
    let column = &chosen.name;
    let whose = match (*name, sqlite) {
        ("audit_entry", _) => (*owner).to_owned(),
        (_, true) => format!("lower(hex({owner}))"),
        (_, false) => format!("{owner}::text"),
    };
    let whose = app.query(&format!("SELECT {whose} AS w FROM {name} WHERE {place} = {row}")).await;
    let whose = whose[0]["w"].as_str().map_or_else(|| whose[0]["w"].to_string(), str::to_owned);
    let more = chosen.more(sqlite);
    let statement = match dice.below(8) {
        0 | 1 => format!("UPDATE {name} SET {column} = {more} WHERE {place} = {row}"),
        // What is not of the column's type at all.
        2 => format!("UPDATE {name} SET {column} = 'x' WHERE {place} = {row}"),
        3 => format!("DELETE FROM {name} WHERE {place} = {row}"),
        4 => format!(
            "UPDATE {name} SET {column} = (SELECT {column} FROM {name} WHERE {place} = {other}) WHERE {place} = {row}"
        ),
        5 => format!(
            "UPDATE {name} SET {column} = (CASE WHEN {place} = {row} THEN (SELECT {column} FROM {name} WHERE {place} = \
             {other}) ELSE (SELECT {column} FROM {name} WHERE {place} = {row}) END) WHERE {place} IN ({row}, {other})"
        ),
        6 if *inserts => {
            let values: Vec<_> = all.iter().map(|column| of_copy(name, column, sqlite)).collect();
            format!("INSERT INTO {name} SELECT {} FROM {name} WHERE {place} = {row}", values.join(", "))
        }
        _ => format!("DELETE FROM {name}; INSERT INTO {name} SELECT * FROM was_{name}"),
    };
    // Of two rows that say the same in each other's places, only one may have changed: then either is named.
    let of_several = statement.contains("was_") || statement.contains(&format!("(CASE WHEN {place} ="));
    // What a key forbids even the intruder is no change.
    app.try_sql(&unbound(app, &statement)).await.ok()?;
    let changed = rows_of(app, name).await;
    (changed != kept[name]).then(|| (table, statement, if of_several { String::new() } else { whose }))
}

/// The rows of a table as text; the same in another order is the same.
async fn rows_of(app: &TestApp, name: &str) -> Vec<String> {
    let mut rows: Vec<String> =
        app.query(&format!("SELECT * FROM {name}")).await.iter().map(ToString::to_string).collect();
    rows.sort();
    rows
}

/// What a copy of a row says in a column, so that it stands under another key.
fn of_copy(table: &str, column: &Column, sqlite: bool) -> String {
    let fresh = if sqlite { "randomblob(16)" } else { "gen_random_uuid()" };
    match (table, column.name.as_str()) {
        (_, "id") | ("decision", "account_id") => fresh.to_owned(),
        // One more is not there yet.
        (_, name @ ("number" | "sequence")) => format!("{name} + 77"),
        (_, name) => name.to_owned(),
    }
}

async fn is_found(app: &TestApp, table: &Table, whose: &str) -> Result<(), String> {
    let report = integrity::look(&app.app).await.map_err(|error| format!("the look failed: {error}"))?;
    let chain = audit::verify(&app.app).await.map_err(|error| format!("verifying failed: {error}"))?;
    let found = match table.name {
        "audit_entry" => chain.broken.is_some(),
        _ if whose.is_empty() => !report.editions.is_empty() || !report.accounts.is_empty(),
        "account_grant" | "account" => report.accounts.contains(&AccountId(Uuid::parse_str(whose).unwrap())),
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
    unbind(app).await;
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
            let back = format!("DELETE FROM {name}; INSERT INTO {name} SELECT * FROM kept_{name}");
            app.sql(&unbound(app, &back)).await;
        }
    }

    assert!(unseen.is_empty(), "seed {seed}: {} of {wanted} unseen\n{}", unseen.len(), unseen.join("\n"));
    let report = integrity::look(&app.app).await.unwrap();
    assert!(report.editions.is_empty() && report.accounts.is_empty(), "after all was put back: {report:?}");
}
