//! The steps of an article's way, and the request that each of them is.

use std::collections::VecDeque;

use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::writer::Chance;
use crate::support::{Client, Person, Staff, begin};

pub const SOURCE: &str = "vi";
pub const TRANSLATION: &str = "en";

/// A step, with the locale that it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    Begin,
    Translate,
    Save(&'static str),
    Submit(&'static str),
    /// By the person of this stage.
    Approve(&'static str, usize),
    RequestChanges(&'static str),
    /// As this act.
    Publish(&'static str, &'static str),
    Withdraw(&'static str),
}

/// A request that may have to be sent again as it is.
#[derive(Clone, Debug)]
pub struct Order {
    pub step: Step,
    by: Person,
    method: Method,
    path: String,
    headers: Vec<(&'static str, String)>,
    body: Value,
}

/// What an article goes through, by chance.
pub fn plan(chance: &mut Chance) -> VecDeque<Step> {
    let mut plan = VecDeque::from([Step::Begin]);
    if chance.one_in(2) {
        plan.push_back(Step::Save(SOURCE));
    }
    if chance.one_in(4) {
        plan.extend([Step::Submit(SOURCE), Step::RequestChanges(SOURCE), Step::Save(SOURCE)]);
    }
    plan.extend(release(SOURCE, "publish"));
    plan.push_back(Step::Translate);
    plan.extend(release(TRANSLATION, "publish"));
    match chance.below(5) {
        0 => plan.push_back(Step::Withdraw(TRANSLATION)),
        1 => plan.push_back(Step::Withdraw(SOURCE)),
        2 => {
            plan.push_back(Step::Save(SOURCE));
            plan.extend(release(SOURCE, "correct"));
        }
        3 => {
            plan.push_back(Step::Save(TRANSLATION));
            plan.extend(release(TRANSLATION, "update"));
            plan.push_back(Step::Withdraw(TRANSLATION));
        }
        _ => {}
    }
    plan
}

fn release(locale: &'static str, act: &'static str) -> [Step; 4] {
    [Step::Submit(locale), Step::Approve(locale, 0), Step::Approve(locale, 1), Step::Publish(locale, act)]
}

impl Step {
    pub fn locale(&self) -> &'static str {
        match self {
            Self::Begin => SOURCE,
            Self::Translate => TRANSLATION,
            Self::Save(locale)
            | Self::Submit(locale)
            | Self::Approve(locale, _)
            | Self::RequestChanges(locale)
            | Self::Publish(locale, _)
            | Self::Withdraw(locale) => locale,
        }
    }

    fn by<'s>(&self, staff: &'s Staff) -> &'s Person {
        match self {
            Self::Begin => &staff.author,
            Self::Translate => &staff.translator,
            Self::Save(locale) | Self::Submit(locale) if *locale == SOURCE => &staff.author,
            Self::Save(_) | Self::Submit(_) => &staff.translator,
            Self::Approve(_, 0) | Self::RequestChanges(_) => &staff.reviewer,
            Self::Approve(..) => &staff.approver,
            Self::Publish(..) | Self::Withdraw(_) => &staff.publisher,
        }
    }

    /// The request, if the server is there to be asked what it is about.
    pub async fn order(&self, url: &str, staff: &Staff, article: &str) -> Option<Order> {
        let by = self.by(staff).clone();
        let key = Uuid::now_v7();
        let mut headers = vec![("idempotency-key", key.to_string())];
        let edition = format!("/api/v1/articles/{article}/editions/{}", self.locale());
        let seen = match self {
            Self::Begin | Self::Translate => None,
            _ => Some(Client::of(url, &by).try_get(&edition).await?.is(200)),
        };
        let etag = || seen.as_ref().and_then(|seen| seen.etag.clone()).expect("an entity tag");
        let hash = || seen.as_ref().map(|seen| seen.text_of("content_hash")).expect("a hash");
        let (method, path, body) = match self {
            Self::Begin => (Method::POST, "/api/v1/articles".to_owned(), begin(&format!("Cá ngừ số {key}"))),
            Self::Translate => {
                headers.push(("if-none-match", "*".to_owned()));
                (Method::PUT, edition, text(key))
            }
            Self::Save(_) => {
                headers.push(("if-match", etag()));
                (Method::PUT, edition, text(key))
            }
            Self::Submit(_) => {
                headers.push(("if-match", etag()));
                (Method::POST, format!("{edition}/submit"), json!({"comment": "Xin duyệt."}))
            }
            Self::Approve(..) | Self::RequestChanges(_) => {
                let verdict = if matches!(self, Self::Approve(..)) { "approve" } else { "request_changes" };
                let body = json!({"verdict": verdict, "content_hash": hash(), "comment": "Đã đọc."});
                (Method::POST, format!("{edition}/decisions"), body)
            }
            Self::Publish(_, act) => {
                let mut body = json!({"content_hash": hash(), "note": "12,5 tấn."});
                if *act != "publish" {
                    body["kind"] = (*act).into();
                }
                (Method::POST, format!("{edition}/publish"), body)
            }
            Self::Withdraw(_) => {
                (Method::POST, format!("{edition}/withdraw"), json!({"reason": "wrong_figure", "note": "Đang sửa."}))
            }
        };
        Some(Order { step: self.clone(), by, method, path, headers, body })
    }
}

impl Order {
    /// Sends it. What is acknowledged comes back; nothing does if the connection broke; a refusal ends the test.
    pub async fn send(&self, url: &str) -> Option<Value> {
        let client = Client::of(url, &self.by);
        let answer = client.send(self.method.clone(), &self.path, &self.headers, &self.body).await?;
        assert!((200..300).contains(&answer.status), "{:?}: {} {}", self.step, answer.status, answer.text);
        Some(answer.body)
    }
}

fn text(key: Uuid) -> Value {
    json!({
        "title": format!("Tuna {key}"),
        "summary": "A 12.5-tonne shipment left port on 14 September.",
        "body": format!("<p>A 12.5-tonne shipment left Van Sa port on 14 September ({key}).</p>"),
    })
}
