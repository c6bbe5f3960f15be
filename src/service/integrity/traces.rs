//! What an edition left in the live store beside its item: versions that are kept, events that were told, addresses,
//! places in lists, a tombstone. All of it follows from its signed acts.

use crate::{
    domain::{
        address::Address,
        event::{LiveEventType, OF_SOURCE},
        publication::Envelope,
        revision::Filed,
    },
    kernel::Digest,
    service::{Error, vocabulary::with_ancestors},
    store::{
        ReadTx,
        edition::Edition,
        live::{Listed, Stone, Told, Trace},
        publication::Publication,
        vocabulary::Tree,
    },
    tokens::Keyring,
};

/// Whether the public was told of its source all that the chain knows, of the same versions at the same moments. What
/// was told before the chain knew of it is not held to it.
pub(super) async fn follows(tx: &ReadTx, one: &Edition, trace: &Trace) -> Result<bool, Error> {
    for kind in OF_SOURCE {
        let known = crate::store::audit::about(tx, &one.id.to_string(), kind.told_as()).await?;
        let mut told = trace.told.iter().rev().filter(|event| event.kind == kind);
        for entry in known.iter().rev().filter(|entry| entry.is_whole()) {
            let data = &entry.draft.data;
            // The entry has a moment of its own, a little after; that of the news is said in it since some time.
            let at = |event: &Told| data.get("at").is_none_or(|at| *at == event.at.exact());
            let is_told = |event: &Told| data["version"] == event.version && at(event);
            if !told.next().is_some_and(is_told) {
                return Ok(false);
            }
        }
    }
    Ok(true)
}

/// Whether what an edition left in the live store is what its signed acts say, act by act. Addresses that it
/// never had are no harm, as reads ask the envelopes and the signatures; one that it had has to be there.
pub(super) fn fits(keys: &Keyring, one: &Edition, chain: &[Publication], trace: &Trace, tree: &Tree) -> bool {
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
    let of_source = |kind| OF_SOURCE.contains(&kind);
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
        && fits_stone(one, (last, signed), trace, tree)
        && envelopes.iter().all(|envelope| trace.slugs.contains(envelope.slug.as_str()))
}

/// Whether a tombstone stands where one has to, and says what the text that was public last says. The texts that
/// are kept of it have been compared with their signed hashes.
fn fits_stone(one: &Edition, (last, signed): (&Publication, &Envelope), trace: &Trace, tree: &Tree) -> bool {
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
        topics: with_ancestors(tree, &filed.topics).iter().map(ToString::to_string).collect(),
        envelope: last.envelope.clone(),
        signature: last.signature.clone(),
        published_at: signed.published_at,
        at: last.at,
    };
    trace.stone.as_ref() == Some(&stone)
}
