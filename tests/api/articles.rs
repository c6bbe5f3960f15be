//! Articles: what all languages share, and the lists of them.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::support::{Client, TestApp, english, text};

async fn desk() -> (TestApp, Client) {
    let app = TestApp::new().await;
    let author = app.account("author").and("translator").sign_in().await;
    (app, author)
}

#[actix_web::test]
async fn each_kind_has_its_own_details_and_no_other() {
    let (_, author) = desk().await;
    let event =
        json!({"starts_at": "2026-12-05T08:00:00+07:00", "time_zone": "Asia/Ho_Chi_Minh", "venue": "Quảng trường"});
    let good = [
        ("news", Value::Null),
        ("statement", json!({"claim": "Cá chết hàng loạt"})),
        ("event", event.clone()),
        ("investment", json!({"stage": "calling", "amount": "1200000000000.50", "currency": "VND", "sector": "cảng"})),
        ("destination", json!({"latitude": "15.12", "longitude": "108.80", "season": "tháng 3 đến tháng 8"})),
    ];
    for (kind, details) in &good {
        let draft = author.article().with("kind", *kind).with("details", details.clone());
        let edition = draft.begin().await;
        let shared =
            author.get(&format!("/api/v1/articles/{}", edition.article)).await.is(200).json()["details"].clone();
        let own = edition.show(&author).await["details"].clone();
        let count = |value: &Value| value.as_object().map_or(0, serde_json::Map::len);
        assert_eq!(count(&shared) + count(&own), count(details), "{kind}");
    }
    for (kind, details, pointer, code) in [
        ("news", event, "/details/venue", "not-of-kind"),
        ("event", json!({"time_zone": "Asia/Ho_Chi_Minh"}), "/details/starts_at", "required"),
        ("event", Value::Null, "/details/starts_at", "required"),
        ("event", json!({"starts_at": "mai", "time_zone": "UTC"}), "/details/starts_at", "bad-time"),
        (
            "event",
            json!({"starts_at": "2026-12-05T08:00:00Z", "time_zone": "Hà Nội"}),
            "/details/time_zone",
            "bad-time-zone",
        ),
        (
            "event",
            json!({"starts_at": "2026-12-05T08:00:00Z", "ends_at": "2026-12-05T07:00:00Z", "time_zone": "UTC"}),
            "/details/ends_at",
            "ends-before-start",
        ),
        ("statement", json!({}), "/details/claim", "required"),
        ("investment", json!({"amount": "12,5"}), "/details/amount", "bad-decimal"),
        ("investment", json!({"stage": "dream"}), "/details/stage", "not-one-of"),
        ("destination", json!({"latitude": "91"}), "/details/latitude", "out-of-range"),
        ("destination", json!({"longitude": "-180.5"}), "/details/longitude", "out-of-range"),
        ("investment", json!({"amount": "-1.00"}), "/details/amount", "out-of-range"),
        ("investment", json!({"amount": "1", "currency": "ABC"}), "/details/currency", "not-one-of"),
        ("investment", json!({"amount": "1", "currency": "VN₫"}), "/details/currency", "not-one-of"),
        ("statement", json!({"claim": "\u{200B}\u{3164}"}), "/details/claim", "required"),
    ] {
        let answer = author.article().with("kind", kind).with("details", details).send().await;
        answer.is_problem(422, "invalid").names(pointer, code);
    }
}

#[actix_web::test]
async fn one_moment_has_one_spelling_and_one_hash() {
    let (_, author) = desk().await;
    let event =
        |starts: &str, ends: &str| json!({"starts_at": starts, "ends_at": ends, "time_zone": "Asia/Ho_Chi_Minh"});
    let draft = author.article().with("kind", "event").with("slug", "hoi");
    let here = event("2026-12-05T08:00:00+07:00", "2026-12-06T00:00:00.5+07:00");
    let edition = draft.with("details", here).begin().await;
    let path = format!("/api/v1/articles/{}", edition.article);

    let first = author.get(&path).await.is(200);

    let kept = event("2026-12-05T01:00:00Z", "2026-12-05T17:00:00.500Z");
    assert_eq!(first.json()["details"], kept);
    let elsewhere = event("2026-12-04T20:00:00-05:00", "2026-12-05T17:00:00.500000+00:00");
    let again = author.patch(&path, &first.etag(), &json!({"details": elsewhere})).await.is(200);
    assert_eq!(again.json()["details"], kept);
}

#[actix_web::test]
async fn a_number_out_of_its_bounds_is_told_the_bounds() {
    let (_, author) = desk().await;
    let wrong = author.article().with("kind", "destination").with("details", json!({"latitude": "91"}));

    let told = wrong.send().await.is_problem(422, "invalid").json()["errors"][0]["message"].clone();

    assert!(told.as_str().unwrap().contains("-90") && told.as_str().unwrap().contains("90."), "{told}");
}

#[actix_web::test]
async fn what_only_a_translation_says_is_refused_of_the_source_by_its_name() {
    let (_, author) = desk().await;
    let source = author.article().begin().await;
    let mut body = text("Bản hai", "Hai.");
    body["source_revision"] = 1.into();
    source.save(&author, body).await.is_problem(422, "invalid").names("/source_revision", "not-of-source");
    let mut body = text("Bản hai", "Hai.");
    body["place"] = "Vân Sa".into();
    source.save(&author, body).await.is_problem(422, "invalid").names("/place", "not-of-source");

    for word in ["shared", "big"] {
        let mut body = text("Bản hai", "Hai.");
        body["change_class"] = word.into();
        let refused = source.save(&author, body).await.is_problem(422, "invalid").names("/change_class", "not-one-of");
        let told = refused.json()["errors"][0]["message"].as_str().unwrap().to_owned();
        assert!(told.contains("minor, major") && !told.contains("shared"), "{told}");
    }
}

#[actix_web::test]
async fn what_a_request_names_and_nobody_knows_is_said_with_its_place() {
    let (_, author) = desk().await;
    for (member, value, pointer) in [
        ("topics", json!(["dau-tu", "bong-da"]), "/topics/1"),
        ("agency", json!("dai"), "/agency"),
        ("source_locale", json!("de"), "/source_locale"),
    ] {
        let answer = author.article().with(member, value).send().await;
        answer.is_problem(422, "invalid").names(pointer, "unknown");
    }
    let eleven: Vec<_> = (0..11).map(|number| format!("chu-de-{number}")).collect();
    author.article().with("topics", eleven).send().await.is_problem(422, "invalid").names("/topics", "too-many");
    let unknown = author.article().with("status", "published").send().await;
    assert!(matches!(unknown.status, 400 | 422), "{}", unknown.text());
}

#[actix_web::test]
async fn filters_find_what_they_say() {
    let (app, author) = desk().await;
    let other = app.account("author").sign_in().await;
    let statement = other.article().with("kind", "statement").with("details", json!({"claim": "Sai"}));
    let a = author.article().with("topics", json!(["kinh-te"])).begin().await;
    let b = author.article().with("topics", json!(["dau-tu"])).with("agency", "so").begin().await;
    let c = statement.with("topics", json!(["bien", "dau-tu"])).begin().await;
    b.in_locale("en").translate(&author, english()).await.is(201);
    let mut claimed = english();
    claimed["details"] = json!({"claim": "Wrong"});
    c.in_locale("en").translate(&author, claimed).await.is(201);
    let set = |all: &[&crate::support::Edition]| all.iter().map(|one| one.article.clone()).collect::<BTreeSet<_>>();

    for (filter, expected) in [
        ("", set(&[&a, &b, &c])),
        ("topic=kinh-te", set(&[&a, &b, &c])),
        ("topic=dau-tu", set(&[&b, &c])),
        ("topic=bien", set(&[&c])),
        ("topic=khong-co", set(&[])),
        ("agency=so", set(&[&b])),
        ("kind=statement", set(&[&c])),
        ("kind=news", set(&[&a, &b])),
        ("locale=en", set(&[&b, &c])),
        ("missing_locale=en", set(&[&a])),
        ("locale=en&missing_locale=fr&kind=news", set(&[&b])),
        ("mine=true", set(&[&a, &b, &c])),
        ("stale=false", set(&[&a, &b, &c])),
        ("state=draft&topic=dau-tu&agency=bao", set(&[&c])),
        ("state=published", set(&[])),
    ] {
        assert_eq!(author.articles(filter).await, expected, "{filter}");
    }
    assert_eq!(other.articles("mine=true").await, set(&[&c]), "a text of one's own makes it mine");
    for bad in
        ["state=live", "kind=gossip", "mine=false", "limit=0", "limit=101", "cursor=x", "status=draft", "locale=EN"]
    {
        author.get(&format!("/api/v1/articles?{bad}")).await.is(400);
    }
}

#[actix_web::test]
async fn paging_skips_and_repeats_nothing_while_others_insert() {
    let (app, author) = desk().await;
    let mut there = BTreeSet::new();
    for number in 0..11 {
        there.insert(author.article().begin().await.article);
        // Some begin in the same moment, some do not.
        app.pass(number % 2);
    }
    let (mut seen, mut next) = (Vec::new(), String::new());
    loop {
        let page = author.get(&format!("/api/v1/articles?limit=3{next}")).await.is(200).json();
        seen.extend(page["items"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()));
        author.article().begin().await;
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        next = format!("&cursor={cursor}");
    }
    assert_eq!(seen.len(), 11, "no more and no less than there were");
    assert_eq!(seen.into_iter().collect::<BTreeSet<_>>(), there);
}

#[actix_web::test]
async fn a_shared_field_changes_and_no_edition_is_touched() {
    let (app, author) = desk().await;
    let edition = author.article().begin().await;
    edition.go_public(&author).await;
    edition.in_locale("en").translate(&author, english()).await.is(201);
    let tables = ["edition", "revision", "review_case", "publication", "live_item", "live_topic", "live_event"];
    let rows = async || app.rows().await.into_iter().filter(|(t, _)| tables.contains(t)).collect::<Vec<_>>();
    let (before, public) = (rows().await, edition.item().await);
    let path = format!("/api/v1/articles/{}", edition.article);
    let etag = author.get(&path).await.etag();

    let change = json!({"place": "Vân Sa", "topics": ["bien"], "agency": "so"});
    let changed = author.patch(&path, &etag, &change).await.is(200).json();

    assert_eq!(
        (&changed["place"], &changed["topics"], &changed["agency"]),
        (&json!("Vân Sa"), &json!(["bien"]), &json!("so"))
    );
    assert_eq!(rows().await, before);
    assert_eq!(edition.item().await, public, "what is live stays what was approved");
    let hash = edition.hash(&author).await;
    edition.save(&author, text("Hai", "Hai.")).await.is(200);
    assert_ne!(edition.hash(&author).await, hash);
    edition.go_public(&author).await;
    assert_eq!(edition.item().await.place, None, "an ordinary save keeps the snapshot it had");
    assert_eq!(app.sweep().await, []);
}

#[actix_web::test]
async fn what_is_absent_stays_and_what_is_null_is_cleared() {
    let (_, author) = desk().await;
    let edition = author.article().with("place", "Vân Sa").begin().await;
    let path = format!("/api/v1/articles/{}", edition.article);
    let etag = author.get(&path).await.etag();

    let kept = author.patch(&path, &etag, &json!({"topics": []})).await.is(200);
    assert_eq!((&kept.json()["place"], &kept.json()["topics"]), (&json!("Vân Sa"), &json!([])));
    let cleared = author.patch(&path, &kept.etag(), &json!({"place": null})).await.is(200);
    assert_eq!(cleared.json()["place"], Value::Null);
}

#[actix_web::test]
async fn a_public_list_costs_the_size_of_its_page() {
    let (app, author) = desk().await;
    let statements = async |path: &str| {
        app.statements.lock().unwrap().clear();
        author.get(path).await.is(200);
        // When the newest event was is asked once, and not where the page tells it itself.
        app.statements.lock().unwrap().iter().filter(|sql| !sql.contains("FROM \"live_event\"")).count()
    };
    let paths = ["limit=5", "limit=1", "limit=5&topic=kinh-te", "limit=1&topic=kinh-te"];
    let mut first = Vec::new();
    for round in 0..3 {
        for _ in 0..6 {
            let edition = author.article().begin().await;
            edition.go_public(&author).await;
            for locale in ["en", "fr"].into_iter().take(round) {
                let translation = edition.in_locale(locale);
                translation.translate(&author, english()).await.is(201);
                translation.go_public(&author).await;
            }
        }
        let mut counts = Vec::new();
        for path in paths {
            counts.push(statements(&format!("/api/v1/content/vi/articles?{path}")).await);
        }
        if round == 0 {
            first = counts;
        } else {
            assert_eq!(counts, first, "round {round}");
        }
    }
    assert_eq!((first[0], first[2]), (first[1], first[3]), "one item costs as many statements as five");
    assert!(first.iter().all(|count| (1..10).contains(count)), "{first:?}");
}

#[actix_web::test]
async fn a_change_of_nothing_changes_nothing() {
    let app = TestApp::new().await;
    let author = app.account("author").sign_in().await;
    let edition = author.article().begin().await;
    let path = format!("/api/v1/articles/{}", edition.article);
    let etag = author.get(&path).await.etag();
    let before = app.digest().await;

    for nothing in [json!({}), json!({"agency": "bao", "topics": ["dau-tu"]})] {
        let answer = author.patch(&path, &etag, &nothing).await.is(200);
        assert_eq!(answer.etag(), etag);
    }

    assert_eq!(app.digest().await, before);
    author.patch(&path, "\"v9\"", &json!({})).await.is_problem(412, "precondition-failed");
    let changed = author.patch(&path, &etag, &json!({"place": "Vân Sa"})).await.is(200);
    assert_ne!(changed.etag(), etag);
}
