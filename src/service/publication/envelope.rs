//! The envelope of an act, and the chain that it is added to.

use super::Publication;
use crate::{
    domain::{
        publication::{Act, Envelope, Reason, Standing},
        revision::Revision,
        workflow::Case,
    },
    kernel::{AccountId, Digest, EditionId, PublicationId, Timestamp},
    service::{App, Error, audit, edition::Edition, integrity},
    store::Tx,
};

/// What an edition's publications have come to; a chain that does not verify is not added to.
pub(super) async fn standing(
    app: &App,
    tx: &impl Tx,
    edition: EditionId,
    chain: &[Publication],
) -> Result<Option<Standing>, Error> {
    let broken = || Error::internal(format!("the publications of edition {edition} do not verify"));
    // A chain that was cut back would be made good again by the next act.
    let known = audit::last_act(tx, edition).await?.map(|act| (act.sequence, act.envelope_hash));
    if known != chain.last().map(|last| (last.sequence, last.envelope_hash)) {
        return Err(broken());
    }
    let Some(last) = chain.last() else { return Ok(None) };
    integrity::check_chain(&app.keys, chain).map_err(|_| broken())?;
    let envelope = Envelope::parse(&last.envelope).ok_or_else(broken)?;
    Ok(Some(Standing::after(&envelope)))
}

/// The envelope of the next act; `first` is since when the text is public, if it is the first act.
pub(in crate::service) fn next_envelope(
    app: &App,
    act: Act,
    before: Option<&Standing>,
    guid: &str,
    text: &Revision,
    (approval_hash, first): (Option<Digest>, Timestamp),
    note: String,
) -> Envelope {
    Envelope {
        guid: guid.to_owned(),
        slug: text.text.slug.clone(),
        sequence: before.map_or(1, |standing| standing.sequence + 1),
        version: before.map_or(0, |standing| standing.version) + u32::from(act.makes_version()),
        corrections: before.map_or(0, |standing| standing.corrections) + u32::from(act == Act::Correct),
        act,
        content_hash: text.hash,
        approval_hash,
        note,
        published_at: before.map_or(first, |standing| standing.published_at),
        at: app.clock.now(),
        acted_at: None,
        kid: app.keys.current_kid().to_string(),
        prev: before.map(|standing| standing.envelope_hash),
    }
}

pub(in crate::service) fn sign(
    app: &App,
    by: AccountId,
    edition: &Edition,
    text: &Revision,
    case: Option<&Case>,
    envelope: Envelope,
    reason: Option<Reason>,
) -> Publication {
    let canonical = envelope.canonical();
    let signature = app.keys.sign(canonical.as_bytes()).as_str().to_owned();
    Publication {
        id: PublicationId::new(),
        edition: edition.id,
        sequence: envelope.sequence,
        version: envelope.version,
        act: envelope.act,
        revision: text.id,
        number: text.number,
        case: case.map(|case| case.id),
        reason,
        note: envelope.note,
        content_hash: envelope.content_hash,
        envelope_hash: Digest::of(&canonical),
        envelope: canonical,
        signature,
        kid: envelope.kid,
        by,
        at: envelope.at,
    }
}
