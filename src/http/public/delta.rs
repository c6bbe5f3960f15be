//! What is new in a feed since an answer that the client has (RFC 3229, `A-IM: feed`), for who asks for that alone.
//!
//! Which entries an answer had is remembered for a while by the process that gave it. Who names an answer that nobody
//! remembers gets the whole feed, which is never wrong.

use std::{collections::HashMap, sync::Arc};

use actix_web::http::{
    Method,
    header::{HeaderMap, HeaderName},
};
use moka::future::Cache;

use super::reader::Reader;
use crate::{
    http::kit::{Prepared, known_tags},
    kernel::Digest,
    syndication::{Entry, Feed},
};

/// The header by which a client says what it can do with a part.
pub(in crate::http) const A_IM: HeaderName = HeaderName::from_static("a-im");

/// Bytes that what was in earlier answers may take in memory.
const REMEMBERED: u64 = 4 << 20;

/// The entries of an answer, by their ids.
type Entries = HashMap<String, Digest>;

/// What was in answers that were given.
#[derive(Debug)]
pub(super) struct Bases(Cache<String, Arc<Entries>>);

impl Default for Bases {
    fn default() -> Self {
        let weight = |key: &String, entries: &Arc<Entries>| {
            let ids: usize = entries.keys().map(|id| id.len() + 96).sum();
            u32::try_from(256 + key.len() + ids).unwrap_or(u32::MAX)
        };
        Self(Cache::builder().weigher(weight).max_capacity(REMEMBERED).build())
    }
}

/// An earlier answer.
pub(super) struct Base {
    /// What the part since then is kept under.
    pub(super) key: String,
    entries: Arc<Entries>,
}

impl Base {
    /// Whether the client has not seen an entry as it is now.
    pub(super) fn is_news(&self, entry: &Entry) -> bool {
        self.entries.get(entry.guid()) != Some(&entry.fingerprint())
    }
}

/// Remembers what an answer has in it.
pub(super) async fn remember(reader: &Reader, key: &str, answer: &Prepared, feed: &Feed) {
    let Some(name) = answer.tag(&HeaderMap::new()).and_then(|tag| name(tag.to_str().ok()?.trim_matches('"'))) else {
        return;
    };
    let entries = feed.entries.iter().map(|entry| (entry.guid().to_owned(), entry.fingerprint())).collect();
    reader.bases().0.insert(format!("{key} since {name}"), Arc::new(entries)).await;
}

/// The earlier answer that a client has and wants the news since; none where it has the newest, or wants the whole.
pub(super) async fn asked(reader: &Reader, key: &str, whole: &Prepared) -> Option<Base> {
    let headers = reader.request.headers();
    if reader.request.method() != Method::GET || !wants_part(headers) {
        return None;
    }
    let newest = whole.tag(headers)?.to_str().ok()?.trim_matches('"');
    let known = known_tags(headers)?;
    if known.iter().any(|tag| tag == newest) {
        return None;
    }
    for tag in &known {
        let Some(name) = name(tag) else { continue };
        let key = format!("{key} since {name}");
        if let Some(entries) = reader.bases().0.get(&key).await {
            return Some(Base { key, entries });
        }
    }
    None
}

fn wants_part(headers: &HeaderMap) -> bool {
    let mut members = headers.get_all(A_IM).filter_map(|value| value.to_str().ok()).flat_map(|list| list.split(','));
    members.any(|member| {
        let mut parts = member.split(';').map(str::trim);
        let is_feed = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("feed"));
        is_feed && !parts.any(|part| matches!(part, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

/// What a tag says of the content, whatever the coding.
fn name(tag: &str) -> Option<&str> {
    tag.split('-').next().filter(|name| !name.is_empty())
}
