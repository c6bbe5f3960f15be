//! Taking down: a reason for programs, a note for readers. Nothing is deleted.

use std::collections::BTreeMap;

use super::{Made, Publication, changed, live_event, next_envelope, refused, sign, standing};
use crate::{
    domain::{
        access::{Actor, Publish, Scope},
        event::LiveEvent,
        publication::{Act, Follow, Reason, Standing, TakeDown, taking_down},
        revision::MAX_NOTE,
        schedule::Why,
        text::is_blank,
    },
    kernel::{AccountId, ArticleId, LocaleTag, ScheduleId, Timestamp},
    service::{
        App, Caller, Check, Code as Problem, Done, Error, FieldCode, FieldError, Once,
        article::{Article, readable},
        caller::allow,
        edition::{self, Edition},
        live, review, schedule,
    },
    store::{
        Change, WriteTx, edition as editions,
        live::{LiveTombstone, take},
        publication, revision, vocabulary,
    },
};

/// How an edition is taken down.
#[derive(Clone, Debug)]
pub(in crate::service) struct Down {
    pub(in crate::service) how: TakeDown,
    pub(in crate::service) reason: Reason,
    /// The public note; where there is none, the reason speaks in the edition's language.
    pub(in crate::service) note: String,
}

/// Takes an edition down: it may come back as it was.
pub async fn withdraw(
    app: &App,
    caller: Caller,
    at: (ArticleId, &LocaleTag),
    reason: Reason,
    note: Option<&str>,
    once: Once<Made>,
) -> Result<Done<Made>, Error> {
    let (tx, actor) = app.write_as(caller).await?;
    if let Some(answer) = once.before(app, &tx, actor.id).await? {
        return Ok(Done::Before(answer));
    }
    let (article, edition) = edition::find(&tx, &actor, at.0, at.1).await?;
    may_publish(&actor, &article, at.1)?;
    let down = Down { how: TakeDown::Withdraw, reason, note: read_note(note.unwrap_or_default())? };
    let change = Change::by(Some(actor.id), app.clock.now());
    let (signed, change) = Box::pin(take_down(app, &tx, actor.id, (&article, edition), &down, &[], change)).await?;
    let done = Made::of(app, at.1, signed);
    once.keep(app, &tx, actor.id, &done).await?;
    tx.commit(change).await?;
    Ok(Done::Now(done))
}

/// Takes an edition down because it is wrong. With a source go the editions that were made from it, as the office has
/// settled.
pub async fn retract(
    app: &App,
    caller: Caller,
    (id, locale): (ArticleId, &LocaleTag),
    reason: Reason,
    note: Option<&str>,
    once: Once<Vec<Made>>,
) -> Result<Done<Vec<Made>>, Error> {
    let (tx, actor) = app.write_as(caller).await?;
    if let Some(answer) = once.before(app, &tx, actor.id).await? {
        return Ok(Done::Before(answer));
    }
    let (article, edition) = edition::find(&tx, &actor, id, locale).await?;
    may_publish(&actor, &article, locale)?;
    let down = Down { how: TakeDown::Retract, reason, note: read_note(note.unwrap_or_default())? };
    let mut change = Change::by(Some(actor.id), app.clock.now());
    let mut acts = Vec::new();
    let (signed, next) = take_down(app, &tx, actor.id, (&article, edition), &down, &[], change).await?;
    change = next;
    acts.push(Made::of(app, locale, signed));
    if *locale == article.source_locale {
        let made_from = editions::find_by_articles(&tx, [id]).await?.into_iter().filter(|one| one.live.is_some());
        for one in made_from {
            let at = one.locale.clone();
            let down = follows(app.policy.retracted_source, reason);
            let (signed, next) = take_down(app, &tx, actor.id, (&article, one), &down, &[], change).await?;
            change = next;
            acts.push(Made::of(app, &at, signed));
        }
    }
    once.keep(app, &tx, actor.id, &acts).await?;
    tx.commit(change).await?;
    Ok(Done::Now(acts))
}

/// How an edition follows its retracted source. The publisher's note is in the source's language, so it is not theirs.
fn follows(policy: Follow, reason: Reason) -> Down {
    let (how, reason) = match policy {
        Follow::Freeze => (TakeDown::Withdraw, Reason::SourceRetracted),
        Follow::Retract => (TakeDown::Retract, reason),
    };
    Down { how, reason, note: String::new() }
}

/// Notes by locale.
pub type Notes = BTreeMap<String, String>;

/// An order to take several editions of an article down.
#[derive(Clone, Debug)]
pub struct TakeAll {
    /// Which; all that are public if absent.
    pub locales: Option<Vec<String>>,
    /// Why.
    pub reason: Reason,
    /// The public note of the source edition, or of the only one that is taken down.
    pub note: String,
    /// Public notes, each in its language.
    pub notes: Notes,
}

/// Takes any or all editions of an article down at once, or none of them.
pub async fn withdraw_article(
    app: &App,
    caller: Caller,
    id: ArticleId,
    order: TakeAll,
    once: Once<Vec<Made>>,
) -> Result<Done<Vec<Made>>, Error> {
    let (tx, actor) = app.write_as(caller).await?;
    if let Some(answer) = once.before(app, &tx, actor.id).await? {
        return Ok(Done::Before(answer));
    }
    let article = readable(&tx, &actor, id).await?;
    let all = editions::find_by_articles(&tx, [id]).await?;
    let mut check = Check::new();
    let mut some: Vec<Edition> = match &order.locales {
        None => all.into_iter().filter(|one| one.live.is_some()).collect(),
        Some(wanted) => named(&mut check, &all, wanted),
    };
    for one in &some {
        may_publish(&actor, &article, &one.locale)?;
    }
    if order.locales.is_none() && some.is_empty() {
        // Who may take nothing down hears that first, whatever is public.
        may_publish(&actor, &article, &article.source_locale)?;
    }
    let notes = notes(&mut check, &article, &some, &order);
    check.finish()?;
    if some.is_empty() {
        return Err(Error::new(Problem::NotPublished));
    }
    // Translations first: at no moment is one there without its source.
    some.sort_by_key(|one| one.locale == article.source_locale);
    let mut change = Change::by(Some(actor.id), app.clock.now());
    let mut acts = Vec::new();
    for one in some {
        let at = one.locale.clone();
        let note = notes.get(at.as_str()).cloned().unwrap_or_default();
        let down = Down { how: TakeDown::Withdraw, reason: order.reason, note };
        let (signed, next) = take_down(app, &tx, actor.id, (&article, one), &down, &[], change)
            .await
            .map_err(|refusal| refusal.extra("locale", at.as_str()))?;
        change = next;
        acts.push(Made::of(app, &at, signed));
    }
    acts.sort_by(|one, other| one.locale.as_str().cmp(other.locale.as_str()));
    once.keep(app, &tx, actor.id, &acts).await?;
    tx.commit(change).await?;
    Ok(Done::Now(acts))
}

/// The editions that are named.
fn named(check: &mut Check, all: &[Edition], wanted: &[String]) -> Vec<Edition> {
    if wanted.is_empty() {
        check.fault(FieldError::new("/locales", FieldCode::Required));
    }
    let mut some: Vec<Edition> = Vec::new();
    for (place, raw) in wanted.iter().enumerate() {
        let pointer = format!("/locales/{place}");
        match all.iter().find(|one| one.locale.as_str() == raw) {
            None => check.fault(FieldError::new(pointer, FieldCode::Unknown).with("name", raw.as_str())),
            Some(one) if some.iter().any(|other| other.id == one.id) => {
                check.fault(FieldError::new(pointer, FieldCode::Duplicate).with("name", raw.as_str()));
            }
            Some(one) => some.push(one.clone()),
        }
    }
    some
}

/// Each edition's note in its own language: one text for all would stand in the wrong language somewhere.
fn notes(check: &mut Check, article: &Article, some: &[Edition], order: &TakeAll) -> Notes {
    let mut notes = Notes::new();
    for (locale, raw) in &order.notes {
        let pointer = format!("/notes/{}", locale.replace('~', "~0").replace('/', "~1"));
        if some.iter().any(|one| one.locale.as_str() == locale) {
            notes.insert(locale.clone(), check.text(&pointer, raw, MAX_NOTE));
        } else {
            check.fault(FieldError::new(pointer, FieldCode::Unknown).with("name", locale.as_str()));
        }
    }
    let note = check.text("/note", &order.note, MAX_NOTE);
    if !is_blank(&note) {
        let own = match some {
            [one] => Some(one),
            _ => some.iter().find(|one| one.locale == article.source_locale),
        };
        match own {
            Some(one) => drop(notes.entry(one.locale.to_string()).or_insert(note)),
            None if some.is_empty() => {}
            None => check.fault(FieldError::new("/notes", FieldCode::Required)),
        }
    }
    notes
}

fn may_publish(actor: &Actor, article: &Article, locale: &LocaleTag) -> Result<(), Error> {
    allow::<Publish>(actor, Scope { agency: Some(&article.shared.agency), locale: Some(locale) }).map(drop)
}

fn read_note(raw: &str) -> Result<String, Error> {
    let mut check = Check::new();
    let note = check.text("/note", raw, MAX_NOTE);
    check.finish()?;
    Ok(note)
}

/// Takes one edition down in a transaction, whoever began it; who may is settled before. `but` are the orders that it
/// is done for: all others that wait for this edition have lost their object.
pub(in crate::service) async fn take_down(
    app: &App,
    tx: &WriteTx,
    by: AccountId,
    (article, mut edition): (&Article, Edition),
    down: &Down,
    but: &[ScheduleId],
    change: Change,
) -> Result<(Publication, Change), Error> {
    let chain = publication::chain(tx, edition.id).await?;
    let before = standing(app, tx, edition.id, &chain).await?;
    // Nothing that was ordered earlier brings back what somebody takes down now.
    schedule::supersede(tx, edition.id, None, (Why::TakenDown, by), but, app.clock.now()).await?;
    let (signed, event) = put_down(app, tx, by, (article, &mut edition), (&chain, before.as_ref()), down, None).await?;
    let change = changed(change, article, &edition.locale, &signed).announce([event]);
    Ok((signed, change))
}

/// The act alone, on what its publications have come to so far; `acted_at` is when it was done elsewhere.
pub(in crate::service) async fn put_down(
    app: &App,
    tx: &WriteTx,
    by: AccountId,
    (article, edition): (&Article, &mut Edition),
    (chain, before): (&[Publication], Option<&Standing>),
    down: &Down,
    acted_at: Option<Timestamp>,
) -> Result<(Publication, LiveEvent), Error> {
    let note = if is_blank(&down.note) {
        app.i18n.text(&edition.locale, &format!("reason-{}", down.reason), &[])
    } else {
        down.note.clone()
    };
    let before = taking_down(before, down.how).map_err(refused)?;
    let absent = || Error::new(Problem::NotPublished);
    let number = chain.last().map(|last| last.number).ok_or_else(absent)?;
    let text = revision::find(tx, edition.id, number).await?.ok_or_else(Error::not_found)?;
    let tree = vocabulary::tree(tx).await?;
    let was = live::expected(tx, &tree, article, edition, &text, chain).await?.ok_or_else(Error::not_found)?;
    let guid = edition.guid.clone().ok_or_else(absent)?;
    let act = match down.how {
        TakeDown::Withdraw => Act::Withdraw,
        TakeDown::Retract => Act::Retract,
    };
    let mut envelope = next_envelope(app, act, Some(before), &guid, &text, (None, before.published_at), note);
    // What is taken down is what was public, whatever the text's row says by now.
    envelope.content_hash = before.content_hash;
    envelope.acted_at = acted_at;
    let signed = sign(app, by, edition, &text, None, envelope, Some(down.reason));
    publication::insert(tx, &signed).await?;
    edition.live = None;
    edition.publication = Some(signed.id);
    edition.version += 1;
    edition.updated_at = signed.at;
    editions::update(tx, edition).await?;
    review::taken_down(tx, edition).await?;
    let event = live_event(&was, &signed);
    let gone = LiveTombstone {
        was,
        how: down.how,
        envelope: signed.envelope.clone(),
        signature: signed.signature.clone(),
        at: signed.at,
    };
    take(tx, &gone, &signed).await?;
    Ok((signed, event))
}
