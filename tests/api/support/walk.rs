//! A walk through the workflow at random, by people who hold every role, beside a model that knows
//! only the first promise: what is public was approved by two others, text by text.

use std::collections::{BTreeSet, HashMap};

use serde_json::{Value, json};

use super::{Answer, Client, Edition, TestApp};

/// What the model remembers of an edition.
#[derive(Default)]
struct Memory {
    /// Who saved it since it was published last.
    authors: BTreeSet<String>,
    /// The hash under review, and who approved it.
    case: Option<(String, BTreeSet<String>)>,
    /// The hash that is public.
    public: Option<String>,
    begun: bool,
}

/// The walk.
pub struct Walk {
    app: TestApp,
    people: Vec<Client>,
    editions: Vec<Edition>,
    memory: HashMap<(String, String), Memory>,
    random: u64,
    number: u32,
    /// What happened, for whoever reads a failure.
    pub log: Vec<String>,
}

pub const LOCALES: [&str; 3] = ["vi", "en", "fr"];

impl Walk {
    /// A walk over some articles in three languages.
    pub async fn new(app: &TestApp, articles: usize, seed: u64) -> Self {
        let mut people = Vec::new();
        for _ in 0..5 {
            let all = app.account("author").and("translator").and("reviewer").and("approver").and("publisher");
            people.push(all.sign_in().await);
        }
        let mut walk = Self {
            app: app.clone(),
            people,
            editions: vec![],
            memory: HashMap::new(),
            random: seed,
            number: 0,
            log: vec![],
        };
        for _ in 0..articles {
            let source = walk.people[0].article().begin().await;
            for locale in LOCALES {
                let edition = source.in_locale(locale);
                let mut memory = Memory::default();
                if locale == "vi" {
                    memory.begun = true;
                    memory.authors.insert(walk.people[0].id.to_string());
                }
                walk.memory.insert(key(&edition), memory);
                walk.editions.push(edition);
            }
        }
        walk
    }

    /// Somebody who sees everything.
    pub fn reader(&self) -> &Client {
        &self.people[0]
    }

    fn below(&mut self, many: usize) -> usize {
        self.random = self.random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.random >> 33).unwrap() % many
    }

    /// One step by one person on one edition, which the application takes or refuses.
    pub async fn step(&mut self) {
        let at = self.below(self.editions.len());
        let by = self.below(self.people.len());
        let (edition, person) = (self.editions[at].clone(), self.people[by].clone());
        let helpful = match edition.get(&person).await.json()["state"].as_str() {
            Some("draft" | "changes_requested") => 4,
            Some("in_review") => 8,
            Some("approved") => 18,
            _ => 0,
        };
        let action = if self.below(3) > 0 { helpful } else { self.below(24) };
        self.app.pass(1);
        self.number += 1;
        let answer = if self.memory[&key(&edition)].begun {
            self.act(&edition, &person, action).await
        } else {
            self.begin(&edition, &person).await
        };
        assert!(answer.status < 500, "{}", answer.text());
        let step = format!("{} {} by {by}: {action} -> {}", &edition.article[24..], edition.locale, answer.status);
        self.log.push(step);
    }

    async fn begin(&mut self, edition: &Edition, person: &Client) -> Answer {
        let answer = edition.translate(person, self.text(false)).await;
        if answer.status == 201 {
            let memory = self.memory.get_mut(&key(edition)).unwrap();
            memory.begun = true;
            memory.authors.insert(person.id.to_string());
        }
        answer
    }

    async fn act(&mut self, edition: &Edition, person: &Client, action: usize) -> Answer {
        let seen = edition.show(person).await;
        let hash = seen["content_hash"].as_str().unwrap().to_owned();
        let me = person.id.to_string();
        let source = edition.in_locale("vi").show(person).await["revision"].clone();
        let answer = match action {
            0..=2 => {
                let mut text = self.text(action == 2);
                if edition.locale != "vi" && action > 0 {
                    text["source_revision"] = source;
                }
                edition.save(person, text).await
            }
            3 => {
                // The same text with one mark more: nothing that a translation would have to follow.
                let mut text =
                    json!({"title": seen["title"], "summary": format!("{}.", seen["summary"].as_str().unwrap())});
                text["body"] = seen["body"].clone();
                text["change_class"] = "minor".into();
                edition.save(person, text).await
            }
            4..=7 => edition.submit(person).await,
            8..=15 => edition.decide(person, "approve").await,
            16 => edition.decide(person, "request_changes").await,
            17 => edition.take_back(person).await,
            18..=21 => edition.publish(person).await,
            22 => edition.correct(person, "Số đúng là 12,5.").await,
            _ if self.below(4) == 0 => edition.withdraw(person, "").await,
            _ => edition.take_back(person).await,
        };
        if answer.status < 300 {
            let memory = self.memory.get_mut(&key(edition)).unwrap();
            match action {
                0..=3 => {
                    memory.authors.insert(me);
                    memory.case = None;
                }
                4..=7 => memory.case = Some((hash, BTreeSet::new())),
                8..=15 => drop(memory.case.as_mut().expect("a decision without a case").1.insert(me)),
                18..=22 => memory.published(&hash),
                23 if answer.json()["kind"] == "withdraw" => memory.public = None,
                _ => memory.case = None,
            }
        }
        answer
    }

    fn text(&self, odd: bool) -> Value {
        let number = self.number;
        let mut text = json!({"title": format!("Lo {number}"), "body": format!("<p>So {number}.</p>")});
        if odd {
            text["slug"] = format!("dia-chi-{number}").into();
        }
        text
    }

    /// Says that the outside reads the very texts that the model knows to be approved, and nothing else.
    pub async fn what_is_public_was_approved(&self) {
        for edition in &self.editions {
            let public = self.memory[&key(edition)].public.clone();
            let item = match edition.found().await {
                Some(lantoa::service::public::Found::Item(item)) => Some(item.content_hash.to_string()),
                _ => None,
            };
            assert_eq!(item, public, "{} {}", edition.article, edition.locale);
        }
        for locale in LOCALES {
            let listed: BTreeSet<_> =
                self.app.list(locale).await.into_iter().map(|item| item.content_hash.to_string()).collect();
            let known = self.editions.iter().filter(|edition| edition.locale == locale);
            let known: BTreeSet<_> = known.filter_map(|edition| self.memory[&key(edition)].public.clone()).collect();
            assert_eq!(listed, known, "{locale}");
        }
    }
}

impl Memory {
    fn published(&mut self, hash: &str) {
        let (seen, by) = self.case.as_ref().expect("published without a case");
        assert_eq!(seen, hash, "another text was published than was reviewed");
        assert!(by.len() >= 2, "published with {} approvals", by.len());
        assert!(by.is_disjoint(&self.authors), "an author approved");
        self.public = Some(hash.to_owned());
        self.authors.clear();
    }
}

fn key(edition: &Edition) -> (String, String) {
    (edition.article.clone(), edition.locale.clone())
}
