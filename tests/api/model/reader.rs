//! Somebody outside who follows the changes and nothing else.

use std::collections::BTreeMap;

use serde_json::Value;

use super::stage::Checked;

/// What such a reader holds: the version of each edition that is public, by article and language.
#[derive(Debug, Default)]
pub struct Reader {
    /// The newest number that was read.
    pub since: i64,
    pub holds: BTreeMap<(String, String), u64>,
}

impl Reader {
    /// Takes note of what happened, each number once and none left out.
    pub fn read(&mut self, events: &[Value]) -> Checked {
        for event in events {
            if event["seq"].as_i64() != Some(self.since + 1) {
                return Err(format!("after the event {} comes {event}", self.since));
            }
            self.since += 1;
            let text = |member: &str| event[member].as_str().unwrap_or_default().to_owned();
            let key = (text("article_id"), text("locale"));
            match text("type").as_str() {
                "published" | "updated" | "corrected" | "restored" => {
                    self.holds.insert(key, event["version"].as_u64().unwrap_or(0));
                }
                "withdrawn" | "retracted" => {
                    if self.holds.remove(&key).is_none() && event["type"] == "withdrawn" {
                        return Err(format!("nobody was told that it is public: {event}"));
                    }
                }
                "stale" | "fresh" => {}
                _ => return Err(format!("an event that nobody knows: {event}")),
            }
        }
        Ok(())
    }
}
