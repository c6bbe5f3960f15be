//! Suggestions: a reviewer proposes another wording of a segment; who writes the text takes it, which makes a new
//! revision and a case that follows the one before, or turns it down. The reviewer stays a reviewer.

use std::collections::HashMap;

use serde_json::json;

use super::{
    App, Caller, Check, Code as Problem, Done, Error, FieldCode, FieldError, Once,
    article::{Article, event},
    caller::allow,
    edition::{self, Edition, Next, find, guest_numbers, is_minor, may_write},
    review, segment,
};
use crate::{
    domain::{
        access::{Actor, Scope, Suggest},
        body::BadCoded,
        revision::{ChangeClass, MAX_BODY, MAX_NOTE, MAX_SUMMARY, MAX_TITLE, Provenance, Revision, Text},
        segment::{SUMMARY, TITLE, segments, with_segment},
        suggestion::{self as rule, State},
        workflow::{Case, CaseState},
    },
    kernel::{AccountId, ArticleId, Digest, LocaleTag, Page, PageRequest, SuggestionId},
    store::{Change, Tx, account, edition as editions, revision as revisions, suggestion},
};

pub use suggestion::Suggestion;

/// A suggestion as somebody reads it.
#[derive(Clone, Debug)]
pub struct Suggested {
    /// The suggestion.
    pub suggestion: Suggestion,
    /// Whether its segment says something else by now, so that it cannot be taken.
    pub outdated: bool,
    /// The names of who suggested and who answered.
    pub names: HashMap<AccountId, String>,
}

/// A suggestion to be made.
#[derive(Clone, Debug)]
pub struct NewSuggestion {
    /// The key of the segment.
    pub segment: String,
    /// What it is to say, coded.
    pub coded: String,
    /// Why.
    pub comment: String,
    /// The hash of the text that was read.
    pub hash: Digest,
}

/// What came of taking a suggestion.
#[derive(Clone, Debug)]
pub struct Taken {
    /// The suggestion.
    pub suggested: Suggested,
    /// The new revision.
    pub revision: Revision,
    /// The case that follows the one that was open; nothing if none was.
    pub case: Option<Case>,
    /// The edition's version now.
    pub version: i64,
}

/// A page of an edition's suggestions, newest first.
pub async fn list(
    app: &App,
    caller: Caller,
    at: (ArticleId, &LocaleTag),
    state: Option<State>,
    wanted: PageRequest,
) -> Result<Page<Suggested>, Error> {
    let (tx, actor) = app.read_as(caller).await?;
    let (article, edition) = find(&tx, &actor, at.0, at.1).await?;
    let numbers = guest_numbers(&tx, &actor, &article, &edition).await?;
    let page = match &numbers {
        None => suggestion::page(&tx, edition.id, state, wanted).await?,
        // What is proposed to a text under review is no guest's to read.
        Some(_) => Page { items: Vec::new(), next: None },
    };
    let says =
        if page.items.iter().any(|one| one.state == State::Open) { said(&tx, &edition).await? } else { HashMap::new() };
    let people = page.items.iter().flat_map(|one| [Some(one.by), one.answered.map(|(by, _)| by)]).flatten();
    let names = account::names(&tx, people.collect::<std::collections::BTreeSet<_>>()).await?;
    let whole =
        |one: Suggestion| Suggested { outdated: is_outdated(&one, &says), names: names.clone(), suggestion: one };
    Ok(Page { items: page.items.into_iter().map(whole).collect(), next: page.next })
}

/// What the segments of the newest text say, coded.
async fn said(tx: &impl Tx, edition: &Edition) -> Result<HashMap<String, String>, Error> {
    let text = revisions::find(tx, edition.id, edition.latest).await?.ok_or_else(Error::not_found)?;
    let all = segment::of(tx, edition.id, &text).await?;
    Ok(all.into_iter().map(|one| (one.key, one.block.coded)).collect())
}

fn is_outdated(one: &Suggestion, says: &HashMap<String, String>) -> bool {
    one.state == State::Open && says.get(&one.segment) != Some(&one.before)
}

/// Proposes another wording of a segment of the newest text.
pub async fn suggest(
    app: &App,
    caller: Caller,
    (id, locale): (ArticleId, &LocaleTag),
    new: NewSuggestion,
    once: Once<Suggested>,
) -> Result<Done<Suggested>, Error> {
    let (tx, actor) = app.write_as(caller).await?;
    if let Some(answer) = once.before(app, &tx, actor.id).await? {
        return Ok(Done::Before(answer));
    }
    let (article, edition) = find(&tx, &actor, id, locale).await?;
    allow::<Suggest>(&actor, Scope { agency: Some(&article.shared.agency), locale: Some(locale) })?;
    // Who wrote the text saves it.
    if review::authors(&tx, &edition, edition.latest).await?.contains(&actor.id) {
        return Err(Error::new(Problem::OwnText));
    }
    let text = revisions::find(&tx, edition.id, edition.latest).await?.ok_or_else(Error::not_found)?;
    if text.hash != new.hash {
        return Err(Error::new(Problem::HashMismatch));
    }
    let mut check = Check::new();
    let comment = check.text("/comment", &new.comment, MAX_NOTE);
    let keys = segment::keys(&tx, edition.id, &text).await?;
    let before = said(&tx, &edition).await?.remove(&new.segment);
    let mut after = String::new();
    match (&before, applied(&mut check, &text.text, &keys, &new.segment, &new.coded)) {
        (None, _) => {
            let name: String = new.segment.chars().take(100).collect();
            check.fault(FieldError::new("/segment", FieldCode::Unknown).with("name", name));
        }
        (Some(before), Some(changed)) => {
            // In the spelling in which the text will have it.
            after = coded_of(&changed, &keys, &new.segment);
            if after == *before {
                check.fault(FieldError::new("/text", FieldCode::Unchanged));
            }
        }
        (Some(_), None) => {}
    }
    check.finish()?;
    let now = app.clock.now();
    let made = Suggestion {
        id: SuggestionId::new(),
        edition: edition.id,
        number: text.number,
        hash: text.hash,
        segment: new.segment,
        before: before.unwrap_or_default(),
        after,
        comment,
        by: actor.id,
        at: now,
        state: State::Open,
        answer: String::new(),
        answered: None,
        made: None,
    };
    suggestion::insert(&tx, &made).await?;
    let data = json!({"suggestion": made.id.to_string(), "content_hash": made.hash.to_string()});
    let names = account::names(&tx, [actor.id]).await?;
    let made = Suggested { suggestion: made, outdated: false, names };
    once.keep(app, &tx, actor.id, &made).await?;
    let change = Change::by(Some(actor.id), now).entry("suggestion.made", "edition", edition.id, data);
    tx.commit(change.emit(event(&article, Some(locale)))).await?;
    Ok(Done::Now(made))
}

/// The text with a segment's other wording; faults go to the check.
fn applied(check: &mut Check, text: &Text, keys: &[String], key: &str, coded: &str) -> Option<Text> {
    let clean = match key {
        TITLE => check.line("/text", coded, MAX_TITLE),
        SUMMARY => check.text("/text", coded, MAX_SUMMARY),
        _ => check.text("/text", coded, MAX_BODY),
    };
    if !check.is_good("/text") {
        return None;
    }
    match with_segment(text, keys, key, &clean)? {
        Ok(changed) if changed.body.len() > MAX_BODY => {
            check.fault(FieldError::new("/text", FieldCode::TooLarge).with("max", MAX_BODY));
            None
        }
        Ok(changed) => Some(changed),
        Err(BadCoded::Placeholder | BadCoded::NotKept) => {
            check.fault(FieldError::new("/text", FieldCode::BadPlaceholder));
            None
        }
    }
}

/// What a segment of a text says, coded; the blocks of a text in which one was written anew keep their places.
fn coded_of(text: &Text, keys: &[String], key: &str) -> String {
    segments(text, keys).into_iter().find(|one| one.key == key).map(|one| one.block.coded).unwrap_or_default()
}

/// Takes a suggestion into the text: a new revision by who takes it, and a case like the one that was open.
pub async fn accept(
    app: &App,
    caller: Caller,
    (id, locale): (ArticleId, &LocaleTag),
    (suggestion_id, seen): (SuggestionId, Digest),
    once: Once<Taken>,
) -> Result<Done<Taken>, Error> {
    let (tx, actor) = app.write_as(caller).await?;
    if let Some(answer) = once.before(app, &tx, actor.id).await? {
        return Ok(Done::Before(answer));
    }
    let (article, mut edition) = find(&tx, &actor, id, locale).await?;
    may_write(&actor, &article, locale)?;
    let mut found = own(&tx, &actor, &article, &edition, suggestion_id).await?;
    let before = revisions::find(&tx, edition.id, edition.latest).await?.ok_or_else(Error::not_found)?;
    if before.hash != seen {
        return Err(Error::new(Problem::HashMismatch));
    }
    let keys = segment::keys(&tx, edition.id, &before).await?;
    let now_says = coded_of(&before.text, &keys, &found.segment);
    rule::accept(found.state, &found.before, Some(&now_says)).map_err(refused)?;
    let mut check = Check::new();
    let text = applied(&mut check, &before.text, &keys, &found.segment, &found.after);
    check.finish()?;
    let text = text.ok_or_else(|| Error::new(Problem::SuggestionOutdated))?;
    let open = review::current_case(&tx, &edition).await?.filter(|case| case.state == CaseState::Open);
    let minor = is_minor((&before.text, &text), before.shared.place.as_deref(), locale);
    let next = Next {
        text,
        shared: before.shared.clone(),
        source: edition.source,
        change: if minor { ChangeClass::Minor } else { ChangeClass::Major },
        note: found.comment.clone(),
        provenance: Provenance::Human,
        by: actor.id,
    };
    let made = edition::follow(app, &tx, &article, &mut edition, &before, next).await?;
    let now = app.clock.now();
    let saved = edition::told_saved(&made);
    let mut change = Change::by(Some(actor.id), now).entry("edition.saved", "edition", edition.id, saved);
    let mut case = None;
    if let Some(open) = open {
        // Under the same workflow, whatever the article has become; what was asked of the reviewers is asked again.
        let under = review::Under::Named(&open.workflow.code);
        let by = (open.opened_by, open.comment.clone());
        let opened = review::open(app, &tx, (&article, &mut edition), &made, under, by).await?;
        change = opened.tell(change);
        case = Some(opened.case);
    }
    editions::update(&tx, &edition).await?;
    found.state = State::Accepted;
    found.answered = Some((actor.id, now));
    found.made = Some(made.number);
    suggestion::answer(&tx, &found).await?;
    let data = json!({
        "suggestion": found.id.to_string(),
        "revision": made.id.to_string(),
        "content_hash": made.hash.to_string(),
    });
    let names = account::names(&tx, [actor.id, found.by]).await?;
    let suggested = Suggested { suggestion: found, outdated: false, names };
    let taken = Taken { suggested, revision: made, case, version: edition.version };
    once.keep(app, &tx, actor.id, &taken).await?;
    let change = change.entry("suggestion.accepted", "edition", edition.id, data);
    tx.commit(change.emit(event(&article, Some(locale)))).await?;
    Ok(Done::Now(taken))
}

/// Turns a suggestion down, or takes one's own back.
pub async fn reject(
    app: &App,
    caller: Caller,
    (id, locale): (ArticleId, &LocaleTag),
    (suggestion_id, comment): (SuggestionId, &str),
    once: Once<Suggested>,
) -> Result<Done<Suggested>, Error> {
    let (tx, actor) = app.write_as(caller).await?;
    if let Some(answer) = once.before(app, &tx, actor.id).await? {
        return Ok(Done::Before(answer));
    }
    let (article, edition) = find(&tx, &actor, id, locale).await?;
    let mut found = own(&tx, &actor, &article, &edition, suggestion_id).await?;
    if found.by != actor.id {
        may_write(&actor, &article, locale)?;
    }
    let mut check = Check::new();
    let comment = check.text("/comment", comment, MAX_NOTE);
    check.finish()?;
    rule::reject(found.state).map_err(refused)?;
    let now = app.clock.now();
    found.state = State::Rejected;
    found.answer = comment;
    found.answered = Some((actor.id, now));
    suggestion::answer(&tx, &found).await?;
    let data = json!({"suggestion": found.id.to_string()});
    let names = account::names(&tx, [actor.id, found.by]).await?;
    let made = Suggested { suggestion: found, outdated: false, names };
    once.keep(app, &tx, actor.id, &made).await?;
    let change = Change::by(Some(actor.id), now).entry("suggestion.rejected", "edition", edition.id, data);
    tx.commit(change.emit(event(&article, Some(locale)))).await?;
    Ok(Done::Now(made))
}

/// A suggestion about the edition that the actor may read.
async fn own(
    tx: &impl Tx,
    actor: &Actor,
    article: &Article,
    edition: &Edition,
    id: SuggestionId,
) -> Result<Suggestion, Error> {
    let hidden = guest_numbers(tx, actor, article, edition).await?.is_some();
    let found = suggestion::find(tx, edition.id, id).await?;
    found.filter(|_| !hidden).ok_or_else(Error::not_found)
}

fn refused(refusal: rule::Refusal) -> Error {
    Error::new(match refusal {
        rule::Refusal::Answered => Problem::SuggestionAnswered,
        rule::Refusal::Outdated => Problem::SuggestionOutdated,
    })
}
