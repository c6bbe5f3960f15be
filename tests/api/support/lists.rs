//! Lists read to their end, and the claim that a filter finds what the views say.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Client;

pub const STATES: [&str; 7] =
    ["draft", "in_review", "changes_requested", "approved", "published", "withdrawn", "retracted"];

impl Client {
    /// All items of a list, page by page.
    pub async fn all(&self, path: &str) -> Vec<Value> {
        let mut items = Vec::new();
        let mut next = None::<String>;
        loop {
            let sign = if path.contains('?') { '&' } else { '?' };
            let cursor = next.map(|cursor| format!("&cursor={cursor}")).unwrap_or_default();
            let page = self.get(&format!("{path}{sign}limit=100{cursor}")).await.is(200).json();
            items.extend(page["items"].as_array().unwrap().iter().cloned());
            next = page["next_cursor"].as_str().map(str::to_owned);
            if next.is_none() {
                return items;
            }
        }
    }

    /// The ids of the articles that a filter finds.
    pub async fn articles(&self, filter: &str) -> BTreeSet<String> {
        self.all(&format!("/api/v1/articles?{filter}")).await.iter().map(id).collect()
    }

    /// Says that `state=` finds, in each locale and in any, the very articles whose views say so.
    pub async fn agrees_on_states(&self, locales: &[&str]) {
        let views = self.all("/api/v1/articles").await;
        for state in STATES {
            let found = self.articles(&format!("state={state}")).await;
            assert_eq!(found, having(&views, |edition| edition["state"] == state), "state={state}");
            for locale in locales {
                let found = self.articles(&format!("state={state}&locale={locale}")).await;
                let said = having(&views, |edition| edition["state"] == state && edition["locale"] == *locale);
                assert_eq!(found, said, "state={state}&locale={locale}");
            }
        }
    }

    /// Says the same of `stale=`.
    pub async fn agrees_on_staleness(&self, locales: &[&str]) {
        let views = self.all("/api/v1/articles").await;
        let all: BTreeSet<String> = views.iter().map(id).collect();
        let stale = having(&views, |edition| edition["stale"] == true);
        assert_eq!(self.articles("stale=true").await, stale, "stale=true");
        assert_eq!(self.articles("stale=false").await, &all - &stale, "stale=false");
        for locale in locales {
            let here = having(&views, |edition| edition["locale"] == *locale);
            let stale = having(&views, |edition| edition["locale"] == *locale && edition["stale"] == true);
            assert_eq!(self.articles(&format!("stale=true&locale={locale}")).await, stale, "stale=true in {locale}");
            assert_eq!(self.articles(&format!("stale=false&locale={locale}")).await, &here - &stale, "{locale}");
        }
    }
}

fn id(article: &Value) -> String {
    article["id"].as_str().unwrap().to_owned()
}

/// The articles with an edition of which something is said.
fn having(views: &[Value], says: impl Fn(&Value) -> bool) -> BTreeSet<String> {
    views.iter().filter(|article| article["editions"].as_array().unwrap().iter().any(&says)).map(id).collect()
}
