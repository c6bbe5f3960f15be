//! What is known of an edition: as it was acknowledged, or as it lies in the database.

use std::collections::BTreeMap;

use sea_orm::QueryResult;
use serde_json::Value;
use uuid::Uuid;

use super::step::Step;
use crate::support::Rows;

/// An edition's revisions, cases and publications, each in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Number, id and hash.
    pub revisions: Vec<(i64, String, String)>,
    pub cases: Vec<Case>,
    /// Sequence, id, kind and the envelope's hash.
    pub publications: Vec<(i64, String, String, String)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    pub id: String,
    pub state: String,
    pub decisions: Vec<String>,
}

/// Editions by article and locale.
pub type Editions = BTreeMap<(String, String), Facts>;

/// What can be told of a step's outcome without having seen its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Shape {
    revisions: usize,
    cases: Vec<(String, usize)>,
    acts: Vec<String>,
}

impl Shape {
    fn after(mut self, step: &Step) -> Self {
        match step {
            Step::Begin | Step::Translate => self.revisions = 1,
            Step::Save(_) => {
                self.revisions += 1;
                let stands = self.is_public();
                if let Some((state, _)) = self.cases.last_mut()
                    && (state == "open" || state == "approved" && !stands)
                {
                    "superseded".clone_into(state);
                }
            }
            Step::Submit(_) => self.cases.push(("open".to_owned(), 0)),
            Step::Approve(..) | Step::RequestChanges(_) => {
                let (state, decisions) = self.cases.last_mut().expect("a case to decide");
                *decisions += 1;
                if matches!(step, Step::RequestChanges(_)) {
                    "changes_requested".clone_into(state);
                } else if *decisions == 2 {
                    "approved".clone_into(state);
                }
            }
            Step::Publish(_, act) => self.acts.push((*act).to_owned()),
            Step::Withdraw(_) => self.acts.push("withdraw".to_owned()),
        }
        self
    }
}

impl Shape {
    /// Whether the text of the newest case is what is public: then its approval stands whatever is written after it.
    fn is_public(&self) -> bool {
        let published = self.acts.iter().filter(|act| *act != "withdraw").count();
        let agreed = self.cases.iter().filter(|(_, decisions)| *decisions == 2).count();
        self.acts.last().is_some_and(|act| act != "withdraw") && published == agreed
    }
}

impl Facts {
    fn shape(&self) -> Shape {
        Shape {
            revisions: self.revisions.len(),
            cases: self.cases.iter().map(|case| (case.state.clone(), case.decisions.len())).collect(),
            acts: self.publications.iter().map(|(_, _, act, _)| act.clone()).collect(),
        }
    }

    /// Adds what an answer acknowledged, which has to be what the step was about.
    pub fn acknowledge(&mut self, step: &Step, answer: &Value) {
        let wanted = self.shape().after(step);
        let text = |value: &Value| value.as_str().unwrap_or_else(|| panic!("{step:?}: {answer}")).to_owned();
        let number = |value: &Value| value.as_i64().unwrap_or_else(|| panic!("{step:?}: {answer}"));
        match step {
            Step::Begin | Step::Translate | Step::Save(_) => {
                let saved = if matches!(step, Step::Begin) { &answer["edition"] } else { answer };
                let hash = text(&saved["content_hash"]);
                self.revisions.push((number(&saved["revision"]), text(&saved["revision_id"]), hash));
                // As the shape says of the newest case.
                if let (Some(case), Some((state, _))) = (self.cases.last_mut(), wanted.cases.last()) {
                    state.clone_into(&mut case.state);
                }
            }
            Step::Submit(_) | Step::Approve(..) | Step::RequestChanges(_) => {
                let decisions = answer["decisions"].as_array().expect("decisions");
                let mut decisions: Vec<_> = decisions.iter().map(|decision| text(&decision["id"])).collect();
                decisions.sort();
                let case = Case { id: text(&answer["id"]), state: text(&answer["state"]), decisions };
                self.cases.retain(|known| known.id != case.id);
                self.cases.push(case);
            }
            Step::Publish(..) | Step::Withdraw(_) => {
                let (id, kind) = (text(&answer["id"]), text(&answer["kind"]));
                self.publications.push((number(&answer["sequence"]), id, kind, text(&answer["envelope_hash"])));
            }
        }
        assert_eq!(self.shape(), wanted, "{step:?}: {answer}");
    }

    /// Whether the database holds this and wholly the step in doubt, or wholly nothing of it.
    pub fn became(&self, found: &Self, step: &Step) -> bool {
        let kept = found.revisions.starts_with(&self.revisions)
            && found.publications.starts_with(&self.publications)
            && self.cases.iter().zip(&found.cases).all(|(known, found)| {
                known.id == found.id && known.decisions.iter().all(|one| found.decisions.contains(one))
            });
        kept && (found == self || found.shape() == self.shape().after(step))
    }
}

/// Every edition in the database.
pub async fn stored(rows: &Rows) -> Editions {
    let id = |row: &QueryResult, at| row.try_get_by_index::<Uuid>(at).unwrap().to_string();
    let text = |row: &QueryResult, at| row.try_get_by_index::<String>(at).unwrap();
    let number = |row: &QueryResult, at| row.try_get_by_index::<i64>(at).unwrap();
    let edition = |row: &QueryResult| (id(row, 0), text(row, 1));
    let mut editions = Editions::new();
    let found = rows
        .all(
            "SELECT e.article_id, e.locale, r.number, r.id, r.content_hash FROM revision r \
             JOIN edition e ON e.id = r.edition_id ORDER BY r.edition_id, r.number",
            |row| (edition(row), (number(row, 2), id(row, 3), text(row, 4))),
        )
        .await;
    for (edition, revision) in found {
        editions.entry(edition).or_default().revisions.push(revision);
    }
    let mut decisions: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (case, one) in rows.all("SELECT case_id, id FROM decision", |row| (id(row, 0), id(row, 1))).await {
        decisions.entry(case).or_default().push(one);
    }
    let found = rows
        .all(
            "SELECT e.article_id, e.locale, c.id, c.state FROM review_case c \
             JOIN edition e ON e.id = c.edition_id ORDER BY c.edition_id, c.opened_at",
            |row| (edition(row), id(row, 2), text(row, 3)),
        )
        .await;
    for (edition, id, state) in found {
        let mut decisions = decisions.remove(&id).unwrap_or_default();
        decisions.sort();
        editions.entry(edition).or_default().cases.push(Case { id, state, decisions });
    }
    let found = rows
        .all(
            "SELECT e.article_id, e.locale, p.sequence, p.id, p.kind, p.envelope_hash FROM publication p \
             JOIN edition e ON e.id = p.edition_id ORDER BY p.edition_id, p.sequence",
            |row| (edition(row), (number(row, 2), id(row, 3), text(row, 4), text(row, 5))),
        )
        .await;
    for (edition, publication) in found {
        editions.entry(edition).or_default().publications.push(publication);
    }
    editions
}

#[test]
fn what_is_half_done_or_done_twice_is_seen() {
    let revision = |number: i64| (number, format!("r{number}"), "h".to_owned());
    let case = |state: &str, decisions: &[&str]| Case {
        id: "c1".to_owned(),
        state: state.to_owned(),
        decisions: decisions.iter().map(|one| (*one).to_owned()).collect(),
    };
    let facts = |many: i64, cases: Vec<Case>| Facts {
        revisions: (1..=many).map(revision).collect(),
        cases,
        publications: Vec::new(),
    };
    let open = facts(1, vec![case("open", &["d1"])]);
    let approve = Step::Approve("vi", 1);
    assert!(open.became(&open, &approve) && open.became(&facts(1, vec![case("approved", &["d1", "d2"])]), &approve));
    for wrong in [
        facts(1, vec![case("open", &["d1", "d2"])]),
        facts(1, vec![case("approved", &["d1"])]),
        facts(1, vec![case("open", &["d2"])]),
        facts(1, Vec::new()),
        facts(0, vec![case("open", &["d1"])]),
    ] {
        assert!(!open.became(&wrong, &approve), "{wrong:?}");
    }
    let save = Step::Save("vi");
    assert!(open.became(&facts(2, vec![case("superseded", &["d1"])]), &save));
    assert!(!open.became(&facts(2, vec![case("open", &["d1"])]), &save));
    assert!(!open.became(&facts(3, vec![case("superseded", &["d1"])]), &save));
}
