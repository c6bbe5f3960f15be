//! Deciding: nobody twice and nobody on a text of their own, in whatever name; delegates, named persons, checks that
//! somebody answers for, many decisions at once.

use actix_web::http::Method;
use serde_json::{Value, json};

use crate::support::{Answer, Client, Desk, Edition, TestApp, english, text};

const UNTIL: &str = "2026-11-29T02:00:00Z";

fn lend(to: &Client, role: &str) -> Value {
    json!({"to": to.id.to_string(), "role": role, "until": UNTIL, "reason": "Đi công tác."})
}

async fn delegate(of: &Client, to: &Client, role: &str) -> Answer {
    of.post("/api/v1/delegations", &lend(to, role)).await
}

/// Decides with members of one's own.
async fn decide(edition: &Edition, by: &Client, more: Value) -> Answer {
    let mut body = json!({"verdict": "approve", "content_hash": edition.hash(by).await});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    by.post(&edition.path("decisions"), &body).await
}

async fn on_behalf(edition: &Edition, by: &Client, of: &Client) -> Answer {
    decide(edition, by, json!({"on_behalf_of": of.id.to_string()})).await
}

async fn reassign(edition: &Edition, by: &Client, stage: &str, to: Option<&Client>) -> Answer {
    let to = to.map(|client| client.id.to_string());
    by.post(&edition.path("reassign"), &json!({"stage": stage, "to": to})).await
}

#[track_caller]
fn breaks(answer: &Answer, rule: &str, waits_for: &str) {
    let problem = answer.json();
    assert_eq!(problem["rule"], rule, "{problem}");
    assert_eq!(problem["waiting_for"]["stage"], waits_for, "{problem}");
    assert!(!problem["rule_text"].as_str().unwrap().is_empty());
}

/// One person, two stages; an author, any; a delegate of oneself, none: each by its rule, and nothing changes.
#[actix_web::test]
async fn one_person_is_not_two_stages_nor_an_author_any_nor_a_delegate_of_oneself() {
    let desk = Desk::new().await;
    let edition = desk.draft().begin().await;
    let writer = desk.app.account("author").and("reviewer").and("approver").sign_in().await;
    let both = desk.app.account("reviewer").and("approver").sign_in().await;
    let other = desk.app.account("reviewer").and("approver").sign_in().await;
    edition.save(&writer, text("Bản hai", "Hai.")).await.is(200);
    edition.submit(&desk.author).await.is(201);
    // Everybody who could help them round the rule lends what they have.
    for (of, to) in [(&both, &desk.reviewer), (&writer, &desk.approver), (&desk.approver, &both), (&other, &writer)] {
        for role in ["reviewer", "approver"] {
            delegate(of, to, role).await;
        }
    }
    let before = desk.app.digest().await;

    // An author, in their own name, in another's, and through another.
    for answer in [
        edition.decide(&writer, "approve").await,
        edition.decide(&writer, "request_changes").await,
        on_behalf(&edition, &writer, &other).await,
        on_behalf(&edition, &desk.approver, &writer).await,
    ] {
        breaks(&answer.is_problem(403, "own-text"), "own-text", "review");
    }
    // A delegate of oneself.
    let own = both.post("/api/v1/delegations", &lend(&both, "approver")).await;
    assert_eq!(own.is_problem(422, "invalid").names("/to", "own-name").json()["rule"], "own-right");
    assert_eq!(desk.app.digest().await, before, "a refusal changes nothing");

    // One person, two stages: as themselves, for another, through another.
    edition.decide(&both, "approve").await.is(200);
    let before = desk.app.digest().await;
    for answer in [
        edition.decide(&both, "approve").await,
        on_behalf(&edition, &both, &desk.approver).await,
        on_behalf(&edition, &desk.reviewer, &both).await,
    ] {
        breaks(&answer.is_problem(403, "second-stage"), "one-stage-each", "approval");
    }
    assert_eq!(desk.app.digest().await, before, "a refusal changes nothing");
    edition.publish(&desk.publisher).await.is_problem(409, "not-approved");

    edition.decide(&other, "approve").await.is(200);
    edition.publish(&desk.publisher).await.is(200);
    assert_eq!(desk.app.sweep().await, []);
}

#[actix_web::test]
async fn a_delegate_decides_in_both_names() {
    let desk = Desk::new().await;
    let edition = desk.draft().begin().await;
    // Somebody of another agency, who could not even read the text otherwise.
    let deputy = desk.app.account("publisher").agency("so").sign_in().await;
    edition.submit(&desk.author).await.is(201);
    edition.decide(&desk.reviewer, "approve").await.is(200);
    edition.get(&deputy).await.is_problem(404, "not-found");

    let lent = delegate(&desk.approver, &deputy, "approver").await.is(201).json();
    let case = edition.decide(&deputy, "approve").await.is(200).json();

    assert_eq!(lent["active"], true);
    let decision = &case["decisions"][1];
    assert_eq!(decision["account"], deputy.id.to_string());
    assert_eq!(decision["on_behalf_of"]["id"], desk.approver.id.to_string());
    assert_eq!((&decision["name"], &decision["on_behalf_of"]["name"]), (&json!("Người thử"), &json!("Người thử")));
    edition.publish(&desk.publisher).await.is(200);
    assert_eq!(desk.app.sweep().await, []);
}

#[actix_web::test]
async fn a_delegation_is_of_ones_own_right_in_its_scope_and_is_not_lent_on() {
    let desk = Desk::new().await;
    let (first, second) = (desk.app.nobody().sign_in().await, desk.app.nobody().sign_in().await);
    let local = desk.app.account("approver").agency("bao").sign_in().await;
    delegate(&desk.approver, &first, "approver").await.is(201);

    for (by, body, pointer, code) in [
        (&first, lend(&second, "approver"), "/role", "not-held"),
        (&desk.approver, lend(&first, "reviewer"), "/role", "not-held"),
        (&desk.author, lend(&first, "author"), "/role", "not-held"),
        (&local, lend(&first, "approver"), "/role", "not-held"),
        (
            &desk.approver,
            json!({"to": uuid::Uuid::now_v7(), "role": "approver", "until": UNTIL, "reason": "x"}),
            "/to",
            "unknown",
        ),
    ] {
        by.post("/api/v1/delegations", &body).await.is_problem(422, "invalid").names(pointer, code);
    }
    for (member, value, code) in [
        ("until", json!("2026-11-21T00:00:00Z"), "ends-before-start"),
        ("until", json!("morgen"), "bad-time"),
        ("reason", json!(" "), "required"),
        ("agency", json!("khac"), "unknown"),
    ] {
        let mut body = lend(&first, "approver");
        body[member] = value;
        let answer = desk.approver.post("/api/v1/delegations", &body).await;
        answer.is_problem(422, "invalid").names(&format!("/{member}"), code);
    }
    let mut scoped = lend(&first, "approver");
    scoped["agency"] = json!("bao");
    local.post("/api/v1/delegations", &scoped).await.is(201);
    assert_eq!(first.all("/api/v1/delegations").await.len(), 2);
    assert_eq!(second.all("/api/v1/delegations").await.len(), 0);
    assert_eq!(desk.app.sweep().await, []);
}

#[actix_web::test]
async fn a_delegation_holds_in_its_time_and_as_long_as_its_owner_has_the_right() {
    let desk = Desk::new().await;
    let deputy = desk.app.nobody().sign_in().await;
    let edition = desk.draft().begin().await;
    edition.submit(&desk.author).await.is(201);
    edition.decide(&desk.reviewer, "approve").await.is(200);
    let hash = edition.hash(&desk.author).await;
    let mut later = lend(&deputy, "approver");
    later["from"] = json!("2026-11-23T02:00:00Z");

    let lent = desk.approver.post("/api/v1/delegations", &later).await.is(201);
    edition.decide_on(&deputy, "approve", &hash).await.is_problem(404, "not-found");
    let deputy = deputy.after(24 * 3600);
    edition.decide_on(&deputy, "approve", &hash).await.is(200);

    // Taking it back, by either of them, takes what was decided by it.
    let path = format!("/api/v1/delegations/{}", lent.json()["id"].as_str().unwrap());
    let (owner, publisher) = (deputy.clone(), desk.app.account("publisher").sign_in().await);
    let ended = owner.delete(&path, &lent.etag()).await.is(200);
    assert_eq!((ended.json()["active"].clone(), ended.etag()), (json!(false), "\"v2\"".to_owned()));
    edition.publish(&publisher).await.is_problem(409, "approval-lapsed");
    owner.delete(&path, &lent.etag()).await.is_problem(412, "precondition-failed");
    assert_eq!(desk.app.sweep().await, []);
}

#[actix_web::test]
async fn what_was_decided_in_a_delegations_time_outlives_it_but_not_its_owners_right() {
    for gone in [false, true] {
        let desk = Desk::new().await;
        let deputy = desk.app.nobody().sign_in().await;
        let edition = desk.draft().begin().await;
        edition.submit(&desk.author).await.is(201);
        edition.decide(&desk.reviewer, "approve").await.is(200);
        delegate(&desk.approver, &deputy, "approver").await.is(201);
        edition.decide(&deputy, "approve").await.is(200);
        desk.app.pass(8 * 24 * 3600);
        let admin = desk.app.account("admin").sign_in().await;
        let publisher = desk.app.account("publisher").sign_in().await;
        if gone {
            let path = format!("/api/v1/accounts/{}", desk.approver.id);
            let etag = admin.get(&path).await.etag();
            admin.put(&format!("{path}/grants"), &etag, &json!({"grants": []})).await.is(200);
        }

        let answer = edition.publish(&publisher).await;

        if gone {
            answer.is_problem(409, "approval-lapsed");
        } else {
            answer.is(200);
        }
    }
}

/// A row that makes somebody a delegate, or a decision one for another, carries nothing.
#[actix_web::test]
async fn a_delegation_that_the_audit_chain_does_not_know_carries_nothing() {
    for alteration in [
        "UPDATE delegation SET until_at = '2027-01-01 00:00:00+00:00'",
        "UPDATE delegation SET agency_code = 'bao'",
        "UPDATE decision SET on_behalf_of = NULL, delegation_id = NULL",
        "DELETE FROM delegation",
    ] {
        let desk = Desk::new().await;
        let deputy = desk.app.account("approver").sign_in().await;
        let edition = desk.draft().begin().await;
        edition.submit(&desk.author).await.is(201);
        edition.decide(&desk.reviewer, "approve").await.is(200);
        delegate(&desk.approver, &deputy, "approver").await.is(201);
        on_behalf(&edition, &deputy, &desk.approver).await.is(200);

        desk.app.sql(alteration).await;

        edition.publish(&desk.publisher).await.is_problem(409, "approval-lapsed");
    }
}

#[actix_web::test]
async fn a_stage_that_is_given_to_a_person_is_decided_by_that_person() {
    let desk = Desk::new().await;
    let (second, deputy) = (desk.app.account("reviewer").sign_in().await, desk.app.nobody().sign_in().await);
    let admin = desk.app.account("admin").sign_in().await;
    let edition = desk.draft().begin().await;
    edition.submit(&desk.author).await.is(201);

    let case = reassign(&edition, &desk.reviewer, "review", Some(&second)).await.is(200).json();

    assert_eq!(case["stages"][0]["assigned_to"]["id"], second.id.to_string());
    let refused = edition.decide(&desk.reviewer, "approve").await.is_problem(403, "forbidden");
    breaks(&refused, "named-person", "review");
    assert_eq!(refused.json()["waiting_for"]["people"][0]["id"], second.id.to_string());
    assert_eq!(refused.json()["waiting_for"]["role_name"], "Người hiệu đính");
    // Back to all, and by an administrator to one again, whose delegate decides.
    reassign(&edition, &second, "review", None).await.is(200);
    reassign(&edition, &admin, "review", Some(&second)).await.is(200);
    delegate(&second, &deputy, "reviewer").await.is(201);
    edition.decide(&deputy, "approve").await.is(200);
    edition.decide(&desk.approver, "approve").await.is(200);
    edition.publish(&desk.publisher).await.is(200);
    assert_eq!(desk.app.sweep().await, []);
}

#[actix_web::test]
async fn a_stage_is_given_by_who_may_to_who_can_decide() {
    let desk = Desk::new().await;
    let edition = desk.draft().begin().await;
    let writer = desk.app.account("author").and("approver").sign_in().await;
    edition.save(&writer, text("Bản hai", "Hai.")).await.is(200);
    reassign(&edition, &desk.reviewer, "review", None).await.is_problem(409, "no-open-case");
    edition.submit(&desk.author).await.is(201);
    let both = desk.app.account("reviewer").and("approver").sign_in().await;
    edition.decide(&both, "approve").await.is(200);
    let before = desk.app.digest().await;

    let refused = reassign(&edition, &desk.reviewer, "approval", None).await.is_problem(403, "forbidden");
    assert_eq!(refused.json()["rule"], "holders-reassign");
    for (to, rule) in [(&desk.reviewer, "role-of-stage"), (&writer, "own-text"), (&both, "one-stage-each")] {
        let refused = reassign(&edition, &desk.approver, "approval", Some(to)).await.is_problem(422, "invalid");
        assert_eq!(refused.names("/to", "cannot-decide").json()["rule"], rule);
    }
    reassign(&edition, &desk.approver, "khac", None).await.is_problem(422, "invalid").names("/stage", "unknown");
    breaks(&reassign(&edition, &both, "review", None).await.is_problem(409, "not-its-turn"), "stage-order", "approval");
    assert_eq!(desk.app.digest().await, before);
    assert_eq!(desk.app.sweep().await, []);
}

#[actix_web::test]
async fn every_refusal_says_which_rule_and_whose_move_it_is() {
    let desk = Desk::new().await;
    let edition = desk.draft().begin().await;
    edition.submit(&desk.author).await.is(201);

    let wrong_role = edition.decide(&desk.approver, "approve").await.is_problem(403, "forbidden");
    let again = edition.submit(&desk.author).await.is_problem(409, "case-open");
    let unseen = edition.decide_on(&desk.reviewer, "approve", &"0".repeat(64)).await.is_problem(409, "hash-mismatch");
    let early = edition.publish(&desk.publisher).await.is_problem(409, "not-approved");
    let order = desk.reviewer.write(Method::POST, &edition.path("take-back"), &[], &json!({})).await;

    breaks(&wrong_role, "role-of-stage", "review");
    breaks(&again, "one-case", "review");
    breaks(&unseen, "seen-text", "review");
    breaks(&early, "approval-holds", "review");
    assert_eq!(order.is_problem(403, "forbidden").json()["rule"], "writers-submit");
    let body = json!({"verdict": "approve", "content_hash": edition.hash(&desk.author).await});
    let english = [("accept-language", "en")];
    let english = desk.approver.write(Method::POST, &edition.path("decisions"), &english, &body).await.json();
    assert_eq!(english["rule_text"], "A stage is decided by those who hold its role in that scope.");
    assert_eq!(english["waiting_for"]["role_name"], "Reviewer");
    assert_eq!(desk.app.sweep().await, []);
}

const UNSAFE: &str = "<p>Xem <a href=\"http://cang.example/\">trang của cảng</a>.</p>";

#[actix_web::test]
async fn a_blocking_check_stops_publishing_until_somebody_answers_for_it_by_name() {
    let desk = Desk::new().await;
    let edition = desk.draft().with("body", UNSAFE).begin().await;
    let found = desk.author.get(&edition.path("checks")).await.is(200).json();
    assert_eq!((&found["blocked"], &found["items"][0]["code"]), (&json!(true), &json!("link-not-https")));
    assert_eq!(found["items"][0]["found"], "http://cang.example/");
    desk.approve(&edition).await;
    let refused = edition.publish(&desk.publisher).await.is_problem(409, "check-open").json();
    assert_eq!((&refused["rule"], &refused["checks"][0]["code"]), (&json!("approval-holds"), &json!("link-not-https")));

    // Such an approval is in nobody's way, and somebody answers for the next one.
    edition.submit(&desk.author).await.is(201);
    edition.decide(&desk.reviewer, "approve").await.is(200);
    let waive = |code: &str, reason: &str| json!({"waive": [{"code": code, "reason": reason}]});
    let no_reason = decide(&edition, &desk.approver, waive("link-not-https", " ")).await;
    no_reason.is_problem(422, "invalid").names("/waive/0/reason", "required");
    let no_check = decide(&edition, &desk.approver, waive("summary-missing", "Không cần.")).await;
    no_check.is_problem(422, "invalid").names("/waive/0/code", "unknown");
    let case = decide(&edition, &desk.approver, waive("link-not-https", "Cảng chưa có https.")).await.is(200).json();

    assert_eq!(case["decisions"][1]["waivers"][0]["reason"], "Cảng chưa có https.");
    let found = desk.author.get(&edition.path("checks")).await.is(200).json();
    assert_eq!(
        (&found["blocked"], &found["items"][0]["waived"]["by"]["id"]),
        (&json!(false), &json!(desk.approver.id.to_string()))
    );
    desk.app.sql("UPDATE decision SET waivers = replace(waivers, 'https.', 'khác.')").await;
    edition.publish(&desk.publisher).await.is_problem(409, "approval-lapsed");
    desk.app.sql("UPDATE decision SET waivers = replace(waivers, 'khác.', 'https.')").await;
    edition.publish(&desk.publisher).await.is(200);
    // A reason may name people: the audit chain has its hash alone.
    let audit = desk.app.query("SELECT data FROM audit_entry").await;
    assert!(!audit.iter().any(|row| row["data"].as_str().unwrap().contains("Cảng chưa")));
    assert_eq!(desk.app.sweep().await, []);
}

#[actix_web::test]
async fn a_translation_is_compared_with_the_figures_of_its_source() {
    let desk = Desk::new().await;
    let source = desk.draft().with("title", "Cá ngừ").with("body", "<p>Năm 2026 xuất 1.250,5 tấn.</p>").begin().await;
    source.submit(&desk.author).await.is(201);
    let edition = source.in_locale("en");
    let mut wrong = english();
    wrong["title"] = json!("Tuna");
    wrong["body"] = json!("<p>In 2026, 1,255.5 tonnes were exported.</p>");
    edition.translate(&desk.translator, wrong).await.is(201);

    let found = desk.translator.get(&edition.path("checks")).await.is(200).json();

    let figures: Vec<_> =
        found["items"].as_array().unwrap().iter().filter(|one| one["code"] == "figures-differ").collect();
    assert_eq!(figures.iter().map(|one| one["found"].clone()).collect::<Vec<_>>(), ["12505", "12555"]);
    assert_eq!(found["blocked"], false, "a warning: the reviewer reads it");
    assert_eq!(desk.app.sweep().await, []);
}

#[actix_web::test]
async fn many_decisions_count_or_are_refused_each_by_itself() {
    let desk = Desk::new().await;
    let (good, own, old) = (desk.draft().begin().await, desk.draft().begin().await, desk.draft().begin().await);
    let both = desk.app.account("author").and("reviewer").sign_in().await;
    own.save(&both, text("Bản hai", "Hai.")).await.is(200);
    for edition in [&good, &own, &old] {
        edition.submit(&desk.author).await.is(201);
    }
    let item = async |edition: &Edition, hash: Option<String>| {
        let hash = match hash {
            Some(hash) => hash,
            None => edition.hash(&desk.author).await,
        };
        json!({"article": edition.article, "locale": "vi", "verdict": "approve", "content_hash": hash})
    };
    let absent = json!({"article": uuid::Uuid::now_v7(), "locale": "vi", "verdict": "approve",
        "content_hash": "0".repeat(64)});
    let items = vec![item(&good, None).await, item(&own, None).await, item(&old, Some("0".repeat(64))).await, absent];
    let send = async || {
        let body = json!({"items": items});
        let headers = [("idempotency-key", "m"), ("accept-language", "en")];
        both.write(Method::POST, "/api/v1/decisions", &headers, &body).await.is(200)
    };

    let first = send().await;
    let again = send().await;

    let results = first.json()["items"].as_array().unwrap().clone();
    let statuses: Vec<_> = results.iter().map(|one| one["status"].as_u64().unwrap()).collect();
    assert_eq!(statuses, [200, 403, 409, 404]);
    assert_eq!((&results[0]["case"]["current_stage"], &results[0]["problem"]), (&json!(1), &Value::Null));
    assert_eq!(
        (&results[1]["problem"]["code"], &results[1]["problem"]["rule"]),
        (&json!("own-text"), &json!("own-text"))
    );
    assert_eq!(results[1]["problem"]["title"], "You cannot decide on your own text");
    assert_eq!(again.json()["items"][0], results[0], "the same answer, and not a second stage");
    assert_eq!(good.show(&desk.author).await["case"]["decisions"].as_array().unwrap().len(), 1);
    let bad = json!({"items": [items[0], {"article": good.article, "locale": "vi", "verdict": "approve", "content_hash": "x"}]});
    both.post("/api/v1/decisions", &bad).await.is_problem(422, "invalid").names("/items/1/content_hash", "bad-hash");
    let many = json!({"items": vec![items[0].clone(); 101]});
    both.post("/api/v1/decisions", &many).await.is_problem(422, "invalid").names("/items", "too-many");
    assert_eq!(desk.app.sweep().await, []);
}

#[actix_web::test]
async fn an_edit_supersedes_the_case_visibly() {
    let app = TestApp::new().await;
    let desk = Desk::of(&app).await;
    let edition = desk.draft().begin().await;
    let case = edition.submit(&desk.author).await.is(201).json();

    edition.save(&desk.author, text("Bản hai", "Hai.")).await.is(200);

    let rows = app.query("SELECT state FROM review_case").await;
    assert_eq!(rows, [json!({"state": "superseded"})]);
    assert_eq!(app.query("SELECT id FROM case_turn").await, Vec::<Value>::new());
    let hash = case["content_hash"].as_str().unwrap();
    let refused = edition.decide_on(&desk.reviewer, "approve", hash).await.is_problem(409, "no-open-case");
    assert_eq!(refused.json()["rule"], "open-case");
    assert_eq!(desk.app.sweep().await, []);
}
