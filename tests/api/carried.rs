//! What a case takes over: a reviewer's comma asks nobody again who agreed before, and nothing else is ever taken over.

use actix_web::http::Method;
use lantoa::{
    domain::{
        audit::{Walk, chain},
        workflow::Mended,
    },
    service::{audit, integrity::What},
    store,
};
use serde_json::{Value, json};

use crate::{
    suggestions::{accept, begun, suggest},
    support::{Client, Desk, Edition, text},
};

const COMMA: &str = "Bà con vui mừng, chờ đón.";
const FIGURE: &str = "Bà con vui mừng chờ đón 13 tàu.";

/// A text that its reviewer has agreed to, and the hash of it.
async fn reviewed(desk: &Desk) -> (Edition, String) {
    let edition = begun(desk).await;
    edition.submit(&desk.author).await.is(201);
    edition.decide(&desk.reviewer, "approve").await.is(200);
    let hash = edition.hash(&desk.author).await;
    (edition, hash)
}

/// A wording that somebody suggests and the author takes: the answer.
async fn taken(desk: &Desk, by: &Client, edition: &Edition, coded: &str) -> Value {
    let suggested = suggest(by, edition, "1.2", coded).await.is(201).json();
    accept(&desk.author, edition, &suggested).await.is(200).json()
}

async fn waits(by: &Client) -> usize {
    by.get("/api/v1/queue").await.is(200).json()["items"].as_array().unwrap().len()
}

#[actix_web::test]
async fn a_comma_at_a_later_stage_asks_nobody_again_who_agreed_before() {
    let desk = Desk::new().await;
    let (edition, first) = reviewed(&desk).await;

    let answer = taken(&desk, &desk.approver, &edition, COMMA).await;

    assert_eq!((&answer["goes_on_at"], &answer["from_first"]), (&json!("approval"), &Value::Null));
    let carried = &answer["case"]["carried"];
    assert_eq!((&carried["from_stage_name"], &answer["case"]["decisions"]), (&json!("approval"), &json!([])));
    let one = &carried["decisions"][0];
    for (member, value) in [
        ("revision", json!(1)),
        ("content_hash", json!(first)),
        ("stage_name", json!("review")),
        ("verdict", json!("approve")),
    ] {
        assert_eq!(one[member], value, "{member}");
    }
    assert_eq!((&one["by"]["id"], &carried["decisions"][1]), (&json!(desk.reviewer.id.to_string()), &Value::Null));
    let change = &carried["changes"][0];
    for (member, value) in [
        ("revision", json!(2)),
        ("segment", json!("1.2")),
        ("before", json!("Bà con vui mừng chờ đón.")),
        ("after", json!(COMMA)),
    ] {
        assert_eq!(change[member], value, "{member}");
    }
    assert_eq!(change["suggested_by"]["id"], desk.approver.id.to_string());
    assert_eq!(change["taken_by"]["id"], desk.author.id.to_string());
    assert_eq!((waits(&desk.reviewer).await, waits(&desk.approver).await), (0, 1));

    edition.publish(&desk.publisher).await.is_problem(409, "not-approved");
    edition.decide_on(&desk.approver, "approve", &first).await.is_problem(409, "hash-mismatch");
    let case = edition.decide(&desk.approver, "approve").await.is(200).json();
    assert_eq!((&case["state"], &case["carried"]), (&json!("approved"), carried));
    edition.publish(&desk.publisher).await.is(200);
    assert!(edition.public().await.is(200).json()["body_html"].as_str().unwrap().contains(COMMA));
    assert_eq!(desk.app.sweep().await, []);
    assert_eq!(desk.app.again().await.sweep().await, [], "another process looks at everything itself");
}

#[actix_web::test]
async fn history_and_sheet_show_who_decided_on_which_text_and_the_sentence_that_differs() {
    let desk = Desk::new().await;
    let (edition, first) = reviewed(&desk).await;
    taken(&desk, &desk.approver, &edition, COMMA).await;
    edition.decide(&desk.approver, "approve").await.is(200);
    edition.publish(&desk.publisher).await.is(200);

    let history = desk.author.get(&edition.path("history")).await.is(200).json();
    let submitted: Vec<&Value> =
        history["items"].as_array().unwrap().iter().filter(|one| one["what"] == "submitted").collect();
    let carried: Vec<&Value> = submitted.iter().map(|one| &one["carried"]).collect();
    assert_eq!((carried.len(), carried[1]), (2, &Value::Null));
    assert_eq!(carried[0]["decisions"][0]["content_hash"], first);
    assert_eq!(carried[0]["decisions"][0]["by"]["name"], "Người thử");
    assert_eq!(carried[0]["changes"][0]["after"], COMMA);
    let sheet = desk.author.get(&edition.path("publications/1/sheet")).await.is(200);
    for part in [
        &first,
        "cho bản thảo số 1",
        "<h2 id=\"changes\">Thay đổi sau các ý kiến đó</h2>",
        "Bà con vui mừng chờ đón.",
        COMMA,
        "Người đề xuất",
        "khớp với nhau",
    ] {
        assert!(sheet.text().contains(part), "{part} is not in {}", sheet.text());
    }
    assert!(!sheet.text().contains("không khớp"));

    desk.app.sql(&format!("UPDATE suggestion SET after = '{FIGURE}'")).await;
    let sheet = desk.author.get(&edition.path("publications/1/sheet")).await.is(200);
    assert!(sheet.text().contains("không khớp"));
}

#[actix_web::test]
async fn a_figure_at_a_later_stage_begins_at_the_first_and_says_so() {
    let desk = Desk::new().await;
    let (edition, _) = reviewed(&desk).await;

    let answer = taken(&desk, &desk.approver, &edition, FIGURE).await;

    assert_eq!((&answer["goes_on_at"], &answer["from_first"]), (&json!("review"), &json!("major")));
    assert_eq!((&answer["case"]["carried"], &answer["case"]["decisions"]), (&Value::Null, &json!([])));
    edition.decide(&desk.approver, "approve").await.is_problem(403, "forbidden");
    edition.publish(&desk.publisher).await.is_problem(409, "not-approved");
    edition.approve_open(&desk.reviewer, &desk.approver).await;
    edition.publish(&desk.publisher).await.is(200);
    assert_eq!(desk.app.sweep().await, []);
}

#[actix_web::test]
async fn each_stage_is_carried_with_the_text_that_it_approved_through_every_comma() {
    let desk = Desk::new().await;
    let edition = begun(&desk).await;
    let article = format!("/api/v1/articles/{}", edition.article);
    let etag = desk.author.get(&article).await.etag();
    desk.author.patch(&article, &etag, &json!({"sensitivity": "sensitive"})).await.is(200);
    let last = desk.app.account("approver").sign_in().await;
    edition.submit(&desk.author).await.is(201);
    let mut hashes = Vec::new();
    let note = async |hashes: &mut Vec<String>| hashes.push(edition.hash(&desk.author).await);
    note(&mut hashes).await;
    edition.decide(&desk.reviewer, "approve").await.is(200);
    taken(&desk, &desk.approver, &edition, "Bà con vui mừng, chờ đón.").await;
    note(&mut hashes).await;
    edition.decide(&desk.approver, "approve").await.is(200);
    taken(&desk, &last, &edition, "Bà con vui mừng, chờ đón…").await;
    note(&mut hashes).await;
    let answer = taken(&desk, &last, &edition, "Bà con vui mừng và chờ đón…").await;
    note(&mut hashes).await;

    let carried = &answer["case"]["carried"];
    let of = |list: &str, member: &str| -> Vec<Value> {
        carried[list].as_array().unwrap().iter().map(|one| one[member].clone()).collect()
    };
    assert_eq!(answer["goes_on_at"], "final-approval");
    assert_eq!(of("decisions", "content_hash"), [json!(hashes[0]), json!(hashes[1])]);
    assert_eq!(of("decisions", "stage_name"), [json!("review"), json!("approval")]);
    assert_eq!(of("changes", "revision"), [json!(2), json!(3), json!(4)]);
    // Whoever agreed before takes no other stage.
    edition.decide(&desk.approver, "approve").await.is_problem(403, "second-stage");
    assert_eq!((waits(&desk.approver).await, waits(&last).await), (0, 1));
    edition.decide(&last, "approve").await.is(200);
    edition.publish(&desk.publisher).await.is(200);
    assert_eq!(desk.app.sweep().await, []);
}

#[actix_web::test]
async fn who_agreed_before_and_holds_the_role_no_more_lets_the_approval_lapse() {
    let desk = Desk::new().await;
    let (edition, _) = reviewed(&desk).await;
    taken(&desk, &desk.approver, &edition, COMMA).await;
    edition.decide(&desk.approver, "approve").await.is(200);
    let admin = desk.app.account("admin").sign_in().await;
    let path = format!("/api/v1/accounts/{}", desk.reviewer.id);
    let etag = admin.get(&path).await.etag();
    admin.put(&format!("{path}/grants"), &etag, &json!({"grants": []})).await.is(200);

    edition.publish(&desk.publisher).await.is_problem(409, "approval-lapsed");

    let case = edition.submit(&desk.author).await.is(201).json();
    assert_eq!((&case["carried"], &case["current_stage"]), (&Value::Null, &json!(0)));
    assert_eq!(desk.app.sweep().await, []);
}

#[actix_web::test]
async fn all_begin_anew_where_the_suggestion_is_not_of_the_stage_or_more_care_is_due() {
    // A reviewer suggests while the approver's turn is.
    let desk = Desk::new().await;
    let (edition, _) = reviewed(&desk).await;
    let second = desk.app.account("reviewer").sign_in().await;
    let answer = taken(&desk, &second, &edition, COMMA).await;
    assert_eq!((&answer["goes_on_at"], &answer["from_first"]), (&json!("review"), &json!("elsewhere")));
    assert_eq!(desk.app.sweep().await, []);

    // Nobody had agreed yet: nobody is asked again.
    let edition = begun(&desk).await;
    edition.submit(&desk.author).await.is(201);
    let answer = taken(&desk, &second, &edition, FIGURE).await;
    assert_eq!((&answer["goes_on_at"], &answer["from_first"]), (&json!("review"), &Value::Null));

    // The article became sensitive: its own workflow, which the text would have had to go through anyway.
    let (edition, _) = reviewed(&desk).await;
    let article = format!("/api/v1/articles/{}", edition.article);
    let etag = desk.author.get(&article).await.etag();
    desk.author.patch(&article, &etag, &json!({"sensitivity": "sensitive"})).await.is(200);
    let answer = taken(&desk, &desk.approver, &edition, COMMA).await;
    assert_eq!((&answer["goes_on_at"], &answer["from_first"]), (&json!("review"), &json!("sensitive")));
    assert_eq!((&answer["case"]["workflow"], &answer["case"]["carried"]), (&json!("sensitive"), &Value::Null));

    // Who agreed takes the suggestion, and is an author from then on.
    let writer = desk.app.account("author").and("reviewer").sign_in().await;
    let edition = begun(&desk).await;
    edition.submit(&desk.author).await.is(201);
    edition.decide(&writer, "approve").await.is(200);
    let suggested = suggest(&desk.approver, &edition, "1.2", COMMA).await.is(201).json();
    let answer = accept(&writer, &edition, &suggested).await.is(200).json();
    assert_eq!((&answer["goes_on_at"], &answer["from_first"]), (&json!("review"), &json!("author")));
    edition.decide(&writer, "approve").await.is_problem(403, "own-text");
    assert_eq!(desk.app.sweep().await, []);
}

#[actix_web::test]
async fn after_twenty_suggestions_in_a_row_all_are_asked_again() {
    let desk = Desk::new().await;
    let (edition, _) = reviewed(&desk).await;
    for number in 1..=20 {
        let coded = format!("Bà con {}mừng chờ đón.", "vui ".repeat(number + 1));
        assert_eq!(taken(&desk, &desk.approver, &edition, &coded).await["goes_on_at"], "approval", "{number}");
    }

    let answer = taken(&desk, &desk.approver, &edition, COMMA).await;

    assert_eq!((&answer["goes_on_at"], &answer["from_first"]), (&json!("review"), &json!("too_many")));
    assert_eq!(desk.app.sweep().await, []);
}

#[actix_web::test]
async fn an_urgent_text_stays_urgent_and_a_stage_stays_with_who_it_was_given_to() {
    let desk = Desk::new().await;
    let edition = begun(&desk).await;
    let etag = edition.etag(&desk.author).await;
    let urgent = json!({"urgent": true});
    desk.author.write(Method::POST, &edition.path("submit"), &[("if-match", &etag)], &urgent).await.is(201);
    let named = json!({"stage": "approval", "to": desk.approver.id.to_string()});
    desk.approver.post(&edition.path("reassign"), &named).await.is(200);

    let case = taken(&desk, &desk.approver, &edition, COMMA).await["case"].clone();

    assert_eq!((&case["urgent"], &case["workflow"]), (&json!(true), &json!("urgent")));
    assert_eq!(case["stages"][0]["assigned_to"]["id"], desk.approver.id.to_string());
    assert_eq!(desk.app.sweep().await, []);
}

/// The changes by SQL after which nothing that was carried may count any more.
const FORGED: &[(&str, &str)] = &[
    ("UPDATE suggestion SET after = 'Bà con vui mừng, chờ đón 13 tàu.'", "another wording"),
    ("UPDATE suggestion SET before = 'Bà con vui mừng.'", "another sentence"),
    ("UPDATE suggestion SET segment = '1.1'", "another segment"),
    ("UPDATE suggestion SET made_number = NULL", "no revision"),
    ("UPDATE suggestion SET state = 'rejected'", "not taken"),
    ("UPDATE suggestion SET created_by = answered_by", "by somebody else"),
    ("UPDATE review_case SET carry_stage = 0 WHERE carry_stage = 1", "from another stage"),
    ("UPDATE review_case SET carry_case_id = id WHERE carry_stage = 1", "from itself"),
    ("UPDATE review_case SET urgent = NOT urgent WHERE carry_stage IS NULL", "the case before"),
    ("UPDATE carried_decision SET decision_id = (SELECT id FROM decision WHERE stage = 1)", "another decision"),
    ("DELETE FROM carried_decision", "no decision"),
    ("UPDATE decision SET content_hash = (SELECT content_hash FROM revision WHERE number = 2)", "the last text"),
    ("UPDATE decision SET stage = 1", "of another stage"),
];

#[actix_web::test]
async fn what_is_carried_is_proved_anew_whatever_its_rows_say() {
    for (statement, what) in FORGED {
        for published in [false, true] {
            let desk = Desk::new().await;
            let (edition, _) = reviewed(&desk).await;
            taken(&desk, &desk.approver, &edition, COMMA).await;
            edition.decide(&desk.approver, "approve").await.is(200);
            if published {
                edition.publish(&desk.publisher).await.is(200);
            }
            assert_eq!(desk.app.sweep().await, []);

            desk.app.sql(statement).await;

            if !published {
                let refused = edition.publish(&desk.publisher).await;
                assert!([409, 500].contains(&refused.status), "{what}: {}", refused.text());
            }
            let found: Vec<What> = desk.app.sweep().await.into_iter().map(|one| one.what).collect();
            let want = if published { vec![What::Approval] } else { vec![What::Case] };
            let same = found == want || (!published && found == [What::Decision]);
            assert!(same, "{what}, published {published}: {found:?}");
        }
    }
}

/// Writes the audit chain anew from its first entry, with another word in the place of one.
async fn rewrite_audit(desk: &Desk, from: &str, to: &str) {
    let tx = desk.app.app.db.read().await.unwrap();
    let mut walk = Walk::default();
    let mut statements = Vec::new();
    for entry in store::audit::after(&tx, 0, 10_000).await.unwrap() {
        let mut draft = entry.unwrap().draft;
        draft.data = serde_json::from_str(&draft.data.to_string().replace(from, to)).unwrap();
        let entry = chain(walk.seq + 1, draft, walk.head);
        walk = Walk { seq: walk.seq + 1, head: entry.hash };
        let (data, prev, hash) = (&entry.draft.data, entry.prev, entry.hash);
        let data = data.to_string().replace('\'', "''");
        let seq = walk.seq;
        statements.push(format!(
            "UPDATE audit_entry SET data = '{data}', prev = '{prev}', hash = '{hash}' WHERE seq = {seq}"
        ));
    }
    drop(tx);
    desk.app.sql(&statements.join("; ")).await;
    assert_eq!(audit::verify(&desk.app.app).await.unwrap().broken, None, "the forgery itself is whole");
}

#[actix_web::test]
async fn a_difference_that_the_suggestion_does_not_make_carries_nothing_whatever_the_audit_chain_says() {
    let desk = Desk::new().await;
    let (edition, _) = reviewed(&desk).await;
    taken(&desk, &desk.approver, &edition, COMMA).await;
    edition.decide(&desk.approver, "approve").await.is(200);
    let wording = |after: &str| Mended::wording("1.2", "Bà con vui mừng chờ đón.", after).to_string();

    desk.app.sql(&format!("UPDATE suggestion SET after = '{FIGURE}'")).await;
    rewrite_audit(&desk, &wording(COMMA), &wording(FIGURE)).await;

    edition.publish(&desk.publisher).await.is_problem(409, "approval-lapsed");
    let found: Vec<What> = desk.app.sweep().await.into_iter().map(|one| one.what).collect();
    assert_eq!(found, [What::Decision]);
}

#[actix_web::test]
async fn no_decision_is_carried_over_a_text_that_somebody_saved() {
    let desk = Desk::new().await;
    let (edition, _) = reviewed(&desk).await;
    // An honest case after a suggestion, as the pattern of the forgery.
    let pattern = reviewed(&desk).await.0;
    taken(&desk, &desk.approver, &pattern, COMMA).await;
    edition.save(&desk.author, text("Bản hai", "Không ai đọc.")).await.is(200);
    edition.submit(&desk.author).await.is(201);
    assert_eq!(desk.app.sweep().await, []);

    let of = format!("(SELECT id FROM edition WHERE article_id = {})", uuid(&desk, &edition.article));
    for statement in [
        format!(
            "INSERT INTO carried_decision SELECT c.id, d.id FROM review_case c, decision d \
             JOIN review_case o ON o.id = d.case_id WHERE c.edition_id = {of} AND c.revision_number = 2 \
             AND o.edition_id = {of} AND d.stage = 0"
        ),
        format!(
            "UPDATE review_case SET approval_format = 3, carry_stage = 1, carry_case_id = (SELECT o.id FROM review_case o \
             WHERE o.edition_id = {of} AND o.revision_number = 1) WHERE edition_id = {of} AND revision_number = 2"
        ),
        format!("UPDATE suggestion SET edition_id = {of}"),
    ] {
        desk.app.sql(&statement).await;
    }
    let case = edition.decide(&desk.approver, "approve").await;

    assert_eq!(case.is(200).json()["state"], "approved", "the rows alone would do");
    edition.publish(&desk.publisher).await.is_problem(409, "approval-lapsed");
    edition.public().await.is(404);
    let mine = desk.app.sweep().await;
    assert!(mine.iter().any(|one| one.what == What::Case), "{mine:?}");
}

/// An id as a literal of the database.
fn uuid(desk: &Desk, id: &str) -> String {
    if desk.app.database.is_sqlite() { format!("X'{}'", id.replace('-', "")) } else { format!("'{id}'") }
}

#[actix_web::test]
async fn a_delegate_suggests_in_the_owners_name_by_the_rules_of_deciding() {
    let desk = Desk::new().await;
    let deputy = desk.app.nobody().sign_in().await;
    let writer = desk.app.account("author").and("approver").sign_in().await;
    let lend = async |owner: &Client, to: &Client| {
        let to = to.id.to_string();
        let order = json!({"to": to, "role": "approver", "until": "2026-11-29T02:00:00Z", "reason": "Nghỉ phép."});
        owner.post("/api/v1/delegations", &order).await.is(201)
    };
    let (edition, _) = reviewed(&desk).await;
    let ask = async |by: &Client, edition: &Edition, of: &Client, coded: &str| {
        let hash = edition.hash(&desk.author).await;
        let order = json!({"segment": "1.2", "text": coded, "content_hash": hash, "on_behalf_of": of.id.to_string()});
        by.post(&edition.path("suggestions"), &order).await
    };
    let before = desk.app.digest().await;
    ask(&desk.reviewer, &edition, &desk.approver, COMMA).await.is_problem(403, "forbidden");
    deputy.get(&edition.path("")).await.is_problem(404, "not-found");
    assert_eq!(desk.app.digest().await, before);

    lend(&desk.approver, &deputy).await;
    let suggested = suggest(&deputy, &edition, "1.2", COMMA).await.is(201).json();
    assert_eq!(suggested["by"]["id"], deputy.id.to_string());
    assert_eq!(suggested["on_behalf_of"]["id"], desk.approver.id.to_string());
    let answer = accept(&desk.author, &edition, &suggested).await.is(200).json();
    assert_eq!(answer["goes_on_at"], "approval");
    let change = &answer["case"]["carried"]["changes"][0];
    assert_eq!(change["on_behalf_of"]["id"], desk.approver.id.to_string());
    edition.decide(&deputy, "approve").await.is(200);
    edition.publish(&desk.publisher).await.is(200);

    // Nobody suggests for an author, and no author for somebody else.
    let own = begun(&desk).await;
    own.save(&writer, text("Bản hai", "Hai.")).await.is(200);
    lend(&writer, &deputy).await;
    lend(&desk.approver, &writer).await;
    let before = desk.app.digest().await;
    for (by, of) in [(&deputy, &writer), (&writer, &desk.approver)] {
        let order = json!({"segment": "title", "text": "Khác", "content_hash": own.hash(&desk.author).await,
            "on_behalf_of": of.id.to_string()});
        by.post(&own.path("suggestions"), &order).await.is_problem(403, "own-text");
    }
    assert_eq!(desk.app.digest().await, before);
    // What was suggested in one's name, one takes back.
    let order = json!({"segment": "title", "text": "Khác", "content_hash": own.hash(&desk.author).await});
    let suggested = deputy.post(&own.path("suggestions"), &order).await.is(201).json();
    assert_eq!(suggested["on_behalf_of"]["id"], desk.approver.id.to_string());
    let path = own.path(&format!("suggestions/{}/reject", suggested["id"].as_str().unwrap()));
    desk.approver.post(&path, &json!({})).await.is(200);
    assert_eq!(desk.app.sweep().await, []);
}
