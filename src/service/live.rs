//! What goes into the live store: made from what was approved and signed, and from nothing else.

use super::{Error, attest, vocabulary::with_ancestors};
use crate::{
    domain::{
        freshness::{follows, last_major},
        publication::{Act, Envelope},
        revision::{Revision, seal},
    },
    kernel::Code,
    store::{
        Fault, Tx, WriteTx,
        article::Article,
        edition::{self, Edition},
        live::{self, LiveItem, LiveSource},
        publication::{self, Publication},
        revision,
        vocabulary::{self, Tree},
    },
};

/// The public item of an edition as its publications make it, its newest act the last of the chain.
pub(super) async fn expected(
    tx: &impl Tx,
    tree: &Tree,
    article: &Article,
    edition: &Edition,
    text: &Revision,
    chain: &[Publication],
) -> Result<Option<LiveItem>, Fault> {
    let Some(last) = chain.last() else { return Ok(None) };
    let Some(envelope) = Envelope::parse(&last.envelope) else { return Ok(None) };
    let history: Vec<_> =
        revision::classes(tx, [edition.id]).await?.into_iter().map(|(_, number, class)| (number, class)).collect();
    let (content, _) = seal(article.id, &edition.locale, &text.text, &text.shared);
    let corrections =
        chain.iter().filter(|p| p.act == Act::Correct).map(|p| (p.envelope.clone(), p.signature.clone())).collect();
    Ok(Some(LiveItem {
        edition: edition.id,
        article: article.id,
        locale: edition.locale.clone(),
        published_at: envelope.published_at,
        updated_at: envelope.done_at(),
        slug: envelope.slug,
        kind: text.shared.kind,
        agency: text.shared.agency.clone(),
        topics: with_ancestors(tree, &text.shared.topics),
        content,
        envelope: last.envelope.clone(),
        signature: last.signature.clone(),
        corrections,
        number: text.number,
        major: last_major(&history, text.number),
        source: source(tx, article, edition, text, last).await?,
    }))
}

async fn source(
    tx: &impl Tx,
    article: &Article,
    edition: &Edition,
    text: &Revision,
    last: &Publication,
) -> Result<Option<LiveSource>, Fault> {
    let (Some(made_from), false) = (text.source_number, edition.locale == article.source_locale) else {
        return Ok(None);
    };
    let Some(source) = edition::find(tx, article.id, &article.source_locale).await? else { return Ok(None) };
    let acts = publication::chain(tx, source.id).await?;
    let history: Vec<_> =
        revision::classes(tx, [source.id]).await?.into_iter().map(|(_, number, class)| (number, class)).collect();
    let major = acts.last().map_or(0, |newest| last_major(&history, newest.number));
    // Only what was published before this act: what came later is told by `stale`. Ids are ordered by time.
    let version = acts
        .iter()
        .filter(|one| one.act.makes_version() && one.number <= made_from && one.id < last.id)
        .map(|one| one.version)
        .max();
    let number = follows(made_from, attest::holding(tx, edition, text.number).await?);
    Ok(Some(LiveSource { locale: source.locale, number, version, major }))
}

/// Writes anew under which topics live editions and tombstones are found, after a topic moved in the tree.
pub(super) async fn retopic(tx: &WriteTx, moved: &Code) -> Result<(), Error> {
    let tree = vocabulary::tree(tx).await?;
    for (edition, locale, published_at, own) in live::under_topic(tx, moved).await? {
        let all = with_ancestors(&tree, &own);
        live::retopic(tx, edition, &locale, published_at, &all).await?;
    }
    for (edition, own) in live::buried_under(tx, moved).await? {
        live::rebury(tx, edition, &with_ancestors(&tree, &own)).await?;
    }
    Ok(())
}
