//! The checks of an edition's text, and who answers for letting one pass.

use super::{
    App, Caller, Check as Reading, Error, FieldCode, FieldError,
    article::Article,
    edition::{self, Edition},
};
use crate::{
    domain::{
        checks::{self, Finding},
        revision::Revision,
        workflow::{Case, Verdict, Waiver},
    },
    kernel::{AccountId, ArticleId, LocaleTag},
    store::{Tx, edition as editions, revision},
};

/// A finding, and who answers for letting its check pass.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The finding.
    pub finding: Finding,
    /// Who, their name, and why.
    pub waived: Option<(AccountId, Option<String>, String)>,
}

/// The checks of the newest text that the caller may see.
pub async fn list(
    app: &App,
    caller: Caller,
    (id, locale): (ArticleId, &LocaleTag),
) -> Result<(Revision, Vec<Checked>), Error> {
    let shown = edition::show(app, caller, id, locale).await?;
    let tx = app.db.read().await?;
    let source = source_of(&tx, &shown.article, &shown.edition, &shown.revision).await?;
    let findings = checks::check(&shown.revision.text, source.as_ref().map(|source| &source.text));
    let waived = |finding: &Finding| {
        let case = shown.case.as_ref()?;
        let mut all = case.counted().flat_map(|one| one.waivers.iter().map(move |waiver| (one, waiver)));
        let (one, waiver) = all.find(|(_, waiver)| waiver.code == finding.check.as_str())?;
        Some((one.by, case.names.get(&one.by).cloned(), waiver.reason.clone()))
    };
    let items = findings.into_iter().map(|finding| Checked { waived: waived(&finding), finding }).collect();
    Ok((shown.revision, items))
}

/// The source's text that a translation was made from.
async fn source_of(
    tx: &impl Tx,
    article: &Article,
    edition: &Edition,
    text: &Revision,
) -> Result<Option<Revision>, Error> {
    let Some(number) = text.source_number.filter(|_| edition.locale != article.source_locale) else { return Ok(None) };
    let Some(source) = editions::find(tx, article.id, &article.source_locale).await? else { return Ok(None) };
    Ok(revision::find(tx, source.id, number).await?)
}

/// The blocking checks of a case's text that nobody answers for.
pub(super) async fn open(tx: &impl Tx, case: &Case) -> Result<Vec<Finding>, Error> {
    let Some(text) = revision::find(tx, case.edition, case.number).await? else { return Ok(Vec::new()) };
    // What a minor change may not touch is what a check that blocks is about: who answered for it before a suggestion
    // was taken answers for the same.
    let agreed = case.counted().filter(|one| one.verdict == Verdict::Approve);
    let waived: Vec<&str> = agreed.flat_map(|one| &one.waivers).map(|waiver| waiver.code.as_str()).collect();
    Ok(checks::blocking(&text.text).into_iter().filter(|one| !waived.contains(&one.check.as_str())).collect())
}

/// Refuses waivers of what is not blocking in the case's text: nobody answers for something that is not there.
pub(super) async fn may_waive(tx: &impl Tx, case: &Case, waivers: &[Waiver], check: &mut Reading) -> Result<(), Error> {
    if waivers.is_empty() {
        return Ok(());
    }
    let Some(text) = revision::find(tx, case.edition, case.number).await? else { return Ok(()) };
    let blocking = checks::blocking(&text.text);
    for (place, waiver) in waivers.iter().enumerate() {
        if !blocking.iter().any(|one| one.check.as_str() == waiver.code) {
            let fault = FieldError::new(format!("/waive/{place}/code"), FieldCode::Unknown);
            check.fault(fault.with("name", waiver.code.as_str()));
        } else if waivers[..place].iter().any(|earlier| earlier.code == waiver.code) {
            let fault = FieldError::new(format!("/waive/{place}/code"), FieldCode::Duplicate);
            check.fault(fault.with("name", waiver.code.as_str()));
        }
    }
    Ok(())
}
