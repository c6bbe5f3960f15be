//! The product, asked through HTTP for what the model is asked for.

use actix_web::http::Method;
use serde_json::{Value, json};

use super::{
    act::{Act, Ask, Change, Hash},
    office::{AGENCIES, At, LOCALES, Office},
    stage::Checked,
    suggesting::Which,
    world::{World, tag, wire},
};
use crate::support::{Answer, Client};

impl World {
    /// Asks for an act as things stand in `office`, and gives the answer.
    pub async fn ask(&mut self, office: &Office, ask: Ask) -> Checked<Answer> {
        let Ask { step, who, at, act } = ask;
        let by = self.person(who);
        let path = |below: &str| self.path(at, below);
        let writes = office.edition(at).map_or(1, |edition| edition.writes);
        let etag = |current: bool| if current { tag(writes) } else { tag(writes - 1) };
        let answer = match act {
            Act::Begin { agency } => by.post("/api/v1/articles", &self.beginning(at.0, agency, step)).await,
            Act::Translate { from } => {
                let mut body = self.text(at, step, 0);
                body["slug"] = self.slug(at, step).into();
                body["source_revision"] = office.told(at.0, from).into();
                by.write(Method::PUT, &path(""), &[("if-none-match", "*")], &body).await
            }
            Act::Save { current, change, from } => {
                let mut body = self.next_text(office, at, change, step);
                body["source_revision"] = office.told(at.0, from).into();
                by.put(&path(""), &etag(current), &body).await
            }
            Act::Submit { current } => {
                by.write(Method::POST, &path("/submit"), &[("if-match", &etag(current))], &json!({})).await
            }
            Act::Decide { approve, hash } => {
                let verdict = if approve { "approve" } else { "request_changes" };
                let hash = self.named_hash(at, hash);
                let body = json!({"verdict": verdict, "content_hash": hash, "comment": "Xem lại."});
                by.post(&path("/decisions"), &body).await
            }
            Act::TakeBack => by.post(&path("/take-back"), &Value::Null).await,
            Act::Publish { correct, hash, at: due, until } => {
                let mut body = self.order(at, correct, hash);
                let (due, until) = office.moments(due, until);
                body["publish_at"] = due.map(|due| self.moment(due).to_string()).into();
                body["publish_until"] = until.map(|until| self.moment(until).to_string()).into();
                by.post(&path("/publish"), &body).await
            }
            Act::Cancel { current } => by.delete(&path("/schedule"), &etag(current)).await,
            Act::Release { pick, hash, at: due } => {
                let members = office.picked(pick, at).into_iter().map(|one| {
                    let mut member = self.order(one, false, hash);
                    member["article"] = self.id(one.0).into();
                    member["locale"] = LOCALES[one.1].into();
                    member
                });
                let due = due.map(|seconds| self.moment(office.now + seconds).to_string());
                let body = json!({"members": members.collect::<Vec<_>>(), "publish_at": due});
                by.post("/api/v1/releases", &body).await
            }
            Act::CancelRelease { current } => {
                let place = office.release_to_cancel().unwrap_or_default();
                let (version, id) = (office.releases[place].version, &self.releases[place]);
                let path = format!("/api/v1/releases/{id}");
                by.delete(&path, &tag(if current { version } else { version - 1 })).await
            }
            Act::Withdraw => by.post(&path("/withdraw"), &json!({"reason": "outdated"})).await,
            Act::Retract => by.post(&path("/retract"), &json!({"reason": "factual_error"})).await,
            Act::Restore { hash } => by.post(&path("/restore"), &self.restoring(office, at, hash)).await,
            Act::Suggest { figure, hash } => {
                let body = self.suggestion(office, at, (figure, step), hash).await;
                by.post(&path("/suggestions"), &body).await
            }
            Act::Accept { which, hash } => {
                let path = path(&format!("/suggestions/{}/accept", self.suggested(office, at, which)));
                by.post(&path, &json!({"content_hash": self.named_hash(at, hash)})).await
            }
            Act::Reject { which } => {
                let path = path(&format!("/suggestions/{}/reject", self.suggested(office, at, which)));
                by.post(&path, &json!({"comment": "Giữ như cũ."})).await
            }
            Act::Attest { from } => {
                by.post(&path("/attest"), &json!({"source_revision": office.told(at.0, from)})).await
            }
            Act::Grant { to, which } => self.grant(office, to, which).await,
            Act::Disable { whom } => {
                let body = json!({"disabled": !office.people[whom].disabled});
                self.admin().patch(&self.account(whom, ""), &tag(self.account_writes[whom]), &body).await
            }
            Act::Pass { seconds, run } => {
                self.set_clock(office.now + seconds);
                let count = match run {
                    Some(how) => self.stage.run(how).await?,
                    None => 0,
                };
                Answer { status: 200, headers: Vec::new(), body: json!(count).to_string().into() }
            }
            Act::Restart => {
                let before = self.face(office).await;
                self.restart().await;
                let after = self.face(office).await;
                if let Some((one, other)) = before.iter().zip(&after).find(|(one, other)| one != other) {
                    return Err(format!("after a restart another face: {one:?} became {other:?}"));
                }
                Answer { status: 200, headers: Vec::new(), body: Vec::new() }
            }
            Act::Next => unreachable!("what comes next is looked up before it is asked for"),
        };
        self.learn(office, ask, &answer);
        Ok(answer)
    }

    fn admin(&self) -> Client {
        self.stage.admin.after(0)
    }

    fn beginning(&self, slot: usize, agency: usize, step: usize) -> Value {
        let mut body = self.text((slot, 0), step, 0);
        for (member, value) in [
            ("kind", "news"),
            ("agency", AGENCIES[agency]),
            ("source_locale", LOCALES[0]),
            ("slug", &self.slug((slot, 0), step)),
        ] {
            body[member] = value.into();
        }
        body["topics"] = json!(["dau-tu"]);
        body
    }

    fn next_text(&self, office: &Office, at: At, change: Change, step: usize) -> Value {
        let before = office.edition(at).and_then(|edition| edition.texts.last());
        let (substance, marks) = before.map_or((step, 0), |text| (text.substance, text.marks));
        let (substance, marks) = if change == Change::Minor { (substance, marks + 1) } else { (step, 0) };
        let mut body = self.text(at, substance, marks);
        let is_minor = matches!(change, Change::Minor | Change::FalseMinor);
        body["change_class"] = if is_minor { "minor" } else { "major" }.into();
        if change == Change::Moved {
            body["slug"] = self.slug(at, step).into();
        }
        body
    }

    fn order(&self, at: At, correct: bool, hash: Hash) -> Value {
        let kind = if correct { "correct" } else { "update" };
        json!({"content_hash": self.named_hash(at, hash), "kind": kind, "note": "Số đúng."})
    }

    /// The paragraph with a mark more, or with another figure.
    async fn suggestion(&self, office: &Office, at: At, (figure, step): (bool, usize), hash: Hash) -> Value {
        let segments = self.auditor().get(&self.path(at, "/segments")).await.json();
        let paragraph = segments["segments"].as_array().and_then(|all| all.iter().find(|one| one["kind"] == "p"));
        let text = office.edition(at).and_then(|edition| edition.texts.last());
        let (substance, marks) = text.map_or((step, 0), |text| (text.substance, text.marks + 1));
        let (substance, marks) = if figure { (step, 0) } else { (substance, marks) };
        json!({
            "segment": paragraph.map_or("1.1", |one| one["key"].as_str().unwrap_or_default()),
            "text": Self::words(substance, marks, at.1),
            "comment": "Cho gọn.",
            "content_hash": self.named_hash(at, hash),
        })
    }

    fn suggested(&self, office: &Office, at: At, which: Which) -> &str {
        let place = office.suggestion(at, which).unwrap_or_default();
        self.suggestions.get(&at).map_or("", |all| &all[place])
    }

    /// The text that was taken down is named, or another, or none.
    fn restoring(&self, office: &Office, at: At, hash: Hash) -> Value {
        let down = office.edition(at).and_then(|edition| edition.acts.last()).map_or(0, |last| last.revision);
        let named = match hash {
            Hash::Newest => self.hash(at, down).map(str::to_owned),
            Hash::Old => None,
            Hash::Foreign => Some(self.named_hash(at, Hash::Foreign)),
        };
        json!({"content_hash": named, "note": "Đăng lại."})
    }

    async fn grant(&self, office: &Office, to: usize, which: usize) -> Answer {
        let mut grants = office.people[to].grants.clone();
        let count = grants.len();
        grants[which % count].1 ^= true;
        let held = grants.iter().filter(|(_, held)| *held).map(|(grant, _)| wire(grant));
        let body = json!({"grants": held.collect::<Vec<_>>()});
        self.admin().put(&self.account(to, "/grants"), &tag(self.account_writes[to]), &body).await
    }

    /// Everything that a reader gets, byte for byte; a refusal names its request.
    async fn face(&self, office: &Office) -> Vec<(String, u16, Option<String>, String)> {
        let mut paths: Vec<String> =
            ["/api/v1/content/manifest?limit=100", "/sitemap.xml", "/feeds.opml"].map(str::to_owned).into();
        paths.push(format!("/api/v1/content/changes?since={}&limit=100", self.since));
        for tag in LOCALES {
            paths.push(format!("/api/v1/content/{tag}/articles?limit=100"));
            paths.push(format!("/feeds/{tag}/all.atom"));
        }
        for ((slot, locale), _) in office.editions() {
            let (id, tag) = (self.id(slot), LOCALES[locale]);
            paths.push(format!("/api/v1/content/{tag}/articles/id/{id}"));
        }
        let mut face = Vec::with_capacity(paths.len());
        for path in paths {
            let answer = self.stage.app.get(&path).await;
            let body = if answer.status < 300 { answer.text().to_owned() } else { answer.json()["detail"].to_string() };
            face.push((path, answer.status, answer.header("etag").map(str::to_owned), body));
        }
        face
    }
}
