//! Everything that anybody can ask for: the public addresses that the document and some names make.

use super::{Answer, Edition, Operation, TestApp, operations};

/// The formats of a feed, as its address ends with them.
pub const FORMATS: [&str; 4] = ["json", "rss", "atom", "ninjs.json"];

/// Names that stand in addresses.
#[derive(Clone, Default)]
pub struct Names {
    pub locales: Vec<String>,
    pub slugs: Vec<String>,
    pub articles: Vec<String>,
}

impl Names {
    /// The names of some editions; of slugs that nobody publishes, the addresses are made all the same.
    pub fn of<'a>(editions: impl IntoIterator<Item = &'a Edition>, slugs: &[&str]) -> Self {
        let mut names = Self { slugs: slugs.iter().map(ToString::to_string).collect(), ..Self::default() };
        for edition in editions {
            names.locales.push(edition.locale.clone());
            names.articles.push(edition.article.clone());
        }
        for list in [&mut names.locales, &mut names.articles] {
            list.sort();
            list.dedup();
        }
        names
    }

    fn values(&self, template: &str, name: &str) -> Vec<String> {
        let some = |values: &[&str]| values.iter().map(ToString::to_string).collect();
        match name {
            "locale" => self.locales.clone(),
            "slug" => self.slugs.clone(),
            "id" => self.articles.clone(),
            "number" => some(&["1", "2", "3"]),
            "format" => some(&FORMATS),
            "topic" => some(&["kinh-te", "dau-tu", "bien"]),
            "kind" => some(&["news", "feature"]),
            "section" => some(&["topics", "agencies"]),
            "code" => some(&["kinh-te", "bao"]),
            "shelf" => some(&["2026-11-22", "2026-11-22-1", "2026-11-21"]),
            "month" => some(&["2026-11-1"]),
            "agency" => some(&["bao", "so"]),
            // No link leads to a text of a test that made none.
            "token" => some(&["khong-co"]),
            _ => panic!("{template}: what is {name}?"),
        }
    }

    /// Every address that a GET without credentials is answered at.
    pub fn addresses(&self) -> Vec<String> {
        let public = operations().into_iter().filter(|one| one.method == "get" && is_open(one));
        let mut addresses: Vec<String> = public.flat_map(|one| self.filled(one.template)).collect();
        // Named beside the document: the list that the index is for programs, and lists with everything asked of them.
        for locale in &self.locales {
            for query in ["topic=kinh-te&kind=news&agency=bao", "since=2020-01-01T00:00:00Z", "limit=100"] {
                addresses.push(format!("/api/v1/content/{locale}/articles?{query}"));
            }
        }
        addresses.push("/api/v1/content/changes?limit=100".to_owned());
        addresses.push("/api/v1/content/manifest?limit=100".to_owned());
        addresses
    }

    fn filled(&self, template: &str) -> Vec<String> {
        let Some((before, rest)) = template.split_once('{') else { return vec![template.to_owned()] };
        let (name, after) = rest.split_once('}').unwrap();
        let values = self.values(template, name);
        values.iter().flat_map(|value| self.filled(&format!("{before}{value}{after}"))).collect()
    }
}

/// Whether an operation asks for no credentials.
fn is_open(operation: &Operation) -> bool {
    operation.about["security"].as_array().is_none_or(Vec::is_empty)
}

impl TestApp {
    /// What the public is answered at every address that the names make.
    pub async fn crawl(&self, names: &Names) -> Vec<(String, Answer)> {
        let mut answers = Vec::new();
        for address in names.addresses() {
            let answer = self.get(&address).await;
            assert!(answer.status < 500, "{address}: {}", answer.text());
            answers.push((address, answer));
        }
        answers
    }
}
