//! What is looked at after each act: the public and the desk against the model, and promises that are held against
//! what was answered, without the model's opinion.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{
    act::Ask,
    office::{At, CaseState, Edition, LOCALES, Office, Public, Published},
    orders::Outcome,
    stage::Checked,
    world::{World, tag},
};

/// Fails with both sides when they differ.
pub fn same<T: PartialEq + std::fmt::Debug>(what: impl std::fmt::Display, found: T, model: T) -> Checked {
    if found == model { Ok(()) } else { Err(format!("{what}: the product has {found:?}, the model {model:?}")) }
}

/// An edition in people's words.
pub fn told((slot, locale): At) -> String {
    format!("article {slot} in {}", LOCALES[locale])
}

impl World {
    /// After an act that was done: all that is public, and each edition that it changed.
    pub async fn check_after(&mut self, before: &Office, office: &Office, ask: Ask) -> Checked {
        self.check_manifest(office).await?;
        for (at, edition) in office.editions() {
            let wrote = before.edition(at).is_none_or(|earlier| earlier.writes != edition.writes);
            if wrote || (at == ask.at && ask.act.is_about_text()) {
                self.check_desk(office, at).await?;
            }
            if office.public(at) != before.public(at) || (at == ask.at && edition.live.is_some()) {
                self.check_item(office, at).await?;
            }
        }
        Ok(())
    }

    /// Everything public is in the manifest, and nothing else is; and who reads only what changed holds the same.
    pub async fn check_manifest(&mut self, office: &Office) -> Checked {
        let answer = self.stage.app.get("/api/v1/content/manifest?limit=100").await;
        let page = answer.json();
        let line = |it: &Value| {
            let text = |member: &str| it[member].as_str().unwrap_or_default().to_owned();
            ((text("article_id"), text("locale")), (it["version"].as_u64().unwrap_or(0), text("content_hash")))
        };
        let found: BTreeMap<_, _> = page["items"].as_array().into_iter().flatten().map(line).collect();
        let model = office.editions().filter_map(|(at, edition)| {
            let hash = self.hash(at, edition.live?)?.to_owned();
            Some(((self.id(at.0), LOCALES[at.1].to_owned()), (edition.versions() as u64, hash)))
        });
        same("the manifest", &found, &model.collect())?;
        let (_, events) = self.changes_since(self.reader.since).await?;
        self.reader.read(&events)?;
        let manifest = found.into_iter().map(|(key, (version, _))| (key, version)).collect();
        same("who follows the changes", &self.reader.holds, &manifest)
    }

    /// What stands at the item's address is what the model says.
    pub async fn check_item(&self, office: &Office, at: At) -> Checked {
        let (id, tag) = (self.id(at.0), LOCALES[at.1]);
        let answer = self.stage.app.get(&format!("/api/v1/content/{tag}/articles/id/{id}")).await;
        let what = format!("the item of {}", told(at));
        let expected = office.public(at);
        let Public::Item { revision, version, corrections, stale } = expected else {
            return same(what, answer.status, if expected == Public::Gone { 410 } else { 404 });
        };
        same(&what, answer.status, 200)?;
        let item = answer.json();
        same(format!("{what}, version"), item["version"].as_u64(), Some(version as u64))?;
        same(format!("{what}, hash"), item["content_hash"].as_str(), self.hash(at, revision))?;
        same(format!("{what}, corrections"), item["corrections"].as_array().map(Vec::len), Some(corrections))?;
        same(format!("{what}, stale"), item["stale"].as_bool(), Some(stale))?;
        let text = office.edition(at).map(|edition| &edition.texts[revision - 1]);
        let body = text.map(|text| format!("<p>{}</p>", Self::words(text.substance, text.marks, at.1)));
        same(format!("{what}, body"), item["body_html"].as_str(), body.as_deref())
    }

    /// How the edition stands for those who work on it.
    pub async fn check_desk(&mut self, office: &Office, at: At) -> Checked {
        let Some(edition) = office.edition(at) else { return Ok(()) };
        let answer = self.auditor().get(&self.path(at, "")).await;
        let what = format!("the edition of {}", told(at));
        same(&what, answer.status, 200)?;
        let found = answer.json();
        let writes = tag(edition.writes);
        same(format!("{what}, ETag"), answer.header("etag"), Some(writes.as_str()))?;
        same(format!("{what}, revision"), found["revision"].as_u64(), Some(edition.latest() as u64))?;
        same(format!("{what}, live"), found["live"]["revision"].as_u64(), edition.live.map(|live| live as u64))?;
        same(format!("{what}, stale"), found["stale"].as_bool(), Some(office.is_out_of_date(at)))?;
        same(format!("{what}, state"), found["state"].as_str(), Some(state(office, at, edition)))?;
        let carried = edition.current_case().map_or(0, |case| usize::from(case.carried.is_some()));
        let found_carried = found["case"]["carried"]["decisions"].as_array().map_or(0, Vec::len);
        same(format!("{what}, decisions that are carried"), found_carried, carried)?;
        self.check_plan(office, at, &found["schedule"])?;
        if let Some(live) = found["live"]["revision"].as_u64() {
            let is_new = self.lived.get(&at).is_none_or(|lived| lived.last() != Some(&live));
            if is_new && live == edition.latest() as u64 {
                self.check_approval(at, &found)?;
            }
            if is_new {
                self.lived.entry(at).or_default().push(live);
            }
        }
        Ok(())
    }

    /// What was ordered last, and what became of it. What has come to an end stays so, and nothing is done twice.
    fn check_plan(&mut self, office: &Office, at: At, plan: &Value) -> Checked {
        for (deed, withdraws) in [("publish", false), ("withdraw", true)] {
            let found = &plan[deed];
            let what = format!("the order to {deed} {}", told(at));
            let model = office.orders.iter().rfind(|order| order.at == at && order.withdraws == withdraws);
            let words = |value: &Value| value.as_str().map(str::to_owned);
            let outcome = model.map(|order| (order.outcome.name().to_owned(), order.why.map(str::to_owned)));
            same(&what, words(&found["outcome"]).map(|outcome| (outcome, words(&found["why"]))), outcome)?;
            let Some(model) = model else { continue };
            let due = self.moment(model.due).to_string();
            same(format!("{what}, moment"), found["at"].as_str(), Some(due.as_str()))?;
            let done = model.outcome == Outcome::Done;
            same(format!("{what}, act"), found["publication"].is_string(), done)?;
            if model.outcome != Outcome::Waiting {
                let id = found["id"].as_str().unwrap_or_default().to_owned();
                let before = self.ends.entry(id).or_insert_with(|| found.clone());
                same(format!("{what}, since it came to its end"), found, before)?;
            }
        }
        Ok(())
    }

    /// What became public was approved by two people, none of whom saved it: at its exact hash, or at that of an earlier
    /// text with the same figure. Told from what the product answered alone: the case it shows, and the saves it
    /// acknowledged.
    fn check_approval(&self, at: At, edition: &Value) -> Checked {
        let what = format!("what is public of {}", told(at));
        let all = |value: &Value| value.as_array().cloned().unwrap_or_default();
        let (own, carried) = (all(&edition["case"]["decisions"]), all(&edition["case"]["carried"]["decisions"]));
        let accounts = own.iter().map(|one| &one["account"]).chain(carried.iter().map(|one| &one["by"]["id"]));
        let people: BTreeSet<_> = accounts.filter_map(Value::as_str).collect();
        same(format!("{what}: people who approved"), people.len(), 2)?;
        let hash = &edition["content_hash"];
        let agreed = own.iter().chain(&carried).all(|one| one["verdict"] == "approve");
        same(format!("{what}: all who decided approved"), agreed, true)?;
        let exact = !own.is_empty() && own.iter().all(|one| one["content_hash"] == *hash);
        same(format!("{what}: approved at its exact hash"), exact, true)?;
        let before = self.lived.get(&at).and_then(|lived| lived.last()).map_or(0, |number| *number as usize);
        let saved = self.saved.get(&at).map_or(&[][..], |saved| &saved[before.min(saved.len())..]);
        let figure = saved.last().map(|one| one.substance);
        let near = |one: &Value| saved.iter().any(|it| one["content_hash"] == it.hash && Some(it.substance) == figure);
        same(format!("{what}: carried from a text with the same figure"), carried.iter().all(near), true)?;
        same(format!("{what}: decided by an author"), saved.iter().any(|one| people.contains(one.by.as_str())), false)
    }
}

fn state(office: &Office, at: At, edition: &Edition) -> &'static str {
    if edition.live == Some(edition.latest()) {
        return "published";
    }
    let down = edition.acts.last().filter(|last| last.revision == edition.latest());
    match (edition.current_case().map(|case| case.state), down) {
        (Some(CaseState::Open), _) => "in_review",
        (Some(CaseState::SentBack), _) => "changes_requested",
        (Some(CaseState::Approved), None) if office.is_scheduled(at) => "scheduled",
        (Some(CaseState::Approved), None) => "approved",
        (_, Some(last)) if last.act == Published::Retract => "retracted",
        (_, Some(_)) => "withdrawn",
        (_, None) => "draft",
    }
}
