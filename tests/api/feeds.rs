//! Feeds as readers take them: ids that stay, changes that show, texts that are gone when they are gone.

mod archives;
mod life;
mod lists;
mod news;
mod polling;
mod readers;
mod sequences;
mod validity;

use serde_json::Value;

use crate::support::{Answer, TestApp};

/// The addresses of a language's feeds without their endings, which `json` and `rss` complete.
fn feeds_of(locale: &str) -> Vec<String> {
    let kinds = ["news", "feature", "press_release", "statement", "event", "investment", "destination"];
    let scopes = ["all", "topics/kinh-te", "topics/dau-tu", "topics/bien", "agencies/bao", "agencies/so"];
    let kinds = kinds.map(|kind| format!("kinds/{kind}"));
    scopes.map(str::to_owned).into_iter().chain(kinds).map(|scope| format!("/feeds/{locale}/{scope}")).collect()
}

/// The entries of a JSON Feed.
async fn entries(app: &TestApp, feed: &str) -> Vec<Value> {
    app.get(&format!("{feed}.json")).await.is(200).json()["items"].as_array().unwrap().clone()
}

/// An RSS feed as the `rss` crate reads it.
fn channel(answer: &Answer) -> rss::Channel {
    rss::Channel::read_from(&answer.body[..]).unwrap()
}

/// What one of our own elements of an RSS item says.
fn ours(item: &rss::Item, name: &str) -> Option<String> {
    item.extensions().get("lt")?.get(name)?.first()?.value().map(str::to_owned)
}
