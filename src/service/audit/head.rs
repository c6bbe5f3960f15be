//! The chain's signed head, kept where the database cannot reach: beside it, and on another machine. A chain that was
//! cut short, or a database rolled back to an earlier day, does not know it.

use std::path::Path;

use serde_json::{Value, json};

use super::super::{App, Error};
use crate::{
    domain::audit::Entry,
    kernel::{Digest, canonical_json},
    store::audit,
};

/// The place and the hash of an entry that was the newest once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Its place.
    pub seq: u64,
    /// Its hash.
    pub hash: Digest,
}

/// The heads that were kept, where they can be read.
pub(super) fn kept(app: &App) -> Vec<Head> {
    app.witness.iter().filter_map(|path| parse_head(app, &std::fs::read_to_string(path).ok()?)).collect()
}

/// The head that a text says, if it was signed here.
pub fn parse_head(app: &App, text: &str) -> Option<Head> {
    let value: Value = serde_json::from_str(text).ok()?;
    app.keys.verify(value["signature"].as_str()?, &canonical_json(&value["head"])).ok()?;
    Some(Head { seq: value["head"]["seq"].as_u64()?, hash: value["head"]["hash"].as_str()?.parse().ok()? })
}

async fn newest(app: &App) -> Result<Option<Entry>, Error> {
    Ok(audit::before(&app.db.read().await?, None, 1).await?.pop())
}

fn signed(app: &App, newest: &Entry) -> String {
    let head = json!({"v": 1, "seq": newest.seq, "hash": newest.hash.to_string(), "at": app.clock.now().to_string()});
    let signature = app.keys.sign(&canonical_json(&head)).as_str().to_owned();
    json!({"head": head, "signature": signature}).to_string()
}

/// The signed head of now, to be taken away; nothing if nothing was ever done.
pub async fn signed_head(app: &App) -> Result<Option<String>, Error> {
    Ok(newest(app).await?.map(|newest| signed(app, &newest)))
}

/// Writes the head wherever it is kept, if it is a newer one than there. A place that cannot be reached now keeps
/// none of the others waiting, and is told of.
pub async fn witness(app: &App) -> Result<(), Error> {
    if app.witness.is_empty() {
        return Ok(());
    }
    let Some(newest) = newest(app).await? else { return Ok(()) };
    let text = signed(app, &newest);
    let mut failed = None;
    for path in &app.witness {
        let known = std::fs::read_to_string(path).ok().and_then(|text| parse_head(app, &text));
        if known.is_some_and(|head| head.seq >= newest.seq) {
            continue;
        }
        let (path, text) = (path.clone(), text.clone());
        let written = tokio::task::spawn_blocking(move || write_whole(&path, &text)).await.map_err(Error::internal)?;
        failed = written.err().or(failed);
    }
    failed.map_or(Ok(()), |error| Err(Error::internal(error)))
}

/// A file is either the old one or the new one, never half of it, whenever the power goes.
fn write_whole(path: &Path, text: &str) -> std::io::Result<()> {
    // Each process writes a file of its own: a server and an import may both be at it.
    let next = path.with_extension(format!("{}.next", std::process::id()));
    let mut file = std::fs::File::create(&next)?;
    std::io::Write::write_all(&mut file, text.as_bytes())?;
    file.sync_all()?;
    std::fs::rename(&next, path)?;
    path.parent().map_or(Ok(()), |folder| std::fs::File::open(folder)?.sync_all())
}
