//! Whether the tables agree with each other, and the server with them.

use std::collections::{BTreeMap, BTreeSet};

use lantoa::{
    boot::{
        config::{Config, Sources},
        start::{self, Purpose},
    },
    i18n::I18n,
    service::{audit, integrity},
};
use sea_orm::QueryResult;
use serde_json::Value;
use uuid::Uuid;

use crate::support::{Installation, Rows, anybody};

type ByEdition<T> = BTreeMap<Uuid, Vec<T>>;

/// Everything that no kill may have pulled apart.
pub async fn check(rows: &Rows, installation: &Installation, url: &str) {
    if rows.is_sqlite() {
        assert_eq!(rows.texts("PRAGMA integrity_check").await, ["ok"]);
        assert_eq!(rows.all("PRAGMA foreign_key_check", |_| ()).await, []);
    }
    numbers_have_no_gaps(rows).await;
    every_act_is_told_whole(rows).await;
    every_write_has_its_audit_entry(rows).await;
    the_program_finds_nothing(installation).await;
    readers_see_all_of_it(rows, url).await;
}

async fn numbers_have_no_gaps(rows: &Rows) {
    for (table, counter) in
        [("feed_event", "feed_event"), ("audit_entry", "audit"), ("live_event", "live_event:public")]
    {
        let many = rows.number(&format!("SELECT count(*) FROM {table}")).await;
        let last = rows.number(&format!("SELECT coalesce(max(seq), 0) FROM {table}")).await;
        let counted =
            rows.number(&format!("SELECT coalesce(max(value), 0) FROM counter WHERE name = '{counter}'")).await;
        assert_eq!((many, last), (last, counted), "{table}");
    }
}

fn id(row: &QueryResult, at: usize) -> Uuid {
    row.try_get_by_index(at).unwrap()
}

fn text(row: &QueryResult, at: usize) -> String {
    row.try_get_by_index(at).unwrap()
}

fn number(row: &QueryResult, at: usize) -> i64 {
    row.try_get_by_index(at).unwrap()
}

fn by_edition<T>(rows: Vec<(Uuid, T)>) -> ByEdition<T> {
    let mut sorted = ByEdition::new();
    for (edition, row) in rows {
        sorted.entry(edition).or_default().push(row);
    }
    sorted
}

/// A publication, its public event, its audit entry and what is live are one thing.
async fn every_act_is_told_whole(rows: &Rows) {
    let acts = by_edition(
        rows.all(
            "SELECT edition_id, id, kind, revision_number FROM publication ORDER BY edition_id, sequence",
            |row| (id(row, 0), (id(row, 1), text(row, 2), number(row, 3))),
        )
        .await,
    );
    let told = by_edition(
        rows.all("SELECT edition_id, type FROM live_event WHERE type <> 'stale' ORDER BY seq", |row| {
            (id(row, 0), text(row, 1))
        })
        .await,
    );
    let audited = by_edition(
        rows.all("SELECT subject_id, data FROM audit_entry WHERE action = 'edition.publication' ORDER BY seq", |row| {
            let data: Value = serde_json::from_str(&text(row, 1)).unwrap();
            let publication: Uuid = data["publication"].as_str().unwrap().parse().unwrap();
            (text(row, 0).parse().unwrap(), publication)
        })
        .await,
    );
    let live: BTreeMap<Uuid, i64> = rows
        .all("SELECT edition_id, revision_number FROM live_item", |row| (id(row, 0), number(row, 1)))
        .await
        .into_iter()
        .collect();
    let buried: BTreeSet<Uuid> =
        rows.all("SELECT edition_id FROM live_tombstone", |row| id(row, 0)).await.into_iter().collect();
    let standing: BTreeMap<Uuid, Option<i64>> = rows
        .all("SELECT id, live_number FROM edition WHERE publication_id IS NOT NULL", |row| {
            (id(row, 0), row.try_get_by_index::<Option<i64>>(1).unwrap())
        })
        .await
        .into_iter()
        .collect();
    let word = |act: &str| match act {
        "publish" => "published",
        "update" => "updated",
        "correct" => "corrected",
        "withdraw" => "withdrawn",
        other => panic!("nobody did {other}"),
    };
    let words = acts
        .iter()
        .map(|(edition, acts)| (*edition, acts.iter().map(|(_, act, _)| word(act).to_owned()).collect::<Vec<_>>()));
    assert_eq!(told, words.collect());
    let ids = acts.iter().map(|(edition, acts)| (*edition, acts.iter().map(|(id, _, _)| *id).collect::<Vec<_>>()));
    assert_eq!(audited, ids.collect());
    let up = |acts: &Vec<(Uuid, String, i64)>| {
        acts.last().filter(|(_, act, _)| act != "withdraw").map(|(_, _, number)| *number)
    };
    let expected: BTreeMap<Uuid, Option<i64>> = acts.iter().map(|(edition, acts)| (*edition, up(acts))).collect();
    assert_eq!(standing, expected);
    assert_eq!(live, expected.iter().filter_map(|(edition, up)| Some((*edition, (*up)?))).collect());
    assert_eq!(buried, expected.iter().filter(|(_, up)| up.is_none()).map(|(edition, _)| *edition).collect());
    let kept = rows.number("SELECT count(*) FROM live_version").await;
    assert_eq!(usize::try_from(kept).unwrap(), acts.values().map(Vec::len).sum::<usize>());
}

async fn every_write_has_its_audit_entry(rows: &Rows) {
    for (table, actions) in [
        ("article", "'article.created'"),
        ("revision", "'article.created', 'edition.saved'"),
        ("review_case", "'edition.submitted'"),
        ("decision", "'edition.decided'"),
        ("account", "'account.created'"),
    ] {
        let many = rows.number(&format!("SELECT count(*) FROM {table}")).await;
        let audited = rows.number(&format!("SELECT count(*) FROM audit_entry WHERE action IN ({actions})")).await;
        assert_eq!(many, audited, "{table}");
    }
}

/// The sweep that compares all that is public with what was signed, and the audit chain.
async fn the_program_finds_nothing(installation: &Installation) {
    let environment = installation.environment().iter().map(|(name, value)| (name.into(), value.into())).collect();
    let config = Config::load(&Sources { file: None, environment }).unwrap();
    let i18n = I18n::embedded(&"vi".parse().unwrap()).unwrap();
    let app = start::open(&config, i18n, "http://127.0.0.1".to_owned(), Purpose::Look).await.unwrap().app;
    assert_eq!(integrity::sweep(&app).await.unwrap(), []);
    let report = audit::verify(&app).await.unwrap();
    assert!(report.broken.is_none(), "{report:?}");
    app.db.clone().close().await.unwrap();
}

/// What is live is served, item by item; an item that does not verify would be left out.
async fn readers_see_all_of_it(rows: &Rows, url: &str) {
    for locale in ["vi", "en"] {
        let served = anybody(url).all(&format!("/api/v1/content/{locale}/articles")).await;
        let live = rows.number(&format!("SELECT count(*) FROM live_item WHERE locale = '{locale}'")).await;
        assert_eq!(i64::try_from(served.len()).unwrap(), live, "{locale}");
    }
    let (mut since, mut more) = (0, true);
    while more {
        let page = anybody(url).get(&format!("/api/v1/content/changes?since={since}&limit=100")).await.is(200).body;
        for item in page["items"].as_array().unwrap() {
            assert_eq!(item["seq"], since + 1);
            since += 1;
        }
        assert_eq!(page["next_since"], since);
        more = page["has_more"].as_bool().unwrap();
    }
    assert_eq!(since, rows.number("SELECT count(*) FROM live_event").await);
}
