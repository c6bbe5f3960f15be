//! Attesting that a translation still holds although its source changed: a recorded act with one light stage. No text
//! is made by it; once it is approved, freshness counts the translation as made from the source's text it names.

use serde_json::{Value, json};

use super::{
    App, Caller, Check, Code as Problem, Done, Error, FieldCode, FieldError, Once,
    article::{Article, event},
    audit,
    edition::{self, Edition, find, may_write, reference_of},
    publication::fresh_event,
    review,
};
use crate::{
    domain::{
        event::{Event, EventType},
        freshness::Freshness,
        revision::MAX_NOTE,
        workflow::{ATTESTATION, Case, CaseState},
    },
    kernel::{ArticleId, AttestationId, LocaleTag, Page, PageRequest},
    store::{
        Change, Tx, WriteTx, attestation, case, edition as editions,
        live::{holds_against, items_of_article},
        revision as revisions,
    },
};

pub use attestation::Attestation;

/// An attestation with the case in which it is decided.
#[derive(Clone, Debug)]
pub struct Attested {
    /// The attestation.
    pub attestation: Attestation,
    /// Its case.
    pub case: Case,
}

/// Attests that the newest text of a translation holds against the source's reference revision.
pub async fn attest(
    app: &App,
    caller: Caller,
    (id, locale): (ArticleId, &LocaleTag),
    (seen, comment): (Option<u32>, &str),
    once: Once<Attested>,
) -> Result<Done<Attested>, Error> {
    let (tx, actor) = app.write_as(caller).await?;
    if let Some(answer) = once.before(app, &tx, actor.id).await? {
        return Ok(Done::Before(answer));
    }
    let (article, edition) = find(&tx, &actor, id, locale).await?;
    may_write(&actor, &article, locale)?;
    let mut check = Check::new();
    let comment = check.text("/comment", comment, MAX_NOTE);
    if seen == Some(0) {
        check.fault(FieldError::new("/source_revision", FieldCode::TooSmall).with("min", 1_usize));
    }
    check.finish()?;
    let source = editions::find(&tx, id, &article.source_locale).await?.ok_or_else(Error::not_found)?;
    let standings =
        edition::standings(app, &tx, std::slice::from_ref(&article), std::slice::from_ref(&edition)).await?;
    if !standings.get(&edition.id).and_then(|one| one.freshness).is_some_and(Freshness::is_stale) {
        return Err(Error::new(Problem::NotStale));
    }
    let reference = reference_of(&source);
    // The source moved on again since the person compared the two.
    if seen.is_some_and(|seen| seen != reference) {
        return Err(Error::new(Problem::HashMismatch));
    }
    let busy = review::current_case(&tx, &edition).await?.is_some_and(|case| case.state == CaseState::Open);
    if busy || !attestation::in_state(&tx, edition.id, CaseState::Open).await?.is_empty() {
        return Err(Error::new(Problem::CaseOpen));
    }
    let text = revisions::find(&tx, edition.id, edition.latest).await?.ok_or_else(Error::not_found)?;
    // The edition goes on pointing at the case of its text, whose approval stands.
    let mut aside = edition.clone();
    let under = review::Under::Named(ATTESTATION);
    let opened = review::open(app, &tx, (&article, &mut aside), &text, under, (actor.id, comment)).await?;
    let now = app.clock.now();
    let attestation = Attestation {
        id: AttestationId::new(),
        edition: edition.id,
        target: text.number,
        source: reference,
        case: opened.case.id,
        by: actor.id,
        at: now,
    };
    attestation::insert(&tx, &attestation).await?;
    let data = told(&attestation);
    let change = opened.tell(Change::by(Some(actor.id), now)).entry("edition.attesting", "edition", edition.id, data);
    let made = Attested { attestation, case: opened.case };
    once.keep(app, &tx, actor.id, &made).await?;
    tx.commit(change.emit(event(&article, Some(locale)))).await?;
    Ok(Done::Now(made))
}

fn told(one: &Attestation) -> Value {
    json!({
        "attestation": one.id.to_string(),
        "case": one.case.to_string(),
        "revision": one.target,
        "source_revision": one.source,
    })
}

/// A page of an edition's attestations, newest first.
pub async fn list(
    app: &App,
    caller: Caller,
    at: (ArticleId, &LocaleTag),
    wanted: PageRequest,
) -> Result<Page<Attested>, Error> {
    let (tx, actor) = app.read_as(caller).await?;
    let (_, edition) = find(&tx, &actor, at.0, at.1).await?;
    let page = attestation::page(&tx, edition.id, wanted).await?;
    let mut cases = case::find_many(&tx, page.items.iter().map(|one| one.case)).await?;
    let whole = |attestation: Attestation| {
        let place = cases.iter().position(|case| case.id == attestation.case)?;
        Some(Attested { case: cases.swap_remove(place), attestation })
    };
    Ok(Page { items: page.items.into_iter().filter_map(whole).collect(), next: page.next })
}

/// The open case of an edition's attestation.
pub(super) async fn open_case(tx: &impl Tx, edition: &Edition) -> Result<Option<Case>, Error> {
    let open = attestation::in_state(tx, edition.id, CaseState::Open).await?;
    match open.into_iter().find(|one| one.target == edition.latest) {
        Some(one) => Ok(case::find(tx, one.case).await?),
        None => Ok(None),
    }
}

/// Whether a case is about an attestation and not about a text.
pub(super) fn is_one(case: &Case) -> bool {
    case.workflow.code == ATTESTATION
}

/// What follows from a decision in an attestation's case: approved, the edition follows the source's text that it names.
pub(super) async fn decided(
    app: &App,
    tx: &WriteTx,
    article: &Article,
    edition: &mut Edition,
    case: &Case,
    change: Change,
) -> Result<Change, Error> {
    if case.state == CaseState::Open {
        review::settle(tx, article, edition, case).await?;
        return Ok(change);
    }
    // Nothing waits any more, whatever the verdict: there is no text to publish or to revise by it.
    let over = Case { state: CaseState::Superseded, ..case.clone() };
    review::settle(tx, article, edition, &over).await?;
    let found = attestation::of_case(tx, case.id).await?;
    let Some(found) = found.filter(|_| case.state == CaseState::Approved) else { return Ok(change) };
    let change = change.entry(audit::ATTESTED, "edition", edition.id, told(&found));
    if edition.latest == found.target {
        edition.source = edition.source.max(Some(found.source));
    }
    if edition.live != Some(found.target) {
        return Ok(change);
    }
    let item = items_of_article(tx, article.id).await?.into_iter().find(|item| item.edition == edition.id);
    let was = item.as_ref().and_then(|item| item.source.as_ref()).map_or(0, |source| source.number);
    if found.source > was {
        holds_against(tx, edition.id, found.source).await?;
    }
    let change =
        change.emit(Event { kind: EventType::Live, article: Some(article.id), locale: Some(edition.locale.clone()) });
    let freshened = item.filter(|item| {
        item.source.as_ref().is_some_and(|source| source.number < source.major && found.source >= source.major)
    });
    Ok(change.announce(freshened.map(|item| fresh_event(&item, app.clock.now()))))
}

/// Ends what was asked of a text that is not the newest any more.
pub(super) async fn supersede(app: &App, tx: &WriteTx, article: &Article, edition: &Edition) -> Result<(), Error> {
    for one in attestation::in_state(tx, edition.id, CaseState::Open).await? {
        let Some(found) = case::find(tx, one.case).await? else { continue };
        case::close(tx, one.case, CaseState::Superseded, app.clock.now()).await?;
        let over = Case { state: CaseState::Superseded, ..found };
        review::settle(tx, article, edition, &over).await?;
    }
    Ok(())
}

/// The source's revisions that a text was attested to hold against, as the audit chain knows them: rows alone are not
/// believed.
pub(super) async fn holding(tx: &impl Tx, edition: &Edition, text: u32) -> Result<Vec<u32>, crate::store::Fault> {
    let rows = attestation::in_state(tx, edition.id, CaseState::Approved).await?;
    let mine: Vec<_> = rows.into_iter().filter(|one| one.target == text).collect();
    if mine.is_empty() {
        return Ok(Vec::new());
    }
    let known = audit::attested(tx, edition.id).await?;
    Ok(mine.iter().filter(|one| known.contains(&told(one))).map(|one| one.source).collect())
}
