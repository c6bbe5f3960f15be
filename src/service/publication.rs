//! Publishing and taking down: one transaction each, in which everything that an approval
//! rests on is looked at again.

mod told;

use serde_json::json;

use super::{
    App, Caller, Check, Code as Problem, Done, Error, FieldCode, Once,
    article::Article,
    attest, audit,
    caller::allow,
    edition::{self, Edition},
    live, refresh, review, setup,
};
use crate::{
    domain::{
        access::{Publish, Scope},
        body,
        event::{Event, EventType, LiveEvent},
        publication::{Act, Envelope, Reason, Refusal, Standing, TakeDown, mint_guid, publishing, taking_down},
        revision::{MAX_NOTE, Revision, seal},
        text::is_blank,
        workflow::Case,
    },
    kernel::{AccountId, ArticleId, Digest, EditionId, LocaleTag, PublicationId, Timestamp},
    store::{
        Change, Tx, WriteTx, edition as editions, import,
        live::{LiveTombstone, follow, items_of_article, put, put_addresses, take},
        publication, revision, vocabulary,
    },
};

pub use publication::Publication;
use told::{becomes_stale, stale_event};
pub(super) use told::{fresh_event, live_event, vouched};

/// What a publisher orders.
#[derive(Clone, Debug)]
pub struct Order {
    /// The hash of the text that was seen.
    pub hash: Digest,
    /// Whether something in the public text was wrong.
    pub correct: bool,
    /// The public note; needed for a correction.
    pub note: String,
}

/// Publishes the approved text.
pub async fn publish(
    app: &App,
    caller: Caller,
    (id, locale): (ArticleId, &LocaleTag),
    order: Order,
    once: Once<(Publication, String)>,
) -> Result<Done<(Publication, String)>, Error> {
    let (tx, actor) = app.write_as(caller).await?;
    if let Some(answer) = once.before(app, &tx, actor.id).await? {
        return Ok(Done::Before(answer));
    }
    let (article, edition) = edition::find(&tx, &actor, id, locale).await?;
    let permit = allow::<Publish>(&actor, Scope { agency: Some(&article.shared.agency), locale: Some(locale) })?;
    let mut check = Check::new();
    let note = check.text("/note", &order.note, MAX_NOTE);
    check.finish()?;
    if order.correct && is_blank(&note) {
        return Err(Error::invalid_at("/note", FieldCode::Required));
    }
    let chain = publication::chain(&tx, edition.id).await?;
    let before = standing(app, &tx, edition.id, &chain).await?;
    let act = publishing(before.as_ref(), order.hash, order.correct).map_err(refused)?;
    let (case, text) = approved(&tx, &article, &edition, order.hash).await?;
    let independent = super::workflow::known(&tx, &case.workflow).await?.is_some_and(|one| one.independent);
    if *locale != article.source_locale && !independent {
        let source = editions::find(&tx, id, &article.source_locale).await?;
        if source.is_none_or(|source| source.live.is_none()) {
            return Err(Error::new(Problem::SourceNotPublished));
        }
    }
    let guid = match &edition.guid {
        Some(guid) => guid.clone(),
        None => mint_guid(&setup::authority(app, &tx).await?, app.clock.now(), id, locale),
    };
    claim_slug(app, &tx, &edition, &text).await?;
    let envelope =
        next_envelope(app, act, before.as_ref(), &guid, &text, (Some(case.approval_hash()), app.clock.now()), note);
    let signed = sign(app, permit.by(), &edition, &text, Some(&case), envelope, None);
    let events = go_live(app, &tx, &article, edition, &text, chain, &signed, guid).await?;
    let url = app.office.item_url(locale, &text.text.slug);
    let done = (signed, url);
    once.keep(app, &tx, actor.id, &done).await?;
    tx.commit(changed(app, actor.id, &article, locale, &done.0).announce(events)).await?;
    Ok(Done::Now(done))
}

/// The case and the text, if everything that the approval rests on still holds: promise one.
async fn approved(tx: &WriteTx, article: &Article, edition: &Edition, seen: Digest) -> Result<(Case, Revision), Error> {
    let case = review::current_case(tx, edition).await?.ok_or_else(|| Error::new(Problem::NotApproved))?;
    if case.hash != seen {
        return Err(Error::new(Problem::HashMismatch));
    }
    let text = revision::find(tx, edition.id, case.number).await?.ok_or_else(|| Error::new(Problem::NotApproved))?;
    // The hash is computed from the text as it lies there, not read from its column.
    let (_, hash) = seal(article.id, &edition.locale, &text.text, &text.shared);
    if hash != text.hash || case.revision != text.id || body::deliver(&text.text.body).is_none() {
        tracing::error!(edition = %edition.id, number = text.number, "a revision is not what it was when it was saved");
        return Err(Error::new(Problem::HashMismatch));
    }
    // An attestation is about no text, and a case over shared fields covers only words that are public already.
    if attest::is_one(&case) || !refresh::covers(tx, article, edition, &case, &text).await? {
        return Err(Error::new(Problem::NotApproved));
    }
    match review::lapse(tx, article, edition, &case, hash).await? {
        None => Ok((case, text)),
        Some(problem) => Err(review::refusal(tx, &case, problem).await?),
    }
}

pub(super) async fn claim_slug(app: &App, tx: &WriteTx, edition: &Edition, text: &Revision) -> Result<(), Error> {
    match publication::claimant(tx, &edition.locale, &text.text.slug).await? {
        Some(owner) if owner == edition.id => Ok(()),
        Some(_) => Err(Error::new(Problem::SlugTaken).with("slug", text.text.slug.as_str())),
        None => Ok(publication::claim(tx, &edition.locale, &text.text.slug, edition.id, app.clock.now()).await?),
    }
}

/// What an edition's publications have come to; a chain that does not verify is not added to.
async fn standing(
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
    super::integrity::check_chain(&app.keys, chain).map_err(|_| broken())?;
    let envelope = Envelope::parse(&last.envelope).ok_or_else(broken)?;
    Ok(Some(Standing {
        sequence: envelope.sequence,
        version: envelope.version,
        corrections: envelope.corrections,
        published_at: envelope.published_at,
        envelope_hash: last.envelope_hash,
        act: envelope.act,
        content_hash: envelope.content_hash,
    }))
}

/// The envelope of the next act; `first` is since when the text is public, if it is the first act.
pub(super) fn next_envelope(
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
        kid: app.keys.current_kid().to_string(),
        prev: before.map(|standing| standing.envelope_hash),
    }
}

pub(super) fn sign(
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

#[expect(clippy::too_many_arguments, reason = "the parts of one act, each needed once")]
pub(super) async fn go_live(
    app: &App,
    tx: &WriteTx,
    article: &Article,
    mut edition: Edition,
    text: &Revision,
    mut chain: Vec<Publication>,
    signed: &Publication,
    guid: String,
) -> Result<Vec<LiveEvent>, Error> {
    publication::insert(tx, signed).await?;
    chain.push(signed.clone());
    edition.guid = Some(guid);
    edition.live = Some(text.number);
    edition.publication = Some(signed.id);
    edition.version += 1;
    edition.updated_at = signed.at;
    editions::update(tx, &edition).await?;
    review::published(tx, &edition).await?;
    let others = items_of_article(tx, article.id).await?;
    let topics = vocabulary::topics(tx).await?;
    let item = live::expected(tx, &topics, article, &edition, text, &chain).await?.ok_or_else(Error::not_found)?;
    put(tx, &item, signed).await?;
    if signed.act == Act::Publish {
        let old = import::addresses_of(tx, &[edition.id]).await?;
        let envelope = Envelope::parse(&signed.envelope).ok_or_else(Error::not_found)?;
        put_addresses(tx, &vouched(app, &envelope.guid, old)).await?;
    }
    let mut events = vec![live_event(&item, signed)];
    if edition.locale == article.source_locale {
        follow(tx, article.id, &edition.locale, item.major).await?;
        let was = others.iter().find(|other| other.edition == edition.id).map_or(0, |source| source.major);
        events.extend(
            others
                .iter()
                .filter(|other| becomes_stale(other, was, item.major))
                .map(|other| stale_event(other, app.clock.now())),
        );
    }
    Ok(events)
}

/// Takes an edition down: a reason for programs, a note for readers. Nothing is deleted.
pub async fn withdraw(
    app: &App,
    caller: Caller,
    (id, locale): (ArticleId, &LocaleTag),
    reason: Reason,
    note: Option<&str>,
    once: Once<(Publication, String)>,
) -> Result<Done<(Publication, String)>, Error> {
    let (tx, actor) = app.write_as(caller).await?;
    if let Some(answer) = once.before(app, &tx, actor.id).await? {
        return Ok(Done::Before(answer));
    }
    let (article, mut edition) = edition::find(&tx, &actor, id, locale).await?;
    let permit = allow::<Publish>(&actor, Scope { agency: Some(&article.shared.agency), locale: Some(locale) })?;
    let mut check = Check::new();
    let note = check.text("/note", note.unwrap_or_default(), MAX_NOTE);
    check.finish()?;
    let note = if is_blank(&note) { app.i18n.text(locale, &format!("reason-{reason}"), &[]) } else { note };
    let chain = publication::chain(&tx, edition.id).await?;
    let before = standing(app, &tx, edition.id, &chain).await?;
    let before = taking_down(before.as_ref()).map_err(refused)?;
    let number = edition.live.ok_or_else(|| Error::new(Problem::NotPublished))?;
    let text = revision::find(&tx, edition.id, number).await?.ok_or_else(Error::not_found)?;
    let topics = vocabulary::topics(&tx).await?;
    let was = live::expected(&tx, &topics, &article, &edition, &text, &chain).await?.ok_or_else(Error::not_found)?;
    let guid = edition.guid.clone().ok_or_else(|| Error::new(Problem::NotPublished))?;
    let mut envelope = next_envelope(app, Act::Withdraw, Some(before), &guid, &text, (None, before.published_at), note);
    // What is taken down is what was public, whatever the text's row says by now.
    envelope.content_hash = before.content_hash;
    let signed = sign(app, permit.by(), &edition, &text, None, envelope, Some(reason));
    publication::insert(&tx, &signed).await?;
    edition.live = None;
    edition.publication = Some(signed.id);
    edition.version += 1;
    edition.updated_at = signed.at;
    editions::update(&tx, &edition).await?;
    review::taken_down(&tx, &edition).await?;
    let event = live_event(&was, &signed);
    let gone = LiveTombstone {
        was,
        how: TakeDown::Withdraw,
        envelope: signed.envelope.clone(),
        signature: signed.signature.clone(),
        at: signed.at,
    };
    take(&tx, &gone, &signed).await?;
    let url = app.office.item_url(locale, &text.text.slug);
    let done = (signed, url);
    once.keep(app, &tx, actor.id, &done).await?;
    tx.commit(changed(app, actor.id, &article, locale, &done.0).announce([event])).await?;
    Ok(Done::Now(done))
}

fn changed(app: &App, by: AccountId, article: &Article, locale: &LocaleTag, signed: &Publication) -> Change {
    Change::by(Some(by), app.clock.now())
        .entry(super::integrity::PUBLISHED, "edition", signed.edition, told(signed))
        .emit(Event { kind: EventType::Live, article: Some(article.id), locale: Some(locale.clone()) })
}

/// What the audit chain holds of an act.
pub(super) fn told(signed: &Publication) -> serde_json::Value {
    json!({
        "publication": signed.id.to_string(),
        "act": signed.act.as_str(),
        "sequence": signed.sequence,
        "version": signed.version,
        "revision": signed.revision.to_string(),
        "case": signed.case.map(|id| id.to_string()),
        "content_hash": signed.content_hash.to_string(),
        "envelope_hash": signed.envelope_hash.to_string(),
    })
}

fn refused(refusal: Refusal) -> Error {
    Error::new(match refusal {
        Refusal::AlreadyPublished => Problem::AlreadyPublished,
        Refusal::NotPublished => Problem::NotPublished,
        Refusal::TakenDown => Problem::TakenDown,
    })
}
