//! The approval sheet of a publication: the text, who wrote it, who decided on it and when, and whether all of that
//! still belongs together.

use std::collections::{BTreeMap, HashMap};

use super::{
    App, Caller, Error,
    edition::{find, guest_numbers},
    integrity::check_chain,
    review, workflow,
};
use crate::{
    domain::{
        body,
        publication::Envelope,
        revision::{Revision, seal},
        workflow::{Carry, Case, Decision},
    },
    kernel::{AccountId, ArticleId, Digest, LocaleTag},
    store::{
        account,
        article::Article,
        case,
        publication::{self, Publication},
        revision,
    },
};

/// A sheet.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The article.
    pub article: Article,
    /// The edition's language.
    pub locale: LocaleTag,
    /// The act.
    pub publication: Publication,
    /// What was signed.
    pub envelope: Envelope,
    /// The text.
    pub text: Revision,
    /// The body as the public gets it; nothing where it would be withheld.
    pub body: Option<String>,
    /// The case that allowed it; none for taking down.
    pub case: Option<Case>,
    /// The names of the workflow by which it was approved, by locale.
    pub workflow_names: BTreeMap<String, String>,
    /// Who wrote the text since the version before.
    pub writers: Vec<AccountId>,
    /// The names of all people on the sheet.
    pub names: HashMap<AccountId, String>,
    /// Whether text, decisions and signature belong together.
    pub sound: bool,
    /// The public address.
    pub url: String,
}

/// The sheet of an act of publication of an edition that the caller may read.
pub async fn show(app: &App, caller: Caller, at: (ArticleId, &LocaleTag), sequence: u32) -> Result<Sheet, Error> {
    let (tx, actor) = app.read_as(caller).await?;
    let (article, edition) = find(&tx, &actor, at.0, at.1).await?;
    let chain = publication::chain(&tx, edition.id).await?;
    let place = chain.iter().position(|one| one.sequence == sequence).ok_or_else(Error::not_found)?;
    let publication = chain[place].clone();
    let numbers = guest_numbers(&tx, &actor, &article, &edition).await?;
    if numbers.is_some_and(|all| !all.contains(&publication.number)) {
        return Err(Error::not_found());
    }
    let text = revision::find(&tx, edition.id, publication.number).await?.ok_or_else(Error::not_found)?;
    let envelope = Envelope::parse(&publication.envelope).ok_or_else(Error::not_found)?;
    let case = match publication.case {
        Some(id) => case::find(&tx, id).await?,
        None => None,
    };
    let workflow_names = match &case {
        Some(case) => workflow::known(&tx, &case.workflow).await?.map(|one| one.names).unwrap_or_default(),
        None => BTreeMap::new(),
    };
    let before = chain[..place].iter().map(|one| one.number).filter(|number| *number < text.number).max().unwrap_or(0);
    let mut writers: Vec<_> = revision::authors(&tx, edition.id, before, text.number).await?.into_iter().collect();
    writers.sort();
    let (_, hash) = seal(article.id, &edition.locale, &text.text, &text.shared);
    let approval: Option<Digest> = case.as_ref().map(Case::approval_hash);
    let body = body::deliver(&text.text.body);
    let sound = check_chain(&app.keys, &chain).is_ok()
        && hash == publication.content_hash
        && approval == envelope.approval_hash
        && body.is_some()
        && match &case {
            Some(case) => review::is_proved(&tx, &article, &edition, case).await?,
            None => true,
        };
    let carried = case.iter().filter_map(|case| case.carry.as_ref()).flat_map(Carry::people);
    let deciders =
        case.iter().flat_map(|case| case.decisions.iter().flat_map(Decision::people).chain([case.opened_by]));
    let deciders = deciders.chain(carried);
    let people: Vec<_> = deciders.chain(writers.iter().copied()).chain([publication.by]).collect();
    let names = account::names(&tx, people).await?;
    let url = app.office.item_url(&edition.locale, &envelope.slug);
    Ok(Sheet {
        article,
        locale: edition.locale,
        publication,
        envelope,
        text,
        body,
        case,
        workflow_names,
        writers,
        names,
        sound,
        url,
    })
}
