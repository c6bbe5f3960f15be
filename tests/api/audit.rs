//! The audit chain: it verifies from its first entry, names what was done to it, and holds nothing about people.

use lantoa::{
    domain::audit::{Broken, entry_hash},
    service::audit,
    store,
};
use serde_json::json;

use crate::support::{Client, TestApp, english, text};

/// A long story, so that the chain has many kinds of entries; the chain's length.
async fn story() -> (TestApp, u64) {
    let app = TestApp::new().await;
    let author = app.account("author").sign_in().await;
    let translator = app.account("translator").sign_in().await;
    let publisher = app.account("publisher").sign_in().await;
    let source = author.article().begin().await;
    source.go_public(&author).await;
    source.update(&author, text("Bản hai", "Hai.")).await;
    let translation = source.in_locale("en");
    translation.translate(&translator, english()).await.is(201);
    translation.go_public(&translator).await;
    translation.withdraw(&publisher, "").await.is(200);
    let report = audit::verify(&app.app).await.unwrap();
    assert_eq!(report.broken, None);
    assert!(report.entries > 20);
    (app, report.entries)
}

impl TestApp {
    async fn broken(&self) -> Option<Broken> {
        audit::verify(&self.app).await.unwrap().broken
    }
}

#[actix_web::test]
async fn every_write_leaves_an_entry_and_a_refused_one_none() {
    let (app, entries) = story().await;
    let author = app.account("author").sign_in().await;
    let length = async || audit::verify(&app.app).await.unwrap().entries;
    assert_eq!(length().await, entries + 1, "an account");

    let edition = author.article().begin().await;
    edition.save(&author, text("Hai", "Hai.")).await.is(200);
    edition.submit(&author).await.is(201);
    assert_eq!(length().await, entries + 4);

    edition.submit(&author).await.is(409);
    edition.publish(&author).await.is(403);
    author.article().with("kind", "gossip").send().await.is(422);
    assert_eq!(length().await, entries + 4);
}

#[actix_web::test]
async fn an_entry_changed_in_any_column_is_named() {
    let (app, _) = story().await;
    for (column, value) in [
        ("action", "'edition.forged'"),
        ("subject_type", "'nothing'"),
        ("subject_id", "'nobody'"),
        ("data", "'{\"forged\": true}'"),
        ("data", "'no json'"),
        ("at", "(SELECT MAX(at) FROM feed_event)"),
        ("actor_id", "(SELECT actor_id FROM audit_entry WHERE actor_id IS NOT NULL ORDER BY seq DESC LIMIT 1)"),
        ("prev", "(SELECT hash FROM audit_entry WHERE seq = 3)"),
        ("hash", "(SELECT hash FROM audit_entry WHERE seq = 3)"),
        ("hash", "'no hash'"),
    ] {
        let kept = "CREATE TABLE kept AS SELECT * FROM audit_entry WHERE seq = 2";
        app.sql(kept).await;
        // A moment that nothing else has.
        app.sql("UPDATE feed_event SET at = (SELECT expires_at FROM session LIMIT 1) WHERE seq = 1").await;

        app.sql(&format!("UPDATE audit_entry SET {column} = {value} WHERE seq = 2")).await;

        assert_eq!(app.broken().await, Some(Broken::Altered(2)), "{column}");
        app.sql("DELETE FROM audit_entry WHERE seq = 2").await;
        app.sql("INSERT INTO audit_entry SELECT * FROM kept").await;
        app.sql("DROP TABLE kept").await;
        assert_eq!(app.broken().await, None);
    }
}

#[actix_web::test]
async fn an_entry_changed_with_its_hash_is_named_by_the_next() {
    let (app, _) = story().await;
    let tx = app.app.db.read().await.unwrap();
    let mut entry = store::audit::after(&tx, 1, 1).await.unwrap().remove(0).unwrap();
    drop(tx);
    entry.draft.action = "edition.forged".to_owned();
    let hash = entry_hash(entry.seq, &entry.draft, entry.prev);

    app.sql(&format!("UPDATE audit_entry SET action = 'edition.forged', hash = '{hash}' WHERE seq = 2")).await;

    assert_eq!(app.broken().await, Some(Broken::Altered(3)));
}

#[actix_web::test]
async fn an_entry_removed_swapped_or_inserted_is_named() {
    let (app, entries) = story().await;
    app.sql("CREATE TABLE good AS SELECT * FROM audit_entry").await;
    let last = entries + 1;
    for (statements, broken) in [
        (vec!["DELETE FROM audit_entry WHERE seq = 7".to_owned()], Broken::Missing(7)),
        (vec!["DELETE FROM audit_entry WHERE seq = 1".to_owned()], Broken::Missing(1)),
        (
            vec![
                "UPDATE audit_entry SET seq = -4 WHERE seq = 4".to_owned(),
                "UPDATE audit_entry SET seq = 4 WHERE seq = 5".to_owned(),
                "UPDATE audit_entry SET seq = 5 WHERE seq = -4".to_owned(),
            ],
            Broken::Altered(4),
        ),
        (vec![inserted(last, 6)], Broken::Altered(last)),
        // Room is made for it: all later entries move by one.
        (
            vec![
                "UPDATE audit_entry SET seq = seq + 1000 WHERE seq > 6".to_owned(),
                inserted(7, 6),
                "UPDATE audit_entry SET seq = seq - 999 WHERE seq > 1000".to_owned(),
            ],
            Broken::Altered(7),
        ),
    ] {
        for statement in &statements {
            app.sql(statement).await;
        }
        assert_eq!(app.broken().await, Some(broken), "{statements:?}");
        app.sql("DELETE FROM audit_entry").await;
        app.sql("INSERT INTO audit_entry SELECT * FROM good").await;
    }
    assert_eq!(app.broken().await, None);
}

fn inserted(seq: u64, like: u64) -> String {
    format!(
        "INSERT INTO audit_entry (seq, at, actor_id, action, subject_type, subject_id, data, prev, hash) \
         SELECT {seq}, at, actor_id, action, subject_type, subject_id, data, prev, hash FROM audit_entry WHERE seq = {like}"
    )
}

#[actix_web::test]
async fn a_chain_cut_short_is_found_through_the_counter() {
    let (app, entries) = story().await;

    app.sql(&format!("DELETE FROM audit_entry WHERE seq > {}", entries - 3)).await;

    assert_eq!(app.broken().await, Some(Broken::CutShort(entries - 2)));
    let author = app.account("author").sign_in().await;
    author.article().begin().await;
    assert!(app.broken().await.is_some(), "what is written after the cut does not heal it");
}

#[actix_web::test]
async fn a_chain_cut_short_with_its_counter_is_found_through_the_signed_head() {
    let (app, entries) = story().await;
    audit::witness(&app.app).await.unwrap();
    let cut = entries - 3;
    app.sql(&format!("DELETE FROM audit_entry WHERE seq > {cut}")).await;
    app.sql(&format!("UPDATE counter SET value = {cut} WHERE name = 'audit'")).await;

    assert_eq!(app.broken().await, Some(Broken::CutShort(cut + 1)));
    audit::witness(&app.app).await.unwrap();
    assert_eq!(app.broken().await, Some(Broken::CutShort(cut + 1)), "a shorter head does not replace a longer one");

    // Written on, past the place of the cut, the chain verifies by itself; the head knows better.
    let author = app.account("author").sign_in().await;
    for _ in 0..4 {
        author.article().begin().await;
    }
    assert_eq!(app.broken().await, Some(Broken::Altered(entries)));
}

#[actix_web::test]
async fn a_head_that_we_did_not_sign_says_nothing() {
    let (app, entries) = story().await;
    audit::witness(&app.app).await.unwrap();
    let path = app.app.witness[0].clone();
    let head = std::fs::read_to_string(&path).unwrap();
    assert!(head.contains(&format!("\"seq\":{entries}")), "{head}");

    std::fs::write(&path, head.replace(&format!("\"seq\":{entries}"), "\"seq\":99999")).unwrap();

    assert_eq!(app.broken().await, None);
    audit::witness(&app.app).await.unwrap();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), head, "and it is written anew");
}

#[actix_web::test]
async fn entries_hold_no_names_no_addresses_and_no_words_of_anybody() {
    let (app, _) = story().await;
    let admin = app.account("admin").sign_in().await;
    let canary = "hoàng yến";
    let account = json!({
        "email": "hoang.yen@lamhai.example", "name": canary, "password": "đèo Hải Vân mùa mưa tháng mười",
        "grants": [{"role": "author"}],
    });
    admin.post("/api/v1/accounts", &account).await.is(201);
    let author = app.account("author").sign_in().await;
    let reviewer = app.account("reviewer").sign_in().await;
    let publisher = app.account("publisher").sign_in().await;
    let edition = author.article().with("title", canary).with("place", canary).begin().await;
    let mut next = text(canary, canary);
    next["change_note"] = canary.into();
    edition.save(&author, next).await.is(200);
    let headers = [("if-match", edition.etag(&author).await)];
    let headers = headers.each_ref().map(|(name, value)| (*name, value.as_str()));
    author
        .write(actix_web::http::Method::POST, &edition.path("submit"), &headers, &json!({"comment": canary}))
        .await
        .is(201);
    let order = json!({"verdict": "request_changes", "content_hash": edition.hash(&author).await, "comment": canary});
    reviewer.post(&edition.path("decisions"), &order).await.is(200);
    edition.go_public(&author).await;
    edition.mend(&author, text("Bản ba", "Ba."), canary).await;
    edition.withdraw(&publisher, canary).await.is(200);

    let rows = app.query("SELECT * FROM audit_entry").await;

    let all = serde_json::to_string(&rows).unwrap();
    for word in ["hoàng", "yến", "hoang", "yen", "@", "Bản ba", "Xem lại", "Người thử"] {
        assert!(!all.contains(word), "{word} is in {all}");
    }
}

async fn auditor(app: &TestApp) -> Client {
    app.account("auditor").sign_in().await
}

#[actix_web::test]
async fn auditors_page_through_the_chain_and_nobody_else_reads_it() {
    let (app, entries) = story().await;
    let auditor = auditor(&app).await;
    for role in ["author", "translator", "reviewer", "approver", "publisher", "press_officer"] {
        let other = app.account(role).sign_in().await;
        other.get("/api/v1/audit").await.is_problem(403, "forbidden");
        other.get("/api/v1/audit/verify").await.is_problem(403, "forbidden");
    }
    app.get("/api/v1/audit").await.is(401);
    let entries = entries + 7;

    let mut next = String::new();
    let mut seen = Vec::new();
    loop {
        let page = auditor.get(&format!("/api/v1/audit?limit=5{next}")).await.is(200).json();
        let items = page["items"].as_array().unwrap();
        assert!(items.len() <= 5);
        seen.extend(items.iter().map(|item| item["seq"].as_u64().unwrap()));
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        next = format!("&cursor={cursor}");
    }
    assert_eq!(seen, (1..=entries).rev().collect::<Vec<_>>());

    let report = auditor.get("/api/v1/audit/verify").await.is(200).json();
    assert_eq!((&report["valid"], &report["entries"]), (&json!(true), &json!(entries)));
    app.sql("DELETE FROM audit_entry WHERE seq = 7").await;
    let report = auditor.get("/api/v1/audit/verify").await.is(200).json();
    assert_eq!((&report["valid"], &report["broken"]), (&json!(false), &json!({"seq": 7, "what": "missing"})));
}
