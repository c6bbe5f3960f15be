//! Integrity: what is public is compared with what was approved, signed and written into the
//! audit chain. What differs is withheld and named.

mod desk;
mod report;
pub mod rights;
mod what;

use std::collections::{HashMap, HashSet};

use super::{App, Error, audit, live, vocabulary::with_ancestors};
use crate::{
    domain::{
        address::Address,
        body,
        event::LiveEventType,
        publication::Envelope,
        revision::{Filed, seal},
    },
    kernel::{AccountId, ArticleId, Digest, EditionId, Timestamp},
    store::{
        ReadTx, article,
        edition::{self, Edition},
        fingerprint,
        live::{Listed, Stone, Told, Trace, items_of_article, trace},
        publication::{self, Publication},
        revision,
        vocabulary::{self, Topic},
    },
    tokens::Keyring,
};

pub use report::{Examined, Named, examine, found_as};
pub use what::{Finding, What};

/// The audit action of every act of publication.
pub(super) const PUBLISHED: &str = "edition.publication";

/// What a look at everything found.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// When the look ended; nothing before the first.
    pub at: Option<Timestamp>,
    /// Editions of which something does not fit.
    pub editions: Vec<Finding>,
    /// Accounts whose rights are not those that they were given.
    pub accounts: Vec<AccountId>,
}

/// Looks at everything, withholds what has to be, and keeps what was found.
pub async fn look(app: &App) -> Result<Report, Error> {
    let editions = sweep(app).await?;
    let accounts = rights::check(app).await?;
    let report = Report { at: Some(app.clock.now()), editions, accounts };
    app.public.keep(report.clone());
    Ok(report)
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

/// Editions that are read at once.
const AT_ONCE: u64 = 20;

/// Compares everything public with what it came from, withholds what differs, and says what. Of what this process
/// has found good before, all rows are read again, and verified again if a single column is another.
pub async fn sweep(app: &App) -> Result<Vec<Finding>, Error> {
    let tx = app.db.read().await?;
    let last_acts = audit::last_acts(&tx).await?;
    let mut findings = Vec::new();
    let (mut expected_live, mut published) = (HashSet::new(), HashSet::new());
    let topics = vocabulary::topics(&tx).await?;
    let tree = Digest::of(format!("{topics:?}"));
    let mut after = None;
    loop {
        let editions = edition::after(&tx, after, AT_ONCE).await?;
        let Some(last) = editions.last() else { break };
        after = Some(last.0);
        let unreadable = editions.iter().filter(|(_, one)| one.is_none()).map(|(id, _)| *id);
        findings.extend(unreadable.map(|edition| Finding { edition, what: What::Live }));
        let editions: Vec<Edition> = editions.into_iter().filter_map(|(_, one)| one).collect();
        let prints = fingerprints(&tx, &editions).await?;
        for one in &editions {
            let act = last_acts.get(&one.id).copied();
            // Rows of which nothing can be made are not what anybody approved.
            let Some(print) = prints.get(&one.article) else {
                findings.push(Finding { edition: one.id, what: What::Live });
                continue;
            };
            let seen = Digest::of(format!("{print} {act:?} {tree}"));
            if !app.public.is_sound(one.id, seen) {
                match check_all(app, &tx, &topics, one, act).await? {
                    Ok(()) => app.public.found_sound(one.id, seen),
                    Err(what) => findings.push(Finding { edition: one.id, what }),
                }
            }
            if one.publication.is_some() {
                published.insert(one.id);
            }
            if one.live.is_some() {
                expected_live.insert(one.id);
            }
        }
    }
    // An edition whose publications were removed as if they had never been.
    for (edition, _) in last_acts.iter().filter(|(id, act)| act.live && !expected_live.contains(*id)) {
        findings.push(Finding { edition: *edition, what: What::Audit });
    }
    let live = known(crate::store::live::editions(&tx).await)?.into_iter().filter(|id| !expected_live.contains(id));
    let traced = known(crate::store::live::traced(&tx).await)?.into_iter().filter(|id| !published.contains(id));
    findings.extend(live.chain(traced).map(|edition| Finding { edition, what: What::Stranger }));
    // Texts whose edition is gone.
    let strays = known(revision::strays(&tx).await)?;
    findings.extend(strays.into_iter().map(|edition| Finding { edition, what: What::Revision }));
    findings.sort_by_key(|finding| finding.edition);
    findings.dedup();
    for Finding { edition, what } in &findings {
        if what.withholds() {
            tracing::error!(%edition, ?what, "withheld: what is public is not what was approved");
        } else {
            tracing::error!(%edition, ?what, "what is at the desk is not what somebody wrote or decided");
        }
    }
    app.public.withhold(findings.iter().filter(|one| one.what.withholds()).map(|one| one.edition).collect());
    Ok(findings)
}

/// What there is of some ids; where one is none, the edition that lost it is found by what it lacks.
fn known<T: Default>(found: Result<T, crate::store::Fault>) -> Result<T, Error> {
    match found {
        Err(fault) if fault.is_corrupt() => {
            tracing::error!(%fault, "the live store holds a row of nobody's");
            Ok(T::default())
        }
        found => Ok(found?),
    }
}

/// The fingerprints of the articles of some editions; of one whose rows cannot be read there is none.
async fn fingerprints(tx: &ReadTx, editions: &[Edition]) -> Result<HashMap<ArticleId, Digest>, Error> {
    let articles: Vec<_> = editions.iter().map(|one| one.article).collect::<HashSet<_>>().into_iter().collect();
    match fingerprint::of_articles(tx, &articles).await {
        Err(fault) if fault.is_corrupt() => {}
        prints => return Ok(prints?),
    }
    let mut prints = HashMap::new();
    for article in articles {
        match fingerprint::of_articles(tx, &[article]).await {
            Err(fault) if fault.is_corrupt() => {
                tracing::error!(%article, %fault, "an article's rows cannot be read");
            }
            one => prints.extend(one?),
        }
    }
    Ok(prints)
}

/// What is public of an edition, then what it rests on and what is only at the desk.
async fn check_all(
    app: &App,
    tx: &ReadTx,
    topics: &[Topic],
    one: &Edition,
    act: Option<audit::LastAct>,
) -> Result<Result<(), What>, Error> {
    if (one.publication.is_some() || act.is_some())
        && let Err(what) = check_edition(app, tx, topics, one, act).await?
    {
        return Ok(Err(what));
    }
    let Some(article) = article::find(tx, one.article).await? else { return Ok(Err(What::Text)) };
    let chain = publication::chain(tx, one.id).await?;
    desk::check(tx, one, &article, &chain).await
}

async fn check_edition(
    app: &App,
    tx: &ReadTx,
    topics: &[Topic],
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
    let trace = match trace(tx, one.id, one.locale.as_str()).await {
        Ok(trace) => trace,
        Err(crate::store::Fault::Corrupt { .. }) => return Ok(Err(What::Live)),
        Err(fault) => return Err(fault.into()),
    };
    if !fits(&app.keys, one, &chain, &trace, topics) {
        return Ok(Err(What::Live));
    }
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
    let expected = match live::expected(tx, topics, &article, one, &text, &chain).await {
        Ok(expected) => expected,
        Err(crate::store::Fault::Corrupt { .. }) => return Ok(Err(What::Live)),
        Err(fault) => return Err(fault.into()),
    };
    let found = crate::store::live::is_reachable(tx, one.id).await?;
    Ok(if stored == expected && found { Ok(()) } else { Err(What::Live) })
}

/// Whether what an edition left in the live store is what its signed acts say, act by act. Addresses that it
/// never had are no harm, as reads ask the envelopes and the signatures; one that it had has to be there.
fn fits(keys: &Keyring, one: &Edition, chain: &[Publication], trace: &Trace, topics: &[Topic]) -> bool {
    let envelopes: Vec<_> = chain.iter().filter_map(|act| Envelope::parse(&act.envelope)).collect();
    let (Some(last), Some(signed)) = (chain.last(), envelopes.last()) else { return false };
    let kept = chain.iter().all(|act| {
        trace.kept.get(&i64::from(act.sequence)).is_some_and(|kept| {
            let content = kept.content.as_ref().map(Digest::of);
            kept.article == one.article
                && kept.locale == one.locale.as_str()
                && kept.version == act.version
                && kept.envelope == act.envelope
                && kept.signature == act.signature
                && content == act.act.makes_version().then_some(act.content_hash)
        })
    });
    let told = |kind, version, at, note: &str| Told {
        kind,
        article: one.article,
        locale: one.locale.to_string(),
        guid: signed.guid.clone(),
        version,
        at,
        note: note.to_owned(),
    };
    let acts: Vec<_> =
        chain.iter().map(|act| told(LiveEventType::of(act.act), act.version, act.at, &act.note)).collect();
    let of_source = |kind| matches!(kind, LiveEventType::Stale | LiveEventType::Fresh);
    let (stale, by_acts): (Vec<_>, Vec<_>) = trace.told.iter().cloned().partition(|event| of_source(event.kind));
    let stale = stale.iter().all(|event| *event == told(event.kind, event.version, event.at, ""));
    let up = last.act.take_down().is_none();
    // An item's places are compared with its topics elsewhere; what each says of it, here.
    let place = Listed { locale: one.locale.to_string(), published_at: signed.published_at };
    let leads = |address: &Address| {
        let signature = trace.led.get(address.as_str());
        signature.is_some_and(|signature| keys.verify(signature, &address.canonical(&signed.guid)).is_ok())
    };
    kept && trace.kept.len() == chain.len()
        && trace.brought.iter().all(leads)
        && by_acts == acts
        && stale
        && trace.listed.iter().all(|listed| up && *listed == place)
        && fits_stone(one, (last, signed), trace, topics)
        && envelopes.iter().all(|envelope| trace.slugs.contains(envelope.slug.as_str()))
}

/// Whether a tombstone stands where one has to, and says what the text that was public last says. The texts that
/// are kept of it have been compared with their signed hashes.
fn fits_stone(one: &Edition, (last, signed): (&Publication, &Envelope), trace: &Trace, topics: &[Topic]) -> bool {
    if last.act.take_down().is_none() {
        return trace.stone.is_none();
    }
    let content = trace.kept.values().rev().find_map(|kept| kept.content.as_deref());
    let Some(filed) = content.and_then(Filed::of) else { return false };
    let stone = Stone {
        article: one.article,
        locale: one.locale.to_string(),
        slug: signed.slug.to_string(),
        kind: filed.kind.to_string(),
        agency: filed.agency.to_string(),
        topics: with_ancestors(topics, &filed.topics).iter().map(ToString::to_string).collect(),
        envelope: last.envelope.clone(),
        signature: last.signature.clone(),
        published_at: signed.published_at,
        at: last.at,
    };
    trace.stone.as_ref() == Some(&stone)
}

/// What is withheld by edition, for tests of this floor and for reports.
pub fn by_edition(findings: &[Finding]) -> HashMap<EditionId, What> {
    findings.iter().map(|finding| (finding.edition, finding.what)).collect()
}
