//! The product, asked through HTTP for what the model is asked for.

use std::collections::HashMap;

use actix_web::http::Method;
use lantoa::kernel::Digest;
use serde_json::{Value, json};

use super::{
    act::{Act, Ask, Change, Hash},
    office::{AGENCIES, Grant, LOCALES, Office, Person},
};
use crate::support::{Answer, Client, TestApp};

/// What did not go as the model said.
pub type Checked<T = ()> = Result<T, String>;

/// An application and those of it who outlive a sequence.
#[derive(Clone)]
pub struct Stage {
    pub app: TestApp,
    pub admin: Client,
    pub auditor: Client,
}

impl Stage {
    pub async fn new() -> Self {
        let app = TestApp::new().await;
        let admin = app.account("admin").sign_in().await;
        let auditor = app.account("auditor").sign_in().await;
        Self { app, admin, auditor }
    }
}

/// A sequence's own people and articles in an application.
pub struct World {
    pub stage: Stage,
    /// Tells its articles from those of other sequences.
    name: usize,
    people: Vec<Client>,
    account_writes: Vec<usize>,
    ids: [Option<String>; 3],
    /// The hash of each revision that was answered with, and who saved it.
    pub saved: HashMap<(usize, usize), Vec<(String, String)>>,
    /// The newest public event before this sequence.
    pub since: i64,
}

impl World {
    pub async fn new(stage: Stage, name: usize, people: &[Person]) -> Checked<Self> {
        let mut clients = Vec::with_capacity(people.len());
        for person in people {
            clients.push(sign_in(&stage.app, person).await);
        }
        let account_writes = vec![1; clients.len()];
        let (ids, saved) = ([None, None, None], HashMap::new());
        let mut world = Self { stage, name, people: clients, account_writes, ids, saved, since: 0 };
        world.since = world.changes().await?.0;
        Ok(world)
    }

    /// The article's id; one that is nowhere while it is not begun.
    pub fn id(&self, slot: usize) -> String {
        self.ids[slot].clone().unwrap_or_else(|| uuid::Uuid::now_v7().to_string())
    }

    pub fn path(&self, slot: usize, locale: usize, below: &str) -> String {
        format!("/api/v1/articles/{}/editions/{}{below}", self.id(slot), LOCALES[locale])
    }

    pub fn slug(&self, slot: usize, locale: usize, number: usize) -> String {
        format!("s{}-{slot}-{locale}-{number}", self.name)
    }

    pub fn hash(&self, slot: usize, locale: usize, revision: usize) -> Option<&str> {
        self.saved.get(&(slot, locale))?.get(revision.checked_sub(1)?).map(|(hash, _)| hash.as_str())
    }

    pub fn words(substance: usize, marks: usize, locale: usize) -> String {
        let before = ["Đoàn tàu thứ", "Convoy number", "선박"][locale];
        format!("{before} {substance}{}", "!".repeat(marks))
    }

    fn text(&self, slot: usize, locale: usize, substance: usize, marks: usize) -> Value {
        json!({
            "title": format!("{} {} {slot}", ["Bản tin", "News", "소식"][locale], self.name),
            "summary": "",
            "body": format!("<p>{}</p>", Self::words(substance, marks, locale)),
        })
    }

    fn named_hash(&self, slot: usize, locale: usize, hash: Hash) -> String {
        let saved = self.saved.get(&(slot, locale)).map_or(0, Vec::len);
        let found = match hash {
            Hash::Newest => self.hash(slot, locale, saved),
            Hash::Old => self.hash(slot, locale, saved.saturating_sub(1)),
            Hash::Foreign => None,
        };
        found.map_or_else(|| Digest::of("another text").to_string(), str::to_owned)
    }

    /// Asks for an act as things stand in `office`, and gives the answer.
    pub async fn ask(&mut self, office: &Office, ask: Ask) -> Answer {
        let Ask { step, who, slot, locale, act } = ask;
        let by = self.people[who].clone();
        let path = |below| self.path(slot, locale, below);
        let writes = office.edition(slot, locale).map_or(1, |edition| edition.writes);
        let etag = |current: bool| if current { tag(writes) } else { tag(writes - 1) };
        let answer = match act {
            Act::Begin { agency } => {
                let mut body = self.text(slot, 0, step, 0);
                for (member, value) in [
                    ("kind", "news"),
                    ("agency", AGENCIES[agency]),
                    ("source_locale", LOCALES[0]),
                    ("slug", &self.slug(slot, 0, step)),
                ] {
                    body[member] = value.into();
                }
                body["topics"] = json!(["dau-tu"]);
                by.post("/api/v1/articles", &body).await
            }
            Act::Translate { from } => {
                let mut body = self.text(slot, locale, step, 0);
                body["slug"] = self.slug(slot, locale, step).into();
                body["source_revision"] = office.told(slot, from).into();
                by.write(Method::PUT, &path(""), &[("if-none-match", "*")], &body).await
            }
            Act::Save { current, change, from } => {
                let before = office.edition(slot, locale).and_then(|edition| edition.texts.last());
                let (substance, marks) = before.map_or((step, 0), |text| (text.substance, text.marks));
                let (substance, marks) = if change == Change::Minor { (substance, marks + 1) } else { (step, 0) };
                let mut body = self.text(slot, locale, substance, marks);
                let is_minor = matches!(change, Change::Minor | Change::FalseMinor);
                body["change_class"] = if is_minor { "minor" } else { "major" }.into();
                body["source_revision"] = office.told(slot, from).into();
                if change == Change::Moved {
                    body["slug"] = self.slug(slot, locale, step).into();
                }
                by.put(&path(""), &etag(current), &body).await
            }
            Act::Submit { current } => {
                by.write(Method::POST, &path("/submit"), &[("if-match", &etag(current))], &json!({})).await
            }
            Act::Decide { approve, hash } => {
                let verdict = if approve { "approve" } else { "request_changes" };
                let hash = self.named_hash(slot, locale, hash);
                let body = json!({"verdict": verdict, "content_hash": hash, "comment": "Xem lại."});
                by.post(&path("/decisions"), &body).await
            }
            Act::TakeBack => by.post(&path("/take-back"), &Value::Null).await,
            Act::Publish { correct, hash } => {
                let kind = if correct { "correct" } else { "update" };
                let hash = self.named_hash(slot, locale, hash);
                by.post(&path("/publish"), &json!({"content_hash": hash, "kind": kind, "note": "Số đúng."})).await
            }
            Act::Withdraw => by.post(&path("/withdraw"), &json!({"reason": "outdated"})).await,
            Act::Grant { to, which } => {
                let mut grants = office.people[to].grants.clone();
                let count = grants.len();
                grants[which % count].1 ^= true;
                let held = grants.iter().filter(|(_, held)| *held).map(|(grant, _)| wire(grant));
                let body = json!({"grants": held.collect::<Vec<_>>()});
                self.stage.admin.put(&self.account(to, "/grants"), &tag(self.account_writes[to]), &body).await
            }
            Act::Disable { whom } => {
                let body = json!({"disabled": !office.people[whom].disabled});
                self.stage.admin.patch(&self.account(whom, ""), &tag(self.account_writes[whom]), &body).await
            }
            Act::Next => unreachable!("what comes next is looked up before it is asked for"),
        };
        self.learn(ask, &answer);
        answer
    }

    fn account(&self, who: usize, below: &str) -> String {
        format!("/api/v1/accounts/{}{below}", self.people[who].id)
    }

    /// Remembers what an answer told: ids, hashes, who saved.
    fn learn(&mut self, ask: Ask, answer: &Answer) {
        if answer.status >= 300 {
            return;
        }
        let Ask { who, slot, locale, act, .. } = ask;
        let body = answer.json();
        let hash = match act {
            Act::Begin { .. } => {
                self.ids[slot] = body["id"].as_str().map(str::to_owned);
                &body["edition"]["content_hash"]
            }
            Act::Translate { .. } | Act::Save { .. } => &body["content_hash"],
            Act::Grant { to: who, .. } | Act::Disable { whom: who } => {
                self.account_writes[who] += 1;
                return;
            }
            _ => return,
        };
        let locale = if matches!(act, Act::Begin { .. }) { 0 } else { locale };
        let line = (hash.as_str().unwrap_or_default().to_owned(), self.people[who].id.to_string());
        self.saved.entry((slot, locale)).or_default().push(line);
    }

    /// What the public is told since this sequence began: the newest number, and the events.
    pub async fn changes(&self) -> Checked<(i64, Vec<Value>)> {
        let (mut since, mut all) = (self.since, Vec::new());
        loop {
            let answer = self.stage.app.get(&format!("/api/v1/content/changes?since={since}&limit=100")).await;
            let mut page = answer.json();
            all.extend(page["items"].as_array_mut().map(std::mem::take).unwrap_or_default());
            since = page["next_since"].as_i64().ok_or_else(|| format!("no next_since: {}", answer.text()))?;
            if page["has_more"] != true {
                return Ok((since, all));
            }
        }
    }
}

fn tag(writes: usize) -> String {
    format!("\"v{writes}\"")
}

fn wire(grant: &Grant) -> Value {
    json!({
        "role": grant.role.name(),
        "agency": grant.agency.map(|place| AGENCIES[place]),
        "locale": grant.locale.map(|place| LOCALES[place]),
    })
}

async fn sign_in(app: &TestApp, person: &Person) -> Client {
    let mut one = app.nobody();
    for (grant, _) in &person.grants {
        one = one.and(grant.role.name());
        if let Some(agency) = grant.agency {
            one = one.agency(AGENCIES[agency]);
        }
        if let Some(locale) = grant.locale {
            one = one.locale(LOCALES[locale]);
        }
    }
    one.sign_in().await
}
