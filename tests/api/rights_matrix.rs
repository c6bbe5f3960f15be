//! Every operation by every role, on what is theirs and what is another agency's, as a table to review.

use std::{collections::HashMap, fmt::Write as _};

use actix_web::http::Method;
use serde_json::{Value, json};

use crate::support::{Client, Edition, PASSWORD, TestApp, Watch, document, english};

mod of_webhooks;
mod people;
mod rows;

use super::rights::operations;
use people::people;
use rows::{OF_AN_AGENCY, OF_THE_OFFICE};

const ROLES: &[&str] =
    &["author", "translator", "reviewer", "approver", "publisher", "press_officer", "auditor", "admin"];

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Stage {
    Draft,
    InReview,
    Reviewed,
    Approved,
    /// Approved, and to be public at a moment.
    Scheduled,
    /// The same with others.
    InRelease,
    Live,
    /// Taken down.
    Down,
    /// A live source with an English draft.
    Translated,
    /// The English draft under review.
    TranslationInReview,
    /// The English draft of a source that moved on.
    Behind,
}

/// A moment that does not come.
const LATER: &str = "2026-12-12T00:00:00Z";

/// A release of one edition.
async fn release(edition: &Edition, by: &Client) -> Value {
    let hash = edition.hash(by).await;
    let member = json!({"article": edition.article, "locale": edition.locale, "content_hash": hash});
    json!({"members": [member], "publish_at": LATER})
}

struct Ask {
    method: Method,
    path: String,
    headers: Vec<(&'static str, String)>,
    body: Value,
}

impl Ask {
    fn new(method: Method, path: impl Into<String>) -> Self {
        Self { method, path: path.into(), headers: Vec::new(), body: Value::Null }
    }

    fn seen(mut self, etag: String) -> Self {
        self.headers.push(("if-match", etag));
        self
    }

    fn body(mut self, body: Value) -> Self {
        self.body = body;
        self
    }
}

/// Those who bring objects to where the rows need them.
struct Desk {
    app: TestApp,
    watch: Watch,
    head: Client,
    made: HashMap<(Stage, String), Edition>,
    number: u32,
}

impl Desk {
    async fn new(app: &TestApp) -> Self {
        let head = app.account("admin").and("author").and("translator").and("publisher").sign_in().await;
        Self { app: app.clone(), watch: Watch::over(app).await, head, made: HashMap::new(), number: 0 }
    }

    /// An edition of an agency that has come so far; made anew after each use that changed it.
    async fn edition(&mut self, stage: Stage, agency: &str) -> Edition {
        let key = (stage, agency.to_owned());
        if let Some(made) = self.made.get(&key) {
            return made.clone();
        }
        let source = self.head.article().with("agency", agency).begin().await;
        let made = match stage {
            Stage::Draft => source,
            Stage::InReview | Stage::Reviewed => {
                source.submit(&self.head).await.is(201);
                if stage == Stage::Reviewed {
                    let reviewer = self.app.account("reviewer").sign_in().await;
                    source.decide(&reviewer, "approve").await.is(200);
                }
                source
            }
            Stage::Approved => {
                source.approve(&self.head).await;
                source
            }
            Stage::Scheduled => {
                source.approve(&self.head).await;
                source.publish_at(&self.head, LATER).await.is(202);
                source
            }
            Stage::InRelease => {
                source.approve(&self.head).await;
                let order = release(&source, &self.head).await;
                self.head.post("/api/v1/releases", &order).await.is(202);
                source
            }
            Stage::Live | Stage::Down => {
                source.go_public(&self.head).await;
                if stage == Stage::Down {
                    source.withdraw(&self.head, "").await.is(200);
                }
                source
            }
            Stage::Translated | Stage::TranslationInReview | Stage::Behind => {
                source.go_public(&self.head).await;
                let english_one = source.in_locale("en");
                english_one.translate(&self.head, english()).await.is(201);
                if stage == Stage::Behind {
                    source.update(&self.head, crate::support::text("Bản hai", "Tin khác hẳn.")).await;
                }
                if stage == Stage::TranslationInReview {
                    english_one.submit(&self.head).await.is(201);
                }
                english_one
            }
        };
        self.made.insert(key, made.clone());
        made
    }

    fn new_code(&mut self) -> String {
        self.number += 1;
        format!("moi-{}", self.number)
    }

    async fn made(&mut self, list: &str, mut body: Value) -> (String, String) {
        let code = if list == "locales" { "de".to_owned() } else { self.new_code() };
        body[if list == "locales" { "tag" } else { "code" }] = json!(code);
        let path = format!("/api/v1/{list}/{code}");
        let found = self.head.get(&path).await;
        let etag =
            if found.status == 200 { found } else { self.head.post(&format!("/api/v1/{list}"), &body).await.is(201) };
        (path, etag.etag())
    }

    /// A request that only a missing right could refuse.
    async fn ask(&mut self, row: &str, agency: &str, who: &Client) -> Ask {
        let names = json!({"vi": "Tên mới", "en": "A new name"});
        let locale = json!({"script": "Latn", "position": 11, "names": names});
        let (operation, variant) = row.split_once(' ').unwrap_or((row, ""));
        match operation {
            "logout" => Ask::new(Method::POST, "/api/v1/auth/logout"),
            "showMe" => Ask::new(Method::GET, "/api/v1/me"),
            "updateMe" => {
                let etag = who.get("/api/v1/me").await.etag();
                Ask::new(Method::PATCH, "/api/v1/me").seen(etag).body(json!({"name": "Tên mới"}))
            }
            "changePassword" => Ask::new(Method::POST, "/api/v1/me/password")
                .body(json!({"current": PASSWORD, "new": "sóng vỗ bờ cát trắng"})),
            "listAccounts" => Ask::new(Method::GET, "/api/v1/accounts"),
            "createAccount" => Ask::new(Method::POST, "/api/v1/accounts").body(json!({
                "email": format!("{}@lamhai.example", self.new_code()), "name": "Trần Minh Châu",
                "password": PASSWORD, "grants": [{"role": "author", "agency": "bao"}],
            })),
            "showAccount" | "updateAccount" | "setGrants" => {
                let path = format!("/api/v1/accounts/{}", self.app.nobody().sign_in().await.id);
                let etag = self.head.get(&path).await.etag();
                match operation {
                    "showAccount" => Ask::new(Method::GET, path),
                    "updateAccount" => Ask::new(Method::PATCH, path).seen(etag).body(json!({"disabled": true})),
                    _ => Ask::new(Method::PUT, format!("{path}/grants"))
                        .seen(etag)
                        .body(json!({"grants": [{"role": "admin"}]})),
                }
            }
            "listAgencies" => Ask::new(Method::GET, "/api/v1/agencies"),
            "listTopics" => Ask::new(Method::GET, "/api/v1/topics"),
            "listLocales" => Ask::new(Method::GET, "/api/v1/locales"),
            "createAgency" => {
                Ask::new(Method::POST, "/api/v1/agencies").body(json!({"code": self.new_code(), "names": names}))
            }
            "createTopic" => {
                Ask::new(Method::POST, "/api/v1/topics").body(json!({"code": self.new_code(), "names": names}))
            }
            "createLocale" => {
                let mut body = locale;
                body["tag"] = json!("pt");
                Ask::new(Method::POST, "/api/v1/locales").body(body)
            }
            "showAgency" => Ask::new(Method::GET, "/api/v1/agencies/bao"),
            "showTopic" => Ask::new(Method::GET, "/api/v1/topics/bien"),
            "showLocale" => Ask::new(Method::GET, "/api/v1/locales/vi"),
            "updateAgency" | "removeAgency" | "updateTopic" | "removeTopic" => {
                let list = if operation.ends_with("Agency") { "agencies" } else { "topics" };
                let (path, etag) = self.made(list, json!({"names": names})).await;
                if operation.starts_with("update") {
                    Ask::new(Method::PUT, path).seen(etag).body(json!({"names": {"vi": "Tên khác"}}))
                } else {
                    Ask::new(Method::DELETE, path).seen(etag)
                }
            }
            "updateLocale" | "removeLocale" => {
                let (path, etag) = self.made("locales", locale.clone()).await;
                if operation == "updateLocale" {
                    Ask::new(Method::PUT, path).seen(etag).body(locale)
                } else {
                    Ask::new(Method::DELETE, path).seen(etag)
                }
            }
            "listWorkflows" => Ask::new(Method::GET, "/api/v1/workflows"),
            "showWorkflow" => Ask::new(Method::GET, "/api/v1/workflows/source"),
            "createWorkflow" => {
                let stages = json!([{"name": "approval", "role": "approver"}]);
                let body = json!({"code": self.new_code(), "names": names, "stages": stages});
                Ask::new(Method::POST, "/api/v1/workflows").body(body)
            }
            "updateWorkflow" => {
                let etag = self.head.get("/api/v1/workflows/attestation").await.etag();
                let stages = json!([{"name": "approval", "role": "approver"}]);
                let body = json!({"names": names, "stages": stages});
                Ask::new(Method::PUT, "/api/v1/workflows/attestation").seen(etag).body(body)
            }
            "listDelegations" => Ask::new(Method::GET, "/api/v1/delegations"),
            "createDelegation" => {
                // Whatever the person holds: only of nothing can nothing be lent.
                let to = self.app.nobody().sign_in().await.id.to_string();
                Ask::new(Method::POST, "/api/v1/delegations").body(json!({
                    "to": to, "role": "approver", "agency": "bao", "until": "2026-11-29T02:00:00Z", "reason": "Nghỉ.",
                }))
            }
            "showDelegation" | "revokeDelegation" => {
                let owner = self.app.account("approver").sign_in().await;
                let body = json!({"to": self.head.id.to_string(), "role": "approver", "until": "2026-11-29T02:00:00Z", "reason": "Nghỉ."});
                let made = owner.post("/api/v1/delegations", &body).await.is(201);
                let path = format!("/api/v1/delegations/{}", made.json()["id"].as_str().unwrap());
                if operation == "showDelegation" {
                    Ask::new(Method::GET, path)
                } else {
                    Ask::new(Method::DELETE, path).seen(made.etag())
                }
            }
            "showQueue" => Ask::new(Method::GET, "/api/v1/queue"),
            "listNotifications" => Ask::new(Method::GET, "/api/v1/notifications"),
            "readNotifications" => Ask::new(Method::POST, "/api/v1/notifications/read").body(json!({"ids": []})),
            "followEvents" => Ask::new(Method::GET, "/api/v1/events?seconds=0"),
            "decideMany" => Ask::new(Method::POST, "/api/v1/decisions").body(json!({"items": []})),
            "listSchedules" => Ask::new(Method::GET, "/api/v1/schedules"),
            "listArticles" => Ask::new(Method::GET, "/api/v1/articles"),
            of if of_webhooks::ROWS.contains(&of) => self.ask_of_a_webhook(of).await,
            "listAudit" => Ask::new(Method::GET, "/api/v1/audit"),
            "verifyAudit" => Ask::new(Method::GET, "/api/v1/audit/verify"),
            "showIntegrity" => Ask::new(Method::GET, "/api/v1/integrity"),
            _ => self.ask_of_an_agency(operation, variant, agency).await,
        }
    }

    async fn ask_of_an_agency(&mut self, operation: &str, variant: &str, agency: &str) -> Ask {
        let stage = match (operation, variant) {
            ("createArticle", _) => {
                return Ask::new(Method::POST, "/api/v1/articles").body(json!({
                    "kind": "news", "agency": agency, "source_locale": "vi", "topics": ["dau-tu"],
                    "title": format!("Tin {}", self.new_code()), "body": "<p>Một đoạn.</p>",
                }));
            }
            (_, "in review")
            | ("decideEdition" | "reassignEdition", "review")
            | ("reassignEdition", "approval")
            | ("takeBackEdition", "source") => Stage::InReview,
            ("decideEdition", "approval") => Stage::Reviewed,
            ("publishEdition" | "publishRelease", _) => Stage::Approved,
            ("showSchedule" | "cancelSchedule", _) => Stage::Scheduled,
            ("showRelease" | "cancelRelease", _) => Stage::InRelease,
            ("restoreEdition", _) => Stage::Down,
            ("withdrawEdition" | "withdrawArticle" | "retractEdition", _) | (_, "live" | "new translation") => {
                Stage::Live
            }
            ("takeBackEdition", "translation") => Stage::TranslationInReview,
            (_, "translation") => Stage::Translated,
            (_, "behind") => Stage::Behind,
            _ => Stage::Draft,
        };
        let edition = self.edition(stage, agency).await;
        let article = format!("/api/v1/articles/{}", edition.article);
        match operation {
            "showArticle" => Ask::new(Method::GET, article),
            "updateArticle" => {
                let etag = self.head.get(&article).await.etag();
                Ask::new(Method::PATCH, article).seen(etag).body(json!({"place": "Vân Sa"}))
            }
            "showEdition" => Ask::new(Method::GET, edition.path("")),
            "listChecks" => Ask::new(Method::GET, edition.path("checks")),
            "listRevisions" => Ask::new(Method::GET, edition.path("revisions")),
            "showRevision" => Ask::new(Method::GET, edition.path("revisions/1")),
            "diffRevision" => Ask::new(Method::GET, edition.path("revisions/1/diff?against=1")),
            "listSegments" => Ask::new(Method::GET, edition.path("segments")),
            "showEditionHistory" => Ask::new(Method::GET, edition.path("history")),
            "showArticleHistory" => Ask::new(Method::GET, format!("{article}/history")),
            "showApprovalSheet" => Ask::new(Method::GET, edition.path("publications/1/sheet")),
            "listComments" => Ask::new(Method::GET, edition.path("comments")),
            "listSuggestions" => Ask::new(Method::GET, edition.path("suggestions")),
            "suggestWording" => Ask::new(Method::POST, edition.path("suggestions"))
                .body(json!({"segment": "title", "text": "Tít khác", "content_hash": edition.hash(&self.head).await})),
            "acceptSuggestion" | "rejectSuggestion" => {
                let reviewer = self.app.account("reviewer").sign_in().await;
                let hash = edition.hash(&reviewer).await;
                let body = json!({"segment": "title", "text": "Tít khác", "content_hash": hash});
                let made = reviewer.post(&edition.path("suggestions"), &body).await.is(201).json();
                let act = if operation == "acceptSuggestion" { "accept" } else { "reject" };
                let path = edition.path(&format!("suggestions/{}/{act}", made["id"].as_str().unwrap()));
                let body = if act == "accept" { json!({"content_hash": hash}) } else { json!({}) };
                Ask::new(Method::POST, path).body(body)
            }
            "listAttestations" => Ask::new(Method::GET, edition.path("attestations")),
            "attestEdition" => Ask::new(Method::POST, edition.path("attest")).body(json!({})),
            "refreshArticle" => {
                let etag = self.head.get(&article).await.etag();
                let place = self.new_code();
                self.head.patch(&article, &etag, &json!({"place": place})).await.is(200);
                Ask::new(Method::POST, format!("{article}/refresh")).body(json!({"locales": ["vi"]}))
            }
            "addComment" => {
                Ask::new(Method::POST, edition.path("comments")).body(json!({"segment": "title", "text": "Vì sao?"}))
            }
            "resolveComment" => {
                let body = json!({"segment": "title", "text": "Vì sao?"});
                let thread = self.head.post(&edition.path("comments"), &body).await.is(201).json();
                Ask::new(Method::POST, edition.path(&format!("comments/{}/resolve", thread["id"].as_str().unwrap())))
            }
            "saveEdition" if variant == "new translation" => {
                let mut ask = Ask::new(Method::PUT, edition.in_locale("en").path("")).body(english());
                ask.headers.push(("if-none-match", "*".to_owned()));
                ask
            }
            "saveEdition" => {
                Ask::new(Method::PUT, edition.path("")).seen(edition.etag(&self.head).await).body(english())
            }
            "submitEdition" => {
                Ask::new(Method::POST, edition.path("submit")).seen(edition.etag(&self.head).await).body(json!({}))
            }
            "takeBackEdition" => Ask::new(Method::POST, edition.path("take-back")),
            "decideEdition" => Ask::new(Method::POST, edition.path("decisions"))
                .body(json!({"verdict": "approve", "content_hash": edition.hash(&self.head).await})),
            "reassignEdition" => {
                Ask::new(Method::POST, edition.path("reassign")).body(json!({"stage": variant, "to": null}))
            }
            "publishEdition" => Ask::new(Method::POST, edition.path("publish"))
                .body(json!({"content_hash": edition.hash(&self.head).await})),
            "withdrawEdition" => Ask::new(Method::POST, edition.path("withdraw")).body(json!({"reason": "outdated"})),
            "withdrawArticle" => {
                Ask::new(Method::POST, format!("{article}/withdraw")).body(json!({"reason": "outdated"}))
            }
            "retractEdition" => Ask::new(Method::POST, edition.path("retract")).body(json!({"reason": "outdated"})),
            "restoreEdition" => Ask::new(Method::POST, edition.path("restore")).body(json!({})),
            "publishRelease" => Ask::new(Method::POST, "/api/v1/releases").body(release(&edition, &self.head).await),
            "showSchedule" => Ask::new(Method::GET, edition.path("schedule")),
            "cancelSchedule" => Ask::new(Method::DELETE, edition.path("schedule")).seen(edition.etag(&self.head).await),
            "showRelease" | "cancelRelease" => {
                let id = edition.plan(&self.head).await["publish"]["release"].clone();
                let path = format!("/api/v1/releases/{}", id.as_str().unwrap());
                let etag = self.head.get(&path).await.etag();
                if operation == "showRelease" {
                    Ask::new(Method::GET, path)
                } else {
                    Ask::new(Method::DELETE, path).seen(etag)
                }
            }
            "sharePreview" => Ask::new(Method::POST, edition.path("preview")).body(json!({})),
            "listPreviews" => Ask::new(Method::GET, edition.path("preview")),
            "showPreview" | "revokePreview" => {
                let made = self.head.post(&edition.path("preview"), &json!({})).await.is(201);
                let path = made.header("location").unwrap().to_owned();
                if operation == "showPreview" {
                    Ask::new(Method::GET, path)
                } else {
                    Ask::new(Method::DELETE, path).seen(made.etag())
                }
            }
            other => panic!("no plausible request is known for {other}"),
        }
    }

    /// Sends a row's request, and says what came of it: `yes`, 403 or 404, and that a refusal left no trace.
    async fn cell(&mut self, row: &str, agency: &str, who: &Client) -> String {
        let ask = self.ask(row, agency, who).await;
        let before = self.watch.mark(&self.app).await;
        let mut request = who.request(ask.method.clone(), &ask.path);
        for (name, value) in &ask.headers {
            request = request.insert_header((*name, value.as_str()));
        }
        if !ask.body.is_null() {
            request = request.insert_header(("content-type", "application/json")).set_payload(ask.body.to_string());
        }
        let answer = self.app.send(request).await;
        if answer.status < 300 {
            if ask.method != Method::GET {
                self.made.retain(|(_, of), _| of != agency);
            }
            return "yes".to_owned();
        }
        assert!(
            matches!(answer.status, 403 | 404) || row == "createDelegation",
            "{row}: {} is no matter of rights: {}",
            answer.status,
            answer.text()
        );
        assert_eq!(
            self.watch.mark(&self.app).await,
            before,
            "{row} was refused with {} and done all the same",
            answer.status
        );
        answer.status.to_string()
    }
}

/// One row of the table: what each person hears.
async fn line(desk: &mut Desk, row: &str, object: &str, agency: &str) -> String {
    let mut line = format!("{row:<28}{object:<7}");
    let everyone = people(&desk.app).await;
    for (_, who) in &everyone {
        let said = desk.cell(row, agency, who).await;
        write!(line, "{said:>7}").unwrap();
    }
    line
}

fn heading() -> String {
    let names = ["author", "transl", "review", "approv", "publis", "press", "audit", "admin", "guest", "nobody"];
    names.iter().fold(format!("{:<28}{:<7}", "operation", "of"), |line, name| line + &format!("{name:>7}"))
}

#[test]
fn the_tables_name_every_operation_of_the_document() {
    let rows: Vec<&str> = OF_THE_OFFICE.iter().chain(OF_AN_AGENCY).map(|row| row.split(' ').next().unwrap()).collect();
    for operation in operations().into_iter().filter(|operation| !operation.is_public()) {
        assert!(rows.contains(&operation.id.as_str()), "{} has no row in the rights table", operation.id);
    }
    let known: Vec<_> = operations().into_iter().map(|operation| operation.id).collect();
    assert!(
        rows.iter().all(|row| known.iter().any(|id| id == row)),
        "a row names no operation: {}",
        document()["info"]
    );
}

#[actix_web::test]
async fn each_role_does_to_the_office_what_the_reviewed_table_says() {
    let app = TestApp::new().await;
    let mut desk = Desk::new(&app).await;
    let mut table = heading();
    for row in OF_THE_OFFICE {
        table = table + "\n" + &line(&mut desk, row, "office", "").await;
    }
    insta::assert_snapshot!("rights_of_the_office", table);
}

#[actix_web::test]
async fn each_role_does_to_its_agency_what_the_reviewed_table_says() {
    let app = TestApp::new().await;
    let mut desk = Desk::new(&app).await;
    let mut table = heading();
    for row in OF_AN_AGENCY {
        table = table + "\n" + &line(&mut desk, row, "own", "bao").await;
    }
    insta::assert_snapshot!("rights_in_the_own_agency", table);
}

#[actix_web::test]
async fn each_role_does_to_another_agency_what_the_reviewed_table_says() {
    let app = TestApp::new().await;
    let mut desk = Desk::new(&app).await;
    let mut table = heading();
    for row in OF_AN_AGENCY {
        table = table + "\n" + &line(&mut desk, row, "other", "so").await;
    }
    insta::assert_snapshot!("rights_in_another_agency", table);
}
