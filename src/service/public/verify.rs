//! Verification: nothing from the live store is believed before its signature and its content are good.

use std::sync::Arc;

use serde_json::Value;

use super::Public;
use crate::{
    domain::{
        body,
        publication::{Act, Envelope},
    },
    kernel::{Digest, EditionId},
    service::{App, Error},
    store::live::read::{Buried, Sibling, Stored},
};

/// An item that was found good.
#[derive(Debug)]
pub struct Verified {
    /// The parsed envelope of the newest act.
    pub envelope: Envelope,
    /// The parsed content.
    pub content: Value,
    /// The body, ready for delivery but for nothing.
    pub body_html: String,
    /// The envelopes of its corrections, oldest first.
    pub corrections: Vec<Envelope>,
}

impl Verified {
    /// About how many bytes it takes.
    pub(super) fn weight(&self) -> usize {
        512 + self.body_html.len() * 2 + self.corrections.len() * 512
    }
}

impl Public {
    /// The item, if everything about it is as it was signed; else it is withheld from now on.
    pub(super) async fn verified(&self, app: &App, stored: &Stored) -> Option<Arc<Verified>> {
        if self.withheld().contains(&stored.edition) {
            return None;
        }
        let row = format!(
            "{}\0{}\0{}\0{}\0{}\0{}\0{}\0{}\0{}\0{}\0{}",
            stored.content,
            stored.envelope,
            stored.signature,
            stored.corrections,
            stored.article,
            stored.locale,
            stored.slug,
            stored.kind,
            stored.agency,
            stored.published_at,
            stored.updated_at
        );
        let key = Digest::of(row);
        if let Some(known) = self.verified.get(&key).await {
            return Some(known);
        }
        match examine(app, stored) {
            Ok(good) => {
                let good = Arc::new(good);
                self.verified.insert(key, Arc::clone(&good)).await;
                Some(good)
            }
            Err(what) => {
                self.alarm(stored.edition, what);
                None
            }
        }
    }

    /// The sibling's envelope, if it was signed and is about this sibling.
    pub(super) async fn signed_sibling(&self, app: &App, sibling: &Sibling) -> Option<Arc<Envelope>> {
        let envelope = self.signed(app, sibling.edition, &sibling.envelope, &sibling.signature).await?;
        let about = format!("{}:{}", sibling.article, sibling.locale);
        (envelope.slug == sibling.slug && envelope.guid.ends_with(&about) && envelope.act.take_down().is_none())
            .then_some(envelope)
    }

    /// The tombstone's envelope, if it was signed and takes this edition down.
    pub(super) async fn signed_tombstone(&self, app: &App, buried: &Buried) -> Option<Arc<Envelope>> {
        let envelope = self.signed(app, buried.edition, &buried.envelope, &buried.signature).await?;
        let about = format!("{}:{}", buried.article, buried.locale);
        (envelope.act.take_down().is_some() && envelope.guid.ends_with(&about)).then_some(envelope)
    }

    /// The signed acts of some editions; what is not signed or not about its edition's article is left out.
    pub(super) async fn signed_acts(
        &self,
        app: &App,
        editions: impl IntoIterator<Item = EditionId>,
    ) -> Result<Vec<(EditionId, Arc<Envelope>)>, Error> {
        let mut acts = Vec::new();
        for (edition, envelope, signature) in app.db.live().acts(editions).await? {
            // The alarm is for who withholds; here an act that does not verify vouches for nothing.
            acts.extend(self.read(app, &envelope, &signature).await.map(|envelope| (edition, envelope)));
        }
        Ok(acts)
    }

    async fn signed(&self, app: &App, edition: EditionId, envelope: &str, signature: &str) -> Option<Arc<Envelope>> {
        if self.withheld().contains(&edition) {
            return None;
        }
        let read = self.read(app, envelope, signature).await;
        if read.is_none() {
            self.alarm(edition, "signature");
        }
        read
    }

    /// The envelope, if it was signed. Each is looked at once as long as it is in memory: a list names the envelopes of
    /// all languages of its items, and to read them cost more than to read the items.
    async fn read(&self, app: &App, envelope: &str, signature: &str) -> Option<Arc<Envelope>> {
        let key = Digest::of(format!("{envelope}\0{signature}"));
        if let Some(known) = self.signed.get(&key).await {
            return Some(known);
        }
        let read = Arc::new(signed(app, envelope, signature).ok()?);
        self.signed.insert(key, Arc::clone(&read)).await;
        Some(read)
    }
}

fn examine(app: &App, stored: &Stored) -> Result<Verified, &'static str> {
    let envelope = signed(app, &stored.envelope, &stored.signature)?;
    if Digest::of(&stored.content) != envelope.content_hash {
        return Err("content");
    }
    let content: Value = serde_json::from_str(&stored.content).map_err(|_| "content")?;
    let says = |member: &str, value: &str| content[member].as_str() == Some(value);
    let same = says("article", &stored.article.to_string())
        && says("locale", stored.locale.as_str())
        && says("slug", stored.slug.as_str())
        && says("kind", stored.kind.as_str())
        && says("agency", stored.agency.as_str());
    if !same || !envelope.guid.ends_with(&format!("{}:{}", stored.article, stored.locale)) {
        return Err("row");
    }
    let when = envelope.published_at == stored.published_at && envelope.done_at() == stored.updated_at;
    if envelope.slug != stored.slug || !when || envelope.act.take_down().is_some() {
        return Err("row");
    }
    let pairs: Vec<(String, String)> = serde_json::from_str(&stored.corrections).map_err(|_| "corrections")?;
    let mut corrections = Vec::with_capacity(pairs.len());
    for (canonical, signature) in &pairs {
        let correction = signed(app, canonical, signature)?;
        let number = u32::try_from(corrections.len() + 1).unwrap_or(u32::MAX);
        if correction.act != Act::Correct || correction.guid != envelope.guid || correction.corrections != number {
            return Err("corrections");
        }
        corrections.push(correction);
    }
    if u32::try_from(corrections.len()) != Ok(envelope.corrections) {
        return Err("corrections");
    }
    // A body that the delivery sanitizer would change is not what a careful system approved.
    let body_html = content["body"].as_str().and_then(body::deliver).ok_or("body")?;
    Ok(Verified { envelope, content, body_html, corrections })
}

fn signed(app: &App, canonical: &str, signature: &str) -> Result<Envelope, &'static str> {
    let kid = app.keys.verify(signature, canonical.as_bytes()).map_err(|_| "signature")?;
    let envelope = Envelope::parse(canonical).ok_or("envelope")?;
    if envelope.kid == kid.as_str() { Ok(envelope) } else { Err("signature") }
}
