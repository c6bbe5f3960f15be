//! A sequence's own people and articles in the product, and what its answers told.

use std::{
    collections::{BTreeMap, HashMap},
    time::Duration,
};

use lantoa::kernel::{Digest, Timestamp};
use serde_json::{Value, json};

use super::{
    act::{Act, Ask, Change, Hash},
    office::{AGENCIES, At, LOCALES, Office, SLOTS},
    people::{Grant, Person},
    reader::Reader,
    stage::{Checked, Stage},
};
use crate::support::{Answer, Client, TestApp};

/// A revision as it was acknowledged.
#[derive(Clone, Debug)]
pub struct Saved {
    pub hash: String,
    /// Who saved it.
    pub by: String,
    /// The figure in it.
    pub substance: usize,
}

pub struct World {
    pub stage: Stage,
    /// Tells its articles from those of other sequences.
    name: usize,
    pub people: Vec<Client>,
    pub account_writes: Vec<usize>,
    ids: [Option<String>; SLOTS],
    /// Releases that were ordered, or done at once.
    pub releases: Vec<String>,
    /// Suggestions that were made.
    pub suggestions: HashMap<At, Vec<String>>,
    /// Each revision that was answered with.
    pub saved: HashMap<At, Vec<Saved>>,
    /// The figure that a suggestion would put into a text.
    figures: HashMap<String, usize>,
    /// The revisions that were seen in public.
    pub lived: HashMap<At, Vec<u64>>,
    /// What each order that came to its end became: nothing of it changes any more.
    pub ends: BTreeMap<String, Value>,
    /// The newest public event before this sequence.
    pub since: i64,
    /// Somebody who follows the changes from there on.
    pub reader: Reader,
    /// When the sequence began.
    began: Timestamp,
}

impl World {
    pub async fn new(stage: Stage, name: usize, people: &[Person]) -> Checked<Self> {
        let mut clients = Vec::with_capacity(people.len());
        for person in people {
            clients.push(sign_in(&stage.app, person).await);
        }
        let mut world = Self {
            name,
            account_writes: vec![1; clients.len()],
            people: clients,
            ids: Default::default(),
            releases: Vec::new(),
            suggestions: HashMap::new(),
            saved: HashMap::new(),
            figures: HashMap::new(),
            lived: HashMap::new(),
            ends: BTreeMap::new(),
            since: 0,
            reader: Reader::default(),
            began: stage.app.clock.now(),
            stage,
        };
        world.since = world.changes().await?.0;
        world.reader.since = world.since;
        Ok(world)
    }

    /// The article's id; one that is nowhere while it is not begun.
    pub fn id(&self, slot: usize) -> String {
        self.ids[slot].clone().unwrap_or_else(|| uuid::Uuid::now_v7().to_string())
    }

    pub fn path(&self, (slot, locale): At, below: &str) -> String {
        format!("/api/v1/articles/{}/editions/{}{below}", self.id(slot), LOCALES[locale])
    }

    pub fn slug(&self, (slot, locale): At, number: usize) -> String {
        format!("s{}-{slot}-{locale}-{number}", self.name)
    }

    pub fn hash(&self, at: At, revision: usize) -> Option<&str> {
        self.saved.get(&at)?.get(revision.checked_sub(1)?).map(|saved| saved.hash.as_str())
    }

    pub fn words(substance: usize, marks: usize, locale: usize) -> String {
        let before = ["Đoàn tàu thứ", "Convoy number", "Le convoi numéro", "នាវាទី"][locale];
        format!("{before} {substance}{}", "!".repeat(marks))
    }

    pub fn text(&self, (slot, locale): At, substance: usize, marks: usize) -> Value {
        json!({
            "title": format!("{} {} {slot}", ["Bản tin", "News", "Nouvelles", "ព័ត៌មាន"][locale], self.name),
            "summary": "",
            "body": format!("<p>{}</p>", Self::words(substance, marks, locale)),
        })
    }

    pub fn named_hash(&self, at: At, hash: Hash) -> String {
        let saved = self.saved.get(&at).map_or(0, Vec::len);
        let found = match hash {
            Hash::Newest => self.hash(at, saved),
            Hash::Old => self.hash(at, saved.saturating_sub(1)),
            Hash::Foreign => None,
        };
        found.map_or_else(|| Digest::of("another text").to_string(), str::to_owned)
    }

    /// A moment of the model.
    pub fn moment(&self, seconds: i64) -> Timestamp {
        let span = Duration::from_secs(seconds.unsigned_abs());
        if seconds < 0 { self.began.minus(span) } else { self.began.plus(span) }
    }

    pub fn set_clock(&self, seconds: i64) {
        self.stage.app.clock.set(self.moment(seconds));
    }

    /// A person who signed in, however the clock has moved since.
    pub fn person(&self, who: usize) -> Client {
        self.people[who].after(0)
    }

    pub fn auditor(&self) -> Client {
        self.stage.auditor.after(0)
    }

    pub fn account(&self, who: usize, below: &str) -> String {
        format!("/api/v1/accounts/{}{below}", self.people[who].id)
    }

    /// The program ends and begins anew.
    pub async fn restart(&mut self) {
        self.stage.restart().await;
        for person in &mut self.people {
            person.app = self.stage.app.clone();
        }
    }

    /// Remembers what an answer told: ids, hashes, who saved.
    pub fn learn(&mut self, before: &Office, ask: Ask, answer: &Answer) {
        if answer.status >= 300 {
            return;
        }
        let Ask { step, who, at, act } = ask;
        let body = answer.json();
        let hash = match act {
            Act::Begin { .. } => {
                self.ids[at.0] = body["id"].as_str().map(str::to_owned);
                &body["edition"]["content_hash"]
            }
            Act::Translate { .. } | Act::Save { .. } | Act::Accept { .. } => &body["content_hash"],
            Act::Suggest { figure, .. } => {
                let id = body["id"].as_str().unwrap_or_default().to_owned();
                self.figures.extend(figure.then_some((id.clone(), step)));
                self.suggestions.entry(at).or_default().push(id);
                return;
            }
            Act::Release { .. } => {
                self.releases.extend(body["id"].as_str().map(str::to_owned));
                return;
            }
            Act::Grant { to: who, .. } | Act::Disable { whom: who } => {
                self.account_writes[who] += 1;
                return;
            }
            _ => return,
        };
        let at = if matches!(act, Act::Begin { .. }) { (at.0, 0) } else { at };
        let stood = self.saved.get(&at).and_then(|saved| saved.last()).map_or(step, |last| last.substance);
        let substance = match act {
            Act::Accept { which, .. } => {
                let taken = before.suggestion(at, which).and_then(|place| self.suggestions.get(&at)?.get(place));
                taken.and_then(|id| self.figures.get(id)).copied().unwrap_or(stood)
            }
            Act::Save { change: Change::Minor, .. } => stood,
            _ => step,
        };
        let (hash, by) = (hash.as_str().unwrap_or_default().to_owned(), self.people[who].id.to_string());
        self.saved.entry(at).or_default().push(Saved { hash, by, substance });
    }

    /// What the public is told since this sequence began: the newest number, and the events.
    pub async fn changes(&self) -> Checked<(i64, Vec<Value>)> {
        self.changes_since(self.since).await
    }

    pub async fn changes_since(&self, mut since: i64) -> Checked<(i64, Vec<Value>)> {
        let mut all = Vec::new();
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

pub fn tag(writes: usize) -> String {
    format!("\"v{writes}\"")
}

pub fn wire(grant: &Grant) -> Value {
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
