//! The second promise: whoever writes to the database behind the application's back is found, and what
//! they touched is withheld, while everything else is served.

use lantoa::{kernel::Digest, service::public::Selection};
use serde_json::Value;

use crate::support::{Client, Edition, TestApp, text};

/// What an intruder writes never reads otherwise.
const MARK: &str = "FORGED";

struct Scene {
    app: TestApp,
    author: Client,
    publisher: Client,
    /// Published under `first`, then corrected and renamed to `victim`.
    victim: Edition,
    healthy: Edition,
    draft: Edition,
}

async fn scene() -> Scene {
    let app = TestApp::new().await;
    let author = app.account("author").sign_in().await;
    let publisher = app.account("publisher").sign_in().await;
    let article = |slug| author.article().with("slug", slug).with("title", "Lô cá ngừ").with("body", "<p>Cá ngừ.</p>");
    let victim = article("first").begin().await;
    victim.go_public(&author).await;
    // What yesterday's backup holds.
    for table in ["live_item", "edition"] {
        app.sql(&format!("CREATE TABLE was_{table} AS SELECT * FROM {table}")).await;
    }
    app.pass(60);
    let mut better = text("Lô cá ngừ", "Cá ngừ tươi.");
    better["slug"] = "victim".into();
    victim.mend(&author, better, "Cá tươi.").await;
    app.pass(60);
    let healthy = article("healthy").begin().await;
    healthy.go_public(&author).await;
    let draft = article("draft").begin().await;
    assert_eq!(app.sweep().await, [], "nothing is wrong before somebody makes it so");
    Scene { app, author, publisher, victim, healthy, draft }
}

impl Scene {
    /// Runs a statement with names for rows: `{V}`, `{H}` and `{D}` are the editions' ids.
    async fn does(&self, statement: &str) {
        let id = |slug: &str| format!("(SELECT DISTINCT edition_id FROM revision WHERE slug = '{slug}')");
        let statement =
            statement.replace("{V}", &id("victim")).replace("{H}", &id("healthy")).replace("{D}", &id("draft"));
        self.app.sql(&statement).await;
    }

    /// The victim's English edition, public.
    async fn in_english(&self) -> Edition {
        let translator = self.app.account("translator").sign_in().await;
        let english = self.victim.in_locale("en");
        english.translate(&translator, crate::support::english()).await.is(201);
        english.go_public(&translator).await;
        english
    }

    async fn all(&self) -> String {
        self.app.all_public(&[&self.victim, &self.healthy, &self.draft]).await
    }

    /// Says that nothing of a slug's edition is anywhere, and the healthy one still is.
    async fn is_withheld(&self, slug: &str, when: &str) {
        let all = self.all().await;
        assert!(!all.contains(&format!("/{slug}\"")), "{when}: {slug} is somewhere in {all}");
        assert!(!all.contains(MARK), "{when}: {all}");
        let earlier = if slug == "victim" { "first" } else { slug };
        for slug in [slug, earlier, "forged"] {
            assert!(self.app.at_slug("vi", slug).await.is_none(), "{when}: {slug} leads somewhere");
        }
        assert_eq!(self.healthy.item().await.slug.as_str(), "healthy");
        assert!(self.app.list("vi").await.iter().any(|item| item.slug.as_str() == "healthy"), "{when}");
        self.healthy.public().await.is(200);
    }

    /// Says that the guard names the edition and no other, and withholds it.
    async fn is_found(&self, edition: &Edition, slug: &str) {
        let findings = self.app.sweep().await;
        let found: Vec<_> = findings.iter().map(|finding| finding.edition).collect();
        assert!(found.contains(&edition.id().await), "not found: {findings:?}");
        assert!(!found.contains(&self.healthy.id().await), "the healthy one is accused: {findings:?}");
        self.is_withheld(slug, "after the sweep").await;
    }
}

/// When an edit is seen.
#[derive(Clone, Copy, PartialEq)]
enum Seen {
    /// By the read itself.
    AtOnce,
    /// By the sweep.
    BySweep,
}

macro_rules! edits_to_the_victim {
    ($($name:ident: $seen:ident, [$($sql:expr),+ $(,)?];)+) => {$(
        #[actix_web::test]
        async fn $name() {
            let scene = scene().await;

            for statement in [$($sql),+] {
                scene.does(statement).await;
            }

            assert!(!scene.all().await.contains(MARK), "an intruder's words are never read out");
            if Seen::$seen == Seen::AtOnce {
                scene.is_withheld("victim", "before the sweep").await;
            }
            scene.is_found(&scene.victim, "victim").await;
        }
    )+};
}

edits_to_the_victim! {
    a_body_is_changed: AtOnce, ["UPDATE live_item SET content = replace(content, 'tươi', 'FORGED') WHERE edition_id = {V}"];
    a_title_is_changed: AtOnce, ["UPDATE live_item SET content = replace(content, 'Lô', 'FORGED') WHERE edition_id = {V}"];
    a_slug_is_changed: AtOnce, [
        "UPDATE live_item SET slug = 'forged' WHERE edition_id = {V}",
        "UPDATE live_slug SET slug = 'forged' WHERE slug = 'victim'",
    ];
    a_time_is_changed: AtOnce,
        ["UPDATE live_item SET published_at = (SELECT h.published_at FROM live_item h WHERE h.slug = 'healthy') WHERE edition_id = {V}"];
    a_time_of_change_is_changed: AtOnce,
        ["UPDATE live_item SET updated_at = (SELECT h.updated_at FROM live_item h WHERE h.slug = 'healthy') WHERE edition_id = {V}"];
    an_agency_is_changed: AtOnce, ["UPDATE live_item SET agency_code = 'so' WHERE edition_id = {V}"];
    a_kind_is_changed: AtOnce, ["UPDATE live_item SET kind = 'statement' WHERE edition_id = {V}"];
    a_kind_becomes_nonsense: AtOnce, ["UPDATE live_item SET kind = 'FORGED' WHERE edition_id = {V}"];
    corrections_are_emptied: AtOnce, ["UPDATE live_item SET corrections = '[]' WHERE edition_id = {V}"];
    a_correction_is_reworded: AtOnce,
        ["UPDATE live_item SET corrections = replace(corrections, 'Cá tươi', 'FORGED') WHERE edition_id = {V}"];
    a_signature_is_anothers: AtOnce,
        ["UPDATE live_item SET signature = (SELECT h.signature FROM live_item h WHERE h.slug = 'healthy') WHERE edition_id = {V}"];
    an_item_is_given_anothers_signed_text: AtOnce, [
        "UPDATE live_item SET (content, envelope, signature, corrections) = \
         (SELECT h.content, h.envelope, h.signature, h.corrections FROM live_item h WHERE h.slug = 'healthy') WHERE edition_id = {V}",
    ];
    an_item_is_moved_to_another_language: AtOnce, ["UPDATE live_item SET locale = 'en' WHERE edition_id = {V}"];
    an_item_is_moved_to_another_article: AtOnce,
        ["UPDATE live_item SET article_id = (SELECT e.article_id FROM edition e WHERE e.id = {D}) WHERE edition_id = {V}"];
    an_item_is_hidden_with_another_audience: BySweep, ["UPDATE live_item SET audience = 'press' WHERE edition_id = {V}"];
    an_item_is_taken_off_its_topics: BySweep, ["DELETE FROM live_topic WHERE edition_id = {V}"];
    an_item_is_put_under_a_topic: BySweep, [
        "INSERT INTO live_topic (audience, edition_id, topic_code, locale, published_at) \
         SELECT audience, edition_id, 'bien', locale, published_at FROM live_item WHERE edition_id = {V}",
    ];
    an_item_is_put_out_of_its_topics_list: BySweep, ["UPDATE live_topic SET locale = 'en' WHERE edition_id = {V}"];
    a_topics_list_is_given_another_time: BySweep,
        ["UPDATE live_topic SET published_at = (SELECT h.published_at FROM live_item h WHERE h.slug = 'healthy') WHERE edition_id = {V}"];
    a_claim_to_be_fresh_is_changed: BySweep, ["UPDATE live_item SET major_number = 99 WHERE edition_id = {V}"];
    a_slug_is_turned_to_another_item: BySweep, ["UPDATE live_slug SET edition_id = {H} WHERE slug = 'victim'"];
    an_old_slug_is_taken_away: BySweep, ["DELETE FROM live_slug WHERE slug = 'first'"];
    an_item_is_removed: BySweep, ["DELETE FROM live_item WHERE edition_id = {V}"];
    an_item_is_rolled_back: BySweep,
        ["DELETE FROM live_item WHERE edition_id = {V}", "INSERT INTO live_item SELECT * FROM was_live_item"];
    an_item_is_rolled_back_with_all_it_came_from: BySweep, [
        "DELETE FROM live_item WHERE edition_id = {V}",
        "INSERT INTO live_item SELECT * FROM was_live_item",
        "DELETE FROM live_version WHERE edition_id = {V} AND sequence = 2",
        "DELETE FROM live_event WHERE edition_id = {V} AND version = 2",
        "DELETE FROM live_slug WHERE slug = 'victim'",
        "DELETE FROM publication WHERE edition_id = {V} AND sequence = 2",
        "UPDATE edition SET (live_number, publication_id, latest_number) = \
         (SELECT live_number, publication_id, latest_number FROM was_edition) WHERE id = {V}",
    ];
    all_that_was_published_is_removed: BySweep, [
        "DELETE FROM live_item WHERE edition_id = {V}",
        "DELETE FROM live_topic WHERE edition_id = {V}",
        "DELETE FROM live_slug WHERE edition_id = {V}",
        "DELETE FROM live_version WHERE edition_id = {V}",
        "DELETE FROM live_event WHERE edition_id = {V}",
        "DELETE FROM publication WHERE edition_id = {V}",
        "UPDATE edition SET live_number = NULL, publication_id = NULL WHERE id = {V}",
    ];
    a_published_revision_is_changed: BySweep,
        ["UPDATE revision SET body = replace(body, 'tươi', 'FORGED') WHERE edition_id = {V} AND number = 2"];
    a_publication_is_reworded: BySweep, ["UPDATE publication SET note = 'FORGED' WHERE edition_id = {V} AND sequence = 2"];
    the_first_publication_is_removed: BySweep, ["DELETE FROM publication WHERE edition_id = {V} AND sequence = 1"];
    an_edition_is_told_that_it_is_not_public: BySweep, ["UPDATE edition SET live_number = NULL WHERE id = {V}"];
    an_edition_is_pointed_at_an_earlier_publication: BySweep,
        ["UPDATE edition SET publication_id = (SELECT publication_id FROM was_edition) WHERE id = {V}"];
    an_earlier_version_is_changed: BySweep,
        ["UPDATE live_version SET content = replace(content, 'Cá ngừ', 'FORGED') WHERE edition_id = {V} AND sequence = 1"];
    an_earlier_version_is_removed: BySweep, ["DELETE FROM live_version WHERE edition_id = {V} AND sequence = 1"];
    an_event_is_reworded: BySweep, ["UPDATE live_event SET note = 'FORGED' WHERE edition_id = {V} AND version = 2"];
    an_event_is_made_up: BySweep, [
        "INSERT INTO live_event (audience, seq, type, article_id, edition_id, locale, guid, version, at, note) \
         SELECT audience, 99, 'retracted', article_id, edition_id, locale, guid, version, at, 'FORGED' FROM live_event WHERE version = 2",
    ];
    an_event_is_removed: BySweep, ["DELETE FROM live_event WHERE edition_id = {V} AND version = 2"];
}

#[actix_web::test]
async fn a_translation_that_is_told_to_be_fresh_is_found() {
    let scene = scene().await;
    let english = scene.in_english().await;
    scene.victim.update(&scene.author, text("Bản ba", "Ba.")).await;
    assert!(english.item().await.stale);
    assert_eq!(scene.app.sweep().await, []);

    scene.app.sql("UPDATE live_item SET source_major = source_number WHERE locale = 'en'").await;

    let findings = scene.app.sweep().await;
    assert_eq!(findings.iter().map(|f| f.edition).collect::<Vec<_>>(), [english.id().await]);
    english.public().await.is(404);
}

#[actix_web::test]
async fn news_of_a_source_that_was_told_otherwise_is_found() {
    let scene = scene().await;
    let english = scene.in_english().await;
    scene.victim.update(&scene.author, text("Bản ba", "Ba.")).await;
    assert_eq!(scene.app.sweep().await, []);

    scene.app.sql("CREATE TABLE was_live_event AS SELECT * FROM live_event").await;
    for (column, other) in [("version", "version + 1"), ("at", "(SELECT MIN(at) FROM was_live_event)")] {
        scene.app.sql(&format!("UPDATE live_event SET {column} = {other} WHERE type = 'stale'")).await;
        let findings = scene.app.sweep().await;
        assert_eq!(findings.iter().map(|f| f.edition).collect::<Vec<_>>(), [english.id().await], "{column}");
        let back = format!("(SELECT {column} FROM was_live_event WHERE was_live_event.seq = live_event.seq)");
        scene.app.sql(&format!("UPDATE live_event SET {column} = {back} WHERE type = 'stale'")).await;
        assert_eq!(scene.app.sweep().await, [], "{column}");
    }
}

#[actix_web::test]
async fn a_row_that_cannot_be_read_hides_no_other_from_the_sweep() {
    let scene = scene().await;
    scene.in_english().await;
    let other = scene.author.article().with("slug", "other").begin().await;
    other.go_public(&scene.author).await;

    scene.does("UPDATE publication SET kind = 'nonsense' WHERE edition_id = {V} AND sequence = 1").await;
    scene
        .app
        .sql("DELETE FROM live_topic WHERE edition_id IN (SELECT edition_id FROM revision WHERE slug = 'other')")
        .await;

    scene.is_found(&scene.victim, "victim").await;
    other.public().await.is(404);
}

#[actix_web::test]
async fn a_text_with_its_hash_recomputed_fails_its_signature() {
    let scene = scene().await;
    let row = scene.app.query("SELECT content, envelope FROM live_item WHERE slug = 'victim'").await.remove(0);
    let content = row["content"].as_str().unwrap();
    let forged = content.replace("tươi", MARK);
    let envelope = row["envelope"].as_str().unwrap().to_owned();
    let envelope = envelope.replace(&Digest::of(content).to_string(), &Digest::of(&forged).to_string());
    let body = "replace(body, 'tươi', 'FORGED')";
    let hashes = format!("content_hash = '{}'", Digest::of(&forged));

    // In every table, with every hash.
    for statement in [
        format!("UPDATE live_item SET content = '{forged}', envelope = '{envelope}' WHERE edition_id = {{V}}"),
        format!(
            "UPDATE live_version SET content = '{forged}', envelope = '{envelope}' WHERE edition_id = {{V}} AND sequence = 2"
        ),
        format!("UPDATE revision SET body = {body}, {hashes} WHERE edition_id = {{V}} AND number = 2"),
        format!("UPDATE review_case SET {hashes} WHERE edition_id = {{V}} AND revision_number = 2"),
        format!(
            "UPDATE publication SET {hashes}, envelope = '{envelope}', envelope_hash = '{}' WHERE edition_id = {{V}} AND sequence = 2",
            Digest::of(&envelope)
        ),
    ] {
        scene.does(&statement).await;
    }

    scene.is_withheld("victim", "before the sweep").await;
    scene.is_found(&scene.victim, "victim").await;
}

#[actix_web::test]
async fn an_item_that_was_never_published_is_found() {
    let scene = scene().await;
    scene
        .does(
            "INSERT INTO live_item (audience, edition_id, article_id, locale, slug, kind, agency_code, content, envelope, \
             signature, corrections, revision_number, major_number, published_at, updated_at) \
             SELECT 'public', e.id, e.article_id, 'vi', 'draft', l.kind, l.agency_code, replace(l.content, 'tươi', 'FORGED'), \
             l.envelope, l.signature, l.corrections, 1, 1, l.published_at, l.updated_at \
             FROM live_item l, edition e WHERE l.slug = 'victim' AND e.id = {D}",
        )
        .await;

    scene.is_withheld("draft", "before the sweep").await;
    let findings = scene.app.sweep().await;
    assert_eq!(findings.iter().map(|f| f.edition).collect::<Vec<_>>(), [scene.draft.id().await]);
    assert_eq!(scene.victim.item().await.slug.as_str(), "victim");
}

#[actix_web::test]
async fn a_topic_that_the_text_does_not_name_is_no_topic_of_it() {
    let scene = scene().await;
    scene
        .does(
            "INSERT INTO live_topic (audience, edition_id, topic_code, locale, published_at) \
             SELECT audience, edition_id, 'bien', locale, published_at FROM live_item WHERE edition_id = {V}",
        )
        .await;

    let under = Selection { topic: Some("bien".parse().unwrap()), ..Selection::default() };

    assert_eq!(scene.app.list_of("vi", under).await, []);
}

#[actix_web::test]
async fn an_address_that_an_item_never_had_leads_nowhere() {
    let scene = scene().await;
    scene.does("INSERT INTO live_slug (audience, locale, slug, edition_id) SELECT 'public', 'vi', 'forged', id FROM edition WHERE id = {V}").await;

    assert!(scene.app.at_slug("vi", "forged").await.is_none());
    assert!(scene.app.at_slug("vi", "first").await.is_some(), "one that it had does");
    scene.victim.withdraw(&scene.publisher, "").await.is(200);
    assert!(scene.app.at_slug("vi", "forged").await.is_none());
    assert!(scene.app.at_slug("vi", "first").await.is_some());
}

#[actix_web::test]
async fn a_version_is_served_for_its_own_edition_and_number_only() {
    let scene = scene().await;
    let of = "(SELECT h.content, h.envelope, h.signature FROM live_version h WHERE h.edition_id = {H})";
    scene
        .does(&format!(
            "UPDATE live_version SET (content, envelope, signature) = {of} WHERE edition_id = {{V}} AND sequence = 1"
        ))
        .await;

    assert!(scene.victim.version(1).await.is_none());
    scene.is_found(&scene.victim, "victim").await;
}

#[actix_web::test]
async fn what_was_taken_down_stays_down() {
    for (statement, shown) in [
        ("UPDATE live_tombstone SET envelope = replace(envelope, 'Đã gỡ', 'FORGED') WHERE edition_id = {V}", false),
        ("DELETE FROM live_tombstone WHERE edition_id = {V}", false),
        ("INSERT INTO live_item SELECT * FROM was_live_item", true),
    ] {
        let scene = scene().await;
        scene.victim.withdraw(&scene.publisher, "Đã gỡ.").await.is(200);
        assert_eq!(scene.app.sweep().await, []);

        scene.does(statement).await;

        let all = scene.all().await;
        assert!(!all.contains(MARK), "{statement}: {all}");
        assert!(shown || !all.contains("Cá ngừ tươi"), "{statement}");
        scene.is_found(&scene.victim, "victim").await;
    }
}

#[actix_web::test]
async fn a_tombstone_says_what_was_signed_and_nothing_else() {
    for statement in [
        "UPDATE live_tombstone SET topics = '[]' WHERE edition_id = {V}",
        "UPDATE live_tombstone SET topics = '[\"dau-tu\",\"kinh-te\",\"bien\"]' WHERE edition_id = {V}",
        "UPDATE live_tombstone SET kind = 'statement' WHERE edition_id = {V}",
        "UPDATE live_tombstone SET agency_code = 'so' WHERE edition_id = {V}",
        "UPDATE live_tombstone SET slug = 'forged' WHERE edition_id = {V}",
        "UPDATE live_tombstone SET at = published_at WHERE edition_id = {V}",
    ] {
        let scene = scene().await;
        scene.victim.withdraw(&scene.publisher, "Đã gỡ.").await.is(200);
        assert_eq!(scene.app.sweep().await, []);

        scene.does(statement).await;

        scene.is_found(&scene.victim, "victim").await;
        scene.victim.public().await.is(404);
    }
}

#[actix_web::test]
async fn a_tombstone_follows_its_topics_as_items_do() {
    let scene = scene().await;
    let admin = scene.app.account("admin").sign_in().await;
    scene.victim.withdraw(&scene.publisher, "Đã gỡ.").await.is(200);
    let etag = admin.get("/api/v1/topics/dau-tu").await.etag();

    let moved = serde_json::json!({"parent": "bien", "names": {"vi": "Đầu tư"}});
    admin.put("/api/v1/topics/dau-tu", &etag, &moved).await.is(200);

    assert_eq!(scene.app.sweep().await, []);
    let carries = async |topic: &str| {
        let feed = scene.app.get(&format!("/feeds/vi/topics/{topic}.json")).await.is(200);
        feed.text().contains("Đã gỡ.")
    };
    assert!(carries("dau-tu").await && carries("bien").await && !carries("kinh-te").await);
}

#[actix_web::test]
async fn an_approval_is_looked_at_again_when_its_text_is_published() {
    let case = "(SELECT case_id FROM edition WHERE id = {D})";
    let author = "(SELECT created_by FROM revision WHERE slug = 'draft')";
    let forged = "(SELECT DISTINCT content_hash FROM revision WHERE slug = 'healthy')";
    for statement in [
        format!("UPDATE decision SET content_hash = {forged} WHERE case_id = {case} AND stage = 0"),
        format!("UPDATE decision SET account_id = {author} WHERE case_id = {case} AND stage = 1"),
        format!("UPDATE decision SET verdict = 'request_changes' WHERE case_id = {case} AND stage = 1"),
        format!("DELETE FROM decision WHERE case_id = {case} AND stage = 1"),
        format!("UPDATE review_case SET content_hash = {forged} WHERE id = {case}"),
        format!("UPDATE review_case SET state = 'open' WHERE id = {case}"),
        "UPDATE revision SET body = '<p>FORGED</p>' WHERE edition_id = {D}".to_owned(),
        "UPDATE revision SET title = 'FORGED', created_by = created_by WHERE edition_id = {D}".to_owned(),
    ] {
        let scene = scene().await;
        scene.draft.approve(&scene.author).await;

        scene.does(&statement).await;

        scene.draft.publish(&scene.publisher).await.is(409);
        assert!(scene.draft.found().await.is_none(), "{statement}");
    }
}

#[actix_web::test]
async fn a_text_exchanged_with_every_hash_after_its_approval_is_not_published() {
    let scene = scene().await;
    scene.draft.approve(&scene.author).await;
    // Healthy's text was sealed under another article, so the hash is made anew, as an intruder with the source would.
    let path = scene.draft.path("");
    let shown = scene.author.get(&path).await.is(200).json();
    let old = shown["content_hash"].as_str().unwrap();
    let content = serde_json::json!({
        "v": 1, "article": scene.draft.article, "locale": "vi", "kind": "news", "title": MARK, "summary": shown["summary"],
        "body": shown["body"], "slug": "draft", "agency": "bao", "topics": ["dau-tu"], "place": null, "details": null,
        "cover": null, "images": [], "documents": [], "external_media": [],
    });
    let hash = Digest::of(lantoa::kernel::canonical_json(&content)).to_string();
    for statement in [
        format!("UPDATE revision SET title = '{MARK}', content_hash = '{hash}' WHERE content_hash = '{old}'"),
        format!("UPDATE review_case SET content_hash = '{hash}' WHERE content_hash = '{old}'"),
        format!("UPDATE decision SET content_hash = '{hash}' WHERE content_hash = '{old}'"),
    ] {
        scene.does(&statement).await;
    }
    assert_eq!(scene.draft.hash(&scene.author).await, hash);

    scene.draft.publish(&scene.publisher).await.is_problem(409, "approval-lapsed");

    assert!(!scene.all().await.contains(MARK));
}

#[actix_web::test]
async fn nothing_is_published_on_top_of_a_chain_that_was_rolled_back() {
    let scene = scene().await;
    scene.victim.save(&scene.author, text("Bản ba", "Ba.")).await.is(200);
    scene.victim.approve(&scene.author).await;
    for statement in [
        "DELETE FROM live_item WHERE edition_id = {V}",
        "INSERT INTO live_item SELECT * FROM was_live_item",
        "DELETE FROM live_version WHERE edition_id = {V} AND sequence = 2",
        "DELETE FROM publication WHERE edition_id = {V} AND sequence = 2",
        "UPDATE edition SET (live_number, publication_id) = (SELECT live_number, publication_id FROM was_edition) WHERE id = {V}",
    ] {
        scene.does(statement).await;
    }

    // A new act would make the audit chain agree with the shortened one.
    scene.victim.publish(&scene.publisher).await.is(500);
    scene.victim.withdraw(&scene.publisher, "").await.is(500);

    scene.is_found(&scene.victim, "victim").await;
}

#[actix_web::test]
async fn what_was_put_right_is_served_again() {
    let scene = scene().await;
    scene.does("CREATE TABLE good AS SELECT * FROM live_item WHERE slug = 'victim'").await;
    scene.does("UPDATE live_item SET kind = 'statement' WHERE edition_id = {V}").await;
    scene.is_found(&scene.victim, "victim").await;

    scene.does("DELETE FROM live_item WHERE edition_id = {V}").await;
    scene.does("INSERT INTO live_item SELECT * FROM good").await;

    assert_eq!(scene.app.sweep().await, []);
    assert_eq!(scene.victim.item().await.version, 2);
    let _: Value = scene.victim.public().await.is(200).json();
}
