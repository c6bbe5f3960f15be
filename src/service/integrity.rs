//! Integrity: what is public is compared with what was approved, signed and written into the
//! audit chain. What differs is withheld and named.

mod alarm;
mod desk;
mod report;
pub mod rights;
mod traces;
mod what;

use std::{
    collections::{HashMap, HashSet},
    time::Instant,
};

use super::{App, Error, audit, live};
use crate::{
    domain::{body, publication::Envelope, revision::seal},
    kernel::{AccountId, ArticleId, Digest, EditionId, Timestamp},
    store::{
        ReadTx, article,
        edition::{self, Edition},
        fingerprint,
        live::{items_of_article, trace},
        publication::{self, Publication},
        revision,
        vocabulary::{self, Tree},
    },
    tokens::Keyring,
};

pub use alarm::{Alarmed, watch, watch_chain};
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
    let began = Instant::now();
    let editions = sweep(app).await?;
    let accounts = rights::check(app).await?;
    let report = Report { at: Some(app.clock.now()), editions, accounts };
    app.meters.sweep.set(app.clock.now(), began.elapsed());
    app.public.keep(report.clone());
    Ok(report)
}

/// Whether an edition's publications are one signed chain whose columns say what the envelopes say.
///
/// # Errors
/// What does not fit.
pub fn check_chain(keys: &Keyring, chain: &[Publication]) -> Result<(), What> {
    let (mut prev, mut brought) = (None, true);
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
        // What was done elsewhere was done before anything was done here, and the first of it was the first publication.
        let then = envelope.acted_at;
        brought &= then.is_some();
        let is_when = then.is_none_or(|then| {
            brought && then <= envelope.at && if place == 1 { then == envelope.published_at } else { true }
        });
        if envelope.prev != prev || envelope.sequence != place || one.sequence != place || !is_when {
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
    let tree = vocabulary::tree(&tx).await?;
    let shape = Digest::of(format!("{tree:?}"));
    let mut after = None;
    loop {
        let editions = edition::after(&tx, after, AT_ONCE).await?;
        let Some(last) = editions.last() else { break };
        after = Some(last.0);
        let unreadable = editions.iter().filter(|(_, one)| one.is_none()).map(|(id, _)| *id);
        findings.extend(unreadable.map(|edition| Finding { edition, what: What::Live }));
        let editions: Vec<Edition> = editions.into_iter().filter_map(|(_, one)| one).collect();
        let prints = fingerprints(app, &tx, &editions).await?;
        for one in &editions {
            let act = last_acts.get(&one.id).copied();
            // Rows of which nothing can be made are not what anybody approved.
            let Some(print) = prints.get(&one.article) else {
                findings.push(Finding { edition: one.id, what: What::Live });
                continue;
            };
            let seen = Digest::of(format!("{print} {act:?} {shape}"));
            if !app.public.is_sound(one.id, seen) {
                let checked = match check_all(app, &tx, &tree, one, act).await {
                    // What lies in one edition's rows hides no other.
                    Err(error) if error.is_corrupt() => {
                        tracing::error!(edition = %one.id, %error, "an edition's rows cannot be read");
                        Err(if one.publication.is_some() { What::Live } else { What::Revision })
                    }
                    checked => checked?,
                };
                match checked {
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
async fn fingerprints(app: &App, tx: &ReadTx, editions: &[Edition]) -> Result<HashMap<ArticleId, Digest>, Error> {
    let articles: Vec<_> = editions.iter().map(|one| one.article).collect::<HashSet<_>>().into_iter().collect();
    match fingerprint::of_articles(tx, &articles).await {
        Err(fault) if fault.is_corrupt() => {}
        prints => {
            let (prints, rows) = prints?;
            app.meters.rows.add(rows);
            return Ok(prints);
        }
    }
    let mut prints = HashMap::new();
    for article in articles {
        match fingerprint::of_articles(tx, &[article]).await {
            Err(fault) if fault.is_corrupt() => {
                tracing::error!(%article, %fault, "an article's rows cannot be read");
            }
            one => {
                let (one, rows) = one?;
                app.meters.rows.add(rows);
                prints.extend(one);
            }
        }
    }
    Ok(prints)
}

/// What is public of an edition, then what it rests on and what is only at the desk.
async fn check_all(
    app: &App,
    tx: &ReadTx,
    tree: &Tree,
    one: &Edition,
    act: Option<audit::LastAct>,
) -> Result<Result<(), What>, Error> {
    let was_public = one.publication.is_some() || act.is_some();
    if !was_public && one.live.is_some() {
        return Ok(Err(What::Live));
    }
    if was_public && let Err(what) = check_edition(app, tx, tree, one, act).await? {
        return Ok(Err(what));
    }
    let Some(article) = article::find(tx, one.article).await? else { return Ok(Err(What::Text)) };
    let chain = publication::chain(tx, one.id).await?;
    desk::check(tx, one, &article, &chain).await
}

async fn check_edition(
    app: &App,
    tx: &ReadTx,
    tree: &Tree,
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
    if !traces::fits(&app.keys, one, &chain, &trace, tree) || !traces::follows(tx, one, &trace).await? {
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
    let expected = match live::expected(tx, tree, &article, one, &text, &chain).await {
        Ok(expected) => expected,
        Err(crate::store::Fault::Corrupt { .. }) => return Ok(Err(What::Live)),
        Err(fault) => return Err(fault.into()),
    };
    let found = crate::store::live::is_reachable(tx, one.id).await?;
    Ok(if stored == expected && found { Ok(()) } else { Err(What::Live) })
}

/// What is withheld by edition, for tests of this floor and for reports.
pub fn by_edition(findings: &[Finding]) -> HashMap<EditionId, What> {
    findings.iter().map(|finding| (finding.edition, finding.what)).collect()
}
