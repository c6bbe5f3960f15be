//! Whatever is refused leaves the database as it was, byte for byte: every operation that writes, on an edition that
//! has come so far or so far, asked for in every wrong way, by somebody who holds every role and wrote the text or not.

use std::collections::BTreeSet;

use actix_web::http::Method;
use serde_json::{Value, json};
use sqlx::{Connection as _, Row as _, SqliteConnection};

use crate::support::{Answer, Client, Desk, Edition, Operation, TestApp, english, operations, sample};

/// A moment that does not come.
const LATER: &str = "2026-12-12T00:00:00Z";
/// Signing in and out is no work on texts: a token that comes back ends its family, and has to.
const APART: &[&str] = &["login", "refreshTokens", "logout"];

/// What lies in the database.
struct Ledger {
    app: TestApp,
    /// Tells whether anything was committed since it was asked last; only SQLite does.
    watch: Option<SqliteConnection>,
    seen: (i64, String),
}

impl Ledger {
    async fn of(app: &TestApp) -> Self {
        let watch = match app.database.is_sqlite() {
            true => Some(SqliteConnection::connect(&app.database.url).await.unwrap()),
            false => None,
        };
        let mut ledger = Self { app: app.clone(), watch, seen: (0, String::new()) };
        ledger.note().await;
        ledger
    }

    async fn commits(&mut self) -> Option<i64> {
        let row = sqlx::query("PRAGMA data_version").fetch_one(self.watch.as_mut()?).await.unwrap();
        Some(row.get(0))
    }

    /// Takes note of all rows.
    async fn note(&mut self) {
        // First: what is committed meanwhile is seen then.
        let commits = self.commits().await.unwrap_or_default();
        self.seen = (commits, self.app.all_rows().await);
    }

    /// Whether every row of every table is what it was.
    async fn is_same(&mut self) -> bool {
        let commits = self.commits().await;
        if commits == Some(self.seen.0) {
            return true;
        }
        let before = std::mem::take(&mut self.seen.1);
        self.note().await;
        before == self.seen.1
    }
}

/// How far an edition has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Draft,
    InReview,
    Reviewed,
    SentBack,
    Approved,
    Lapsed,
    Scheduled,
    InRelease,
    Live,
    Down,
    /// A translation of a source that is public.
    Translated,
}

/// An edition at its stage, with what hangs on it.
struct Ground {
    edition: Edition,
    comment: String,
    suggestion: String,
    preview: String,
    release: String,
    hash: String,
    etag: String,
}

const NOTHING: &str = "01a20346-0a11-7c55-9a10-4a7fd7c3a001";

async fn ground(desk: &Desk, all: &Client, stage: Stage) -> Ground {
    let source = desk.draft().begin().await;
    let mut release = NOTHING.to_owned();
    let author = &desk.author;
    let edition = match stage {
        Stage::Draft => source,
        Stage::InReview | Stage::Reviewed | Stage::SentBack => {
            source.submit(author).await.is(201);
            match stage {
                Stage::Reviewed => drop(source.decide(&desk.reviewer, "approve").await.is(200)),
                Stage::SentBack => drop(source.decide(&desk.reviewer, "request_changes").await.is(200)),
                _ => {}
            }
            source
        }
        Stage::Approved | Stage::Scheduled | Stage::InRelease | Stage::Lapsed => {
            source.submit(author).await.is(201);
            let leaving = desk.app.account("reviewer").sign_in().await;
            source.approve_open(&leaving, &desk.approver).await;
            match stage {
                Stage::Scheduled => drop(source.publish_at(&desk.publisher, LATER).await.is(202)),
                Stage::InRelease => {
                    let hash = source.hash(author).await;
                    let member = json!({"article": source.article, "locale": "vi", "content_hash": hash});
                    let order = json!({"members": [member], "publish_at": LATER});
                    let made = desk.publisher.post("/api/v1/releases", &order).await.is(202).json();
                    made["id"].as_str().unwrap().clone_into(&mut release);
                }
                Stage::Lapsed => {
                    let path = format!("/api/v1/accounts/{}/grants", leaving.id);
                    all.put(&path, "\"v1\"", &json!({"grants": []})).await.is(200);
                }
                _ => {}
            }
            source
        }
        Stage::Live | Stage::Down => {
            desk.publish(&source).await;
            if stage == Stage::Down {
                desk.withdraw(&source, "Sai.").await;
            }
            source
        }
        Stage::Translated => {
            desk.publish(&source).await;
            let translation = source.in_locale("en");
            translation.translate(&desk.translator, english()).await.is(201);
            translation
        }
    };
    let made = async |by: &Client, below: &str, body: Value| {
        let answer = by.post(&edition.path(below), &body).await;
        answer.json()["id"].as_str().unwrap_or(NOTHING).to_owned()
    };
    let comment = made(all, "comments", json!({"segment": "title", "text": "Xem lại."})).await;
    let hash = edition.hash(all).await;
    let wording = json!({"segment": "title", "text": "Lô cá", "comment": "Gọn.", "content_hash": hash});
    let suggestion = made(&desk.reviewer, "suggestions", wording).await;
    let preview = made(all, "preview", json!({})).await;
    let etag = edition.etag(all).await;
    Ground { edition, comment, suggestion, preview, release, hash, etag }
}

impl Ground {
    fn path(&self, template: &str) -> String {
        let article = format!("/articles/{}", self.edition.article);
        let mut path = template.replace("/articles/{id}", &article);
        let code = match template {
            of if of.contains("/topics/") => "bien",
            of if of.contains("/workflows/") => "source",
            _ => "so",
        };
        let id = if template.contains("/releases/") { &self.release } else { NOTHING };
        for (name, value) in [
            ("{locale}", self.edition.locale.as_str()),
            ("{comment}", &self.comment),
            ("{suggestion}", &self.suggestion),
            ("{preview}", &self.preview),
            ("{attestation}", NOTHING),
            ("{code}", code),
            ("{tag}", "en"),
            ("{number}", "1"),
            ("{sequence}", "1"),
            ("{id}", id),
        ] {
            path = path.replace(name, value);
        }
        path
    }

    /// A body that the operation could take, so far as it can be guessed: about this edition, with this hash.
    fn body(&self, operation: Operation, full: bool, hash: &str) -> Value {
        let Some(schema) = operation.body() else { return Value::Null };
        let mut body = sample("", schema, full);
        self.fill(&mut body, hash);
        body
    }

    fn fill(&self, value: &mut Value, hash: &str) {
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    match name.as_str() {
                        "content_hash" => *member = json!(hash),
                        "article" => *member = json!(self.edition.article),
                        "locale" if member.is_string() => *member = json!(self.edition.locale),
                        "locales" if member.is_array() => *member = json!([self.edition.locale]),
                        "segment" => *member = json!("title"),
                        "stage" => *member = json!("review"),
                        "publish_at" | "publish_until" | "from" | "until" => *member = json!(LATER),
                        "members" | "items" if member.as_array().is_some_and(Vec::is_empty) => {
                            *member = json!([{"article": self.edition.article, "locale": self.edition.locale, "content_hash": hash}]);
                        }
                        _ => self.fill(member, hash),
                    }
                }
            }
            Value::Array(all) => all.iter_mut().for_each(|one| self.fill(one, hash)),
            _ => {}
        }
    }
}

/// The wrong ways, and the right one, which is refused where the edition has not come so far.
fn asks(ground: &Ground, operation: Operation) -> Vec<(Vec<(&'static str, String)>, Value)> {
    let right = vec![("if-match", ground.etag.clone())];
    let body = |full| ground.body(operation, full, &ground.hash);
    let (full, least) = (body(true), body(false));
    let other = ground.body(operation, false, &"0".repeat(64));
    let mut strange = least.clone();
    if let Some(members) = strange.as_object_mut() {
        members.insert("khong-co".to_owned(), json!(1));
    }
    let keyed = [right.clone(), vec![("idempotency-key", "mot".to_owned())]].concat();
    vec![
        (Vec::new(), least.clone()),
        (vec![("if-match", "\"v99\"".to_owned())], least.clone()),
        (vec![("if-none-match", "*".to_owned())], least.clone()),
        (right.clone(), other),
        (right.clone(), strange),
        (keyed, full),
        (right, least),
    ]
}

/// Asks for everything in every way, and gives the codes of what was refused.
async fn refuse_everything(stage: Stage) {
    let desk = Desk::new().await;
    let roles = ["translator", "reviewer", "approver", "publisher", "press_officer", "auditor", "author"];
    let all = roles.into_iter().fold(desk.app.account("admin"), |person, role| person.and(role)).sign_in().await;
    let mut ground_now = ground(&desk, &all, stage).await;
    let (mut refused, mut done, mut codes) = (0, 0, BTreeSet::new());
    let writes = |one: &Operation| one.method != "get" && one.is_api() && !APART.contains(&one.id());

    let mut ledger = Ledger::of(&desk.app).await;
    for operation in operations().into_iter().filter(writes) {
        // What is about no edition is the same at every stage.
        if stage != Stage::Draft
            && !operation.template.contains("/articles")
            && !operation.template.contains("/releases")
        {
            continue;
        }
        for by in [&all, &desk.author] {
            let mut way = 0;
            while let Some((headers, body)) = asks(&ground_now, operation).into_iter().nth(way) {
                way += 1;
                desk.app.pass(1);
                let answer = send(by, operation, &ground_now.path(operation.template), &headers, &body).await;
                if answer.status < 400 {
                    done += 1;
                    // What left the edition as it was may be done again.
                    let now = ground_now.edition.get(&all).await;
                    if now.status != 200 || now.header("etag") != Some(ground_now.etag.as_str()) {
                        ground_now = ground(&desk, &all, stage).await;
                    }
                    ledger.note().await;
                    continue;
                }
                refused += 1;
                let code = answer.json()["code"].as_str().unwrap_or_default().to_owned();
                let told = format!("{stage:?}: {} with {headers:?} {body}", operation.id());
                assert!(answer.status < 500, "{told}: {}", answer.text());
                assert!(ledger.is_same().await, "{told} was refused ({code}) and left something behind");
                codes.insert(code);
            }
        }
    }

    eprintln!("{stage:?}: {refused} refused, {done} done, {codes:?}");
    assert!(refused > 200 && done > 5 && codes.len() > 9, "{refused} {done} {codes:?}");
}

async fn send(
    by: &Client,
    operation: Operation,
    path: &str,
    headers: &[(&'static str, String)],
    body: &Value,
) -> Answer {
    let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    if operation.method() == Method::DELETE {
        let request = headers.iter().fold(by.request(Method::DELETE, path), |request, one| request.append_header(*one));
        return by.app.send(request).await;
    }
    by.write(operation.method(), path, &headers, body).await
}

macro_rules! stages {
    ($($name:ident at $stage:ident;)+) => {$(
        #[actix_web::test]
        async fn $name() {
            refuse_everything(Stage::$stage).await;
        }
    )+};
}

stages! {
    a_refusal_about_a_draft_or_about_no_text_leaves_nothing at Draft;
    a_refusal_about_what_is_under_review_leaves_nothing at InReview;
    a_refusal_about_what_was_reviewed_leaves_nothing at Reviewed;
    a_refusal_about_what_was_sent_back_leaves_nothing at SentBack;
    a_refusal_about_what_is_approved_leaves_nothing at Approved;
    a_refusal_about_what_was_approved_once_leaves_nothing at Lapsed;
    a_refusal_about_what_is_ordered_leaves_nothing at Scheduled;
    a_refusal_about_a_releases_member_leaves_nothing at InRelease;
    a_refusal_about_what_is_public_leaves_nothing at Live;
    a_refusal_about_what_was_taken_down_leaves_nothing at Down;
    a_refusal_about_a_translation_leaves_nothing at Translated;
}
