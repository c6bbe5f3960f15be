//! What is looked at when a sequence is over: nothing that was acknowledged is lost, nothing was done twice, and
//! numbers and addresses mean what they meant.

use std::collections::BTreeSet;

use lantoa::service::{audit, integrity};
use serde_json::Value;

use super::{
    checks::{same, told},
    office::{At, Edition, Event, LOCALES, Office},
    stage::Checked,
    world::World,
};

impl World {
    pub async fn check_whole(&mut self, office: &Office) -> Checked {
        self.check_manifest(office).await?;
        for (at, edition) in office.editions() {
            self.check_item(office, at).await?;
            self.check_desk(office, at).await?;
            self.check_revisions(at).await?;
            self.check_versions(at, edition).await?;
            self.check_addresses(at, edition).await?;
        }
        for (locale, tag) in LOCALES.iter().enumerate() {
            let list = self.stage.app.get(&format!("/api/v1/content/{tag}/articles?limit=100")).await.json();
            let live = office.editions().filter(|(at, edition)| at.1 == locale && edition.live.is_some()).count();
            same(format!("items of the list in {tag}"), list["items"].as_array().map(Vec::len), Some(live))?;
        }
        self.check_acts(office).await?;
        self.check_events(office).await?;
        self.check_sound().await
    }

    /// The sweep finds nothing.
    pub async fn check_sound(&self) -> Checked {
        let findings = integrity::sweep(&self.stage.app.app).await.map_err(|error| error.to_string())?;
        same("findings of the sweep", findings, Vec::new())
    }

    /// The audit chain is whole.
    pub async fn check_chain(&self) -> Checked {
        let report = audit::verify(&self.stage.app.app).await.map_err(|error| error.to_string())?;
        same("where the audit chain breaks", report.broken.map(|broken| broken.seq()), None)
    }

    async fn check_revisions(&self, at: At) -> Checked {
        let saved = self.saved.get(&at).cloned().unwrap_or_default();
        let answer = self.auditor().get(&self.path(at, "/revisions?limit=100")).await;
        let page = answer.json();
        let line = |it: &Value| (it["number"].as_u64(), it["content_hash"].as_str().map(str::to_owned));
        let mut found: Vec<_> = page["items"].as_array().into_iter().flatten().map(line).collect();
        found.reverse();
        let model = (1..).zip(saved).map(|(number, one)| (Some(number), Some(one.hash))).collect();
        same(format!("revisions of {}", told(at)), found, model)
    }

    async fn check_versions(&self, at: At, edition: &Edition) -> Checked {
        let (id, tag) = (self.id(at.0), LOCALES[at.1]);
        let of = |number: usize| match number {
            number if number > edition.versions() => 404,
            number if number <= edition.versions_taken_down() => 410,
            _ => 200,
        };
        for (number, status) in (1..=edition.versions() + 1).map(|number| (number, of(number))) {
            let path = format!("/api/v1/content/articles/{id}/{tag}/versions/{number}/publication");
            let answer = self.stage.app.get(&path).await;
            same(format!("version {number} of {}", told(at)), answer.status, status)?;
            if status == 200 {
                same(&path, answer.json()["version"].as_u64(), Some(number as u64))?;
            }
        }
        Ok(())
    }

    /// A published slug leads to the item for ever, whatever slug it has now.
    async fn check_addresses(&self, at: At, edition: &Edition) -> Checked {
        let slug = |revision: usize| edition.texts[revision - 1].slug;
        let published: BTreeSet<_> = edition.acts.iter().map(|one| slug(one.revision)).collect();
        let now = edition.live.map(slug);
        for number in published {
            let status = match now {
                None => 410,
                Some(now) if now == number => 200,
                Some(_) => 301,
            };
            let path = format!("/api/v1/content/{}/articles/{}", LOCALES[at.1], self.slug(at, number));
            same(&path, self.stage.app.get(&path).await.status, status)?;
        }
        Ok(())
    }

    /// Each act of publication was done once, and no two orders became the same one. Asked of the rows themselves.
    async fn check_acts(&self, office: &Office) -> Checked {
        let app = &self.stage.app;
        let odd = "SELECT edition_id FROM publication GROUP BY edition_id \
                   HAVING count(*) <> max(sequence) OR count(DISTINCT sequence) <> count(*)";
        same("editions whose acts are numbered with gaps", app.query(odd).await.len(), 0)?;
        let twice = "SELECT publication_id FROM schedule WHERE publication_id IS NOT NULL \
                     GROUP BY publication_id HAVING count(*) > 1";
        same("acts that two orders became", app.query(twice).await.len(), 0)?;
        let hollow = "SELECT id FROM schedule WHERE (outcome = 'done') <> (publication_id IS NOT NULL)";
        same("orders that were done without an act", app.query(hollow).await.len(), 0)?;
        let mut listed = 0;
        let mut path = "/api/v1/schedules?limit=100".to_owned();
        let ids: BTreeSet<String> = office.editions().map(|(at, _)| self.id(at.0)).collect();
        loop {
            let page = self.auditor().get(&path).await.json();
            let mine = |one: &&Value| one["article"].as_str().is_some_and(|id| ids.contains(id));
            listed += page["items"].as_array().into_iter().flatten().filter(mine).count();
            let Some(cursor) = page["next_cursor"].as_str() else { break };
            path = format!("/api/v1/schedules?limit=100&cursor={cursor}");
        }
        same("orders in the list", listed, office.orders.len())
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
