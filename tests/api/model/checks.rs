//! What is looked at after each act, and at the end: the public against the model, and promises
//! that are held against what was answered, without the model's opinion.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    act::{Act, Ask},
    office::{CaseState, Edition, Event, LOCALES, Office, Public},
    world::{Checked, World},
};

/// Fails with both sides when they differ.
pub fn same<T: PartialEq + std::fmt::Debug>(what: impl std::fmt::Display, found: T, model: T) -> Checked {
    if found == model { Ok(()) } else { Err(format!("{what}: the product has {found:?}, the model {model:?}")) }
}

impl World {
    /// After an act that was done.
    pub async fn check_after(&self, office: &Office, ask: Ask) -> Checked {
        self.check_manifest(office).await?;
        if !ask.act.is_about_text() {
            return Ok(());
        }
        self.check_desk(office, ask.slot, ask.locale).await?;
        if matches!(ask.act, Act::Save { .. } | Act::Publish { .. } | Act::Withdraw) {
            for locale in 0..3 {
                self.check_item(office, ask.slot, locale).await?;
            }
        }
        Ok(())
    }

    /// Everything public is in the manifest, and nothing else is.
    pub async fn check_manifest(&self, office: &Office) -> Checked {
        let answer = self.stage.app.get("/api/v1/content/manifest?limit=100").await;
        let page = answer.json();
        let line = |it: &Value| {
            let text = |member: &str| it[member].as_str().unwrap_or_default().to_owned();
            (text("article_id"), text("locale"), it["version"].as_u64().unwrap_or(0), text("content_hash"))
        };
        let found: BTreeSet<_> = page["items"].as_array().into_iter().flatten().map(line).collect();
        let model = office.editions().filter_map(|(slot, locale, edition)| {
            let hash = self.hash(slot, locale, edition.live?)?.to_owned();
            Some((self.id(slot), LOCALES[locale].to_owned(), edition.versions() as u64, hash))
        });
        same("the manifest", found, model.collect())
    }

    /// What stands at the item's address is what the model says.
    pub async fn check_item(&self, office: &Office, slot: usize, locale: usize) -> Checked {
        let (id, tag) = (self.id(slot), LOCALES[locale]);
        let answer = self.stage.app.get(&format!("/api/v1/content/{tag}/articles/id/{id}")).await;
        let at = format!("the item of article {slot} in {tag}");
        let expected = office.public(slot, locale);
        let Public::Item { revision, version, corrections, stale } = expected else {
            return same(at, answer.status, if expected == Public::Gone { 410 } else { 404 });
        };
        same(&at, answer.status, 200)?;
        let item = answer.json();
        same(format!("{at}, version"), item["version"].as_u64(), Some(version as u64))?;
        same(format!("{at}, hash"), item["content_hash"].as_str(), self.hash(slot, locale, revision))?;
        same(format!("{at}, corrections"), item["corrections"].as_array().map(Vec::len), Some(corrections))?;
        same(format!("{at}, stale"), item["stale"].as_bool(), Some(stale))?;
        let text = office.edition(slot, locale).map(|edition| &edition.texts[revision - 1]);
        let body = text.map(|text| format!("<p>{}</p>", Self::words(text.substance, text.marks, locale)));
        same(format!("{at}, body"), item["body_html"].as_str(), body.as_deref())
    }

    /// How the edition stands for those who work on it.
    async fn check_desk(&self, office: &Office, slot: usize, locale: usize) -> Checked {
        let Some(edition) = office.edition(slot, locale) else { return Ok(()) };
        let answer = self.stage.auditor.get(&self.path(slot, locale, "")).await;
        let at = format!("the edition of article {slot} in {}", LOCALES[locale]);
        same(&at, answer.status, 200)?;
        let found = answer.json();
        let writes = format!("\"v{}\"", edition.writes);
        same(format!("{at}, ETag"), answer.header("etag"), Some(writes.as_str()))?;
        same(format!("{at}, revision"), found["revision"].as_u64(), Some(edition.latest() as u64))?;
        same(format!("{at}, live"), found["live"]["revision"].as_u64(), edition.live.map(|live| live as u64))?;
        same(format!("{at}, stale"), found["stale"].as_bool(), Some(office.is_out_of_date(slot, locale)))?;
        same(format!("{at}, state"), found["state"].as_str(), Some(state(edition)))?;
        if edition.live == Some(edition.latest()) { self.check_approval(slot, locale, &found) } else { Ok(()) }
    }

    /// What became public was approved at its exact hash by two people, none of whom saved it. Told from
    /// what the product answered alone: the case it shows, and the saves it acknowledged.
    fn check_approval(&self, slot: usize, locale: usize, edition: &Value) -> Checked {
        let at = format!("what is public of article {slot} in {}", LOCALES[locale]);
        let decisions = edition["case"]["decisions"].as_array().cloned().unwrap_or_default();
        let people: BTreeSet<_> = decisions.iter().filter_map(|d| d["account"].as_str()).collect();
        same(format!("{at}: people who approved"), people.len(), 2)?;
        let hash = &edition["content_hash"];
        let exact = decisions.iter().all(|d| d["verdict"] == "approve" && d["content_hash"] == *hash);
        same(format!("{at}: approved at its exact hash"), exact, true)?;
        let newest = self.saved.get(&(slot, locale)).and_then(|saved| saved.last());
        same(format!("{at}: decided by its author"), newest.is_some_and(|(_, by)| people.contains(by.as_str())), false)
    }

    /// At the end of a sequence: nothing that was acknowledged is lost, versions are numbered from 1,
    /// addresses mean what they meant, the public was told all, in order.
    pub async fn check_whole(&self, office: &Office) -> Checked {
        self.check_manifest(office).await?;
        for (slot, locale, edition) in office.editions() {
            self.check_item(office, slot, locale).await?;
            self.check_desk(office, slot, locale).await?;
            self.check_revisions(slot, locale).await?;
            self.check_versions(slot, locale, edition).await?;
            self.check_addresses(slot, locale, edition).await?;
        }
        for (locale, tag) in LOCALES.iter().enumerate() {
            let list = self.stage.app.get(&format!("/api/v1/content/{tag}/articles?limit=100")).await.json();
            let live = office.editions().filter(|(_, at, edition)| *at == locale && edition.live.is_some()).count();
            same(format!("items of the list in {tag}"), list["items"].as_array().map(Vec::len), Some(live))?;
        }
        self.check_events(office).await
    }

    async fn check_revisions(&self, slot: usize, locale: usize) -> Checked {
        let saved = self.saved.get(&(slot, locale)).cloned().unwrap_or_default();
        let answer = self.stage.auditor.get(&self.path(slot, locale, "/revisions?limit=100")).await;
        let page = answer.json();
        let line = |it: &Value| (it["number"].as_u64(), it["content_hash"].as_str().map(str::to_owned));
        let mut found: Vec<_> = page["items"].as_array().into_iter().flatten().map(line).collect();
        found.reverse();
        let model = (1..).zip(saved).map(|(number, (hash, _))| (Some(number), Some(hash))).collect();
        same(format!("revisions of article {slot} in {}", LOCALES[locale]), found, model)
    }

    async fn check_versions(&self, slot: usize, locale: usize, edition: &Edition) -> Checked {
        let (id, tag) = (self.id(slot), LOCALES[locale]);
        let of = |number: usize| match number {
            number if number > edition.versions() => 404,
            number if number <= edition.versions_taken_down() => 410,
            _ => 200,
        };
        for (number, status) in (1..=edition.versions() + 1).map(|number| (number, of(number))) {
            let path = format!("/api/v1/content/articles/{id}/{tag}/versions/{number}/publication");
            let answer = self.stage.app.get(&path).await;
            same(format!("version {number} of article {slot} in {tag}"), answer.status, status)?;
            if status == 200 {
                same(&path, answer.json()["version"].as_u64(), Some(number as u64))?;
            }
        }
        Ok(())
    }

    /// A published slug leads to the item for ever, whatever slug it has now.
    async fn check_addresses(&self, slot: usize, locale: usize, edition: &Edition) -> Checked {
        let published: BTreeSet<_> =
            edition.acts.iter().map(|(_, revision)| edition.texts[revision - 1].slug).collect();
        let now = edition.live.map(|revision| edition.texts[revision - 1].slug);
        for number in published {
            let status = match now {
                None => 410,
                Some(now) if now == number => 200,
                Some(_) => 301,
            };
            let path = format!("/api/v1/content/{}/articles/{}", LOCALES[locale], self.slug(slot, locale, number));
            same(&path, self.stage.app.get(&path).await.status, status)?;
        }
        Ok(())
    }

    /// The public was told every event once, in order, without a gap.
    pub async fn check_events(&self, office: &Office) -> Checked {
        let (_, events) = self.changes().await?;
        let numbers: Vec<_> = events.iter().filter_map(|event| event["seq"].as_i64()).collect();
        same("the numbers of events", numbers, (self.since + 1..).take(events.len()).collect())?;
        let told = |event: &Value| {
            let text = |member: &str| event[member].as_str().unwrap_or_default().to_owned();
            (text("type"), text("article_id"), text("locale"), event["version"].as_u64())
        };
        let model = |event: &Event| {
            let (id, locale) = (self.id(event.slot), LOCALES[event.locale].to_owned());
            (event.kind.to_owned(), id, locale, Some(event.version as u64))
        };
        same("the events", events.iter().map(told).collect::<Vec<_>>(), office.events.iter().map(model).collect())
    }
}

fn state(edition: &Edition) -> &'static str {
    if edition.live == Some(edition.latest()) {
        return "published";
    }
    let down = edition.acts.last().is_some_and(|(_, revision)| *revision == edition.latest());
    match edition.current_case().map(|case| case.state) {
        Some(CaseState::Open) => "in_review",
        Some(CaseState::SentBack) => "changes_requested",
        Some(CaseState::Approved) if !down => "approved",
        _ if down => "withdrawn",
        _ => "draft",
    }
}
