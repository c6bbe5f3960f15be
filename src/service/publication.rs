//! Publishing: one transaction, the same by hand, at a moment and in a release, in which everything that an approval
//! rests on is looked at again.

mod approval;
mod down;
mod envelope;
mod restore;
mod told;

use super::{
    App, Caller, Check, Code as Problem, Done, Error, FieldCode, FieldError, Once,
    article::Article,
    caller::allow,
    edition::{self, Edition},
    live, review, schedule, setup,
};
use crate::{
    domain::{
        access::{Actor, Publish, Scope},
        event::LiveEvent,
        publication::{Act, Envelope, Refusal, mint_guid, publishing},
        revision::{MAX_NOTE, Revision},
        schedule::{Deed, Why},
        text::is_blank,
        workflow::Case,
    },
    kernel::{ArticleId, Digest, LocaleTag, ScheduleId, Timestamp},
    store::{
        Change, WriteTx, edition as editions, import,
        live::{follow, items_of_article, put, put_addresses},
        publication, vocabulary,
    },
};

pub(super) use approval::approved;
use approval::{after_source, check_text};
pub(super) use down::{Down, put_down, take_down};
pub use down::{Notes, TakeAll, retract, withdraw, withdraw_article};
use envelope::standing;
pub(super) use envelope::{next_envelope, sign};
pub use publication::Publication;
pub use restore::{Restore, restore};
use told::{becomes_stale, stale_event};
pub(super) use told::{changed, fresh_event, live_event, told, vouched};

/// What a publisher orders.
#[derive(Clone, Debug)]
pub struct Order {
    /// The hash of the text that was seen.
    pub hash: Digest,
    /// Whether something in the public text was wrong.
    pub correct: bool,
    /// The public note; needed for a correction.
    pub note: String,
    /// When; at once if absent.
    pub at: Option<Timestamp>,
    /// Until when it is to be public.
    pub until: Option<Timestamp>,
}

impl Order {
    /// To publish a text at once and for good.
    pub fn now(hash: Digest, correct: bool, note: String) -> Self {
        Self { hash, correct, note, at: None, until: None }
    }

    /// The order, if what it says is good; faults are told under `place`.
    pub(super) fn read(self, now: Timestamp, place: &str) -> Result<Self, Error> {
        let mut check = Check::new();
        let note = check.text(&format!("{place}/note"), &self.note, MAX_NOTE);
        if self.at.is_some_and(|at| at <= now) {
            check.fault(FieldError::new("/publish_at", FieldCode::InPast));
        }
        if self.until.is_some_and(|until| until <= now) {
            check.fault(FieldError::new("/publish_until", FieldCode::InPast));
        } else if self.until.zip(self.at).is_some_and(|(until, at)| until <= at) {
            check.fault(FieldError::new("/publish_until", FieldCode::EndsBeforeStart));
        }
        check.finish()?;
        if self.correct && is_blank(&note) {
            return Err(Error::invalid_at(format!("{place}/note"), FieldCode::Required));
        }
        Ok(Self { note, ..self })
    }
}

/// An act of publication that was done.
#[derive(Clone, Debug)]
pub struct Made {
    /// The edition's language.
    pub locale: LocaleTag,
    /// The act.
    pub publication: Publication,
    /// The public address.
    pub url: String,
}

impl Made {
    fn of(app: &App, locale: &LocaleTag, publication: Publication) -> Self {
        let envelope = Envelope::parse(&publication.envelope);
        let url = envelope.map(|envelope| app.office.item_url(locale, &envelope.slug)).unwrap_or_default();
        Self { locale: locale.clone(), publication, url }
    }
}

/// What came of an order.
#[derive(Clone, Debug)]
pub enum Ordered {
    /// It was done.
    Done(Box<Made>),
    /// It waits for its moment.
    Later(Box<schedule::Line>),
}

/// Publishes the approved text, or orders it for later.
pub async fn publish(
    app: &App,
    caller: Caller,
    (id, locale): (ArticleId, &LocaleTag),
    order: Order,
    once: Once<Ordered>,
) -> Result<Done<Ordered>, Error> {
    let (tx, actor) = app.write_as(caller).await?;
    if let Some(answer) = once.before(app, &tx, actor.id).await? {
        return Ok(Done::Before(answer));
    }
    let (article, edition) = edition::find(&tx, &actor, id, locale).await?;
    allow::<Publish>(&actor, Scope { agency: Some(&article.shared.agency), locale: Some(locale) })?;
    let now = app.clock.now();
    let order = order.read(now, "")?;
    let change = Change::by(Some(actor.id), now);
    // Boxed: what leads here from far above holds neither of the two on its own stack.
    let (done, change) = if let Some(at) = order.at {
        let ordering = schedule::order(app, &tx, &actor, (article, edition), &order, (at, None), change);
        let (line, change) = Box::pin(ordering).await?;
        (Ordered::Later(Box::new(line)), change)
    } else {
        let publishing = carry_out(app, &tx, &actor, (&article, edition), &order, &[], change);
        let (signed, change) = Box::pin(publishing).await?;
        (Ordered::Done(Box::new(Made::of(app, locale, signed))), change)
    };
    once.keep(app, &tx, actor.id, &done).await?;
    tx.commit(change).await?;
    Ok(Done::Now(done))
}

/// The number of the revision that an order would publish now, if nothing stands in its way but its moment and its
/// source.
pub(super) async fn would(
    app: &App,
    tx: &WriteTx,
    (article, edition): (&Article, &Edition),
    order: &Order,
) -> Result<u32, Error> {
    let chain = publication::chain(tx, edition.id).await?;
    let before = standing(app, tx, edition.id, &chain).await?;
    publishing(before.as_ref(), order.hash, order.correct).map_err(refused)?;
    let (_, text) = approved(tx, article, edition, order.hash).await?;
    Ok(text.number)
}

/// The change of several editions that became public together. That a translation fell behind its source and caught
/// up in the same breath is told to nobody.
pub(super) fn released(change: Change) -> Change {
    change.without_overtaken()
}

/// Makes an approved text public in a transaction, whoever began it. `but` are the orders that it is done for: all
/// others that wait to publish this edition have lost their object.
pub(super) async fn carry_out(
    app: &App,
    tx: &WriteTx,
    actor: &Actor,
    (article, mut edition): (&Article, Edition),
    order: &Order,
    but: &[ScheduleId],
    change: Change,
) -> Result<(Publication, Change), Error> {
    let locale = edition.locale.clone();
    let permit = allow::<Publish>(actor, Scope { agency: Some(&article.shared.agency), locale: Some(&locale) })?;
    let chain = publication::chain(tx, edition.id).await?;
    let before = standing(app, tx, edition.id, &chain).await?;
    let act = publishing(before.as_ref(), order.hash, order.correct).map_err(refused)?;
    let (case, text) = approved(tx, article, &edition, order.hash).await?;
    after_source(tx, article, &locale, &case).await?;
    let now = app.clock.now();
    let guid = match &edition.guid {
        Some(guid) => guid.clone(),
        None => mint_guid(&setup::authority(app, tx).await?, now, article.id, &locale),
    };
    claim_slug(app, tx, &edition, &text).await?;
    let approval = (Some(case.approval_hash()), now);
    let envelope = next_envelope(app, act, before.as_ref(), &guid, &text, approval, order.note.clone());
    let signed = sign(app, permit.by(), &edition, &text, Some(&case), envelope, None);
    schedule::supersede(tx, edition.id, Some(Deed::Publish), (Why::Published, permit.by()), but, now).await?;
    let change = match order.until {
        Some(until) => schedule::end(tx, actor, article, (&edition, &signed), until, change).await?,
        None => change,
    };
    let events = go_live(app, tx, article, &mut edition, &text, chain, (&signed, Some(&case)), guid).await?;
    Ok((signed.clone(), changed(change, article, &locale, &signed).announce(events)))
}

pub(super) async fn claim_slug(app: &App, tx: &WriteTx, edition: &Edition, text: &Revision) -> Result<(), Error> {
    match publication::claimant(tx, &edition.locale, &text.text.slug).await? {
        Some(owner) if owner == edition.id => Ok(()),
        Some(_) => Err(Error::new(Problem::SlugTaken).with("slug", text.text.slug.as_str())),
        None => Ok(publication::claim(tx, &edition.locale, &text.text.slug, edition.id, app.clock.now()).await?),
    }
}

#[expect(clippy::too_many_arguments, reason = "the parts of one act, each needed once")]
pub(super) async fn go_live(
    app: &App,
    tx: &WriteTx,
    article: &Article,
    edition: &mut Edition,
    text: &Revision,
    mut chain: Vec<Publication>,
    (signed, case): (&Publication, Option<&Case>),
    guid: String,
) -> Result<Vec<LiveEvent>, Error> {
    publication::insert(tx, signed).await?;
    chain.push(signed.clone());
    edition.guid = Some(guid);
    edition.live = Some(text.number);
    edition.publication = Some(signed.id);
    edition.version += 1;
    edition.updated_at = signed.at;
    editions::update(tx, edition).await?;
    // Boxed: imports lead through here, and no text of theirs is read again.
    Box::pin(review::published(tx, (article, edition), case, signed.at)).await?;
    let others = items_of_article(tx, article.id).await?;
    let tree = vocabulary::tree(tx).await?;
    let item = live::expected(tx, &tree, article, edition, text, &chain).await?.ok_or_else(Error::not_found)?;
    put(tx, &item, signed).await?;
    if signed.act == Act::Publish {
        let old = import::addresses_of(tx, &[edition.id]).await?;
        let envelope = Envelope::parse(&signed.envelope).ok_or_else(Error::not_found)?;
        put_addresses(tx, &vouched(app, &envelope.guid, old)).await?;
    }
    let mut events = vec![live_event(&item, signed)];
    if edition.locale == article.source_locale {
        follow(tx, article.id, &edition.locale, item.major).await?;
        let stale = others.iter().filter(|other| becomes_stale(other, item.major));
        events.extend(stale.map(|other| stale_event(other, app.clock.now())));
    }
    Ok(events)
}

fn refused(refusal: Refusal) -> Error {
    Error::new(match refusal {
        Refusal::AlreadyPublished => Problem::AlreadyPublished,
        Refusal::NotPublished => Problem::NotPublished,
        Refusal::TakenDown => Problem::TakenDown,
        Refusal::NotTakenDown => Problem::NotTakenDown,
    })
}
