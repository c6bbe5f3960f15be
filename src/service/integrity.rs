//! Integrity: what is public is compared with what was approved, signed and written into the
//! audit chain. What differs is withheld and named.

use std::collections::{HashMap, HashSet};

use super::{App, Error, audit, live};
use crate::{
    domain::{body, publication::Envelope, revision::seal},
    kernel::{Digest, EditionId},
    store::{
        ReadTx, article,
        edition::{self, Edition},
        live::items_of_article,
        publication::{self, Publication},
        revision,
    },
    tokens::Keyring,
};

/// The audit action of every act of publication.
pub(super) const PUBLISHED: &str = "edition.publication";

/// What does not fit, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Finding {
    /// The edition.
    pub edition: EditionId,
    /// What does not fit.
    pub what: What,
}

/// What does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum What {
    /// An envelope's signature does not verify, or its row says something else.
    Signature,
    /// The envelopes are not one chain.
    Chain,
    /// The audit chain knows another last act.
    Audit,
    /// The published text is not what was signed.
    Text,
    /// The live store holds something else, or nothing.
    Live,
    /// Public without ever having been published.
    Stranger,
}

/// Whether an edition's publications are one signed chain whose columns say what the envelopes say.
///
/// # Errors
/// What does not fit.
pub fn check_chain(keys: &Keyring, chain: &[Publication]) -> Result<(), What> {
    let mut prev = None;
    for (place, one) in chain.iter().enumerate() {
        let signed = keys.verify(&one.signature, one.envelope.as_bytes()).map_err(|_| What::Signature)?;
        let envelope = Envelope::parse(&one.envelope).ok_or(What::Signature)?;
        let same = signed.as_str() == envelope.kid
            && envelope.kid == one.kid
            && envelope.act == one.act
            && envelope.version == one.version
            && envelope.content_hash == one.content_hash
            && envelope.note == one.note
            && envelope.at == one.at
            && Digest::of(&one.envelope) == one.envelope_hash;
        if !same {
            return Err(What::Signature);
        }
        let place = u32::try_from(place + 1).unwrap_or(u32::MAX);
        if envelope.prev != prev || envelope.sequence != place || one.sequence != place {
            return Err(What::Chain);
        }
        prev = Some(one.envelope_hash);
    }
    Ok(())
}

/// Compares everything public with what it came from, withholds what differs, and says what.
pub async fn sweep(app: &App) -> Result<Vec<Finding>, Error> {
    let tx = app.db.read().await?;
    let last_acts = audit::last_acts(&tx).await?;
    let mut findings = Vec::new();
    let mut expected_live = HashSet::new();
    let mut after = None;
    loop {
        let editions = edition::published_after(&tx, after, 200).await?;
        let Some(last) = editions.last() else { break };
        after = Some(last.id);
        for one in &editions {
            if let Err(what) = check_edition(app, &tx, one, last_acts.get(&one.id).copied()).await? {
                findings.push(Finding { edition: one.id, what });
            }
            if one.live.is_some() {
                expected_live.insert(one.id);
            }
        }
    }
    // An edition whose publications were removed as if they had never been.
    let published: HashSet<_> = expected_live.iter().copied().collect();
    for edition in last_acts.iter().filter(|(_, act)| act.live).map(|(id, _)| *id).filter(|id| !published.contains(id))
    {
        findings.push(Finding { edition, what: What::Audit });
    }
    for edition in crate::store::live::editions(&tx).await? {
        if !expected_live.contains(&edition) {
            findings.push(Finding { edition, what: What::Stranger });
        }
    }
    findings.sort_by_key(|finding| finding.edition);
    findings.dedup();
    for finding in &findings {
        tracing::error!(edition = %finding.edition, what = ?finding.what, "withheld: what is public is not what was approved");
    }
    app.public.withhold(findings.iter().map(|finding| finding.edition).collect());
    Ok(findings)
}

async fn check_edition(
    app: &App,
    tx: &ReadTx,
    one: &Edition,
    act: Option<audit::LastAct>,
) -> Result<Result<(), What>, Error> {
    let chain = match publication::chain(tx, one.id).await {
        Ok(chain) => chain,
        Err(crate::store::Fault::Corrupt { .. }) => return Ok(Err(What::Signature)),
        Err(fault) => return Err(fault.into()),
    };
    if let Err(what) = check_chain(&app.keys, &chain) {
        return Ok(Err(what));
    }
    let Some(last) = chain.last() else { return Ok(Err(What::Chain)) };
    let known = act.is_some_and(|act| act.sequence == last.sequence && act.envelope_hash == last.envelope_hash);
    if !known || one.publication != Some(last.id) {
        return Ok(Err(What::Audit));
    }
    let up = last.act.take_down().is_none();
    if one.live != up.then_some(last.number) {
        return Ok(Err(What::Live));
    }
    let Some(article) = article::find(tx, one.article).await? else { return Ok(Err(What::Text)) };
    let stored = match items_of_article(tx, one.article).await {
        Ok(items) => items.into_iter().find(|item| item.edition == one.id),
        Err(crate::store::Fault::Corrupt { .. }) => return Ok(Err(What::Live)),
        Err(fault) => return Err(fault.into()),
    };
    if !up {
        return Ok(if stored.is_none() { Ok(()) } else { Err(What::Live) });
    }
    let text = match revision::find(tx, one.id, last.number).await {
        Ok(Some(text)) => text,
        Ok(None) | Err(crate::store::Fault::Corrupt { .. }) => return Ok(Err(What::Text)),
        Err(fault) => return Err(fault.into()),
    };
    let (_, hash) = seal(article.id, &one.locale, &text.text, &text.shared);
    if hash != last.content_hash || text.id != last.revision || body::deliver(&text.text.body).is_none() {
        return Ok(Err(What::Text));
    }
    let expected = live::expected(tx, &article, one, &text, &chain).await?;
    let found = crate::store::live::is_reachable(tx, one.id).await?;
    Ok(if stored == expected && found { Ok(()) } else { Err(What::Live) })
}

/// What is withheld by edition, for tests of this floor and for reports.
pub fn by_edition(findings: &[Finding]) -> HashMap<EditionId, What> {
    findings.iter().map(|finding| (finding.edition, finding.what)).collect()
}
