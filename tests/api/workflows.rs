//! Workflows as data: which one a text gets, what a new version leaves alone, and what is not believed of a case.

use actix_web::http::Method;
use lantoa::{
    domain::{
        event::{Event, EventType},
        workflow::{Case, CaseState, Format, Sensitivity, Workflow},
    },
    kernel::{CaseId, Digest},
    store::{Change, article, case, edition as editions, revision},
};
use serde_json::{Value, json};

use crate::support::{Answer, Client, Desk, Edition, TestApp, english, text};

/// Submits with members of one's own.
async fn submit(edition: &Edition, by: &Client, body: Value) -> Answer {
    let etag = edition.etag(by).await;
    by.write(Method::POST, &edition.path("submit"), &[("if-match", &etag)], &body).await
}

async fn decide_at(edition: &Edition, by: &Client, stage: &str) -> Answer {
    let hash = edition.hash(by).await;
    by.post(&edition.path("decisions"), &json!({"verdict": "approve", "content_hash": hash, "stage": stage})).await
}

fn stage(name: &str, role: &str, group: u32) -> Value {
    json!({"name": name, "role": role, "group": group})
}

async fn rewrite(admin: &Client, code: &str, body: Value) -> Answer {
    let path = format!("/api/v1/workflows/{code}");
    let etag = admin.get(&path).await.is(200).etag();
    admin.put(&path, &etag, &body).await
}

#[actix_web::test]
async fn a_text_gets_the_workflow_that_fits_it() {
    let desk = Desk::new().await;
    let source = desk.draft().begin().await;
    let sensitive = desk.draft().with("sensitivity", "sensitive").begin().await;
    let urgent = desk.draft().begin().await;
    let translation = desk.story(desk.draft()).await.in_locale("en");
    translation.translate(&desk.translator, english()).await.is(201);

    let of_source = submit(&source, &desk.author, json!({})).await.is(201).json();
    let of_sensitive = submit(&sensitive, &desk.author, json!({"urgent": true})).await.is(201).json();
    let of_urgent = submit(&urgent, &desk.author, json!({"urgent": true})).await.is(201).json();
    let of_translation = submit(&translation, &desk.translator, json!({})).await.is(201).json();

    let names = |case: &Value| {
        let stages = case["stages"].as_array().unwrap().iter();
        (case["workflow"].clone(), stages.map(|stage| stage["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>())
    };
    assert_eq!(names(&of_source), (json!("source"), vec!["review".to_owned(), "approval".to_owned()]));
    assert_eq!(names(&of_sensitive).0, json!("sensitive"));
    assert_eq!(names(&of_sensitive).1, ["review", "approval", "final-approval"]);
    assert_eq!(names(&of_urgent).0, json!("urgent"));
    assert_eq!(names(&of_urgent).1, ["approval", "after-review"]);
    assert_eq!(names(&of_translation).0, json!("translation"));
    assert_eq!(of_source["stages"][0]["due_at"], "2026-11-23T02:00:00Z");
    assert_eq!(of_source["stages"][1]["due_at"], Value::Null);
}

#[actix_web::test]
async fn a_sensitive_text_needs_a_third_person() {
    let desk = Desk::new().await;
    let edition = desk.draft().with("sensitivity", "sensitive").begin().await;
    edition.submit(&desk.author).await.is(201);
    edition.approve_open(&desk.reviewer, &desk.approver).await;
    edition.publish(&desk.publisher).await.is_problem(409, "not-approved");
    edition.decide(&desk.approver, "approve").await.is_problem(403, "second-stage");

    let last = desk.app.account("approver").sign_in().await;
    edition.decide(&last, "approve").await.is(200);

    edition.publish(&desk.publisher).await.is(200);
}

#[actix_web::test]
async fn a_new_version_leaves_open_cases_theirs() {
    let desk = Desk::new().await;
    let admin = desk.app.account("admin").sign_in().await;
    let (old, new) = (desk.draft().begin().await, desk.draft().begin().await);
    old.submit(&desk.author).await.is(201);
    let rule = json!({"side": "source"});
    let stages = json!([stage("sign-off", "approver", 0)]);

    let kept = rewrite(&admin, "source", json!({"names": {"vi": "Bản gốc"}, "stages": stages, "rule": rule})).await;

    assert_eq!(kept.is(200).json()["version"], 2);
    let case = new.submit(&desk.author).await.is(201).json();
    assert_eq!((&case["workflow_version"], &case["stages"][0]["name"]), (&json!(2), &json!("sign-off")));
    assert_eq!(old.show(&desk.author).await["case"]["workflow_version"], 1);
    old.approve_open(&desk.reviewer, &desk.approver).await;
    old.publish(&desk.publisher).await.is(200);
    new.decide(&desk.approver, "approve").await.is(200);
    new.publish(&desk.publisher).await.is(200);
    let first = admin.get("/api/v1/workflows/source?version=1").await.is(200).json();
    assert_eq!(first["stages"].as_array().unwrap().len(), 2);
}

#[actix_web::test]
async fn stages_of_a_group_run_side_by_side() {
    let desk = Desk::new().await;
    let admin = desk.app.account("admin").sign_in().await;
    let second = desk.app.account("reviewer").sign_in().await;
    let stages = json!([
        stage("legal", "reviewer", 0),
        stage("foreign-affairs", "reviewer", 0),
        stage("approval", "approver", 1),
    ]);
    let body = json!({"code": "doi-ngoai", "names": {"vi": "Đối ngoại"}, "stages": stages,
        "rule": {"kinds": ["statement"], "agencies": ["bao"]}});
    admin.post("/api/v1/workflows", &body).await.is(201);
    let details = json!({"claim": "Cảng đã đóng cửa", "claimed_at_place": "Một trang mạng"});
    let edition = desk.draft().with("kind", "statement").with("details", details).begin().await;

    let case = edition.submit(&desk.author).await.is(201).json();

    assert_eq!((&case["workflow"], &case["current_stages"]), (&json!("doi-ngoai"), &json!([0, 1])));
    let early = decide_at(&edition, &desk.approver, "approval").await;
    early.is_problem(409, "not-its-turn");
    let half = decide_at(&edition, &second, "foreign-affairs").await.is(200).json();
    assert_eq!(half["current_stages"], json!([0]));
    decide_at(&edition, &second, "legal").await.is_problem(403, "second-stage");
    edition.approve_open(&desk.reviewer, &desk.approver).await;
    edition.publish(&desk.publisher).await.is(200);
}

#[actix_web::test]
async fn a_workflow_is_checked_and_kept_by_administrators_in_versions() {
    let app = TestApp::new().await;
    let admin = app.account("admin").sign_in().await;
    let author = app.account("author").sign_in().await;
    let good = json!({"code": "moi", "names": {"vi": "Mới"}, "stages": [stage("a", "approver", 0)]});
    let with = |member: &str, value: Value| {
        let mut body = good.clone();
        body[member] = value;
        body
    };
    author.post("/api/v1/workflows", &good).await.is_problem(403, "forbidden");
    for (member, value, pointer, code) in [
        ("stages", json!([]), "/stages", "required"),
        ("stages", json!([{"name": "a", "role": "reviewer", "after": true}]), "/stages", "required"),
        ("stages", json!([stage("a", "author", 0)]), "/stages/0/role", "not-one-of"),
        ("stages", json!([stage("a", "admin", 0)]), "/stages/0/role", "not-one-of"),
        ("stages", json!([stage("a", "approver", 0), stage("a", "approver", 1)]), "/stages/1/name", "duplicate"),
        ("stages", json!([stage("a", "approver", 1), stage("b", "approver", 0)]), "/stages/1/group", "too-small"),
        ("stages", json!([{"name": "a", "role": "approver", "approvals": 0}]), "/stages/0/approvals", "out-of-range"),
        ("stages", json!([{"name": "A b", "role": "approver"}]), "/stages/0/name", "bad-code"),
        (
            "stages",
            json!([{"name": "a", "role": "approver", "deadline_hours": 1_345}]),
            "/stages/0/deadline_hours",
            "out-of-range",
        ),
        ("rule", json!({"agencies": ["khac"]}), "/rule/agencies/0", "unknown"),
        ("rule", json!({"locales": ["de"]}), "/rule/locales/0", "unknown"),
        ("rule", json!({"priority": 1_001}), "/rule/priority", "out-of-range"),
        ("names", json!({}), "/names", "required"),
    ] {
        admin.post("/api/v1/workflows", &with(member, value)).await.is_problem(422, "invalid").names(pointer, code);
    }
    for taken in ["source", "standard", "import"] {
        admin.post("/api/v1/workflows", &with("code", json!(taken))).await.is_problem(409, "code-taken");
    }

    let made = admin.post("/api/v1/workflows", &good).await.is(201);
    let mut next = good.clone();
    next.as_object_mut().unwrap().remove("code");
    admin.put("/api/v1/workflows/moi", "\"v7\"", &next).await.is_problem(412, "precondition-failed");
    let second = admin.put("/api/v1/workflows/moi", &made.etag(), &next).await.is(200).json();

    assert_eq!((&second["version"], &second["active"]), (&json!(2), &json!(true)));
    assert_ne!(second["digest"], made.json()["digest"]);
    let all = author.get("/api/v1/workflows").await.is(200).json();
    let codes: Vec<_> = all["items"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["attestation", "moi", "sensitive", "shared-fields", "source", "translation", "urgent"]);
}

#[actix_web::test]
async fn a_workflow_that_the_people_cannot_satisfy_says_so() {
    let app = TestApp::new().await;
    let author = app.account("author").agency("bao").sign_in().await;
    let both = app.account("reviewer").and("approver").sign_in().await;
    let edition = author.article().begin().await;

    let short = both.get("/api/v1/workflows/source").await.is(200).json();
    let case = edition.submit(&author).await.is(201).json();

    let places: Vec<_> = short["unsatisfied"].as_array().unwrap().iter().collect();
    assert!(places.iter().all(|place| place["agency"] == "bao"), "nobody writes for another: {places:?}");
    let gap = json!([{"stage": "approval", "role": "approver", "needed": 1, "there": 1, "free": 0}]);
    assert_eq!((&places[0]["stages"], &case["unsatisfied"]), (&gap, &gap));
    // It waits; and is not stuck for ever, as somebody can be given the role.
    let other = app.account("approver").sign_in().await;
    edition.approve_open(&both, &other).await;
    assert_eq!(edition.state(&author).await, "approved");
    assert_eq!(both.get("/api/v1/workflows/source").await.json()["unsatisfied"], json!([]));
}

#[actix_web::test]
async fn who_wrote_a_text_is_not_counted_among_those_who_may_decide_on_it() {
    let app = TestApp::new().await;
    let author = app.account("author").and("reviewer").sign_in().await;
    app.account("approver").sign_in().await;
    let edition = author.article().begin().await;

    let case = edition.submit(&author).await.is(201).json();

    assert_eq!(case["unsatisfied"][0]["stage"], "review");
}

#[actix_web::test]
async fn where_no_workflow_is_active_a_text_waits_for_one() {
    let desk = Desk::new().await;
    let admin = desk.app.account("admin").sign_in().await;
    let edition = desk.draft().begin().await;
    let stages = json!([stage("approval", "approver", 0)]);
    let asleep = json!({"names": {"vi": "Bản gốc"}, "stages": stages, "rule": {"side": "source"}, "active": false});
    rewrite(&admin, "source", asleep).await.is(200);
    let before = desk.app.digest().await;

    edition.submit(&desk.author).await.is_problem(409, "no-workflow");

    assert_eq!(desk.app.digest().await, before);
}

#[actix_web::test]
async fn a_case_is_not_believed_what_its_row_says() {
    for alteration in [
        // A stage less.
        "UPDATE review_case SET stages = replace(stages, 'final-approval', 'approval')",
        "UPDATE review_case SET workflow = 'standard', approval_format = 1",
        "UPDATE review_case SET workflow = 'source'",
        "UPDATE review_case SET workflow_version = 2",
        "UPDATE review_case SET sensitivity = 'normal'",
        "UPDATE workflow SET stages = replace(stages, '\"deadline_hours\":24', '\"deadline_hours\":25')",
        "UPDATE workflow SET rule = NULL",
        "DELETE FROM workflow",
        "UPDATE case_assignment SET stage = 0",
    ] {
        let desk = Desk::new().await;
        let edition = desk.draft().with("sensitivity", "sensitive").begin().await;
        edition.submit(&desk.author).await.is(201);
        edition.approve_open(&desk.reviewer, &desk.approver).await;
        let last = desk.app.account("approver").sign_in().await;
        edition.decide(&last, "approve").await.is(200);
        desk.app.sql(alteration).await;

        let answer = edition.publish(&desk.publisher).await;

        if alteration.contains("case_assignment") {
            answer.is(200);
        } else {
            answer.is_problem(409, "approval-lapsed");
            assert!(edition.found().await.is_none(), "{alteration}");
        }
    }
}

/// Two approvals of three, and the row of the case and the workflow made to say that two are enough.
#[actix_web::test]
async fn a_workflow_that_was_forged_with_its_case_carries_nothing() {
    let desk = Desk::new().await;
    let edition = desk.draft().with("sensitivity", "sensitive").begin().await;
    edition.submit(&desk.author).await.is(201);
    edition.approve_open(&desk.reviewer, &desk.approver).await;
    let two = desk.app.query("SELECT stages FROM workflow WHERE code = 'source'").await;
    let two = two[0]["stages"].as_str().unwrap().replace('\'', "''");

    desk.app.sql(&format!("UPDATE workflow SET stages = '{two}' WHERE code = 'sensitive'")).await;
    desk.app.sql(&format!("UPDATE review_case SET stages = '{two}', state = 'approved'")).await;

    edition.publish(&desk.publisher).await.is_problem(409, "approval-lapsed");
}

#[actix_web::test]
async fn what_became_sensitive_was_not_approved_as_such_and_only_who_signs_off_says_less() {
    let desk = Desk::new().await;
    let edition = desk.draft().begin().await;
    desk.approve(&edition).await;
    let path = format!("/api/v1/articles/{}", edition.article);
    let mark = async |by: &Client, value: &str| {
        let etag = desk.author.get(&path).await.etag();
        by.patch(&path, &etag, &json!({"sensitivity": value})).await
    };

    mark(&desk.author, "sensitive").await.is(200);

    edition.publish(&desk.publisher).await.is_problem(409, "approval-lapsed");
    mark(&desk.author, "normal").await.is_problem(403, "forbidden");
    let case = edition.submit(&desk.author).await.is(201).json();
    assert_eq!(case["workflow"], "sensitive");
    let both = desk.app.account("author").and("approver").sign_in().await;
    let shown = mark(&both, "normal").await.is(200).json();
    assert_eq!(shown["sensitivity"], "normal");
}

#[actix_web::test]
async fn what_is_urgent_is_public_after_one_approval_and_read_again_by_another() {
    let desk = Desk::new().await;
    let edition = desk.draft().begin().await;
    submit(&edition, &desk.author, json!({"urgent": true})).await.is(201);
    edition.decide(&desk.author, "approve").await.is_problem(403, "own-text");
    let case = edition.decide(&desk.approver, "approve").await.is(200).json();
    assert_eq!((&case["state"], &case["current_stages"]), (&json!("approved"), &json!([1])));
    assert_eq!(case["stages"][1]["due_at"], Value::Null, "nothing is public yet");
    edition.publish(&desk.publisher).await.is(200);
    assert_eq!(edition.show(&desk.author).await["case"]["stages"][1]["due_at"], "2026-11-22T14:00:00Z");
    let envelope = edition.public().await.is(200).json()["signature"].clone();
    let hash = edition.hash(&desk.author).await;

    // The next text is on its way already.
    edition.save(&desk.author, text("Bản hai", "Hai.")).await.is(200);
    edition.decide_on(&desk.approver, "approve", &hash).await.is(403);
    edition.decide_on(&desk.author, "approve", &hash).await.is_problem(403, "own-text");
    let read = edition.decide_on(&desk.reviewer, "approve", &hash).await.is(200).json();

    assert_eq!((&read["state"], &read["current_stages"]), (&json!("approved"), &json!([])));
    assert_eq!(edition.public().await.is(200).json()["signature"], envelope);
    assert_eq!(edition.state(&desk.author).await, "draft");
    assert_eq!(desk.app.sweep().await, []);
}

#[actix_web::test]
async fn a_translation_goes_before_its_source_only_where_its_workflow_lets_it() {
    let desk = Desk::new().await;
    let admin = desk.app.account("admin").sign_in().await;
    let source = desk.draft().begin().await;
    source.submit(&desk.author).await.is(201);
    let (first, second) = (source.in_locale("en"), source.in_locale("fr"));
    for edition in [&first, &second] {
        edition.translate(&desk.translator, english()).await.is(201);
    }
    desk.approve(&first).await;
    first.publish(&desk.publisher).await.is_problem(409, "source-not-published");
    let stages = json!([stage("language-review", "reviewer", 0), stage("approval", "approver", 1)]);
    let free = json!({"names": {"vi": "Bản dịch"}, "stages": stages, "rule": {"side": "translation"},
        "independent": true});

    rewrite(&admin, "translation", free).await.is(200);

    // What was approved under the version of before stays under it.
    first.publish(&desk.publisher).await.is_problem(409, "source-not-published");
    desk.approve(&second).await;
    second.publish(&desk.publisher).await.is(200);
}

/// A case of before there was more than one workflow.
async fn old_case(edition: &Edition, by: &Client) {
    let app = &edition.app.app;
    let tx = app.db.write().await.unwrap();
    let article = article::find(&tx, edition.article.parse().unwrap()).await.unwrap().unwrap();
    let locale = edition.locale.parse().unwrap();
    let mut row = editions::find(&tx, article.id, &locale).await.unwrap().unwrap();
    let text = revision::find(&tx, row.id, row.latest).await.unwrap().unwrap();
    let now = app.clock.now();
    let old = Case {
        id: CaseId::new(),
        edition: row.id,
        revision: text.id,
        number: text.number,
        hash: text.hash,
        workflow: Workflow::standard(),
        format: Format::V1,
        sensitivity: Sensitivity::Normal,
        urgent: false,
        state: CaseState::Open,
        comment: String::new(),
        opened_by: by.id,
        opened_at: now,
        closed_at: None,
        assigned: [].into(),
        decisions: vec![],
        carry: None,
        public_since: None,
        names: [].into(),
    };
    case::insert(&tx, &old).await.unwrap();
    row.case = Some(old.id);
    editions::update(&tx, &row).await.unwrap();
    let data = json!({"case": old.id.to_string(), "revision": text.id.to_string(),
        "content_hash": old.hash.to_string()});
    let event = Event { kind: EventType::Draft, article: Some(article.id), locale: Some(locale) };
    let change = Change::by(Some(by.id), now).entry("edition.submitted", "edition", row.id, data).emit(event);
    tx.commit(change).await.unwrap();
}

#[actix_web::test]
async fn a_case_of_before_is_decided_and_published_under_the_format_of_before() {
    let desk = Desk::new().await;
    let edition = desk.draft().begin().await;
    old_case(&edition, &desk.author).await;
    // The rows of before have nothing of what came later.
    desk.app.sql("UPDATE review_case SET approval_format = NULL, sensitivity = NULL, urgent = NULL").await;

    edition.approve_open(&desk.reviewer, &desk.approver).await;
    edition.publish(&desk.publisher).await.is(200);

    let case = edition.show(&desk.author).await["case"].clone();
    assert_eq!((&case["workflow"], &case["state"]), (&json!("standard"), &json!("approved")));
    let decisions: Vec<Value> = case["decisions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|d| {
            json!({"id": d["id"], "stage": d["stage"], "account": d["account"], "verdict": d["verdict"],
                "content_hash": d["content_hash"], "at": d["at"]})
        })
        .collect();
    let rows = desk.app.query("SELECT envelope FROM publication").await;
    let envelope: Value = serde_json::from_str(rows[0]["envelope"].as_str().unwrap()).unwrap();
    let ids = desk.app.query("SELECT edition_id, revision_id FROM publication").await;
    let id = |name: &str| uuid_of(&ids[0][name]);
    let said = json!({
        "v": 1, "case": case["id"], "edition": id("edition_id"), "revision": id("revision_id"),
        "content_hash": case["content_hash"], "workflow": "standard", "workflow_version": 1,
        "stages": [{"name": "review", "role": "reviewer", "approvals": 1},
            {"name": "approval", "role": "approver", "approvals": 1}],
        "decisions": decisions,
    });
    assert_eq!(envelope["approval_hash"], Digest::of(lantoa::kernel::canonical_json(&said)).to_string());
}

/// An id as a row has it, in either database.
fn uuid_of(value: &Value) -> String {
    if let Some(text) = value.as_str() {
        return text.to_owned();
    }
    let bytes: Vec<u8> =
        value.as_array().unwrap().iter().map(|one| u8::try_from(one.as_u64().unwrap()).unwrap()).collect();
    uuid::Uuid::from_slice(&bytes).unwrap().to_string()
}
