//! Comments on segments: said by who works on a text, answered in a thread, settled by who began it or writes the text.

use std::collections::{HashMap, HashSet};

use serde_json::json;

use super::{
    App, Caller, Check, Code as Problem, Done, Error, FieldCode, FieldError, Once,
    article::event,
    caller::allow,
    edition::{find, guest_numbers, may_write, visible_number},
    notification::{About, tell},
    review, segment,
};
use crate::{
    domain::{
        access::{Comment as MayComment, Scope},
        notice::NoticeKind,
        revision::{MAX_NOTE, MAX_REPLIES},
        text::is_blank,
    },
    kernel::{AccountId, ArticleId, CommentId, EditionId, LocaleTag, Page, PageRequest},
    store::{Change, Tx, account, comment, revision as revisions},
};

pub use comment::Comment;

/// A comment to be added.
#[derive(Clone, Debug)]
pub struct NewComment {
    /// The key of the segment; that of the thread for an answer.
    pub segment: Option<String>,
    /// The number of the revision; the one that the caller reads if nothing is said.
    pub revision: Option<u32>,
    /// The id of the thread that it answers.
    pub reply_to: Option<String>,
    /// What it says.
    pub words: String,
}

/// A thread with what was answered.
#[derive(Clone, Debug)]
pub struct Thread {
    /// Its first comment.
    pub first: Comment,
    /// What was answered, oldest first.
    pub replies: Vec<Comment>,
    /// What the segment says in the text that the caller reads; nothing if it is gone.
    pub now: Option<String>,
    /// The names of all who speak or settled it.
    pub names: HashMap<AccountId, String>,
}

/// What a list of threads is asked for with.
#[derive(Clone, Debug, Default)]
pub struct ListQuery {
    /// On this segment.
    pub segment: Option<String>,
    /// Settled, or not.
    pub resolved: Option<bool>,
}

/// A page of an edition's threads, newest first.
pub async fn list(
    app: &App,
    caller: Caller,
    at: (ArticleId, &LocaleTag),
    query: ListQuery,
    wanted: PageRequest,
) -> Result<Page<Thread>, Error> {
    let (tx, actor) = app.read_as(caller).await?;
    let (article, edition) = find(&tx, &actor, at.0, at.1).await?;
    let numbers = guest_numbers(&tx, &actor, &article, &edition).await?;
    let shown = visible_number(&tx, &actor, &article, &edition).await?;
    let may_see = |one: &Comment| numbers.as_ref().is_none_or(|all| all.contains(&one.number));
    let filter = comment::Filter { segment: query.segment, resolved: query.resolved, numbers: numbers.clone() };
    let page = comment::threads(&tx, edition.id, &filter, wanted).await?;
    let mut replies = comment::replies(&tx, page.items.iter().map(|one| one.id)).await?;
    replies.retain(may_see);
    let now = if page.items.is_empty() { HashMap::new() } else { said(&tx, edition.id, shown).await? };
    let threads = threads(&tx, page.items, replies, &now).await?;
    Ok(Page { items: threads, next: page.next })
}

/// What the segments of a text say, by their keys.
async fn said(tx: &impl Tx, edition: EditionId, number: u32) -> Result<HashMap<String, String>, Error> {
    let text = revisions::find(tx, edition, number).await?.ok_or_else(Error::not_found)?;
    let all = segment::of(tx, edition, &text).await?;
    Ok(all.into_iter().map(|one| (one.key, one.block.text)).collect())
}

async fn threads(
    tx: &impl Tx,
    firsts: Vec<Comment>,
    replies: Vec<Comment>,
    now: &HashMap<String, String>,
) -> Result<Vec<Thread>, Error> {
    let people: HashSet<AccountId> = firsts
        .iter()
        .chain(&replies)
        .flat_map(|one| [Some(one.by), one.resolved.map(|(by, _)| by)])
        .flatten()
        .collect();
    let names = account::names(tx, people).await?;
    let mut by_thread: HashMap<CommentId, Vec<Comment>> = HashMap::new();
    for reply in replies {
        by_thread.entry(reply.thread.unwrap_or(reply.id)).or_default().push(reply);
    }
    let thread = |first: Comment| Thread {
        replies: by_thread.remove(&first.id).unwrap_or_default(),
        now: now.get(&first.segment).cloned(),
        names: names.clone(),
        first,
    };
    Ok(firsts.into_iter().map(thread).collect())
}

/// Says something about a segment, or answers in a thread.
pub async fn add(
    app: &App,
    caller: Caller,
    (id, locale): (ArticleId, &LocaleTag),
    new: NewComment,
    once: Once<Thread>,
) -> Result<Done<Thread>, Error> {
    let (tx, actor) = app.write_as(caller).await?;
    if let Some(answer) = once.before(app, &tx, actor.id).await? {
        return Ok(Done::Before(answer));
    }
    let (article, edition) = find(&tx, &actor, id, locale).await?;
    // Who translates an article may ask about its source, whichever language they translate into.
    if *locale != article.source_locale || !actor.translates_for(&article.shared.agency) {
        allow::<MayComment>(&actor, Scope { agency: Some(&article.shared.agency), locale: Some(locale) })?;
    }
    let numbers = guest_numbers(&tx, &actor, &article, &edition).await?;
    let may_see = |number: u32| numbers.as_ref().is_none_or(|all| all.contains(&number));
    let mut check = Check::new();
    let words = check.text("/text", &new.words, MAX_NOTE);
    if is_blank(&words) && check.is_good("/text") {
        check.fault(FieldError::new("/text", FieldCode::Required));
    }
    let number = match new.revision {
        Some(number) => number,
        None => visible_number(&tx, &actor, &article, &edition).await?,
    };
    let text = revisions::find(&tx, edition.id, number).await?.filter(|_| may_see(number));
    let unknown = |name: String, pointer: &str| FieldError::new(pointer, FieldCode::Unknown).with("name", name);
    let thread = match new.reply_to.as_deref().map(str::parse::<CommentId>) {
        None => None,
        Some(Err(_)) => {
            check.fault(FieldError::new("/reply_to", FieldCode::BadId));
            None
        }
        Some(Ok(id)) => {
            let first = comment::find(&tx, edition.id, id).await?;
            let first = first.filter(|first| first.thread.is_none() && may_see(first.number));
            if first.is_none() {
                check.fault(unknown(id.to_string(), "/reply_to"));
            }
            first
        }
    };
    let Some(text) = text else {
        check.fault(unknown(number.to_string(), "/revision"));
        check.finish()?;
        return Err(Error::not_found());
    };
    let segments = segment::of(&tx, edition.id, &text).await?;
    let key = match (&new.segment, &thread) {
        (Some(key), _) if !segments.iter().any(|one| one.key == *key) => {
            check.fault(unknown(key.chars().take(100).collect(), "/segment"));
            String::new()
        }
        (Some(key), Some(first)) if first.segment != *key => {
            check.fault(unknown(key.clone(), "/segment"));
            String::new()
        }
        (Some(key), _) => key.clone(),
        (None, Some(first)) => first.segment.clone(),
        (None, None) => {
            check.fault(FieldError::new("/segment", FieldCode::Required));
            String::new()
        }
    };
    let mut replies = match &thread {
        Some(first) => comment::replies(&tx, [first.id]).await?,
        None => Vec::new(),
    };
    if replies.len() >= MAX_REPLIES {
        check.fault(FieldError::new("/reply_to", FieldCode::TooMany).with("max", MAX_REPLIES));
    }
    check.finish()?;
    let now = app.clock.now();
    let said = Comment {
        id: CommentId::new(),
        edition: edition.id,
        number,
        segment: key,
        thread: thread.as_ref().map(|first| first.id),
        words,
        by: actor.id,
        at: now,
        resolved: None,
    };
    comment::insert(&tx, &said).await?;
    let data = json!({"comment": said.id.to_string(), "revision": text.id.to_string()});
    let takes_part: Vec<AccountId> = thread.iter().chain(&replies).map(|one| one.by).collect();
    let kind = if thread.is_some() { NoticeKind::Replied } else { NoticeKind::Commented };
    let wrote = review::authors(&tx, &edition, edition.latest).await?;
    let to = takes_part.into_iter().chain(wrote).filter(|who| *who != actor.id);
    tell(&tx, to, kind, About::subject(&article, locale, said.id.0), now).await?;
    replies.retain(|one| may_see(one.number));
    let first = match thread {
        Some(first) => {
            replies.push(said);
            first
        }
        None => said,
    };
    let now_says = segments.into_iter().map(|one| (one.key, one.block.text)).collect();
    let made = threads(&tx, vec![first], replies, &now_says).await?.pop().ok_or_else(Error::not_found)?;
    once.keep(app, &tx, actor.id, &made).await?;
    let change = Change::by(Some(actor.id), now).entry("comment.added", "edition", edition.id, data);
    tx.commit(change.emit(event(&article, Some(locale)))).await?;
    Ok(Done::Now(made))
}

/// Settles a thread.
pub async fn resolve(
    app: &App,
    caller: Caller,
    (id, locale): (ArticleId, &LocaleTag),
    thread: CommentId,
    once: Once<Thread>,
) -> Result<Done<Thread>, Error> {
    let (tx, actor) = app.write_as(caller).await?;
    if let Some(answer) = once.before(app, &tx, actor.id).await? {
        return Ok(Done::Before(answer));
    }
    let (article, edition) = find(&tx, &actor, id, locale).await?;
    let numbers = guest_numbers(&tx, &actor, &article, &edition).await?;
    let may_see = |one: &Comment| numbers.as_ref().is_none_or(|all| all.contains(&one.number));
    let found = comment::find(&tx, edition.id, thread).await?;
    let mut first = found.filter(|one| one.thread.is_none() && may_see(one)).ok_or_else(Error::not_found)?;
    if first.by != actor.id && may_write(&actor, &article, locale).is_err() {
        return Err(Error::new(Problem::Forbidden));
    }
    let mut replies = comment::replies(&tx, [first.id]).await?;
    replies.retain(may_see);
    let shown = visible_number(&tx, &actor, &article, &edition).await?;
    let says = said(&tx, edition.id, shown).await?;
    // Settled is settled: who did it first stays the one who did.
    let now = app.clock.now();
    let settles = first.resolved.is_none();
    if settles {
        first.resolved = Some((actor.id, now));
        comment::resolve(&tx, first.id, actor.id, now).await?;
    }
    let data = json!({"comment": first.id.to_string()});
    let made = threads(&tx, vec![first], replies, &says).await?.pop().ok_or_else(Error::not_found)?;
    if !settles {
        return Ok(Done::Now(made));
    }
    once.keep(app, &tx, actor.id, &made).await?;
    let change = Change::by(Some(actor.id), now).entry("comment.resolved", "edition", edition.id, data);
    tx.commit(change.emit(event(&article, Some(locale)))).await?;
    Ok(Done::Now(made))
}
