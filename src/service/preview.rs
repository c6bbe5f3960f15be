//! Previews: a link by which a person without an account reads one text that is not published, for a while.

use serde_json::{Value, json};

use super::{
    Answer, App, Caller, Check, Code as Problem, Done, Error, FieldCode, FieldError, Once,
    article::{Article, event},
    caller::{allow, person},
    edition::{self, Edition},
};
use crate::{
    domain::{
        access::{Actor, Publish, Scope, Share, permit},
        body,
        revision::{Revision, seal},
    },
    kernel::{ArticleId, Digest, LocaleTag, Page, PageRequest, PreviewId, Timestamp, canonical_json},
    store::{Change, ReadTx, Tx, article, edition as editions, preview, publication, revision},
};

pub use preview::Preview;

/// Seconds that a link leads somewhere, at least.
pub const MIN_SECONDS: u64 = 60;
/// The same where nothing is said: a week.
const USUAL_SECONDS: u64 = 7 * 24 * 3_600;
/// The same at most: a month.
pub const MAX_SECONDS: u64 = 30 * 24 * 3_600;

/// A link and the article and language that it is about.
#[derive(Clone, Debug)]
pub struct Line {
    /// The article.
    pub article: ArticleId,
    /// The language.
    pub locale: LocaleTag,
    /// The link.
    pub preview: Preview,
    /// Its address, which is told to who makes it and kept nowhere.
    pub url: Option<String>,
}

/// The address as it stands in a kept answer: its secret is not for the database.
const UNTOLD: &str = "\"url\":\"\"";

/// The secret of a link: signed, so that nobody makes one, and recomputed where it is needed again.
fn token(app: &App, one: &Preview) -> String {
    format!("{}.{}", one.id, app.keys.sign(&canonical(one)))
}

fn canonical(one: &Preview) -> Vec<u8> {
    canonical_json(&json!({
        "v": 1,
        "preview": one.id.to_string(),
        "content_hash": one.hash.to_string(),
        "expires_at": one.expires_at.to_string(),
    }))
}

fn address(app: &App, token: &str) -> String {
    format!("{}/preview/{token}", app.office.base_url)
}

/// Makes a link to a revision, the newest if none is named, that leads there for so many seconds.
pub async fn share(
    app: &App,
    caller: Caller,
    (id, locale): (ArticleId, &LocaleTag),
    (number, seconds): (Option<u32>, Option<u64>),
    once: Once<Line>,
) -> Result<Done<Line>, Error> {
    let (tx, actor) = app.write_as(caller).await?;
    if let Some(answer) = once.before(app, &tx, actor.id).await? {
        return Ok(Done::Before(told_again(app, &tx, answer).await?));
    }
    let (article, edition) = edition::find(&tx, &actor, id, locale).await?;
    allow::<Share>(&actor, Scope { agency: Some(&article.shared.agency), locale: Some(locale) })?;
    if edition::is_guest_at(&actor, &article, &edition) {
        return Err(Error::new(Problem::Forbidden));
    }
    let mut check = Check::new();
    let seconds = seconds.unwrap_or(USUAL_SECONDS);
    if !(MIN_SECONDS..=MAX_SECONDS).contains(&seconds) {
        let fault = FieldError::new("/expires_in", FieldCode::OutOfRange);
        check.fault(fault.with("min", MIN_SECONDS.to_string()).with("max", MAX_SECONDS.to_string()));
    }
    let number = number.unwrap_or(edition.latest);
    let found = revision::find(&tx, edition.id, number).await?;
    if found.is_none() {
        check.fault(FieldError::new("/revision", FieldCode::Unknown).with("name", number.to_string()));
    }
    check.finish()?;
    let text = found.ok_or_else(Error::not_found)?;
    match standing(&tx, &edition, text.number).await? {
        Text::Public => return Err(Error::new(Problem::AlreadyPublished)),
        Text::Down => return Err(Error::new(Problem::TakenDown)),
        Text::Unpublished => {}
    }
    let now = app.clock.now();
    let mut made = Preview {
        id: PreviewId::new(),
        edition: edition.id,
        revision: text.id,
        number: text.number,
        hash: text.hash,
        secret: text.hash,
        by: actor.id,
        at: now,
        expires_at: now.plus(std::time::Duration::from_secs(seconds)),
        revoked_at: None,
        version: 1,
    };
    let secret = token(app, &made);
    made.secret = Digest::of(&secret);
    preview::insert(&tx, &made).await?;
    let data = json!({
        "preview": made.id.to_string(),
        "revision": made.revision.to_string(),
        "content_hash": made.hash.to_string(),
        "expires_at": made.expires_at.to_string(),
    });
    let line = Line { article: id, locale: locale.clone(), preview: made, url: Some(String::new()) };
    once.keep(app, &tx, actor.id, &line).await?;
    let change = Change::by(Some(actor.id), now)
        .entry("edition.preview_made", "edition", edition.id, data)
        .emit(event(&article, Some(locale)));
    tx.commit(change).await?;
    Ok(Done::Now(Line { url: Some(address(app, &secret)), ..line }))
}

/// The first answer once more, byte for byte, with the address that was left out when it was kept.
async fn told_again(app: &App, tx: &impl Tx, mut answer: Answer) -> Result<Answer, Error> {
    let body: Value = serde_json::from_str(&answer.body).map_err(Error::internal)?;
    let id = body["id"].as_str().and_then(|id| id.parse().ok()).ok_or_else(Error::not_found)?;
    let found = preview::find(tx, id).await?.ok_or_else(Error::not_found)?;
    let url = Value::from(address(app, &token(app, &found))).to_string();
    answer.body = answer.body.replacen(UNTOLD, &format!("\"url\":{url}"), 1);
    Ok(answer)
}

/// How a text stands in public.
enum Text {
    Unpublished,
    Public,
    /// It was public last and was taken down: no link brings it back.
    Down,
}

async fn standing(tx: &impl Tx, edition: &Edition, number: u32) -> Result<Text, Error> {
    if edition.live == Some(number) {
        return Ok(Text::Public);
    }
    let last = publication::find_many(tx, edition.publication).await?;
    let down = last.iter().any(|act| act.act.take_down().is_some() && act.number == number);
    Ok(if down { Text::Down } else { Text::Unpublished })
}

/// A page of an edition's links, newest first.
pub async fn list(
    app: &App,
    caller: Caller,
    at: (ArticleId, &LocaleTag),
    wanted: PageRequest,
) -> Result<Page<Line>, Error> {
    let (tx, actor) = app.read_as(caller).await?;
    let (article, edition) = edition::find(&tx, &actor, at.0, at.1).await?;
    readable(&actor, &article, &edition)?;
    let page = preview::page(&tx, edition.id, wanted).await?;
    Ok(page.map(|preview| Line { article: at.0, locale: at.1.clone(), preview, url: None }))
}

/// One link of an edition.
pub async fn show(app: &App, caller: Caller, at: (ArticleId, &LocaleTag), id: PreviewId) -> Result<Line, Error> {
    let (tx, actor) = app.read_as(caller).await?;
    let (article, edition) = edition::find(&tx, &actor, at.0, at.1).await?;
    readable(&actor, &article, &edition)?;
    let preview = of(&tx, &edition, id).await?;
    Ok(Line { article: at.0, locale: at.1.clone(), preview, url: None })
}

/// Who only translates from a source does not learn who else reads it.
fn readable(actor: &Actor, article: &Article, edition: &Edition) -> Result<(), Error> {
    if edition::is_guest_at(actor, article, edition) { Err(Error::not_found()) } else { Ok(()) }
}

async fn of(tx: &impl Tx, edition: &Edition, id: PreviewId) -> Result<Preview, Error> {
    let found = preview::find(tx, id).await?.filter(|one| one.edition == edition.id);
    found.ok_or_else(Error::not_found)
}

/// Revokes a link: its maker may, and who publishes the edition.
pub async fn revoke(
    app: &App,
    caller: Caller,
    at: (ArticleId, &LocaleTag),
    id: PreviewId,
    version: i64,
) -> Result<Line, Error> {
    let (tx, actor) = app.write_as(caller).await?;
    let (article, edition) = edition::find(&tx, &actor, at.0, at.1).await?;
    readable(&actor, &article, &edition)?;
    let mut found = of(&tx, &edition, id).await?;
    if found.by != actor.id {
        allow::<Publish>(&actor, Scope { agency: Some(&article.shared.agency), locale: Some(at.1) })?;
    }
    if found.version != version || found.revoked_at.is_some() {
        return Err(Error::new(Problem::PreconditionFailed));
    }
    let now = app.clock.now();
    found.revoked_at = Some(now);
    found.version += 1;
    preview::update(&tx, &found).await?;
    let change = Change::by(Some(actor.id), now)
        .entry("edition.preview_revoked", "edition", edition.id, json!({"preview": id.to_string()}))
        .emit(event(&article, Some(at.1)));
    tx.commit(change).await?;
    Ok(Line { article: at.0, locale: at.1.clone(), preview: found, url: None })
}

/// What a link leads to.
#[derive(Clone, Debug)]
pub enum Opened {
    /// The text, which is not published, and until when the link leads to it.
    Text(Box<Revision>, LocaleTag, Timestamp),
    /// It has been published since: this is its public address.
    Public(String),
}

/// What a link leads to, for who has it. Whatever is wrong with one, it leads nowhere, and does not say why.
pub async fn open(app: &App, secret: &str) -> Result<Opened, Error> {
    let (id, jws) = secret.split_once('.').ok_or_else(Error::not_found)?;
    let id: PreviewId = id.parse().map_err(|_| Error::not_found())?;
    let tx = app.db.read().await?;
    let found = preview::find(&tx, id).await?.ok_or_else(Error::not_found)?;
    let genuine = found.secret == Digest::of(secret) && app.keys.verify(jws, &canonical(&found)).is_ok();
    if !genuine || found.revoked_at.is_some() || found.expires_at <= app.clock.now() {
        return Err(Error::not_found());
    }
    let edition = editions::find_many(&tx, [found.edition]).await?.pop().ok_or_else(Error::not_found)?;
    let article = article::find(&tx, edition.article).await?.ok_or_else(Error::not_found)?;
    // The link is its maker's word: it counts as long as theirs does.
    let maker = person(&tx, found.by).await?;
    let scope = Scope { agency: Some(&article.shared.agency), locale: Some(&edition.locale) };
    if permit::<Share>(&maker, scope).is_none() {
        return Err(Error::not_found());
    }
    let text = text(&tx, &article, &edition, &found).await?;
    match standing(&tx, &edition, text.number).await? {
        Text::Public => Ok(Opened::Public(app.office.item_url(&edition.locale, &text.text.slug))),
        Text::Down => Err(Error::not_found()),
        Text::Unpublished => Ok(Opened::Text(Box::new(text), edition.locale, found.expires_at)),
    }
}

/// The very text that the link was made for.
async fn text(tx: &ReadTx, article: &Article, edition: &Edition, found: &Preview) -> Result<Revision, Error> {
    let text = revision::find(tx, edition.id, found.number).await?.ok_or_else(Error::not_found)?;
    let (_, hash) = seal(article.id, &edition.locale, &text.text, &text.shared);
    if text.id == found.revision && hash == found.hash && body::deliver(&text.text.body).is_some() {
        return Ok(text);
    }
    tracing::error!(edition = %edition.id, number = text.number, "a preview's revision is not what it was");
    Err(Error::not_found())
}
