//! Webhooks: who is told of what became public, by those who administer.

mod send;

use serde_json::{Value, json};

use super::{
    Answer, App, Caller, Check, Code, Done, Error, FieldCode, FieldError, Once, article::Known, caller::allow,
};
use crate::{
    domain::{
        access::{Administer, Scope},
        delivery::{DeliveryState, Disabled, MessageType, Standing, Wanted},
        event::{Event, EventType},
    },
    kernel::{DeliveryId, LocaleTag, Page, PageRequest, WebhookId},
    outbound::{BadTarget, MAX_TARGET, Target},
    store::{Change, Tx, WriteTx, delivery, event as events, webhook},
    tokens::{Secret, signing::webhook_secret},
};

pub use delivery::Delivery;
pub use send::{due, send, sweep};
pub use webhook::Webhook;

/// Most webhooks.
pub const MAX_WEBHOOKS: usize = 50;
/// Longest description, in characters.
pub const MAX_DESCRIPTION: usize = 200;
/// How long the old secret signs beside the new one if nothing is said, in seconds.
const OVERLAP: u64 = 86_400;
/// Longest time that the old secret signs beside the new one, in seconds.
pub const MAX_OVERLAP: u64 = 604_800;

/// A webhook to be made.
#[derive(Clone, Debug)]
pub struct NewWebhook {
    /// Where it is called.
    pub url: String,
    /// What it is for.
    pub description: String,
    /// The types of messages that it wants; none wants all.
    pub types: Vec<String>,
    /// The languages that it wants; none wants all.
    pub locales: Vec<String>,
}

/// What is changed of a webhook.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// Where it is called.
    pub url: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// The types of messages that it wants.
    pub types: Option<Vec<String>>,
    /// The languages that it wants.
    pub locales: Option<Vec<String>>,
    /// Whether it is told anything.
    pub enabled: Option<bool>,
}

/// A webhook, and its secret where that is told.
#[derive(Clone, Debug)]
pub struct Line {
    /// The webhook.
    pub webhook: Webhook,
    /// Its secret: told to who makes it or asks for another, and to nobody else.
    pub secret: Option<Secret>,
}

/// The secret as it stands in a kept answer: it is not for the database.
const UNTOLD: &str = "\"secret\":\"\"";

/// Makes a webhook. It is told of what becomes public from now on.
pub async fn create(app: &App, caller: Caller, new: NewWebhook, once: Once<Line>) -> Result<Done<Line>, Error> {
    let (tx, actor) = app.write_as(caller).await?;
    if let Some(answer) = once.before(app, &tx, actor.id).await? {
        return Ok(Done::Before(told_again(app, &tx, answer).await?));
    }
    allow::<Administer>(&actor, Scope::default())?;
    let mut check = Check::new();
    let url = address(app, &mut check, &new.url);
    let description = check.maybe_line("/description", &new.description, MAX_DESCRIPTION);
    let wanted = wanted(&tx, &mut check, (&new.types, &new.locales)).await?;
    check.finish()?;
    if webhook::how_many(&tx).await? >= MAX_WEBHOOKS as u64 {
        return Err(Error::invalid(vec![FieldError::new("", FieldCode::TooMany).with("max", MAX_WEBHOOKS)]));
    }
    let (now, id, secret) = (app.clock.now(), WebhookId::new(), webhook_secret());
    let made = Webhook {
        id,
        url,
        description,
        wanted,
        secret: app.vault.seal(&owner(id), &secret),
        old_secret: None,
        standing: Standing::default(),
        disabled_at: None,
        since: events::newest_live(&tx).await?,
        created_by: actor.id,
        created_at: now,
        updated_at: now,
        version: 1,
    };
    webhook::insert(&tx, &made).await?;
    let line = Line { webhook: made, secret: Some("".into()) };
    once.keep(app, &tx, actor.id, &line).await?;
    let change = Change::by(Some(actor.id), now).entry("webhook.created", "webhook", id, told(&line.webhook));
    tx.commit(change.emit(event())).await?;
    Ok(Done::Now(Line { secret: Some(secret), ..line }))
}

/// All webhooks, newest first.
pub async fn list(app: &App, caller: Caller, wanted: PageRequest) -> Result<Page<Line>, Error> {
    let (tx, actor) = app.read_as(caller).await?;
    allow::<Administer>(&actor, Scope::default())?;
    Ok(webhook::page(&tx, wanted).await?.map(untold))
}

/// One webhook.
pub async fn show(app: &App, caller: Caller, id: WebhookId) -> Result<Line, Error> {
    let (tx, actor) = app.read_as(caller).await?;
    allow::<Administer>(&actor, Scope::default())?;
    Ok(untold(webhook::find(&tx, id).await?.ok_or_else(Error::not_found)?))
}

/// Changes a webhook. Switched on again, it is sent what waits for it.
pub async fn update(app: &App, caller: Caller, id: WebhookId, seen: i64, new: Changes) -> Result<Line, Error> {
    let (tx, actor) = app.write_as(caller).await?;
    allow::<Administer>(&actor, Scope::default())?;
    let mut one = found(&tx, id, seen).await?;
    let mut check = Check::new();
    if let Some(url) = &new.url {
        one.url = address(app, &mut check, url);
    }
    if let Some(text) = &new.description {
        one.description = check.maybe_line("/description", text, MAX_DESCRIPTION);
    }
    let part =
        wanted(&tx, &mut check, (new.types.as_deref().unwrap_or_default(), new.locales.as_deref().unwrap_or_default()));
    let part = part.await?;
    if new.types.is_some() {
        one.wanted.types = part.types;
    }
    if new.locales.is_some() {
        one.wanted.locales = part.locales;
    }
    check.finish()?;
    let now = app.clock.now();
    match new.enabled {
        Some(true) => (one.standing, one.disabled_at) = (Standing::default(), None),
        Some(false) if one.standing.disabled.is_none() => {
            (one.standing.disabled, one.disabled_at) = (Some(Disabled::ByHand), Some(now));
        }
        _ => {}
    }
    (one.updated_at, one.version) = (now, one.version + 1);
    webhook::update(&tx, &one).await?;
    let change = Change::by(Some(actor.id), now).entry("webhook.updated", "webhook", id, told(&one)).emit(event());
    tx.commit(change).await?;
    Ok(untold(one))
}

/// Gives a webhook another secret; the one before signs beside it for so many seconds.
pub async fn rotate(app: &App, caller: Caller, id: WebhookId, seen: i64, overlap: Option<u64>) -> Result<Line, Error> {
    let (tx, actor) = app.write_as(caller).await?;
    allow::<Administer>(&actor, Scope::default())?;
    let mut one = found(&tx, id, seen).await?;
    let overlap = overlap.unwrap_or(OVERLAP);
    if overlap > MAX_OVERLAP {
        let fault = FieldError::new("/overlap_seconds", FieldCode::OutOfRange);
        return Err(Error::invalid(vec![fault.with("min", "0").with("max", MAX_OVERLAP.to_string())]));
    }
    let (now, secret) = (app.clock.now(), webhook_secret());
    let until = now.plus(std::time::Duration::from_secs(overlap));
    let old = std::mem::replace(&mut one.secret, app.vault.seal(&owner(id), &secret));
    one.old_secret = (overlap > 0).then_some((old, until));
    (one.updated_at, one.version) = (now, one.version + 1);
    webhook::update(&tx, &one).await?;
    let data = json!({"overlap_seconds": overlap});
    let change = Change::by(Some(actor.id), now).entry("webhook.secret_changed", "webhook", id, data).emit(event());
    tx.commit(change).await?;
    Ok(Line { webhook: one, secret: Some(secret) })
}

/// Removes a webhook with all messages to it.
pub async fn remove(app: &App, caller: Caller, id: WebhookId, seen: i64) -> Result<(), Error> {
    let (tx, actor) = app.write_as(caller).await?;
    allow::<Administer>(&actor, Scope::default())?;
    let one = found(&tx, id, seen).await?;
    webhook::remove(&tx, id).await?;
    let change = Change::by(Some(actor.id), app.clock.now());
    tx.commit(change.entry("webhook.removed", "webhook", id, told(&one)).emit(event())).await?;
    Ok(())
}

/// The messages to a webhook, newest first.
pub async fn deliveries(
    app: &App,
    caller: Caller,
    id: WebhookId,
    state: Option<DeliveryState>,
    wanted: PageRequest,
) -> Result<Page<Delivery>, Error> {
    let (tx, actor) = app.read_as(caller).await?;
    allow::<Administer>(&actor, Scope::default())?;
    webhook::find(&tx, id).await?.ok_or_else(Error::not_found)?;
    Ok(delivery::page(&tx, id, state, wanted).await?)
}

/// Sends a message once more, under the same id, as if it had never been tried.
pub async fn redeliver(app: &App, caller: Caller, id: WebhookId, message: DeliveryId) -> Result<Delivery, Error> {
    let (tx, actor) = app.write_as(caller).await?;
    allow::<Administer>(&actor, Scope::default())?;
    let mut one = delivery::find(&tx, id, message).await?.ok_or_else(Error::not_found)?;
    let now = app.clock.now();
    (one.state, one.attempts, one.next_at, one.settled_at) = (DeliveryState::Waiting, 0, Some(now), None);
    delivery::update(&tx, &one).await?;
    let data = json!({"message": message.to_string()});
    let change = Change::by(Some(actor.id), now).entry("webhook.redelivered", "webhook", id, data).emit(event());
    tx.commit(change).await?;
    Ok(one)
}

async fn found(tx: &WriteTx, id: WebhookId, seen: i64) -> Result<Webhook, Error> {
    let one = webhook::find(tx, id).await?.ok_or_else(Error::not_found)?;
    if one.version == seen { Ok(one) } else { Err(Error::new(Code::PreconditionFailed)) }
}

/// An address that may be called, encrypted unless it lies in a network that an operator named.
fn address(app: &App, check: &mut Check, raw: &str) -> String {
    let allow = app.outbound.allowed();
    let target = match Target::parse(raw, allow) {
        Ok(target) => target,
        Err(bad) => {
            check.fault(fault("/url", bad));
            return String::new();
        }
    };
    // Of a name it is seen when it is called where it leads.
    if !target.is_encrypted() && (allow.is_empty() || !target.may_be_within(allow)) {
        check.fault(FieldError::new("/url", FieldCode::NotEncrypted));
    }
    target.to_string()
}

/// What is wrong with an address, at a place of the request.
pub(super) fn fault(place: &str, bad: BadTarget) -> FieldError {
    match bad {
        BadTarget::Long => FieldError::new(place, FieldCode::TooLarge).with("max", MAX_TARGET),
        BadTarget::Inside => FieldError::new(place, FieldCode::NotOfTheWorld),
        _ => FieldError::new(place, FieldCode::BadUrl),
    }
}

async fn wanted(tx: &impl Tx, check: &mut Check, raw: (&[String], &[String])) -> Result<Wanted, Error> {
    let known = Known::read(tx).await?;
    let mut wanted = Wanted::default();
    for (place, name) in raw.0.iter().enumerate() {
        let pointer = format!("/types/{place}");
        match name.parse::<MessageType>() {
            Ok(kind) if wanted.types.contains(&kind) => {
                check.fault(FieldError::new(pointer, FieldCode::Duplicate).with("name", name.as_str()));
            }
            Ok(kind) => wanted.types.push(kind),
            Err(_) => {
                let all: Vec<_> = MessageType::ALL.iter().map(|kind| kind.as_str()).collect();
                check.fault(FieldError::new(pointer, FieldCode::NotOneOf).with("expected", all.join(", ")));
            }
        }
    }
    for (place, tag) in raw.1.iter().enumerate() {
        let pointer = format!("/locales/{place}");
        let Some(locale) = known.locale(check, &pointer, tag) else { continue };
        if wanted.locales.contains(&locale) {
            check.fault(FieldError::new(pointer, FieldCode::Duplicate).with("name", tag.as_str()));
        } else {
            wanted.locales.push(locale);
        }
    }
    Ok(wanted)
}

/// Whose a webhook's secret is, for the vault.
fn owner(id: WebhookId) -> String {
    format!("webhook {id}")
}

fn untold(webhook: Webhook) -> Line {
    Line { webhook, secret: None }
}

/// What the audit chain says of a webhook: no address, in which a secret of the receiver may stand.
fn told(one: &Webhook) -> Value {
    json!({
        "url_hash": crate::kernel::Digest::of(&one.url).to_string(),
        "types": one.wanted.types.iter().map(|kind| kind.as_str()).collect::<Vec<_>>(),
        "locales": one.wanted.locales.iter().map(LocaleTag::as_str).collect::<Vec<_>>(),
        "disabled": one.standing.disabled.map(Disabled::as_str),
    })
}

/// The first answer once more, byte for byte, with the secret that was left out when it was kept.
async fn told_again(app: &App, tx: &impl Tx, mut answer: Answer) -> Result<Answer, Error> {
    let body: Value = serde_json::from_str(&answer.body).map_err(Error::internal)?;
    let id: WebhookId = body["id"].as_str().and_then(|id| id.parse().ok()).ok_or_else(Error::not_found)?;
    let one = webhook::find(tx, id).await?.ok_or_else(Error::not_found)?;
    // Another secret than the first is not this answer's to tell.
    if let (1, Ok(secret)) = (one.version, app.vault.open(&owner(id), &one.secret)) {
        let told = Value::from(secret.expose()).to_string();
        answer.body = answer.body.replacen(UNTOLD, &format!("\"secret\":{told}"), 1);
    }
    Ok(answer)
}

fn event() -> Event {
    Event { kind: EventType::Account, article: None, locale: None }
}
