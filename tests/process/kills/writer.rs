//! Writers: each carries one article after the other, and remembers what was acknowledged.

use std::{
    collections::VecDeque,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use super::{
    facts::Editions,
    step::{Order, Step, plan},
};
use crate::support::Staff;

/// Numbers that look random and come again with the same seed (splitmix64).
#[derive(Clone, Debug)]
pub struct Chance(pub u64);

impl Chance {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    pub fn one_in(&mut self, many: u64) -> bool {
        self.below(many) == 0
    }
}

/// What the writers of a round and the one who ends it know of each other.
#[derive(Debug, Default)]
pub struct Round {
    /// Steps acknowledged in this round.
    pub acknowledged: AtomicU64,
    /// Whether the server was killed.
    pub killed: AtomicBool,
}

/// Somebody who writes for as long as the server is there.
#[derive(Debug)]
pub struct Writer {
    chance: Chance,
    article: String,
    plan: VecDeque<Step>,
    /// What was sent and not answered.
    pub doubt: Option<Order>,
    /// What was acknowledged so far.
    pub known: Editions,
    /// The steps that were.
    pub done: Vec<Step>,
}

impl Writer {
    pub fn new(seed: u64) -> Self {
        Self {
            chance: Chance(seed),
            article: String::new(),
            plan: VecDeque::new(),
            doubt: None,
            known: Editions::new(),
            done: Vec::new(),
        }
    }

    /// Writes until the connection breaks, which it may only do once the server was killed.
    pub async fn write(mut self, url: String, staff: Staff, round: Arc<Round>) -> Self {
        loop {
            if self.plan.is_empty() {
                self.plan = plan(&mut self.chance);
            }
            let step = self.plan[0].clone();
            let Some(order) = step.order(&url, &staff, &self.article).await else { break };
            let Some(answer) = order.send(&url).await else {
                self.doubt = Some(order);
                break;
            };
            self.acknowledge(&order.step, &answer);
            round.acknowledged.fetch_add(1, Ordering::SeqCst);
        }
        assert!(round.killed.load(Ordering::SeqCst), "a connection broke while the server was there");
        self
    }

    fn acknowledge(&mut self, step: &Step, answer: &serde_json::Value) {
        if *step == Step::Begin {
            answer["id"].as_str().expect("an id").clone_into(&mut self.article);
        }
        let edition = (self.article.clone(), step.locale().to_owned());
        self.known.entry(edition).or_default().acknowledge(step, answer);
        self.done.push(step.clone());
        self.plan.pop_front();
    }

    /// Compares what was acknowledged with what is there; takes out of `found` what is this writer's.
    /// Says whether the step in doubt was done.
    pub fn compare(&self, found: &mut Editions) -> Option<bool> {
        let mut done = None;
        let doubtful = self.doubt.as_ref().map(|order| &order.step);
        let doubtful = doubtful.filter(|step| **step != Step::Begin);
        let at = doubtful.map(|step| (self.article.clone(), step.locale().to_owned()));
        let mut keys: Vec<_> = self.known.keys().cloned().collect();
        keys.extend(at.clone().filter(|at| !self.known.contains_key(at)));
        for key in keys {
            let known = self.known.get(&key).cloned().unwrap_or_default();
            let there = found.remove(&key).unwrap_or_default();
            match doubtful.filter(|_| at.as_ref() == Some(&key)) {
                Some(step) => {
                    assert!(known.became(&there, step), "{key:?} after {step:?}: {known:#?} became {there:#?}");
                    done = Some(there != known);
                }
                None => assert_eq!(there, known, "{key:?}"),
            }
        }
        done
    }

    /// Sends what was in doubt once more, as it was: now it is acknowledged, and done once.
    pub async fn repeat(&mut self, url: &str) {
        if let Some(order) = self.doubt.take() {
            let answer = order.send(url).await.expect("the server is there");
            // Now it was done for certain, whatever the kill left of it: this is the answer that was kept.
            assert_eq!(order.send(url).await.expect("the server is there"), answer, "{:?}", order.step);
            self.acknowledge(&order.step, &answer);
        }
    }
}
