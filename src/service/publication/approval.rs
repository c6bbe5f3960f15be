//! What an approval rests on, looked at again when a text becomes public: promise one.

use crate::{
    domain::{
        body,
        revision::{Revision, seal},
        workflow::{Case, CaseState},
    },
    kernel::{Digest, LocaleTag},
    service::{Code as Problem, Error, article::Article, attest, edition::Edition, refresh, review, workflow},
    store::{Tx, WriteTx, case, edition as editions, revision},
};

/// The case and the text, if everything that the approval rests on still holds: promise one.
pub(in crate::service) async fn approved(
    tx: &WriteTx,
    article: &Article,
    edition: &Edition,
    seen: Digest,
) -> Result<(Case, Revision), Error> {
    let Some(case) = review::current_case(tx, edition).await? else { return Err(edited(tx, edition).await?) };
    if case.hash != seen {
        return Err(Error::new(Problem::HashMismatch));
    }
    let text = revision::find(tx, edition.id, case.number).await?.ok_or_else(|| Error::new(Problem::NotApproved))?;
    check_text(article, edition, &text)?;
    if case.revision != text.id {
        return Err(Error::new(Problem::HashMismatch));
    }
    // An attestation is about no text, and a case over shared fields covers only words that are public already.
    if attest::is_one(&case) || !refresh::covers(tx, article, edition, &case, &text).await? {
        return Err(Error::new(Problem::NotApproved));
    }
    match review::lapse(tx, article, edition, &case, text.hash).await? {
        None => Ok((case, text)),
        Some(problem) => Err(review::refusal(tx, &case, problem).await?),
    }
}

/// Whether a text is what it was when it was saved. The hash is computed from the text as it lies there, not read from
/// its column.
pub(super) fn check_text(article: &Article, edition: &Edition, text: &Revision) -> Result<(), Error> {
    let (_, hash) = seal(article.id, &edition.locale, &text.text, &text.shared);
    if hash != text.hash || body::deliver(&text.text.body).is_none() {
        tracing::error!(edition = %edition.id, number = text.number, "a revision is not what it was when it was saved");
        return Err(Error::new(Problem::HashMismatch));
    }
    Ok(())
}

/// The refusal of a text that no case covers: where another was approved, with what lies between the two.
async fn edited(tx: &impl Tx, edition: &Edition) -> Result<Error, Error> {
    let refusal = Error::new(Problem::NotApproved);
    let case = match edition.case {
        Some(id) => case::find(tx, id).await?,
        None => None,
    };
    let Some(case) = case.filter(was_approved) else { return Ok(refusal) };
    let (article, locale, latest) = (edition.article, &edition.locale, edition.latest);
    let approved = case.number;
    let diff = format!("/api/v1/articles/{article}/editions/{locale}/revisions/{latest}/diff?against={approved}");
    Ok(refusal.extra("approved_revision", approved).extra("latest_revision", latest).extra("diff", diff))
}

/// Whether every stage of a case had agreed before the text moved on.
fn was_approved(case: &Case) -> bool {
    matches!(case.state, CaseState::Approved | CaseState::Superseded) && case.is_satisfied()
}

/// A translation is not public before its source, which may become so in the same transaction.
pub(super) async fn after_source(
    tx: &WriteTx,
    article: &Article,
    locale: &LocaleTag,
    case: &Case,
) -> Result<(), Error> {
    if *locale == article.source_locale {
        return Ok(());
    }
    if workflow::known(tx, &case.workflow).await?.is_some_and(|one| one.independent) {
        return Ok(());
    }
    let source = editions::find(tx, article.id, &article.source_locale).await?;
    if source.is_some_and(|source| source.live.is_some()) {
        Ok(())
    } else {
        Err(Error::new(Problem::SourceNotPublished))
    }
}
